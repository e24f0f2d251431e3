"""What was learnt from the training statements about the standard themes: built once, shipped, loaded.

``pipeline/data/training/themes*.jsonl`` holds the statements, ``themes.npz`` beside them what ``build`` makes of
them. Two views of a text, Complement naive Bayes over words and letters, and logistic regression over the
encoder's vectors, are added with weights that were fitted on voices left out of the training.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from pipeline.language import lexical

FOLDER = Path(__file__).resolve().parent.parent / "data" / "training"
WEIGHTS = FOLDER / "themes.npz"
FORMAT = 1  # of themes.npz; raise it when features or training change
NONE = "none"
STRENGTH = 10.0  # C of the logistic regression; 3 to 30 differ by less than .01 on held-out voices


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A training statement. ``labels``: its themes, the first the main one; ``question``: what it stood under.

    ``weight``: as how many it counts."""

    id: str
    text: str
    labels: tuple[str, ...]
    language: str
    question: str | None
    voice: str
    weight: float = 1.0

    @property
    def label(self) -> str:
        return self.labels[0]


def training_files(folder: Path = FOLDER) -> list[Path]:
    """The training files, sorted by name."""
    return sorted(folder.glob("themes*.jsonl"))


def examples(folder: Path = FOLDER) -> tuple[Example, ...]:
    """All training statements in the order of the files. Raises ValueError at a row that is not whole."""
    found = []
    for path in training_files(folder):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            row = json.loads(line)
            labels = tuple(row["labels"])
            if not labels or row["label"] != labels[0]:
                raise ValueError(f"{path.name}:{number}: label and labels disagree")
            found.append(Example(id=row["id"], text=row["text"], labels=labels, language=row["lang"],
                                 question=row["q"], voice=row["voice"], weight=row.get("weight", 1.0)))
    return tuple(found)


def data_hash(folder: Path = FOLDER) -> str:
    """16 hex digits over the training files' rows, whatever the line ends of the checkout."""
    digest = hashlib.sha256(str(FORMAT).encode())
    for path in [*training_files(folder), *sorted((folder / "points").glob("*.jsonl"))]:
        digest.update("\n".join(path.read_text(encoding="utf-8").splitlines()).encode())
    return digest.hexdigest()[:16]


def shares(labels: Iterable[Sequence[str]], keys: Sequence[str]) -> np.ndarray:
    """A row of shares per statement: 1 for its theme; of two themes .65 for the first, .35 for the other."""
    rows = list(labels)
    out = np.zeros((len(rows), len(keys)))
    for i, row in enumerate(rows):
        known = [k for k in row if k in keys]
        for rank, key in enumerate(known):
            out[i, keys.index(key)] = 1.0 if len(known) == 1 else (0.65 if rank == 0 else 0.35 / (len(known) - 1))
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The trained model. Arrays are float32; k themes in ``keys``, without "none"."""

    keys: tuple[str, ...]
    idf: np.ndarray  # (COLUMNS,)
    sums: np.ndarray  # (COLUMNS, k) of the themes
    none_sums: np.ndarray  # (COLUMNS, 2): a theme | none
    mean: np.ndarray  # (384,) subtracted from every vector
    slope: np.ndarray  # (384, k)
    offset: np.ndarray  # (k,)
    none_slope: np.ndarray  # (384,)
    none_offset: float
    mix: np.ndarray  # (3,): NB with encoder, encoder, NB alone
    none_mix: np.ndarray  # (5,): NB, encoder, constant; NB alone, constant
    vectors: np.ndarray  # (n, 384) float16, the training statements' vectors, "none" included
    encoder: str  # fingerprint of the encoder that made them
    data: str  # ``data_hash`` of the statements

    def lexical_scores(self, rows: object) -> np.ndarray:
        """Complement NB scores of weighted rows, (n, k), each row around 0."""
        return centred_rows(np.asarray(rows @ lexical.complement_weights(self.sums)))

    def encoder_scores(self, vectors: np.ndarray) -> np.ndarray:
        """Log-probabilities of the logistic regression, (n, k), for raw encoder vectors."""
        return log_softmax((vectors - self.mean) @ self.slope + self.offset)

    def text_scores(self, rows: object, vectors: np.ndarray | None) -> np.ndarray:
        """Calibrated log-probabilities over the themes from the text alone, (n, k)."""
        if vectors is None:
            return log_softmax(self.mix[2] * self.lexical_scores(rows))
        return log_softmax(self.mix[0] * self.lexical_scores(rows) + self.mix[1] * self.encoder_scores(vectors))

    def none_odds(self, rows: object, vectors: np.ndarray | None) -> np.ndarray:
        """Log-odds that a text is no point at all, (n,), at even prior odds."""
        nb = np.asarray(rows @ lexical.complement_weights(self.none_sums))
        nb = nb[:, 1] - nb[:, 0]
        if vectors is None:
            return self.none_mix[3] * nb + self.none_mix[4]
        enc = (vectors - self.mean) @ self.none_slope + self.none_offset
        return self.none_mix[0] * nb + self.none_mix[1] * enc + self.none_mix[2]


def centred_rows(scores: np.ndarray) -> np.ndarray:
    return scores - scores.mean(axis=1, keepdims=True)


def log_softmax(scores: np.ndarray) -> np.ndarray:
    """Row-wise log-softmax of (n, k) scores."""
    shifted = scores - scores.max(axis=1, keepdims=True, initial=-np.inf)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


@cache
def load(path: Path = WEIGHTS) -> Model:
    """The shipped model. Raises FileNotFoundError or ValueError when the installation is damaged."""
    with np.load(path, allow_pickle=False) as stored:
        if int(stored["format"]) != FORMAT:
            raise ValueError(f"{path}: written by another version")
        columns = np.cumsum(stored["columns"].astype(np.int64))
        idf = np.full(lexical.COLUMNS, np.float32(stored["idf_unseen"]), dtype=np.float32)
        idf[columns] = stored["idf"].astype(np.float32)
        sums = np.zeros((lexical.COLUMNS, stored["sums"].shape[1]), dtype=np.float32)
        sums[columns] = stored["sums"]
        none_sums = np.zeros((lexical.COLUMNS, 2), dtype=np.float32)
        none_sums[columns] = stored["none_sums"]
        return Model(
            keys=tuple(str(k) for k in stored["keys"]), idf=idf, sums=sums, none_sums=none_sums,
            none_offset=float(stored["none_offset"]), encoder=str(stored["encoder"]), data=str(stored["data"]),
            **{name: stored[name] for name in ("mean", "slope", "offset", "none_slope", "mix", "none_mix",
                                               "vectors")})


@cache
def mean(path: Path = WEIGHTS) -> np.ndarray:
    """The shipped model's ``mean``, for those who need no more of it: the rest takes 20 MB in each process."""
    with np.load(path, allow_pickle=False) as stored:
        return stored["mean"]


def save(model: Model, path: Path = WEIGHTS) -> None:
    """Write the model, only the columns that were seen; the same model gives the same bytes."""
    columns = np.flatnonzero(model.sums.any(axis=1) | model.none_sums.any(axis=1))
    np.savez_compressed(
        path, format=FORMAT, keys=np.array(model.keys), columns=np.diff(columns, prepend=0).astype(np.uint32),
        idf_unseen=model.idf.max(), idf=model.idf[columns].astype(np.float16),
        sums=model.sums[columns].astype(np.float16), none_sums=model.none_sums[columns].astype(np.float16),
        mean=model.mean.astype(np.float32), slope=model.slope.astype(np.float32),
        offset=model.offset.astype(np.float32), none_slope=model.none_slope.astype(np.float32),
        none_offset=model.none_offset, mix=model.mix.astype(np.float32),
        none_mix=model.none_mix.astype(np.float32), vectors=model.vectors.astype(np.float16),
        encoder=np.array(model.encoder), data=np.array(model.data))
