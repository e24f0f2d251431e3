"""The whole matrix of the merge, judged by the tests' guarantees: ``python -m benchmarks.review_matrix [--write]``.

Two parts. One round: reviewers' actions × editors × news. Several rounds: the first news are merged (v2), an editor
saves them, the person leaves them waiting or answers some of them, and other news are merged (v3).
With LibreOffice installed, its round trips are among the editors, and its own accepting and rejecting of all changes
is compared with what must be left after every merge. Every failure is printed.

``--seeds N`` does each action at N places, ``--no-office`` leaves LibreOffice out, ``--write`` puts the tables into
``docs/fletting.md``. It takes ten minutes or so; ``nice -n 19`` is a kindness on a shared machine.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import islice
from pathlib import Path

import docx

from benchmarks import _office
from pipeline.review import merge
from tests.review import guarantees, reviewer
from tests.review.news import NEWS, draft
from tests.review.settle import lines, read, settled

DAY = date(2026, 2, 20)
PAGE = Path(__file__).resolve().parent.parent / "docs" / "fletting.md"
_AT_A_TIME = 100  # files in one call of LibreOffice
_AS_SAVED = "lagret som den er"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One merge to be judged. ``name``: letters and digits, for a file; ``about``: for a person."""

    name: str
    about: str
    base: bytes
    mine: bytes
    fresh: bytes


@dataclass(kw_only=True)
class Row:
    """What came of the cells of one editor. ``otherwise``: LibreOffice left another text than there should be."""

    editor: str
    cells: int = 0
    failed: int = 0
    settled: int = 0
    otherwise: int = 0
    tracked: int = 0
    comments: int = 0
    seconds: float = 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the matrix; 1 when a cell failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--no-office", action="store_true")
    parser.add_argument("--write", action="store_true", help="write docs/fletting.md")
    given = parser.parse_args(arguments)
    office = None if given.no_office or not _office.available() else _office.Office().__enter__()
    try:
        one = [_judged(name, cells, office) for name, cells in _one_round(given.seeds, office)]
        several = [_judged(name, cells, office) for name, cells in _several_rounds(office)]
    finally:
        if office:
            office.__exit__(None, None, None)
    if given.write:
        PAGE.write_text(as_markdown(one, several, machine=_machine(), office=_version() if office else ""), encoding="utf-8")
    return int(any(row.failed or row.otherwise for row in (*one, *several)))


def editors(office) -> dict[str, Callable[[dict[str, bytes]], dict[str, bytes]]]:
    """What can have saved the person's file: name -> files to files."""
    found = {
        _AS_SAVED: lambda files: files,
        "python-docx": lambda files: {n: saved_by_python_docx(d) for n, d in files.items()},
        "uten id-er": lambda files: {n: reviewer.without_ids(d) for n, d in files.items()},
        "kopierte bokmerker": lambda files: {n: reviewer.copied_bookmarks(d) for n, d in files.items()},
    }
    if office:
        found["LibreOffice, docx"] = lambda files: _in_parts(files, lambda part: office.convert(part, "docx"))
        found["LibreOffice, odt og docx"] = lambda files: _in_parts(files, lambda part: office.convert(part, "odt", "docx"))
        found["LibreOffice, odt og docx, uten id-er"] = lambda files: {
            n: reviewer.without_ids(d) for n, d in found["LibreOffice, odt og docx"](files).items()}
    return found


def saved_by_python_docx(data: bytes) -> bytes:
    """The file as python-docx writes it."""
    out = BytesIO()
    docx.Document(BytesIO(data)).save(out)
    return out.getvalue()


def _one_round(seeds: int, office) -> Iterator[tuple[str, list[Cell]]]:
    edits = {f"{action}{seed}": reviewer.edited(draft(), action, seed=seed) for action in reviewer.ACTIONS for seed in range(seeds)}
    for editor, save in editors(office).items():
        files = save(edits)
        yield editor, [Cell(name=f"n{i}{name}", about=f"{news} | {name}", base=draft(), mine=mine, fresh=draft(news))
                       for i, news in enumerate(NEWS) for name, mine in files.items()]


def _several_rounds(office) -> Iterator[tuple[str, list[Cell]]]:
    """Every first news with every other, or with its withdrawal, after it."""
    mine = reviewer.edited(draft(), "reword", "add", "move", seed=3)
    first = {f"n{i}": merge(draft(), mine, draft(news), day=DAY).data for i, news in enumerate(NEWS)}
    names = dict(zip(first, NEWS, strict=True))
    for editor, save in editors(office).items():
        saved = save(first)
        for how, answer in (("alt venter", lambda data: data), ("noe godtatt, noe avvist", reviewer.answered),
                            ("alt godtatt", lambda data: reviewer.answered(data, answers=("accept",)))):
            yield f"{editor}; {how}", [
                Cell(name=f"{n}x{j}", about=f"{names[n]} | {second or 'none of it'}", base=draft(names[n]), mine=answer(data),
                     fresh=draft(second))
                for n, data in saved.items() for j, second in enumerate(("", *NEWS)) if second != names[n]]


def _judged(editor: str, cells: list[Cell], office) -> Row:
    began, row = time.perf_counter(), Row(editor=editor)
    merged: dict[str, tuple[Cell, bytes]] = {}
    for cell in cells:
        row.cells += 1
        try:
            done = merge(cell.base, cell.mine, cell.fresh, day=DAY)
            guarantees.check(cell.base, cell.mine, cell.fresh, done)
        except Exception as error:  # each failure is a cell of the table
            row.failed += 1
            print(f"  {editor} | {cell.about}: {type(error).__name__} {str(error)[:200]}")
            continue
        row.tracked += sum(c.how == "tracked" for c in done.changes)
        row.comments += sum(c.how == "comment" for c in done.changes)
        if done.news:
            merged[cell.name] = cell, done.data
    if office and merged:
        row.settled = len(merged)
        row.otherwise = _second_opinion(editor, merged, office)
    row.seconds = time.perf_counter() - began
    print(f"{editor}: {row.cells} cells, {row.failed} failed, {row.otherwise} of {row.settled} where LibreOffice settles otherwise; "
          f"{row.tracked} tracked, {row.comments} comments, {row.seconds:.0f} s", flush=True)
    return row


def _second_opinion(editor: str, merged: dict[str, tuple[Cell, bytes]], office) -> int:
    """LibreOffice's own accepting and rejecting against what they should leave."""
    files = {name: data for name, (_, data) in merged.items()}
    wrong = set()
    for accept, what in ((False, "rejecting"), (True, "accepting")):
        there = _in_parts(files, lambda part, accept=accept: office.settle(part, accept=accept))
        for name, (cell, data) in merged.items():
            wanted = read(data, accept=True) if accept else read(cell.mine, accept=False)
            found = [line for line in lines(settled(there[name], accept=True)) if line]
            if found != wanted:
                wrong.add(name)
                differ = (i for i, (a, b) in enumerate(zip(found, wanted, strict=False)) if a != b)
                at = next(differ, min(len(found), len(wanted)))
                print(f"  {editor} | {cell.about}: {what} at line {at}: {found[at:at + 1]} for {wanted[at:at + 1]}")
    return len(wrong)


def _in_parts(files: dict[str, bytes], do: Callable[[dict[str, bytes]], dict[str, bytes]]) -> dict[str, bytes]:
    names, done = iter(files), {}
    while part := list(islice(names, _AT_A_TIME)):
        done |= do({name: files[name] for name in part})
    return done


def as_markdown(one: Sequence[Row], several: Sequence[Row], *, machine: str, office: str) -> str:
    """The page for ``docs/fletting.md``."""
    settled = f"Godtatt og avvist av {office}" if office else "LibreOffice var ikke installert"
    out = [
        "# Fletting: nyheter i et dokument som noen har redigert", "",
        "Laget av `python -m benchmarks.review_matrix --write`. Tallene er fra denne maskinen: " + machine + ".", "",
        "Hver celle er én fletting. Den har feilet hvis noe personen har skrevet, er borte eller endret, hvis noe nytt ikke kan ses "
        "(i teksten, i en kommentar eller i endringsloggen), hvis en kommentar som er markert som løst, er åpnet igjen, hvis et svar på en "
        "kommentar har mistet det den svarte på, eller hvis noe står dobbelt. Så godtar og avviser LibreOffice selv alle "
        "endringene: godtatt skal gi alt det nye, avvist skal gi personens tekst, linje for linje. "
        f"{settled}.", "",
        "## Én runde", "",
        f"{len(reviewer.ACTIONS)} slags redigering × {len(NEWS)} slags nytt (sent svar, revidert svar, trukket svar, ny handlingsplan, "
        "endret oppsett) × det som har lagret filen.", "", *_table(one), "",
        "## Flere runder", "",
        "Det første nye er flettet inn (v2), filen er lagret på nytt, forslagene våre venter eller er besvart, og noe annet nytt er "
        "flettet inn (v3): hvert av de fem slagene etterfulgt av hvert av de andre, eller av at det første faller bort.", "",
        *_table(several), ""]
    return "\n".join(out)


def _table(rows: Sequence[Row]) -> list[str]:
    total = Row(editor="**i alt**")
    for row in rows:
        for field in ("cells", "failed", "settled", "otherwise", "tracked", "comments", "seconds"):
            setattr(total, field, getattr(total, field) + getattr(row, field))
    return ["| lagret av | celler | feilet | prøvd i LibreOffice | avvik der | sporede endringer | kommentarer | sekunder |",
            "|---|---|---|---|---|---|---|---|",
            *(f"| {r.editor} | {r.cells} | {r.failed} | {r.settled} | {r.otherwise} | {r.tracked} | {r.comments} | {r.seconds:.0f} |"
              for r in (*rows, total))]


def _machine() -> str:
    return f"{os.cpu_count()} kjerner, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def _version() -> str:
    return " ".join(subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=False).stdout.split()[:2])


if __name__ == "__main__":
    raise SystemExit(main())
