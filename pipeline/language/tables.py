"""Where in a table a statement stands, read from its locator."""

from __future__ import annotations

import re

from pipeline.model import Statement

_PART = re.compile(r"(\w+)=([^;]+)")
_CELL = re.compile(r"^([A-Z]{1,3})(\d+)$")


def cell(statement: Statement) -> tuple[str, int, int] | None:
    """(table, row, column), 1-based, of "table=1;row=3;col=2" or "sheet=Svar;cell=C7"; None outside tables."""
    parts = dict(_PART.findall(statement.locator))
    row, col = parts.get("row", ""), parts.get("col", "")
    if row.isdigit() and col.isdigit():
        return ";".join(f"{k}={v}" for k, v in parts.items() if k not in ("row", "col", "paragraph")), int(row), int(col)
    if m := _CELL.match(parts.get("cell", "")):
        column = 0
        for letter in m[1]:
            column = column * 26 + ord(letter) - 64
        return f"sheet={parts.get('sheet', '')}", int(m[2]), column
    return None
