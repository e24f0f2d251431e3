"""Words and letters as numbers: hashed TF-IDF features, and Complement naive Bayes over them.

Features are words, pairs of words, and 2–5 letters within a word, hashed into fixed columns, so that no
vocabulary has to be kept and a case's own words need no retraining. Complement naive Bayes (Rennie et al.
2003) is kept as sums per theme: adding a corrected statement is adding its row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from pipeline.norsk import fold

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

WORD_COLUMNS = 1 << 17
LETTER_COLUMNS = 1 << 18
COLUMNS = WORD_COLUMNS + LETTER_COLUMNS
SMOOTHING = 0.3  # measured on held-out voices; 0.1 to 1 differ by less than .01
_TOKEN = re.compile(r"\w+")
# Nynorsk function words in their bokmål form: most of what makes a nynorsk sentence look unlike its
# bokmål neighbour. Content words meet in their letters.
_BOKMAL = {
    "ikkje": "ikke", "eg": "jeg", "me": "vi", "kva": "hva", "kven": "hvem", "korleis": "hvordan", "kvifor": "hvorfor",
    "kor": "hvor", "nokon": "noen", "noko": "noe", "nokre": "noen", "dei": "de", "deira": "deres", "frå": "fra",
    "meir": "mer", "fleire": "flere", "vere": "være", "vera": "være", "vore": "vært", "vert": "blir", "vart": "ble",
    "verte": "bli", "blei": "ble", "eit": "et", "ein": "en", "ei": "en", "gjere": "gjøre", "gjera": "gjøre",
    "skulle": "skulle", "berre": "bare", "framleis": "fortsatt", "enno": "ennå", "mykje": "mye", "hjå": "hos",
    "sjølv": "selv", "sjølve": "selv", "kvar": "hver", "kvart": "hvert", "saman": "sammen", "heile": "hele",
    "mellom": "mellom", "mange": "mange", "desse": "disse", "dykk": "dere", "dykkar": "deres", "oss": "oss",
    "vår": "vår", "meiner": "mener", "treng": "trenger", "ynskjer": "ønsker", "ønskjer": "ønsker", "tydeleg": "tydelig",
    "lettare": "lettere", "tiltaka": "tiltakene", "kommunane": "kommunene", "måla": "målene", "òg": "også",
    "då": "da", "no": "nå", "så": "så", "dersom": "hvis", "høve": "anledning", "leiar": "leder", "leiarar": "ledere",
}

# Words that answer without saying about what: "Ja, i hovedsak", "Nei, ikke nå", "Helt enig". After _BOKMAL.
_ANSWERS = frozenset({
    "ja", "jo", "jada", "joda", "nei", "neida", "tja", "delvis", "stort", "sett", "i", "hovedsak", "absolutt",
    "selvfølgelig", "sjølvsagt", "naturligvis", "gjerne", "kanskje", "muligens", "enig", "einig", "enige", "einige",
    "uenig", "usikker", "usikre", "vet", "veit", "ikke", "helt", "heilt", "ganske", "litt", "noe", "både", "og",
    "men", "så", "som", "vi", "er", "det", "dette", "den", "de", "har", "ok", "okei", "greit", "greitt", "grei",
    "bra", "fint", "fin", "nok", "ingenting", "alt", "alltid", "aldri", "nå", "fortsatt", "også", "på", "av", "til",
    "kan", "vil", "støtter", "støtte", "støttes", "samme", "over", "godt", "svært", "veldig", "for", "riktig", "rett",
    "stemmer",
})


def tokens(text: str) -> list[str]:
    """Lower-case words, nynorsk function words in bokmål form, numbers with their digits kept."""
    return [_BOKMAL.get(t, t) for t in _TOKEN.findall(fold(text))]


def says_nothing(text: str) -> bool:
    """Whether a text answers without a subject of its own ("Ja, stort sett"): only its question has a theme."""
    return all(t in _ANSWERS for t in tokens(text))


@lru_cache(maxsize=200_000)
def _letters(word: str) -> tuple[int, ...]:
    padded = f" {word} "
    return tuple(
        WORD_COLUMNS + crc32(padded[i : i + n].encode()) % LETTER_COLUMNS
        for n in range(2, 6) for i in range(max(1, len(padded) - n + 1))
    )


def counts(texts: Sequence[str]) -> csr_matrix:
    """1 + log of how often each feature stands in each text; shape (len(texts), COLUMNS), float32."""
    from scipy.sparse import csr_matrix

    indices: list[np.ndarray] = []
    values: list[np.ndarray] = []
    ends = [0]
    for text in texts:
        words = tokens(text)
        columns = [crc32(w.encode()) % WORD_COLUMNS for w in words]
        columns += [crc32(f"{a} {b}".encode()) % WORD_COLUMNS for a, b in pairwise(words)]
        for word in words:
            columns += _letters(word)
        unique, number = np.unique(np.asarray(columns, dtype=np.int64), return_counts=True)
        indices.append(unique)
        values.append(1 + np.log(number))
        ends.append(ends[-1] + len(unique))
    data = np.concatenate(values).astype(np.float32) if values else np.zeros(0, np.float32)
    columns_ = np.concatenate(indices) if indices else np.zeros(0, np.int64)
    return csr_matrix((data, columns_, ends), shape=(len(texts), COLUMNS))


def inverse_frequency(matrix: csr_matrix) -> np.ndarray:
    """log((1 + n) / (1 + df)) + 1 for every column; shape (COLUMNS,)."""
    found = np.bincount(matrix.indices, minlength=COLUMNS)
    return (np.log((1 + matrix.shape[0]) / (1 + found)) + 1).astype(np.float32)


def weighted(matrix: csr_matrix, idf: np.ndarray) -> csr_matrix:
    """Counts times ``idf``, the word half and the letter half of each row scaled to length 1."""
    out = matrix.copy()
    out.data = out.data * idf[out.indices]
    rows = np.repeat(np.arange(out.shape[0]), np.diff(out.indptr))
    half = rows * 2 + (out.indices >= WORD_COLUMNS)
    lengths = np.sqrt(np.bincount(half, weights=out.data**2, minlength=2 * out.shape[0]))
    out.data = (out.data / np.maximum(lengths[half], 1e-9)).astype(np.float32)
    return out


def class_sums(matrix: csr_matrix, labels: np.ndarray) -> np.ndarray:
    """Feature sums per theme. ``labels``: shares, shape (n, themes). Returns (COLUMNS, themes) float32."""
    return np.asarray((matrix.T @ labels.astype(np.float32)), dtype=np.float32)


def complement_weights(sums: np.ndarray, smoothing: float = SMOOTHING) -> np.ndarray:
    """Weights of Complement naive Bayes from ``class_sums``, (COLUMNS, themes). A row's scores: ``row @ weights``."""
    complement = sums.sum(axis=1, keepdims=True) - sums + smoothing
    return (-np.log(complement / complement.sum(axis=0))).astype(np.float32)
