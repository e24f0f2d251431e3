"""The look of a Word answer, read from its own file and laid over the blocks that the reader made of it.

Blocks and paragraphs are matched in order by their letters (blanks aside). Where they do not match, the block
is shown plain: its words never come from here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.config import Limits
from pipeline.errors import Unreadable
from pipeline.model import Block
from pipeline.readers import _word_package as package
from pipeline.readers._common import clean, unprivate
from pipeline.readers._word_styles import roman
from pipeline.writers._vedlegg2_looks import PLAIN, BlockLook, Format, Look, Picture, dark_enough

_AHEAD = 60  # paragraphs: how far behind its place the text of a block is looked for
_EMU_PER_POINT = 12700
_HIGHLIGHTS = frozenset({"yellow", "green", "cyan", "magenta", "lightGray"})  # black text is readable on these
_VML_SIZE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)(pt|in|cm|mm|px)?")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, None: 0.75}
_UNSEEN = frozenset({
    "del", "moveFrom", "instrText", "delText", "delInstrText", "fldData", "rPr", "pPr", "sdtPr", "sdtEndPr", "tblPr",
    "trPr", "tcPr", "tblGrid"})


@dataclass(slots=True)
class _Paragraph:
    """A source paragraph: its letters, and what stands at which letter."""

    place: str
    letters: list[str] = field(default_factory=list)
    length: int = 0
    formats: list[tuple[int, Format]] = field(default_factory=list)  # (from this letter on, format)
    marks: list[tuple[int, str]] = field(default_factory=list)
    pictures: list[tuple[int, Picture]] = field(default_factory=list)
    align: str = ""
    key: str = ""

    def add(self, text: str, form: Format) -> None:
        squeezed = _letters(text)
        if squeezed:
            if not self.formats or self.formats[-1][1] != form:
                self.formats.append((self.length, form))
            self.letters.append(squeezed)
            self.length += len(squeezed)


def look(data: bytes, blocks: Sequence[Block], limits: Limits) -> Look:
    """How the Word file ``data`` sets ``blocks``. Raises errors.Unreadable or OverLimit when it cannot be opened."""
    parts = package.ZipParts(data, limits) if data[:2] == b"PK" else package.FlatParts(data)
    return _overlay(_Source(parts).paragraphs(), blocks)


class _Source:
    """One Word file being looked at."""

    def __init__(self, parts: package.Parts) -> None:
        self.parts = parts
        self.main = package.main_part(parts)
        self.relations = package.relations(parts, self.main)
        self.out: list[_Paragraph] = []
        self.counts: dict[str, int] = defaultdict(int)
        self.styles = self._styles()
        self.formats: dict[tuple[str, Format], Format] = {}
        self.part_relations = self.relations

    def paragraphs(self) -> list[_Paragraph]:
        self._blocks(self.parts.xml(self.main)[0], "body")
        for kind in ("footnote", "endnote"):
            for relation in self.relations.values():
                stored = self.parts.find(relation.target)
                if relation.type == f"{kind}s" and stored and not relation.external:
                    self.part_relations = package.relations(self.parts, stored)
                    self._blocks(self.parts.xml(stored)[0], kind)
        for paragraph in self.out:
            paragraph.key = "".join(paragraph.letters)
        return self.out

    def _styles(self) -> dict[str, object]:
        """Style id -> its w:style."""
        target = next((r.target for r in self.relations.values() if r.type == "styles" and not r.external), "")
        stored = self.parts.find(target) if target else None
        try:
            root = self.parts.xml(stored)[0] if stored else ()
        except Unreadable:
            root = ()
        return {_value(style, "styleId"): style for style in root if _local(style) == "style"}

    def _style_format(self, ident: str, start: Format) -> Format:
        """``start`` changed by a style and those it is based on."""
        if ident not in self.styles:
            return start
        if (ident, start) not in self.formats:
            chain, at = [], ident
            while at in self.styles and self.styles[at] not in chain:
                chain.append(self.styles[at])
                at = next((_value(c) for c in chain[-1] if _local(c) == "basedOn"), "")
            form = start
            for style in reversed(chain):
                for properties in style:
                    if _local(properties) == "rPr":
                        form = _applied(form, properties, colours=_value(style, "type") == "character")
            self.formats[(ident, start)] = form
        return self.formats[(ident, start)]

    def _blocks(self, element, place: str) -> None:
        for child in element:
            name = _local(child)
            if name == "p":
                self._paragraph(child, place)
            elif name == "AlternateContent":
                self._blocks(_branch(child), place)
            elif name not in _UNSEEN:
                self._blocks(child, place)

    def _paragraph(self, element, place: str) -> None:
        paragraph = _Paragraph(place)
        self.out.append(paragraph)
        base = PLAIN
        for properties in element:
            if _local(properties) == "pPr":
                kids = {_local(c): c for c in properties}
                if "pStyle" in kids:
                    base = self._style_format(_value(kids["pStyle"]), PLAIN)
                if "jc" in kids:
                    paragraph.align = {"center": "center", "right": "right", "end": "right"}.get(_value(kids["jc"]), "")
        self._inline(element, paragraph, base)

    def _inline(self, element, paragraph: _Paragraph, base: Format) -> None:
        for child in element:
            name = _local(child)
            if name == "r":
                self._run(child, paragraph, base)
            elif name == "AlternateContent":
                self._inline(_branch(child), paragraph, base)
            elif name == "t":  # of an equation
                paragraph.add(child.text or "", base)
            elif name == "txbxContent":
                self._blocks(child, "textbox")
            elif name not in _UNSEEN:
                self._inline(child, paragraph, base)

    def _run(self, element, paragraph: _Paragraph, base: Format) -> None:
        form = base
        for properties in element:
            if _local(properties) == "rPr":
                style = next((_value(c) for c in properties if _local(c) == "rStyle"), "")
                form = _applied(self._style_format(style, base), properties, colours=style != "Hyperlink")
        self._content(element, paragraph, form)

    def _content(self, element, paragraph: _Paragraph, form: Format) -> None:
        for child in element:
            name = _local(child)
            if name == "t":
                paragraph.add(child.text or "", form)
            elif name == "noBreakHyphen":
                paragraph.add("-", form)
            elif name == "sym":
                paragraph.add("•", form)
            elif name in ("footnoteReference", "endnoteReference"):
                kind = name.removesuffix("Reference")
                self.counts[kind] += 1
                n = self.counts[kind]
                paragraph.marks.append((paragraph.length, str(n) if kind == "footnote" else roman(n)))
            elif name in ("drawing", "pict", "object"):
                self._drawing(child, paragraph)
            elif name == "AlternateContent":
                self._content(_branch(child), paragraph, form)
            elif name == "txbxContent":
                self._blocks(child, "textbox")
            elif name not in _UNSEEN:
                self._content(child, paragraph, form)

    # -- pictures ---------------------------------------------------------------------------------

    def _drawing(self, element, paragraph: _Paragraph) -> None:
        """Pictures and text boxes of one drawing; of charts and diagrams, that they are there."""
        width = height = 0
        alt = ""
        boxes: list = []
        for node in _alive(element):
            name = _local(node)
            if name == "extent":
                width, height = _int(node.get("cx")), _int(node.get("cy"))
            elif name in ("docPr", "cNvPr") and not alt:
                alt = node.get("descr") or node.get("title") or ""
            elif name == "txbxContent":
                boxes.append(node)
            elif name in ("shape", "rect") and node.get("style"):
                alt = node.get("alt") or alt
                size = {m[1]: float(m[2]) * _POINTS[m[3]] for m in _VML_SIZE.finditer(node.get("style"))}
                width = int(size.get("width", 0) * _EMU_PER_POINT)
                height = int(size.get("height", 0) * _EMU_PER_POINT)
            elif name == "blip":
                paragraph.pictures.append((paragraph.length, self._picture(_value(node, "embed"), width, height, alt)))
            elif name == "imagedata":
                paragraph.pictures.append((paragraph.length, self._picture(_value(node, "id"), width, height, alt)))
            elif name == "chart" and _value(node, "id"):
                paragraph.pictures.append((paragraph.length, Picture(
                    why="Et diagram i filen er ikke gjengitt her; tallene står under «Øvrig tekst i filen».")))
            elif name == "relIds":
                paragraph.pictures.append((paragraph.length, Picture(
                    why="En figur i filen er gjengitt bare med teksten i den.")))
        for box in boxes:
            self._blocks(box, "textbox")

    def _picture(self, relation_id: str, width: int, height: int, alt: str) -> Picture:
        relation = self.part_relations.get(relation_id)
        stored = self.parts.find(relation.target) if relation is not None and not relation.external else None
        if stored is None:
            return Picture(why="Et bilde følger ikke med filen.")
        try:
            return Picture(data=self.parts.data(stored), width=width, height=height, alt=alt)
        except Unreadable:
            return Picture(why="Et bilde i filen er skadet.")


def _overlay(paragraphs: Sequence[_Paragraph], blocks: Sequence[Block]) -> Look:
    """Match blocks to paragraphs, place by place and in order."""
    found = Look(known=True)
    places = {"form": "body"}
    pools: dict[str, list[_Paragraph]] = defaultdict(list)
    for paragraph in paragraphs:
        pools[paragraph.place].append(paragraph)
    for place, pool in pools.items():
        own = [i for i, b in enumerate(blocks) if places.get(b.place, b.place) == place]
        _match(pool, blocks, own, found)
    return found


def _match(pool: list[_Paragraph], blocks: Sequence[Block], own: Sequence[int], found: Look) -> None:
    exact: dict[str, list[int]] = defaultdict(list)
    for at, paragraph in enumerate(pool):
        exact[paragraph.key].append(at)
    here, letter, shown = 0, 0, 0  # the next paragraph and letter; pictures are dealt with up to ``shown``
    last = -1  # the block matched last
    for index in own:
        key = _letters(blocks[index].text)
        hit = _find(pool, exact, key, here, letter) if key else None
        if hit is None:
            continue
        at, start = hit
        paragraph = pool[at]
        made = found.blocks.setdefault(index, BlockLook())
        loose = [picture for passed in pool[shown:at] for _, picture in passed.pictures]
        # a picture of its own stays outside the table that follows it
        beside = found.blocks[last].after if last >= 0 and not blocks[last].table else made.before
        beside.extend(loose)
        for offset, picture in paragraph.pictures:
            (made.before if offset == start == 0 else made.after).append(picture)
        for passed in pool[shown:at + 1]:
            passed.pictures = []
        shown = at
        made.align = paragraph.align
        made.spans = [] if blocks[index].kind == "heading" else _spans(paragraph, start, blocks[index].text)
        made.marks = _marks(paragraph, start, blocks[index].text)
        here, letter, last = at, start + len(key), index
    left = [picture for passed in pool[shown:] for _, picture in passed.pictures]
    (found.blocks[last].after if last >= 0 and not blocks[last].table else found.end).extend(left)


def _find(pool, exact, key: str, here: int, letter: int) -> tuple[int, int] | None:
    """(paragraph, first letter) of the next place where ``key`` stands."""
    if here < len(pool):
        start = pool[here].key.find(key, letter)
        if start >= 0 and start - letter < 12:  # the rest of a paragraph that was cut in blocks
            return here, start
    candidates = exact.get(key, ())
    n = bisect_left(candidates, here + (letter > 0))
    if n < len(candidates) and (candidates[n] - here <= _AHEAD or len(key) > 30):
        return candidates[n], 0
    for at in range(here, min(here + 8, len(pool))):
        start = pool[at].key.find(key, letter if at == here else 0)
        if start >= 0:
            return at, start
    return None


def _spans(paragraph: _Paragraph, start: int, text: str) -> list[tuple[int, int, Format]]:
    """The paragraph's formats as stretches of ``text``, whose letters begin at letter ``start``."""
    forms = paragraph.formats
    if all(form is PLAIN or form == PLAIN for _, form in forms):
        return []
    places = [i for i, char in enumerate(text) if not char.isspace()]
    spans = []
    for (begin, form), (end, _) in pairwise([*forms, (paragraph.length, PLAIN)]):
        first, last = max(begin - start, 0), min(end - start, len(places))
        if first < last and form != PLAIN:
            spans.append((places[first], places[last - 1] + 1, form))
    return spans


def _marks(paragraph: _Paragraph, start: int, text: str) -> list[tuple[int, str]]:
    """Note marks as offsets of ``text``; several at one place are one mark ("1, 2")."""
    ends = [i + 1 for i, char in enumerate(text) if not char.isspace()]
    out: dict[int, str] = {}
    for letter, label in paragraph.marks:
        if start <= letter <= start + len(ends) and (letter > start or start == 0):
            offset = ends[letter - start - 1] if letter > start else 0
            out[offset] = f"{out[offset]}, {label}" if offset in out else label
    return sorted(out.items())


def _applied(form: Format, properties, *, colours: bool) -> Format:
    """``form`` changed by a w:rPr."""
    changes: dict[str, object] = {}
    for mark in properties:
        name = _local(mark)
        value = _value(mark)
        on = value not in ("0", "false", "off", "none")
        if name == "b":
            changes["bold"] = on
        elif name == "i":
            changes["italic"] = on
        elif name in ("strike", "dstrike"):
            changes["strike"] = on
        elif name == "u":
            changes["underline"] = value not in ("none", "")
        elif name == "vertAlign":
            changes["raised"] = value if value in ("superscript", "subscript") else ""
        elif name == "highlight":
            changes["highlight"] = value if value in _HIGHLIGHTS else ""
        elif name == "color" and colours:
            changes["colour"] = dark_enough(value)
    if not colours:
        changes.pop("underline", None)
    return replace(form, **changes) if changes else form


def _letters(text: str) -> str:
    return "".join(unprivate(clean(text)).split())


def _branch(element):
    """The branch of an AlternateContent that is shown."""
    kids = {}
    for child in element:
        kids.setdefault(_local(child), child)
    chosen = kids.get("Choice", kids.get("Fallback"))
    return chosen if chosen is not None else ()


def _alive(element):
    """All elements of a drawing, depth first, one branch of each AlternateContent; text boxes are not entered."""
    stack = [element]
    while stack:
        node = stack.pop()
        if not isinstance(node.tag, str):
            continue
        if _local(node) == "AlternateContent":
            branch = _branch(node)
            if len(branch):
                stack.append(branch)
            continue
        yield node
        if _local(node) != "txbxContent":
            stack.extend(reversed(list(node)))


def _local(element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element, name: str = "val") -> str:
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


def _int(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else 0
