"""Scanned pages through Tesseract, when it is installed: a command of its own, never a library.

Tesseract gives words with positions and a confidence; they become the same lines that a PDF page
gives, so that paragraphs, lists and columns are found in one way.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess  # Tesseract has no other interface that works on Linux and Windows alike
import time
from dataclasses import dataclass
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path

from pipeline.readers import Options
from pipeline.readers._common import clean
from pipeline.readers._pdf_page import Line, Page

DPI = 300  # the resolution Tesseract's models were trained for
SECONDS_PER_PAGE = 60
# The share of ``limits.seconds_per_file`` that OCR may use: the rest is for what the file holds besides.
SHARE_OF_TIME = 0.75
LOW_CONFIDENCE = 70.0  # Tesseract's mean word confidence (0–100) below which a person must compare
DARK = 170  # of 255
SPECK = 7  # dots at 300 an inch; the full stop of a seven-point letter has ten
DUST = 5e-5  # specks a dot: some four hundred a page
INSTALL = "Installer Tesseract med norsk språkpakke, eller be avsenderen om filen som tekst (Word eller PDF fra Word)."
_BULLETS = frozenset(["e", "o", "©", "®", "°", "«", "»", "+", "*", "€", "¢", "-*", "*€"])  # what Tesseract makes of round ones
_WINDOWS = (r"C:\Program Files\Tesseract-OCR\tesseract.exe", r"C:\Program Files (x86)\Tesseract-OCR\tesseract.exe")
# Neighbours to fall back to when the configured language is not installed.
_FALLBACKS = ("nor", "nno", "dan", "swe", "eng")


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """An installed Tesseract: its program and its languages."""

    program: str
    languages: tuple[str, ...]

    def language(self, wanted: str) -> str:
        """The wanted language(s) ("nor", "nor+eng") as far as installed, or the nearest installed one."""
        have = [part for part in wanted.split("+") if part in self.languages]
        if have:
            return "+".join(have)
        return next((name for name in _FALLBACKS if name in self.languages), self.languages[0])


@cache
def _installed() -> Engine | None:
    program = shutil.which("tesseract") or next((path for path in _WINDOWS if Path(path).is_file()), None)
    if program is None:
        return None
    try:
        answer = subprocess.run(  # noqa: S603
            [program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False,
            stdin=subprocess.DEVNULL, encoding="utf-8", errors="replace")
    except (OSError, subprocess.SubprocessError):
        return None
    lines = (answer.stdout or answer.stderr).splitlines()[1:]
    languages = tuple(name.strip() for name in lines if name.strip() and name.strip() not in ("osd", "equ"))
    return Engine(program=program, languages=languages) if languages else None


def engine(options: Options) -> Engine | None:
    """Tesseract, when it is installed and the settings allow it."""
    return _installed() if options.reading.ocr else None


class Clock:
    """How long OCR may still work on one file."""

    def __init__(self, options: Options) -> None:
        self._end = time.monotonic() + SHARE_OF_TIME * options.limits.seconds_per_file

    def left(self) -> float:
        return self._end - time.monotonic()


def recognise(image, number: int, scale: float, tool: Engine, options: Options,
              clock: Clock) -> tuple[Page, float] | None:
    """Read one page picture (``PIL.Image``). Returns (page, mean confidence 0–100), or None when time is up.

    ``scale``: picture dots per point. A page without a word has confidence 0.
    """
    seconds = min(SECONDS_PER_PAGE, clock.left())
    if seconds < 1:
        return None
    buffer = BytesIO()
    straightened(without_dust(image.convert("L"))).save(buffer, "PNG", compress_level=1)
    language = tool.language(options.reading.ocr_language)
    command = [tool.program, "stdin", "stdout", "-l", language, "--dpi", str(DPI), "tsv"]
    try:
        answer = subprocess.run(  # noqa: S603
            command, input=buffer.getvalue(), capture_output=True, timeout=seconds, check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"})  # its threads cost more than they give
    except subprocess.TimeoutExpired:
        return None
    except OSError:
        return None
    return _page(answer.stdout.decode("utf-8", "replace"), number, scale, image.size)


def without_dust(image):
    """A grey picture at ``DPI`` without specks, where it has many: Tesseract reads them as dots, commas and bars."""
    import numpy as np
    from PIL import Image
    from scipy import ndimage

    dots = np.asarray(image)
    spots, _ = ndimage.label(dots < DARK, structure=np.ones((3, 3)))
    sizes = np.bincount(spots.ravel())
    specks = sizes <= SPECK
    specks[0] = False  # the paper
    if specks.sum() < DUST * dots.size:
        return image
    return Image.fromarray(np.where(ndimage.binary_dilation(specks[spots]), 255, dots).astype(np.uint8))


def straightened(image):
    """A grey picture turned so that its lines run level, when it lies askew by a quarter of a degree to three degrees.

    At the right angle the rows of the picture differ most: lines of text are dark, what is between them is white.
    """
    import numpy as np
    from PIL import Image

    small = image.resize((max(1, 800 * image.width // max(image.size)), max(1, 800 * image.height // max(image.size))),
                         Image.Resampling.BOX)

    def contrast(angle: float) -> float:
        rows = np.asarray(small.rotate(angle, fillcolor=255, resample=Image.Resampling.BILINEAR), dtype=np.float32).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    tried = {angle: contrast(angle) for angle in (0.0, *(half / 2 for half in range(-6, 7) if half))}
    best = max(tried, key=tried.__getitem__)
    tried |= {angle: contrast(angle) for angle in (best - 0.25, best + 0.25)}
    best = max(tried, key=tried.__getitem__)
    if abs(best) < 0.25 or tried[best] < 1.1 * tried[0.0]:
        return image
    return image.rotate(best, fillcolor=255, resample=Image.Resampling.BICUBIC)


def _page(table: str, number: int, scale: float, size: tuple[int, int]) -> tuple[Page, float]:
    words: dict[tuple[str, str, str], list[dict]] = {}
    scores: list[tuple[float, int]] = []
    for row in csv.DictReader(StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = clean(row.get("text") or "")
        if row.get("level") != "5" or not text:
            continue
        words.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append({**row, "text": text})
        scores.append((max(float(row["conf"]), 0.0), len(text)))
    page = Page(number, size[0] / scale, size[1] / scale)
    page.lines = [_line(group, number, scale, index) for index, group in enumerate(words.values())]
    _even_sizes(page.lines)
    page.chars = sum(weight for _, weight in scores)
    mean = sum(score * weight for score, weight in scores) / page.chars if page.chars else 0.0
    return page, mean


def _line(words: list[dict], number: int, scale: float, source: int) -> Line:
    left = [int(w["left"]) / scale for w in words]
    top = [int(w["top"]) / scale for w in words]
    right = [(int(w["left"]) + int(w["width"])) / scale for w in words]
    bottom = [(int(w["top"]) + int(w["height"])) / scale for w in words]
    # Without descenders the box ends on the baseline; the median over words evens that out.
    base = sorted(bottom)[len(bottom) // 2]
    texts = [w["text"] for w in words]
    if len(texts) > 1 and texts[0] in _BULLETS and texts[1][0].isupper():
        texts[0] = "\u2022"
    text = " ".join(texts)
    height = max(bottom) - min(top)
    return Line(text, min(left), max(right), min(top), max(bottom), base, height, page=number,
                hyphen=text.endswith("-"), source=source)


def _even_sizes(lines: list[Line]) -> None:
    """Letters' heights vary from line to line; only clearly larger ones are another size."""
    heights = sorted(line.size for line in lines)
    if not heights:
        return
    usual = heights[len(heights) // 2]
    for line in lines:
        if line.size < 1.5 * usual:
            line.size = usual
