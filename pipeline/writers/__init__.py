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
from functools import cache
from types import ModuleType


@cache
def all_writers() -> tuple[ModuleType, ...]:
    """Every writer module, sorted by name."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    return tuple(importlib.import_module(f"{__name__}.{name}") for name in names)
