"""Vedlegg 2 for publication, when ``documents.clean_copy`` is on: the answers without their files' comments."""

from __future__ import annotations

from pathlib import Path

from pipeline.model import CaseResult
from pipeline.writers import vedlegg2_word

NAME = "vedlegg-2-innspill-til-publisering.docx"
TEMPLATE = None  # made from vedlegg 2's own


def render(result: CaseResult, templates: Path) -> bytes | None:
    """The copy for publication, or None when it is not asked for. Raises errors.TemplateError."""
    if not result.settings.documents.clean_copy:
        return None
    return vedlegg2_word.clean_copy(vedlegg2_word.render(result, templates, comments=False))
