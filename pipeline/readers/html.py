"""Saved web pages."""

from __future__ import annotations

import re

from pipeline.errors import Unreadable
from pipeline.model import Content
from pipeline.readers import _encoding, _html

NAME = "html"
SUFFIXES = (".html", ".htm", ".xhtml")
_START = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
_TAGS = re.compile(rb"<(?:body|p|div|table|h[1-6]|br|span)[\s/>]", re.IGNORECASE)


def sniff(data: bytes, name: str) -> int:
    """3 for a page's first tag, 2 for tags under our endings, 1 for our endings alone."""
    head = data[:3000]
    if _encoding.is_wide(head) or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\0", b"")[2 if head[:1] in b"\xff\xfe" else 0 :]
    if _START.match(head.removeprefix(b"\xef\xbb\xbf")):
        return 3
    if name.lower().endswith(SUFFIXES):
        return 2 if _TAGS.search(head) else 1
    return 0


def read(data: bytes, name: str, options) -> Content:
    """What a browser would show, tables as cells. Raises Unreadable when there is no text."""
    blocks, properties = _html.blocks(data)
    if not blocks:
        raise Unreadable("Siden har ingen tekst.", "Lagre den som PDF fra nettleseren, og legg den inn på nytt.")
    return Content(
        format=NAME,
        blocks=tuple(blocks),
        properties=tuple(sorted(properties.items())),
        findings=_encoding.broken_letters("\n".join(b.text for b in blocks)),
    )
