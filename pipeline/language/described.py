"""Themes of which nothing but a description is known: scores by likeness, then by the case's own statements.

A theme begins as what the case says about it (title, description, examples, the questions that feed it).
Then the statements of the case teach: those that stand under a theme's question, and those that are like it
already, move the theme's centre towards the words that are used in this case. A statement never
teaches its own score (its share is taken out), so that one under the wrong heading can still be seen. Half of the
score stays with the descriptions alone: what the case teaches may be wrong.

Some descriptions are like everything (a hub: Radovanović et al. 2010), and would draw statements of all themes. How
like a theme is to the statements likest it is therefore taken out, in part (Lample et al. 2018 do so with words).

Whoever writes has words of their own: what a school says of money, staff and systems is all about pupils, and lies near the
theme that speaks of pupils. What the statements of one body have in common is therefore taken out of their vectors, in
part, unless they seem to be about one theme: then what they have in common may be the theme.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pipeline.language.theme_model import log_softmax

ROUNDS = 1  # more gained nothing with questions and lost a little without
# How many statements a description weighs as much as; measured with the standard themes described only.
DESCRIPTION_WEIGHT = 4.0
TAUGHT = 0.5  # share of the score after the case has taught; held-out hearings +.01, cases of other authors +.01 to +.03
HUB = 0.5  # share of a theme's likeness to its likest statements that is taken out; +.01 and +.02
HUB_FEW = 20  # a case of so few statements shows half of how its themes draw
VOICE = 0.7  # share of a body's own mean that is taken out of its vectors; +.01 with questions and +.02 without
VOICE_FEW = 5  # a body of so few statements shows half of how it words things
# From where to where a body speaks of one theme: the theme's share above an even one, of the most there can be. In an
# answer about one theme alone all that they have in common is the theme; half of it taken out cost .13, with these .02.
ONE_THEME = 0.22, 0.40
MEAN_WEIGHT = 60.0  # the training mean counts as so many statements when the case's mean is taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Weights of the two views: likeness of vectors and likeness of words, with and without the encoder."""

    vectors: float = 6.0
    words: float = 12.0
    words_alone: float = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Statements whose theme a person has set. ``labels``: shares, (m, k); ``vectors`` None without encoder."""

    rows: object
    vectors: np.ndarray | None
    labels: np.ndarray


SCALE = Scale()


def scores(rows: object, vectors: np.ndarray | None, proto_rows: object, protos: np.ndarray | None,
           log_prior: np.ndarray, mean: np.ndarray, *, known: Known | None = None, scale: Scale = SCALE,
           rounds: int = ROUNDS, settle: Callable[[np.ndarray], np.ndarray] | None = None,
           voices: np.ndarray | None = None) -> np.ndarray:
    """Log-probabilities of the themes from the text, (n, k).

    ``rows``: weighted lexical rows of the statements, (n, COLUMNS); ``vectors``: their raw vectors or None;
    ``proto_rows`` (k, COLUMNS) and ``protos`` (k, 384): the same for the descriptions; ``log_prior`` (n, k)
    is used to teach the themes, not added to the result; ``mean``: the training mean of the vectors; ``settle``: lets
    the probabilities of sentences that stand together hear each other before they teach (.006 on other authors' cases);
    ``voices``: who says each statement, (n,) small integers.
    """
    from scipy.sparse import csr_matrix

    words = _unit_rows(proto_rows) * DESCRIPTION_WEIGHT
    x = p = None
    if vectors is not None:
        own = (vectors.sum(axis=0) + MEAN_WEIGHT * mean) / (len(vectors) + MEAN_WEIGHT)
        x = _unit(vectors - own)
        p = _unit(protos - (protos.mean(axis=0) if len(protos) > 1 else mean)) * DESCRIPTION_WEIGHT
    if known is not None:
        words = (words + csr_matrix(known.labels.T) @ known.rows).tocsr() if len(known.labels) else words
        if x is not None and len(known.labels):
            p = p + known.labels.T @ _unit(known.vectors - own)
    nothing = np.zeros_like(log_prior)

    def like(taught: np.ndarray) -> np.ndarray:
        by_words = _evened(_taught_words(rows, words, taught))
        if x is None:
            return log_softmax(scale.words_alone * by_words)
        return log_softmax(scale.words * by_words + scale.vectors * _evened(_taught_vectors(x, p, taught)))

    if x is not None and voices is not None:
        x = _unit(_without_voice(vectors - own, voices, np.exp(log_softmax(like(nothing) + log_prior))))
    result = untaught = like(nothing)
    for _ in range(rounds):
        posterior = np.exp(log_softmax(result + log_prior))
        if settle is not None:
            posterior = settle(posterior)
        result = like(posterior * posterior.max(axis=1, keepdims=True) ** 2)  # the unsure hardly teach
    return log_softmax(TAUGHT * result + (1 - TAUGHT) * untaught) if rounds else result


def _without_voice(centred: np.ndarray, voices: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Vectors (n, 384) without what those of one body have in common; ``shares``: the themes' probabilities, (n, k)."""
    count = np.bincount(voices).astype(float)
    mean = np.stack([np.bincount(voices, column) for column in centred.T], axis=1) / np.maximum(count, 1)[:, None]
    theme = np.stack([np.bincount(voices, column) for column in shares.T], axis=1).max(axis=1) / np.maximum(count, 1)
    even, (low, high) = 1 / shares.shape[1], ONE_THEME
    above = (theme - even) / max(1 - even, 1e-9)
    share = VOICE * np.clip((high - above) / (high - low), 0, 1) * count / (count + VOICE_FEW)
    return centred - (share[:, None] * mean)[voices]


def _evened(likeness: np.ndarray) -> np.ndarray:
    """Likeness (n, k) without what a theme has with everything: its mean over half of an even share of the statements."""
    n, k = likeness.shape
    likest = -np.sort(-likeness, axis=0)[: max(1, n // (2 * k))]
    return likeness - HUB * n / (n + HUB_FEW) * likest.mean(axis=0, keepdims=True) if n else likeness


def _taught_words(rows: object, proto_rows: object, taught: np.ndarray) -> np.ndarray:
    """Cosine of each row with each theme's sum of description and taught rows, its own share taken out."""
    dense = np.asarray(rows.T @ taught) + proto_rows.toarray().T  # (COLUMNS, k)
    norms = (dense**2).sum(axis=0)
    dots = np.asarray(rows @ dense)
    own = np.asarray(rows.multiply(rows).sum(axis=1))  # (n, 1)
    without = dots - taught * own
    length = np.sqrt(np.maximum(norms - 2 * taught * dots + taught**2 * own, 1e-9))
    return without / (length * np.sqrt(np.maximum(own, 1e-9)))


def _taught_vectors(x: np.ndarray, p: np.ndarray, taught: np.ndarray) -> np.ndarray:
    total = taught.T @ x + p  # (k, 384)
    norms = (total**2).sum(axis=1)
    dots = x @ total.T
    length = np.sqrt(np.maximum(norms - 2 * taught * dots + taught**2, 1e-9))
    return (dots - taught) / length


def _unit(a: np.ndarray) -> np.ndarray:
    return a / np.maximum(np.linalg.norm(a, axis=1, keepdims=True), 1e-9)


def _unit_rows(rows: object) -> object:
    from scipy.sparse import diags

    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return (diags(1 / np.maximum(lengths, 1e-9)) @ rows).tocsr()
