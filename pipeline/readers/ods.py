"""OpenDocument spreadsheets (.ods, .ots): values, shading, comments and hidden rows from the package's XML."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from datetime import datetime

from pipeline.errors import OverLimit, Unreadable
from pipeline.model import Block, Content, Finding
from pipeline.readers import _cellformat, _conditional, _odf, _sheets
from pipeline.readers._common import Package, clean, split_marker, unprivate
from pipeline.readers._formula import column_letters, column_number

NAME = "ods"
SUFFIXES = (".ods", ".ots")
_REPEAT = 1000  # text that is repeated more often than this was not written


def sniff(data: bytes, name: str) -> int:
    """3 for the package's own type mark."""
    return 3 if _odf.kind_of_package(data) == "spreadsheet" else 1 if name.lower().endswith(SUFFIXES) else 0


@dataclass(slots=True)
class _Cell:
    row: int
    col: int
    text: str
    value: _conditional.Value
    fill: str | None
    bold: bool
    hidden: bool
    spans: tuple[int, int]


def read(data: bytes, name: str, options) -> Content:
    """Cells with locator ``sheet=Svar;cell=C7``; ``table`` is the sheet's number. Raises Unreadable, OverLimit."""
    package = Package(data, options.limits)
    _odf.check_password(package)
    root = _odf.part(package, "content.xml")
    if root is None:
        raise Unreadable("Filen er skadet (innholdet mangler).", "Be avsenderen lagre den på nytt, helst som .xlsx.")
    styles = _odf.Styles()
    with contextlib.suppress(Unreadable):  # colours of named styles are lost then, the values are not
        styles.add(_odf.part(package, "styles.xml"))
    styles.add(root)
    blocks: list[Block] = []
    findings: list[Finding] = []
    budget = [options.limits.cells]
    sheets = [e for e in root.iter() if _odf.local(e) == "table" and _odf.local(e.getparent()) == "spreadsheet"]
    for number, sheet in enumerate(sheets, 1):
        blocks += _sheet(sheet, number, styles, budget, options.limits.cells, findings)
    if not any(b.text for b in blocks):
        raise Unreadable("Regnearket er tomt.", "Be avsenderen sende det på nytt.")
    return Content(format=NAME, blocks=tuple(blocks), properties=_odf.properties(package), findings=tuple(findings))


def _sheet(
    sheet, number: int, styles: _odf.Styles, budget: list[int], limit: int, findings: list[Finding]
) -> list[Block]:
    title = clean(_odf.attribute(sheet, "name")) or f"Ark{number}"
    out_of_sight = any(
        _odf.local(p) == "table-properties" and _odf.attribute(p, "display") == "false"
        for s in sheet.getroottree().iter()
        if _odf.local(s) == "style" and _odf.attribute(s, "name") == _odf.attribute(sheet, "style-name")
        for p in s
    )
    hidden_columns, column_styles = _columns(sheet)
    cells: list[_Cell] = []
    asides: list[tuple[str, object, str]] = []
    for row, element in _odf.rows(sheet):
        hidden_row = out_of_sight or _odf.attribute(element, "visibility") in ("collapse", "filter")
        times = _times(_odf.attribute(element, "number-rows-repeated", "1"))
        own = _row(element, row, hidden_row, hidden_columns, column_styles, styles, asides)
        for k in range(min(times, _REPEAT) if any(c.text for c in own) else 1):
            budget[0] -= len(own)
            if budget[0] < 0:
                raise OverLimit(
                    f"Regnearket har flere celler enn grensen på {limit} (limits.cells).",
                    "Slett tomme eller uvedkommende ark, eller hev grensen i config.toml.",
                )
            cells += (
                own
                if not k
                else [_Cell(c.row + k, c.col, c.text, c.value, c.fill, c.bold, c.hidden, c.spans) for c in own]
            )
    rules = _rules(sheet, styles)
    if rules:
        _conditional.apply(rules, cells)
    blocks = _blocks(cells, title, number)
    hidden = sum(b.place == "hidden" and bool(b.text) for b in blocks)
    findings += _sheets.hidden_finding(title, hidden)
    for place, element, where in asides:
        walker = _odf.Walker(styles)
        if place == "comment":
            walker.aside("comment", element)
        else:
            walker.shape(element, "body", 1)
        blocks += [
            Block(text=b.text, marker=b.marker, place="hidden" if out_of_sight else b.place, locator=where)
            for b in walker.out
            if b.text
        ]
    for shapes in (e for e in sheet if _odf.local(e) == "shapes"):
        walker = _odf.Walker(styles)
        walker.shape(shapes, "body", 1)
        blocks += [
            Block(
                text=b.text,
                marker=b.marker,
                place="hidden" if out_of_sight else b.place,
                locator=f"sheet={title};shape={i}",
            )
            for i, b in enumerate(walker.out, 1)
            if b.text
        ]
    if blocks and _sheets.says_something(title):
        blocks.insert(
            0,
            Block(
                text=title,
                kind="heading",
                level=1,
                place="hidden" if out_of_sight else "body",
                locator=f"sheet={title}",
            ),
        )
    return blocks


def _times(value: str) -> int:
    return int(value) if value.isdigit() and len(value) < 8 else 1


def _columns(sheet) -> tuple[list[tuple[int, int]], list[tuple[int, int, str]]]:
    """(hidden ranges of columns, (first, last, default cell style))."""
    hidden, defaults, at = [], [], 0
    stack = list(reversed(list(sheet)))
    while stack:
        e = stack.pop()
        if _odf.local(e) == "table-column":
            times = _times(_odf.attribute(e, "number-columns-repeated", "1"))
            if _odf.attribute(e, "visibility") in ("collapse", "filter"):
                hidden.append((at + 1, at + times))
            if style := _odf.attribute(e, "default-cell-style-name"):
                defaults.append((at + 1, at + times, style))
            at += times
        elif _odf.local(e) in ("table-columns", "table-column-group", "table-header-columns"):
            stack.extend(reversed(list(e)))
    return hidden, defaults


def _row(
    element,
    row: int,
    hidden_row: bool,
    hidden: list[tuple[int, int]],
    defaults: list[tuple[int, int, str]],
    styles: _odf.Styles,
    asides: list[tuple[str, object, str]],
) -> list[_Cell]:
    out: list[_Cell] = []
    col = 0
    title = clean(_odf.attribute(_table_of(element), "name"))
    for cell in element:
        name = _odf.local(cell)
        if name not in ("table-cell", "covered-table-cell"):
            continue
        times = _times(_odf.attribute(cell, "number-columns-repeated", "1"))
        col += 1
        style = _odf.attribute(cell, "style-name") or next((s for a, b, s in defaults if a <= col <= b), "")
        text, value = _value(cell, styles)
        fill = styles.fill(f"table-cell:{style}")
        if name == "table-cell" or text:
            bold = styles.is_bold(f"table-cell:{style}")
            spans = (
                _times(_odf.attribute(cell, "number-rows-spanned", "1")),
                _times(_odf.attribute(cell, "number-columns-spanned", "1")),
            )
            for k in range(min(times, _REPEAT if text else 50) if text or fill else 0):
                out_of_sight = hidden_row or any(a <= col + k <= b for a, b in hidden)
                out.append(_Cell(row, col + k, text, value, fill, bold, out_of_sight, spans))
        for child in cell:
            if _odf.local(child) == "annotation":
                asides.append(("comment", child, f"sheet={title};cell={column_letters(col)}{row}"))
            elif _odf.local(child) in ("frame", "custom-shape", "g", "rect"):
                asides.append(("textbox", child, f"sheet={title};cell={column_letters(col)}{row}"))
        col += times - 1
    return out


def _table_of(element):
    while _odf.local(element) != "table":
        element = element.getparent()
    return element


def _value(cell, styles: _odf.Styles) -> tuple[str, _conditional.Value]:
    """(as the page shows it, for conditions)."""
    lines = []
    for p in cell:
        if _odf.local(p) == "p":
            found = _odf.Inline()
            _odf.inline(p, styles, found)
            lines.append("".join(found.words))
    shown = "\n".join(lines)
    kind = _odf.attribute(cell, "value-type")
    raw = _odf.attribute(cell, "date-value") if kind == "date" else _odf.attribute(cell, "value")
    try:
        if kind == "date" and raw:
            return _cellformat.moment(datetime.fromisoformat(raw), True), shown
        if kind == "float" and raw:
            return _cellformat.plain(float(raw)), float(raw)
        if kind == "percentage" and raw:
            return _cellformat.show(float(raw), "percent"), float(raw)
        if kind == "boolean":
            on = _odf.attribute(cell, "boolean-value") == "true"
            return "SANN" if on else "USANN", on
    except (ValueError, OverflowError):
        pass
    return shown, shown or None


def _blocks(cells: list[_Cell], title: str, number: int) -> list[Block]:
    last_row = max((c.row for c in cells if c.text), default=0)
    last_col = max((c.col for c in cells if c.text), default=0) + 2  # a status column without heading
    out = []
    for cell in cells:
        if not cell.text and (cell.row > last_row or cell.col > last_col):
            continue
        for line in cell.text.split("\n"):
            marker, line = split_marker(line)
            line = clean(unprivate(line))
            if line or not cell.text.strip():
                out.append(
                    Block(
                        text=line,
                        kind="cell",
                        marker=marker,
                        place="hidden" if cell.hidden else "body",
                        locator=f"sheet={title};cell={column_letters(cell.col)}{cell.row}",
                        bold=cell.bold,
                        table=number,
                        row=cell.row,
                        col=cell.col,
                        row_span=cell.spans[0],
                        col_span=cell.spans[1],
                        fill=cell.fill,
                    )
                )
    return out


def _rules(sheet, styles: _odf.Styles) -> list[_conditional.Rule]:
    """LibreOffice's conditional formats as Excel's: on the cell's value or text, formulas, scales and icons."""
    out = []
    for form in (e for e in sheet.iter() if _odf.local(e) == "conditional-format"):
        address = re.sub(
            r"'(?:[^']|'')*'\.|[^\s:.]*\.", "", _odf.attribute(form, "target-range-address").replace("$", "")
        )
        areas = tuple(a for a in map(_area, address.split()) if a)
        for i, e in enumerate(form if areas else ()):
            kind = _odf.local(e)
            rule = None
            if kind == "condition":
                style = styles.display.get(_odf.attribute(e, "apply-style-name"))
                rule = _rule(_odf.attribute(e, "value"), areas, styles.fill(style) if style else None, i)
            elif kind in ("color-scale", "icon-set"):
                points = tuple((_POINTS.get(_odf.attribute(p, "type"), "num"), _odf.attribute(p, "value")) for p in e)
                colours = (
                    tuple(_odf.attribute(p, "color").lstrip("#").upper() for p in e)
                    if kind == "color-scale"
                    else (_conditional.ICONS.get(_odf.attribute(e, "icon-set-type"), ()))
                )
                rule = _conditional.Rule(
                    kind="iconSet" if kind == "icon-set" else "colorScale",
                    priority=i,
                    areas=areas,
                    points=points,
                    colours=colours,
                )
            if rule is not None:
                out.append(rule)
    return out


_POINTS = {
    "minimum": "min",
    "maximum": "max",
    "percent": "percent",
    "percentile": "percentile",
    "auto-minimum": "min",
    "auto-maximum": "max",
}


def _rule(text: str, areas: tuple, fill: str | None, priority: int) -> _conditional.Rule | None:
    formula = re.sub(r"\[\$?[^\].]*\.([^\]]+)\]", r"\1", text)
    if m := re.fullmatch(r"(contains-text|not-contains-text|begins-with|ends-with)\(\"(.*)\"\)", formula):
        kind = {
            "contains-text": "containsText",
            "not-contains-text": "notContainsText",
            "begins-with": "beginsWith",
            "ends-with": "endsWith",
        }[m[1]]
        return _conditional.Rule(kind=kind, priority=priority, areas=areas, text=m[2], fill=fill)
    if m := re.fullmatch(r"formula-is\((.*)\)", formula):
        return _conditional.Rule(kind="expression", priority=priority, areas=areas, formulas=(m[1],), fill=fill)
    if m := re.fullmatch(r"(!=|<=|>=|=|<|>)(.+)", formula):
        names = {
            "=": "equal",
            "!=": "notEqual",
            "<": "lessThan",
            ">": "greaterThan",
            "<=": "lessThanOrEqual",
            ">=": "greaterThanOrEqual",
        }
        return _conditional.Rule(
            kind="cellIs", priority=priority, areas=areas, operator=names[m[1]], formulas=(m[2],), fill=fill
        )
    if m := re.fullmatch(r"(not-)?between\(([^,]+),([^,]+)\)", formula):
        return _conditional.Rule(
            kind="cellIs",
            priority=priority,
            areas=areas,
            formulas=(m[2], m[3]),
            fill=fill,
            operator="notBetween" if m[1] else "between",
        )
    return None


def _area(address: str) -> tuple[int, int, int, int] | None:
    m = re.fullmatch(r"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?", address)
    if not m:
        return None
    left, top = column_number(m[1]), int(m[2])
    return top, left, int(m[4] or top), column_number(m[3]) if m[3] else left
