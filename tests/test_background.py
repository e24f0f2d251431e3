"""Context from case papers: verbatim, with source and chapter, never an answer."""

import re

from pipeline import background
from tests.make import document


def find(*documents, subjects=("Psykisk helse og rus",)):
    return background.find(documents, subjects=subjects, sentences=lambda t: re.split(r"(?<=\.) (?=[A-ZÆØÅ])", t))


def test_earlier_decisions_carry_their_case_number():
    """A sentence about a decision with a case number is offered as "sak 12/2024"."""
    found = find(document("sak.docx", "# 1 Bakgrunn", "Planen ble vedtatt i sak 12 /2024. Den er lang.", kind="earlier_case"))
    (decision,) = found.decisions
    assert (decision.reference, decision.text) == ("sak 12/2024", "Planen ble vedtatt i sak 12 /2024.")
    assert (decision.source, decision.chapter) == ("sak.docx", "1 Bakgrunn")


def test_the_period_of_the_plan_but_not_of_national_plans():
    """Sentences about how long our own plan holds; national plans are left out."""
    found = find(document("sak.docx", "Handlingsplanen er gjeldende til og med 2026 og rulleres.",
                          "Nasjonal helseplan 2007–2010 omtalte planer for eldre.", kind="earlier_case"))
    assert [p.text for p in found.periods] == ["Handlingsplanen er gjeldende til og med 2026 og rulleres."]


def test_focus_areas_and_relevant_chapters_of_a_strategy():
    """The numbered list after "satsingsområder:" and chapters about the case's subjects."""
    found = find(document(
        "strategi.pdf", "# 1. Innledning", "Vi har valgt tre satsingsområder:", "1. Eldre", "2. Psykisk helse og rus",
        "# 4.1 Psykisk helse", "Mennesker med psykiske lidelser trenger hjelp fra flere nivåer.", "# 4.2 Veg", "Vegene skal bli bedre i hele regionen.",
        kind="case_paper"))
    assert [a.text for a in found.focus_areas] == ["Eldre", "Psykisk helse og rus"]
    assert [c.chapter for c in found.context] == ["4.1 Psykisk helse"]


def test_answers_are_never_context():
    """Only case papers, earlier cases and minutes are read for background."""
    found = find(document("svar.docx", "Planen ble vedtatt i sak 12/2024.", kind="answer"))
    assert not found.decisions
