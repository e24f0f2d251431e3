"""The regular places of an answer that hold questions: a table's question column, its heads, headings, lines that ask.

Where most of such places are known questions, the others are too, however they are worded: position and order
say which (``order``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.language import minutes, order
from pipeline.language.questionnaire import ASKING, DEMAND, Form, Hit, Piece, plain_words, says_something
from pipeline.language.tables import cell as cell_of
from pipeline.model import BODY_PLACES

_SHARE = 0.5  # so many of the places must be known questions
_FEWEST = 2
_LONGEST = 45  # words of a question, its explanation included
_MOST = 400  # more places than that are no form
_NUMBER = re.compile(r"\(?(\d{1,2}[a-h]?)[.):]*\s+(?=\S)")
_MOST_AGREE = 0.75  # so many numbers and words agree where a number is believed against all but the question itself
_VERBATIM = 0.95
_DOUBTFUL = 0.75  # a hit less sure than this yields where it breaks the order
_SUPPORTS = 0.2  # a likeness that speaks for the place that order gives
_SUPPORTED = 0.6  # so many places need it where few are known by their words
_ALIKE = 0.3  # the mean likeness of headings none of which is known, where each is most like the question at its place
_PLACED = 0.75  # how sure a question is that order and likeness gave
# "Anna" is the question whether there is anything else.
_ELSE = re.compile(r"(?:annet|anna|ymse|diverse|ellers|elles|til slutt|andre (?:ting|forhold|innsp(?:ill|el)|merknad[ea]r))[ :.]*",
                   re.IGNORECASE)
_ASKS_ELSE = re.compile(r"\b(?:annet|anna|andre|mer|meir|øvrige?|ellers|elles|til slutt|spurt)\b", re.IGNORECASE)
# The rows around the questions of a form: who, when, by whose hand
_FRAME = re.compile(
    r"(?:(?:hvem|kven) (?:svarer|svarar|har fylt ut|fyller ut|fyller?)|navn|namn|(?:møte)?dato|stad|sted|underskrift|signatur"
    r"|signert|(?:ut)?fylt (?:ut )?av"
    r"|utfyller|kontakt\w*|e-?post\w*|telefon|tlf|mobil|organisasjon|(?:hørings|høyrings)?instans|avsender|avsendar|(?:sak|saks)behandlar|saksbehandler"
    r"|stilling|rolle|svar fr[aå]|svaret gjeld\w*|på vegner? av|utvalg|utval|kommune|organ|behandl(?:et|a)|handsama|vedtatt"
    r"|vedteke)\b|(?:spørsmål|tema|emne|punkt|område|nr\.?|kapittel)$", re.IGNORECASE)


@dataclass(slots=True)
class _Slot:
    """One place that may hold a question: the indices of its pieces, and what they say."""

    pieces: list[int]
    text: str
    hit: Hit | None
    answered: bool = True  # an answer stands beside or below it
    beside: tuple[int, ...] = ()  # in a table's first row: the other cells' pieces, which may be heads of columns


def settle(pieces: Sequence[Piece], form: Form, *, encoder: bool) -> None:
    """Give the pieces that hold a question their ``hit``. Where no question fits, the hit has none: it is still no answer.

    ``encoder``: ask the language model where words are not enough.
    """
    for group, by_position in _groups(pieces):
        _numbered(pieces, group, form)
        fixed = [s.hit.questions[0] if s.hit and len(s.hit.questions) == 1 else None for s in group]
        asked = [i for i, s in enumerate(group) if not (s.hit and s.hit.block)]
        if by_position and len(asked) > len(form.questions):
            asked = _framed(group, asked, fixed, len(form.questions))
        known = [i for i in asked if fixed[i] is not None]
        inner = [i for i in asked if known and (by_position or known[0] <= i <= known[-1])]
        titled = not by_position and len(asked) == len(form.questions) + 1 and fixed[asked[0]] is None
        series = asked[1:] if titled else asked  # behind the title of the answer
        in_step = _is_series(group, series, fixed, form, encoder=encoder)
        if in_step:
            asked = series
        sure = in_step or (len({fixed[i] for i in known}) >= _FEWEST and len(known) >= _SHARE * len(inner))
        if len(group) > _MOST or not (sure or _asks(group, asked)):
            continue
        if not sure:
            asked = [i for i in asked if fixed[i] is not None or _is_asking(group[i])]
        for i, in_order in enumerate(order.steady(fixed)):
            if not in_order and fixed[i] is not None and group[i].hit.score < _DOUBTFUL:
                fixed[i] = None
        given = dict(zip(asked, range(len(asked)), strict=True)) if in_step else _aligned(
            group, asked, fixed, form, by_position=by_position, sure=sure, encoder=encoder)
        if given is not None:
            for i, slot in enumerate(group):
                if fixed[i] is None and not (slot.hit and slot.hit.block):
                    _mark(pieces, slot, given.get(i), by_position=by_position)
                elif by_position and slot.answered:
                    _whole_cell(pieces, slot)


def _numbered(pieces: Sequence[Piece], group: list[_Slot], form: Form) -> None:
    """Where most known places bear their question's number, the number tells of those whose words tell little: "3 Buss"."""
    shown = [" ".join((*(pieces[n].statement.marker for n in slot.pieces[:1]), slot.text)).strip() for slot in group]
    said = [form.resolve(m[1], ()) if (m := _NUMBER.match(text)) else () for text in shown]
    known = [(slot.hit.questions, number) for slot, number in zip(group, said, strict=True) if slot.hit and number]
    agreed = sum(questions == number for questions, number in known)
    if agreed < _FEWEST or agreed <= len(known) / 2:
        return
    doubt = _VERBATIM if agreed >= 3 and agreed >= _MOST_AGREE * len(known) else _DOUBTFUL
    for slot, number in zip(group, said, strict=True):
        if number and slot.hit and slot.hit.questions != number and slot.hit.score < doubt:
            told = replace(slot.hit, questions=number, score=_PLACED)
            for n in slot.pieces:
                if pieces[n].hit is slot.hit:
                    pieces[n].hit = told
            slot.hit = told


def _aligned(group: list[_Slot], asked: list[int], fixed: Sequence[int | None], form: Form, *, by_position: bool, sure: bool,
             encoder: bool) -> dict[int, int | None] | None:
    """Slot -> question by likeness and order; None where too few of the slots are like any."""
    unknown = [i for i in asked if fixed[i] is None]
    likeness = _likeness([group[i].text for i in unknown], form, encoder=encoder)
    rows = dict(zip(unknown, likeness, strict=True))
    nothing = [0.0] * len(form.questions)
    whole = by_position and len(asked) == len(form.questions)
    aligned = order.align([rows.get(i, nothing) for i in asked], [fixed[i] for i in asked], whole=whole)
    given = dict(zip(asked, aligned, strict=True))
    supported = len(asked) - len(unknown) + sum(given[i] is not None and rows[i][given[i]] >= _SUPPORTS for i in unknown)
    return given if sure or supported >= max(3, (_SUPPORTED / 2 if whole else _SUPPORTED) * len(asked)) else None


def _is_series(group: list[_Slot], asked: list[int], fixed: Sequence[int | None], form: Form, *, encoder: bool) -> bool:
    """Whether the places are as many as the questions and stand in their order."""
    if len(asked) != len(form.questions):
        return False
    known = sum(fixed[i] is not None for i in asked)
    return _in_step(asked, fixed) or (known <= 1 and _in_words(group, asked, fixed, form, encoder=encoder))


def _in_step(asked: Sequence[int], fixed: Sequence[int | None]) -> bool:
    """Whether as many headings as there are questions stand in their order: what is known of them is where it should be."""
    known = [(at, fixed[i]) for at, i in enumerate(asked) if fixed[i] is not None]
    return len(known) >= _FEWEST and all(at == question for at, question in known)


def _in_words(group: list[_Slot], asked: list[int], fixed: Sequence[int | None], form: Form, *, encoder: bool) -> bool:
    """Whether as many rows as there are questions are each most like the one at its place, but for a few.

    Where none is known by its words, each must be: "Om artene og jakten", "Om beite og skade", "Om kunnskap og styring".
    """
    likeness = _likeness([group[i].text for i in asked], form, encoder=encoder)
    agree = sum(at == max(range(len(row)), key=row.__getitem__) for at, row in enumerate(likeness))
    if all(fixed[i] is None for i in asked):
        return 3 <= len(asked) == agree and sum(row[at] for at, row in enumerate(likeness)) >= _ALIKE * len(asked)
    return len(asked) >= 3 and all(fixed[i] in (None, at) for at, i in enumerate(asked)) and agree >= 0.75 * len(asked)


def _framed(group: list[_Slot], asked: list[int], fixed: Sequence[int | None], count: int) -> list[int]:
    """The rows of a form that are as many as the questions: between those that frame them, or where the known ones are in step."""
    rows = _without_frame(group, asked)
    if len(rows) == count:
        return rows
    known = [at - fixed[i] for at, i in enumerate(asked) if fixed[i] is not None]
    first = known[0] if len(set(known)) == 1 and len(known) >= _FEWEST else -1
    return asked[first:first + count] if 0 <= first <= len(asked) - count else asked


def _without_frame(group: list[_Slot], asked: list[int]) -> list[int]:
    """The rows of a form between those that ask who fills it in, and when."""
    first, last = 0, len(asked)
    while first < last and _FRAME.match(group[asked[first]].text):
        first += 1
    while last > first and _FRAME.match(group[asked[last - 1]].text):
        last -= 1
    return asked[first:last]


def _asks(group: list[_Slot], asked: list[int]) -> bool:
    """Whether a series that shares few words with the questionnaire still looks like one: most of it asks."""
    return len(asked) >= 3 and sum(_is_asking(group[i]) for i in asked) >= 0.6 * len(asked)


def _is_asking(slot: _Slot) -> bool:
    return slot.text.rstrip(" *:").endswith("?")


def _likeness(texts: list[str], form: Form, *, encoder: bool) -> list[list[float]]:
    """About 0..1 for each text and question: by meaning where the encoder loads, and by words."""
    if not texts:
        return []
    asks_else = [bool(_ASKS_ELSE.search(q.text)) for q in form.questions]
    shared = [[1.0 if other and _ELSE.fullmatch(t) else one for one, other in zip(form.likeness(t), asks_else, strict=True)] for t in texts]
    meant = order.meanings(texts, [q.text for q in form.questions]) if encoder else None
    if meant is None:
        # No word in common tells nothing of a line that asks, and speaks against any other.
        return [[0.9 * a if a or text.endswith("?") else -0.1 for a in row] for text, row in zip(texts, shared, strict=True)]
    # "Utfylt av" lies near the question of who is responsible: a label that neither asks nor shares a word is half believed.
    return [[(b if a or text.endswith("?") else 0.5 * b) + 0.5 * a for a, b in zip(one, other, strict=True)]
            for text, one, other in zip(texts, shared, meant, strict=True)]


def _mark(pieces: Sequence[Piece], slot: _Slot, question: int | None, *, by_position: bool) -> None:
    if question is not None:
        hit = Hit((question,), _PLACED)
    elif by_position and slot.answered and (_is_asking(slot) or not says_something(slot.text) or _is_head(slot)):
        hit = Hit((), 0.0)
    else:
        return
    for n in slot.pieces:
        if pieces[n].hit is None or len(pieces[n].hit.questions) <= 1:
            pieces[n].hit = hit
    for n in slot.beside if question is None and not _is_asking(slot) else ():
        text = pieces[n].statement.text
        if pieces[n].hit is None and len(text.split()) <= 5 and text[-1] not in ".!" and (
                not says_something(text) or plain_words(text)[0] in ASKING):
            pieces[n].hit = hit


def _is_head(slot: _Slot) -> bool:
    """ "Dette ble vi spurt om": a short line in the first row that wishes nothing."""
    return bool(slot.beside) and len(slot.text.split()) <= 6 and slot.text[-1:] not in ".!" and not DEMAND.search(slot.text)


def _whole_cell(pieces: Sequence[Piece], slot: _Slot) -> None:
    """What else stands in the cell of a known question, an explanation or its second half, is no answer either."""
    for n in slot.pieces:
        text = pieces[n].statement.text
        if pieces[n].hit is None and (text.rstrip().endswith("?") or not says_something(text)):
            pieces[n].hit = slot.hit


def _groups(pieces: Sequence[Piece]) -> list[tuple[list[_Slot], bool]]:
    """The document's series of like places, and whether a place of the series is a question by position alone."""
    found = [(slots, True) for slots in _tables(pieces)]
    by_depth: dict[int, list[_Slot]] = {}
    lines: list[_Slot] = []
    for n, piece in enumerate(pieces):
        s = piece.statement
        if s.place not in BODY_PLACES or cell_of(s) is not None or len(s.text.split()) > _LONGEST:
            continue
        if s.kind == "heading" and not minutes.starts_item(s.text, s.marker):
            by_depth.setdefault(len(s.headings), []).append(_Slot([n], s.text, piece.hit))
        elif s.text.rstrip().endswith("?") and s.kind != "heading":
            alone = all(not 0 <= m < len(pieces) or pieces[m].statement.block != s.block for m in (n - 1, n + 1))
            if alone or piece.hit:
                lines.append(_Slot([n], s.text, piece.hit))
    found += [(slots, False) for slots in by_depth.values()]
    # Lines of a printed questionnaire follow each other; here each has its answer.
    apart = sum(b.pieces[0] - a.pieces[0] > 1 for a, b in pairwise(lines)) >= 0.6 * (len(lines) - 1)
    if apart and sum(s.hit is not None for s in lines) >= _SHARE * len(lines):
        found.append((lines, False))
    return found


def _tables(pieces: Sequence[Piece]) -> list[list[_Slot]]:
    """A series for each table: its question column, or its first row."""
    grids: dict[str, dict[tuple[int, int], list[int]]] = {}
    for n, piece in enumerate(pieces):
        if piece.statement.place in BODY_PLACES and (at := cell_of(piece.statement)) is not None:
            grids.setdefault(at[0], {}).setdefault(at[1:], []).append(n)
    series = []
    for grid in grids.values():
        rows, columns = sorted({r for r, _ in grid}), sorted({c for _, c in grid})
        hits = {at: _hit_of(pieces, members) for at, members in grid.items()}
        heads = [(rows[0], c) for c in columns if (rows[0], c) in grid]
        if len({hits[at].questions for at in heads if hits[at] and not hits[at].block}) >= _FEWEST and len(rows) > 1:
            series.append([_slot(pieces, grid[at], hits[at]) for at in heads])
            continue
        if len(columns) < 2:
            continue
        asking = max(columns, key=lambda c: (len({hits[at].questions for at in grid if at[1] == c and hits[at]}), -c))
        asking = _wording(pieces, grid, columns, asking)
        slots = []
        for r in rows:
            if (r, asking) not in grid:
                continue
            slot = _slot(pieces, grid[r, asking], hits[r, asking])
            beside = [at for at in grid if at[0] == r and at[1] != asking]
            slot.answered = any(at[1] > asking for at in beside)
            if r == rows[0] and len(rows) > 2:
                slot.beside = tuple(n for at in beside for n in grid[at])
            if slot.hit is None:  # a number in a column of its own names the question as well
                slot.hit = next((hits[at] for at in beside if at[1] < asking and hits[at]), None)
            slots.append(slot)
        series.append(slots)
    return series


def _wording(pieces: Sequence[Piece], grid: dict[tuple[int, int], list[int]], columns: list[int], asking: int) -> int:
    """The column that words the questions, where ``asking`` only numbers them: names or questions between number and answer."""
    numbers = [at for at in grid if at[1] == asking]
    bare = [at for at in numbers if "".join(pieces[n].statement.text for n in grid[at]).strip(" .)(:").isdigit()]
    after = [c for c in columns if c > asking]
    if len(after) < 2 or len(bare) < 2:
        return asking
    cells = [" ".join(pieces[n].statement.text for n in grid[r, after[0]]) for r, _ in bare if (r, after[0]) in grid]
    answers = [" ".join(pieces[n].statement.text for n in grid[r, after[1]]) for r, _ in bare if (r, after[1]) in grid]
    told = sum(any(c.isalpha() for c in a) for a in answers) >= 0.5 * len(bare)
    named = sum(c.rstrip(" *:").endswith("?") or (len(c.split()) <= 8 and c.rstrip()[-1:] not in ".!" and not DEMAND.search(c))
                for c in cells)
    return after[0] if told and cells and named >= 0.75 * len(cells) else asking


def _slot(pieces: Sequence[Piece], members: list[int], hit: Hit | None) -> _Slot:
    held = [n for n in members if pieces[n].hit is None or pieces[n].hit.echo]
    return _Slot(held, " ".join(pieces[n].statement.text for n in held), hit)


def _hit_of(pieces: Sequence[Piece], members: list[int]) -> Hit | None:
    """What a cell asks: a question before a block's title."""
    hits = [pieces[n].hit for n in members if pieces[n].hit and pieces[n].hit.echo and pieces[n].hit.questions]
    return min(hits, key=lambda h: (h.block, len(h.questions)), default=None)
