"""Sentences of a paragraph tell of each other's theme; paragraphs do not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language import continuity
from pipeline.model import Statement


def row(*shares: float) -> np.ndarray:
    return np.array(shares)


def test_a_sentence_without_a_theme_takes_that_of_its_neighbours():
    own = np.array([row(0.8, 0.1, 0.1), row(0.3, 0.34, 0.36), row(0.8, 0.1, 0.1)])
    assert continuity.settled(own, [slice(0, 3)], "aaa").argmax(axis=1).tolist() == [0, 0, 0]


def test_a_sentence_that_is_plain_keeps_its_theme():
    own = np.array([row(0.8, 0.1, 0.1), row(0.02, 0.96, 0.02), row(0.8, 0.1, 0.1)])
    assert continuity.settled(own, [slice(0, 3)], "aaa").argmax(axis=1).tolist() == [0, 1, 0]


def test_other_paragraphs_are_not_heard():
    own = np.array([row(0.9, 0.1), row(0.45, 0.55)])
    assert np.array_equal(continuity.settled(own, [slice(0, 1), slice(1, 2)], "aa"), own)


def test_paragraphs_are_runs_of_one_block_of_one_source():
    def at(source: str, block: int) -> Statement:
        return Statement(id="", source=source, start=0, end=1, text="x", locator="", block=block)

    said = [at("a", 1), at("a", 1), at("a", 2), at("b", 2), at("b", 2)]
    assert list(continuity.paragraphs(said)) == [slice(0, 2), slice(2, 3), slice(3, 5)]
    assert list(continuity.paragraphs([])) == []


@given(st.lists(st.lists(st.floats(0.001, 1), min_size=3, max_size=3), min_size=1, max_size=12))
def test_settled_rows_are_distributions_and_do_not_depend_on_reading_direction(weights):
    own = np.array(weights)
    own /= own.sum(axis=1, keepdims=True)
    out = continuity.settled(own, [slice(0, len(own))], "a" * len(own))
    assert out.sum(axis=1) == pytest.approx(np.ones(len(own)))
    assert out == pytest.approx(continuity.settled(own[::-1], [slice(0, len(own))], "a" * len(own))[::-1])


@settings(deadline=None)
@given(st.integers(1, 4000))
def test_long_paragraphs_do_not_run_out_of_numbers(length):
    out = continuity.settled(np.tile(row(1e-9, 1 - 1e-9), (length, 1)), [slice(0, length)], "a" * length)
    assert np.isfinite(out).all()


def test_how_much_a_document_keeps_to_its_subject_is_learnt_from_it():
    """The same paragraph, in an answer that dwells on each thing and in one that leaps about."""
    dwells = [row(0.9, 0.05, 0.05)] * 8
    leaps = [row(0.9, 0.05, 0.05), row(0.05, 0.9, 0.05), row(0.05, 0.05, 0.9)] * 3
    asked = [row(0.8, 0.1, 0.1), row(0.28, 0.36, 0.36), row(0.8, 0.1, 0.1)]

    def share(others: list[np.ndarray]) -> float:
        own = np.array([*asked, *others])
        return continuity.settled(own, [slice(0, 3), slice(3, len(own))], "a" * len(own))[1, 0]

    assert share(dwells) > share([]) > share(leaps)


@given(st.lists(st.integers(1, 6), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_a_document_is_heard_the_same_beside_others(lengths, chance):
    """Paragraphs of any lengths are computed side by side, and other documents change nothing."""
    own = np.array([[chance.random() + 0.01 for _ in range(3)] for _ in range(sum(lengths))])
    own /= own.sum(axis=1, keepdims=True)
    ends = np.cumsum(lengths).tolist()
    runs = [slice(end - length, end) for end, length in zip(ends, lengths, strict=True)]
    documents = [n % 2 for n, length in enumerate(lengths) for _ in range(length)]
    together = continuity.settled(own, runs, documents)
    for n in (0, 1):
        alone = continuity.settled(own, runs[n::2], documents)
        for run in runs[n::2]:
            assert together[run] == pytest.approx(alone[run], abs=1e-6)
