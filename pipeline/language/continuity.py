"""A paragraph keeps to its subject: what its other sentences are about tells what a sentence is about.

"Da satt vi fast i fem døgn" names no theme; the sentence before it, about the landslide, does. The sentences of one
paragraph (one cell, one list item) are read as a chain in which each keeps the theme of the one before with some
probability and otherwise turns to any theme; the chain's posterior is exact (forward-backward, Rabiner 1989).
A sentence that is plainly about something else keeps its own theme. Paragraphs do not tell of each other.

Some write letters that dwell on each thing, some leap about: how much a document keeps to its subject is learnt from it
(expectation-maximisation, the same source), beginning at ``STAY``.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

import numpy as np

from pipeline.model import Statement

# Of two neighbours in a paragraph of benchmarks/cases, .4 (answers that leap about) to 1.0 (letters) share a theme.
# As one number for all, .4 to .7 do equally well.
STAY = 0.5
# How many neighbours ``STAY`` counts as beside a document's own, and how often they are counted. Learnt from each document it
# gains .002 with questions and .002 without in 121 cases, .000 and .003 in 56 others; 20 for 10 gains less.
KNOWN, ROUNDS = 10.0, 3
LEAST, MOST = 0.05, 0.9
_AT_ONCE = 1 << 20  # numbers


def paragraphs(statements: Sequence[Statement]) -> Iterator[slice]:
    """The runs of statements that stand in the same paragraph."""
    start = 0
    for at in range(1, len(statements) + 1):
        if at == len(statements) or (statements[at].source, statements[at].block) != (
                statements[start].source, statements[start].block):
            yield slice(start, at)
            start = at


def settled(own: np.ndarray, runs: Sequence[slice], documents: Sequence[Hashable]) -> np.ndarray:
    """Probabilities with the rest of the paragraph heard, (n, k), from each statement's own, (n, k), rows sum to 1.

    ``documents``: that of each statement, (n,).
    """
    out = own.copy()
    long = sorted((run for run in runs if run.stop - run.start > 1), key=lambda run: run.stop - run.start)
    if not long:
        return out
    numbers = {document: n for n, document in enumerate(dict.fromkeys(documents[run.start] for run in long))}
    of = np.array([numbers[documents[run.start]] for run in long])
    parts = [(part, _side_by_side(own, long[part])) for part in _of_like_length(long, own.shape[1])]
    neighbours = np.bincount(of, [run.stop - run.start - 1 for run in long])
    stay = np.full(len(numbers), STAY)
    for _ in range(ROUNDS):
        kept = np.concatenate([_heard(rows, many, stay[of[part]])[1] for part, (rows, many) in parts])
        learnt = (KNOWN * STAY + np.bincount(of, kept)) / (KNOWN + neighbours)
        stay = np.clip(np.round(learnt, 9), LEAST, MOST)  # the order of summation must not decide
    for part, (rows, many) in parts:
        for run, heard in zip(long[part], _heard(rows, many, stay[of[part]])[0], strict=True):
            out[run] = heard[: run.stop - run.start]
    return out


def _of_like_length(runs: Sequence[slice], k: int) -> Iterator[slice]:
    """Parts of the runs, the shortest first, that fill no more than ``_AT_ONCE`` numbers when each is as long as the longest."""
    start = 0
    for at in range(1, len(runs) + 1):
        if at == len(runs) or (at + 1 - start) * (runs[at].stop - runs[at].start) * k > _AT_ONCE:
            yield slice(start, at)
            start = at


def _side_by_side(own: np.ndarray, runs: Sequence[slice]) -> tuple[np.ndarray, np.ndarray]:
    """The rows of each run, (r, m, k), those behind its end about anything, which tells nothing; and how many are its own, (r,)."""
    many = np.array([run.stop - run.start for run in runs])
    rows = np.full((len(runs), many.max(), own.shape[1]), 1 / own.shape[1])
    for n, run in enumerate(runs):
        rows[n, : many[n]] = own[run]
    return rows, many


def _heard(rows: np.ndarray, many: np.ndarray, stay: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of ``_side_by_side``: the runs' posteriors, (r, m, k), and how many keep the theme of the one before, (r,)."""
    runs, longest, k = rows.shape
    keep = stay[:, None]
    before = np.empty_like(rows)  # each with those before it
    after = np.ones_like(rows)  # what those behind tell of each
    heard = np.full((runs, k), 1 / k)
    for i in range(longest):
        before[:, i] = heard * rows[:, i]
        before[:, i] /= before[:, i].sum(axis=1, keepdims=True)
        heard = keep * before[:, i] + (1 - keep) / k
    kept = np.zeros(runs)
    for i in range(longest - 2, -1, -1):
        told = rows[:, i + 1] * after[:, i + 1]
        same, other = stay * (before[:, i] * told).sum(axis=1), (1 - stay) * told.mean(axis=1)
        kept += np.where(i + 1 < many, same / (same + other), 0.0)
        after[:, i] = keep * told + (1 - keep) * told.mean(axis=1, keepdims=True)
        after[:, i] /= after[:, i].sum(axis=1, keepdims=True)
    whole = before * after
    return whole / whole.sum(axis=2, keepdims=True), kept
