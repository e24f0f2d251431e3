"""What a shade, a word, a letter or a legend line means."""

import pytest

from pipeline.model import Block
from pipeline.plan import colours, legend, marks
from pipeline.plan.grid import grids
from tests.plan.matrices import Table, document


@pytest.mark.parametrize(
    ("fill", "key"),
    [
        ("FF0000", "red"), ("C00000", "red"), ("F8CBCB", "red"), ("FFC7CE", "red"), ("F2DCDB", "red"), ("FF5050", "red"),
        ("FFFF00", "yellow"), ("FFC000", "yellow"), ("ED7D31", "yellow"), ("FCE4D6", "yellow"), ("FFF2CC", "yellow"),
        ("00B050", "green"), ("92D050", "green"), ("E2EFDA", "green"), ("EBF1DE", "green"), ("375623", "green"),
        ("0070C0", "blue"), ("DDEBF7", "blue"), ("7030A0", "purple"), ("F2F2F2", "grey"), ("DDD9C3", "grey"),
        ("000000", "black"), ("FFFFFF", None), ("FDFDFD", None), (None, None), ("auto", None),
    ],
)  # fmt: skip
def test_shades_have_the_names_that_people_give_them(fill, key):
    """Tints and dark shades of red, orange, yellow and green count; white, paper and grey do not."""
    assert colours.colour(fill) == key


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Gjennomført", "green"), ("FERDIG", "green"), ("Avsluttet i mai", "green"), ("På plass", "green"), ("OK", "green"),
        ("Pågår", "yellow"), ("I gang", "yellow"), ("i rute", "yellow"), ("Påbyrja", "yellow"), ("Delvis gjennomført", "yellow"),
        ("Ikke fullført", "yellow"), ("Startet, men ikke gjennomført", "yellow"), ("75 %", "yellow"),
        ("Ikke påbegynt", "red"), ("Ikkje starta", "red"), ("Ikke gjennomført", "red"), ("Er ikke satt i gang", "red"),
        ("Planlagt oppstart 2027", "red"), ("Ikke ennå påbegynt", "red"), ("0 %", "red"), ("Rødt", "red"),
        ("Utsatt", None), ("", None), ("Se kommentar", None), ("Grønn eller gul", None),
    ],
)  # fmt: skip
def test_status_words(text, status):
    """Bokmål and nynorsk, negations, part-way and percentages."""
    assert marks.meaning(text) == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("✓", "green"),
        ("✔\ufe0f", "green"),
        ("(✓)", "yellow"),
        ("🟠", "yellow"),
        ("❌", "red"),
        ("⚪", "red"),
        ("?", None),
    ],
)
def test_symbols(text, status):
    """Lone symbols, with or without variation selectors."""
    assert marks.symbol(text) == status


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        (
            "Status er merket der grønt = gjennomført, gult= i gang og pågående, rødt = ikke påbegynt.",
            {"green": "green", "yellow": "yellow", "red": "red"},
        ),
        ("Rødt: gjennomført. Grønt: ikke påbegynt.", {"red": "green", "green": "red"}),
        ("Ferdig = blå, i gang = gul, ikke begynt = rød", {"blue": "green", "yellow": "yellow", "red": "red"}),
        # "in hand" and "behind schedule" are both under way: the lights must not run together
        (
            "Grønn: i gang og i rute; gul: i gang, men forsinket; rød: ikke startet",
            {"green": "green", "yellow": "yellow", "red": "red"},
        ),
    ],
)
def test_legends_in_text(text, statuses):
    """Printed words decide, also turned round or inverted, but never make two lights the same."""
    assert legend.read(document(Block(text=text))).statuses == statuses


def test_a_legend_row_is_no_tiltak_and_a_tiltak_no_legend_row():
    """A row of explanations is told from a tiltak that mentions a colour."""
    table = Table()
    table.line(1, ("Rød", "Ikke påbegynt"))
    table.line(2, ("Male gjerdet rødt", "Vaktmester", "Pågår"))
    first, second = (cells for _, cells in grids(document(table))[0].rows)
    assert legend.is_legend_row(first)
    assert not legend.is_legend_row(second)
