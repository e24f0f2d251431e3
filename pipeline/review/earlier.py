"""What the version before this one said, from the data files that the last run left."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from pipeline.model import Document, Earlier, Finding, Point, Register, Statement


def read(data: Path) -> Earlier | None:
    """The case as the files in ``data`` (``outputs/<case>/data``) tell it, or None when there is no whole set of them.

    To be called before this run writes its own. Documents come without text and blocks, statements without the
    scores of their themes. A file that is damaged or of another version's shape gives None: news is a service,
    and no run stops for it.
    """
    try:
        run = json.loads((data / "run.json").read_text(encoding="utf-8"))
        register = json.loads((data / "register.json").read_text(encoding="utf-8"))
        return Earlier(
            made=_day(run.get("finished")),
            documents=tuple(_record(Document, {**d, "text": ""}) for d in _lines(data / "documents.jsonl")),
            statements=tuple(_record(Statement, {**s, "themes": ()}) for s in _lines(data / "statements.jsonl")),
            points=tuple(_record(Point, p) for p in _lines(data / "points.jsonl")),
            register=_record(Register, {k: v for k, v in register.items() if k != "answers"}),
            findings=tuple(_record(Finding, f) for f in register["findings"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _lines(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _record(kind: type, values: dict):
    """The noun with those of ``values`` that are its fields; lists become tuples, null what the field starts as."""
    known = {f.name: f for f in dataclasses.fields(kind)}
    given = {}
    for key, value in values.items():
        if key in known and value is not None:
            if key == "dated":
                value = date.fromisoformat(value)
            given[key] = tuple(value) if isinstance(value, list) else value
    return kind(**given)


def _day(text: str | None) -> date | None:
    return datetime.fromisoformat(text).date() if text else None
