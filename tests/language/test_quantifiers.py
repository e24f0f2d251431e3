"""The contract's rule for how many bodies make a point."""

import pytest

from pipeline.config import Wording
from pipeline.language.quantifiers import phrase

FOUR = ("RS Nord", "RS Sør", "RS Øst", "RS Vest")
RS = Wording()


def many(n: int) -> tuple[str, ...]:
    return tuple(f"RS {i}" for i in range(1, n + 1))


@pytest.mark.parametrize(
    ("k", "n", "expected"),
    [
        (1, 4, "RS 1"),
        (4, 4, "Alle RS"),
        (3, 4, "Tre av fire RS"),
        (2, 4, "To RS (1 og 2)"),
        (2, 3, "To RS (1 og 2)"),
        (2, 2, "Alle RS"),
        (1, 1, "RS 1"),
        (4, 5, "Fire av fem RS"),
        (3, 5, "Et flertall av RS"),
        (8, 10, "De fleste RS"),
        (9, 10, "Ni av ti RS"),
        (5, 10, "Fem RS"),
        (12, 13, "Tolv av 13 RS"),
        (13, 14, "13 av 14 RS"),
        (3, 10, "Tre RS"),
        (15, 45, "15 RS"),
        (36, 45, "De fleste RS"),
        (23, 45, "Et flertall av RS"),
    ],
)
def test_the_first_rule_that_fits_gives_the_phrase(k, n, expected):
    """Every rule of the contract, with any number of bodies, numbers to twelve in words."""
    assert phrase(many(n)[:k], many(n), many(n), RS) == expected


def test_all_who_answered_is_not_all():
    """Trap 1: with one body silent, three of three answers are never "Alle RS"; silence is no consent."""
    assert phrase(FOUR[:3], FOUR, FOUR[:3], RS) == "Alle tre RS som har svart"
    assert phrase(FOUR[:2], FOUR, FOUR[:2], RS) == "Alle to RS som har svart"
    assert phrase(FOUR[:2], FOUR, FOUR[:3], RS) == "To RS (Nord og Sør)"


def test_a_body_counts_once_however_often_it_stands():
    """Traps 2 and 3: statements and files are not counted, bodies are."""
    assert phrase(("RS Nord", "RS Nord", "RS Sør"), FOUR, FOUR, RS) == "To RS (Nord og Sør)"


def test_wording_and_noun_are_configuration():
    """Trap 13: another noun, another number of bodies, other words, without a change of code."""
    wording = Wording(noun="kommuner", most="Nesten alle {noun}", two="{names} ({k} {noun})")
    towns = ("Aker", "Bremnes", "Dalen", "Eide", "Fjære")
    assert phrase(towns[:4], towns, towns, wording) == "Fire av fem kommuner"
    assert phrase(towns[1:3], towns, towns, wording) == "Bremnes og Dalen (to kommuner)"
    ten = tuple(f"By {i}" for i in range(10))
    assert phrase(ten[:8], ten, ten, wording) == "Nesten alle kommuner"


def test_names_stand_in_configured_order_without_the_noun():
    """The order in which statements came does not show."""
    assert phrase(("RS Vest", "RS Nord"), FOUR, FOUR, RS) == "To RS (Nord og Vest)"


def test_nobody_has_no_quantifier():
    """A point that nobody makes is an error, not "Null RS"."""
    with pytest.raises(ValueError, match="without bodies"):
        phrase((), FOUR, FOUR, RS)
