"""Finding the configured bodies in text, file names and addresses."""

import pytest

from pipeline.config import Body
from pipeline.intake.names import Names
from tests.make import settings

NAMES = Names(settings().bodies)


def bodies(text):
    return [m.body for m in NAMES.in_text(text) if m.municipality is None]


def test_names_and_aliases_are_found_with_genitive():
    """ "Listers", "RS Setesdal" and "ØSTRE AGDER" are mentions."""
    assert bodies("Listers svar, RS Setesdal og RS ØSTRE AGDER") == ["RS Lister", "RS Setesdal", "RS Østre Agder"]


def test_an_ordinary_word_is_no_body():
    """The noun "lister" is not the region Lister."""
    assert bodies("Vi lister opp tiltakene, og deltakerlister er vedlagt.") == []


def test_a_municipality_is_not_its_region():
    """Trap 2: "Kristiansand kommune" and "Farsund kommune" are municipalities, not bodies."""
    found = NAMES.in_text("Kristiansand kommune og Farsund kommune")
    assert [m.municipality for m in found] == ["Kristiansand", "Farsund"]


@pytest.mark.parametrize(("label", "body"), [
    ("svar-ostre-agder.docx", "RS Østre Agder"), ("OstreAgderSvar.docx", "RS Østre Agder"),
    ("post@oestreagder.no", "RS Østre Agder"), ("rs_lister v2.pdf", "RS Lister"), ("SETESDAL.PDF", "RS Setesdal"),
])
def test_file_names_are_matched_without_case_and_norwegian_letters(label, body):
    """File names and addresses write ø as o or oe, and words together."""
    assert NAMES.in_label(label) == [body]


@pytest.mark.parametrize("label", ["Ungdomsråd_plan.xlsx", "svar ungdomsrådet.docx", "UNGDOMSRAAD.pdf"])
def test_a_name_in_the_definite_form_is_known_in_file_names_without_it(label):
    """ "Ungdomsrådet" saves its answer as "Ungdomsråd"."""
    assert Names((Body(name="Vik ungdomsråd", aliases=("Ungdomsrådet",)),)).in_label(label) == ["Vik ungdomsråd"]


def test_a_longer_name_wins_over_one_inside_it():
    """ "Østre Agder" is not also the body "Agder"."""
    names = Names((Body(name="Agder"), Body(name="Østre Agder")))
    assert [m.body for m in names.in_text("Svar fra Østre Agder")] == ["Østre Agder"]
    assert names.in_label("svar østre agder.docx") == ["Østre Agder"]


def test_no_bodies_configured_is_fine():
    """A case may begin before its bodies are listed."""
    assert Names(()).in_text("RS Lister") == []


@pytest.mark.parametrize(("name", "text"), [
    ("NFF Nes", "NFF avd. Nes"), ("Fagforbundet, avdeling Vik", "Fagforbundet Vik"), ("Utdanningsforbundet Nes", "Utdanningsforbundet avdeling Nes"),
    ("Naturvernforeningen i Nes", "Nes naturvernforening"), ("Elevombudet", "Elevombodet"), ("Hovedverneombudet", "Hovudverneombodet"),
])
def test_a_branch_a_society_and_an_ombud_have_other_names(name, text):
    """With and without the word for a branch, by its place first, in the other written form."""
    assert [m.body for m in Names((Body(name=name),)).in_text(f"Innspill fra {text}.")] == [name]
