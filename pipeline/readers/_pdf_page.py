"""One PDF page through pdfium: its lines with position, size and weight, its pictures and its paths.

Coordinates are points on the page as it is seen: x to the right, y **down** from the upper left
corner, turned by the page's rotation or, when most text runs sideways, by the text's.

The cheap way (every page) asks pdfium for the whole text and, per line, for the boxes of its first
and last character: a call per character costs more than the text itself. Words are measured one by
one only on pages with drawn tables or with wide gaps inside lines (columns, tabs).
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, repeat

from pipeline.readers._common import clean
from pipeline.readers._pdf_letters import unshifted, written

# A printed line: it ends at a line break or at pdfium's mark of a broken word.
_PRINTED = re.compile("[^\r\n\x02\ufffe]+[\x02\ufffe]*|[\x02\ufffe]+")
_LIGATURES = str.maketrans({"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
                            "\ufb05": "st", "\ufb06": "st"})
_SYMBOL_FONT = re.compile(b"wingdings|webdings|symbol|dingbats")
_BOLD_FONT = re.compile(b"bold|black|heavy|demi")
# A character without meaning; a private-use one at the start of a line is a bullet.
_SCRAP = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x01\x03-\x08\x0b\x0c\x0e-\x1f](?<=[^\r\n].)", re.DOTALL)
_PLAIN = 1.0, 0.0, 0.0, 1.0, 0.0, 0.0  # the matrix that changes nothing
WIDE_GAP = 1.9  # times the letters' height: more than the blanks of justified text, less than a gutter
# Table finding on drawings (maps, charts) with more paths than this give nothing but heat.
MAX_PATHS = 6000


@dataclass(slots=True)
class Line:
    """A printed line, or the part of it inside one column or one table cell. ``size`` is the font's, in points."""

    text: str
    x0: float = 0.0
    x1: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    base: float = 0.0  # baseline
    size: float = 1.0
    bold: bool = False
    page: int = 0
    column: int = 0
    hyphen: bool = False  # the line ends in a hyphen that pdfium takes for a broken word
    source: int = 0  # number of the printed line that it was cut from
    cell: tuple[int, int] | None = None  # (table, cell) on its page
    table: object | None = None  # a stand-in for a whole table: a ``_pdf_tables.Table``

    @property
    def width(self) -> float:
        return self.x1 - self.x0


@dataclass(slots=True)
class Page:
    """What a page holds. ``paths`` counts drawn paths, ``picture`` is the share of the page under its largest image."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    chars: int = 0
    scraps: int = 0  # characters without a meaning: U+FFFD, private use, control characters
    paths: int = 0
    picture: float = 0.0
    tables: list = field(default_factory=list)
    view: View | None = None
    language: bool = False  # its characters are surely the printed ones
    repaired: bool = False  # the characters were glyph numbers, and are turned back


@cache
def native():
    """pdfium functions taking and giving plain integers: a third of the cost of the typed pointers.

    Those under "quick" declare no arguments, and ctypes converts none: a third once more. They take integers of
    C's ``int`` and what ``ctypes.byref`` or ``handle`` has made, never an address, which would be cut short.
    """
    import pypdfium2.raw as raw

    pointer, integer = ctypes.c_void_p, ctypes.c_int

    def bind(name: str, result, *arguments):
        # PYFUNCTYPE keeps the interpreter's lock: giving it up and taking it back costs as much as most of these calls
        return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(getattr(raw, name), pointer).value)

    class Native:
        # these two may take long, and others may run meanwhile
        load_page = ctypes.CFUNCTYPE(pointer, pointer, integer)(ctypes.cast(raw.FPDF_LoadPage, pointer).value)
        load_text = ctypes.CFUNCTYPE(pointer, pointer)(ctypes.cast(raw.FPDFText_LoadPage, pointer).value)
        # quick
        page_box = bind("FPDF_GetPageBoundingBox", integer)
        count_chars = bind("FPDFText_CountChars", integer)
        get_text = bind("FPDFText_GetText", integer)
        loose_box = bind("FPDFText_GetLooseCharBox", integer)
        text_object = bind("FPDFText_GetTextObject", pointer)
        origin = bind("FPDFText_GetCharOrigin", integer)
        font_size = bind("FPDFText_GetFontSize", ctypes.c_double)
        char_matrix = bind("FPDFText_GetMatrix", integer)
        angle = bind("FPDFText_GetCharAngle", ctypes.c_float)
        count_rects = bind("FPDFText_CountRects", integer)
        text_rect = bind("FPDFText_GetRect", integer)
        char_index = bind("FPDFText_GetCharIndexFromTextIndex", integer)
        get_object = bind("FPDFPage_GetObject", pointer)
        count_annotations = bind("FPDFPage_GetAnnotCount", integer)
        get_annotation = bind("FPDFPage_GetAnnot", pointer)
        next_link = bind("FPDFLink_Enumerate", integer)
        bounds = bind("FPDFPageObj_GetBounds", integer)
        matrix = bind("FPDFPageObj_GetMatrix", integer)
        fill_color = bind("FPDFPageObj_GetFillColor", integer)
        draw_mode = bind("FPDFPath_GetDrawMode", integer)
        segments = bind("FPDFPath_CountSegments", integer)
        segment = bind("FPDFPath_GetPathSegment", pointer)
        segment_point = bind("FPDFPathSegment_GetPoint", integer)
        segment_type = bind("FPDFPathSegment_GetType", integer)
        # taking addresses
        close_page = bind("FPDF_ClosePage", None, pointer)
        close_text = bind("FPDFText_ClosePage", None, pointer)
        rotation = bind("FPDFPage_GetRotation", integer, pointer)
        font = bind("FPDFTextObj_GetFont", pointer, pointer)
        weight = bind("FPDFFont_GetWeight", integer, pointer)
        font_name = bind("FPDFFont_GetBaseFontName", ctypes.c_size_t, pointer, pointer, ctypes.c_size_t)
        count_objects = bind("FPDFPage_CountObjects", integer, pointer)
        object_type = bind("FPDFPageObj_GetType", integer, pointer)
        form_count = bind("FPDFFormObj_CountObjects", integer, pointer)
        form_object = bind("FPDFFormObj_GetObject", pointer, pointer, ctypes.c_ulong)
        annotation_type = bind("FPDFAnnot_GetSubtype", integer, pointer)
        close_annotation = bind("FPDFPage_CloseAnnot", None, pointer)

    return Native


def address(wrapped) -> int:
    """The integer behind one of pypdfium2's handles."""
    return ctypes.cast(getattr(wrapped, "raw", wrapped), ctypes.c_void_p).value


handle = ctypes.c_void_p.from_param  # an address as the quick functions of ``native`` take it


class View:
    """The transformation from pdfium's user space to the page as seen."""

    def __init__(self, box: tuple[float, float, float, float], turn: int) -> None:
        """``box``: left, bottom, right, top of the page; ``turn``: degrees clockwise, a multiple of 90."""
        self.left, self.bottom, self.right, self.top = box
        self.turn = turn % 360
        wide, high = box[2] - box[0], box[3] - box[1]
        self.width, self.height = (high, wide) if self.turn in (90, 270) else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        match self.turn:
            case 0:
                return x - self.left, self.top - y
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case _:
                return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom as seen."""
        if self.turn == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        ax, ay = self.point(left, bottom)
        bx, by = self.point(right, top)
        return (ax if ax < bx else bx, ay if ay < by else by, bx if ax < bx else ax, by if ay < by else ay)


class _Answers:
    """Where pdfium writes its answers, for all pages: it answers one question at a time."""

    def __init__(self) -> None:
        import pypdfium2.raw as raw

        self.rect, self.x, self.y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        self.matrix = (ctypes.c_float * 6)()
        self.name = ctypes.create_string_buffer(128)
        self.text = ctypes.create_string_buffer(16384)
        self.to_rect, self.to_x, self.to_y, self.to_matrix = map(ctypes.byref, (self.rect, self.x, self.y, self.matrix))


_answers = cache(_Answers)


class _Text:
    """The characters of one page: where they stand and in which font."""

    def __init__(self, page: int, textpage: int, number: int) -> None:
        self._n = native()
        self._a = _answers()
        self.number = number
        self._handle = handle(textpage)
        rect = self._a.rect
        self._n.page_box(handle(page), self._a.to_rect)
        box = rect.left, rect.bottom, rect.right, rect.top
        self._scales: dict[float, float] = {}
        self._fonts: dict[int, tuple[bool, bool]] = {}
        count = self._n.count_chars(self._handle)
        self.text = self._all(count) if count > 0 else ""
        self._same = len(self.text) == count
        self.clean = False  # nothing in it that ``_common.clean`` would change
        self._units: list[int] | None = None
        if not self._same and self.text and max(self.text) > "\uffff":
            self._units = list(accumulate((2 if char > "\uffff" else 1 for char in self.text), initial=0))
        self._look()
        self.view = View(box, self._turn(page))

    def _all(self, count: int) -> str:
        """The text of ``count`` characters, all that there are: what ``PdfTextPage.get_text_range`` gives."""
        size = 2 * count + 2  # UTF-16; pdfium writes no more than ``count`` and a zero
        buffer = self._a.text if size <= len(self._a.text) else ctypes.create_string_buffer(size)
        written = self._n.get_text(self._handle, 0, count, buffer)
        return str(memoryview(buffer)[:2 * max(written - 1, 0)], "utf-16-le", "ignore")

    def repair(self, text: str) -> None:
        """Take another text, character for character, for the one that pdfium gave."""
        self.text = text
        self._look()

    def _look(self) -> None:
        text = self.text
        self._ligatures = not text.isascii() and any(chr(ligature) in text for ligature in _LIGATURES)
        self.rows = _rows(text)
        # what is clean as a whole is clean line by line
        # (searched from behind: that is quicker where there are no two blanks, as on nearly all pages)
        self.clean = self.rows is not None and text.rfind("  ") < 0 and unicodedata.is_normalized("NFC", text)

    def _turn(self, page: int) -> int:
        """How far the page must be turned for its text to stand upright (the page's rotation when it has none)."""
        votes: dict[int, int] = {}
        step = max(1, len(self.text) // 7)
        asked = range(step // 2, len(self.text), step)
        for at in asked:
            if not self.text[at].isspace():
                angle = self._n.angle(self._handle, self.char(at))
                if angle >= 0:
                    turn = round(-math.degrees(angle) / 90) * 90 % 360 if angle else 0  # pdfium counts clockwise
                    votes[turn] = votes.get(turn, 0) + 1
                    if 2 * votes[turn] > len(asked):
                        return turn
        if not votes:
            return max(self._n.rotation(page), 0) * 90
        return max(votes, key=lambda turn: votes[turn])

    def char(self, at: int) -> int:
        """A character's number in pdfium's list, which differs at odd and astral characters."""
        if self._same:
            return at
        return max(self._n.char_index(self._handle, at if self._units is None else self._units[at]), 0)

    def box(self, at: int) -> tuple[float, float, float, float]:
        """The box of a character over its font's full height, as seen."""
        self._n.loose_box(self._handle, at if self._same else self.char(at), self._a.to_rect)
        rect = self._a.rect
        return self.view.box(rect.left, rect.bottom, rect.right, rect.top)

    def size(self, index: int) -> float:
        """The font size of a character (its number in pdfium's list) in points, its matrix (scaled text) included."""
        nominal = self._n.font_size(self._handle, index)
        scale = self._scales.get(nominal)
        if scale is None:
            self._n.char_matrix(self._handle, index, self._a.to_matrix)
            _, _, c, d, _, _ = self._a.matrix[:]
            scale = abs(d) if c == 0 else math.hypot(c, d)
            if not 0.1 < nominal * scale < 2000:
                return 1.0
            if nominal > 4:  # a size of 1 is scaled anew for each text; a real one is scaled alike over a page
                self._scales[nominal] = scale
        return nominal * scale

    def font(self, index: int) -> tuple[bool, bool]:
        """(bold, symbol font) of the font of a character (its number in pdfium's list)."""
        n = self._n
        shape = n.text_object(self._handle, index)
        font = n.font(shape) if shape else None
        if not font:
            return False, False
        known = self._fonts.get(font)
        if known is None:
            length = n.font_name(font, self._a.name, 128)
            name = self._a.name.value.lower() if 0 < length <= 128 else b""
            known = n.weight(font) >= 600 or _BOLD_FONT.search(name) is not None, _SYMBOL_FONT.search(name) is not None
            self._fonts[font] = known
        return known

    def lines(self, spans: Iterable[tuple[int, int]]) -> list[Line | None]:
        """The line of each ``text[start:end]`` (None for a blank one), ``source`` counting from 0."""
        # one call to pdfium after the other, all names at hand: this runs once a printed line
        n, text, number, same, untouched = self._n, self.text, self.number, self._same, self.clean and not self._ligatures
        a, held = self._a, self._handle
        rect, x, y, to_rect, to_x, to_y = a.rect, a.x, a.y, a.to_rect, a.to_x, a.to_y
        origin, loose_box, text_object, font_size, font_of = n.origin, n.loose_box, n.text_object, n.font_size, n.font
        scales, fonts = self._scales, self._fonts
        view = self.view
        upright, edge, head = view.turn == 0, view.left, view.top
        broken = "\x02" in text or "\ufffe" in text  # words at the ends of lines
        hyphen = False
        found: list[Line | None] = []
        for source, (start, end) in enumerate(spans):
            piece = text[start:end]
            stripped = piece.strip()
            if not stripped:
                found.append(None)
                continue
            if piece[0] != stripped[0]:
                start += len(piece) - len(piece.lstrip())
            last = start + len(stripped) - 1
            if broken:
                hyphen = stripped[-1] in "\x02\ufffe"
            while hyphen and last > start and text[last] in "\x02\ufffe":
                last -= 1  # the generated hyphen has no box of its own in some files
            first, final = (start, last) if same else (self.char(start), self.char(last))
            origin(held, first, to_x, to_y)
            loose_box(held, final, to_rect)
            if upright:
                x0, base, x1 = x.value - edge, head - y.value, rect.right - edge
                if x1 < x0:  # right-to-left text runs backwards
                    x0, x1 = rect.left - edge, x0
            else:
                x0, base = view.point(x.value, y.value)
                left, _, x1, _ = view.box(rect.left, rect.bottom, rect.right, rect.top)
                if x1 < x0:
                    x0, x1 = left, x0
            nominal = font_size(held, final)
            size = nominal * scales[nominal] if nominal in scales else self.size(final)
            shape = text_object(held, final)
            bold, symbol = fonts.get(font_of(shape)) or self.font(final) if shape else (False, False)
            lone = last == start or text[start + 1].isspace()
            if (bold or lone) and last > start:
                first_bold, symbol = self.font(first)
                bold = bold and first_bold
            if hyphen:
                stripped = stripped.rstrip("\x02\ufffe") + "-"
            if symbol and lone and not stripped[0].isdigit():
                # Wingdings and the like without a mapping: "ü", "§", "Ø" are ticks, squares and arrows.
                stripped = "\u2022" + stripped[1:]
            if not untouched:
                stripped = clean(stripped.translate(_LIGATURES) if self._ligatures else stripped)
                if not stripped:
                    found.append(None)
                    continue
            if not (-1e5 < x0 < 1e5 and -1e5 < x1 < 1e5 and -1e5 < base < 1e5):
                x0 = x1 = base = 0.0  # a damaged matrix; the text is kept
            found.append(Line(stripped, x0, x1 if x1 > x0 else x0, base - 0.8 * size, base + 0.2 * size, base, size, bold,
                              number, 0, hyphen, source))
        return found

    def wide_gaps(self, printed: int) -> list[tuple[float, float]]:
        """The middles (y, x) of the gaps between pieces of text side by side, sorted; none where none is wide.

        ``printed``: how many lines are not blank. A gap behind a list's marker hardly counts. Beside a wide gap
        narrower ones count too: a column's long entries leave little room.
        """
        n, held = self._n, self._handle
        count = n.count_rects(held, 0, -1)
        if count < 2 or count <= printed:
            return []  # each line is of one piece
        values = (ctypes.c_double * 4)()
        left, top, right, bottom = (ctypes.byref(values, at) for at in (0, 8, 16, 24))
        view, text_rect = self.view, n.text_rect
        upright, edge, head = view.turn == 0, view.left, view.top
        found: list[tuple[float, float]] = []
        wide = False
        x0 = y0 = x1 = y1 = 0.0
        opening = True  # the piece before opens its line
        for index in range(count):
            text_rect(held, index, left, top, right, bottom)
            a, b, c, d = values[:]  # a slice: iterating over a ctypes array ends in an IndexError, which is slow
            if upright:  # ``view.box``, for nearly all pages
                a, b, c, d = a - edge, head - b, c - edge, head - d
            else:
                a, b, c, d = view.box(a, d, c, b)
            if b < y1 and y0 < d and a >= x1 - 1:
                high = d - b if d - b > y1 - y0 else y1 - y0
                gap = a - x1
                marker = opening and x1 - x0 < 3 * high
                if gap > (6 if marker else WIDE_GAP * 0.75) * high:
                    found.append(((max(b, y0) + min(d, y1)) / 2, (a + x1) / 2))
                    wide = wide or (not marker and gap > WIDE_GAP * high)
                opening = False
            else:
                opening = True
            x0, y0, x1, y1 = a, b, c, d
        return sorted(found) if wide else []

    def words(self, start: int, end: int) -> list[tuple[int, int]]:
        return [(start + m.start(), start + m.end()) for m in re.finditer(r"\S+", self.text[start:end])]


def read_page(page: int, number: int) -> Page | None:
    """Read one page: the address that ``native().load_page`` gave, and its 1-based number. None: it is damaged."""
    from pipeline.readers import _pdf_tables

    textpage = native().load_text(page)
    if not textpage:
        return None
    try:
        text = _Text(page, textpage, number)
        view = text.view
        result = Page(number, view.width, view.height, view=view)
        result.language = written(text.text)
        if not result.language and (turned := unshifted(text.text)) is not None:
            text.repair(turned)
            result.repaired = True
        result.chars = sum(1 for _ in re.finditer(r"\S", text.text)) if len(text.text) < 200 else len(text.text)
        objects = _Objects(page, view)
        result.paths, result.picture = objects.paths, objects.picture
        if 4 <= objects.paths <= MAX_PATHS and text.text:
            result.tables = _pdf_tables.find(objects.drawn(), (view.width, view.height))
        if not text.clean or "\ufffd" in text.text:
            result.scraps = len(_SCRAP.findall(text.text))
        spans = _spans(text.text, text.rows)
        whole = text.lines(spans)
        printed = [line for line in whole if line is not None]
        gaps = text.wide_gaps(len(printed))
        if result.tables or gaps:
            _cut(text, spans, whole, result, gaps)
        else:
            result.lines = printed
        return result
    finally:
        native().close_text(textpage)


def _rows(text: str) -> list[str] | None:
    """The text's lines where it breaks in the ordinary way only and marks no broken words, as nearly all texts do."""
    rows = text.split("\r\n")
    return rows if "".join(rows).isprintable() else None


def _spans(text: str, rows: list[str] | None) -> list[tuple[int, int]]:
    """Start and end of each printed line; ``rows``: as ``_rows`` gives them."""
    if rows is None:
        return [m.span() for m in _PRINTED.finditer(text)]
    spans, start = [], 0
    for row in rows:
        end = start + len(row)
        if row:
            spans.append((start, end))
        start = end + 2
    return spans


def _cut(text: _Text, spans: list[tuple[int, int]], lines: list[Line | None], page: Page,
         gaps: list[tuple[float, float]]) -> None:
    """Lines cut at wide gaps and at the borders of table cells, the words of such lines measured one by one."""
    from pipeline.readers import _pdf_tables

    where = _pdf_tables.Lookup(page.tables)
    for (start, end), whole in zip(spans, lines, strict=True):
        if whole is None:
            continue
        y = whole.base - 0.35 * whole.size
        if page.tables and where.touches(whole.x0, whole.x1, y):
            whole.cell = where.cell(whole.x0 + 0.01, y)
            if whole.cell is not None and whole.cell == where.cell(whole.x1 - 0.01, y):
                page.lines.append(whole)
                continue
            whole.cell = None
        elif not _gap_inside(whole, gaps):
            page.lines.append(whole)
            continue
        parts: list[list] = []  # [start, end, cell, right edge]
        for a, b in _words_by_cell(text, where, start, end):
            first, last = text.box(a), text.box(b - 1)
            x0, x1 = min(first[0], last[0]), max(first[2], last[2])
            cell = where.cell((x0 + x1) / 2, (first[1] + first[3]) / 2)
            if parts:
                here = parts[-1]
                gap = x0 - here[3]
                marker = here[1] - here[0] <= 4 and len(parts) == 1
                high = first[3] - first[1]
                wide = gap > WIDE_GAP * 0.75 * high and not (marker and gap < 6 * high)
                if cell == here[2] and (cell is not None or not wide):
                    here[1], here[3] = b, max(here[3], x1)
                    continue
            parts.append([a, b, cell, x1])
        if len(parts) == 1:
            whole.cell = parts[0][2]
            page.lines.append(whole)
            continue
        for line, part in zip(text.lines((a, b) for a, b, _, _ in parts), parts, strict=True):
            if line is not None:
                line.cell, line.source = part[2], whole.source
                page.lines.append(line)


def _gap_inside(line: Line, gaps: list[tuple[float, float]]) -> bool:
    at = bisect_left(gaps, (line.top - 1, float("-inf")))
    while at < len(gaps) and gaps[at][0] <= line.bottom + 1:
        if line.x0 < gaps[at][1] < line.x1:
            return True
        at += 1
    return False


def _words_by_cell(text: _Text, where, start: int, end: int):
    """The words of a line; a "word" that runs over a cell's border is cut there."""
    for a, b in text.words(start, end):
        if where.tables and b - a > 1:
            cells = []
            first, last = text.box(a), text.box(b - 1)
            y = (first[1] + first[3]) / 2
            along = abs(last[0] - first[0]) >= abs(last[1] - first[1])  # a word that runs up the page is never cut
            if along and where.cell((first[0] + first[2]) / 2, y) != where.cell(
                    (last[0] + last[2]) / 2, (last[1] + last[3]) / 2):
                for at in range(a, b):
                    box = text.box(at)
                    cells.append(where.cell((box[0] + box[2]) / 2, (box[1] + box[3]) / 2))
                at = a
                for i in range(1, b - a):
                    if cells[i] != cells[i - 1]:
                        yield at, a + i
                        at = a + i
                yield at, b
                continue
        yield a, b


class _Objects:
    """What is drawn on a page, forms (XObjects) included to a depth of three."""

    TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5

    def __init__(self, page: int, view: View) -> None:
        self._n = native()
        self._view = view
        self._paths: list[tuple[int, tuple]] = []
        self.paths = 0
        self.picture = 0.0
        self._floats = (ctypes.c_float * 6)()
        self._ref = ctypes.byref(self._floats)
        self._channels = (ctypes.c_uint * 4)()
        self._channel_refs = [ctypes.byref(self._channels, at) for at in (0, 4, 8, 12)]
        count = self._n.count_objects(page)
        items = list(map(self._n.get_object, repeat(handle(page), count), range(count)))
        sorts = list(map(self._n.object_type, items))
        if sorts.count(self.TEXT) == count:
            return
        for item, sort in zip(items, sorts, strict=True):
            if sort == 2:  # a path, as in ``_add``: a map holds tens of thousands
                self.paths += 1
                self._paths.append((item, _PLAIN))
            elif sort != 1:
                self._add(item, sort, _PLAIN, 0)

    def _add(self, item: int, sort: int, matrix: tuple, depth: int) -> None:
        n = self._n
        if sort == self.PATH:
            self.paths += 1
            if self.paths <= MAX_PATHS:  # forms may hold each other, and so more than a page ever shows
                self._paths.append((item, matrix))
        elif sort == self.IMAGE:
            floats = self._floats
            if n.bounds(handle(item), *(ctypes.byref(floats, at) for at in (0, 4, 8, 12))):
                left, bottom, right, top, _, _ = floats[:]
                ax, ay = _apply(matrix, left, bottom)
                bx, by = _apply(matrix, right, top)
                share = abs(bx - ax) * abs(by - ay) / max(self._view.width * self._view.height, 1.0)
                self.picture = max(self.picture, min(share, 1.0))
        elif sort == self.FORM and depth < 3:
            inner = self._matrix(handle(item), matrix)
            for index in range(min(n.form_count(item), 4 * MAX_PATHS)):
                child = n.form_object(item, index)
                kind = n.object_type(child)
                if kind != self.TEXT:
                    self._add(child, kind, inner, depth + 1)

    def _matrix(self, item, outer: tuple) -> tuple:
        """An object's matrix (``item`` is its handle), followed by that of the form it stands in."""
        if not self._n.matrix(item, self._ref):
            return outer
        inner = tuple(self._floats[:])
        if inner == _PLAIN:
            return outer
        return inner if outer is _PLAIN else _multiply(inner, outer)

    def drawn(self):
        """Each visible path of straight lines: (subpaths as lists of points, fill "RRGGBB" or None, stroked)."""
        n = self._n
        get, kind, place = n.segment, n.segment_type, n.segment_point
        mode, stroke, x, y = ctypes.c_int(), ctypes.c_int(), ctypes.c_float(), ctypes.c_float()
        modes = ctypes.byref(mode), ctypes.byref(stroke)
        xref, yref = ctypes.byref(x), ctypes.byref(y)
        to_page = self._view.point
        for path, outer in self._paths:
            item = handle(path)
            if not n.draw_mode(item, *modes):
                continue
            if not mode.value and not stroke.value:
                continue
            a, b, c, d, e, f = self._matrix(item, outer)
            subpaths: list[list[tuple[float, float]]] = []
            straight = True
            for index in range(min(n.segments(item), 2000)):
                segment = handle(get(item, index))
                sort = kind(segment)  # 0 line, 1 curve, 2 move; what closes a figure is a line of its own
                if sort == 1:
                    straight = False  # no rule and no cell: letters as outlines, rounded frames, charts
                    break
                place(segment, xref, yref)
                px, py = x.value, y.value
                point = to_page(a * px + c * py + e, b * px + d * py + f)
                if sort == 2 or not subpaths:
                    subpaths.append([point])
                else:
                    subpaths[-1].append(point)
            if straight:
                yield subpaths, self._color(item) if mode.value else None, bool(stroke.value)

    def _color(self, item) -> str | None:
        if not self._n.fill_color(item, *self._channel_refs):
            return None
        red, green, blue, alpha = self._channels[:]
        return f"{red:02X}{green:02X}{blue:02X}" if alpha > 8 else None


def _apply(matrix: tuple, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _multiply(inner: tuple, outer: tuple) -> tuple:
    """First ``inner``, then ``outer``."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)
