"""Rich Text Format."""

from __future__ import annotations

import pytest
from other_corpus import RTF

from pipeline.errors import Unreadable
from pipeline.readers import Options, rtf


def test_body_tables_and_asides() -> None:
    """What the library passes over is fetched; what was deleted stays out."""
    blocks = rtf.read(RTF, "svar.rtf", Options()).blocks
    assert [(b.kind, b.marker, b.text) for b in blocks if b.place == "body" and not b.table] == [
        ("paragraph", "", "Vi ønsker et årlig møte. Slutt."),
        ("item", "•", "Færre tiltak"),
        ("item", "•", "Enklere språk"),
        ("paragraph", "", "Etter tabellen."),
    ]
    assert [(b.row, b.col, b.text) for b in blocks if b.table] == [
        (1, 1, "Spørsmål"),
        (1, 1, "del to"),
        (1, 2, "Svar"),
        (2, 1, "Ansvar"),
        (2, 2, ""),
    ]
    assert {(b.place, b.text) for b in blocks if b.place != "body"} == {
        ("header", "Nordre utvalg"),
        ("footnote", "1 Som før"),
        ("comment", "Avklares"),
        ("textbox", "Tekst i boks"),
    }


def test_properties() -> None:
    """The title in the file."""
    assert dict(rtf.read(RTF, "svar.rtf", Options()).properties) == {"title": "Svar fra nord"}


@pytest.mark.parametrize("data", [b"{\\rtf1}", b"{\\rtf1\\ansi " + b"{" * 5000, b"not rtf"])
def test_nothing_to_read(data: bytes) -> None:
    """Empty and broken files have a reason."""
    with pytest.raises(Unreadable):
        rtf.read(data, "x.rtf", Options())


def test_a_fragment_without_its_head_is_read() -> None:
    """Some programs save only the paragraphs."""
    blocks = rtf.read(b"{\\pard Vi er enige.\\par}\n{\\pard Og mer.\\par}", "svar.rtf", Options()).blocks
    assert [b.text for b in blocks] == ["Vi er enige.", "Og mer."]


def test_pictures_of_any_kind_do_not_stop_the_reading() -> None:
    r"""``\bin`` without a length, as broken writers leave it."""
    data = b"{\\rtf1\\ansi Before. {\\pict\\jpegblip\\bin ffd8ffe0}\\par Etter.\\par}"
    assert [b.text for b in rtf.read(data, "svar.rtf", Options()).blocks] == ["Before.", "Etter."]


@pytest.mark.parametrize("number", ["1114112", "-65537", "99999999999999999999", "-4294967296"])
def test_a_letter_that_there_is_none_of_costs_that_letter_only(number: str) -> None:
    """The number of a letter that was damaged on the way; the rest of the answer is read."""
    data = rf"{{\rtf1\ansi Vi st\u{number}?tter planen, og \u248?nsker m\'f8ter.}}".encode()
    assert [b.text for b in rtf.read(data, "svar.rtf", Options()).blocks] == ["Vi st\ufffdtter planen, og ønsker møter."]
