"""Break runs on purpose and check what must hold: ``python -m benchmarks.faults [--kills 200] [--seed 1]``.

A run is cut off (SIGKILL) at random moments and at every step of its writing, the disk is full at every step and at
every size of file, and the folder refuses to be written. After each fault, and again after the next whole run:

- nothing that stands under ``outputs`` is half: packages open, every line of data parses, pages end;
- the inputs are what they were, byte for byte;
- a draft that a person has edited is what the person made it, under its own name;
- the next run ends as if nothing had happened: the same ``data/``, no leftovers, no needless versions.

Runs are children of a process that has loaded the libraries (POSIX ``fork``), so that hundreds take minutes.
``--sabotage`` replaces the safe writing by a plain one: then the checks must fail, which shows that they can.
"""

from __future__ import annotations

import argparse
import errno
import hashlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import generate

ROOT = Path(__file__).resolve().parent.parent
CASE = "sak"
EDITED = "saksfremlegg.docx"
DATA = ("documents.jsonl", "statements.jsonl", "points.jsonl", "matrix.jsonl", "register.json")
_STEPS = (("tempfile", "mkstemp"), ("os", "fsync"), ("os", "replace"), ("os", "chmod"))  # of every write, in order


@dataclass(kw_only=True)
class Result:
    """How many faults were tried, and what did not hold after them."""

    tried: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def count(self, kind: str, broken: Sequence[str]) -> None:
        self.tried += 1
        self.faults[kind] = self.faults.get(kind, 0) + 1
        self.broken += [f"{kind}: {b}" for b in broken]
        if self.tried % 20 == 0:
            print(f"{self.tried} prøvd, {len(self.broken)} brudd", file=sys.stderr, flush=True)


class Scene:
    """A small case with drafts, one of them edited, and an answer that has changed since: what a fault meets."""

    def __init__(self, folder: Path) -> None:
        self.house = folder / "hus"
        (self.house / "inputs" / CASE).mkdir(parents=True)
        shutil.copy(ROOT / "config.toml", self.house)
        shutil.copytree(ROOT / "templates", self.house / "templates")
        self._answer("Lister", "Planen bør bli kortere. Ansvaret for oppfølging må plasseres tydeligere.")
        self._answer("Setesdal", "Ansvaret for oppfølging er ikke tydelig nok. Vi støtter tiltakene.")
        self.target = self.house / "outputs" / CASE
        self._must(run(self.house), "den første kjøringen")
        edited = self.target / EDITED
        with zipfile.ZipFile(edited, "a") as package:
            package.writestr("customXml/note.txt", "rettet av en saksbehandler")
        self.edited = _sha(edited)
        self._answer("Setesdal", "Ansvaret for oppfølging er ikke tydelig nok. Vi ønsker færre tiltak.")
        self.inputs = _tree(self.house / "inputs")
        self._start = folder / "start"
        shutil.copytree(self.house, self._start)
        started = time.monotonic()
        self._must(run(self.house), "kjøringen uten feil")
        self.seconds = time.monotonic() - started
        self.data = {name: _sha(self.target / "data" / name) for name in DATA}
        self.names = {True: {str(p) for p in _tree(self.target)}}
        self.reset(drafts=False)
        self._must(run(self.house), "kjøringen fra bunnen")
        self.names[False] = {str(p) for p in _tree(self.target)}

    def _answer(self, body: str, text: str) -> None:
        (self.house / "inputs" / CASE / f"Svar RS {body}.txt").write_text(
            f"RS {body}\nInnspill til handlingsplanen\n\n{text}\n", encoding="utf-8")

    @staticmethod
    def _must(code: int, what: str) -> None:
        if code != 0:
            raise SystemExit(f"{what} ga kode {code}; feilprøvene sier ingenting før den går bra.")

    def reset(self, *, drafts: bool) -> None:
        """The case as it was before the changed answer was read; ``drafts=False``: never run."""
        shutil.rmtree(self.house)
        shutil.copytree(self._start, self.house)
        if not drafts:
            shutil.rmtree(self.house / "outputs")

    def after_fault(self, *, drafts: bool) -> list[str]:
        """What does not hold right after a fault."""
        broken = [f"{p} er halv ({why})" for p, why in _halves(self.house / "outputs")]
        if _tree(self.house / "inputs") != self.inputs:
            broken.append("inputs er endret")
        if drafts and (not (self.target / EDITED).is_file() or _sha(self.target / EDITED) != self.edited):
            broken.append("den redigerte filen er rørt")
        return broken

    def after_recovery(self, code: int, *, drafts: bool) -> list[str]:
        """What does not hold after the next whole run."""
        broken = self.after_fault(drafts=drafts)
        if code != 0:
            return [*broken, f"neste kjøring ga kode {code}"]
        for name, digest in self.data.items():
            path = self.target / "data" / name
            if not path.is_file() or _sha(path) != digest:
                broken.append(f"data/{name} er ikke som uten feilen")
        names = {str(p) for p in _tree(self.target)}
        if names != self.names[drafts]:
            broken.append(f"filene er ikke som uten feilen: {sorted(names ^ self.names[drafts])}")
        if left := [p.name for p in (self.house / "outputs").rglob(".skriver-*")]:
            broken.append(f"rester: {left}")
        return broken


def run(house: Path, before: Callable[[], object] = lambda: None, *, kill_after: float | None = None) -> int:
    """``ssu run`` in a child of this process, which calls ``before`` first. The exit code, negative for a signal."""
    def work() -> int:
        os.chdir(house)
        before()
        from pipeline.cli import main

        return main(["run"])

    return _child(work, kill_after=kill_after)


def _child(work: Callable[[], int], *, kill_after: float | None = None) -> int:
    child = os.fork()
    if child == 0:
        code = 99
        try:
            os.setsid()
            null = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(null, stream)
            code = work()
        finally:
            os._exit(code)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@contextmanager
def scene() -> Iterator[Scene]:
    with tempfile.TemporaryDirectory(prefix="ssu-feil-") as folder:
        yield Scene(Path(folder))


def kill_at_random(where: Scene, times: int, seed: int, result: Result, before: Callable[[], object] = lambda: None) -> None:
    """SIGKILL at moments spread over a whole run; every third time on a case without drafts."""
    chance = random.Random(seed)
    for turn in range(times):
        drafts = turn % 3 != 0
        where.reset(drafts=drafts)
        moment = chance.uniform(0, where.seconds * 1.1)
        run(where.house, before, kill_after=moment)
        broken = where.after_fault(drafts=drafts)
        broken += where.after_recovery(run(where.house), drafts=drafts)
        result.count("drept på et tilfeldig tidspunkt", [f"etter {moment:.2f} s: {b}" for b in broken])


def at_every_step(where: Scene, kind: str, act: Callable[[], object], result: Result, *, every: int = 1,
                  before: Callable[[], object] = lambda: None) -> None:
    """``act`` (die, or raise) at the first, second … step of the writing, until a run gets through."""
    step = 1
    while True:
        where.reset(drafts=True)
        code = run(where.house, lambda at=step: (before(), _trap(at, act)))
        broken = where.after_fault(drafts=True)
        broken += where.after_recovery(run(where.house), drafts=True)
        result.count(kind, [f"steg {step}: {b}" for b in broken])
        if code == 0:
            return
        step += every


def _trap(at: int, act: Callable[[], object]) -> None:
    """Let the ``at``-th step of writing, counted over all files, meet ``act``; and every one after it."""
    import importlib

    count = [0]

    def guarded(function: Callable) -> Callable:
        def call(*args, **kwargs):
            count[0] += 1
            if count[0] >= at:
                act()
            return function(*args, **kwargs)

        return call

    for module, name in _STEPS:
        owner = importlib.import_module(module)
        setattr(owner, name, guarded(getattr(owner, name)))


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def refuse(number: int) -> Callable[[], None]:
    def act() -> None:
        raise OSError(number, os.strerror(number))

    return act


def too_large(where: Scene, result: Result, sizes: Sequence[int]) -> None:
    """No file may grow beyond so many bytes: the system cuts the write in the middle, as a full disk does."""
    import resource

    for size in sizes:
        def limit(most: int = size) -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

        where.reset(drafts=True)
        run(where.house, limit)
        broken = where.after_fault(drafts=True)
        broken += where.after_recovery(run(where.house), drafts=True)
        result.count("skriving kuttet midt i filen", [f"ved {size} byte: {b}" for b in broken])


def writing_alone(result: Result, before: Callable[[], object] = lambda: None) -> None:
    """Every step of writing two outputs, one of them edited: die, full disk, no access. Seconds, for the tests."""
    from pipeline import store

    def outputs(version: int) -> dict[str, bytes]:
        return {"a.docx": generate._zip({"word/document.xml": f"<a>{version}</a>" * 3000}),
                "data/x.jsonl": (json.dumps({"versjon": version}) + "\n").encode() * 50}

    for kind, act in (("drept", die), ("full disk", refuse(errno.ENOSPC)), ("ingen tilgang", refuse(errno.EACCES))):
        step, code = 0, 1
        while code != 0:
            step += 1
            with tempfile.TemporaryDirectory(prefix="ssu-feil-") as name:
                folder = Path(name) / "outputs"
                store.Store(folder).write(outputs(1))
                (folder / "a.docx").write_bytes(outputs(7)["a.docx"])
                code = _child(lambda at=step, act=act, to=folder: (
                    before(), _trap(at, act), store.Store(to).write(outputs(2)), 0)[-1])
                broken = [f"{p} er halv ({why})" for p, why in _halves(folder)]
                written = store.Store(folder).write(outputs(2))
                if (folder / "a.docx").read_bytes() != outputs(7)["a.docx"]:
                    broken.append("den redigerte filen er rørt")
                names = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()
                         and ".ssu" not in p.parts and not p.name.startswith(".skriver-")}
                if names != {"a.docx", "a.v2.docx", "data/x.jsonl"}:
                    broken.append(f"filene er ikke som uten feilen: {sorted(names)}")
                broken += [f"{w.name} er ikke skrevet" for w in written if w.path.read_bytes() != outputs(2)[w.name]]
            result.count(f"bare skrivingen, {kind}", [f"steg {step}: {b}" for b in broken])


def sabotage() -> None:
    """Write in place, slowly: what the safe writing is there to prevent."""
    from pipeline import store

    def plain(path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for at in range(0, len(data), max(1, len(data) // 4)):
                file.write(data[at:at + max(1, len(data) // 4)])
                file.flush()
                os.fsync(file.fileno())

    store.write_atomically = plain


def _halves(outputs: Path) -> Iterator[tuple[str, str]]:
    """(file, why) for what stands under ``outputs`` and is not whole; temporary and own files are no outputs."""
    for path in sorted(outputs.rglob("*")) if outputs.is_dir() else ():
        if not path.is_file() or path.name.startswith(".skriver-") or ".ssu" in path.parts:
            continue
        data = path.read_bytes()
        try:
            if path.suffix in {".docx", ".xlsx"}:
                with zipfile.ZipFile(path) as package:
                    if bad := package.testzip():
                        yield path.name, bad
            elif path.suffix == ".jsonl":
                for line in data.decode("utf-8").splitlines():
                    json.loads(line)
                if data and not data.endswith(b"\n"):
                    yield path.name, "uten linjeslutt"
            elif path.suffix == ".json":
                json.loads(data)
            elif path.suffix == ".html" and not data.rstrip().endswith(b"</html>"):
                yield path.name, "uten slutt"
        except (zipfile.BadZipFile, ValueError) as error:
            yield path.name, type(error).__name__


def _tree(folder: Path) -> dict[Path, str]:
    return {p.relative_to(folder): _sha(p) for p in sorted(folder.rglob("*"))
            if p.is_file() and ".ssu" not in p.parts and not p.name.startswith(".skriver-")}


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _load() -> None:
    """What a run imports, so that the children need not."""
    import docx
    import openpyxl
    import pandas
    import spacy

    from pipeline import background, cli, intake, plan, run, sandbox, source_checks, writers
    from pipeline.language import noise, points, questions, segment, themes

    writers.all_writers()
    _ = (docx, openpyxl, pandas, spacy, background, cli, intake, plan, run, sandbox, source_checks, noise, points, questions,
         segment, themes)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--every", type=int, default=1, help="try every n-th step of the writing only; 0: none")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--writing-alone", action="store_true", help="only the writing, every step, in seconds")
    parser.add_argument("--sabotage", action="store_true", help="write unsafely: the checks must then fail")
    given = parser.parse_args(arguments)
    if not hasattr(os, "fork"):
        print("Feilprøvene trenger Linux eller macOS.", file=sys.stderr)
        return 2
    before = sabotage if given.sabotage else lambda: None
    result = Result()
    started = time.monotonic()
    if given.every or given.writing_alone:
        writing_alone(result, before)
    if not given.writing_alone:
        _load()
        _whole_runs(given, result, before)
    print(json.dumps({"tried": result.tried, "faults": result.faults, "broken": result.broken[:50], "broken_count": len(result.broken),
                      "seconds": round(time.monotonic() - started, 1)}, ensure_ascii=False, indent=1))
    return 1 if result.broken else 0


def _whole_runs(given: argparse.Namespace, result: Result, before: Callable[[], object]) -> None:
    with scene() as where:
        if given.every:
            at_every_step(where, "drept ved et skrivesteg", die, result, every=given.every, before=before)
            at_every_step(where, "full disk ved et skrivesteg", refuse(errno.ENOSPC), result, every=given.every, before=before)
            at_every_step(where, "ingen tilgang ved et skrivesteg", refuse(errno.EACCES), result, every=given.every, before=before)
            if not given.sabotage:
                too_large(where, result, [0, 100, 1000, 5000, 20_000, 60_000, 100_000][:: given.every])
        kill_at_random(where, given.kills, given.seed, result, before)


if __name__ == "__main__":
    sys.exit(main())
