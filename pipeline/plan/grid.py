"""Tables of a document as grids: cells by row and column, merged cells reachable from every place they cover."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model import Block, Document

_SHEET = re.compile(r"(?:^|;)sheet=(.*?)(?:;(?:cell|row|hidden)=|$)")
_PLACES = frozenset({"body", "textbox", "form", "hidden"})
_BULLET = "•"
_LARGEST_MERGE = 100_000  # places; a merge over a whole empty sheet says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell. ``lines`` are its paragraphs (bullets dropped, printed numbers kept), never empty strings."""

    row: int
    col: int
    row_span: int = 1
    col_span: int = 1
    lines: tuple[str, ...] = ()
    fill: str | None = None
    bold: bool = False
    hidden: bool = False
    locator: str = ""

    @property
    def text(self) -> str:
        """The cell on one line: paragraphs that do not end in punctuation are parted by a semicolon."""
        return join_lines(self.lines)


@dataclass(frozen=True, slots=True)
class Grid:
    """One table. ``above`` are the text blocks between the table before and this one, nearest last."""

    table: int
    name: str  # the sheet's name in a workbook, else ""
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]  # (row number, the cells that begin there), both rising
    cover: dict[tuple[int, int], Cell]  # every place that a merged cell covers, its corner left out
    above: tuple[Block, ...]
    width: int  # the last column that has text
    extent: int  # the last column that has a cell at all
    columns: int  # how many columns have text

    def characters(self) -> int:
        return sum(len(c.text) for _, cells in self.rows for c in cells)


def join_lines(lines: Iterable[str]) -> str:
    """Paragraphs of one cell as one line: "a; b", or "A. B" where the first already ends in punctuation."""
    joined = ""
    for line in lines:
        if joined:
            joined += " " if joined[-1] in ".:;,!?–-/" else "; "
        joined += line
    return joined


def sheet_name(locator: str) -> str:
    """ "Plan" of "sheet=Plan;cell=C7", "" where there is no sheet."""
    match = _SHEET.search(locator)
    return match[1] if match else ""


def grids(document: Document) -> tuple[Grid, ...]:
    """The document's tables in reading order; header, footer and comment text left out."""
    tables: dict[int, list[Block]] = {}
    above: dict[int, list[Block]] = {}
    pending: list[Block] = []
    for block in document.blocks:
        if block.place not in _PLACES:
            continue
        if block.table > 0 and block.row > 0 and block.col > 0:
            if block.table not in tables:
                tables[block.table], above[block.table] = [], pending
                pending = []
            tables[block.table].append(block)
        elif block.text:
            pending.append(block)
    return tuple(_grid(table, blocks, tuple(above[table])) for table, blocks in tables.items())


def text_after_tables(document: Document) -> tuple[Block, ...]:
    """Text blocks outside all tables, wherever they stand (a legend often stands below)."""
    return tuple(b for b in document.blocks if b.table == 0 and b.text and b.place in (_PLACES | {"footer", "header"}))


def _grid(table: int, blocks: list[Block], above: tuple[Block, ...]) -> Grid:
    at: dict[tuple[int, int], list[Block]] = {}
    for block in blocks:
        at.setdefault((block.row, block.col), []).append(block)
    cells = {place: _cell(place, parts) for place, parts in at.items()}
    last_row = max(row for row, _ in cells)
    last_col = max(
        max(col for _, col in cells),
        max((c.col + c.col_span - 1 for c in cells.values() if c.lines and c.col_span < 200), default=0),
    )
    cover = {}
    for cell in cells.values():
        area = (min(cell.row + cell.row_span - 1, last_row) - cell.row + 1) * min(cell.col_span, last_col)
        if 1 < area <= _LARGEST_MERGE:
            for row in range(cell.row, min(cell.row + cell.row_span - 1, last_row) + 1):
                for col in range(cell.col, min(cell.col + cell.col_span - 1, last_col) + 1):
                    if (row, col) != (cell.row, cell.col):
                        cover[row, col] = cell
    rows: dict[int, list[Cell]] = {}
    for row, _ in cover:
        rows.setdefault(row, [])
    for (row, col), cell in sorted(cells.items()):
        # An empty unmerged block under a merge is the reader's placeholder, not a cell of its own.
        if (row, col) in cover and not cell.lines:
            continue
        rows.setdefault(row, []).append(cell)
    kept = [cell for line in rows.values() for cell in line]
    filled = [cell for cell in kept if cell.lines]
    return Grid(
        table=table,
        name=sheet_name(blocks[0].locator),
        rows=tuple((row, tuple(rows[row])) for row in sorted(rows)),
        cover=cover,
        above=above,
        width=min(last_col, max((c.col + c.col_span - 1 for c in filled), default=0)),
        extent=min(last_col, max((c.col + c.col_span - 1 for c in kept), default=0)),
        columns=len({c.col for c in filled}),
    )


def _cell(place: tuple[int, int], parts: list[Block]) -> Cell:
    lines = []
    for part in parts:
        marker = "" if part.marker == _BULLET else part.marker
        line = f"{marker} {part.text}".strip()
        if line:
            lines.append(line)
    first = parts[0]
    return Cell(
        row=place[0],
        col=place[1],
        row_span=max(1, first.row_span),
        col_span=max(1, first.col_span),
        lines=tuple(lines),
        fill=next((p.fill.upper() for p in parts if p.fill), None),
        bold=all(p.bold for p in parts) and bool(lines),
        hidden=first.place == "hidden",
        locator=first.locator,
    )
