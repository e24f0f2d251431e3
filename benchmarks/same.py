"""Do two versions of the code give the same? ``python -m benchmarks.same FOLDER [--answers 200]``.

The first time, runs the sample case, the cases of ``benchmarks/cases`` and a generated one, and keeps what ``data/`` and
the documents came to as hashes in ``FOLDER/same.json``. After that, runs them again and names every file that differs
(exit code 1). Each of the small cases is run from nothing, and then with one answer changed, which must give what a run
from nothing of the changed case gives: kept results change nothing. Times and hashes of outputs in ``run.json`` are
left out, and dates in documents.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import generate

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "inputs" / "handlingsplan-2025"
CASES = ROOT / "benchmarks" / "cases"
_RUN = ("started", "finished", "outputs")  # what may differ in data/run.json
_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?")


def outcome(house: Path) -> dict[str, str]:
    """Path of every output of the cases in ``house`` -> hash, after ``ssu run``."""
    code = "import sys; from pipeline.cli import main; sys.exit(main(['run']))"
    done = subprocess.run([sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"], cwd=house,
                          capture_output=True, check=False)
    if done.returncode not in (0, 6):
        raise SystemExit(done.stderr.decode(errors="replace"))
    files = [p for p in sorted((house / "outputs").glob("*/**/*")) if p.is_file() and ".ssu" not in p.parts]
    return {p.relative_to(house / "outputs").as_posix(): _digest(p) for p in files}


def _digest(path: Path) -> str:
    data = path.read_bytes()
    if path.name == "run.json":
        data = json.dumps({k: v for k, v in json.loads(data).items() if k not in _RUN}).encode()
    elif path.suffix in {".docx", ".xlsx"}:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            data = b"\n".join(name.encode() + b"\0" + _TIME.sub(b"", package.read(name)) for name in sorted(package.namelist()))
    return hashlib.sha256(data).hexdigest()


def _house(folder: Path) -> Path:
    (folder / "inputs").mkdir(parents=True)
    shutil.copy(ROOT / "config.toml", folder)
    shutil.copytree(ROOT / "templates", folder / "templates")
    return folder


def _case(source: Path, target: Path) -> None:
    """A case of ``benchmarks/cases``: its files and settings, not its gold."""
    shutil.copytree(source / "answers", target)
    shutil.copy(source / "case.toml", target)


def _change(house: Path, name: str) -> None:
    """One more paragraph in the first Word file of the case."""
    import docx

    path = sorted((house / "inputs" / name).rglob("*.docx"))[0]
    document = docx.Document(str(path))
    document.add_paragraph("Vi ønsker også at planen får flere vedlegg med eksempler.")
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as package, zipfile.ZipFile(path, "w") as steady:  # python-docx notes the hour
        for part in package.namelist():
            steady.writestr(zipfile.ZipInfo(part, generate.EPOCH), package.read(part))


def everything(work: Path, answers: int) -> tuple[dict[str, str], list[str]]:
    """Every output's hash, and what a run with kept results gave otherwise than one from nothing."""
    found: dict[str, str] = {}
    other: list[str] = []
    first = sorted(p.name for p in CASES.iterdir() if (p / "answers").is_dir())
    house = _house(work / "alle")
    shutil.copytree(SAMPLE, house / "inputs" / SAMPLE.name)
    for name in first:
        _case(CASES / name, house / "inputs" / name)
    found |= outcome(house)
    for name in (SAMPLE.name, *first):
        _change(house, name)
    again = outcome(house)
    shutil.rmtree(house / "outputs")
    fresh = outcome(house)
    # what the run before said shows in the review page only
    other += [p for p in sorted({*again, *fresh}) if p.endswith((".jsonl", ".docx", ".xlsx")) and again.get(p) != fresh.get(p)]
    found |= {f"changed/{p}": h for p, h in fresh.items()}
    if answers:
        big = _house(work / "stor")
        generate.make(big / "inputs" / "stor", answers)
        found |= outcome(big)
    return found, other


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--answers", type=int, default=200)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="ssu-same-") as work:
        found, other = everything(Path(work), given.answers)
    kept = given.folder / "same.json"
    for path in other:
        print(f"kept results give another: {path}")
    if not kept.is_file():
        given.folder.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(found, indent=1), encoding="utf-8")
        print(f"{len(found)} files noted in {kept}")
        return 1 if other else 0
    before = json.loads(kept.read_text(encoding="utf-8"))
    differing = [p for p in sorted({*found, *before}) if found.get(p) != before.get(p) and (given.answers or not p.startswith("stor/"))]
    for path in differing:
        print(f"differs: {path}")
    print(f"{len(found)} files compared, {len(differing)} differ")
    return 1 if differing or other else 0


if __name__ == "__main__":
    sys.exit(main())
