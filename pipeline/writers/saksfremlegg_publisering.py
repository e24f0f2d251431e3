"""The case document for publication, when ``documents.clean_copy`` is on: no comments, clean properties."""

from __future__ import annotations

from pathlib import Path

from pipeline.model import CaseResult
from pipeline.writers import saksfremlegg

NAME = "saksfremlegg-til-publisering.docx"
TEMPLATE = None  # made from the case document


def render(result: CaseResult, templates: Path) -> bytes | None:
    """The clean copy, or None when it is not asked for. Raises errors.TemplateError."""
    if not result.settings.documents.clean_copy:
        return None
    return saksfremlegg.clean_copy(saksfremlegg.render(result, templates))
