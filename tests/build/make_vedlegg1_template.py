"""Makes templates/vedlegg-1-handlingsplan.docx once. The committed file is the template; people edit that one in Word.

Run: python tests/build/make_vedlegg1_template.py [target]
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from make_saksfremlegg_template import modern  # noqa: E402

from pipeline.writers import _word  # noqa: E402

TARGET = ROOT / "templates" / "vedlegg-1-handlingsplan.docx"
BLUE = RGBColor(0x1F, 0x3A, 0x5F)
FONT = "Calibri"


def main(target: Path) -> None:
    document = docx.Document()
    _page(document)
    modern(document)
    _styles(document)
    _front(document)
    _matrix(document)
    _footer(document)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_word.to_bytes(document, title="Mal for vedlegg 1", day=date(2025, 1, 1)))


def _page(document) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = Cm(1.8)
    section.bottom_margin = Cm(1.6)
    section.header_distance = section.footer_distance = Cm(0.9)


def _font(style, size: float, *, bold: bool = False, colour: RGBColor | None = None) -> None:
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(key), None)
    for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(key), FONT)
    style.font.size = Pt(size)
    style.font.bold = bold
    if colour is not None:
        style.font.color.rgb = colour


def _styles(document) -> None:
    styles = document.styles
    normal = styles["Normal"]
    _font(normal, 10.5)
    normal.paragraph_format.space_after = Pt(6)
    for name, size, before in (("Title", 20, 0), ("Heading 1", 15, 12), ("Heading 2", 12.5, 10)):
        _font(styles[name], size, bold=True, colour=BLUE)
        styles[name].paragraph_format.space_before = Pt(before)
        styles[name].paragraph_format.space_after = Pt(4)
        styles[name].paragraph_format.keep_with_next = True
    border = styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        styles["Title"].element.pPr.remove(border)
    for name, size, bold, colour in (
        ("Tabelltekst", 9.5, False, None),
        ("Tabellhode", 9.5, True, RGBColor(0xFF, 0xFF, 0xFF)),
        ("Fokusområde", 11, True, RGBColor(0xFF, 0xFF, 0xFF)),
        ("Hovedmål", 10, True, BLUE),
        ("Delmål", 9.5, True, None),
        ("Statusord", 9.5, True, None),
        ("Opplysning", 9.5, False, None),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.quick_style = True
        _font(style, size, bold=bold, colour=colour)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
        if name in ("Fokusområde", "Hovedmål", "Delmål"):
            style.paragraph_format.keep_with_next = True


def _front(document) -> None:
    document.add_paragraph("{{ tittel }}", style="Title")
    document.add_paragraph("{%p if organisasjon or utvalg %}")
    document.add_paragraph(
        "{{ organisasjon }}{% if organisasjon and utvalg %} – {% endif %}{{ utvalg }}", style="Opplysning"
    )
    document.add_paragraph("{%p endif %}")
    document.add_paragraph(
        "{% if saksnummer %}Sak {{ saksnummer }}. {% endif %}{% if periode %}Planperiode {{ periode }}. {% endif %}"
        "{% if dato %}Laget {{ dato }} ut fra planen slik den er sendt inn.{% endif %}",
        style="Opplysning",
    )
    document.add_heading("Status per fokusområde", 1)
    document.add_paragraph("{{ samlet }}{% if mangler_status %} Tiltak uten status er ikke regnet som røde.{% endif %}")
    _counts(document)
    document.add_paragraph("Fargene i statuskolonnen betyr:", style="Opplysning").paragraph_format.space_before = Pt(8)
    _legend(document)


def _counts(document) -> None:
    table = _table(
        document,
        (13.1, 2.8, 2.8, 2.8, 2.8, 1.8),
        "Status per fokusområde",
        "Antall tiltak per fokusområde fordelt på gjennomført, pågående, ikke påbegynt og uten status.",
    )
    _header(
        table,
        ("Fokusområde", "Gjennomført (grønt)", "Pågående (gult)", "Ikke påbegynt (rødt)", "Mangler status", "Sum"),
    )
    _tag_row(table, "{%tr for o in fokusomrader %}")
    _values(
        table, ("{{ o.overskrift }}", "{{ o.grønne }}", "{{ o.gule }}", "{{ o.røde }}", "{{ o.uten }}", "{{ o.sum }}")
    )
    _tag_row(table, "{%tr endfor %}")
    _values(
        table,
        (
            "{{ samlet_sum.overskrift }}",
            "{{ samlet_sum.grønne }}",
            "{{ samlet_sum.gule }}",
            "{{ samlet_sum.røde }}",
            "{{ samlet_sum.uten }}",
            "{{ samlet_sum.sum }}",
        ),
        style="Statusord",
    )


def _legend(document) -> None:
    table = _table(
        document,
        (3.2, 5.0, 2.8),
        "Fargeforklaring",
        "Hva fargene i statuskolonnen betyr, og hvor mange tiltak som har hver status.",
    )
    _header(table, ("Farge", "Betyr", "Antall tiltak"))
    _tag_row(table, "{%tr for f in forklaring %}")
    _values(table, ("{% cellbg f.farge %}{{ f.navn }}", "{{ f.betyr }}", "{{ f.antall }}"))
    _tag_row(table, "{%tr endfor %}")


def _matrix(document) -> None:
    heading = document.add_heading("Tiltak med ansvar, frist og status", 1)
    heading.paragraph_format.page_break_before = True
    widths = (1.7, 9.0, 4.1, 2.5, 3.3, 5.5)
    table = _table(
        document,
        widths,
        "Tiltak med status",
        "Alle tiltak i handlingsplanen med nummer, ansvarlig, frist, status og kommentar, ordnet etter fokusområde "
        "og hovedmål.",
    )
    _header(table, ("Nr.", "Tiltak", "Ansvarlig", "Frist", "Status", "Kommentar"))
    _tag_row(table, "{%tr for o in fokusomrader %}")
    _band(table, "{{ o.overskrift }}", "Fokusområde", "1F3A5F")
    _tag_row(table, "{%tr for h in o.hovedmal %}")
    _tag_row(table, "{%tr if h.overskrift %}")
    _band(table, "{{ h.overskrift }}", "Hovedmål", "DCE6F1")
    _tag_row(table, "{%tr endif %}")
    _tag_row(table, "{%tr for t in h.tiltak %}")
    _tag_row(table, "{%tr if t.delmal %}")
    _band(table, "Delmål: {{ t.delmal }}", "Delmål", "F2F2F2")
    _tag_row(table, "{%tr endif %}")
    row = _values(
        table,
        (
            "{{ t.nummer }}",
            "{{ t.tekst }}",
            "{{ t.ansvarlig }}",
            "{{ t.frist }}",
            "{% cellbg t.farge %}{{ t.status }}",
            "{{ t.kommentar }}",
        ),
    )
    status = row.cells[4]
    status.paragraphs[0].style = "Statusord"
    for text in ("{%p if t.trykt %}", "{{ t.trykt }}", "{%p endif %}"):
        status.add_paragraph(text, style="Tabelltekst")
    _tag_row(table, "{%tr endfor %}")
    _tag_row(table, "{%tr endfor %}")
    _tag_row(table, "{%tr endfor %}")


def _table(document, widths: tuple[float, ...], title: str, description: str):
    table = document.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    table._widths = widths
    properties = table._tbl.tblPr
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 30), ("left", 85), ("bottom", 30), ("right", 85)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(width))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    look = properties.find(qn("w:tblLook"))
    if look is None:
        look = OxmlElement("w:tblLook")
        properties.append(look)
    for key in list(look.attrib):
        del look.attrib[key]
    for key, value in (
        ("val", "0020"),
        ("firstRow", "1"),
        ("lastRow", "0"),
        ("firstColumn", "0"),
        ("lastColumn", "0"),
        ("noHBand", "1"),
        ("noVBand", "1"),
    ):
        look.set(qn(f"w:{key}"), value)
    look.addprevious(margins)
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        edge = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "A6A6A6")):
            edge.set(qn(f"w:{key}"), value)
        borders.append(edge)
    layout = properties.find(qn("w:tblLayout"))
    (layout if layout is not None else margins).addprevious(borders)
    for name, text in (("w:tblCaption", title), ("w:tblDescription", description)):  # alt text
        node = OxmlElement(name)
        node.set(qn("w:val"), text)
        properties.append(node)
    return table


def _row(table):
    row = table.add_row()
    for cell, width in zip(row.cells, table._widths, strict=True):
        cell.width = Cm(width)
    return row


def _header(table, texts: tuple[str, ...]) -> None:
    row = _row(table)
    for cell, text in zip(row.cells, texts, strict=True):
        _write(cell, text, "Tabellhode", "1F3A5F")
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _values(table, texts: tuple[str, ...], style: str = "Tabelltekst"):
    row = _row(table)
    for at, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        _write(cell, text, style)
        if len(texts) == 6 and table._widths[0] > 10 and at:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return row


def _band(table, text: str, style: str, fill: str) -> None:
    row = _row(table)
    cell = row.cells[0].merge(row.cells[-1])
    _write(cell, text, style, fill)
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _tag_row(table, tag: str) -> None:
    row = _row(table)
    cell = row.cells[0].merge(row.cells[-1])
    _write(cell, tag, "Tabelltekst")


def _write(cell, text: str, style: str, fill: str = "") -> None:
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    cell.paragraphs[0].style = style
    cell.paragraphs[0].add_run(text)
    if fill:
        shading = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
            shading.set(qn(f"w:{key}"), value)
        cell._tc.get_or_add_tcPr().append(shading)


def _footer(document) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = document.styles["Opplysning"]
    paragraph.add_run("{{ tittel }}{% if saksnummer %} · sak {{ saksnummer }}{% endif %} · Side ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" av ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph, code: str) -> None:
    for kind in ("begin", None, "separate", "text", "end"):
        run = paragraph.add_run()
        if kind is None:
            node = OxmlElement("w:instrText")
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            node.text = f" {code} "
        elif kind == "text":
            run.text = "1"
            continue
        else:
            node = OxmlElement("w:fldChar")
            node.set(qn("w:fldCharType"), kind)
        run._r.append(node)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
