"""The benchmark of scans compares what is read from a picture with what the PDF says."""

from __future__ import annotations

import random

from benchmarks import scans
from tests.readers import pdf_corpus


def test_words_count_in_order_and_paragraphs_whole() -> None:
    """A lost word, a paragraph in two and a changed order are all seen."""
    truth = ["Utvalget vil ha færre sider i planen", "Kortere frister for alle tiltak", "Ja"]
    assert scans.compared(truth, truth) == (13, 13, 2, 2)
    assert scans.compared(truth, ["Utvalget vil ha", "færre sider i planen", "Kortere frister for alle tiltak"]) == (13, 12, 2, 1)
    assert scans.compared(truth, truth[::-1])[1] < 13


def test_a_picture_of_every_page_is_made_into_a_pdf_without_text() -> None:
    """Each kind of spoiling gives pictures of the same number of pages."""
    pages = scans.pictures(pdf_corpus.build(pdf_corpus.Sheet().text(72, 780, "Tekst"), pdf_corpus.Sheet()))
    for spoil in scans.KINDS.values():
        spoilt = [spoil(page, random.Random(1)) for page in pages]
        assert scans.scanned(spoilt, 100).startswith(b"%PDF")
