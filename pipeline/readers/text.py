"""Plain text and Markdown, in whatever encoding it was saved."""

from __future__ import annotations

import re

from pipeline.errors import Unreadable
from pipeline.model import Content
from pipeline.readers import _encoding, _lines

NAME = "txt"
SUFFIXES = (".txt", ".md", ".markdown", ".text", ".log")
_MARKDOWN = (".md", ".markdown")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def sniff(data: bytes, name: str) -> int:
    """2 for text under one of our endings, 1 for bytes that read as text under any other."""
    head = data[:8000]
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff") or _encoding.is_wide(head)
    looks = wide or len(_CONTROL.findall(head)) <= len(head) // 200
    if name.lower().endswith(SUFFIXES):
        return 2 if looks else 1
    return 1 if looks and (wide or b"\0" not in head) else 0


def read(data: bytes, name: str, options) -> Content:
    """Paragraphs, headings and items with locator ``line=12``. Raises Unreadable when there is no text."""
    text = _encoding.decode(data)
    markdown = name.lower().endswith(_MARKDOWN)
    blocks = _lines.blocks(_lines.split(text), markdown=markdown)
    if not blocks:
        raise Unreadable("Filen har ingen tekst.", "Be avsenderen sende den på nytt.")
    return Content(
        format="md" if markdown else NAME,
        blocks=tuple(blocks),
        findings=_encoding.broken_letters("\n".join(b.text for b in blocks)),
    )
