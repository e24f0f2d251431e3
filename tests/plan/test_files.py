"""The planted matrices as real Excel and Word files, read by the real readers: rows come out alike."""

from __future__ import annotations

from io import BytesIO

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color

from pipeline import plan, readers
from pipeline.model import Document, Plan, assemble
from tests.plan.matrices import COUNTS, NUMBERS, PLAN, Table, by_colour, flat
from tests.plan.test_read import COLOURINGS, LAYOUTS, core, figures

FILES = {**COLOURINGS, **LAYOUTS}


def read_file(data: bytes, name: str) -> Plan:
    content = readers.read(data, name, readers.Options())
    text, blocks = assemble(content.blocks)
    return plan.read([
        Document(source=name, sha256="", text=text, blocks=blocks, kind="action_plan", format=content.format,
                 findings=content.findings)
    ])  # fmt: skip


def saved(thing) -> bytes:
    out = BytesIO()
    thing.save(out)
    return out.getvalue()


def as_excel(table: Table) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Plan"
    for (row, col), block in table.cells.items():
        cell = sheet.cell(row, col)
        cell.value = block.text or None
        cell.font = Font(bold=block.bold)
        if block.fill:
            cell.fill = PatternFill("solid", start_color=block.fill)
    for (row, col), block in table.cells.items():
        if block.row_span > 1 or block.col_span > 1:
            sheet.merge_cells(start_row=row, start_column=col, end_row=row + block.row_span - 1,
                              end_column=col + block.col_span - 1)  # fmt: skip
    return saved(book)


def as_word(table: Table) -> bytes:
    document = docx.Document()
    rows = max(row for row, _ in table.cells)
    cols = max(col + block.col_span - 1 for (_, col), block in table.cells.items())
    grid = document.add_table(rows, cols)
    for (row, col), block in sorted(table.cells.items()):
        cell = grid.cell(row - 1, col - 1)
        if block.row_span > 1 or block.col_span > 1:
            cell = cell.merge(grid.cell(row + block.row_span - 2, col + block.col_span - 2))
        cell.text = ""
        cell.paragraphs[0].add_run(block.text).bold = block.bold
        if block.fill:
            shading = OxmlElement("w:shd")
            shading.set(qn("w:val"), "clear")
            shading.set(qn("w:fill"), block.fill)
            cell._tc.get_or_add_tcPr().append(shading)
    return saved(document)


@pytest.mark.parametrize("name", FILES)
def test_excel_and_word_give_identical_rows_with_the_planted_counts(name):
    """Every colouring and layout, written as both kinds of file."""
    excel, word = read_file(as_excel(FILES[name]), "plan.xlsx"), read_file(as_word(FILES[name]), "plan.docx")
    assert figures(excel) == figures(word) == COUNTS
    assert tuple(r.number for r in excel.rows) == NUMBERS
    assert core(excel) == core(word)


def sheet_with(status) -> openpyxl.Workbook:
    """A workbook with the plan; ``status(cell, item)`` fills the status cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Nr", "Fokusområde", "Mål", "Tiltak", "Ansvarlig", "Frist", "Status"])
    for row, (number, item) in enumerate(zip(NUMBERS, PLAN, strict=True), 2):
        sheet.append([number, item.focus, item.goal, item.measure, item.responsible, int(item.deadline)])
        status(sheet.cell(row, 7), item)
    return book


def statuses(book: openpyxl.Workbook) -> list[str]:
    return [row.status for row in read_file(saved(book), "plan.xlsx").rows]


PLANTED = [item.status for item in PLAN]


def test_theme_colours_with_tint():
    """Accent colours of the theme, lighter and darker."""
    accents = {"green": Color(theme=6, tint=0.6), "yellow": Color(theme=9, tint=0.4), "red": Color(theme=5, tint=-0.25)}

    def paint(cell, item):
        if item.status in accents:
            cell.fill = PatternFill("solid", fgColor=accents[item.status])

    assert statuses(sheet_with(paint)) == PLANTED


def test_conditional_formatting_on_numbers():
    """1, 2 and 3 with a rule that colours them."""
    values = {"green": 3, "yellow": 2, "red": 1}
    book = sheet_with(lambda cell, item: setattr(cell, "value", values.get(item.status)))
    for value, colour in ((3, "63BE7B"), (2, "FFEB84"), (1, "F8696B")):
        rule = CellIsRule(operator="equal", formula=[str(value)], fill=PatternFill("solid", bgColor=colour))
        book.active.conditional_formatting.add("G2:G14", rule)
    assert statuses(book) == PLANTED


def test_dots_coloured_by_their_font():
    """The same dot in every row: its colour is the status."""
    inks = {"green": "00B050", "yellow": "FFC000", "red": "FF0000"}

    def dot(cell, item):
        if item.status in inks:
            cell.value, cell.font = "●", Font(color=inks[item.status])

    assert statuses(sheet_with(dot)) == PLANTED


def test_the_same_dot_everywhere_without_colour_means_nothing():
    """Dots that do not differ are no status; never done, never red."""
    assert set(statuses(sheet_with(lambda cell, item: setattr(cell, "value", "●")))) == {"unknown"}


def test_a_colour_only_workbook_is_recognised_as_a_plan():
    """By its columns and colours, under any name."""
    content = readers.read(as_excel(flat(by_colour("pale"))), "Bok1.xlsx", readers.Options())
    text, blocks = assemble(content.blocks)
    assert plan.looks_like_plan(Document(source="Bok1.xlsx", sha256="", text=text, blocks=blocks)) >= 0.6


def test_a_tiltak_that_is_a_formula_without_value_is_kept():
    """The file holds no text for it: number, who, when and status stand, its name is a field to fill in."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ("Nr", "Fokusområde", "Hovedmål", "Tiltak", "Ansvarlig", "Frist", "Status"),
        ("1.1.1", "Rent vann", "Trygge kilder", "Måle kilden", "Vannverket", "2025", "Gjennomført"),
        ("1.1.2", None, None, '=CONCATENATE("Gjerde ", "inn")', "Bonden", "2026", "Ikke påbegynt"),
        ("1.1.3", None, None, "=Ark2!B4", None, None, None),
        (None, None, None, None, "og grunneieren", None, None),
        ("1.2.1", None, "Ren strand", "Rydde stranda", "Velet", "2025", "Pågår"),
        (None, None, None, '="Sette opp skilt"', "Velet", "2026", None),
    ):
        sheet.append(row)
    sheet["G7"].fill = PatternFill("solid", fgColor="FF5050")
    found = read_file(saved(book), "Handlingsplan.xlsx")
    lost = [(r.number, r.goal, r.measure.startswith("[Fyll inn tiltaket: celle D"), r.responsible, r.status) for r in found.rows]
    assert lost == [
        ("1.1.1", "Trygge kilder", False, "Vannverket", "green"),
        ("1.1.2", "Trygge kilder", True, "Bonden", "red"),
        ("1.1.3", "Trygge kilder", True, "og grunneieren", "unknown"),
        ("1.2.1", "Ren strand", False, "Velet", "yellow"),
        ("1.2.2", "Ren strand", True, "Velet", "red"),
    ]
    assert found.rows[1].measure == "[Fyll inn tiltaket: celle D3 er en formel uten lagret verdi]"
    assert found.rows[1].locator.endswith("cell=D3")


def test_another_copy_gives_the_text_that_the_formula_has_not():
    """The same plan in Word has the tiltak's words under its number: they are used, nothing is left to fill in."""
    rows = [("Nr", "Fokusområde", "Hovedmål", "Tiltak", "Ansvarlig", "Frist", "Status"),
            ("1.1.1", "Rent vann", "Trygge kilder", "Måle kilden", "Vannverket", "2025", "Gjennomført"),
            ("1.1.2", "", "", "Rydde stranda", "Velet", "2025", "Pågår"),
            ("1.1.3", "", "", "Gjerde inn", "Bonden", "2026", "Ikke påbegynt")]
    book, document = openpyxl.Workbook(), docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for at, row in enumerate(rows):
        book.active.append([value.replace("Gjerde inn", '="Gjerde "&"inn"') or None for value in row])
        for cell, value in zip(table.rows[at].cells, row, strict=True):
            cell.text = value
    documents = []
    for name, data in (("Plan 2025.xlsx", saved(book)), ("Plan 2025.docx", saved(document))):
        content = readers.read(data, name, readers.Options())
        text, blocks = assemble(content.blocks)
        documents.append(Document(source=name, sha256="", text=text, blocks=blocks, kind="action_plan", format=content.format,
                                  findings=content.findings))
    found = plan.read(documents)
    assert [r.measure for r in found.rows] == ["Måle kilden", "Rydde stranda", "Gjerde inn"]
    assert {f.kind for f in found.findings} <= {"no_responsible", "no_deadline"}
    assert plan.looks_like_plan(documents[0]) >= 0.6
