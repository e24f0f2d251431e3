"""Excel workbooks."""

from __future__ import annotations

import functools
import io
import zipfile

import pytest
from other_corpus import archive, changed, workbook

from pipeline import readers
from pipeline.config import Limits
from pipeline.errors import OverLimit, Unreadable
from pipeline.readers import Options, excel
from pipeline.readers._cellformat import kind_of, show
from pipeline.readers._colour import tinted
from pipeline.readers._formula import Unknown, evaluate


@functools.cache
def book():
    return excel.read(workbook(), "plan.xlsx", Options())


def cell(where: str):
    return [b for b in book().blocks if b.locator == f"sheet=Svar;cell={where}" and b.place != "comment"]


def test_cells_read_as_the_page_shows_them() -> None:
    """Norwegian dates, no ".0", percent, numbers of tiltak with their point."""
    assert [cell(w)[0].text for w in ("A2", "A3", "D2", "D3", "E2", "E3")] == [
        "1.1",
        "2",
        "12.10.2025",
        "03.01.2026 08:30",
        "50 %",
        "3",
    ]


def test_lines_in_a_cell_are_blocks_of_their_own() -> None:
    """Alt+Enter and dashes become paragraphs with markers, all in one cell."""
    assert [(b.marker, b.text) for b in cell("B3")] == [
        ("", "Ny nettside"),
        ("•", "for ansatte"),
        ("•", "for innbyggere"),
    ]


@pytest.mark.parametrize(
    ("where", "fill"),
    [
        ("C2", tinted("F79646", 0.4)),
        ("C3", "FFC000"),
        ("C4", "FF0000"),
        ("A1", None),
        ("B2", None),
        ("G2", "00FF00"),
        ("G3", "FF0000"),
        ("G4", "FFFF00"),
        ("H2", "FF0000"),
        ("H3", "FFC000"),
        ("H4", "00B050"),
        ("I2", "FF0000"),
        ("I3", "FFFF00"),
        ("I4", "00FF00"),
        ("J2", "00B050"),
    ],
)
def test_shading_as_the_eye_sees_it(where: str, fill: str | None) -> None:
    """Theme colours with tint, indexed colours, conditional formats, icons, coloured symbols; white is none."""
    assert cell(where)[0].fill == fill


def test_merged_cells_stand_once_with_their_spans() -> None:
    """At the upper left corner."""
    (block,) = cell("A6")
    assert (block.row_span, block.col_span, block.table) == (2, 2, 1)


def test_hidden_rows_and_sheets_are_marked_and_reported() -> None:
    """Hidden text is kept out of the answers, and the reviewer is told."""
    assert {b.text for b in book().blocks if b.place == "hidden"} == {"utkast", "Notater", "internt"}
    assert [f.kind for f in book().findings].count("hidden_text") == 2


def test_comments_come_without_their_author() -> None:
    """Excel writes the author's name first."""
    assert [b.text for b in book().blocks if b.place == "comment"] == ["Sjekk datoen"]


def test_header_and_footer_without_codes() -> None:
    """Page number codes are no text."""
    assert [(b.place, b.text) for b in book().blocks if b.place in ("header", "footer")] == [
        ("header", "Matrise for nord & sør"),
        ("footer", "Side av"),
    ]


def test_a_formula_without_a_value_is_reported() -> None:
    """The cell's value is not known, and not invented."""
    (finding,) = [f for f in book().findings if f.kind == "formula_without_value"]
    assert "B10" in finding.message


def test_properties() -> None:
    """Title and author of the file."""
    assert dict(book().properties) == {"title": "Matrise 2025", "author": "Sekretær"}


DRAWING = b"""<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><xdr:twoCellAnchor><mc:AlternateContent>
<mc:Choice Requires="x"><xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="Boks"/></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>Vi har
 en merknad</a:t></a:r></a:p></xdr:txBody></xdr:sp></mc:Choice><mc:Fallback><xdr:sp><xdr:txBody><a:p><a:r><a:t>Vi har
 en merknad</a:t></a:r></a:p></xdr:txBody></xdr:sp></mc:Fallback></mc:AlternateContent></xdr:twoCellAnchor></xdr:wsDr>"""


def test_text_boxes_are_read_once() -> None:
    """Not twice through AlternateContent."""
    package = changed(
        workbook(),
        {
            "xl/drawings/drawing9.xml": DRAWING,
            "xl/worksheets/_rels/sheet1.xml.rels": (
                b'<Relationships><Relationship Id="r1" Target="../drawings/drawing9.xml" Type="x/drawing"/></Relationships>'
            ),
        },
    )
    blocks = excel.read(package, "plan.xlsx", Options()).blocks
    assert [b.text for b in blocks if b.place == "textbox"] == ["Vi har en merknad"]


@pytest.mark.parametrize(
    "part", ["xl/styles.xml", "xl/theme/theme1.xml", "xl/worksheets/sheet2.xml", "docProps/core.xml"]
)
@pytest.mark.parametrize("damage", [None, b"<broken"])
def test_a_lost_part_does_not_cost_the_rest(part: str, damage: bytes | None) -> None:
    """The cells of the first sheet are read whatever else is damaged."""
    blocks = excel.read(changed(workbook(), {part: damage}), "plan.xlsx", Options()).blocks
    assert "Felles kurs for ledere" in [b.text for b in blocks]


def test_strict_workbooks_are_read() -> None:
    """Other namespaces, same names."""
    package = workbook()
    strict = changed(
        package,
        {
            "xl/workbook.xml": changed_namespace(package, "xl/workbook.xml"),
            "xl/worksheets/sheet1.xml": changed_namespace(package, "xl/worksheets/sheet1.xml"),
        },
    )
    assert "Hospitering" in [b.text for b in excel.read(strict, "plan.xlsx", Options()).blocks]


def changed_namespace(package: bytes, part: str) -> bytes:
    import io
    import zipfile

    return (
        zipfile.ZipFile(io.BytesIO(package))
        .read(part)
        .replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
    )


def test_the_limit_on_cells_is_named() -> None:
    """The message says which setting to raise."""
    with pytest.raises(OverLimit, match=r"limits\.cells"):
        excel.read(workbook(), "plan.xlsx", Options(limits=Limits(cells=5)))


def test_entities_are_refused() -> None:
    """A workbook that defines entities is an attack."""
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>'
    with pytest.raises(Unreadable, match="entiteter"):
        excel.read(changed(workbook(), {"xl/worksheets/sheet1.xml": bomb}), "plan.xlsx", Options())


def test_one_long_string_in_many_cells_is_stopped() -> None:
    """A shared string may be used a million times over."""
    cells = "".join(f'<c r="A{i}" t="s"><v>0</v></c>' for i in range(1, 300))
    package = changed(
        workbook(),
        {
            "xl/sharedStrings.xml": b"<sst><si><t>" + b"x" * 9000 + b"</t></si></sst>",
            "xl/worksheets/sheet1.xml": f'<worksheet><sheetData><row r="1">{cells}</row></sheetData></worksheet>'.encode(),
        },
    )
    with pytest.raises(OverLimit, match=r"limits\.unpacked_mb"):
        excel.read(package, "plan.xlsx", Options(limits=Limits(unpacked_mb=2)))


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("1+2*3", 7.0),
        ('"a"&1', "a1"),
        ('AND(TRUE,1<2,"b">"A")', True),
        ("NOT(A1=5)", False),
        ("-2^2", 4.0),
        ('IF(A1>4,"ja","nei")', "ja"),
        ('ISNUMBER(SEARCH("X","axb"))', True),
        ('ISNUMBER(FIND("X","axb"))', False),
        ("ISBLANK(B7)", True),
        ('LEFT("pågår",3)="pÅg"', True),
        ("B7=0", True),
        ('B7=""', True),
        ("50%", 0.5),
        ('SEARCH("x","b")=1', False),
        ("$A1+A$1", 10.0),
    ],
)
def test_formulas_of_conditions(formula: str, value: object) -> None:
    """As Excel computes them: text without regard to case, an empty cell is 0 and ""."""
    assert evaluate(formula, lambda row, col: 5.0 if (row, col) == (1, 1) else None) == value


@pytest.mark.parametrize("formula", ["VLOOKUP(1,A1:B2,2)", "Ark2!A1=1", "1+", "(" * 500, "TODAY()>A1", "A1:B2"])
def test_unknown_formulas_are_not_guessed(formula: str) -> None:
    """The cell keeps its own shading then."""
    with pytest.raises(Unknown):
        evaluate(formula, lambda row, col: None)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("dd.mm.yyyy", "date"),
        ("d. mmmm yyyy", "date"),
        ("hh:mm", "time"),
        ("dd.mm.yy hh:mm", "datetime"),
        ("0%", "percent"),
        ('#,##0 "kr"', ""),
        ("[Red]0.00", ""),
        ("[h]:mm", "time"),
        ("General", ""),
        ('"dag "0', ""),
        ("mmm", "date"),
        ("[$-414]d. mmmm yyyy;@", "date"),
    ],
)
def test_number_formats(code: str, kind: str) -> None:
    """Dates are told from numbers by the format's letters outside quotes."""
    assert kind_of(200, code) == kind


@pytest.mark.parametrize(
    ("value", "kind", "epoch", "text"),
    [
        (45942, "date", False, "12.10.2025"),
        (44480, "date", True, "12.10.2025"),
        (0.5, "time", False, "12:00"),
        (1.5, "time", False, "36:00"),
        (0.1 + 0.2, "", False, "0.3"),
        (1e20, "", False, "1e+20"),
        (-5, "date", False, "-5"),
        (1, "date", False, "01.01.1900"),
    ],
)
def test_numbers_as_shown(value: float, kind: str, epoch: bool, text: str) -> None:
    """Both epochs, and dates that are none."""
    assert show(value, kind, epoch) == text


@pytest.mark.parametrize("spelled", [lambda n: n.replace("/", "\\"), str.lower, lambda n: n.replace("xl/", "XL/")])
def test_parts_are_found_however_they_are_spelled(spelled) -> None:
    """Some programs write folders with a backslash, or names in small letters; it is a workbook all the same."""
    members = {}
    with zipfile.ZipFile(io.BytesIO(workbook())) as package:
        for name in package.namelist():
            members[spelled(name)] = package.read(name)
    data = archive(members)
    assert readers.find(data, "svar.bin") is excel
    assert [b.text for b in readers.read(data, "plan.xlsx", Options()).blocks] == [b.text for b in book().blocks]
