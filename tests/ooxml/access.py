"""Can everybody read this Word file? The points of universell utforming that a machine can see.

After WCAG 2.1 level AA as the Norwegian regulation on universell utforming of ICT applies it to documents: title and
language (2.4.2, 3.1.1), headings (1.3.1, 2.4.6), table headers and alternative texts (1.1.1, 1.3.1), lists (1.3.1),
contrast (1.4.3). ``problems`` returns one English sentence a fault.
"""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise

import docx
from docx.oxml.ns import qn

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_TYPED_LIST = re.compile(r"^(?:[•·▪\-–*]|\(?\d{1,2}[.)]|[a-z]\))\s+\S")
TEXT_CONTRAST, LARGE_CONTRAST = 4.5, 3.0  # WCAG 2.1, 1.4.3
LARGE, LARGE_BOLD = 18.0, 14.0  # points


def problems(data: bytes, *, contents: bool = True, quoted: bool = False) -> list[str]:
    """What would keep somebody from reading the document.

    ``contents``: it must have a table of contents. ``quoted``: it holds answers as they were written, whose lists and
    tables are their writers' own.
    """
    document = docx.Document(BytesIO(data))
    looks = _Looks(document)
    found = []
    if not document.core_properties.title.strip():
        found.append("the document has no title")
    language = document.styles.element.find("/".join(map(qn, ("w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang"))))
    if language is None or language.get(qn("w:val")) not in ("nb-NO", "nn-NO"):
        found.append("the document's language is not Norwegian")
    for tagged in document.element.iter(qn("w:lang")):
        if not re.match(r"(?:nb|nn|en|se|da|sv|de|fr|ar|he)\b", tagged.get(qn("w:val"), "nb")):
            found.append(f"unknown language {tagged.get(qn('w:val'))}")
    paragraphs = list(document.element.body.iter(qn("w:p")))
    found += _headings(paragraphs, looks)
    if contents and not any("TOC" in (i.text or "") for i in document.element.iter(qn("w:instrText"))):
        found.append("there is no table of contents")
    for table in document.element.body.iter(qn("w:tbl")):
        found += _table(table, quoted)
    found += [f"figure {d.get('name')} has no alternative text" for d in document.element.iter(_DRAWING) if not d.get("descr")]
    for paragraph in paragraphs:
        text = _text(paragraph)
        if not quoted and _TYPED_LIST.match(text) and looks.value(paragraph, "w:pPr", "w:numPr") is None \
                and next(paragraph.iterancestors(qn("w:tc")), None) is None and looks.style(paragraph) != "Hovedmål" \
                and not looks.style(paragraph).startswith("toc"):
            found.append(f"a list that is typed by hand: {text[:50]!r}")
        found += _contrast(paragraph, looks)
    return list(dict.fromkeys(found))


def _headings(paragraphs, looks) -> list[str]:
    levels = []
    found = []
    for paragraph in paragraphs:
        level = looks.value(paragraph, "w:pPr", "w:outlineLvl")
        if level is None or int(level.get(qn("w:val"))) > 8:
            continue
        if not _text(paragraph):
            found.append("a heading is empty")
            continue
        levels.append((int(level.get(qn("w:val"))) + 1, _text(paragraph)))
    if not levels:
        return ["there are no headings"]
    if levels[0][0] != 1:
        found.append(f"the first heading has level {levels[0][0]}")
    return found + [f"from level {a} to {b} at {text[:50]!r}" for (a, _), (b, text) in pairwise(levels) if b - a > 1]


def _table(table, quoted: bool) -> list[str]:
    properties = table.find(qn("w:tblPr"))
    rows = table.findall(qn("w:tr"))
    caption = properties.find(qn("w:tblCaption")) if properties is not None else None
    look = properties.find(qn("w:tblLook")) if properties is not None else None
    named = caption is not None and caption.get(qn("w:val"), "").strip()
    found = [] if named else ["a table has no alternative text"]
    # Word's own default claims both; a table of keys and values says that it has no header row.
    first_column = look is not None and look.get(qn("w:firstColumn")) == "1" and look.get(qn("w:firstRow")) != "1"
    header = rows and rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    if not quoted and len(rows) > 1 and not header and not first_column:
        found.append(f"a table has no header row or column: {_text(rows[0])[:50]!r}")
    return found


def _contrast(paragraph, looks) -> list[str]:
    found = []
    for run in paragraph.iter(qn("w:r")):
        if next(run.iterancestors(qn("w:p"))) is not paragraph or not "".join(t.text or "" for t in run.iter(qn("w:t"))).strip():
            continue
        ink, ground = looks.ink(run, paragraph), looks.ground(run, paragraph)
        size, bold = looks.size(run, paragraph), looks.bold(run, paragraph)
        wanted = LARGE_CONTRAST if size >= LARGE or (bold and size >= LARGE_BOLD) else TEXT_CONTRAST
        ratio = contrast(ink, ground)
        if ratio < wanted:
            found.append(f"contrast {ratio:.1f} of {ink} on {ground}: {_text(paragraph)[:40]!r}")
    return found


def contrast(one: str, other: str) -> float:
    """The ratio of two colours "RRGGBB" by WCAG 2.1: 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _text(node) -> str:
    return "".join(t.text or "" for t in node.iter(qn("w:t"))).strip()


class _Looks:
    """What a run or paragraph looks like, through styles, table styles and shading."""

    def __init__(self, document) -> None:
        self._styles = {s.get(qn("w:styleId")): s for s in document.styles.element.findall(qn("w:style"))}
        self._normal = next((s for s in self._styles.values() if s.get(qn("w:type")) == "paragraph" and s.get(qn("w:default")) == "1"),
                            None)
        self._defaults = document.styles.element.find("/".join(map(qn, ("w:docDefaults", "w:rPrDefault", "w:rPr"))))

    def style(self, paragraph) -> str:
        found = next(iter(self._chain(paragraph, "w:pPr", "w:pStyle")), None)
        return found.find(qn("w:name")).get(qn("w:val")) if found is not None else "Normal"

    def value(self, node, holder: str, name: str):
        """The property element of a paragraph itself or of its styles."""
        own = node.find(f"{qn(holder)}/{qn(name)}")
        if own is not None:
            return own
        return next((v for s in self._chain(node, "w:pPr", "w:pStyle") if (v := s.find(f"{qn(holder)}/{qn(name)}")) is not None), None)

    def ink(self, run, paragraph) -> str:
        found = self._run_value(run, paragraph, "w:color")
        value = found.get(qn("w:val")) if found is not None else "auto"
        if value != "auto":
            return value.upper()
        dark = _luminance(self.ground(run, paragraph)) < 0.18
        return "FFFFFF" if dark else "000000"

    def size(self, run, paragraph) -> float:
        found = self._run_value(run, paragraph, "w:sz")
        return int(found.get(qn("w:val"))) / 2 if found is not None else 10.0

    def bold(self, run, paragraph) -> bool:
        found = self._run_value(run, paragraph, "w:b")
        return found is not None and found.get(qn("w:val")) not in ("0", "false")

    def ground(self, run, paragraph) -> str:
        shades = [run.find(f"{qn('w:rPr')}/{qn('w:shd')}")]
        shades += [s.find(f"{qn('w:rPr')}/{qn('w:shd')}") for s in self._chain(run, "w:rPr", "w:rStyle")]
        shades.append(self.value(paragraph, "w:pPr", "w:shd"))
        cell = next(run.iterancestors(qn("w:tc")), None)
        if cell is not None:
            shades.append(cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}"))
            shades += [v for part in self._table_parts(cell) if (v := part.find(f"{qn('w:tcPr')}/{qn('w:shd')}")) is not None]
        for shade in shades:
            if shade is not None and re.fullmatch("[0-9A-Fa-f]{6}", shade.get(qn("w:fill"), "")):
                return shade.get(qn("w:fill")).upper()
        return "FFFFFF"

    def _run_value(self, run, paragraph, name: str):
        own = run.find(f"{qn('w:rPr')}/{qn(name)}")
        if own is not None:
            return own
        for style in self._chain(run, "w:rPr", "w:rStyle"):
            if (found := style.find(f"{qn('w:rPr')}/{qn(name)}")) is not None:
                return found
        styles = list(self._chain(paragraph, "w:pPr", "w:pStyle"))
        for style in styles:
            if style is not self._normal and (found := style.find(f"{qn('w:rPr')}/{qn(name)}")) is not None:
                return found
        cell = next(run.iterancestors(qn("w:tc")), None)
        for part in self._table_parts(cell) if cell is not None else ():
            if (found := part.find(f"{qn('w:rPr')}/{qn(name)}")) is not None:
                return found
        for holder in (self._normal.find(qn("w:rPr")) if self._normal is not None else None, self._defaults):
            if holder is not None and (found := holder.find(qn(name))) is not None:
                return found
        return None

    def _table_parts(self, cell):
        """The parts of the table's style that hold for this cell: first row and column, then the whole."""
        row = cell.getparent()
        table = next(cell.iterancestors(qn("w:tbl")))
        properties = table.find(qn("w:tblPr"))
        named = properties.find(qn("w:tblStyle")) if properties is not None else None
        look = properties.find(qn("w:tblLook")) if properties is not None else None
        style = self._styles.get(named.get(qn("w:val"))) if named is not None else None
        if style is None:
            return
        conditions = []
        if look is not None and look.get(qn("w:firstRow")) == "1" and table.find(qn("w:tr")) is row:
            conditions.append("firstRow")
        if look is not None and look.get(qn("w:firstColumn")) == "1" and row.find(qn("w:tc")) is cell:
            conditions.append("firstCol")
        for condition in conditions:
            yield from (p for p in style.findall(qn("w:tblStylePr")) if p.get(qn("w:type")) == condition)
        yield style

    def _chain(self, node, holder: str, name: str):
        found = node.find(f"{qn(holder)}/{qn(name)}")
        at = found.get(qn("w:val")) if found is not None else None
        if at is None and name == "w:pStyle" and self._normal is not None:
            yield self._normal
        seen = set()
        while at in self._styles and at not in seen:
            seen.add(at)
            yield self._styles[at]
            based = self._styles[at].find(qn("w:basedOn"))
            at = based.get(qn("w:val")) if based is not None else None
