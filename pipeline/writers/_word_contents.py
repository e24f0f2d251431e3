"""The table of contents with its entries written out, so that Word need not ask to update fields.

Without a layout engine nobody knows the pages: each entry ends in a PAGEREF field that shows nothing until Word or
LibreOffice has counted (on print, on F9, in the PDF). A wrong number is never shown, and dots that lead to none neither.
"""

from __future__ import annotations

import re

from docx.oxml.ns import qn

from pipeline.writers._word_xml import element, field, text_run

_TEXT_WIDTH = 9071  # twentieths of a point: A4 with margins of 2.5 cm, where the section does not say

_FORMATS = {
    "decimal": str,
    "decimalZero": "{:02d}".format,
    "lowerLetter": lambda n: chr(96 + (n - 1) % 26 + 1),
    "upperLetter": lambda n: chr(64 + (n - 1) % 26 + 1),
    "none": lambda n: "",
}


class Headings:
    """The outline level and the printed number of each paragraph, from styles and numbering.

    Knows what a heading list needs: decimal and letter levels, start values, restarts after a higher level.
    """

    def __init__(self, document) -> None:
        self._styles = {s.get(qn("w:styleId")): s for s in document.styles.element.findall(qn("w:style"))}
        self._lists: dict[str, dict[int, tuple[str, str, int, bool]]] = {}
        self._abstract: dict[str, str] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._found: dict[tuple[str, str], object] = {}
        try:
            numbering = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstracts = {a.get(qn("w:abstractNumId")): a for a in numbering.findall(qn("w:abstractNum"))}
        for num in numbering.findall(qn("w:num")):
            abstract = num.find(qn("w:abstractNumId"))
            ref = abstract.get(qn("w:val")) if abstract is not None else None
            self._abstract[num.get(qn("w:numId"))] = ref
            if ref in abstracts:
                levels = abstracts[ref].findall(qn("w:lvl"))
                self._lists[ref] = {_whole(lvl.get(qn("w:ilvl")), 0): _level(lvl) for lvl in levels}

    def level(self, paragraph) -> int | None:
        """1 for a main heading, 2 for one below, None for text."""
        value = self._property(paragraph, "w:outlineLvl")
        level = _whole(value.get(qn("w:val")), 9) if value is not None else 9
        return level + 1 if level < 9 else None

    def number(self, paragraph) -> str:
        """The number Word prints before this paragraph ("2.1"), counted by calling this once per paragraph in order."""
        numbering = self._property(paragraph, "w:numPr")
        if numbering is None:
            return ""
        num = numbering.find(qn("w:numId"))
        depth = numbering.find(qn("w:ilvl"))
        num_id = num.get(qn("w:val")) if num is not None else "0"
        ref = self._abstract.get(num_id)
        levels = self._lists.get(ref or "", {})
        at = _whole(depth.get(qn("w:val")), 0) if depth is not None else 0
        if at not in levels:
            return ""
        counters = self._counters.setdefault(ref, {})
        counters[at] = counters.get(at, levels[at][2] - 1) + 1
        for deeper in [d for d in counters if d > at]:
            del counters[deeper]
        text = levels[at][1]
        for i, (style, _, start, _legal) in levels.items():
            if i > at:
                continue
            style = "decimal" if levels[at][3] else style
            text = text.replace(f"%{i + 1}", _FORMATS.get(style, str)(counters.get(i, start)))
        return text

    def _property(self, paragraph, name: str):
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None
        found = properties.find(qn(name))
        if found is not None:
            return found
        style = properties.find(qn("w:pStyle"))
        return self._of_style(style.get(qn("w:val")), name) if style is not None else None

    def _of_style(self, style: str, name: str):
        """What a style and those it is based on say; looked up once, for a document has far more paragraphs."""
        key = (style, name)
        if key not in self._found:
            at, seen, found = style, set(), None
            while found is None and at in self._styles and at not in seen:
                seen.add(at)
                own = self._styles[at].find(qn("w:pPr"))
                found = own.find(qn(name)) if own is not None else None
                based = self._styles[at].find(qn("w:basedOn"))
                at = based.get(qn("w:val")) if based is not None else None
            self._found[key] = found
        return self._found[key]


def _whole(value: str | None, default: int) -> int:
    """A number as Word takes it: one that cannot be read is as if it did not stand there."""
    return int(value) if value is not None and re.fullmatch(r"-?[0-9]{1,9}", value) else default


def _level(level) -> tuple[str, str, int, bool]:
    def value(name: str, default: str) -> str:
        found = level.find(qn(name))
        return found.get(qn("w:val"), default) if found is not None else default

    return value("w:numFmt", "decimal"), value("w:lvlText", ""), _whole(value("w:start", "1"), 1), \
        level.find(qn("w:isLgl")) is not None


class Contents:
    """The headings of a document on their way to its table of contents: ``take`` every w:p in order, then ``write``."""

    def __init__(self, document, *, levels: int = 3) -> None:
        self._document, self._levels = document, levels
        self._headings = Headings(document)
        self._entries: list[tuple[int, str, str]] = []

    def take(self, p) -> None:
        """A paragraph that is a heading of these levels gets the bookmark that its entry links to."""
        number = self._headings.number(p)
        level = self._headings.level(p)
        if level is None or level > self._levels:
            return
        text = "".join(t.text or "" for t in p.iter(qn("w:t"))).strip()
        runs = p.findall(qn("w:r"))
        if not text or not runs:
            return
        name = f"_Toc{len(self._entries) + 1:09d}"
        ident = 900_000 + len(self._entries)
        runs[0].addprevious(element("w:bookmarkStart", id=ident, name=name))
        runs[-1].addnext(element("w:bookmarkEnd", id=ident))
        self._entries.append((level, f"{number} {text}".strip(), name))

    def write(self, paragraph) -> None:
        """The table of contents in place of ``paragraph`` (a python-docx Paragraph)."""
        document, levels, entries = self._document, self._levels, self._entries
        at = paragraph._p
        if not entries:
            at.getparent().remove(at)
            return
        first = field(f'TOC \\o "1-{levels}" \\h \\z \\u', "")
        width = _text_width(document)
        for i, (level, text, name) in enumerate(entries):
            entry = element("w:p")
            properties = element("w:pPr")
            properties.append(element("w:pStyle", val=f"TOC{level}"))
            if i == len(entries) - 2:  # no entry alone on the next page
                properties.append(element("w:keepNext"))
            tabs = element("w:tabs")
            tabs.append(element("w:tab", val="right", pos=width))
            properties.append(tabs)
            entry.append(properties)
            if i == 0:
                for run in first[:3]:
                    entry.append(run)
            link = element("w:hyperlink", anchor=name, history=1)
            link.append(text_run(f"{text}\t"))
            for run in field(f"PAGEREF {name} \\h", ""):
                link.append(run)
            entry.append(link)
            if i == len(entries) - 1:
                entry.append(first[4])
            at.addprevious(entry)
        at.getparent().remove(at)


def write_contents(document, paragraph, *, levels: int = 3) -> None:
    """A table of contents over headings 1-``levels`` in place of ``paragraph`` (a python-docx Paragraph).

    Each entry links to a bookmark ``_Toc…`` set around its heading.
    """
    contents = Contents(document, levels=levels)
    for p in document.element.body.iter(qn("w:p")):
        contents.take(p)
    contents.write(paragraph)


def _text_width(document) -> int:
    """Between the margins of the first section, in twentieths of a point."""
    section = document.sections[0]
    if None in (section.page_width, section.left_margin, section.right_margin):
        return _TEXT_WIDTH
    return (section.page_width - section.left_margin - section.right_margin) // 635
