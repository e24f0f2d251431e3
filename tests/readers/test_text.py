"""Plain text and Markdown."""

from __future__ import annotations

import pytest
from other_corpus import LETTER

from pipeline.errors import Unreadable
from pipeline.readers import Options, text


def read(source: str | bytes, name: str = "svar.txt"):
    return text.read(source.encode() if isinstance(source, str) else source, name, Options()).blocks


def shown(source: str | bytes, name: str = "svar.txt") -> list[tuple[str, str, str]]:
    return [(b.kind, b.marker, b.text) for b in read(source, name)]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "mac_roman", "cp850"]
)
def test_every_usual_encoding_gives_the_same_text(encoding: str) -> None:
    """Norwegian letters survive whichever program saved the file."""
    source = "Både ønsker og ærlige råd er på plass. Åpne møter på Ås, og så blåbær og øl."
    assert [b.text for b in read(source.encode(encoding))] == [source]


def test_stray_bytes_in_utf8_are_read_as_windows_1252() -> None:
    """One pasted byte does not turn the whole file into another encoding."""
    data = ("Vi ønsker årlige møter på tvers. " * 5).encode() + b"Gr\xf8nt lys."
    assert read(data)[0].text.endswith("møter på tvers. Grønt lys.")


def test_a_letter_reads_as_paragraphs_items_and_a_loose_line() -> None:
    """Wrapped lines are joined, a divided word is put together, a line between bullets stays on its own."""
    assert shown(LETTER) == [
        ("heading", "", "Høringssvar fra utvalget i nord"),
        (
            "paragraph",
            "",
            "Vi har gått gjennom planen og mener at den er for omfattende til å være et nyttig redskap i hverdagen. "
            "Det bør komme tydeligere fram hvem som har ansvaret for oppfølgingen av hvert tiltak.",
        ),
        ("paragraph", "", "Vi foreslår:"),
        ("item", "•", "Færre tiltak"),
        ("item", "•", "Et enklere språk"),
        ("paragraph", "", "Felles opplæring for lederne"),
        ("item", "•", "Årlig gjennomgang"),
    ]


def test_locators_are_the_first_line_of_the_block() -> None:
    """Lines count from one."""
    assert [b.locator for b in read(LETTER)][:3] == ["line=1", "line=3", "line=7"]


@pytest.mark.parametrize("between", ["\n\n", "\n\f\n", "\n\n\n  \n"])
def test_a_page_break_inside_a_sentence_is_closed(between: str) -> None:
    """Blank lines and form feeds between pages do not cut sentences."""
    source = (
        f"Kommunene bør samarbeide om lønn, heltid og rekruttering, og vi må unngå å{between}konkurrere med hverandre."
    )
    assert [b.text for b in read(source)] == [
        "Kommunene bør samarbeide om lønn, heltid og rekruttering, og vi må unngå å konkurrere med hverandre."
    ]


def test_page_numbers_become_footers() -> None:
    """A number alone at a page break is no statement, and the sentence around it goes on."""
    blocks = read("Tiltakene bør prioriteres strengere og\n\nSide 2 av 4\n\fskje i felles regi.\n")
    assert [(b.place, b.text) for b in blocks] == [
        ("body", "Tiltakene bør prioriteres strengere og skje i felles regi."),
        ("footer", "Side 2 av 4"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("oppføl-", "ging av tiltak", "oppfølging av tiltak"),
        ("helse-", "og omsorgstjenester", "helse- og omsorgstjenester"),
        ("IKT-", "miljøene i regionen", "IKT-miljøene i regionen"),
        ("e-", "helse i hjemmet", "e-helse i hjemmet"),
    ],
)
def test_hyphens_at_the_end_of_a_line(first: str, second: str, joined: str) -> None:
    """A divided word loses its hyphen, a compound keeps it."""
    lead = "Planen bør si klarere hva som ventes av partene når det gjelder "
    assert read(f"{lead}{first}\n{second} og annet.")[0].text == f"{lead}{joined} og annet."


def test_short_lines_stay_lines() -> None:
    """An unmarked list is not one sentence."""
    assert [b.text for b in read("Vi foreslår:\nfærre tiltak\nenklere språk\ntydelig ansvar\n")] == [
        "Vi foreslår:",
        "færre tiltak",
        "enklere språk",
        "tydelig ansvar",
    ]


def test_one_paragraph_a_line_is_not_joined() -> None:
    """Text saved from an editor without wrapping keeps its paragraphs."""
    long = "Vi mener at planen bør ha færre tiltak, at hvert tiltak må ha en eier, " * 3
    assert len(read(f"{long.strip()}\n{long.strip()}\n")) == 2


def test_numbers_are_headings_alone_and_items_in_a_row() -> None:
    """ "1. Ansvar" over text is a heading; 1, 2, 3 under one another are items."""
    source = "1. Ansvar\nAnsvaret er uklart.\n\n2. Forslag\nVi ber om dette:\n1. Kurs\n2. Nettside\n3. Møteplass\n"
    assert [(k, m) for k, m, _ in shown(source)] == [
        ("heading", "1."),
        ("paragraph", ""),
        ("heading", "2."),
        ("paragraph", ""),
        ("item", "1."),
        ("item", "2."),
        ("item", "3."),
    ]


def test_a_date_at_the_start_of_a_line_is_no_marker() -> None:
    """ "innen / 1. mai" goes on with the sentence."""
    source = "Utvalget ber om at den nye planen sendes ut på høring til alle parter i god tid, og senest innen\n1. mai neste år."
    assert [b.text for b in read(source)] == [source.replace("\n", " ")]


def test_a_time_at_the_start_of_a_line_is_no_marker() -> None:
    """ "siste tur / 22.10 går for tidlig" goes on with the sentence; "2.1 Båten går", with a capital letter, is an item."""
    source = "Sett inn en sein ferje både fredag og lørdag så lenge anlegget varer, for siste tur\n22.10 går altfor tidlig."
    assert [b.text for b in read(source)] == [source.replace("\n", " ")]
    assert len(read(source.replace("går", "Båten går"))) == 2


@pytest.mark.parametrize(
    "source",
    [
        "Saken ble lagt fram for ra dmannen.",
        "Vi ma tte vente pÃ¥ svar.",
        "Det er behov for bedre spra k.",
        "Det gjelder omra dene i nord.",
        "Tiltakene er pa\u02daga\u02daende.",
    ],
)
def test_broken_letters_are_reported_and_left_as_they_are(source: str) -> None:
    """The reviewer is told; nothing is repaired."""
    content = text.read(source.encode(), "svar.txt", Options())
    assert [f.kind for f in content.findings] == ["broken_letters"]
    assert content.blocks[0].text.split()[0] == source.split()[0]


@pytest.mark.parametrize(
    "source",
    [
        "Vi ser fram til dette, og ha en fin dag.",
        "Det var bra sagt, men hva så.",
        "Kommunen tok saken fra A til Å.",
        "Spørsmåla om vakt står att, og spørsmåla kjem stadig. Områda er store.",
    ],
)
def test_ordinary_text_is_not_called_broken(source: str) -> None:
    """Words that end in a before another word are no broken å."""
    assert text.read(source.encode(), "svar.txt", Options()).findings == ()


def test_markdown() -> None:
    """Headings, check boxes, links, emphasis and tables of Markdown."""
    source = (
        "# Svar\n\n## Ansvar\n\nVi **må** ha [oversikt](https://x.example).\n\n- [x] Ja\n- [ ] Nei\n\n"
        "| Tiltak | Eier |\n|---|---|\n| Kurs | Nord |\n\n**Hele linjen**\n"
    )
    blocks = read(source, "svar.md")
    assert [(b.kind, b.level, b.text) for b in blocks[:3]] == [
        ("heading", 1, "Svar"),
        ("heading", 2, "Ansvar"),
        ("paragraph", 0, "Vi må ha oversikt (https://x.example)."),
    ]
    assert [b.text for b in blocks if b.kind == "item"] == ["☒ Ja", "☐ Nei"]
    assert [(b.row, b.col, b.text) for b in blocks if b.kind == "cell"] == [
        (1, 1, "Tiltak"),
        (1, 2, "Eier"),
        (2, 1, "Kurs"),
        (2, 2, "Nord"),
    ]
    assert blocks[-1].bold


def test_a_file_of_blanks_is_unreadable() -> None:
    """Nothing to read is a reason, not an empty answer."""
    with pytest.raises(Unreadable, match="ingen tekst"):
        text.read(b" \n\t\n--\n".replace(b"--", b""), "tom.txt", Options())
