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


def test_a_title_is_no_statement_about_the_period():
    """Years in a paper's title or headings say nothing that a sentence does not."""
    paper = document("strategi.pdf", "# Strategi for fjordhelse 2025–2028", "Strategi for fjordhelse 2025–2028",
                     "Strategien gjelder til og med 2028 og følges av en handlingsplan.", kind="case_paper")
    found = find(paper, subjects=())
    assert [e.text for e in found.periods] == ["Strategien gjelder til og med 2028 og følges av en handlingsplan."]


def test_quotes_are_few_stand_alone_and_are_told_once():
    """At most three a paper and five in all, none that leans on the sentence before, none that is told as a period."""
    lines = []
    for n in range(1, 9):
        lines += [f"# {n}. Ernæring og måltider", "Dette har vi ment om ernæring og måltider i alle disse årene.",
                  f"God ernæring for hjemmeboende eldre i bygd {n} krever faste måltider og kyndige ansatte."]
    papers = [document(f"{name}.pdf", *[line.replace("bygd", f"{name} bygd") for line in lines], kind="case_paper") for name in "abc"]
    found = find(*papers, subjects=("Ernæring og måltider for eldre",))
    by_paper = [sum(e.source == f"{name}.pdf" for e in found.context) for name in "abc"]
    assert sum(by_paper) == 5 and max(by_paper) == 3
    assert all(e.text.startswith("God ernæring") for e in found.context)
