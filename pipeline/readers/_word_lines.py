"""Soft line breaks: which lines of a paragraph are items of their own, and which are one wrapped text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from unicodedata import is_normalized

from pipeline.readers._common import clean, split_marker, unprivate
from pipeline.readers._word_symbols import PRIVATE

_UNTIDY = re.compile("  |[^ !-~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e]")


def lines(text: str, one: bool) -> Iterator[tuple[str, str]]:
    """(marker, words) of the lines that a paragraph with soft line breaks consists of.

    Lines that are items of their own stay apart; lines of wrapped running text are joined with a blank.
    """
    groups: list[str] = []
    rows = text.split("\n")
    filled = [row for row in rows if row.strip()]
    if one:
        yield marked(" ".join(filled))
        return
    wrapped = looks_wrapped(filled)
    apart = True
    for row in rows:
        if not row.strip():
            apart = True
            continue
        if apart or not groups or marked(row)[0] or not (wrapped or continues(groups[-1], row)):
            groups.append(row)
        else:
            groups[-1] = f"{groups[-1].rstrip()} {row.lstrip()}"
        apart = False
    for group in groups:
        yield marked(group)


def continues(before: str, row: str) -> bool:
    before, row = before.rstrip(), row.lstrip()
    return row[:1].islower() or before[-1:] in ",-–/(" or row[:1] in ",.;:)"


def looks_wrapped(rows: list[str]) -> bool:
    """Running text broken at a margin: long lines of much the same length that mostly break inside a sentence."""
    if len(rows) < 2 or any(marked(row)[0] for row in rows):
        return False
    inner = rows[:-1]
    breaks = sum(continues(a, b) for a, b in pairwise(rows))
    longest = max(map(len, rows))
    return breaks * 2 >= len(inner) and longest >= 40 and min(map(len, inner)) >= longest * 0.6


def marked(text: str) -> tuple[str, str]:
    text = text.strip()
    if text[:1].isalpha() and text[0] != "o" and "." not in (head := text[:7]) and ")" not in head:
        return "", tidy(text)  # an ordinary word, as ``split_marker`` begins
    if PRIVATE.match(text):
        return "•", tidy(text[1:])
    marker, rest = split_marker(text)
    return clean(marker) if marker else "", tidy(rest)


def tidy(text: str) -> str:
    """``clean`` and ``unprivate``, at a third of the cost for the text that needs neither."""
    if text.isascii():
        if "  " not in text and text.isprintable():
            return text.strip()
    elif _UNTIDY.search(text) is None and is_normalized("NFC", text):
        return text.strip()
    return unprivate(clean(text))
