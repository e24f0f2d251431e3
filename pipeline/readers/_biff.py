"""What python-calamine leaves out of .xls: cell shading, merged cells, hidden rows, comments, text boxes.

Reads the records of the "Workbook" stream ([MS-XLS] 2.3, 2.4); never fails on damage, it stops.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.readers._colour import Palette

_CELLS = frozenset((0x0201, 0x0203, 0x0204, 0x0205, 0x0006, 0x027E, 0x00FD, 0x00D6))
_TEXT, _NOTE = 0x01B6, 0x19


@dataclass(slots=True)
class Sheet:
    """0-based rows and columns, as the file has them."""

    hidden: bool = False
    rows: int = 0  # of the area that holds cells, counted from the first row and column
    columns: int = 0
    fills: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # top, left, bottom, right
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    comments: list[tuple[int, int, str]] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)


def endless(data: bytes) -> bool:
    """Whether a chain of sectors comes back to itself: calamine follows it until there is no memory left."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            ole.loadminifat()
            entries = [e for e in ole.direntries if e is not None and e.entry_type == olefile.STGTY_STREAM]
            small = [e.isectStart for e in entries if e.size < ole.mini_stream_cutoff_size]
            large = [e.isectStart for e in entries if e.size >= ole.mini_stream_cutoff_size]
            large += [ole.first_dir_sector, ole.first_mini_fat_sector, ole.root.isectStart]
            return any(_comes_back(ole.fat, at) for at in large) or any(_comes_back(ole.minifat, at) for at in small)
    except Exception:
        return False


def _comes_back(table: Sequence[int], at: int) -> bool:
    seen: set[int] = set()
    while at < len(table):
        if at in seen:
            return True
        seen.add(at)
        at = table[at]
    return False


def sheets(data: bytes) -> tuple[list[Sheet], bool]:
    """(one Sheet per tab in order, whether the workbook is encrypted)."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            stream = ole.openstream("Workbook").read() if ole.exists("Workbook") else b""
    except Exception:
        return [], False
    colours = list(Palette().indexed)
    formats: list[int | None] = []
    tabs: list[tuple[int, bool]] = []
    for kind, body in _records(stream, 0):
        if kind == 0x002F:
            return [], True
        if kind == 0x0092 and len(body) >= 2:
            for i in range(min(struct.unpack_from("<H", body)[0], (len(body) - 2) // 4, 56)):
                colours[8 + i] = body[2 + 4 * i : 5 + 4 * i].hex().upper()
        elif kind == 0x00E0 and len(body) >= 20:
            pattern = struct.unpack_from("<I", body, 14)[0] >> 26
            formats.append(struct.unpack_from("<H", body, 18)[0] & 0x7F if pattern else None)
        elif kind == 0x0085 and len(body) >= 6 and body[5] == 0:
            tabs.append((struct.unpack_from("<I", body)[0], bool(body[4] & 3)))
    shades = [colours[f] if f is not None and f < len(colours) else None for f in formats]
    return [_sheet(stream, at, hidden, shades) for at, hidden in tabs], False


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size
        depth += (kind == 0x0809) - (kind == 0x000A)
        if kind == 0x000A and depth <= 0:  # the end of this substream; charts inside it have their own
            return


def _sheet(stream: bytes, at: int, hidden: bool, shades: list[str | None]) -> Sheet:
    sheet = Sheet(hidden=hidden)
    texts: dict[int, str] = {}
    notes: list[tuple[int, int, int]] = []
    kinds: dict[int, int] = {}
    current = waiting = 0

    def shade(row: int, col: int, style: int) -> None:
        colour = shades[style] if style < len(shades) else None
        if colour is not None and colour != "FFFFFF":
            sheet.fills[row, col] = colour

    try:
        for kind, body in _records(stream, at):
            if kind in _CELLS or kind in (0x00BE, 0x00BD):
                row, col = struct.unpack_from("<HH", body)
                last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind in (0x00BE, 0x00BD) else col
                sheet.rows, sheet.columns = max(sheet.rows, row + 1), max(sheet.columns, col + 1, last + 1)
            if kind in _CELLS:
                shade(*struct.unpack_from("<HHH", body))
            elif kind == 0x00BE:
                row, first = struct.unpack_from("<HH", body)
                for i in range((len(body) - 6) // 2):
                    shade(row, first + i, struct.unpack_from("<H", body, 4 + 2 * i)[0])
            elif kind == 0x00BD:
                row, first = struct.unpack_from("<HH", body)
                for i in range((len(body) - 6) // 6):
                    shade(row, first + i, struct.unpack_from("<H", body, 4 + 6 * i)[0])
            elif kind == 0x00E5:
                for i in range(struct.unpack_from("<H", body)[0]):
                    top, bottom, left, right = struct.unpack_from("<HHHH", body, 2 + 8 * i)
                    sheet.merged.append((top, left, bottom, right))
            elif kind == 0x0208 and struct.unpack_from("<H", body, 12)[0] & 0x20:
                sheet.hidden_rows.add(struct.unpack_from("<H", body)[0])
            elif kind == 0x007D and struct.unpack_from("<H", body, 8)[0] & 1:
                first, last = struct.unpack_from("<HH", body)
                sheet.hidden_columns.update(range(first, min(last, 255) + 1))
            elif kind == 0x005D:
                kinds[current := struct.unpack_from("<H", body, 6)[0]] = struct.unpack_from("<H", body, 4)[0]
            elif kind == _TEXT:
                waiting = struct.unpack_from("<H", body, 10)[0]
                texts[current] = ""
            elif kind == 0x003C and waiting > 0 and body:
                piece = body[1:].decode("utf-16-le" if body[0] & 1 else "latin-1", "replace")[:waiting]
                texts[current] += piece
                waiting -= len(piece)
            elif kind == 0x001C:
                row, col, _, number = struct.unpack_from("<HHHH", body)
                notes.append((row, col, number))
    except (struct.error, IndexError):
        pass  # damaged from here on; the values come from calamine
    sheet.comments = [(row, col, texts[number]) for row, col, number in notes if texts.get(number)]
    sheet.boxes = [text for number, text in texts.items() if text and kinds.get(number) != _NOTE]
    return sheet
