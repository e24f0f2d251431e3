"""The sentence encoder that ships with the package: multilingual-e5-small cut to Norwegian, 8-bit, on onnxruntime.

Text in, vectors of 384 numbers out, L2-normalised. The vectors of any two texts lie close, so whoever uses
them subtracts a mean first (``theme_model`` keeps that of the training statements). The same text gives the
same vector, to the last bit, whatever else is asked for. Figures and origin: ``pipeline/data/encoder/MODEL_CARD.md``.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pipeline import spare
from pipeline.language import memory

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

FOLDER = Path(__file__).resolve().parent.parent / "data" / "encoder"
MODEL, TOKENIZER = "encoder-int8.onnx", "tokenizer.json"
SIZE = 384
PREFIX = "passage: "  # the model was trained with it; without it the vectors are wrong
MAX_TOKENS = 192  # a statement is a sentence; a longer one is represented by its beginning
CACHE_TEXTS = 50_000


class EncoderUnavailable(Exception):
    """onnxruntime or tokenizers does not load, or the model's files are missing. The message is Norwegian."""


def opened(folder: Path, model: str) -> tuple[Tokenizer, InferenceSession]:
    """The tokenizer and a model of the folder, for texts computed side by side (0.15 s). Raises EncoderUnavailable."""
    try:
        import onnxruntime
        import tokenizers  # noqa: F401 # told of as missing here, not as a damaged file
    except Exception as error:  # a missing or damaged native library shows as ImportError, OSError and others
        raise EncoderUnavailable(
            f"Språkmodellen kan ikke lastes ({type(error).__name__}: {error}). Temaene settes med ordlistemodellen "
            "alene, som er noe mindre treffsikker. Installer pakkene på nytt for å få språkmodellen tilbake."
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # texts are computed side by side, not parts of one
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        tokenizer = cut_at(MAX_TOKENS, folder)
        session = onnxruntime.InferenceSession(str(folder / model), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise EncoderUnavailable(
            f"Filene til språkmodellen i {folder} mangler eller er skadet ({type(error).__name__}). Temaene settes "
            "med ordlistemodellen alene. Installer programmet på nytt for å få språkmodellen tilbake."
        ) from error
    return tokenizer, session


def cut_at(longest: int, folder: Path = FOLDER) -> Tokenizer:
    """The folder's tokenizer, which cuts a text at so many tokens and fills none up."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.enable_truncation(longest)
    tokenizer.no_padding()
    return tokenizer


class Encoder:
    """Vectors for texts, each computed once."""

    def __init__(self, folder: Path = FOLDER, threads: int = 2) -> None:
        """Load the model. Raises EncoderUnavailable."""
        self._tokenizer, self._session = opened(folder, MODEL)
        self._threads = threads
        self._known: OrderedDict[str, np.ndarray] = OrderedDict()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """One row of 384 float32 numbers for each text, in order; shape (0, 384) for none."""
        new = [t for t in dict.fromkeys(texts) if t not in self._known]
        fresh = dict(zip(new, self._run(new), strict=True)) if new else {}
        rows = [fresh[t] if t in fresh else self._known[t] for t in texts]
        for text, row in fresh.items():
            self._known[text] = row
            if len(self._known) > CACHE_TEXTS:
                self._known.popitem(last=False)
        return np.stack(rows) if rows else np.zeros((0, SIZE), dtype=np.float32)

    def _run(self, texts: Sequence[str]) -> np.ndarray:
        kept = {t: np.frombuffer(data, dtype=np.float32) for t in texts if (data := memory.recall("vector", t)) is not None}
        if new := [t for t in texts if t not in kept]:
            for text, row in zip(new, self._compute(new), strict=True):
                kept[text] = row
                memory.note("vector", text, row.tobytes())
        return np.stack([kept[t] for t in texts])

    def _compute(self, texts: Sequence[str]) -> np.ndarray:
        """Each text by itself: in a batch the last bits of its vector would depend on its neighbours, and the padding
        costs more than the batch saves. Several are computed at a time."""
        ids = [np.array([e.ids], dtype=np.int64) for e in self._tokenizer.encode_batch([PREFIX + t for t in texts])]
        if len(ids) < 2 * self._threads:
            return np.concatenate([self._vector(one) for one in ids])
        with ThreadPoolExecutor(self._threads) as pool:
            return np.concatenate(list(pool.map(self._vector, ids)))

    def _vector(self, ids: np.ndarray) -> np.ndarray:
        return self._session.run(["embedding"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0]


@cache
def load() -> Encoder:
    """The package's encoder, loaded once in a process. Raises EncoderUnavailable."""
    made = Encoder()
    spare.trim()  # what reading the model took beside the model
    return made


def forget() -> None:
    """Give back what the loaded encoder takes, 100 MB, until somebody asks for it again."""
    load.cache_clear()


def find() -> Encoder | None:
    """The package's encoder, or None where it does not load (``load`` says why)."""
    try:
        return load()
    except EncoderUnavailable:
        return None


def fingerprint(folder: Path = FOLDER) -> str:
    """The first 16 hex digits of the model's SHA-256: stored vectors belong to one model."""
    digest = hashlib.sha256()
    for name in (MODEL, TOKENIZER):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:16]
