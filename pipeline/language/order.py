"""Which question each slot of a regular answer holds, when the words alone do not tell.

A respondent who fills in a form keeps its order: the left cells of a table, the heads of its columns, the headings
of a letter. Slots and questions are two sequences of the same thing, aligned so that order and likeness agree best
(Needleman and Wunsch 1970). Likeness is of words and, where the encoder loads, of meaning.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

_SKIP = 0.05  # what it costs that a slot holds no question (a title, a remark), or that a question has no slot
_UNLIKE = 0.25  # a likeness below it speaks against
_FOREIGN = -0.08  # a likeness below it: another subject, whatever the position
_IN_PLACE = 0.35  # as many slots as questions between two fixed ones: the position alone says a lot
_LARGEST = 200_000  # slots times questions; beyond it nobody filled in a form
# What any question shares with any other: taken off, for some questions are near to everything that asks.
_ASKING = ("Hva mener dere?", "Hvem gjør hva?", "Hvordan bør dette gjøres?", "Er dette bra nok?", "Har dere flere forslag?",
           "Hva trengs?", "Hva synes de om det?", "Kor mykje blir det?", "Hvor går det galt?", "Når skal det skje?")
_COMMON = 0.7  # the share of it that is taken off


def align(likeness: Sequence[Sequence[float]], fixed: Sequence[int | None], *, whole: bool = False) -> list[int | None]:
    """For each slot the index of its question, or None.

    ``likeness[i][j]`` is that of slot i and question j, about 0..1. ``fixed[i]``: what the slot's words say for
    certain, or None. ``whole``: the slots may be the whole questionnaire, so that position tells something before
    the first and after the last fixed one, too. Each question is given once at most, in order, to the slots between two fixed ones;
    where the fixed ones are out of order, only likeness far above all others decides.
    """
    slots, count = len(fixed), len(likeness[0]) if likeness else 0
    if not slots or not count or slots * count > _LARGEST:
        return list(fixed)
    given: list[int | None] = list(fixed)
    known = [j for j in fixed if j is not None]
    taken = set(known)
    if known != sorted(known):
        for i in [i for i, j in enumerate(fixed) if j is None]:
            ranked = sorted(((likeness[i][j], -j) for j in range(count) if j not in taken), reverse=True)
            if ranked and ranked[0][0] >= 0.45 and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= 0.15):
                given[i] = -ranked[0][1]
                taken.add(-ranked[0][1])
        return given
    start = low = 0
    for end in [*(i for i, j in enumerate(fixed) if j is not None), slots]:
        stop = fixed[end] if end < slots else count
        free = [j for j in range(low, stop) if j not in taken]
        inside = start > 0 and end < slots
        chosen = _between(likeness, range(start, end), free, in_place=inside or whole)
        for i, j in zip(range(start, end), chosen, strict=True):
            given[i] = j
        if end < slots:
            start, low = end + 1, stop + 1
    return given


def _between(likeness: Sequence[Sequence[float]], slots: range, free: Sequence[int], *, in_place: bool) -> list[int | None]:
    """The best monotone assignment of ``slots`` to the questions ``free``."""
    if not slots or not free:
        return [None] * len(slots)
    bonus = _IN_PLACE if in_place and len(slots) == len(free) else 0.0
    best = [[-_SKIP * (a + b) for b in range(len(free) + 1)] for a in range(len(slots) + 1)]

    def gain(a: int, b: int) -> float:
        like = likeness[slots[a - 1]][free[b - 1]]
        return like - _UNLIKE + (bonus if a == b and like > _FOREIGN else 0.0)

    for a in range(1, len(slots) + 1):
        for b in range(1, len(free) + 1):
            best[a][b] = max(best[a - 1][b - 1] + gain(a, b), best[a - 1][b] - _SKIP, best[a][b - 1] - _SKIP)
    chosen: list[int | None] = [None] * len(slots)
    a, b = len(slots), len(free)
    while a and b:
        if best[a][b] == best[a - 1][b - 1] + gain(a, b):
            chosen[a - 1] = free[b - 1]
            a, b = a - 1, b - 1
        elif best[a][b] == best[a - 1][b] - _SKIP:
            a -= 1
        else:
            b -= 1
    return chosen


def steady(fixed: Sequence[int | None]) -> list[bool]:
    """Which of the fixed slots form the longest run in order: the others are likely to be mistaken."""
    tails: list[tuple[int, int]] = []  # (question, slot) that ends the best run of each length
    before: dict[int, int | None] = {}
    for i, j in enumerate(fixed):
        if j is None:
            continue
        at = bisect_right([q for q, _ in tails], j)
        before[i] = tails[at - 1][1] if at else None
        tails[at:at + 1] = [(j, i)]
    kept = [False] * len(fixed)
    last = tails[-1][1] if tails else None
    while last is not None:
        kept[last] = True
        last = before[last]
    return kept


def meanings(slots: Sequence[str], questions: Sequence[str]) -> list[list[float]] | None:
    """The encoder's cosine of every slot and question, centred, less what any slot and question have in common.

    None when the encoder does not load.
    """
    import numpy as np

    from pipeline.language import encoder, theme_model

    coder = encoder.find()
    if coder is None:
        return None
    mean = theme_model.mean()
    one, other = (_unit(coder.encode(list(texts)) - mean) for texts in (slots, questions))
    cosine = one @ other.T
    common = (other @ _unit(coder.encode(_ASKING) - mean).T).mean(axis=1)
    cosine = cosine - _COMMON * common
    return np.round(cosine, 4).tolist()


def _unit(rows):
    import numpy as np

    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
