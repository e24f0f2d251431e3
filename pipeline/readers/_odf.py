"""OpenDocument packages: what odt and ods share (styles, text of a paragraph, lists, notes, tables).

A walk over content.xml by local names. Tracked deletions stay out; notes, comments, text boxes and
form values come along, each in its place.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.errors import Unreadable
from pipeline.model import Block
from pipeline.readers._common import Package, clean, opened, parse_xml, split_marker, unprivate

_SKIP = frozenset(
    str.split(
        "tracked-changes sequence-decls variable-decls user-field-decls dde-connection-decls ruby-text "
        "index-title-template automatic-styles font-face-decls scripts settings meta creator date "
        "table-source dde-source alphabetical-index-auto-mark-file"
    )
)
_TYPE = rb"application/vnd\.oasis\.opendocument\.(\w+)"


def local(element) -> str:
    """The tag without its namespace; "" for anything that is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element, name: str, default: str = "") -> str:
    """An attribute by its local name."""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), default)


@lru_cache(maxsize=2)
def kind_of_package(data: bytes) -> str:
    """ "text", "spreadsheet", "presentation" … of an OpenDocument package, else ""."""
    if not data.startswith(b"PK") or b"content.xml" not in data:
        return ""
    m = re.match(rb"mimetype" + _TYPE, data[30:120])
    if m:
        return m[1].decode()
    try:
        package = opened(data)
        for name in ("mimetype", "META-INF/manifest.xml"):
            if name in package.namelist() and package.getinfo(name).file_size < 1_000_000:
                m = re.search(_TYPE, package.read(name))
                if m:
                    return m[1].decode()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, zlib.error, RuntimeError, EOFError):
        pass
    return ""


def part(package: Package, name: str):
    """A part's root, or None where it is missing. Raises Unreadable when encrypted or damaged."""
    return parse_xml(package.read(name)) if name in package else None


def check_password(package: Package) -> None:
    """Raises Unreadable for an encrypted package."""
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Unreadable("Filen er passordbeskyttet.", "Be avsenderen om en versjon uten passord.")


def properties(package: Package) -> tuple[tuple[str, str], ...]:
    """title, subject and author from meta.xml."""
    try:
        root = part(package, "meta.xml")
    except Unreadable:
        return ()
    keys = {"title": "title", "subject": "subject", "initial-creator": "author"}
    found = {keys[local(e)]: clean(e.text or "") for e in (root.iter() if root is not None else ()) if local(e) in keys}
    return tuple(sorted((k, v) for k, v in found.items() if v))


@dataclass(slots=True)
class Styles:
    """Named styles: background, bold, hidden and list levels, with inheritance."""

    parents: dict[str, str] = field(default_factory=dict)
    fills: dict[str, str] = field(default_factory=dict)
    bold: dict[str, bool] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    lists: dict[str, dict[int, tuple[str, str, str, int, int]]] = field(default_factory=dict)
    list_of: dict[str, str] = field(default_factory=dict)
    conditions: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    display: dict[str, str] = field(default_factory=dict)

    def add(self, root) -> None:
        """Takes in the styles of a part."""
        for e in root.iter() if root is not None else ():
            name = local(e)
            if name == "style":
                self._style(e)
            elif name == "list-style":
                self.lists[attribute(e, "name")] = {
                    int(attribute(level, "level", "1")): (
                        attribute(level, "num-format") if "number" in local(level) else "",
                        attribute(level, "num-prefix"),
                        attribute(level, "num-suffix"),
                        int(v) if (v := attribute(level, "start-value", "1")).isdigit() else 1,
                        int(v) if (v := attribute(level, "display-levels", "1")).isdigit() else 1,
                    )
                    for level in e
                    if attribute(level, "level").isdigit()
                }

    def _style(self, e) -> None:
        name = f"{attribute(e, 'family')}:{attribute(e, 'name')}"
        family = attribute(e, "family")
        if parent := attribute(e, "parent-style-name"):
            self.parents[name] = f"{family}:{parent}"
        if lists := attribute(e, "list-style-name"):
            self.list_of[name] = lists
        self.display[attribute(e, "display-name") or attribute(e, "name")] = name
        for p in e:
            if local(p) == "map":
                self.conditions.setdefault(name, []).append(
                    (attribute(p, "condition"), f"{family}:{attribute(p, 'apply-style-name')}")
                )
            colour = attribute(p, "background-color")
            if colour.startswith("#") and len(colour) == 7 and local(p) != "text-properties":
                self.fills[name] = colour[1:].upper()
            elif colour == "transparent":
                self.fills[name] = ""
            if local(p) == "text-properties":
                if attribute(p, "font-weight"):
                    self.bold[name] = attribute(p, "font-weight") in ("bold", "600", "700", "800", "900")
                if attribute(p, "display") == "none":
                    self.hidden.add(name)

    def chain(self, name: str) -> Iterator[str]:
        """The style and what it inherits from, nearest first."""
        seen = set()
        while name and name not in seen:
            seen.add(name)
            yield name
            name = self.parents.get(name, "")

    def fill(self, name: str) -> str | None:
        """The background of a style, None for white or none."""
        colour = next((self.fills[n] for n in self.chain(name) if n in self.fills), "")
        return colour if colour and colour != "FFFFFF" else None

    def is_bold(self, name: str) -> bool:
        return next((self.bold[n] for n in self.chain(name) if n in self.bold), False)


@dataclass(slots=True)
class Inline:
    """A paragraph's own text, and what hangs on it and is said after it."""

    words: list[str] = field(default_factory=list)
    asides: list[tuple[str, object]] = field(default_factory=list)  # place, element
    plain: bool = False
    tail_hidden: int = 0


def inline(element, styles: Styles, into: Inline, bold: bool = False) -> None:
    """Collects the text of a paragraph's inside."""
    _say(element.text, into, bold)
    for child in element:
        name = local(child)
        if name == "s":
            count = attribute(child, "c", "1")
            into.words.append(" " * (int(count) if count.isdigit() and len(count) < 5 else 1))
        elif name in ("tab", "line-break"):
            into.words.append(" " if name == "tab" else "\n")
        elif name == "note":
            into.asides.append(("endnote" if attribute(child, "note-class") == "endnote" else "footnote", child))
        elif name in ("annotation",):
            into.asides.append(("comment", child))
        elif name in (
            "frame",
            "custom-shape",
            "rect",
            "ellipse",
            "line",
            "g",
            "text-box",
            "control",
            "polyline",
            "path",
            "polygon",
            "connector",
            "caption",
            "measure",
            "circle",
        ):
            into.asides.append(("textbox", child))
        elif name in ("hidden-text", "hidden-paragraph"):
            into.asides.append(("hidden", child))
        elif name and name not in _SKIP and name not in ("page-number", "page-count", "soft-page-break", "bookmark"):
            style = f"text:{attribute(child, 'style-name')}"
            if name == "span" and any(n in styles.hidden for n in styles.chain(style)):
                into.asides.append(("hidden", child))
            elif name == "drop-down":
                _say(
                    next(
                        (
                            attribute(label, "value")
                            for label in child
                            if attribute(label, "current-selected") == "true"
                        ),
                        "",
                    )
                    or child.xpath("string()"),
                    into,
                    bold,
                )
            else:
                inline(child, styles, into, bold or (name == "span" and styles.is_bold(style)))
        _say(child.tail, into, bold)


_BREAKS = str.maketrans("\n\r\t", "   ")


def _say(text: str | None, into: Inline, bold: bool) -> None:
    if text:
        into.words.append(text.translate(_BREAKS))  # a line break in the XML is only a blank
        into.plain = into.plain or (bool(text.strip()) and not bold)


_NUMERALS = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def numeral(form: str, n: int) -> str:
    """The ``n``-th number in ODF's formats "1", "a", "A", "i", "I"."""
    if form in ("a", "A"):
        return (chr(97 + (n - 1) % 26) if form == "a" else chr(65 + (n - 1) % 26)) * ((n - 1) // 26 + 1)
    if form in ("i", "I"):
        out, rest = "", n
        for value, letters in _NUMERALS:
            while rest >= value:
                out, rest = out + letters, rest - value
        return out if form == "i" else out.upper()
    return str(n)


class Walker:
    """Blocks of an office:text or of a table cell, in reading order."""

    def __init__(self, styles: Styles, forms: dict[str, str] | None = None) -> None:
        self.styles = styles
        self.forms = forms or {}  # control id -> what it shows
        self.out: list[Block] = []
        self.tables = 0
        self.paragraphs = 0
        self.counters: dict[str, dict[int, int]] = {}  # list style -> level -> last number

    def walk(
        self, element, place: str = "body", depth: int = 0, lists: tuple[str, int] = ("", 0), marker: str = ""
    ) -> None:
        """All blocks under ``element``; ``lists`` is the list style and depth that it stands in."""
        if depth > 200:
            raise Unreadable("Filen er bygd opp med altfor mange nivåer inni hverandre.", "Lagre den på nytt.")
        for child in element:
            name = local(child)
            if name in ("p", "h"):
                self.paragraph(child, place, lists, marker)
                marker = ""
            elif name == "list":
                self.list(child, place, depth, lists)
            elif name == "table":
                self.table(child, place, depth)
            elif name == "section" and attribute(child, "display") == "none":
                self.walk(child, "hidden", depth + 1, lists)
            elif name in ("frame", "custom-shape", "rect", "ellipse", "g", "control"):
                self.shape(child, place, depth)
            elif name and name not in _SKIP and name != "forms":
                self.walk(child, place, depth + 1, lists)

    def paragraph(self, element, place: str, lists: tuple[str, int], marker: str, cell: dict | None = None) -> None:
        """One paragraph or heading, its lines as blocks of their own, then its notes, comments and boxes."""
        own = f"paragraph:{attribute(element, 'style-name')}"
        style_bold = self.styles.is_bold(own)
        if any(n in self.styles.hidden for n in self.styles.chain(own)):
            place = "hidden"
        found = Inline()
        inline(element, self.styles, found, style_bold)
        is_heading = local(element) == "h"
        if is_heading and not marker:
            marker = self.heading_number(element, own)
        for raw in "".join(found.words).split("\n"):
            line = raw
            if not marker and not is_heading:
                marker, line = split_marker(line)
            line = clean(unprivate(line))
            if not line:
                continue
            if not cell:
                self.paragraphs += 1
            item = bool(marker) or bool(lists[1])
            level = attribute(element, "outline-level", "1")
            self.out.append(
                Block(
                    text=line,
                    place=place,
                    marker=marker,
                    bold=not found.plain,
                    kind="heading" if is_heading else "item" if item else "paragraph",
                    level=int(level) if is_heading and level.isdigit() else max(lists[1] - 1, 0),
                    locator=f"paragraph={self.paragraphs}",
                )
                if not cell
                else Block(text=line, place=place, marker=marker, bold=not found.plain, kind="cell", **cell)
            )
            marker = ""
        for where, aside in found.asides:
            self.aside(where if place == "body" or where == "comment" else place, aside)

    def heading_number(self, element, style: str) -> str:
        """Outline numbering that the text itself does not hold is not computed; a printed list label is."""
        label = next((c for c in element if local(c) == "number"), None)
        return clean(label.text or "") if label is not None else ""

    def aside(self, place: str, element) -> None:
        if place == "textbox":
            self.shape(element, "body", 1)
            return
        start = len(self.out)
        body = next((c for c in element if local(c) == "note-body"), element)
        author = next((clean("".join(c.itertext())) for c in element if local(c) == "creator"), "")
        if any(local(c) in ("p", "list", "h", "table") for c in body):
            Walker.walk(self, body, place)
        else:
            text = clean(unprivate("".join(body.itertext()) or attribute(body, "string-value")))
            if text:
                self.paragraphs += 1
                self.out.append(Block(text=text, place=place, locator=f"paragraph={self.paragraphs}"))
        if author and len(self.out) > start and self.out[start].text == f"{author}:":
            del self.out[start]  # a comment that came from Excel says its author's name first
        citation = next((clean("".join(c.itertext())) for c in element if local(c) == "note-citation"), "")
        if citation and len(self.out) > start and not self.out[start].marker:
            self.out[start] = self.out[start]._replace(marker=citation)

    def shape(self, element, place: str, depth: int) -> None:
        """A frame, shape or control: its text, its alternative text, its value."""
        if depth > 200:
            return
        inside = "textbox" if place == "body" else place
        if local(element) == "control":
            shown = self.forms.get(attribute(element, "control"), "")
            if shown:
                self.paragraphs += 1
                self.out.append(Block(text=shown, place="form", locator=f"paragraph={self.paragraphs}"))
            return
        for child in element:
            name = local(child)
            if name in ("title", "desc"):
                text = clean(child.text or "")
                if text:
                    self.paragraphs += 1
                    self.out.append(Block(text=text, place="alt", locator=f"paragraph={self.paragraphs}"))
            elif name in ("p", "h"):
                self.paragraph(child, inside, ("", 0), "")
            elif name == "list":
                self.list(child, inside, depth, ("", 0))
            elif name == "table":
                self.table(child, inside, depth)
            elif name == "text-box":
                self.walk(child, inside, depth + 1)
            else:
                self.shape(child, place, depth + 1)

    def list(self, element, place: str, depth: int, outer: tuple[str, int]) -> None:
        """Items with the marker that the list style prints."""
        level = outer[1] + 1
        style = attribute(element, "style-name") or outer[0]
        if style not in self.styles.lists:
            first = next((e for e in element.iter() if local(e) == "p"), None)
            own = f"paragraph:{attribute(first, 'style-name')}" if first is not None else ""
            style = next((self.styles.list_of[n] for n in self.styles.chain(own) if n in self.styles.list_of), style)
        form, prefix, suffix, start, shown = self.styles.lists.get(style, {}).get(level, ("", "", "", 1, 1))
        numbers = self.counters.setdefault(style, {})
        if (
            level == 1
            and attribute(element, "continue-numbering") != "true"
            and not attribute(element, "continue-list")
        ):
            numbers.clear()
        for item in element:
            name = local(item)
            if name not in ("list-item", "list-header"):
                continue
            marker = ""
            if name == "list-item":
                value = attribute(item, "start-value")
                numbers[level] = int(value) if value.isdigit() else numbers.get(level, start - 1) + 1
                for deeper in [n for n in numbers if n > level]:
                    del numbers[deeper]
                if form:
                    upper = [
                        numeral(self.styles.lists[style].get(n, (form,))[0] or "1", numbers.get(n, 1))
                        for n in range(max(level - shown + 1, 1), level)
                    ]
                    marker = prefix + ".".join([*upper, numeral(form, numbers[level])]) + suffix
                else:
                    marker = "•"
                if not any(local(e) in ("p", "h") for e in item):
                    marker = ""
            self.walk(item, place, depth + 1, (style, level), marker)

    def table(self, element, place: str, depth: int) -> None:
        """Cells with spans and shading; a nested table is a table of its own."""
        self.tables += 1
        number = self.tables
        for at, row in rows(element):
            col = 0
            for cell in row:
                if local(cell) not in ("table-cell", "covered-table-cell"):
                    continue
                times = attribute(cell, "number-columns-repeated", "1")
                col += 1
                if local(cell) == "table-cell":
                    self.cell(cell, place, depth, number, at, col)
                col += int(times) - 1 if times.isdigit() and len(times) < 6 else 0

    def cell(self, cell, place: str, depth: int, table: int, row: int, col: int) -> None:
        style = f"table-cell:{attribute(cell, 'style-name')}"
        where = {
            "table": table,
            "row": row,
            "col": col,
            "row_span": _number(attribute(cell, "number-rows-spanned")),
            "col_span": _number(attribute(cell, "number-columns-spanned")),
            "fill": self.styles.fill(style),
            "locator": f"table={table};row={row};col={col}",
        }
        before = len(self.out)
        self._cell_inside(cell, place, depth, where)
        if not any(b.table == table and b.row == row and b.col == col for b in self.out[before:]):
            self.out.insert(before, Block(text="", kind="cell", place=place, **where))

    def _cell_inside(self, element, place: str, depth: int, where: dict, marker: str = "") -> None:
        if depth > 200:
            return
        for child in element:
            name = local(child)
            if name in ("p", "h"):
                self.paragraph(child, place, ("", 0), marker, where)
                marker = ""
            elif name == "table":
                self.table(child, place, depth + 1)
            elif name == "list":
                begin = len(self.out)
                self.list(child, place, depth + 1, ("", 0))
                self.out[begin:] = [
                    b._replace(kind="cell", **where) if b.place == place and not b.table else b
                    for b in self.out[begin:]
                ]
            elif name in ("frame", "custom-shape"):
                self.shape(child, place, depth + 1)
            elif name and name not in _SKIP:
                self._cell_inside(child, place, depth + 1, where)


def _number(value: str) -> int:
    return max(int(value), 1) if value.isdigit() and len(value) < 7 else 1


def rows(table) -> Iterator[tuple[int, object]]:
    """(1-based number, row element) of a table, header rows and groups included; repeated rows count."""
    at = 0
    stack = list(reversed(list(table)))
    while stack:
        e = stack.pop()
        name = local(e)
        if name == "table-row":
            at += 1
            yield at, e
            times = attribute(e, "number-rows-repeated", "1")
            at += int(times) - 1 if times.isdigit() and len(times) < 8 else 0
        elif name in ("table-header-rows", "table-rows", "table-row-group"):
            stack.extend(reversed(list(e)))
