"""The answers in full: every block of every answer as Word paragraphs and tables, with numbered passages.

Everything that this module adds to the answers' own words has a style of its own (``ADDED``), so that the two
can be told apart, by readers and by ``_vedlegg2_complete``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, pairwise

from docx.oxml.ns import qn

from pipeline.model import BODY_PLACES, Block, CaseResult, Document, Statement, assemble
from pipeline.norsk import capital, date_text, join_names
from pipeline.phrases import Phrases
from pipeline.references import passages
from pipeline.writers import _vedlegg2_words as words
from pipeline.writers._vedlegg2_grid import Cell, Table, grid, outline
from pipeline.writers._vedlegg2_looks import PLAIN, BlockLook, Format, Look, Picture, light_enough
from pipeline.writers._word_values import clean_text
from pipeline.writers._word_xml import PARAGRAPH_ORDER, RUN_ORDER, element, put, run_properties, text_run

ANSWER_MARK = "ssu_svar_"  # the bookmark at the beginning of each answer, followed by its number from 1
SEPARATOR = "|"  # between the cells of a row that is printed as a line
_FIRST_ID = 2_000_000  # above the ids of marks and of the table of contents
_WIDTH = 9070  # twips (16 cm): the text width of the template's pages
_MOST_COLUMNS = 12
_MOST_CELLS = 20_000
_PLACES = {
    "header": "Topptekst", "footer": "Bunntekst", "quoted": "Sitert fra tidligere e-post", "signature": "Signatur",
    "hidden": "Skjult tekst", "alt": "Tekst som beskriver bilder og tabeller", "properties": "Opplysninger om filen",
    "embedded": "Tekst i innebygde objekter", "contents": "Innholdsfortegnelse i filen", "comment": "Kommentarer",
}


class Composer:
    """Writes answers one after the other; ``styles`` maps style names to the template's ids."""

    def __init__(self, result: CaseResult, styles: dict[str, str], say: Phrases,
                 add_picture: Callable[[Picture, int], tuple[object, str]]) -> None:
        """``add_picture(picture, width in twips)``: (w:drawing of it, "") or (None, why not in Norwegian)."""
        self._styles, self._add_picture, self.say = styles, add_picture, say
        self.languages = {"nb": "nb-NO"} if say.nynorsk else {"nn": "nn-NO"}  # what is not the document's own
        self._passages = passages(result)
        self._titles = {t.key: t.title for t in result.settings.themes}
        self._statements: dict[str, list[Statement]] = defaultdict(list)
        for statement in result.statements:
            self._statements[statement.source].append(statement)
        self._point_themes: dict[str, list[str]] = defaultdict(list)
        for point in result.points:
            for ident in point.statement_ids:
                self._point_themes[ident].append(point.theme)
        self._ids = iter(range(_FIRST_ID, 2**31 - 1))
        self._answers = 0

    def section(self, part: words.Section, looks: Callable[[Document], Look], *, comments: bool) -> Iterable:
        """The w:p and w:tbl elements of one sender's part."""
        several = len(part.documents) > 1
        yield self._line(f"{part.number} {part.title(self.say)}", words.SENDER)
        for document in part.documents:
            yield from self._answer(document, looks(document), several=several, comments=comments)

    def _answer(self, document: Document, look: Look, *, several: bool, comments: bool) -> Iterable:
        self._answers += 1
        heading = self._line(document.source, words.FILE) if several else self._line(self._source(document), words.SOURCE)
        self._anchor(heading, f"{ANSWER_MARK}{self._answers}")
        yield heading
        if several:
            yield self._line(self._source(document, named=True), words.SOURCE)
        yield from _Answer(self, document, look, top=3 if several else 2).elements(comments=comments)

    def _anchor(self, paragraph, name: str) -> None:
        ident = next(self._ids)
        start = element("w:bookmarkStart", id=ident, name=name)
        paragraph.insert(1, start)
        start.addnext(element("w:bookmarkEnd", id=ident))

    def _paragraph(self, style: str):
        paragraph = element("w:p")
        properties = element("w:pPr")
        properties.append(element("w:pStyle", val=self._styles[style]))
        paragraph.append(properties)
        return paragraph

    def _line(self, text: str, style: str):
        paragraph = self._paragraph(style)
        run = text_run(clean_text(text))
        if style == words.THEMES:  # not bold, not even in a table's header row
            put(run_properties(run), element("w:b", val=0), RUN_ORDER)
        paragraph.append(run)
        return paragraph

    def _picture(self, picture: Picture, width: int) -> Iterable:
        drawing, why = self._add_picture(picture, width) if picture.data is not None else (None, picture.why)
        if drawing is None:
            yield self._line(self.say("[{why} Se originalfilen.]", why=why), words.INSERTED)
            return
        paragraph = self._paragraph(words.PICTURE)
        run = element("w:r")
        run.append(drawing)
        paragraph.append(run)
        yield paragraph

    def _about(self, statement: Statement) -> str:
        """What a passage is about: "Ressurser, Ansvar" or "ingen merknader"."""
        if statement.type == "no_remarks":
            return self.say("ingen merknader")
        keys = dict.fromkeys(k for k in (statement.theme, *self._point_themes.get(statement.id, ())) if k != "none")
        said = [self._titles.get(key, key) for key in keys]
        if statement.type == "endorsement":
            said.append(self.say("slutter seg til {names}", names=join_names(statement.endorses) or self.say("andre")))
        return ", ".join(said) or self.say("ikke plassert i noe tema")

    def _source(self, document: Document, *, named: bool = False) -> str:
        """ "Kilde: svar.docx, datert 3. oktober 2025, kom etter fristen"."""
        parts = [] if named else [self.say("Kilde: {file}", file=document.source)]
        parts.append(self.say("datert {day}", day=date_text(document.dated)) if document.dated else self.say("uten dato"))
        if document.late:
            parts.append(self.say("kom etter fristen"))
        return capital(", ".join(parts))


class _Answer:
    """One answer while it is being written."""

    def __init__(self, composer: Composer, document: Document, look: Look, *, top: int) -> None:
        self.composer, self.document, self.look, self.top = composer, document, look, top
        self.blocks = blocks_of(document)
        found = sorted(composer._statements.get(document.source, ()), key=lambda s: s.start)
        self.inside: dict[int, list[Statement]] = defaultdict(list)
        _place(found, self.blocks, self.inside)
        nynorsk = sum(len(s.text) for s in found if s.language == "nn")
        total = sum(len(s.text) for s in found)
        self.language = "nn" if (total and nynorsk * 2 > total) or (not total and document.language == "nn") else "nb"
        levels = sorted({b.level for b in self.blocks if b.kind == "heading" and b.place in BODY_PLACES})
        self.levels = {level: i for i, level in enumerate(levels)}
        self.deepest = top - 3  # index of the heading style last used; a screen reader wants no level passed over
        self.waiting: list[tuple[str, str]] = []  # (label, about) of passages whose themes are not printed yet

    def elements(self, *, comments: bool) -> Iterable:
        """The answer's content, then what else its file holds."""
        own = [i for i, b in enumerate(self.blocks) if b.place in BODY_PLACES]
        yield from self._flow(outline(self.blocks, own), _WIDTH)
        for picture in self.look.end:
            yield from self.composer._picture(picture, _WIDTH)
        rest: dict[str, list[int]] = defaultdict(list)
        for i, block in enumerate(self.blocks):
            if block.place not in BODY_PLACES and (block.text or block.marker):
                rest[block.place].append(i)
        remarks = rest.pop("comment", [])
        if rest or (comments and remarks):
            yield self.composer._line(self.composer.say("Øvrig tekst i filen"), words.OTHER_TITLE)
        for place, indices in rest.items():
            yield self.composer._line(self.composer.say(_PLACES[place]) if place in _PLACES else place, words.OTHER_LABEL)
            yield from self._flow(outline(self.blocks, indices), _WIDTH, words.OTHER)
        if comments and remarks:
            yield self.composer._line(self.composer.say(_PLACES["comment"]), words.COMMENT_LABEL)
            for i in remarks:  # never as tables: the clean copy finds comments by their paragraphs' style
                yield from self._block(i, words.COMMENT, _WIDTH)

    def _flow(self, parts: Sequence[int | Table], width: int, style: str = "") -> Iterable:
        for i, part in enumerate(parts):
            if isinstance(part, Table):
                yield from self._table(part, width)
                continue
            made = list(self._block(part, style, width))
            after = parts[i + 1] if i + 1 < len(parts) else None
            themes = [] if isinstance(after, int) and self._goes_on(part, after) else list(self._themes())
            if themes and made:
                _close_to_next(made[-1], in_cell=width < _WIDTH)
            yield from made
            yield from themes

    def _goes_on(self, index: int, after: int) -> bool:
        """Whether the themes can wait for the next block: within a list, or while the subject stays the same."""
        block, following = self.blocks[index], self.blocks[after]
        if not self.waiting or following.kind == "heading":
            return False
        if _is_item(block) and _is_item(following):
            return True
        here = {about for _, about in self.waiting}
        there = {self.composer._about(s) for s in self.inside.get(after, ()) if s.id in self.composer._passages}
        return len(here) == 1 and here == there and not _is_item(block) and not _is_item(following)

    # -- paragraphs -------------------------------------------------------------------------------

    def _block(self, index: int, style: str, width: int) -> Iterable:
        block = self.blocks[index]
        look = self.look.blocks.get(index)
        for picture in look.before if look is not None else ():
            yield from self.composer._picture(picture, width)
        if block.text or block.marker:
            yield self._text(index, block, look, style or self._style(block))
        for picture in look.after if look is not None else ():
            yield from self.composer._picture(picture, width)

    def _style(self, block: Block) -> str:
        if block.kind == "heading":
            self.deepest = min(self.top - 2 + self.levels.get(block.level, 0), self.deepest + 1, 2)
            return words.ANSWER_HEADINGS[self.deepest]
        if block.place in ("footnote", "endnote"):
            return words.NOTE
        if block.place == "textbox":
            return words.BOX
        if block.marker == "•":
            return words.BULLETS[min(max(block.level, 0), 2)]
        return words.NUMBERED if block.marker else words.TEXT

    def _text(self, index: int, block: Block, look: BlockLook | None, style: str):
        paragraph = self.composer._paragraph(style)
        properties = paragraph[0]
        if block.marker and style == words.NUMBERED and block.level > 0:
            put(properties, element("w:ind", left=567 + 397 * min(block.level, 6), hanging=567), PARAGRAPH_ORDER)
        if look is not None and look.align and block.kind != "cell":
            put(properties, element("w:jc", val=look.align), PARAGRAPH_ORDER)
        self._write(paragraph, index, block, look, style, marker=style not in words.BULLETS)
        return paragraph

    def _write(self, paragraph, index: int, block: Block, look: BlockLook | None, style: str, *, marker: bool) -> None:
        """The block's words into ``paragraph``, cut where a passage, an emphasis or a note mark begins or ends."""
        statements = self.inside.get(index, ())
        language = self.composer.languages.get(statements[0].language if statements else self.language, "")
        base = Format(bold=block.bold and block.kind != "heading" and not self.look.known)
        if marker and block.marker:
            gap = "\t" if style == words.NUMBERED else " "
            paragraph.append(_run(clean_text(block.marker) + gap, base, language))
        starts: dict[int, list[Statement]] = defaultdict(list)
        ends: dict[int, list[object]] = defaultdict(list)
        cuts = {0, len(block.text)}
        for s in statements:
            a, b = max(s.start - block.start, 0), min(s.end - block.start, len(block.text))
            starts[a].append(s)
            cuts |= {a, b}
        spans = look.spans if look is not None else ()
        marks = dict(look.marks) if look is not None else {}
        cuts |= {at for span in spans for at in span[:2]} | set(marks)
        places = sorted(c for c in cuts if 0 <= c <= len(block.text))
        at_span = 0
        for a, b in pairwise([*places, places[-1]]):
            for end in ends.pop(a, ()):
                paragraph.append(end)
            if a in marks:
                paragraph.append(text_run(clean_text(marks[a]), style=self.composer._styles[words.NOTE_MARK]))
            for s in starts.pop(a, ()):
                self._begin(paragraph, s, ends[min(s.end - block.start, len(block.text))])
            if b > a:
                while at_span < len(spans) and spans[at_span][1] <= a:
                    at_span += 1
                inside = at_span < len(spans) and spans[at_span][0] <= a
                look_here = spans[at_span][2] if inside else base
                paragraph.append(_run(clean_text(block.text[a:b]), look_here, language))
        for end in (e for group in ends.values() for e in group):
            paragraph.append(end)

    def _begin(self, paragraph, statement: Statement, ends: list) -> None:
        """The passage's number, and the bookmark around its words."""
        passage = self.composer._passages.get(statement.id)
        if passage is None:
            return
        paragraph.append(text_run(f"{passage.label}\u00a0", style=self.composer._styles[words.NUMBER]))
        ident = next(self.composer._ids)
        paragraph.append(element("w:bookmarkStart", id=ident, name=passage.bookmark))
        ends.append(element("w:bookmarkEnd", id=ident))
        self.waiting.append((passage.label, self.composer._about(statement)))

    def _themes(self) -> Iterable:
        """The themes of the passages above, small and grey: one subject without numbers, several with."""
        if not self.waiting:
            return
        groups = [(about, [label for label, _ in group]) for about, group in groupby(self.waiting, key=lambda w: w[1])]
        single = len(self.waiting) == 1
        self.waiting = []
        text = " · ".join(about if single else f"{_range(labels)} {about}" for about, labels in groups)
        yield self.composer._line(self.composer.say("Tema: {about}", about=text), words.THEMES)

    # -- tables -----------------------------------------------------------------------------------

    def _table(self, table: Table, width: int) -> Iterable:
        made = grid(table)
        if made.columns > _MOST_COLUMNS or len(made.owner) * made.columns > _MOST_CELLS or width < 1500:
            yield from self._rows_as_lines(made.owner)
            return
        widths = self._widths(made.owner, width)
        root = element("w:tbl")
        root.append(self._table_properties(made.owner, width))
        columns = element("w:tblGrid")
        for w in widths:
            columns.append(element("w:gridCol", w=w))
        root.append(columns)
        for y, row in enumerate(made.owner):
            line = element("w:tr")
            x = 0
            while x < len(row):
                cell = row[x]
                span = 1
                while cell is not None and x + span < len(row) and row[x + span] is cell:
                    span += 1
                begun = cell is not None and y > 0 and made.owner[y - 1][x] is cell
                goes_on = cell is not None and y + 1 < len(made.owner) and made.owner[y + 1][x] is cell
                line.append(self._cell(cell, sum(widths[x:x + span]), span, begun=begun, goes_on=goes_on))
                x += span
            root.append(line)
            if y + 1 < len(made.owner) and len(set(map(id, row))) == 1 < made.columns:
                for paragraph in line.iter(qn("w:p")):  # a band that announces the rows below it
                    put(paragraph[0], element("w:keepNext"), PARAGRAPH_ORDER)
        yield root
        yield self.composer._paragraph(words.CELL)  # two tables in a row would become one

    def _cell(self, cell: Cell | None, width: int, span: int, *, begun: bool, goes_on: bool):
        root = element("w:tc")
        properties = element("w:tcPr")
        properties.append(element("w:tcW", w=width, type="dxa"))
        if span > 1:
            properties.append(element("w:gridSpan", val=span))
        if begun or goes_on:
            properties.append(element("w:vMerge") if begun else element("w:vMerge", val="restart"))
        fill = next((self.blocks[i].fill for i in cell.content if isinstance(i, int) and self.blocks[i].fill), None) \
            if cell is not None else None
        if fill and light_enough(fill):
            properties.append(element("w:shd", val="clear", color="auto", fill=light_enough(fill)))
        root.append(properties)
        if cell is not None and not begun:
            for part in self._flow(cell.content, width - 200, words.CELL):
                root.append(part)
            if root[-1].tag == qn("w:p") and root[-1].style == self.composer._styles[words.THEMES]:
                put(root[-1][0], element("w:spacing", after=0), PARAGRAPH_ORDER)  # nothing follows it in the cell
        if len(root) == 1 or root[-1].tag != qn("w:p"):
            root.append(self.composer._paragraph(words.CELL))
        return root

    def _table_properties(self, owner: list[list[Cell | None]], width: int):
        properties = element("w:tblPr")
        properties.append(element("w:tblStyle", val=self.composer._styles[words.TABLE]))
        properties.append(element("w:tblW", w=width, type="dxa"))
        properties.append(element("w:tblLayout", type="fixed"))
        header = int(self._has_header(owner))
        properties.append(element("w:tblLook", val=f"{0x600 | 0x20 * header:04X}", firstRow=header, lastRow=0,
                                  firstColumn=0, lastColumn=0, noHBand=1, noVBand=1))
        return properties

    def _has_header(self, owner: list[list[Cell | None]]) -> bool:
        """Whether the first row reads as headings: filled throughout, and emphasised or short."""
        if len(owner) < 2:
            return False
        first = list(dict.fromkeys(owner[0]))
        if None in first or (len(first) == 1 and len(owner[0]) > 1) or any(c in owner[1] for c in first):
            return False
        blocks = [[self.blocks[i] for i in c.content if isinstance(i, int)] for c in first]
        if not all(any(b.text for b in own) for own in blocks):
            return False
        if all(any(b.bold or b.fill for b in own) for own in blocks):
            return True
        return len(owner) > 2 and all(sum(len(b.text) for b in own) <= 40 for own in blocks)

    def _widths(self, owner: list[list[Cell | None]], width: int) -> list[int]:
        """Column widths in twips: room by the amount of text, and enough for the longest word."""
        columns = len(owner[0])
        text, word = [1.0] * columns, [1] * columns
        for row in owner[:200]:
            for x, cell in enumerate(row):
                if cell is None or (x and row[x - 1] is cell) or (x + 1 < columns and row[x + 1] is cell):
                    continue
                own = [self.blocks[i].text for i in cell.content if isinstance(i, int)]
                text[x] = max(text[x], sum(map(len, own)))
                word[x] = max([word[x], *(len(w) for t in own for w in t.split())])
        least = [min(260 + 115 * min(w, 22), width // columns) for w in word]
        spare = width - sum(least)
        weights = [min(t, 800.0) ** 0.6 for t in text]
        made = [low + int(spare * weight / sum(weights)) for low, weight in zip(least, weights, strict=True)]
        made[-1] += width - sum(made)
        return made

    def _rows_as_lines(self, owner: list[list[Cell | None]]) -> Iterable:
        """A table too wide or too long for a page: one paragraph a row, the cells parted by a bar."""
        seen: set[int] = set()
        for row in owner:
            paragraph = None
            nested: list[Table] = []
            for cell in row:
                if cell is None or id(cell) in seen:
                    continue
                seen.add(id(cell))
                for part in cell.content:
                    if isinstance(part, Table):
                        nested.append(part)
                    elif self.blocks[part].text or self.blocks[part].marker:
                        if paragraph is None:
                            paragraph = self.composer._paragraph(words.CELL)
                        else:
                            paragraph.append(text_run(f" {SEPARATOR} ", style=self.composer._styles[words.NUMBER]))
                        block = self.blocks[part]
                        self._write(paragraph, part, block, self.look.blocks.get(part), words.CELL, marker=True)
            if paragraph is not None:
                yield paragraph
            yield from self._themes()
            for table in nested:
                yield from self._rows_as_lines(grid(table).owner)


def blocks_of(document: Document) -> tuple[Block, ...]:
    """The document's blocks; for one that has only text, a block a line."""
    if document.blocks or not document.text:
        return document.blocks
    return assemble([Block(text=line) for line in document.text.split("\n")])[1]


def _place(statements: Sequence[Statement], blocks: Sequence[Block], inside: dict[int, list[Statement]]) -> None:
    """Every statement to the block where it begins; both are in the order of the text."""
    at = 0
    order = sorted(range(len(blocks)), key=lambda i: blocks[i].start)
    for s in statements:
        while at + 1 < len(order) and blocks[order[at + 1]].start <= s.start:
            at += 1
        if order:
            inside[order[at]].append(s)


def _run(text: str, form: Format, language: str):
    run = text_run(text, bold=form.bold, language=language)
    if form == PLAIN:
        return run
    properties = run_properties(run)
    for name, wanted in (("w:i", form.italic), ("w:strike", form.strike)):
        if wanted:
            put(properties, element(name), RUN_ORDER)
    if form.colour:
        put(properties, element("w:color", val=form.colour), RUN_ORDER)
    if form.highlight:
        put(properties, element("w:highlight", val=form.highlight), RUN_ORDER)
    if form.underline:
        put(properties, element("w:u", val="single"), RUN_ORDER)
    if form.raised:
        put(properties, element("w:vertAlign", val=form.raised), RUN_ORDER)
    return run


def _close_to_next(paragraph, *, in_cell: bool) -> None:
    """The paragraph stays on the page of the themes below it, and near to them."""
    if paragraph.tag == qn("w:p"):
        properties = paragraph[0]
        if not in_cell:  # there it would tie the whole row to the next, and in the end the table to one page
            put(properties, element("w:keepNext"), PARAGRAPH_ORDER)
        put(properties, element("w:spacing", after=0), PARAGRAPH_ORDER)


def _is_item(block: Block) -> bool:
    return bool(block.marker) and block.kind != "heading"


def _range(labels: Sequence[str]) -> str:
    return labels[0] if len(labels) == 1 else f"{labels[0]}–{labels[-1]}"
