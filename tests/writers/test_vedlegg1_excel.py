"""Vedlegg 1 in Excel: to filter, sort and keep up to date, and safe to open."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from pipeline import plan, readers
from pipeline.config import CaseFields, Settings
from pipeline.model import CaseResult, Document, assemble
from pipeline.writers import vedlegg1_excel
from tests.plan.matrices import COUNTS, NUMBERS, PLAN, by_colour, document, flat


def result(items=PLAN) -> CaseResult:
    found = plan.read([document(flat(by_colour("strong"), items))])
    settings = Settings(case=CaseFields(plan_title="Plan & mål 2024–2026"))
    return CaseResult(name="sak", settings=settings, plan=found, today=date(2025, 10, 1))


def made(items=PLAN, *, language: str = "") -> bytes:
    case = result(items)
    spoken = replace(case.settings, documents=replace(case.settings.documents, language=language))
    return vedlegg1_excel.render(replace(case, settings=spoken), Path())


def opened(items=PLAN, *, language: str = "", **how):
    return openpyxl.load_workbook(BytesIO(made(items, language=language)), **how)


def test_every_tiltak_has_a_row_with_a_heading_to_each_column():
    """Headings in the first row, one tiltak a row, status as a word."""
    rows = list(opened()["Handlingsplan"].iter_rows(values_only=True))
    assert rows[0] == ("Nr.", "Fokusområde", "Hovedmål", "Tiltak", "Ansvarlig", "Frist", "Status", "Kommentar")
    assert tuple(r[0] for r in rows[1:]) == NUMBERS
    assert {r[6] for r in rows[1:]} == {"Gjennomført", "Pågående", "Ikke påbegynt", "Mangler status"}


def test_filter_frozen_heading_choice_and_print():
    """Autofilter over all, heading frozen and printed on each page, a list for status, landscape A4 one page wide."""
    sheet = opened()["Handlingsplan"]
    assert sheet.auto_filter.ref == "A1:H14"
    assert sheet.freeze_panes == "B2"
    assert sheet.print_title_rows == "$1:$1"
    (choice,) = sheet.data_validations.dataValidation
    assert choice.type == "list" and "Ikke påbegynt" in choice.formula1 and str(choice.sqref) == "G2:G14"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (
        sheet.page_setup.fitToWidth == 1
        and sheet.page_setup.fitToHeight == 0
        and sheet.sheet_properties.pageSetUpPr.fitToPage
    )
    assert "Plan && mål" in sheet.oddHeader.left.text


def test_the_colour_follows_the_word():
    """Conditional formatting gives each of the three words its light, so that an edit shows at once."""
    sheet = opened()["Handlingsplan"]
    rules = {r.formula[0]: r.dxf.fill.bgColor.rgb[-6:] for area in sheet.conditional_formatting for r in area.rules}
    assert rules == {'"Gjennomført"': "C6E0B4", '"Pågående"': "FFE699", '"Ikke påbegynt"': "F4B6B6"}


def test_counts_are_live_formulas_with_their_values():
    """COUNTIFS per fokusområde and status; the value stands beside it for programs that do not calculate."""
    formulas, values = opened()["Oversikt"], opened(data_only=True)["Oversikt"]
    assert formulas["B2"].value.startswith("=COUNTIFS(")
    got = tuple(tuple(values.cell(row, col).value for col in range(2, 6)) for row in range(2, 5))
    assert got == COUNTS
    assert [values.cell(5, col).value for col in range(1, 7)] == ["Hele planen", 4, 3, 5, 1, 13]


def test_texts_that_look_like_formulas_stay_text():
    """Nothing from the plan is ever a formula, in cells, headings or counted titles."""
    hostile = ("=1+1", "+47 99", "-ja", "@navn", '=HYPERLINK("http://x")')
    items = [replace(item, measure=text, comment=text, focus="=cmd") for item, text in zip(PLAN, hostile, strict=False)]
    book = opened(items)
    cells = [c for row in book["Handlingsplan"].iter_rows() for c in row if c.value is not None]
    assert {c.data_type for c in cells} == {"s"}
    assert [c.value for c in book["Handlingsplan"]["D"][1:]] == list(hostile)
    assert book["Oversikt"]["A2"].value == "1 =cmd"


def test_a_title_that_countifs_would_take_for_a_pattern_is_counted_exactly():
    """A question mark in a title means any letter to COUNTIFS: another formula is used."""
    assert opened([replace(item, focus="Hva nå?") for item in PLAN])["Oversikt"]["B2"].value.startswith("=SUMPRODUCT(")


def test_the_workbook_of_a_nynorsk_case_is_in_nynorsk():
    """Headings, statuses, choice, colours, counts, legend and printed headers, as in the Word version; the plan as it is."""
    book = opened(language="nynorsk")
    plan_sheet, counts, legend = book.worksheets
    assert [c.value for c in plan_sheet[1]] == [
        "Nr.", "Fokusområde", "Hovudmål", "Tiltak", "Ansvarleg", "Frist", "Status", "Kommentar"]  # fmt: skip
    words = ["Gjennomført", "I gang", "Ikkje byrja på", "Manglar status"]
    assert {c.value for c in plan_sheet["G"][1:]} == set(words)
    assert [c.value for c in plan_sheet["D"][1:]] == [c.value for c in opened()["Handlingsplan"]["D"][1:]]
    (choice,) = plan_sheet.data_validations.dataValidation
    assert choice.formula1 == f'"{",".join(words)}"' and choice.error == f"Vel ein av desse: {', '.join(words)}."
    rules = {r.formula[0] for area in plan_sheet.conditional_formatting for r in area.rules}
    assert rules == {f'"{word}"' for word in words[:3]}
    assert [c.value for c in counts[1]] == ["Fokusområde", *words, "Sum"] and counts["A5"].value == "Heile planen"
    values = opened(language="nynorsk", data_only=True).worksheets[1]
    assert [values.cell(5, col).value for col in range(2, 7)] == [4, 3, 5, 1, 13]
    assert [c.value for c in legend[1]] == ["Status", "Farge", "Tyder"] and legend["B4"].value == "raudt"
    assert book.properties.language == "nn-NO"
    said = " ".join(str(c.value) for sheet in (counts, legend) for row in sheet.iter_rows() for c in row if c.value)
    assert not re.search(r"\b(?:ikke|påbegynt|rødt|mangler|listen|hele|velg|brukes|følger)\b", said.lower())


@pytest.mark.parametrize("language", ["bokmål", "nynorsk"])
def test_our_own_reader_reads_the_same_plan_back(language):
    """The workbook is itself a plan: read again it gives the same tiltak and statuses, in either language."""
    content = readers.read(made(language=language), "vedlegg.xlsx", readers.Options())
    text, blocks = assemble(content.blocks)
    again = plan.read(
        [Document(source="v.xlsx", sha256="", text=text, blocks=blocks, kind="action_plan", format="xlsx")]
    )
    first = result().plan
    assert [(r.number, r.measure, r.responsible, r.status) for r in again.rows] == [
        (r.number, r.measure, r.responsible, r.status) for r in first.rows
    ]
    assert [(r.focus_area, r.goal) for r in again.rows] == [(r.focus_area, r.goal) for r in first.rows]


def test_the_plans_further_columns_get_columns_of_their_own():
    """Also where two have the same heading, or one of ours."""
    first = result()
    row = replace(first.plan.rows[0], extra=(("Ressurser", "mye"), ("", "notat"), ("Frist", "egen")))
    table = vedlegg1_excel.frame([row, *first.plan.rows[1:]])
    assert list(table.columns)[-3:] == ["Ressurser", "Uten overskrift", "Frist (2)"]
    assert list(table.iloc[0])[-3:] == ["mye", "notat", "egen"]


def test_the_same_input_gives_the_same_bytes_and_no_plan_gives_no_file():
    """No clock in the file; nothing without a plan."""
    assert made() == made()
    assert vedlegg1_excel.render(CaseResult(name="sak", settings=Settings()), Path()) is None
