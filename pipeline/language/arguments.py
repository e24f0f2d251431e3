"""Arguments that return in hearing after hearing, known by examples in many wordings.

"Midlene må følge med" and "finansieringen må være avklart" share no word, but both say what the examples of the
argument ``money_first`` in ``pipeline/data/groups_arguments.json`` say. A kernel ridge regression over the words
and letters of ``lexical`` learns the examples when it is first needed (about 0.1 s) and gives every clause a share
of each argument. Two clauses that have the same argument with certainty are likely to make the same point. Names
that differ only in a sign at the end ("tool+", "tool-") are opposites.

The encoder's vectors added to the kernel gave no more on cases of other authors (AUC .75 against .72, the precision
where clauses are joined unchanged), so that grouping does without the encoder.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pipeline.language import lexical, theme_model

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

EXAMPLES = Path(__file__).resolve().parent.parent / "data" / "groups_arguments.json"
LEAST = 0.15  # a smaller share tells nothing
_RIDGE = 0.75  # against a kernel of 2 for a text with itself
_SHARPNESS = 15.0
_NO_ARGUMENT = 0.15  # the score of being none of them
_SLICE = 5_000


@dataclass(frozen=True, slots=True, eq=False)
class Arguments:
    """The learnt arguments. ``weights``: (examples, names)."""

    names: tuple[str, ...]
    idf: np.ndarray
    rows: csr_matrix
    weights: np.ndarray

    def shares(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """For each text its arguments with a share of at least ``LEAST``, name -> 0..1; most texts have none."""
        found: list[dict[str, float]] = []
        for start in range(0, len(texts), _SLICE):
            rows = lexical.weighted(lexical.counts(texts[start : start + _SLICE]), self.idf)
            likeness = np.exp(_SHARPNESS * ((rows @ self.rows.T).toarray() @ self.weights))
            share = likeness / (likeness.sum(axis=1, keepdims=True) + np.exp(_SHARPNESS * _NO_ARGUMENT))
            for line in share:
                found.append({self.names[i]: round(float(line[i]), 6) for i in np.flatnonzero(line >= LEAST)})
        return found


@cache
def load(path: Path = EXAMPLES) -> Arguments:
    """Learn the arguments from their examples. Raises OSError or ValueError when the installation is damaged."""
    examples = json.loads(path.read_text(encoding="utf-8"))
    names = tuple(sorted({e["group"] for e in examples}))
    idf = theme_model.load().idf
    rows = lexical.weighted(lexical.counts([e["text"] for e in examples]), idf)
    labels = np.zeros((len(examples), len(names)))
    labels[np.arange(len(examples)), [names.index(e["group"]) for e in examples]] = 1
    kernel = (rows @ rows.T).toarray().astype(np.float64)
    weights = np.linalg.solve(kernel + _RIDGE * np.eye(len(examples)), labels - labels.mean(axis=0))
    return Arguments(names=names, idf=idf, rows=rows, weights=weights)


def opposite(name: str) -> str:
    """The argument that says the contrary, "" for one without."""
    return name[:-1] + {"+": "-", "-": "+"}[name[-1]] if name[-1] in "+-" else ""
