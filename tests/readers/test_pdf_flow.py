"""How often a document has a word, for words that a line's end has broken."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers._pdf_flow import Vocabulary
from pipeline.readers._pdf_page import Line, Page

_SPELLED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def vocabulary(*lines: str) -> Vocabulary:
    text = "".join(lines)
    return Vocabulary([Page(1, 600, 800, lines=[Line(line) for line in lines], chars=len(text))])


@given(st.text("aB-é1 .", max_size=40), st.sampled_from(["a", "b", "ab", "a-b", "b-a", "é", "aa", "a-b-a"]))
def test_a_word_is_counted_where_it_stands_whole(line, word):
    """Not inside a longer word, and not as a part of one written with a hyphen."""
    assert vocabulary(line, "12")[word] == _SPELLED.findall(line.casefold()).count(word)


def test_lines_are_kept_apart():
    """The end of a line and the beginning of the next are no word."""
    words = vocabulary("pasient", "nær teknologi")
    assert words["pasientnær"] == 0
    assert words["pasient"] == 1


def test_of_a_book_the_beginning_is_searched():
    """Beyond a few hundred thousand characters nothing is searched: broken words must not cost more the longer a file is."""
    pages = [Page(n, 600, 800, lines=[Line(f"ord{'abc'[n]}")], chars=Vocabulary.SEARCHED // 2 + 1) for n in range(3)]
    words = Vocabulary(pages)
    assert [words[f"ord{c}"] for c in "abc"] == [1, 1, 0]
