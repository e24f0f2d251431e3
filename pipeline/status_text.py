"""The status of the plan in numbers and in plain bokmål: counts per fokusområde and "Kort oppsummering status".

Every figure and every name comes from the rows; nothing is judged that the colours do not say.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Plan, PlanRow
from pipeline.norsk import capital, join_names, number_word, plain
from pipeline.plan import marks
from pipeline.plan.tally import COLOUR_NAMES, STATUS_WORDS, STATUSES, Counts, by_focus, counts, total

__all__ = [
    "COLOUR_NAMES", "STATUSES", "STATUS_WORDS", "Counts", "FocusStatus", "Goal", "PlanSummary", "amount", "counts",
    "printed_status", "row_name", "status_word", "summarise", "total",
]  # fmt: skip


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


def summarise(plan: Plan) -> PlanSummary:
    """Everything that section 2.1 and vedlegg 1 say about the plan as a whole."""
    groups = by_focus(plan.rows)
    seed = zlib.crc32("|".join(row.measure for row in plan.rows).encode(errors="replace"))
    areas = tuple(_area(group, seed + at) for at, group in enumerate(groups))
    whole = total(plan.rows)
    return PlanSummary(title=plan.title, period=plan.period, areas=areas, total=whole, sentence=_whole(areas, whole))


def status_word(row: PlanRow) -> str:
    """The word beside the colour: the field's own for the three, "Mangler status" or what was printed for the rest."""
    if row.status == "unknown":
        return row.status_text or STATUS_WORDS["unknown"]
    return STATUS_WORDS[row.status]


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


def _with_comment(row: PlanRow) -> str:
    """The tiltak's name and, where the plan has a short one, its own comment: why it waits is what a reader asks."""
    comment = row.comment.strip().rstrip(".")
    if not comment or len(comment) > 150:
        return row_name(row)
    return f"{row_name(row)} (planens kommentar: {comment})"


def _goals(rows: Sequence[PlanRow]) -> tuple[Goal, ...]:
    groups: dict[tuple[str, str], list[PlanRow]] = {}
    for row in rows:
        if row.goal:
            groups.setdefault((row.goal_number, row.goal), []).append(row)
    return tuple(Goal(number=number, title=title, rows=tuple(group)) for (number, title), group in groups.items())


def _area(rows: Sequence[PlanRow], turn: int) -> FocusStatus:
    count = counts(rows)[0]
    goals = _goals(rows)
    sentences = [_level(count, turn), _numbers(count, turn)]
    sentences += [s for s in (_green(rows, goals, count, turn), _yellow(rows, goals, count, turn)) if s]
    red = tuple(_with_comment(r) for r in rows if r.status == "red")
    missing = tuple(row_name(r) for r in rows if r.status == "unknown")
    return FocusStatus(
        number=rows[0].focus_number,
        title=rows[0].focus_area,
        goals=goals,
        counts=count,
        sentences=tuple(s for s in sentences if s),
        red_lead=_red_lead(len(red), turn),
        red_items=red,
        missing_lead=_missing_lead(len(missing), turn),
        missing_items=missing,
        rows=tuple(rows),
    )


def _pick(turn: int, *wordings: str) -> str:
    return wordings[turn % len(wordings)]


def _measures(n: int) -> str:
    """ "ett tiltak", "tre tiltak", "14 tiltak"."""
    return f"{'ett' if n == 1 else number_word(n)} tiltak"


def amount(n: int) -> str:
    """ "ett", "tre", "14": a number of tiltak, in words to twelve."""
    return "ett" if n == 1 else number_word(n)


def _level(count: Counts, turn: int) -> str:
    """Where the fokusområde stands: more than half of one colour is "i stor grad", three quarters "i hovedsak"."""
    n = count.total
    if n < 2:
        return ""
    for status in ("green", "yellow", "red", "unknown"):
        if count.of(status) == n:
            if status == "unknown":
                return _pick(
                    turn,
                    "Ingen av tiltakene i fokusområdet har fått status.",
                    "Tiltakene i dette fokusområdet står alle uten status.",
                    "Fokusområdet mangler status for alle tiltak.",
                )
            return _pick(
                turn,
                f"Hele fokusområdet er på nivå {COLOUR_NAMES[status]}.",
                f"Alle tiltak i fokusområdet er vurdert til nivå {COLOUR_NAMES[status]}.",
                f"Fokusområdet framkommer i sin helhet på nivå {COLOUR_NAMES[status]}.",
            )
    if count.unknown * 2 >= n:
        return ""  # too little is known to say where it stands
    for status in ("red", "green", "yellow"):
        share = count.of(status) / n
        if share > 0.5:
            degree = "i hovedsak" if share >= 0.75 else "i stor grad"
            name = COLOUR_NAMES[status]
            return _pick(
                turn,
                f"Fokusområdet er {degree} på nivå {name}.",
                f"Dette fokusområdet framkommer {degree} på nivå {name}.",
                f"Tiltakene her er {degree} vurdert til nivå {name}.",
            )
    if (count.green + count.yellow) / n >= 0.75:
        return _pick(
            turn,
            "Fokusområdet er i hovedsak på nivå grønt og gult.",
            "De fleste tiltakene er vurdert til nivå grønt eller gult.",
            "Fokusområdet framkommer i hovedsak på nivå gult og grønt.",
        )
    return _pick(
        turn,
        "Fokusområdet har en blandet status.",
        "Bildet er sammensatt i dette fokusområdet.",
        "Status varierer mellom tiltakene i fokusområdet.",
    )


def _numbers(count: Counts, turn: int) -> str:
    n = count.total
    verbs = {
        "green": ("er gjennomført", "er gjennomført"),
        "yellow": ("pågår", "pågår"),
        "red": ("er ikke påbegynt", "er ikke påbegynt"),
        "unknown": ("mangler status", "mangler status"),
    }
    present = [s for s in STATUSES if count.of(s)]
    if n == 1:
        return f"Fokusområdet har ett tiltak, og det {verbs[present[0]][0]}."
    if len(present) == 1:
        return (
            _pick(
                turn,
                f"Alle de {amount(n)} tiltakene {verbs[present[0]][1]}.",
                f"Det gjelder {_measures(n)}, og ingen av dem har en annen status.",
                f"Fokusområdet har {_measures(n)} med samme status: {STATUS_WORDS[present[0]].lower()}.",
            )
            if n > 2
            else f"Begge tiltakene {verbs[present[0]][1]}."
        )
    parts = [f"{amount(count.of(s))} {verbs[s][count.of(s) > 1]}" for s in present]
    return _pick(
        turn,
        f"Av {_measures(n)} {_of_which(present, count)}.",
        f"Fokusområdet har {_measures(n)}: {join_names(parts)}.",
        f"Planen har {_measures(n)} her, hvorav {join_names(parts)}.",
    )


def _of_which(present: Sequence[str], count: Counts) -> str:
    """ "er fire gjennomført, tre pågår og to er ikke påbegynt": with the verb where Norwegian wants it after "av"."""
    first = {
        "green": "er {n} gjennomført",
        "yellow": "pågår {n}",
        "red": "er {n} ikke påbegynt",
        "unknown": "mangler {n} status",
    }
    rest = {
        "green": "{n} er gjennomført",
        "yellow": "{n} pågår",
        "red": "{n} er ikke påbegynt",
        "unknown": "{n} mangler status",
    }
    parts = [(first if at == 0 else rest)[s].format(n=amount(count.of(s))) for at, s in enumerate(present)]
    return join_names(parts)


def _named(rows: Sequence[PlanRow]) -> str:
    """ "tiltak 2.1.2 «Hospitering»", "tiltakene 2.1.2 «Hospitering» og 2.2.1 «Kurs»"."""
    return ("tiltak " if len(rows) == 1 else "tiltakene ") + join_names([row_name(r) for r in rows])


def _goal_names(some: Sequence[Goal], goals: Sequence[Goal]) -> str:
    """ "hovedmål 1 og 3", or "alle hovedmålene" where it is all of them."""
    if len(some) == len(goals):
        return "begge hovedmålene" if len(goals) == 2 else "alle hovedmålene"
    return "hovedmål " + join_names([g.short_number for g in some])


def _green(rows: Sequence[PlanRow], goals: Sequence[Goal], count: Counts, turn: int) -> str:
    """Which hovedmål are carried through, or where the finished tiltak are, or their names when they are few."""
    if not count.green or count.green == count.total:
        return ""
    if count.green <= 2:
        names = _named([r for r in rows if r.status == "green"])
        return capital(_pick(turn, f"gjennomført er {names}.", f"{names} er gjennomført.", f"på plass er {names}."))
    done = [g for g in goals if all(r.status == "green" for r in g.rows)]
    if done and len(goals) > 1:
        return _pick(
            turn,
            f"Alle tiltak under {_goal_names(done, goals)} er gjennomført.",
            f"Under {_goal_names(done, goals)} er alt gjennomført.",
            f"{capital(_goal_names(done, goals))} har bare gjennomførte tiltak.",
        )
    where = [g for g in goals if any(r.status == "green" for r in g.rows)]
    if len(where) == len(goals) > 1:
        return f"{capital(_goal_names(where, goals))} har gjennomførte tiltak."
    if where and len(goals) > 1:
        return _pick(
            turn,
            f"De gjennomførte tiltakene hører til {_goal_names(where, goals)}.",
            f"Det som er gjennomført, gjelder {_goal_names(where, goals)}.",
            f"Gjennomførte tiltak finnes under {_goal_names(where, goals)}.",
        )
    return ""


def _yellow(rows: Sequence[PlanRow], goals: Sequence[Goal], count: Counts, turn: int) -> str:
    if not count.yellow or count.yellow == count.total:
        return ""
    if count.yellow <= 2:
        names = _named([r for r in rows if r.status == "yellow"])
        return capital(
            _pick(
                turn,
                f"arbeidet pågår med {names}.",
                f"startet opp og pågående er {names}.",
                f"{names} er startet opp og pågår.",
            )
        )
    where = [g for g in goals if any(r.status == "yellow" for r in g.rows)]
    if len(where) == len(goals) > 1:
        return f"{capital(_goal_names(where, goals))} har tiltak som pågår."
    if where and len(goals) > 1:
        return _pick(
            turn,
            f"Pågående tiltak finnes under {_goal_names(where, goals)}.",
            f"Det arbeides med tiltak under {_goal_names(where, goals)}.",
            f"Tiltakene som er startet opp og pågår, hører til {_goal_names(where, goals)}.",
        )
    return ""


def _red_lead(n: int, turn: int) -> str:
    if not n:
        return ""
    if n == 1:
        return _pick(turn, "Vurdert til nivå rødt er tiltak", "Ikke påbegynt er tiltak", "Ett tiltak er på nivå rødt:")
    return _pick(
        turn,
        "Vurdert til nivå rødt er tiltakene",
        "Ikke påbegynt er tiltakene",
        f"{capital(_measures(n))} er på nivå rødt:",
    )


def _missing_lead(n: int, turn: int) -> str:
    if not n:
        return ""
    if n == 1:
        return _pick(
            turn,
            "Status mangler for tiltak",
            "Uten status i planen står tiltak",
            "Planen sier ikke hva som er status for tiltak",
        )
    return _pick(
        turn,
        "Status mangler for tiltakene",
        "Uten status i planen står tiltakene",
        "Planen sier ikke hva som er status for tiltakene",
    )


def _whole(areas: Sequence[FocusStatus], whole: Counts) -> str:
    if not whole.total:
        return ""
    present = [s for s in STATUSES if whole.of(s)]
    where = f" fordelt på {number_word(len(areas))} fokusområder" if len(areas) > 1 else ""
    words = {"green": "gjennomført", "yellow": "pågående", "red": "ikke påbegynt", "unknown": "uten status"}
    parts = join_names([f"{amount(whole.of(s))} {words[s]}" for s in present])
    return f"Handlingsplanen har {_measures(whole.total)}{where}: {parts}."
