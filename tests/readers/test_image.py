"""Pictures of text: read through Tesseract, refused with the remedy without it."""

from __future__ import annotations

import subprocess
from io import BytesIO

import pytest

from pipeline.config import Limits
from pipeline.errors import OverLimit, Unreadable
from pipeline.readers import Options, _ocr, image
from tests.readers.pdf_corpus import Sheet, build, photograph

TEXT = "Utvalget ber om at ansvaret for oppfølging blir tydelig plassert hos den enkelte kommune."
needs_tesseract = pytest.mark.skipif(_ocr._installed() is None, reason="Tesseract er ikke installert")


@pytest.fixture(scope="module")
def letter() -> bytes:
    sheet = Sheet()
    sheet.paragraph(72, 780, TEXT, size=13)
    return build(sheet)


def tsv(*words: tuple[str, float]) -> bytes:
    """What Tesseract prints for one line of words with their confidence."""
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    rows = [f"5\t1\t1\t1\t1\t{i}\t{100 + 120 * i}\t200\t100\t40\t{conf}\t{word}" for i, (word, conf) in enumerate(words)]
    return "\n".join([head, *rows]).encode()


@pytest.fixture
def fake(monkeypatch):
    """A Tesseract that answers what the test says, and remembers its command lines."""
    calls: list[list[str]] = []

    def install(answer: bytes | Exception, languages: tuple[str, ...] = ("nor",)):
        def run(command, **_):
            calls.append(command)
            if isinstance(answer, Exception):
                raise answer
            return subprocess.CompletedProcess(command, 0, answer, b"")

        monkeypatch.setattr(_ocr, "_installed", lambda: _ocr.Engine(program="tesseract", languages=languages))
        monkeypatch.setattr(_ocr.subprocess, "run", run)
        return calls

    return install


def test_sniff_by_content():
    """Pictures are known by their first bytes."""
    assert image.sniff(b"\x89PNG\r\n\x1a\n....", "x") == 3
    assert image.sniff(b"II*\x00....", "x.dat") == 3
    assert image.sniff(b"tekst", "x.png") == 1
    assert image.sniff(b"%PDF-1.7", "x.pdf") == 0


@needs_tesseract
@pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF"])
def test_text_of_a_picture(letter, format):
    """The text of a scan is one paragraph, marked as read by OCR."""
    content = image.read(photograph(letter, format=format), "skann", Options())
    assert [b.text for b in content.blocks] == [TEXT]
    assert "ocr_used" in {f.kind for f in content.findings}


def test_pages_of_a_tiff(letter, fake):
    """Every frame of a TIFF is a page."""
    from PIL import Image

    fake(tsv(("Vi", 96), ("støtter", 95), ("planen.", 96)))
    page = Image.open(BytesIO(photograph(letter, dpi=50, format="PNG")))
    out = BytesIO()
    page.save(out, "TIFF", save_all=True, append_images=[page.copy()])
    content = image.read(out.getvalue(), "fax.tif", Options())
    assert [(b.locator, b.text) for b in content.blocks] == [
        ("page=1;paragraph=1", "Vi støtter planen."), ("page=2;paragraph=1", "Vi støtter planen.")]


def test_low_confidence_is_a_finding(letter, fake):
    """A page that Tesseract is unsure of is named with the figure."""
    fake(tsv(("Vi", 40), ("stpttcr", 30), ("planen", 50)))
    content = image.read(photograph(letter, dpi=50), "skann.jpg", Options())
    poor = [f for f in content.findings if f.kind == "low_ocr_confidence"]
    assert len(poor) == 1 and "side 1" in poor[0].message and poor[0].locator == "page=1"


def test_language_that_is_not_installed(letter, fake):
    """Without the Norwegian language pack the nearest installed one is used, and that is said."""
    calls = fake(tsv(("Vi", 90), ("er", 90), ("enige", 90)), languages=("eng", "dan"))
    content = image.read(photograph(letter, dpi=50), "skann.jpg", Options())
    assert calls[0][calls[0].index("-l") + 1] == "dan"
    assert "ocr_language" in {f.kind for f in content.findings}


def test_time_is_up(letter, fake):
    """A page that takes too long ends as a reason, not as a hang."""
    fake(subprocess.TimeoutExpired("tesseract", 1))
    with pytest.raises(Unreadable, match="rakk ikke"):
        image.read(photograph(letter, dpi=50), "skann.jpg", Options())


def test_without_tesseract(letter, monkeypatch):
    """Without Tesseract the remedy is named."""
    monkeypatch.setattr(_ocr, "_installed", lambda: None)
    with pytest.raises(Unreadable, match="Installer Tesseract"):
        image.read(photograph(letter, dpi=50), "skann.jpg", Options())


def test_picture_without_text(letter, fake):
    """A picture in which nothing is found is refused."""
    fake(tsv())
    with pytest.raises(Unreadable, match="ikke funnet tekst"):
        image.read(photograph(letter, dpi=50), "foto.jpg", Options())


def test_damaged_picture():
    """A cut-off file is refused as damaged."""
    with pytest.raises(Unreadable, match="skadet"):
        image.read(b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "x.png", Options())


def test_too_many_frames(letter, fake):
    """The limit on pages holds for frames."""
    from PIL import Image

    fake(tsv(("Vi", 90)))
    page = Image.new("L", (40, 40), 255)
    out = BytesIO()
    page.save(out, "TIFF", save_all=True, append_images=[page, page])
    with pytest.raises(OverLimit, match=r"limits\.pages"):
        image.read(out.getvalue(), "x.tif", Options(limits=Limits(pages=2)))
