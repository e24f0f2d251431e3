"""Proposing changes in a person's Word file: tracked insertions and deletions, and comments beside their text.

Every change is made so that rejecting it gives back what stood there: nothing is removed, runs are only wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from datetime import date
from difflib import SequenceMatcher

from pipeline.review import pending
from pipeline.review._ooxml import (
    AUTHOR,
    INITIALS,
    MARK_CHANGES,
    R,
    W,
    WordFile,
    block_after,
    block_before,
    element,
    text_node,
)
from pipeline.review.blocks import cells_of, fill_of, live, plain_text, raw_text, squeeze

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# A sentence ends at . ! ? before a capital, a figure or a quote ("pkt. 1.2" would too: hence the exceptions).
_SENTENCE = re.compile(r"(?<=[.!?])(?<!pkt\.)(?<!nr\.)(?<!kl\.)(?<!ca\.)(?<!jf\.)\s+(?=[A-ZÆØÅÁ«\"(0-9\[])")
_CELL_ORDER = (
    "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection",
    "tcFitText", "vAlign", "hideMark", "headers", "cellIns", "cellDel", "cellMerge", "tcPrChange")


class Pen:
    """Writes changes into ``mine``, taking text and looks from ``fresh``; all dated ``day`` at midnight."""

    def __init__(self, mine: WordFile, fresh: WordFile, day: date) -> None:
        self.mine, self.fresh = mine, fresh
        self._stamp = f"{day.isoformat()}T00:00:00Z"
        self._styles = _same_styles(fresh, mine)
        self._my_styles = mine.styles()
        self._next_comment: int | None = None
        self._footnotes: dict[str, str] | None = None
        self._ends: set = set()  # new paragraphs that end with a mark of the person's

    # -- text within a paragraph

    def withdraw(self, paragraph) -> bool:
        """Take back what waits of ours in ``paragraph``, to be called before anything else is proposed there."""
        return pending.withdraw(paragraph, self.mine.annotation_id)

    def replace_text(self, paragraph, new, *, by_sentence: bool = False) -> None:
        """Propose ``new``'s words (a w:p of the fresh draft) in ``paragraph``; blanks alone are no difference.

        See ``withdraw``.
        """
        old_text, new_text = raw_text(paragraph), raw_text(new)
        for start, end, first, last in reversed(_edits(old_text, new_text, by_sentence=by_sentence)):
            self._replace(paragraph, start, end, new, first, last)

    def replace_pictures(self, paragraph, new) -> None:
        """Propose the drawings of ``new`` in place of those in ``paragraph``. See ``withdraw``."""
        runs = [r for r in paragraph.iter(W + "r") if _holds_picture(r) and not _is_dead(r)]
        for run in runs:
            self._delete_run(run)
        fresh = [r for r in new.iter(W + "r") if _holds_picture(r)]
        made = [c for r in fresh if (c := self._copied_run(r)) is not None]
        if made:
            self._insert_runs(made, after=runs[-1] if runs else None, paragraph=paragraph)

    def _replace(self, paragraph, start: int, end: int, new, first: int, last: int) -> None:
        at = _split(paragraph, start)
        after = at
        if end > start:
            _split(paragraph, end)
            doomed = [run for run, a, b in _spans(paragraph) if a >= start and b <= end and b > a]
            for run in doomed:
                self._delete_run(run)
            after = doomed[-1] if doomed else at
        if last > first:
            like = after if after is not None else next((r for r, a, b in _spans(paragraph)), None)
            made = self._runs_of(new, first, last, like=like)
            self._insert_runs(made, after=after, paragraph=paragraph)

    def _delete_run(self, run) -> None:
        for node in run.findall(W + "t"):
            node.tag = W + "delText"
        for node in run.findall(W + "instrText"):
            node.tag = W + "delInstrText"
        holder = self._change("del")
        run.addprevious(holder)
        holder.append(run)

    def _insert_runs(self, runs: Sequence, *, after, paragraph) -> None:
        holder = self._change("ins")
        for run in runs:
            holder.append(run)
        if after is None:
            place = next((r for r in paragraph.iter(W + "r") if not _is_dead(r)), None)
            if place is None:
                paragraph.append(holder)
                return
            while place.getparent().tag in (W + "ins", W + "del"):
                place = place.getparent()
            place.addprevious(holder)
            return
        node = after
        while node.getparent().tag in (W + "ins", W + "del", W + "moveTo"):
            parent = node.getparent()
            later = list(node.itersiblings())
            if later and parent.tag != W + "del":
                rest = element(parent.tag[len(W):])
                for key, value in parent.attrib.items():
                    rest.set(key, value)
                rest.set(W + "id", self.mine.annotation_id())
                for sibling in later:
                    rest.append(sibling)
                parent.addnext(rest)
            node = parent
        node.addnext(holder)

    def _runs_of(self, new, first: int, last: int, *, like=None) -> list:
        """The live text ``first``–``last`` of the fresh paragraph ``new`` as runs that look like the run ``like``."""
        made = []
        for run, a, b in _spans(new):
            lo, hi = max(first, a), min(last, b)
            if lo >= hi:
                continue
            copy = element("r")
            looks = self._run_looks(run, like)
            if looks is not None:
                copy.append(looks)
            _fill(copy, raw_text(run)[lo - a:hi - a])
            made.append(copy)
        return made

    def _run_looks(self, run, like):
        own = self._mapped_looks(run.find(W + "rPr"))
        theirs = like.find(W + "rPr") if like is not None else None
        if theirs is None:
            return own
        looks = deepcopy(theirs)
        for tag in MARK_CHANGES:
            for node in looks.findall(tag):
                looks.remove(node)
        # The person's font and size, but our own character style, bold and language.
        for name in ("rStyle", "b", "bCs", "i", "iCs", "lang"):
            for node in looks.findall(W + name):
                looks.remove(node)
        if own is not None:
            for node in own:
                name = node.tag[len(W):]
                if name == "rStyle":
                    looks.insert(0, deepcopy(node))
                elif name in ("b", "bCs", "i", "iCs"):
                    looks.insert(_after(looks, ("rStyle", "rFonts", "b", "bCs", "i")), deepcopy(node))
                elif name == "lang":
                    looks.insert(_before_last(looks), deepcopy(node))
        return looks

    def _mapped_looks(self, looks):
        if looks is None:
            return None
        copy = deepcopy(looks)
        for tag in MARK_CHANGES:
            for node in copy.findall(tag):
                copy.remove(node)
        for style in copy.findall(W + "rStyle"):
            known = self._styles.get(style.get(W + "val", ""))
            if known is None:
                copy.remove(style)
            else:
                style.set(W + "val", known)
        return copy

    # -- whole paragraphs

    def new_paragraph(self, source, model=None):
        """``source`` (a fresh w:p) as an inserted paragraph that looks like ``model`` (a w:p of the person's file)."""
        made = element("p")
        properties = self._paragraph_looks(source, model)
        made.append(properties)
        self._mark(properties, "ins")
        self._fill_paragraph(made, source)
        return made

    def _paragraph_looks(self, source, model):
        taken = (model if model is not None else source).find(W + "pPr")
        properties = deepcopy(taken) if taken is not None else element("pPr")
        for name in ("sectPr", "pPrChange", "framePr", "pageBreakBefore"):
            for node in properties.findall(W + name):
                properties.remove(node)
        for looks in properties.findall(W + "rPr"):
            for tag in MARK_CHANGES:
                for node in looks.findall(tag):
                    looks.remove(node)
            if not len(looks):
                properties.remove(looks)
        if model is None:
            for style in properties.findall(W + "pStyle"):
                known = self._styles.get(style.get(W + "val", ""))
                if known is None:
                    properties.remove(style)
                else:
                    style.set(W + "val", known)
            for numbering in properties.findall(W + "numPr"):  # its number means another list in this file
                properties.remove(numbering)
        return properties

    def _fill_paragraph(self, made, source) -> None:
        bookmarks: dict[str, str] = {}
        holder = None
        for node in _inline(source):
            if node.tag in (W + "bookmarkStart", W + "bookmarkEnd"):
                copy = self._copied_bookmark(node, bookmarks)
            else:
                copy = None
                run = self._copied_run(node)
                if run is not None:
                    if holder is None:
                        holder = self._change("ins")
                        made.append(holder)
                    holder.append(run)
            if copy is not None:
                made.append(copy)
                holder = None

    def _copied_bookmark(self, node, numbers: dict[str, str]):
        old = node.get(W + "id", "")
        if node.tag == W + "bookmarkStart":
            if not node.get(W + "name", "").startswith("ssu_"):
                return None
            numbers[old] = self.mine.annotation_id()
            return element("bookmarkStart", id=numbers[old], name=node.get(W + "name"))
        return element("bookmarkEnd", id=numbers[old]) if old in numbers else None

    def _copied_run(self, run):
        copy = element("r")
        looks = self._mapped_looks(run.find(W + "rPr"))
        if looks is not None:
            copy.append(looks)
        for child in run:
            name = child.tag[len(W):] if child.tag.startswith(W) else ""
            if name in ("t", "tab", "br", "cr", "noBreakHyphen", "softHyphen", "sym", "fldChar", "instrText"):
                copy.append(deepcopy(child))
            elif name in ("footnoteReference", "endnoteReference"):
                text = self._footnote(name, child.get(W + "id", ""))
                if text:
                    copy.append(text_node(f" (fotnote: {text})"))
            elif name == "drawing":
                drawing = self._copied_drawing(child)
                if drawing is not None:
                    copy.append(drawing)
        return copy if [c for c in copy if c.tag != W + "rPr"] else None

    def _copied_drawing(self, drawing):
        copy = deepcopy(drawing)
        for node in copy.iter():
            for key, value in list(node.attrib.items()):
                if key.startswith(R) and value:
                    new = self.mine.import_relation(self.fresh, value)
                    if new is None:
                        return None
                    node.set(key, new)
        for node in copy.iter("{*}docPr"):
            node.set("id", self.mine.drawing_id())
        return copy

    def _footnote(self, reference: str, ident: str) -> str:
        if self._footnotes is None:
            self._footnotes = {}
            for kind in ("footnotes", "endnotes"):
                part = self.fresh.related(self.fresh.main, kind)
                for note in self.fresh.tree(part) if part else ():
                    self._footnotes[f"{kind[:-1]}Reference {note.get(W + 'id')}"] = squeeze(
                        " ".join(plain_text(p) for p in note.iter(W + "p")))
        return self._footnotes.get(f"{reference} {ident}", "")

    def insert_after(self, anchor, paragraph) -> None:
        """Put an inserted paragraph or table after ``anchor`` (w:p, w:tbl, or w:sdt).

        After the last paragraph, and before a table, its mark is the inserted one and the new paragraph ends with the
        old mark: a rejected insertion falls back into the paragraph before it, as there is none after it to fall into.
        So too after a paragraph that ends with inserted words: LibreOffice takes them and the new paragraph for one change.
        """
        anchor = _end_of(anchor)
        following = block_after(anchor)
        on_its_own = following is not None and (_mark_changed(anchor) or (following.tag == W + "p" and not _ends_with(anchor, "ins")))
        if anchor.tag != W + "p" or paragraph.tag != W + "p" or on_its_own:
            anchor.addnext(paragraph)
        else:
            self._insert_at_end(anchor, paragraph)

    def insert_before(self, anchor, paragraph) -> None:
        """Put an inserted paragraph or table before ``anchor`` (w:p, w:tbl, or w:sdt)."""
        anchor = _start_of(anchor)
        before = block_before(anchor)
        if before is not None and _ends_with(before, "ins"):
            self.insert_after(before, paragraph)
        else:
            anchor.addprevious(paragraph)

    def _insert_at_end(self, anchor, paragraph) -> None:
        old = anchor.find(W + "pPr")
        if old is None:
            old = element("pPr")
            anchor.insert(0, old)
        properties = paragraph.find(W + "pPr")
        looks = properties.find(W + "rPr")
        for node in looks.findall(W + "ins"):
            looks.remove(node)
        if not len(looks):
            properties.remove(looks)
        section = old.find(W + "sectPr")
        if section is not None:  # the section's end stays at the end
            properties.append(section)
        waiting = old.find(W + "pPrChange")
        change = waiting if anchor in self._ends else None
        if change is None:
            # The mark that stays when all is rejected has the looks from before a pending change of them.
            before = deepcopy(waiting[0] if waiting is not None and len(waiting) else old)
            for name in ("rPr", "sectPr", "pPrChange"):
                for node in before.findall(W + name):
                    before.remove(node)
            change = self._change("pPrChange")
            change.append(before)
        properties.append(change)  # moves along when the anchor is itself new
        self._ends.add(paragraph)
        self._mark(old, "ins")
        anchor.addnext(paragraph)

    def delete_paragraph(self, paragraph, *, mark: bool = True) -> None:
        """Propose that the paragraph goes; one that was only proposed itself just goes.

        Its mark stays where Word must have one: last in a cell or in the text. Our comments stay at it as points: where
        one covers the words, LibreOffice gives the next paragraph the looks of the deleted one.
        """
        noted, beside = _comments_at(paragraph), _beside(paragraph)
        if mark and pending.take_back(paragraph):
            self._forget(noted, beside)
            return
        self.withdraw(paragraph)
        comments = self.mine.comments()
        ours = {c.get(W + "id") for c in comments if c.get(W + "author") == AUTHOR} if comments is not None else set()
        for run in [r for r in paragraph.iter(W + "r") if _own(r, paragraph) and not _is_dead(r)]:
            note = run.find(W + "commentReference")
            # An empty run (LibreOffice leaves one behind a comment) marked deleted takes the paragraph's end along there.
            if (note is None or note.get(W + "id") in ours) and any(c.tag != W + "rPr" for c in run):
                self._delete_run(run)
        for node in list(paragraph.iter(W + "commentRangeStart", W + "commentRangeEnd")):
            if node.get(W + "id") in ours:
                node.getparent().remove(node)
        last = _end_of(paragraph)  # beyond it, when it runs on into what an earlier proposal takes out
        properties = last.find(W + "pPr")
        if not mark or (properties is not None and properties.find(W + "sectPr") is not None):
            return
        following = block_after(last)
        before = block_before(paragraph)
        alone = following is None or following.tag != W + "p"
        joined = (alone or (before is not None and _ends_with(before, "del"))) and self._fall_back(paragraph, last)
        if alone or joined:
            return
        if properties is None:
            properties = element("pPr")
            last.insert(0, properties)
        self._mark(properties, "del")

    def _fall_back(self, paragraph, last) -> bool:
        """Let the deleted paragraph fall into the one before it: that one's mark goes, and ``last`` takes its looks.

        False: it cannot.
        """
        before = paragraph.getprevious()
        while before is not None and before.tag in (W + "bookmarkStart", W + "bookmarkEnd"):
            before = before.getprevious()
        if before is None or before.tag != W + "p" or _mark_changed(before) or _mark_changed(last):
            return False
        theirs, properties = before.find(W + "pPr"), last.find(W + "pPr")
        if theirs is not None and theirs.find(W + "sectPr") is not None:
            return False
        if properties is None:
            properties = element("pPr")
            last.insert(0, properties)
        if theirs is None:
            theirs = element("pPr")
            before.insert(0, theirs)
        change = properties.find(W + "pPrChange")
        if change is not None and (last is paragraph or change.get(W + "author") != AUTHOR):
            return False
        if change is None:
            change, was = self._change("pPrChange"), element("pPr")
            was.extend([c for c in properties if c.tag not in (W + "rPr", W + "sectPr")])
            change.append(was)
        else:
            for node in [c for c in properties if c.tag not in (W + "rPr", W + "sectPr", W + "pPrChange")]:
                properties.remove(node)
        looks = [deepcopy(c) for c in theirs if c.tag not in (W + "rPr", W + "sectPr", W + "pPrChange")]
        for at, node in enumerate(looks):
            properties.insert(at, node)
        properties.append(change)
        self._mark(theirs, "del")
        return True

    def _mark(self, properties, kind: str) -> None:
        looks = properties.find(W + "rPr")
        if looks is None:
            looks = element("rPr")
            later = {W + n for n in ("sectPr", "pPrChange")}
            at = next((i for i, c in enumerate(properties) if c.tag in later), len(properties))
            properties.insert(at, looks)
        if looks.find(W + kind) is not None:
            return  # it is already, from an earlier round
        inserted = looks.find(W + "ins")
        looks.insert(1 if kind == "del" and inserted is not None else 0, self._change(kind))

    # -- table rows

    def new_row(self, source, model=None):
        """``source`` (a fresh w:tr) as an inserted row with the cell widths of ``model``."""
        made = deepcopy(source)
        for node in list(made.iter(W + "bookmarkStart", W + "bookmarkEnd", W + "commentRangeStart", W + "commentRangeEnd")):
            node.getparent().remove(node)
        mine = cells_of(model) if model is not None else []
        theirs, cells = cells_of(source), cells_of(made)
        for i, cell in enumerate(cells):
            like = mine[i] if len(mine) == len(cells) else None
            width = like.find(f"{W}tcPr/{W}tcW") if like is not None else None
            own = cell.find(f"{W}tcPr/{W}tcW")
            if width is not None and own is not None:
                own.getparent().replace(own, deepcopy(width))
            paragraph_like = like.find(W + "p") if like is not None else None
            for p, original in zip(list(cell.findall(W + "p")), theirs[i].findall(W + "p"), strict=True):
                fresh = element("p")
                fresh.append(self._paragraph_looks(original, paragraph_like))
                self._fill_paragraph(fresh, original)
                cell.replace(p, fresh)
        properties = made.find(W + "trPr")
        if properties is None:
            properties = element("trPr")
            exceptions = made.find(W + "tblPrEx")
            made.insert(0 if exceptions is None else 1, properties)
        properties.append(self._change("ins"))
        return made

    def new_table(self, source, rows: Sequence):
        """A new w:tbl with the looks of ``source`` and the inserted ``rows``."""
        made = element("tbl")
        for name in ("tblPr", "tblGrid"):
            node = source.find(W + name)
            if node is not None:
                made.append(deepcopy(node))
        for style in made.iter(W + "tblStyle"):
            known = self._styles.get(style.get(W + "val", ""))
            if known is None:
                style.getparent().remove(style)
            else:
                style.set(W + "val", known)
        for row in rows:
            made.append(row)
        return made

    def delete_row(self, row) -> None:
        """Propose that a row goes; one that was only proposed itself just goes."""
        noted, beside = _comments_at(row), _beside(next(row.iterancestors(W + "tbl")))
        if pending.take_back_row(row):
            self._forget(noted, beside)
            return
        for paragraph in row.iter(W + "p"):
            self.delete_paragraph(paragraph, mark=False)
        properties = row.find(W + "trPr")
        if properties is None:
            properties = element("trPr")
            exceptions = row.find(W + "tblPrEx")
            row.insert(0 if exceptions is None else 1, properties)
        properties.append(self._change("del"))

    def replace_cell(self, cell, new) -> None:
        """Propose a fresh cell's paragraphs and shading in the person's cell."""
        olds, news = cell.findall(W + "p"), new.findall(W + "p")
        if [plain_text(p) for p in olds] != [plain_text(p) for p in news]:
            for paragraph in olds:
                self.withdraw(paragraph)
            if len(olds) == len(news):
                for old, fresh in zip(olds, news, strict=True):
                    self.replace_text(old, fresh)
            else:
                self._replace_paragraphs(olds, news)
        if fill_of(cell) != fill_of(new):
            shading = new.find(f"{W}tcPr/{W}shd")
            self._shade(cell, shading if shading is not None else element("shd", val="clear", color="auto", fill="auto"))

    def _replace_paragraphs(self, olds: list, news: list) -> None:
        matcher = SequenceMatcher(None, [plain_text(p) for p in olds], [plain_text(p) for p in news], autojunk=False)
        for kind, a, b, c, d in reversed(matcher.get_opcodes()):
            if kind == "equal":
                continue
            both = min(b - a, d - c)
            for fresh in reversed(news[c + both:d]):
                anchor = olds[a + both - 1] if a + both else None
                made = self.new_paragraph(fresh, olds[0] if olds else None)
                if anchor is None:
                    self.insert_before(olds[0], made)
                else:
                    self.insert_after(anchor, made)
            for old in olds[a + both:b]:
                self.delete_paragraph(old)
            for i in range(both):
                self.replace_text(olds[a + i], news[c + i])

    def _shade(self, cell, shading) -> None:
        properties = cell.find(W + "tcPr")
        if properties is None:
            properties = element("tcPr")
            cell.insert(0, properties)
        waiting = properties.find(W + "tcPrChange")
        before = element("tcPr")
        for child in (waiting[0] if waiting is not None and len(waiting) else properties):
            if child.tag not in (W + "cellIns", W + "cellDel", W + "cellMerge", W + "tcPrChange"):
                before.append(deepcopy(child))
        for node in properties.findall(W + "shd") + properties.findall(W + "tcPrChange"):
            properties.remove(node)
        rank = {W + n: i for i, n in enumerate(_CELL_ORDER)}
        at = next((i for i, c in enumerate(properties) if rank.get(c.tag, 99) > rank[W + "shd"]), len(properties))
        properties.insert(at, deepcopy(shading))
        change = self._change("tcPrChange")
        change.append(before)
        properties.append(change)

    # -- comments and ids

    def comment(self, target, paragraphs: Sequence[Sequence[tuple[str, bool]]]) -> None:
        """A comment of ours at ``target`` (w:p or w:tr): paragraphs of (text, bold) pieces."""
        comments = self.mine.comments(make=True)
        number = self._number()
        comment = element("comment", id=number, author=AUTHOR, date=self._stamp, initials=INITIALS)
        for i, pieces in enumerate(paragraphs):
            paragraph = element("p")
            properties = element("pPr")
            if "CommentText" in self._my_styles:
                properties.append(element("pStyle", val="CommentText"))
                paragraph.append(properties)
            if i == 0:
                run = self._reference_run()
                run.append(element("annotationRef"))
                paragraph.append(run)
            for text, bold in pieces:
                run = element("r")
                if bold:
                    looks = element("rPr")
                    looks.append(element("b"))
                    run.append(looks)
                run.append(text_node(text))
                paragraph.append(run)
            comment.append(paragraph)
        comments.append(comment)
        self._anchor(target, number)

    def _forget(self, numbers: set[str], beside) -> None:
        """Remove the evidence that has lost its place with a proposal; another comment of ours moves to ``beside``."""
        for comment in [c for c in self.mine.comments(make=True) if c.get(W + "id") in numbers] if numbers else ():
            if beside is not None and "[ssu_" not in "".join(comment.itertext()):
                self._anchor(beside, int(comment.get(W + "id")))
            elif comment.get(W + "author") == AUTHOR:
                self.mine.remove_comment(comment)

    def copy_comments(self, made, source, *, resolved: bool = False) -> None:
        """The evidence comments of the fresh paragraph ``source`` at its copy ``made``; ``resolved``: marked as such."""
        theirs = self.fresh.comments()
        ids = dict.fromkeys(n.get(W + "id", "") for n in source.iter(W + "commentReference"))
        for comment in theirs.findall(W + "comment") if theirs is not None and ids else ():
            if comment.get(W + "id") not in ids:
                continue
            copy = deepcopy(comment)
            number = self._number()
            copy.set(W + "id", str(number))
            for style in list(copy.iter(W + "pStyle", W + "rStyle")):
                known = self._styles.get(style.get(W + "val", ""))
                if known is None:
                    style.getparent().remove(style)
                else:
                    style.set(W + "val", known)
            self.mine.comments(make=True).append(copy)
            if resolved:
                self.mine.resolve(copy)
            self._anchor(made, number, inserted=True)

    def bookmark(self, paragraph, ident: str) -> None:
        """Mark a paragraph with the id ``ssu_<ident>``, so that the next round finds it."""
        number = self.mine.annotation_id()
        start = element("bookmarkStart", id=number, name=f"ssu_{ident}")
        _insert_first(paragraph, start)
        paragraph.append(element("bookmarkEnd", id=number))

    def _number(self) -> int:
        if self._next_comment is None:
            self._next_comment = self.mine.next_comment_id()
        self._next_comment += 1
        return self._next_comment - 1

    def _anchor(self, target, number: int, *, inserted: bool = False) -> None:
        """``inserted``: a point that goes when the insertion is rejected, instead of falling to the next paragraph. (A
        range would make LibreOffice give that one the looks of the rejected.)"""
        paragraph = target if target.tag == W + "p" else next(target.iter(W + "p"))
        run = self._reference_run()
        run.append(element("commentReference", id=number))
        holder = paragraph.findall(W + "ins") if inserted else []
        if holder:
            holder[-1].append(run)
            return
        _insert_first(paragraph, element("commentRangeStart", id=number))
        paragraph.append(element("commentRangeEnd", id=number))
        paragraph.append(run)

    def _reference_run(self):
        run = element("r")
        if "CommentReference" in self._my_styles:
            looks = element("rPr")
            looks.append(element("rStyle", val="CommentReference"))
            run.append(looks)
        return run

    def _change(self, kind: str):
        return element(kind, id=self.mine.annotation_id(), author=AUTHOR, date=self._stamp)


def _comments_at(node) -> set[str]:
    return {r.get(W + "id", "") for r in node.iter(W + "commentReference")}


def _beside(block):
    """The paragraph before ``block``, or else after it."""
    for before in (True, False):
        found = next((s for s in block.itersiblings(preceding=before) if s.tag == W + "p"), None)
        if found is not None:
            return found
    return None


def _edits(old: str, new: str, *, by_sentence: bool) -> list[tuple[int, int, int, int]]:
    """(start, end, first, last): characters of ``old`` to be replaced by those of ``new``, in rising order."""
    cut = _sentences if by_sentence else _words
    a, b = cut(old), cut(new)
    matcher = SequenceMatcher(None, [_same(t) for t, _, _ in a], [_same(t) for t, _, _ in b], autojunk=False)
    edits: list[list[int]] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            continue
        found = [a[i1][1] if i1 < len(a) else len(old), a[i2 - 1][2] if i2 > i1 else (a[i1][1] if i1 < len(a) else len(old)),
                 b[j1][1] if j1 < len(b) else len(new), b[j2 - 1][2] if j2 > j1 else (b[j1][1] if j1 < len(b) else len(new))]
        # A word or two left standing between two changes is harder to read than one change.
        if edits and not by_sentence and found[0] - edits[-1][1] < 6 and edits[-1][1] > edits[-1][0]:
            edits[-1][1], edits[-1][3] = found[1], found[3]
        else:
            edits.append(found)
    if edits and not by_sentence and sum(e[1] - e[0] for e in edits) > 0.7 * max(1, len(old)):
        return [(0, len(old), 0, len(new))]
    return [(s, e, f, g) for s, e, f, g in edits if squeeze(old[s:e]) != squeeze(new[f:g])]


def _same(token: str) -> str:
    return squeeze(token) or " "


def _words(text: str) -> list[tuple[str, int, int]]:
    return [(m[0], m.start(), m.end()) for m in _TOKEN.finditer(text)]


def _sentences(text: str) -> list[tuple[str, int, int]]:
    ends = [m.end() for m in _SENTENCE.finditer(text)] + [len(text)]
    found, start = [], 0
    for end in ends:
        if end > start:
            found.append((text[start:end], start, end))
        start = end
    return found


def _spans(paragraph) -> list[tuple[object, int, int]]:
    """(run, start, end) of every live run that holds text, by the characters of ``raw_text``."""
    spans: list[list] = []
    at = 0
    for node in live(paragraph):
        run = node.getparent()
        size = len(node.text or "") if node.tag == W + "t" else 1
        if spans and spans[-1][0] is run:
            spans[-1][2] = at + size
        else:
            spans.append([run, at, at + size])
        at += size
    return [(r, a, b) for r, a, b in spans]


def _split(paragraph, position: int):
    """Make ``position`` a border between runs; the live run that ends there, or None at the start."""
    before = None
    for run, start, end in _spans(paragraph):
        if end <= position:
            if end > start:
                before = run
            continue
        if start >= position:
            break
        rest = element("r")
        looks = run.find(W + "rPr")
        if looks is not None:
            rest.append(deepcopy(looks))
        at = start
        moving = False
        for child in list(run):
            if child.tag == W + "rPr":
                continue
            size = len(child.text or "") if child.tag == W + "t" else int(child in set(live(run)))
            if moving:
                rest.append(child)
            elif at + size > position:
                if at < position:  # a w:t cut in two
                    text = child.text or ""
                    rest.append(text_node(text[position - at:]))
                    child.text = text[:position - at]
                    child.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                else:
                    rest.append(child)
                moving = True
            at += size
        run.addnext(rest)
        return run
    return before


def _fill(run, text: str) -> None:
    """``text`` into a run, "\\t" and "\\n" as Word's own."""
    for piece in re.split(r"([\t\n])", text):
        if piece == "\t":
            run.append(element("tab"))
        elif piece == "\n":
            run.append(element("br"))
        elif piece:
            run.append(text_node(piece))


def _inline(paragraph):
    """Runs and bookmarks of a paragraph in order, out of links and the like; deleted ones left out."""
    for child in paragraph:
        if child.tag in (W + "r", W + "bookmarkStart", W + "bookmarkEnd"):
            yield child
        elif child.tag in (W + "hyperlink", W + "ins", W + "smartTag", W + "fldSimple", W + "dir", W + "bdo", W + "sdt",
                           W + "sdtContent"):
            yield from _inline(child)


def _same_styles(fresh: WordFile, mine: WordFile) -> dict[str, str]:
    """Fresh style id -> the id of the style of that name in the person's file."""
    by_name = {(kind, label): ident for ident, (kind, label, _) in mine.styles().items()}
    return {ident: by_name[(kind, label)] for ident, (kind, label, _) in fresh.styles().items() if (kind, label) in by_name}


def _holds_picture(run) -> bool:
    return next(run.iter("{*}docPr"), None) is not None


def _is_dead(node) -> bool:
    return any(a.tag in (W + "del", W + "moveFrom") for a in node.iterancestors())


def _mark_changed(paragraph) -> bool:
    """Whether the paragraph's mark is itself inserted, deleted or moved."""
    looks = paragraph.find(f"{W}pPr/{W}rPr")
    return looks is not None and any(looks.find(tag) is not None for tag in MARK_CHANGES[:4])


def _ends_with(block, kind: str) -> bool:
    """Whether the last words of a paragraph with a mark of its own are a change of ours of this kind."""
    if block.tag != W + "p" or _mark_changed(block):
        return False
    last = next((n for n in block.iterchildren(reversed=True) if n.tag in (W + "ins", W + "del") or (
        n.tag in (W + "r", W + "hyperlink") and next(n.iter(W + "t", W + "tab", W + "br", W + "drawing"), None) is not None)), None)
    return last is not None and last.tag == W + kind and last.get(W + "author") == AUTHOR


def _mark_goes(paragraph) -> bool:
    """Whether a pending deletion takes the paragraph's mark, so that it runs on into the next one."""
    looks = paragraph.find(f"{W}pPr/{W}rPr")
    return looks is not None and (looks.find(W + "del") is not None or looks.find(W + "moveFrom") is not None)


def _end_of(anchor):
    """``anchor``, or the last of the paragraphs that it runs on into: what is put between them would join them."""
    while anchor.tag == W + "p" and _mark_goes(anchor):
        following = block_after(anchor)
        if following is None or following.tag != W + "p":
            break
        anchor = following
    return anchor


def _start_of(anchor):
    """``anchor``, or the first of the paragraphs that run on into it."""
    while anchor.tag == W + "p":
        before = block_before(anchor)
        if before is None or before.tag != W + "p" or not _mark_goes(before):
            break
        anchor = before
    return anchor


def _own(node, paragraph) -> bool:
    return next(node.iterancestors(W + "p")) is paragraph


def _insert_first(paragraph, node) -> None:
    properties = paragraph.find(W + "pPr")
    if properties is None:
        paragraph.insert(0, node)
    else:
        properties.addnext(node)


def _after(looks, names: tuple[str, ...]) -> int:
    wanted = {W + n for n in names}
    return max((i + 1 for i, c in enumerate(looks) if c.tag in wanted), default=0)


def _before_last(looks) -> int:
    last = {W + n for n in ("eastAsianLayout", "specVanish", "oMath")}
    return next((i for i, c in enumerate(looks) if c.tag in last), len(looks))

