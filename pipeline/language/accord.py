"""Whether two clauses make the same point, say the opposite, or neither: a model that reads both at once.

Words and vectors tell what a clause is about, not whether two are for the same: "moloen må komme først" and "moloen kan vente"
share more than "moloen må komme først" and "hva skal vi med ny kai så lenge sjøen står rett inn". This model is the
encoder taught anew on pairs (``train_accord``), with a small head that gives three probabilities. It is asked only of
clauses that words or vectors have joined, for it takes as long as two statements do.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import combinations

import numpy as np

from pipeline import spare
from pipeline.language import encoder, memory

log = logging.getLogger(__name__)

MODEL, HEAD = "accord-int8.onnx", "accord-head.npz"
SAME, OPPOSITE, OTHER = range(3)
_ALL = 3  # members of a group that are asked about each other; the others are asked about the first, where words leave it open
_CLEAR = 0.7  # probability of one order from which the other is not asked for
_AGREED = 0.5  # the margin of a pair that is not asked about
_LONGEST = 320  # characters of a clause; the model reads both within ``encoder.MAX_TOKENS``
_THREADS = 2
END = "</s>"  # of a text, for the tokenizer; what a respondent wrote must not end one

Judge = Callable[[Sequence[tuple[str, str]]], "np.ndarray | None"]


class Accord:
    """Probabilities for pairs of clauses."""

    def __init__(self) -> None:
        """Load the model. Raises EncoderUnavailable, OSError or ValueError."""
        self._tokenizer, self._session = encoder.opened(encoder.FOLDER, MODEL)
        self._end = self._tokenizer.token_to_id(END)
        with np.load(encoder.FOLDER / HEAD) as head:
            self._head = {name: value.astype(np.float32) for name, value in head.items()}

    def judge(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """(n, 3): that the two say the same, the opposite, or neither; whichever of them comes first."""
        if not pairs:
            return np.zeros((0, 3))
        ordered = [(min(pair), max(pair)) for pair in pairs]
        known = self._of(ordered)
        doubtful = [pair for pair in known if known[pair].max() < _CLEAR]
        turned = self._of([pair[::-1] for pair in doubtful])
        known |= {pair: (known[pair] + turned[pair[::-1]]) / 2 for pair in doubtful}
        return np.round(np.stack([known[pair] for pair in ordered]), 6)  # the last bits must not decide

    def _of(self, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], np.ndarray]:
        """The probabilities of each pair in its order, (3,)."""
        texts = {pair: together(*pair) for pair in pairs}
        known = {pair: np.frombuffer(data) for pair, text in texts.items() if (data := memory.recall("accord", text)) is not None}
        new = [pair for pair in texts if pair not in known]
        with ThreadPoolExecutor(_THREADS) as pool:
            for pair, shares in zip(new, pool.map(lambda pair: self._shares(texts[pair]), new), strict=True):
                known[pair] = shares
                memory.note("accord", texts[pair], shares.tobytes())
        return known

    def _shares(self, text: str) -> np.ndarray:
        """The probabilities of two clauses in this order, (3,)."""
        ids = np.array([self._tokenizer.encode(encoder.PREFIX + text).ids], dtype=np.int64)
        tokens, = self._session.run(["tokens"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0]
        cut = int(np.argmax(ids[0] == self._end)) + 1
        one = tokens[:cut].mean(axis=0)
        other = tokens[cut:].mean(axis=0) if cut < len(tokens) else one  # signs that each take a token have crowded it out
        seen = np.concatenate([one + other, np.abs(one - other), one * other, tokens[0]])
        inner = np.maximum(self._head["inner"] @ seen + self._head["inner_constant"], 0)
        odds = (self._head["outer"] @ inner + self._head["outer_constant"]).astype(np.float64)
        shares = np.exp(odds - odds.max())
        return shares / shares.sum()


def together(one: str, other: str) -> str:
    """Two clauses as the model reads them, the encoder's prefix before the first still to come."""
    one, other = (text.replace(END, " ")[:_LONGEST] for text in (one, other))
    return f"{one}{END}{END}{encoder.PREFIX}{other}"


@cache
def find() -> Accord | None:
    """The package's model, loaded once in a process, or None, with a warning, where it does not load."""
    try:
        made = Accord()
    except (encoder.EncoderUnavailable, OSError, ValueError) as error:
        log.warning("Modellen som sjekker om svar sier det samme, kan ikke lastes (%s). Punktene samles uten den. Installer programmet "
                    "på nytt for å få den tilbake.", type(error).__name__)
        return None
    spare.trim()
    return made


def judge(pairs: Sequence[tuple[str, str]]) -> np.ndarray | None:
    """``Accord.judge`` of the package's model; None where it does not load."""
    found = find()
    return found.judge(pairs) if found is not None else None


def agreeing(groups: Sequence[Sequence[int]], texts: Sequence[str], margin: Callable[[int, int, np.ndarray], float],
             sure: Callable[[int, int, bool], bool], judge: Judge) -> list[list[list[int]]]:
    """The parts of each group whose members say the same; those that tell most of it come first in a group.

    ``sure``: whether a pair needs no asking, the last argument telling that it is of the rest of a large group. ``margin``: by how
    much two members pass what keeps them together, below 0 where they do not, from their probabilities. ``judge``: None where it
    cannot tell.
    """
    first = [pair for group in groups for pair in combinations(group[:_ALL], 2)]
    rest = [(group[0], other) for group in groups for other in group[_ALL:]]
    asked = [pair for pairs, others in ((first, False), (rest, True)) for pair in pairs if not sure(*pair, others)]
    found = judge([(texts[i], texts[j]) for i, j in asked]) if asked else np.zeros((0, 3))
    if found is None:
        return [[sorted(group)] for group in groups]
    margins = dict.fromkeys((*first, *rest), _AGREED)
    margins |= {(i, j): margin(i, j, shares) for (i, j), shares in zip(asked, found, strict=True)}
    return [_parts(group, margins) for group in groups]


def _parts(group: Sequence[int], margins: dict[tuple[int, int], float]) -> list[list[int]]:
    """Average linkage: the two parts that agree most become one until none agree enough."""
    parts = [[i] for i in group]

    def mean(one: list[int], other: list[int]) -> float:
        known = [margins[pair] for i in one for j in other for pair in ((i, j), (j, i)) if pair in margins]
        return sum(known) / len(known) if known else -1.0

    while len(parts) > 1:
        best, one, other = max((round(mean(a, b), 9), -m, -n) for (m, a), (n, b) in combinations(enumerate(parts), 2))
        if best < 0:
            break
        parts[-one] += parts.pop(-other)
    return [sorted(part) for part in parts]
