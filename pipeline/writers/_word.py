"""Word documents from templates: fill strictly, turn marks into evidence, finish, save as stable bytes.

For a writer::

    marks = _word.Marks()
    context = {"tittel": title, "punkter": [{"tekst": marks.comment(pieces, text)}]}
    document = _word.render(templates / TEMPLATE, context, marks=marks, day=day)
    # anything else with python-docx: compose, add tables
    return _word.to_bytes(document, title=title, day=day)

A value may be text, number, date, True/False, None, a list, a dict or a dataclass of these. In the template a
dict's values are reached as ``{{ sak.nummer }}``. Everything is escaped, so an answer's ``<``, ``&`` and ``{{``
come through as they are; a line break becomes Word's line break. ``check_template`` reports every unknown or
broken tag. All failures are ``errors.TemplateError`` in Norwegian, with the tag and its paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pipeline import spare
from pipeline.writers._word_aside import Shelf
from pipeline.writers._word_check import check_template
from pipeline.writers._word_contents import Contents, Headings, write_contents
from pipeline.writers._word_finish import (
    AUTHOR,
    LANGUAGE,
    add_table_text,
    finish,
    keep_with_next,
    set_document_language,
    stable_zip,
    to_bytes,
)
from pipeline.writers._word_marks import Marks, Piece, apply
from pipeline.writers._word_template import fill
from pipeline.writers._word_values import ANY, LEAF, as_context, clean_text, join_marked, shape_of
from pipeline.writers._word_xml import element, field, put, set_language, text_run

__all__ = [
    "ANY", "AUTHOR", "LANGUAGE", "LEAF", "Contents", "Headings", "Marks", "Piece", "Shelf", "add_table_text", "check_template",
    "clean_text", "element", "field", "finish", "join_marked", "keep_with_next", "put", "render", "set_document_language", "set_language",
    "shape_of", "stable_zip", "template_for", "templates_of", "text_run", "to_bytes", "write_contents",
]


def template_for(templates: Path, name: str, *, nynorsk: bool) -> Path:
    """The template "name", or its "name-nynorsk" when that is wanted and there."""
    own = _nynorsk(templates / name)
    return own if nynorsk and own.is_file() else templates / name


def templates_of(templates: Path, name: str) -> list[Path]:
    """The template "name", and "name-nynorsk" when there is one."""
    own = _nynorsk(templates / name)
    return [templates / name, *([own] if own.is_file() else [])]


def _nynorsk(template: Path) -> Path:
    return template.with_name(f"{template.stem}-nynorsk{template.suffix}")


def render(template: Path, context: Mapping[str, object] | object, *, marks: Marks | None = None,
           day: date | None = None):
    """The filled template as a python-docx Document, marks already turned into bookmarks and comments.

    ``context``: a mapping or a dataclass (see the module). ``day`` dates the comments. Raises errors.TemplateError.
    """
    document = fill(template, vars(as_context(context)))
    spare.trim()  # the text was parsed several times
    apply(document, marks or Marks(), author=AUTHOR, day=day or date(1980, 1, 1))
    return document
