"""Older and binary Excel workbooks (.xls, .xlsb): values with python-calamine, shading of .xls from its records."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

from pipeline.errors import FileProblem, OverLimit, Unreadable
from pipeline.model import Block, Content, Finding
from pipeline.readers import _biff, _cellformat, _ole, _sheets
from pipeline.readers._common import clean, split_marker, unprivate
from pipeline.readers._formula import column_letters

NAME = "xls"
SUFFIXES = (".xls", ".xlt", ".xlsb")


def sniff(data: bytes, name: str) -> int:
    """3 for an OLE file with a workbook stream or a package with a binary workbook."""
    if _ole.kind(data) == "xls" or (data.startswith(b"PK") and b"xl/workbook.bin" in data):
        return 3
    return 1 if name.lower().endswith(SUFFIXES) else 0


def read(data: bytes, name: str, options) -> Content:
    """Cells with locator ``sheet=Svar;cell=C7``; ``table`` is the sheet's number. Raises Unreadable, OverLimit."""
    binary = not data.startswith(b"PK")
    if not binary:
        _check_size(data, options)
    extra, encrypted = _biff.sheets(data) if binary else ([], False)
    if encrypted:
        raise _ole.password()
    if binary and _biff.endless(data):
        raise _damaged()
    for sheet in extra:
        # calamine sets aside room for the whole area, and brings down the process where there is none
        if sheet.columns > 256:
            raise _damaged()
        if sheet.rows * sheet.columns > options.limits.cells:
            raise _too_many(options.limits.cells)
    blocks: list[Block] = []
    findings: list[Finding] = []
    try:
        _all_sheets(data, extra, options, blocks, findings)
    except (FileProblem, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        if "assword" in f"{type(error).__name__} {error}":
            raise _ole.password() from error
        raise _damaged() from error
    if not any(b.text for b in blocks):
        raise Unreadable("Arbeidsboken er tom.", "Be avsenderen sende den på nytt.")
    if not binary:
        findings.append(
            Finding(
                kind="colours_not_read",
                message="Cellefarger i .xlsb-filer leses ikke. "
                "Er status vist med farger: lagre filen som .xlsx i Excel og legg den inn på nytt.",
            )
        )
    return Content(format=NAME if binary else "xlsb", blocks=tuple(blocks), findings=tuple(findings))


def _damaged() -> Unreadable:
    return Unreadable("Arbeidsboken er skadet.", "Åpne den i Excel, lagre den som .xlsx og legg den inn.")


def _too_many(limit: int) -> OverLimit:
    return OverLimit(
        f"Arbeidsboken har flere celler enn grensen på {limit} (limits.cells).",
        "Slett tomme eller uvedkommende ark, eller hev grensen i config.toml.",
    )


def _check_size(data: bytes, options) -> None:
    """calamine unpacks without a limit of its own."""
    from pipeline.readers._common import Package

    package = Package(data, options.limits)
    for member in package.names:
        if member.lower().endswith(".bin") and not member.endswith("/"):
            package.read(member)


def _all_sheets(data: bytes, extra: list[_biff.Sheet], options, blocks: list[Block], findings: list[Finding]) -> None:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    cells = 0
    metadata = [m for m in book.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
    for number, meta in enumerate(metadata, 1):
        more = extra[number - 1] if len(extra) == len(metadata) else _biff.Sheet()
        hidden = meta.visible != SheetVisibleEnum.Visible
        sheet = book.get_sheet_by_name(meta.name)
        title = clean(meta.name)
        cells += sheet.height * sheet.width
        if cells > options.limits.cells:
            raise _too_many(options.limits.cells)
        found = _sheet(sheet, title, number, hidden, more)
        if not any(b.text for b in found):
            continue
        out = sum(b.place == "hidden" and bool(b.text) for b in found)
        findings += _sheets.hidden_finding(title, out)
        if _sheets.says_something(title):
            blocks.append(
                Block(
                    text=title, kind="heading", level=1, place="hidden" if hidden else "body", locator=f"sheet={title}"
                )
            )
        blocks += found


def _sheet(sheet, title: str, number: int, hidden: bool, more: _biff.Sheet) -> list[Block]:
    out: list[Block] = []
    values: dict[tuple[int, int], str] = {}
    if sheet.start is not None:
        top, left = sheet.start
        for r, row in enumerate(sheet.to_python(skip_empty_area=True), top):
            values.update(((r, c), text) for c, value in enumerate(row, left) if (text := _text(value)).strip())
    last_row = max((r for r, _ in values), default=-1)
    last_col = max((c for _, c in values), default=-1)
    # a status column without heading may stand beside
    values.update((at, "") for at in more.fills if at not in values and at[0] <= last_row and at[1] <= last_col + 2)
    spans = {(t, left): (b - t + 1, r - left + 1) for t, left, b, r in more.merged}
    covered = {
        (r, c)
        for t, left, b, right in more.merged
        if (b - t + 1) * (right - left + 1) <= 100_000
        for r in range(t, b + 1)
        for c in range(left, right + 1)
        if (r, c) != (t, left)
    }
    for (row, col), text in sorted(values.items()):
        if not text and (row, col) in covered:
            continue
        out_of_sight = hidden or row in more.hidden_rows or col in more.hidden_columns
        rows, cols = spans.get((row, col), (1, 1))
        for line in text.splitlines() or [""]:
            marker, line = split_marker(line)
            line = clean(unprivate(line))
            if line or not text:
                out.append(
                    Block(
                        text=line,
                        kind="cell",
                        marker=marker,
                        place="hidden" if out_of_sight else "body",
                        locator=_where(title, row, col),
                        table=number,
                        row=row + 1,
                        col=col + 1,
                        row_span=rows,
                        col_span=cols,
                        fill=more.fills.get((row, col)),
                    )
                )
    for text in more.boxes:
        out += [
            Block(text=line, place="hidden" if hidden else "textbox", locator=f"sheet={title}")
            for raw in text.splitlines()
            if (line := clean(unprivate(raw)))
        ]
    for row, col, text in more.comments:
        head, _, rest = text.partition("\n")
        body = rest if rest and head.endswith(":") and len(head) < 60 else text  # Excel puts the author's name first
        out += [
            Block(text=line, place="hidden" if hidden else "comment", locator=_where(title, row, col))
            for raw in body.splitlines()
            if (line := clean(unprivate(raw)))
        ]
    return out


def _where(title: str, row: int, col: int) -> str:
    return f"sheet={title};cell={column_letters(col + 1)}{row + 1}"


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "SANN" if value else "USANN"
    if isinstance(value, float | int):
        return _cellformat.plain(float(value))
    if isinstance(value, datetime):
        return _cellformat.moment(value, True)
    if isinstance(value, date):
        return f"{value.day:02d}.{value.month:02d}.{value.year}"
    if isinstance(value, time):
        return f"{value.hour:02d}:{value.minute:02d}"
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds() // 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return str(value or "")
