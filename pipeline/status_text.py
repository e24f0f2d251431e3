"""The status of the plan in numbers and in plain Norwegian: counts per fokusområde and "Kort oppsummering status".

Every figure and every name comes from the rows; nothing is judged that the colours do not say.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Plan, PlanRow
from pipeline.norsk import capital, join_names, number_word, plain
from pipeline.phrases import Phrases
from pipeline.plan import marks
from pipeline.plan.tally import COLOUR_NAMES, STATUS_WORDS, STATUSES, Counts, by_focus, counts, total

__all__ = [
    "COLOUR_NAMES", "STATUSES", "STATUS_WORDS", "Counts", "FocusStatus", "Goal", "PlanSummary", "amount", "counts",
    "printed_status", "row_name", "status_word", "summarise", "total",
]  # fmt: skip


BOKMAL = Phrases()


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One hovedmål as printed. ``number`` is "1.3"; two goals of one text stay two."""

    number: str
    title: str
    rows: tuple[PlanRow, ...] = ()

    @property
    def short_number(self) -> str:
        """ "3" of "1.3": the number within its fokusområde."""
        return self.number.rsplit(".", 1)[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class FocusStatus:
    """One fokusområde for section 2.1: title, hovedmål, counts and the sentences of its summary.

    ``sentences`` is the running text without the red tiltak; ``red_lead`` and ``red_items`` name those one by
    one (both empty when there are none); ``missing_lead`` and ``missing_items`` those without status.
    """

    number: str
    title: str
    goals: tuple[Goal, ...]
    counts: Counts
    sentences: tuple[str, ...]
    red_lead: str = ""
    red_items: tuple[str, ...] = ()
    missing_lead: str = ""
    missing_items: tuple[str, ...] = ()
    rows: tuple[PlanRow, ...] = ()

    @property
    def heading(self) -> str:
        """ "Fokusområde 1: Rett kompetanse"; the number is left out where the plan has none."""
        label = f"Fokusområde {self.number}" if self.number else ""
        return ": ".join(part for part in (label, self.title) if part) or "Handlingsplanen"

    @property
    def text(self) -> str:
        """The whole summary as one paragraph."""
        parts = list(self.sentences)
        for lead, items in ((self.red_lead, self.red_items), (self.missing_lead, self.missing_items)):
            if items:
                parts.append(f"{lead} {join_names(items)}.")
        return " ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSummary:
    """The whole plan: its fokusområder in printed order, the totals, and a sentence on all of it."""

    title: str
    period: str
    areas: tuple[FocusStatus, ...]
    total: Counts
    sentence: str

    @property
    def red(self) -> tuple[PlanRow, ...]:
        """Every tiltak that is not begun, in printed order."""
        return tuple(row for area in self.areas for row in area.rows if row.status == "red")

    @property
    def missing(self) -> tuple[PlanRow, ...]:
        return tuple(row for area in self.areas for row in area.rows if row.status == "unknown")


def summarise(plan: Plan, say: Phrases = BOKMAL) -> PlanSummary:
    """Everything that section 2.1 and vedlegg 1 say about the plan as a whole, in the language of ``say``."""
    groups = by_focus(plan.rows)
    seed = zlib.crc32("|".join(row.measure for row in plan.rows).encode(errors="replace"))
    areas = tuple(_area(group, seed + at, say) for at, group in enumerate(groups))
    whole = total(plan.rows)
    return PlanSummary(title=plan.title, period=plan.period, areas=areas, total=whole,
                       sentence=_whole(areas, whole, say))


def status_word(row: PlanRow, say: Phrases = BOKMAL) -> str:
    """The word beside the colour: the field's own for the three, "Mangler status" or what was printed for the rest."""
    if row.status == "unknown":
        return row.status_text or say(STATUS_WORDS["unknown"])
    return say(STATUS_WORDS[row.status])


def printed_status(row: PlanRow) -> str:
    """The status as the plan prints it, where it says more than ``status_word`` does; else "".

    "Startet opp og pågående" beside "Pågående" says no more, "Pågår, rapport i mai" does.
    """
    text = row.status_text.strip()
    if row.status == "unknown" or marks.symbol(text) or marks.letter(text):
        return ""
    return text if marks.says_more(text) and plain(text) != plain(COLOUR_NAMES[row.status]) else ""


def row_name(row: PlanRow) -> str:
    """ "1.3.2 «Ta i bruk digital oppfølging»": how a tiltak is named in running text, never cut."""
    return f"{row.number} «{row.measure.strip().rstrip('.')}»"


def _with_comment(row: PlanRow, say: Phrases) -> str:
    """The tiltak's name and, where the plan has a short one, its own comment: why it waits is what a reader asks."""
    comment = row.comment.strip().rstrip(".")
    if not comment or len(comment) > 150:
        return row_name(row)
    return say("{name} (planens kommentar: {comment})", name=row_name(row), comment=comment)


def _goals(rows: Sequence[PlanRow]) -> tuple[Goal, ...]:
    groups: dict[tuple[str, str], list[PlanRow]] = {}
    for row in rows:
        if row.goal:
            groups.setdefault((row.goal_number, row.goal), []).append(row)
    return tuple(Goal(number=number, title=title, rows=tuple(group)) for (number, title), group in groups.items())


def _area(rows: Sequence[PlanRow], turn: int, say: Phrases) -> FocusStatus:
    count = counts(rows)[0]
    goals = _goals(rows)
    sentences = [_level(count, turn, say), _numbers(count, turn, say)]
    sentences += [s for s in (_green(rows, goals, count, turn, say), _yellow(rows, goals, count, turn, say)) if s]
    red = tuple(_with_comment(r, say) for r in rows if r.status == "red")
    missing = tuple(row_name(r) for r in rows if r.status == "unknown")
    return FocusStatus(
        number=rows[0].focus_number,
        title=rows[0].focus_area,
        goals=goals,
        counts=count,
        sentences=tuple(s for s in sentences if s),
        red_lead=_red_lead(len(red), turn, say),
        red_items=red,
        missing_lead=_missing_lead(len(missing), turn, say),
        missing_items=missing,
        rows=tuple(rows),
    )


def _measures(n: int, say: Phrases) -> str:
    """ "ett tiltak", "tre tiltak", "14 tiltak"."""
    return say.counted(n, "ett tiltak", "tiltak")


def amount(n: int) -> str:
    """ "ett", "tre", "14": a number of tiltak, in words to twelve."""
    return BOKMAL.amount(n)


def _level(count: Counts, turn: int, say: Phrases) -> str:
    """Where the fokusområde stands: more than half of one colour is "i stor grad", three quarters "i hovedsak"."""
    n = count.total
    if n < 2:
        return ""
    for status in ("green", "yellow", "red", "unknown"):
        if count.of(status) == n:
            if status == "unknown":
                return say.pick(
                    turn,
                    "Ingen av tiltakene i fokusområdet har fått status.",
                    "Tiltakene i dette fokusområdet står alle uten status.",
                    "Fokusområdet mangler status for alle tiltak.",
                )
            return say.pick(
                turn,
                "Hele fokusområdet er på nivå {colour}.",
                "Alle tiltak i fokusområdet er vurdert til nivå {colour}.",
                "Fokusområdet framkommer i sin helhet på nivå {colour}.",
                colour=say(COLOUR_NAMES[status]),
            )
    if count.unknown * 2 >= n:
        return ""  # too little is known to say where it stands
    for status in ("red", "green", "yellow"):
        share = count.of(status) / n
        if share > 0.5:
            return say.pick(
                turn,
                "Fokusområdet er {degree} på nivå {colour}.",
                "Dette fokusområdet framkommer {degree} på nivå {colour}.",
                "Tiltakene her er {degree} vurdert til nivå {colour}.",
                degree=say("i hovedsak" if share >= 0.75 else "i stor grad"),
                colour=say(COLOUR_NAMES[status]),
            )
    if (count.green + count.yellow) / n >= 0.75:
        return say.pick(
            turn,
            "Fokusområdet er i hovedsak på nivå grønt og gult.",
            "De fleste tiltakene er vurdert til nivå grønt eller gult.",
            "Fokusområdet framkommer i hovedsak på nivå gult og grønt.",
        )
    return say.pick(
        turn,
        "Fokusområdet har en blandet status.",
        "Bildet er sammensatt i dette fokusområdet.",
        "Status varierer mellom tiltakene i fokusområdet.",
    )


# Of one tiltak, and of several: they differ in nynorsk.
_VERBS = {
    "green": ("er gjennomført", "er gjennomført "),
    "yellow": ("pågår", "pågår"),
    "red": ("er ikke påbegynt", "er ikke påbegynt"),
    "unknown": ("mangler status", "mangler status"),
}
# With the verb where Norwegian wants it after "av": "Av ni tiltak er fire gjennomført, tre pågår og to er …".
_VERBS_FIRST = {
    "green": ("er {n} gjennomført", "er {n} gjennomført "),
    "yellow": ("pågår {n}", "pågår {n}"),
    "red": ("er {n} ikke påbegynt", "er {n} ikke påbegynt"),
    "unknown": ("mangler {n} status", "mangler {n} status"),
}


def _numbers(count: Counts, turn: int, say: Phrases) -> str:
    n = count.total
    present = [s for s in STATUSES if count.of(s)]
    if n == 1:
        return say("Fokusområdet har ett tiltak, og det {verb}.", verb=say(_VERBS[present[0]][0]))
    measures = _measures(n, say)
    if len(present) == 1:
        verb = say(_VERBS[present[0]][1]).rstrip()
        if n == 2:
            return say("Begge tiltakene {verb}.", verb=verb)
        return say.pick(
            turn,
            "Alle de {n} tiltakene {verb}.",
            "Det gjelder {measures}, og ingen av dem har en annen status.",
            "Fokusområdet har {measures} med samme status: {status}.",
            n=say.amount(n),
            measures=measures,
            verb=verb,
            status=say(STATUS_WORDS[present[0]]).lower(),
        )
    parts = [f"{say.amount(count.of(s))} {say(_VERBS[s][count.of(s) > 1])}".rstrip() for s in present]
    after_av = [say(_VERBS_FIRST[present[0]][count.of(present[0]) > 1], n=say.amount(count.of(present[0]))).rstrip(), *parts[1:]]
    return say.pick(
        turn,
        "Av {measures} {parts}.",
        "Fokusområdet har {measures}: {parts}.",
        "Planen har {measures} her, hvorav {parts}.",
        measures=measures,
        parts=join_names(after_av if turn % 3 == 0 else parts),
    )


def _named(rows: Sequence[PlanRow], say: Phrases) -> str:
    """ "tiltak 2.1.2 «Hospitering»", "tiltakene 2.1.2 «Hospitering» og 2.2.1 «Kurs»"."""
    return say("tiltak {names}" if len(rows) == 1 else "tiltakene {names}", names=join_names([row_name(r) for r in rows]))


def _goal_names(some: Sequence[Goal], goals: Sequence[Goal], say: Phrases) -> str:
    """ "hovedmål 1 og 3", or "alle hovedmålene" where it is all of them."""
    if len(some) == len(goals):
        return say("begge hovedmålene" if len(goals) == 2 else "alle hovedmålene")
    return say("hovedmål {numbers}", numbers=join_names([g.short_number for g in some]))


def _green(rows: Sequence[PlanRow], goals: Sequence[Goal], count: Counts, turn: int, say: Phrases) -> str:
    """Which hovedmål are carried through, or where the finished tiltak are, or their names when they are few."""
    if not count.green or count.green == count.total:
        return ""
    if count.green <= 2:
        names = _named([r for r in rows if r.status == "green"], say)
        return capital(say.pick(turn, "gjennomført er {names}.", "{names} er gjennomført.", "på plass er {names}.", names=names))
    done = [g for g in goals if all(r.status == "green" for r in g.rows)]
    if done and len(goals) > 1:
        return capital(say.pick(
            turn,
            "Alle tiltak under {goals} er gjennomført.",
            "Under {goals} er alt gjennomført.",
            "{goals} har bare gjennomførte tiltak.",
            goals=_goal_names(done, goals, say),
        ))
    where = [g for g in goals if any(r.status == "green" for r in g.rows)]
    if len(where) == len(goals) > 1:
        return capital(say("{goals} har gjennomførte tiltak.", goals=_goal_names(where, goals, say)))
    if where and len(goals) > 1:
        return say.pick(
            turn,
            "De gjennomførte tiltakene hører til {goals}.",
            "Det som er gjennomført, gjelder {goals}.",
            "Gjennomførte tiltak finnes under {goals}.",
            goals=_goal_names(where, goals, say),
        )
    return ""


def _yellow(rows: Sequence[PlanRow], goals: Sequence[Goal], count: Counts, turn: int, say: Phrases) -> str:
    if not count.yellow or count.yellow == count.total:
        return ""
    if count.yellow <= 2:
        return capital(say.pick(
            turn,
            "arbeidet pågår med {names}.",
            "startet opp og pågående er {names}.",
            "{names} er startet opp og pågår.",
            names=_named([r for r in rows if r.status == "yellow"], say),
        ))
    where = [g for g in goals if any(r.status == "yellow" for r in g.rows)]
    if len(where) == len(goals) > 1:
        return capital(say("{goals} har tiltak som pågår.", goals=_goal_names(where, goals, say)))
    if where and len(goals) > 1:
        return say.pick(
            turn,
            "Pågående tiltak finnes under {goals}.",
            "Det arbeides med tiltak under {goals}.",
            "Tiltakene som er startet opp og pågår, hører til {goals}.",
            goals=_goal_names(where, goals, say),
        )
    return ""


def _red_lead(n: int, turn: int, say: Phrases) -> str:
    if not n:
        return ""
    if n == 1:
        return say.pick(turn, "Vurdert til nivå rødt er tiltak", "Ikke påbegynt er tiltak", "Ett tiltak er på nivå rødt:")
    return say.pick(
        turn,
        "Vurdert til nivå rødt er tiltakene",
        "Ikke påbegynt er tiltakene",
        "{measures} er på nivå rødt:",
        measures=capital(_measures(n, say)),
    )


def _missing_lead(n: int, turn: int, say: Phrases) -> str:
    if not n:
        return ""
    if n == 1:
        return say.pick(
            turn,
            "Status mangler for tiltak",
            "Uten status i planen står tiltak",
            "Planen sier ikke hva som er status for tiltak",
        )
    return say.pick(
        turn,
        "Status mangler for tiltakene",
        "Uten status i planen står tiltakene",
        "Planen sier ikke hva som er status for tiltakene",
    )


def _whole(areas: Sequence[FocusStatus], whole: Counts, say: Phrases) -> str:
    if not whole.total:
        return ""
    present = [s for s in STATUSES if whole.of(s)]
    where = say(" fordelt på {n} fokusområder", n=number_word(len(areas))) if len(areas) > 1 else ""
    green = "gjennomført" if whole.green == 1 else "gjennomført "
    words = {"green": green, "yellow": "pågående", "red": "ikke påbegynt", "unknown": "uten status"}
    parts = join_names([f"{say.amount(whole.of(s))} {say(words[s]).rstrip()}" for s in present])
    return say("Handlingsplanen har {measures}{where}: {parts}.", measures=_measures(whole.total, say), where=where, parts=parts)
