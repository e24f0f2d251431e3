"""Planted matrices: every layout and colouring gives the same numbered tiltak with the right status."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from pipeline import plan
from pipeline.model import Block, Document, Plan
from tests.plan.matrices import (
    COUNTS,
    FOCI,
    NUMBERS,
    PLAN,
    SHADES,
    WORDS,
    Table,
    by_colour,
    by_words,
    document,
    flat,
)

EMPTY = dict.fromkeys(WORDS, "")


def figures(found: Plan) -> tuple:
    return tuple((c.green, c.yellow, c.red, c.unknown) for c in plan.counts(found.rows))


def kinds(found: Plan) -> list[str]:
    return sorted({f.kind for f in found.findings})


def core(found: Plan) -> list[tuple]:
    return [
        (r.number, r.focus_area, r.goal, r.measure, r.responsible, r.deadline, r.status, r.comment) for r in found.rows
    ]


def legend_rows(table: Table, row: int, lines: list[tuple[str | None, str]]) -> None:
    for at, (fill, text) in enumerate(lines, row):
        table.put(at, 1, "", fill)
        table.put(at, 2, text)


# --- colourings -------------------------------------------------------------------------------------------------

COLOURINGS = {
    **{f"status cell shaded {shade}": flat(by_colour(shade)) for shade in SHADES},
    "words": flat(by_words(WORDS)),
    "nynorsk words": flat(by_words({"green": "Fullført", "yellow": "I gong", "red": "Ikkje påbyrja", "unknown": ""})),
    "house words": flat(by_words({"green": "På plass", "yellow": "Under arbeid", "red": "Planlagt", "unknown": ""})),
    "colour names": flat(by_words({"green": "Grønn", "yellow": "Gul", "red": "Rød", "unknown": ""})),
    "letters G GU R": flat(by_words({"green": "G", "yellow": "GU", "red": "R", "unknown": ""})),
    "letters G Y R": flat(by_words({"green": "G", "yellow": "Y", "red": "R", "unknown": "-"})),
    "ticks and crosses": flat(by_words({"green": "✓", "yellow": "◐", "red": "✗", "unknown": ""})),
    "circles": flat(by_words({"green": "●", "yellow": "◐", "red": "○", "unknown": ""})),
    "emoji": flat(by_words({"green": "🟢", "yellow": "🟡", "red": "🔴", "unknown": ""})),
    "per cent": flat(by_words({"green": "100 %", "yellow": "40 %", "red": "0%", "unknown": ""})),
    "whole rows shaded": flat(by_words(EMPTY), row_fill=lambda i, n: SHADES["pale"].get(i.status)),
    "tiltak cell shaded": flat(by_words(EMPTY), measure_fill=by_colour("excel")),
    "words on zebra": flat(by_words(WORDS), row_fill=lambda i, n: "E2EFDA" if n % 2 else None),
    "words on red and green bands": flat(by_words(WORDS), row_fill=lambda i, n: ("FFC7CE", "C6EFCE")[n % 2]),
    "shades on green zebra": flat(by_colour("strong"), row_fill=lambda i, n: "E2EFDA" if n % 2 else None),
    "words in sentences": flat(
        by_words(
            {
                "green": "Gjennomført våren 2025, rapport er levert",
                "yellow": "Pågår – gruppen har møttes to ganger",
                "red": "Ikke startet opp. Venter på penger fra staten og en avklaring i kommunestyrene",
                "unknown": "",
            }
        )
    ),
}


@pytest.mark.parametrize("name", COLOURINGS)
def test_every_colouring_gives_the_planted_statuses(name):
    """Whatever carries the status, counts per fokusområde and numbers are the planted ones."""
    found = plan.read([document(COLOURINGS[name])])
    assert figures(found) == COUNTS
    assert tuple(r.number for r in found.rows) == NUMBERS
    assert [r.measure for r in found.rows] == [i.measure for i in PLAN]


# --- layouts ----------------------------------------------------------------------------------------------------


def banded(*, bold: bool = True, labels: bool = True, spans: bool = True, number: bool = False) -> Table:
    """Fokusområde and hovedmål as rows of their own above their tiltak."""
    table = Table(sheet="Plan")
    headings = (("Nr",) if number else ()) + ("Tiltak", "Ansvar", "Frist", "Status")
    table.line(1, headings, "305496", bold=True)
    row = 1
    for f, (focus, items) in enumerate(itertools.groupby(PLAN, key=lambda i: i.focus), 1):
        row += 1
        width = len(headings) if spans else 1
        table.put(row, 1, f"Fokusområde {f}: {focus}" if labels else focus, "8EA9DB", cols=width, bold=bold)
        for g, (goal, members) in enumerate(itertools.groupby(items, key=lambda i: i.goal), 1):
            row += 1
            table.put(row, 1, f"Hovedmål {g}: {goal}" if labels else goal, "D9E1F2", cols=width, bold=False)
            for n, item in enumerate(members, 1):
                row += 1
                cells = ((f"{f}.{g}.{n}",) if number else ()) + (item.measure, item.responsible, item.deadline, "")
                table.line(row, cells)
                table.put(row, len(cells), "", SHADES["strong"].get(item.status))
    return table


LAYOUTS = {
    "labelled bands across": banded(),
    "unlabelled bands across": banded(labels=False),
    "labelled bands in the first cell": banded(spans=False),
    "labelled bands beside printed numbers": banded(number=True),
    "unlabelled bands beside printed numbers": banded(number=True, labels=False),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_bands_place_the_tiltak_below_them(name):
    """Fokusområde and hovedmål as band rows are structure, not tiltak, labelled or told by their look."""
    found = plan.read([document(LAYOUTS[name])])
    assert figures(found) == COUNTS
    assert tuple(r.number for r in found.rows) == NUMBERS
    assert [(r.focus_area, r.goal) for r in found.rows] == [(i.focus, i.goal) for i in PLAN]


def test_a_sheet_for_each_fokusomrade():
    """Sheets named after their fokusområde are parts of one plan, numbered on."""
    tables = []
    for n, focus in enumerate(FOCI, 1):
        table = Table(n, sheet=focus)
        table.line(1, ("Hovedmål", "Tiltak", "Ansvarlig", "Tidsfrist", "Status"), bold=True)
        for row, item in enumerate((i for i in PLAN if i.focus == focus), 2):
            table.line(row, (item.goal, item.measure, item.responsible, item.deadline, ""))
            table.put(row, 5, "", SHADES["orange"].get(item.status))
        tables.append(table)
    found = plan.read([document(*tables)])
    assert figures(found) == COUNTS
    assert tuple(r.number for r in found.rows) == NUMBERS
    assert [r.focus_area for r in found.rows] == [i.focus for i in PLAN]


def test_word_headings_above_each_table():
    """In Word the fokusområde may stand as a heading, also with its title in the paragraph below."""
    parts: list = [Block(text="Handlingsplan 2025–2028", kind="heading", level=1)]
    for n, focus in enumerate(FOCI, 1):
        parts.append(Block(text=f"Fokusområde {n}:", kind="heading", level=2))
        parts.append(Block(text=focus))
        table = Table(n)
        table.line(1, ("Mål", "Tiltak", "Hvem", "Når", "Status"), bold=True)
        row = 1
        for goal, members in itertools.groupby((i for i in PLAN if i.focus == focus), key=lambda i: i.goal):
            members = list(members)
            table.put(row + 1, 1, goal, rows=len(members))
            for item in members:
                row += 1
                for col, text in enumerate((item.measure, item.responsible, item.deadline, WORDS[item.status]), 2):
                    table.put(row, col, text)
        parts.append(table)
    found = plan.read([document(*parts, source="plan.docx", format="docx")])
    assert figures(found) == COUNTS
    assert tuple(r.number for r in found.rows) == NUMBERS
    assert found.period == "2025–2028"
    assert [r.focus_area for r in found.rows] == [i.focus for i in PLAN]


def test_headings_further_down_and_repeated():
    """Title rows above the headings and headings repeated on each page are no tiltak."""
    table = flat(by_words(WORDS), first_row=4)
    table.put(1, 1, "Tiltaksplan for samarbeidet 2023-2025", bold=True, cols=7)
    table.put(2, 1, "Sist oppdatert 1. september")
    shifted = Table(sheet="Plan")
    for (row, col), cell in table.cells.items():
        shifted.cells[row + (row > 9), col] = cell._replace(row=row + (row > 9))
    for col, text in enumerate(("Fokusområde", "Hovedmål", "Tiltak", "Ansvarlig", "Frist", "Status", "Kommentar"), 1):
        shifted.put(10, col, text)
    found = plan.read([document(shifted)])
    assert figures(found) == COUNTS
    assert found.period == "2023–2025"
    assert found.title == "Tiltaksplan for samarbeidet 2023-2025"


def test_a_status_column_for_each_status():
    """A mark under "Ikke startet", "Pågår" or "Ferdig" is the status, with the headings over two rows."""
    table = Table(sheet="Plan")
    for col, text in enumerate(("Satsingsområde", "Mål", "Aktivitet", "Ansvarleg"), 1):
        table.put(1, col, text, rows=2)
    table.put(1, 5, "Status", cols=3)
    for col, text in enumerate(("Ikke startet", "Pågår", "Ferdig"), 5):
        table.put(2, col, text)
    mark = {"red": 5, "yellow": 6, "green": 7}
    for row, item in enumerate(PLAN, 3):
        table.line(row, (item.focus, item.goal, item.measure, item.responsible, "", "", ""))
        if item.status in mark:
            table.put(row, mark[item.status], "x")
    found = plan.read([document(table)])
    assert figures(found) == COUNTS
    assert "no_deadline" in kinds(found)


def test_rows_continued_and_tiltak_merged_over_rows():
    """A tiltak merged over two rows is one tiltak with both names; a row without tiltak continues the one above."""
    table = Table(sheet="Plan")
    table.line(1, ("Hovedmål", "Tiltak", "Ansvarlig", "Frist", "Status"), bold=True)
    table.put(2, 1, "Kortere vei til hjelp", rows=4)
    table.put(2, 2, "Åpne legevakt på nett", rows=2)
    table.line(2, ("Kortere vei til hjelp", "Åpne legevakt på nett", "Bykommunen", "2025", "Pågår"))
    table.cells[2, 1] = table.cells[2, 1]._replace(row_span=4)
    table.cells[2, 2] = table.cells[2, 2]._replace(row_span=2)
    table.put(3, 3, "Sykehuset")
    table.put(4, 2, "Skrive felles rutine")
    table.put(4, 3, "Fagrådet og")
    table.put(4, 5, "Gjennomført")
    table.put(5, 3, "fagsjefen")
    found = plan.read([document(table)])
    assert [(r.number, r.responsible, r.status) for r in found.rows] == [
        ("1.1", "Bykommunen, Sykehuset", "yellow"),
        ("1.2", "Fagrådet og, fagsjefen", "green"),
    ]


def test_a_table_that_goes_on_without_headings():
    """A second Word or PDF table of the same width continues the first."""
    whole = flat(by_words(WORDS))
    first, second = Table(1), Table(2)
    for (row, col), cell in whole.cells.items():
        part, at = (first, row) if row <= 6 else (second, row - 6)
        part.put(at, col, cell.text, cell.fill, rows=min(cell.row_span, 7 - row) if row <= 6 else cell.row_span)
    found = plan.read([document(first, second, source="plan.pdf", format="pdf")])
    assert figures(found) == COUNTS
    assert tuple(r.number for r in found.rows) == NUMBERS


def test_unlabelled_number_and_status_columns():
    """Columns without a heading still give the number and the sign, and lose no text."""
    table = Table(sheet="Plan")
    table.line(1, ("", "Tiltak", "Ansvarlig", "Frist", "", ""))
    table.line(2, ("1.1", "Samle alle skjema", "Arkivet", "2025", "✓", "Se eget notat"))
    table.line(3, ("1.2", "Slå sammen to lister", "Arkivet", "2026", "✗", ""))
    found = plan.read([document(table)])
    assert [(r.number, r.status) for r in found.rows] == [("1.1", "green"), ("1.2", "red")]
    assert found.rows[0].extra == (("", "Se eget notat"),)


def test_colour_only_excel_and_the_same_matrix_in_word_give_identical_rows():
    """The rows differ in source and locator alone."""
    excel = plan.read([document(flat(by_colour("strong")))])
    word_table = flat(by_colour("pale"), sheet="")
    word = plan.read([document(word_table, source="plan.docx", format="docx")])
    assert core(excel) == core(word)


# --- legends ----------------------------------------------------------------------------------------------------


def test_an_inverted_legend_is_obeyed():
    """Where the plan says that red is done, red is done."""
    turned = {"green": "FF0000", "yellow": "FFFF00", "red": "00B050"}
    table = flat(lambda item, n: ("", turned.get(item.status)))
    legend_rows(table, 20, [("FF0000", "Gjennomført"), ("FFFF00", "Pågår"), ("00B050", "Ikke påbegynt")])
    found = plan.read([document(table)])
    assert figures(found) == COUNTS
    assert len(found.rows) == len(PLAN)
    assert found.rows[0].status_text == "Gjennomført"


def test_a_legend_in_running_text_gives_blue_a_meaning():
    """ "Blått = gjennomført" above the table makes blue cells done."""
    shades = {"green": "0070C0", "yellow": "FFC000", "red": "FF0000"}
    legend = Block(text="Blått = gjennomført; gult = satt i gang; rødt = ikke satt i gang", place="body")
    found = plan.read([document(legend, flat(lambda item, n: ("", shades.get(item.status))))])
    assert figures(found) == COUNTS
    assert found.rows[0].status_text == "Gjennomført"


def test_a_legend_for_letters():
    """Letters mean what the plan says they mean, against the usual reading."""
    words = {"green": "A", "yellow": "B", "red": "C", "unknown": ""}
    legend = Block(text="A = avsluttet, B = begynt, C = ikke begynt")
    found = plan.read([document(flat(by_words(words)), legend)])
    assert figures(found) == COUNTS


def test_a_colour_the_legend_does_not_know_is_kept_and_shown():
    """Blue without an explanation: status unknown, the colour kept, a finding; never red."""
    items = [replace(PLAN[0], status="blue"), *PLAN[1:]]
    found = plan.read([document(flat(lambda i, n: ("", {**SHADES["strong"], "blue": "0070C0"}.get(i.status)), items))])
    assert (found.rows[0].status, found.rows[0].fill) == ("unknown", "0070C0")
    assert [f.locator for f in found.findings if f.kind == "unknown_colour"] == [found.rows[0].locator]


def test_a_legend_beside_the_table_and_one_in_the_table_are_no_tiltak():
    """Legend cells in columns beyond the table, or rows below it, never become tiltak."""
    table = flat(by_colour("excel"))
    for row, (shade, text) in enumerate(
        (("C6EFCE", "Gjennomført"), ("FFEB9C", "Pågår"), ("FFC7CE", "Ikke startet")), 2
    ):
        table.put(row, 10, text, shade)
        table.put(20 + row, 3, text, shade)
    found = plan.read([document(table)])
    assert figures(found) == COUNTS
    assert all(not r.extra for r in found.rows)


# --- what colours do not mean ------------------------------------------------------------------------------------


def test_missing_colour_is_missing_status_and_never_red():
    """Trap 19: no colour and no word gives unknown, "Mangler status" and a finding each."""
    found = plan.read([document(flat(by_words(EMPTY)))])
    assert {r.status for r in found.rows} == {"unknown"}
    assert {r.status_text for r in found.rows} == {"Mangler status"}
    assert sum(f.kind == "missing_status" for f in found.findings) == len(PLAN)


def test_colours_that_tell_fokusomrader_apart_are_no_status():
    """One tint a fokusområde, all through its rows, is design."""
    tint = dict(zip(FOCI, ("E2EFDA", "FFF2CC", "F8CBCB"), strict=True))
    found = plan.read([document(flat(by_words(EMPTY), row_fill=lambda i, n: tint[i.focus]))])
    assert {r.status for r in found.rows} == {"unknown"}


def test_text_against_colour_is_a_finding_and_the_text_counts():
    """Where text and colour go together, the one row where they do not is shown."""
    paint = lambda item, n: (WORDS[item.status], SHADES["strong"].get("red" if n == 0 else item.status))  # noqa: E731
    found = plan.read([document(flat(paint))])
    assert figures(found) == COUNTS
    conflicts = [f for f in found.findings if f.kind == "status_conflict"]
    assert len(conflicts) == 1 and conflicts[0].locator == found.rows[0].locator
    assert "Lage felles sjekkliste" in conflicts[0].message


def test_status_words_that_mean_none_of_the_three_are_kept():
    """ "Utsatt" says neither begun nor not begun: kept as printed, unknown, with a finding."""
    items = [replace(PLAN[0], status="later"), *PLAN[1:]]
    found = plan.read([document(flat(by_words({**WORDS, "later": "Utsatt"}), items))])
    assert (found.rows[0].status, found.rows[0].status_text) == ("unknown", "Utsatt")
    assert "unknown_status" in kinds(found)


# --- numbers and findings ---------------------------------------------------------------------------------------


def numbered(numbers: list[str], **changes) -> Table:
    table = Table(sheet="Plan")
    table.line(1, ("Nr.", "Hovedmål", "Tiltak", "Ansvarlig", "Frist", "Status"))
    for row, (number, item) in enumerate(zip(numbers, PLAN, strict=False), 2):
        table.line(row, (number, item.goal, item.measure, item.responsible, item.deadline, WORDS[item.status]))
    return table


def test_printed_hierarchical_numbers_are_kept_and_gaps_are_findings():
    """1.1.1, 1.1.2, 1.1.4: kept, and the jump is shown."""
    found = plan.read([document(numbered(["1.1.1", "1.1.2", "1.1.4", "1.2.1", "1.2.2"]))])
    assert [r.number for r in found.rows] == ["1.1.1", "1.1.2", "1.1.4", "1.2.1", "1.2.2"]
    assert ["1.1.3" in f.message for f in found.findings if f.kind == "numbering_gap"] == [True]


def test_running_numbers_are_replaced_by_hierarchical_ones():
    """1, 2, 3 … through the plan say nothing about the goal: numbers are made."""
    found = plan.read([document(numbered(["1", "2", "3", "4", "5"]))])
    assert [r.number for r in found.rows] == ["1.1", "1.2", "1.3", "2.1", "2.2"]


def test_a_number_used_twice_is_a_finding():
    """Both rows keep their printed number."""
    found = plan.read([document(numbered(["1.1.1", "1.1.2", "1.1.2", "1.2.1", "1.2.2"]))])
    assert [r.number for r in found.rows].count("1.1.2") == 2
    assert "duplicate_number" in kinds(found)


def test_numbers_inside_the_tiltak_cell_move_to_the_number():
    """ "1.2.1 Skrive …" is number and tiltak."""
    table = Table()
    table.line(1, ("Tiltak", "Ansvar", "Status"))
    for row, (number, item) in enumerate(zip(NUMBERS, PLAN, strict=True), 2):
        table.line(row, (f"{number} {item.measure}", item.responsible, WORDS[item.status]))
    found = plan.read([document(table)])
    assert tuple(r.number for r in found.rows) == NUMBERS
    assert [r.measure for r in found.rows] == [i.measure for i in PLAN]


def test_two_goals_with_one_text_stay_two_and_are_a_finding():
    """Trap 17: goals 1 and 3 printed alike are shown, not merged."""
    table = Table(sheet="Plan")
    table.line(1, ("Fokusområde", "Hovedmål", "Tiltak", "Ansvarlig", "Frist", "Status"))
    goals = ("1. Trygg vei hjem", "2. Samme hjelp overalt", "3. Trygg vei hjem")
    for row, goal in enumerate(goals, 2):
        table.line(row, ("1. Hele livet", goal, f"Oppgave nummer {row}", "Alle", "2025", "Pågår"))
    found = plan.read([document(table)])
    assert [r.goal_number for r in found.rows] == ["1.1", "1.2", "1.3"]
    duplicates = [f for f in found.findings if f.kind == "duplicate_goal"]
    assert len(duplicates) == 1 and "Trygg vei hjem" in duplicates[0].message


def test_two_goals_with_one_text_stay_two_without_numbers():
    """The same text again after another goal is a goal of its own."""
    table = Table(sheet="Plan")
    table.line(1, ("Mål", "Tiltak", "Ansvarlig", "Status"))
    goals = ("Trygg vei hjem", "Trygg vei hjem", "Samme hjelp", "Trygg vei hjem")
    for row, goal in enumerate(goals, 2):
        table.line(row, (goal, f"Oppgave nummer {row}", "Alle", "Pågår"))
    found = plan.read([document(table)])
    assert [r.number for r in found.rows] == ["1.1", "1.2", "2.1", "3.1"]
    assert "duplicate_goal" in kinds(found)


def test_missing_responsible_and_deadline_are_findings_with_place():
    """A tiltak without ansvarlig, and one without frist, are each named."""
    items = [replace(PLAN[0], responsible=""), replace(PLAN[1], deadline=""), *PLAN[2:]]
    found = plan.read([document(flat(by_words(WORDS), items))])
    where = {f.kind: f.locator for f in found.findings if f.kind in ("no_responsible", "no_deadline")}
    assert where == {"no_responsible": found.rows[0].locator, "no_deadline": found.rows[1].locator}


def test_hidden_rows_count_and_are_shown():
    """A filtered workbook hides rows that are still part of the plan."""
    table = flat(by_words(WORDS))
    for col in range(3, 8):
        table.cells[6, col] = table.cells[6, col]._replace(place="hidden")
    found = plan.read([document(table)])
    assert figures(found) == COUNTS
    assert "hidden_rows" in kinds(found)


def test_columns_without_a_place_of_their_own_are_kept():
    """Resources and indicators stay with the tiltak under their heading."""
    table = Table()
    table.line(1, ("Tiltak", "Ansvarlig", "Status", "Ressurser", "Indikator"))
    table.line(2, ("Lage vaktliste", "Vaktlaget", "Pågår", "En halv stilling", "Antall vakter"))
    table.line(3, ("Male veggen", "Vaktlaget", "Gjennomført", "", ""))
    found = plan.read([document(table)])
    assert found.rows[0].extra == (("Ressurser", "En halv stilling"), ("Indikator", "Antall vakter"))


# --- several files ----------------------------------------------------------------------------------------------


def test_the_same_plan_in_two_files_is_counted_once_and_compared():
    """One set of rows, also_in, and each difference as a finding."""
    items = [replace(PLAN[0], status="yellow"), *PLAN[1:]]
    excel = document(flat(by_colour("strong")), source="plan.xlsx")
    word = document(flat(by_words(WORDS), items, sheet=""), source="plan.docx", format="docx")
    found = plan.read([word, excel])
    assert figures(found) == COUNTS
    assert {r.source for r in found.rows} == {"plan.xlsx"}
    assert {r.also_in for r in found.rows} == {("plan.docx",)}
    assert set(found.sources) == {"plan.xlsx", "plan.docx"}
    differs = [f for f in found.findings if f.kind == "plan_differs"]
    assert len(differs) == 1 and "gjennomført" in differs[0].message and "pågående" in differs[0].message


def test_the_newest_of_different_plans_counts():
    """Another period is another plan; the newest is used and the other named."""
    old = document(flat(by_words(WORDS)), source="gammel.xlsx", title="Handlingsplan 2020-2022")
    new_items = [replace(i, measure=f"Nytt: {i.responsible} {n}") for n, i in enumerate(PLAN)]
    new = document(flat(by_words(WORDS), new_items), source="ny.xlsx", title="Handlingsplan 2023-2025")
    for order in ([old, new], [new, old]):
        found = plan.read(order)
        assert {r.source for r in found.rows} == {"ny.xlsx"}
        assert found.period == "2023–2025"
        assert [f.source for f in found.findings if f.kind == "other_plan"] == ["gammel.xlsx"]


def test_a_plan_in_several_files_by_printed_fokusomrade_is_one_plan():
    """Files that each hold another printed fokusområde of the same period are parts."""
    parts = []
    for n, focus in enumerate(FOCI, 1):
        table = flat(by_words(WORDS), [replace(i, focus=f"Fokusområde {n}: {focus}") for i in PLAN if i.focus == focus])
        parts.append(document(table, source=f"del {n}.xlsx", title="Handlingsplan 2024-2026"))
    found = plan.read(parts)
    assert figures(found) == COUNTS
    assert tuple(r.number for r in found.rows) == NUMBERS
    assert not [f for f in found.findings if f.kind == "other_plan"]


def test_a_sheet_that_repeats_some_rows_is_not_counted_again():
    """A second sheet with the red tiltak only is the same plan."""
    red = flat(by_words(WORDS), [i for i in PLAN if i.status == "red"], sheet="Bare røde")
    red.number = 2
    red.cells = {key: cell._replace(table=2) for key, cell in red.cells.items()}
    found = plan.read([document(flat(by_words(WORDS)), red)])
    assert figures(found) == COUNTS
    assert not [f for f in found.findings if f.kind in ("plan_differs", "other_plan")]


def test_no_plan_and_a_plan_without_tiltak():
    """No action plan gives an empty plan; a file called one without tiltak is named."""
    assert plan.read([]).rows == ()
    answer = replace(document(flat(by_words(WORDS))), kind="answer")
    assert plan.read([answer]).rows == ()
    empty = document(Block(text="Planen kommer senere."), source="plan.docx")
    assert kinds(plan.read([empty])) == ["no_plan_rows"]


# --- recognition ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*COLOURINGS])
def test_a_plan_is_recognised(name):
    """Every planted plan scores 0.6 or more."""
    assert plan.looks_like_plan(document(COLOURINGS[name], source="fil.xlsx", kind="unknown")) >= 0.6


def questionnaire() -> Document:
    table = Table()
    table.line(1, ("Spørsmål", "Svar fra oss"))
    table.line(2, ("Er tiltakene gode nok?", "Ja, men ansvaret er uklart og fristene for korte."))
    table.line(3, ("Hva med status?", "Status bør vises med farger."))
    return document(table, kind="unknown", source="svar.docx")


def quoting_answer() -> Document:
    table = Table()
    table.line(1, ("Tiltak", "Ansvarlig", "Vår kommentar"))
    table.line(2, ("Lage felles nettside", "Sekretariatet", "Støttes"))
    table.line(3, ("Åpne brukerpanel", "Brukerrådet", "Støttes ikke"))
    text = [Block(text="Vi har gått gjennom planen og har disse synspunktene på den. " * 5) for _ in range(6)]
    return document(*text, table, kind="unknown", source="svar.docx")


def prose() -> Document:
    return document(
        Block(text="Handlingsplanen har mange tiltak, og ansvar, frist og status bør fram."), kind="unknown"
    )


def answer_in_the_plans_form() -> Document:
    table = Table()
    table.line(1, ("Nr", "Hovedmål", "Tiltak", "Ansvarlig", "Frist", "Innspill fra vår region"))
    for row, (number, item) in enumerate(zip(NUMBERS, PLAN, strict=True), 2):
        table.line(row, (number, item.goal, item.measure, item.responsible, item.deadline, "Støttes"))
    return document(table, kind="unknown", source="svar.xlsx")


@pytest.mark.parametrize("make", [questionnaire, quoting_answer, answer_in_the_plans_form, prose])
def test_answers_and_prose_are_no_plans(make):
    """A questionnaire, answers that quote the plan or use its form, and prose about it stay below 0.6."""
    assert plan.looks_like_plan(make()) < 0.6


# --- more shapes that real plans have ----------------------------------------------------------------------------


def test_a_legend_on_a_sheet_of_its_own():
    """ "Forklaring" as a second sheet, colour name beside meaning, is read and gives no tiltak."""
    turned = {"green": "0070C0", "yellow": "FFC000", "red": "FF0000"}
    legend = Table(2, sheet="Forklaring")
    legend.put(1, 1, "Fargekoder", bold=True)
    for row, (name, text) in enumerate((("Blå", "Ferdig"), ("Gul", "I gang"), ("Rød", "Ikke i gang")), 2):
        legend.line(row, (name, text))
    found = plan.read([document(flat(lambda i, n: ("", turned.get(i.status))), legend)])
    assert figures(found) == COUNTS
    assert len(found.rows) == len(PLAN)


def test_the_number_cell_may_carry_the_colour():
    """Where the status column is missing, the shaded number cell tells it."""
    table = Table()
    table.line(1, ("Nr", "Tiltak", "Ansvarlig", "Frist"))
    for row, (number, item) in enumerate(zip(NUMBERS, PLAN, strict=True), 2):
        table.line(row, (number, item.measure, item.responsible, item.deadline))
        table.put(row, 1, number, SHADES["excel"].get(item.status))
    found = plan.read([document(table)])
    assert [r.status for r in found.rows] == [i.status for i in PLAN]


def test_status_columns_told_by_shading_alone():
    """Under "Rød | Gul | Grønn" the shaded one of the three is the status."""
    table = Table()
    table.line(1, ("Tiltak", "Ansvarlig", "Rød", "Gul", "Grønn"))
    place = {"red": (3, "FF0000"), "yellow": (4, "FFFF00"), "green": (5, "00B050")}
    for row, item in enumerate(PLAN, 2):
        table.line(row, (item.measure, item.responsible, "", "", ""))
        if item.status in place:
            table.put(row, place[item.status][0], "", place[item.status][1])
    found = plan.read([document(table)])
    assert [r.status for r in found.rows] == [i.status for i in PLAN]


def test_sheets_with_years_are_different_plans():
    """A workbook that keeps last period's plan on a sheet of its own: the newest counts."""
    old = flat(by_words(WORDS), sheet="Plan 2020-2022")
    new = flat(by_words(WORDS), [replace(i, measure=f"Videre: {i.measure}") for i in PLAN[:6]], sheet="Plan 2023-2025")
    new.cells = {key: cell._replace(table=2) for key, cell in new.cells.items()}
    found = plan.read([document(old, new)])
    assert len(found.rows) == 6 and found.period == "2023–2025"
    assert "other_plan" in kinds(found)


def test_long_headings_with_instructions():
    """A heading that explains itself at length is still a heading."""
    table = Table()
    table.line(
        1,
        (
            "Tiltak",
            "Ansvarlig",
            "Frist",
            "Status (skriv kort hva som er gjort siden sist, og hva som gjenstår før tiltaket kan avsluttes)",
        ),
    )
    table.line(2, ("Rydde i arkivet", "Arkivet", "2025", "Gjennomført"))
    table.line(3, ("Bygge nytt arkiv", "Arkivet", "2026", "Ikke startet"))
    found = plan.read([document(table)])
    assert [r.status for r in found.rows] == ["green", "red"]


def test_plain_headings_above_several_tables_are_fokusomrader():
    """Without labels, the heading above each of several tables is its fokusområde."""
    parts: list = [Block(text="Innledning", kind="heading", level=1), Block(text="Tiltakene", kind="heading", level=1)]
    for n, focus in enumerate(FOCI, 1):
        table = Table(n)
        table.line(1, ("Mål", "Tiltak", "Ansvar", "Frist", "Status"))
        for row, item in enumerate((i for i in PLAN if i.focus == focus), 2):
            table.line(row, (item.goal, item.measure, item.responsible, item.deadline, WORDS[item.status]))
        parts += [Block(text=focus, kind="heading", level=2), table]
    found = plan.read([document(*parts)])
    assert figures(found) == COUNTS
    assert [r.focus_area for r in found.rows] == [i.focus for i in PLAN]


def test_who_and_when_in_one_column():
    """ "Ansvar/frist" is split: what reads like a time is the deadline."""
    table = Table()
    table.line(1, ("Tiltak", "Ansvar/frist", "Status"))
    table.line(2, ("Skrive avtale", "Juristene, 2. kvartal 2025", "Pågår"))
    table.line(3, ("Lese avtale", "Alle; løpende", "Pågår"))
    found = plan.read([document(table)])
    assert [(r.responsible, r.deadline) for r in found.rows] == [("Juristene", "2. kvartal 2025"), ("Alle", "løpende")]


def test_sums_footers_and_empty_rows_are_no_tiltak():
    """A sum row, a note below and rows with a number only add nothing."""
    table = flat(by_words(WORDS))
    table.put(16, 1, "Sum")
    table.put(16, 3, "13")
    table.put(18, 1, "Sist oppdatert i september", cols=7)
    found = plan.read([document(table)])
    assert figures(found) == COUNTS


def test_status_merged_over_several_tiltak_holds_for_each():
    """One shaded cell across three tiltak gives all three its status."""
    table = Table()
    table.line(1, ("Mål", "Tiltak", "Ansvarlig", "Status"))
    for row in (2, 3, 4):
        table.put(row, 2, f"Oppgave {'abc'[row - 2]}")
        table.put(row, 3, "Alle")
    table.put(2, 1, "Orden", rows=3)
    table.put(2, 4, "", "FFC000", rows=3)
    found = plan.read([document(table)])
    assert [r.status for r in found.rows] == ["yellow"] * 3


def test_a_big_plan_is_read_in_one_pass():
    """Thousands of tiltak in two files are compared without trouble, and all are there."""
    items = [replace(PLAN[0], goal=f"Mål {n // 10}", measure=f"Oppgave nummer {n} av mange") for n in range(800)]
    excel = document(flat(by_colour("strong"), items))
    word = document(flat(by_colour("pale"), items, sheet=""), source="plan.docx", format="docx")
    found = plan.read([excel, word])
    assert len(found.rows) == 800
    assert all(r.also_in == ("plan.docx",) for r in found.rows)


def test_an_action_list_in_minutes_is_no_plan():
    """What, who and when without status, goals or the word plan is a list of things to do."""
    table = Table()
    table.line(1, ("Oppgave", "Ansvarlig", "Frist"))
    table.line(2, ("Sende ut innkalling", "Leder", "1.3."))
    table.line(3, ("Bestille lokale", "Nestleder", "1.4."))
    assert plan.looks_like_plan(document(table, kind="unknown", source="referat.docx")) < 0.6


def test_the_plans_own_running_numbers_are_kept_beside_the_new_ones():
    """Answers that say "tiltak 2" can be followed: the old number stands with the tiltak, and a finding tells."""
    blocks = []
    for row, cells in enumerate([("Nr", "Fokusområde", "Tiltak", "Ansvarlig", "Status"), ("1", "Trygghet", "Ringe rundt", "Legen", "Pågår"),
                                 ("2", "Trygghet", "Kjøre ut mat", "Kokken", "Gjennomført"), ("3", "Orden", "Rydde hyller", "Lageret", "Pågår")], 1):
        blocks += [Block(text=text, kind="cell", table=1, row=row, col=col, locator=f"table=1;row={row};col={col}")
                   for col, text in enumerate(cells, 1)]
    found = plan.read([Document(source="plan.docx", sha256="x", kind="action_plan", blocks=tuple(blocks))])
    assert [(r.number, dict(r.extra).get(plan.PRINTED)) for r in found.rows] == [("1.1", "1"), ("1.2", "2"), ("2.1", "3")]
    assert "renumbered" in kinds(found)
