"""The action plan: recognised by its content, read from Excel, Word or PDF tables into numbered tiltak with status.

``looks_like_plan`` tells intake what a file is, ``read`` gives the plan that counts, ``counts`` its status figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Document, Plan, PlanRow
from pipeline.norsk import plain
from pipeline.plan import colours, compare, findings, legend, numbers
from pipeline.plan.cells import RawRow
from pipeline.plan.columns import HEADER_ROWS, has_header, header_at
from pipeline.plan.grid import Grid, grids, join_lines, sheet_name
from pipeline.plan.judge import Verdict, judge
from pipeline.plan.rows import Sheet, read_sheets
from pipeline.plan.tally import Counts, counts

__all__ = ["Counts", "counts", "looks_like_plan", "read"]

_WEIGHTS = {
    "status": 0.3,
    "goal": 0.2,
    "focus": 0.15,
    "subgoal": 0.1,
    "responsible": 0.2,
    "deadline": 0.15,
    "number": 0.05,
}
# A column for somebody's views makes the table an answer in the plan's own form.
_REPLY = re.compile(r"\b(?:innspill|innspel|tilbakemelding\w*|vår|våre|svar|høring\w*|høyring\w*|uttalelse|fråsegn)\b")


def looks_like_plan(document: Document) -> float:
    """How much a document looks like an action plan, 0 to 1; 0.6 and above is one.

    Counts the kinds of columns beside the tiltak, the colours, a title that says plan, and how much of the document
    the table is: an answer that quotes two rows of the plan is no plan.
    """
    best = 0.0
    tables = grids(document)
    inside = sum(_plan_characters(grid) for grid in tables)
    for grid in tables:
        best = max(best, _grid_score(grid, lost=grid.name in _lost(document)))
    if best == 0.0:
        return 0.0
    head = " ".join(
        [document.property("title"), document.source, *(b.text for b in document.blocks[:30] if len(b.text) < 200)]
    )
    if re.search(r"(?:handlings|tiltaks|virksomhets|samhandlings|aktivitets)plan", plain(head)):
        best += 0.15
    whole = sum(len(block.text) for block in document.blocks) or 1
    return round(min(1.0, best) * min(1.0, 0.3 + inside / whole), 3)


def read(documents: Sequence[Document], *, plan_title: str = "") -> Plan:
    """The plan that counts among the documents of kind "action_plan" that could be read.

    Rows of the same plan in several files are given once, with ``also_in``; of different plans the newest period
    counts. No plan, or none with a tiltak: a Plan without rows (with a finding when a file should have held one).
    """
    chosen = [d for d in documents if d.kind == "action_plan" and d.status == "ok"]
    readings: list[compare.Reading] = []
    empty: list[findings.Finding] = []
    for document in chosen:
        found = _readings(document)
        readings += found
        if not found:
            empty.append(
                findings.Finding(
                    kind="no_plan_rows",
                    source=document.source,
                    message=f"{document.source} ser ut til å være en handlingsplan, men ingen tabell med tiltak ble "
                    "funnet. Sjekk at tabellen har overskrifter som «Tiltak», «Ansvarlig», «Frist» og «Status».",
                )
            )
    main, sources, differences = compare.combine(readings, plan_title)
    if main is None:
        return Plan(title=plan_title, findings=tuple(empty))
    notes = (*findings.of_rows(main.rows, main.verdicts, main.hidden), *findings.renumbered(main.rows, PRINTED))
    return Plan(
        rows=tuple(main.rows),
        title=plan_title or main.title,
        period=main.period,
        sources=tuple(sources),
        findings=(*notes, *differences, *empty),
    )


def _lost(document: Document) -> frozenset[str]:
    """The sheets with formulas whose value the file does not hold."""
    return frozenset(sheet_name(f.locator or "") for f in document.findings if f.kind == "formula_without_value")


def _plan_characters(grid: Grid) -> int:
    return grid.characters() if has_header(grid) else 0


def _grid_score(grid: Grid, *, lost: bool) -> float:
    for index in range(min(len(grid.rows), HEADER_ROWS)):
        header = header_at(grid, index)
        if header is None:
            continue
        columns, depth = header
        roles = set(columns.roles) | ({"status"} if columns.one_hot else set())
        body = [cells for row, cells in grid.rows if row >= grid.rows[index][0] + depth]
        measure = columns.first("measure")
        tiltak = sum(1 for cells in body for c in cells if c.col == measure and c.lines)
        if lost:  # the tiltak may be formulas, whose text is not in the file
            tiltak = max(tiltak, sum(1 for cells in body if sum(bool(c.lines) for c in cells) >= 2))
        hues = [colours.colour(c.fill) for cells in body for c in cells]
        lights = [h for h in hues if h in colours.STATUS_COLOURS]
        if len(lights) >= 3 and len(set(lights)) >= 2:
            roles.add("status")
        score = 0.15 + sum(_WEIGHTS.get(role, 0.0) for role in roles)
        if any(_REPLY.search(plain(heading)) for heading in columns.headings.values()):
            score *= 0.45
        return score if tiltak >= 2 else score * 0.5 if tiltak else 0.0
    return 0.0


def _readings(document: Document) -> list[compare.Reading]:
    """One reading a document; sheets that print different periods, or repeat each other, are readings of their own."""
    explained = legend.read(document)
    sheets = read_sheets(grids(document), _lost(document))
    if not sheets:
        return []
    parts: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        parts.setdefault(_part_of(sheet, sheets), []).append(sheet)
    whole = compare.document_period(document, [s.title for s in sheets if s.title])
    found = []
    for name, members in parts.items():
        rows = [row for sheet in members for row in sheet.rows]
        verdicts = _verdicts(members, explained)
        places = numbers.number_rows(rows)
        plan_rows = [_plan_row(document, *item) for item in zip(rows, verdicts, places, strict=True)]
        title = next((s.title for s in members if s.title), "") or document.property("title")
        found.append(
            compare.Reading(
                source=document.source,
                rows=plan_rows,
                verdicts=verdicts,
                hidden=[row.hidden for row in rows],
                title=title,
                period=compare.period([f"plan {name}"])
                if name and len(parts) > 1 and re.search(r"20\d\d", name)
                else whole,
                format=document.format,
                dated=document.dated,
                sheet=name if len(parts) > 1 else "",
            )
        )
    return found


def _part_of(sheet: Sheet, sheets: Sequence[Sheet]) -> str:
    """Which reading a sheet belongs to: "" the common one; its own name when it has a year or repeats another."""
    if not sheet.name or len({s.name for s in sheets}) == 1:
        return ""
    if re.search(r"20\d\d", sheet.name):
        return sheet.name
    own = {plain(row.measure) for row in sheet.rows}
    for other in sheets:
        if other is sheet:
            return ""
        theirs = {plain(row.measure) for row in other.rows}
        if len(own & theirs) * 10 >= len(own) * 8 and other.name != sheet.name:
            return sheet.name
    return ""


def _verdicts(sheets: Sequence[Sheet], explained: legend.Legend) -> list[Verdict]:
    """Judged per set of columns: tables of one layout share what their shading means."""
    groups: dict[tuple, list[RawRow]] = {}
    for sheet in sheets:
        layout = tuple(sorted(sheet.columns.roles.items())) if sheet.columns else ()
        groups.setdefault((sheet.name, layout), []).extend(sheet.rows)
    told = {
        id(row): verdict for rows in groups.values() for row, verdict in zip(rows, judge(rows, explained), strict=True)
    }
    return [told[id(row)] for sheet in sheets for row in sheet.rows]


PRINTED = "Nr. i planen"


def _plan_row(document: Document, row: RawRow, verdict: Verdict, place: numbers.Place) -> PlanRow:
    comment = join_lines(
        [*row.comment, *([verdict.remark] if verdict.remark and verdict.remark not in row.comment else [])]
    )
    # Answers point to tiltak by the plan's own number, also where it has no level and gets a new one.
    own_number = ((PRINTED, row.number.strip()),) if row.number.strip(" .") not in ("", place.measure) else ()
    return PlanRow(
        number=place.measure,
        focus_area=row.focus,
        goal=row.goal,
        measure=row.measure,
        focus_number=place.focus,
        goal_number=place.goal,
        subgoal=row.subgoal,
        responsible=", ".join(row.responsible),
        deadline=", ".join(row.deadline),
        status=verdict.status,
        status_text=verdict.text,
        comment=comment,
        extra=(*own_number, *row.extra),
        fill=verdict.fill if verdict.status == "unknown" else None,
        source=document.source,
        locator=row.locator,
    )
