"""Vedlegg 1 as a workbook: the plan to filter, sort and keep up to date, with counts that follow the edits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from pipeline import status_text
from pipeline.config import Settings
from pipeline.model import CaseResult, Plan, PlanRow
from pipeline.phrases import Phrases
from pipeline.writers import _word, _workbook
from pipeline.writers.vedlegg1_word import SHADES, shade

NAME = "vedlegg-1-handlingsplan.xlsx"
TEMPLATE = None

# Sheets and columns are known by their bokmål names here and are said in the document's language when they are written.
PLAN_SHEET, COUNT_SHEET, LEGEND_SHEET = "Handlingsplan", "Oversikt", "Forklaring"
_NUMBER, _STATUS, _PRINTED, _FOCUS = "Nr.", "Status", "Status i planen", "Fokusområde"
_WIDTHS = {
    "Nr.": 8,
    _FOCUS: 26,
    "Hovedmål": 30,
    "Delmål": 26,
    "Tiltak": 48,
    "Ansvarlig": 24,
    "Frist": 14,
    _STATUS: 16,
    _PRINTED: 22,
    "Kommentar": 40,
}
_EXTRA_WIDTH = 22
_BLUE = "1F3A5F"


def render(result: CaseResult, templates: Path) -> bytes | None:
    """The workbook; None when the case has no plan. ``templates`` is not used."""
    if not result.plan.rows:
        return None
    import pandas as pd
    from openpyxl import Workbook

    settings = result.settings
    if not isinstance(settings, Settings):
        raise TypeError("settings must be config.Settings")
    say = Phrases(nynorsk=settings.nynorsk)
    matrix = frame(result.plan.rows, say)
    counts = pd.crosstab(matrix[_FOCUS], matrix[_STATUS]).reindex(
        index=matrix[_FOCUS].drop_duplicates(), columns=_words(say), fill_value=0
    )
    book = Workbook()
    name = settings.case.plan_title or result.plan.title or say("Handlingsplan")
    _plan_sheet(book.active, matrix, result.plan, name, say)
    values = _count_sheet(book.create_sheet(say(COUNT_SHEET)), counts, matrix, say)
    _legend_sheet(book.create_sheet(say(LEGEND_SHEET)), say)
    book.properties.title = _word.clean_text(say("Vedlegg 1: {plan} med status", plan=name))[:255]
    book.properties.creator = book.properties.lastModifiedBy = _word.AUTHOR
    book.properties.language = "nn-NO" if say.nynorsk else _word.LANGUAGE
    return _workbook.finish(book, day=result.today, values={(2, place): value for place, value in values.items()})


def _words(say: Phrases) -> list[str]:
    return [say(status_text.STATUS_WORDS[s]) for s in status_text.STATUSES]


def frame(rows: Sequence[PlanRow], say: Phrases = status_text.BOKMAL):
    """The plan as a pandas DataFrame of text, a column a bokmål heading; columns empty throughout are left out.

    The cells are what is shown, in the document's language. Never left out: number, tiltak, ansvarlig, frist, status and comment.
    """
    import pandas as pd

    table = pd.DataFrame(
        [
            {
                _NUMBER: row.number,
                _FOCUS: " ".join(p for p in (row.focus_number, row.focus_area) if p),
                "Hovedmål": " ".join(p for p in (row.goal_number, row.goal) if p) if row.goal else "",
                "Delmål": row.subgoal,
                "Tiltak": row.measure,
                "Ansvarlig": row.responsible,
                "Frist": row.deadline,
                _STATUS: say(status_text.STATUS_WORDS[row.status]),
                _PRINTED: _printed(row),
                "Kommentar": row.comment,
            }
            for row in rows
        ],
        dtype="string",
    ).fillna("")
    taken, unnamed = {*table.columns, *map(say, table.columns)}, say("Uten overskrift")
    extra = pd.DataFrame([_extra(row, taken, unnamed) for row in rows], dtype="string").fillna("")
    table = pd.concat([table, extra], axis=1)
    keep = {_NUMBER, "Tiltak", "Ansvarlig", "Frist", _STATUS, "Kommentar", _FOCUS}
    return table[[c for c in table.columns if c in keep or (table[c] != "").any()]]


def _printed(row: PlanRow) -> str:
    """What the plan itself prints, where it says more than the status column."""
    if row.status == "unknown":
        return "" if row.status_text == status_text.STATUS_WORDS["unknown"] else row.status_text
    return status_text.printed_status(row)


def _extra(row: PlanRow, taken: Collection[str], unnamed: str) -> dict[str, str]:
    """The plan's further columns under headings of their own, also where a heading is empty or used twice."""
    found: dict[str, str] = {}
    for heading, text in row.extra:
        name, n = heading or unnamed, 1
        while name in found or name in taken:
            n += 1
            name = f"{heading or unnamed} ({n})"
        found[name] = text
    return found


def _heading(column: str, say: Phrases) -> str:
    """One of our own columns in the document's language; the plan's further columns as the plan has them."""
    return say(column) if column in _WIDTHS else column


def _width(heading: str) -> float:
    return _WIDTHS.get(heading, _EXTRA_WIDTH)


def _plan_sheet(sheet, matrix, plan: Plan, name: str, say: Phrases) -> None:
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import Alignment, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet.title = say(PLAN_SHEET)
    columns, words = list(matrix.columns), _words(say)
    _header_row(sheet, 1, [_heading(c, say) for c in columns])
    for at, row in enumerate(matrix.itertuples(index=False), 2):
        for col, text in enumerate(row, 1):
            cell = sheet.cell(at, col)
            _workbook.put_text(cell, str(text))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = _border()
        sheet.row_dimensions[at].height = _height([_width(c) for c in columns], [str(text) for text in row])
    status = columns.index(_STATUS) + 1
    letter = get_column_letter(status)
    last = max(len(matrix) + 1, 2)
    cells = f"{letter}2:{letter}{last}"
    for at, row in enumerate(plan.rows, 2):
        sheet.cell(at, status).font = _font()
        if row.status == "unknown" and row.fill:
            sheet.cell(at, status).fill = PatternFill("solid", start_color=shade(row))
    # The colour follows the word, so that it is right after an edit as well.
    for key in ("green", "yellow", "red"):
        sheet.conditional_formatting.add(
            cells,
            CellIsRule(
                operator="equal",
                formula=[f'"{say(status_text.STATUS_WORDS[key])}"'],
                fill=PatternFill("solid", bgColor=SHADES[key]),
            ),
        )
    choice = DataValidation(
        type="list",
        formula1=f'"{",".join(words)}"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=say("Ukjent status"),
        error=say("Velg en av disse: {words}.", words=", ".join(words)),
        showInputMessage=True,
        promptTitle=say(_STATUS),
        prompt=say("Velg status fra listen. Fargen følger av ordet."),
    )
    choice.add(cells)
    sheet.add_data_validation(choice)
    for col, heading in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(col)].width = _width(heading)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    sheet.freeze_panes = "B2"
    _print_setup(sheet, name, landscape=True)
    sheet.print_title_rows = "1:1"


def _count_sheet(sheet, counts, matrix, say: Phrases) -> dict[str, int]:
    """Counts per fokusområde as formulas over the plan's sheet. Returns what each formula comes to now, by cell."""
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    last = len(matrix) + 1

    def column(heading: str) -> str:
        letter = get_column_letter(list(matrix.columns).index(heading) + 1)
        return f"{say(PLAN_SHEET)}!${letter}$2:${letter}${last}"

    words = _words(say)
    _header_row(sheet, 1, [say(_FOCUS), *words, say("Sum")])
    values: dict[str, int] = {}
    row = 1
    for row, (focus, numbers) in enumerate(counts.iterrows(), 2):
        _workbook.put_text(sheet.cell(row, 1), str(focus))
        sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = _height([60], [str(focus)])
        for col, word in enumerate(words, 2):
            place = f"{get_column_letter(col)}{row}"
            sheet[place] = _count_formula(
                str(focus), column(_FOCUS), f"$A{row}", column(_STATUS), f"{get_column_letter(col)}$1"
            )
            values[place] = int(numbers[word])
        sheet[f"F{row}"] = f"=SUM(B{row}:E{row})"
        values[f"F{row}"] = int(numbers.sum())
    total = row + 1
    _workbook.put_text(sheet.cell(total, 1), say("Hele planen"))
    for col in range(2, 7):
        letter = get_column_letter(col)
        sheet[f"{letter}{total}"] = f"=SUM({letter}2:{letter}{row})"
        values[f"{letter}{total}"] = sum(values[f"{letter}{r}"] for r in range(2, total))
    for line in sheet.iter_rows(min_row=2, max_row=total, max_col=6):
        for cell in line:
            cell.border = _border()
            if cell.row == total:
                cell.font = _font()
    for letter, width in zip("ABCDEF", (60, 17, 17, 17, 17, 10), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "B2"
    _print_setup(sheet, say("Status per fokusområde"), landscape=True)
    return values


def _count_formula(focus: str, areas: str, area: str, statuses: str, status: str) -> str:
    """COUNTIFS; where its criteria would read the title as a pattern, a comparison or too long, SUMPRODUCT."""
    if len(focus) > 250 or any(c in focus for c in "*?~") or focus[:1] in "=<>" or not focus:
        return f"=SUMPRODUCT(({areas}={area})*({statuses}={status}))"
    return f"=COUNTIFS({areas},{area},{statuses},{status})"


def _legend_sheet(sheet, say: Phrases) -> None:
    from openpyxl.styles import Alignment, PatternFill

    _header_row(sheet, 1, [say(_STATUS), say("Farge"), say("Betyr")])
    meanings = {
        "green": say("Tiltaket er gjennomført."),
        "yellow": say("Tiltaket er startet opp og pågår."),
        "red": say("Tiltaket er ikke påbegynt."),
        "unknown": say("Planen sier ikke hva som er status. Det er ikke det samme som rødt."),
    }
    for row, status in enumerate(status_text.STATUSES, 2):
        for col, text in enumerate(
            (say(status_text.STATUS_WORDS[status]), say(status_text.COLOUR_NAMES[status]), meanings[status]), 1
        ):
            cell = sheet.cell(row, col)
            _workbook.put_text(cell, text)
            cell.border = _border()
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 1).font = _font()
        sheet.cell(row, 2).fill = PatternFill("solid", start_color=SHADES[status])
    notes = (
        say("Slik brukes arket"),
        say("Bruk pilene i overskriftsraden i arket {sheet} til å filtrere, for eksempel på ansvarlig.", sheet=say(PLAN_SHEET)),
        say("Velg ny status fra listen i statuskolonnen. Fargen og tallene i arket {sheet} følger etter.", sheet=say(COUNT_SHEET)),
    )
    for row, text in enumerate(notes, 8):
        _workbook.put_text(sheet.cell(row, 1), text)
    sheet["A8"].font = _font()
    for letter, width in zip("ABC", (20, 14, 70), strict=True):
        sheet.column_dimensions[letter].width = width
    _print_setup(sheet, say(LEGEND_SHEET), landscape=False)


def _header_row(sheet, row: int, headings: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, PatternFill

    for col, heading in enumerate(headings, 1):
        cell = sheet.cell(row, col)
        _workbook.put_text(cell, heading)
        cell.font = _font(color="FFFFFF")
        cell.fill = PatternFill("solid", start_color=_BLUE)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.border = _border()


def _font(**how):
    from openpyxl.styles import Font

    return Font(name="Calibri", size=11, bold=True, **how)


def _height(widths: Sequence[float], texts: Sequence[str]) -> float:
    """A row's height in points that shows all its wrapped text: LibreOffice and previews do not find it themselves."""
    lines = 1
    for width, text in zip(widths, texts, strict=True):
        lines = max(lines, sum(-(-len(part) // max(1, int(width * 0.95))) or 1 for part in text.split("\n")))
    return min(409.0, 15.0 * lines + 2)


def _border():
    from openpyxl.styles import Border, Side

    side = Side(style="thin", color="A6A6A6")
    return Border(left=side, right=side, top=side, bottom=side)


def _print_setup(sheet, title: str, *, landscape: bool) -> None:
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.7, 0.6
    # "&" begins a code in headers and footers.
    sheet.oddHeader.left.text = "Vedlegg 1: " + _word.clean_text(title)[:150].replace("&", "&&")
    sheet.oddFooter.right.text = "Side &P av &N"
