"""OpenDocument text."""

from __future__ import annotations

import functools

import pytest
from other_corpus import changed, odt

from pipeline.errors import Unreadable
from pipeline.readers import Options, find
from pipeline.readers import odt as reader


@functools.cache
def content():
    return reader.read(odt(), "svar.odt", Options())


def texts(place: str) -> list[str]:
    return [b.text for b in content().blocks if b.place == place]


def test_body_in_order_with_markers() -> None:
    """Numbers come from the list's style."""
    shown = [(b.kind, b.marker, b.text) for b in content().blocks if b.place == "body" and not b.table]
    assert shown == [
        ("heading", "", "Om ansvar"),
        ("paragraph", "", "Utheving i hele avsnittet"),
        ("paragraph", "", "Ansvaret bør ligge hos lederne i hver enhet ."),
        ("paragraph", "", "Synlig tekst"),
        ("item", "1.", "Første krav"),
        ("item", "a)", "Underkrav"),
        ("item", "2.", "Andre krav"),
    ]
    assert content().blocks[0].level == 2
    assert content().blocks[1].bold


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("footnote", ["Jf. tidligere sak"]),
        ("comment", ["Er dette avklart?"]),
        ("hidden", ["skjult tillegg"]),
        ("textbox", ["Tekst i ramme"]),
        ("alt", ["Graf over svarene"]),
        ("form", ["☒ Vi har merknader", "Nordre utvalg"]),
        ("header", ["Nordre utvalg"]),
        ("footer", ["Side"]),
    ],
)
def test_everything_beside_the_body(place: str, expected: list[str]) -> None:
    """Once, in its place; comments without their author."""
    assert texts(place) == expected


def test_deletions_stay_out() -> None:
    """A tracked deletion is not said any more."""
    assert "Strøket" not in " ".join(b.text for b in content().blocks)


def test_tables() -> None:
    """Header rows count, lists in cells are cells, shading and spans."""
    assert [(b.row, b.col, b.col_span, b.fill, b.marker, b.text) for b in content().blocks if b.table] == [
        (1, 1, 1, None, "", "Spørsmål"),
        (1, 2, 1, None, "", "Svar"),
        (2, 1, 2, "FF0000", "", "Felles"),
        (2, 1, 2, "FF0000", "•", "i celle"),
    ]


def test_passwords_and_damage() -> None:
    """Each with its remedy."""
    with pytest.raises(Unreadable, match="uten passord"):
        reader.read(changed(odt(), {"META-INF/manifest.xml": b"<m><encryption-data/></m>"}), "x.odt", Options())
    with pytest.raises(Unreadable, match="skadet"):
        reader.read(changed(odt(), {"content.xml": None}), "x.odt", Options())


def test_the_ending_does_not_matter() -> None:
    """The package says what it is."""
    assert find(odt(), "svar.docx") is reader
