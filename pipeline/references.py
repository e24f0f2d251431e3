"""Passage numbers in vedlegg 2: one numbering that the case document, vedlegg 2 and the page share."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import CaseResult, Document, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A numbered passage of vedlegg 2. ``label`` is "3.4", ``bookmark`` a legal Word bookmark name."""

    statement_id: str
    label: str
    bookmark: str


def answers_in_order(result: CaseResult) -> tuple[tuple[tuple[str, ...], Document], ...]:
    """Current answers with their bodies: bodies in configured order, a joint answer once, at its first body.

    Answers without a known body come last, with no bodies.
    """
    order = {name: i for i, name in enumerate(result.settings.body_names())}
    answers = [d for d in result.documents if d.current_answer]
    return tuple((d.bodies, d) for d in sorted(
        answers, key=lambda d: ([order.get(b, len(order)) for b in d.bodies] or [len(order) + 1], d.source)))


def passages(result: CaseResult) -> dict[str, Passage]:
    """Statement id -> its passage. Sections count bodies ("1" is the first that answered), numbers run within.

    Every statement that is not noise has one.
    """
    by_source: dict[str, list[Statement]] = {}
    for statement in result.statements:
        by_source.setdefault(statement.source, []).append(statement)
    numbers: dict[str, Passage] = {}
    section, running, last = 0, 0, None
    for bodies, document in answers_in_order(result):
        if bodies != last or last is None:
            section, running, last = section + 1, 0, bodies
        for statement in sorted(by_source.get(document.source, ()), key=lambda s: s.start):
            if statement.type != "noise":
                running += 1
                numbers[statement.id] = Passage(
                    statement_id=statement.id, label=f"{section}.{running}", bookmark=f"ssu_{statement.id}")
    return numbers
