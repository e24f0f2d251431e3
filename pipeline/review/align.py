"""Which block of one version is which block of another.

Signals in order of trust, as measured on edited files: bookmark, id in a comment, evidence, exact text, visible
reference, similar text, neighbours. Ids come from evidence, never from order. A block that no signal places with
confidence stays unplaced: whoever asks must then add, never change.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from pipeline.review.blocks import Block

# Similarity of texts (0..1) from which two blocks are one: higher where ids should have told. Below CLEAR, two
# blocks with one bookmark are only taken for one when the old text stands nowhere else.
WITH_IDS, WITHOUT_IDS, CLEAR, BETWEEN_NEIGHBOURS = 0.75, 0.6, 0.3, 0.3
_WORD = re.compile(r"\w{3,}")
# So many blocks may share a word before it says nothing about which block it is.
_COMMON = 60


@dataclass(slots=True)
class Alignment:
    """``pairs``: index in old -> index in new. ``merged``: old indices that share their new block with another."""

    pairs: dict[int, int] = field(default_factory=dict)
    merged: set[int] = field(default_factory=set)
    how: dict[int, str] = field(default_factory=dict)

    def inverse(self) -> dict[int, int]:
        """New index -> the (first) old index."""
        found: dict[int, int] = {}
        for old, new in self.pairs.items():
            found.setdefault(new, old)
        return found


def similarity(a: str, b: str, floor: float = 0.0) -> float:
    """Similarity of two texts, 0..1; 0 when it is sure to be under ``floor``."""
    if a == b:
        return 1.0
    if floor and 2 * min(len(a), len(b)) < floor * (len(a) + len(b)):
        return 0.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if floor and matcher.quick_ratio() < floor:
        return 0.0
    return matcher.ratio()


def align(old: Sequence[Block], new: Sequence[Block], *, drafts: bool = False) -> Alignment:
    """Place the blocks of ``old`` in ``new``. ``drafts``: both are drafts of ours, where passage numbers and the
    evidence of a point may differ; otherwise ``new`` is a person's edit of ``old``."""
    work = _Work(old, new)
    work.by_id("bookmark", lambda b: b.bookmarks)
    work.by_id("comment", lambda b: b.note_ids)
    if drafts:
        work.by_shared_evidence()
    else:
        work.unique("evidence", lambda b: b.evidence or None)
    work.in_sequence()
    work.unique("text", lambda b: (b.path, b.key))
    work.unique("text", lambda b: b.key, at_home=drafts)
    if not drafts:
        work.unique("reference", lambda b: (b.kind, b.level, b.references) if b.references else None)
    known = any(b.is_point for b in new)
    work.similar(WITH_IDS if known and not drafts else WITHOUT_IDS, drafts=drafts)
    work.between_neighbours()
    work.headings_by_content(drafts=drafts)
    work.between_neighbours()
    return work.found


class _Work:
    def __init__(self, old: Sequence[Block], new: Sequence[Block]) -> None:
        self.old, self.new = old, new
        self.found = Alignment()
        self.taken: set[int] = set()

    def left(self) -> tuple[list[Block], list[Block]]:
        return ([b for b in self.old if b.alignable and b.index not in self.found.pairs],
                [b for b in self.new if b.alignable and b.index not in self.taken])

    def pair(self, a: Block, b: Block, how: str) -> None:
        self.found.pairs[a.index] = b.index
        self.found.how[a.index] = how
        self.taken.add(b.index)

    def by_id(self, how: str, ids_of: Callable[[Block], Iterable[str]]) -> None:
        left, _ = self.left()
        holders: dict[str, list[Block]] = defaultdict(list)
        for b in self.new:
            if b.alignable:
                for i in ids_of(b):
                    holders[i].append(b)
        texts = Counter(b.key for b in self.new if b.alignable)
        known = Counter(b.key for b in self.old if b.alignable)
        chosen: dict[int, list[tuple[float, Block, Block]]] = defaultdict(list)
        for a in left:
            candidates = {b.index: b for i in ids_of(a) for b in holders[i] if b.kind == a.kind}
            # A block with the very text of another of ours is that one: editors leave ids behind on their neighbours.
            free = [b for b in candidates.values() if (how == "bookmark" or b.index not in self.taken)
                    and (b.key == a.key or not known[b.key])]
            if not free:
                continue
            score, best = max(((similarity(a.text, b.text), -b.index), b) for b in free)
            if score[0] < CLEAR and texts[a.key] and all(b.key != a.key for b in free):
                continue  # the text itself stands elsewhere: the id was left behind
            chosen[best.index].append((score[0], a, best))
        for several in chosen.values():
            for _, a, b in several:
                self.pair(a, b, how)
            # One block holding several old ids and the text of one: that one is kept, the others only left ids.
            exact = [a for _, a, b in several if a.key == b.key]
            if len(several) > 1:
                for _, a, _b in several:
                    if exact and a not in exact:
                        del self.found.pairs[a.index]
                    elif not exact:
                        self.found.merged.add(a.index)

    def by_shared_evidence(self) -> None:
        left, free = self.left()
        holders: dict[tuple[str, str], list[Block]] = defaultdict(list)
        for b in free:
            for e in b.evidence:
                holders[e].append(b)
        scored = []
        for a in left:
            for b in {c.index: c for e in a.evidence for c in holders[e]}.values():
                if a.kind == b.kind and a.is_point == b.is_point:
                    shared = len(a.evidence & b.evidence) / len(a.evidence | b.evidence)
                    scored.append((a.path == b.path, shared, similarity(a.text, b.text), -a.index, -b.index, a, b))
        for *_, a, b in sorted(scored, key=lambda s: s[:5], reverse=True):
            if a.index not in self.found.pairs and b.index not in self.taken:
                self.pair(a, b, "evidence")

    def unique(self, how: str, key_of: Callable[[Block], Hashable | None], *, at_home: bool = False) -> None:
        """Blocks whose key stands once in each. ``at_home``: not when they only look the same; a label ("Ulike syn:")
        that left one section and came in another has not moved."""
        left, free = self.left()
        olds, news = defaultdict(list), defaultdict(list)
        for blocks, groups in ((left, olds), (free, news)):
            for b in blocks:
                if (key := key_of(b)) is not None:
                    groups[key].append(b)
        for key, group in olds.items():
            if len(group) == 1 and len(news[key]) == 1:
                a, b = group[0], news[key][0]
                if not (at_home and self._label_elsewhere(a, b)):
                    self.pair(a, b, how)

    def _label_elsewhere(self, a: Block, b: Block) -> bool:
        """Whether they are no points and no headings, and stand under headings that are known to be others."""
        if a.is_point or a.level:
            return False
        under = self.found.pairs.get(a.heading)
        return under != b.heading if under is not None else b.heading in self.taken

    def in_sequence(self) -> None:
        """Equal texts in equal order: the only safe way to tell several blocks of one text apart."""
        olds = [b for b in self.old if b.alignable]
        news = [b for b in self.new if b.alignable]
        inverse = self.found.inverse()
        numbers: dict[Hashable, int] = {}
        a = [numbers.setdefault(("pair", o.index) if o.index in self.found.pairs else o.key, len(numbers)) for o in olds]
        b = [numbers.setdefault(("pair", inverse[n.index]) if n.index in inverse else n.key, len(numbers))
             for n in news]
        for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
            for i in range(block.size):
                first, second = olds[block.a + i], news[block.b + i]
                if first.index not in self.found.pairs and second.index not in self.taken:
                    self.pair(first, second, "text")

    def similar(self, threshold: float, *, drafts: bool) -> None:
        left, free = self.left()
        holders: dict[str, list[Block]] = defaultdict(list)
        for b in free:
            for w in set(_WORD.findall(b.text.lower())):
                holders[w].append(b)
        headings = {a: n for a, n in self.found.pairs.items() if self.old[a].level}
        scored = []
        for a in left:
            shared: Counter[int] = Counter()
            for w in set(_WORD.findall(a.text.lower())):
                if len(holders[w]) <= _COMMON:
                    shared.update(b.index for b in holders[w])
            for index, _ in shared.most_common(25):
                b = self.new[index]
                if b.kind != a.kind or bool(b.level) != bool(a.level):
                    continue
                if drafts and (a.is_point != b.is_point or self._label_elsewhere(a, b)):
                    continue
                at_home = headings.get(a.heading, a.heading if a.heading < 0 else None) == b.heading
                floor = threshold if at_home or not drafts else max(threshold, WITH_IDS)
                score = similarity(a.text, b.text, floor)
                if score >= floor:
                    scored.append((score + 0.1 * at_home, -a.index, -b.index, a, b))
        for *_, a, b in sorted(scored, key=lambda s: s[:3], reverse=True):
            if a.index not in self.found.pairs and b.index not in self.taken:
                self.pair(a, b, "similar")

    def headings_by_content(self, *, drafts: bool) -> None:
        """A heading that nothing else places is the one over most of the same blocks; between two drafts of ours, where
        nobody has moved any, the one over the first of them that is left."""
        left, free = self.left()
        open_ = {b.index for b in free if b.level}
        for a in (a for a in left if a.level):
            homes = Counter([self.new[self.found.pairs[c.index]].heading for c in self.old
                             if c.heading == a.index and c.index in self.found.pairs][:1 if drafts else None])
            for index, n in homes.most_common(1):
                if index in open_ - self.taken and n * 2 > sum(homes.values()) and self.new[index].level == a.level:
                    self.pair(a, self.new[index], "content")

    def between_neighbours(self) -> None:
        """One block on each side between two pairs that are neighbours: the same block, if it looks at all alike."""
        while True:
            before = len(self.found.pairs)
            olds = [b for b in self.old if b.alignable]
            news = [b for b in self.new if b.alignable]
            place = {b.index: i for i, b in enumerate(news)}
            for i, a in enumerate(olds):
                if a.index in self.found.pairs:
                    continue
                ahead = self._place(olds, i - 1, place, -1)
                after = self._place(olds, i + 1, place, len(news))
                if ahead is None or after is None or after - ahead != 2:
                    continue
                b = news[ahead + 1]
                alike = b.kind == a.kind and b.level == a.level and b.style == a.style and bool(a.text) == bool(b.text)
                floor = BETWEEN_NEIGHBOURS if a.text else 0.0
                if alike and b.index not in self.taken and similarity(a.text, b.text) >= floor:
                    self.pair(a, b, "neighbours")
            if len(self.found.pairs) == before:
                return

    def _place(self, olds: list[Block], i: int, place: dict[int, int], outside: int) -> int | None:
        if not 0 <= i < len(olds):
            return outside
        return place.get(self.found.pairs.get(olds[i].index, -1))


def out_of_order(places: Sequence[int]) -> set[int]:
    """The positions in ``places`` that do not belong to its longest rising subsequence: what was moved."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for i, value in enumerate(places):
        at = bisect_left(tails, value)
        previous.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(value)
            ends.append(i)
        else:
            tails[at], ends[at] = value, i
    kept: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(at)
        at = previous[at]
    return set(range(len(places))) - kept
