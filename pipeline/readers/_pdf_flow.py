"""From printed lines to paragraphs, headings, list items and table cells.

A line goes on with the one before when nothing tells them apart: same font, ordinary distance, no
marker, no indent, and the line before is full (the next word would not have fitted) or the sentence
plainly runs on (the next line begins in lower case). The same sentence rule joins what a page or a
column has broken.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.model import Block
from pipeline.readers._common import BULLETS, split_marker, unprivate
from pipeline.readers._pdf_page import Line, Page
from pipeline.readers._pdf_tables import Cell, Table

_ENDS = ".:;!?…"
_CLOSING = "»”\"')]"
_FIRST = re.compile(r"[^\W_]")
_HYPHENATED = re.compile(r"([^\W\d_]+)[-\u2010]$")
_LINKED = re.compile(r"[^\W\d_]-$")  # a hyphen that goes on with a word
_WHOLE_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")  # with the hyphens inside it
_NEXT_WORD = re.compile(r"^[^\W_]+")
# Words that never end a sentence: what follows belongs to it, whatever it begins with.
_OPEN = frozenset({
    "og", "eller", "men", "samt", "som", "at", "å", "i", "på", "av", "til", "for", "fra", "med", "om", "ved",
    "hos", "mot", "under", "over", "mellom", "innen", "etter", "uten", "en", "et", "ei", "den", "det", "de",
    "dei", "er", "var", "blir", "har", "skal", "vil", "kan", "må", "bør", "ikke", "ikkje", "både", "enten",
    "hvor", "der", "når", "dersom", "jf", "jfr", "bl.a", "f.eks", "nr", "pkt", "kap", "§", "§§", "punkt",
    "kapittel", "side", "sak", "vedlegg", "tabell", "figur", "sin", "sitt", "sine", "vår", "vårt", "våre",
    "dette", "disse", "denne", "eit", "ein", "frå", "korleis", "kva", "the", "of", "and", "to", "in",
})
_OPEN_WITH_STOP = frozenset({"jf", "jfr", "bl.a", "f.eks", "nr", "pkt", "kap"})  # the full stop is theirs, not the sentence's
_STOPPED = tuple(f"{word}." for word in _OPEN_WITH_STOP)
# After "helse-" these words show that the hyphen stands for a word left out: "helse- og omsorg".
_AFTER_STUB = frozenset({"og", "eller", "samt", "til", "men", "and", "or"})
_ENOUGH_LINES = 8  # distances between lines that show what is usual
_ENUMERATED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?$")


@dataclass(slots=True)
class Draft:
    """A block being built."""

    lines: list[Line]
    kind: str = "paragraph"
    place: str = "body"
    marker: str = ""
    text: str = ""
    level: int = 0
    bold: bool = False
    hang: float | None = None  # x of an item's second line
    cell: tuple[int, Cell] | None = None  # (number of the table in the document, cell)
    page: int = 0
    row: int = 0
    field: int = 0  # number of a form field on its page


class Vocabulary:
    """How often the document has a word, hyphens inside it kept: that tells how a word broken at a line's end is written.

    Few words are asked for in most documents, so the text is searched for each of the first; where many lines end in
    a hyphen, all words are counted once. Of a book the first ``SEARCHED`` characters show how its author writes.
    """

    SEARCHED = 200_000
    FEW = 20

    def __init__(self, pages: Iterable[Page] = ()) -> None:
        self._lines: list[list[str]] = []
        held = 0
        for page in pages:
            if held > self.SEARCHED:
                break
            self._lines.append([line.text for line in page.lines])
            held += page.chars
        self._text: str | None = None
        self._asked = 0
        self._counted: Counter[str] | None = None

    def __getitem__(self, word: str) -> int:
        if self._counted is not None:
            return self._counted[word]
        if self._text is None:
            self._text = "\n".join("\n".join(lines) for lines in self._lines).casefold()
        self._asked += 1
        if self._asked > self.FEW:
            self._counted = Counter(_WHOLE_WORD.findall(self._text))
            return self._counted[word]
        text, size = self._text, len(word)
        times, at = 0, text.find(word)
        while at >= 0:
            before, after = text[max(at - 2, 0):at], text[at + size:at + size + 2]
            times += not (before[-1:].isalpha() or _LINKED.match(before) or after[:1].isalpha() or _LINKED.match(after[::-1]))
            at = text.find(word, at + size)
        return times


@dataclass(slots=True)
class Style:
    """What is ordinary in the document: size of body text, and whether bold means anything."""

    size: float = 11.0
    bold_means: bool = True
    words: Vocabulary = field(default_factory=Vocabulary)


def style_of(pages: list[Page]) -> Style:
    exact: dict[float, int] = defaultdict(int)
    bold = total = 0
    for page in pages:
        for line in page.lines:
            weight = len(line.text)
            exact[line.size] += weight
            total += weight
            if line.bold:
                bold += weight
    sizes: Counter = Counter()
    for size, weight in exact.items():
        sizes[round(size * 2) / 2] += weight
    size = sizes.most_common(1)[0][0] if sizes else 11.0
    return Style(max(size, 1.0), bold * 2 <= total)


def ends_sentence(text: str) -> bool:
    """Whether the text ends in a sentence's or a lead-in's punctuation, closing quotes and brackets aside."""
    return text[-4:].rstrip(_CLOSING)[-1:] in _ENDS and bool(text)


def _refers(text: str) -> bool:
    """Whether the last word waits for a number or a noun: "jf. pkt.", "vedlegg", "og"."""
    if text[-1] == "." and not text[-7:].casefold().endswith(_STOPPED):
        return False  # the end of most sentences
    last = text[-24:].rsplit(None, 1)[-1]
    return last.strip("«»\"'().").casefold() in (_OPEN_WITH_STOP if last.rstrip(_CLOSING).endswith(".") else _OPEN)


def join_text(before: str, after: str, style: Style) -> str:
    """Two lines as one, the hyphen at the end of the first resolved.

    "sam-" + "handling" is one word; "helse-" + "og" keeps hyphen and blank; "RS-" + "Setesdal",
    "2024-" + "2026", "IKT-" + "miljø" keep the hyphen. Where the document has the word elsewhere,
    that spelling wins.
    """
    if before[-1:] not in "-\u2010":
        return f"{before} {after}"
    broken = _HYPHENATED.search(before[-60:])
    following = _NEXT_WORD.match(after)
    if not broken or not following:
        if before.endswith("-") and len(before) > 1 and not before[-2].isspace() and following:
            return before + after  # "2024-" + "2026"
        return f"{before} {after}"
    left, right = broken[1], following[0]
    if right.casefold() in _AFTER_STUB:
        return f"{before} {after}"
    closed, hyphened = (left + right).casefold(), f"{left}-{right}".casefold()
    keeps = right[0].isupper() or right[0].isdigit() or len(left) < 2 or (left.isupper() and len(left) > 1)
    known_hyphened = style.words[hyphened] if closed.isalpha() else 0
    if closed.isalpha() and (keeps or known_hyphened):
        known_closed = style.words[closed]
        if known_closed != known_hyphened:
            keeps = known_hyphened > known_closed
    return (before if keeps else before[:-1]) + after


def runs_on(before: str, after: str) -> bool:
    """Whether ``after`` plainly goes on with the sentence of ``before``."""
    if after[0].islower() and (before[-1].isalnum() or before[-1] == ","):
        return True  # most lines of running text
    first = after[0] if after[0].isalnum() else next(filter(str.isalnum, after[1:4]), "")
    if not first:
        return False
    if before[-1] in "-\u2010" and len(before) > 1 and not before[-2].isspace():
        return True
    if _refers(before):
        return True
    if ends_sentence(before):
        return first.islower() and not before.endswith((":", ";")) and _abbreviated(before)
    return first.islower() or before[-1] == ","


def _abbreviated(text: str) -> bool:
    """A last word such as "bl.a." or "kap." that need not end its sentence."""
    last = text[-24:].rsplit(None, 1)[-1]
    return last.endswith(".") and (len(last) <= 6 or "." in last[:-1])


def marker_of(text: str) -> tuple[str, str]:
    """``split_marker`` for a printed line, skipped for lines that cannot have one."""
    first, head = text[0], text[1:5]
    if first.isalpha():
        if not ("." in head or ")" in head or (first == "o" and head[:1] == " ")):
            return "", text
    elif not (first.isdigit() or first in "(-" or first in BULLETS or "\ue000" <= first <= "\uf8ff"):
        return "", text
    if first == "o" and text[1:2] == " " and text[2:3].isupper():
        return "\u2022", text[2:].strip()  # the hollow bullet of Word's second list level
    marker, rest = split_marker(text)
    if not marker and "\ue000" <= first <= "\uf8ff" and len(text) > 2:
        marker, rest = "\u2022", text[1:].strip()
    return (marker, rest) if rest else ("", text)


class Flow:
    """Builds the drafts of one stretch of text; feed it lines in reading order."""

    def __init__(self, style: Style, place: str = "body") -> None:
        self.style = style
        self.place = place
        self.drafts: list[Draft] = []
        self._margins: dict[tuple[int, int], float] = {}
        self._usual = 0.0  # the usual distance of lines on the last page that had many, 0: none yet
        self._widest: dict[int, float] = {}  # page -> how many times their size lines of a paragraph stand apart at most

    def measure(self, lines: list[Line], margin: float | None = None, page_width: float = 0.0) -> None:
        """Learn the right margin of each column and the usual distance of lines from a page's ``lines``.

        ``margin``: the right margin where it is known (a cell); ``page_width``: for pages with too few
        full lines to show their margin, which is then taken to be as wide as the left one.
        """
        by_column: dict[tuple[int, int], list[Line]] = defaultdict(list)
        pitches = []
        before = None
        column, group = None, []
        for line in lines:
            if line.table is None:
                if line.column != column:
                    column = line.column
                    group = by_column[line.page, column]
                group.append(line)
                if before is not None and before.column == line.column:
                    pitch = (line.base - before.base) / (line.size or 1.0)
                    if 0.8 < pitch < 3:
                        pitches.append(pitch)
                before = line
            else:
                before = None
        for key, group in by_column.items():
            if margin is not None:
                self._margins[key] = margin
                continue
            widest = max([li.x1 - li.x0 for li in group])
            right = max([li.x1 for li in group if li.x1 - li.x0 >= 0.55 * widest])
            if page_width and len(by_column) == 1:
                mirrored = page_width - min(li.x0 for li in group)
                wrapped = len([li for li in group if li.x1 > right - 0.08 * widest]) >= 3 and right > 0.75 * mirrored
                right = right if wrapped else max(right, mirrored)
            self._margins[key] = right
        if lines:
            pitches.sort()
            usual = pitches[len(pitches) // 4] if pitches else 1.2
            if len(pitches) >= _ENOUGH_LINES:
                self._usual = usual
            elif self._usual:
                usual = min(usual, self._usual)  # the last page of a letter: a greeting and a name, each a paragraph
            self._widest[lines[0].page] = min(max(usual, 1.0), 2.4) * 1.25 + 0.1

    def feed(self, lines: Iterable[Line]) -> None:
        """Go on with ``lines``, in reading order, none of them a stand-in.

        Most lines of running text are a paragraph's next in the same print right below the last. Those are joined to
        it here: the questions that ``_place`` asks of the others would all be answered in the same way.
        """
        drafts, widest, style = self.drafts, self._widest, self.style
        current = before = None  # the paragraph that may go on, and its last line
        if drafts and drafts[-1].kind == "paragraph" and drafts[-1].lines:
            current = drafts[-1]
            before = current.lines[-1]
        for line in lines:
            text = line.text
            first, head = text[0], text[1:5]
            if not first.isalpha() or "." in head or ")" in head or (first == "o" and head[:1] == " "):
                current = self._place(line, *marker_of(text))
            elif before is None or line.page != before.page or line.column != before.column:
                current = self._place(line, "", text)
            else:
                size, pitch = before.size, line.base - before.base
                limit = widest.get(line.page, 1.6) * size
                if (line.size == size and line.bold == before.bold and 0.35 * size < pitch <= limit
                        and -0.6 * size <= line.x0 - before.x0 <= 0.6 * size):
                    whole = current.text
                    last = whole[-1]
                    plainly = first.islower() and (last.isalnum() or last == ",")  # as ``runs_on`` begins
                    if plainly or runs_on(whole, text) or self._full(before, line):
                        current.text = f"{whole} {text}" if plainly else join_text(whole, text, style)
                        current.lines.append(line)
                        before = line
                        continue
                if pitch > limit >= 0.35 * size and line.top > before.top:  # as ``_continues`` begins
                    current = self._new(line, "paragraph", "", text)
                else:
                    current = self._place(line, "", text)
            before = current.lines[-1] if current.kind == "paragraph" else None

    def _new(self, line: Line, kind: str, marker: str, text: str) -> Draft:
        draft = Draft([line], kind, self.place, marker, text, 0, line.bold, None, None, line.page)
        self.drafts.append(draft)
        return draft

    def _place(self, line: Line, marker: str, rest: str) -> Draft:
        """The draft that the line goes on with, or a new one. ``marker``, ``rest``: as ``marker_of`` tells them apart."""
        boxed = line.text[0] in "☐☒☑"
        current = self.drafts[-1] if self.drafts else None
        if current is not None and current.cell is None and current.lines and not boxed:
            if not (marker and self._opens(current, line, marker)) and self._continues(current, line, bool(marker)):
                text = line.text
                current.lines.append(line)
                current.text = join_text(current.text, text, self.style)
                current.bold = current.bold and line.bold
                return current
            if not marker and self._beside_item(current, line):
                item = self._new(line, "item", "", line.text)
                item.level, item.hang = current.level, line.x0
                return item
        return self._new(line, "item" if marker else "paragraph", marker, rest if marker else line.text)

    def _opens(self, current: Draft, line: Line, marker: str) -> bool:
        """Whether a line that begins like an item is one ("2. mai", "– og" at a line's start may not be)."""
        before = current.lines[-1]
        if line.page != before.page or line.column != before.column:
            if line.text[0].isdigit() and _refers(current.text):
                return False
            return not (marker == "\u2022" and line.text[0] in "-–—" and line.text[2:3].islower()
                        and current.kind == "paragraph" and not ends_sentence(current.text))
        if marker == "\u2022" and line.text[0] not in "-–—*·o":
            return True
        pitch = line.base - before.base
        if pitch > self._limit(line, before):
            return True
        number = line.text[0].isdigit() and not line.text.split(None, 1)[0].endswith(")")
        if number and _refers(current.text) and line.x0 - current.lines[0].x0 > -4:
            return False  # "jf. pkt." + "2.3 i planen"
        if ends_sentence(current.text):
            return True
        if current.kind == "item" and current.hang is None and abs(line.x0 - current.lines[0].x0) < 2:
            return True
        if current.kind == "item" and current.hang is not None and abs(line.x0 - current.hang) > 2:
            return True
        aligned = abs(line.x0 - (current.hang if current.hang is not None else before.x0)) < 2
        if not aligned:
            return True
        rest = line.text.split(None, 1)[-1]
        return not (self._full(before, line) and (rest[:1].islower() or rest[:1].isdigit()))

    def _limit(self, line: Line, before: Line) -> float:
        size = line.size if line.size < before.size else before.size
        return self._widest.get(line.page, 1.6) * (size if size > 0.1 else 0.1)

    def _full(self, before: Line, line: Line) -> bool:
        """Whether the first word of ``line`` would not have fitted at the end of ``before``."""
        margin = self._margins.get((before.page, before.column))
        if margin is None:
            return False
        if before.x1 > 0.87 * margin and not ends_sentence(before.text):
            return True  # text wrapped at a number of characters, in the program it was written in
        per_char = line.width / max(len(line.text), 1)
        word = line.text.split(None, 1)[0]
        return before.x1 + (len(word) + 1) * per_char > margin - 0.2 * before.size

    def _continues(self, current: Draft, line: Line, marked: bool) -> bool:
        before = current.lines[-1]
        pitch = line.base - before.base
        beyond = pitch > self._limit(line, before)
        if (beyond and pitch >= 0.35 * before.size and line.page == before.page and line.column == before.column
                and line.top >= before.top - before.size):
            return False  # whatever the words say; so most paragraphs begin
        soft = runs_on(current.text, line.text)
        larger = abs(line.size - before.size) > 0.1 * before.size
        if larger and not (soft and len(line.text) <= 3):
            return False
        if line.bold != before.bold and self.style.bold_means and line.bold != current.bold and not soft:
            return False
        if line.page != before.page or line.column != before.column or line.top < before.top - before.size:
            if marked and current.kind == "item":
                return False
            if line.bold and current.bold and self.style.bold_means:
                return soft
            return soft or (self._full(before, line) and not ends_sentence(current.text) and current.kind != "heading"
                            and len(current.text) > 40)
        if abs(pitch) < 0.35 * before.size and line.x0 >= before.x1 - 2:
            return True
        if beyond:
            return False
        if current.kind == "item":
            return self._item_goes_on(current, line, before, soft)
        indent = line.x0 - before.x0
        out_of_line = abs(indent) > 0.6 * before.size
        if soft and not out_of_line:
            return True  # most lines of running text
        full = self._full(before, line)
        if out_of_line:
            if len(current.lines) == 1 and (soft or full):
                if indent < 0:
                    pass  # first line indented
                elif not soft:
                    return False  # an indented line opens a paragraph
            elif not (soft or self._centred(before, line)):
                return False
        return soft or full or (self._centred(before, line) and current.bold and line.size > 1.15 * self.style.size)

    def _item_goes_on(self, current: Draft, line: Line, before: Line, soft: bool) -> bool:
        tolerance = 0.45 * before.size
        first = current.lines[0]
        if line.x0 < first.x0 - tolerance:
            return soft
        if current.hang is None:
            if not (soft or self._full(before, line)):
                return False
            if line.x0 > first.x0 + 8 * before.size and not soft:
                return False
            current.hang = line.x0
            return True
        if abs(line.x0 - current.hang) > tolerance and not soft:
            return False
        return soft or self._full(before, line)

    def _beside_item(self, current: Draft, line: Line) -> bool:
        """A line without a marker that stands under an item's text, not under its marker: one more item."""
        before = current.lines[-1]
        if current.kind != "item" or line.page != before.page or line.column != before.column:
            return False
        if line.base - before.base > self._limit(line, before) * 1.2 or line.bold != before.bold:
            return False
        first = current.lines[0]
        if not current.marker:
            return abs(line.x0 - first.x0) < 3
        hang = current.hang if current.hang is not None else first.x0 + 0.7 * first.size
        return hang - 3 <= line.x0 <= first.x0 + 5 * first.size

    @staticmethod
    def _centred(before: Line, line: Line) -> bool:
        return abs((before.x0 + before.x1) - (line.x0 + line.x1)) < 6


def classify(drafts: list[Draft], style: Style) -> None:
    """Tell headings from paragraphs and items, and set levels: headings by size, items by indent."""
    ranks: set[tuple[float, bool]] = set()
    for at, draft in enumerate(drafts):
        if draft.cell is not None or draft.place != "body" or not draft.lines:
            continue
        if _is_heading(draft, style, drafts[at + 1] if at + 1 < len(drafts) else None):
            draft.kind = "heading"
            ranks.add(_rank(draft))
    ordered = sorted(ranks, key=lambda r: (-r[0], not r[1]))
    stack: list[float] = []
    for draft in drafts:
        if draft.kind == "heading":
            draft.level = min(ordered.index(_rank(draft)) + 1, 9)
        if draft.kind != "item" or not draft.lines:
            if draft.kind != "cell":
                stack = []
            continue
        x = draft.lines[0].x0
        while stack and x < stack[-1] - 4:
            stack.pop()
        if draft.marker and (not stack or x > stack[-1] + 4):
            stack.append(x)
        draft.level = max(len(stack) - 1, 0)


def _rank(draft: Draft) -> tuple[float, bool]:
    return round(draft.lines[0].size * 2) / 2, draft.bold


def _is_heading(draft: Draft, style: Style, following: Draft | None) -> bool:
    text = draft.text
    if len(text) > 200 or len(draft.lines) > 4:
        return False
    if not (draft.bold or draft.lines[0].size > 1.12 * style.size or text.isupper()) or not _FIRST.search(text):
        return False
    if draft.marker and not _ENUMERATED.match(draft.marker):
        return False
    size = draft.lines[0].size
    if size > 1.12 * style.size and not text.endswith((".", ";")) and len(text) <= 160:
        return True
    if draft.bold and style.bold_means and size > 0.85 * style.size:
        return len(text) <= 140 and not text.endswith((".", ";"))
    capitals = len(text) <= 80 and text.isupper() and sum(c.isalpha() for c in text) >= 4
    return capitals and following is not None and not draft.marker


def cells(table: Table, number: int, lines: dict[int, list[Line]], style: Style, page: int,
          first_row: int) -> list[Draft]:
    """The drafts of a table's cells, row by row; an empty cell is an empty draft. ``first_row`` is 0-based."""
    drafts: list[Draft] = []
    for index, cell in enumerate(table.cells):
        held = lines.get(index, [])
        if any(b.top < a.top - 0.5 * a.size for a, b in pairwise(held)):
            held = sorted(held, key=lambda li: (round(li.base / 3), li.x0))
        flow = Flow(style)
        if held:
            inset = max(1.0, min(li.x0 for li in held) - cell.box[0])
            flow.measure(held, max(max(li.x1 for li in held), cell.box[2] - inset - 1.0))
        for line in held:
            line.column = 0
        flow.feed(held)
        made = flow.drafts or [Draft([], page=page)]
        for draft in made:
            draft.kind, draft.cell, draft.page, draft.row = "cell", (number, cell), page, first_row + cell.row
        drafts += made
    drafts.sort(key=lambda d: (d.row, d.cell[1].col))
    return drafts


def block_of(draft: Draft, locator: str) -> Block:
    """The finished block of a draft."""
    text = unprivate(draft.text)
    if draft.cell is None:  # nearly all: by place, which takes half the time of names
        return Block(text, draft.kind, draft.place, locator, draft.level, draft.marker, draft.bold)
    number, cell = draft.cell
    return Block(text=text, kind="cell", place=draft.place, locator=locator, marker=draft.marker, bold=draft.bold,
                 table=number, row=draft.row, col=cell.col, row_span=cell.row_span, col_span=cell.col_span,
                 fill=cell.fill)
