"""How long a run takes and where the time goes: ``python -m benchmarks.speed [--sizes 100,1000,5000] [--write]``.

Measures, each in a process of its own: the sample case cold, without news, and with one changed answer; generated
cases of rising size, per stage; reading against the peers that are installed and against bare loops as the floor.
``--write`` puts the tables into ``docs/ytelse.md``; what was not measured this time stays. Wall-clock seconds depend on what else the machine does; the CPU
seconds beside them hardly do. Memory is the highest sum over the process and its workers, sampled.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import json
import math
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import wraps
from pathlib import Path

from benchmarks import generate

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "inputs" / "handlingsplan-2025"
DOCUMENT = ROOT / "docs" / "ytelse.md"

_CHAPTERS = ("Eksempelsaken", "Store høringer", "Lesing, side om side")
# What each stage is called in the table, and the functions whose time it is (missing ones are left out).
STAGES = {
    "lese filene": ("pipeline.sandbox:read_files",),
    "kjenne igjen filene": ("pipeline.intake:identify", "pipeline.intake:register"),
    "dele i utsagn": ("pipeline.language.segment:cut",),
    "plassere under spørsmål": ("pipeline.language.questions:place",),
    "skille ut støy": ("pipeline.language.noise:sift",),
    "sortere i temaer": ("pipeline.language.themes:Sorter.for_case", "pipeline.language.themes:Sorter.sort"),
    "samle til punkter": ("pipeline.language.points:gather",),
    "lese planen": ("pipeline.plan:read",),
    "bakgrunn og kontroll av kildene": ("pipeline.background:find", "pipeline.source_checks:find",
                                        "pipeline.run:keep_promises", "pipeline.run:_loose_ends"),
    "skrive dokumentene": ("pipeline.run:documents_of",),
    "datafiler og lagring": ("pipeline.run:_data_files", "pipeline.store:Store.write"),
}


@dataclass(kw_only=True)
class Measured:
    """Seconds and MiB of one run. ``stages``: name -> (wall, cpu of the main process)."""

    name: str
    wall: float = 0.0
    cpu: float = 0.0  # main process and children
    memory: float = 0.0
    answers: int = 0
    exit_code: int = 0
    stages: dict[str, tuple[float, float]] = field(default_factory=dict)


# --- inside the measured process ----------------------------------------------------------------------


def child(arguments: Sequence[str]) -> int:
    """Run the command with its stages timed; the times go to the file named by SSU_STAGES."""
    from pipeline.cli import main

    times: dict[str, list[float]] = {}
    for stage, places in STAGES.items():
        for place in places:
            _time(place, times.setdefault(stage, [0.0, 0.0]))
    code = main(arguments)
    Path(os.environ["SSU_STAGES"]).write_text(json.dumps(times), encoding="utf-8")
    return code


def _time(place: str, sums: list[float]) -> None:
    module_name, _, path = place.partition(":")
    try:
        owner = importlib.import_module(module_name)
        *holders, name = path.split(".")
        for holder in holders:
            owner = getattr(owner, holder)
        found = vars(owner)[name]
    except (ImportError, AttributeError, KeyError):
        return
    function = found.__func__ if isinstance(found, classmethod | staticmethod) else found

    @wraps(function)
    def timed(*args, **kwargs):
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            return function(*args, **kwargs)
        finally:
            sums[0] += time.perf_counter() - wall
            sums[1] += time.process_time() - cpu

    setattr(owner, name, type(found)(timed) if isinstance(found, classmethod | staticmethod) else timed)


# --- outside --------------------------------------------------------------------------------------------


def run(house: Path, name: str, *, stages: bool = False, config: Path | None = None) -> Measured:
    """One ``ssu run`` of the case folders under ``house``."""
    import psutil

    kept = house / "stages.json"
    kept.unlink(missing_ok=True)
    arguments = ["run", *(("--config", str(config)) if config else ())]
    code = (f"import sys; from benchmarks.speed import child; sys.exit(child({arguments!r}))" if stages
            else f"import sys; from pipeline.cli import main; sys.exit(main({arguments!r}))")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SSU_STAGES": str(kept)}
    before = _children_cpu()
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", code], cwd=house, env=environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak, stop = [0.0], threading.Event()

    def watch() -> None:
        while not stop.wait(0.05):
            try:
                top = psutil.Process(process.pid)
                total = sum(p.memory_info().rss for p in (top, *top.children(recursive=True)))
                peak[0] = max(peak[0], total / 2**20)
            except psutil.Error:
                continue

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    exit_code = process.wait()
    wall = time.perf_counter() - started
    stop.set()
    watcher.join()
    times = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else {}
    return Measured(name=name, wall=wall, cpu=_children_cpu() - before, memory=peak[0], exit_code=exit_code,
                    stages={k: (w, c) for k, (w, c) in times.items()})


def _children_cpu() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system


@contextmanager
def house(fill: Callable[[Path], object]):
    """A folder with config and templates and one case made by ``fill``."""
    with tempfile.TemporaryDirectory(prefix="ssu-ytelse-") as name:
        folder = Path(name)
        shutil.copy(ROOT / "config.toml", folder)
        shutil.copytree(ROOT / "templates", folder / "templates")
        (folder / "inputs").mkdir()
        fill(folder / "inputs")
        yield folder


def sample(repeat: int = 3) -> list[Measured]:
    """The sample case cold, without news, and with one changed answer; the best of ``repeat``."""
    best: dict[str, Measured] = {}

    def keep(m: Measured) -> None:
        if m.name not in best or m.wall < best[m.name].wall:
            best[m.name] = m

    with house(lambda inputs: shutil.copytree(SAMPLE, inputs / SAMPLE.name)) as folder:
        target = folder / "inputs" / SAMPLE.name / "Svar RS Lister.docx"
        for turn in range(repeat):
            shutil.rmtree(folder / "outputs", ignore_errors=True)
            keep(run(folder, "eksempelsaken fra bunnen"))
            keep(run(folder, "uten nytt"))
            _add_paragraph(target, f"Vi ønsker også at planen får {turn + 2} vedlegg med eksempler.")
            keep(run(folder, "ett svar endret"))
    return list(best.values())


def _add_paragraph(path: Path, text: str) -> None:
    import docx

    document = docx.Document(path)
    document.add_paragraph(text)
    document.save(path)


def sizes(counts: Sequence[int]) -> list[Measured]:
    """Generated cases, each answer from a body of its own."""
    measured = []
    for count in counts:
        with house(lambda inputs, n=count: generate.make(inputs / "stor", n)) as folder:
            m = run(folder, f"{count} svar", stages=True)
            m.answers = count
            measured.append(m)
            print(f"{count} svar: {m.wall:.1f} s, {m.cpu:.1f} CPU-s, {m.memory:.0f} MiB, kode {m.exit_code}", file=sys.stderr, flush=True)
            for stage, (wall, cpu) in m.stages.items():
                print(f"    {stage}: {wall:.1f} s, {cpu:.1f} CPU-s", file=sys.stderr, flush=True)
    return measured


def peers(count: int = 200) -> list[tuple[str, str, float, int]]:
    """(tool, format, CPU seconds, characters) for reading ``count`` generated Word files and the sample's PDF files."""
    rows: list[tuple[str, str, float, int]] = []
    with tempfile.TemporaryDirectory(prefix="ssu-ytelse-") as name:
        generate.make(Path(name) / "ord", count, formats=("docx",), with_plan=False)
        words = sorted((Path(name) / "ord").glob("*.docx"))
        pdfs = sorted(SAMPLE.rglob("*.pdf")) * 10
        for kind, files in (("docx", words), ("pdf", pdfs)):
            for tool, read in _tools(kind).items():
                read(files[0])  # imports are not what is compared
                started = time.process_time()
                length = sum(len(read(f)) for f in files)
                rows.append((tool, f"{len(files)} {kind}", time.process_time() - started, length))
    return rows


def _tools(kind: str) -> dict[str, Callable[[Path], str]]:
    from pipeline import readers

    options = readers.Options()

    def ours(path: Path) -> str:
        content = readers.read(path.read_bytes(), path.name, options)
        return "\n".join(b.text for b in content.blocks)

    def lxml_loop(path: Path) -> str:
        import zipfile

        from lxml import etree

        with zipfile.ZipFile(path) as package:
            tree = etree.fromstring(package.read("word/document.xml"), etree.XMLParser(resolve_entities=False))
        return "".join(t.text or "" for t in tree.iter("{*}t"))

    def pdfium_loop(path: Path) -> str:
        import pypdfium2

        document = pypdfium2.PdfDocument(path)
        try:
            return "".join(page.get_textpage().get_text_range() for page in document)
        finally:
            document.close()

    tools: dict[str, Callable[[Path], str]] = {"SSU saksutkast (leseren alene)": ours}
    if (markitdown := _installed("markitdown")) is not None:
        converter = markitdown.MarkItDown(enable_plugins=False)
        tools["markitdown"] = lambda p: converter.convert(p).text_content
    if kind == "docx":
        if (docx2python := _installed("docx2python")) is not None:
            def docx2(path: Path) -> str:
                with docx2python.docx2python(path) as read:
                    return read.text

            tools["docx2python"] = docx2
        tools["bar lxml-løkke (gulvet)"] = lxml_loop
    else:
        tools["bar pypdfium2-løkke (gulvet)"] = pdfium_loop
    return tools


def _installed(name: str):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def exponent(small: Measured, large: Measured, of: Callable[[Measured], float] = lambda m: m.cpu) -> float:
    """p in time ~ answers ** p between two sizes."""
    return math.log(max(of(large), 1e-9) / max(of(small), 1e-9)) / math.log(large.answers / small.answers)


def as_markdown(parts: dict) -> str:
    """The page for docs/, in Norwegian."""
    out = ["# Ytelse", "", "Laget av `python -m benchmarks.speed --write`. Tallene er fra denne maskinen:",
           f"{parts['machine']}. Sekunder avhenger av hva maskinen ellers gjør; CPU-sekunder gjør det nesten ikke.",
           *([f"Mens tallene ble tatt, ventet {_n(parts['load'], 1)} prosesser på kjernene (1 betyr at ingen andre brukte dem)."]
             if parts.get("load") else []), ""]
    if parts["sample"]:
        out += [f"## {_CHAPTERS[0]}", "", "| kjøring | sekunder | CPU-sekunder | minne (MiB) |", "|---|---|---|---|"]
        out += [f"| {m['name']} | {_n(m['wall'], 2)} | {_n(m['cpu'], 2)} | {m['memory']:.0f} |" for m in parts["sample"]]
    if parts["sizes"]:
        made = [Measured(**m) for m in parts["sizes"]]
        out += ["", f"## {_CHAPTERS[1]}", "", "Laget av `benchmarks/generate.py`: 30 utsagn i hvert svar, hvert svar fra sin egen "
                "avsender, halvparten Word, resten e-post og tekst.", "",
                "| svar | sekunder | CPU-sekunder | minne (MiB) | vekst siden forrige |", "|---|---|---|---|---|"]
        for before, m in zip([None, *made], made, strict=False):
            growth = f"n^{_n(exponent(before, m), 2)}" if before else "–"
            out.append(f"| {m.answers} | {_n(m.wall, 1)} | {_n(m.cpu, 1)} | {m.memory:.0f} | {growth} |")
        out += ["", "CPU-sekunder i hovedprosessen for hvert steg, og veksten fra minste til største. Lesing går alltid i egne "
                "prosesser, og i store saker også delingen i utsagn, spørsmålene, støyen og hvem som sier det samme; de teller i "
                "summen over:", "",
                "| steg | " + " | ".join(f"{m.answers} svar" for m in made) + " | vekst |", "|---|" + "---|" * (len(made) + 1)]
        for stage in made[-1].stages:
            seconds = [m.stages.get(stage, (0.0, 0.0))[1] for m in made]
            growth = f"n^{_n(exponent(made[0], made[-1], lambda m, s=stage: m.stages.get(s, (0, 0))[1]), 2)}" \
                if len(made) > 1 and min(seconds[0], seconds[-1]) > 0.01 else "–"
            out.append(f"| {stage} | " + " | ".join(_n(s, 2) for s in seconds) + f" | {growth} |")
    if parts["peers"]:
        out += ["", f"## {_CHAPTERS[2]}", "", "Bare lesing av filer til tekst, uten prosessgrense rundt. «Tegn» er det som "
                "kom ut.", "", "| verktøy | filer | CPU-sekunder | tegn |", "|---|---|---|---|"]
        out += [f"| {tool} | {files} | {_n(seconds, 2)} | {length} |" for tool, files, seconds, length in parts["peers"]]
        missing = [p for p in ("markitdown", "docx2python") if not any(r[0] == p for r in parts["peers"])]
        if missing:
            out += ["", f"Ikke installert da tallene ble tatt: {', '.join(missing)}."]
    return "\n".join(out) + "\n"


def _n(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace(".", ",")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="100,1000,5000", help="numbers of answers, separated by commas; empty: none")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--no-sample", action="store_true")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--write", action="store_true", help="write docs/ytelse.md")
    given = parser.parse_args(arguments)
    parts = {
        "machine": f"{os.cpu_count()} kjerner, {platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "sample": [] if given.no_sample else [asdict(m) for m in sample(given.repeat)],
        "sizes": [asdict(m) for m in sizes([int(n) for n in given.sizes.split(",") if n.strip()])],
        "peers": [] if given.no_peers else peers(),
        "load": os.getloadavg()[2] if hasattr(os, "getloadavg") else 0.0,
    }
    page = as_markdown(parts)
    print(page)
    if given.write:
        DOCUMENT.write_text(renewed(DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.is_file() else "", page), encoding="utf-8")


def renewed(old: str, new: str) -> str:
    """The page ``new`` with the chapters of ``old`` that were not measured this time in their places."""
    chapters = {part.partition("\n")[0]: part for page in (old, new) for part in page.split("\n## ")[1:]}
    order = [title for title in _CHAPTERS if title in chapters]
    return new.split("\n## ")[0].rstrip("\n") + "\n" + "".join(f"\n## {chapters[title].rstrip()}\n" for title in order)


if __name__ == "__main__":
    main()
