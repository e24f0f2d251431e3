"""The reading benchmark: its references are right by themselves, and it says what a reader lost."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from benchmarks import plain_pages, reading, reading_references, reading_tools
from benchmarks.reading import Read
from benchmarks.reading_references import Reference
from tests.readers import pdf_corpus

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def docx(body: str, **parts: str) -> bytes:
    """A Word package with just enough in it; ``parts`` are further XML parts by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/word/document.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'))
        package.writestr("_rels/.rels", (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>'))
        package.writestr("word/document.xml", f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            package.writestr(f"word/{name}.xml", xml)
    return out.getvalue()


def par(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{r}</w:t></w:r>" if not r.startswith("<") else r for r in runs) + "</w:p>"


def test_the_word_reference_counts_what_a_person_sees() -> None:
    """Words split over runs are whole; insertions in, deletions out; both branches of an alternative count once."""
    body = (par("sam", "arbeid") + par('<w:ins w:id="1"><w:r><w:t>nytt</w:t></w:r></w:ins>',
                                       '<w:del w:id="2"><w:r><w:delText>gammelt</w:delText></w:r></w:del>')
            + par("<mc:AlternateContent><mc:Choice><w:t>boks</w:t></mc:Choice><mc:Fallback><w:t>boks</w:t>"
                  "</mc:Fallback></mc:AlternateContent>"))
    notes = f"<w:footnotes {W}><w:footnote>{par('fotnoten')}</w:footnote></w:footnotes>"
    found = reading_references.docx(docx(body, footnotes=notes)).words
    assert found == Counter(["samarbeid", "nytt", "boks", "fotnoten"])


def test_a_pdf_of_running_text_is_told_from_one_with_drawings(tmp_path: Path) -> None:
    """Lines and shapes are counted page by page, and a hundred links are nothing out of the ordinary."""
    ruled = pdf_corpus.Sheet().text(72, 780, "Tekst").grid([50, 100], [50, 100])
    linked = pdf_corpus.Sheet().text(72, 780, "Tekst")
    for _ in range(103):
        linked.annotate("", "Link")
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_corpus.build(ruled, linked, pdf_corpus.Sheet().text(72, 780, "Tekst")))
    assert reading.besides_text(path) == [4, 3, 0]


def test_only_pages_of_plain_text_are_cut_out(tmp_path: Path) -> None:
    """A page with a table, one of short lines and one that was there already are left out; a file with a form whole."""
    text = "Utvalget mener at planen er lettlest og at tiltakene følger av målene i den. " * 6
    plain, again, ruled, short = (pdf_corpus.Sheet() for _ in range(4))
    for sheet in (plain, again, ruled):
        sheet.paragraph(72, 700, text)
    ruled.grid([50, 100], [50, 100])
    for row in range(30):
        short.text(72, 700 - 14 * row, f"Punkt {row} i listen")
    folder, target = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    target.mkdir()
    (folder / "a.pdf").write_bytes(pdf_corpus.build(plain, again, ruled, short))
    form = pdf_corpus.Sheet().field("navn", "Kari", (72, 600, 200, 620))
    form.paragraph(72, 700, "Et annet avsnitt. " + text)
    (folder / "b.pdf").write_bytes(pdf_corpus.build(form))
    (folder / "c.pdf").write_bytes(b"%PDF-1.7 skadet")
    (written, pages), = plain_pages.cut_out(folder, target)
    assert pages == 1
    assert "planen er lettlest" in reading_tools.pdfium(str(written), written.read_bytes())


def test_the_sheet_reference_knows_texts_and_where_numbers_stand() -> None:
    """Texts of cells and comments as words, numbers by sheet and cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Svar"
    sheet["A1"], sheet["B2"] = "Felles opplæring", 12.5
    sheet["A1"].comment = openpyxl.comments.Comment("sjekkes", "x")
    out = io.BytesIO()
    book.save(out)
    found = reading_references.xlsx(out.getvalue())
    assert found.words == Counter(["Felles", "opplæring", "sjekkes"])
    assert found.numbers == [("Svar", "B2")]


@pytest.mark.parametrize("data", [
    "Emne én\n".encode("utf-16"), "Emne én og mer tekst\n".encode("utf-16-le"), "Emne én\n".encode("cp1252"),
    "Emne én\n".encode()])
def test_texts_are_decoded(data: bytes) -> None:
    """With and without byte order mark, and in an 8-bit set."""
    assert reading_references.text(data).words["én"] == 1


def test_mail_reference_takes_one_of_two_alternatives() -> None:
    """The plain text and the subject; the HTML twin and attached files are not counted again."""
    mail = (b"Subject: Svar\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n"
            b"--x\r\nContent-Type: text/plain\r\n\r\nVi er enige\r\n--x\r\nContent-Type: text/html\r\n\r\n"
            b"<p>Vi er enige</p>\r\n--x--\r\n")
    assert reading_references.eml(mail).words == Counter(["Svar", "Vi", "er", "enige"])


@pytest.mark.parametrize("found", ["samarbeid er bra", "sam arbeid er bra"])
def test_a_word_cut_by_the_line_may_be_joined_or_not(found: str) -> None:
    """Neither reading of "sam-/arbeid" is a loss."""
    read = Read(Path("x.pdf"), "pdf", reference=Reference(Counter(["er", "bra"]), [("sam", "arbeid")]))
    assert read.score(Counter(found.split())).missing == 0


def test_losses_and_doubled_words_are_counted() -> None:
    """A missing word lowers recall; a word too often is doubled; words of other sources are extra only."""
    read = Read(Path("x.docx"), "docx", reference=Reference(Counter(["fristen", "flyttes", "nå", "nå"])))
    score = read.score(Counter(["fristen", "fristen", "nå", "kommentar"]))
    assert (score.words, score.missing, score.doubled, score.extra) == (4, 2, 1, 2)
    assert score.recall == 0.5


def test_the_worker_gives_errors_and_survives_them(tmp_path: Path) -> None:
    """A tool's exception is its answer, and the next file is read in the same process."""
    bad, good = tmp_path / "a.docx", tmp_path / "b.docx"
    bad.write_bytes(b"PK\x03\x04 ikke en pakke")
    good.write_bytes(docx(par("Hei")))
    worker = reading_tools.Worker("lxml", 30)
    try:
        assert worker.run(str(bad)).error == "BadZipFile"
        assert worker.run(str(good)).words == Counter(["Hei"])
    finally:
        worker.close()


def test_the_worker_stops_what_takes_too_long(tmp_path: Path) -> None:
    """Over the time limit the process is killed and the file counts as given up."""
    path = tmp_path / "a.docx"
    path.write_bytes(docx(par("Hei")))
    worker = reading_tools.Worker("lxml", 0.0)
    try:
        assert worker.run(str(path)).error == "tidsgrensen"
    finally:
        worker.close()


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Reads a folder, prints the tables, writes report and losses; a file without a reader has its reason."""
    folder = tmp_path / "filer"
    folder.mkdir()
    (folder / "svar.docx").write_bytes(docx(par("Vi støtter forslaget.") + par("Fristen bør flyttes.")))
    (folder / "svar.txt").write_text("Ingen merknader.", encoding="utf-8")
    (folder / "tom.docx").write_bytes(b"")
    report, losses = tmp_path / "lesing.md", tmp_path / "tap.jsonl"
    assert reading.main([str(folder), "--report", str(report), "--losses", str(losses)]) == 0
    text = report.read_text(encoding="utf-8")
    assert capsys.readouterr().out.strip() == text.strip()
    assert "| docx | 2 | 1 | 1 | 0 | 1 | 6 | 1,0000 | 1,0000 | 0,00 % | 0 |" in text
    assert "| docx | ssu | 1 | 0 | 1,0000 |" in text
    assert "Filen er tom." in text
    assert [json.loads(line) for line in losses.read_text(encoding="utf-8").splitlines()] == []


def test_usage(tmp_path: Path) -> None:
    """A missing or empty folder is wrong use."""
    for folder in (tmp_path / "finnes ikke", tmp_path):
        with pytest.raises(SystemExit) as stop:
            reading.main([str(folder)])
        assert stop.value.code == 2
