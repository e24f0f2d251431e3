"""One Word file while it is being read: what the walks of its parts share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.readers._word_package import Draft, Parts, Relation, relations
from pipeline.readers._word_styles import Numbering, Styles, Theme

_REVISIONS = ("{*}ins", "{*}del", "{*}moveTo", "{*}moveFrom")
_REVISION = re.compile(rb"[:<](?:ins|del|moveTo|moveFrom)[\s/>]")
_COLOURS = ("{*}highlight", "{*}shd", "{*}color")
# UTF-8 of the private-use characters U+F000-U+F8FF; those before begin with the byte EE
_PRIVATE = re.compile(rb"\xef[\x80-\xa3]")


@dataclass(slots=True)
class Part:
    """One story part: its XML, its relationships, and what its bytes say can occur in it (True: it may)."""

    name: str
    root: object
    relations: dict[str, Relation]
    watch: bool = True  # hidden text or character styles: every run must be looked at
    coloured: bool = True  # highlights, shading or coloured text
    revised: bool = True  # tracked changes
    glyphs: bool = True  # private-use characters
    moved: bool = False  # it has moved-to text, so the moved-from copy is left out


@dataclass(slots=True)
class File:
    """What the walk of all parts of one file shares."""

    parts: Parts
    styles: Styles
    numbering: Callable[[], Numbering]
    theme: Theme
    chunk: Callable[[Relation], list[Draft]]
    bound: Callable[[dict[str, str]], str]
    notes: dict[str, dict[str, object]] = field(default_factory=dict)  # kind -> id -> note, until it is printed
    note_parts: dict[str, Part] = field(default_factory=dict)
    note_numbers: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)  # tables, text boxes, pictures ... so far
    tracked: bool = False
    lost: list[str] = field(default_factory=list)  # names of parts that could not be read
    outside: list[str] = field(default_factory=list)  # addresses of text that lies outside the file

    def next(self, what: str) -> int:
        self.counts[what] = self.counts.get(what, 0) + 1
        return self.counts[what]


def open_part(parts: Parts, name: str) -> Part:
    """Parse a story part. Raises Unreadable, OverLimit, KeyError."""
    root, data = parts.xml(name)
    part = Part(name, root, relations(parts, name))
    if data is not None and b"\0" not in data[:4]:  # not UTF-16
        # as elements: the attribute of a border is ":color="
        part.coloured = (b":highlight" in data or b":shd" in data or b":color " in data
                         or (data.find(b"\n", 100) >= 0 and b":color\n" in data))
        part.watch = _holds(data, b"vanish") or b"rStyle" in data
        part.glyphs = ((b"#" in data and _holds(data, b"&#")) or b"\xee" in data
                       or (b"\xef" in data and _PRIVATE.search(data) is not None))
        # a tracked change must say who made it (17.13.1): files without an author have none, and are not searched
        part.revised = _holds(data, b"author") and _REVISION.search(data) is not None
        moved = part.revised and b"moveTo" in data
    else:
        part.coloured = next(root.iter(*_COLOURS), None) is not None
        moved = part.revised = next(root.iter(*_REVISIONS), None) is not None
    part.moved = moved and next(root.iter("{*}moveTo"), None) is not None
    return part


def _holds(data: bytes, words: bytes) -> bool:
    """``words in data``; from behind, which takes half the time when they are short and not there."""
    return data.rfind(words) >= 0
