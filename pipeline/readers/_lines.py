"""Printed lines become paragraphs, headings and items.

Plain text comes hard-wrapped at some width, in columns, or one paragraph a line, with or without
bullets, and pages break sentences. A line is joined with the next one when the next word would not
have fitted on it (that is how a paragraph was wrapped) and the words allow it; what looks like an
item of its own stays one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.model import Block
from pipeline.readers._common import clean, split_marker, unprivate

_TERMINAL = re.compile(r"[.!?…:;][\"'»”’)\]]*$")
_SENTENCE_END = re.compile(r"[.!?…][\"'»”’)\]]*$")
# A line that ends with one of these is not finished, whatever follows.
_OPEN_WORDS = frozenset(
    str.split(
        "og eller samt men at som om for til i på av med mot mellom fra hos ved under over etter før uten innen "
        "innenfor gjennom mht ift ifm jf jfr pkt nr kap sak punkt den det de en ei et ein eit vår våre dei å enn når "
        "der hvor kor både ikke ikkje bør må skal kan vil er har blir vert ble vart sin sitt sine per pr ca inkl"
    )
)
_HYPHEN_KEEP = frozenset(str.split("og eller samt til"))
_PAGE_NUMBER = re.compile(
    r"^(?:-\s*\d{1,3}\s*-|(?:side|page|s\.)\s*\d{1,3}(?:\s*(?:av|of|/)\s*\d{1,3})?|"
    r"\d{1,3}\s*(?:av|of|/)\s*\d{1,3})$",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"^\d{1,3}$")
_RULE = re.compile(r"^[\s_\-=*#~·.—–─═]{3,}$")
_NUMBERED = re.compile(r"^\(?(\d{1,2}(?:\.\d{1,2})*)\.?\)?$")
_FIELD = re.compile(r"@|\d{4,}|\d\d \d\d|www\.|https?:|:\s*\S")
# An introduction to a list, not a heading: it has a subject and a verb of saying or wanting.
_LEAD_IN = re.compile(
    r"\b(vi|me|rs|det|følgende|følgjande|dette|disse|desse|ønsker|ønskjer|mener|meiner|foreslår|bør|må"
    r"|skal|kan|er|har|slik|under|blant|f\.eks|eksempel|hilsen|helsing|mvh|hei)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"\b(hilsen|helsing|mvh|vh)\b", re.IGNORECASE)
_ATX = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*$")
_STRONG = "\u2063"  # stands for ** and __, which would be taken for bullets at the start of a line
_EMPHASIS = re.compile(rf"({_STRONG})(?=\S)(.+?)(?<=\S)\1")
_SLANTED = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])|(?<!\w)_(?=[^\s_])([^_]+?)(?<=\S)_(?!\w)")
_LINK = re.compile(r"!?\[([^\]]*)\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
_CHECKBOX = re.compile(r"^\[([ xX])\]\s+")
_NARROW = 60  # columns: what is wrapped narrower than this could be a list of short lines as well
_LOOSE, _STRICT = 0.72, 0.9  # how full a line is that the next one continues
_ENDLESS = 170  # columns: a longer line was not wrapped by anyone


@dataclass(slots=True)
class _Line:
    number: int
    raw: str  # right-stripped, with indentation
    text: str  # without indentation and marker
    marker: str
    indent: int
    page_break: bool = False  # a form feed stands before it

    @property
    def width(self) -> int:
        return len(self.raw)


@dataclass(slots=True)
class _Part:
    """Lines that have been found to belong together."""

    lines: list[_Line]
    gap_before: bool
    place: str = "body"
    kind: str = "paragraph"
    level: int = 0
    bold: bool = False
    text: str = field(default="")

    @property
    def marker(self) -> str:
        return self.lines[0].marker


def split(text: str) -> list[tuple[int, str]]:
    """Lines with their 1-based numbers; a form feed stays at the start of the line that it opens."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return [(i, line) for i, line in enumerate(text.split("\n"), 1)]


def blocks(
    lines: Sequence[tuple[int, str]],
    *,
    markdown: bool = False,
    place: str = "body",
    flowed: bool = False,
    locator: str = "line",
) -> list[Block]:
    """Blocks of these numbered lines, in order, each with locator ``line=<first line>``.

    ``flowed``: a line that ends in a blank continues on the next (RFC 3676). ``markdown``: its
    headings, tables, check boxes and emphasis are understood.
    """
    if flowed:
        lines = _unflow(lines)
    parts: list[_Part | Block] = []
    known = _names([text for _, text in lines])
    pending: list[tuple[int, str]] = []
    table = 0

    def flush() -> None:
        parts.extend(_paragraphs(pending, known))
        pending.clear()

    if not markdown:
        pending.extend(lines)
        flush()
    else:
        rows: list[tuple[int, list[str]]] = []
        for number, text in [*lines, (0, "")]:
            cells = _table_row(text)
            if cells is not None:
                if not rows:
                    flush()
                rows.append((number, cells))
                continue
            if rows:
                table += 1
                parts.extend(_table(rows, table, locator))
                rows = []
            m = _ATX.match(text)
            underline = pending and pending[-1][1].strip() and re.fullmatch(r" {0,3}(=+|-{3,})\s*", text)
            if m and m[2]:
                flush()
                parts.append(_heading(number, m[2], len(m[1])))
            elif underline and (len(pending) == 1 or not pending[-2][1].strip()):
                at, title = pending.pop()
                flush()
                parts.append(_heading(at, title, 1 if "=" in text else 2))
            elif re.match(r"^ {0,3}(```|~~~)", text):
                pending.append((number, ""))
            else:
                text = re.sub(r"\*\*|__", _STRONG, re.sub(r"^ {0,3}(?:> ?)+", "", text))
                pending.append((number, text))
        flush()
    _mark_headings([p for p in parts if isinstance(p, _Part)], markdown)
    out = []
    for part in parts:
        block = part if isinstance(part, Block) else _block(part, locator)
        if markdown:
            block = _inline(block)
        if block.text or block.kind == "cell":
            out.append(block._replace(place=place) if place != "body" and block.place == "body" else block)
    return out


def join(texts: Sequence[str]) -> str:
    """Wrapped lines as one: a word divided at the end of a line is put together, true hyphens stay."""
    out = ""
    for text in texts:
        text = text.strip()
        if not text:
            continue
        if not out:
            out = text
        elif out.endswith(("\u00ad", "\x02")):
            out = out[:-1] + text
        elif out.endswith(("-", "\u2010")) and len(out) > 1 and out[-2].isalnum():
            out = _join_hyphen(out, text)
        elif out.endswith("/") and len(out) > 1 and not out[-2].isspace():
            out += text
        else:
            out += " " + text
    return out


def _join_hyphen(head: str, tail: str) -> str:
    first = re.match(r"\w+", tail)
    word = first[0] if first else ""
    before = re.search(r"(\w+)[-\u2010]$", head)
    stem = before[1] if before else ""
    if word.lower() in _HYPHEN_KEEP:  # "helse- og omsorg"
        return f"{head} {tail}"
    if not word[:1].islower() or stem.isupper() or len(stem) == 1 or stem[-1:].isdigit():  # "IKT-miljøene", "e-helse"
        return head + tail
    return head[:-1] + tail


def _unflow(lines: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    out: list[tuple[int, str]] = []
    open_line = False
    for number, text in lines:
        soft = text.endswith(" ") and text != "-- "
        text = text.removeprefix(" ")
        if open_line and out:
            out[-1] = (out[-1][0], out[-1][1] + text)
        else:
            out.append((number, text))
        open_line = soft
    return out


def _names(texts: Sequence[str]) -> frozenset[str]:
    """Words that stand with a capital inside a sentence: names, so that a capital does not open an item."""
    found: set[str] = set()
    for text in texts:
        found.update(m[1] for m in re.finditer(r"(?<=[a-zæøå,] )([A-ZÆØÅ][\w-]+)", text))
    return frozenset(found)


def _paragraphs(lines: Sequence[tuple[int, str]], names: frozenset[str]) -> list[_Part]:
    rows: list[_Line | None] = []
    feed = False
    for number, text in lines:
        if "\f" in text:
            feed = True
            text = text.replace("\f", "")
        raw = text.expandtabs(4).rstrip()
        stripped = raw.strip()
        if not clean(stripped) or _RULE.match(stripped):
            rows.append(None)
            continue
        marker, rest = split_marker(stripped)
        if not clean(unprivate(rest)):
            marker, rest = "", stripped
        rows.append(_Line(number, raw, rest, marker, len(raw) - len(raw.lstrip()), feed))
        feed = False
    width = _document_width(rows)
    chunk, near = _chunk_widths(rows)
    parts: list[_Part] = []
    gap = True
    for i, line in enumerate(rows):
        if line is None:
            gap = True
            continue
        if _is_page_number(rows, i):
            parts.append(_Part([line], gap, place="footer"))
            continue
        last = next((p for p in reversed(parts) if p.place == "body"), None)
        if last is not None and _continues(last, line, gap, width, chunk, near, names):
            last.lines.append(line)
        else:
            parts.append(_Part([line], gap))
        gap = False
    for part in parts:
        head, *rest = part.lines
        part.text = join([head.text, *(f"{r.marker} {r.text}" if r.marker else r.text for r in rest)])
        if head.marker:
            part.kind = "item"
    _levels(parts)
    return parts


def _is_page_number(rows: Sequence[_Line | None], i: int) -> bool:
    line = rows[i]
    whole = line.raw.strip()
    alone = (i == 0 or rows[i - 1] is None) and (i + 1 == len(rows) or rows[i + 1] is None)
    if _PAGE_NUMBER.match(whole):
        return alone or line.page_break or (i + 1 < len(rows) and rows[i + 1] is not None and rows[i + 1].page_break)
    if not _BARE_NUMBER.match(whole):
        return False
    following = next((r for r in rows[i + 1 :] if r is not None), None)
    return line.page_break or (following is not None and following.page_break)


def _document_width(rows: Sequence[_Line | None]) -> int:
    """The column at which this text is wrapped, 0 when it is not."""
    widths = sorted(
        a.width
        for a, b in pairwise(rows)
        if a and b and not b.marker and b.text[:1].islower() and not _TERMINAL.search(a.text) and a.width <= _ENDLESS
    )
    return widths[int(len(widths) * 0.9)] if len(widths) >= 3 else 0


def _chunk_widths(rows: Sequence[_Line | None]) -> tuple[dict[int, int], dict[int, int]]:
    """Line number -> the widest line in its run of lines without a blank one; and among its next neighbours.

    The second differs where text runs in a narrow column beside a figure.
    """
    widths: dict[int, int] = {}
    near: dict[int, int] = {}
    group: list[_Line] = []
    for line in [*rows, None]:
        if line is not None:
            group.append(line)
            continue
        widest = max((g.width for g in group), default=0)
        widths.update((g.number, widest) for g in group)
        near.update((g.number, max(n.width for n in group[max(i - 1, 0) : i + 3])) for i, g in enumerate(group))
        group = []
    return widths, near


def _continues(
    part: _Part, line: _Line, gap: bool, width: int, chunk: dict[int, int], near: dict[int, int], names: frozenset[str]
) -> bool:
    """Whether ``line`` goes on with the sentence of ``part``."""
    last = part.lines[-1]
    tail, head = last.text.rstrip(), line.text
    word = re.findall(r"[\w.]+", tail)[-1:] or [""]
    open_end = (
        (word[0].rstrip(".").lower() in _OPEN_WORDS and not _SENTENCE_END.search(tail))
        or tail.endswith((",", "\xad", "\x02", " -", " –", "/"))
        or bool(re.search(r"\w[-\u2010]$", tail))
    )
    open_end = open_end or (word[0].rstrip(".").lower() in _ABBREVIATED and tail.endswith("."))
    hyphen = bool(re.search(r"\w[-\u2010\u00ad\x02]$", tail))
    lower = head[:1].islower()
    own = max(chunk.get(last.number, 0), chunk.get(line.number, 0) if not gap else 0)
    if last.width > _ENDLESS:
        return False
    limit = max(own, width) if own >= 0.7 * width else own
    first = re.match(r"\S+", line.raw.strip())
    fills = last.width + 1 + len(first[0] if first else "")

    if line.marker:
        # "innen / 1. mai", "pkt. / 2.1", "siste tur / 22.10 går": a number that only looks like a marker
        goes_on = open_end or (line.marker[-1:].isdigit() and not _TERMINAL.search(tail))
        return (
            not gap
            and goes_on
            and not hyphen
            and not tail.endswith(",")
            and line.marker[:1].isdigit()
            and lower
            and fills > _LOOSE * limit
            and limit >= _NARROW
        )
    if gap:
        # a page break, or a blank line that a converter left, inside a sentence
        if _TERMINAL.search(tail) and not hyphen:
            return False
        if part.marker and (lower or (part.marker == "•" and open_end and not tail.endswith((",", ":")))):
            return True
        wrapped = width and last.width >= _LOOSE * width
        return lower and ((open_end and len(tail) > 20) or bool(wrapped)) and not _looks_like_field(tail)
    if hyphen and lower and fills > 0.5 * limit:
        return True
    if limit < _NARROW:
        if own < 25 or not lower or _TERMINAL.search(tail):
            return bool(open_end and lower and own >= 25)
        # narrow column or list of fragments: a fragment list begins in lower case throughout
        return ((open_end or fills > limit) and not part.lines[0].text[:1].islower()) or (
            bool(part.marker) and (open_end or fills > _STRICT * limit)
        )
    full = fills > (_LOOSE if lower or open_end else _STRICT) * limit
    if lower:
        full = full or (fills > _STRICT * near.get(last.number, limit) and last.width >= 40)
        if tail.endswith(":") or _SENTENCE_END.search(tail):
            return full
        return full or (open_end and last.width > 0.5 * limit) or _hanging(part, line)
    if not full:
        return False
    if not head[:1].isalpha():
        return True  # "(2024)", "«Skrøpelige", "2025": goes on
    if _SENTENCE_END.search(tail) or open_end:
        return not (tail.endswith(":") or (tail.endswith(",") and len(tail) < 40))
    if tail.endswith(":"):
        return False
    starter = re.match(r"[\w-]+", head)
    name = starter is not None and (starter[0] in names or (len(starter[0]) > 1 and starter[0].isupper()))
    return name or (not part.marker and _hangs_as_paragraph(last, line))


# Abbreviations that end in a full stop without ending a sentence.
_ABBREVIATED = frozenset(
    str.split("jf jfr pkt nr kap bl a m.a f.eks t.d mht ift ifm evt ev inkl ca pr dvs vedr iht ila")
)


def _hanging(part: _Part, line: _Line) -> bool:
    """A continuation that is indented under the text of its item."""
    return bool(part.marker) and line.indent >= part.lines[0].indent + 2


def _hangs_as_paragraph(last: _Line, line: _Line) -> bool:
    return abs(last.indent - line.indent) <= 4


def _looks_like_field(text: str) -> bool:
    return bool(_FIELD.search(text)) and len(text) < 60


def _levels(parts: Sequence[_Part]) -> None:
    """Depth of items, by indentation within one list."""
    stack: list[int] = []
    for part in parts:
        if part.place != "body":
            continue
        if part.kind != "item":
            stack = []
            continue
        indent = part.lines[0].indent
        while stack and indent < stack[-1]:
            stack.pop()
        if not stack or indent > stack[-1] + 1:
            stack.append(indent)
        part.level = len(stack) - 1


def _heading(number: int, title: str, level: int) -> _Part:
    marker, rest = split_marker(title)
    line = _Line(number, title, rest, marker if marker != "•" else "", 0)
    return _Part([line], True, kind="heading", level=level, text=rest if marker != "•" else title)


def _mark_headings(parts: Sequence[_Part], markdown: bool) -> None:
    body = [p for p in parts if p.place == "body"]
    numbered = any(p.kind == "item" and _NUMBERED.match(p.marker) for p in body)
    for i, part in enumerate(body):
        if part.kind == "heading" or len(part.text) > 120 or i + 1 == len(body):
            continue
        before = body[i - 1] if i else None
        after = body[i + 1]
        m = _NUMBERED.match(part.marker)
        if m:
            depth = m[1].count(".") + 1
            if _is_numbered_heading(part, before, after, depth):
                part.kind, part.level = "heading", depth
        elif not part.marker and not markdown and _is_plain_heading(part, before, after):
            part.kind, part.level = "heading", 2 if numbered else 1


def _is_numbered_heading(part: _Part, before: _Part | None, after: _Part, depth: int) -> bool:
    """A number that stands alone among text is a heading; in a row with its neighbours it is an item."""
    text = part.text
    if not text[:1].isupper() or (text.endswith((".", ",", ";")) and not text.endswith("…")):
        return False
    if len(part.lines) > 1 and depth == 1 and after.marker != "•":
        return False

    def sibling(other: _Part | None) -> bool:
        m = other and _NUMBERED.match(other.marker)
        return bool(m) and other.kind != "heading" and m[1].count(".") + 1 == depth

    if depth == 1:
        if part.gap_before and after.gap_before and sibling(after) and not (before and sibling(before)):
            return False
        return not sibling(before) and not sibling(after)
    return not sibling(after) and not (sibling(before) and before.kind == "item")


def _is_plain_heading(part: _Part, before: _Part | None, after: _Part) -> bool:
    text = part.text
    if not part.gap_before or len(part.lines) > 1 or len(text) > 75 or not text[:1].isupper():
        return False
    if before is not None and (_CLOSING.search(before.text) and len(before.text) < 60):
        return False
    words = text.rstrip(":").split()
    if text.endswith(":"):
        return len(words) <= 5 and not _LEAD_IN.search(text)
    if text.endswith((".", ",", ";", "!", "-", "…", "»", "«")) or _FIELD.search(text) or _CLOSING.search(text):
        return False
    if words[-1].lower() in _OPEN_WORDS or re.match(r"(Hei|Kjære|God dag|Til|Fra)\b", text):
        return False
    # a lone short line between other lone short lines is an address or a list, not a heading
    if re.search(r"[.!?] \S", text) or (
        before is not None
        and before.kind == "item"
        and after.kind == "item"
        and (not after.gap_before and len(words) > 5)
    ):
        return False
    short = not after.marker and len(after.text) < 60 and not _SENTENCE_END.search(after.text)
    return not short and len(words) <= 10


def _block(part: _Part, locator: str) -> Block:
    text = clean(unprivate(part.text))
    return Block(
        text=text,
        kind=part.kind,
        place=part.place,
        locator=f"{locator}={part.lines[0].number}",
        level=part.level,
        marker=part.marker,
        bold=part.bold,
    )


def _inline(block: Block) -> Block:
    """Markdown inside a line: links keep their address, emphasis its words, check boxes their state."""
    text = block.text
    text = _LINK.sub(lambda m: m[1] if m[2] in (m[1], f"mailto:{m[1]}") else f"{m[1]} ({m[2]})".strip(), text)
    m = _CHECKBOX.match(text)
    if m:
        text = ("☒ " if m[1] in "xX" else "☐ ") + text[m.end() :]
    bold = bool(re.fullmatch(rf"{_STRONG}[^{_STRONG}]+{_STRONG}:?", text))
    text = _EMPHASIS.sub(r"\2", text).replace(_STRONG, "**")
    text = _SLANTED.sub(lambda s: s[1] or s[2], text)
    text = re.sub(r"\\([\\`*_{}\[\]()#+\-.!|>])", r"\1", text).replace("`", "")
    return block._replace(text=clean(text), bold=bold or block.bold)


def _table_row(text: str) -> list[str] | None:
    text = text.strip()
    if not (text.startswith("|") and text.endswith("|") and len(text) > 2):
        return None
    return [c.strip().replace("\\|", "|") for c in re.split(r"(?<!\\)\|", text[1:-1])]


def _table(rows: Sequence[tuple[int, list[str]]], table: int, locator: str) -> list[Block]:
    out, at = [], 0
    for number, cells in rows:
        if all(re.fullmatch(r":?-+:?", c) for c in cells if c) and any(cells):
            continue
        at += 1
        out += [
            Block(text=clean(unprivate(c)), kind="cell", locator=f"{locator}={number}", table=table, row=at, col=j)
            for j, c in enumerate(cells, 1)
        ]
    return out
