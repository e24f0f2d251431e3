"""From the pages of a PDF or a scan to the document's blocks, in reading order, with locators."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from pipeline.model import Block, Finding
from pipeline.norsk import fold
from pipeline.readers import Options, _ocr
from pipeline.readers._common import unprivate
from pipeline.readers._pdf_flow import (
    Draft,
    Flow,
    Style,
    Vocabulary,
    block_of,
    cells,
    classify,
    join_text,
    runs_on,
    style_of,
)
from pipeline.readers._pdf_forms import CHECKED, UNCHECKED, Overlay
from pipeline.readers._pdf_order import footnotes, order, running
from pipeline.readers._pdf_page import Line, Page
from pipeline.readers._pdf_tables import Lookup, Table

_NUMBERED = {"form": "field", "footnote": "footnote", "textbox": "textbox"}  # place -> its name in a locator
LONG_LABEL = 60  # characters: a longer label is a question that stands above its answer, not a name before it


def page_list(numbers: list[int]) -> str:
    """ "side 3" or "sidene 1, 3–5 og 9"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    parts = [str(a) if a == b else f"{a}–{b}" for a, b in runs]
    word = "side" if len(set(numbers)) == 1 else "sidene"
    return f"{word} {', '.join(parts[:-1])}{' og ' if len(parts) > 1 else ''}{parts[-1]}"


@dataclass(slots=True)
class Scans:
    """Page pictures through OCR, and what the reviewer must know about it."""

    tool: _ocr.Engine | None
    options: Options
    read_pages: list[int] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)  # no OCR at hand
    late: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)  # damaged
    poor: dict[int, float] = field(default_factory=dict)

    def read(self, picture, number: int, scale: float, clock: _ocr.Clock) -> Page | None:
        if self.tool is None:
            self.missing.append(number)
            return None
        result = _ocr.recognise(picture, number, scale, self.tool, self.options, clock)
        if result is None:
            self.late.append(number)
            return None
        page, confidence = result
        self.read_pages.append(number)
        if page.lines and confidence < _ocr.LOW_CONFIDENCE:
            self.poor[number] = confidence
        return page

    def findings(self) -> list[Finding]:
        found = []
        wanted = self.options.reading.ocr_language
        if self.missing:
            reason = "Tesseract er ikke installert" if self.options.reading.ocr else "OCR er slått av (reading.ocr)"
            found.append(_finding("no_ocr", self.missing, f"Teksten på {page_list(self.missing)} er et bilde og er "
                                  f"ikke lest: {reason}. {_ocr.INSTALL}"))
        if self.late:
            found.append(_finding("ocr_time", self.late, f"Tekstgjenkjenningen (OCR) rakk ikke {page_list(self.late)}. "
                                  "Del filen opp, eller hev limits.seconds_per_file i config.toml."))
        if self.unread:
            found.append(_finding("damaged_page", self.unread, f"Det var ikke mulig å åpne {page_list(self.unread)}. "
                                  "Be avsenderen sende filen på nytt."))
        if self.poor:
            pages = sorted(self.poor)
            found.append(_finding("low_ocr_confidence", pages, f"Teksten på {page_list(pages)} er lest fra et bilde "
                                  f"med lav sikkerhet (ned til {min(self.poor.values()):.0f} %). "
                                  "Sammenlign med originalen."))
        if self.read_pages and self.tool is not None:
            found.append(_finding("ocr_used", self.read_pages, f"Teksten på {page_list(self.read_pages)} er lest "
                                  "fra et bilde (OCR). Sammenlign sitater med bildet før de brukes."))
            used = self.tool.language(wanted)
            if used != wanted:
                found.append(_finding("ocr_language", self.read_pages, f"Tesseract mangler språkpakken «{wanted}», så "
                                      f"{page_list(self.read_pages)} er lest med «{used}». Installer språkpakken, og "
                                      "kjør på nytt."))
        return found


def _finding(kind: str, pages: list[int], message: str) -> Finding:
    return Finding(kind=kind, message=message, locator=f"page={min(pages)}")


def blocks(pages: list[Page], overlays: list[Overlay]) -> list[Block]:
    """All blocks of the document. ``pages`` are used up: their lines are moved and joined."""
    style = style_of(pages)
    style.words = Vocabulary(pages)
    edges = running(pages, style.size)
    by_page: dict[int, list[Overlay]] = defaultdict(list)
    for overlay in overlays:
        by_page[overlay.page].append(overlay)
    body = Flow(style)
    notes: dict[int, list[Draft]] = {}
    tables = _Tables(style)
    for page in pages:
        small = footnotes(page, style.size)
        if small:
            flow = Flow(style, "footnote")
            flow.measure(small, page_width=page.width)
            flow.feed(small)
            notes[page.number] = flow.drafts
        held = _cell_lines(page)
        placed = [o for o in by_page[page.number] if o.place != "comment"]
        placed = _into_cells(page, held, placed)
        lines = order(page)
        _into_flow(lines, placed)
        body.measure([line for line in lines if not isinstance(line.table, Overlay)] if placed else lines,
                     page_width=page.width)
        if not page.tables and not placed:
            body.feed(lines)
            continue
        for line in lines:
            if line.table is None:
                body.feed((line,))
            elif isinstance(line.table, Table):
                index = next(i for i, table in enumerate(page.tables) if table is line.table)
                tables.add(body, line.table, held[index], page.number)
            else:
                body.drafts += _field_drafts(line.table, page.number)
    classify(body.drafts, style)
    return _located(pages, body.drafts, notes, edges, by_page)


def _cell_lines(page: Page) -> dict[int, dict[int, list[Line]]]:
    """Per table and cell its lines. A "table" with next to no text in it is a drawing: it is dissolved."""
    held: dict[int, dict[int, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for line in page.lines:
        if line.cell is not None:
            held[line.cell[0]][line.cell[1]].append(line)
    kept: list[Table] = []
    result: dict[int, dict[int, list[Line]]] = {}
    for index, table in enumerate(page.tables):
        filled = len(held[index])
        if filled >= 2 and filled >= 0.1 * len(table.cells):
            result[len(kept)] = held[index]
            kept.append(table)
        else:
            for lines in held[index].values():
                for line in lines:
                    line.cell = None
    page.tables = kept
    return result


def _into_cells(page: Page, held: dict, overlays: list[Overlay]) -> list[Overlay]:
    """Field values that stand in a table's cell go there; the others are returned."""
    where = Lookup(page.tables)
    rest = []
    for overlay in overlays:
        cell = None
        if overlay.box is not None:
            x0, top, x1, bottom = overlay.box
            cell = where.cell((x0 + x1) / 2, (top + bottom) / 2)
        if cell is None:
            rest.append(overlay)
            continue
        lines = held[cell[0]].setdefault(cell[1], [])
        if overlay.checked is not None:
            _tick(lines, overlay) or lines.append(_overlay_line(overlay, _ticked(overlay), top, page.number))
            continue
        for index, text in enumerate(overlay.paragraphs):
            lines.append(_overlay_line(overlay, text, top + 20.0 * index, page.number))
    return rest


def _overlay_line(overlay: Overlay, text: str, top: float, page: int) -> Line:
    x0, _, x1, _ = overlay.box or (0.0, 0.0, 0.0, 0.0)
    # the distance of 20 points between paragraphs keeps them apart
    return Line(text, x0, x1, top, top + 10, top + 8, 9.0, page=page)


def _ticked(overlay: Overlay) -> str:
    return f"{CHECKED if overlay.checked else UNCHECKED} {overlay.label}".strip()


def _tick(lines: list[Line], overlay: Overlay) -> bool:
    """Put the box before the printed text beside it ("☒ Ja"). False when there is none."""
    if overlay.box is None:
        return False
    _, top, x1, bottom = overlay.box
    middle = (top + bottom) / 2
    right = [li for li in lines
             if li.table is None and li.top - 2 <= middle <= li.bottom + 2 and x1 - 4 <= li.x0 <= x1 + 25]
    if not right:
        return False
    line = min(right, key=lambda li: li.x0)
    line.text = f"{CHECKED if overlay.checked else UNCHECKED} {line.text}"
    return True


def _into_flow(lines: list[Line], overlays: list[Overlay]) -> None:
    """Stand-in lines for field values, each after the last line that stands above it or to its left."""
    for overlay in overlays:
        if overlay.checked is not None and _tick(lines, overlay):
            continue
        if overlay.checked is not None and not overlay.label:
            continue
        at = len(lines)
        if overlay.box is not None:
            _, top, x1, bottom = overlay.box
            middle = (top + bottom) / 2
            above = [i for i, li in enumerate(lines) if (li.top + li.bottom) / 2 <= middle + 3 and li.x0 < x1]
            at = above[-1] + 1 if above else 0
            overlay.label = _printed_label(lines, overlay) or overlay.label
        lines.insert(at, Line("", *(_flat(overlay.box)), 1.0, table=overlay))


def _flat(box: tuple[float, float, float, float] | None) -> tuple[float, float, float, float, float]:
    x0, top, x1, bottom = box or (0.0, 0.0, 0.0, 0.0)
    return x0, x1, top, bottom, bottom


def _printed_label(lines: list[Line], overlay: Overlay) -> str:
    """The text printed to the left of a field, else just above it."""
    x0, top, x1, bottom = overlay.box
    middle = (top + bottom) / 2
    left = [li for li in lines if li.table is None and li.top - 2 <= middle <= li.bottom + 2 and li.x1 <= x0 + 3]
    if left:
        return max(left, key=lambda li: li.x1).text.rstrip(": ")
    above = [li for li in lines
             if li.table is None and 0 <= top - li.base <= 1.8 * max(li.size, 8) and li.x0 < x1 and li.x1 > x0]
    return max(above, key=lambda li: li.base).text.rstrip(": ") if above else ""


def _field_drafts(overlay: Overlay, page: int) -> list[Draft]:
    if overlay.checked is not None:
        return [Draft([], "paragraph", "form", text=_ticked(overlay), page=page)]
    paragraphs = list(overlay.paragraphs)
    label = overlay.label
    named = label and overlay.place == "form" and len(label) <= LONG_LABEL and not label.endswith("?")
    if named and fold(label) not in fold(paragraphs[0]):
        paragraphs[0] = f"{label}: {paragraphs[0]}"
    return [Draft([], "paragraph", overlay.place, text=text, page=page) for text in paragraphs]


class _Tables:
    """The document's tables in a row; one that goes on over the page stays one."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._count = 0
        self._rows = 0
        self._last: Table | None = None
        self._page = 0
        self._header: list[str] = []

    def add(self, flow: Flow, table: Table, lines: dict[int, list[Line]], page: int) -> None:
        before = flow.drafts[-1] if flow.drafts else None
        goes_on = (self._last is not None and page == self._page + 1 and before is not None and before.cell is not None
                   and before.cell[0] == self._count and _same_columns(self._last, table))
        if not goes_on:
            self._count += 1
            self._rows = 0
        drafts = cells(table, self._count, lines, self._style, page, self._rows)
        rows = table.rows
        first = [d for d in drafts if d.cell[1].row == 1]
        if goes_on and rows > 1 and self._header and [fold(d.text) for d in first] == self._header:
            drafts = [d for d in drafts if d.cell[1].row > 1]
            for draft in drafts:
                draft.row -= 1
            rows -= 1
        if goes_on and rows and self._joins_row(flow, drafts):
            rows -= 1
        elif not goes_on:
            self._header = [fold(d.text) for d in first] if any(d.text for d in first) else []
        flow.drafts += drafts
        self._rows += rows
        self._last, self._page = table, page

    def _joins_row(self, flow: Flow, drafts: list[Draft]) -> bool:
        """A row that the page has cut in two: its second half goes back to the first. Changes ``drafts``."""
        top = min((d.row for d in drafts), default=0)
        second = [d for d in drafts if d.row == top]
        held = [d for d in second if d.text]
        if not held or len(held) == len(second) or any(d.cell[1].row_span > 1 for d in held):
            return False
        last = {}
        for draft in flow.drafts:
            if draft.cell is not None and draft.cell[0] == self._count and draft.row <= self._rows:
                last[draft.cell[1].col] = draft
        if not all(d.cell[1].col in last and last[d.cell[1].col].text and runs_on(last[d.cell[1].col].text, d.text)
                   for d in held):
            return False
        for draft in held:
            target = last[draft.cell[1].col]
            target.text = join_text(target.text, draft.text, self._style)
        drafts[:] = [d for d in drafts if d.row != top]
        for draft in drafts:
            draft.row -= 1
        return True


def _same_columns(a: Table, b: Table) -> bool:
    return len(a.columns) == len(b.columns) and all(abs(x - y) <= 4 for x, y in zip(a.columns, b.columns, strict=True))


def _located(pages: list[Page], drafts: list[Draft], notes: dict[int, list[Draft]],
             edges: dict[int, tuple[list[Line], list[Line]]], overlays: dict[int, list[Overlay]]) -> list[Block]:
    by_page: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_page[draft.page or (draft.lines[0].page if draft.lines else 1)].append(draft)
    result: list[Block] = []
    for page in pages:
        number = page.number
        header, footer = edges.get(number, ((), ()))
        result += _edge_blocks(header, "header", number)
        counts: dict[str, int] = defaultdict(int)
        for draft in [*by_page[number], *notes.get(number, ())]:
            if draft.cell is not None:
                table, cell = draft.cell
                result.append(block_of(draft, f"page={number};table={table};row={draft.row};col={cell.col}"))
            elif draft.text:
                name = _NUMBERED.get(draft.place, "paragraph")
                counts[name] += 1
                result.append(block_of(draft, f"page={number};{name}={counts[name]}"))
        result += _edge_blocks(footer, "footer", number)
        comments = [text for o in overlays.get(number, ()) if o.place == "comment" for text in o.paragraphs]
        result += [Block(text=text, place="comment", locator=f"page={number};comment={i}")
                   for i, text in enumerate(comments, 1)]
    return result


def _edge_blocks(lines, place: str, page: int) -> list[Block]:
    return [Block(text=unprivate(line.text), place=place, locator=f"page={page};{place}={index}")
            for index, line in enumerate(lines, 1)]
