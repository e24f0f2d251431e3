"""Makes ``themes.npz`` from the training statements: ``python -m pipeline.language.build`` after changing them.

scikit-learn fits the logistic regressions; nothing here is needed at run time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from pipeline.language import encoder, lexical, theme_model, train_encoder
from pipeline.language.theme_model import NONE, Example, Model, log_softmax

FOLDS = 6


def folds(voices: Sequence[str], number: int = FOLDS) -> np.ndarray:
    """A fold for each statement, (n,): whole voices, dealt by size so that folds are about equal."""
    sizes = Counter(voices)
    load = [0] * number
    where = {}
    for voice in sorted(sizes, key=lambda v: (-sizes[v], v)):
        fold = int(np.argmin(load))
        where[voice] = fold
        load[fold] += sizes[voice]
    return np.array([where[v] for v in voices])


def words_only(keys: Sequence[str], folder: Path = train_encoder.POINTS) -> tuple[Example, ...]:
    """The statements on the standard themes that the encoder was taught with: they may teach the word model only.

    Their vectors lie closer to their themes than those of any text that the encoder has not seen.
    """
    found = []
    for name, case in train_encoder.cases(folder).items():
        if name not in train_encoder.HELD_OUT and set(case.keys) <= set(keys):
            for group in case.groups:
                for text, themes in (*group.same, *group.opposite, *group.near):
                    found.append(Example(id=f"{name}{len(found)}", text=text, labels=themes, language="nb",
                                         question=None, voice=name))
    return tuple(found)


def train(rows: Sequence[Example], vectors: np.ndarray, *, keys: Sequence[str] | None = None,
          mix: bool = True, more: Sequence[Example] = ()) -> Model:
    """The model of these statements; ``vectors`` are their raw encoder vectors, (n, 384). ``more``: see ``words_only``.

    Bare answers ("Ja.") teach nothing: they belong to whatever they answer. ``mix=False`` leaves the weights of
    the two views and of "none" at a neutral start, for inner folds.
    """
    keys = tuple(keys or dict.fromkeys(r.label for r in rows if r.label != NONE))
    kept = [i for i, r in enumerate(rows) if r.label == NONE or not lexical.says_nothing(r.text)]
    every, rows, vectors = vectors, [rows[i] for i in kept], vectors[kept]
    is_none = np.array([r.label == NONE for r in rows])
    labels = _weighed(rows, keys)
    found = lexical.counts([r.text for r in rows])
    further = lexical.counts([r.text for r in more])
    idf = lexical.inverse_frequency(found)
    weighted = lexical.weighted(found, idf)
    sums = lexical.class_sums(weighted[~is_none], labels[~is_none])
    if more:
        sums = sums + lexical.class_sums(lexical.weighted(further, idf), theme_model.shares([r.labels for r in more], list(keys)))
    gate = np.stack([~is_none, is_none], axis=1).astype(np.float32)
    none_sums = lexical.class_sums(weighted, gate)
    mean = vectors[~is_none].mean(axis=0)
    slope, offset = _regression(vectors[~is_none] - mean, labels[~is_none])
    none_slope, none_offset = _regression(vectors - mean, gate) if is_none.any() else (np.zeros((384, 2)), np.zeros(2))
    model = Model(
        keys=keys, idf=idf, sums=sums, none_sums=none_sums, mean=mean, slope=slope, offset=offset,
        none_slope=none_slope[:, 1] - none_slope[:, 0], none_offset=float(none_offset[1] - none_offset[0]),
        mix=np.array([2.0, 0.5, 4.0]), none_mix=np.array([1.0, 0.5, 0.0, 2.0, 0.0]), vectors=every,
        encoder="", data="")
    return _fit_mix(model, rows, vectors, more) if mix else model


def _weighed(rows: Sequence[Example], keys: Sequence[str]) -> np.ndarray:
    """``theme_model.shares`` of the statements, each times its weight, (n, k)."""
    return np.array([r.weight for r in rows])[:, None] * theme_model.shares([r.labels for r in rows], list(keys))


def _regression(x: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Logistic regression on shares (a statement of two themes counts in both); slopes (384, k), offsets (k,)."""
    from sklearn.linear_model import LogisticRegression

    which, theme = np.nonzero(labels)
    fitted = LogisticRegression(C=theme_model.STRENGTH, max_iter=1000, tol=1e-3).fit(
        x[which], theme, sample_weight=labels[which, theme])
    if len(fitted.classes_) == 2:
        slope, offset = np.zeros((x.shape[1], 2)), np.zeros(2)
        slope[:, 1], offset[1] = fitted.coef_[0], fitted.intercept_[0]
        return slope, offset
    return fitted.coef_.T, fitted.intercept_


def held_out(rows: Sequence[Example], vectors: np.ndarray, keys: Sequence[str], more: Sequence[Example] = ()):
    """Scores of every statement by a model that has not seen its voice.

    Returns (NB (n, k), encoder (n, k), none-NB (n,), none-encoder (n,)).
    """
    fold = folds([r.voice for r in rows])
    nb, enc = np.zeros((len(rows), len(keys))), np.zeros((len(rows), len(keys)))
    none_nb, none_enc = np.zeros(len(rows)), np.zeros(len(rows))
    for f in np.unique(fold):
        inside, outside = np.flatnonzero(fold != f), np.flatnonzero(fold == f)
        model = train([rows[i] for i in inside], vectors[inside], keys=keys, mix=False, more=more)
        found = lexical.weighted(lexical.counts([rows[i].text for i in outside]), model.idf)
        nb[outside] = model.lexical_scores(found)
        enc[outside] = model.encoder_scores(vectors[outside])
        gate = np.asarray(found @ lexical.complement_weights(model.none_sums))
        none_nb[outside] = gate[:, 1] - gate[:, 0]
        none_enc[outside] = (vectors[outside] - model.mean) @ model.none_slope + model.none_offset
    return nb, enc, none_nb, none_enc


def _fit_mix(model: Model, rows: Sequence[Example], vectors: np.ndarray, more: Sequence[Example]) -> Model:
    """Weights of the two views by likelihood on held-out voices: this is the calibration as well."""
    from scipy.optimize import minimize
    from sklearn.linear_model import LogisticRegression

    nb, enc, none_nb, none_enc = held_out(rows, vectors, model.keys, more)
    is_none = np.array([r.label == NONE for r in rows])
    labels = _weighed(rows, model.keys)[~is_none]

    def loss(weights: np.ndarray, views: Sequence[np.ndarray]) -> float:
        return -float((labels * log_softmax(sum(w * v[~is_none] for w, v in zip(weights, views, strict=True)))).mean())

    both = minimize(loss, [2.0, 0.5], args=([nb, enc],), bounds=[(0, None)] * 2).x
    alone = minimize(loss, [4.0], args=([nb],), bounds=[(0, None)]).x
    none_both = LogisticRegression(class_weight="balanced").fit(np.stack([none_nb, none_enc], 1), is_none)
    none_alone = LogisticRegression(class_weight="balanced").fit(none_nb[:, None], is_none)
    return replace(
        model, mix=np.array([*both, *alone]),
        none_mix=np.array([*none_both.coef_[0], *none_both.intercept_, *none_alone.coef_[0], *none_alone.intercept_]))


def vectors_of(rows: Sequence[Example]) -> np.ndarray:
    """The encoder's vectors of the statements, rounded as they are stored. Raises encoder.EncoderUnavailable."""
    return encoder.load().encode([r.text for r in rows]).astype(np.float16).astype(np.float32)


def main() -> None:
    rows = theme_model.examples()
    keys = tuple(dict.fromkeys(r.label for r in rows if r.label != NONE))
    model = train(rows, vectors_of(rows), keys=keys, more=words_only(keys))
    theme_model.save(replace(model, encoder=encoder.fingerprint(), data=theme_model.data_hash()))
    theme_model.load.cache_clear()


if __name__ == "__main__":
    main()
