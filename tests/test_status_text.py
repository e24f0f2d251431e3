"""The status of the plan in plain sentences, every figure from the rows."""

from __future__ import annotations

from dataclasses import replace

from pipeline import plan, status_text
from pipeline.model import Plan, PlanRow
from tests.plan.matrices import COUNTS, PLAN, by_colour, document, flat


def summary(rows=None) -> status_text.PlanSummary:
    found = plan.read([document(flat(by_colour("strong")))])
    return status_text.summarise(replace(found, rows=tuple(rows)) if rows is not None else found)


def test_counts_and_totals_come_from_the_rows():
    """Per fokusområde and in all."""
    found = summary()
    assert tuple((a.counts.green, a.counts.yellow, a.counts.red, a.counts.unknown) for a in found.areas) == COUNTS
    assert found.total.total == len(PLAN)
    assert "13 tiltak fordelt på tre fokusområder" in found.sentence


def test_every_red_tiltak_is_named_with_its_number():
    """Each one by one; a tiltak without status is named too, and never among the red."""
    found = summary()
    named = [item for area in found.areas for item in area.red_items]
    assert [n.split()[0] for n in named] == [r.number for r in found.red]
    assert len(named) == 5
    missing = [item for area in found.areas for item in area.missing_items]
    assert len(missing) == 1 and missing[0] not in named
    assert all(item in area.text for area in found.areas for item in (*area.red_items, *area.missing_items))


def test_the_wording_varies_between_fokusomrader_and_not_between_runs():
    """No two areas begin alike, and the same plan gives the same text."""
    first, second = summary(), summary()
    assert [a.text for a in first.areas] == [a.text for a in second.areas]
    assert len({a.sentences[0].split()[0:3].__repr__() for a in first.areas}) == len(first.areas)


def test_duplicate_goals_are_shown_as_they_are():
    """Trap 17: two hovedmål of one text are both listed, with their numbers."""
    rows = [
        PlanRow(number=f"1.{n}.1", focus_area="Alt", goal="Samme mål", measure=f"Gjøre {n}", focus_number="1",
                goal_number=f"1.{n}", status="yellow")
        for n in (1, 3)
    ]  # fmt: skip
    area = status_text.summarise(Plan(rows=tuple(rows))).areas[0]
    assert [(g.short_number, g.title) for g in area.goals] == [("1", "Samme mål"), ("3", "Samme mål")]


def test_one_status_throughout():
    """A fokusområde of one colour is said to be so, and what is missing is not called red."""
    for status, word in (("red", "rødt"), ("green", "grønt"), ("unknown", "status")):
        rows = [replace(r, status=status) for r in plan.read([document(flat(by_colour("strong")))]).rows]
        found = summary(rows)
        assert all(word in a.sentences[0] for a in found.areas)
        assert all(bool(a.red_items) == (status == "red") for a in found.areas)
        assert status != "unknown" or all("rødt" not in a.text for a in found.areas)


def test_small_numbers_are_grammatical():
    """One tiltak, two tiltak: "ett tiltak", "begge"."""
    row = PlanRow(number="1.1", focus_area="Lite", goal="", measure="Gjøre det", focus_number="1", status="yellow")
    assert "ett tiltak, og det pågår" in status_text.summarise(Plan(rows=(row,))).areas[0].text
    two = (row, replace(row, number="1.2", measure="Gjøre noe annet"))
    assert "Begge tiltakene pågår" in status_text.summarise(Plan(rows=two)).areas[0].text


def test_no_plan_gives_an_empty_summary():
    """Nothing to say, nothing said."""
    found = status_text.summarise(Plan())
    assert found.areas == () and found.sentence == "" and found.red == ()


def test_the_printed_status_is_shown_where_it_says_more():
    """ "Gjennomført" is not repeated; "Gjennomført i mai" is."""
    row = PlanRow(number="1", focus_area="", goal="", measure="m", status="green", status_text="gjennomført")
    for text in ("gjennomført", "Ferdig og på plass", "✓", "G", "Grønn", "100 %"):
        assert status_text.printed_status(replace(row, status_text=text)) == ""
    assert status_text.printed_status(replace(row, status_text="Gjennomført i mai")) == "Gjennomført i mai"
