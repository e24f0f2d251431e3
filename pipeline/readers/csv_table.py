"""Tables saved as text: comma-, semicolon- or tab-separated."""

from __future__ import annotations

import csv
import io

from pipeline.errors import OverLimit, Unreadable
from pipeline.model import Block, Content
from pipeline.readers import _encoding
from pipeline.readers._common import clean, split_marker, unprivate

NAME = "csv"
SUFFIXES = (".csv", ".tsv", ".tab")
_DELIMITERS = ";\t,|"


def sniff(data: bytes, name: str) -> int:
    """2 for text under our endings. Content alone tells no table from a letter with commas."""
    if not name.lower().endswith(SUFFIXES):
        return 0
    return 2 if b"\0" not in data[:4000] or _encoding.is_wide(data) or data[:2] in (b"\xff\xfe", b"\xfe\xff") else 1


def read(data: bytes, name: str, options) -> Content:
    """Cells with locator ``table=1;row=3;col=2``. Raises Unreadable when empty, OverLimit at too many cells."""
    text = _encoding.decode(data).replace("\0", "")
    first, _, rest = text.partition("\n")
    delimiter = ""
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # Excel's own hint
        delimiter, text = first.strip()[4], rest
    delimiter = delimiter or _delimiter(text, name)
    csv.field_size_limit(10_000_000)
    blocks: list[Block] = []
    cells = 0
    try:
        for r, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            if not any(c.strip() for c in row):
                continue
            cells += len(row)
            if cells > options.limits.cells:
                raise OverLimit(
                    f"Filen har flere celler enn grensen på {options.limits.cells} (limits.cells).",
                    "Del den opp, eller hev grensen i config.toml.",
                )
            for c, value in enumerate(row, 1):
                blocks += _cell(value, r, c)
    except csv.Error as error:
        raise Unreadable(
            "Tabellen er skadet (et anførselstegn mangler sannsynligvis).",
            "Åpne den i Excel, lagre den som .xlsx og legg den inn på nytt.",
        ) from error
    if not any(b.text for b in blocks):
        raise Unreadable("Tabellen er tom.", "Be avsenderen sende den på nytt.")
    return Content(format=NAME, blocks=tuple(blocks), findings=_encoding.broken_letters(text))


def _cell(value: str, row: int, col: int) -> list[Block]:
    out = []
    for line in value.splitlines() or [""]:
        marker, line = split_marker(line)
        line = clean(unprivate(line))
        if line or not value.strip():
            out.append(
                Block(
                    text=line,
                    kind="cell",
                    marker=marker,
                    locator=f"table=1;row={row};col={col}",
                    table=1,
                    row=row,
                    col=col,
                )
            )
    return out


def _delimiter(text: str, name: str) -> str:
    """The sign that divides the rows most evenly; a semicolon, Norwegian Excel's own, among equals."""
    sample = text[:20_000]

    def evenness(delimiter: str) -> tuple[float, int]:
        try:
            counts = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row][:50]
        except csv.Error:
            return 0.0, 0
        usual = max(set(counts), key=counts.count) if counts else 1
        return (counts.count(usual) / len(counts) if usual > 1 else 0.0), usual

    return max(_DELIMITERS, key=evenness)
