"""What reviewers do to a draft: twenty kinds of edits on the XML, and editors that rewrite the file."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO

from lxml import etree

from tests.review.settle import settled

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
NAME = "Kari Rådgiver"
OURS = "Saksutkast"
_NS = W[1:-1]
_CHANGES = tuple(W + n for n in ("ins", "del", "pPrChange", "tcPrChange"))
_WORDS = ("havn", "lykt", "bro", "elv", "torg", "eng", "fjære", "lund", "vik", "skjær")


class Draft:
    """A .docx opened for editing: ``body`` as a tree, other members as bytes."""

    def __init__(self, data: bytes, seed: int | str = 1) -> None:
        with zipfile.ZipFile(BytesIO(data)) as package:
            self.members = {n: package.read(n) for n in package.namelist()}
        self.root = etree.fromstring(self.members["word/document.xml"])
        self.body = self.root.find(W + "body")
        self.random = random.Random(seed)
        self.serial = 0

    def bytes(self) -> bytes:
        self.members["word/document.xml"] = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in self.members.items():
                package.writestr(name, data)
        return out.getvalue()

    def new_words(self, n: int = 4) -> str:
        """Words that stand nowhere else."""
        self.serial += 1
        return " ".join(f"{self.random.choice(_WORDS)}{self.random.randrange(1000)}x{self.serial}" for _ in range(n))

    def paragraphs(self, *styles: str) -> list:
        """Live paragraphs of these styles (all but the table of contents without any)."""
        return [p for p in self.body.iter(W + "p") if text(p) and not style(p).startswith(("TOC", "Contents"))
                and (not styles or style(p) in styles)]

    def bullets(self) -> list:
        """The bullets that rest on statements."""
        return [p for p in self.paragraphs("ListBullet", "ListBullet2") if "vedlegg 2" in text(p).replace("\u00a0", " ")]

    def sections(self) -> list[list]:
        """Runs of top-level elements from one theme heading to the next."""
        found: list[list] = []
        open_ = False
        for child in self.body:
            level = style(child) if child.tag == W + "p" else ""
            if level.startswith(("Heading", "Overskrift")):
                theme = level == "Heading3" and child.find(f"{W}pPr/{W}numPr") is not None
                open_ = theme or (level == "Heading4" and open_)
                if open_ and level == "Heading3":
                    found.append([])
            if open_ and found:
                found[-1].append(child)
        return found

    def pick(self, items: list):
        return self.random.choice(items) if items else None

    def comment(self, paragraph, said: str, author: str = NAME) -> None:
        name = "word/comments.xml"
        root = etree.fromstring(self.members[name])
        number = max((int(c.get(W + "id")) for c in root), default=0) + 1
        made = etree.SubElement(root, W + "comment", {W + "id": str(number), W + "author": author, W + "initials": "KR"})
        made.append(new_paragraph(said))
        self.members[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        at = 1 if paragraph.find(W + "pPr") is not None else 0
        paragraph.insert(at, _element("commentRangeStart", id=number))
        paragraph.append(_element("commentRangeEnd", id=number))
        run = _element("r")
        run.append(_element("commentReference", id=number))
        paragraph.append(run)


    def extended(self) -> dict[str, etree._Element]:
        """What Word keeps of comments beside their text, by comment id; made for all comments, as Word does at saving."""
        comments = etree.fromstring(self.members["word/comments.xml"])
        name = "word/commentsExtended.xml"
        if name not in self.members:
            self.members[name] = f'<w15:commentsEx xmlns:w15="{W15[1:-1]}"/>'.encode()
            self.members["[Content_Types].xml"] = self.members["[Content_Types].xml"].replace(b"</Types>", (
                f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
                'commentsExtended+xml"/></Types>').encode())
            rels = "word/_rels/document.xml.rels"
            self.members[rels] = self.members[rels].replace(b"</Relationships>", (
                b'<Relationship Id="rIdEx1" Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended" '
                b'Target="commentsExtended.xml"/></Relationships>'))
        root = etree.fromstring(self.members[name])
        entries = {e.get(W15 + "paraId"): e for e in root}
        found = {}
        for i, comment in enumerate(comments.iter(W + "comment")):
            last = list(comment.iter(W + "p"))[-1]
            ident = last.get(W14 + "paraId") or f"{0x1A2B0000 + i:08X}"
            last.set(W14 + "paraId", ident)
            if ident not in entries:
                entries[ident] = etree.SubElement(root, W15 + "commentEx", {W15 + "paraId": ident, W15 + "done": "0"})
            found[comment.get(W + "id")] = entries[ident]
        self.members["word/comments.xml"] = etree.tostring(comments, xml_declaration=True, encoding="UTF-8", standalone=True)
        return found

    def keep_extended(self, found: dict[str, etree._Element]) -> None:
        root = next(iter(found.values())).getparent()
        self.members["word/commentsExtended.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def resolve(self, paragraphs) -> None:
        """Mark all comments at these paragraphs as resolved."""
        found = self.extended()
        for p in paragraphs:
            for node in p.iter(W + "commentReference"):
                found[node.get(W + "id")].set(W15 + "done", "1")
        self.keep_extended(found)

    def reply(self, paragraph, said: str) -> None:
        """Answer the first comment at a paragraph, as Word does: a comment of its own, tied to the other."""
        first = next(paragraph.iter(W + "commentReference")).get(W + "id")
        self.comment(paragraph, said)
        found = self.extended()
        found[max(found, key=int)].set(W15 + "paraIdParent", found[first].get(W15 + "paraId"))
        self.keep_extended(found)


def text(node) -> str:
    return "".join(t.text or "" for t in node.iter(W + "t"))


def style(p) -> str:
    found = p.find(f"{W}pPr/{W}pStyle")
    return found.get(W + "val") if found is not None else ""


def new_paragraph(said: str, like=None):
    made = _element("p")
    if like is not None and like.find(W + "pPr") is not None:
        made.append(deepcopy(like.find(W + "pPr")))
    made.append(_run(said))
    return made


def reword(d: Draft) -> None:
    p = d.pick(d.bullets())
    if p is not None:
        nodes = [t for t in p.iter(W + "t") if len((t.text or "").split()) > 2]
        if nodes:
            words = nodes[0].text.split(" ")
            words[1:3] = [d.new_words(2)]
            nodes[0].text = " ".join(words)


def reword_wholly(d: Draft) -> None:
    p = d.pick(d.bullets())
    if p is not None:
        for r in list(p.iter(W + "r")):
            if r.find(W + "t") is not None:
                r.getparent().remove(r)
        p.append(_run(d.new_words(8)))


def reword_status(d: Draft) -> None:
    p = d.pick([p for p in d.paragraphs("", "Normal") if len(text(p)) > 100])
    if p is not None:
        p.append(_run(f" {d.new_words(5)}."))


def move(d: Draft) -> None:
    p, sections = d.pick(d.bullets()), d.sections()
    if p is not None and sections:
        d.pick(sections)[-1].addnext(p)


def delete(d: Draft) -> None:
    p = d.pick(d.bullets())
    if p is not None:
        p.getparent().remove(p)


def split(d: Draft) -> None:
    p = d.pick(d.bullets())
    runs = [r for r in p.iter(W + "r") if r.find(W + "t") is not None] if p is not None else []
    if len(runs) > 2:
        second = new_paragraph(d.new_words(1) + " ", p)
        for r in runs[2:]:
            second.append(r)
        p.addnext(second)


def merge_two(d: Draft) -> None:
    bullets = d.bullets()
    if len(bullets) > 1:
        i = d.random.randrange(len(bullets) - 1)
        first, second = bullets[i], bullets[i + 1]
        for child in list(second):
            if child.tag != W + "pPr":
                first.append(child)
        second.getparent().remove(second)


def add(d: Draft) -> None:
    p = d.pick(d.bullets())
    if p is not None:
        p.addnext(new_paragraph(d.new_words(7), p))


def add_at_section_end(d: Draft) -> None:
    section = d.pick(d.sections())
    if section:
        section[-1].addnext(new_paragraph(f"{d.new_words(9)}."))


def retitle(d: Draft) -> None:
    p = d.pick(d.paragraphs("Heading3", "Heading1"))
    if p is not None:
        node = next(t for t in p.iter(W + "t"))
        node.text = f"{node.text} og {d.new_words(2)}"


def reorder_sections(d: Draft) -> None:
    sections = d.sections()
    if len(sections) > 1:
        i = d.random.randrange(len(sections) - 1)
        first, second = sections[i], sections[i + 1]
        at = second[-1]
        for node in first:
            at.addnext(node)
            at = node


def delete_section(d: Draft) -> None:
    section = d.pick(d.sections())
    for node in section or ():
        node.getparent().remove(node)


def track_insertion(d: Draft) -> None:
    p = d.pick(d.bullets())
    if p is not None:
        holder = _element("ins", id=7000 + d.serial, author=NAME)
        holder.append(_run(f" {d.new_words(3)}"))
        p.append(holder)


def track_deletion(d: Draft) -> None:
    p = d.pick(d.bullets())
    runs = [r for r in p.iter(W + "r") if r.find(W + "t") is not None] if p is not None else []
    if len(runs) > 1:
        run = runs[1]
        for node in run.findall(W + "t"):
            node.tag = W + "delText"
        holder = _element("del", id=7100 + d.serial, author=NAME)
        run.addprevious(holder)
        holder.append(run)
        d.serial += 1


def comment(d: Draft) -> None:
    p = d.pick(d.bullets())
    if p is not None and "word/comments.xml" in d.members:
        d.comment(p, d.new_words(5))


def remove_our_comments(d: Draft) -> None:
    for node in list(d.body.iter(W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference")):
        node.getparent().remove(node)


def resolve(d: Draft) -> None:
    noted = [p for p in d.bullets() if next(p.iter(W + "commentReference"), None) is not None]
    if noted:
        d.resolve(noted[::2])


def reply(d: Draft) -> None:
    p = d.pick([p for p in d.bullets() if next(p.iter(W + "commentReference"), None) is not None])
    if p is not None:
        d.reply(p, d.new_words(5))
        d.resolve([p])


def paste(d: Draft) -> None:
    p = d.pick(d.paragraphs("Heading3", "", "Normal"))
    if p is not None and p.getparent() is d.body:
        table = _element("tbl")
        table.append(_element("tblPr"))
        row = _element("tr")
        for _ in range(2):
            cell = _element("tc")
            cell.append(new_paragraph(d.new_words(3)))
            row.append(cell)
        table.append(row)
        pasted = new_paragraph(d.new_words(12))
        p.addprevious(pasted)
        p.addprevious(table)
        p.addprevious(new_paragraph(d.new_words(3)))


def change_styles(d: Draft) -> None:
    d.members["word/styles.xml"] = d.members["word/styles.xml"].replace(b"<w:b/>", b"<w:i/>")
    for p in d.bullets()[:2]:
        p.find(f"{W}pPr/{W}pStyle").set(W + "val", "Tabelltekst")


def format_words(d: Draft) -> None:
    p = d.pick(d.bullets())
    if p is not None:
        run = d.pick([r for r in p.iter(W + "r") if r.find(W + "t") is not None])
        if run is not None:
            looks = run.find(W + "rPr")
            if looks is None:
                looks = _element("rPr")
                run.insert(0, looks)
            looks.append(_element("highlight", val="yellow"))


def edit_table(d: Draft) -> None:
    rows = [r for r in d.body.iter(W + "tr") if text(r)]
    if rows:
        row = d.pick(rows)
        made = deepcopy(row)
        for node in made.iter(W + "t"):
            node.text = d.new_words(1)
        row.addnext(made)
        next(d.pick(rows).iter(W + "t")).text = d.new_words(2)


def write_assessment(d: Draft) -> None:
    for p in d.paragraphs("Verktøyforslag", "Verktøyforslagpunkt", "Verktyforslag", "Verktyforslagpunkt"):
        p.getparent().remove(p)
    for p in d.paragraphs():
        if text(p).startswith("[Fyll inn sekretariatets"):
            p.addnext(new_paragraph(f"{d.new_words(20)}."))


def fill_fields(d: Draft) -> None:
    for node in d.body.iter(W + "t"):
        if (node.text or "").startswith("[Fyll inn"):
            node.text = d.new_words(2)


ACTIONS: dict[str, Callable[[Draft], None]] = {f.__name__: f for f in (
    reword, reword_wholly, reword_status, move, delete, split, merge_two, add, add_at_section_end, retitle, reorder_sections,
    delete_section, track_insertion, track_deletion, comment, resolve, reply, remove_our_comments, paste, change_styles, format_words,
    edit_table, write_assessment, fill_fields)}


def edited(data: bytes, *actions: str, seed: int = 1) -> bytes:
    """The draft after a person has done these things to it."""
    draft = Draft(data, f"{seed} {' '.join(actions)}")
    for action in actions:
        ACTIONS[action](draft)
    return draft.bytes()


def answered(data: bytes, seed: int | str = 1, answers: tuple[str, ...] = ("accept", "reject", "wait")) -> bytes:
    """The file after a person has accepted, rejected or left each proposal of ours, as Word shows them: one that runs
    over paragraph marks is one."""
    draft = Draft(data, f"{seed} answered")
    answer = ""
    for node in draft.body.iter(W + "p", W + "tr"):
        ours = [n for n in node.iter(*_CHANGES) if n.get(W + "author") == OURS]
        if node.tag == W + "p" and next(node.iterancestors(W + "tr"), None) is not None:
            continue  # answered with its row
        answer = answer or draft.random.choice(answers)
        for change in ours:
            change.set(W + "author", answer if answer != "wait" else OURS)
        mark = node.find(f"{W}pPr/{W}rPr")
        if mark is None or not any(n.tag in _CHANGES and n in ours for n in mark):
            answer = ""
    for kind in ("accept", "reject"):
        done = Draft(draft.bytes())
        done.root.replace(done.body, settled(draft.bytes(), accept=kind == "accept", author=kind))
        draft = Draft(done.bytes())
    return draft.bytes()


def without_ids(data: bytes) -> bytes:
    """As an editor leaves it that keeps no bookmarks, and a person who has cleaned the comments of their ids."""
    draft = Draft(data)
    ours = {b.get(W + "id") for b in draft.body.iter(W + "bookmarkStart") if b.get(W + "name").startswith("ssu_")}
    for node in list(draft.body.iter(W + "bookmarkStart", W + "bookmarkEnd")):
        if node.get(W + "id") in ours:
            node.getparent().remove(node)
    if "word/comments.xml" in draft.members:
        draft.members["word/comments.xml"] = re.sub(rb"\[ssu_\w+\]", b"", draft.members["word/comments.xml"])
    return draft.bytes()


def copied_bookmarks(data: bytes) -> bytes:
    """As LibreOffice leaves bookmarks of text that was copied and pasted."""
    draft = Draft(data)
    for node in draft.body.iter(W + "bookmarkStart"):
        if node.get(W + "name").startswith("ssu_"):
            node.set(W + "name", f"{node.get(W + 'name')}_Copy_1")
    return draft.bytes()


def _element(tag: str, **attributes: object):
    made = etree.Element(W + tag, nsmap={"w": _NS})
    for key, value in attributes.items():
        made.set(W + key, str(value))
    return made


def _run(said: str):
    run = _element("r")
    node = etree.SubElement(run, W + "t")
    node.text = said
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run
