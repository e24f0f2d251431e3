"""Excel workbooks whose bytes depend on their content alone, and cells that are text whatever they begin with."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO

from pipeline.writers import _word

MAX_CELL = 32_767  # characters; Excel's own limit


def put_text(cell, text: str) -> None:
    """``text`` into an openpyxl cell as text: never a formula, without what XML cannot carry."""
    cell.value = _word.clean_text(text)[:MAX_CELL] or None
    if cell.value is not None:
        cell.data_type = "s"
        if text[:1] in ("=", "+", "-", "@", "\t", "\r"):
            cell.quotePrefix = True  # stays text when somebody edits the cell


def finish(book, *, day: date | None = None, values: Mapping[tuple[int, str], int] | None = None) -> bytes:
    """The openpyxl workbook as bytes: the same content gives the same bytes.

    ``day`` dates the file (1 January 1980 without). ``values``: (sheet number from 1, "B2") -> what the formula
    there comes to, so that previews and readers that do not calculate show it.
    """
    out = BytesIO()
    book.save(out)
    return _word.stable_zip(_rewritten(out.getvalue(), day or date(1980, 1, 1), values or {}))


def _rewritten(data: bytes, day: date, values: Mapping[tuple[int, str], int]) -> bytes:
    # openpyxl writes the time of saving whatever the properties say, and no values beside formulas.
    stamp = f"{day.isoformat()}T00:00:00Z".encode()
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            sheet = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            if sheet:
                for (number, place), value in values.items():
                    if number == int(sheet[1]):
                        content = re.sub(
                            rb'(<c r="%s"[^>]*><f>[^<]*</f>)<v\s*/>|(<c r="%s"[^>]*><f>[^<]*</f>)<v></v>'
                            % (place.encode(), place.encode()),
                            rb"\1\2<v>%d</v>" % value,
                            content,
                        )
            new.writestr(name, content)
    return out.getvalue()
