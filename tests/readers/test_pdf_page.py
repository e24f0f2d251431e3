"""A page's text cut into printed lines, and the characters in it that mean nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers import _pdf_letters, _pdf_page

_BROKEN = "ab \r\n\x02\ufffe\ue000\x0b"


@given(st.lists(st.sampled_from(["a", "b c", "", " ", "\r\n", "\r", "\n", "\x02", "\ufffe", "\u2028"])))
def test_printed_lines_are_the_same_with_and_without_odd_characters(pieces):
    """The quick way of cutting a text into lines cuts it as the regular expression does."""
    text = "".join(pieces)
    assert _pdf_page._spans(text, _pdf_page._rows(text)) == [m.span() for m in _pdf_page._PRINTED.finditer(text)]


@given(st.text(_BROKEN))
def test_a_private_character_that_opens_a_line_is_a_bullet(text):
    """Every other character without a meaning is counted."""
    expected = sum(1 for at, char in enumerate(text) if char in "\ue000\x0b" and at and text[at - 1] not in "\r\n")
    assert len(_pdf_page._SCRAP.findall(text)) == expected


def test_language_is_known_wherever_in_the_text_it_stands():
    """The first lines of a page may be figures; the words further down count as well."""
    assert _pdf_letters._written("123 " * 400 + "hus og hage i byen er fine", 3)
    assert not _pdf_letters._written("123 " * 400 + "hus og hage i byen", 3)
