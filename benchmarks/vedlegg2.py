"""How long vedlegg 2 takes and what memory: ``python -m benchmarks.vedlegg2 [ANSWERS…] [--statements 30]``.

For each number of answers (500 without arguments) a case is made with ``benchmarks.generate``, every fifth answer a
Word file with a table, lists, emphasis, a footnote-like line and a picture; the files are read and cut into statements as
a run does, without the language models, which vedlegg 2 has nothing to do with (themes are dealt out in turn). Timed
is ``vedlegg2_word.render`` alone: opening the originals again for their looks, writing, and the check that every word is
there. Each number runs in a process of its own, so that the peak of memory is its own. The goal is under 60 s and
1 GB for 500 answers (the issue on documents).
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("answers", nargs="*", type=int, default=[500])
    parser.add_argument("--statements", type=int, default=30, help="sentences in each answer")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--keep", type=Path, help="write the documents here")
    chosen = parser.parse_args(arguments)
    if chosen.one:
        print(json.dumps(measure(chosen.answers[0], chosen.statements, chosen.keep)))
        return
    print(f"{'answers':>8} {'words':>9} {'read s':>7} {'write s':>8} {'peak MB':>8} {'docx MB':>8}")
    for count in chosen.answers:
        keep = ["--keep", str(chosen.keep)] if chosen.keep else []
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.vedlegg2", str(count), "--statements", str(chosen.statements), "--one", *keep],
            cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
        row = json.loads(done.stdout.splitlines()[-1])
        print(f"{count:>8} {row['words']:>9} {row['read']:>7.1f} {row['write']:>8.1f} {row['peak']:>8.0f} {row['size']:>8.1f}")


def measure(count: int, statements: int, keep: Path | None = None) -> dict[str, float]:
    """Make, read, write once. Returns words, seconds for reading and writing, and MiB at the peak and of the file."""
    from benchmarks import generate
    from pipeline import config, intake, plan, readers
    from pipeline.intake.files import CASE_FILE, find_cases
    from pipeline.language import segment
    from pipeline.model import CaseResult, ThemeScore
    from pipeline.sandbox import InputFile, read_files
    from pipeline.writers import vedlegg2_word

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "sak"
        generate.make(folder, count, statements=statements)
        enrich(folder)
        (case,) = find_cases(folder.parent, "sak", (folder.name,))
        settings = config.load(ROOT / "config.toml", folder / CASE_FILE)
        begun = time.perf_counter()
        documents = read_files([InputFile(source=s, path=p) for s, p in case.files],
                               readers.Options(limits=settings.limits, reading=settings.reading), lambda source: None)
        read = time.perf_counter() - begun
        documents, _ = intake.identify(documents, settings, plan.looks_like_plan)
        register = intake.register(documents, settings)
        themes = [t.key for t in settings.themes]
        cut = [s for d in documents if d.current_answer for s in segment.cut(d)]
        cut = [replace(s, theme=key, themes=(ThemeScore(theme=key, score=0.9),), confidence=0.9)
               for i, s in enumerate(cut) for key in [themes[i % len(themes)]]]
        result = CaseResult(name="måling", settings=settings, documents=tuple(documents), statements=tuple(cut),
                            register=register, originals=dict(case.files))
        begun = time.perf_counter()
        data = vedlegg2_word.render(result, ROOT / "templates")
        write = time.perf_counter() - begun
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"vedlegg-2-{count}.docx").write_bytes(data)
    return {"words": sum(len(d.text.split()) for d in documents if d.current_answer), "read": read, "write": write,
            "peak": peak(), "size": len(data) / 2**20}


def enrich(folder: Path) -> None:
    """Every fifth Word answer gets what real ones have: a table, lists, emphasis and a picture."""
    import docx
    from docx.shared import Cm
    from PIL import Image

    for at, path in enumerate(sorted(folder.rglob("*.docx"))):
        if at % 5:
            continue
        document = docx.Document(str(path))
        document.element.body.get_or_add_sectPr()  # python-docx measures tables by the page
        page = document.sections[0]
        page.page_width, page.left_margin, page.right_margin = Cm(21), Cm(2), Cm(2)
        chance = random.Random(at)
        table = document.add_table(rows=6, cols=3)
        for i, row in enumerate(table.rows):
            for j, cell in enumerate(row.cells):
                cell.text = f"Rute {i}.{j}: {chance.randrange(1000)} plasser"
        for text in ("Kortere vei", "Flere hender", "Bedre råd"):
            paragraph = document.add_paragraph()
            paragraph.add_run("– ").bold = True
            paragraph.add_run(text).italic = True
        picture = BytesIO()
        Image.effect_noise((320, 200), 40 + at % 50).save(picture, "PNG")
        picture.seek(0)
        document.add_picture(picture)
        document.save(str(path))


def peak() -> float:
    """The most memory that this process has held, in MiB."""
    if sys.platform == "win32":
        import psutil

        return psutil.Process().memory_info().peak_wset / 2**20
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (2**20 if sys.platform == "darwin" else 2**10)


if __name__ == "__main__":
    main()
