"""Whether a page's characters are the ones that are printed, and how glyph numbers are turned back into them."""

from __future__ import annotations

import re
from collections import Counter

_COMMON = frozenset({
    "og", "i", "å", "det", "er", "som", "på", "en", "av", "til", "for", "med", "at", "ikke", "den", "har", "de",
    "vi", "om", "et", "ikkje", "ein", "eit", "dei", "the", "and", "of", "to", "in", "is", "der", "die", "und",
    "das", "la", "le", "el", "les", "que",
})
_SURE = frozenset({"og", "i", "er", "på", "av", "som", "the", "of", "and", "in"})
_VOWELS = frozenset("aeiouyæøåäöéèêóòôüáàíúý")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzæøåéABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅÉ")
_PLAIN = frozenset(".,:;-–()/%«»\"'?!_|")


def written(text: str) -> bool:
    """Whether the text is surely language as it is printed."""
    return "(cid:" not in text and (_written(text, 3) or _ordinary(text))


def garbled(text: str) -> bool:
    """Whether the characters cannot be the ones that are printed: "(cid:3)", or no language's letters.

    Short or non-Latin text is left in peace.
    """
    if text.count("(cid:") * 7 > 0.2 * max(len(text), 1):
        return True
    if len(text) < 120 or _written(text, 3):
        return False
    if _ordinary(text):
        return False
    signs = Counter(text)  # few of them: each is looked at once
    folded = Counter(text.casefold())
    letters = sum(n for c, n in folded.items() if c.isalpha())
    latin = sum(n for c, n in folded.items() if c.isalpha() and c < "\u0250")
    if latin < 0.7 * letters:
        return False
    printed = sum(n for c, n in signs.items() if not c.isspace())
    odd = sum(n for c, n in signs.items() if not c.isalnum() and not c.isspace() and c not in _PLAIN)
    if letters < 0.25 * printed:
        return odd > 0.3 * printed
    return not 0.2 <= sum(folded[c] for c in _VOWELS) / letters <= 0.62


def _written(text: str, least: int) -> bool:
    """Whether at least so many of the surest words stand in the text."""
    if len(_SURE.intersection(text[:500].split())) >= least:  # nearly always
        return True
    found = 0
    for word in _SURE:
        found += f" {word} " in text
        if found == least:
            return True
    return False


def _ordinary(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return sum(1 for w in words if w in _COMMON) >= max(3, 0.06 * len(words))


_SHIFTED = (*map(chr, range(68, 94)), "n", *map(chr, range(0xA0, 0xAA)))


def unshifted(text: str) -> str | None:
    """The text with glyph numbers turned back into characters, or None when it holds no glyph numbers.

    A TrueType font without a character table numbers its glyphs in the order of the Macintosh
    character set, 29 below it up to "~" and 30 below it after (Apple TrueType Reference Manual, 'post'
    table, standard order of glyphs). Line breaks and blanks are pdfium's own and stay.
    """
    if len(text) < 40 or _written(text, 2):
        return None
    # small letters, most of any language, have the numbers 68 to 93: what is not full of those is not shifted
    signs = Counter(text)
    if sum(signs[c] for c in _SHIFTED) < 0.5 * sum(n for c, n in signs.items() if not c.isspace()):
        return None
    turned = re.sub(r"\r\n|.", _turn, text, flags=re.DOTALL)
    return turned if _surely_language(turned) else None


def _surely_language(text: str) -> bool:
    """Whether nothing but written language looks like this: figures and foreign text must never be "repaired"."""
    printed = sum(1 for c in text if not c.isspace())
    letters = sum(1 for c in text if c in _LETTERS)
    lower = sum(1 for c in text if c.islower())
    common = {w for w in re.findall(r"[^\W\d_]{2,}", text.casefold()) if w in _COMMON}
    return letters > 0.75 * printed and lower > 0.6 * printed and len(common) >= 3 and _ordinary(text)


def _turn(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char[0])
    if len(char) > 1 or char == " " or code < 3:
        return char
    if code <= 97:
        return chr(code + 29)
    return bytes([code + 30]).decode("mac_roman") if code <= 225 else char
