"""What all readers do with the beginning of a line."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers._common import clean, split_marker


@pytest.mark.parametrize(("text", "marker", "rest"), [
    ("2. Flere plasser", "2.", "Flere plasser"), ("2.1 Flere plasser", "2.1", "Flere plasser"), ("a) flere", "a)", "flere"),
    ("• flere", "•", "flere"), ("- flere", "•", "flere"), ("1.2 flere plasser", "1.2", "flere plasser"),
])
def test_numbers_and_bullets_are_markers(text, marker, rest):
    """What is printed before an item stands apart from its words."""
    assert split_marker(text) == (marker, rest)


@pytest.mark.parametrize("text", [
    "4.1 er gjennomført, kan tas ut.", "2.1 og 2.3 bør slås sammen", "1.3 finnes på nett fra før.", "3.2 må bort",
    "2026. Året da alt skal skje", "1.5 millioner kroner er for lite", "12. mai 2026 kom svaret",
])
def test_a_number_that_the_sentence_is_about_is_no_marker(text):
    """ "4.1 er gjennomført" says something of measure 4.1; without the number it says it of nothing."""
    assert split_marker(text) == ("", text)


@pytest.mark.parametrize(("raw", "cleaned"), [
    ("to  blanke\tog\r\nlinjer", "to blanke og linjer"),
    ("smalt\u202from og\u00a0hardt", "smalt rom og hardt"),
    ("sam\x1fhandling", "samhandling"),  # the soft hyphen of old Word files
    ("sam\u00adhandling\u200b", "samhandling"),
    ("god \u00ad dag", "god dag"),
    ("a\u00ad\u030arsverk", "årsverk"),
    ("\x00 først og sist \x07", "først og sist"),
    ("a\u030arsverk", "årsverk"),
    ("neste\x85linje", "neste linje"),
    ("tegn \ue000 beholdes", "tegn \ue000 beholdes"),
])
def test_clean_text_is_one_line_that_xml_can_hold(raw, cleaned):
    """Any white space is one blank; what XML cannot hold, and what does not show, is gone; letters are composed."""
    assert clean(raw) == cleaned


@given(st.text())
def test_clean_text_stays_as_it_is(text):
    """Cleaning twice changes nothing more, and no letter is lost."""
    once = clean(text)
    assert clean(once) == once
    assert "  " not in once and not set(once) & set("\r\n\t\x00\x1f")
    kept = [c for c in unicodedata.normalize("NFC", text) if c.isalnum()]
    assert [c for c in once if c.isalnum()] == kept
