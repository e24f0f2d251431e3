"""Cells found from locators."""

import pytest

from pipeline.language.tables import cell
from pipeline.model import Statement


def _at(locator):
    return Statement(id="s", source="a", start=0, end=1, text="x", locator=locator)


@pytest.mark.parametrize(("locator", "expected"), [
    ("table=2;row=3;col=4", ("table=2", 3, 4)),
    ("page=5;table=1;row=1;col=2", ("page=5;table=1", 1, 2)),
    ("table=2;row=3;col=4;paragraph=2", ("table=2", 3, 4)),
    ("sheet=Svar;cell=C7", ("sheet=Svar", 7, 3)),
    ("sheet=Svar;cell=AB12", ("sheet=Svar", 12, 28)),
    ("page=1;paragraph=3", None),
    ("", None),
])
def test_cells_are_read_from_both_kinds_of_locators(locator, expected):
    """Word, PDF and Excel locators all give table, row and column; other locators give none."""
    assert cell(_at(locator)) == expected
