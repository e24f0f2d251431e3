"""What a plain page of text in a PDF costs, against pdfium alone, page by page and not file by file.

    python -m benchmarks.plain_pages FOLDER [--rounds N]

Of every PDF in the folder the pages that hold nothing but running text are cut out, into files of at most
``PAGES`` pages; equal pages count once. Such a page has 200 characters, half of them or more in lines of ``LONG``
characters, no more than ``RULES`` paths and pictures, no annotation, and stands in a file without a form. The
project's reader and raw pypdfium2 then read the same files, each in a process of its own, file by file in turn.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.reading import RULES, SECONDS, has_form, mostly_long, number, table
from benchmarks.reading_tools import OURS, Worker

PAGES = 12  # an answer to a hearing is seldom longer
CHARS = 200
FLOOR = "pypdfium2"


def is_plain(page, text: str) -> bool:
    """Whether one of pypdfium2's pages, whose text is given, holds nothing but running text."""
    import pypdfium2.raw as raw

    if raw.FPDFPage_GetAnnotCount(page) > 0:
        return False
    drawn = page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING), max_depth=3)
    return sum(1 for _ in drawn) <= RULES and len(text) >= CHARS and mostly_long(text)


def cut_out(folder: Path, target: Path) -> Iterator[tuple[Path, int]]:
    """Write the plain pages of a folder's PDFs as files; gives each file and how many pages it holds."""
    import pypdfium2

    seen: set[str] = set()
    for path in sorted(folder.rglob("*.pdf")):
        if has_form(path):
            continue
        plain = []
        try:
            document = pypdfium2.PdfDocument(path)
            for index in range(len(document)):
                page = document[index]
                text = page.get_textpage().get_text_range()
                if text not in seen and is_plain(page, text):
                    seen.add(text)
                    plain.append(index)
                page.close()
            for start in range(0, len(plain), PAGES):
                part = pypdfium2.PdfDocument.new()
                part.import_pages(document, plain[start:start + PAGES])
                written = target / f"{len(seen):05d}-{start:04d}.pdf"
                part.save(written)
                yield written, len(part)
        except pypdfium2.PdfiumError:
            continue  # damaged on purpose, as many of the corpus are


def measure(paths: list[Path], rounds: int) -> list[list[tuple[float, float]]]:
    """Per round and file the CPU seconds of the reader and of the floor; files that either gave up are left out."""
    workers = Worker(OURS, SECONDS), Worker(FLOOR, SECONDS)
    try:
        found = []
        for _ in range(rounds):
            outcomes = [[worker.run(str(path)) for worker in workers] for path in paths]
            found.append([(ours.seconds, floor.seconds) for ours, floor in outcomes if not ours.error and not floor.error])
        return found
    finally:
        for worker in workers:
            worker.close()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.plain_pages", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often each tool reads all of them")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        parts = list(cut_out(chosen.folder, Path(place)))
        if not parts:
            parser.error(f"{chosen.folder} holds no plain pages")
        paths = [path for path, _ in parts]
        rows = []
        for turn, both in enumerate(measure(paths, chosen.rounds), 1):
            ours, floor = (sum(side) for side in zip(*both, strict=True))
            ratios = sorted(a / max(b, 1e-6) for a, b in both)
            rows.append([str(turn), str(len(both)), number(floor, 2), number(ours, 2), number(ours / floor, 2),
                         number(ratios[len(ratios) // 2], 2)])
    print(f"{sum(pages for _, pages in parts)} sider i {len(parts)} filer\n")
    print(table(["runde", "filer", "CPU-s pypdfium2", "CPU-s her", "forhold", "median per fil"], rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
