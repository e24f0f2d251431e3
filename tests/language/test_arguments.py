"""Recurring arguments: known in new words, silent on everything else."""

import pytest

from pipeline.language import arguments, grouping


def test_an_argument_is_known_in_other_words():
    """Statements that share hardly a word meet in the argument that both make."""
    first, second = arguments.load().shares(
        ["Finansieringen må være avklart før nye oppgaver.", "Pengene må følge med oppgavene."])
    assert set(first) & set(second) == {"money_first"}


def test_other_statements_make_none():
    """What resembles no example has no argument, and empty text neither."""
    assert arguments.load().shares(["Kråkene hekker i grantreet.", ""]) == [{}, {}]
    assert arguments.load().shares([]) == []


def test_shares_are_shares():
    """Each share is between the least that counts and one, and they add up to no more than one."""
    found = arguments.load().shares(["Planen er for lang.", "Ansvaret er uklart og fristene for korte."])
    assert all(arguments.LEAST <= share <= 1 for shares in found for share in shares.values())
    assert all(sum(shares.values()) <= 1.0001 for shares in found)


@pytest.mark.parametrize(("name", "other"), [("tool+", "tool-"), ("tool-", "tool+"), ("early", "")])
def test_opposites_by_name(name, other):
    """Arguments that differ only in the sign are opposites."""
    assert arguments.opposite(name) == other


def test_opposite_arguments_never_join():
    """Two clauses with opposite arguments stay apart whatever the words, and count as opposed."""
    texts = ["Planen er enkel å finne fram i.", "Ingen hos oss finner fram i tabellene i planen."]
    one, other = grouping.prepare(texts)
    assert arguments.opposite(one.argument) == other.argument != ""
    assert grouping.cluster([one, other], threshold=0.0) == [[0], [1]]
    assert grouping.opposed(one, other)
