"""How often a document has a word, for words that a line's end has broken."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers._pdf_flow import Flow, Style, Vocabulary, runs_on
from pipeline.readers._pdf_page import Line, Page

_SPELLED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def vocabulary(*lines: str, asked: int = 0) -> Vocabulary:
    """Of these lines, ``asked`` so many times before."""
    text = "".join(lines)
    words = Vocabulary([Page(1, 600, 800, lines=[Line(line) for line in lines], chars=len(text))])
    for _ in range(asked):
        words["x"]
    return words


@given(st.text("aB-é1 .", max_size=40), st.sampled_from(["a", "b", "ab", "a-b", "b-a", "é", "aa", "a-b-a"]),
       st.sampled_from([0, Vocabulary.FEW + 1]))
def test_a_word_is_counted_where_it_stands_whole(line, word, asked):
    """Not inside a longer word, and not as a part of one written with a hyphen; however many words are asked for."""
    assert vocabulary(line, "12", asked=asked)[word] == _SPELLED.findall(line.casefold()).count(word)


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


def page(number: int, *rows: tuple[str, float]) -> list[Line]:
    """Lines of a page: text and baseline in points."""
    return [Line(text, 90, 90 + 5.5 * len(text), base - 9, base + 2, base, 11.0, page=number) for text, base in rows]


def flow(*pages: list[Line]) -> list[str]:
    built = Flow(Style(11.0))
    for lines in pages:
        built.measure(lines, page_width=600)
        built.feed(lines)
    return [draft.text for draft in built.drafts]


def test_a_last_page_of_a_few_lines_is_spaced_as_the_pages_before():
    """A greeting, a name and an office are each a paragraph, though the page alone does not show how far apart lines stand."""
    body = page(1, *((f"linje {n} i et avsnitt som går over hele bredden av siden og litt til,", 100 + 14.7 * n) for n in range(12)), ("Slutt.", 276.4))
    close = page(2, ("Med ønske om en god høst", 82.2), ("Reidun Hestnes", 106.9), ("leder av utvalget, til daglig i helse", 131.6))
    assert flow(body, close)[1:] == [line.text for line in close]


def test_a_sentence_may_end_with_a_small_word():
    """ "… stemmer ikke." is whole; "jf. pkt." waits for its number."""
    assert not runs_on("Sidetallene stemmer ikke.", "Med ønske om en god høst")
    assert runs_on("Dette følger av lov, jf. pkt.", "2.3 i planen")
    assert runs_on("Dette er ikke", "Noe nytt")
