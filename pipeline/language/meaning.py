"""Points that say the same in other words, by the encoder's vectors.

``grouping`` joins clauses that share words and concepts. What is left may still be one point: "Halver antall sider" and
"Ingen leser førti sider" share nothing that a list knows. Here each pair of clauses gets the odds that they make the same
point, from how alike their vectors are, whether each is among the other's nearest, and what words and stance say
(a logistic regression, ``build_grouping`` makes its weights). Groups whose average odds are high are joined, unless
stance keeps them apart.

Another matter is whether two clauses are about the same thing, for or against. ``about_odds`` looks at no stance: only at
how much nearer two clauses are to each other than to their other neighbours, and at the words they share. Groups that are
surely about the same thing are joined where stance allows it. Of those that may be, a person is asked: in real answers
most bodies agree in a clause that also refuses something else, so stance would hide half of those who agree, and where
they do not, the secretary wants to know as well.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.language import grouping, stance

if TYPE_CHECKING:
    import numpy as np

WEIGHTS = Path(__file__).resolve().parent.parent / "data" / "meaning_weights.json"
ABOUT_WEIGHTS = WEIGHTS.with_name("about_weights.json")
ABOUT_SIGNS = ("not_nearest", "among_near", "words")  # more signs gave nothing on benchmarks/cases
MOST = 1500  # clauses of a case; encoding more takes longer than a person would wait
# Chosen on benchmarks/cases and the held-out cases of `ssu eval`: so high that no opposites are joined in either, since a
# wrong quantifier is worse than a missed one.
JOIN = 1.1  # log-odds from which two groups become one point
# Log-odds from which two groups that are about the same thing become one point, by how plainly they are on one side
# (``stance.agreement``); 19 in 20 do say the same.
SURE = {"plain": 1.0, "likely": 1.5, "possible": 2.0}
ASK = -0.8  # log-odds from which a person is asked whether two points are about the same thing: three in five are
_NEAREST = 4  # "near" is as near as a clause's fourth nearest
_ASKED = 4  # members of each group that are asked
_BACKGROUND = 40
_WORTH_ASKING = 0.20  # likeness of vectors below which hardly any pair was ever one point


@dataclass(frozen=True, slots=True, eq=False)
class Meanings:
    """How alike the clauses of a case are: ``alike`` (n, n), and each one's nearest and fourth nearest, (n,)."""

    alike: np.ndarray
    first: np.ndarray
    fourth: np.ndarray


def of_texts(texts: Sequence[str]) -> Meanings | None:
    """How alike texts are by the package's encoder, or None where it does not load."""
    from pipeline.language import encoder, theme_model

    coder = encoder.find()
    return measure(coder.encode(texts), theme_model.mean()) if coder is not None else None


def measure(vectors: np.ndarray, background: np.ndarray | None = None) -> Meanings:
    """``vectors``: the clauses' raw encoder vectors, (n, 384), centred on their own mean.

    ``background``: the mean of other statements, (384,), which counts as so many clauses as ``_BACKGROUND``: the mean of
    a handful of clauses is mostly the clauses themselves.
    """
    import numpy as np

    mean, count = vectors.sum(axis=0), len(vectors)
    if background is not None:
        mean, count = mean + _BACKGROUND * background, count + _BACKGROUND
    centred = vectors - mean / max(count, 1)
    centred /= np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    alike = np.round((centred @ centred.T).astype(np.float64), 6)  # the last bits must not decide
    np.fill_diagonal(alike, -1.0)
    n = len(vectors)
    far = np.full(n, -1.0)
    ranked = -np.sort(-alike, axis=1) if n else alike
    return Meanings(alike=alike, first=ranked[:, 0] if n > 1 else far,
                    fourth=ranked[:, min(_NEAREST, n - 1) - 1] if n > 1 else far)


def odds(i: int, j: int, clauses: Sequence[grouping.Clause], meanings: Meanings) -> float:
    """The log-odds that two clauses make the same point."""
    return grouping.log_odds(signs(i, j, clauses, meanings), WEIGHTS)


def about_odds(i: int, j: int, clauses: Sequence[grouping.Clause], meanings: Meanings) -> float:
    """The log-odds that two clauses of a theme are about the same thing, for or against."""
    return grouping.log_odds(about_signs(i, j, clauses, meanings), ABOUT_WEIGHTS)


def about_signs(i: int, j: int, clauses: Sequence[grouping.Clause], meanings: Meanings) -> dict[str, float]:
    """What ``about_odds`` goes by."""
    return {**_place(i, j, meanings), "words": grouping.dot(clauses[i].vector, clauses[j].vector)}


def _place(i: int, j: int, meanings: Meanings) -> dict[str, float]:
    """How near two clauses are to each other beside their other neighbours."""
    alike = float(meanings.alike[i, j])
    return {"not_nearest": float(min(alike - meanings.first[i], alike - meanings.first[j])),
            "among_near": alike - float(meanings.fourth[i] + meanings.fourth[j]) / 2}


def signs(i: int, j: int, clauses: Sequence[grouping.Clause], meanings: Meanings) -> dict[str, float]:
    """What ``odds`` goes by."""
    a, b = clauses[i], clauses[j]
    alike = float(meanings.alike[i, j])
    words = grouping.signs(a, b)
    compatible = float(stance.compatible(a.stance, b.stance))
    return {
        "alike": alike,
        **_place(i, j, meanings),
        "words": words["alike"],
        "object": words["object"],
        "certainty": min(max(grouping.log_odds(words, grouping.WEIGHTS), -6.0), 3.0),
        "wanted": words["wanted"],
        "same_kind": words["same_kind"],
        "neutral": words["neutral"],
        "denied": words["denied"],
        "compatible": compatible,
        "alike_compatible": alike * compatible,
    }


def average(one: Sequence[int], other: Sequence[int], clauses: Sequence[grouping.Clause], meanings: Meanings,
            of: Callable[[int, int, Sequence[grouping.Clause], Meanings], float] = odds) -> float:
    """The average log-odds of the pairs between two groups, of their first members."""
    asked = [of(i, j, clauses, meanings) for i in one[:_ASKED] for j in other[:_ASKED]]
    return sum(asked) / len(asked)


def about(one: Sequence[int], other: Sequence[int], clauses: Sequence[grouping.Clause], meanings: Meanings) -> float:
    """The highest log-odds that a clause of the one and a clause of the other are about the same thing, of their first members."""
    return max(about_odds(i, j, clauses, meanings) for i in one[:_ASKED] for j in other[:_ASKED])


def near(one: Sequence[int], other: Sequence[int], meanings: Meanings) -> bool:
    """Whether it is worth asking for the odds of two groups."""
    return max(meanings.alike[i, j] for i in one[:_ASKED] for j in other[:_ASKED]) >= _WORTH_ASKING


def join(groups: Sequence[list[int]], clauses: Sequence[grouping.Clause], meanings: Meanings) -> list[list[int]]:
    """The groups with those made one that say the same, likeliest first; the order of the groups does not matter."""
    alive = {n: sorted(group) for n, group in enumerate(sorted(groups))}
    heap: list[tuple[float, int, int]] = []

    def offer(m: int, n: int) -> None:
        one, other = alive[m], alive[n]
        if near(one, other, meanings) and _may_join(one, other, clauses):
            score = _certainty(one, other, clauses, meanings)
            if score >= 0:
                heapq.heappush(heap, (-round(score, 6), m, n))

    keys = sorted(alive)
    for at, m in enumerate(keys):
        for n in keys[at + 1 :]:
            offer(m, n)
    fresh = len(alive)
    while heap:
        _, m, n = heapq.heappop(heap)
        if m not in alive or n not in alive:
            continue
        alive[fresh] = sorted(alive.pop(m) + alive.pop(n))
        for other in sorted(alive.keys() - {fresh}):
            offer(other, fresh)
        fresh += 1
    return sorted(alive.values())


def _certainty(one: Sequence[int], other: Sequence[int], clauses: Sequence[grouping.Clause], meanings: Meanings) -> float:
    """By how much two groups pass either mark: that of saying the same, or that of being about the same thing on one side.

    Nothing in the likeness of two clauses tells whether they are for the same ("vindmøllene gir arbeidsplasser", "vindmøllene
    ødelegger utsikten"), so the second mark asks that their stances show it.
    """
    score = -1.0
    if not any(grouping.alike_but_other(clauses[i], clauses[j]) for i in one for j in other):
        score = average(one, other, clauses, meanings) - JOIN
    if score < 0:
        agreement = {stance.agreement(clauses[i].stance, clauses[j].stance) for i in one for j in other}
        if agreement <= SURE.keys():
            score = max(score, average(one, other, clauses, meanings, about_odds) - max(SURE[a] for a in agreement))
    return score


def _at_odds(a: grouping.Clause, b: grouping.Clause) -> bool:
    """Whether two clauses about the same thing may well not be for the same, though no scale that both are on says so."""
    both_keep = ("bestå", 1) in a.stance.wants & b.stance.wants
    return stance.content_beside_critic(a.stance, b.stance) or (not both_keep and stance.keeps(a.text) != stance.keeps(b.text))


def _may_join(one: Sequence[int], other: Sequence[int], clauses: Sequence[grouping.Clause]) -> bool:
    """Neither opposite nor items of the same list, whichever members are looked at."""
    return not any(
        not grouping.joinable(clauses[i], clauses[j]) or _at_odds(clauses[i], clauses[j])
        or (clauses[i].listed and clauses[i].listed == clauses[j].listed)
        for i in one for j in other)
