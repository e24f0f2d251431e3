"""The order in which a page's lines are read, and which of them are running headers, footers or footnotes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from pipeline.readers._pdf_page import Line, Page

MARGIN_ZONE = 0.16  # share of the page's height, at top and bottom, in which running lines are looked for
STRIP = 1.8  # of a line's size: so high is the empty strip between text and what stands apart at the page's head or foot
MAX_RUNNING = 5  # printed lines of one header or footer
_NUMBER = re.compile(r"\d+")
# "3", "- 3 -", "Side 3 av 5", "3/5", "Page 3 of 5", "Side: 3 | 5", "s. 3"
_PAGE_NUMBER = re.compile(
    r"^\W*(?:side|sidetall|page|s\.|p\.)?\s*:?\s*(\d{1,4})\s*(?:(?:av|of|/|\||–|-)\s*(\d{1,4}))?\W*$", re.IGNORECASE)
_PAGE_WORD = re.compile(
    r"\b(?:side|page)\s*:?\s*\d{1,4}(?:\s*(?:av|of|/)\s*\d{1,4})?\b|\b\d{1,4}\s*(?:av|of)\s*\d{1,4}\s*$",
    re.IGNORECASE)
_ONLY_MARKER = re.compile(
    r"^(?:[•‣◦∙●○▪▫■□◆◇►▶➢➤✓✔✗✘–*·\ue000-\uf8ff-]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+|[a-hA-H][.)])$")
_NOTE = re.compile(r"^(?:\[?\d{1,3}[\].)]?|[*†‡])\s*\S")


def running(pages: list[Page], body_size: float) -> dict[int, tuple[list[Line], list[Line]]]:
    """Per page number its header and footer lines, top to bottom; they are taken out of ``page.lines``.

    A line is running when the same text stands at the same height on at least two pages and on a
    quarter of the pages in between, page numbers aside, or when it is nothing but the page's number
    at the edge; and only when nothing but running lines stands between it and the page's edge.
    """
    seen: dict[tuple[str, str, int], set[int]] = defaultdict(set)  # zone, text, height in steps -> pages
    keys: dict[int, tuple[Sequence[str], int]] = {}  # of the line with this id, and its height in steps
    zones: dict[int, tuple[list[Line], list[Line]]] = {}
    several = len(pages) > 1
    for page in pages:
        upper, lower = _zones(page)
        zones[page.number] = upper, lower
        for zone, lines in (("header", upper), ("footer", lower)):
            for line in lines:
                found_as = _keys(line, page, body_size) if several else ()  # of one page nothing stands on two
                step = round((line.base if zone == "header" else page.height - line.base) / 4)
                keys[id(line)] = found_as, step
                for key in found_as:
                    seen[zone, key, step].add(page.number)
    found: dict[int, tuple[list[Line], list[Line]]] = {}
    whole = {page.number: page.lines for page in pages}
    for page in pages:
        upper, lower = zones[page.number]
        header = _edge(upper, "header", page, seen, keys, len(pages))
        footer = _edge(lower[::-1], "footer", page, seen, keys, len(pages))
        if header or footer:
            out = {id(line) for line in header + footer}
            page.lines = [line for line in page.lines if id(line) not in out]
            found[page.number] = tuple(sorted(lines, key=lambda li: (li.top, li.x0)) for lines in (header, footer))
    if found and not any(page.lines for page in pages):
        for page in pages:  # the same few lines on every page are what the document says
            page.lines = whole[page.number]
        return {}
    return found


def _zones(page: Page) -> tuple[list[Line], list[Line]]:
    limit = page.height * MARGIN_ZONE
    foot = page.height - limit
    edges = [li for li in page.lines if not limit < li.base < foot and li.cell is None]
    upper = [li for li in edges if li.base <= limit]
    lower = [li for li in edges if li.base >= foot]
    for table in page.tables:  # beyond a table nothing is running text's neighbour
        upper = [li for li in upper if li.bottom <= table.box[1] + 2]
        lower = [li for li in lower if li.top >= table.box[3] - 2]
    return sorted(upper, key=lambda li: li.base), sorted(lower, key=lambda li: li.base)


def _keys(line: Line, page: Page, body_size: float) -> list[str]:
    text = line.text.casefold()
    keys = ["=" + text]
    if not _NUMBER.search(text):
        return keys
    worded = "side" in text or "page" in text or text[-1].isdecimal()  # as ``_PAGE_WORD`` needs; it takes its time
    if (worded and _PAGE_WORD.search(text)) or _PAGE_NUMBER.match(text):
        keys.append("#" + _NUMBER.sub("#", text))
    elif line.text[0].isdecimal() or line.text[-1].isdecimal():
        # "Høringssvar 3": a page number only if it keeps step with the pages
        last = _NUMBER.findall(line.text)[-1 if line.text[-1].isdecimal() else 0]
        if len(last) < 5 and _close_to_edge(line, page) and line.size <= 1.05 * body_size and not line.bold:
            keys.append(f"+{_NUMBER.sub('#', text)}{int(last) - page.number}")
    return keys


def _close_to_edge(line: Line, page: Page) -> bool:
    return min(line.base, page.height - line.base) < page.height * 0.09


def _edge(lines: list[Line], zone: str, page: Page, seen: dict, keys: dict, count: int) -> list[Line]:
    """The running lines among ``lines``, which come from the edge inwards."""
    kept: list[Line] = []
    bands = 0
    base = None
    for line in lines:
        if base is None or abs(line.base - base) > 3:
            bands += 1
            base = line.base
        if bands > MAX_RUNNING or not _is_running(line, zone, page, seen, *keys[id(line)], count):
            break
        kept.append(line)
    # a line beside one that is not running belongs to the text
    if len(kept) < len(lines):
        kept = [line for line in kept if abs(line.base - lines[len(kept)].base) > 3]
    return kept


def _is_running(line: Line, zone: str, page: Page, seen: dict, keys: Sequence[str], step: int, count: int) -> bool:
    alone = _PAGE_NUMBER.match(line.text)
    if alone and _close_to_edge(line, page):
        # a figure of one's own at the very edge; "Side 1 av 1" anywhere in the zone
        return int(alone[1]) <= 3000 and not line.text.rstrip().endswith(("%", ")"))
    if alone and alone[2] and re.match(r"\W*(?:side|page)", line.text, re.IGNORECASE):
        return True
    for key in keys:
        same = sum(len(seen[zone, key, near]) for near in (step - 1, step, step + 1) if (zone, key, near) in seen)
        needed = max(2, min(count // 4, 3)) + (1 if key[0] == "+" else 0)
        if same >= needed:
            return True
    return False


def footnotes(page: Page, body_size: float) -> list[Line]:
    """The page's footnotes: small print at its foot that begins with a note's mark. Taken out of ``page.lines``."""
    if not any(line.size < 0.93 * body_size for line in page.lines):
        return []
    low = sorted((li for li in page.lines if li.cell is None and li.table is None), key=lambda li: li.base)
    start = len(low)
    while start > 0 and low[start - 1].size < 0.93 * body_size and low[start - 1].base > 0.5 * page.height:
        start -= 1
    while start < len(low) and not _NOTE.match(low[start].text):
        start += 1
    notes = low[start:]
    if not notes or len(notes) == len(low) or any(t.box[3] > notes[0].bottom for t in page.tables):
        return []
    out = {id(line) for line in notes}
    page.lines = [line for line in page.lines if id(line) not in out]
    return notes


def order(page: Page) -> list[Line]:
    """The page's lines in reading order, tables as one stand-in line each, ``column`` set.

    The order of the file is kept where it runs down the page. Otherwise: two or more columns of
    prose are read one after the other, between the lines that run across them; anything else side by
    side (labels and values, a letterhead) is read row by row.
    """
    lines = _join_markers([line for line in page.lines if line.cell is None] if page.tables else page.lines)
    for table in page.tables:
        x0, top, x1, bottom = table.box
        stand_in = Line("", x0, x1, top, bottom, bottom, 1.0, page=page.number, table=table, source=-1)
        below = (i for i, li in enumerate(lines) if li.top >= top - 1 and li.x0 < x1 and li.x1 > x0)
        at = next(below, len(lines))
        lines.insert(at, stand_in)
    if _runs_down(lines):
        return lines
    pairs = _side_by_side(lines)
    if not pairs:
        return sorted(lines, key=lambda li: li.top)
    columns = _framed(lines, page.height)
    if columns is not None:
        return columns
    rowwise = sum(1 for a, b in pairs if b - a == 1)
    if rowwise * 2 < len({b for _, b in pairs}):
        return _numbered(lines)  # written block by block: the file knows better
    return _rows(lines)


def _runs_down(lines: list[Line]) -> bool:
    for a, b in pairwise(lines):
        if b.top - a.top >= 0.3 * a.size:
            continue  # nearly all
        step = 0.3 * (a.size if a.size < b.size else b.size)
        if b.top < a.top + step and b.base <= a.base + step:
            return False
    return True


def _overlap(a: Line, b: Line) -> bool:
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared > 0.5 * min(a.bottom - a.top, b.bottom - b.top)


def _side_by_side(lines: list[Line]) -> list[tuple[int, int]]:
    """Pairs of indices (in file order) of lines standing beside each other."""
    by_top = sorted(range(len(lines)), key=lambda i: lines[i].top)
    pairs = []
    for at, i in enumerate(by_top, 1):
        a = lines[i]
        bottom, x0, x1 = a.bottom, a.x0 + 1, a.x1 - 1
        for j in by_top[at:]:
            b = lines[j]
            if b.top > bottom:
                break
            if (b.x0 >= x1 or x0 >= b.x1) and _overlap(a, b):
                pairs.append((i, j) if i < j else (j, i))
    return pairs


def _join_markers(lines: list[Line]) -> list[Line]:
    """A bullet or number that stands in a text object of its own goes back to the front of its line."""
    if not [line for line in lines if " " not in line.text]:
        return lines
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if (before is not None and " " not in before.text and _ONLY_MARKER.match(before.text) and _overlap(before, line)
                and -1 <= line.x0 - before.x1 < 6 * max(line.size, 6)):
            line.text = f"{before.text} {line.text}"
            line.x0 = before.x0
            joined[-1] = line
        else:
            joined.append(line)
    return joined


def _numbered(lines: list[Line]) -> list[Line]:
    """File order; a jump upwards begins a new column."""
    column = 0
    for before, line in pairwise(lines):
        if line.top < before.top - before.size:
            column += 1
        line.column = column
    return lines


def _framed(lines: list[Line], height: float) -> list[Line] | None:
    """``_columns``, between what stands apart at the page's head and foot: a letterhead, a line below that is on one page only."""
    head, body, foot = _frame(lines, height)
    columns = _columns(body)
    if columns is None:
        return _columns(lines) if head or foot else None
    left = max(li.x1 for li in columns if li.column == columns[0].column)
    head.sort(key=lambda li: (li.x0 > left, li.top, li.x0))
    for line in columns:
        line.column += 2
    for line in head:
        line.column = 1 + (line.x0 > left)
    for line in foot:
        line.column = columns[-1].column  # in which it stands far below all else, and goes on with nothing
    return [*head, *columns, *foot]


def _frame(lines: list[Line], height: float) -> tuple[list[Line], list[Line], list[Line]]:
    """The lines at the head, between and at the foot of a page; an empty strip over the whole page parts them."""
    by_top = sorted(lines, key=lambda li: li.top)
    first, last, bottom = 0, len(by_top), by_top[0].bottom
    for i, line in enumerate(by_top):
        if line.top - bottom > STRIP * max(line.size, 8):  # a table stands as a line of size 1
            if bottom < MARGIN_ZONE * height:
                first = i
            elif line.top > (1 - MARGIN_ZONE) * height:
                last = i
                break
        bottom = max(bottom, line.bottom)
    apart = {id(line) for line in (*by_top[:first], *by_top[last:])}
    return by_top[:first], [line for line in lines if id(line) not in apart], by_top[last:]


def _columns(lines: list[Line], depth: int = 0) -> list[Line] | None:
    """The lines read column by column, or None when they do not stand in columns of prose."""
    gutter = _gutter(lines)
    if gutter is None:
        return None
    left = [li for li in lines if li.x1 <= gutter + 1]
    right = [li for li in lines if li.x0 >= gutter - 1]
    across = sorted((li for li in lines if li.x1 > gutter + 1 and li.x0 < gutter - 1), key=lambda li: li.top)
    result: list[Line] = []
    column = 0
    for bar in [*across, None]:
        limit = bar.top if bar is not None else float("inf")
        for side in (left, right):
            part = [li for li in side if (li.top + li.bottom) / 2 < limit]
            if not part:
                continue
            inner = _columns(part, depth + 1) if depth < 3 and len(part) >= 8 else None
            if inner is None:
                inner = _rows(part) if _side_by_side(part) else sorted(part, key=lambda li: li.top)
                for line in inner:
                    line.column = 0
            base = column + 1
            for line in inner:
                line.column += base
                column = max(column, line.column)
            taken = {id(li) for li in part}
            if side is left:
                left = [li for li in left if id(li) not in taken]
            else:
                right = [li for li in right if id(li) not in taken]
            result += inner
        if bar is not None:
            if not result or result[-1].column != column or result[-1].x1 <= gutter + 1 or result[-1].x0 >= gutter - 1:
                column += 1
            bar.column = column
            result.append(bar)
    return result


def _gutter(lines: list[Line]) -> float | None:
    """The x of an empty strip with prose on both sides, or None."""
    lines = [line for line in lines if line.table is None]
    if len(lines) < 6:
        return None
    starts, ends = sorted([li.x0 for li in lines]), sorted([li.x1 for li in lines])
    start, end = starts[0], ends[-1]
    span = end - start
    if span < 150:
        return None
    best: tuple[float, float] | None = None
    tried = float("-inf")
    count = len(lines)
    for edge in ends[bisect_right(ends, start + 0.15 * span):bisect_left(ends, end - 0.15 * span)]:
        x = edge + 1
        if x - tried < 2:
            continue
        lefts, rights = bisect_right(ends, x), count - bisect_left(starts, x)
        across = count - lefts - rights
        if lefts < 3 or rights < 3 or across > 0.5 * count:
            continue
        gap = starts[count - rights] - ends[lefts - 1]
        if gap < 4 or (best is not None and gap - 40 * across <= best[0]):
            continue
        tried = x
        left = [li for li in lines if li.x1 <= x]
        right = [li for li in lines if li.x0 >= x]
        if _beside(left, right) and _prose(left) and _prose(right):
            best = gap - 40 * across, (starts[count - rights] + ends[lefts - 1]) / 2
    return best[1] if best else None


def _beside(left: list[Line], right: list[Line]) -> bool:
    shared = min(max(li.bottom for li in left), max(li.bottom for li in right)) - \
        max(min(li.top for li in left), min(li.top for li in right))
    return shared > 2 * max(left[0].size, 4)


def _prose(lines: list[Line]) -> bool:
    """Whether the lines look like running text: most fill their column, and have several words."""
    widths = [li.x1 - li.x0 for li in lines]
    widest = max(widths)
    if widest <= 80 or 2 * len([width for width in widths if width > 0.7 * widest]) < len(lines):
        return False
    return sum([li.text.count(" ") for li in lines]) >= 2 * len(lines)  # three words a line


def _rows(lines: list[Line]) -> list[Line]:
    """Row by row; what stands on one height becomes one line."""
    rest = sorted(lines, key=lambda li: (li.top, li.x0))
    rows: list[list[Line]] = []
    for line in rest:
        row = rows[-1] if rows else None
        if row and line.table is None and row[0].table is None and _overlap(row[0], line):
            row.append(line)
        else:
            rows.append([line])
    result = []
    for row in rows:
        row.sort(key=lambda li: li.x0)
        first = row[0]
        for line in row[1:]:
            first.text = f"{first.text} {line.text}"
            first.x1 = max(first.x1, line.x1)
            first.bold = first.bold and line.bold
            first.hyphen = line.hyphen
        result.append(first)
    return result
