"""A paragraph keeps to its subject: what its other sentences are about tells what a sentence is about.

"Da satt vi fast i fem døgn" names no theme; the sentence before it, about the landslide, does. The sentences of one
paragraph (one cell, one list item) are read as a chain in which each keeps the theme of the one before with
probability ``STAY`` and otherwise turns to any theme; the chain's posterior is exact (forward-backward, Rabiner 1989).
A sentence that is plainly about something else keeps its own theme. Paragraphs do not tell of each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.model import Statement

# Of two neighbours in a paragraph of benchmarks/cases, .4 (answers that leap about) to 1.0 (letters) share a theme.
# .4 to .7 do equally well; with less, letters gain less, with more, those that leap lose.
STAY = 0.5


def paragraphs(statements: Sequence[Statement]) -> Iterator[slice]:
    """The runs of statements that stand in the same paragraph."""
    start = 0
    for at in range(1, len(statements) + 1):
        if at == len(statements) or (statements[at].source, statements[at].block) != (
                statements[start].source, statements[start].block):
            yield slice(start, at)
            start = at


def settled(own: np.ndarray, runs: Sequence[slice], stay: float = STAY) -> np.ndarray:
    """Probabilities with the rest of the paragraph heard, (n, k), from each statement's own, (n, k), rows sum to 1."""
    out = own.copy()
    for run in runs:
        rows = own[run]
        if len(rows) < 2:
            continue
        whole = _heard(rows, stay) * rows * _heard(rows[::-1], stay)[::-1]
        out[run] = whole / whole.sum(axis=1, keepdims=True)
    return out


def _heard(rows: np.ndarray, stay: float) -> np.ndarray:
    """What the rows before each one tell of it, (n, k)."""
    k = rows.shape[1]
    out = np.empty_like(rows)
    heard = np.full(k, 1 / k)
    for i, row in enumerate(rows):
        out[i] = heard
        here = heard * row
        heard = stay * here / here.sum() + (1 - stay) / k
    return out
