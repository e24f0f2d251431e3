"""What a person did to points in the Word file that says how their statements should be sorted: corrections to keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pipeline.model import Point, Statement
from pipeline.review.blocks import Block
from pipeline.review.compare import Edits
from pipeline.review.corrections import Corrections, Reference, StatementCorrection


def learnt(edits: Edits, themes: Mapping[str, str], points: Sequence[Point], statements: Sequence[Statement]) -> Corrections:
    """Points moved to another theme's section, and points that the person made one bullet of.

    ``themes``: theme key by the title that stands as a heading in our draft. ``points`` and ``statements``: of the
    case now. What is sorted so already is left out.
    """
    by_id, said = {p.id: p for p in points}, {s.id: s for s in statements}
    headings = {f.mine.index: f.base for f in edits.fates.values() if f.mine is not None and f.base.level}
    moved: list[StatementCorrection] = []
    joined: dict[int, list[Reference]] = defaultdict(list)
    for fate in edits.fates.values():
        found = [by_id[i] for i in sorted(fate.base.bookmarks | fate.base.note_ids) if i in by_id]
        if fate.mine is None or not found:
            continue
        theme = _theme_over(fate.mine, edits.mine.blocks, headings, themes)
        behind = [said[i] for p in found for i in p.statement_ids if i in said]
        if theme and theme != _theme_of(fate.base, themes):
            moved += [StatementCorrection(statement=_reference(s), theme=theme) for s in behind if s.theme != theme]
        if fate.merged and behind:
            joined[fate.mine.index].append(_reference(behind[0]))
    return Corrections(statements=tuple(moved), together=tuple(tuple(group) for group in joined.values() if len(group) > 1))


def added_to(known: Corrections, learnt: Corrections) -> Corrections:
    """Both; of two corrections of one statement the one already ``known`` counts, as a person wrote it down."""
    spoken = {(c.statement.source, c.statement.text) for c in known.statements}
    fresh = tuple(c for c in learnt.statements if (c.statement.source, c.statement.text) not in spoken)
    return Corrections(statements=(*known.statements, *fresh), files=known.files, apart=known.apart,
                       together=tuple(dict.fromkeys((*known.together, *learnt.together))))


def _reference(statement: Statement) -> Reference:
    return Reference(source=statement.source, text=statement.text)


def _theme_of(block: Block, themes: Mapping[str, str]) -> str | None:
    return next((themes[title] for title in reversed(block.path) if title in themes), None)


def _theme_over(block: Block, blocks: Sequence[Block], headings: Mapping[int, Block], themes: Mapping[str, str]) -> str | None:
    """The theme of the section that a block of the person's file stands in; headings count as we wrote them."""
    at, level = block.heading, 10
    while at >= 0:
        ours = headings.get(at)
        if blocks[at].level < level:
            level = blocks[at].level
            if ours is not None and ours.text in themes:
                return themes[ours.text]
            if ours is None and level <= 3:
                return None  # a section of the person's own
        at = next((i for i in range(at - 1, -1, -1) if blocks[i].level and not blocks[i].gone and not blocks[i].contents), -1)
    return None
