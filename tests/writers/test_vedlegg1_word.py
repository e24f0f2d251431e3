"""Vedlegg 1 in Word: every tiltak with number, colour and word, readable by everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from pipeline import plan
from pipeline.config import CaseFields, Settings
from pipeline.errors import TemplateError
from pipeline.model import CaseResult
from pipeline.writers import vedlegg1_word
from tests.plan.matrices import PLAN, by_colour, document, flat

TEMPLATES = Path(__file__).parents[2] / "templates"


def result(items=PLAN, paint=None, **case) -> CaseResult:
    found = plan.read([document(flat(paint or by_colour("strong"), items), title="Samarbeidsplan 2024-2026")])
    return CaseResult(name="sak", settings=Settings(case=CaseFields(**case)), plan=found, today=date(2025, 10, 1))


def opened(made: CaseResult):
    return docx.Document(BytesIO(vedlegg1_word.render(made, TEMPLATES)))


def matrix(word) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in word.tables[-1].rows]


def test_the_committed_template_has_no_unknown_or_broken_tag():
    """What ``ssu check`` says about our own template: nothing."""
    assert vedlegg1_word.check(TEMPLATES) == ()


def test_every_tiltak_stands_with_number_who_when_and_status_word():
    """The row of each tiltak holds all of it; no tag is left."""
    rows = {row[0]: row for row in matrix(opened(result()))}
    for row in result().plan.rows:
        found = rows[row.number]
        assert found[1:4] == [row.measure, row.responsible, row.deadline]
        assert found[4].split("\n")[0] in ("Gjennomført", "Pågående", "Ikke påbegynt", "Mangler status")
    assert "{" not in "".join(text for row in matrix(opened(result())) for text in row)


def test_status_is_colour_and_word():
    """The status cell's shading follows the word, and a missing status has neither red nor another light."""
    shades = {"Gjennomført": "C6E0B4", "Pågående": "FFE699", "Ikke påbegynt": "F4B6B6", "Mangler status": "FFFFFF"}
    met = set()
    for row in opened(result()).tables[-1].rows:
        word = row.cells[4].text.split("\n")[0]
        if word in shades and len(row._tr.tc_lst) == 6:
            met.add(word)
            assert row.cells[4]._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == shades[word]
    assert met == set(shades)


def test_bands_and_goals_stand_above_their_tiltak():
    """Fokusområder and hovedmål are rows across the whole table, in printed order."""
    bands = [row.cells[0].text for row in opened(result()).tables[-1].rows if len(row._tr.tc_lst) == 1]
    assert bands[:3] == ["Fokusområde 1: Trygge overganger", "Hovedmål 1.1: Innbyggerne møter ett samlet tilbud",
                         "Hovedmål 1.2: Færre unødige turer"]  # fmt: skip


def test_page_header_row_language_title_and_alt_texts():
    """Landscape A4, a heading row that repeats, rows in one piece, Norwegian, a title, table alt texts."""
    word = opened(result())
    section = word.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert round(section.page_width.cm, 1) == 29.7 and round(section.page_height.cm, 1) == 21.0
    first, *rest = word.tables[-1].rows
    assert first._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rest)
    assert word.core_properties.title == "Vedlegg 1: Samarbeidsplan 2024-2026 med status"
    assert word.core_properties.language == "nb-NO"
    for table in word.tables:
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_cell_properties_keep_the_order_of_the_schema():
    """Width before spans before shading in every cell."""
    order = [
        qn(f"w:{n}") for n in ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar")
    ]
    for properties in opened(result()).element.body.iter(qn("w:tcPr")):
        places = [order.index(child.tag) for child in properties]
        assert places == sorted(places)


def test_counts_and_legend_come_from_the_rows():
    """The overview's last row holds the sums, the legend one line a status."""
    overview, legend, _ = opened(result()).tables
    assert [c.text for c in overview.rows[-1].cells] == ["Hele planen", "4", "3", "5", "1", "13"]
    assert [r.cells[2].text for r in legend.rows[1:]] == ["4", "3", "5", "1"]


@pytest.mark.parametrize("text", ["<budsjett> & {{ egne }} midler", "=SUM(A1)", "🚑 אבג", "Linje {% raw %}"])
def test_texts_of_the_plan_come_through_unharmed(text):
    """Angle brackets, template code, emoji and right-to-left text stay what they are."""
    items = [replace(PLAN[0], measure=text, comment=text), *PLAN[1:]]
    row = next(r for r in matrix(opened(result(items))) if r[0] == "1.1.1")
    assert row[1] == text and row[5] == text


def test_the_plans_own_words_and_an_unexplained_colour_are_shown():
    """ "Gjennomført i mai" is printed under the word; a blue cell stays blue, paled, with its name."""
    blue = opened(result(paint=lambda i, n: ("", "0070C0" if n == 0 else by_colour("strong")(i, n)[1])))
    row = next(r for r in blue.tables[-1].rows if r.cells[0].text == "1.1.1")
    assert row.cells[4].text == "Ukjent farge (blå)"
    assert row.cells[4]._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) not in vedlegg1_word.SHADES.values()
    said = opened(result(paint=lambda i, n: ("Gjennomført i mai" if n == 0 else "Pågår", None)))
    row = next(r for r in said.tables[-1].rows if r.cells[0].text == "1.1.1")
    assert row.cells[4].text == "Gjennomført\nGjennomført i mai"


def test_the_same_input_gives_the_same_bytes():
    """No clock and no randomness in the file."""
    assert vedlegg1_word.render(result(), TEMPLATES) == vedlegg1_word.render(result(), TEMPLATES)


def test_no_plan_no_attachment():
    """A case without a plan has no vedlegg 1."""
    assert vedlegg1_word.render(CaseResult(name="sak", settings=Settings()), TEMPLATES) is None


def test_a_missing_template_is_a_template_error(tmp_path):
    """The message is for the secretariat."""
    with pytest.raises(TemplateError, match="vedlegg-1-handlingsplan"):
        vedlegg1_word.render(result(), tmp_path)
