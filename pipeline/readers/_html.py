"""HTML becomes blocks: what a browser would show, without scripts, styles and hidden parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html import unescape

from pipeline.errors import OverLimit, Unreadable
from pipeline.model import Block
from pipeline.readers._common import clean, split_marker, unprivate

_DROP = frozenset(
    str.split(
        "script style noscript template head meta link object embed iframe applet svg math canvas audio "
        "video source track param base"
    )
)
_BLOCK = frozenset(
    str.split(
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
        "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre "
        "section summary table tbody td tfoot th thead tr ul o:p option"
    )
)
_BOLD = frozenset(("b", "strong", "th"))
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_COLOUR = re.compile(r"background(?:-color)?\s*:\s*([^;]+)", re.IGNORECASE)
_NAMED = {
    "red": "FF0000",
    "green": "008000",
    "lime": "00FF00",
    "yellow": "FFFF00",
    "orange": "FFA500",
    "blue": "0000FF",
    "gray": "808080",
    "grey": "808080",
    "silver": "C0C0C0",
    "black": "000000",
    "lightgreen": "90EE90",
    "limegreen": "32CD32",
    "gold": "FFD700",
    "tomato": "FF6347",
    "crimson": "DC143C",
    "darkred": "8B0000",
    "darkgreen": "006400",
    "salmon": "FA8072",
    "pink": "FFC0CB",
    "lightyellow": "FFFFE0",
    "lightblue": "ADD8E6",
    "aqua": "00FFFF",
    "cyan": "00FFFF",
    "navy": "000080",
    "purple": "800080",
    "maroon": "800000",
    "olive": "808000",
    "teal": "008080",
    "fuchsia": "FF00FF",
    "magenta": "FF00FF",
    "forestgreen": "228B22",
    "lightgray": "D3D3D3",
    "lightgrey": "D3D3D3",
    "khaki": "F0E68C",
    "coral": "FF7F50",
    "darkorange": "FF8C00",
    "yellowgreen": "9ACD32",
}
_DEPTH = 400  # nested elements: deeper ones are not written by people


@dataclass(slots=True)
class _State:
    kind: str = "paragraph"
    level: int = 0
    marker: str = ""
    bold: bool = False
    place: str = "body"
    pre: bool = False
    cell: tuple[int, int, int, int, int] | None = None  # table, row, col, row span, col span
    fill: str | None = None


@dataclass(slots=True)
class _Walk:
    out: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    plain: bool = False  # some text since the last block was not bold
    tables: int = 0


def blocks(data: bytes | str, *, locator: str = "paragraph") -> tuple[list[Block], dict[str, str]]:
    """(blocks in reading order, properties title and author). Raises Unreadable when nothing can be parsed."""
    from lxml import etree, html

    if isinstance(data, bytes):
        from pipeline.readers._encoding import decode

        m = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", data[:4000])
        data = decode(data, m[1].decode() if m else None)
    data = re.sub(r"^\s*<\?xml[^>]*\?>", "", data.replace("\0", ""))
    if not data.strip():
        return [], {}
    try:
        # huge_tree off: libxml2's own limits against absurd nesting and sizes stay on
        root = html.document_fromstring(
            data, parser=html.HTMLParser(encoding=None, remove_comments=True, remove_pis=True, huge_tree=False)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise Unreadable(
            "HTML-en kan ikke leses.", "Lagre siden som PDF eller Word, og legg den inn på nytt."
        ) from error
    plain = _without_tags(data)
    if len(root.text_content()) < len(plain) // 2:
        # nested deeper than the parser follows: the text without its structure
        walk = _Walk([Block(text=t) for line in plain.splitlines() if (t := clean(unprivate(line)))])
        return [b._replace(locator=_locate(b, i, locator)) for i, b in enumerate(walk.out, 1)], {}
    walk = _Walk()
    properties = {}
    title = root.find(".//head/title")
    if title is not None and clean(title.text_content()):
        properties["title"] = clean(title.text_content())
    for meta in root.iterfind(".//head/meta"):
        if (meta.get("name") or "").lower() == "author" and meta.get("content"):
            properties["author"] = clean(meta.get("content"))
    body = root.find(".//body")
    _walk(body if body is not None else root, _State(), walk, 0)
    _flush(walk, _State())
    return [b._replace(locator=_locate(b, i, locator)) for i, b in enumerate(walk.out, 1)], properties


def _without_tags(page: str) -> str:
    page = re.sub(r"(?is)<(script|style|head|noscript|template)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", " ", page)
    return unescape(re.sub(r"<(?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*>", "\n", page)).strip()


def _locate(block: Block, number: int, word: str) -> str:
    if block.table:
        return f"table={block.table};row={block.row};col={block.col}"
    return f"{word}={number}"


def _walk(element, state: _State, walk: _Walk, depth: int) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if depth > _DEPTH:
        # deeper than anyone writes: the text, without its structure
        walk.words.append(" ".join(element.itertext()))
        return
    if tag in _DROP or not tag:
        return
    style = element.get("style") or ""
    if _HIDDEN_STYLE.search(style) or element.get("hidden") is not None:
        state = replace(state, place="hidden")
    if tag == "table":
        _flush(walk, state)
        _table(element, state, walk, depth)
        return
    if tag == "br":
        if state.pre or walk.words:
            _flush(walk, state)
        return
    if tag == "img":
        alt = clean(element.get("alt") or "")
        if alt:
            _flush(walk, state)
            _add(walk, alt, replace(state, place="alt" if state.place == "body" else state.place, marker=""), False)
        return
    if tag == "input":
        _input(element, walk)
        return
    if tag == "select":
        chosen = [o for o in element.iter("option") if o.get("selected") is not None] or list(element.iter("option"))[
            :1
        ]
        walk.words.append(" " + " ".join(clean(o.text_content()) for o in chosen) + " ")
        walk.plain = True
        return
    block = tag in _BLOCK
    inner = state
    if block:
        _flush(walk, state)
        inner = _inner(element, tag, state)
    elif tag in _BOLD or re.search(r"font-weight\s*:\s*(bold|[6-9]00)", style):
        inner = replace(state, bold=True)
    if tag == "del":  # a tracked deletion; text that is only struck through is kept, as in Word files
        return
    _text(element.text, inner, walk)
    number = _first_number(element) if tag == "ol" else 0
    for child in element:
        follows = inner
        if child.tag == "li":
            follows = replace(
                inner, marker=f"{number}." if tag == "ol" else "•", kind="item", level=max(_list_depth(child) - 1, 0)
            )
            if tag == "ol":
                number += 1
        _walk(child, follows, walk, depth + 1)
        _text(child.tail, inner if child.tag != "li" else state, walk)
    if block:
        _flush(walk, inner)


def _inner(element, tag: str, state: _State) -> _State:
    if tag[0] == "h" and tag[1:].isdigit():
        return replace(state, kind="heading", level=int(tag[1]), marker="")
    if tag == "pre":
        return replace(state, pre=True)
    if tag in ("p", "div") and state.kind == "heading":
        return state
    fill = _fill(element)
    return replace(state, fill=fill or state.fill) if state.cell else state


def _first_number(element) -> int:
    start = element.get("start") or "1"
    return int(start) if start.lstrip("-").isdigit() and len(start) < 6 else 1


def _list_depth(element) -> int:
    return sum(1 for a in element.iterancestors("ul", "ol"))


def _input(element, walk: _Walk) -> None:
    kind = (element.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        walk.words.append(("☒" if element.get("checked") is not None else "☐") + " ")
    elif kind in ("text", "search", "email", "tel", "url", "number", "date") and element.get("value"):
        walk.words.append(f" {element.get('value')} ")
    walk.plain = True


def _text(text: str | None, state: _State, walk: _Walk) -> None:
    if not text:
        return
    if state.pre:
        for i, line in enumerate(text.split("\n")):
            if i:
                _flush(walk, state)
            walk.words.append(line)
        return
    if text.strip() and not state.bold:
        walk.plain = True
    walk.words.append(text)


def _flush(walk: _Walk, state: _State) -> None:
    text = clean(unprivate("".join(walk.words)))
    bold = not walk.plain
    walk.words.clear()
    walk.plain = False
    if text:
        _add(walk, text, state, bold)


def _add(walk: _Walk, text: str, state: _State, bold: bool) -> None:
    if len(walk.out) > 2_000_000:
        raise OverLimit("HTML-filen har mer enn to millioner avsnitt.", "Del den opp.")
    marker, kind, level = state.marker, state.kind, state.level
    if not marker and kind != "heading":
        marker, text = split_marker(text)
        if marker and not state.cell:
            kind = "item"
    if state.cell:
        table, row, col, rows, cols = state.cell
        kind = "cell"
        walk.out.append(
            Block(
                text=text,
                kind=kind,
                place=state.place,
                marker=marker,
                bold=bold or state.bold,
                table=table,
                row=row,
                col=col,
                row_span=rows,
                col_span=cols,
                fill=state.fill,
            )
        )
    else:
        if kind == "item" and state.marker:
            state.marker = ""  # the item's second paragraph has no marker of its own
        walk.out.append(
            Block(text=text, kind=kind, place=state.place, level=level, marker=marker, bold=bold or state.bold)
        )


_ROWS = frozenset(("tbody", "thead", "tfoot", "tr"))
_IN_TABLE = _ROWS | {"td", "th", "caption", "col", "colgroup"}


def _misplaced(holder, state: _State, walk: _Walk, depth: int) -> None:
    """What stands in a table outside its cells: a browser shows it above the table."""
    _text(holder.text, state, walk)
    for child in holder:
        if child.tag in _ROWS:
            _misplaced(child, state, walk, depth + 1)
        elif child.tag not in _IN_TABLE:
            _walk(child, state, walk, depth + 1)
        _text(child.tail, state, walk)
    _flush(walk, state)


def _table(table, state: _State, walk: _Walk, depth: int) -> None:
    """Cells of a table; a nested one is a table of its own. A single-cell table is lay-out, not a table."""
    rows = [r for r in table.iter("tr") if next(r.iterancestors("table")) is table]
    cells = [[c for c in row if c.tag in ("td", "th")] for row in rows]
    layout = (
        table.get("role") == "presentation"
        or sum(len(c) for c in cells) <= 1
        or (all(len(c) <= 1 for c in cells) and table.find(".//table") is not None)
    )
    caption = table.find("caption")
    if caption is not None:
        _walk(caption, replace(state, cell=None), walk, depth + 1)
    _misplaced(table, state, walk, depth)
    if layout or (state.cell and depth > 60):
        for row in cells:
            for cell in row:
                _walk(cell, state, walk, depth + 1)
        return
    walk.tables += 1
    number = walk.tables
    taken: set[tuple[int, int]] = set()
    for i, row in enumerate(cells, 1):
        col = 0
        for cell in row:
            col += 1
            while (i, col) in taken:
                col += 1
            height, width = _span(cell, "rowspan", len(cells) - i + 1), _span(cell, "colspan", 200)
            taken.update((y, x) for y in range(i, i + height) for x in range(col, col + width))
            fill = _fill(cell) or _fill(cell.getparent())
            inner = replace(
                state, cell=(number, i, col, height, width), fill=fill, kind="cell", marker="", bold=cell.tag == "th"
            )
            before = len(walk.out)
            _walk(cell, inner, walk, depth + 1)
            if not any(b.table == number and (b.row, b.col) == (i, col) for b in walk.out[before:]):
                walk.out.append(
                    Block(
                        text="",
                        kind="cell",
                        place=state.place,
                        table=number,
                        row=i,
                        col=col,
                        row_span=height,
                        col_span=width,
                        fill=fill,
                    )
                )
            col += width - 1


def _span(cell, name: str, most: int) -> int:
    value = (cell.get(name) or "1").strip()
    return max(1, min(int(value), most)) if value.isdigit() and len(value) < 6 else 1


def _fill(element) -> str | None:
    """ "RRGGBB" of a background as the eye sees it; None for white, transparent or none."""
    m = _COLOUR.search(element.get("style") or "")
    value = (m[1] if m else element.get("bgcolor") or "").strip().lower()
    value = value.replace("!important", "").strip()
    if value.startswith("rgb"):
        parts = [int(float(n)) for n in re.findall(r"\d+(?:\.\d+)?", value)[:3]]
        colour = "".join(f"{min(n, 255):02X}" for n in parts) if len(parts) == 3 else ""
    else:
        m = re.match(r"#?([0-9a-f]{6}|[0-9a-f]{3})\b", value)
        colour = m[1].upper() if m else _NAMED.get(value.split(" ")[0], "")
        if len(colour) == 3:
            colour = "".join(c * 2 for c in colour)
    return colour if colour and colour != "FFFFFF" else None
