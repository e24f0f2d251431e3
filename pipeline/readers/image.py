"""Pictures of text (scans, photos): PNG, JPEG, TIFF with several pages, BMP, WebP, GIF; read through Tesseract."""

from __future__ import annotations

from pipeline.errors import OverLimit, Unreadable
from pipeline.model import Content
from pipeline.readers import Options

NAME = "image"
SUFFIXES = (".png", ".jpg", ".jpeg", ".jpe", ".tif", ".tiff", ".bmp", ".webp", ".gif")
MAX_PIXELS = 120_000_000  # a page of A3 at 600 dpi has 70 million
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF87a", b"GIF89a")


def sniff(data: bytes, name: str) -> int:
    if data.startswith(_MAGIC) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return 3
    if data.startswith(b"BM") and name.lower().endswith(".bmp"):
        return 3
    return 1 if name.lower().endswith(SUFFIXES) else 0


def read(data: bytes, name: str, options: Options) -> Content:
    """The text of a picture, one page per frame. Raises Unreadable without Tesseract, OverLimit for huge pictures."""
    import warnings

    from PIL import Image, UnidentifiedImageError

    from pipeline.readers import _ocr, _pdf_document

    tool = _ocr.engine(options)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(_stream(data), formats=_FORMATS)
            frames = getattr(image, "n_frames", 1)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unreadable("Bildefilen er skadet.", "Be avsenderen sende den på nytt.") from error
    if frames > options.limits.pages:
        raise OverLimit(f"Filen har {frames} sider; grensen er {options.limits.pages} (limits.pages).",
                        "Del den opp, eller hev grensen i config.toml.")
    if tool is None:
        raise Unreadable("Filen er et bilde, og tekstgjenkjenning (OCR) er ikke tilgjengelig.", _ocr.INSTALL)
    clock = _ocr.Clock(options)
    scans = _pdf_document.Scans(tool, options)
    pages = []
    for number in range(1, frames + 1):
        try:
            image.seek(number - 1)
            if image.width * image.height > MAX_PIXELS:
                raise OverLimit(f"Bildet har mer enn grensen på {MAX_PIXELS // 10**6} millioner punkter.",
                                "Skann siden på nytt med 300 punkter per tomme.")
            picture = _upright(image)
        except (OSError, ValueError, EOFError, SyntaxError, Image.DecompressionBombError):
            scans.unread.append(number)
            continue
        # Photos come without a true resolution: as if the picture were an A4 page.
        scale = max(picture.width, picture.height) / 842
        page = scans.read(picture, number, scale, clock)
        if page is not None:
            pages.append(page)
    blocks = _pdf_document.blocks(pages, [])
    findings = scans.findings()
    if not blocks:
        late = any(f.kind == "ocr_time" for f in findings)
        raise Unreadable("Tekstgjenkjenningen (OCR) rakk ikke å bli ferdig." if late
                         else "Det ble ikke funnet tekst i bildet.",
                         "Be avsenderen om filen som tekst, eller skann den på nytt med 300 punkter per tomme.")
    return Content(format=NAME, blocks=tuple(blocks), findings=tuple(findings))


def _stream(data: bytes):
    from io import BytesIO

    return BytesIO(data)


def _upright(image):
    """The frame in grey, turned as its camera meant it, small pictures enlarged: Tesseract wants letters of 20 dots."""
    from PIL import ImageOps

    picture = ImageOps.exif_transpose(image)
    if picture.mode in ("RGBA", "LA", "PA", "P"):
        from PIL import Image

        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture)
    picture = picture.convert("L")
    longest = max(picture.size)
    if longest < 1700:
        factor = min(3, 3508 / longest)
        picture = picture.resize((round(picture.width * factor), round(picture.height * factor)))
    return picture
