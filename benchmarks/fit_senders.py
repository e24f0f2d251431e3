"""Fit how much each place tells of who writes (``pipeline.intake.traces``).

    python -m benchmarks.fit_senders [--dry] [--without CASE …]

Seventeen weights, fitted on the answers of ``benchmarks/senders`` and, each counting a twentieth, of ``benchmarks/cases``. With
each answer goes the same without its body among those asked: it is then from nobody. What is printed comes from cases left
out, one at a time; new cases are measured (``benchmarks.senders``) before they are added here. ``--dry``: store nothing.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks import quality, senders
from pipeline import intake
from pipeline.intake import places, traces, whose
from pipeline.intake.names import Names

CASES_COUNT = 0.05  # an answer of the cases beside one of the senders', whose names are hidden on purpose
NOBODY_COUNTS = 0.2  # an answer of nobody asked beside one that is from somebody: such are rare
AGAINST = frozenset(("house", "addressed"))  # the others can only tell for a body
STRENGTH = 0.002  # of the pull towards nought


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An answer: what each place says for each body, (bodies, roles), and which of them it is from."""

    case: str
    source: str
    features: np.ndarray
    right: list[int]
    bodies: list[str]
    counts: float


def rows(case: Path, *, counts: float) -> list[Row]:
    """The answers of one case."""
    settings, documents, known = senders.read(case)
    by_source = {d.source: d for d in documents}
    compared, names = traces.Traces(settings.bodies), Names(settings.bodies)
    found = []
    for line in known:
        document = by_source.get(line["source"])
        if line["kind"] != "answer" or document is None:
            continue
        mail = intake.mail_of(document, by_source)
        voice = intake.voice_in(document, mail, names)
        features = compared.features(document, places.cues_in(document, mail), whose.rank(voice))
        found.append(Row(case=case.name, source=line["source"], features=features, bodies=list(settings.body_names()), counts=counts,
                         right=[i for i, name in enumerate(settings.body_names()) if name in line["bodies"]]))
    return found


def fitted(given: Sequence[Row]) -> np.ndarray:
    """The weights of the roles, and of nobody."""
    from scipy.optimize import minimize

    examples = list(_examples(given))
    size = sum(counts for *_, counts in examples)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = 0.0, np.zeros_like(weights)
        for features, right, counts in examples:
            shares, = traces.shares_of(np.append(features @ weights[:-1], weights[-1])[None])
            wanted = np.zeros_like(shares)
            wanted[right] = 1 / len(right)
            total -= counts * float(wanted @ np.log(shares + 1e-12))
            slope += counts * np.append(features.T @ (shares - wanted)[:-1], (shares - wanted)[-1])
        pull = np.append(weights[:-1], 0.0)
        return total / size + STRENGTH / 2 * float(pull @ pull), slope / size + STRENGTH * pull

    bounds = [(None, 0) if role in AGAINST else (0, None) for role in places.ROLES]
    return minimize(loss, np.zeros(len(places.ROLES) + 1), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)]).x


def _examples(given: Sequence[Row]) -> Iterable[tuple[np.ndarray, list[int], float]]:
    for row in given:
        others = [i for i in range(len(row.bodies)) if i not in row.right]
        yield row.features, row.right, row.counts
        yield row.features[others], [len(others)], NOBODY_COUNTS * row.counts


def named(weights: np.ndarray) -> dict[str, float]:
    """The weights by role, as they are stored."""
    return {role: round(float(value), 3) for role, value in zip((*places.ROLES, "nobody"), weights, strict=True)}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fit_senders", description=__doc__.splitlines()[0])
    parser.add_argument("--dry", action="store_true", help="store nothing")
    parser.add_argument("--without", nargs="*", default=(), metavar="CASE")
    given = parser.parse_args(arguments)
    hidden = [row for case in senders.cases() if case.name not in given.without for row in rows(case, counts=1.0)]
    plain = [row for case in sorted(p.parent for p in quality.CASES.glob("*/gold.jsonl")) if case.name not in given.without
             for row in rows(case, counts=CASES_COUNT)]
    right = taken = wrong = 0
    for case in dict.fromkeys(row.case for row in hidden):
        weights = named(fitted([row for row in hidden if row.case != case] + plain))
        own = [row for row in hidden if row.case == case]
        found = traces.assigned([(row.source, row.features) for row in own], own[0].bodies, weights)
        for row in own:
            good = [row.bodies[i] for i in row.right] == [found[row.source].body]
            right += good
            taken += found[row.source].sure >= traces.TAKEN
            wrong += found[row.source].sure >= traces.TAKEN and not good
    print(f"cases left out: {right} of {len(hidden)} answers point at their body; {taken} surely enough, of them {wrong} wrong")
    weights = named(fitted(hidden + plain))
    print(json.dumps(weights))
    if not given.dry:
        traces.WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
