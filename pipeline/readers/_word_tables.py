"""The geometry of a Word table: merged cells, and columns that are the same although their edges differ."""

from __future__ import annotations

from pipeline.readers._word_package import Draft

_NARROW_COLUMN = 100  # twips (1.8 mm): columns that differ by less were meant to be one


class Cell:
    """One ``w:tc`` while its table is being read; ``x`` and ``width`` count grid columns from 0."""

    __slots__ = ("colours", "drafts", "drawn", "fill", "merge", "paragraphs", "row", "row_span", "shades", "width", "x")

    def __init__(self, row: int, x: int) -> None:
        self.row, self.x, self.width, self.row_span = row, x, 1, 1
        self.fill: str | None = None
        self.merge = ""  # "", "restart", "continue"
        self.drafts: list[Draft] = []
        self.paragraphs = 0
        self.shades: set[str | None] = set()
        self.colours: set[str | None] = set()
        self.drawn: str | None = None


def whole(colours: set[str | None]) -> str | None:
    """The colour that all text of a cell has, or None."""
    return next(iter(colours)) if len(colours) == 1 else None


def spans(cell: Cell, starts: dict[int, int]) -> dict[str, int]:
    spans = {}
    width = starts[cell.x + cell.width] - starts[cell.x]
    if width > 1:
        spans["col_span"] = width
    if cell.row_span > 1:
        spans["row_span"] = cell.row_span
    return spans


def join_rows(cells: list[Cell]) -> None:
    """Vertically merged cells become one, at the top; text in a covered cell (which Word hides) stays there."""
    open_above: dict[int, Cell] = {}
    row, here = 0, {}
    covered = set()
    for cell in cells:
        if cell.row != row:
            open_above = here if cell.row == row + 1 else {}
            row, here = cell.row, {}
        if cell.merge == "continue":
            top = open_above.get(cell.x)
            if top is not None:
                top.row_span = row - top.row + 1
                here[cell.x] = top
                if not cell.drafts:
                    covered.add(id(cell))
                continue
        if cell.merge:
            here[cell.x] = cell
    if covered:
        cells[:] = [cell for cell in cells if id(cell) not in covered]


def columns(cells: list[Cell], grid: list[int]) -> dict[int, int]:
    """Grid line -> column number, 1-based: lines where no cell begins, or a hair from the next, count once."""
    lines = sorted({cell.x for cell in cells} | {cell.x + cell.width for cell in cells})
    used = {cell.x for cell in cells}
    exact = {(cell.x, cell.x + cell.width) for cell in cells}
    numbers: dict[int, int] = {}
    col = 0
    previous = None
    for line in lines:
        hair = (previous is not None and (previous, line) not in exact and line <= len(grid)
                and 0 < sum(grid[previous:line]) < _NARROW_COLUMN)
        if line in used:
            col += not hair
            previous = line
        numbers[line] = col if line in used or hair else col + 1
    return numbers
