"""Passage numbers in vedlegg 2: one numbering that the case document, vedlegg 2 and the page share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from pipeline.model import CaseResult, Document, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A numbered passage of vedlegg 2. ``label`` is "3.4", ``bookmark`` a legal Word bookmark name."""

    statement_id: str
    label: str
    bookmark: str


def answers_in_order(result: CaseResult) -> tuple[tuple[tuple[str, ...], Document], ...]:
    """Current answers with their bodies: bodies in configured order, then joint answers, a body's own by date.

    Answers without a known body come last, with no bodies.
    """
    order = {name: i for i, name in enumerate(result.settings.body_names())}
    answers = [d for d in result.documents if d.current_answer]
    return tuple((d.bodies, d) for d in sorted(answers, key=lambda d: (
        not d.bodies, len(d.bodies) > 1, [order.get(b, len(order)) for b in d.bodies] or [len(order) + 1], d.dated or date.max, d.source)))


def passages(result: CaseResult) -> dict[str, Passage]:
    """Statement id -> its passage: the number of the answer's section, and a running number within.

    Every statement that is not noise has one. Numbers hold when further bodies answer (``sections``).
    """
    by_source: dict[str, list[Statement]] = {}
    for statement in result.statements:
        by_source.setdefault(statement.source, []).append(statement)
    numbers: dict[str, Passage] = {}
    section_of = sections(result)
    running: Counter[int] = Counter()
    for bodies, document in answers_in_order(result):
        section = section_of[bodies]
        for statement in sorted(by_source.get(document.source, ()), key=lambda s: s.start):
            if statement.type != "noise":
                running[section] += 1
                numbers[statement.id] = Passage(
                    statement_id=statement.id, label=f"{section}.{running[section]}", bookmark=f"ssu_{statement.id}")
    return numbers


def sections(result: CaseResult) -> dict[tuple[str, ...], int]:
    """The bodies of an answer -> its section's number in vedlegg 2.

    A body has its number from its place among those that are asked, whoever has answered, so that a late answer
    renumbers nobody. Joint answers come after them, answers without a known body last.
    """
    order = result.settings.body_names()
    numbers = {(name,): i for i, name in enumerate(order, 1)}
    for bodies, _ in answers_in_order(result):
        if bodies and bodies not in numbers:
            numbers[bodies] = len(numbers) + 1
    return numbers | {(): len(numbers) + 1}
