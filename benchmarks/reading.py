"""How much of a folder of files the readers get, and at what cost.

    python -m benchmarks.reading FOLDER [--peers [--every N]] [--report FILE] [--losses FILE] [--only docx,pdf]

Every file is read through ``pipeline.sandbox`` and compared with an independent reference
(``reading_references``). CPU seconds are measured in a second pass, one reused process a tool, the
project's readers, the floors and (``--peers``) the other libraries on the same files in the same run.
Libraries of comparison are the extra ``bench``; those that are not installed are left out.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.reading_references import REFERENCES, Reference, words
from benchmarks.reading_tools import FLOORS, OURS, PEERS, Outcome, Tool, Worker, installed, pdfium
from pipeline import sandbox
from pipeline.config import Limits, Reading
from pipeline.model import Document
from pipeline.readers import Options

FAMILY = {"docm": "docx", "dotx": "docx", "dotm": "docx", "xlsm": "xlsx", "xltx": "xlsx", "htm": "html", "tif": "tiff",
          "jpeg": "jpg"}
LONG = 40  # characters of a printed line of running text; lists, labels and narrow columns stay below
RULES = 3  # lines and shapes on a page of running text: a rule under the head, one above the notes
SECONDS = 60.0  # a tool's limit for one file
ASIDE = {"alt", "embedded", "properties", "form"}  # true text that no reference counts


@dataclass(slots=True)
class Read:
    """One file: what became of it, and how it compares. ``seconds`` is wall-clock in the sandbox."""

    path: Path
    ending: str
    document: Document | None = None
    words: Counter[str] = field(default_factory=Counter)
    text_words: Counter[str] = field(default_factory=Counter)
    places: set[tuple[str, str]] = field(default_factory=set)
    reference: Reference | None = None
    seconds: float = 0.0
    tools: dict[str, Outcome] = field(default_factory=dict)

    @property
    def plain(self) -> bool:
        """Whether a PDF has no tables, forms (empty ones neither) and comments."""
        blocks = self.document.blocks
        return (bool(blocks) and all(not b.table and b.place not in ("form", "comment", "textbox") for b in blocks)
                and not has_form(self.path))

    @property
    def prose(self) -> bool:
        """Whether a PDF holds nothing but running text: 200 characters a page, next to nothing else on nine of ten."""
        if not self.plain:
            return False
        others = besides_text(self.path)
        letters = sum(len(b.text) for b in self.document.blocks)
        return letters >= 200 * len(others) and sum(n > RULES for n in others) <= 0.1 * len(others)

    @property
    def filled(self) -> bool:
        """Whether half of a PDF's text stands in long lines."""
        return mostly_long(pdfium(str(self.path), self.path.read_bytes()))

    @property
    def family(self) -> str:
        return FAMILY.get(self.ending, self.ending)

    def expected(self, found: Counter[str]) -> Counter[str]:
        """The reference's words; a word cut by a line's end counts as it was read."""
        if not self.reference.cut:
            return self.reference.words
        total = self.reference.words.copy()
        for a, b in self.reference.cut:
            total.update((a + b,) if found[a + b] > total[a + b] else (a, b))
        return total

    def score(self, found: Counter[str], plain: Counter[str] | None = None) -> Score:
        expected = self.expected(found)
        missing = expected - found
        over = (found if plain is None else plain) - expected
        doubled = sum(n for word, n in over.items() if expected[word] and len(word) > 3 and word.isalpha())
        return Score(expected.total(), missing.total(), doubled, sum(over.values()), missing)


@dataclass(slots=True)
class Score:
    """Words: expected, missing, doubled (a word of the reference of four letters or more, too often), extra."""

    words: int = 0
    missing: int = 0
    doubled: int = 0
    extra: int = 0
    which: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        return 1 - self.missing / self.words if self.words else 1.0


def read_all(folder: Path, *, ocr: bool, only: set[str]) -> list[Read]:
    """Every file of a folder through the sandbox, sorted by path."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and (not only or ending_of(p) in only))
    options = Options(limits=Limits(), reading=Reading(ocr=ocr, workers=1))
    inputs = [sandbox.InputFile(source=p.relative_to(folder).as_posix(), path=p) for p in paths]
    reads = {i.source: Read(i.path, ending_of(i.path)) for i in inputs}
    last = time.monotonic()

    def done(source: str) -> None:
        nonlocal last
        now = time.monotonic()
        reads[source].seconds, last = now - last, now

    at: Read | None = None
    for document in sandbox.read_files(inputs, options, done):
        if document.parent is None:
            at = reads[document.source]
            at.document = document
        _add(at, document)
    return list(reads.values())


def _add(read: Read, document: Document) -> None:
    found = words(document.text)
    read.words += found
    if document.parent is None:
        sheet = document.format in ("xlsx", "ods", "xls")  # titles, headers and charts stand outside the cells
        read.text_words = words("\n".join(
            b.text for b in document.blocks if b.place not in ASIDE
            and not (sheet and (b.kind == "heading" or b.place in ("header", "footer") or "chart" in b.locator))))
        for block in document.blocks:
            keys = dict(part.split("=", 1) for part in block.locator.split(";") if "=" in part)
            if "cell" in keys and block.text:
                read.places.add((keys.get("sheet", ""), keys["cell"]))


def mostly_long(text: str) -> bool:
    """Whether half of the text or more stands in lines of ``LONG`` characters."""
    rows = text.splitlines()
    return 2 * sum(len(row) for row in rows if len(row) >= LONG) >= sum(map(len, rows))


def ending_of(path: Path) -> str:
    return path.suffix.lower().lstrip(".")


def has_form(path: Path) -> bool:
    """Whether a PDF has form fields, filled or not. False for a damaged file."""
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return False
    try:
        return raw.FPDF_GetFormType(document) != raw.FORMTYPE_NONE
    finally:
        document.close()


def besides_text(path: Path) -> list[int]:
    """How many lines and shapes are drawn on each page of a PDF, and links beyond a hundred; 0 for a damaged page."""
    import pypdfium2
    import pypdfium2.raw as raw

    counts = []
    document = pypdfium2.PdfDocument(path)
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            counts.append(0)
            continue
        drawn = sum(1 for _ in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=3))
        counts.append(drawn + max(raw.FPDFPage_GetAnnotCount(page) - 100, 0))
        page.close()
    document.close()
    return counts


def compare(reads: Iterable[Read], tools: list[Tool], every: int = 1) -> None:
    """References, then each tool in a process of its own, file by file.

    ``every``: the peers get every n-th file of a format only; the project's readers and the floors get all.
    """
    reads = list(reads)
    chosen = {id(r) for _, group in _families(reads) for r in group[::every]}
    floors = {tool.name for tool in FLOORS} | {OURS}
    reference = Worker("reference", SECONDS)
    for read in reads:
        if read.ending in REFERENCES:
            read.reference = reference.run(str(read.path))
    reference.close()
    wanted = {ending for tool in tools for ending in tool.formats}
    workers = {OURS: Worker(OURS, SECONDS), **{t.name: Worker(t.name, SECONDS) for t in tools}}
    formats = {OURS: wanted, **{t.name: set(t.formats) for t in tools}}
    for read in reads:
        for name, worker in workers.items():
            if read.ending in formats[name] and (name in floors or id(read) in chosen):
                read.tools[name] = worker.run(str(read.path))
    for worker in workers.values():
        worker.close()


# -- the report ------------------------------------------------------------------------------------

def number(value: float, digits: int = 4) -> str:
    return f"{value:.{digits}f}".replace(".", ",")


def status_rows(reads: list[Read]) -> list[list[str]]:
    rows = []
    for family, group in _families(reads):
        states = Counter(r.document.status for r in group)
        scored = [r for r in group if r.reference is not None and r.reference.words and r.document.status == "ok"]
        scores = [r.score(r.words, r.text_words) for r in scored]
        total = sum(s.words for s in scores)
        missing = sum(s.missing for s in scores)
        rows.append([
            family, str(len(group)), str(states["ok"]), str(states["failed"]), str(states["unsupported"]),
            str(len(scored)), f"{total:_}".replace("_", " "), number(1 - missing / total) if total else "–",
            number(sum(s.recall for s in scores) / len(scores)) if scores else "–",
            number(100 * sum(s.doubled for s in scores) / total, 2) + " %" if total else "–",
            str(sum(1 for s in scores if s.missing)),
        ])
    return rows


def tool_rows(reads: list[Read]) -> list[list[str]]:
    """Per format and tool, over the same files: given up, recall, doubled words, CPU seconds."""
    rows = []
    for family, group in _families(reads):
        timed = [r for r in group if r.tools and r.reference is not None and r.reference.words]
        most = max((len(r.tools) for r in timed), default=0)
        timed = [r for r in timed if len(r.tools) == most]  # the same files for all
        names = list(dict.fromkeys(name for r in timed for name in r.tools))
        for name in names:
            held = [r for r in timed if name in r.tools]
            scores = [r.score(r.tools[name].words or Counter()) for r in held]
            total = sum(s.words for s in scores)
            given_up = sum(1 for r in held if r.tools[name].words is None)
            rows.append([
                family, name, str(len(held)), str(given_up),
                number(1 - sum(s.missing for s in scores) / total) if total else "–",
                number(sum(s.recall for s in scores) / len(scores)) if scores else "–",
                number(100 * sum(s.doubled for s in scores) / total, 1) + " %" if total else "–",
                number(sum(r.tools[name].seconds for r in held), 1),
            ])
    return rows


def ratio_rows(reads: list[Read]) -> list[list[str]]:
    """CPU time of the project's readers against the floor, over the files that both read; PDF also its plain files."""
    rows = []
    groups = []
    for floor in FLOORS:
        both = [r for r in reads if floor.name in r.tools and r.tools[floor.name].words is not None
                and r.tools.get(OURS) is not None and r.tools[OURS].words is not None]
        groups.append((floor, "alle", both))
        if "pdf" in floor.formats:
            groups.append((floor, "uten tabeller, skjema og merknader", [r for r in both if r.plain]))
            prose = [r for r in both if r.prose]
            groups.append((floor, "løpende tekst uten tegninger", prose))
            groups.append((floor, f"av dem: minst halvparten i linjer på {LONG} tegn eller mer", [r for r in prose if r.filled]))
    for floor, which, both in groups:
        if not both:
            continue
        ours = sum(r.tools[OURS].seconds for r in both)
        bare = sum(r.tools[floor.name].seconds for r in both)
        ratios = sorted(r.tools[OURS].seconds / max(r.tools[floor.name].seconds, 1e-6) for r in both)
        rows.append([floor.name, which, str(len(both)), number(bare, 2), number(ours, 2), number(ours / bare, 2),
                     number(ratios[len(ratios) // 2], 2)])
    return rows


def _families(reads: list[Read]) -> list[tuple[str, list[Read]]]:
    groups: dict[str, list[Read]] = defaultdict(list)
    for read in reads:
        groups[read.family].append(read)
    return sorted(groups.items())


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)


def reasons(reads: list[Read]) -> list[list[str]]:
    seen = Counter((r.family, r.document.error or "uten grunn") for r in reads if r.document.status != "ok")
    return [[family, str(n), reason] for (family, reason), n in sorted(seen.items(), key=lambda i: (i[0][0], -i[1]))]


def values_found(reads: list[Read]) -> tuple[int, int, list[tuple[str, str]]]:
    """(form values and annotations found, in all, those missing with their file)."""
    found, lost, all_ = 0, [], 0
    for read in reads:
        for value in read.reference.values if read.reference is not None else ():
            all_ += 1
            if not words(value) - read.words:
                found += 1
            else:
                lost.append((str(read.path), value))
    return found, all_, lost


def numbers_found(reads: list[Read]) -> tuple[int, int]:
    held = [r for r in reads if r.reference is not None and r.document.status == "ok"]
    return (sum(1 for r in held for place in r.reference.numbers if place in r.places),
            sum(len(r.reference.numbers) for r in held))


def refused(reads: list[Read]) -> list[Read]:
    """Files that were not read although their reference has words."""
    return [r for r in reads if r.document.status != "ok" and r.reference is not None and r.reference.words]


def report(reads: list[Read], command: str) -> str:
    found, all_, _ = values_found(reads)
    cells, all_cells = numbers_found(reads)
    slowest = sorted(reads, key=lambda r: -r.seconds)[:10]
    parts = [
        "# Lesing: hva leserne får med seg, og hva det koster",
        f"Laget av `{command}`. Filene er offentlige testfiler fra andre prosjekter, mange av dem ødelagt med vilje. "
        "Hver fil er lest gjennom `pipeline.sandbox` og sammenlignet med en uavhengig gjennomgang av filens innhold "
        "(`benchmarks/reading_references.py`).",
        "## Per format",
        table(["format", "filer", "lest", "feilet", "ukjent", "målt", "ord", "gjenfunnet", "snitt per fil", "doblet",
               "filer med tap"], status_rows(reads)),
        f"Skjemaverdier og merknader i PDF: {found} av {all_}. Tallceller i regneark: {cells} av {all_cells}. "
        f"Filer som ikke ble lest, men der fasiten har ord: {len(refused(reads))}.",
        "## Mot andre biblioteker, samme kjøring",
        "Alle leserne i tabellen har fått de samme filene. «Ga opp» er feil, krasj eller over tidsgrensen på "
        f"{SECONDS:.0f} sekunder.",
        table(["format", "leser", "filer", "ga opp", "gjenfunnet", "snitt per fil", "doblet", "CPU-sekunder"],
              tool_rows(reads)),
        "## Mot gulvet",
        table(["gulv", "hvilke", "filer", "CPU-s gulv", "CPU-s her", "forhold", "median per fil"], ratio_rows(reads)),
        "## Tregeste filer (sekunder gjennom sandkassen)",
        table(["fil", "sekunder", "status"],
              [[r.path.name, number(r.seconds, 1), r.document.status] for r in slowest]),
        "## Hvorfor filer ikke ble lest",
        table(["format", "filer", "grunn"], reasons(reads)),
    ]
    return "\n\n".join(parts) + "\n"


def losses(reads: list[Read]) -> Iterable[dict]:
    """One object a file with losses, doubled words or a refusal, the worst first."""
    for read in reads:
        if read.reference is None:
            continue
        score = read.score(read.words, read.text_words)
        lost = [v for v in read.reference.values if words(v) - read.words]
        cells = [p for p in read.reference.numbers if p not in read.places] if read.document.status == "ok" else []
        if score.missing or score.doubled or lost or cells:
            over = (read.text_words - read.expected(read.words))
            yield {"file": str(read.path), "status": read.document.status, "error": read.document.error,
                   "words": score.words, "missing": score.missing, "doubled": score.doubled,
                   "which": [w for w, _ in score.which.most_common(15)],
                   "over": [w for w in over if read.reference.words[w]][:15] if score.doubled else [],
                   "values": lost[:5], "cells": cells[:5]}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peers", action="store_true", help="run the installed libraries of comparison as well")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="peers read every N-th file of a format only")
    parser.add_argument("--report", type=Path, help="write the tables to this Markdown file")
    parser.add_argument("--losses", type=Path, help="write one JSON line for each file that lost something")
    parser.add_argument("--only", default="", help="file endings, with commas")
    parser.add_argument("--ocr", action="store_true", help="read scans too")
    chosen = parser.parse_args(arguments)
    if not chosen.folder.is_dir():
        parser.error(f"{chosen.folder} is no folder")
    only = {e.strip().lower() for e in chosen.only.split(",") if e.strip()}
    reads = read_all(chosen.folder, ocr=chosen.ocr, only=only)
    if not reads:
        parser.error(f"{chosen.folder} holds no files")
    compare(reads, installed(FLOORS + (PEERS if chosen.peers else ())), max(chosen.every, 1))
    flags = "".join(f" --{name}" for name in ("peers", "ocr") if getattr(chosen, name))
    flags += f" --every {chosen.every}" if chosen.every > 1 else ""
    flags += f" --only {chosen.only}" if only else ""
    text = report(reads, f"python -m benchmarks.reading MAPPE{flags}")
    print(text)
    if chosen.report:
        chosen.report.write_text(text, encoding="utf-8", newline="\n")
    if chosen.losses:
        found = sorted(losses(reads), key=lambda d: -(d["missing"] + d["doubled"]))
        chosen.losses.write_text("".join(json.dumps(d, ensure_ascii=False) + "\n" for d in found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
