"""Tables put together again from a document's cells: what belongs in which cell, nested tables, and a clean grid."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.model import Block


@dataclass(slots=True, eq=False)
class Cell:
    """One cell. ``content``: indices of blocks, and tables inside the cell, in order."""

    row: int
    col: int
    row_span: int
    col_span: int
    content: list[int | Table] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Table:
    """One table as it was read: cells by their (row, column), in reading order."""

    number: int
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    last: Cell | None = None

    def cell(self, block: Block) -> Cell:
        found = self.cells.get((block.row, block.col))
        if found is None:
            found = self.cells[(block.row, block.col)] = Cell(
                block.row, block.col, max(block.row_span, 1), max(block.col_span, 1))
        self.last = found
        return found


def outline(blocks: Sequence[Block], wanted: Iterable[int]) -> list[int | Table]:
    """The blocks with the indices ``wanted``, in order: loose ones as indices, cells gathered in their tables."""
    indices = list(wanted)
    end: dict[int, int] = {blocks[i].table: i for i in indices}
    out: list[int | Table] = []
    open_tables: list[Table] = []
    for i in indices:
        block = blocks[i]
        while open_tables and block.table != open_tables[-1].number and end[open_tables[-1].number] < i:
            open_tables.pop()
        if block.table == 0:
            # what hangs on a cell (a note, a text box) is read before the rest of the table
            holder = open_tables[-1].last.content if open_tables and open_tables[-1].last else out
            holder.append(i)
            continue
        numbers = [t.number for t in open_tables]
        if block.table in numbers:
            del open_tables[numbers.index(block.table) + 1:]
        else:
            table = Table(block.table)
            above = open_tables[-1].last if open_tables else None
            (above.content if above is not None else out).append(table)
            open_tables.append(table)
        open_tables[-1].cell(block).content.append(i)
    return out


@dataclass(slots=True)
class Grid:
    """A table without gaps or overlaps: ``owner[row][col]`` is the cell that covers the place, or None. 0-based."""

    owner: list[list[Cell | None]]

    @property
    def columns(self) -> int:
        return len(self.owner[0]) if self.owner else 0


def grid(table: Table) -> Grid:
    """The table's cells laid out; unused rows and columns go, a cell that would overlap another joins it."""
    rows = sorted({c.row for c in table.cells.values()})
    cols = sorted({c.col for c in table.cells.values()})
    owner: list[list[Cell | None]] = [[None] * len(cols) for _ in rows]
    for cell in sorted(table.cells.values(), key=lambda c: (c.row, c.col)):
        top, left = bisect_left(rows, cell.row), bisect_left(cols, cell.col)
        under = owner[top][left]
        if under is not None:
            under.content.extend(cell.content)
            continue
        height = _covered(rows, cell.row, cell.row_span)
        width = _covered(cols, cell.col, cell.col_span)
        while width > 1 and any(owner[top][left + w] is not None for w in range(1, width)):
            width -= 1
        while height > 1 and any(owner[top + h][left + w] is not None for h in range(1, height) for w in range(width)):
            height -= 1
        for h in range(height):
            for w in range(width):
                owner[top + h][left + w] = cell
    return Grid(owner)


def _covered(lines: list[int], first: int, span: int) -> int:
    """How many of the used lines a span covers; spans may be far larger than the table."""
    return max(1, bisect_left(lines, first + span) - bisect_left(lines, first))
