"""Makes ``grouping_weights.json``: ``python -m pipeline.language.build_grouping`` after changing gold or features.

Learnt from pairs of clauses that are alike and whose stances are compatible: within the themes of three gold files,
and opposite pairs whose opposition no word list knows. scikit-learn fits it; nothing here is needed at run time.
"""

from __future__ import annotations

import json
from itertools import combinations

from pipeline.language import grouping, shorten, stance

DATA = grouping.WEIGHTS.parent
GOLD = ("groups_start.json", "groups_dev.json", "groups_paraphrase_dev.json")
OPPOSITES = "groups_opposites.json"
_ALIKE = 0.2  # pairs that are less alike never come to the question
_OPPOSITE_WEIGHT = 2  # a merged opposite is worse than a missed merge


def examples() -> tuple[list[dict[str, float]], list[bool], list[int]]:
    """(signs, same point, weight) of every pair to learn from."""
    signs: list[dict[str, float]] = []
    same: list[bool] = []
    weights: list[int] = []
    for name in GOLD:
        gold = json.loads((DATA / name).read_text(encoding="utf-8"))
        clauses = grouping.prepare([shorten.core(g["text"]) for g in gold])
        for i, j in combinations(range(len(gold)), 2):
            if gold[i]["theme"] == gold[j]["theme"] and _in_doubt(clauses[i], clauses[j]):
                signs.append(grouping.signs(clauses[i], clauses[j]))
                same.append(gold[i]["group"] == gold[j]["group"])
                weights.append(1)
    around = [g["text"] for name in GOLD[1:] for g in json.loads((DATA / name).read_text(encoding="utf-8"))]
    pairs = json.loads((DATA / OPPOSITES).read_text(encoding="utf-8"))
    clauses = grouping.prepare([shorten.core(t) for t in [*(t for pair in pairs for t in pair), *around]])
    for one, other in zip(clauses[: 2 * len(pairs) : 2], clauses[1 : 2 * len(pairs) : 2], strict=True):
        if stance.compatible(one.stance, other.stance):
            signs.append(grouping.signs(one, other))
            same.append(False)
            weights.append(_OPPOSITE_WEIGHT)
    return signs, same, weights


def _in_doubt(one: grouping.Clause, other: grouping.Clause) -> bool:
    return stance.compatible(one.stance, other.stance) and grouping.dot(one.vector, other.vector) >= _ALIKE


def train() -> dict[str, float]:
    """The weight of each sign, and the constant."""
    from sklearn.linear_model import LogisticRegression

    signs, same, weights = examples()
    names = list(signs[0])
    fitted = LogisticRegression(C=3, max_iter=5000).fit([[s[n] for n in names] for s in signs], same, weights)
    learnt = dict(zip(names, fitted.coef_[0], strict=True)) | {"constant": fitted.intercept_[0]}
    return {name: round(float(weight), 3) for name, weight in learnt.items()}


def main() -> None:
    grouping.WEIGHTS.write_text(json.dumps(train(), indent=1) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
