"""Builds the files of the sample case ``inputs/handlingsplan-2025``.

    python -m tests.sample.build [FOLDER]

The files are committed; the script is for changing them. The PDFs are printed by LibreOffice.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import datetime
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from pipeline import config
from tests.sample import texts

ROOT = Path(__file__).parent.parent.parent
CASE = ROOT / "inputs" / "handlingsplan-2025"
COLOURS = {"g": "92D050", "y": "FFD966", "r": "FF5050", "": None}

CASE_TOML = '''# Opplysninger om denne saken. Alt annet hentes fra config.toml.

[case]
title = "Årlig gjennomgang av SSUs handlingsplan"
number = "36/2025"
meeting_date = 2025-11-14
deadline = 2025-10-15
archive_number = "25/01877"
type = "drøftingssak"
plan_title = "SSU handlingsplan 2024–2026"
'''


def build(folder: Path) -> None:
    """Write all files of the sample case into ``folder``."""
    papers = folder / "saksdokumenter"
    papers.mkdir(parents=True, exist_ok=True)
    (folder / "case.toml").write_text(CASE_TOML, encoding="utf-8", newline="\n")
    (folder / "Svar RS Lister.docx").write_bytes(lister())
    (folder / "Innspel frå Setesdal.docx").write_bytes(setesdal())
    (folder / "Region Kristiansand - tilbakemelding.pdf").write_bytes(as_pdf(kristiansand()))
    (folder / "Innspill Østre Agder.eml").write_bytes(agder())
    (papers / "Handlingsplan 2024-2026 med status.xlsx").write_bytes(plan())
    (papers / "Strategi Region Kristiansand 2025-2028.pdf").write_bytes(as_pdf(strategy()))
    (papers / "Sak 31-2024 Gjennomgang av handlingsplanen.docx").write_bytes(earlier())


def _document(language: str = "nb-NO"):
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    normal.element.get_or_add_rPr().append(mark)
    core = document.core_properties
    core.author, core.created, core.modified = "", datetime(2025, 10, 1), datetime(2025, 10, 1)
    core.title = ""
    return document


def _bytes(document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _body(document, parts) -> None:
    styles = {"p": None, "b": "List Bullet", "n": "List Number", "h1": "Heading 1", "h2": "Heading 2"}
    for kind, text in parts:
        document.add_paragraph(text, style=styles[kind])


def lister() -> bytes:
    """The questionnaire as a table: block rows over both columns, then question and answer."""
    document = _document()
    title, *rest = texts.LISTER_INTRO
    document.add_heading(title, 0)
    for line in rest:
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("Spørsmål", "Svar fra RS"), strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    block = None
    for question in config.load(ROOT / "config.toml").questions:
        if question.block != block:
            block = question.block
            row = table.add_row()
            merged = row.cells[0].merge(row.cells[1])
            merged.paragraphs[0].add_run(f"{question.printed}. {block}").bold = True
        asked, answered = table.add_row().cells
        asked.text = question.text
        for i, paragraph in enumerate(texts.LISTER_ANSWERS[question.number]):
            if i == 0:
                answered.text = paragraph
            else:
                answered.add_paragraph(paragraph)
    for row in table.rows:
        row.cells[0].width, row.cells[1].width = Cm(6), Cm(10)
    return _bytes(document)


def setesdal() -> bytes:
    """A letter with letterhead, reference lines and headings of its own."""
    document = _document("nn-NO")
    header = document.sections[0].header.paragraphs[0]
    header.text = texts.SETESDAL_HEAD[0]
    header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for line in texts.SETESDAL_HEAD:
        document.add_paragraph(line)
    document.add_heading(texts.SETESDAL_TITLE, 1)
    for line in texts.SETESDAL_OPENING:
        document.add_paragraph(line)
    for heading, parts in texts.SETESDAL_SECTIONS:
        document.add_heading(heading, 2)
        _body(document, parts)
    for line in texts.SETESDAL_CLOSING:
        document.add_paragraph(line)
    return _bytes(document)


def kristiansand() -> bytes:
    """A memo that follows the numbers of the form."""
    document = _document()
    for i, line in enumerate(texts.KRISTIANSAND_HEAD):
        paragraph = document.add_paragraph()
        paragraph.add_run(line).bold = i < 2
    document.add_paragraph(texts.KRISTIANSAND_OPENING)
    for heading, parts in texts.KRISTIANSAND_SECTIONS:
        document.add_heading(heading, 2)
        _body(document, parts)
    for line in texts.KRISTIANSAND_CLOSING:
        document.add_paragraph(line)
    return _bytes(document)


def agder() -> bytes:
    """A mail with a short covering note and the answer attached."""
    document = _document()
    document.add_heading(texts.AGDER_TITLE, 1)
    for heading, parts in texts.AGDER_SECTIONS:
        document.add_heading(heading, 2)
        _body(document, parts)
    mail = EmailMessage()
    for name in ("from", "to", "subject", "date"):
        mail[name] = texts.AGDER_MAIL[name]
    mail["message-id"] = "<20251015.1@ostreagder.example>"
    mail.set_content(texts.AGDER_MAIL["body"])
    mail.add_attachment(_bytes(document), maintype="application",
                        subtype="vnd.openxmlformats-officedocument.wordprocessingml.document",
                        filename="Innspill til handlingsplanen.docx")
    mail.set_boundary("=_ssu_eksempel")
    return mail.as_bytes()


def plan() -> bytes:
    """The action plan: merged cells for focus area and goal, status only as the colour of a cell, a legend below."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Handlingsplan"
    sheet["A1"] = texts.PLAN_TITLE
    sheet["A1"].font = Font(bold=True, size=14)
    columns = ("Fokusområde", "Hovedmål", "Tiltak", "Ansvarlig", "Frist", "Status", "Kommentar")
    thin = Border(*(Side(style="thin", color="999999"),) * 4)
    for col, text in enumerate(columns, 1):
        cell = sheet.cell(3, col, text)
        cell.font, cell.fill, cell.border = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F4E79"), thin
    row = 4
    for area, goals in texts.PLAN:
        first = row
        for goal, measures in goals:
            top = row
            for measure, responsible, deadline, colour, comment in measures:
                for col, value in ((1, area if row == first else None), (2, goal if row == top else None), (3, measure),
                                   (4, responsible), (5, deadline), (6, None), (7, comment or None)):
                    cell = sheet.cell(row, col, value)
                    cell.border, cell.alignment = thin, Alignment(wrap_text=True, vertical="top")
                if COLOURS[colour]:
                    sheet.cell(row, 6).fill = PatternFill("solid", fgColor=COLOURS[colour])
                row += 1
            if row - 1 > top:
                sheet.merge_cells(start_row=top, end_row=row - 1, start_column=2, end_column=2)
        sheet.merge_cells(start_row=first, end_row=row - 1, start_column=1, end_column=1)
    row += 1
    sheet.cell(row, 1, "Fargeforklaring").font = Font(bold=True)
    for colour, text in (("g", "Gjennomført"), ("y", "Startet opp og pågående"), ("r", "Ikke påbegynt")):
        row += 1
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor=COLOURS[colour])
        sheet.cell(row, 2, text)
    for letter, width in zip("ABCDEFG", (26, 34, 46, 28, 8, 9, 34), strict=True):
        sheet.column_dimensions[letter].width = width
    book.properties.creator = ""
    book.properties.created = book.properties.modified = datetime(2025, 9, 1)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def strategy() -> bytes:
    document = _document()
    document.add_heading(texts.STRATEGY_TITLE, 0)
    _body(document, texts.STRATEGY)
    return _bytes(document)


def earlier() -> bytes:
    document = _document()
    document.add_heading("Saksfremlegg", 0)
    document.add_paragraph(texts.EARLIER_TITLE)
    document.add_paragraph("Møtedato: 22.11.2024")
    _body(document, texts.EARLIER)
    return _bytes(document)


def as_pdf(data: bytes) -> bytes:
    """Print a Word document with LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "dokument.docx"
        file.write_bytes(data)
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profil", "--headless", "--convert-to", "pdf",
                        "--outdir", folder, str(file)], check=True, capture_output=True)
        return file.with_suffix(".pdf").read_bytes()


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else CASE)
