"""Excel workbooks (xlsx, xlsm, xltx, xltm) by a walk over the package's own XML.

Tags are matched by local name, so strict OOXML is read as well. Why no library: openpyxl refuses
workbooks with damaged styles and leaves out text boxes and threaded comments; this reads them all,
in a third of the memory.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from pipeline.errors import FileProblem, OverLimit, Unreadable
from pipeline.model import Attachment, Block, Content, Finding
from pipeline.readers import _cellformat, _colour, _conditional, _ole, _sheets
from pipeline.readers._common import Package, clean, opened, parse_xml, split_marker, unprivate
from pipeline.readers._formula import column_letters, column_number

NAME = "xlsx"
SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam")
_LONE_SYMBOL = re.compile(r"^[●•⬤■◼▪◾█▲▼◆⚫⚪○◉lnJKL\uf06c\uf06e\uf04a\uf04b\uf04c]$")
_REF = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_HEADER_CODE = re.compile(r"&(?:\"[^\"]*\"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|[A-Za-z&])")


_LISTING = 1 << 18  # bytes at a zip's end that hold the names of its parts, of some 3,000 at least


def sniff(data: bytes, name: str) -> int:
    """3 for a zip with a workbook part."""
    if not data.startswith(b"PK"):
        return 1 if name.lower().endswith(SUFFIXES) else 0
    listing = data[-_LISTING:].lower()
    if b"xl/work" in listing or b"xl\\work" in listing:
        # a zip of answers may hold a workbook: its own parts are at the root of the package
        import zipfile

        try:
            names = opened(data).namelist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return 2 if name.lower().endswith(SUFFIXES) else 0
        if any(re.fullmatch(r"/?xl[/\\]workbook\d*\.xml", n, re.IGNORECASE) for n in names):
            return 3
    return 1 if name.lower().endswith(SUFFIXES) else 0


def read(data: bytes, name: str, options) -> Content:
    """Cells row by row, sheet by sheet, then the sheet's text boxes, comments, header and footer.

    Locator ``sheet=Svar;cell=C7``; ``table`` is the sheet's number. Raises Unreadable or OverLimit.
    """
    book = _Workbook(Package(data, options.limits), options.limits)
    blocks: list[Block] = []
    for sheet in book.sheets:
        blocks += book.sheet_blocks(sheet)
    if not blocks and not book.attachments:
        raise Unreadable("Arbeidsboken er tom.", "Be avsenderen sende den på nytt.")
    return Content(
        format="xlsm" if any(n.endswith("vbaProject.bin") for n in book.package.names) else NAME,
        blocks=tuple(blocks),
        attachments=tuple(book.attachments),
        properties=book.properties(),
        findings=tuple(book.findings),
    )


@dataclass(slots=True)
class _Sheet:
    name: str
    part: str
    number: int
    hidden: bool


@dataclass(slots=True)
class _Style:
    kind: str = ""
    fill: str | None = None
    bold: bool = False
    font: str | None = None


@dataclass(slots=True)
class _Cell:
    row: int
    col: int
    text: str
    value: _conditional.Value
    style: _Style
    hidden: bool
    bold: bool = False
    fill: str | None = None


@dataclass(slots=True)
class _Grid:
    """What one sheet's XML holds."""

    cells: list[_Cell] = field(default_factory=list)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    covered: set[tuple[int, int]] = field(default_factory=set)
    rules: list[_conditional.Rule] = field(default_factory=list)
    header_footer: list[tuple[str, str]] = field(default_factory=list)
    without_value: list[str] = field(default_factory=list)


def _local(element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _kids(element, name: str) -> Iterator:
    return (k for k in element if _local(k) == name)


def _first(element, name: str):
    return next((e for e in element.iter() if _local(e) == name), None)


def _attribute(element, name: str) -> str | None:
    """An attribute by local name: r:id in whichever namespace."""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), None)


def _relation(element) -> str | None:
    return next((v for k, v in element.attrib.items() if k.startswith("{") and k.endswith("}id")), None)


def _on(value: str | None) -> bool:
    return value in ("1", "true", "on")


class _Workbook:
    def __init__(self, package: Package, limits) -> None:
        self.package, self.limits = package, limits
        self.findings: list[Finding] = []
        self.attachments: list[Attachment] = []
        self.seen_cells = 0
        self.characters = 0
        lower = {n.lower(): n for n in package.names}
        self._names = lower
        part = self._workbook_part()
        root = self._xml(part)
        if root is None:
            raise Unreadable("Arbeidsboken er skadet.", "Åpne filen i Excel, lagre den på nytt og legg den inn.")
        relations = self.relations(part)
        by_type = dict(relations.values())
        workbook_pr = _first(root, "workbookPr")
        self.epoch_1904 = workbook_pr is not None and _on(workbook_pr.get("date1904"))
        styles = self._xml(by_type.get("styles", "xl/styles.xml"))
        theme = self._xml(by_type.get("theme", "xl/theme/theme1.xml"))
        self.palette = _colour.palette(theme, styles)
        self.styles, self.dxfs = self._styles(styles)
        self.strings = self._shared_strings(by_type.get("sharedStrings", "xl/sharedStrings.xml"))
        self.sheets = []
        for i, sheet in enumerate((e for e in root.iter() if _local(e) == "sheet"), 1):
            target = relations.get(_relation(sheet) or "", ("", ""))[1]
            self.sheets.append(
                _Sheet(
                    clean(sheet.get("name") or f"Ark{i}"),
                    target or f"xl/worksheets/sheet{i}.xml",
                    i,
                    sheet.get("state", "visible") != "visible",
                )
            )

    def _workbook_part(self) -> str:
        for kind, target in self.relations("").values():
            if kind == "officeDocument" and target.lower() in self._names:
                return target
        return next(
            (n for n in self.package.names if re.fullmatch(r"xl/workbook\d*\.xml", n, re.IGNORECASE)), "xl/workbook.xml"
        )

    def _bytes(self, part: str) -> bytes | None:
        name = self._names.get(part.lower())
        if name is None:
            return None
        try:
            return self.package.read(name)
        except OverLimit:
            raise
        except FileProblem as error:
            if "passord" in error.reason:
                raise
            self._damaged(part)
            return None

    def _xml(self, part: str):
        """A part's root, or None where it is missing or damaged (with a finding)."""
        data = self._bytes(part)
        if not data:
            return None
        try:
            return parse_xml(data)
        except Unreadable:
            if b"<!ENTITY" in data[:100_000]:
                raise
            self._damaged(part)
            return None

    def _damaged(self, part: str) -> None:
        self.findings.append(
            Finding(
                kind="damaged_part",
                message=f"Delen «{clean(part)}» av arbeidsboken er skadet og kunne ikke leses. "
                "Åpne filen i Excel og kontroller at alt er med.",
            )
        )

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id -> (type's last word, target part) of a part; external targets are left out."""
        folder, base = posixpath.split(part)
        root = self._xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        out = {}
        for r in root if root is not None else ():
            if (r.get("TargetMode") or "").lower() == "external" or not r.get("Target"):
                continue
            target = r.get("Target").replace("\\", "/")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            out[r.get("Id") or ""] = ((r.get("Type") or "").rpartition("/")[2], path)
        return out

    def _styles(self, root) -> tuple[list[_Style], list[str | None]]:
        if root is None:
            return [], []
        codes = {
            int(n.get("numFmtId")): n.get("formatCode")
            for n in root.iter()
            if _local(n) == "numFmt" and (n.get("numFmtId") or "").isdigit()
        }

        def section(name: str) -> list:
            found = next(_kids(root, name), None)
            return list(found) if found is not None else []

        fills = [self._fill(f, dxf=False) for f in section("fills")]
        fonts = [(next(_kids(f, "b"), None), next(_kids(f, "color"), None)) for f in section("fonts")]
        styles = []
        for xf in section("cellXfs"):
            number, fill, font = (
                int(v) if (v := xf.get(k) or "0").isdigit() else 0 for k in ("numFmtId", "fillId", "fontId")
            )
            bold, colour = fonts[font] if font < len(fonts) else (None, None)
            styles.append(
                _Style(
                    kind=_cellformat.kind_of(number, codes.get(number)),
                    fill=fills[fill] if fill < len(fills) else None,
                    bold=bold is not None and (bold.get("val") or "1") not in ("0", "false"),
                    font=self.palette.colour(colour),
                )
            )
        dxfs = []
        for dxf in section("dxfs"):
            fill = next(_kids(dxf, "fill"), None)
            dxfs.append(self._fill(fill, dxf=True) if fill is not None else None)
        return styles, dxfs

    def _fill(self, fill, *, dxf: bool) -> str | None:
        pattern = next(_kids(fill, "patternFill"), None)
        if pattern is None:
            stop = next((e for e in fill.iter() if _local(e) == "stop"), None)
            return self.palette.colour(stop[0]) if stop is not None and len(stop) else None
        kind = pattern.get("patternType")
        if kind == "none" or (kind is None and not dxf):
            return None
        front = self.palette.colour(next(_kids(pattern, "fgColor"), None))
        back = self.palette.colour(next(_kids(pattern, "bgColor"), None))
        # in a differential format the background is the colour of a solid fill (the other way round than in cells)
        return (back or front) if dxf else front

    def _shared_strings(self, part: str) -> list[tuple[str, bool]]:
        """(text, all bold) of each shared string; phonetic readings left out."""
        data = self._bytes(part)
        out: list[tuple[str, bool]] = []
        if not data:
            return out
        for element in self._iterate(data, part, ("si", "sstItem")):
            out.append(_rich(element))
        return out

    def _iterate(self, data: bytes, part: str, names: tuple[str, ...]) -> Iterator:
        from lxml import etree

        if b"<!ENTITY" in data[:100_000]:
            raise Unreadable(
                "Filen definerer XML-entiteter, som kan være et angrep.", "Be avsenderen lagre den på nytt."
            )
        try:
            for _, element in etree.iterparse(
                BytesIO(data),
                events=("end",),
                tag=[f"{{*}}{n}" for n in names],
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            ):
                yield element
                parent = element.getparent()
                if parent is not None and _local(element) in ("row", "si", "sstItem"):
                    element.clear()
                    while element.getprevious() is not None:  # else a large sheet stays in memory, row by row
                        del parent[0]
        except etree.XMLSyntaxError:
            self._damaged(part)

    def sheet_blocks(self, sheet: _Sheet) -> list[Block]:
        data = self._bytes(sheet.part)
        if not data:
            return []
        grid = self._grid(sheet, data)
        relations = self.relations(sheet.part)
        blocks = self._cell_blocks(sheet, grid)
        extra = self._drawings(sheet, relations) + self._comments(sheet, relations)
        extra += [
            Block(text=t, place=place, locator=f"sheet={sheet.name};{place}={i}")
            for i, (place, t) in enumerate(grid.header_footer, 1)
        ]
        self._embedded(relations)
        if grid.without_value:
            shown = ", ".join(grid.without_value[:5]) + (" …" if len(grid.without_value) > 5 else "")
            self.findings.append(
                Finding(
                    kind="formula_without_value",
                    locator=f"sheet={sheet.name};cell={grid.without_value[0]}",
                    message=f"Arket «{sheet.name}» har formler uten lagret verdi ({shown}). "
                    "Åpne filen i Excel, lagre den og legg den inn på nytt.",
                )
            )
        hidden = sum(b.place == "hidden" and bool(b.text) for b in blocks)
        self.findings += _sheets.hidden_finding(sheet.name, hidden)
        if (blocks or extra) and _sheets.says_something(sheet.name):
            blocks.insert(
                0,
                Block(
                    text=sheet.name,
                    kind="heading",
                    level=1,
                    locator=f"sheet={sheet.name}",
                    place="hidden" if sheet.hidden else "body",
                ),
            )
        return blocks + extra

    def _grid(self, sheet: _Sheet, data: bytes) -> _Grid:
        grid = _Grid()
        hidden_columns: list[tuple[int, int]] = []
        wanted = ("row", "col", "mergeCell", "conditionalFormatting", "headerFooter")
        at = 0
        for element in self._iterate(data, sheet.part, wanted):
            kind = _local(element)
            if kind == "row":
                at = self._row(element, at, sheet, hidden_columns, grid)
            elif kind == "col" and _on(element.get("hidden")):
                hidden_columns.append((int(element.get("min") or 0), int(element.get("max") or 0)))
            elif kind == "mergeCell":
                m = re.fullmatch(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", (element.get("ref") or "").replace("$", ""))
                if m:
                    self._merge(grid, int(m[2]), column_number(m[1]), int(m[4]), column_number(m[3]))
            elif kind == "conditionalFormatting":
                grid.rules += _conditional.rules(element, self.dxfs, self.palette, lambda f: self._fill(f, dxf=True))
            elif kind == "headerFooter":
                for part in element:
                    place = "header" if "Header" in _local(part) else "footer"
                    for piece in re.split(r"&[LCR]", part.text or ""):
                        text = clean(
                            unprivate(_HEADER_CODE.sub(" ", piece.replace("&&", "\ue0ff")).replace("\ue0ff", "&"))
                        )
                        if text and (place, text) not in grid.header_footer:
                            grid.header_footer.append((place, text))
        if grid.rules:
            _conditional.apply(grid.rules, grid.cells)
        return grid

    @staticmethod
    def _merge(grid: _Grid, top: int, left: int, bottom: int, right: int) -> None:
        if bottom < top or right < left:
            return
        grid.merged[top, left] = (bottom - top + 1, right - left + 1)
        if (bottom - top + 1) * (right - left + 1) <= 200_000:
            grid.covered.update(
                (r, c) for r in range(top, bottom + 1) for c in range(left, right + 1) if (r, c) != (top, left)
            )

    def _row(self, row, at: int, sheet: _Sheet, hidden_columns: list[tuple[int, int]], grid: _Grid) -> int:
        number = row.get("r")
        at = int(number) if number and number.isdigit() else at + 1
        hidden = sheet.hidden or _on(row.get("hidden"))
        col = 0
        for c in row:
            if _local(c) != "c":
                continue
            m = _REF.fullmatch(c.get("r") or "")
            col = column_number(m[1]) if m else col + 1
            self.seen_cells += 1
            if self.seen_cells > self.limits.cells:
                raise OverLimit(
                    f"Arbeidsboken har flere celler enn grensen på {self.limits.cells} (limits.cells).",
                    "Slett tomme eller uvedkommende ark, eller hev grensen i config.toml.",
                )
            style_id = c.get("s")
            style = (
                self.styles[int(style_id)]
                if style_id and style_id.isdigit() and int(style_id) < len(self.styles)
                else _PLAIN
            )
            text, value, bold = self._value(c, style, grid, at, col)
            if not text and style.fill is None and value is None and style is _PLAIN:
                continue
            self.characters += len(text)
            if self.characters > self.limits.unpacked_mb * 2**20:
                raise OverLimit(
                    f"Teksten i arbeidsboken er lengre enn grensen på {self.limits.unpacked_mb} MB "
                    "(limits.unpacked_mb).",
                    "Del arbeidsboken opp.",
                )
            out = hidden or any(a <= col <= b for a, b in hidden_columns)
            grid.cells.append(_Cell(at, col, text, value, style, out, bold or style.bold, style.fill))
        return at

    def _value(self, c, style: _Style, grid: _Grid, row: int, col: int) -> tuple[str, _conditional.Value, bool]:
        kind = c.get("t") or "n"
        raw = formula = inline = None
        for child in c:
            name = _local(child)
            if name == "v":
                raw = child.text
            elif name == "f":
                formula = child
            elif name == "is":
                inline = child
        if inline is not None:
            text, bold = _rich(inline)
            return text, text or None, bold
        if raw is None or (raw == "" and kind != "str"):
            if formula is not None:
                grid.without_value.append(f"{column_letters(col)}{row}")
            return "", None, False
        if kind == "s":
            if raw.strip().isdigit() and int(raw) < len(self.strings):
                text, bold = self.strings[int(raw)]
                return text, text or None, bold
            return "", None, False
        if kind == "b":
            return ("SANN" if _on(raw) else "USANN"), _on(raw), False
        if kind in ("str", "e"):
            text = _unescape(raw)
            return text, text or None, False
        if kind == "d":
            try:
                at = datetime.fromisoformat(raw.strip().removesuffix("Z"))
                return _cellformat.moment(at, True), raw, False
            except ValueError:
                return raw, raw, False
        try:
            number = float(raw)
            return _cellformat.show(number, style.kind, self.epoch_1904), number, False
        except (ValueError, OverflowError):
            return raw, raw, False

    def _cell_blocks(self, sheet: _Sheet, grid: _Grid) -> list[Block]:
        used = [c for c in grid.cells if c.text]
        last_col = max((c.col for c in used), default=0) + 2  # a status column without heading may stand beside
        last_row = max((c.row for c in used), default=0)
        rows_used = {c.row for c in used}
        blocks: list[Block] = []
        for cell in grid.cells:
            if (cell.row, cell.col) in grid.covered and not cell.text:
                continue
            fill = _colour.visible(cell.fill)
            if not cell.text and (
                cell.col > last_col
                or cell.row > last_row
                or (fill is None and cell.row not in rows_used)
                or (fill is None and cell.col > last_col - 2)
            ):
                continue
            text = cell.text
            if fill is None and cell.style.font not in (None, "000000") and _LONE_SYMBOL.match(text.strip()):
                fill = _colour.visible(cell.style.font)  # a coloured dot is the status
            rows, cols = grid.merged.get((cell.row, cell.col), (1, 1))
            place = "hidden" if cell.hidden else "body"
            where = f"sheet={sheet.name};cell={column_letters(cell.col)}{cell.row}"
            for line in text.split("\n") if "\n" in text or "\r" in text else (text,):
                marker, line = split_marker(line)
                line = clean(unprivate(line))
                if line or not text.strip():
                    blocks.append(
                        Block(
                            text=line,
                            kind="cell",
                            place=place,
                            locator=where,
                            marker=marker,
                            bold=cell.bold,
                            table=sheet.number,
                            row=cell.row,
                            col=cell.col,
                            row_span=rows,
                            col_span=cols,
                            fill=fill,
                        )
                    )
        return blocks

    def _comments(self, sheet: _Sheet, relations: dict[str, tuple[str, str]]) -> list[Block]:
        out: list[Block] = []
        threaded: set[str] = set()
        place = "hidden" if sheet.hidden else "comment"

        def add(ref: str, text: str) -> None:
            for line in text.split("\n"):
                line = clean(unprivate(line))
                if line:
                    out.append(Block(text=line, place=place, locator=f"sheet={sheet.name};cell={ref}"))

        for kind, target in sorted(relations.values()):
            if kind == "threadedComment":
                root = self._xml(target)
                for comment in root if root is not None else ():
                    threaded.add(comment.get("ref") or "")
                    add(
                        comment.get("ref") or "",
                        "".join(t for e in comment if _local(e) == "text" for t in e.itertext()),
                    )
        for kind, target in sorted(relations.values()):
            if kind != "comments":
                continue
            root = self._xml(target)
            if root is None:
                continue
            authors = {clean(a.text or "") for a in root.iter() if _local(a) == "author"}
            for comment in (e for e in root.iter() if _local(e) == "comment"):
                if comment.get("ref") in threaded:
                    continue
                body = next(_kids(comment, "text"), None)
                text = _rich(body)[0] if body is not None else ""
                head, _, rest = text.partition("\n")
                if rest and clean(head).rstrip(":") in authors:
                    text = rest
                add(comment.get("ref") or "", text)
        return out

    def _drawings(self, sheet: _Sheet, relations: dict[str, tuple[str, str]]) -> list[Block]:
        """Text boxes and shapes (once, not twice through AlternateContent), chart titles, form controls."""
        out: list[Block] = []
        place = "hidden" if sheet.hidden else "textbox"
        shapes: set[str] = set()

        def add(text: str, kind: str, where: str) -> None:
            text = clean(unprivate(text))
            if text:
                marker, text = split_marker(text)
                out.append(Block(text=text, place=kind, locator=where, marker=marker))

        for kind, target in sorted(relations.values()):
            if kind != "drawing":
                continue
            root = self._xml(target)
            if root is None:
                continue
            for i, anchor in enumerate(root, 1):
                where = f"sheet={sheet.name};shape={i}"
                for element in _alive(anchor):
                    name = _local(element)
                    if name == "cNvPr":
                        shapes.add(element.get("id") or "")
                        alt = element.get("descr") or ""
                        if alt and not sheet.hidden:
                            add(alt, "alt", where)
                    elif name == "p" and "drawingml" in element.tag:
                        add(
                            "".join(
                                t.text or "" if _local(t) == "t" else "\n" if _local(t) == "br" else ""
                                for t in element.iter()
                                if _local(t) in ("t", "br")
                            ),
                            place,
                            where,
                        )
            for inner, part in sorted(self.relations(target).values()):
                if inner in ("chart", "chartEx", "diagramData"):
                    chart = self._xml(part)
                    for p in (e for e in (chart.iter() if chart is not None else ()) if _local(e) == "p"):
                        add(
                            "".join(t.text or "" for t in p.iter() if _local(t) == "t"),
                            place,
                            f"sheet={sheet.name};chart",
                        )
        for kind, target in sorted(relations.values()):
            if kind == "vmlDrawing":
                out += self._form_controls(sheet, target, shapes, relations, place)
        return out

    def _form_controls(
        self, sheet: _Sheet, target: str, shapes: set[str], relations: dict[str, tuple[str, str]], place: str
    ) -> list[Block]:
        """Labels of old-style check boxes, buttons and text boxes; notes are comments and stand elsewhere."""
        data = self._bytes(target)
        if not data or b"<!ENTITY" in data[:100_000]:
            return []
        from lxml import etree

        try:
            root = etree.fromstring(
                data,
                etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False),
            )
        except etree.XMLSyntaxError:
            return []
        out = []
        for shape in (e for e in (root.iter() if root is not None else ()) if _local(e) == "shape"):
            client = _first(shape, "ClientData")
            kind = client.get("ObjectType") if client is not None else ""
            number = re.sub(r"\D", "", (shape.get("id") or "").rpartition("_s")[2])
            box = _first(shape, "textbox")
            text = clean(unprivate(" ".join(box.itertext()))) if box is not None else ""
            if kind == "Note" or not text or (number in shapes and kind not in ("Checkbox", "Radio")):
                continue
            if kind in ("Checkbox", "Radio"):
                checked = next((c.text for c in client if _local(c) == "Checked"), "0")
                text = ("☒ " if (checked or "").strip() == "1" else "☐ ") + text
            out.append(
                Block(
                    text=text,
                    place="form" if place == "textbox" else place,
                    locator=f"sheet={sheet.name};shape={number or 0}",
                )
            )
        return out

    def _embedded(self, relations: dict[str, tuple[str, str]]) -> None:
        for kind, target in sorted(relations.values()):
            if kind in ("package", "oleObject") and (data := self._bytes(target)):
                found = _ole.embedded(data, posixpath.basename(target))
                if found is not None:
                    self.attachments.append(Attachment(name=found[0], data=found[1]))

    def properties(self) -> tuple[tuple[str, str], ...]:
        root = self._xml("docProps/core.xml")
        keys = {"title": "title", "subject": "subject", "creator": "author"}
        found = {keys[_local(e)]: clean(e.text or "") for e in (root if root is not None else ()) if _local(e) in keys}
        return tuple(sorted((k, v) for k, v in found.items() if v))


_PLAIN = _Style()


def _alive(element) -> Iterator:
    """Depth first; of an AlternateContent only what a program of today shows."""
    stack = [element]
    while stack:
        e = stack.pop()
        if _local(e) == "AlternateContent":
            branch = next(_kids(e, "Choice"), None)
            if branch is None or not any(_local(t) in ("t", "cNvPr") for t in branch.iter()):
                branch = next(_kids(e, "Fallback"), branch)
            if branch is not None:
                stack.append(branch)
            continue
        yield e
        stack.extend(reversed(list(e)))


def _rich(element) -> tuple[str, bool]:
    """The text of a string item or a comment, and whether all of it is bold."""
    parts: list[str] = []
    runs = plain = 0
    for child in element:
        name = _local(child)
        if name == "t":
            parts.append(child.text or "")
            plain += bool((child.text or "").strip())
        elif name == "r":
            text = "".join(t.text or "" for t in child if _local(t) == "t")
            parts.append(text)
            bold = next((b for p in child if _local(p) == "rPr" for b in p if _local(b) == "b"), None)
            if bold is not None and (bold.get("val") or "1") not in ("0", "false"):
                runs += 1
            else:
                plain += bool(text.strip())
    return _unescape("".join(parts)), bool(runs) and not plain


def _unescape(text: str) -> str:
    """Excel writes control characters as _x000D_."""
    if "_x" in text:
        text = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")
