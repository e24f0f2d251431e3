"""The readers: one module a format, found here by being here.

A reader module has

- ``NAME``: the format's short name, "docx";
- ``SUFFIXES``: the file name endings it is known by, lower case, with dot;
- ``sniff(data, name) -> int``: how sure the content looks like this format:
  0 not, 1 only the name says so, 2 likely, 3 certain;
- ``read(data, name, options) -> Content``: everything in the file, in reading order. Raises
  ``errors.FileProblem`` (Unreadable, OverLimit, Unsupported) with reason and remedy in Norwegian.

To add a format, add such a module (no underscore first in its name) and its test; nothing else.
Modules import their heavy libraries inside functions: all readers are imported to sniff one file.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType

from pipeline.config import Limits, Reading
from pipeline.errors import OverLimit, Unreadable, Unsupported
from pipeline.model import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a reader may take and do."""

    limits: Limits = field(default_factory=Limits)
    reading: Reading = field(default_factory=Reading)


@cache
def all_readers() -> tuple[ModuleType, ...]:
    """Every reader module, sorted by name."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    return tuple(importlib.import_module(f"{__name__}.{name}") for name in names)


def find(data: bytes, name: str) -> ModuleType | None:
    """The reader that is surest of this content; among equals the one that knows the name's ending."""
    def rank(reader: ModuleType) -> tuple[int, bool]:
        return reader.sniff(data, name), name.lower().endswith(reader.SUFFIXES)

    for reader in all_readers():
        if name.lower().endswith(reader.SUFFIXES) and reader.sniff(data, name) == 3:
            return reader  # nothing can beat certainty under the right name
    best = max(all_readers(), key=rank)
    return best if rank(best)[0] > 0 else None


def read(data: bytes, name: str, options: Options) -> Content:
    """Read one file's bytes. Raises ``errors.FileProblem`` when it cannot be read."""
    if not data[:1024].strip(b"\0 \t\r\n") and not data.strip(b"\0 \t\r\n"):  # the second would copy every file
        raise Unreadable("Filen er tom.", "Be avsenderen sende den på nytt.")
    if len(data) > options.limits.file_mb * 2**20:
        raise OverLimit(f"Filen er større enn grensen på {options.limits.file_mb} MB (limits.file_mb).",
                        "Del den opp, eller hev grensen i config.toml.")
    reader = find(data, name)
    if reader is None:
        raise Unsupported("Filtypen er ukjent.", "Lagre innholdet som Word, PDF, Excel eller e-post, og legg det inn på nytt.")
    return reader.read(data, name, options)
