"""One tiltak as printed: what its row's cells say about who, when, status and the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.plan import colours, legend, marks
from pipeline.plan.columns import Columns
from pipeline.plan.grid import Cell, Grid
from pipeline.plan.headings import tiltak_number

_MARK = re.compile(r"^\s*(?:[xX✓✔☑✅●•⬤■✗☒]|ja|1)\s*$")
_DATELIKE = re.compile(
    r"\d{4}|\d{1,2}\.\d{1,2}\.|kvartal|løpende|løpande|årlig|årleg|høst|haust|vår\b|tertial|Q[1-4]|uke \d",
    re.IGNORECASE,
)
At = Callable[[int | None], Cell | None]  # the cell that a reader of the page sees in a column, merged ones included


@dataclass(slots=True)
class RawRow:
    """``shades``: column -> fill; ``status_cells``: (text, fill, column) of the status columns."""

    grid: int
    row: int
    measure: str
    locator: str
    number: str = ""
    focus: str = ""
    focus_no: str = ""
    goal: str = ""
    goal_no: str = ""
    goal_run: int = 0  # so that two goals of one text stay two
    subgoal: str = ""
    responsible: list[str] = field(default_factory=list)
    deadline: list[str] = field(default_factory=list)
    comment: list[str] = field(default_factory=list)
    extra: list[tuple[str, str]] = field(default_factory=list)
    status_cells: list[tuple[str, str | None, int]] = field(default_factory=list)
    one_hot: list[tuple[str, str]] = field(default_factory=list)  # (status, heading) of the marked columns
    shades: dict[int, str | None] = field(default_factory=dict)
    measure_col: int = 0
    structure_cols: frozenset[int] = frozenset()  # focus and goal columns: their fill is never a status
    hidden: bool = False


def fill(raw: RawRow, grid: Grid, row: int, columns: Columns, at: At, *, only_new: bool) -> None:
    """Everything beside the tiltak itself. ``only_new``: a further line of the same tiltak, merged cells left out."""
    last = max((*columns.headings, raw.measure_col))
    if not only_new:
        beside = at(last + 1)  # a column of colours needs no heading
        for col in range(1, last + (1 if beside is None or legend.is_legend_row((beside,)) else 2)):
            cell = at(col)
            raw.shades[col] = cell.fill if cell is not None else None
    _who_when_what(raw, row, columns, at, only_new)
    for col in columns.roles.get("status", ()):
        cell = at(col)
        if cell is not None and not (only_new and cell.row != row):
            raw.status_cells.append((cell.text, cell.fill, col))
    raw.one_hot += _marked(columns, at)
    years = {col: heading for col, heading in columns.headings.items() if re.fullmatch(r"\s*20\d\d\s*", heading)}
    years = years if len(years) >= 2 and not columns.roles.get("deadline") else {}
    raw.deadline += [years[c].strip() for c in sorted(years) if (cell := at(c)) is not None and cell.lines]
    beyond = [cell for col in range(last + 1, grid.extent + 1) if (cell := at(col)) is not None and cell.col == col]
    end = last if legend.is_legend_row(beyond) else grid.width
    for col in sorted(set(range(1, end + 1)) - columns.known() - set(years)):
        cell = at(col)
        if cell is not None and cell.lines and cell.col == col and not (only_new and cell.row != row):
            _further(raw, col, cell.text, columns)


def _who_when_what(raw: RawRow, row: int, columns: Columns, at: At, only_new: bool) -> None:
    def lines(role: str):
        for col in columns.roles.get(role, ()):
            cell = at(col)
            if cell is not None and not (only_new and cell.row != row):
                yield col, cell.lines

    for col, who in lines("responsible"):
        when: Sequence[str] = ()
        if col in columns.splits:
            who, when = split_who_when(who)
        raw.responsible += [name for name in who if name not in raw.responsible]
        raw.deadline += when
    for _, when in lines("deadline"):
        raw.deadline += [day for day in when if day not in raw.deadline]
    for _, what in lines("comment"):
        raw.comment += [text for text in what if text not in raw.comment]


def _marked(columns: Columns, at: At) -> list[tuple[str, str]]:
    """The status columns that have a mark in this row; where none has, the only one that is shaded."""
    here = {col: cell for col in columns.one_hot if (cell := at(col)) is not None}
    found = [
        col for col, c in here.items() if c.lines and (_MARK.match(c.text) or marks.symbol(c.text) or len(c.text) > 1)
    ]
    if not found:
        shaded = [col for col, cell in here.items() if colours.colour(cell.fill)]
        found = shaded if len(shaded) == 1 and len(here) > 1 else []
    return [(columns.one_hot[col], columns.headings[col]) for col in found]


def _further(raw: RawRow, col: int, text: str, columns: Columns) -> None:
    """A cell of a column that no heading explains: a number before the tiltak, a status sign, or text to keep."""
    heading = columns.headings.get(col, "")
    if not heading and not columns.roles.get("number") and col < raw.measure_col and tiltak_number(text):
        raw.number = raw.number or tiltak_number(text)
    elif not heading and _can_be_status(columns) and (marks.symbol(text) or marks.letter(text)):
        raw.status_cells.append((text, raw.shades.get(col), col))
    else:
        raw.extra.append((heading, text))


def _can_be_status(columns: Columns) -> bool:
    return not columns.roles.get("status") and not columns.one_hot


def split_who_when(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """("Kommunene, 2025") -> (["Kommunene"], ["2025"]): parts that read like a time go to the deadline."""
    who: list[str] = []
    when: list[str] = []
    for line in lines:
        pieces = [p.strip() for p in re.split(r"[;/,]|\s–\s", line) if p.strip()]
        times = [p for p in pieces if _DATELIKE.search(p)]
        rest = [p for p in pieces if p not in times]
        when += times
        if rest:
            who.append(", ".join(rest))
    return who, when
