"""Themes of which nothing but a description is known."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from pipeline.language import described


def _scores(vectors: np.ndarray, protos: np.ndarray, prior: np.ndarray | None = None, **changes) -> np.ndarray:
    n, k = len(vectors), len(protos)
    return described.scores(csr_matrix((n, 8)), vectors, csr_matrix((k, 8)), protos,
                            np.zeros((n, k)) if prior is None else prior, np.zeros(vectors.shape[1]), **changes)


def _around(centre: int, n: int, spread: float, rng: np.random.Generator) -> np.ndarray:
    return np.eye(6)[centre] + spread * rng.standard_normal((n, 6))


def test_a_theme_that_is_like_everything_draws_less():
    """What a theme has in common with all statements is taken out in part, and less where few statements show it."""
    for n, left in ((20, 0.75), (2000, 0.505)):
        likeness = np.full((n, 2), 0.1)
        likeness[:, 1] += 0.4  # a hub
        evened = described._evened(likeness)
        assert np.allclose(evened[:, 1] - evened[:, 0], 0.4 * left, atol=0.001)


def test_a_theme_with_statements_of_its_own_keeps_them():
    """The likeness that tells its own statements from the others is left as it is."""
    likeness = np.zeros((60, 3))
    likeness[np.arange(60), np.repeat(range(3), 20)] = 0.5
    assert (described._evened(likeness).argmax(axis=1) == np.repeat(range(3), 20)).all()


def test_what_the_case_teaches_never_outweighs_the_descriptions():
    """A few statements under the wrong question do not turn a theme into another."""
    rng = np.random.default_rng(2)
    statements = np.concatenate([_around(theme, 12, 0.2, rng) for theme in range(3)])
    prior = np.zeros((36, 3))
    prior[:4, 1] = 2.0  # four of the first theme's stand under the second's question
    assert (_scores(statements, np.eye(6)[:3], prior)[:12].argmax(axis=1) == 0).all()


def test_what_an_answer_has_in_common_does_not_draw_all_of_it_to_one_theme():
    """A school speaks of pupils whatever it speaks of: beside answers in other words its statements go by what differs."""
    rng = np.random.default_rng(4)
    themes = np.tile(range(4), 8)
    statements = np.concatenate([_around(theme, 1, 0.05, rng) for theme in themes])
    voices = np.repeat([0, 1], 16)
    statements[:16] += 1.15 * np.eye(6)[3]  # the first answer's own words, near to the last theme
    statements[16:] += 1.15 * np.eye(6)[5]
    right = [(_scores(statements, np.eye(6)[:4], voices=v)[:16].argmax(axis=1) == themes[:16]).mean() for v in (None, voices)]
    assert right[0] < 0.8 and right[1] > 0.9


def test_an_answer_about_one_theme_keeps_it():
    """Where all of an answer seems to be about one theme, what it has in common is that theme."""
    rng = np.random.default_rng(5)
    statements = np.concatenate([_around(theme, 10, 0.3, rng) for theme in range(4)])
    voices = np.repeat(range(4), 10)
    assert (_scores(statements, np.eye(6)[:4], voices=voices).argmax(axis=1) == voices).mean() >= 0.9


def test_a_case_of_one_statement_has_scores():
    """Probabilities of every theme, whatever the size."""
    for n in (0, 1, 2):
        scores = _scores(np.ones((n, 6)), np.eye(6)[:3], voices=np.zeros(n, dtype=int))
        assert scores.shape == (n, 3)
        assert np.allclose(np.exp(scores).sum(axis=1), 1)
