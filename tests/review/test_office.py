"""The same with LibreOffice: its round trips, and its own accepting and rejecting. The full matrix is a command."""

from __future__ import annotations

from datetime import date

import pytest

from benchmarks import _office
from pipeline.review import merge, seen
from tests.review import guarantees
from tests.review.news import NEWS, draft
from tests.review.reviewer import Draft, edited
from tests.review.settle import lines, read, settled, threads

DAY = date(2026, 2, 20)

pytestmark = pytest.mark.skipif(not _office.available(), reason="LibreOffice is not installed")


def test_a_file_saved_by_libreoffice_is_merged_and_settled_alike():
    """docx→docx and docx→odt→docx between, then accepting and rejecting in LibreOffice: the texts that ours give."""
    with _office.Office() as office:
        edits = {"mine": edited(draft(), "reword", "add", "delete", seed=4)}
        saved = {"docx": office.convert(edits, "docx")["mine"], "odt": office.convert(edits, "odt", "docx")["mine"]}
        settle(office, {f"{how}{i}": (draft(), mine, news) for how, mine in saved.items() for i, news in enumerate(NEWS)})


def test_proposals_that_wait_are_merged_over_after_libreoffice_has_saved_them():
    """v2 with everything waiting, saved by LibreOffice; then v3 with other news: nothing is kept that was taken back."""
    with _office.Office() as office:
        first = {f"n{i}": merge(draft(), edited(draft(), "reword", "add", seed=4), draft(news), day=DAY).data
                 for i, news in enumerate(NEWS)}
        names = list(NEWS)
        settle(office, {n: (draft(names[i]), mine, names[i - 1])
                        for i, (n, mine) in enumerate(office.convert(first, "docx").items())})


def test_comments_that_are_done_with_are_known_after_libreoffice_has_saved_them():
    """Resolved and answered, through docx and odt: read as such, and kept by the merge."""
    opened = Draft(draft())
    opened.reply(opened.bullets()[0], "Sjekket mot brevet.")
    opened.resolve(opened.bullets())
    with _office.Office() as office:
        saved = [office.convert({"a": opened.bytes()}, *formats)["a"] for formats in (("docx",), ("odt", "docx"))]
        for mine in saved:
            done, points = seen(mine)
            assert done == points > 3
            merged = merge(draft(), mine, draft("late answer"), day=DAY).data
            guarantees.keeps_the_persons_file(draft(), mine, merge(draft(), mine, draft("late answer"), day=DAY))
            again = office.convert({"a": merged}, "docx")["a"]
            assert seen(again) == seen(merged) and 0 < seen(merged)[0] < points
            (answer,) = [t for t in threads(again) if t[1] == "Sjekket mot brevet."]
            assert answer[2]  # LibreOffice 7.4 itself drops what it answers


def settle(office, cells: dict) -> None:
    """Merge each (base, the person's file, news), judge it, and have LibreOffice accept and reject it all."""
    merged = {name: merge(base, mine, draft(news), day=DAY) for name, (base, mine, news) in cells.items()}
    for name, (base, mine, news) in cells.items():
        guarantees.check(base, mine, draft(news), merged[name])
    for accept in (False, True):
        there = office.settle({name: m.data for name, m in merged.items()}, accept=accept)
        for name, (_, mine, _news) in cells.items():
            wanted = read(merged[name].data, accept=True) if accept else read(mine, accept=False)
            assert [line for line in lines(settled(there[name], accept=True)) if line] == wanted, (name, accept)
