"""What a reviewer should look at in the plan. Each finding says what, where, and what to do; nothing is repaired."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.model import Finding, PlanRow
from pipeline.norsk import join_names, plain
from pipeline.plan.judge import Verdict
from pipeline.plan.tally import STATUS_WORDS

_SHOWN = 6


def of_rows(rows: Sequence[PlanRow], verdicts: Sequence[Verdict], hidden: Sequence[bool]) -> list[Finding]:
    """All findings of one plan, in the order of its rows within each kind."""
    return [
        *_duplicate_goals(rows),
        *_gaps(rows),
        *_duplicate_numbers(rows),
        *_empty_cells(rows),
        *_statuses(rows, verdicts),
        *_hidden(rows, hidden),
    ]


def _name(row: PlanRow) -> str:
    measure = row.measure if len(row.measure) <= 80 else row.measure[:77].rsplit(" ", 1)[0] + " …"
    return f"Tiltak {row.number} «{measure}»"


def _at(kind: str, row: PlanRow, message: str) -> Finding:
    return Finding(kind=kind, message=message, source=row.source, locator=row.locator)


def _goals(rows: Sequence[PlanRow]) -> dict[tuple[str, str], PlanRow]:
    goals: dict[tuple[str, str], PlanRow] = {}
    for row in rows:
        if row.goal:
            goals.setdefault((row.focus_number, row.goal_number), row)
    return goals


def _duplicate_goals(rows: Sequence[PlanRow]) -> Iterable[Finding]:
    seen: dict[tuple[str, str], PlanRow] = {}
    for row in _goals(rows).values():
        key = (row.focus_area, plain(row.goal))
        if key in seen:
            where = f" i fokusområde {row.focus_number}" if row.focus_number else ""
            yield _at(
                "duplicate_goal",
                row,
                f"Hovedmål {_short(seen[key].goal_number)} og {_short(row.goal_number)}{where} har samme tekst: "
                f"«{row.goal}». Trolig er ett av dem limt inn feil. Rett planen, eller la det stå; begge er tatt med.",
            )
        else:
            seen[key] = row


def _short(number: str) -> str:
    return number.rsplit(".", 1)[-1]


def _gaps(rows: Sequence[PlanRow]) -> Iterable[Finding]:
    """Numbers that jump, per level: tiltak within a hovedmål, hovedmål within a fokusområde, fokusområder."""
    series: dict[str, list[tuple[int, PlanRow]]] = {}
    for row in rows:
        for number in dict.fromkeys((row.focus_number, row.goal_number, row.number)):
            match = re.fullmatch(r"((?:\d+\.)*)(\d+)[a-h]?", number)
            if match:
                series.setdefault(match[1], []).append((int(match[2]), row))
    for lead, found in series.items():
        first: dict[int, PlanRow] = {}
        for n, row in found:
            first.setdefault(n, row)
        missing = sorted(set(range(1, max(first) + 1)) - set(first))
        if missing and len(missing) <= 20:
            after = first[min(n for n in first if n > missing[0])]
            names = join_names([f"{lead}{n}" for n in missing])
            yield _at(
                "numbering_gap",
                after,
                f"Nummereringen i planen hopper over {names}. Sjekk om noe er fjernet eller mangler i filen.",
            )


def _duplicate_numbers(rows: Sequence[PlanRow]) -> Iterable[Finding]:
    seen: dict[str, PlanRow] = {}
    for row in rows:
        if row.number in seen:
            yield _at(
                "duplicate_number",
                row,
                f"Nummeret {row.number} er brukt to ganger i planen: «{seen[row.number].measure[:80]}» "
                f"og «{row.measure[:80]}». Gi det ene et nytt nummer.",
            )
        seen.setdefault(row.number, row)


def _empty_cells(rows: Sequence[PlanRow]) -> Iterable[Finding]:
    for kind, attribute, noun, remedy in (
        ("no_responsible", "responsible", "ansvarlig", "Før opp hvem som følger det opp."),
        ("no_deadline", "deadline", "frist", "Før opp en frist, eller skriv «løpende»."),
    ):
        lacking = [row for row in rows if not _said(getattr(row, attribute))]
        if rows and len(lacking) == len(rows):
            yield _at(kind, rows[0], f"Ingen av tiltakene i planen har {noun}. Sjekk om kolonnen mangler. {remedy}")
            continue
        for row in lacking:
            yield _at(kind, row, f"{_name(row)} har ingen {noun}. {remedy}")


def _said(text: str) -> bool:
    return plain(text) not in ("", "x", "na", "ikke avklart", "ikkje avklart", "tbd", "uavklart")


def _statuses(rows: Sequence[PlanRow], verdicts: Sequence[Verdict]) -> Iterable[Finding]:
    colour = {"green": "grønn", "yellow": "gul", "red": "rød"}
    for row, verdict in zip(rows, verdicts, strict=True):
        if verdict.clash:
            yield _at(
                "status_conflict",
                row,
                f"{_name(row)} har status «{verdict.text}», men cellen er {colour[verdict.clash]} "
                f"({STATUS_WORDS[verdict.clash].lower()}). Teksten er brukt. Rett det som er feil, i planen.",
            )
        elif verdict.strange and verdict.fill:
            yield _at(
                "unknown_colour",
                row,
                f"{_name(row)} har {verdict.strange}, som ikke sier om det er gjennomført, pågår "
                "eller ikke er påbegynt. Status er satt til ukjent. Skriv status i klartekst, eller før fargen opp i "
                "fargeforklaringen.",
            )
        elif verdict.strange:
            yield _at(
                "unknown_status",
                row,
                f"{_name(row)} har status {verdict.strange}, som ikke sier om det er gjennomført, "
                "pågår eller ikke er påbegynt. Status er satt til ukjent. Skriv det i klartekst.",
            )
        elif verdict.status == "unknown":
            yield _at(
                "missing_status",
                row,
                f"{_name(row)} mangler status. Det er ikke regnet som rødt. Sett status i planen.",
            )


def _hidden(rows: Sequence[PlanRow], hidden: Sequence[bool]) -> Iterable[Finding]:
    found = [row for row, is_hidden in zip(rows, hidden, strict=True) if is_hidden]
    if found:
        names = [row.number for row in found[:_SHOWN]]
        more = "" if len(found) <= _SHOWN else f" og {len(found) - _SHOWN} til"
        yield _at(
            "hidden_rows",
            found[0],
            f"Planen har tiltak i skjulte rader eller ark: {', '.join(names)}{more}. De er tatt med. "
            "Vis dem i Excel, eller slett dem hvis de ikke skal være med.",
        )


def renumbered(rows: Sequence[PlanRow], heading: str) -> list[Finding]:
    """The plan's own numbers have no levels, so that tiltak got new ones; answers may use the old."""
    own = [(value, row.number) for row in rows for key, value in row.extra if key == heading]
    if not own:
        return []
    first, last = own[0], own[-1]
    return [Finding(
        kind="renumbered", source=rows[0].source,
        message=f"Tiltakene i {rows[0].source} har fått nummer etter fokusområde og hovedmål. Planens egne nummer er beholdt i kolonnen "
                f"«{heading}» (for eksempel {first[0]} = {first[1]} og {last[0]} = {last[1]}). Viser svarene til planens nummer, se der.")]
