"""The legend: what the plan itself says that its colours, letters and symbols mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.model import Document
from pipeline.norsk import capital, fold
from pipeline.plan import colours, marks
from pipeline.plan.grid import Cell, Grid, grids, text_after_tables

_TITLE = re.compile(
    r"^(?:farge\w*|symbol\w*|tegn\w*|teikn\w*|status\w*)?\s*(?:forklaring\w*|koder?|nøkkel|legende?)\b|^(?:forklaring|tegnforklaring"
    r"|teiknforklaring|fargekoder?|fargeforklaring|legende?)\b",
    re.IGNORECASE,
)
_EQUALS = r"\s*(?:=|:|–|-|→|betyr|betyder|tyder|er|viser|vil si)\s*"
_LETTER_PAIR = re.compile(r"(?<!\w)([A-ZÆØÅ]{1,2}|[^\w\s.,;:=()«»\"'–-])\ufe0f?\s*(?:=|:|–|-|→)\s*([^;,.=\n]{2,60})")


@dataclass(slots=True)
class Legend:
    """``meanings``: colour key -> printed words; ``statuses``: colour key -> status, where the words say one.

    ``codes``: letter or symbol, folded -> (status or None, printed words).
    """

    meanings: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    codes: dict[str, tuple[str | None, str]] = field(default_factory=dict)
    printed: bool = False

    def status(self, colour: str) -> str | None:
        """What a cell of this colour says: by the legend, else by the traffic light; None when neither knows it."""
        if colour in self.statuses:
            return self.statuses[colour]
        if colour in colours.STATUS_COLOURS:
            return colour
        return None


def is_legend_text(text: str) -> bool:
    """ "Grønt = gjennomført", "Fargekoder:", "G: gjennomført, P: pågår"."""
    folded = fold(text)
    if _TITLE.match(folded) and len(folded) < 60:
        return True
    return bool(_colour_pairs(text)) and len(folded) < 400


def is_legend_row(cells: Sequence[Cell]) -> bool:
    """A row whose texts only explain colours: status words beside colours, "Rød = …", "Tegnforklaring"."""
    filled = [c for c in cells if c.lines]
    if not filled or len(filled) > 8:
        return False
    if all(is_legend_text(c.text) for c in filled):
        return True
    words = [bool(_sayings(c)) or _is_colour_name(c.text) or is_legend_text(c.text) for c in filled]
    painted = any(colours.colour(c.fill) for c in cells)
    named = any(_is_colour_name(c.text) or is_legend_text(c.text) for c in filled)
    return all(words) and (painted or named)


def read(document: Document) -> Legend:
    """The legend of a document, from anywhere in it. Empty where it prints none."""
    found = Legend()
    tables = grids(document)
    for block in text_after_tables(document):
        _from_text(block.text, found)
    for grid in tables:
        _from_grid(grid, found)
    _settle(found)
    return found


def _from_grid(grid: Grid, found: Legend) -> None:
    titled = False
    for row, cells in grid.rows:
        filled = [c for c in cells if c.lines]
        titled = (titled and bool(filled)) or any(_TITLE.match(fold(c.text)) for c in filled)
        if is_legend_row(cells) or (titled and len(filled) <= 3 and any(colours.colour(c.fill) for c in cells)):
            _from_cells(cells, found)
        else:
            # Legends also stand beside the table, in columns of their own.
            for cell in filled:
                if is_legend_text(cell.text):
                    for line in cell.lines:
                        _from_text(line, found)
            _beside(grid, row, cells, found)


def _beside(grid: Grid, row: int, cells: Sequence[Cell], found: Legend) -> None:
    """The last cells of a row, parted from the table by an empty column, as a legend of their own."""
    used = sorted(c.col for c in cells if c.lines or colours.colour(c.fill))
    gap = next(
        (
            i
            for i in range(len(used) - 1, 0, -1)
            if used[i] - used[i - 1] > 1 and not any((row, c) in grid.cover for c in range(used[i - 1] + 1, used[i]))
        ),
        None,
    )
    if gap is None:
        return
    right = [c for c in cells if c.col >= used[gap]]
    if len([c for c in right if c.lines]) <= 2 and right and is_legend_row(right):
        _from_cells(right, found)


def _from_cells(cells: Sequence[Cell], found: Legend) -> None:
    """Pairs of colour and words in one row: the colour on the words' own cell, or on the cell before."""
    ordered = sorted(cells, key=lambda c: c.col)
    for at, cell in enumerate(ordered):
        if not cell.lines:
            continue
        if _colour_pairs(cell.text):
            for line in cell.lines:
                _from_text(line, found)
            continue
        before = ordered[at - 1] if at else None
        text = cell.text
        if before is not None and before.lines and _is_colour_name(before.text) and not _is_colour_name(text):
            _add(found, colours.named(before.text)[0][2], text)
            continue
        if before is not None and before.lines and _is_code(before.text) and marks.meaning(text):
            found.codes.setdefault(fold(before.text), (marks.meaning(text), text.strip()))
            found.printed = True
        own = colours.colour(cell.fill)
        beside = colours.colour(before.fill) if before is not None and not (before.lines and _sayings(before)) else None
        key = own or beside
        after = ordered[at + 1] if at + 1 < len(ordered) else None
        if key is None and after is not None and not after.lines:
            key = colours.colour(after.fill)
        if key and key not in ("black",) and _sayings(cell):
            _add(found, key, text)


def _from_text(text: str, found: Legend) -> None:
    for key, words in _colour_pairs(text):
        _add(found, key, words)
    pairs = [(m[1], m[2].strip()) for m in _LETTER_PAIR.finditer(text)]
    known = [(code, words, marks.meaning(words)) for code, words in pairs]
    if sum(1 for _, _, status in known if status) >= 2 or (known and known[0][2] and marks.symbol(known[0][0])):
        for code, words, status in known:
            found.codes.setdefault(fold(code), (status, words))
        found.printed = True


def _colour_pairs(text: str) -> list[tuple[str, str]]:
    """ "grønt = gjennomført, gult= i gang og pågående" -> [("green", "gjennomført"), ("yellow", "i gang og pågående")].

    Also turned round: "gjennomført = grønn", and "merket grønt når de er gjennomført".
    """
    names = colours.named(text)
    pairs = []
    for at, (_, end, key) in enumerate(names):
        stop = names[at + 1][0] if at + 1 < len(names) else len(text)
        tail = text[end:stop]
        match = re.match(r"(?:\s+(?:farge|status|felt|rute|celle|nivå|markering|tekst))?" + _EQUALS, tail)
        if match:
            words = re.split(r"[;\n|]|\.\s|\.$|,\s*$|\s+og\s*$|\s*/\s*$", tail[match.end() :].strip())[0]
            words = re.sub(r"[\s,;(–-]+$|\s+(?:mens|og)$", "", words.strip())
            if 1 < len(words) <= 90:
                pairs.append((key, words))
    if pairs and (len(pairs) >= 2 or any(marks.meaning(words) for _, words in pairs)):
        return pairs
    turned = []
    start = 0
    for begin, end, key in names:
        match = re.search(r"([^,;=:.\n]{3,60})\s*(?:=|:|→)\s*$", text[start:begin])
        if match and marks.meaning(match[1]):
            turned.append((key, match[1].strip()))
        start = end
    return turned


def _is_colour_name(text: str) -> bool:
    names = colours.named(text)
    return len(names) == 1 and len(fold(text).split()) <= 2


def _is_code(text: str) -> bool:
    bare = text.strip(" .:()")
    return 1 <= len(bare) <= 3


def _sayings(cell: Cell) -> bool:
    """Whether the cell's text could stand in a legend as the meaning of a colour."""
    text = cell.text
    if marks.symbol(text):
        return False
    return (
        len(text.split()) <= 8
        and len(text) <= 60
        and (
            marks.meaning(text) is not None
            or bool(
                re.fullmatch(
                    r"(?:utgår|utgått|utsatt|på vent|stoppet|avlyst|avvist|ikke aktuelt|ikke relevant|uavklart|ny|nytt"
                    r"|nytt tiltak|endret|overført"
                    r"|videreført|mangler(?: status)?|ikke vurdert|ikke rapportert)\W*",
                    fold(text),
                )
            )
        )
    )


def _add(found: Legend, key: str, words: str) -> None:
    if key != "white":
        found.meanings.setdefault(key, capital(words.strip()))
    found.printed = True


def _settle(found: Legend) -> None:
    """Statuses from the printed words. Red, yellow and green keep apart: two of them never come to mean the same."""
    told = {key: marks.meaning(words) or marks.loose_meaning(words) for key, words in found.meanings.items()}
    lights = {key: told.get(key) or key for key in colours.STATUS_COLOURS if key in told}
    clash = len(set(lights.values())) < len(lights)
    for key, status in told.items():
        if key in colours.STATUS_COLOURS:
            found.statuses[key] = key if clash else lights[key]
        elif status:
            found.statuses[key] = status
