"""Invisible marks in a template's values that become bookmarks, comments, languages and inserted blocks.

A value handed to a template may hold marks made of the Unicode noncharacters U+FDD0-U+FDEF, which no text
may contain (``clean_text`` drops them). A person can therefore move ``{{ punkt.tekst }}`` anywhere in the
template; wherever the value ends up, its evidence goes with it. After filling, ``apply`` turns marks into
Word's own elements. The marks carry only a number; what they mean stands in the ``Marks`` object.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from pipeline.writers import _word_aside
from pipeline.writers._word_values import Marked, clean_text
from pipeline.writers._word_xml import RUN_ORDER, add_text, element, put, run_properties, set_language, text_run

_OPEN, _END, _CLOSE, _ZERO = "\ufdd1", "\ufdd2", "\ufdd3", 0xFDE0
_MARK = re.compile(f"([{_OPEN}{_CLOSE}][\ufde0-\ufdef]+{_END})")
_ANY_MARK = re.compile("[\ufdd0-\ufdef]")
_NAME = re.compile(r"[^\w]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some text of a comment's paragraph. ``language`` is "nn-NO" and the like, or empty."""

    text: str
    bold: bool = False
    language: str = ""


Paragraphs = tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    kind: str  # bookmark | comment | language | link | block
    value: object
    whole: bool = False  # the whole paragraph that the value ends up in, not the value alone


class Marks:
    """The marks of one document, in the order they were made. Unmarked text handed in is cleaned."""

    def __init__(self) -> None:
        self._marks: list[_Mark] = []

    def bookmark(self, name: str, text: str, *, whole: bool = True) -> Marked:
        """``text`` marked with a bookmark; ``name`` is made legal (40 letters, digits, underscores)."""
        return self._around(_Mark(kind="bookmark", value=_NAME.sub("_", name)[:40], whole=whole), text)

    def comment(self, paragraphs: Paragraphs | Callable[[], Paragraphs], text: str, *, whole: bool = True) -> Marked:
        """``text`` marked with a Word comment of these paragraphs, or of those that the function gives when it is written:
        the comments of a large hearing are larger than all else that a document is made of."""
        return self._around(_Mark(kind="comment", value=paragraphs, whole=whole), text)

    def language(self, language: str, text: str) -> Marked:
        """``text`` tagged with its own language ("nn-NO")."""
        return self._around(_Mark(kind="language", value=language), text)

    def link(self, file: str, bookmark: str, text: str) -> Marked:
        """``text`` as a link to a bookmark of another Word file in the same folder."""
        return self._around(_Mark(kind="link", value=(file, bookmark)), text)

    def block(self, fill: Callable[[object, object], None]) -> Marked:
        """A mark for a paragraph of its own: ``fill(document, paragraph)`` puts something in its place.

        ``paragraph`` is a python-docx Paragraph, emptied; ``fill`` may use it, put elements after it, or remove it.
        """
        return self._around(_Mark(kind="block", value=fill), "")

    def _around(self, mark: _Mark, text: str) -> Marked:
        number = "".join(chr(_ZERO + int(d, 16)) for d in f"{len(self._marks):x}")
        self._marks.append(mark)
        inside = text if isinstance(text, Marked) else clean_text(text)
        return Marked(f"{_OPEN}{number}{_END}{inside}{_CLOSE}{number}{_END}")

    def __getitem__(self, number: int) -> _Mark | None:
        return self._marks[number] if number < len(self._marks) else None


def apply(document, marks: Marks, *, author: str, day: date) -> None:
    """Turn the marks of a filled document into Word's elements; line breaks in values become Word's.

    Comments are dated ``day`` (midnight), so that the same input gives the same bytes.
    """
    blocks: list[tuple[object, Callable]] = []
    work = _Work(document, author, day)
    for root in _roots(document):
        work.linking = root is document.element.body  # a header has relations of its own
        for paragraph in list(root.iter(qn("w:p"))):
            _apply_paragraph(paragraph, marks, work, blocks)
    from docx.text.paragraph import Paragraph

    # Blocks last: what they insert is finished text, and must not be searched for marks.
    for paragraph, fill in blocks:
        for child in list(paragraph):
            if child.tag != qn("w:pPr"):
                paragraph.remove(child)
        fill(document, Paragraph(paragraph, document._body))


class _Work:
    """Running ids, and the comments set aside: python-docx's own add_comment is quadratic."""

    def __init__(self, document, author: str, day: date) -> None:
        self.document, self.author, self.stamp = document, author, f"{day.isoformat()}T00:00:00Z"
        used = [int(b.get(qn("w:id"), "0")) for b in document.element.iter(qn("w:bookmarkStart"))
                if b.get(qn("w:id"), "0").isdigit()]
        self.next_bookmark = max(used, default=0) + 1
        self.names = {b.get(qn("w:name")) for b in document.element.iter(qn("w:bookmarkStart"))}
        self._shelf: _word_aside.Shelf | None = None
        self._next_comment = 0
        self._styles = {s.style_id for s in document.styles}
        self.linking = True

    def comment(self, paragraphs: Paragraphs) -> int:
        if self._shelf is None:
            part = self.document.part._comments_part
            self._next_comment = max((int(c.get(qn("w:id"))) for c in part.element), default=-1) + 1
            self._shelf = _word_aside.Shelf(self.document, part)
        number, self._next_comment = self._next_comment, self._next_comment + 1
        comment = element("w:comment", id=number, author=self.author, date=self.stamp, initials="SU")
        for i, pieces in enumerate(paragraphs):
            paragraph = element("w:p")
            if "CommentText" in self._styles:
                properties = element("w:pPr")
                properties.append(element("w:pStyle", val="CommentText"))
                paragraph.append(properties)
            if i == 0:
                run = text_run("", style="CommentReference" if "CommentReference" in self._styles else "")
                run.append(element("w:annotationRef"))
                paragraph.append(run)
            for piece in pieces:
                paragraph.append(text_run(clean_text(piece.text), bold=piece.bold, language=piece.language))
            comment.append(paragraph)
        self._shelf.put([comment])
        return number

    def reference(self, number: int):
        run = text_run("", style="CommentReference" if "CommentReference" in self._styles else "")
        run.append(element("w:commentReference", id=number))
        return run

    def link(self, file: str, bookmark: str):
        """An empty w:hyperlink. The bookmark is its anchor, so that one relation serves every link to the file."""
        made = element("w:hyperlink", anchor=bookmark, history=1)
        made.set(qn("r:id"), self.document.part.relate_to(file, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        return made

    def bookmark(self, name: str) -> tuple[object, object]:
        unique, n = name, 1
        while unique in self.names:
            n += 1
            unique = f"{name[:36]}_{n}"
        self.names.add(unique)
        number, self.next_bookmark = self.next_bookmark, self.next_bookmark + 1
        return element("w:bookmarkStart", id=number, name=unique), element("w:bookmarkEnd", id=number)


def _roots(document) -> list:
    roots = [document.element.body]
    roots += [rel.target_part.element for rel in document.part.rels.values()
              if not rel.is_external and rel.reltype.rsplit("/", 1)[-1] in ("header", "footer")
              and hasattr(rel.target_part, "element")]
    return roots


def _apply_paragraph(paragraph, marks: Marks, work: _Work, blocks: list) -> None:
    spans: list[tuple[_Mark, object, object]] = []
    for run in [r for r in paragraph.iter(qn("w:r")) if _own(r, paragraph)]:
        texts = [t.text or "" for t in run.findall(qn("w:t"))]
        if not any(_ANY_MARK.search(t) or "\n" in t or "\t" in t for t in texts):
            if texts and not any(texts) and not [c for c in run if c.tag not in (qn("w:t"), qn("w:rPr"))]:
                run.getparent().remove(run)  # what an untaken "if" leaves behind
            continue
        spans += _split_run(run, marks)
    for mark, _first, _last in spans:
        if mark.kind == "block":
            blocks.append((paragraph, mark.value))
            return
    anchors = [s for s in spans if s[0].kind in ("bookmark", "comment")]
    bookmarks = sum(s[0].kind == "bookmark" for s in anchors)
    runs = [r for r in paragraph if r.tag == qn("w:r")]
    for mark, first, last in anchors:
        # Two points in one paragraph of a rewritten template: each then keeps to its own words.
        if mark.whole and bookmarks <= 1 and runs:
            first, last = runs[0], runs[-1]
        if mark.kind == "bookmark":
            start, end = work.bookmark(mark.value)
            first.addprevious(start)
            last.addnext(end)
        else:
            number = work.comment(mark.value() if callable(mark.value) else mark.value)
            first.addprevious(element("w:commentRangeStart", id=number))
            end = element("w:commentRangeEnd", id=number)
            last.addnext(end)
            end.addnext(work.reference(number))


    for mark, first, last in spans:
        if mark.kind == "link" and work.linking:
            _enclose(work.link(*mark.value), first, last)


def _enclose(link, first, last) -> None:
    """``link`` around everything from ``first`` to ``last``; the runs get a thin line under them."""
    first.addprevious(link)
    at = first
    while at is not None:
        following = at.getnext() if at is not last else None
        link.append(at)
        if at.tag == qn("w:r"):
            put(run_properties(at), element("w:u", val="single", color="A6A6A6"), RUN_ORDER)
        at = following


def _own(node, paragraph) -> bool:
    return next(node.iterancestors(qn("w:p"))) is paragraph


def _split_run(run, marks: Marks) -> list[tuple[_Mark, object, object]]:
    """Replace ``run`` by one run a stretch between marks; the marks found with their first and last run."""
    made: list = []
    open_marks: list[list] = []
    done: list[tuple[_Mark, object, object]] = []
    current = None

    def close(entry: list) -> None:
        if entry in open_marks:
            open_marks.remove(entry)
        last = made[-1] if made else None
        if entry[1] is None or last is None:  # an empty stretch still needs a place
            entry[1] = last = text_run("", like=run)
            made.append(last)
        done.append((entry[0], entry[1], last))

    def writing():
        nonlocal current
        if current is None:
            current = text_run("", like=run)
            made.append(current)
            for entry in open_marks:
                entry[1] = current if entry[1] is None else entry[1]
                if entry[0].kind == "language":
                    set_language(current, entry[0].value)
        return current

    for child in run:
        if child.tag == qn("w:rPr"):
            continue
        if child.tag != qn("w:t"):
            writing().append(deepcopy(child))
            continue
        for i, piece in enumerate(_MARK.split(child.text or "")):
            if i % 2 == 0:
                piece = _ANY_MARK.sub("", piece)
                if piece:
                    add_text(writing(), piece)
                continue
            current = None
            number = int("".join(f"{ord(c) - _ZERO:x}" for c in piece[1:-1]), 16)
            mark = marks[number]
            if mark is None:
                continue
            if piece[0] == _OPEN:
                open_marks.append([mark, None])
            else:
                entry = next((e for e in reversed(open_marks) if e[0] is mark), None)
                if entry is not None:
                    close(entry)
    for entry in list(open_marks):  # a template's filter cut the value short
        close(entry)
    for new in made:
        run.addprevious(new)
    run.getparent().remove(run)
    return done
