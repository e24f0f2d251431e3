"""Teaches the model of ``accord`` on pairs: ``python -m pipeline.language.train_accord`` (extra ``train``).

The encoder as it is taught (``train_encoder``) reads two clauses as one text; its linear layers and a small head learn whether
they make the same point, say the opposite, or neither. Pairs come from those evaluation cases that
``benchmarks/cases/taught.txt`` names (they measure it no longer; the others do), from the groups of
``pipeline/data/training/points``, and from ``pipeline/data/training/pairs``: own sentences in many voices, three that make a
point, two that say the opposite, one or two that stand near. Without the cases it learns what such lists are like: of
their pairs those that agree share few words and the others many, which in letters is the other way round.

What is learnt becomes the files in whole numbers that the package holds; the unrounded numbers are not kept (85 MB).
Nothing here is needed at run time. Some forty minutes on two cores.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.language import accord, encoder, quantize_encoder, train_encoder

PAIRS = train_encoder.POINTS.with_name("pairs")
CASES = Path(__file__).resolve().parents[2] / "benchmarks" / "cases"
PAIRS_A_KIND = 5000  # in an epoch
SHARES = {"cases": 0.65, "points": 0.15, "pairs": 0.2}  # of them
BATCH, SORTED = 48, 20  # pairs at a time; so many batches of pairs of like length
INNER = 256  # of the head
RATE, HEAD_RATE = 1e-4, 1e-3
DROP, SMOOTHED = 0.1, 0.05  # the share of what layers give that is left out; of each answer that is spread over the three
_FREQUENT = 60  # sentences of a case that a word stands in, above which it makes no pair hard
_HARD = 8  # of a group's hardest pairs, two are drawn each time

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Sentences that make one point, that say the opposite, and that stand near; ``case``: where others of its subject are."""

    case: str
    same: tuple[str, ...]
    opposite: tuple[str, ...]
    near: tuple[str, ...]


def taught_cases() -> tuple[str, ...]:
    """The evaluation cases that are learnt from."""
    return tuple((CASES / "taught.txt").read_text(encoding="utf-8").split())


def pairs_of_case(name: str) -> tuple[list[Pair], list[Pair], list[Pair]]:
    """All pairs of an evaluation case that say the same, or the opposite, by its labels, and four times as many that do neither.

    Most of these are those of a theme that share most words.
    """
    lines = [json.loads(line) for line in (CASES / name / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    said = [line for line in lines if line["type"] != "noise" and len(line["text"].split()) > 2]
    stems = [_stems(line["text"]) for line in said]
    same: list[Pair] = []
    opposite: list[Pair] = []
    other: list[tuple[float, Pair]] = []
    for (a, own), (b, theirs) in combinations(zip(said, stems, strict=True), 2):
        pair = a["text"], b["text"]
        group, its = a.get("group"), b.get("group")
        if a["source"] == b["source"]:
            continue
        if group and group == its:
            same.append(pair)
        elif group and its and (a.get("opposes") == its or b.get("opposes") == group):
            opposite.append(pair)
        elif set(a["themes"]) & set(b["themes"]) or len(own & theirs) > 1:
            other.append((len(own & theirs) + random.random() / 2, pair))  # noqa: S311 # not for secrets
    ranked = [pair for _, pair in sorted(other, reverse=True)]
    many = len(same) + len(opposite)
    return same, opposite, ranked[:3 * many] + _some(ranked, many)


def groups_of_points() -> list[Group]:
    """The groups that the encoder is taught with."""
    return [Group(case=name, **{kind: tuple(text for text, _ in getattr(group, kind)) for kind in ("same", "opposite", "near")})
            for name, case in train_encoder.cases().items() for group in case.groups]


def groups(folder: Path = PAIRS) -> list[Group]:
    """The groups of ``folder``. Raises ValueError at a line that is not whole."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            given = json.loads(line)
            group = Group(case=path.stem, **{kind: tuple(given[kind]) for kind in ("same", "opposite", "near")})
            if len(group.same) < 2 or not group.opposite:
                raise ValueError(f"{path.name}, line {number}: too few sentences")
            found.append(group)
    return found


def hard_pairs(found: Sequence[Group]) -> list[list[Pair]]:
    """For each group, pairs of one of its sentences and one of another group of its case that share rare words, hardest first."""
    by_case: dict[str, list[tuple[int, str, set[str]]]] = defaultdict(list)
    for n, group in enumerate(found):
        by_case[group.case] += [(n, text, _stems(text)) for text in (*group.same, *group.opposite)]
    hard: list[list[tuple[float, Pair]]] = [[] for _ in found]
    for sentences in by_case.values():
        held = Counter(stem for *_, stems in sentences for stem in stems)
        index: dict[str, list[int]] = defaultdict(list)
        for at, (*_, stems) in enumerate(sentences):
            for stem in stems:
                if 1 < held[stem] <= _FREQUENT:
                    index[stem].append(at)
        for n, text, stems in sentences:
            shared: Counter[int] = Counter()
            for stem in sorted(stems):
                for other in index.get(stem, ()):
                    if sentences[other][0] != n:
                        shared[other] += 1 / math.sqrt(held[stem])
            hard[n] += [(value, (text, sentences[other][1])) for other, value in shared.most_common(3)]
    return [[pair for _, pair in sorted(some, key=lambda one: -one[0])[:_HARD]] for some in hard]


def _stems(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"\w{4,}", text.lower())}


def drawn(found: Sequence[Group], hard: Sequence[Sequence[Pair]]) -> tuple[list[Pair], list[Pair], list[Pair]]:
    """An epoch's pairs that say the same, that say the opposite, and that do neither."""
    by_case: dict[str, list[Group]] = defaultdict(list)
    for group in found:
        by_case[group.case].append(group)
    same: list[Pair] = []
    opposite: list[Pair] = []
    other: list[Pair] = []
    for group, close in zip(found, hard, strict=True):
        same += _some([*combinations(group.same, 2), *combinations(group.opposite, 2)], 3)
        opposite += _some([(a, b) for a in group.same for b in group.opposite], 3)
        other += _some([(a, b) for a in (*group.same, *group.opposite) for b in group.near], 2) + _some(close, 2)
        mate = random.choice(by_case[group.case])  # noqa: S311 # not for secrets
        if mate is not group and mate.same:
            other.append((random.choice(group.same), random.choice(mate.same)))  # noqa: S311
    return same, opposite, other


def _some(pairs: Sequence[Pair], most: int) -> list[Pair]:
    return random.sample(pairs, min(most, len(pairs)))


def train(*, epochs: int, seed: int = 0, tell: Any = print) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """The linear layers' numbers ("l0.q.w" (out, in), "l0.q.b" (out,)), and those of ``accord``'s head. Needs torch."""
    import torch
    from torch import nn
    from torch.nn.functional import cross_entropy

    random.seed(seed)
    torch.manual_seed(seed)
    tokenizer = encoder.cut_at(encoder.MAX_TOKENS)
    end = tokenizer.token_to_id(accord.END)
    model = train_encoder.build(train_encoder.whole_weights(), rank=1)
    for parameter in model.parameters():
        parameter.requires_grad_(False)  # adapters that add nothing
    for layer in model.linear.values():
        for name in ("weight", "bias"):
            value = getattr(layer, name).clone()
            delattr(layer, name)
            setattr(layer, name, nn.Parameter(value))
    head = nn.Sequential(nn.Linear(4 * encoder.SIZE, INNER), nn.ReLU(), nn.Dropout(DROP), nn.Linear(INNER, 3))
    learning = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW([{"params": learning, "lr": RATE}, {"params": list(head.parameters()), "lr": HEAD_RATE}],
                                  weight_decay=0.01)
    cases = [[*chain.from_iterable(parts)] for parts in zip(*map(pairs_of_case, taught_cases()), strict=True)]
    lists = {name: (found, hard_pairs(found)) for name, found in (("points", groups_of_points()), ("pairs", groups()))}
    steps = epochs * -(-3 * PAIRS_A_KIND // BATCH)
    pace = train_encoder.paced(optimiser, steps)
    model.train()
    for epoch in range(epochs):
        batches = _batches({"cases": cases, **{name: drawn(*given) for name, given in lists.items()}})
        total = 0.0
        for batch in batches:
            texts = [accord.together(*(pair if random.random() < 0.5 else pair[::-1])) for pair, _ in batch]  # noqa: S311
            ids, mask = train_encoder.batch(texts, tokenizer)
            with torch.autocast("cpu", torch.bfloat16):
                tokens = model.tokens(ids, mask, DROP)
            second = ((ids == end).cumsum(1) - (ids == end).int() > 0) & mask.bool()  # behind the first end
            loss = cross_entropy(head(_seen(tokens.float(), second, mask.bool())), torch.tensor([kind for _, kind in batch]),
                                 label_smoothing=SMOOTHED)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*learning, *head.parameters()], 1.0)
            optimiser.step()
            pace.step()
            total += float(loss.detach())
        tell(f"epoch {epoch + 1}: loss {total / len(batches):.3f}")
    layers = {f"{name.replace('_', '.')}.{part[0]}": getattr(layer, part).detach().numpy()
              for name, layer in model.linear.items() for part in ("weight", "bias")}
    inner, outer = head[0], head[3]
    return layers, {name: value.detach().numpy() for name, value in (
        ("inner", inner.weight), ("inner_constant", inner.bias), ("outer", outer.weight), ("outer_constant", outer.bias))}


def _seen(tokens: Any, second: Any, known: Any) -> Any:
    """What the head goes by, (n, 4 * 384), as in ``accord``: both clauses' means, added, their difference and product; the first token."""
    import torch

    means = [(tokens * part[:, :, None]).sum(1) / part.sum(1, keepdim=True) for part in (known & ~second, second)]
    one, other = means
    return torch.cat([one + other, (one - other).abs(), one * other, tokens[:, 0]], -1)


def _batches(sources: Mapping[str, Sequence[Sequence[Pair]]]) -> list[list[tuple[Pair, int]]]:
    """As many pairs of each kind, of each source its share, pairs of like length together, in any order."""
    pairs = []
    for name, kinds in sources.items():
        wanted = round(SHARES[name] * PAIRS_A_KIND)
        for kind, some in enumerate(kinds):
            more = max(0, wanted - len(some))
            pairs += [(pair, kind) for pair in [*_some(some, wanted), *random.choices(some, k=more)]]  # noqa: S311
    random.shuffle(pairs)
    batches = []
    for at in range(0, len(pairs), BATCH * SORTED):
        part = sorted(pairs[at:at + BATCH * SORTED], key=lambda one: len(one[0][0]) + len(one[0][1]))
        batches += [part[i:i + BATCH] for i in range(0, len(part), BATCH)]
    random.shuffle(batches)
    return batches


def shipped(layers: dict[str, np.ndarray]) -> bytes:
    """The model in whole numbers, as ONNX bytes, of what ``train`` gave."""
    some = random.Random(1).sample(groups(), quantize_encoder.TEXTS)  # noqa: S311
    return quantize_encoder.quantized(weights=layers, texts=[accord.together(*group.same[:2]) for group in some])


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m pipeline.language.train_accord", description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    layers, head = train(epochs=given.epochs, seed=given.seed)
    (encoder.FOLDER / accord.MODEL).write_bytes(shipped(layers))
    np.savez_compressed(encoder.FOLDER / accord.HEAD, **{name: value.astype(np.float16) for name, value in head.items()})


if __name__ == "__main__":
    main()
