"""Tables on a page, from what is drawn: ruling lines and filled rectangles.

The lines come from pdfium, in the same coordinates as its characters; ``_pdf_grid`` joins them and
finds the cells between by pdfplumber's rules. Opening the page in pdfplumber as well would give the
same lines at some fifty times the cost.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.readers import _pdf_grid

THIN = 3.0  # points: a filled rectangle thinner than this is a line
SNAP = 3.0  # points: pdfplumber's own default for snapping and joining
MAX_EDGES = 1500  # after joining; crossings are searched pairwise

Box = tuple[float, float, float, float]  # x0, top, x1, bottom


@dataclass(slots=True)
class Cell:
    """A cell: 1-based row and column of its upper left corner, spans, fill "RRGGBB" or None, its box."""

    box: Box
    row: int
    col: int
    row_span: int
    col_span: int
    fill: str | None = None
    lines: list = field(default_factory=list)  # ``_pdf_page.Line``


@dataclass(slots=True)
class Table:
    """A grid of cells; ``columns`` are the x positions of its column borders, left to right."""

    box: Box
    cells: list[Cell]
    columns: tuple[float, ...]
    rows: int


class Lookup:
    """Which cell a point stands in."""

    def __init__(self, tables: list[Table]) -> None:
        self.tables = tables
        self._grids: dict[int, tuple[list[float], list[float], dict[tuple[int, int], int]]] = {}

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """(index of the table, index of the cell) or None."""
        for t, table in enumerate(self.tables):
            if _inside(table.box, x, y):
                xs, ys, grid = self._grids.get(t) or self._grid(t)
                c = grid.get((bisect_right(ys, y), bisect_right(xs, x)))
                if c is not None:
                    return t, c
        return None

    def _grid(self, number: int) -> tuple[list[float], list[float], dict[tuple[int, int], int]]:
        """The borders of a table's cells, and the first cell over each square between them."""
        cells = self.tables[number].cells
        xs = sorted({x for cell in cells for x in (cell.box[0], cell.box[2])})
        ys = sorted({y for cell in cells for y in (cell.box[1], cell.box[3])})
        grid: dict[tuple[int, int], int] = {}
        for c, cell in enumerate(cells):
            columns = range(bisect_right(xs, cell.box[0]), bisect_right(xs, cell.box[2] - 1e-9) + 1)
            for row in range(bisect_right(ys, cell.box[1]), bisect_right(ys, cell.box[3] - 1e-9) + 1):
                for column in columns:
                    grid.setdefault((row, column), c)
        self._grids[number] = xs, ys, grid
        return self._grids[number]

    def touches(self, x0: float, x1: float, y: float) -> bool:
        """Whether a line at height ``y`` runs into a table."""
        return any(t.box[1] <= y < t.box[3] and x0 < t.box[2] and x1 >= t.box[0] for t in self.tables)


def _inside(box: Box, x: float, y: float) -> bool:
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def find(drawn: Iterable[tuple[list, str | None, bool]], page: tuple[float, float]) -> list[Table]:
    """The tables among the drawn paths (see ``_pdf_page``), top to bottom. ``page`` is width, height in points.

    A frame around text is no table; nor are the stacked background strips of a shaded paragraph:
    one column counts only when it is ruled by lines.
    """
    level: list[_pdf_grid.Rule] = []
    upright: list[_pdf_grid.Rule] = []
    fills: list[tuple[Box, str]] = []
    ruled = False
    for subpaths, color, stroked in drawn:
        for points in subpaths:
            if len(points) < 2:
                continue
            if color is not None or len(points) > 2:
                xs, ys = [p[0] for p in points], [p[1] for p in points]
                x0, top, x1, bottom = box = min(xs), min(ys), max(xs), max(ys)
                wide, high = x1 - x0, bottom - top
                if wide >= page[0] * 0.97 and high >= page[1] * 0.97:
                    continue  # the paper's own colour
                if color is not None and min(wide, high) >= THIN:
                    if (stroked or len(points) in (4, 5)) and _is_upright(points):
                        fills.append((box, color))
                        if not stroked and color != "FFFFFF":
                            level += (top, x0, x1), (bottom, x0, x1)
                            upright += (x0, top, bottom), (x1, top, bottom)
                elif color is not None and not stroked and color != "FFFFFF":
                    ruled = True
                    if wide >= high:
                        _rule(level, (top + bottom) / 2, x0, x1)
                    else:
                        _rule(upright, (x0 + x1) / 2, top, bottom)
            if stroked:
                ruled = True
                for (ax, ay), (bx, by) in pairwise(points):
                    if abs(ay - by) < 0.7:
                        _rule(level, (ay + by) / 2, ax, bx)
                    elif abs(ax - bx) < 0.7:
                        _rule(upright, (ax + bx) / 2, ay, by)
    return _grids(level, upright, fills, ruled)


def _is_upright(points: list[tuple[float, float]]) -> bool:
    return all(abs(a[0] - b[0]) < 0.7 or abs(a[1] - b[1]) < 0.7 for a, b in pairwise(points))


def _rule(rules: list[_pdf_grid.Rule], at: float, start: float, end: float) -> None:
    if abs(end - start) >= _pdf_grid.SHORTEST:
        rules.append((at, start, end) if start < end else (at, end, start))


def _grids(level: list[_pdf_grid.Rule], upright: list[_pdf_grid.Rule], fills: list[tuple[Box, str]],
           ruled: bool) -> list[Table]:
    if len(level) < 2 or len(upright) < 2:
        return []
    level, upright = _pdf_grid.joined(level, SNAP), _pdf_grid.joined(upright, SNAP)
    if len(level) + len(upright) > MAX_EDGES:
        return []
    groups = _pdf_grid.groups(level, upright, SNAP)
    if not groups:
        return []
    colors = _Fills(fills)
    return [table for group in groups if (table := _table(group, colors, ruled)) is not None]


def _table(boxes: list[Box], fills: _Fills, ruled: bool) -> Table | None:
    xs = _borders(x for box in boxes for x in (box[0], box[2]))
    ys = _borders(y for box in boxes for y in (box[1], box[3]))
    cells = []
    for box in sorted(boxes, key=lambda b: (b[1], b[0])):
        col, row = _index(xs, box[0]), _index(ys, box[1])
        cells.append(Cell(box, row + 1, col + 1, max(1, _index(ys, box[3]) - row), max(1, _index(xs, box[2]) - col),
                          fills.behind(box)))
    columns = len(xs) - 1
    if len(cells) < 2 or (columns < 2 and not ruled):
        return None
    return Table((xs[0], ys[0], xs[-1], ys[-1]), cells, tuple(xs), len(ys) - 1)


def _borders(values: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > 1.0:
            kept.append(value)
    return kept


def _index(borders: list[float], value: float) -> int:
    return max(0, bisect_right(borders, value + 0.5) - 1)


class _Fills:
    """The filled rectangles of a page, asked for the colour behind a cell."""

    def __init__(self, fills: list[tuple[Box, str]]) -> None:
        import numpy

        self._numpy = numpy
        self._boxes = numpy.array([box for box, _ in fills], dtype=float).reshape(-1, 4)
        self._names = [name for _, name in fills]

    def behind(self, box: Box) -> str | None:
        """The colour drawn last over most of the cell; white is no fill."""
        area = (box[2] - box[0]) * (box[3] - box[1])
        if not self._names or area <= 0:
            return None
        numpy, boxes = self._numpy, self._boxes
        wide = numpy.minimum(boxes[:, 2], box[2]) - numpy.maximum(boxes[:, 0], box[0])
        high = numpy.minimum(boxes[:, 3], box[3]) - numpy.maximum(boxes[:, 1], box[1])
        over = numpy.flatnonzero((wide > 0) & (high > 0) & (wide * high >= 0.6 * area))
        color = self._names[over[-1]] if over.size else None
        return None if color == "FFFFFF" else color
