"""A person's Word file with the news of a new draft in it, as tracked changes and comments.

Three documents: the draft the person began with (``base``), the person's file (``mine``) and the new draft
(``fresh``). What differs between the two drafts is news. Where the person left our block as it was, the news is a
tracked change there; where the person reworded, moved, merged or marked it, it is a comment beside it; where the
person took it out, it stays out, and only new support is told, in a comment at the place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from pipeline.norsk import join_names
from pipeline.review import align
from pipeline.review._ooxml import W
from pipeline.review.blocks import Block, read
from pipeline.review.compare import Edits, Fate, compare_stories, nearest_known_heading
from pipeline.review.tracked import Pen

# So many new quotes are printed in a comment; the rest stand in the new draft and in vedlegg 2.
MOST_QUOTES = 12
TRACKED, COMMENT, LEFT_OUT, PRESENT = "tracked", "comment", "left_out", "present"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One piece of news and what was done with it.

    ``kind``: added | changed | removed | moved | evidence (same words, new statements behind them).
    ``how``: tracked (proposed in the text), comment (beside the person's text), left_out (the person has taken
    it out), present (the person's file says it already). ``why``: reworded | moved | merged | touched | deleted, or "".
    """

    kind: str
    how: str
    section: str
    before: str = ""
    after: str = ""
    why: str = ""
    who: tuple[str, ...] = ()  # those who stand behind it now and did not before
    point: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """``data`` is the person's file byte for byte when there is nothing to tell in it."""

    data: bytes
    changes: tuple[Change, ...]

    @property
    def news(self) -> bool:
        """Whether anything was put into the file."""
        return any(c.how in (TRACKED, COMMENT) for c in self.changes)


def merge(base: bytes, mine: bytes, fresh: bytes, *, day: date) -> Merged:
    """The person's file ``mine`` with what is new in ``fresh`` since ``base``; changes are dated ``day``.

    All three are .docx files. Rejecting every tracked change gives ``mine``'s text. Raises ``_ooxml.CannotMerge``.
    """
    old, new = read(base), read(fresh)
    edits = compare_stories(old, read(mine))
    work = _Merging(edits, new, Pen(edits.mine.word, new.word, day))
    work.run()
    changes = tuple(work.changes)
    done = Merged(data=mine, changes=changes)
    return Merged(data=edits.mine.word.to_bytes(), changes=changes) if done.news else done


class _Merging:
    def __init__(self, edits: Edits, fresh, pen: Pen) -> None:
        self.edits, self.pen = edits, pen
        self.base, self.fresh, self.mine = edits.base.blocks, fresh.blocks, edits.mine.blocks
        self.fresh_story = fresh
        self.found = align.align(self.base, self.fresh, drafts=True)
        self.before = self.found.inverse()  # fresh index -> base index
        self.changes: list[Change] = []
        # Of the base: those whose new words stand elsewhere in the person's file already, and those put in elsewhere now.
        self._replaced: list[Block] = []
        self._gone_to: list[Block] = []
        self.placed: dict[int, object] = {}  # fresh index -> its element in the person's file
        self.tables: dict[object, object] = {}
        self._added = {b.index for b in edits.added}
        self._mine_of = edits.mine.by_element
        self._told: set = set()  # elements of the person's whose comment shows the new references
        self._names = {n.get(W + "name") for n in edits.mine.word.document.iter(W + "bookmarkStart")}
        # What the person's file has beyond the base: their own, and what they kept when we proposed that it goes.
        self._extra: dict[object, list[Block]] = defaultdict(list)
        for b in edits.added:
            self._extra[b.key].append(b)
            for ident in b.bookmarks:
                self._extra[ident].append(b)
        for fate in edits.fates.values():
            if fate.mine is not None and fate.reworded:  # perhaps not ours reworded, but another one put in its place
                self._extra[fate.mine.key].append(fate.mine)
        self._times = Counter(b.key for b in self.fresh if b.alignable)
        self._known_headings = {f.mine.index for f in edits.fates.values() if f.mine is not None and f.base.level}

    def run(self) -> None:
        moved = {f for f, b in self.before.items() if self._other_section(self.base[b], self.fresh[f])}
        for f, b in self.before.items():
            fate = self.edits.fates.get(b)
            if f not in moved and fate is not None and fate.mine is not None and not fate.moved:
                self.placed[f] = fate.mine.element
        # Removals are decided on what the person left, before anything is put in.
        removals = [b for b in self.base if b.alignable and b.index not in self.found.pairs]
        for block in self.fresh:
            if not block.alignable or (block.index in self.placed and block.index not in self.before):
                continue
            old = self.base[self.before[block.index]] if block.index in self.before else None
            if old is None:
                self._add(block)
            elif block.index in moved:
                self._move(old, block)
            else:
                self._change(old, block)
        for old in (*removals, *self._replaced, *self._gone_to):
            self._remove(old, log=old not in self._gone_to)
        self._tell_of_references()

    def _other_section(self, old: Block, new: Block) -> bool:
        if not old.is_point or old.heading < 0 or new.heading < 0:
            return False
        home = self.found.pairs.get(old.heading)
        return home != new.heading and (home is not None or new.heading in self.before)

    # -- changed

    def _change(self, old: Block, new: Block) -> None:
        words = old.key != new.key or old.fills != new.fills
        support = new.evidence - old.evidence
        if not words and not support:
            return
        fate = self.edits.fates.get(old.index)
        if fate is None:
            return
        kind = "changed" if words else "evidence"
        if fate.mine is None:
            self._change_deleted(old, new, support)
        elif fate.mine.key == new.key and fate.mine.fills == new.fills:
            how = COMMENT if support and fate.reworded else PRESENT
            if how == COMMENT or kind == "evidence":
                how = COMMENT
                self._evidence(fate.mine, old, new)
            self._log(kind, how, new, old, who=_new_voices(old, new))
        elif fate.untouched and words and (kept := self._kept(new)):
            self.placed[new.index] = kept.element
            self._log(kind, PRESENT, new, old)
            self._replaced.append(old)
        elif fate.untouched and kind == "changed" and self._fits(fate, old, new):
            self._propose(fate, old, new)
            if support:
                self._evidence(fate.mine, old, new)
            self._note_id(fate.mine, new)
            self._log(kind, TRACKED, new, old, who=_new_voices(old, new))
        elif kind == "evidence":
            self._evidence(fate.mine, old, new)
            self._note_id(fate.mine, new)
            self._log(kind, COMMENT, new, old, why=_why(fate), who=_new_voices(old, new))
        else:
            self._tell(fate, old, new, support)

    def _fits(self, fate: Fate, old: Block, new: Block) -> bool:
        return old.kind == "paragraph" or len(old.cells) == len(new.cells) == len(fate.mine.cells)

    def _propose(self, fate: Fate, old: Block, new: Block) -> None:
        from pipeline.review.blocks import cells_of, pictures_of

        mine = fate.mine.element
        if new.kind == "row":
            for i, (cell, fresh) in enumerate(zip(cells_of(mine), cells_of(new.element), strict=True)):
                if old.cells[i] != new.cells[i] or old.fills[i] != new.fills[i]:
                    self.pen.replace_cell(cell, fresh)
            return
        anew = self.pen.withdraw(mine)
        if anew or old.text != new.text:
            self.pen.replace_text(mine, new.element, by_sentence=not (new.is_point or new.level))
        if old.pictures != new.pictures or (anew and pictures_of(mine) != new.pictures):
            self.pen.replace_pictures(mine, new.element)

    def _tell(self, fate: Fate, old: Block, new: Block, support: frozenset) -> None:
        """News beside what the person has made of our block."""
        only_numbers = (not support and old.references != new.references
                        and _without_references(old) == _without_references(new))
        if only_numbers and not set(old.labels) & set(fate.mine.labels):
            self._log("changed", LEFT_OUT, new, old, why=_why(fate))
            return
        lines = [[("Nytt siden sist. ", True), (_STATE[_why(fate)], False)]]
        if only_numbers:
            lines.append([(f"Henvisningen er nå: vedlegg 2, pkt. {new.references}.", False)])
        else:
            lines += _voices(old, new)
            lines.append([("I det nye utkastet står det: ", False), (f"«{_shown(new)}»", False)])
        self.pen.comment(fate.mine.element, [*lines, *self._id_line(new)])
        self._told.add(fate.mine.element)
        self._note_id(fate.mine, new)
        self._log("changed", COMMENT, new, old, why=_why(fate), who=_new_voices(old, new))

    def _change_deleted(self, old: Block, new: Block, support: frozenset) -> None:
        evident = bool(old.evidence or new.evidence)
        supported = bool(support) if evident else new.is_point and _without_references(old) != _without_references(new)
        if not supported:
            self._log("changed", LEFT_OUT, new, old, why="deleted")
            return
        place = self._place_of_deleted(old)
        if place is None:
            self._log("changed", LEFT_OUT, new, old, why="deleted")
            return
        lines = [[("Nytt siden sist. ", True),
                  ("Et punkt som dere har tatt ut i nærheten, har fått ny støtte. Det er ikke satt inn igjen.", False)]]
        lines += _voices(old, new)
        lines.append([("I det nye utkastet står det: ", False), (f"«{_shown(new)}»", False)])
        self.pen.comment(place.element, lines)
        self._log("changed", COMMENT, new, old, why="deleted", who=_new_voices(old, new))

    def _place_of_deleted(self, old: Block) -> Block | None:
        """The nearest block above in the person's file that is still where we put it, and that stays."""
        for at in range(old.index - 1, -1, -1):
            fate = self.edits.fates.get(at)
            if fate and fate.mine is not None and not fate.moved and at in self.found.pairs:
                return fate.mine
        return next((b for b in self.mine if b.alignable), None)

    def _evidence(self, mine: Block, old: Block, new: Block) -> None:
        support = _sorted(new.evidence - old.evidence)
        if support:
            lines = [[("Nytt belegg siden sist.", True)]]
            for who, quote in support[:MOST_QUOTES]:
                lines += [[(f"{who}: ", True), (quote, False)]]
            self.pen.comment(mine.element, [*lines, *self._id_line(new)])

    def _id_line(self, new: Block) -> list:
        return [[(f"[ssu_{i}]", False)] for i in sorted(new.note_ids or new.bookmarks)]

    def _note_id(self, mine: Block, new: Block) -> None:
        for ident in sorted(new.bookmarks - mine.bookmarks):
            if mine.kind == "paragraph" and f"ssu_{ident}" not in self._names:
                self._names.add(f"ssu_{ident}")
                self.pen.bookmark(mine.element, ident)

    def _tell_of_references(self) -> None:
        """In a text of the person's that refers to passages of vedlegg 2 which have other numbers now."""
        moved, gone = _renumbered(self.base, self.fresh)
        fates = {f.mine.index: f for f in self.edits.fates.values() if f.mine is not None}
        for block in self.mine:
            stale = [n for n in dict.fromkeys(block.labels) if n in moved or n in gone]
            fate = fates.get(block.index)
            if not stale or not block.alignable or block.element in self._told or (fate is not None and not fate.reworded):
                continue
            news = [f"pkt. {n} er nå pkt. {moved[n]}" for n in stale if n in moved]
            if lost := [n for n in stale if n not in moved]:
                news.append(f"pkt. {join_names(lost)} er ikke lenger belegg for noe punkt")
            said = f"Henvisningene til vedlegg 2 er endret: {join_names(news)}."
            self.pen.comment(block.element, [[("Nytt siden sist. ", True), (said, False)]])
            self.changes.append(Change(kind="changed", how=COMMENT, section=block.section, before=block.text, after=said,
                                       why="reworded" if fate is not None else ""))

    # -- removed and moved

    def _remove(self, old: Block, *, log: bool = True) -> None:
        fate = self.edits.fates.get(old.index)
        if fate is None or fate.mine is None:
            return
        mine = fate.mine
        if fate.untouched and not fate.commented and not self._holds_a_persons_text(mine):
            if mine.kind == "row":
                self.pen.delete_row(mine.element)
            else:
                self.pen.delete_paragraph(mine.element)
            how = TRACKED
        else:
            said = f"Dette står ikke lenger i det nye utkastet: «{_shown(old)}»"
            if old.is_point:
                said += " Svarene som punktet bygde på, er trukket, erstattet eller flyttet til et annet punkt."
            self.pen.comment(mine.element, [[("Nytt siden sist. ", True), (_STATE[_why(fate)], False)], [(said, False)]])
            self._told.add(mine.element)
            how = COMMENT
        if log:
            self._log("removed", how, old, old, why="" if how == TRACKED else _why(fate))

    def _holds_a_persons_text(self, mine: Block) -> bool:
        return bool(mine.level) and any(
            b.alignable and b.heading == mine.index and b.index in self._added for b in self.mine)

    def _move(self, old: Block, new: Block) -> None:
        """The new draft has the point under another theme."""
        fate = self.edits.fates.get(old.index)
        home = self.edits.fates.get(self.before.get(new.heading, -1))
        already = fate is not None and fate.mine is not None and home is not None and home.mine is not None \
            and self._under(fate.mine, home.mine)
        if fate is None or fate.mine is None:
            if new.evidence - old.evidence:
                self._change_deleted(old, new, new.evidence - old.evidence)
            else:
                self._log("moved", LEFT_OUT, new, old, why="deleted")
        elif already:
            self.placed[new.index] = fate.mine.element
            if fate.mine.key == new.key:
                self._log("moved", PRESENT, new, old)
            else:
                self._tell(fate, old, new, new.evidence - old.evidence)
        elif fate.untouched and not fate.commented:
            # What a person is done with does not come back as open because we sort it otherwise.
            self._add(new, log=False, resolved=fate.mine.seen and not new.evidence - old.evidence)
            self._gone_to.append(old)
            self._log("moved", TRACKED, new, old)
        else:
            self._told.add(fate.mine.element)
            self.pen.comment(fate.mine.element, [
                [("Nytt siden sist. ", True), (_STATE[_why(fate)], False)], *_voices(old, new),
                [(f"I det nye utkastet står dette under «{new.section}»: «{_shown(new)}»", False)], *self._id_line(new)])
            self._log("moved", COMMENT, new, old, why=_why(fate))

    def _under(self, block: Block, heading: Block) -> bool:
        at = block.heading
        return at == heading.index

    # -- added

    def _add(self, new: Block, *, log: bool = True, resolved: bool = False) -> None:
        if self._stands_already(new):
            return
        if new.kind == "row" and self._add_row(new):
            return
        where, anchor = self._locate(new)
        if where == "left_out":
            self._log("added", LEFT_OUT, new, None, why="deleted")
        elif where == "comment":
            self.pen.comment(anchor, [
                [("Nytt siden sist. ", True), (f"Det nye utkastet har dette under «{new.section}», som dere har tatt ut "
                                               "eller flyttet:", False)],
                [(f"«{_shown(new)}»", False)], *_quotes(new.evidence)])
            self._log("added", COMMENT, new, None, why="deleted", who=_new_voices(None, new))
        else:
            made = self._made(new)
            if where == "after":
                self.pen.insert_after(anchor, made)
            elif where == "before":
                self.pen.insert_before(anchor, made)
            else:
                self._append(made)
            if new.kind == "paragraph":
                self.placed[new.index] = made
                self.pen.copy_comments(made, new.element, resolved=resolved)
                self._names |= {b.get(W + "name") for b in made.iter(W + "bookmarkStart")}
            if log:
                self._log("added", TRACKED, new, None, who=_new_voices(None, new))

    def _stands_already(self, new: Block) -> bool:
        """Whether the person's file has it: they rejected that it goes, or wrote it. With other words, a comment tells."""
        kept = self._kept(new)
        if kept is not None:
            self.placed[new.index] = kept.element
            self._log("added", PRESENT, new, None)
            return True
        # An id alone is no sign: editors leave the ids of deleted text behind on its neighbour.
        same = next((b for i in sorted(new.bookmarks) for b in self._extra.get(i, ())
                     if align.similarity(b.text, new.text) >= align.WITHOUT_IDS), None)
        if same is None:
            return False
        self.placed[new.index] = same.element
        self._told.add(same.element)
        self.pen.comment(same.element, [
            [("Nytt siden sist. ", True), (_STATE["reworded"], False)], *_quotes(new.evidence),
            [("I det nye utkastet står det: ", False), (f"«{_shown(new)}»", False)], *self._id_line(new)])
        self._log("added", COMMENT, new, None, why="reworded", who=_new_voices(None, new))
        return True

    def _kept(self, new: Block) -> Block | None:
        """A block with these very words that the person's file has beyond the base, each given once. A label or another
        short text ("Har ikke svart.") only under its own heading."""
        home = self._mine_of.get(self.placed.get(new.heading))
        for anywhere in (False, True):
            for b in self._extra.get(new.key, ()):
                at_home = home is not None and nearest_known_heading(b, self.mine, self._known_headings) == home.index
                telling = new.is_point or (self._times[new.key] == 1 and len(new.text) > 20)
                if at_home or (anywhere and telling):
                    self._extra[new.key].remove(b)
                    return b
        return None

    def _made(self, new: Block):
        if new.kind == "paragraph":
            return self.pen.new_paragraph(new.element, self._model(new))
        table = _table_of(new.element)
        blocks = [b for b in self.fresh if b.kind == "row" and _table_of(b.element) is table]
        rows = []
        for b in blocks:
            row = self.pen.new_row(b.element)
            self.placed[b.index] = row
            rows.append(row)
        return self.pen.new_table(table, rows)

    def _append(self, made) -> None:
        body = self.edits.mine.word.body
        blocks = [c for c in body if c.tag in (W + "p", W + "tbl", W + "sdt")]
        if blocks:
            self.pen.insert_after(blocks[-1], made)
        else:
            body.insert(0, made)

    def _add_row(self, new: Block) -> bool:
        """A row goes into its own table. False: the table itself is new."""
        table = _table_of(new.element)
        rows = [b for b in self.fresh if b.kind == "row" and _table_of(b.element) is table]
        ahead = next((b for b in reversed(rows) if b.index < new.index and b.index in self.placed), None)
        after = next((b for b in rows if b.index > new.index and b.index in self.placed), None)
        beside = ahead or after
        if beside is None:
            return False
        anchor = self.placed[beside.index]
        mine = self._mine_of.get(anchor)
        if mine is not None and len(mine.cells) != len(new.cells):
            self.pen.comment(anchor, [[("Nytt siden sist. ", True), (f"Ny rad i tabellen: «{_shown(new)}»", False)]])
            self._log("added", COMMENT, new, None, why="touched")
            return True
        made = self.pen.new_row(new.element, mine.element if mine is not None else None)
        if beside is ahead:
            anchor.addnext(made)
        else:
            anchor.addprevious(made)
        self.placed[new.index] = made
        self._log("added", TRACKED, new, None)
        return True

    def _locate(self, new: Block) -> tuple[str, object]:
        """("after"|"before"|"comment"|"left_out"|"end", the element in the person's file)."""
        home = new.heading
        ahead = next((k for k in range(new.index - 1, home, -1) if k in self.placed), None)
        if not new.is_point and not new.level and self._group_deleted(new):
            return "left_out", None
        if ahead is not None:
            return "after", self._past_own_blocks(self.placed[ahead], new)
        if home in self.placed:
            return "after", self._past_own_blocks(self.placed[home], new) if new.level else _top(self.placed[home])
        end = self._end_of_section(new)
        behind = next((k for k in range(new.index + 1, end) if k in self.placed), None)
        if behind is not None:
            return "before", _top(self.placed[behind])
        if home >= 0:
            # Not at a paragraph that is only proposed: the comment would go when that is rejected.
            place = next((self.placed[k] for k in range(new.index - 1, -1, -1) if self.placed.get(k) in self._mine_of), None)
            if place is None:
                place = next((b.element for b in self.mine if b.alignable), None)
            return ("end", None) if place is None else ("comment", place)
        return "end", None

    def _end_of_section(self, new: Block) -> int:
        level = self.fresh[new.heading].level if new.heading >= 0 else 0
        return next((b.index for b in self.fresh[new.index + 1:] if b.level and b.level <= level), len(self.fresh))

    def _group_deleted(self, new: Block) -> bool:
        """Whether the person has taken out all of what we wrote of this kind here: no more of it is put in."""
        fates = [self.edits.fates.get(b) for f, b in self.before.items()
                 if self.fresh[f].heading == new.heading and self.fresh[f].style == new.style]
        # Also what the new draft no longer has: the group as it was.
        home = self.before.get(new.heading)
        fates += [self.edits.fates.get(b.index) for b in self.base
                  if home is not None and b.heading == home and b.style == new.style and b.index not in self.found.pairs]
        known = [f for f in fates if f is not None]
        return len(known) > 1 and all(f.mine is None for f in known)

    def _past_own_blocks(self, anchor, new: Block):
        """A new section begins after what the person has added at the end of the one before."""
        mine = self._mine_of.get(anchor)
        if mine is None or not new.level:
            return _top(anchor)
        best = mine
        for block in self.mine[mine.index + 1:]:
            if block.contents:
                break
            if not block.alignable:
                continue
            if block.index not in self._added or (block.level and block.level <= new.level):
                break
            best = block
        return _top(best.element)

    def _model(self, new: Block):
        """A paragraph of the person's file that looks as ``new`` should: the nearest of the same style in our draft."""
        numbered = _numbered(new)
        best: tuple[tuple, Block] | None = None
        for f, b in self.before.items():
            other, fate = self.fresh[f], self.edits.fates.get(b)
            if other.kind != "paragraph" or other.style != new.style or other.level != new.level or _numbered(other) != numbered:
                continue
            if fate is None or fate.mine is None or fate.mine.kind != "paragraph" or not other.text:
                continue
            rank = (fate.touched, fate.mine.style != self.base[b].style, abs(f - new.index))
            if best is None or rank < best[0]:
                best = (rank, fate.mine)
        return best[1].element if best else None

    def _log(self, kind: str, how: str, new: Block, old: Block | None, *, why: str = "", who: tuple[str, ...] = ()) -> None:
        self.changes.append(Change(
            kind=kind, how=how, section=new.text if new.level else new.section, before=_shown(old) if old else "",
            after="" if kind == "removed" else _shown(new), why=why, who=who, point=new.is_point))


_STATE = {
    "reworded": "Dere har endret teksten her, og den er ikke rørt.",
    "moved": "Dere har flyttet teksten, og den er ikke rørt.",
    "merged": "Dere har slått sammen punkter her, og teksten er ikke rørt.",
    "touched": "Dere har arbeidet i teksten her, og den er ikke rørt.",
    "kept": "",
}


def _why(fate: Fate) -> str:
    return fate.state if fate.state != "kept" else "touched" if fate.touched or fate.commented else "kept"


def _renumbered(base, fresh) -> tuple[dict[str, str], set[str]]:
    """Passage number -> its new one; the numbers of quotes that the new draft has no more."""
    before, after = ({q: n for b in blocks for note in b.notes for q, n in note.passages.items()} for blocks in (base, fresh))
    moved = {n: after[q] for q, n in before.items() if q in after and after[q] != n}
    return moved, {n for q, n in before.items() if q not in after} - moved.keys()


def _voices(old: Block, new: Block) -> list:
    """Who stands behind the point now and did not before, who does not any more, and what is said anew."""
    lines = []
    joined, left = _new_voices(old, new), _new_voices(new, old)
    said = defaultdict(list)
    for who, quote in _sorted(new.evidence - old.evidence):
        said[who].append(quote)
    for i, (who, quotes) in enumerate(said.items()):
        if i < MOST_QUOTES:
            verb = "støtter også dette" if who in joined else "skriver nå"
            lines.append([(f"{who} {verb}: ", True), (" ".join(quotes), False)])
    if left:
        lines.append([(f"{join_names(left)} står ikke lenger bak dette.", False)])
    return lines


def _quotes(evidence: frozenset) -> list:
    return [[(f"{who}: ", True), (quote, False)] for who, quote in _sorted(evidence)[:MOST_QUOTES]]


def _new_voices(old: Block | None, new: Block) -> tuple[str, ...]:
    before = {who for who, _ in old.evidence} if old else set()
    return tuple(dict.fromkeys(who for who, _ in _sorted(new.evidence) if who not in before))


def _sorted(evidence: frozenset) -> list[tuple[str, str]]:
    return sorted(evidence)


def _shown(block: Block) -> str:
    return block.text or " ".join(block.pictures)


def _without_references(block: Block) -> str:
    text = block.text
    for reference in block.references.split("; "):
        text = text.replace(reference, "") if reference else text
    return text


def _numbered(block: Block) -> bool:
    return block.element.find(f"{W}pPr/{W}numPr") is not None


def _table_of(row):
    return next(row.iterancestors(W + "tbl"))


def _top(node):
    """What a paragraph can stand beside: the node itself, or the table that it is a row of."""
    return _table_of(node) if node.tag == W + "tr" else node
