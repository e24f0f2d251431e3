"""Whose each answer is: many short answers, each with its own way of telling who writes.

``python -m benchmarks.senders [CASE…] [--errors]`` builds the cases beside this file (``source.txt`` in the format of
``benchmarks.cases.build``; PDF and ODT files need LibreOffice) in a folder that is thrown away, reads them, and lets
the intake say whose they are. Of the files that are answers:

- *right*: taken for an answer of exactly the bodies it is from;
- *asked*: of nobody known, or not taken for an answer; a person is told of it;
- *wrong*: another body's, or one too many or too few; *wrong, not told*: and no finding names the file;
- *lost*: not taken for an answer, and no finding names the file.

Covering mails that say nothing of the matter are left out. Of replaced answers it counts *taken for an answer*: replaced ones that stand as current.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.config import Settings
    from pipeline.model import Document

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ORDER = ("files", "right", "asked", "wrong", "wrong, not told", "lost", "others", "taken for an answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One file: what it counts as, and the line that says what was wrong with it ("" where nothing was)."""

    counts: tuple[str, ...]
    error: str = ""


def judged(source: str, bodies: Sequence[str], kind: str, document: object, told: bool) -> Judged:
    """``bodies``, ``kind``: what the file is (answer | replaced | paper); ``document``: what it was taken for; ``told``: a finding names it."""
    taken = document.kind == "answer"
    if kind != "answer":
        current = taken and document.superseded_by is None
        return Judged(counts=("others", "taken for an answer") if current else ("others",),
                      error=f"{source}: {kind}, but taken for a current answer" if current else "")
    if taken and set(document.bodies) == set(bodies) and document.superseded_by is None:
        return Judged(counts=("files", "right"))
    found = ", ".join(document.bodies) if taken else document.kind
    error = f"{source}: {', '.join(bodies)} -> {found or 'nobody'}"
    if taken and document.superseded_by is not None:
        return Judged(counts=("files", "wrong"), error=f"{error}, replaced by {document.superseded_by}")
    if taken and document.bodies:
        return Judged(counts=("files", "wrong") if told else ("files", "wrong", "wrong, not told"), error=error + ("" if told else ", not told"))
    return Judged(counts=("files", "asked") if told else ("files", "lost"), error=error + ("" if told else ", not told"))


def read(case: Path) -> tuple[Settings, tuple[Document, ...], list[dict]]:
    """The settings of a case, its documents as they are read, and what each of them is. Cases without built answers are built anew."""
    from benchmarks import quality
    from benchmarks.cases import build
    from pipeline import config, readers, sandbox
    from pipeline.intake import files

    with tempfile.TemporaryDirectory() as temporary:
        folder = case
        if not (case / "answers").is_dir():
            folder = Path(temporary) / case.name
            folder.mkdir()
            for name in ("case.toml", "source.txt"):
                shutil.copy(case / name, folder)
            build.build(folder)
        settings = config.load(ROOT / "config.toml", folder / files.CASE_FILE)
        inputs = [sandbox.InputFile(source=f"answers/{path.name}", path=path) for path in sorted((folder / "answers").iterdir())]
        documents = sandbox.read_files(inputs, readers.Options(limits=settings.limits, reading=settings.reading))
        rows = quality.lines(folder / "documents.jsonl")
        said = {line["source"] for line in quality.lines(folder / "gold.jsonl") if line["type"] != "noise"}
    rows = [row for row in rows if row["kind"] != "answer" or row["source"] in said]
    return settings, documents, rows


def measured(case: Path) -> tuple[Counter[str], list[str]]:
    """The counts of one case, and its errors."""
    from pipeline import intake, plan

    settings, documents, rows = read(case)
    identified, findings = intake.identify(documents, settings, plan.looks_like_plan)
    by_source = {d.source: d for d in identified}
    told = {f.source for f in findings}
    counts: Counter[str] = Counter()
    errors = []
    for row in rows:
        if (document := by_source.get(row["source"])) is None:
            raise ValueError(f"{case.name}: {row['source']} was not read")
        one = judged(row["source"], row["bodies"], row["kind"], document, row["source"] in told)
        counts.update(one.counts)
        errors += [one.error] if one.error else []
    return counts, errors


def cases() -> list[Path]:
    """The folders of the cases."""
    return sorted(path.parent for path in HERE.glob("*/source.txt"))
