"""A case before and after something came in: a late, a revised, a withdrawn answer, a new matrix, a changed setup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from pipeline.config import Theme
from pipeline.model import CaseResult, Plan, Point, Register
from pipeline.writers import saksfremlegg
from tests.writers import sample_result as sample

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def begun() -> CaseResult:
    """The case when the person began to edit."""
    return sample.result()


def late_answer() -> CaseResult:
    """The fourth body answers: one shared point becomes everyone's, three new points, one body no longer silent."""
    result = begun()
    document, statements = sample.answer("sent/slette.docx", ("RS Slette",), "nb", [
        ("s20", "1b", "layout", "substance", "Gi tiltakene numre, så finner alle fram."),
        ("s21", "4", "transport", "substance", "Reisetiden til samlinger må telles med."),
        ("s22", "3", "tools", "substance", "Et felles kart over tilbudene."),
        ("s23", "2a", "duty", "substance", "Ansvarslinjene må tegnes opp på nytt.")])
    points = tuple(replace(p, id="q01", bodies=sample.BODIES, quantifier="Alle RS", statement_ids=(*p.statement_ids, "s20"))
                   if p.id == "p01" else p for p in result.points)
    points += (
        _point("q20", "transport", "reisetiden til samlinger må telles med", "RS Slette", "s21"),
        _point("q21", "tools", "et felles kart over tilbudene", "RS Slette", "s22"),
        _point("q22", "duty", "ansvarslinjene må tegnes opp på nytt", "RS Slette", "s23"))
    return replace(result, documents=(*result.documents, document), statements=result.statements + statements, points=points,
                   register=replace(result.register, answered=sample.BODIES, missing=(), late=("RS Kyst", "RS Slette"),
                                    answers=(*result.register.answers, ("RS Slette", ("sent/slette.docx",)))))


def revised_answer() -> CaseResult:
    """One body sends a new answer: a point said anew, one gone, one new."""
    result = begun()
    source = "brev/svar fjord.pdf"
    document, statements = sample.answer("brev/svar fjord 2.pdf", ("RS Fjord",), "nn", [
        ("t07", "1b", "layout", "substance", "Kvart tiltak må ha nummer."),
        ("t08", "2a", "duty", "substance", "Ein namngjeven person må stå for kvart tiltak."),
        ("t09", "3", "tools", "substance", "Ein delt kalender der alle kan skrive."),
        ("s10", "4", "transport", "no_remarks", "Ingen merknader.")])
    points = []
    for p in result.points:
        swapped = {"p01": ("q01", ("s02", "t07", "s11")), "p04": ("q04", ("s03", "t08", "s12"))}.get(p.id)
        if p.id in ("p03", "p06"):
            continue
        points.append(replace(p, id=swapped[0], statement_ids=swapped[1]) if swapped else replace(p, opposes=())
                      if p.id == "p02" else p)
    points.append(_point("q06", "tools", "ein delt kalender der alle kan skrive", "RS Fjord", "t09"))
    return replace(
        result, documents=tuple(document if d.source == source else d for d in result.documents), points=tuple(points),
        statements=tuple(s for s in result.statements if s.source != source) + statements,
        register=replace(result.register, superseded=("gammelt svar.docx", source)))


def withdrawn_answer() -> CaseResult:
    """One body withdraws its answer: counts fall, its own point goes, and no disagreement is left."""
    result = begun()
    points = []
    for p in result.points:
        if p.id == "p08":
            continue
        ids = tuple(i for i in p.statement_ids if i not in ("s11", "s12"))
        fewer = ids != p.statement_ids
        points.append(replace(p, id=f"w{p.id}", bodies=("RS Fjell", "RS Fjord"), quantifier="To RS (Fjell og Fjord)",
                              statement_ids=ids, endorsed_by=()) if fewer else replace(p, opposes=()) if p.id == "p07" else p)
    source = "epost.eml/svar.docx"
    return replace(
        result, documents=tuple(d for d in result.documents if d.source != source), points=tuple(points),
        statements=tuple(s for s in result.statements if s.source != source),
        register=Register(answered=("RS Fjell", "RS Fjord"), missing=("RS Kyst", "RS Slette"), superseded=("gammelt svar.docx",),
                          answers=result.register.answers[:2]))


def new_matrix() -> CaseResult:
    """The plan comes with new colours, a new tiltak and a new fokusområde."""
    rows = [(*r[:4], "green", r[5]) if r[0] in ("1.1.2", "2.2.1") else r for r in sample.ROWS]
    rows += [("2.2.2", "Læring", "Øvelser hvert år", "Evaluering etter øvelse", "red", ""),
             ("3.1.1", "Frivillighet", "Frivillige er med", "Avtale med frivilligsentralen", "yellow", "")]
    return replace(begun(), plan=sample.plan(tuple(rows)))


def changed_setup() -> CaseResult:
    """A theme gets another title, one is new and takes a point from another, and a question is worded anew."""
    result = begun()
    themes = tuple(replace(t, title="Reisevei og digitale møter") if t.key == "transport" else t for t in sample.THEMES)
    themes += (Theme(key="contact", title="Kontaktveier"),)
    questions = tuple(replace(q, text="Hva betyr reiseveien for dere?") if q.number == "4" else q for q in sample.QUESTIONS)
    points = tuple(replace(p, id="c06", theme="contact") if p.id == "p06" else p for p in result.points)
    return replace(result, settings=sample.settings(themes=themes, questions=questions), points=points)


NEWS: dict[str, Callable[[], CaseResult]] = {
    "late answer": late_answer, "revised answer": revised_answer, "withdrawn answer": withdrawn_answer,
    "new matrix": new_matrix, "changed setup": changed_setup,
}


@cache
def draft(name: str = "") -> bytes:
    """The case document after this news; "" for the one the person began with."""
    return saksfremlegg.render(NEWS[name]() if name else begun(), TEMPLATES)


@cache
def short_draft(name: str = "") -> bytes:
    """As ``draft``, but of a case without a plan: half as long, for tests that merge hundreds of times."""
    return saksfremlegg.render(replace(NEWS[name]() if name else begun(), plan=Plan()), TEMPLATES)


def _point(ident: str, theme: str, text: str, body: str, statement: str) -> Point:
    return Point(id=ident, theme=theme, text=text, bodies=(body,), quantifier=body, statement_ids=(statement,))
