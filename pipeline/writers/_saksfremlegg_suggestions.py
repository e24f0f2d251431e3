"""What the secretariat may want to consider, each tied to its evidence; never a recommendation of its own.

The rules are those of the domain: red tiltak without follow-up, points that most bodies share, disagreement,
missing status, missing answers. A suggestion only points; what to do about it is left to people.
"""

from __future__ import annotations

from pipeline.language import stance
from pipeline.model import CaseResult, PlanRow, Point
from pipeline.norsk import capital, join_names, number_word
from pipeline.phrases import Phrases
from pipeline.writers._saksfremlegg_evidence import Evidence
from pipeline.writers._saksfremlegg_themes import opposing_groups
from pipeline.writers._saksfremlegg_words import Forslag, sentence
from pipeline.writers._word import join_marked

# So many shared points are listed one by one, those of most bodies first; the rest are counted.
MOST_SHARED = 10
# So many who disagree are named; their names stand under the theme.
MOST_NAMED = 4
_FOLLOW_UP = "{said} Vurder om dette skal følges opp."
_BUILD_ON = "{said} Vurder om dette skal legges til grunn videre."


def for_assessment(result: CaseResult, evidence: Evidence) -> tuple[Forslag, ...]:
    """Suggestions for the secretariat's own assessment (section 3)."""
    found: list[Forslag] = []
    say = evidence.say
    for heading, rows in _red_by_area(result.plan.rows, say):
        bare = [f"{r.number} «{r.measure}»" for r in rows if not r.comment.strip()]
        if bare:
            found.append(Forslag(
                tekst=say("Vurder om tiltak som ikke er påbegynt, skal prioriteres, endres eller tas ut: {measures}.",
                          measures=join_names(bare)),
                grunnlag=say("{area}, vedlegg 1: rød status, og ingen kommentar om oppfølging.", area=heading)))
    remarked = [f"{r.number} «{r.measure}»" for r in result.plan.rows if r.status == "red" and r.comment.strip()]
    if remarked:
        found.append(Forslag(tekst=say("Vurder om det som står i kommentarfeltet, er nok oppfølging: {measures}.",
                                       measures=join_names(remarked)),
                             grunnlag=say("Vedlegg 1: rød status, med kommentar.")))
    unknown = [r.number for r in result.plan.rows if r.status == "unknown"]
    if unknown:
        found.append(Forslag(tekst=say("Innhent status for {count}: {measures}.", measures=join_names(unknown),
                                       count=say.counted(len(unknown), "ett tiltak", "tiltak")),
                             grunnlag=say("Vedlegg 1: mangler status.")))
    shared = _shared(result)
    for point in shared[:MOST_SHARED]:
        said = f"{point.quantifier}: {sentence(point.text)}"
        found.append(Forslag(tekst=say(_BUILD_ON if _praises(point) else _FOLLOW_UP, said=said),
                             grunnlag=_ground(point, result, evidence)))
    if len(shared) > MOST_SHARED:
        more = say.counted(len(shared) - MOST_SHARED, "ett innspill", "innspill")
        found.append(Forslag(
            tekst=say("Vurder også {more} til som et flertall deler.", more=more),
            grunnlag=say("Temaene i kapitlet over, punktene med flertall.")))
    for theme in result.settings.themes:
        for group in opposing_groups(result.points_of(theme.key)):
            speaking = {b for p in group for b in p.bodies}
            bodies = [b for b in result.settings.body_names() if b in speaking]
            many = len(bodies) > MOST_NAMED
            who = f"{number_word(len(bodies))} {result.settings.quantifiers.noun}" if many else join_names(bodies)
            found.append(Forslag(
                tekst=say("Vurder hvordan utvalget skal forholde seg til at {names} har ulike syn.", names=who),
                grunnlag=_theme_ground(say, theme.title, evidence.references([i for p in group for i in p.statement_ids]))))
    if result.register.missing and result.register.answered:
        found.append(Forslag(tekst=say("Vurder å purre {names} før saken sendes ut.", names=join_names(result.register.missing)),
                             grunnlag=say("Registeret: ikke mottatt svar.")))
    return tuple(found)


def for_decision(result: CaseResult, evidence: Evidence) -> tuple[Forslag, ...]:
    """What a decision could take a stand on; subjects only, no decision."""
    found: list[Forslag] = []
    say = evidence.say
    red = [r for r in result.plan.rows if r.status == "red"]
    if red:
        numbers = join_names([r.number for r in red])
        if len(red) == 1:
            measures = say("tiltaket som ikke er påbegynt: {numbers}", numbers=numbers)
        else:
            measures = say("{n} tiltak som ikke er påbegynt: {numbers}", n=number_word(len(red)), numbers=numbers)
        found.append(Forslag(tekst=say("Videre oppfølging av {measures}.", measures=measures),
                             grunnlag=say("Vedlegg 1: rød status.")))
    shared = _shared(result)
    for theme in result.settings.themes:
        points = [p for p in shared if p.theme == theme.key and not _praises(p)]
        if points:
            references = evidence.references([i for p in points for i in p.statement_ids])
            if len(points) == 1:
                text = say("Oppfølging av innspillet fra {who} om «{theme}»: {text}", who=_in_sentence(points[0].quantifier),
                           theme=theme.title, text=points[0].text.rstrip(".") + ".")
            else:
                text = say("Oppfølging av {n} innspill som et flertall deler om «{theme}».", theme=theme.title,
                           n=number_word(len(points)))
            # The theme is named already.
            ground = join_marked(capital(references), ".") if references else _theme_ground(say, theme.title, "")
            found.append(Forslag(tekst=text, grunnlag=ground))
    return tuple(found)


def _in_sentence(quantifier: str) -> str:
    """ "Tre av fire RS" -> "tre av fire RS"; a word that has more capitals stays as it is."""
    first = quantifier.partition(" ")[0]
    return quantifier[:1].lower() + quantifier[1:] if first[1:] == first[1:].lower() else quantifier


def _shared(result: CaseResult) -> list[Point]:
    """Points made by more than half of all that were asked, at least two; most bodies first.

    Points that someone contradicts stand under disagreement instead.
    """
    asked = len(result.settings.bodies)
    groups = [g for theme in result.settings.themes for g in opposing_groups(result.points_of(theme.key))]
    opposed = {p.id for group in groups for p in group}
    found = [p for p in result.points if len(p.bodies) * 2 > asked and len(p.bodies) >= 2 and p.id not in opposed]
    return sorted(found, key=lambda p: -len(p.bodies))


def _praises(point: Point) -> bool:
    """Whether it says that something is well as it is: nothing to follow up."""
    return stance.of(point.text).kind == "praise"


def _red_by_area(rows: tuple[PlanRow, ...], say: Phrases) -> list[tuple[str, list[PlanRow]]]:
    areas: dict[tuple[str, str], list[PlanRow]] = {}
    for row in rows:
        if row.status == "red":
            areas.setdefault((row.focus_number, row.focus_area), []).append(row)
    return [(say("Fokusområde {number}", number=number) if number else title or say("Handlingsplanen"), found)
            for (number, title), found in areas.items()]


def _ground(point: Point, result: CaseResult, evidence: Evidence) -> str:
    title = next((t.title for t in result.settings.themes if t.key == point.theme), "")
    return _theme_ground(evidence.say, title, evidence.references(point.statement_ids))


def _theme_ground(say: Phrases, title: str, references: str) -> str:
    return join_marked(say("Tema «{theme}»", theme=title), f", {references}." if references else ".")
