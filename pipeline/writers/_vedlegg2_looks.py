"""How an answer looked in its own file: emphasis, alignment, note marks and pictures, by block.

The words of vedlegg 2 always come from the document's blocks; a look only says how they were set.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Format:
    """Emphasis of some characters. ``colour`` is "RRGGBB" dark enough for white paper, ``highlight`` Word's name."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    raised: str = ""  # "superscript" | "subscript"
    colour: str = ""
    highlight: str = ""


PLAIN = Format()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture to show. ``data`` None: it cannot be shown, and ``why`` (Norwegian) says so. Size in EMU, 0 unknown."""

    data: bytes | None = None
    width: int = 0
    height: int = 0
    alt: str = ""
    why: str = ""


@dataclass(slots=True)
class BlockLook:
    """``spans``: (start, end, Format) in offsets of the block's text; ``marks``: (offset, note number)."""

    spans: list[tuple[int, int, Format]] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    align: str = ""  # "center" | "right"
    before: list[Picture] = field(default_factory=list)
    after: list[Picture] = field(default_factory=list)


@dataclass(slots=True)
class Look:
    """``known``: the file's own emphasis was found, so that a block's ``bold`` need not be guessed from.

    ``blocks``: looks by the block's index; ``end``: pictures that no block stands near.
    """

    known: bool = False
    blocks: dict[int, BlockLook] = field(default_factory=dict)
    end: list[Picture] = field(default_factory=list)


NOTHING = Look()


def dark_enough(colour: str) -> str:
    """A text colour as "RRGGBB" with a contrast of at least 4.5:1 on white (WCAG 2.2, 1.4.3), "" for the ordinary one.

    Near-black counts as ordinary; so does what is too light to have been meant to be read on paper.
    """
    if not re.fullmatch("[0-9A-Fa-f]{6}", colour):
        return ""
    parts = [int(colour[i:i + 2], 16) for i in (0, 2, 4)]
    if max(parts) < 0x40 or luminance(parts) > 0.8:
        return ""
    while 1.05 / (luminance(parts) + 0.05) < 4.5:
        parts = [p * 15 // 16 for p in parts]
    return "".join(f"{p:02X}" for p in parts)


def light_enough(fill: str) -> str:
    """A shading made light enough for black text where it is dark (contrast at least 7:1); "" when it is no colour."""
    if not re.fullmatch("[0-9A-Fa-f]{6}", fill):
        return ""
    parts = [int(fill[i:i + 2], 16) for i in (0, 2, 4)]
    while (luminance(parts) + 0.05) / 0.05 < 7:
        parts = [min(255, p + 16) for p in parts]
    return "".join(f"{p:02X}" for p in parts)


def luminance(parts: Sequence[int]) -> float:
    """Relative luminance of red, green, blue (0-255), 0..1, as WCAG 2.2 defines it."""
    linear = [p / 255 / 12.92 if p <= 10 else ((p / 255 + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
