"""Cells between ruling lines: pdfplumber's rules, its answers, without its quadratic search.

``pdfplumber.table`` compares every line with every other and every crossing with every crossing, and copies a line's
dictionary whenever it moves or grows; on a page with a chart that took fifty times what reading its text took. Here
lines are tuples, and lines and crossings are looked up in order. What is a line, a crossing, a cell and a table stays
as it is there, and a test compares the two on random drawings.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

Box = tuple[float, float, float, float]  # x0, top, x1, bottom
Point = tuple[float, float]
Rule = tuple[float, float, float]  # a line's place across its direction, its start and its end
SHORTEST = 3.0  # points: a shorter line rules nothing


def joined(rules: Sequence[Rule], tolerance: float) -> list[Rule]:
    """Rules of one direction, those close to each other laid on one line and those that meet on it made one."""
    places: dict[float, list[tuple[float, float]]] = defaultdict(list)
    for cluster in _clusters(rules, tolerance):
        middle = sum(rule[0] for rule in cluster) / len(cluster)
        for at, start, end in cluster:
            places[at + (middle - at)].append((start, end))  # as pdfplumber moves them, its rounding included
    found = []
    for at, parts in sorted(places.items()):
        parts.sort()
        start, end = parts[0]
        for a, b in parts:
            if a > end + tolerance:
                found.append((at, start, end))
                start, end = a, b
            elif b > end:
                end = b
        found.append((at, start, end))
    return [rule for rule in found if rule[2] - rule[1] >= SHORTEST]


def _clusters(rules: Sequence[Rule], tolerance: float) -> list[list[Rule]]:
    """Rules that stand no further than the tolerance from the next, in the order in which they were drawn."""
    number, last = -1, float("-inf")
    numbers: dict[float, int] = {}
    for at in sorted({rule[0] for rule in rules}):
        if at > last + tolerance:
            number += 1
        numbers[at] = number
        last = at
    clusters: list[list[Rule]] = [[] for _ in range(number + 1)]
    for rule in rules:
        clusters[numbers[rule[0]]].append(rule)
    return clusters


def groups(level: Sequence[Rule], upright: Sequence[Rule], tolerance: float) -> list[list[Box]]:
    """Cells that hang together, two or more a group, groups from the top. The rules are ``joined``."""
    return _connected(_cells(*_crossings(level, upright, tolerance)))


def _crossings(level: Sequence[Rule], upright: Sequence[Rule],
               tolerance: float) -> tuple[dict[Point, set[Rule]], dict[Point, set[Rule]]]:
    """Crossing -> the upright lines through it, and crossing -> the level ones."""
    level = sorted(level)
    heights = [rule[0] for rule in level]
    standing: dict[Point, set[Rule]] = {}
    flat: dict[Point, set[Rule]] = {}
    for rule in upright:
        x, top, bottom = rule
        first = bisect_left(heights, top - tolerance)
        for other in level[first:bisect_right(heights, bottom + tolerance)]:
            y, left, right = other
            if left - tolerance <= x <= right + tolerance:
                standing.setdefault((x, y), set()).add(rule)
                flat.setdefault((x, y), set()).add(other)
    return standing, flat


def _cells(upright: dict[Point, set[Rule]], flat: dict[Point, set[Rule]]) -> list[Box]:
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
