"""Makes templates/vedlegg-2-innspill.docx. Run once; afterwards the file is edited in Word like any other.

    python tests/build/make_vedlegg2_template.py

The look is that of templates/saksfremlegg.docx; what is added are the styles in which answers are set.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pipeline.writers import _vedlegg2_words as words  # noqa: E402
from pipeline.writers import _word  # noqa: E402
from pipeline.writers._word_xml import PARAGRAPH_ORDER, RUN_ORDER, element, put  # noqa: E402
from tests.build.make_saksfremlegg_template import (  # noqa: E402
    ACCENT,
    DARK,
    FONT,
    GREY,
    LINE,
    PALE,
    look,
    modern,
    numbering,
    page,
    restyle,
    stops,
    styles,
    widths,
    write,
    write_cell,
)

ANSWER_BULLETS = 4  # the id of a list in numbering.xml


def main(target: Path = ROOT / "templates" / "vedlegg-2-innspill.docx") -> None:
    document = Document()
    page(document)
    modern(document)
    numbering(document)
    styles(document)
    answer_bullets(document)
    answer_styles(document)
    header_and_footer(document)
    front(document)
    target.write_bytes(_word.to_bytes(document, title="Mal for vedlegg 2", day=date(2025, 1, 1)))


def answer_bullets(document) -> None:
    """A list of three levels for the answers' bullets; the headings lose the case document's numbers."""
    root = document.part.numbering_part.element
    for linked in list(root.iter(qn("w:pStyle"))):
        linked.getparent().remove(linked)
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{397 * (i + 1)}" w:hanging="284"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:hint="default"/></w:rPr></w:lvl>'
        for i, sign in enumerate("•–•"))
    made = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{ANSWER_BULLETS}">'
                     f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>')
    root.findall(qn("w:abstractNum"))[-1].addnext(made)
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{ANSWER_BULLETS}">'
                          f'<w:abstractNumId w:val="{ANSWER_BULLETS}"/></w:num>'))


def answer_styles(document) -> None:
    known = document.styles
    sender = restyle(known["Heading 1"], size=16, colour=ACCENT, bold=True, before=26, after=2, keep=True)
    border(sender, "top", size=8, space=6, colour=ACCENT)
    restyle(known["Heading 2"], size=13, colour=ACCENT, bold=True, before=16, after=2, keep=True)

    def paragraph_style(name: str, base: str = "Normal", level: int = 0, **wanted):
        style = known.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(qn("w:styleId"), plain_id(name))
        style.base_style = known[base]
        style.quick_style = True
        restyle(style, **wanted)
        if level:
            put(style.element.get_or_add_pPr(), element("w:outlineLvl", val=level - 1), PARAGRAPH_ORDER)
        return style

    paragraph_style("Overskrift foran", size=13, colour=ACCENT, bold=True, before=14, after=4, keep=True)
    paragraph_style(words.SOURCE, size=9.5, colour=GREY, after=8, keep=True, line=1.0)
    paragraph_style(words.TEXT, after=5)
    for level, (name, size) in enumerate(zip(words.ANSWER_HEADINGS, (13, 11.5, 11), strict=True), 2):
        paragraph_style(name, level=level, size=size, colour=DARK, bold=True, before=10, after=3, keep=True, line=1.0)
    for depth, name in enumerate(words.BULLETS):
        paragraph_style(name, words.TEXT, after=3, number=(ANSWER_BULLETS, depth))
    numbered = paragraph_style(words.NUMBERED, words.TEXT, after=3)
    numbered.paragraph_format.left_indent, numbered.paragraph_format.first_line_indent = Cm(1), Cm(-1)
    numbered.paragraph_format.tab_stops.add_tab_stop(Cm(1))
    paragraph_style(words.CELL, size=10, after=2, line=1.0)
    note = paragraph_style(words.NOTE, size=9.5, after=4, line=1.0)
    note.paragraph_format.left_indent = Cm(0.7)
    box = paragraph_style(words.BOX, words.TEXT, after=4)
    box.paragraph_format.left_indent = Cm(0.4)
    border(box, "left", size=12, space=6, colour=LINE)
    paragraph_style(words.PICTURE, before=4, after=6, line=1.0)
    themes = paragraph_style(words.THEMES, size=8.5, colour=GREY, after=7, line=1.0)
    themes.paragraph_format.space_before = Pt(0)
    paragraph_style(words.INSERTED, size=9.5, colour=GREY, after=6, line=1.0)
    paragraph_style(words.OTHER_TITLE, level=2, size=11.5, colour=GREY, bold=True, before=14, after=3, keep=True, line=1.0)
    paragraph_style(words.OTHER_LABEL, size=9.5, colour=GREY, bold=True, before=4, after=1, keep=True, line=1.0)
    paragraph_style(words.OTHER, size=9.5, after=2, line=1.0)
    paragraph_style(words.COMMENT_LABEL, words.OTHER_LABEL, size=9.5, colour=GREY, bold=True, before=4, after=1, keep=True, line=1.0)
    paragraph_style(words.COMMENT, words.OTHER, size=9.5, after=2, line=1.0)
    for name, size in ((words.NUMBER, 8), (words.NOTE_MARK, 8)):
        style = restyle(known.add_style(name, WD_STYLE_TYPE.CHARACTER), size=size, colour=GREY)
        style.element.set(qn("w:styleId"), plain_id(name))
        style.quick_style = True
        # the case's own language, also inside an answer in another
        put(style.element.get_or_add_rPr(), element("w:lang", val="nb-NO"), RUN_ORDER)
    put(known[words.NOTE_MARK].element.get_or_add_rPr(), element("w:vertAlign", val="superscript"), RUN_ORDER)
    sides = "".join(f'<w:{s} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
                    for s in ("top", "left", "bottom", "right", "insideH", "insideV"))
    known.element.append(parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{words.TABLE}"><w:name w:val="{words.TABLE}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/><w:tblPr><w:tblBorders>{sides}</w:tblBorders>'
        '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{PALE}"/></w:tcPr>'
        '</w:tblStylePr></w:style>'))


def plain_id(name: str) -> str:
    """A style id of plain letters: Word makes such itself, and all programs keep them."""
    return name.replace(" ", "").translate(str.maketrans("æøåÆØÅ", "aoaAOA"))


def border(style, side: str, *, size: int, space: int, colour: str) -> None:
    made = element("w:pBdr")
    made.append(element(f"w:{side}", val="single", sz=size, space=space, color=colour))
    put(style.element.get_or_add_pPr(), made, PARAGRAPH_ORDER)


def header_and_footer(document) -> None:
    section = document.sections[0]
    top = section.header.paragraphs[0]
    top.style = "Header"
    stops(top)
    top.add_run("{{ organisasjon }}\tVedlegg 2{% if saksnummer %} til sak {{ saksnummer }}{% endif %}")
    bottom = section.footer.paragraphs[0]
    bottom.style = "Footer"
    stops(bottom)
    bottom.add_run("{{ sakstittel }}\tSide ")
    for run in _word.field("PAGE", "1"):
        bottom._p.append(run)
    bottom.add_run(" av ")
    for run in _word.field("NUMPAGES", "1"):
        bottom._p.append(run)


def front(document) -> None:
    """The first pages: what this is, who answered, what is not here, and the places of contents and answers."""
    write(document, "{{ sakstittel }}", style="Overtittel")
    write(document, "{{ tittel }}", style="Title")
    write(document, "{%p if not har_svar %}")
    write(document, "Det er ikke kommet inn noen svar{% if dato %} per {{ dato }}{% endif %}."
                    "{% if frist %} Fristen var {{ frist }}.{% endif %}")
    write(document, "{%p endif %}")
    write(document, "{%p if har_svar %}")
    write(document, "Her står hvert svar i sin helhet, ordrett og i den målformen det er skrevet."
                    "{% if frist %} Fristen for å svare var {{ frist }}.{% endif %}")
    write(document, "De små tallene (som ", ("1.1", words.NUMBER), ") er satt inn foran hvert utsagn, slik at saksfremlegget kan vise til "
                    "dem («vedlegg 2, pkt. 1.1»). De grå linjene under avsnittene sier hvilke temaer utsagnene er sortert under. "
                    "Alt annet er svarenes egen tekst. Topptekster, signaturer{% if kommentarer %}, kommentarer{% endif %} og annet "
                    "som ikke er en del av selve svaret, står under «Øvrig tekst i filen».")
    write(document, "Hvem som har svart", style="Overskrift foran")
    headings = ("Nr.", "Avsender", "Fil", "Datert", "For sent", "Merknad")
    table = document.add_table(rows=4, cols=len(headings))
    table.style = "Sakstabell"
    for cell, text in zip(table.rows[0].cells, headings, strict=True):
        write_cell(cell, text)
    write_cell(table.rows[1].cells[0], "{%tr for linje in svar %}")
    fields = ("nummer", "avsender", "fil", "datert", "sent", "merknad")
    for cell, name in zip(table.rows[2].cells, fields, strict=True):
        write_cell(cell, f"{{{{ linje.{name} }}}}")
    write_cell(table.rows[3].cells[0], "{%tr endfor %}")
    widths(table, 1.0, 3.6, 4.1, 2.3, 1.3, 3.7)  # Avsender: room for a long word
    look(table, row=True, column=False)
    _word.add_table_text(table._tbl, "Oversikt over innspillene",
                         "Hvem som har svart, i hvilken fil, når svaret er datert, og om det kom etter fristen")
    write(document, "{%p endif %}")
    write(document, "{%p if mangler %}")
    write(document, "Ikke mottatt svar fra {{ mangler }}.").paragraph_format.space_before = Pt(8)
    write(document, "{%p endif %}")
    write(document, "{%p if ubrukte %}")
    write(document, "Nummer {{ ubrukte }} er ikke i bruk: Hver avsender har sitt faste nummer, også den som ikke har sendt eget svar.")
    write(document, "{%p endif %}")
    write(document, "{%p if erstattet %}")
    write(document, "Erstattede versjoner", style="Overskrift foran")
    write(document, "Disse versjonene er erstattet av et senere svar og er ikke gjengitt:").paragraph_format.keep_with_next = True
    write(document, "{%p for linje in erstattet %}")
    write(document, "{{ linje.avsender }}: {{ linje.fil }}{% if linje.datert %}, datert {{ linje.datert }}{% endif %}. "
                    "Erstattet av {{ linje.av }}.", style="List Bullet")
    write(document, "{%p endfor %}")
    write(document, "{%p endif %}")
    write(document, "{%p if uleste %}")
    write(document, "Filer som ikke kunne leses", style="Overskrift foran")
    write(document, "Disse filene kan inneholde svar som mangler her:").paragraph_format.keep_with_next = True
    write(document, "{%p for linje in uleste %}")
    write(document, "{{ linje.fil }}: {{ linje.grunn }}", style="List Bullet")
    write(document, "{%p endfor %}")
    write(document, "{%p endif %}")
    write(document, "{%p if har_svar %}")
    write(document, "Innhold", style="Innholdstittel")
    write(document, "{{ innholdsfortegnelse }}")
    write(document, "{{ innspill }}")
    write(document, "{%p endif %}")


if __name__ == "__main__":
    main()
