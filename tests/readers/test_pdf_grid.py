"""Cells between ruling lines: the same as pdfplumber finds, whatever is drawn."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from pdfplumber import table as plumber

from pipeline.readers import _pdf_grid, _pdf_tables

_LINES = st.lists(
    st.tuples(st.booleans(), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.floats(-4, 4)),
    min_size=2, max_size=40)


def _rules(lines) -> tuple[list[_pdf_grid.Rule], list[_pdf_grid.Rule]]:
    """Level and upright rules as drawn."""
    rules: tuple[list[_pdf_grid.Rule], list[_pdf_grid.Rule]] = ([], [])
    for level, at, start, end, wobble in lines:
        _pdf_tables._rule(rules[0 if level else 1], at * 20.0 + wobble, start * 20.0, end * 20.0)
    return rules


def _edge(at: float, start: float, end: float, *, level: bool) -> dict:
    if level:
        return {"orientation": "h", "x0": start, "x1": end, "top": at, "bottom": at, "width": end - start, "height": 0.0}
    return {"orientation": "v", "x0": at, "x1": at, "top": start, "bottom": end, "width": 0.0, "height": end - start}


def _joined(rules) -> list[list[_pdf_grid.Rule]]:
    return [_pdf_grid.joined(direction, _pdf_tables.SNAP) for direction in rules]


@given(_LINES)
@settings(max_examples=300, deadline=None)
def test_the_cells_are_those_of_pdfplumber(lines):
    """On any drawing of level and upright lines the joined lines and the groups of cells equal pdfplumber's."""
    snap = _pdf_tables.SNAP
    level, upright = _rules(lines)
    drawn = [_edge(*rule, level=True) for rule in level] + [_edge(*rule, level=False) for rule in upright]
    edges = plumber.merge_edges(drawn, snap, snap, snap, snap)
    level, upright = _joined((level, upright))
    assert level == [(e["top"], e["x0"], e["x1"]) for e in edges if e["orientation"] == "h"]
    assert upright == [(e["x0"], e["top"], e["bottom"]) for e in edges if e["orientation"] == "v"]
    crossings = plumber.edges_to_intersections(edges, snap, snap)
    expected = plumber.cells_to_tables(plumber.intersections_to_cells(crossings))
    found = _pdf_grid.groups(level, upright, snap)
    assert [sorted(group) for group in found] == [sorted(group) for group in expected]


def test_a_full_grid_gives_all_its_cells_as_one_table():
    """Four level and three upright lines make six cells that hang together."""
    lines = [(True, at, 0, 4, 0.0) for at in range(4)] + [(False, at, 0, 3, 0.0) for at in (0, 2, 4)]
    found = _pdf_grid.groups(*_joined(_rules(lines)), _pdf_tables.SNAP)
    assert [len(group) for group in found] == [6]
