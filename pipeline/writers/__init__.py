"""The writers: one module an output document, found here by being here.

A writer module has

- ``NAME``: the output's file name, "saksfremlegg.docx";
- ``TEMPLATE``: the file under ``templates/`` it is made from, or None;
- ``render(result, templates) -> bytes | None``: the document, or None when the case has none of it
  (no plan, no vedlegg 1). ``result`` is a ``model.CaseResult``, ``templates`` the folder.
  Raises ``errors.TemplateError``, in Norwegian, when the template cannot be filled.

Optional: ``check(templates) -> tuple[Finding, ...]``: what is wrong with the template, for ``ssu check``.
To add a document, add such a module (no underscore first in its name) and its test; nothing else.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType

from pipeline.model import CaseResult


@cache
def module_names() -> tuple[str, ...]:
    """The names of the writer modules, sorted; nothing is imported."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_")))


@cache
def all_writers() -> tuple[ModuleType, ...]:
    """Every writer module, sorted by name."""
    return tuple(map(load, module_names()))


def load(name: str) -> ModuleType:
    """The writer module of this name."""
    return importlib.import_module(f"{__name__}.{name}")


def render(names: Sequence[str], result: CaseResult, templates: Path) -> dict[str, bytes | None]:
    """The documents of these writer modules, by file name; None where the case has none. Runs in any process."""
    return {writer.NAME: writer.render(result, templates) for writer in map(load, names)}
