"""The picture of status per fokusområde: a native, editable Word chart, one stacked bar a fokusområde.

The statuses are told apart by colour, by lightness and by pattern, every part of a bar carries its number, and
the legend says what each means in words; the alt text holds all figures.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from pipeline.norsk import join_names
from pipeline.phrases import Phrases
from pipeline.status_text import BOKMAL, COLOUR_NAMES, STATUS_WORDS, STATUSES, PlanSummary
from pipeline.writers import _word

_EMU_PER_CM = 360_000
WIDTH_CM = 16.0  # the text width of A4 portrait with 2.5 cm margins
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# pattern, foreground, background, colour of the number. Contrast of number to bar at least 4.5:1 (WCAG 2.1, 1.4.3);
# the lightness of neighbours differs by more than 3:1, so that they part without colour too (1.4.11).
_LOOKS = {
    "green": ("", "1B6E2E", "1B6E2E", "FFFFFF"),
    "yellow": ("", "FFD24D", "FFD24D", "000000"),
    "red": ("wdUpDiag", "8E1616", "B02323", "FFFFFF"),
    "unknown": ("ltUpDiag", "B0B0B0", "FFFFFF", "000000"),
}
_LABEL_LENGTH = 60


def add_status_chart(paragraph, summary: PlanSummary, say: Phrases = BOKMAL) -> None:
    """Put the chart into ``paragraph``, a python-docx Paragraph (what stood in it stays before the chart).

    No tiltak in ``summary``: nothing is added.
    """
    if not summary.areas:
        return
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml.parser import parse_xml

    package = paragraph.part.package
    taken = {str(part.partname) for part in package.iter_parts()}
    number = next(n for n in range(1, 10_000) if f"/word/charts/chart{n}.xml" not in taken)
    statuses = [s for s in STATUSES if summary.total.of(s)]
    labels = [_label(area.number, area.title, say) for area in summary.areas]
    sheet = Part(
        PackURI(f"/word/embeddings/status{number}.xlsx"), _SHEET_TYPE, _workbook(labels, statuses, summary, say), package
    )
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, b"", package)
    sheet_id = chart.relate_to(sheet, RELATIONSHIP_TYPE.PACKAGE)
    chart._blob = _chart_xml(labels, statuses, summary, sheet_id, say).encode()
    chart_id = paragraph.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    height = 2.6 + 1.2 * len(labels)
    drawing = _drawing(chart_id, 500 + number, min(height, 22.0), describe(summary, say), say("Status per fokusområde"))
    paragraph.add_run()._r.append(parse_xml(drawing))


def describe(summary: PlanSummary, say: Phrases = BOKMAL) -> str:
    """The chart in words, for alt text: every fokusområde with all its figures."""
    parts = []
    for area in summary.areas:
        figures = [f"{say.amount(area.counts.of(s))} {say(STATUS_WORDS[s]).lower()}" for s in STATUSES if area.counts.of(s)]
        parts.append(f"{area.heading}: {join_names(figures)}.")
    return say("Stolpediagram over status for tiltakene per fokusområde. ") + " ".join(parts)


def _label(number: str, title: str, say: Phrases) -> str:
    text = " ".join(part for part in (f"{number}." if number else "", title) if part) or say("Handlingsplanen")
    return text if len(text) <= _LABEL_LENGTH else text[:_LABEL_LENGTH].rsplit(" ", 1)[0].rstrip(" ,–-") + " …"


def _series_name(status: str, say: Phrases) -> str:
    """ "Gjennomført (grønt)"; words first, for the colour is never alone."""
    word = say(STATUS_WORDS[status])
    return word if status == "unknown" else f"{word} ({say(COLOUR_NAMES[status])})"


def _workbook(labels: list[str], statuses: list[str], summary: PlanSummary, say: Phrases) -> bytes:
    """The chart's own data sheet, which Word opens at "Rediger data"."""
    from openpyxl import Workbook

    from pipeline.writers import _workbook

    book = Workbook()
    book.properties.creator = _word.AUTHOR
    sheet = book.active
    sheet.title = "Status"
    for col, status in enumerate(statuses, 2):
        sheet.cell(1, col).value = _series_name(status, say)
    for row, (label, area) in enumerate(zip(labels, summary.areas, strict=True), 2):
        _workbook.put_text(sheet.cell(row, 1), label)
        for col, status in enumerate(statuses, 2):
            sheet.cell(row, col).value = area.counts.of(status)
    return _workbook.finish(book)


def _drawing(chart_id: str, number: int, height_cm: float, alt: str, title: str) -> str:
    cx, cy = int(WIDTH_CM * _EMU_PER_CM), int(height_cm * _EMU_PER_CM)
    return (
        '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
        f'<wp:docPr id="{number}" name={_quoted(title)} title={_quoted(title)} descr={_quoted(alt)}/>'
        '<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
        f' xmlns:r="{_RELATIONSHIPS}" r:id="{chart_id}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def _quoted(text: str) -> str:
    return '"' + escape(_word.clean_text(text), {'"': "&quot;", "\n": " ", "\t": " "}) + '"'


def _text(text: str) -> str:
    return escape(_word.clean_text(text))


def _chart_xml(labels: list[str], statuses: list[str], summary: PlanSummary, sheet_id: str, say: Phrases) -> str:
    tongue = "nn-NO" if say.nynorsk else "nb-NO"
    series = "".join(
        _series(at, _series_name(status, say), status, labels, [a.counts.of(status) for a in summary.areas], tongue)
        for at, status in enumerate(statuses)
    )
    most = max(area.counts.total for area in summary.areas)
    unit = next(u for u in (1, 2, 5, 10, 20, 50, 100, 1000) if most / u <= 12 or u == 1000)
    letters = (
        '<a:defRPr sz="{size}"><a:solidFill><a:srgbClr val="262626"/></a:solidFill>'
        '<a:latin typeface="Calibri"/></a:defRPr>'
    )

    def words(size: int) -> str:
        return (
            f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{letters.format(size=size)}</a:pPr>"
            f'<a:endParaRPr lang="{tongue}"/></a:p></c:txPr>'
        )

    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        f' xmlns:r="{_RELATIONSHIPS}"><c:date1904 val="0"/><c:lang val="{tongue}"/><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        '<c:barChart><c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="45"/><c:overlap val="100"/>'
        '<c:axId val="111111111"/><c:axId val="222222222"/></c:barChart>'
        '<c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="7F7F7F"/></a:solidFill></a:ln></c:spPr>{words(900)}'
        '<c:crossAx val="222222222"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        '<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{-(-most // unit) * unit}"/><c:min val="0"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="b"/>'
        '<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr>'
        "</c:majorGridlines>"
        '<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900" b="0"/></a:pPr><a:r>'
        f'<a:rPr lang="{tongue}" sz="900" b="0"><a:latin typeface="Calibri"/></a:rPr><a:t>{say("Antall tiltak")}</a:t></a:r></a:p>'
        "</c:rich>"
        '</c:tx><c:overlay val="0"/></c:title>'
        '<c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/>{words(900)}<c:crossAx val="111111111"/><c:crosses val="max"/>'
        f'<c:crossBetween val="between"/><c:majorUnit val="{unit}"/></c:valAx></c:plotArea>'
        f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{words(900)}</c:legend>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        # LibreOffice remembers the workbook's path through .odt but not the workbook, and then writes a .docx with a
        # relation that leads nowhere. It passes over a choice that requires c14; Word takes it.
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice xmlns:c14="http://schemas.microsoft.com/office/drawing/2007/8/2/chart" Requires="c14">'
        f'<c:externalData r:id="{sheet_id}"><c:autoUpdate val="0"/></c:externalData>'
        "</mc:Choice></mc:AlternateContent></c:chartSpace>"
    )


def _series(at: int, name: str, status: str, labels: list[str], values: list[int], tongue: str) -> str:
    pattern, front, back, ink = _LOOKS[status]
    col = chr(ord("B") + at)
    last = len(labels) + 1
    fill = (
        (
            f'<a:pattFill prst="{pattern}"><a:fgClr><a:srgbClr val="{front}"/></a:fgClr>'
            f'<a:bgClr><a:srgbClr val="{back}"/></a:bgClr>'
            "</a:pattFill>"
        )
        if pattern
        else f'<a:solidFill><a:srgbClr val="{front}"/></a:solidFill>'
    )
    categories = "".join(f'<c:pt idx="{i}"><c:v>{_text(label)}</c:v></c:pt>' for i, label in enumerate(labels))
    numbers = "".join(f'<c:pt idx="{i}"><c:v>{value}</c:v></c:pt>' for i, value in enumerate(values))
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/>'
        f'<c:tx><c:strRef><c:f>Status!${col}$1</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{_text(name)}</c:v>'
        "</c:pt></c:strCache></c:strRef></c:tx>"
        f'<c:spPr>{fill}<a:ln w="9525"><a:solidFill><a:srgbClr val="404040"/></a:solidFill></a:ln></c:spPr>'
        '<c:invertIfNegative val="0"/>'
        # The format hides the number of an empty part.
        '<c:dLbls><c:numFmt formatCode="0;;" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>'
        '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1000" b="1">'
        f'<a:solidFill><a:srgbClr val="{ink}"/></a:solidFill><a:latin typeface="Calibri"/></a:defRPr></a:pPr>'
        f'<a:endParaRPr lang="{tongue}"/></a:p></c:txPr><c:dLblPos val="ctr"/><c:showLegendKey val="0"/>'
        '<c:showVal val="1"/>'
        '<c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f'<c:cat><c:strRef><c:f>Status!$A$2:$A${last}</c:f><c:strCache><c:ptCount val="{len(labels)}"/>'
        f"{categories}</c:strCache>"
        "</c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Status!${col}$2:${col}${last}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{numbers}</c:numCache></c:numRef></c:val></c:ser>'
    )
