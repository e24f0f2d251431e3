"""Cells between ruling lines: the same as pdfplumber finds, whatever is drawn."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from pdfplumber import table as plumber

from pipeline.readers import _pdf_grid, _pdf_tables

_LINES = st.lists(
    st.tuples(st.booleans(), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.floats(-4, 4)),
    min_size=2, max_size=40)


def _edges(lines) -> list[dict]:
    edges: list[dict] = []
    for level, at, start, end, wobble in lines:
        a, b = sorted((start * 20.0, end * 20.0))
        y = at * 20.0 + wobble
        _pdf_tables._edge(edges, (a, y, b, y) if level else (y, a, y, b), level)
    snap = _pdf_tables.SNAP
    return plumber.merge_edges(edges, snap, snap, snap, snap) if edges else []


@given(_LINES)
@settings(max_examples=300, deadline=None)
def test_the_cells_are_those_of_pdfplumber(lines):
    """On any drawing of level and upright lines the groups of cells equal pdfplumber's."""
    edges = _edges(lines)
    snap = _pdf_tables.SNAP
    crossings = plumber.edges_to_intersections(edges, snap, snap)
    expected = plumber.cells_to_tables(plumber.intersections_to_cells(crossings))
    found = _pdf_grid.groups(edges, snap)
    assert [sorted(group) for group in found] == [sorted(group) for group in expected]


def test_a_full_grid_gives_all_its_cells_as_one_table():
    """Four level and three upright lines make six cells that hang together."""
    lines = [(True, at, 0, 4, 0.0) for at in range(4)] + [(False, at, 0, 3, 0.0) for at in (0, 2, 4)]
    found = _pdf_grid.groups(_edges(lines), _pdf_tables.SNAP)
    assert [len(group) for group in found] == [6]
