"""What a cell's shading is called: red, yellow (orange too), green, or one of the colours a legend must explain."""

from __future__ import annotations

import colorsys
import re
from functools import lru_cache

# The brown-grey "background 2" of the Office themes 2007-2010 and its shades: paper, not yellow
# (ECMA-376 part 1, 20.1.6.2, default theme "Office": lt2 EEECE1).
_PAPER = frozenset({"EEECE1", "DDD9C3", "DDD9C4", "C4BC96", "C4BD97", "948A54", "938953", "494529", "4A442A", "1D1B10"})

# Upper bounds of hue in degrees. Measured on the standard palettes of Office 2007-2023, LibreOffice and
# Google Sheets: FF4500 is 16, ED7D31 24, E97132 21, FFC000 45, FFFF00 60, E6EE9C 66, EBF1DE 79, 92D050 89,
# 00B050 147, 1ABC9C 168, 4BACC6 193, EAD1DC 334, F8D7DA 354.
_HUES = ((18, "red"), (70, "yellow"), (171, "green"), (255, "blue"), (320, "purple"), (341, "pink"), (361, "red"))

COLOUR_WORDS = {
    "green": "grønn",
    "yellow": "gul",
    "red": "rød",
    "blue": "blå",
    "purple": "lilla",
    "pink": "rosa",
    "grey": "grå",
    "brown": "brun",
    "black": "svart",
}
STATUS_COLOURS = ("green", "yellow", "red")

_NAMES = (
    ("green", r"(?:lyse?|mørke?)?grø[n]{1,2}(?:t|e)?|green"),
    ("yellow", r"(?:lyse?|mørke?)?gule?|gult|(?:lyse?|mørke?)?oran[s]?je?|oransj|orange|amber|yellow"),
    ("red", r"(?:lyse?|mørke?)?rød[te]?|(?:lyse?|mørke?)?raude?|raudt|røde|red"),
    ("blue", r"(?:lyse?|mørke?)?blå(?:tt|e)?|turkis|blue"),
    ("purple", r"(?:lyse?|mørke?)?lilla|fiolett|purple"),
    ("pink", r"rosa|pink"),
    ("grey", r"(?:lyse?|mørke?)?grå(?:tt|e)?|grey|gray"),
    ("brown", r"brune?|brunt"),
    ("black", r"svarte?|sort"),
    ("white", r"hvite?|hvitt|kvite?|kvitt|blanke?|blankt|ingen farge|uten farge|utan farge"),
)
_NAME = re.compile(r"(?<!\w)(?:" + "|".join(f"(?P<{key}>{words})" for key, words in _NAMES) + r")(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def colour(fill: str | None) -> str | None:
    """The key of ``COLOUR_WORDS`` for "RRGGBB"; None for paper white and for what is no colour."""
    if not fill or not re.fullmatch(r"[0-9A-Fa-f]{6}", fill):
        return None
    if fill.upper() in _PAPER:
        return "grey"
    red, green, blue = (int(fill[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    chroma = max(red, green, blue) - min(red, green, blue)
    if value < 0.12:
        return "black"
    if chroma < 0.035 or saturation < 0.04:
        return None if value > 0.975 else "grey"
    if value < 0.5 and 18 < hue * 360 < 45:
        return "brown"
    return next(name for bound, name in _HUES if hue * 360 < bound)


def named(text: str) -> list[tuple[int, int, str]]:
    """(start, end, key) of every colour named in ``text``; "white" is a colour here."""
    return [(m.start(), m.end(), str(m.lastgroup)) for m in _NAME.finditer(text)]


def word(fill: str | None) -> str:
    """ "blå" for "0070C0"; "" for none."""
    return COLOUR_WORDS.get(colour(fill) or "", "")
