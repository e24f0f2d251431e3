"""What all readers do with the beginning of a line."""

from __future__ import annotations

import pytest

from pipeline.readers._common import split_marker


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
