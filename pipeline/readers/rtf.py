"""Rich Text Format with striprtf; what it passes over (notes, comments, boxes) is fetched group by group."""

from __future__ import annotations

import re

from pipeline.errors import Unreadable
from pipeline.model import Block, Content
from pipeline.readers import _encoding
from pipeline.readers._common import clean, split_marker, unprivate

NAME = "rtf"
SUFFIXES = (".rtf",)
_CELL, _ROW, _START = "\ue102", "\ue103", "\ue104"
_MARKS = {_CELL: -7934, _ROW: -7933, _START: -7932}  # the same, as RTF writes them
_GROUPS = re.compile(
    r"\{(?:\\\*)?\\(footnote|annotation|header[lrf]?|footer[lrf]?|shptxt|deleted|atnauthor|atnid|atrfstart|atrfend"
    r"|listtable|listoverridetable|fonttbl|colortbl|stylesheet|info|generator)(?![a-z])"
)
_PLACES = {"footnote": "footnote", "annotation": "comment", "shptxt": "textbox"}
_LETTER = re.compile(r"\\\\|\\u(-?\d+)")
_ALT = re.compile(r"\\ftnalt\b")


def sniff(data: bytes, name: str) -> int:
    """3 for the signature."""
    if data.lstrip()[:5] == b"{\\rtf":
        return 3
    return 1 if name.lower().endswith(SUFFIXES) else 0


def read(data: bytes, name: str, options) -> Content:
    """Body, then notes, boxes, comments, headers. Raises Unreadable when there is no text."""
    if data.lstrip()[:3] == b"{\\p":  # a fragment without its head: "{\\pard ..."
        data = b"{\\rtf1\\ansi " + data + b"}"
    if not data.lstrip()[:5] == b"{\\rtf":
        raise Unreadable("Filen er ikke i RTF-format.", "Lagre den som .docx, og legg den inn på nytt.")
    blocks = rtf_blocks(data)
    if not any(b.text for b in blocks):
        raise Unreadable("Filen har ingen tekst.", "Be avsenderen sende den på nytt.")
    return Content(
        format=NAME,
        blocks=tuple(blocks),
        properties=_properties(data),
        findings=_encoding.broken_letters("\n".join(b.text for b in blocks)),
    )


def _properties(data: bytes) -> tuple[tuple[str, str], ...]:
    head = data[:200_000].decode("latin-1")
    found = {}
    for key in ("author", "subject", "title"):
        m = re.search(rf"\{{\\{key} ([^{{}}]*)\}}", head)
        text = clean(_text(f"{{\\rtf1\\ansi {m[1]}}}", "cp1252")) if m else ""
        if text:
            found[key] = text
    return tuple(sorted(found.items()))


def rtf_blocks(data: bytes) -> list[Block]:
    """Blocks of RTF bytes; also for the bodies of Outlook messages."""
    source = re.sub(r"\\pntext(?![a-z])", r"\\listtext", data.decode("latin-1").replace("\0", ""))
    source = re.sub(r"\\bin(?![a-z])\d{0,9} ?", "", source)
    page = re.search(r"\\ansicpg(\d+)", source[:2000])
    encoding = f"cp{page[1]}" if page and page[1] not in ("0", "65001") else "cp1252"
    body, aside = _take_apart(source)
    out = _body(_marked(body), encoding)
    number = len(out)
    for place, group in aside:
        if place == "footnote" and _ALT.search(group):
            place = "endnote"
        fonts = re.search(r"\{\\fonttbl", source)
        head = source[fonts.start() : _end(source, fonts.start())] if fonts else ""
        for line in _text(f"{{\\rtf1\\ansi\\ansicpg{encoding[2:]} {head}{group}}}", encoding).splitlines():
            line = clean(unprivate(line))
            if line and not re.fullmatch(r"[\d\s]*", line):
                number += 1
                out.append(Block(text=line, place=place, locator=f"paragraph={number}"))
    return out


def _text(source: str, encoding: str) -> str:
    from striprtf.striprtf import rtf_to_text

    source = _LETTER.sub(_possible, source)
    try:
        return rtf_to_text(source, encoding=encoding, errors="replace")
    except LookupError:
        return rtf_to_text(source, encoding="cp1252", errors="replace")


def _possible(letter: re.Match) -> str:
    """A letter by number that there is: striprtf stops at any other."""
    if letter[1] is None or -0x10000 <= int(letter[1][:12]) <= 0x10FFFF:
        return letter[0]
    return r"\u65533"


def _marked(source: str) -> str:
    """Cells and rows leave a sign in the text that no document holds."""
    for word, sign in (("cell", _CELL), ("nestcell", _CELL), ("row", _ROW), ("nestrow", _ROW), ("trowd", _START)):
        source = re.sub(rf"\\{word}(?![a-z0-9])", lambda m, s=sign: f"{{\\uc1\\u{_MARKS[s]}?}}{m[0]}", source)
    return source


def _take_apart(source: str) -> tuple[str, list[tuple[str, str]]]:
    """(the source without asides and deletions, [(place, group's inside)])."""
    kept, aside, at = [], [], 0
    while m := _GROUPS.search(source, at):
        word = m[1]
        end = _end(source, m.start())
        place = _PLACES.get(word) or (
            "header" if word.startswith("header") else "footer" if word.startswith("footer") else ""
        )
        if place:
            kept.append(source[at : m.start()])
            inner = source[m.end() : end - 1]
            inner, deeper = _take_apart(inner)
            aside.append((place, inner))
            aside += deeper
        elif word in ("deleted", "atnauthor", "atnid"):
            kept.append(source[at : m.start()])
        else:
            kept.append(source[at:end])
        at = end
    kept.append(source[at:])
    return "".join(kept), aside


def _end(source: str, at: int) -> int:
    """Where the group that opens at ``at`` ends (exclusive)."""
    depth = 0
    for m in re.compile(r"\\.|[{}]", re.DOTALL).finditer(source, at):
        if m[0] == "{":
            depth += 1
        elif m[0] == "}":
            depth -= 1
            if depth == 0:
                return m.end()
    return len(source)


def _body(source: str, encoding: str) -> list[Block]:
    text = _text(source, encoding)
    out: list[Block] = []
    paragraphs = tables = row = 0
    last_end = -1
    pieces = re.split(f"({_START}.*?{_ROW}\\n?|[^\\n{_START}]*{_CELL}[^{_ROW}]*{_ROW}\\n?)", text, flags=re.DOTALL)
    for i, piece in enumerate(pieces):
        if i % 2 and _CELL in piece:
            if last_end != i - 2 or pieces[i - 1].strip(f"\n {_START}"):
                tables, row = tables + 1, 0
            last_end, row = i, row + 1
            cells = piece.replace(_START, "").replace(_ROW, "").rstrip("\n").split(_CELL)
            for col, cell in enumerate(cells[:-1], 1):
                cell = cell.removeprefix("|") if col > 1 else cell
                out += _cell(cell, tables, row, col)
            continue
        for line in re.sub(f"[{_START}{_ROW}{_CELL}]", "", piece).splitlines():
            marker, line = split_marker(line)
            line = clean(unprivate(line))
            if line:
                paragraphs += 1
                out.append(
                    Block(
                        text=line,
                        kind="item" if marker else "paragraph",
                        marker=marker,
                        locator=f"paragraph={paragraphs}",
                    )
                )
    return out


def _cell(text: str, table: int, row: int, col: int) -> list[Block]:
    out = []
    for line in text.strip().splitlines() or [""]:
        marker, line = split_marker(line)
        line = clean(unprivate(line))
        if line or not text.strip():
            out.append(
                Block(
                    text=line,
                    kind="cell",
                    marker=marker,
                    table=table,
                    row=row,
                    col=col,
                    locator=f"table={table};row={row};col={col}",
                )
            )
    return out
