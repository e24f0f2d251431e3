"""Several files with a plan: the same plan is counted once and compared, of different plans the newest counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.model import Document, Finding, PlanRow
from pipeline.norsk import join_names, plain
from pipeline.plan.judge import Verdict
from pipeline.plan.rows import LOST
from pipeline.plan.tally import STATUS_WORDS

_PERIOD = re.compile(r"(?<!\d)(20\d\d)\s*[-–—/]\s*(20\d\d|\d\d)(?!\d|\s*[-/.]\d)")
_YEAR = re.compile(r"(?<![\d.])(20\d\d)(?![\d.]\d|\d)")
_MOST_COMPARISONS = 250_000  # of tiltak whose texts differ, two files against each other: well below a second
_FORMATS = ("xlsx", "xlsm", "ods", "xls", "docx", "odt")  # the nearer to the working copy, the earlier


@dataclass(slots=True)
class Reading:
    """The plan as one file (or one sheet of it) holds it."""

    source: str
    rows: list[PlanRow]
    verdicts: list[Verdict]
    hidden: list[bool]
    title: str = ""
    period: str = ""
    format: str = ""
    dated: date | None = None
    sheet: str = ""

    @property
    def known(self) -> int:
        return sum(row.status != "unknown" for row in self.rows)

    @property
    def label(self) -> str:
        return f"{self.source}, ark «{self.sheet}»" if self.sheet else self.source


def period(texts: Sequence[str]) -> str:
    """ "2024–2026" from the first text that names a span of years, else one year from a text about a plan, else ""."""
    for text in texts:
        match = _PERIOD.search(text)
        if match:
            first = match[1]
            last = match[2] if len(match[2]) == 4 else first[:2] + match[2]
            if 0 <= int(last) - int(first) <= 12:
                return f"{first}–{last}"
    for text in texts:
        if "plan" in plain(text):
            years = _YEAR.findall(text)
            if years:
                return max(years)
    return ""


def period_key(text: str) -> tuple[int, int]:
    """(last year, first year) for sorting; (0, 0) where there is none."""
    years = [int(y) for y in re.findall(r"20\d\d", text)]
    return (max(years), min(years)) if years else (0, 0)


def document_period(document: Document, titles: Sequence[str]) -> str:
    """The plan's period from its own titles, the document's headings, its properties and its name, in that order."""
    head = [b.text for b in document.blocks[:200] if b.table == 0 and (b.kind == "heading" or b.bold or b.level)][:10]
    near = [b.text for b in document.blocks[:60] if "plan" in b.text.casefold() and len(b.text) < 200]
    name = re.sub(r"[_]", " ", document.source.rsplit("/", 1)[-1])
    return period(
        [
            *titles,
            *[h for h in head if "plan" in h.casefold()],
            document.property("title"),
            *near,
            name,
            document.source.replace("_", " "),
        ]
    )


def combine(readings: Sequence[Reading], plan_title: str) -> tuple[Reading | None, list[str], list[Finding]]:
    """(the reading that counts with ``also_in`` filled, all sources of that plan, findings).

    Readings whose tiltak are mostly the same are one plan; the fullest and newest of them gives the rows.
    """
    groups: list[list[Reading]] = []
    for reading in readings:
        home = next((g for g in groups if any(_same_plan(reading, other) for other in g)), None)
        if home is None:
            groups.append([reading])
        else:
            home.append(reading)
    if not groups:
        return None, [], []
    groups = _joined_parts(groups)
    ranked = sorted(groups, key=lambda g: _rank_group(g, plan_title), reverse=True)
    findings: list[Finding] = []
    main, *copies = sorted(ranked[0], key=_rank_reading, reverse=True)
    main = replace(main, rows=[_with_text(row, copies) for row in main.rows])
    also: list[list[str]] = [[] for _ in main.rows]
    for copy in copies:
        pairs = _pairs(main.rows, copy.rows)
        findings += _differences(main, copy, pairs)
        for at in pairs:
            if copy.source != main.rows[at].source and copy.source not in also[at]:
                also[at].append(copy.source)
    rows = [replace(row, also_in=tuple(names)) for row, names in zip(main.rows, also, strict=True)]
    for group in ranked[1:]:
        findings += _other(main, group)
    sources = list(dict.fromkeys([main.source, *(row.source for row in main.rows), *(c.source for c in copies)]))
    return replace(main, rows=rows), sources, findings


def _with_text(row: PlanRow, copies: Sequence[Reading]) -> PlanRow:
    """A tiltak whose text the file does not hold, with the text that another copy of the plan has under its number."""
    if not row.measure.startswith(LOST):
        return row
    same = [other for copy in copies for other in copy.rows if other.number == row.number and other.measure and LOST not in other.measure]
    return replace(row, measure=same[0].measure) if same else row


def _key(row: PlanRow) -> str:
    return plain(row.measure)


def _same_plan(one: Reading, other: Reading) -> bool:
    """At least half of the shorter one's tiltak stand in the other, and no printed period says otherwise."""
    if one.period and other.period and one.period != other.period:
        return False
    short, long = sorted((one, other), key=lambda r: len(r.rows))
    return len(_pairs(short.rows, long.rows)) * 2 >= len(short.rows)


def _pairs(rows: Sequence[PlanRow], others: Sequence[PlanRow]) -> dict[int, PlanRow]:
    """Index into ``rows`` -> the same tiltak among ``others``: the same text, else nearly the same text.

    Each of ``others`` is given once. Likeness is the share of common words, a little more where the numbers agree.
    """
    by_text: dict[str, list[int]] = {}
    for at, other in enumerate(others):
        by_text.setdefault(_key(other), []).append(at)
    found: dict[int, int] = {}
    for at, row in enumerate(rows):
        same = by_text.get(_key(row), [])
        if same:
            best = next((i for i in same if others[i].number == row.number), same[0])
            same.remove(best)
            found[at] = best
    left = [at for at in range(len(rows)) if at not in found]
    free = {at: set(_key(others[at]).split()) for at in set(range(len(others))) - set(found.values())}
    if len(left) * len(free) > _MOST_COMPARISONS:
        return {at: others[other] for at, other in found.items()}
    for at in left:
        words = set(_key(rows[at]).split())
        score, best = max(
            ((len(words & w) / max(1, len(words | w)) + 0.1 * (others[i].number == rows[at].number), -i)
             for i, w in free.items()), default=(0.0, 0))  # fmt: skip
        if score >= 0.7:
            found[at] = -best
            del free[-best]
    return {at: others[other] for at, other in found.items()}


def _joined_parts(groups: list[list[Reading]]) -> list[list[Reading]]:
    """Sheets or files that hold different fokusområder of one period are parts of one plan."""
    joined: list[list[Reading]] = []
    for group in groups:
        home = next((g for g in joined if _are_parts(g[0], group[0])), None)
        if home is None:
            joined.append(list(group))
            continue
        first, second = sorted((home[0], group[0]), key=_focus_order)
        home[0] = replace(
            first,
            rows=[*first.rows, *second.rows],
            verdicts=[*first.verdicts, *second.verdicts],
            hidden=[*first.hidden, *second.hidden],
            sheet="",
            period=first.period or second.period,
        )
        home.extend(group[1:])
    return joined


def _are_parts(one: Reading, other: Reading) -> bool:
    if one.period != other.period:
        return False
    here, there = ({(r.focus_number, plain(r.focus_area)) for r in reading.rows} for reading in (one, other))
    numbers = {n for n, _ in here} & {n for n, _ in there}
    return not numbers and all(n and title for n, title in here | there)


def _focus_order(reading: Reading) -> int:
    first = reading.rows[0].focus_number
    return int(first) if first.isdigit() else 0


def _rank_group(group: Sequence[Reading], plan_title: str) -> tuple:
    wanted = set(plain(plan_title).split())
    title = max((len(wanted & set(plain(f"{r.title} {r.source}").split())) for r in group), default=0)
    return (
        max(period_key(r.period) for r in group),
        title,
        max(_latest_year(r) for r in group),
        max(len(r.rows) for r in group),
        max(r.known for r in group),
        [-ord(c) for c in min(r.source for r in group)[:40]],
    )


def _latest_year(reading: Reading) -> int:
    return max((int(y) for row in reading.rows for y in re.findall(r"20\d\d", row.deadline)), default=0)


def _rank_reading(reading: Reading) -> tuple:
    form = len(_FORMATS) - _FORMATS.index(reading.format) if reading.format in _FORMATS else 0
    share = reading.known / max(1, len(reading.rows))
    return (
        len(reading.rows) * share >= 1,
        reading.dated or date.min,
        len(reading.rows),
        round(share, 2),
        form,
        [-ord(c) for c in reading.source[:60]],
    )


_COMPARED = (("measure", "ordlyden"), ("status", "status"), ("responsible", "ansvarlig"), ("deadline", "frist"))


def _differences(main: Reading, copy: Reading, pairs: dict[int, PlanRow]) -> list[Finding]:
    findings = []
    for at, other in pairs.items():
        row = main.rows[at]
        for attribute, noun in _COMPARED:
            ours, theirs = getattr(row, attribute), getattr(other, attribute)
            if plain(ours) == plain(theirs):
                continue
            if attribute == "status":
                ours, theirs = STATUS_WORDS[ours].lower(), STATUS_WORDS[theirs].lower()
            findings.append(
                Finding(
                    kind="plan_differs",
                    source=copy.source,
                    locator=other.locator,
                    message=f"Tiltak {row.number} «{row.measure[:80]}» har {noun} «{ours or 'ikke oppgitt'}» i "
                    f"{main.label}, men «{theirs or 'ikke oppgitt'}» i {copy.label}. {main.label} er brukt. "
                    "Rett den filen som er feil.",
                )
            )
    lacking = [row for at, row in enumerate(main.rows) if at not in pairs]
    if lacking and copy.sheet == "":
        findings.append(
            Finding(
                kind="plan_differs",
                source=copy.source,
                message=f"{copy.label} mangler tiltak som står i {main.label}: {_list(lacking)}. "
                "Sjekk hvilken fil som gjelder.",
            )
        )
    met = {id(other) for other in pairs.values()}
    extra = [row for row in copy.rows if id(row) not in met]
    if extra:
        findings.append(
            Finding(
                kind="plan_differs",
                source=copy.source,
                locator=extra[0].locator,
                message=f"{copy.label} har tiltak som ikke står i {main.label}, og som ikke er tatt med: "
                f"{_list(extra)}. "
                "Før dem inn i planen som gjelder, hvis de skal være med.",
            )
        )
    return findings


def _list(rows: Sequence[PlanRow]) -> str:
    shown = [f"{r.number} «{r.measure[:60]}»" for r in rows[:8]]
    return join_names(shown) if len(rows) <= 8 else ", ".join(shown) + f" og {len(rows) - 8} til"


def _other(main: Reading, group: Sequence[Reading]) -> list[Finding]:
    def with_period(reading: Reading) -> str:
        return f"{reading.label} ({reading.period})" if reading.period else reading.label

    newest = (
        "den nyeste" if period_key(main.period) > max(period_key(r.period) for r in group) else "den som passer best"
    )
    return [
        Finding(
            kind="other_plan",
            source=reading.source,
            locator=reading.rows[0].locator,
            message=f"{with_period(reading)} er en annen handlingsplan enn {with_period(main)}. Bare {newest}, "
            f'{main.source}, er brukt. Er det feil, sett kind = "case_paper" for {main.source} i case.toml.',
        )
        for reading in group
    ]
