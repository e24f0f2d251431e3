"""What Word does when all tracked changes are accepted or rejected, on the XML; and what a person then reads."""

from __future__ import annotations

import zipfile
from functools import lru_cache
from io import BytesIO

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_BLOCKS = (W + "p", W + "tbl", W + "sdt")


def body(data: bytes):
    return etree.fromstring(zipfile.ZipFile(BytesIO(data)).read("word/document.xml")).find(W + "body")


def settled(data: bytes, *, accept: bool, author: str | None = None):
    """The w:body after accepting or rejecting every change (of one author only, when named)."""
    root = body(data)

    def chosen(node) -> bool:
        return author is None or node.get(W + "author") == author

    keep, drop = (W + "ins", W + "del") if accept else (W + "del", W + "ins")
    keep_moved, drop_moved = (W + "moveTo", W + "moveFrom") if accept else (W + "moveFrom", W + "moveTo")
    for row in list(root.iter(W + "tr")):
        marks = row.find(W + "trPr")
        if marks is None:
            continue
        if any(chosen(m) for m in marks.findall(drop)):
            row.getparent().remove(row)
            continue
        for m in [m for m in marks.findall(keep) if chosen(m)]:
            marks.remove(m)
    for table in list(root.iter(W + "tbl")):
        if not table.findall(W + "tr"):
            table.getparent().remove(table)
    joined = []
    for paragraph in root.iter(W + "p"):
        looks = paragraph.find(f"{W}pPr/{W}rPr")
        for mark in list(looks) if looks is not None else ():
            if mark.tag in (drop, drop_moved) and chosen(mark):
                joined.append(paragraph)
            if mark.tag in (drop, drop_moved, keep, keep_moved) and chosen(mark):
                looks.remove(mark)
    for node in [n for n in root.iter(W + "ins", W + "del", W + "moveTo", W + "moveFrom") if chosen(n)]:
        if node.getparent() is None or node.getparent().tag in (W + "rPr", W + "trPr"):
            continue
        if node.tag in (drop, drop_moved):
            node.getparent().remove(node)
        else:
            for child in list(node):
                node.addprevious(child)
            node.getparent().remove(node)
    for link in [n for n in root.iter(W + "hyperlink") if not len(n)]:  # its text was settled away, and Word takes the shell
        link.getparent().remove(link)
    if not accept:
        for node in root.iter(W + "delText"):
            if not any(a.tag == W + "del" for a in node.iterancestors()):
                node.tag = W + "t"
    for change in [c for c in root.iter(W + "pPrChange", W + "tcPrChange") if chosen(c)]:
        properties = change.getparent()
        properties.remove(change)
        if not accept:
            kept = [c for c in properties if c.tag in (W + "rPr", W + "sectPr")]
            for child in list(properties):
                properties.remove(child)
            properties.extend([*(change[0] if len(change) else ()), *kept])  # LibreOffice leaves some empty
    for paragraph in joined:
        _join(paragraph)
    return root


def _join(paragraph) -> None:
    """A paragraph whose mark went: its content begins the next one, whose looks hold."""
    following = next((s for s in paragraph.itersiblings() if s.tag in _BLOCKS), None)
    content = [c for c in paragraph if c.tag != W + "pPr"]
    if following is None or following.tag != W + "p":
        if not "".join(t.text or "" for t in paragraph.iter(W + "t")):
            for node in content:
                paragraph.addprevious(node)
            paragraph.getparent().remove(paragraph)
        return
    properties = following.find(W + "pPr")
    at = 0 if properties is None else 1
    for i, node in enumerate(content):
        following.insert(at + i, node)
    paragraph.getparent().remove(paragraph)


def lines(root, *, styles: bool = False) -> list:
    """Every paragraph as it is read, the table of contents left out; with ``styles`` as (style id, text)."""
    found = []
    for p in root.iter(W + "p"):
        style = p.find(f"{W}pPr/{W}pStyle")
        name = style.get(W + "val") if style is not None else ""
        if name.startswith(("TOC", "Contents")):
            continue
        text = "".join((t.text or "") if t.tag == W + "t" else " " for t in p.iter(W + "t", W + "tab", W + "br")
                       if next(t.iterancestors(W + "p")) is p and t.getparent().tag == W + "r"
                       and not any(a.tag in (W + "del", W + "moveFrom") for a in t.iterancestors()))
        text = " ".join(text.split())
        found.append((name, text) if styles else text)
    return found


@lru_cache(maxsize=16)
def read(data: bytes, *, accept: bool, author: str | None = None) -> list[str]:
    """The non-empty lines after settling."""
    return [line for line in lines(settled(data, accept=accept, author=author)) if line]


def comments(data: bytes) -> list[tuple[str, str]]:
    """(author, text) of every comment."""
    return [(c.get(W + "author"), _said(c)) for c in _comments(data)]


def threads(data: bytes) -> list[tuple[str, str, bool, str]]:
    """(author, text, whether it is resolved, the text that it answers) of every comment."""
    package = zipfile.ZipFile(BytesIO(data))
    name = "word/commentsExtended.xml"
    entries = list(etree.fromstring(package.read(name))) if name in package.namelist() else []
    said = {e.get(W15 + "paraId"): e for e in entries}
    texts = {i: _said(c) for c in _comments(data) for p in c.iter(W + "p") if (i := p.get(W14 + "paraId"))}
    found = []
    for c in _comments(data):
        entry = next((said[i] for p in c.iter(W + "p") if (i := p.get(W14 + "paraId")) in said), {})
        found.append((c.get(W + "author"), _said(c), entry.get(W15 + "done") == "1", texts.get(entry.get(W15 + "paraIdParent"), "")))
    return found


def numbered_comments(data: bytes) -> list[tuple[str, str]]:
    """(id, text) of every comment."""
    return [(c.get(W + "id"), _said(c)) for c in _comments(data)]


def _comments(data: bytes) -> list:
    package = zipfile.ZipFile(BytesIO(data))
    if "word/comments.xml" not in package.namelist():
        return []
    return list(etree.fromstring(package.read("word/comments.xml")).iter(W + "comment"))


def _said(comment) -> str:
    return " ".join("".join(t.text or "" for t in comment.iter(W + "t")).split())
