"""Vedlegg 1 in Word: the whole plan with number, ansvarlig, frist and status as colour and word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline import status_text
from pipeline.config import Settings
from pipeline.model import CaseResult, Finding, Plan, PlanRow
from pipeline.norsk import date_text
from pipeline.phrases import Phrases
from pipeline.writers import _word

NAME = "vedlegg-1-handlingsplan.docx"
TEMPLATE = "vedlegg-1-handlingsplan.docx"

# Light enough for black text (at least 12:1); the word stands in the cell as well.
SHADES = {"green": "C6E0B4", "yellow": "FFE699", "red": "F4B6B6", "unknown": "FFFFFF"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiltak:
    """One row of the matrix. ``farge``: the status cell's shading; ``trykt``: the plan's words where they differ."""

    nummer: str
    delmal: str  # only where it begins
    tekst: str
    ansvarlig: str
    frist: str
    status: str
    trykt: str
    farge: str
    kommentar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hovedmal:
    """``overskrift`` "Hovedmål 1.3: …"; empty for tiltak without hovedmål."""

    overskrift: str
    tiltak: tuple[Tiltak, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fokusomrade:
    """One band of the matrix, with its counts for the overview."""

    overskrift: str
    grønne: int
    gule: int
    røde: int
    uten: int
    sum: int
    hovedmal: tuple[Hovedmal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Farge:
    """One line of the legend."""

    farge: str
    navn: str  # "Grønt"
    betyr: str  # "gjennomført"
    antall: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Vedlegg1:
    """Everything the template ``vedlegg-1-handlingsplan.docx`` can use."""

    tittel: str
    plan: str
    periode: str
    organisasjon: str
    utvalg: str
    saksnummer: str
    dato: str
    samlet: str
    forklaring: tuple[Farge, ...]
    fokusomrader: tuple[Fokusomrade, ...]
    samlet_sum: Fokusomrade
    mangler_status: bool


def render(result: CaseResult, templates: Path) -> bytes | None:
    """The attachment as docx; None when the case has no plan. Raises errors.TemplateError."""
    if not result.plan.rows:
        return None
    settings = result.settings
    if not isinstance(settings, Settings):
        raise TypeError("settings must be config.Settings")
    day = result.today or date(1980, 1, 1)
    template = _word.template_for(templates, TEMPLATE, nynorsk=settings.nynorsk)
    context = contents(result.plan, settings, result.today, Phrases(nynorsk=template.name != TEMPLATE))
    document = _word.render(template, context, day=day)
    _order_cell_properties(document)
    return _word.to_bytes(document, title=context.tittel, day=day, subject=context.plan)


def check(templates: Path) -> tuple[Finding, ...]:
    """What is wrong with the template, for ``ssu check``."""
    return tuple(f for file in _word.templates_of(templates, TEMPLATE) for f in _word.check_template(file, Vedlegg1))


def contents(plan: Plan, settings: Settings, today: date | None, say: Phrases = status_text.BOKMAL) -> Vedlegg1:
    """The template's values for this plan."""
    summary = status_text.summarise(plan, say)
    name = settings.case.plan_title or plan.title or say("Handlingsplan")
    return Vedlegg1(
        tittel=say("Vedlegg 1: {plan} med status", plan=name),
        plan=name,
        periode=plan.period,
        organisasjon=settings.case.organisation,
        utvalg=settings.case.committee,
        saksnummer=settings.case.number,
        dato=date_text(today) if today else "",
        samlet=summary.sentence,
        mangler_status=bool(summary.missing),
        forklaring=tuple(
            Farge(
                farge=SHADES[s],
                navn=say.capital(status_text.COLOUR_NAMES[s]),
                betyr=say(status_text.STATUS_WORDS[s]).lower(),
                antall=summary.total.of(s),
            )
            for s in status_text.STATUSES
            if s != "unknown" or summary.missing
        ),
        fokusomrader=tuple(_area(area, say) for area in summary.areas),
        samlet_sum=_counted(say("Hele planen"), summary.total, ()),
    )


def shade(row: PlanRow) -> str:
    """The status cell's "RRGGBB": its status' own; a colour that nobody explains stays, pale enough to read on."""
    if row.status != "unknown" or not row.fill:
        return SHADES[row.status]
    parts = (int(row.fill[i : i + 2], 16) for i in (0, 2, 4))
    return "".join(f"{round(255 - (255 - part) * 0.45):02X}" for part in parts)


def remarks(row: PlanRow) -> str:
    """The comment, then the plan's further columns as "heading: text", a line each."""
    return "\n".join(
        [
            *([row.comment] if row.comment else []),
            *(f"{heading}: {text}" if heading else text for heading, text in row.extra),
        ]
    )


def _order_cell_properties(document) -> None:
    """Shading after width and spans, as the schema has it: docxtpl puts it first."""
    from docx.oxml.ns import qn

    before_shading = {qn(f"w:{name}") for name in ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders")}
    for properties in document.element.body.iter(qn("w:tcPr")):
        shading = properties.find(qn("w:shd"))
        before = [child for child in properties if child.tag in before_shading]
        if shading is not None and before:
            before[-1].addnext(shading)


def _area(area: status_text.FocusStatus, say: Phrases) -> Fokusomrade:
    goals = [Hovedmal(overskrift=_goal_heading(goal, say), tiltak=_rows(goal.rows, say)) for goal in area.goals]
    loose = [row for row in area.rows if not row.goal]
    if loose:
        goals.insert(0, Hovedmal(overskrift="", tiltak=_rows(loose, say)))
    return _counted(area.heading, area.counts, tuple(goals))


def _goal_heading(goal: status_text.Goal, say: Phrases) -> str:
    return f"{say('Hovedmål {number}', number=goal.number)}: {goal.title}" if goal.number else goal.title


def _counted(heading: str, counts: status_text.Counts, goals: tuple[Hovedmal, ...]) -> Fokusomrade:
    return Fokusomrade(
        overskrift=heading,
        grønne=counts.green,
        gule=counts.yellow,
        røde=counts.red,
        uten=counts.unknown,
        sum=counts.total,
        hovedmal=goals,
    )


def _rows(rows, say: Phrases) -> tuple[Tiltak, ...]:
    made: list[Tiltak] = []
    subgoal = ""
    for row in rows:
        made.append(
            Tiltak(
                nummer=row.number,
                delmal=row.subgoal if row.subgoal != subgoal else "",
                tekst=row.measure,
                ansvarlig=row.responsible,
                frist=row.deadline,
                status=status_text.status_word(row, say),
                trykt=status_text.printed_status(row),
                farge=shade(row),
                kommentar=remarks(row),
            )
        )
        subgoal = row.subgoal
    return tuple(made)
