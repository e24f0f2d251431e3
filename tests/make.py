"""Small builders that several tests use."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline import config
from pipeline.model import Block, Document, assemble
from pipeline.readers._common import split_marker

ROOT = Path(__file__).parent.parent


def settings(**changes) -> config.Settings:
    """The shipped settings, with changes to fields of ``config.Settings``."""
    from dataclasses import replace

    return replace(config.load(ROOT / "config.toml"), **changes)


def document(source: str, *lines: str | Block, **fields) -> Document:
    """A document of one block a line; "# " begins a heading, a printed number or bullet an item."""
    blocks = []
    for i, line in enumerate(lines, 1):
        if isinstance(line, Block):
            blocks.append(line)
            continue
        heading = line.startswith("# ")
        marker, text = split_marker(line.removeprefix("# "))
        blocks.append(Block(text=text, kind="heading" if heading else "item" if marker else "paragraph",
                            level=1 if heading else 0, marker=marker, locator=f"paragraph={i}"))
    text, placed = assemble(blocks)
    given = {"format": "docx", "sha256": hashlib.sha256((source + text).encode()).hexdigest()}
    return Document(source=source, text=text, blocks=placed, **{**given, **fields})
