"""From statements to points: who says the same, who says the opposite, and nobody lost."""

import random

import pytest

from pipeline.config import Wording
from pipeline.language import points
from tests.language.gathering import BODIES, NORD, SØR, THEMES, VEST, ØST, Answers


def test_the_same_demand_from_three_bodies_is_one_point(answers):
    """Criticism and demand agree across voices and written forms; the quantifier counts bodies."""
    answers.add(NORD, "Vi mener det må stå klart hvem som har ansvaret for oppgavene.")
    answers.add(SØR, "Ansvaret for oppgåvene er ikkje klart nok.", language="nn")
    answers.add(ØST, "Ansvaret for oppgavene bør gjøres tydeligere.")
    (point,), _ = answers.gather()
    assert point.quantifier == "Tre av fire RS"
    assert point.bodies == (NORD, SØR, ØST)
    assert len(point.statement_ids) == 3
    assert "ikkje" not in point.text


@pytest.mark.parametrize(("language", "text"), [("nb", "færre tiltak"), ("nn", "talet på tiltak bør ned i den neste planen")])
def test_a_point_is_worded_in_the_language_of_the_document(language, text):
    answers = Answers()
    answers.add(NORD, "Færre tiltak.")
    answers.add(SØR, "Talet på tiltak bør ned i den neste planen.", language="nn")
    (point,), _ = answers.gather(language=language)
    assert point.text == text


def test_disagreement_is_two_points_that_name_each_other(answers):
    """Trap 8: opposite views on one object never share a point and each names its body."""
    answers.add(NORD, "Skjemaet er godt egnet som arbeidsverktøy.", "form")
    answers.add(SØR, "Skjemaet er dårlig egnet som arbeidsverktøy.", "form")
    (one, other), _ = answers.gather()
    assert {one.quantifier, other.quantifier} == {NORD, SØR}
    assert one.opposes == (other.id,)
    assert other.opposes == (one.id,)


def test_a_reservation_stays_in_its_own_point(answers):
    """Trap 8: support with a forbehold does not swell the number of those who have none."""
    answers.add(NORD, "Ordningen bør videreføres.")
    answers.add(SØR, "Vi mener ordningen bør videreføres.")
    answers.add(ØST, "Ordningen bør videreføres, med forbehold om at staten betaler.")
    found, _ = answers.gather()
    by_bodies = {p.bodies: p for p in found}
    assert by_bodies[(NORD, SØR)].reservation is False
    assert by_bodies[(ØST,)].reservation is True
    assert "forbehold" in by_bodies[(ØST,)].text


def test_two_demands_in_one_sentence_join_two_points(answers):
    """Trap 15: each clause joins its own; both points name the statement."""
    both = answers.add(NORD, "Færre møter, og bedre referater.")
    answers.add(SØR, "Det bør være færre møter.")
    answers.add(ØST, "Referatene må bli bedre.")
    found, _ = answers.gather()
    assert sorted(p.bodies for p in found) == [(NORD, SØR), (NORD, ØST)]
    assert all(both in p.statement_ids for p in found)


def test_a_strong_second_theme_supports_a_point_there(answers):
    """Trap 15: a two-theme sentence counts in both themes where others make the point."""
    shared = answers.add(NORD, "Språket i planen må bli enklere.", "tasks", second="form")
    answers.add(SØR, "Språket i planen bør bli enklere.", "form")
    found, _ = answers.gather()
    assert {p.theme: p.bodies for p in found} == {"tasks": (NORD,), "form": (NORD, SØR)}
    assert all(shared in p.statement_ids for p in found)


def test_statements_and_files_of_one_body_count_once(answers):
    """Traps 2 and 3: a body that says it twice, in two files, is one body."""
    answers.add(NORD, "Planen er for lang.", "form")
    answers.add(NORD, "Planen er altfor lang.", "form")
    (point,), _ = answers.gather()
    assert point.quantifier == NORD
    assert len(point.statement_ids) == 2


def test_a_joint_answer_counts_each_body_once(answers):
    """Trap 4: joint and own answers of a body are not added up."""
    answers.add((NORD, SØR), "Planen er for lang.", "form")
    answers.add(NORD, "Planen er for lang.", "form")
    (point,), _ = answers.gather()
    assert point.quantifier == "To RS (Nord og Sør)"


def test_silence_is_no_consent(answers):
    """Traps 1 and 6: whoever has not answered is never part of "alle"."""
    answers.add(NORD, "Planen er for lang.", "form")
    answers.add(SØR, "Planen er for lang.", "form")
    (point,), _ = answers.gather(answered=(NORD, SØR))
    assert point.quantifier == "Alle to RS som har svart"


def test_many_in_a_text_is_no_number_of_bodies(answers):
    """Trap 5: "mange tiltak" speaks of tiltak."""
    answers.add(NORD, "Mange tiltak er fortsatt aktuelle.")
    (point,), _ = answers.gather()
    assert point.quantifier == NORD
    assert point.text == "mange tiltak er fortsatt aktuelle"


def test_yes_to_a_question_says_what_was_asked(answers):
    """A bare answer takes its question's words where the grammar is certain, and joins those who said it."""
    answers.add(NORD, "Ja.", "tasks", question="1")
    answers.add(SØR, "Målene er fortsatt aktuelle.", "tasks", question="1")
    answers.add(ØST, "Nei.", "form", question="2")
    answers.add(VEST, "Nei.", "tools", question="3")
    found, _ = answers.gather()
    texts = {p.bodies: p.text for p in found}
    assert texts[(NORD, SØR)] == "målene er fortsatt aktuelle"
    assert texts[(ØST,)] == "svarer nei på spørsmålet «Er de lette å forstå?»"
    assert texts[(VEST,)] == "kan ikke ta ansvar for et kurs"


def test_yes_and_no_are_opposite(answers):
    """Trap 8: answers to the same question in opposite words."""
    answers.add(NORD, "Ja.", "tasks", question="1")
    answers.add(SØR, "Nei.", "tasks", question="1")
    answers.add(ØST, "Delvis.", "tasks", question="1")
    found, _ = answers.gather()
    assert sorted(p.bodies for p in found) == [(NORD,), (SØR,), (ØST,)]
    yes, no = (next(p for p in found if p.bodies == (b,)) for b in (NORD, SØR))
    assert no.id in yes.opposes


def test_what_cannot_be_understood_alone_is_listed(answers):
    """No voice disappears: unused with a reason, unknown sender and no theme included."""
    lost = answers.add(NORD, "Dette er viktig.")
    nobody = answers.add((), "Planen er for lang.")
    nothing = answers.add(NORD, "Hilsen utvalget", "none")
    found, marked = answers.gather()
    assert found == ()
    reasons = {s.id: s.unused for s in marked}
    assert "sammenheng" in reasons[lost]
    assert "Avsenderen er ukjent" in reasons[nobody]
    assert "tema" in reasons[nothing]


def test_other_types_are_left_alone(answers):
    """Traps 7 and 14: noise and "ingen merknader" make no point and get no reason."""
    answers.add(NORD, "Ingen merknader.", "none", type="no_remarks")
    answers.add(NORD, "Er målene aktuelle?", "none", type="noise", noise="echo")
    found, marked = answers.gather()
    assert found == ()
    assert all(s.unused is None for s in marked)


def test_no_first_person_in_a_point(answers):
    """Neutral voice, whatever the answer says."""
    for text in (
        "Vi trenger en koordinator.",
        "I vår region er avstandene lange.",
        "Oss imellom fungerer møtene våre godt.",
        "Det er lite vi får gjort uten penger.",
        "Me har ikkje nok folk.",
    ):
        answers.add(NORD, text)
    found, _ = answers.gather()
    words = {w for p in found for w in p.text.lower().replace(",", "").split()}
    assert not words & {"vi", "me", "oss", "vår", "våre", "vårt"}


def test_points_come_by_theme_and_by_how_many_make_them(answers):
    """Configured themes in order, then most bodies first, then the first body; lists by body in the bodies' order."""
    answers.add(VEST, "Lydbok.", "tools")
    answers.add(NORD, "Nettbrett.", "tools")
    answers.add(SØR, "Arket er for smalt.", "form")
    answers.add(NORD, "Bilder mangler.", "form")
    answers.add(ØST, "Arket er altfor smalt.", "form")
    answers.add(VEST, "Oppgavene er greie.", "tasks")
    found, _ = answers.gather()
    assert [(p.theme, p.bodies) for p in found] == [
        ("tasks", (VEST,)),
        ("form", (SØR, ØST)),
        ("form", (NORD,)),
        ("tools", (NORD,)),
        ("tools", (VEST,)),
    ]


def test_ids_and_points_do_not_depend_on_order(answers):
    """The same statements in any order give the same points; ids are the evidence's."""
    texts = [
        "Planen er for lang.",
        "Planen bør kortes ned.",
        "Språket er tungt.",
        "Språket må forenkles.",
        "Færre møter, og bedre referater.",
        "Møtene er nyttige.",
    ]
    for n, text in enumerate(texts * 3):
        answers.add(BODIES[n % 4], text, ("form", "tasks")[n % 2])
    first, _ = answers.gather()
    random.Random(7).shuffle(answers.made)
    again, _ = answers.gather()
    assert first == again
    assert len({p.id for p in first}) == len(first)
    assert all(len(p.id) == 11 and p.id[0] == "p" for p in first)


def test_lists_and_lead_ins(answers):
    """Items carry their introduction where they need it; a denying introduction is never dropped."""
    answers.add(NORD, "være målbare", lead_in="Målene må:", kind="item")
    answers.add(SØR, "flere rapporter", lead_in="Vi ønsker ikke:", kind="item")
    found, _ = answers.gather()
    assert {p.bodies: p.text for p in found} == {
        (NORD,): "målene må være målbare",
        (SØR,): "ønsker ikke flere rapporter",
    }


def test_a_case_without_statements_has_no_points(answers):
    """Nothing in, nothing out."""
    assert answers.gather() == ((), ())


def test_points_that_may_say_the_same_name_each_other(answers):
    """Too unsure to be joined, sure enough to ask a person; never a point and its opposite, nor what was told apart."""
    one = answers.add(NORD, "Kursene for ansatte i hjemmetjenesten bør holdes på kveldstid.")
    other = answers.add(SØR, "Kursene for ansatte i hjemmetjenesten krasjer med vaktplanen.")
    answers.add(ØST, "Fergen må gå oftere.")
    found, _ = answers.gather()
    by_statement = {p.statement_ids[0]: p for p in found}
    assert len(found) == 3
    assert by_statement[one].similar_to == (by_statement[other].id,)
    assert by_statement[other].similar_to == (by_statement[one].id,)
    apart, _ = answers.gather(apart=((one, other),))
    assert all(not p.similar_to for p in apart)


def test_opposed_points_are_not_offered_as_the_same(answers):
    """A point and its opposite are no candidates."""
    answers.add(NORD, "Fristen bør forlenges.")
    answers.add(SØR, "Fristen bør ikke forlenges.")
    found, _ = answers.gather()
    assert len(found) == 2
    assert all(p.opposes and not p.similar_to for p in found)


def test_a_bare_condition_is_told_with_its_question(answers):
    """ "Nei, ikke før …" says nothing by itself."""
    answers.add(NORD, "Nei, ikke før ny leder er ansatt.", "tools", question="3")
    found, _ = answers.gather()
    assert [p.text for p in found] == ["svarer «nei, ikke før ny leder er ansatt» på spørsmålet «Kan deres RS ta ansvar for et kurs?»"]


def test_names_that_the_settings_know_keep_their_capital(answers):
    """A municipality that opens the only sentence it stands in is a name all the same."""
    answers.add(NORD, "Solvik har ikke hatt lege på to år.")
    found, _ = points.gather(answers.made, bodies=BODIES, answered=BODIES, themes=THEMES, wording=Wording(), names=("Solvik",))
    assert [p.text for p in found] == ["Solvik har ikke hatt lege på to år"]


def test_a_ticked_box_is_its_answer(answers):
    """ "☐ Ja ☒ Nei" says nei."""
    answers.add(NORD, "☐ Ja ☒ Nei", "form", question="2")
    answers.add(SØR, "☒ Delvis ☐ Ja ☐ Nei", "form", question="2")
    found, _ = answers.gather()
    assert {p.text for p in found} == {"svarer nei på spørsmålet «Er de lette å forstå?»", "svarer «delvis» på spørsmålet «Er de lette å forstå?»"}


@pytest.mark.parametrize(("row", "point"), [
    ("☐ Passer ☒ Passer ikke", "svarer «passer ikke» på spørsmålet «Er de lette å forstå?»"),
    ("Behov: ☒ folk ☐ lokaler ☒ tid", "svarer «behov: folk og tid» på spørsmålet «Er de lette å forstå?»"),
    ("Mangler: ☒ folk ☐ lokaler ☒ tid", "mangler folk og tid"),
])
def test_ticked_boxes_are_told_without_those_left_empty(answers, row, point):
    """What is ticked is the answer, with the label before the boxes; what is not ticked was not said."""
    answers.add(NORD, row, "form", question="2")
    found, _ = answers.gather()
    assert [p.text for p in found] == [point]


@pytest.mark.parametrize("mark", ["☐ Alle ☒ Noen ☐ Ingen", "Delvis."])
def test_a_mark_that_is_explained_in_words_is_no_point(answers, mark):
    """Under "hvilke" a mark on a scale says nothing beside the words; alone it is all that was said, and "ja" to an "er" counts."""
    answers.add(NORD, mark, "form", question="4")
    answers.add(NORD, "Vi bruker bare tabellen bakerst.", "form", question="4")
    answers.add(SØR, "Ja.", "form", question="2")
    answers.add(SØR, "Språket er greit.", "form", question="2")
    found, statements = answers.gather()
    assert not [p for p in found if "svarer «" in p.text]
    assert any(p.bodies == (SØR,) and "lette å forstå" in p.text for p in found)
    assert [s.text for s in statements if s.unused] == [mark]
    answers.made = [s for s in answers.made if s.text == mark]
    (point,), _ = answers.gather()
    assert "Hvilke deler av skjemaet bruker dere?" in point.text


def test_a_ticked_box_without_question_is_told_as_that(answers):
    """Under a heading the heading tells what it is about; a ticked sentence is a sentence."""
    answers.add(NORD, "☒ Samtykker ☐ Samtykker ikke", "form")
    answers.add(SØR, "☐ Alt ☒ Noe", "tasks", headings=("Vaktordning",))
    answers.add(SØR, "☒ Planen må ha færre tiltak.", "form")
    found, _ = answers.gather()
    assert {p.text for p in found} == {"har krysset av for «Samtykker»", "«noe» (under «Vaktordning»)", "planen må ha færre tiltak"}


def test_a_verdict_on_a_measure_is_shown_without_the_story_around_it(answers):
    """Of several that want a measure taken out, the one that just says so words the point."""
    answers.add(NORD, "Vi har lest tiltak 9 høyt for hverandre to ganger uten å finne ut hva det skal føre til, så stryk det.")
    answers.add(SØR, "Tiltak 9 bør tas ut.")
    (point,), _ = answers.gather()
    assert point.bodies == (NORD, SØR)
    assert point.text == "tiltak 9 bør tas ut"


def test_the_title_of_an_answer_is_no_context(answers):
    """What a sentence is about is told by the heading over it, not by "Høringssvar fra …"."""
    answers.add(NORD, "De må grøfte skikkelig først, for jorda er blåleire.", headings=("Høringssvar fra Nord",))
    answers.add(SØR, "De må grøfte skikkelig først, for jorda er blåleire.", theme="form", headings=("Nedre felt",))
    made, _ = answers.gather()
    texts = [p.text for p in made]
    assert any("Nedre felt" in t for t in texts)
    assert not any("Høringssvar" in t for t in texts)


def test_a_second_theme_draws_nothing_that_only_shares_a_word(answers):
    """ "Felles pott for kommunene og sykehuset" is no evidence for what the hospital must plan."""
    answers.add(NORD, "Sykehuset må ha ansvaret for å planlegge utskrivning.", "form")
    pot = answers.add(SØR, "Felles pott for kommunene og sykehuset.", "tasks", second="form")
    found, _ = answers.gather()
    assert [p.theme for p in found if pot in p.statement_ids] == ["tasks"]
    assert all(len(p.bodies) == 1 for p in found)


def test_the_text_of_several_is_not_what_one_says_of_itself(answers):
    """Of two ways to say it, the one without "oss" stands for both."""
    answers.add(NORD, "Videokonsultasjon sparer oss for en dagsreise til legen.")
    answers.add(SØR, "Videokonsultasjon sparer folk for en dagsreise til legen.")
    (point,) = [p for p in answers.gather()[0] if len(p.bodies) == 2]
    assert "folk" in point.text
