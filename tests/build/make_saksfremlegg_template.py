"""Makes templates/saksfremlegg.docx. Run once; afterwards the file is edited in Word like any other.

    python tests/build/make_saksfremlegg_template.py

Everything a person may want to restyle is a named style; every sentence that is always the same stands here.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pipeline.writers import _word  # noqa: E402
from pipeline.writers._word_xml import PARAGRAPH_ORDER, RUN_ORDER, element, put  # noqa: E402

FONT = "Calibri"
DARK, ACCENT, GREY, LINE, PALE = "1F3347", "1F4E79", "595959", "BFC8D1", "EEF2F6"
PLACEHOLDER = "Plassholder"
SOURCE = "Kildehenvisning"
HEADINGS, THEMES, BULLETS = 1, 2, 3  # ids of the lists in numbering.xml


def main(target: Path = ROOT / "templates" / "saksfremlegg.docx") -> None:
    document = Document()
    page(document)
    modern(document)
    numbering(document)
    styles(document)
    header_and_footer(document)
    head(document)
    background(document)
    facts(document)
    answers(document)
    assessment(document)
    target.write_bytes(_word.to_bytes(document, title="Mal for saksfremlegg", day=date(2025, 1, 1)))


def page(document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    section.header_distance = section.footer_distance = Cm(1.1)


def modern(document) -> None:
    """Word's layout of today instead of the compatibility mode of python-docx's own template, and none of its extras."""
    for rels in (document.part.package.rels, document.part.rels):
        for ident, rel in list(rels.items()):
            if rel.reltype.rsplit("/", 1)[-1] in ("thumbnail", "stylesWithEffects", "customXml"):
                del rels[ident]
    settings = document.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    compat = element("w:compat")
    compat.append(element("w:compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15))
    following = ("w:docVars", "w:rsids", "m:mathPr", "w:attachedSchema", "w:themeFontLang", "w:clrSchemeMapping", "w:shapeDefaults",
                 "w:decimalSymbol", "w:listSeparator")
    place = next((c for c in settings if c.tag in {qn(n) for n in following}), None)
    if place is None:
        settings.append(compat)
    else:
        place.addprevious(compat)
    zoom = settings.find(qn("w:zoom"))
    if zoom is not None:
        zoom.set(qn("w:percent"), "100")
    for name, value in (("w:decimalSymbol", ","), ("w:listSeparator", ";")):
        found = settings.find(qn(name))
        if found is not None:
            found.set(qn("w:val"), value)


def numbering(document) -> None:
    """Three lists: heading numbers, theme numbers, bullets."""
    def level(at: int, fmt: str, text: str, left: int, hanging: int, style: str = "", font: str = "") -> str:
        linked = f'<w:pStyle w:val="{style}"/>' if style else ""
        fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:hint="default"/></w:rPr>' if font else ""
        return (f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/>{linked}'
                f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
                f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>{fonts}</w:lvl>')

    def theme_level() -> str:
        return ('<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="space"/>'
                '<w:lvlText w:val="Tema %1:"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>')

    lists = {
        HEADINGS: level(0, "decimal", "%1.", 567, 567, "Heading1") + level(1, "decimal", "%1.%2", 567, 567, "Heading2"),
        THEMES: theme_level(),
        BULLETS: level(0, "bullet", "•", 397, 284, "ListBullet", FONT)
        + level(1, "bullet", "–", 794, 284, "ListBullet2", FONT),
    }
    xml = f"<w:numbering {nsdecls('w')}>"
    for number, levels in lists.items():
        kind = "multilevel" if number != THEMES else "singleLevel"
        xml += f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="{kind}"/>{levels}</w:abstractNum>'
    xml += "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in lists) + "</w:numbering>"
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for child in list(parse_xml(xml)):
        root.append(child)


def styles(document) -> None:
    known = document.styles
    keep = {"Normal", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Title", "List Bullet", "List Bullet 2", "Header",
            "Footer", "Default Paragraph Font", "Normal Table", "No List", "Table Grid", "Caption"}
    for style in list(known):
        if style.name not in keep:
            style.delete()
    for old in known.element.findall(qn("w:style")):
        for link in old.findall(qn("w:link")):
            old.remove(link)
    defaults = known.element.find(qn("w:docDefaults"))
    fonts = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    put(fonts, element("w:rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT), RUN_ORDER)

    normal = restyle(known["Normal"], size=11, after=6, line=1.1)
    normal.paragraph_format.widow_control = True
    restyle(known["Title"], size=22, colour=DARK, bold=True, before=0, after=8, keep=True, line=1.0)
    restyle(known["Heading 1"], size=16, colour=ACCENT, bold=True, before=20, after=6, keep=True, number=(HEADINGS, 0))
    restyle(known["Heading 2"], size=13, colour=ACCENT, bold=True, before=14, after=4, keep=True, number=(HEADINGS, 1))
    restyle(known["Heading 3"], size=11.5, colour=DARK, bold=True, before=12, after=3, keep=True)
    restyle(known["Heading 4"], size=11, colour=DARK, bold=True, before=8, after=2, keep=True)
    restyle(known["List Bullet"], size=11, after=3, number=(BULLETS, 0))
    restyle(known["List Bullet 2"], size=11, after=3, number=(BULLETS, 1))
    restyle(known["Header"], size=9, colour=GREY, after=0)
    restyle(known["Footer"], size=9, colour=GREY, after=0)
    restyle(known["Caption"], size=9.5, colour=GREY, before=2, after=10)

    def paragraph_style(name: str, base: str = "Normal", **look):
        style = known.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name[0].islower())
        style.base_style = known[base]
        style.quick_style = True
        return restyle(style, **look)

    def character_style(name: str, **look):
        style = known.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=name[0].islower())
        style.quick_style = True
        return restyle(style, **look)

    paragraph_style("Overtittel", size=11, colour=GREY, after=0, keep=True)
    paragraph_style("Innholdstittel", size=13, colour=ACCENT, bold=True, before=16, after=4, keep=True)
    unnumbered = paragraph_style("Overskrift uten nummer", "Heading 1")
    put(unnumbered.element.get_or_add_pPr(), num_properties(0, 0), PARAGRAPH_ORDER)
    unnumbered.paragraph_format.left_indent = unnumbered.paragraph_format.first_line_indent = Cm(0)
    paragraph_style("Ledetekst", size=11, bold=True, before=4, after=2, keep=True)
    goal = paragraph_style("Hovedmål", size=11, after=2)
    goal.paragraph_format.left_indent, goal.paragraph_format.first_line_indent = Cm(0.7), Cm(-0.6)
    goal.paragraph_format.tab_stops.add_tab_stop(Cm(0.7))
    paragraph_style("Tabelltekst", size=10.5, after=2, line=1.0)
    cell_bullet = paragraph_style("Tabellpunkt", "List Bullet", size=10.5, after=2, line=1.0)
    cell_bullet.paragraph_format.left_indent, cell_bullet.paragraph_format.first_line_indent = Cm(0.45), Cm(-0.4)
    for name, base in (("Verktøyforslag", "Normal"), ("Verktøyforslag punkt", "List Bullet")):
        style = paragraph_style(name, base, size=10.5, after=3)
        style.paragraph_format.widow_control = False  # the box fills the page that it begins on; it is to be deleted anyway
        properties = style.element.get_or_add_pPr()
        border = element("w:pBdr")
        border.append(element("w:left", val="single", sz=24, space=8, color="C27A00"))
        put(properties, border, PARAGRAPH_ORDER)
        put(properties, element("w:shd", val="clear", color="auto", fill="FFF6E3"), PARAGRAPH_ORDER)
    known["Verktøyforslag"].paragraph_format.left_indent = Cm(0.2)
    for depth in (1, 2, 3):
        toc = paragraph_style(f"toc {depth}", size=10.5, before=3 if depth == 1 else 0, after=1, line=1.0)
        toc.paragraph_format.left_indent = Cm(0.6 * (depth - 1))
        toc.element.set(qn("w:styleId"), f"TOC{depth}")
        if depth == 1:
            toc.font.bold = True
    comment = paragraph_style("annotation text", size=10, after=2, line=1.0)
    comment.element.set(qn("w:styleId"), "CommentText")
    reference = character_style("annotation reference", size=8)
    reference.element.set(qn("w:styleId"), "CommentReference")

    filled = character_style(PLACEHOLDER, colour="7A1F00")
    shade(filled, "FFE9A8")
    character_style(SOURCE, size=9.5, colour=GREY)
    character_style("Kvantor", bold=True)
    character_style("Grunnlag", size=9.5, colour=GREY)
    for name, fill in (("Status grønt", "C6E5B8"), ("Status gult", "FFE699"), ("Status rødt", "F6BDB5")):
        shade(character_style(name, bold=True), fill)
    table_styles(known)


def table_styles(known) -> None:
    def borders(inside: bool = True) -> str:
        sides = ["top", "bottom"] + (["insideH"] if inside else [])
        return "<w:tblBorders>" + "".join(f'<w:{s} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>' for s in sides) \
            + "</w:tblBorders>"

    margins = ('<w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>'
               '<w:bottom w:w="60" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>')
    for name, ident, part, look in (
            ("Sakstabell", "Sakstabell", "firstRow",
             f'<w:rPr><w:b/><w:color w:val="FFFFFF"/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{ACCENT}"/></w:tcPr>'),
            ("Sakshode", "Sakshode", "firstCol",
             f'<w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{PALE}"/></w:tcPr>')):
        known.element.append(parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{ident}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>'
            f'<w:tblPr>{borders()}{margins}</w:tblPr><w:tblStylePr w:type="{part}">{look}</w:tblStylePr></w:style>'))


def restyle(style, *, size: float = 0, colour: str = "", bold: bool | None = None, before: float | None = None,
            after: float | None = None, line: float = 0, keep: bool = False, number: tuple[int, int] | None = None):
    """One look for a style, with python-docx's defaults (theme fonts, italics, borders) taken away."""
    properties = style.element.find(qn("w:rPr"))
    if properties is not None:
        style.element.remove(properties)
    if style.type == WD_STYLE_TYPE.PARAGRAPH:
        old = style.element.get_or_add_pPr()
        for tag in ("w:numPr", "w:pBdr", "w:contextualSpacing", "w:ind", "w:tabs"):
            for child in old.findall(qn(tag)):
                old.remove(child)
        form = style.paragraph_format
        if before is not None:
            form.space_before = Pt(before)
        if after is not None:
            form.space_after = Pt(after)
        if line:
            form.line_spacing = line
        if keep:
            form.keep_with_next = True
        if number:
            put(old, num_properties(*number), PARAGRAPH_ORDER)
    if size:
        style.font.size = Pt(size)
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour)
    if bold is not None:
        style.font.bold = bold
    return style


def num_properties(number: int, level: int):
    properties = element("w:numPr")
    properties.append(element("w:ilvl", val=level))
    properties.append(element("w:numId", val=number))
    return properties


def shade(style, fill: str) -> None:
    put(style.element.get_or_add_rPr(), element("w:shd", val="clear", color="auto", fill=fill), RUN_ORDER)


def write(holder, *pieces: str | tuple[str, str], style: str = "Normal"):
    """A paragraph of pieces: plain text, or (text, character style)."""
    paragraph = holder.add_paragraph(style=style)
    for piece in pieces:
        if isinstance(piece, tuple):
            paragraph.add_run(piece[0], style=piece[1])
        else:
            paragraph.add_run(piece)
    return paragraph


def either(name: str, placeholder: str) -> tuple:
    """The value, or a visible placeholder where it is missing."""
    return (f"{{% if {name} %}}{{{{ {name} }}}}{{% else %}}", (f"[Fyll inn {placeholder}]", PLACEHOLDER), "{% endif %}")


def header_and_footer(document) -> None:
    section = document.sections[0]
    top = section.header.paragraphs[0]
    top.style = "Header"
    stops(top)
    top.add_run("{{ organisasjon }}\tSaksfremlegg{% if saksnummer %} {{ saksnummer }}{% endif %}")
    bottom = section.footer.paragraphs[0]
    bottom.style = "Footer"
    stops(bottom)
    bottom.add_run("{{ tittel }}\tSide ")
    for run in _word.field("PAGE", "1"):
        bottom._p.append(run)
    bottom.add_run(" av ")
    for run in _word.field("NUMPAGES", "1"):
        bottom._p.append(run)


def stops(paragraph) -> None:
    properties = paragraph._p.get_or_add_pPr()
    for old in properties.findall(qn("w:tabs")):
        properties.remove(old)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT)


def head(document) -> None:
    write(document, "Saksfremlegg til ", *either("utvalg", "utvalg"), style="Overtittel")
    write(document, "{{ tittel }}", style="Title")
    rows = (("Saksnummer", "saksnummer", "saksnummer"), ("Møtedato", "motedato", "møtedato"),
            ("Sakstype", "sakstype", "sakstype: orienteringssak, drøftingssak eller beslutningssak"),
            ("Saksbehandler", "saksbehandler", "saksbehandler"), ("Arkivsaksnummer", "arkivsak", "arkivsaksnummer"))
    table = document.add_table(rows=0, cols=2)
    table.style = "Sakshode"
    for label, name, placeholder in rows:
        row = table.add_row()
        write_cell(row.cells[0], label)
        write_cell(row.cells[1], *either(name, placeholder))
    widths(table, 4.2, 11.8)
    look(table, row=False, column=True)
    _word.add_table_text(table._tbl, "Opplysninger om saken", "Saksnummer, møtedato, sakstype, saksbehandler og arkivsaksnummer")
    write(document, "Innhold", style="Innholdstittel")
    write(document, "{{ innholdsfortegnelse }}")


def background(document) -> None:
    heading(document, "Bakgrunn for saken", 1)
    write(document, "{%p if plan %}")
    write(document, "{{ plan.tittel }} {% if plan.periode %}gjelder for {{ plan.periode }} og {% endif %}legges frem for ",
          *either("utvalg", "utvalg"), " med status for tiltakene{% if har_svar %} og innspill fra {{ svarere }}{% endif %}.")
    write(document, "{%p else %}")
    write(document, "Saken legges frem for ", *either("utvalg", "utvalg"),
          "{% if har_svar %} med innspill fra {{ svarere }}{% endif %}.")
    write(document, "{%p endif %}")
    for lead, name in (("Dette er vedtatt tidligere:", "tidligere_vedtak"), ("Dette sier saksdokumentene om perioden:", "perioder")):
        write(document, f"{{%p if {name} %}}")
        after_list(write(document, lead)).paragraph_format.keep_with_next = True
        write(document, f"{{%p for sitat in {name} %}}")
        write(document, "{{ sitat.tekst }} ", ("({{ sitat.kilde }})", SOURCE), style="List Bullet")
        write(document, "{%p endfor %}")
        write(document, "{%p endif %}")
    write(document, "{%p for dokument in saksdokumenter %}")
    after_list(write(document, "Saksdokumentet «{{ dokument.tittel }}» er en del av grunnlaget."
                               "{% if dokument.satsingsomrader %} Det har disse satsingsområdene: {{ dokument.satsingsomrader }}.{% endif %}"))
    write(document, "{%p if dokument.sitater %}")
    write(document, "Avsnitt som berører temaene i saken:").paragraph_format.keep_with_next = True
    write(document, "{%p endif %}")
    write(document, "{%p for sitat in dokument.sitater %}")
    write(document, "{{ sitat.tekst }} ", ("({{ sitat.kilde }})", SOURCE), style="List Bullet")
    write(document, "{%p endfor %}")
    write(document, "{%p endfor %}")
    write(document, "{%p if andre_saksdokumenter %}")
    after_list(write(document, "{% if saksdokumenter %}Andre saksdokumenter{% else %}Saksdokumenter{% endif %} i grunnlaget: "
                               "{{ andre_saksdokumenter }}."))
    write(document, "{%p endif %}")
    write(document, "{%p if tidligere_saker %}")
    after_list(write(document, "Tidligere saksfremlegg i grunnlaget: {{ tidligere_saker }}."))
    write(document, "{%p endif %}")
    write(document, "{%p if not tidligere_vedtak %}")
    write(document, ("[Fyll inn bakgrunn: hvorfor saken legges frem, og tidligere vedtak]", PLACEHOLDER))
    write(document, "{%p endif %}")


def facts(document) -> None:
    heading(document, "Saksopplysninger", 1)
    write(document, "{%p if plan %}")
    write(document, "{{ plan.samlet }} Status på tiltakene er merket med farge og ord: ", ("grønt", "Status grønt"),
          " = gjennomført, ", ("gult", "Status gult"), " = startet opp og pågående, ", ("rødt", "Status rødt"),
          " = ikke påbegynt{% if plan.mangler_status %}. Tiltak uten farge mangler status{% endif %}. "
          "Oversikten står i vedlagte matrise (vedlegg 1).")
    write(document, "{%p endif %}")
    write(document, "{% if bedt_om_svar %}{{ bedt_om_svar }} {% endif %}"
                    "{% if har_svar %}Alle innspill er gjengitt i sin helhet i vedlegg 2.{% else %}"
                    "Vedlegg 2 er tomt inntil det kommer svar.{% endif %}")
    write(document, "{%p if plan %}")
    heading(document, "Status vedtatt handlingsplan", 2)
    write(document, "Under følger en kort oppsummering av status for hvert fokusområde. Tallene er hentet fra vedlegg 1.")
    write(document, "{{ plan.figur }}")
    write(document, "{%p for område in plan.fokusomrader %}")
    heading(document, "{{ område.overskrift }}", 3)
    write(document, "{%p if område.hovedmal %}")
    write(document, "Hovedmål", style="Ledetekst")
    write(document, "{%p for mål in område.hovedmal %}")
    write(document, "{{ mål.nummer }}\t{{ mål.tekst }}", style="Hovedmål")
    write(document, "{%p endfor %}")
    write(document, "{%p endif %}")
    write(document, ("Kort oppsummering status: ", "Kvantor"), "{{ område.status }}").paragraph_format.space_before = Pt(6)
    for lead, items in (("rodt_innledning", "rode"), ("uten_status_innledning", "uten_status")):
        write(document, f"{{%p if område.{items} %}}")
        form = write(document, f"{{{{ område.{lead} }}}}:").paragraph_format
        form.keep_with_next, form.space_before = True, Pt(6)
        write(document, f"{{%p for tiltak in område.{items} %}}")
        write(document, "{{ tiltak }}", style="List Bullet")
        write(document, "{%p endfor %}")
        write(document, "{%p endif %}")
    write(document, "{%p endfor %}")
    write(document, "{%p endif %}")


def answers(document) -> None:
    heading(document, "Prosess og innspill fra {{ svarere }}", 2)
    write(document, "{%p if sporreskjema %}")
    write(document, "Spørsmålene som er sendt {{ svarere }}:").paragraph_format.keep_with_next = True
    table = document.add_table(rows=4, cols=2)
    table.style = "Sakstabell"
    for cell, text in zip(table.rows[0].cells, ("Område", "Spørsmål"), strict=True):
        write_cell(cell, text)
    write_cell(table.rows[1].cells[0], "{%tr for del in sporreskjema %}")
    write_cell(table.rows[2].cells[0], "{% if del.nummer %}{{ del.nummer }} {% endif %}{{ del.tittel }}")
    cell = table.rows[2].cells[1]
    write_cell(cell, "{%p for spørsmål in del.sporsmal %}")
    write(cell, "{%p if del.med_nummer %}", style="Tabelltekst")
    numbered = write(cell, "{{ spørsmål }}", style="Tabelltekst").paragraph_format
    numbered.left_indent, numbered.first_line_indent = Cm(0.6), Cm(-0.6)
    write(cell, "{%p else %}", style="Tabelltekst")
    write(cell, "{{ spørsmål }}", style="Tabellpunkt")
    write(cell, "{%p endif %}", style="Tabelltekst")
    write(cell, "{%p endfor %}", style="Tabelltekst")
    write_cell(table.rows[3].cells[0], "{%tr endfor %}")
    for paragraph in table.rows[0]._tr.iter(qn("w:p")):
        _word.keep_with_next(paragraph)
    widths(table, 5, 11)
    look(table, row=True, column=False)
    _word.add_table_text(table._tbl, "Spørreskjemaet", "Spørsmålene som er sendt ut, gruppert etter område")
    write(document, "{%p endif %}")
    told = write(document, "{% for setning in hvem_svarte %}{{ setning }}{% if not loop.last %} {% endif %}{% endfor %}")
    told.paragraph_format.space_before = Pt(10)
    write(document, "{%p if har_svar and temaer %}")
    write(document, "Under følger en oppsummering av innspillene etter tema. Tallene i parentes viser til avsnittene i vedlegg 2.")
    write(document, "{%p endif %}")
    write(document, "{%p for tema in temaer %}")
    theme = heading(document, "{{ tema.tittel }}", 3)
    put(theme._p.get_or_add_pPr(), num_properties(THEMES, 0), PARAGRAPH_ORDER)
    write(document, "{%p if tema.tomt %}")
    write(document, "{{ tema.tomt }}")
    write(document, "{%p endif %}")
    write(document, "{%p for punkt in tema.punkter %}")
    bullet(document, "punkt", "List Bullet")
    write(document, "{%p endfor %}")
    write(document, "{%p for uenighet in tema.ulike_syn %}")
    write(document, "Ulike syn:", style="Ledetekst")
    write(document, "{%p for punkt in uenighet.punkter %}")
    bullet(document, "punkt", "List Bullet 2")
    write(document, "{%p endfor %}")
    write(document, "{%p endfor %}")
    write(document, "{%p for svar in tema.svarere %}")
    heading(document, "{{ svar.navn }}", 4)
    write(document, "{%p for punkt in svar.punkter %}")
    write(document, "{{ punkt.tekst }} ", ("{{ punkt.kilde }}", SOURCE), style="List Bullet")
    write(document, "{%p endfor %}")
    write(document, "{%p if svar.merknad %}")
    write(document, "{{ svar.merknad }}")
    write(document, "{%p endif %}")
    write(document, "{%p endfor %}")
    write(document, "{%p for merknad in tema.merknader %}")
    after_list(write(document, "{{ merknad }}"))
    write(document, "{%p endfor %}")
    write(document, "{%p endfor %}")
    write(document, "{%p if ikke_gjengitt %}")
    write(document, "Innspill som ikke er gjengitt", style="Ledetekst").paragraph_format.space_before = Pt(12)
    write(document, "{{ ikke_gjengitt }}")
    write(document, "{%p endif %}")


def bullet(document, name: str, style: str) -> None:
    write(document, (f"{{{{ {name}.kvantor }}}}", "Kvantor"),
          f"{{{{ {name}.navn }}}}{{% if {name}.kvantor %}}: {{% endif %}}{{{{ {name}.tekst }}}} ",
          (f"{{{{ {name}.kilde }}}}", SOURCE), style=style)


def assessment(document) -> None:
    heading(document, "Sekretariatets vurderinger og forslag til oppfølging", 1)
    write(document, ("[Fyll inn sekretariatets vurderinger og forslag til oppfølging]", PLACEHOLDER))
    suggestions(document, "forslag", "Bruk, endre eller slett punktene, og slett til slutt denne merkingen.")
    heading(document, "Forslag til vedtak", 1)
    write(document, ("[Fyll inn forslag til vedtak]", PLACEHOLDER))
    suggestions(document, "vedtaksforslag", "Saken gir grunnlag for å ta stilling til:")
    write(document, "Vedlegg", style="Overskrift uten nummer")
    write(document, "{%p for linje in vedlegg %}")
    write(document, "{{ linje }}", style="List Bullet")
    write(document, "{%p endfor %}")


def suggestions(document, name: str, lead: str) -> None:
    write(document, f"{{%p if {name} %}}")
    write(document, ("Forslag fra verktøyet – må vurderes av sekretariatet", "Kvantor"),
          style="Verktøyforslag").paragraph_format.keep_with_next = True
    write(document, lead, style="Verktøyforslag").paragraph_format.keep_with_next = True
    write(document, f"{{%p for punkt in {name} %}}")
    write(document, "{{ punkt.tekst }} ", ("Grunnlag: {{ punkt.grunnlag }}", "Grunnlag"), style="Verktøyforslag punkt")
    write(document, "{%p endfor %}")
    write(document, "{%p endif %}")


def after_list(paragraph):
    """As far from the bullets above as from the text below."""
    paragraph.paragraph_format.space_before = Pt(6)
    return paragraph


def heading(document, text: str, level: int):
    return write(document, text, style=f"Heading {level}")


def write_cell(cell, *pieces) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = "Tabelltekst"
    for piece in pieces:
        if isinstance(piece, tuple):
            paragraph.add_run(piece[0], style=piece[1])
        else:
            paragraph.add_run(piece)


def widths(table, *centimetres: float) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    for column, width in zip(table.columns, centimetres, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    table.rows[0].cells[0].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT


def look(table, *, row: bool, column: bool) -> None:
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    value = (0x20 if row else 0) | (0x80 if column else 0) | 0x400 | 0x200
    properties.append(element("w:tblLook", val=f"{value:04X}", firstRow=int(row), lastRow=0, firstColumn=int(column),
                              lastColumn=0, noHBand=1, noVBand=1))


if __name__ == "__main__":
    main()
