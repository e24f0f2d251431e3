"""Saved web pages."""

from __future__ import annotations

import pytest
from other_corpus import PAGE

from pipeline.errors import Unreadable
from pipeline.readers import Options, html


def blocks(source: str | bytes):
    return html.read(source.encode() if isinstance(source, str) else source, "svar.html", Options()).blocks


def test_a_page_reads_as_a_browser_shows_it() -> None:
    """Scripts, styles and deletions out; lists, lines and form values in."""
    shown = [(b.kind, b.place, b.marker, b.text) for b in blocks(PAGE) if not b.table]
    assert shown == [
        ("heading", "body", "", "Om ansvar"),
        ("paragraph", "body", "", "Første linje"),
        ("paragraph", "body", "", "andre linje"),
        ("item", "body", "•", "ett krav"),
        ("item", "body", "•", "underkrav"),
        ("item", "body", "3.", "tredje"),
        ("paragraph", "hidden", "", "gjemt"),
        ("paragraph", "alt", "", "Kart over regionen"),
        ("paragraph", "body", "", "☒ Vi deltar"),
    ]
    assert [b.level for b in blocks(PAGE) if b.kind == "item"] == [0, 1, 0]


def test_tables_have_all_their_cells() -> None:
    """Spans, shading, several paragraphs of one cell, empty cells."""
    cells = [(b.row, b.col, b.row_span, b.fill, b.text) for b in blocks(PAGE) if b.table]
    assert cells == [
        (1, 1, 1, None, "Spørsmål"),
        (1, 2, 1, None, "Svar"),
        (2, 1, 2, "FF0000", "A"),
        (2, 2, 1, None, "x"),
        (2, 2, 1, None, "y"),
        (3, 2, 1, None, ""),
    ]


@pytest.mark.parametrize(
    ("style", "fill"),
    [
        ('bgcolor="#00FF00"', "00FF00"),
        ('style="background-color: rgb(255, 192, 0)"', "FFC000"),
        ('bgcolor="white"', None),
        ('style="background:transparent"', None),
        ('style="background: green url(x)"', "008000"),
    ],
)
def test_shading(style: str, fill: str | None) -> None:
    """In the ways that programs write it."""
    assert blocks(f"<html><table><tr><td>a</td><td {style}>x</td></tr></table>")[1].fill == fill


@pytest.mark.parametrize(
    ("head", "encoding"),
    [('<meta charset="windows-1252">', "cp1252"), ("", "cp1252"), ('<meta charset="utf-8">', "utf-8"), ("", "utf-16")],
)
def test_encodings(head: str, encoding: str) -> None:
    """Declared or not."""
    page = f"<html><head>{head}</head><body><p>Vi ønsker årlige møter</p></body></html>".encode(encoding)
    assert html.sniff(page, "x") == 3
    assert [b.text for b in blocks(page)] == ["Vi ønsker årlige møter"]


def test_deep_nesting_keeps_the_text() -> None:
    """No recursion error on machine-made pages."""
    assert "innerst" in blocks("<html>" + "<div>" * 3000 + "innerst")[-1].text


def test_a_page_without_text() -> None:
    """Is unreadable."""
    with pytest.raises(Unreadable, match="ingen tekst"):
        blocks("<html><body><script>x</script></body></html>")


def test_struck_text_is_kept_and_deleted_text_is_not() -> None:
    """Who strikes text through wants it seen; ``del`` is a tracked deletion."""
    shown = [b.text for b in blocks("<p>Vi ber om <s>to</s> <strike>tre</strike> <del>fire</del> møter.</p>")]
    assert shown == ["Vi ber om to tre møter."]


def test_text_that_stands_in_a_table_outside_its_cells() -> None:
    """A browser shows it above the table; so do we, once."""
    page = ("<table>løst<tr><td>a</td><td>b</td></tr><table><tr><td>dyp</td><td>c</td></tr></table>"
            "<tr><div>mellom</div><td>d</td></tr></table>")
    shown = [b.text for b in blocks(page)]
    assert sorted(shown) == sorted(["løst", "mellom", "a", "b", "dyp", "c", "d"])
