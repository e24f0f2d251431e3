"""Cells between ruling lines: pdfplumber's rules, its answers, without its quadratic search.

``pdfplumber.table`` compares every line with every other and every crossing with every crossing; on a page with a
chart that took fifty times what reading its text took. Here lines and crossings are looked up in order. What is a
crossing, a cell and a table stays as it is there, and a test compares the two on random drawings.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

Box = tuple[float, float, float, float]  # x0, top, x1, bottom
Point = tuple[float, float]


def groups(edges: Sequence[dict], tolerance: float) -> list[list[Box]]:
    """Cells that hang together, two or more a group, groups from the top. ``edges`` as ``merge_edges`` gives them."""
    return _connected(_cells(*_crossings(edges, tolerance)))


def _crossings(edges: Sequence[dict], tolerance: float) -> tuple[dict[Point, set[Box]], dict[Point, set[Box]]]:
    """Crossing -> the upright lines through it, and crossing -> the level ones."""
    across = sorted((e for e in edges if e["orientation"] == "h"), key=lambda e: (e["top"], e["x0"]))
    heights = [e["top"] for e in across]
    level = [(e["x0"] - tolerance, e["x1"] + tolerance, e["top"], _box(e)) for e in across]
    upright: dict[Point, set[Box]] = {}
    flat: dict[Point, set[Box]] = {}
    for edge in edges:
        if edge["orientation"] != "v":
            continue
        x, box = edge["x0"], _box(edge)
        first = bisect_left(heights, edge["top"] - tolerance)
        for left, right, y, other in level[first:bisect_right(heights, edge["bottom"] + tolerance)]:
            if left <= x <= right:
                upright.setdefault((x, y), set()).add(box)
                flat.setdefault((x, y), set()).add(other)
    return upright, flat


def _box(edge: dict) -> Box:
    return edge["x0"], edge["top"], edge["x1"], edge["bottom"]


def _cells(upright: dict[Point, set[Box]], flat: dict[Point, set[Box]]) -> list[Box]:
    """The smallest cell with each crossing as its upper left corner, in the order of the crossings."""
    columns: dict[float, list[float]] = defaultdict(list)
    rows: dict[float, list[float]] = defaultdict(list)
    points = sorted(upright)
    for x, y in points:
        columns[x].append(y)
        rows[y].append(x)
    found = []
    for x, y in points:
        lines, levels = upright[x, y], flat[x, y]
        below = [b for b in columns[x][bisect_right(columns[x], y):] if not lines.isdisjoint(upright[x, b])]
        if not below:
            continue
        right = [r for r in rows[y][bisect_right(rows[y], x):] if not levels.isdisjoint(flat[r, y])]
        corner = next(((r, b) for b in below for r in right if (r, b) in upright
                       and not upright[r, b].isdisjoint(upright[r, y]) and not flat[r, b].isdisjoint(flat[x, b])), None)
        if corner is not None:
            found.append((x, y, *corner))
    return found


def _connected(cells: list[Box]) -> list[list[Box]]:
    """Cells that share corners, directly or through others."""
    parent = list(range(len(cells)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    holders: dict[Point, int] = {}
    for i, (x0, top, x1, bottom) in enumerate(cells):
        for corner in ((x0, top), (x0, bottom), (x1, top), (x1, bottom)):
            other = holders.setdefault(corner, i)
            if other != i:
                a, b = root(i), root(other)
                parent[max(a, b)] = min(a, b)
    tables: dict[int, list[Box]] = defaultdict(list)
    for i, cell in enumerate(cells):
        tables[root(i)].append(cell)
    return sorted((t for t in tables.values() if len(t) > 1), key=lambda t: min((c[1], c[0]) for c in t))
