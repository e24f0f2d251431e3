"""One pass over the parts of a Word file: every visible word once, in reading order, as drafts of blocks.

Elements are known by their local name, so transitional and strict files read alike; an unknown element is
walked through, so that text inside markup of the future is kept. The rules for what is text are those of
ECMA-376 part 1 (17.3 runs, 17.4 tables, 17.5 content controls, 17.13 revisions, 17.16 fields).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.errors import Unreadable
from pipeline.readers import _word_markup as markup
from pipeline.readers import _word_tables as tables
from pipeline.readers._common import BULLETS, clean, unprivate
from pipeline.readers._word_charts import chart_lines
from pipeline.readers._word_file import File, Part
from pipeline.readers._word_lines import lines, marked, tidy
from pipeline.readers._word_package import Draft
from pipeline.readers._word_styles import HIGHLIGHTS, LOCAL, is_on, num_pr, number, roman, value
from pipeline.readers._word_symbols import EMPTY, PRIVATE, TICKED, visible
from pipeline.readers._word_tables import Cell

_LONGEST_HEADING = 250  # characters: above that a heading style was put on running text


class _Paragraph:
    """A paragraph while it is being read."""

    __slots__ = ("base_bold", "base_hidden", "bold", "colours", "control", "deferred", "hidden", "pieces", "plain",
                 "shades", "watch")

    def __init__(self, watch: bool) -> None:
        self.pieces: list[str] = []
        self.hidden: list[str] | tuple = ()
        self.deferred: list[tuple] | tuple = ()
        self.base_bold = self.base_hidden = False
        self.bold: bool | None = None  # None: no visible text yet
        self.shades: set[str | None] | tuple = ()  # of its text, in cells
        self.colours: set[str | None] | tuple = ()
        self.control: tuple[str, str] | None = None  # (name, value) of a check box or list in it
        self.watch = watch
        self.plain = False  # nothing more can be learnt from its runs: their text is all

    def space(self, text: str) -> None:
        """A blank or a line break: it parts hidden words as well as visible ones."""
        self.pieces.append(text)
        if self.hidden:
            self.hidden.append(" ")

    def hide(self, text: str) -> None:
        self.hidden = self.hidden or []
        self.hidden.append(text)

    def defer(self, what: tuple) -> None:
        """``what``: a kind and its payload, printed after the paragraph."""
        self.deferred = self.deferred or []
        self.deferred.append(what)

    def paint(self, shade: str | None, colour: str | None) -> None:
        if not self.shades:
            self.shades, self.colours = set(), set()
        self.shades.add(shade)
        self.colours.add(colour)


class Walk:
    """Reads one story (body, header, note, text box); ``out`` fills with drafts."""

    def __init__(self, file: File, part: Part, place: str = "body", prefix: str = "") -> None:
        """``prefix``: the locator of the story, "" for the body."""
        self.file, self.part, self.place, self.prefix = file, part, place, prefix
        self.plain = file.styles.get(None)
        self.out: list[Draft] = []
        self.count = 0
        self.cell: Cell | None = None
        self.placeholder = 0
        self.after: list[tuple] = []  # what hangs on paragraphs inside the table being read
        self.carried: _Paragraph | None = None
        self.sections: list[object] = []

    # -- block level ---------------------------------------------------------------------------

    def blocks(self, element) -> None:
        """All block content of ``element``, in order."""
        for child in element:
            action = _BLOCK.get(LOCAL[child.tag])
            if action is None:
                self.blocks(child)
            else:
                action(self, child)

    def close(self) -> list[Draft]:
        """The story's drafts, when its last element has been read."""
        self._flush_carried()
        return self.out

    def _skip(self, element) -> None:
        return

    def _loose(self, element) -> None:
        """Run content that stands where paragraphs belong: damaged files keep their text."""
        par = _Paragraph(self.part.watch)
        action = _INLINE.get(LOCAL[element.tag])
        if action is None:
            self.inline(element, par)
        else:
            action(self, element, par)
        self._finish(par, self.plain, None, None, None)

    def _section(self, element) -> None:
        self.sections.append(element)

    def _chunk(self, element) -> None:
        relation = self.part.relations.get(value(element, "id") or "")
        if relation is None:
            return
        drafts = [d for d in self.file.chunk(relation) if d["text"] or self.cell is None]
        if self.place != "body":
            for draft in drafts:
                draft["place"] = self.place
        if self.cell is not None:
            for draft in drafts:
                for key in ("table", "row", "col", "row_span", "col_span"):
                    draft.pop(key, None)
        self.out.extend(drafts)

    def _outside(self, element) -> None:
        relation = self.part.relations.get(value(element, "id") or "")
        self.file.outside.append(relation.target if relation else "")

    def _deleted(self, element) -> None:
        self.file.tracked = True

    def _block_inserted(self, element) -> None:
        self.file.tracked = True
        self.blocks(element)

    def _moved_away(self, element) -> None:
        self.file.tracked = True
        if not self.part.moved:
            self.blocks(element)

    def _block_alternate(self, element) -> None:
        branch = markup.branch(element)
        if branch is not None:
            self.blocks(branch)

    def _block_control(self, element) -> None:
        self._flush_carried()
        properties, content = markup.control(element)
        placeholder = properties.get("placeholder") and self._prompts(content)
        if content is not None:
            if properties.get("binding") and (placeholder or not markup.has_text(content)):
                bound = self.file.bound(properties)
                if bound:
                    par = _Paragraph(False)
                    par.pieces.append(bound)
                    self._finish(par, self.plain, None, None, None)
                    return
            self.placeholder += bool(placeholder)
            self.blocks(content)
            self.placeholder -= bool(placeholder)

    def paragraph(self, element) -> None:
        """One ``w:p``: its text, its number, and what hangs on it."""
        watch = self.part.watch or (self.cell is not None and self.part.coloured)
        par, self.carried = self.carried or _Paragraph(watch), None
        style_id = num = outline = None
        joins_next = False
        style = self.plain
        for child in element:
            kind = LOCAL[child.tag]
            if kind == "r":
                self._run(child, par)
            elif kind != "pPr":
                action = _INLINE.get(kind)
                if action is None:
                    self.inline(child, par)
                else:
                    action(self, child, par)
            else:
                for mark in child:
                    kind = LOCAL[mark.tag]
                    if kind == "pStyle":
                        style_id = value(mark)
                    elif kind == "numPr":
                        num = num_pr(mark)
                    elif kind == "outlineLvl":
                        outline = number(value(mark), 9)
                    elif kind == "rPr":
                        joins_next = self.part.revised and self._mark_gone(mark)
                    elif kind == "shd" and self.cell is not None:
                        self.cell.shades.add(self.file.theme.shading(mark))
                    elif kind == "sectPr":
                        self.sections.append(mark)
                style = self.file.styles.get(style_id)
                par.base_bold, par.base_hidden = style.bold, style.hidden
                par.watch = par.watch or style.hidden
        if joins_next:
            if self.cell is None:
                self.count += 1
            if par.pieces or par.hidden or par.deferred:
                if par.pieces:
                    par.pieces.append(" ")  # two paragraphs made one keep their distance
                self.carried = par
            return
        self._finish(par, style, style_id, num, outline)

    def _mark_gone(self, properties) -> bool:
        """Whether the paragraph mark with these properties was deleted, so that the next paragraph joins this one."""
        gone = False
        for mark in properties:
            kind = LOCAL[mark.tag]
            if kind in ("ins", "moveTo"):
                self.file.tracked = True
            elif kind == "del" or (kind == "moveFrom" and self.part.moved):
                self.file.tracked = gone = True
        return gone

    def _flush_carried(self) -> None:
        if self.carried is not None:
            par, self.carried = self.carried, None
            self._finish(par, self.plain, None, None, None)

    def _finish(self, par: _Paragraph, style, style_id, num, outline) -> None:
        """Turns a read paragraph into drafts and prints what hangs on it."""
        if self.cell is None:
            self.count += 1
            base = f"paragraph={self.count}" if not self.prefix else \
                self.prefix if self.count == 1 else f"{self.prefix};paragraph={self.count}"
        else:
            base = ""
        marker, level, listed = "", 0, False
        num_id, num_level = num or (None, None)
        if num_id is None:
            num_id = style.num_id
            num_level = num_level if num_level is not None else style.num_level
        if num_id is not None and num_id != "0":
            printed = self.file.numbering().marker(num_id, num_level, style.ids)
            if printed is not None:
                marker, level = printed
                marker = unprivate(clean(marker))
                listed = bool(marker)
        text = "".join(par.pieces)
        if par.control and self.cell is None:
            name, shown = par.control
            if name and text.strip() == shown:
                text = f"{shown} {name}" if shown in (TICKED, EMPTY) else f"{name}: {shown}"
        heading = style.heading if outline is None else outline + 1 if outline < 9 else 0
        start = len(self.out)
        if text and not text.isspace():
            if heading and len(text) > _LONGEST_HEADING:
                heading = 0
            found = enumerate(lines(text, bool(heading)), 1) if "\n" in text else ((1, marked(text)),)
            for line, (mark, words) in found:
                if not words:
                    continue
                if line == 1 and listed:
                    # a typed bullet after an automatic number is ornament; a typed number is text
                    mark, words = (marker, words) if mark in ("", "•") else (marker, f"{mark} {words}")
                draft: Draft = {"text": words, "locator": base if line == 1 or not base else f"{base};line={line}"}
                if mark:
                    draft["marker"] = mark
                if heading:
                    draft["kind"], draft["level"] = "heading", heading
                elif mark or (listed and line == 1):
                    draft["kind"], draft["level"] = "item", level if listed else 0
                if par.bold:
                    draft["bold"] = True
                if self.place != "body":
                    draft["place"] = self.place
                elif style.contents:
                    draft["place"] = "contents"
                self.out.append(draft)
        if par.hidden:
            words = tidy("".join(par.hidden))
            if words:
                place = "hidden" if self.place in ("body", "textbox", "footnote", "endnote") else self.place
                self.out.append({"text": words, "place": place, "locator": base})
        if self.cell is None:
            for kind, payload in par.deferred:
                self._print(kind, payload, base)
        else:
            self.cell.paragraphs += 1
            for draft in self.out[start:]:
                draft["paragraph"] = self.cell.paragraphs
            if par.shades:
                self.cell.shades |= par.shades
                self.cell.colours |= par.colours
            self.after.extend(par.deferred)

    # -- what hangs on a paragraph ------------------------------------------------------------

    def _print(self, kind: str, payload, base: str) -> None:
        if kind in ("footnote", "endnote"):
            self.out.extend(note(self.file, kind, payload))
        elif kind == "alt":
            self._line(payload, "alt", "picture")
        elif kind == "box":
            place = "textbox" if self.place == "body" else self.place
            inner = Walk(self.file, self.part, place, self._slot("textbox"))
            inner.placeholder = self.placeholder
            inner.blocks(payload)
            self.out.extend(inner.close())
        elif kind == "wordart":
            self._line(payload, "textbox", "textbox")
        elif kind == "drawn text":
            self._paragraphs_of(payload, "textbox")
        elif kind == "smartart":
            self._smart_art(payload)
        elif kind == "chart":
            self._chart(payload)

    def _slot(self, what: str) -> str:
        here = f"{what}={self.file.next(what)}"
        return f"{self.prefix};{here}" if self.prefix else here

    def _line(self, text: str, place: str, slot: str) -> None:
        words = tidy(text)
        if words:
            place = place if self.place == "body" or place == "alt" else self.place
            self.out.append({"text": words, "place": place, "locator": self._slot(slot)})

    def _paragraphs_of(self, element, slot: str) -> None:
        """DrawingML text (``a:p``), one block a paragraph."""
        for par in element.iter("{*}p"):
            text = "".join(
                "\n" if LOCAL[e.tag] == "br" else e.text or "" for e in par.iter("{*}t", "{*}br"))
            for line in text.split("\n"):
                self._line(line, "textbox", slot)

    def _smart_art(self, relation_id: str) -> None:
        root = self._related(relation_id)
        if root is not None:
            for point in root.iter("{*}pt"):
                if value(point, "type") not in ("pres", "sibTrans", "parTrans"):
                    self._paragraphs_of(point, "diagram")

    def _chart(self, relation_id: str) -> None:
        root = self._related(relation_id)
        if root is None:
            return
        place = "embedded" if self.place == "body" else self.place
        for line in chart_lines(root):
            words = clean(line)
            if words:
                self.out.append({"text": words, "place": place, "locator": self._slot("chart")})

    def _related(self, relation_id: str):
        relation = self.part.relations.get(relation_id)
        if relation is None or relation.external:
            return None
        stored = self.file.parts.find(relation.target)
        if stored is None:
            self.file.lost.append(relation.target)
            return None
        try:
            return self.file.parts.xml(stored)[0]
        except Unreadable:
            self.file.lost.append(relation.target)
            return None

    # -- tables ---------------------------------------------------------------------------------

    def table(self, element) -> None:
        """One ``w:tbl``: cells in row order, merged ones once, nested tables inside their cell."""
        self._flush_carried()
        file, outer_cell, outer_out = self.file, self.cell, self.out
        index = file.next("table")
        cells: list[Cell] = []
        grid: list[int] = []
        self.out = []
        rows = self._rows(element, cells, grid, 0)
        self.cell, loose, self.out = outer_cell, self.out, outer_out
        tables.join_rows(cells)
        starts = tables.columns(cells, grid)
        prefix = f"{self.prefix};table={index}" if self.prefix else f"table={index}"
        framed = rows == 1 and len(cells) == 1 and outer_cell is None
        for cell in cells:
            self._place_cell(cell, index, starts, prefix, framed)
        self.out.extend(loose)
        if outer_cell is None:
            hanging, self.after = self.after, []
            for kind, payload in hanging:
                self._print(kind, payload, prefix)

    def _place_cell(self, cell: Cell, index: int, starts: dict[int, int], prefix: str, framed: bool) -> None:
        fill = cell.fill or tables.whole(cell.shades)
        own = [d for d in cell.drafts if "table" not in d]
        if fill is None and not any(c.isalnum() for d in own for c in d["text"]):
            # a traffic light is often a coloured dot, as text or drawn
            fill = tables.whole(cell.colours) if own else cell.drawn
        col = starts[cell.x]
        where = f"{prefix};row={cell.row};col={col}"
        if not own and not (framed and cell.drafts):
            self.out.append({"text": "", "kind": "cell", "table": index, "row": cell.row, "col": col, "locator": where,
                             **({"place": self.place} if self.place != "body" else {}),
                             **tables.spans(cell, starts), **({"fill": fill} if fill else {})})
        for draft in cell.drafts:
            if "table" not in draft:
                paragraph = draft.pop("paragraph", 1)
                inner = draft["locator"]  # of a part that stands in the cell
                below = f";paragraph={paragraph}" if paragraph > 1 else ""
                draft["locator"] = where + below + (inner and f";{inner}")
                if fill:
                    draft["fill"] = fill
                if not framed:
                    if draft.get("kind") == "heading":
                        draft["bold"], draft["level"] = True, 0
                    draft.update(kind="cell", table=index, row=cell.row, col=col, **tables.spans(cell, starts))
            self.out.append(draft)

    def _rows(self, element, cells: list[Cell], grid: list[int], row: int) -> int:
        """Reads the rows of ``element``; returns the number of the last one."""
        for child in element:
            kind = LOCAL[child.tag]
            if kind == "tr":
                row += self._row(child, cells, row + 1)
            elif kind == "tblGrid":
                grid.extend(number(value(c, "w")) for c in child if LOCAL[c.tag] == "gridCol")
            elif kind == "tblPr":
                for c in child:
                    if LOCAL[c.tag] in ("tblCaption", "tblDescription"):
                        self.after.append(("alt", value(c) or ""))
            elif kind == "AlternateContent":
                branch = markup.branch(child)
                row = row if branch is None else self._rows(branch, cells, grid, row)
            elif kind == "sdt":
                content = markup.control(child)[1]
                row = row if content is None else self._rows(content, cells, grid, row)
            elif kind in ("p", "tbl", "r"):
                self.cell = None  # text outside any cell: damaged, printed after the table
                _BLOCK[kind](self, child)
            elif kind not in ("tblPrEx", "del", "moveFrom"):
                row = self._rows(child, cells, grid, row)
        return row

    def _row(self, element, cells: list[Cell], row: int) -> int:
        """Reads one ``w:tr``; returns 0 when it was deleted and nothing of it is left."""
        first = len(cells)
        x = 0
        deleted = hidden = False
        for child in element:
            if LOCAL[child.tag] == "trPr":
                for c in child:
                    kind = LOCAL[c.tag]
                    if kind == "gridBefore":
                        x = min(max(number(value(c)), 0), 1000)
                    elif kind == "del":
                        deleted = self.file.tracked = True
                    elif kind == "ins":
                        self.file.tracked = True
                    elif kind == "hidden":
                        hidden = is_on(c)
        self._cells(element, cells, row, x)
        if hidden:
            for cell in cells[first:]:
                for draft in cell.drafts:
                    if self.place == "body":
                        draft["place"] = "hidden"
        if deleted and not any(cell.drafts for cell in cells[first:]):
            del cells[first:]
            return 0
        return 1

    def _cells(self, element, cells: list[Cell], row: int, x: int) -> int:
        for child in element:
            kind = LOCAL[child.tag]
            if kind == "tc":
                x = self._cell(child, cells, row, x)
            elif kind == "sdt":
                properties, content = markup.control(child)
                if content is not None:
                    prompt = bool(properties.get("placeholder")) and self._prompts(content)
                    self.placeholder += prompt
                    x = self._cells(content, cells, row, x)
                    self.placeholder -= prompt
            elif kind == "AlternateContent":
                branch = markup.branch(child)
                x = x if branch is None else self._cells(branch, cells, row, x)
            elif kind in ("p", "tbl", "r"):
                self.cell = None
                _BLOCK[kind](self, child)
            elif kind not in ("trPr", "tblPrEx", "del", "moveFrom"):
                x = self._cells(child, cells, row, x)
        return x

    def _cell(self, element, cells: list[Cell], row: int, x: int) -> int:
        cell = Cell(row, x)
        into_left = gone = False
        for child in element:
            if LOCAL[child.tag] != "tcPr":
                break
            for c in child:
                kind = LOCAL[c.tag]
                if kind == "gridSpan":
                    cell.width = min(max(number(value(c), 1), 1), 1000)
                elif kind == "vMerge":
                    cell.merge = "restart" if value(c) == "restart" else "continue"
                elif kind == "hMerge":
                    into_left = value(c) != "restart"
                elif kind == "shd":
                    cell.fill = self.file.theme.shading(c)
                elif kind == "cellDel":
                    gone = self.file.tracked = True
        outer_cell, outer_out = self.cell, self.out
        self.cell, self.out = cell, cell.drafts
        self.blocks(element)
        self._flush_carried()
        self.cell, self.out = outer_cell, outer_out
        if gone and not cell.drafts:
            return x
        left = cells[-1] if cells and cells[-1].row == row else None
        if into_left and left is not None:
            left.width += cell.width
            left.drafts.extend(cell.drafts)
        else:
            cells.append(cell)
        return x + cell.width

    # -- inside a paragraph ---------------------------------------------------------------------

    def inline(self, element, par: _Paragraph) -> None:
        """All run content of ``element``, in order."""
        for child in element:
            kind = LOCAL[child.tag]
            if kind == "r":
                self._run(child, par)
                continue
            action = _INLINE.get(kind)
            if action is None:
                self.inline(child, par)
            else:
                action(self, child, par)

    def _run(self, element, par: _Paragraph) -> None:
        properties = None
        for child in element:
            kind = LOCAL[child.tag]
            if kind == "t":
                text = child.text
                if par.plain and text and "\n" not in text:
                    par.pieces.append(text)
                elif text:
                    self._text(text, par, properties)
            elif kind == "rPr":
                properties = child
            elif kind == "br" or kind == "cr":
                par.space("\n")
            elif kind == "tab" or kind == "ptab":
                par.space("\t")
            elif kind == "sym":
                self._text(markup.symbol(child), par, properties)
            else:
                action = _INLINE.get(kind)
                if action is None:
                    self.inline(child, par)
                else:
                    action(self, child, par)

    def _loose_text(self, element, par: _Paragraph) -> None:
        if element.text:
            self._text(element.text, par, None)

    def _text(self, text: str, par: _Paragraph, properties) -> None:
        if "\n" in text:
            text = text.replace("\n", " ")
        if self.part.glyphs and PRIVATE.search(text):
            text = self._shown(text, par, properties)
        if self.placeholder:
            par.hide(text)
            return
        if par.bold is False and not par.watch:
            par.pieces.append(text)
            par.plain = not self.part.glyphs
            return
        if text.isspace():
            par.space(text)
            return
        bold, hidden, shade, colour = par.base_bold, par.base_hidden, None, None
        underlined = False
        if properties is not None:
            for mark in properties:
                kind = LOCAL[mark.tag]
                if kind == "b":
                    bold = is_on(mark)
                elif kind == "vanish":
                    hidden = is_on(mark)
                elif kind == "u":
                    underlined = value(mark) not in (None, "none")
                elif kind == "rStyle":
                    style = self.file.styles.get(value(mark))
                    bold, hidden = bold or style.bold, hidden or style.hidden
                elif self.cell is not None:
                    if kind == "highlight":
                        shade = HIGHLIGHTS.get(value(mark) or "")
                    elif kind == "shd":
                        shade = shade or self.file.theme.shading(mark)
                    elif kind == "color":
                        colour = self.file.theme.text(mark)
        if hidden:
            par.hide(text)
            return
        par.pieces.append(text)
        par.bold = (bold or underlined) and par.bold is not False
        if self.cell is not None:
            par.paint(shade, colour)

    def _shown(self, text: str, par: _Paragraph, properties) -> str:
        font = ""
        for mark in properties if properties is not None else ():
            if LOCAL[mark.tag] == "rFonts":
                font = value(mark, "ascii") or value(mark, "hAnsi") or ""
        if not "".join(par.pieces).strip() and text.lstrip()[:1] in BULLETS:
            return text  # a bullet at the start: split_marker knows it
        return visible(text, font)

    def _hyphen(self, element, par: _Paragraph) -> None:
        par.pieces.append("-")

    def _break(self, element, par: _Paragraph) -> None:
        par.space("\n")

    def _tab(self, element, par: _Paragraph) -> None:
        par.space("\t")

    def _glyph(self, element, par: _Paragraph) -> None:
        self._text(markup.symbol(element), par, None)

    def _ignore(self, element, par: _Paragraph) -> None:
        return

    def _inserted(self, element, par: _Paragraph) -> None:
        self.file.tracked = True
        self.inline(element, par)

    def _removed(self, element, par: _Paragraph) -> None:
        self.file.tracked = True

    def _moved_off(self, element, par: _Paragraph) -> None:
        self.file.tracked = True
        if not self.part.moved:
            self.inline(element, par)

    def _alternate(self, element, par: _Paragraph) -> None:
        branch = markup.branch(element)
        if branch is not None:
            self.inline(branch, par)

    def _footnote(self, element, par: _Paragraph) -> None:
        par.defer(("footnote", value(element, "id") or ""))

    def _endnote(self, element, par: _Paragraph) -> None:
        par.defer(("endnote", value(element, "id") or ""))

    def _box(self, element, par: _Paragraph) -> None:
        par.defer(("box", element))

    def _drawn_text(self, element, par: _Paragraph) -> None:
        par.defer(("drawn text", element))

    def _word_art(self, element, par: _Paragraph) -> None:
        par.defer(("wordart", value(element, "string") or ""))

    def _named(self, element, par: _Paragraph) -> None:
        """Alternative text: ``wp:docPr`` and VML shapes."""
        title, words = "", ""
        for key, text in element.attrib.items():
            kind = LOCAL[key]
            if kind in ("descr", "alt"):
                words = text
            elif kind == "title":
                title = text
        known = {payload for kind, payload in par.deferred if kind == "alt"}
        for text in (title, words):
            if text.strip() and text not in known:
                known.add(text)
                par.defer(("alt", text))
        if LOCAL[element.tag] not in ("docPr", "cNvPr"):
            fill = value(element, "fillcolor")
            if fill and self.cell is not None:
                hexes = re.match("#([0-9A-Fa-f]{6})", fill)
                self.cell.drawn = self.cell.drawn or (hexes[1].upper() if hexes else _VML_COLOURS.get(fill.split()[0]))
            self.inline(element, par)

    def _shape_look(self, element, par: _Paragraph) -> None:
        if self.cell is not None and self.cell.drawn is None:
            for child in element:
                if LOCAL[child.tag] == "solidFill":
                    self.cell.drawn = self.file.theme.drawn(child)

    def _chart_reference(self, element, par: _Paragraph) -> None:
        key = value(element, "id")
        if key:
            par.defer(("chart", key))
        else:
            self.inline(element, par)

    def _diagram_reference(self, element, par: _Paragraph) -> None:
        par.defer(("smartart", value(element, "dm") or ""))

    def _nested_paragraph(self, element, par: _Paragraph) -> None:
        """Block content inside a paragraph (damaged files, inline controls): its text, set off by a line break."""
        if par.pieces:
            par.pieces.append("\n")
        self.inline(element, par)
        par.pieces.append("\n")

    def _nested_table(self, element, par: _Paragraph) -> None:
        par.defer(("box", [element]))

    def _field_character(self, element, par: _Paragraph) -> None:
        """Form fields of older Word: boxes and lists keep their value outside the text."""
        for data in element:
            if LOCAL[data.tag] != "ffData":
                continue
            for child in data:
                kind = LOCAL[child.tag]
                if kind == "checkBox":
                    state = {LOCAL[c.tag]: c for c in child}
                    mark = state.get("checked", state.get("default"))
                    self._choice(TICKED if mark is not None and is_on(mark) else EMPTY, "", par)
                elif kind == "ddList":
                    entries = [value(c) or "" for c in child if LOCAL[c.tag] == "listEntry"]
                    state = {LOCAL[c.tag]: c for c in child}
                    mark = state.get("result", state.get("default"))
                    chosen = number(value(mark)) if mark is not None else 0
                    if 0 <= chosen < len(entries) and not markup.result_follows(element):
                        self._choice(entries[chosen], "", par)

    def _prompts(self, content) -> bool:
        """Whether a control said to show its prompt really does.

        Other programs fill controls in without taking the mark away; only a prompt has Word's style for it.
        """
        if content is None or markup.holds_objects(content):
            return False
        runs = [run for run in content.iter("{*}r") if markup.has_text(run)]
        return all(any(self.file.styles.get(value(s)).prompt for s in run.iter("{*}rStyle")) for run in runs)

    def _choice(self, shown: str, name: str, par: _Paragraph) -> None:
        par.control = (name, shown)
        self._text(shown, par, None)

    def _control(self, element, par: _Paragraph) -> None:
        """A content control inside a paragraph."""
        properties, content = markup.control(element)
        checked = properties.get("checked")
        if checked is not None:
            words = markup.plain(content).strip() if content is not None else ""
            if len(words) <= 1 or words in (TICKED, EMPTY):
                self._choice(TICKED if checked == "1" else EMPTY, properties.get("name", ""), par)
                return
        if content is None:
            return
        words = markup.plain(content).strip()
        placeholder = (bool(properties.get("placeholder")) and words not in properties.get("choices", ())
                       and self._prompts(content))
        if (placeholder or not words) and not markup.holds_objects(content):
            known = (self.file.bound(properties) if properties.get("binding") else "") or properties.get("value", "")
            if known.strip():
                self._choice(known.strip(), properties.get("name", ""), par)
                return
        if "choices" in properties and words and not placeholder:
            par.control = (properties.get("name", ""), words)
        par.hide(" ")
        par.plain = False
        self.placeholder += placeholder
        self.inline(content, par)
        self.placeholder -= placeholder


_VML_COLOURS = {"red": "FF0000", "green": "008000", "lime": "00FF00", "yellow": "FFFF00", "blue": "0000FF",
                "gray": "808080", "silver": "C0C0C0", "maroon": "800000", "olive": "808000", "teal": "008080"}

_BLOCK: dict[str, Callable] = {
    "p": Walk.paragraph, "tbl": Walk.table, "sdt": Walk._block_control, "sectPr": Walk._section,
    "altChunk": Walk._chunk, "subDoc": Walk._outside, "AlternateContent": Walk._block_alternate,
    "del": Walk._deleted, "moveFrom": Walk._moved_away, "ins": Walk._block_inserted, "moveTo": Walk._block_inserted,
    **dict.fromkeys(("r", "t", "hyperlink", "fldSimple", "smartTag", "drawing", "pict", "oMath", "oMathPara", "txBody",
                     "sym", "delText"), Walk._loose),
    **dict.fromkeys(("tcPr", "sdtPr", "sdtEndPr", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "customXmlPr",
                     "bookmarkStart", "bookmarkEnd", "proofErr", "instrText", "background"), Walk._skip),
}

_INLINE: dict[str, Callable] = {
    "r": Walk._run, "t": Walk._loose_text, "sym": Walk._glyph, "br": Walk._break, "cr": Walk._break,
    "tab": Walk._tab, "ptab": Walk._tab, "noBreakHyphen": Walk._hyphen,
    "sdt": Walk._control, "AlternateContent": Walk._alternate, "fldChar": Walk._field_character,
    "ins": Walk._inserted, "moveTo": Walk._inserted, "del": Walk._removed, "moveFrom": Walk._moved_off,
    "footnoteReference": Walk._footnote, "endnoteReference": Walk._endnote,
    "txbxContent": Walk._box, "txBody": Walk._drawn_text, "textpath": Walk._word_art,
    "docPr": Walk._named, "spPr": Walk._shape_look, "chart": Walk._chart_reference,
    "relIds": Walk._diagram_reference, "p": Walk._nested_paragraph, "tbl": Walk._nested_table,
    **dict.fromkeys(("shape", "rect", "roundrect", "oval", "image", "imagedata", "line", "polyline", "arc",
                     "group"), Walk._named),
    "subDoc": lambda self, element, par: self._outside(element),
    **dict.fromkeys((
        "pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "delText", "instrText", "delInstrText",
        "proofErr", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference",
        "lastRenderedPageBreak", "softHyphen", "footnoteRef", "endnoteRef", "annotationRef", "fldData", "ffData",
        "rubyPr", "ctrlPr", "OLEObject", "shapetype", "style", "bodyPr", "lstStyle", "nvSpPr", "tblPr",
    ), Walk._ignore),
}


def note(file: File, kind: str, key: str) -> list[Draft]:
    """The drafts of a footnote or endnote, once, with its printed number as marker."""
    element = file.notes.get(kind, {}).pop(key, None)
    if element is None:
        return []
    count = file.note_numbers[kind] = file.note_numbers.get(kind, 0) + 1
    walk = Walk(file, file.note_parts[kind], kind, f"{kind}={count}")
    walk.blocks(element)
    drafts = walk.close()
    if drafts and not drafts[0].get("marker") and "table" not in drafts[0]:
        drafts[0]["marker"] = str(count) if kind == "footnote" else roman(count)
    return drafts


