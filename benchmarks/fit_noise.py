"""Fit how much the place of a sentence weighs beside its words, in the gate between noise and substance.

    python -m benchmarks.fit_noise [--dry]

A few dozen weights (``language.noise`` names the signs), fitted on the evaluation cases that are taught, for only whole documents
show where sentences stand. What the words say there is told by gates that have not seen the case. What is printed comes from
the other cases, which neither the gate nor the weights have seen. ``--dry``: store nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks import quality
from pipeline.language import noise, noise_model, train_accord

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


Held = Mapping[tuple[str, str], tuple[float, float]]  # case and text -> the words' log-odds without the encoder and with it


def held_out() -> Held:
    """What gates that have not seen its case say of each line of the taught cases."""
    data, meaning = noise_model.rows(), noise_model.gate().meaning
    one, other, constant = meaning.mix
    return {(row["voice"], row["text"]): (words, one * words + other * vector + constant)
            for row, (words, vector) in zip(data, noise_model.held_out(data), strict=True)}


@contextmanager
def _watched(found: dict[tuple[str, int], tuple[str, dict[str, float]]]):
    """Note the text and the signs of every statement that reaches the learned gate while a case is drafted, the first time it does."""
    plain = noise._by_model

    def watching(asked, *, encoder: bool):
        _, signs = noise.signs_of_whole(asked)
        for (s, _), one in zip(asked, signs, strict=True):
            found.setdefault((s.source, s.start), (noise._unsigned(noise._unnumbered(s.text)), one))
        return plain(asked, encoder=encoder)

    noise._by_model = watching
    try:
        yield
    finally:
        noise._by_model = plain


def collect(names: Sequence[str], held: Held | None = None) -> list[Seen]:
    """The open statements of the cases with their gold labels; those whose gold is neither noise nor substance are left out.

    ``held``: what the words say, for those that it has; the others are left out. Without it the gate tells.
    """
    rows = []
    gate = noise_model.gate()
    for name in names:
        found: dict[tuple[str, int], tuple[str, dict[str, float]]] = {}
        with _watched(found):
            gold, drafted = quality.gold_of(name), quality.drafted(name)
        gold_of = quality.main_gold(quality.align(gold, {d.source: d.text for d in drafted.documents}, drafted.statements))
        open_ = [(g, *found[s.source, s.start]) for s in drafted.statements
                 if (s.source, s.start) in found and (g := gold_of.get(s.id)) is not None and g.type in ("noise", "substance")]
        told = [held.get((name, text)) for _, text, _ in open_] if held is not None else [
            (gate.logit(text), odds) for (_, text, _), odds in zip(open_, gate.logits([text for _, text, _ in open_]), strict=True)]
        rows += [Seen(name, g.type == "noise", noise._capped(odds[1], text), noise._capped(odds[0], text), signs)
                 for (g, text, signs), odds in zip(open_, told, strict=True) if odds is not None]
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
    given = parser.parse_args(arguments)
    taught = train_accord.taught_cases()
    others = sorted({p.parent.name for p in quality.CASES.glob("*/gold.jsonl")} - set(taught))
    rows = collect(taught, held_out())
    setting = fit(rows, sorted({n for r in rows for n in r.signs}))
    left = [(score(setting, r), r.noise) for r in collect(others)]
    substance = sorted((value for value, is_noise in left if not is_noise), reverse=True)
    noises = [value for value, is_noise in left if is_noise]
    print(f"{len(substance)} statements of substance and {len(noises)} of noise that the rules leave open, in {len(others)} cases\n")
    print("not seen: substance lost, noise kept, threshold")
    for share in LOST:
        limit = substance[round(share * len(substance))]
        print(f"  {100 * share:.2f} %  {100 * sum(v <= limit for v in noises) / len(noises):5.1f} %  {limit:6.2f}")
    for limit in sorted({noise._KEEPS, noise._SECOND, noise._SECOND_OF_VIEWS}):
        print(f"  at {limit:5.2f}: substance {sum(v > limit for v in substance)}, noise {sum(v > limit for v in noises)}")
    if not given.dry:
        noise_model.SETTING.write_text(json.dumps(
            {"constant": setting.constant, "letters": setting.letters, "signs": setting.signs, "words": setting.words},
            ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
