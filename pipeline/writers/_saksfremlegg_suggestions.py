"""What the secretariat may want to consider, each tied to its evidence; never a recommendation of its own.

The rules are those of the domain: red tiltak without follow-up, points that most bodies share, disagreement,
missing status, missing answers. A suggestion only points; what to do about it is left to people.
"""

from __future__ import annotations

from pipeline.model import CaseResult, PlanRow, Point
from pipeline.norsk import join_names
from pipeline.writers._saksfremlegg_evidence import Evidence
from pipeline.writers._saksfremlegg_themes import opposing_groups
from pipeline.writers._saksfremlegg_words import Forslag, counted, sentence
from pipeline.writers._word import join_marked

# So many shared points are listed one by one, those of most bodies first; the rest are counted.
MOST_SHARED = 10


def for_assessment(result: CaseResult, evidence: Evidence) -> tuple[Forslag, ...]:
    """Suggestions for the secretariat's own assessment (section 3)."""
    found: list[Forslag] = []
    for heading, rows in _red_by_area(result.plan.rows):
        bare = [f"{r.number} «{r.measure}»" for r in rows if not r.comment.strip()]
        if bare:
            found.append(Forslag(
                tekst="Vurder om tiltak som ikke er påbegynt, skal prioriteres, endres eller tas ut: "
                      f"{join_names(bare)}.",
                grunnlag=f"{heading}, vedlegg 1: rød status, og ingen kommentar om oppfølging."))
    remarked = [f"{r.number} «{r.measure}»" for r in result.plan.rows if r.status == "red" and r.comment.strip()]
    if remarked:
        found.append(Forslag(tekst=f"Vurder om det som står i kommentarfeltet, er nok oppfølging: {join_names(remarked)}.",
                             grunnlag="Vedlegg 1: rød status, med kommentar."))
    unknown = [r.number for r in result.plan.rows if r.status == "unknown"]
    if unknown:
        found.append(Forslag(tekst=f"Innhent status for {counted(len(unknown), 'ett tiltak', 'tiltak')}: "
                                   f"{join_names(unknown)}.",
                             grunnlag="Vedlegg 1: mangler status."))
    shared = _shared(result)
    for point in shared[:MOST_SHARED]:
        said = f"{point.quantifier}: {sentence(point.text)}"
        found.append(Forslag(tekst=f"{said} Vurder om dette skal følges opp.",
                             grunnlag=_ground(point, result, evidence)))
    if len(shared) > MOST_SHARED:
        more = counted(len(shared) - MOST_SHARED, "ett innspill", "innspill")
        found.append(Forslag(
            tekst=f"Vurder også {more} til som et flertall deler.",
            grunnlag="Temaene i kapitlet over, punktene med flertall."))
    for theme in result.settings.themes:
        for group in opposing_groups(result.points_of(theme.key)):
            speaking = {b for p in group for b in p.bodies}
            bodies = [b for b in result.settings.body_names() if b in speaking]
            found.append(Forslag(
                tekst=f"Vurder hvordan utvalget skal forholde seg til at {join_names(bodies)} har ulike syn.",
                grunnlag=_theme_ground(theme.title, evidence.references([i for p in group for i in p.statement_ids]))))
    if result.register.missing and result.register.answered:
        found.append(Forslag(tekst=f"Vurder å purre {join_names(result.register.missing)} før saken sendes ut.",
                             grunnlag="Registeret: ikke mottatt svar."))
    return tuple(found)


def for_decision(result: CaseResult, evidence: Evidence) -> tuple[Forslag, ...]:
    """What a decision could take a stand on; subjects only, no decision."""
    found: list[Forslag] = []
    red = [r for r in result.plan.rows if r.status == "red"]
    if red:
        named = f"{counted(len(red), 'tiltaket', 'tiltak')} som ikke er påbegynt: {join_names([r.number for r in red])}"
        found.append(Forslag(tekst=f"Videre oppfølging av {named}.",
                             grunnlag="Vedlegg 1: rød status."))
    shared = _shared(result)
    for theme in result.settings.themes:
        points = [p for p in shared if p.theme == theme.key]
        if points:
            references = evidence.references([i for p in points for i in p.statement_ids])
            found.append(Forslag(
                tekst=f"Oppfølging av {counted(len(points), 'innspillet', 'innspill')} som et flertall deler om "
                      f"«{theme.title}».",
                grunnlag=_theme_ground(theme.title, references)))
    return tuple(found)


def _shared(result: CaseResult) -> list[Point]:
    """Points made by more than half of all that were asked, at least two; most bodies first.

    Points that someone contradicts stand under disagreement instead.
    """
    asked = len(result.settings.bodies)
    groups = [g for theme in result.settings.themes for g in opposing_groups(result.points_of(theme.key))]
    opposed = {p.id for group in groups for p in group}
    found = [p for p in result.points if len(p.bodies) * 2 > asked and len(p.bodies) >= 2 and p.id not in opposed]
    return sorted(found, key=lambda p: -len(p.bodies))


def _red_by_area(rows: tuple[PlanRow, ...]) -> list[tuple[str, list[PlanRow]]]:
    areas: dict[tuple[str, str], list[PlanRow]] = {}
    for row in rows:
        if row.status == "red":
            areas.setdefault((row.focus_number, row.focus_area), []).append(row)
    return [(f"Fokusområde {number}" if number else title or "Handlingsplanen", found)
            for (number, title), found in areas.items()]


def _ground(point: Point, result: CaseResult, evidence: Evidence) -> str:
    title = next((t.title for t in result.settings.themes if t.key == point.theme), "")
    return _theme_ground(title, evidence.references(point.statement_ids))


def _theme_ground(title: str, references: str) -> str:
    return join_marked(f"Tema «{title}»", f", {references}." if references else ".")
