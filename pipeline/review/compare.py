"""What a person did to a draft: kept, reworded, moved, merged, deleted, added, commented."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from pipeline.review import align
from pipeline.review._ooxml import AUTHOR, W
from pipeline.review.blocks import Block, Note, Story, read


@dataclass(frozen=True, eq=False, kw_only=True)
class Fate:
    """What became of one block that we wrote. ``mine`` is where it stands in the person's file, or None."""

    base: Block
    mine: Block | None
    reworded: bool = False
    moved: bool = False
    merged: bool = False  # one of several of ours that the person made one block of
    touched: bool = False  # same words, but the person's tracked changes, notes, links or colours in it
    commented: bool = False  # a comment or an answer of a person's stands at it

    @property
    def state(self) -> str:
        """deleted | merged | reworded | moved | kept; the strongest that holds."""
        if self.mine is None:
            return "deleted"
        return "merged" if self.merged else "reworded" if self.reworded else "moved" if self.moved else "kept"

    @property
    def untouched(self) -> bool:
        """Whether the block is as we left it, so that news may be proposed in its text."""
        return self.state == "kept" and not self.touched


@dataclass(frozen=True, eq=False, kw_only=True)
class Edits:
    """``fates``: by index of the base's block. ``added``: the person's own blocks. ``notes``: the person's comments."""

    base: Story
    mine: Story
    fates: dict[int, Fate]
    added: tuple[Block, ...]
    notes: tuple[Note, ...]

    def counts(self) -> dict[str, int]:
        """How many blocks are kept, reworded, moved, merged, deleted, added and how many comments came."""
        found = Counter(f.state for f in self.fates.values())
        return {**{s: found[s] for s in ("kept", "reworded", "moved", "merged", "deleted")},
                "added": len(self.added), "comments": len(self.notes)}


def compare(base: bytes, mine: bytes) -> Edits:
    """What a person did to ``base`` to make it ``mine`` (both .docx). Raises ``_ooxml.CannotMerge``."""
    return compare_stories(read(base), read(mine))


def review(data: bytes) -> tuple[int, int, int]:
    """(points that a person has seen to, points that we have a comment at, paragraphs and rows where a proposal of ours
    waits) in a .docx. Raises ``_ooxml.CannotMerge``.

    Seen to: all our comments at the point are resolved, and no proposal of ours waits in it.
    """
    blocks = read(data).blocks
    points = [b for b in blocks if b.is_point and b.alignable and any(n.ours for n in b.notes)]
    return sum(b.seen and not _waits(b) for b in points), len(points), sum(map(_waits, blocks))


def seen(data: bytes) -> tuple[int, int]:
    """The first two of ``review``."""
    return review(data)[:2]


def _waits(block: Block) -> bool:
    changes = tuple(W + n for n in ("ins", "del", "pPrChange", "tcPrChange"))
    return any(c.get(W + "author") == AUTHOR for c in block.element.iter(*changes))


def compare_stories(base: Story, mine: Story) -> Edits:
    """As ``compare``, on documents already read."""
    found = align.align(base.blocks, mine.blocks)
    moved = _moved(base.blocks, mine.blocks, found)
    fates = {}
    known = {(n.author, n.lines) for b in base.blocks for n in b.notes}
    repeated = Counter(b.key for b in base.blocks if not b.is_point)
    for b in base.blocks:
        if not b.alignable:
            continue
        m = mine.blocks[found.pairs[b.index]] if b.index in found.pairs else None
        if m is None:
            fates[b.index] = Fate(base=b, mine=None)
            continue
        # A text that stands several times is only known by where it stands.
        doubtful = repeated[b.key] > 1 and not b.is_point and b.heading >= 0 and b.heading not in found.pairs
        fates[b.index] = Fate(
            base=b, mine=m, reworded=m.key != b.key, moved=b.index in moved or doubtful, merged=b.index in found.merged,
            touched=m.foreign or bool(Counter(m.special) - Counter(b.special)) or _recoloured(b, m),
            commented=any(not n.ours and (n.author, n.lines) not in known for n in m.notes))
    taken = set(found.pairs.values())
    return Edits(
        base=base, mine=mine, fates=fates,
        added=tuple(b for b in mine.blocks if b.alignable and b.index not in taken),
        notes=tuple({n.id: n for b in mine.blocks for n in b.notes if not n.ours}.values()))


def _recoloured(base: Block, mine: Block) -> bool:
    """Whether a colour that we gave a cell is another now. (LibreOffice writes the table style's colours into cells.)"""
    return len(base.fills) != len(mine.fills) or any(
        was and was != now for was, now in zip(base.fills, mine.fills, strict=True))


def nearest_known_heading(block: Block, blocks: tuple[Block, ...], known: set[int]) -> int:
    """Index of the nearest heading above that is in ``known``, passing over a person's own headings; -1: none."""
    at = block.heading
    while at >= 0 and at not in known:
        at = _heading_above(blocks, at)
    return at


def _heading_above(blocks: tuple[Block, ...], at: int) -> int:
    return next((i for i in range(at - 1, -1, -1)
                 if blocks[i].level and not blocks[i].gone and not blocks[i].contents), -1)


def _moved(old: tuple[Block, ...], new: tuple[Block, ...], found: align.Alignment) -> set[int]:
    """Old indices that now stand under another heading, or in another order among their own."""
    known = {n for o, n in found.pairs.items() if old[o].level}
    moved: set[int] = set()
    siblings: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for o, n in sorted(found.pairs.items()):
        home = found.pairs.get(old[o].heading)
        if home is not None and nearest_known_heading(new[n], new, known) != home:
            moved.add(o)
        else:
            siblings[old[o].heading].append((o, n))
    for group in siblings.values():
        moved |= {group[i][0] for i in align.out_of_order([n for _, n in group])}
    return moved
