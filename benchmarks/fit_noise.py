"""Fit how much the place of a sentence weighs beside its words, in the gate between noise and substance.

    python -m benchmarks.fit_noise [--dry] [--without CASE …]

A few dozen weights (``language.noise`` names the signs), fitted on the evaluation cases, for only whole documents show
where sentences stand. What is printed comes from cases left out; the figures of ``benchmarks.quality`` for noise are
those of cases that the weights have seen, so new cases are measured before they are added here. ``--dry``: store nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks import quality
from pipeline.language import noise, noise_model

PARTS = 8
STRENGTH = 1.0  # inverse of the regularisation, for signs of 0 or 1
LOST = (0.003, 0.0045, 0.006, 0.008)  # shares of substance left out, for which the noise shown is printed


@dataclass(slots=True)
class Seen:
    """A statement that the rules leave open: its case, the gold, the words' log-odds and the signs beside them."""

    case: str
    noise: bool
    odds: float
    letters: float
    signs: dict[str, float]


@contextmanager
def _watched(found: dict[tuple[str, int], tuple[float, float, dict[str, float]]]):
    """Note the signs of every statement that reaches the learned gate while a case is drafted, the first time it does."""
    plain = noise._by_model

    def watching(asked, *, encoder: bool):
        gate = noise_model.gate()
        texts = [noise._unnumbered(s.text) for s, _ in asked]
        _, signs = noise.signs_of_whole(asked)
        for (s, _), text, one, odds in zip(asked, texts, signs, gate.logits(texts), strict=True):
            found.setdefault((s.source, s.start), (noise._capped(odds, text), noise._capped(gate.logit(text), text), one))
        return plain(asked, encoder=encoder)

    noise._by_model = watching
    try:
        yield
    finally:
        noise._by_model = plain


def collect(names: Sequence[str]) -> list[Seen]:
    """The open statements of the cases with their gold labels; those whose gold is neither noise nor substance are left out."""
    rows = []
    for name in names:
        found: dict[tuple[str, int], tuple[float, float, dict[str, float]]] = {}
        with _watched(found):
            gold, drafted = quality.gold_of(name), quality.drafted(name)
        held = quality.main_gold(quality.align(gold, {d.source: d.text for d in drafted.documents}, drafted.statements))
        for s in drafted.statements:
            if (s.source, s.start) in found and (g := held.get(s.id)) is not None and g.type in ("noise", "substance"):
                rows.append(Seen(name, g.type == "noise", *found[s.source, s.start]))
    return rows


def fit(rows: Sequence[Seen], names: Sequence[str]) -> noise_model.Setting:
    """The weights that tell noise from substance best among ``rows``; ``names``: the signs to weigh."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    x = np.array([[r.odds, r.letters, *(r.signs.get(n, 0.0) for n in names)] for r in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(x, [r.noise for r in rows])
    first, letters, *rest = (round(float(w), 3) for w in model.coef_[0])
    return noise_model.Setting(words=first, letters=letters, constant=round(float(model.intercept_[0]), 3), signs=dict(zip(names, rest, strict=True)))


def score(setting: noise_model.Setting, row: Seen) -> float:
    return setting.words * row.odds + setting.letters * row.letters + setting.total(row.signs)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fit_noise", description=__doc__.splitlines()[0])
    parser.add_argument("--dry", action="store_true", help="print the figures and store nothing")
    parser.add_argument("--without", nargs="*", default=(), metavar="CASE", help="cases that are left out altogether")
    given = parser.parse_args(arguments)
    cases = sorted(p.parent.name for p in quality.CASES.glob("*/gold.jsonl") if p.parent.name not in given.without)
    rows = collect(cases)
    names = sorted({n for r in rows for n in r.signs})
    part = {case: i % PARTS for i, case in enumerate(cases)}
    left: list[tuple[float, bool]] = []
    for k in range(PARTS):
        fitted = fit([r for r in rows if part[r.case] != k], names)
        left += [(score(fitted, r), r.noise) for r in rows if part[r.case] == k]
    substance = sorted((value for value, is_noise in left if not is_noise), reverse=True)
    noises = [value for value, is_noise in left if is_noise]
    print(f"{len(substance)} statements of substance and {len(noises)} of noise that the rules leave open, in {len(cases)} cases\n")
    print("left out of the fit: substance lost, noise kept, threshold")
    for share in LOST:
        limit = substance[round(share * len(substance))]
        print(f"  {100 * share:.2f} %  {100 * sum(v <= limit for v in noises) / len(noises):5.1f} %  {limit:6.2f}")
    for limit in sorted({noise._KEEPS, noise._SECOND, noise._SECOND_OF_VIEWS}):
        print(f"  at {limit:5.2f}: substance {sum(v > limit for v in substance)}, noise {sum(v > limit for v in noises)}")
    setting = fit(rows, names)
    if not given.dry:
        noise_model.SETTING.write_text(json.dumps(
            {"constant": setting.constant, "letters": setting.letters, "signs": setting.signs, "words": setting.words},
            ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
