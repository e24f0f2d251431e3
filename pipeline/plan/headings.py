"""Titles of fokusområder, hovedmål and delmål: labels, numbers, bands, and what stands above a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import Block
from pipeline.norsk import fold, plain
from pipeline.plan import legend
from pipeline.plan.columns import Columns
from pipeline.plan.grid import Cell, Grid

LEVELS = ("focus", "goal", "subgoal")
_AREA = r"(?:fokus|satsings?|satsnings|innsats|tema|strategi|prioriterings?)områd(?:e|er|a|et)?"
_LEVEL_WORDS = {
    "focus": rf"(?:hoved|hovud)?{_AREA}|satsing|satsning|hovedområde|hovudområde|tema|område",
    "goal": r"(?:hoved|hovud|effekt|resultat|overordna\s|overordnet\s)?mål(?:setting|setjing)?",
    "subgoal": r"(?:del|under)mål",
    "measure": r"tiltak",
}
_ORDINAL = r"\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}(?=[\s.:)–-]|$)|[A-H](?=[.:)])"
_LABELLED = re.compile(
    r"^\s*(?:"
    + "|".join(rf"(?P<{level}>{words})" for level, words in _LEVEL_WORDS.items())
    + rf")\s*(?:nr\.?\s*)?(?P<no>{_ORDINAL})?\s*[.:)–-]*\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
# "Mål for samarbeidet" is a title that begins with the word; "Mål 2" and "Mål: …" are labels.
_PARTED = re.compile(r"\s*(?:nr\.?\s*)?(?:" + _ORDINAL + r")|\s*[.:)–-]|\s*$")
_NUMBERED = re.compile(r"^\s*(?P<no>\d{1,2}(?:\.\d{1,2}){0,3})(?:\s?[.:)–-]\s*|\s+)(?P<rest>\D.*)$", re.DOTALL)
_TILTAK_NUMBER = re.compile(
    r"^\s*(?:tiltak\s*|t\s?)?(?P<no>\d{1,2}(?:\.\d{1,2}){1,3}\s?[a-hA-H]?|\d{1,3}[a-hA-H]?|[a-hA-H])[.:)]?\s*$",
    re.IGNORECASE,
)
_NO_AREA = re.compile(r"plan|vedlegg|status|forklaring|innhold|tiltak|oversikt|matrise|innledning|bakgrunn|fargekode")
_PLAIN_LEVEL = 9  # a bold paragraph stands below every real heading


@dataclass(slots=True)
class Context:
    """Where in the plan the next tiltak belongs. ``goal_run`` counts up each time a goal begins."""

    focus: str = ""
    focus_no: str = ""
    goal: str = ""
    goal_no: str = ""
    goal_run: int = 0
    subgoal: str = ""

    def enter(self, level: str, number: str, title: str) -> None:
        """A new title on this level; the levels below it are empty until they get titles of their own."""
        if level == "focus":
            if (number, plain(title)) != (self.focus_no, plain(self.focus)):
                self.goal = self.goal_no = self.subgoal = ""
                self.goal_run += 1
            self.focus, self.focus_no = title, number
        elif level == "goal":
            if (number, plain(title)) != (self.goal_no, plain(self.goal)):
                self.goal_run += 1
                self.subgoal = ""
            self.goal, self.goal_no = title, number
        elif level == "subgoal":
            self.subgoal = f"{number} {title}".strip()


def parts(text: str) -> tuple[str | None, str, str]:
    """(level, number, title) of "Fokusområde 2: Rett kompetanse": level focus, goal, subgoal, measure, or None."""
    match = _LABELLED.match(text)
    if match:
        level = next(level for level in _LEVEL_WORDS if match[level])
        if _PARTED.match(text[match.end(level) :]):
            return level, (match["no"] or "").rstrip("."), match["rest"].strip()
    match = _NUMBERED.match(text)
    if match:
        return None, match["no"], match["rest"].strip()
    return None, "", text.strip()


def tiltak_number(text: str) -> str:
    """ "1.3.2" of "Tiltak 1.3.2." that stands alone in its cell; "" where the text is something else."""
    match = _TILTAK_NUMBER.match(text)
    return match["no"] if match else ""


class BandStyle:
    """Unlabelled bands of one look are of one level; a second look is one level further down."""

    def __init__(self) -> None:
        self._seen: dict[tuple, str] = {}

    def level(self, cell: Cell, number: str, columns: Columns) -> str:
        """The level of an unlabelled band, by its number or its look."""
        free = [level for level in LEVELS if level not in columns.roles]
        if number:
            return (free or ["subgoal"])[min(number.count("."), max(0, len(free) - 1))]
        look = (cell.bold, cell.fill)
        if look not in self._seen:
            unused = [level for level in free if level not in self._seen.values()]
            self._seen[look] = unused[0] if unused else "subgoal"
        return self._seen[look]

    def note(self, cell: Cell, level: str) -> None:
        """A labelled band shows what its look means."""
        self._seen.setdefault((cell.bold, cell.fill), level)


def band(grid: Grid, cells: Sequence[Cell], columns: Columns) -> Cell | None:
    """The cell that heads the rows below: alone in its row, and wide, labelled, or outside the tiltak column."""
    filled = [c for c in cells if c.lines]
    if len(filled) == 2:
        return _numbered_band(grid, *filled)
    if len(filled) != 1:
        return None
    cell = filled[0]
    measure = columns.first("measure")
    covered = grid.cover.get((cell.row, measure or 0))
    if covered is not None and covered is not cell and covered.lines:
        return None
    level = parts(cell.text)[0]
    titles = {columns.first(role) for role in LEVELS} - {None}
    if (cell.col_span > 1 and cell.col_span >= grid.width / 2) or level in LEVELS:
        return cell if len(cell.text) < 400 else None
    if cell.col == measure:
        painted = sum(1 for c in cells if c.fill and c.fill == cell.fill)
        structured = titles or columns.roles.get("number")
        return cell if not structured and (cell.bold or painted >= max(3, grid.width - 1)) else None
    # In a title column of its own the text is no band: the row's own cell says the same to ``Context``.
    return cell if cell.col in columns.roles.get("number", ()) and cell.col not in titles else None


def _numbered_band(grid: Grid, number: Cell, title: Cell) -> Cell | None:
    """ "1" and beside it a title across the rest of the table."""
    reaches = title.col_span > 1 and title.col + title.col_span > grid.width - 1
    if reaches and title.col == number.col + number.col_span and tiltak_number(number.text):
        return replace(title, lines=(f"{number.text.strip(' .')}. {title.text}",))
    return None


def above_table(blocks: Sequence[Block], context: Context, *, several: bool) -> str:
    """Titles in the headings and labelled paragraphs before a table into ``context``; the plan's own title, or "".

    ``several``: the document has more than one table of tiltak, so that plain headings tell fokusområder apart.
    """
    waiting: tuple[str, str] | None = None
    path: list[tuple[int, str]] = []
    labelled = False
    title = ""
    for block in blocks:
        text = block.text if block.marker in ("", "•") else f"{block.marker} {block.text}"
        level, number, rest = parts(text)
        if waiting:
            context.enter(*waiting, text)
            waiting = None
        elif level in LEVELS and len(text) < 250:
            labelled = True
            if rest:
                context.enter(level, number, rest)
            else:
                waiting = (level, number)
        elif block.kind == "heading" or (block.bold and len(text) < 120):
            title = title or (text if "plan" in fold(text) else "")
            rank = block.level or _PLAIN_LEVEL
            path = [step for step in path if step[0] < rank]
            if not _NO_AREA.search(fold(text)) and not legend.is_legend_text(text):
                path.append((rank, text))
    if several and not labelled:
        for level, (_, text) in zip(("focus", "goal"), path[-2:], strict=False):
            _, number, rest = parts(text)
            context.enter(level, number, rest)
    return title


def above_header(cells: Sequence[Cell], context: Context) -> str:
    """The same for rows above the heading row of a sheet."""
    title = ""
    for cell in (c for c in cells if c.lines):
        level, number, rest = parts(cell.text)
        if level in ("focus", "goal") and rest and not legend.is_legend_text(cell.text):
            context.enter(level, number, rest)
        elif "plan" in fold(cell.text) and len(cell.text) < 150:
            title = title or cell.text
    return title
