"""Which files are the inputs of which case."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ConfigError

CASE_FILE = "case.toml"
CORRECTIONS_FILE = "rettelser.json"
_NOT_INPUTS = {"thumbs.db", "desktop.ini", CASE_FILE, CORRECTIONS_FILE}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFolder:
    """A case: its name, its folder, and its files as (source, path); ``source`` is relative with "/"."""

    name: str
    folder: Path
    files: tuple[tuple[str, Path], ...]
    outside: tuple[str, ...] = ()  # links that lead out of the folder: named, never followed


def is_input(name: str) -> bool:
    """Whether a file of this name is an input: no dotfile, lock file, system file or settings."""
    folded = name.casefold()
    saved_again = folded.startswith("rettelser") and folded.endswith(".json")  # "rettelser (1).json"
    return not name.startswith((".", "~$")) and folded not in _NOT_INPUTS and not saved_again


def find_cases(inputs: Path, default_case: str, wanted: tuple[str, ...] = ()) -> tuple[CaseFolder, ...]:
    """Every case under ``inputs`` (or those named), sorted by name; loose files form ``default_case``.

    Raises ConfigError when ``inputs`` or a wanted case does not exist, or when the loose files' case
    has the name of a folder.
    """
    if not inputs.is_dir():
        raise ConfigError(f"Fant ikke mappen {inputs}. Lag den, eller oppgi riktig mappe med --inputs.")
    wanted = tuple(Path(name).name for name in wanted)  # "inputs/sak/", as the shell completes it, means "sak"
    folders = sorted(p for p in inputs.iterdir() if p.is_dir() and not p.name.startswith("."))
    cases = [_case(folder.name, folder, recursive=True) for folder in folders]
    loose = _case(default_case, inputs, recursive=False)
    if loose.files or loose.outside or (inputs / CASE_FILE).is_file():
        if any(case.name == default_case for case in cases):
            raise ConfigError(
                f"Det ligger både løse filer i {inputs} og en mappe som heter «{default_case}». "
                f"Flytt de løse filene inn i en mappe, eller gi dem et annet navn med default_case i config.toml.")
        cases.append(loose)
    names = [case.name for case in cases]
    for name in wanted:
        if name not in names:
            raise ConfigError(f"Fant ikke saken «{name}» i {inputs}. "
                              f"Sakene som finnes: {', '.join(sorted(names)) or 'ingen'}.")
    return tuple(sorted((c for c in cases if not wanted or c.name in wanted), key=lambda c: c.name))


def _case(name: str, folder: Path, *, recursive: bool) -> CaseFolder:
    files: list[tuple[str, Path]] = []
    outside: list[str] = []
    root = folder.resolve()
    for where, folders, names in os.walk(folder, followlinks=False):
        if not recursive:
            folders.clear()
        for linked in [f for f in folders if (Path(where) / f).is_symlink()]:
            outside.append((Path(where) / linked).relative_to(folder).as_posix())
        folders[:] = sorted(f for f in folders if not f.startswith(".") and not (Path(where) / f).is_symlink())
        for file in sorted(names):
            path = Path(where) / file
            source = unicodedata.normalize("NFC", path.relative_to(folder).as_posix())
            if not is_input(file):
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(root):
                outside.append(source)
            elif path.is_file() or path.is_symlink():
                files.append((source, path))
    return CaseFolder(name=name, folder=folder, files=tuple(sorted(files)), outside=tuple(sorted(outside)))
