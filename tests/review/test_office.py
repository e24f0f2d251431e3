"""The same with LibreOffice: its round trips, and its own accepting and rejecting. The full matrix is a command."""

from __future__ import annotations

from datetime import date

import pytest

from benchmarks import _office
from pipeline.review import merge
from tests.review import guarantees
from tests.review.news import draft
from tests.review.reviewer import edited
from tests.review.settle import lines, read, settled

pytestmark = pytest.mark.skipif(not _office.available(), reason="LibreOffice is not installed")


def test_a_file_saved_by_libreoffice_is_merged_and_settled_alike():
    """docx→odt→docx between, then accepting and rejecting in LibreOffice: the texts that ours give."""
    with _office.Office() as office:
        mine = office.convert({"mine": edited(draft(), "reword", "add", "delete", seed=4)}, "odt", "docx")["mine"]
        merged = merge(draft(), mine, draft("late answer"), day=date(2026, 2, 20))
        guarantees.check(draft(), mine, draft("late answer"), merged)
        for accept, wanted in ((False, read(mine, accept=False)), (True, read(merged.data, accept=True))):
            there = office.settle({"merged": merged.data}, accept=accept)["merged"]
            assert [line for line in lines(settled(there, accept=True)) if line] == wanted
