"""The status of every tiltak: from its text first, then from the cell shading that carries the status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.norsk import fold
from pipeline.plan import colours, marks
from pipeline.plan.cells import RawRow
from pipeline.plan.legend import Legend
from pipeline.plan.tally import STATUS_WORDS

_DOTS = frozenset("●⬤■◼▪•⚫")
_RINGS = frozenset("○◯◐◑◒◓◔◕⚪")
_ROW = -1  # the carrier "the whole row is shaded"


@dataclass(slots=True)
class Verdict:
    """``clash``: the colour that says otherwise than the text; ``strange``: a colour or text nobody explains."""

    status: str = "unknown"
    text: str = ""
    fill: str | None = None
    clash: str = ""
    strange: str = ""
    remark: str = ""  # free text in a status column that is no status: belongs with the comment


def judge(rows: Sequence[RawRow], legend: Legend) -> list[Verdict]:
    """One verdict a row; ``rows`` are those of one sheet, for what a shading means shows in the whole sheet only."""
    signs = {text.strip() for row in rows for text, _, _ in row.status_cells if text.strip()}
    # A dot alone means nothing: its colour does, or that other rows have an empty or a half ring.
    dots = signs & _DOTS if not signs - _DOTS or (len(signs & _DOTS) == 1 and not signs & _RINGS) else set()
    told = [_from_text(row, legend, dots) for row in rows]
    status_cols = [col for col, _ in Counter(c for r in rows for _, _, c in r.status_cells).most_common()]
    backgrounds = _backgrounds(rows, set(status_cols))
    as_text = sum(1 for status, _ in told if status)
    text_rules = as_text * 2 >= len(rows)
    carriers = _carriers(rows, status_cols, backgrounds, legend, text_rules)
    ignored = _everywhere(rows, status_cols, text_rules)
    paints = [
        _paint(row, carriers, status_cols, background, legend, ignored)
        for row, background in zip(rows, backgrounds, strict=True)
    ]
    meaningful = _agrees(told, paints, legend)
    return [
        _verdict(row, *words, *paint, meaningful, legend) for row, words, paint in zip(rows, told, paints, strict=True)
    ]


def _from_text(row: RawRow, legend: Legend, dots: set[str]) -> tuple[str | None, str]:
    """(status, the printed words). The words are kept where they say no status as well."""
    if row.one_hot:
        statuses = {status for status, _ in row.one_hot}
        words = " / ".join(dict.fromkeys(heading for _, heading in row.one_hot))
        return (statuses.pop() if len(statuses) == 1 else None), words
    first_words = ""
    for text, _, _ in row.status_cells:
        if not text.strip(" -–—?./") or text.strip() in dots:
            continue  # a dash says nothing
        code = legend.codes.get(fold(text).strip(" .()"))
        if code and code[0]:
            return code[0], code[1]
        status = marks.meaning(text) or marks.letter(text)
        named = colours.named(text)
        if len(named) == 1 and len(fold(text).split()) <= 3 and named[0][2] in legend.statuses:
            status = legend.statuses[named[0][2]]
        if status:
            return status, text
        first_words = first_words or text
    return None, first_words


def _backgrounds(rows: Sequence[RawRow], status_cols: set[int]) -> list[str | None]:
    """Per row the fill that most of its cells share (status and structure columns left out), else None."""
    found: list[str | None] = []
    for row in rows:
        fills = [fill for col, fill in row.shades.items() if col not in row.structure_cols and col not in status_cols]
        most = Counter(fills).most_common(1)
        found.append(most[0][0] if most and len(fills) >= 2 and most[0][1] * 5 >= len(fills) * 3 else None)
    return found


def _carriers(
    rows: Sequence[RawRow],
    status_cols: Sequence[int],
    backgrounds: Sequence[str | None],
    legend: Legend,
    text_rules: bool,
) -> list[int]:
    """The columns whose shading can be a status, best first: status columns, and others where nothing else tells it."""
    carriers = list(status_cols)
    painted_status = sum(
        1
        for row, bg in zip(rows, backgrounds, strict=True)
        if any(_known(fill, legend) and fill != bg for _, fill, _ in row.status_cells)
    )
    if text_rules or painted_status * 4 >= len(rows):
        return carriers
    if _rows_are_painted(rows, backgrounds, legend):
        return [*carriers, _ROW]
    scores: Counter[int] = Counter()
    hues: dict[int, set[str]] = {}
    for row, background in zip(rows, backgrounds, strict=True):
        for col, fill in row.shades.items():
            if col not in row.structure_cols and col not in carriers and fill != background and _known(fill, legend):
                scores[col] += 1
                hues.setdefault(col, set()).add(str(colours.colour(fill)))
    every = {
        col
        for col, n in scores.items()
        if n == len(rows) and len(hues[col]) == 1 and len(rows) > 2 and not legend.printed
    }
    usable = [col for col in scores if col not in every]
    return carriers + sorted(usable, key=lambda c: (-scores[c], c))


def _rows_are_painted(rows: Sequence[RawRow], backgrounds: Sequence[str | None], legend: Legend) -> bool:
    """Whether the shading of whole rows is a status: not where it alternates or only tells fokusområder apart."""
    keys = [colours.colour(bg) if _known(bg, legend) else None for bg in backgrounds]
    hues = {k for k in keys if k}
    if not hues:
        return False
    if len(hues) == 1 and len(rows) > 2 and not legend.printed:
        # One hue on all rows is decoration, and so is one that comes and goes with every other row.
        parity = {(row.row % 2, key) for row, key in zip(rows, keys, strict=True)}
        if len(set(keys)) == 1 or len(parity) == 2:
            return False
    if len(hues) > 1 and not legend.printed:
        areas: dict[tuple[str, str], set[str | None]] = {}
        for row, key in zip(rows, keys, strict=True):
            areas.setdefault((row.focus_no, row.focus), set()).add(key)
        if len(areas) == len(hues) and all(len(found) == 1 for found in areas.values()) and len(rows) >= 2 * len(areas):
            return False
    return True


def _known(fill: str | None, legend: Legend) -> bool:
    key = colours.colour(fill)
    return key is not None and legend.status(key) is not None


def _paint(
    row: RawRow,
    carriers: Sequence[int],
    status_cols: Sequence[int],
    background: str | None,
    legend: Legend,
    ignored: set[str | None],
) -> tuple[str | None, str | None]:
    """(status, fill) of the row's shading. A colour without a meaning is returned with status None."""
    strange = None
    telling = {*status_cols, next((c for c in carriers if c not in status_cols), 0)}
    for carrier in carriers:
        fill = background if carrier == _ROW else row.shades.get(carrier)
        key = colours.colour(fill)
        behind = carrier in status_cols and fill == background and _ROW not in carriers and len(row.shades) > 3
        if key is None or behind:
            continue
        status = legend.status(key)
        if status:
            return status, fill
        if carrier in telling and fill not in ignored:
            strange = strange or fill
    return None, strange


def _everywhere(rows: Sequence[RawRow], status_cols: Sequence[int], text_rules: bool) -> set[str | None]:
    """Fills of status columns that cannot be a message: where text tells the status, or on every single row."""
    fills = Counter(fill for row in rows for _, fill, _ in row.status_cells if fill)
    return {fill for fill, n in fills.items() if text_rules or (n >= len(rows) * len(status_cols) and len(rows) > 2)}


def _agrees(
    told: Sequence[tuple[str | None, str]], paints: Sequence[tuple[str | None, str | None]], legend: Legend
) -> bool:
    """Whether shading beside status text means the status too: they agree at least as often as they differ."""
    both = [(words[0], paint[0]) for words, paint in zip(told, paints, strict=True) if words[0] and paint[0]]
    same = sum(1 for a, b in both if a == b)
    if not both or same == 0:
        return False
    hues = {b for _, b in both}
    return same * 2 >= len(both) and (len(hues) > 1 or legend.printed or len(both) == 1)


def _verdict(
    row: RawRow, told: str | None, words: str, painted: str | None, fill: str | None, meaningful: bool, legend: Legend
) -> Verdict:
    if told:
        clash = painted if painted and meaningful and painted != told else ""
        return Verdict(status=told, text=words, fill=fill if clash else None, clash=clash or "")
    key = colours.colour(fill) or ""
    said = legend.meanings.get(key, "")
    if painted:
        if words and len(words) <= 40:
            return Verdict(status=painted, text=words, fill=fill)
        return Verdict(status=painted, text=said or STATUS_WORDS[painted], fill=fill, remark=words)
    loose = marks.loose_meaning(words) if words else None
    if loose:
        return Verdict(status=loose, text=words)
    if fill and key and key != "black":
        name = colours.COLOUR_WORDS[key]
        text = words or said or f"Ukjent farge ({name})"
        return Verdict(
            status="unknown", text=text, fill=fill, strange=f"fargen {name}" + (f" («{said}»)" if said else "")
        )
    if words:
        return Verdict(status="unknown", text=words, strange=f"«{words[:60]}»")
    return Verdict(status="unknown", text=STATUS_WORDS["unknown"])
