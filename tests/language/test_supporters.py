"""Bodies that endorse another's answer stand in its points, and only in those that they mean."""

from dataclasses import replace

import pytest

from tests.language.gathering import NORD, SØR, VEST, ØST


def test_an_endorsement_adds_its_body(answers):
    """Trap 9: who joins another's answer is added there, marked, and counted in the phrase."""
    answers.add(NORD, "Planen er for lang.", "form", question="2")
    answers.add(NORD, "Kursene bør være gratis.", "tasks", question="1")
    joined = answers.add(
        VEST,
        "Vi slutter oss til Nord på spørsmål 2.",
        "form",
        type="endorsement",
        endorses=(NORD,),
        endorsed_questions=("2",),
    )
    found, _ = answers.gather()
    by_theme = {p.theme: p for p in found}
    assert by_theme["form"].bodies == (NORD, VEST)
    assert by_theme["form"].endorsed_by == (VEST,)
    assert by_theme["form"].statement_ids[-1] == joined
    assert by_theme["tasks"].bodies == (NORD,)


def test_endorsements_in_chains_and_circles_end(answers):
    """A joins B, B joins C, C joins A: all stand behind C's point, once."""
    answers.add(ØST, "Planen er for lang.", "form")
    for who, whom in ((NORD, SØR), (SØR, ØST), (ØST, NORD)):
        answers.add(who, f"Vi slutter oss til {whom}.", "form", type="endorsement", endorses=(whom,))
    found, marked = answers.gather()
    assert [p.bodies for p in found] == [(NORD, SØR, ØST)]
    assert found[0].endorsed_by == (NORD, SØR)
    assert sum(bool(s.unused) for s in marked) == 1


def test_an_endorsement_does_not_overrule_ones_own_view(answers):
    """A body that itself says the opposite is not added to what it contradicts."""
    answers.add(NORD, "Brua bør bygges.")
    answers.add(SØR, "Brua bør ikke bygges.")
    answers.add(SØR, "Ellers slutter vi oss til Nord.", type="endorsement", endorses=(NORD,))
    found, marked = answers.gather()
    assert sorted(p.bodies for p in found) == [(NORD,), (SØR,)]
    assert marked[2].unused


def test_endorsing_the_silent_or_with_exceptions_is_for_a_person(answers):
    """Nothing is guessed: it is listed with the reason."""
    answers.add(NORD, "Brua bør bygges.")
    answers.add(SØR, "Vi slutter oss til Vest.", type="endorsement", endorses=(VEST,))
    answers.add(ØST, "Vi slutter oss til Nord, med unntak av brua.", type="endorsement", endorses=(NORD,))
    found, marked = answers.gather(answered=(NORD, SØR, ØST))
    assert [p.bodies for p in found] == [(NORD,)]
    assert "ikke har svart" in marked[1].unused
    assert "forbehold" in marked[2].unused


def test_an_endorsement_of_one_topic_joins_only_what_is_about_it(answers):
    """ "… innspillet fra Nord om nummerering" adds Sør to the numbering point and to no other."""
    answers.add(NORD, "Tiltakene bør nummereres.", "form")
    answers.add(NORD, "Fargene bør være tydeligere.", "form")
    answers.add(SØR, "Vi er enige i innspillet fra RS Nord om nummerering.", "form", type="endorsement", endorses=(NORD,))
    found, _ = answers.gather()
    assert {p.text: p.bodies for p in found} == {"tiltakene bør nummereres": (NORD, SØR), "fargene bør være tydeligere": (NORD,)}


def test_an_endorsement_of_the_answer_about_the_plan_is_of_all_of_it(answers):
    """Words for the hearing itself limit nothing."""
    answers.add(NORD, "Tiltakene bør nummereres.", "form")
    answers.add(SØR, "Vi slutter oss til innspillet fra RS Nord om handlingsplanen.", "form", type="endorsement", endorses=(NORD,))
    found, _ = answers.gather()
    assert [p.bodies for p in found] == [(NORD, SØR)]


def _with_exception(answers, exception: str) -> str:
    """Nord asks for three things; Sør joins it but for ``exception``, which stands right behind in a statement of its own."""
    for text in ("Tiltakene bør nummereres.", "Fargene bør være tydeligere.", "Legevakten må holde stengt om natten."):
        answers.add(NORD, text, "form")
    joined = answers.add(SØR, "Vi slutter oss til innspillet fra RS Nord,", "form", type="endorsement", endorses=(NORD,))
    end = answers.made[-1].end
    answers.add(SØR, exception, "form")
    answers.made[-1] = replace(answers.made[-1], start=end + 1, end=end + 1 + len(exception))
    return joined


def test_an_exception_that_is_found_again_leaves_its_point_out(answers):
    """ "…, unntatt det som står om legevakten": Sør joins the other points, and the exception is told as such."""
    _with_exception(answers, "unntatt det som står om legevakten.")
    found, marked = answers.gather()
    assert {p.text: p.bodies for p in found} == {
        "tiltakene bør nummereres": (NORD, SØR), "fargene bør være tydeligere": (NORD, SØR),
        "Legevakten må holde stengt om natten".replace("L", "l"): (NORD,),
        "slutter seg til svaret fra RS Nord, unntatt det som står om legevakten": (SØR,)}
    assert not any(s.unused for s in marked)


def test_an_exception_that_is_not_found_again_is_for_a_person(answers):
    """Which points Sør joins is not guessed; what it says is still in the document."""
    joined = _with_exception(answers, "men ikke til forslaget om å kutte i bemanningen.")
    found, marked = answers.gather()
    assert [p.bodies for p in found] == [(NORD,), (NORD,), (NORD,), (SØR,)]
    assert found[-1].text == "slutter seg til svaret fra RS Nord, unntatt forslaget om å kutte i bemanningen"
    assert "forbehold" in {s.id: s for s in marked}[joined].unused


def test_a_topic_named_first_limits_the_endorsement(answers):
    """ "Når det gjelder fargene, slutter vi oss til …": what follows the comma is no topic, nor is a name in a point's text."""
    answers.add(NORD, "Fargene bør være tydeligere.", "form")
    answers.add(NORD, "Uttalelser bør samles hos oss.", "form")
    answers.add(SØR, "Når det gjelder fargene, slutter vi oss til uttalelsen fra RS Nord.", "form", type="endorsement", endorses=(NORD,))
    found, _ = answers.gather()
    assert sorted(p.bodies for p in found) == [(NORD,), (NORD, SØR)]


@pytest.mark.parametrize("part", ["det meste av", "store deler av", "mye av", "flere av punktene i", "resten av", "det øvrige i"])
def test_endorsing_a_part_is_for_a_person(answers, part):
    """Who agrees with most of an answer has not agreed with any one point of it."""
    answers.add(NORD, "Ansvaret må stå tydelig.")
    answers.add(SØR, f"Vi støtter {part} svaret fra RS Nord.", type="endorsement", theme="none", endorses=(NORD,))
    (point,), statements = answers.gather()
    assert point.bodies == (NORD,)
    assert "unntak eller forbehold" in statements[1].unused


def test_joining_for_the_most_part_is_for_a_person(answers):
    """ "Slutter seg i det meste til" leaves open to what."""
    answers.add(NORD, "Ansvaret må stå tydelig.")
    answers.add(SØR, "RS Sør slutter seg i det meste til svaret fra RS Nord.", type="endorsement", theme="none", endorses=(NORD,))
    (point,), statements = answers.gather()
    assert point.bodies == (NORD,)
    assert "unntak eller forbehold" in statements[1].unused


@pytest.mark.parametrize("text", ["Om verktøya er vi heilt samde med det RS Nord skriv, så det treng vi ikkje gjenta.",
                                  "Når det gjelder verktøy, støtter vi det RS Nord skriver."])
def test_a_topic_may_be_a_themes_name(answers, text):
    """ "Om teknologien er vi enige" joins what the other says under that theme, whatever the words, and nothing else."""
    answers.add(NORD, "Nettbrett i hver bil.", "tools")
    answers.add(NORD, "Kartet mangler halve bygda, og det er vi helt uenige i.", "form")
    answers.add(SØR, text, "tools", type="endorsement", endorses=(NORD,))
    found, statements = answers.gather()
    assert {p.bodies for p in found if p.theme == "tools"} == {(NORD, SØR)}
    assert {p.bodies for p in found if p.theme == "form"} == {(NORD,)}
    assert not any(s.unused for s in statements)
