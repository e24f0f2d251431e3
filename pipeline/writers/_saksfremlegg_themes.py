"""The theme sections: bullets with quantifier, names and reference; disagreement; silence said as silence."""

from __future__ import annotations

from unicodedata import bidirectional

from pipeline.config import Theme
from pipeline.model import CaseResult, Point, Statement
from pipeline.norsk import join_names
from pipeline.writers._saksfremlegg_evidence import Evidence
from pipeline.writers._saksfremlegg_words import MOST_NAMES, Punkt, Svarer, Tema, UliktSyn, short_name, short_names
from pipeline.writers._word import join_marked

# So many bodies without points are named under their own headings; more than that share a sentence.
MOST_QUIET = 3


def theme_sections(result: CaseResult, evidence: Evidence) -> tuple[Tema, ...]:
    """One section per configured theme, in configured order, also the empty ones."""
    return tuple(_section(theme, result, evidence) for theme in result.settings.themes)


def opposing_groups(points: tuple[Point, ...]) -> list[list[Point]]:
    """Points that contradict each other, gathered over ``opposes`` in both directions; in the points' order."""
    by_id = {p.id: p for p in points}
    against: dict[str, set[str]] = {p.id: set() for p in points}
    for p in points:
        for other in p.opposes:
            if other in by_id:
                against[p.id].add(other)
                against[other].add(p.id)
    groups: list[list[Point]] = []
    seen: set[str] = set()
    for p in points:
        if p.id in seen or not against[p.id]:
            continue
        reached, todo = {p.id}, [p.id]
        while todo:
            new = against[todo.pop()] - reached
            reached |= new
            todo += sorted(new)
        seen |= reached
        groups.append([q for q in points if q.id in reached])
    return groups


def without_remarks(result: CaseResult, theme: str | None) -> list[Statement]:
    """Statements that say "ingen merknader" to this theme's questions; ``None``: to no question, the whole answer."""
    themes_of = {q.number: q.themes for q in result.settings.questions}
    found = [s for s in result.statements if s.type == "no_remarks"]
    if theme is None:
        return [s for s in found if not themes_of.get(s.question or "")]
    return [s for s in found if theme in themes_of.get(s.question or "", ())]


def _section(theme: Theme, result: CaseResult, evidence: Evidence) -> Tema:
    points = result.points_of(theme.key)
    groups = opposing_groups(points)
    opposed = {p.id for group in groups for p in group}
    remarks = _remarks(theme.key, result, evidence)
    if theme.list_by_body and points:
        bodies, notes = _per_body(theme, points, result, evidence)
        notes += tuple(_differing(g, result, evidence) for g in groups)
        return Tema(tittel=theme.title, punkter=(), ulike_syn=(), svarere=bodies, merknader=notes, tomt="")
    return Tema(
        tittel=theme.title,
        punkter=tuple(_bullet(p, result, evidence) for p in points if p.id not in opposed),
        ulike_syn=tuple(UliktSyn(punkter=tuple(_bullet(p, result, evidence) for p in g)) for g in groups),
        svarere=(),
        merknader=remarks,
        tomt="" if points or remarks else _silence(result, evidence),
    )


def _bullet(point: Point, result: CaseResult, evidence: Evidence) -> Punkt:
    return Punkt(kvantor=point.quantifier, navn=_names(point, result, evidence), tekst=evidence.mark_point(point),
                 kilde=_source(evidence.references(point.statement_ids), point.text))


def _source(said: str, text: str) -> str:
    """ "(vedlegg 2, pkt. 1.4)". After Hebrew or Arabic a direction mark keeps the bracket facing the right way."""
    mark = "\u200e" if any(bidirectional(c) in ("R", "AL") for c in text) else ""
    return join_marked(mark, "(", said, ")") if said else ""


def _names(point: Point, result: CaseResult, evidence: Evidence) -> str:
    """ " (Lister og Setesdal)" unless the quantifier names them already or means everyone; endorsers are told apart.

    Where the quantifier has its own parenthesis no second one follows: "To RS (Lister og Setesdal), der Setesdal …".
    """
    wording, say = result.settings.quantifiers, evidence.say
    notes = []
    told = all(short_name(b, wording) in point.quantifier for b in point.bodies)
    everyone = set(point.bodies) >= set(result.settings.body_names())
    if len(point.bodies) > 1 and not told and not everyone:
        few = len(point.bodies) <= MOST_NAMES
        notes.append(short_names(point.bodies, wording) if few else say("navnene står i vedlegg 2"))
    if point.endorsed_by:
        names = short_names(point.endorsed_by, wording)
        where = "der " if notes or (told and len(point.bodies) > 1) else ""
        notes.append(say(where + "{names} slutter seg til andres innspill", names=names))
        if point.quantifier.endswith(")"):
            return f", {notes[-1]}"
    return f" ({', '.join(notes)})" if notes else ""


def _per_body(theme: Theme, points: tuple[Point, ...], result: CaseResult,
              evidence: Evidence) -> tuple[tuple[Svarer, ...], tuple[str, ...]]:
    """Each body's points under its own name; a point that several make stands under each, with its own evidence.

    Bodies without points say why under their own name; when they are many, in sentences (the second value).
    """
    configured = result.settings.body_names()
    made: dict[str, list[Point]] = {}
    for point in points:
        for name in dict.fromkeys(point.bodies):
            made.setdefault(name, []).append(point)
    names = list(configured) + sorted(made.keys() - set(configured))
    quiet = [n for n in names if n not in made]
    printed = set(names) if len(quiet) <= MOST_QUIET else made.keys()
    notes = _quiet_sentences(theme.key, quiet, result, evidence) if len(quiet) > MOST_QUIET else ()
    used: set[str] = set()
    found = []
    for at, name in enumerate(names, 1):
        if name not in printed:
            continue
        bullets = []
        for point in made.get(name, ()):
            bookmark = f"ssu_{point.id}" if point.id not in used else f"ssu_{point.id}_{at}"
            used.add(point.id)
            bullets.append(_own_bullet(point, name, bookmark, result, evidence))
        note = "" if bullets else _quiet_note(theme.key, name, result, evidence)
        found.append(Svarer(navn=name, punkter=tuple(bullets), merknad=note))
    return tuple(found), notes


def _own_bullet(point: Point, name: str, bookmark: str, result: CaseResult, evidence: Evidence) -> Punkt:
    wording = result.settings.quantifiers
    own = [s.id for s in evidence.statements(point.statement_ids) if name in s.bodies] or list(point.statement_ids)
    others = [b for b in point.bodies if b != name]
    say = evidence.say
    note = say("også {names}", names=short_names(others, wording)) if others else ""
    if name in point.endorsed_by and others:
        note = say("slutter seg til {names}", names=short_names(others, wording))
    said = "; ".join(part for part in (note, evidence.references(own)) if part)
    return Punkt(kvantor="", navn="", kilde=_source(said, point.text),
                 tekst=evidence.mark_point(point, own, bookmark=bookmark))


def _quiet_note(theme: str, name: str, result: CaseResult, evidence: Evidence) -> str:
    remarks = [s for s in without_remarks(result, theme) if name in s.bodies]
    if name in result.register.missing:
        return evidence.say("Har ikke svart.")
    if remarks:
        return evidence.mark_sentence(evidence.say("Har ingen merknader{where}.", where=_in(evidence, remarks)), remarks)
    return evidence.say("Har svart, men sier ikke noe om dette temaet.")


def _quiet_sentences(theme: str, quiet: list[str], result: CaseResult, evidence: Evidence) -> tuple[str, ...]:
    absent = set(result.register.missing)
    missing = [n for n in quiet if n in absent]
    spoken = {b for s in without_remarks(result, theme) for b in s.bodies}
    silent = [n for n in quiet if n not in absent and n not in spoken]
    found = _remarks(theme, result, evidence)
    if silent:
        found += (evidence.say("Har svart, men sier ikke noe om dette temaet: {names}.", names=join_names(silent)),)
    if missing:
        found += (evidence.say("Har ikke svart: {names}.", names=join_names(missing)),)
    return found


def _remarks(theme: str, result: CaseResult, evidence: Evidence) -> tuple[str, ...]:
    statements = without_remarks(result, theme)
    configured = result.settings.body_names()
    speaking = {b for s in statements for b in s.bodies}
    names = [b for b in configured if b in speaking]
    if not names:
        return ()
    # Who has none to one question but says something about the theme has none to that question only.
    speaking = {b for p in result.points_of(theme) for b in p.bodies}
    quiet = [n for n in names if n not in speaking]
    found = []
    if quiet:
        theirs = [s for s in statements if set(s.bodies) & set(quiet)]
        said = evidence.say("{names} skriver at de ikke har merknader", names=join_names(quiet))
        found.append(evidence.mark_sentence(f"{said}{_in(evidence, theirs)}.", theirs))
    asked = {q.number: q.text for q in result.settings.questions}
    for number in dict.fromkeys(s.question for s in statements):
        theirs = [s for s in statements if s.question == number and not set(s.bodies) & set(quiet)]
        if theirs:
            said = evidence.say("{names} har ikke merknader til spørsmålet «{question}»", question=asked[number],
                                names=join_names([n for n in names if any(n in s.bodies for s in theirs)]))
            found.append(evidence.mark_sentence(f"{said}{_in(evidence, theirs)}.", theirs))
    return tuple(found)


def _differing(group: list[Point], result: CaseResult, evidence: Evidence) -> str:
    order = result.settings.body_names()
    speaking = {b for p in group for b in p.bodies}
    names = [b for b in order if b in speaking]
    ids = [i for p in group for i in p.statement_ids]
    reference = evidence.references(ids)
    text = evidence.say("Ulike syn: {names} har innspill som peker i ulike retninger", names=join_names(names)) \
           + (f" ({reference})." if reference else ".")
    return evidence.mark_sentence(text, evidence.statements(ids))


def _silence(result: CaseResult, evidence: Evidence) -> str:
    if not any(d.current_answer for d in result.documents):
        return evidence.say("Det er ikke kommet inn svar ennå.")
    return evidence.say("Ingen av {who} som har svart, sier noe om dette temaet.",
                        who=result.settings.quantifiers.noun_definite)


def _in(evidence: Evidence, statements: list[Statement]) -> str:
    reference = evidence.references([s.id for s in statements])
    return f" ({reference})" if reference else ""
