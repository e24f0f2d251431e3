"""What the words around an answer tell of who writes."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pipeline.config import Body
from pipeline.intake import places, traces
from pipeline.model import Block
from tests.intake.test_intake import ANSWER, identify, kinds
from tests.make import document

SEA = (Body(name="Vikstrand Fiskarlag"), Body(name="Kystfiskarlaget i Ytre Vikfjord"), Body(name="Vikstrand Sjømat AS"),
       Body(name="Ungdomsrådet i Vikstrand", aliases=("VUR",)), Body(name="Råd for personer med funksjonsnedsettelse i Vikstrand"),
       Body(name="Vikstrand kommune"))


def likest(text: str, bodies: tuple[Body, ...] = SEA, **how: bool) -> str | None:
    """The name of the body that a text is likest, None where it is like none or several."""
    like = traces.Traces(bodies).likeness(text, **how)
    best = max(like.values(), default=0.0)
    first = [i for i, value in like.items() if value == best]
    return bodies[first[0]].name if len(first) == 1 else None


@pytest.mark.parametrize(("text", "whose"), [
    ("fiskarlaget her ute", "Vikstrand Fiskarlag"), ("VIKSTRAND SJOMAT", "Vikstrand Sjømat AS"), ("Vikstrand Sjømmat", "Vikstrand Sjømat AS"),
    ("Fisk.laget i Vikstrand", "Vikstrand Fiskarlag"), ("vedtak i V.U.R.", "Ungdomsrådet i Vikstrand"), ("kystfiskarane", "Kystfiskarlaget i Ytre Vikfjord"),
    ("Rådet for menneske med nedsett funksjonsevne", "Råd for personer med funksjonsnedsettelse i Vikstrand"),
    ("Ytre Vikfjord kystfiskarlag", "Kystfiskarlaget i Ytre Vikfjord"), ("vi selger brød", None),
])
def test_a_name_is_met_in_other_forms(text, whose):
    """Without its place, misspelt, cut short, in initials, in the other written form, in another order."""
    assert likest(text) == whose


def test_a_word_that_several_bodies_have_tells_none():
    """ "Velforeninga" where two such are asked; a word that one of them has tells of that one."""
    two = (Body(name="Nedre Bakke velforening"), Body(name="Øvre Bakke velforening"))
    assert likest("velforeninga", two) is None
    assert likest("velforeninga i øvre", two) == "Øvre Bakke velforening"


def test_a_town_alone_is_hardly_a_name_and_small_letters_are_no_town():
    """ "Bur på Nes" and "lister over tiltak" are not from those of Nes and Lister; a file's name may be in small letters."""
    compared = traces.Traces((Body(name="Nesbygda bondelag"), Body(name="Lister"), Body(name="Vik skole")))
    assert compared.likeness("Eg bur på Nesbygda")[0] < 0.4 < compared.likeness("bondelaget på Nesbygda")[0]
    assert 1 not in compared.likeness("lister over tiltak") and compared.likeness("svar lister", small_places=True)[1] == 1.0


def test_a_municipality_called_by_its_place_is_a_place_where_something_happens():
    """ "Møte i Vika", where Vika is what Vika kommune is called, tells little; "Avdelinga" is no place."""
    compared = traces.Traces((Body(name="Vika kommune", aliases=("Vika",)), Body(name="Fjordavdelinga", aliases=("Avdelinga",))))
    assert compared.likeness("medlemsmøte i Vika 2. oktober")[0] < 0.4 < compared.likeness("Uttale, Vika")[0]
    assert compared.likeness("møte i Avdelinga")[1] == 1.0
    minutes = document("brev.txt", "Styret har drøfta saka på medlemsmøte i Vika 2. oktober, der vi var 29.", *ANSWER)
    assert [c.text for c in places.cues_in(minutes) if c.role == "behalf"] == ["i Vika 2"]


def test_another_house_of_the_same_place_is_another():
    """ "Ansatte i Haugen sykehjem" are not those in Haugen barnehage."""
    compared = traces.Traces((Body(name="Ansatte i Haugen barnehage"), Body(name="Vik skole")))
    assert compared.likeness("ansatte i Haugen sykehjem")[0] < compared.likeness("ansatte i Haugen barnehage")[0]


def roles(found: list[places.Cue], text: str) -> set[str]:
    return {cue.role for cue in found if text in cue.text and cue.role != "together"}


def test_where_a_sender_may_be_told():
    """Head, title, field, what the text says of who writes, and the foot; not to whom a letter goes, nor who was there."""
    letter = document(
        "svar.docx", Block(text="Vikstrand fiskarlag, stifta 1919", place="header"), "Til Havnestyret", "Til stede: Kari fra Sjømat",
        Block(text="Uttale om kaia", kind="heading"), "Styret i laget vårt hadde møte om planen 3. mai.", "Kaia må bli lengre.", "Planen er for dyr.",
        "Sjømat svarer for seg selv.", "Takk for nå.", "Kari Vik, skrivar for fiskarane")
    found = places.cues_in(letter)
    assert roles(found, "stifta 1919") == {"head"}
    assert roles(found, "Havnestyret") == {"addressed"}
    assert not roles(found, "Sjømat")
    assert roles(found, "Uttale om kaia") >= {"title"}
    assert "opening" in roles(found, "laget vårt") and roles(found, "Kaia må") == {"elsewhere"}
    assert "closing" in roles(found, "skrivar for fiskarane")


def test_a_field_that_asks_who_answers():
    """ "Hvem representerer du?" asks for it, "Hvem har dere snakket med?" does not."""
    cells = [Block(text=text, kind="cell", table=1, row=row, col=col) for row, pair in enumerate(
        (("Hvem representerer du?", "Fiskerne i Vikstrand"), ("Hvem har dere snakket med?", "Ungdomsrådet"), ("Organ:", "VUR")), 1)
        for col, text in enumerate(pair, 1)]
    found = [cue.text for cue in places.cues_in(document("skjema.xlsx", *cells)) if cue.role == "field"]
    assert found == ["Fiskerne i Vikstrand", "VUR"]


def test_an_answer_is_taken_for_the_body_that_its_words_point_at_and_a_person_is_told():
    """No name stands where one is looked for; the finding says which place tells, and repeats nothing of the text."""
    (d,), findings, _ = identify(document(
        "notat.txt", "Te havna", "Æ e bedt om å skrive for fiskarlaget her i vika, vi va tolv på møtet.", *ANSWER, "Edvard"), bodies=SEA)
    assert d.bodies == ("Vikstrand Fiskarlag",)
    assert kinds(findings) == ["body_by_traces"] and "tyder på Vikstrand Fiskarlag" in findings[0].message
    assert "tolv på møtet" not in findings[0].message


def test_what_points_at_nobody_is_asked_about():
    """An answer from somebody who was not asked is nobody's."""
    (d,), findings, _ = identify(document("notat.txt", "Hei!", *ANSWER, "Hilsen Sykkelklubben Rask"), bodies=SEA)
    assert d.bodies == () and kinds(findings) == ["unknown_body"]


def test_whom_an_answer_may_be_from_is_suggested_to_the_person_who_is_asked():
    """What points at a body, but not surely, is not taken; the remedy names the body."""
    (d,), findings, _ = identify(document("notat.txt", "Hei!", *ANSWER, "Hilsen oss om bord", "Edvard, fisker"), bodies=SEA)
    assert d.bodies == () and kinds(findings) == ["unknown_body"]
    assert "kan tyde på Vikstrand Fiskarlag" in findings[0].message and 'body = "Vikstrand Fiskarlag"' in findings[0].message


def test_a_short_note_of_nobody_known_is_told_of():
    """A paper that speaks in the first person may be an answer; the letter that asks for answers is none."""
    (d,), findings, _ = identify(document("notat.txt", "Notat", "Vi tenker at kaia er for kort for båtene våre, og moloen er for lav for oss.",
                                       "Det var det vi tenkte om saken, og vi kommer gjerne."))
    assert d.kind == "case_paper" and kinds(findings) == ["unplaced"]
    (d,), findings, _ = identify(document("brev.txt", "Notat", "Vi ber om innspill til planen, som vi la fram i vår.", "Svarfrist er 3. mai."))
    assert d.kind == "case_paper" and not findings


def test_a_body_answers_once_as_a_rule():
    """Two letters that may be the fishermen's, one of which is surely: the other is less so."""
    compared = traces.Traces(SEA)

    def features(*text: str) -> np.ndarray:
        return compared.features(document("brev.txt", *text), places.cues_in(document("brev.txt", *text)), None)

    vague = features("Fiskarane i Vikstrand trenger mer plass.", "Vi er mange.", *ANSWER)
    sure = features("Innspill fra Vikstrand Fiskarlag", "Vi i Vikstrand Fiskarlag mener dette.", *ANSWER, "For Vikstrand Fiskarlag", "Kari")
    names = [b.name for b in SEA]
    alone = traces.assigned([("a.txt", vague)], names)["a.txt"]
    both = traces.assigned([("a.txt", vague), ("b.txt", sure)], names)
    assert both["b.txt"].body == "Vikstrand Fiskarlag"
    assert both["a.txt"].body != "Vikstrand Fiskarlag" or both["a.txt"].sure < alone.sure
    of_one = traces.assigned([("a.eml", vague), ("a.eml/b.txt", sure)], names)
    assert of_one["a.eml"].sure == pytest.approx(alone.sure)  # a mail and what it brings are of one sender


def test_a_word_in_an_answer_whose_body_is_likely_sets_no_other_aside():
    """ "Erstatter det forrige" counts between answers of one body that both say who they are from."""
    named = document("a.docx", "Innspill fra Vikstrand Fiskarlag", *ANSWER)
    other = document("b.txt", "Dette svaret erstatter det forrige.", "Æ skriv for fiskarlaget her i vika, vi va tolv på møtet.",
                     "Moloen bør bli lengre.", "Vi ønsker nytt lys på skjæret.")
    found, findings, _ = identify(named, other, bodies=SEA)
    assert [d.bodies for d in found] == [("Vikstrand Fiskarlag",)] * 2 and not any(d.superseded_by for d in found)
    assert "several_answers" in kinds(findings)


def test_traces_hold_against_whom_a_copy_goes_to():
    """ "Kopi: | Ungdomsrådet" in a table says to whom, not who."""
    cells = [Block(text=text, kind="cell", table=1, row=row, col=col) for row, pair in enumerate(
        (("Fra:", "Fiskarlaget"), ("Kopi:", "Ungdomsrådet i Vikstrand")), 1) for col, text in enumerate(pair, 1)]
    (d,), _, _ = identify(document("notat.docx", "Notat", *cells, *ANSWER), bodies=SEA)
    assert d.bodies == ("Vikstrand Fiskarlag",)


def test_minutes_that_say_what_was_sent_are_the_answer_of_whose_they_are():
    """ "Utvalget ble enige om dette svaret:" above a list, in minutes with few demands; of nobody known a person is told."""
    minutes = ("Referat fra møte {}", "Sted: kantina", "Til stede: Kari, Per", "Sak 2 Høring om havna",
               "Etter en god runde ble møtet enige om dette svaret:", "Kaia er kort.", "Moloen er lav.", "Sak 3 Eventuelt", "Kake.")
    (d,), findings, _ = identify(document("ref.pdf", *(line.format("i Vikstrand Fiskarlag") for line in minutes)), bodies=SEA)
    assert (d.kind, d.bodies) == ("answer", ("Vikstrand Fiskarlag",))
    (d,), findings, _ = identify(document("ref.pdf", *(line.format("i gruppa") for line in minutes)), bodies=SEA)
    assert d.kind == "minutes" and kinds(findings) == ["unplaced"]


def test_the_weights_are_of_the_places_there_are():
    """A weight for each role; what tells against a body is told apart."""
    stored = json.loads(traces.WEIGHTS.read_text(encoding="utf-8"))
    assert set(stored) == {*places.ROLES, "nobody"}
    assert all(value >= 0 for role, value in stored.items() if role not in {"house", "addressed"})


def test_many_bodies_are_compared_by_the_words_they_have():
    """In a hearing of a thousand a text is compared only with those that share a word with it."""
    many = tuple(Body(name=f"Grend{n} velforening") for n in range(1000))
    compared = traces.Traces(many)
    assert not compared.likeness("Vi i velforeninga")  # what they all have tells of none
    like = compared.likeness("Vi i Grend17 velforening")
    assert max(like, key=like.__getitem__) == 17 and len(like) < 20
