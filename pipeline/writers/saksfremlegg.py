"""The case document: every part of it computed from the case's result and put into the Word template."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pipeline import status_text
from pipeline.model import CaseResult, Finding
from pipeline.norsk import capital, date_text, plain
from pipeline.phrases import Phrases
from pipeline.writers import _word
from pipeline.writers._saksfremlegg_answers import answered_sentences, asked_sentence, questionnaire, unused_sentence
from pipeline.writers._saksfremlegg_background import case_papers, earlier_cases, earlier_decisions, other_papers, periods
from pipeline.writers._saksfremlegg_evidence import Evidence
from pipeline.writers._saksfremlegg_publish import clean_copy, unfilled
from pipeline.writers._saksfremlegg_suggestions import for_assessment, for_decision
from pipeline.writers._saksfremlegg_themes import theme_sections
from pipeline.writers._saksfremlegg_words import Fokusomrade, Hovedmal, Plandel, Saksfremlegg

__all__ = ["NAME", "TEMPLATE", "check", "clean_copy", "render", "unfilled"]

NAME = "saksfremlegg.docx"
TEMPLATE = "saksfremlegg.docx"


def render(result: CaseResult, templates: Path) -> bytes:
    """The case document as a Word file. Raises errors.TemplateError when the template cannot be filled."""
    marks = _word.Marks()
    day = result.today or date(1980, 1, 1)
    context = _context(result, marks)
    document = _word.render(templates / result.settings.documents.template, context, marks=marks, day=day)
    return _word.to_bytes(document, title=context.tittel, day=day, subject=Phrases(nynorsk=result.settings.nynorsk)("Saksfremlegg"),
                          identifier=f"saksutkast/{result.name}/{NAME}")


def check(templates: Path, template: str = TEMPLATE) -> tuple[Finding, ...]:
    """What is wrong with the template: unknown, broken and misplaced tags, in Norwegian."""
    return _word.check_template(templates / template, Saksfremlegg)


def _context(result: CaseResult, marks: _word.Marks) -> Saksfremlegg:
    settings = result.settings
    case, wording = settings.case, settings.quantifiers
    say = Phrases(nynorsk=settings.nynorsk)
    evidence = Evidence(result, marks, say)
    return Saksfremlegg(
        tittel=case.title or case.plan_title or capital(result.name.replace("-", " ").replace("_", " ")),
        organisasjon=case.organisation,
        utvalg=case.committee,
        saksnummer=case.number,
        motedato=date_text(case.meeting_date) if case.meeting_date else "",
        saksbehandler=case.case_officer,
        arkivsak=case.archive_number,
        sakstype=say(capital(case.type)) if case.type else "",
        dato=date_text(result.today) if result.today else "",
        frist=date_text(case.deadline) if case.deadline else "",
        innholdsfortegnelse=marks.block(lambda document, paragraph: _word.write_contents(document, paragraph)),
        svarer=wording.noun,
        svarere=wording.noun_definite,
        svarere_lang=wording.noun_long,
        bedt_om_svar=asked_sentence(result, say),
        har_svar=any(d.current_answer for d in result.documents),
        tidligere_vedtak=earlier_decisions(result, marks, say),
        perioder=periods(result, marks, say),
        saksdokumenter=case_papers(result, marks, say),
        andre_saksdokumenter=other_papers(result, say),
        tidligere_saker=earlier_cases(result),
        plan=_plan(result, marks, say),
        sporreskjema=questionnaire(result, say),
        hvem_svarte=answered_sentences(result, evidence),
        temaer=theme_sections(result, evidence),
        ikke_gjengitt=unused_sentence(result, evidence),
        forslag=for_assessment(result, evidence),
        vedtaksforslag=for_decision(result, evidence),
        vedlegg=_attachments(result, say),
    )


def _plan(result: CaseResult, marks: _word.Marks, say: Phrases) -> Plandel | None:
    if not result.plan.rows:
        return None
    summary = status_text.summarise(result.plan, say)

    def chart(document, paragraph) -> None:
        from pipeline.writers._status_chart import add_status_chart

        add_status_chart(paragraph, summary, say)

    title = result.settings.case.plan_title or result.plan.title or say("Handlingsplanen")
    return Plandel(
        tittel=title,
        periode="" if plain(result.plan.period) in plain(title) else result.plan.period,
        samlet=summary.sentence,
        fokusomrader=tuple(Fokusomrade(
            overskrift=area.heading,
            hovedmal=tuple(Hovedmal(nummer=f"{g.short_number}." if g.short_number else "", tekst=g.title)
                           for g in area.goals),
            status=" ".join(area.sentences),
            rodt_innledning=area.red_lead.rstrip(":"), rode=area.red_items,
            uten_status_innledning=area.missing_lead.rstrip(":"), uten_status=area.missing_items)
            for area in summary.areas),
        figur=marks.block(chart),
        mangler_status=bool(summary.missing),
    )


def _attachments(result: CaseResult, say: Phrases) -> tuple[str, ...]:
    """The attachments keep their numbers, also when there is no plan and so no vedlegg 1."""
    plan = (say("Vedlegg 1: Handlingsplanen med status for hvert tiltak (matrise)"),) if result.plan.rows else ()
    return (*plan, say("Vedlegg 2: Innspill fra {who} i sin helhet", who=result.settings.quantifiers.noun_definite))
