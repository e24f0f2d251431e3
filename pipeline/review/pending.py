"""Our own proposals that still wait for an answer: taken back where others are to take their place.

A proposal on top of a waiting one would be a deletion within an insertion, which LibreOffice leaves standing when all
is accepted. Taking one back gives what rejecting it gives, so the person's text stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from pipeline.review._ooxml import AUTHOR, MARK_CHANGES, W, block_before, element
from pipeline.review.blocks import live

_RANGES = {W + "bookmarkStart": W + "bookmarkEnd", W + "commentRangeStart": W + "commentRangeEnd"}


def withdraw(paragraph, new_id: Callable[[], str]) -> bool:
    """Give the paragraph the words it has when our waiting proposals are rejected; comments stay. Whether there were any."""
    holders = [h for h in paragraph.iter(W + "ins", W + "del") if _ours(h) and next(h.iterancestors(W + "p")) is paragraph
               and h.getparent().tag not in (W + "rPr", W + "trPr")]
    for holder in holders:
        if holder.tag == W + "del":
            for node in holder.iter(W + "delText", W + "delInstrText"):
                node.tag = W + ("t" if node.tag == W + "delText" else "instrText")
            for child in list(holder):
                holder.addprevious(child)
            holder.getparent().remove(holder)
            continue
        for run in [r for r in holder.iter(W + "r") if r.find(W + "commentReference") is None]:
            run.getparent().remove(run)
        if not len(holder):
            holder.getparent().remove(holder)
        elif (start := holder.find(W + "commentRangeStart")) is not None and len(holder) > 1:
            alone = element("ins")  # what is put in its place is to stand within the range
            for key, value in holder.attrib.items():
                alone.set(key, value)
            alone.set(W + "id", new_id())
            holder.addprevious(alone)
            alone.append(start)
    return bool(holders)


def take_back(paragraph) -> bool:
    """Remove a paragraph that is nothing but a waiting insertion of ours. False, and untouched, when it is not."""
    if not _all_ours(paragraph):
        return False
    if _mark(paragraph) is None:  # it ends with the mark of the paragraph before it
        before = _neighbour(paragraph)
        mark = _mark(before) if before is not None else None
        if mark is None:
            return False
        theirs, properties = before.find(W + "pPr"), paragraph.find(W + "pPr")
        change = properties.find(W + "pPrChange") if properties is not None else None
        section = properties.find(W + "sectPr") if properties is not None else None
        mark.getparent().remove(mark)
        for node in (section, change):
            if node is not None and (node is section or (_all_ours(before) and theirs.find(W + "pPrChange") is None)):
                theirs.append(node)
    _leave_ranges(paragraph)
    paragraph.getparent().remove(paragraph)
    return True


def take_back_row(row) -> bool:
    """As ``take_back``, for a table row; the table goes with its last row."""
    inserted = row.find(f"{W}trPr/{W}ins")
    if inserted is None or not _ours(inserted) or not all(_all_ours(p) for p in row.iter(W + "p") if next(live(p), None) is not None):
        return False
    table = next(row.iterancestors(W + "tbl"))
    _leave_ranges(row)
    row.getparent().remove(row)
    if next(table.iter(W + "tr"), None) is None:
        table.getparent().remove(table)
    return True


def _ours(change) -> bool:
    return change.get(W + "author") == AUTHOR


def _all_ours(paragraph) -> bool:
    """Whether all text is a waiting insertion of ours, and no mark or word of it is changed otherwise."""
    texts = list(live(paragraph))
    if not texts or any(True for _ in paragraph.iter(W + "delText", W + "moveFrom", W + "moveTo")):
        return False
    looks = paragraph.find(f"{W}pPr/{W}rPr")
    marks = [n for n in looks if n.tag in MARK_CHANGES] if looks is not None else []
    drawn = list(paragraph.iter(W + "drawing", W + "pict", W + "object"))
    return all(any(a.tag == W + "ins" and _ours(a) for a in t.iterancestors()) for t in (*texts, *drawn)) \
        and all(m.tag == W + "ins" and _ours(m) for m in marks)


def _mark(paragraph):
    """The insertion of the paragraph's mark, when it is ours."""
    mark = paragraph.find(f"{W}pPr/{W}rPr/{W}ins")
    return mark if mark is not None and _ours(mark) else None


def _neighbour(paragraph):
    before = block_before(paragraph)
    return before if before is not None and before.tag == W + "p" else None


def _leave_ranges(node) -> None:
    """Put the ends of ranges that reach out of ``node`` before it: they are the person's or an editor's."""
    for start, end in _RANGES.items():
        starts = {n.get(W + "id"): n for n in node.iter(start)}
        ends = {n.get(W + "id"): n for n in node.iter(end)}
        for ident in starts.keys() ^ ends.keys():
            lonely = starts.get(ident)
            node.addprevious(deepcopy(lonely if lonely is not None else ends[ident]))
