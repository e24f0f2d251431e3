"""How well scans are read: text PDFs made into pictures of paper, and read back.

    python -m benchmarks.scans [FILE.pdf …]

Every page of the files (the PDF answers of the evaluation cases, when none is named) becomes a picture: clean, coarse
(100 dots an inch), dusty, a little askew, and all of these at once. What is read from the picture is compared with what
the PDF itself says: *words* is the share of its words that come out, in order; *paragraphs* the share of its paragraphs,
headings and items of four words or more that come out as one of their own, nine tenths alike. Needs Tesseract.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageFilter

from pipeline import readers
from pipeline.config import Limits, Reading

CASES = Path(__file__).with_name("cases")
DPI = 200  # of an office scanner
DUST = 0.0011  # share of the picture's dots that are specks
_OPTIONS = readers.Options(reading=Reading(), limits=Limits(seconds_per_file=600))


def coarse(picture: Image.Image, _: random.Random) -> Image.Image:
    return picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BILINEAR)


def dusty(picture: Image.Image, chance: random.Random) -> Image.Image:
    soft = picture.filter(ImageFilter.GaussianBlur(0.7))
    dots = soft.load()
    for _ in range(int(DUST * soft.width * soft.height)):
        dots[chance.randrange(soft.width), chance.randrange(soft.height)] = chance.randrange(160)
    return soft


def askew(picture: Image.Image, chance: random.Random) -> Image.Image:
    return picture.rotate(chance.choice((-1, 1)) * chance.uniform(0.5, 1.0), fillcolor=255, resample=Image.Resampling.BICUBIC)


def worn(picture: Image.Image, chance: random.Random) -> Image.Image:
    smaller = picture.resize((picture.width * 3 // 4, picture.height * 3 // 4), Image.Resampling.BILINEAR)
    return dusty(askew(smaller, chance), chance)


KINDS: dict[str, Callable[[Image.Image, random.Random], Image.Image]] = {
    "ren": lambda picture, _: picture, "grov": coarse, "støvete": dusty, "skjev": askew, "slitt": worn}


def pictures(pdf: bytes) -> list[Image.Image]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]
    finally:
        document.close()


def scanned(pages: list[Image.Image], dpi: float) -> bytes:
    """A PDF of pictures alone."""
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=dpi)
    return out.getvalue()


def blocks(pdf: bytes) -> list[str]:
    return [b.text for b in readers.read(pdf, "skann.pdf", _OPTIONS).blocks if b.text]


def compared(truth: list[str], found: list[str]) -> tuple[int, int, int, int]:
    """(words, those found in order, paragraphs, those found whole)."""
    said, heard = " ".join(truth).split(), " ".join(found).split()
    words = sum(m.size for m in SequenceMatcher(None, said, heard, autojunk=False).get_matching_blocks())
    long = [t for t in truth if len(t.split()) >= 4]
    whole = sum(any(_nearly(t, f) for f in found) for t in long)
    return len(said), words, len(long), whole


def _nearly(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= 0.9 and matcher.ratio() >= 0.9


def measure(files: list[Path]) -> Iterator[tuple[str, float, float]]:
    """(kind of picture, share of words, share of paragraphs)."""
    sources = [(path.read_bytes(), pictures(path.read_bytes())) for path in files]
    truths = [blocks(data) for data, _ in sources]
    for name, spoil in KINDS.items():
        chance = random.Random(1)
        totals = [0, 0, 0, 0]
        for (_, pages), truth in zip(sources, truths, strict=True):
            spoilt = [spoil(page, chance) for page in pages]
            dpi = DPI * spoilt[0].width / pages[0].width
            for at, value in enumerate(compared(truth, blocks(scanned(spoilt, dpi)))):
                totals[at] += value
        yield name, totals[1] / max(totals[0], 1), totals[3] / max(totals[2], 1)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scans", description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    files = parser.parse_args(arguments).files or sorted(CASES.glob("*/answers/*.pdf"))
    print(f"{len(files)} PDF-er\n{'bilde':<10}{'ord':>8}{'avsnitt':>10}")
    for name, words, paragraphs in measure(files):
        print(f"{name:<10}{100 * words:>7.1f}%{100 * paragraphs:>9.1f}%")
    return 0


if __name__ == "__main__":
    sys.exit(main())
