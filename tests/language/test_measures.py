"""What an answer wants done with numbered measures of the plan."""

from __future__ import annotations

import pytest

from pipeline.language import grouping
from pipeline.language.measures import Verdict, verdict


@pytest.mark.parametrize(("act", "texts"), [
    ("keep", ["Tiltak 7 må videreføres.", "Ikkje rør tiltak 7, det verkar", "La tiltak 7 stå.", "Tiltak 7 må ikke strykes.",
              "Tiltak 7 bør få bli stående slik det er.", "tiltak 7 er ikkje overflødig", "Vi vil beholde tiltak 7"]),
    ("drop", ["Stryk tiltak 7.", "Tiltak 7 kan godt tas ut av planen.", "tiltak 7: fjernast", "Tiltak 7 bør utgå.",
              "Det er ikke grunn til å videreføre tiltak 7.", "Tiltak 7 kan ikke stå.", "Vi trur tiltak 7 er overflødig"]),
    ("drop", ["Tiltak 7 er gjennomført og kan tas ut"]),
    ("split", ["Tiltak 7 bør deles i to.", "Del opp tiltak 7"]),
])
def test_verdicts_on_a_measure(act, texts):
    """What is to become of the measure is read through negations and wordings, in both forms of Norwegian."""
    assert {verdict(text) for text in texts} == {Verdict(("7",), act)}


@pytest.mark.parametrize(("act", "text"), [
    ("merge", "Tiltak 3.1 og 3.2 bør slås sammen."), ("merge", "tiltak 3.1 og tiltak 3.2 er same tiltak"),
    ("merge", "Vi ser ikke forskjellen på tiltak 3.2 og 3.1, så slå dem sammen."), ("merge", "Tiltak 3.1 og 3.2 overlappar."),
    ("apart", "Tiltak 3.1 og 3.2 må ikke slås sammen."),
])
def test_verdicts_on_two_measures(act, text):
    """Two measures that should become one, whatever their order; or should not."""
    assert verdict(text) == Verdict(("3.1", "3.2"), act)


def test_a_number_that_opens_the_text_is_a_measures():
    """Tables and bullets write "4.1 kan tas ut"; whole numbers there may be anything."""
    assert verdict("4.1 er gjennomført, kan tas ut.") == verdict("Stryk tiltak 4.1") == Verdict(("4.1",), "drop")
    assert verdict("3.1 og 3.2: slås sammen") == Verdict(("3.1", "3.2"), "merge")
    assert verdict("12 stillinger kan tas ut.") is None


def test_a_number_in_brackets_names_the_measure():
    """ "Hospitering (4.1) må få stå" is about 4.1."""
    assert verdict("Hospitering (4.1) må få stå, for det har virket.") == Verdict(("4.1",), "keep")
    assert verdict("Hospitering (se kapittel 4) må få stå.") is None


@pytest.mark.parametrize("text", [
    "Fristen i tiltak 7 bør strykes.",  # something about the measure
    "Tiltak 7 bør strykes dersom pengene uteblir.",  # a condition
    "Tiltak 7 må tas opp igjen.", "Tiltak 7 må stå øverst på lista.", "Tiltak 7 må følges opp.",  # another demand
    "Stryk tiltak 7 og behold tiltak 8.",  # two verdicts
    "Ansvaret for tiltak 7 og 8 bør slås sammen.",
    "Tiltaket om ferje bør strykes.",  # no number
    "Stryk 7 av tiltakene.",
])
def test_what_is_no_plain_verdict_is_left_alone(text):
    """Likeness decides where the text does not say plainly what is to become of which measure."""
    assert verdict(text) is None


def test_a_pronoun_stands_for_the_measures_of_its_statement():
    """ "… og dei bør bli til eitt" is about the measures that the sentence names before."""
    whole = "Tiltak 4 og 11 har vi ikkje noko imot, men dei bør bli til eitt."
    assert verdict("dei bør bli til eitt", whole) == Verdict(("11", "4"), "merge")


def test_same_verdict_is_one_point_and_opposite_ones_never_are():
    """Words in common count for nothing either way."""
    texts = ["ikke rør tiltak 7", "tiltak 7 må videreføres, det har spart oss for mange innleggelser", "tiltak 7 må ikke videreføres",
             "stryk tiltak 7", "tiltak 8 må videreføres"]
    clauses = grouping.prepare(texts)
    assert grouping.cluster(clauses) == [[0, 1], [2, 3], [4]]
    assert grouping.opposed(clauses[0], clauses[3])
    assert not grouping.opposed(clauses[1], clauses[4])


@pytest.mark.parametrize("clause", ["Vi er overrasket over at noen vil fjerne tiltak 6.", "Vi reagerer på at tiltak 6 foreslås fjernet.",
                                    "Vi er imot å fjerne tiltak 6.", "Vi forstår ikke hvorfor tiltak 6 skal fjernes."])
def test_to_be_against_the_removal_is_to_keep(clause):
    """Surprise, protest and "imot å" turn the verdict; twice turned it is itself again."""
    assert verdict(clause, clause) == Verdict(("6",), "keep")
    assert verdict("Vi er ikke imot å fjerne tiltak 6.", "").act == "drop"
