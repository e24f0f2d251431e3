"""From tables to raw tiltak: heading rows, bands, merged cells and continued rows resolved; status not yet judged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.norsk import plain
from pipeline.plan import cells, colours, headings, legend
from pipeline.plan.cells import RawRow
from pipeline.plan.columns import Columns, has_header, header_at, with_numbers
from pipeline.plan.grid import Cell, Grid, join_lines
from pipeline.plan.headings import LEVELS, BandStyle, Context
from pipeline.readers._formula import column_letters

_LEADING_NUMBER = re.compile(
    r"^\s*(?:tiltak\s+)?(?P<no>\d{1,2}(?:\.\d{1,2}){1,3}[a-h]?|\d{1,2}(?=[.)]\s)|[a-h](?=\)))[.:)]*\s+(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ITEM = re.compile(r"(?:^|; |\. )\d+[.)]\s")
_SUM = re.compile(r"^(?:sum|totalt?|antall|antal|i alt|snitt|gjennomsnitt)\b", re.IGNORECASE)
_PLAIN_SHEET = re.compile(
    r"(?:ark|sheet|tabell|table|worksheet|regneark|handlingsplan|plan|matrise|tiltak|tiltaksplan|oversikt)?\s*[\d()]*$",
    re.IGNORECASE,
)

# How the text of a tiltak that the file does not hold begins: a field to be filled in before publication.
LOST = "[Fyll inn tiltaket: celle"


@dataclass(slots=True)
class Sheet:
    """The tiltak of one table. ``name``: the sheet's in a workbook, else ""; ``title``: the plan's own, or ""."""

    name: str
    rows: list[RawRow] = field(default_factory=list)
    title: str = ""
    columns: Columns | None = None


def read_sheets(tables: Sequence[Grid], lost: frozenset[str] = frozenset()) -> list[Sheet]:
    """All tables that hold tiltak. A table without headings continues the one before when it has as many columns.

    ``lost``: the sheets with formulas whose value the file does not hold; a tiltak may be among them.
    """
    sheets: list[Sheet] = []
    context = Context()
    carried: Columns | None = None
    carried_width = 0
    plans = [grid for grid in tables if has_header(grid)]
    for order, grid in enumerate(tables):
        headed = has_header(grid)
        if not headed and not (carried and grid.name == "" and carried_width in (grid.width, grid.extent)):
            _small_table(grid, context)
            continue
        if grid.name:
            context = Context(goal_run=context.goal_run)
        sheet = Sheet(grid.name)
        if headed:
            sheet.title = headings.above_table(grid.above, context, several=len(plans) > 1)
        if len(plans) > 1 and _names_an_area(grid.name):
            level, number, title = headings.parts(grid.name)
            if level in (None, "focus"):
                context.enter("focus", number, title or grid.name)
        reader = _GridReader(order, grid, context, sheet, None if headed else carried, lost=grid.name in lost)
        reader.read()
        carried, carried_width = reader.columns or carried, grid.extent
        sheet.columns = reader.columns
        if sheet.rows:
            sheets.append(sheet)
    return sheets


def _is_tiltak(row: int, columns: Columns, at: cells.At) -> bool:
    """Whether a row without text in its tiltak column tells of one: its number or status, or two of who, when, what."""
    def here(col: int | None) -> Cell | None:
        cell = at(col)
        return cell if cell is not None and cell.row == row else None

    said = sum(any((c := here(col)) and c.lines for col in columns.roles.get(role, ()))
               for role in ("responsible", "deadline", "comment"))
    status = [c for col in (*columns.roles.get("status", ()), *columns.one_hot) if (c := here(col))]
    said += 2 if any(c.lines for c in status) else any(colours.colour(c.fill) in colours.STATUS_COLOURS for c in status)
    number = here(columns.number_of("measure"))
    numbered = number is not None and bool(headings.tiltak_number(number.text))
    titled = any((c := here(columns.first(role))) and c.lines for role in LEVELS)
    return said >= 2 or (numbered and (said > 0 or not titled))


def _names_an_area(name: str) -> bool:
    return bool(name) and not _PLAIN_SHEET.fullmatch(name.strip()) and not re.search(r"20\d\d", name)


def _small_table(grid: Grid, context: Context) -> None:
    """A table of one or two cells between tables of tiltak is often a band of its own."""
    if len(grid.rows) > 2 or grid.columns > 2:
        return
    for _, row in grid.rows:
        level, number, title = headings.parts(" ".join(c.text for c in row if c.lines))
        if level in ("focus", "goal") and title:
            context.enter(level, number, title)


class _GridReader:
    """One table, row by row, with what the rows before have said."""

    def __init__(self, order: int, grid: Grid, context: Context, sheet: Sheet, columns: Columns | None, *, lost: bool) -> None:
        self.columns = columns
        self._lost = lost
        self._order, self._grid, self._context, self._sheet = order, grid, context, sheet
        self._style = BandStyle()
        self._owners: dict[int, RawRow] = {}  # row of a tiltak's own cell -> its row, for tiltak merged over rows

    def read(self) -> None:
        skip_to = 0
        for index, (row, line) in enumerate(self._grid.rows):
            header = header_at(self._grid, index, self.columns)
            if header:
                skip_to = row + header[1]
                self.columns = with_numbers(header[0], self._grid, skip_to)
            if row < skip_to:
                continue
            if self.columns is None:
                self._sheet.title = self._sheet.title or headings.above_header(line, self._context)
            elif not (legend.is_legend_row(line) or any(_SUM.match(c.text) for c in line if c.lines and c.col <= 3)):
                self._row(index, row, line, self.columns)

    def _row(self, index: int, row: int, line: Sequence[Cell], columns: Columns) -> None:
        by_col = {c.col: c for c in line}

        def at(col: int | None) -> Cell | None:
            return None if col is None else by_col.get(col) or self._grid.cover.get((row, col))

        measure = at(columns.first("measure"))
        if self._lost and (measure is None or not measure.lines) and _is_tiltak(row, columns, at):
            self._structure(columns, at, by_col)
            self._add_lost(row, line[0], measure, columns, at)
            return
        band = headings.band(self._grid, line, columns)
        if band is not None:
            self._enter_band(band, columns)
            return
        self._structure(columns, at, by_col)
        if measure is None or not measure.lines:
            self._without_tiltak(index, row, columns, at)
        elif measure.row < row:
            if measure.row in self._owners:
                cells.fill(self._owners[measure.row], self._grid, row, columns, at, only_new=True)
        else:
            number, text = _number_and_text(join_lines(measure.lines), at(columns.number_of("measure")))
            self._add(row, measure, number, text, columns, at)

    def _add(self, row: int, cell: Cell, number: str, text: str, columns: Columns, at: cells.At) -> None:
        here = self._context
        structure = {c for role in ("focus", "goal") for c in columns.roles.get(role, ()) if c != cell.col}
        raw = RawRow(
            self._order, row, text, cell.locator, number, here.focus, here.focus_no, here.goal, here.goal_no,
            here.goal_run, here.subgoal, measure_col=cell.col, structure_cols=frozenset(structure), hidden=cell.hidden,
        )  # fmt: skip
        cells.fill(raw, self._grid, row, columns, at, only_new=False)
        self._owners[row] = raw
        self._sheet.rows.append(raw)

    def _add_lost(self, row: int, first: Cell, measure: Cell | None, columns: Columns, at: cells.At) -> None:
        """A tiltak whose text the file does not hold: named by its cell, with all that its row says else."""
        col = columns.first("measure") or first.col
        name = f"{column_letters(col)}{row}"
        where = re.sub(r"(?<=cell=)[A-Z]+\d+", name, first.locator)
        cell = replace(measure or first, row=row, col=col, locator=where)
        number_cell = at(columns.number_of("measure"))
        number = headings.tiltak_number(number_cell.text) if number_cell is not None else ""
        self._add(row, cell, number, f"{LOST} {name} er en formel uten lagret verdi]", columns, at)

    def _enter_band(self, band: Cell, columns: Columns) -> None:
        level, number, title = headings.parts(band.text)
        if level in LEVELS:
            self._style.note(band, level)
        else:
            level = self._style.level(band, number, columns)
        if title or number:
            self._context.enter(level, number, title or band.text)

    def _structure(self, columns: Columns, at: cells.At, by_col: dict[int, Cell]) -> None:
        """Fokusområde, hovedmål and delmål of this row into the context. A merged cell counts where it begins."""
        for role in LEVELS:
            col = columns.first(role)
            cell = by_col.get(col) if col is not None else None
            if cell is None or not cell.lines or col == columns.first("measure"):
                continue
            _, number, title = headings.parts(cell.text)
            numbered = at(columns.number_of(role))
            if not number and numbered is not None and numbered.lines:
                number = numbered.text.strip(" .:")
            title = title or cell.text
            same = (number, plain(title)) == (self._context.goal_no, plain(self._context.goal))
            if role == "goal" and cell.row_span > 1 and same:
                # A merged cell of its own is a goal of its own, also with the text of the last one.
                self._context.goal_run += 1
            self._context.enter(role, number, title)

    def _without_tiltak(self, index: int, row: int, columns: Columns, at: cells.At) -> None:
        """A row without text in its tiltak column: a goal followed up itself, a continued row, or only structure."""
        followed = {
            role
            for role in ("responsible", "deadline", "status", "comment")
            if (cell := at(columns.first(role))) is not None and cell.lines and cell.row == row
        }
        titles = [at(columns.first(role)) for role in ("subgoal", "goal")]
        title = next((cell for cell in titles if cell is not None and cell.lines and cell.row == row), None)
        if title is not None:
            if followed - {"comment"} and not self._heads_tiltak(index, columns):
                self._add(row, title, "", headings.parts(title.text)[2] or title.text, columns, at)
                self._sheet.rows[-1].subgoal = ""
        elif followed and "status" not in followed and self._sheet.rows and self._sheet.rows[-1].grid == self._order:
            cells.fill(self._sheet.rows[-1], self._grid, row, columns, at, only_new=True)

    def _heads_tiltak(self, index: int, columns: Columns) -> bool:
        """Whether the next filled row has a tiltak but no goal of its own: then this row is its heading."""
        goals = {columns.first("goal"), columns.first("subgoal")}
        for _, line in self._grid.rows[index + 1 :]:
            filled = {c.col for c in line if c.lines}
            if filled:
                return columns.first("measure") in filled and not filled & goals
        return False


def _number_and_text(text: str, number_cell: Cell | None) -> tuple[str, str]:
    """("1.3.2", the tiltak) from the number column, else from the beginning of the tiltak itself."""
    printed = headings.tiltak_number(number_cell.text) if number_cell is not None else ""
    if printed:
        return printed, text
    lead = _LEADING_NUMBER.match(text)
    if lead and len(_ITEM.findall(text)) < 2:  # the numbers of a list inside the cell are not the tiltak's
        return lead["no"], lead["rest"].strip()
    return "", text
