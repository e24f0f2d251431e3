"""The native chart of status per fokusområde."""

from __future__ import annotations

from io import BytesIO

import docx
import openpyxl
from lxml import etree

from pipeline import plan, status_text
from pipeline.model import Plan
from pipeline.phrases import Phrases
from pipeline.writers._status_chart import add_status_chart, describe
from tests.plan.matrices import PLAN, by_colour, document, flat, without

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def summary(items=PLAN):
    return status_text.summarise(plan.read([document(flat(by_colour("strong"), items))]))


def charted(items=PLAN, times: int = 1, *, say: Phrases = status_text.BOKMAL):
    word = docx.Document()
    for _ in range(times):
        add_status_chart(word.add_paragraph(), summary(items), say)
    out = BytesIO()
    word.save(out)
    again = docx.Document(BytesIO(out.getvalue()))
    return again, [p for p in again.part.package.iter_parts() if "/charts/" in str(p.partname)]


def test_the_chart_holds_every_figure_with_words():
    """One series a status with its word, one bar a fokusområde, labels on."""
    _, (chart,) = charted()
    tree = etree.fromstring(chart.blob)
    series = {
        s.find(f"{C}tx//{C}v").text: [int(v.text) for v in s.findall(f"{C}val//{C}v")] for s in tree.iter(f"{C}ser")
    }
    assert series == {"Gjennomført (grønt)": [2, 0, 2], "Pågående (gult)": [1, 1, 1], "Ikke påbegynt (rødt)": [2, 2, 1],
                      "Mangler status": [0, 1, 0]}  # fmt: skip
    assert all(s.find(f"{C}dLbls/{C}showVal").get("val") == "1" for s in tree.iter(f"{C}ser"))


def test_the_chart_of_a_nynorsk_case_is_tagged_as_nynorsk():
    """Its words are nynorsk, and so is the language that a screen reader and the spelling check go by."""
    _, (chart,) = charted(say=Phrases(nynorsk=True))
    assert b"nn-NO" in chart.blob and b"nb-NO" not in chart.blob and "Ikkje byrja på (raudt)".encode() in chart.blob


def test_the_alt_text_says_all_that_the_picture_shows():
    """A reader who does not see the chart gets each fokusområde with its figures."""
    word, _ = charted()
    properties = next(e for e in word.element.body.iter() if e.tag.endswith("}docPr"))
    assert properties.get("descr") == describe(summary())
    assert "Fokusområde 2: Folk nok: ett pågående, to ikke påbegynt og ett mangler status." in describe(summary())


def test_the_chart_can_be_edited_in_word():
    """Its own workbook holds the same figures."""
    _, (chart,) = charted()
    (book,) = [rel.target_part.blob for rel in chart.rels.values()]
    rows = list(openpyxl.load_workbook(BytesIO(book)).active.iter_rows(values_only=True))
    assert rows[1:] == [
        ("1. Trygge overganger", 2, 1, 2, 0),
        ("2. Folk nok", 0, 1, 2, 1),
        ("3. En åpen dør", 2, 1, 1, 0),
    ]


def test_hostile_and_long_titles_and_two_charts():
    """Markup in a title stays text, a long one is shortened in the picture, and names do not clash."""
    items = without(PLAN[:3], focus='<a:t>"Ute & inne" ' + "og en tittel som er altfor lang for en figur " * 4)
    word, charts = charted(items, times=2)
    assert len({str(p.partname) for p in charts}) == 2
    label = next(e.text for e in etree.fromstring(charts[0].blob).iter(f"{C}v") if e.text.startswith("1. <a:t>"))
    assert len(label) <= 64 and label.endswith("…")
    ids = [e.get("id") for e in word.element.body.iter() if e.tag.endswith("}docPr")]
    assert len(set(ids)) == 2


def test_no_plan_no_chart():
    """Nothing is added for an empty plan."""
    word = docx.Document()
    add_status_chart(word.add_paragraph(), status_text.summarise(Plan()))
    assert not word.inline_shapes
    assert not [p for p in word.part.package.iter_parts() if "/charts/" in str(p.partname)]
