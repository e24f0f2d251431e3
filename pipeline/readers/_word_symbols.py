"""What a private-use glyph of a symbol font looks like, and the marks of check boxes.

Wingdings and Symbol put their glyphs at U+F020–U+F0FF; in any other font they print as boxes.
Code points: Unicode's Wingdings mapping (L2/12-368) and Adobe's Symbol encoding.
"""

from __future__ import annotations

import re

TICKED, EMPTY = "☒", "☐"

_WINGDINGS = {
    0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "❑", 0x72: "❒",
    0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "☐",
    0xAB: "★", 0xD8: "➢", 0xDC: "➲", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨",
    0xF1: "⇧", 0xF2: "⇩", 0xF3: "⬄", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0x98: "•", 0xA2: "■",
                0xA3: "☐", 0x2A: "☐", 0x30: "☐"}
_WINGDINGS_3 = {0x5B: "→", 0x7D: "▶", 0x75: "▶", 0x70: "▲", 0x71: "▼", 0x74: "◀"}
_WEBDINGS = {0x61: "✓", 0x63: "☐", 0x67: "■", 0x6E: "●", 0x72: "✗", 0x34: "▶", 0x3D: "•"}
_SYMBOL = dict(zip(
    range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)) | dict(zip(
    range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)) | {
    0x2D: "−", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±",
    0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xD6: "√", 0xD7: "⋅",
    0xDB: "⇔", 0xDC: "⇐", 0xDE: "⇒", 0xE5: "∑",
}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "wingdings 3": _WINGDINGS_3, "webdings": _WEBDINGS,
          "symbol": _SYMBOL}
PRIVATE = re.compile("[\ue000-\uf8ff]")


def glyph(code: int, font: str) -> str:
    """The character that ``code`` (0x20–0xFF, or 0xF020–0xF0FF) shows in ``font``.

    An unknown glyph of a known symbol font is "•" (nine in ten are bullets); outside symbol fonts
    the character itself, so that an ordinary letter inserted as a symbol stays a letter.
    """
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    table = _FONTS.get(font.strip().lower())
    if table is not None and low <= 0xFF:
        return table.get(low) or (chr(low) if 0x20 < low < 0x7F and table is _SYMBOL else "•")
    if 0xF000 <= code <= 0xF0FF:
        return _WINGDINGS.get(low, "•")
    return chr(code) if 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""


def visible(text: str, font: str) -> str:
    """``text`` with its private-use glyphs replaced by what ``font`` shows."""
    return PRIVATE.sub(lambda m: glyph(ord(m[0]), font), text)
