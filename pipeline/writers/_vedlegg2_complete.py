"""The promise of vedlegg 2, checked on the finished file: every word of every answer stands in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import IO
from zipfile import ZipFile

from lxml import etree

from pipeline.errors import InternalError
from pipeline.model import Document
from pipeline.writers._vedlegg2_answers import ANSWER_MARK, SEPARATOR, blocks_of
from pipeline.writers._word_values import clean_text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = re.compile(r"\s+")


def check(data: bytes, documents: Sequence[Document], *, added: frozenset[str], comments: bool) -> None:
    """Raises InternalError when a block of an answer is not, word for word, in that answer's part of the file.

    ``documents``: the answers in the order they were written. ``added``: ids of the styles whose text is not
    the answers' own. ``comments``: whether the answers' comments are in the file.
    """
    waiting = dict(enumerate(documents, 1))
    with ZipFile(BytesIO(data)) as package, package.open("word/document.xml") as file:
        for number, found in _written(file, added):
            if (document := waiting.pop(number, None)) is not None:
                _check(document, found, comments=comments)
    for document in waiting.values():
        _check(document, Counter(), comments=comments)


def _check(document: Document, found: Counter, *, comments: bool) -> None:
    wanted = Counter(text for b in blocks_of(document) if comments or b.place != "comment"
                     if (text := _squeezed(f"{'' if b.marker == '•' else b.marker}{b.text}")))
    left = [text for text, n in wanted.items() if found[text] < n]
    if left:
        everything = "\n".join(found.elements())
        left = [text for text in left if everything.count(text) < wanted[text]]
    if left:
        raise InternalError(f"Vedlegg 2 mangler {len(left)} avsnitt av «{document.source}». "
                            "Dette er en feil i programmet; ingenting er skrevet.")


def _written(file: IO[bytes], added: frozenset[str]) -> Iterator[tuple[int, Counter]]:
    """Each answer's number with its paragraphs and table lines without blanks, as often as they stand there.

    The file is read as it goes, and what has been looked at is let go: its tree is far larger than all the answers.
    """
    current, found = 0, Counter()
    for _, paragraph in etree.iterparse(file, events=("end",), tag=_W + "p", resolve_entities=False, huge_tree=True):
        for mark in paragraph.iter(_W + "bookmarkStart"):
            name = mark.get(_W + "name") or ""
            if name.startswith(ANSWER_MARK):
                if current:
                    yield current, found
                current, found = int(name.removeprefix(ANSWER_MARK)), Counter()
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        if current and (style is None or style.get(_W + "val") not in added):
            found.update(t for t in _pieces(paragraph, added) if t)
        paragraph.clear()
        while paragraph.getprevious() is not None:
            del paragraph.getparent()[0]
    if current:
        yield current, found


def _pieces(paragraph, added: frozenset[str]) -> Iterable[str]:
    text = ""
    for run in paragraph.iter(_W + "r"):
        own = "".join(t.text or "" for t in run.iter(_W + "t"))
        style = run.find(f"{_W}rPr/{_W}rStyle")
        if style is not None and style.get(_W + "val") in added:
            if own.strip() == SEPARATOR:
                yield _squeezed(text)
                text = ""
        else:
            text += own
    text = _squeezed(text)
    yield text
    if text.startswith("•"):
        yield text.lstrip("•")  # a bullet that is printed as a sign: the marker is no word


def _squeezed(text: str) -> str:
    return _SPACE.sub("", clean_text(text))
