"""Teaches the bundled encoder to see themes and points: ``python -m pipeline.language.train_encoder`` (extra ``train``).

The base, multilingual-e5-small cut to Norwegian, stays as it is, 4-bit. Low-rank adapters (Hu et al. 2021) beside its
linear layers learn from ``pipeline/data/training/points``: cases in many voices, each with its own themes and with
groups of statements that make the same point, their opposites, and their neighbours. Three things are learnt at once:
a statement lies close to the description of its theme, close to other statements of its theme, and, in a projection
that is thrown away afterwards, close to those that make the same point and away from those that say the opposite.
(On other authors' cases the vectors before the projection find the same points better than those behind it, and better
than vectors taught without one: Chen et al. 2020 saw the same in pictures.)

Whole cases are held out (``HELD_OUT``); they are never trained on, and grouping is measured on them. Nothing here is
needed at run time. About a minute and a half per epoch on one core; the same seed gives the same weights on the same
machine.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.language import encoder, theme_model, themes

TAUGHT = Path(__file__).resolve().parents[2] / "teaching" / "encoder-int4.onnx"  # ``quantize_encoder`` makes of it what ships
POINTS = Path(__file__).resolve().parent.parent / "data" / "training" / "points"
HELD_OUT = ("w2-barn", "w3-digital", "w5-motsatt", "w8-vann", "w8-kultur", "t1-eldre", "t3-reiseliv", "t4-legevakt", "t5-innkjop")
LAYERS, HEADS, RANK = 12, 12, 16
KEPT_RANK = 24  # of the mean of several runs
SCALE = 2.0  # what an adapter's product is multiplied with
LINEAR = ("q", "k", "v", "ao", "fi", "fo")
TEXTS_A_CASE = 40  # about so many in a batch
CASES_A_BATCH = 2
STANDARD = frozenset(theme.key for theme in themes.STANDARD)
SAME, OPPOSITE, NEAR = 4, 2, 2  # texts of each kind drawn from a group
OPPOSITE_MARGIN = 0.7  # logits that an opposite counts closer than it is
THEME_MATES = 0.3  # weight of the second loss
LONGEST = 128  # tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One point: texts that make it, that say the opposite, and that only stand near. Themes: the main one first."""

    theme: str
    point: str
    same: tuple[tuple[str, tuple[str, ...]], ...]  # (text, themes)
    opposite: tuple[tuple[str, tuple[str, ...]], ...]
    near: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingCase:
    """A made-up hearing: its themes as the settings would describe them, and its groups."""

    name: str
    keys: tuple[str, ...]
    titles: tuple[str, ...]
    descriptions: tuple[str, ...]
    groups: tuple[Group, ...]


def cases(folder: Path = POINTS) -> dict[str, TrainingCase]:
    """The training cases by name, held-out ones included. Raises ValueError at a line that is not whole."""
    found = {}
    for path in sorted(folder.glob("*.jsonl")):
        head, *lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        keys = tuple(theme["key"] for theme in head["themes"])
        found[head["case"]] = TrainingCase(
            name=head["case"], keys=keys, titles=tuple(t["title"] for t in head["themes"]),
            descriptions=tuple(t.get("description", "") for t in head["themes"]),
            groups=tuple(_group(line, keys, path.name) for line in lines))
    return found


def _group(line: dict[str, Any], keys: Sequence[str], where: str) -> Group:
    own = (line["theme"], *(line.get("also") or ()))

    def texts(name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        out = []
        for entry in line.get(name, ()):
            voice, bar, text = entry.partition("|")
            theme, colon, _ = voice.partition(":")
            if not bar or not text.strip():
                raise ValueError(f"{where}: «{entry[:40]}» has no voice")
            out.append((text.strip(), (theme,) if colon else own))
        return tuple(out)

    if line["theme"] not in keys:
        raise ValueError(f"{where}: unknown theme {line['theme']}")
    return Group(theme=line["theme"], point=line["point"], same=texts("same"), opposite=texts("opposite"),
                 near=texts("near"))


# -- the base model's numbers, from and to ONNX --------------------------------------------------------------------

def base_weights(path: Path = TAUGHT) -> dict[str, np.ndarray]:
    """The base's weights as float32, adapters left out: linear layers (out, in), norms, biases, embeddings."""
    return _base(_numbers(path))


def _base(raw: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    weights = {}
    for name, value in raw.items():
        if name == "emb.word.q":
            scale = raw["emb.word.s"].astype(np.float32)
            weights["emb.word"] = _dense(value.reshape(len(value), -1, 32), scale)
        elif name.endswith(".w.q"):
            weights[name[:-2]] = _dense(_nibbles(value).reshape(len(value), -1, 32), raw[f"{name[:-2]}.s"].reshape(len(value), -1))
        elif name.endswith((".w", ".b")) or name == "emb.pos":
            weights[name] = value
    return weights


def whole_weights(path: Path = TAUGHT) -> dict[str, np.ndarray]:
    """``base_weights``, the adapters that the model has added to the linear layers."""
    raw = _numbers(path)
    weights = _base(raw)
    for name in weights:
        if (down := raw.get(f"lora.{name.removesuffix('.w')}.A")) is not None:
            up = raw[f"lora.{name.removesuffix('.w')}.B"]
            weights[name] = weights[name] + (down.astype(np.float32) @ up.astype(np.float32)).T
    return weights


def _numbers(path: Path) -> dict[str, np.ndarray]:
    """The numbers that a model file holds, by name; 4-bit ones one to each byte."""
    import onnx
    from onnx import numpy_helper

    raw = {}
    for item in onnx.load(str(path)).graph.initializer:
        if item.data_type == onnx.TensorProto.UINT4:
            raw[item.name] = _nibbles(np.frombuffer(item.raw_data, np.uint8))[: int(np.prod(item.dims))].reshape(list(item.dims))
        else:
            raw[item.name] = numpy_helper.to_array(item)
    return raw


def _nibbles(packed: np.ndarray) -> np.ndarray:
    """Two 4-bit numbers of each byte, the low one first, (2n,)."""
    return np.stack([packed & 15, packed >> 4], -1).reshape(-1)


def _dense(nibbles: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """4-bit blocks of 32 as float32: (value - 8) times the block's scale."""
    return ((nibbles.astype(np.float32) - 8) * scale[:, :, None]).reshape(len(nibbles), -1)


def with_adapters(path: Path, adapters: dict[str, np.ndarray]) -> bytes:
    """The model at ``path`` with these adapters in place of any it has, as ONNX bytes.

    ``adapters``: "l0.q.A" (rank, in) and "l0.q.B" (out, rank), ``SCALE`` already in B; stored as float16.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    model = onnx.load(str(path))
    graph = model.graph
    nodes = [n for n in graph.node if not n.name.startswith("lora.")]
    for node in nodes:  # an adapted model: each bias goes back behind its own layer
        if node.op_type == "Add" and node.input[0].startswith("lora."):
            node.input[0] = node.input[0].removeprefix("lora.").removesuffix(".sum")
    kept = [i for i in graph.initializer if not i.name.startswith("lora.")]
    made: list[Any] = []
    out = []
    for node in nodes:
        out.append(node)
        if node.op_type != "MatMulNBits":
            continue
        name = node.input[1].removesuffix(".w.q")
        if f"{name}.A" not in adapters:
            continue
        y = node.output[0]
        for side in ("A", "B"):
            made.append(numpy_helper.from_array(
                np.ascontiguousarray(adapters[f"{name}.{side}"].T.astype(np.float16)), f"lora.{name}.{side}"))
            out.append(helper.make_node("Cast", [f"lora.{name}.{side}"], [f"lora.{name}.{side}32"],
                                        name=f"lora.{name}.{side}.cast", to=TensorProto.FLOAT))
        out.append(helper.make_node("MatMul", [node.input[0], f"lora.{name}.A32"], [f"lora.{name}.low"],
                                    name=f"lora.{name}.down"))
        out.append(helper.make_node("MatMul", [f"lora.{name}.low", f"lora.{name}.B32"], [f"lora.{name}.add"],
                                    name=f"lora.{name}.up"))
        out.append(helper.make_node("Add", [y, f"lora.{name}.add"], [f"lora.{y}.sum"], name=f"lora.{name}.sum"))
        for other in nodes:
            if other.op_type == "Add" and y in other.input:
                other.input[list(other.input).index(y)] = f"lora.{y}.sum"
    del graph.node[:], graph.initializer[:]
    graph.node.extend(out)
    graph.initializer.extend([*kept, *made])
    return model.SerializeToString()


# -- the torch twin ------------------------------------------------------------------------------------------------

def build(weights: dict[str, np.ndarray], rank: int = RANK) -> Any:
    """The model in torch: frozen base, trainable adapters of ``rank`` and projection."""
    import torch
    from torch import nn
    from torch.nn import functional

    class Adapted(nn.Module):
        def __init__(self, weight: np.ndarray, bias: np.ndarray) -> None:
            super().__init__()
            self.register_buffer("weight", torch.tensor(weight))
            self.register_buffer("bias", torch.tensor(bias))
            self.A = nn.Parameter(torch.randn(rank, weight.shape[1]) / math.sqrt(weight.shape[1]))
            self.B = nn.Parameter(torch.zeros(weight.shape[0], rank))

        def forward(self, x: Any) -> Any:
            low = functional.linear(functional.linear(x, self.A), self.B) * SCALE
            return functional.linear(x, self.weight, self.bias) + low

    class Twin(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            for name in ("emb.word", "emb.pos"):
                self.register_buffer(name.replace(".", "_"), torch.tensor(weights[name]))
            self.linear = nn.ModuleDict({
                f"l{n}_{part}": Adapted(weights[f"l{n}.{part}.w"], weights[f"l{n}.{part}.b"])
                for n in range(LAYERS) for part in LINEAR})
            self.point = nn.Linear(encoder.SIZE, 128, bias=False)
            nn.init.orthogonal_(self.point.weight)
            self.norms = {name: (torch.tensor(weights[f"{name}.w"]), torch.tensor(weights[f"{name}.b"]))
                          for name in ("emb.ln", *(f"l{n}.{k}" for n in range(LAYERS) for k in ("aln", "oln")))}

        def norm(self, x: Any, name: str) -> Any:
            return functional.layer_norm(x, (encoder.SIZE,), *self.norms[name], eps=1e-12)

        def tokens(self, ids: Any, mask: Any, drop: float = 0.0) -> Any:
            x = self.norm(self.emb_word[ids] + self.emb_pos[: ids.shape[1]][None], "emb.ln")
            b, t, _ = x.shape
            seen = mask[:, None, None, :].bool()
            for n in range(LAYERS):
                q, k, v = (self.linear[f"l{n}_{p}"](x).view(b, t, HEADS, -1).transpose(1, 2) for p in "qkv")
                with torch.autocast("cpu", enabled=False):  # three times as fast in full precision
                    a = functional.scaled_dot_product_attention(q.float(), k.float(), v.float(), attn_mask=seen)
                a = self.linear[f"l{n}_ao"](a.transpose(1, 2).reshape(b, t, encoder.SIZE))
                x = self.norm(x + functional.dropout(a, drop, self.training), f"l{n}.aln")
                f = self.linear[f"l{n}_fo"](functional.gelu(self.linear[f"l{n}_fi"](x)))
                x = self.norm(x + functional.dropout(f, drop, self.training), f"l{n}.oln")
            return x

        def forward(self, ids: Any, mask: Any, drop: float = 0.0) -> Any:
            x = self.tokens(ids, mask, drop)
            weight = mask[:, :, None].float()
            return functional.normalize((x * weight).sum(1) / weight.sum(1), dim=-1)

    return Twin()


def batch(texts: Sequence[str], tokenizer: Any) -> tuple[Any, Any]:
    """The texts' ids and which of them count, (n, longest)."""
    import torch

    encoded = tokenizer.encode_batch([encoder.PREFIX + text for text in texts])
    width = max(len(e.ids) for e in encoded)
    ids, mask = torch.ones(len(texts), width, dtype=torch.long), torch.zeros(len(texts), width, dtype=torch.long)
    for row, e in enumerate(encoded):
        ids[row, : len(e.ids)] = torch.tensor(e.ids)
        mask[row, : len(e.ids)] = 1
    return ids, mask


def _drawn(case: TrainingCase, groups: Sequence[Group]) -> tuple[list[str], list[tuple[str, ...]], list[int]]:
    """Texts of a batch with their themes and kinds: ten times the group's number, + 0 same, 1 opposite, 2… near."""
    texts, labels, kinds = [], [], []
    for number, group in enumerate(groups):
        for kind, pool, most in ((0, group.same, SAME), (1, group.opposite, OPPOSITE), (2, group.near, NEAR)):
            for rank, (text, own) in enumerate(random.sample(pool, min(most, len(pool)))):
                texts.append(text)
                labels.append(tuple(k for k in own if k in case.keys))
                kinds.append(10 * number + kind + (rank if kind == 2 else 0))
    return texts, labels, kinds


def _at_once(case: TrainingCase) -> int:
    """How many of the case's groups make a batch's share of texts."""
    drawn = sum(min(SAME, len(g.same)) + min(OPPOSITE, len(g.opposite)) + min(NEAR, len(g.near)) for g in case.groups)
    return max(1, round(TEXTS_A_CASE * len(case.groups) / drawn))


def _loss(model: Any, drawn: Sequence[tuple[TrainingCase, Sequence[Group]]], tokenizer: Any, sharp: Any) -> Any:
    """The loss of a batch of groups of some cases; the themes of all of them are on offer to every statement."""
    import torch
    from torch.nn.functional import log_softmax, normalize

    texts: list[str] = []
    labels: list[tuple[str, ...]] = []
    kinds: list[int] = []
    spans: list[slice] = []
    described: dict[str, str] = {}
    for case, groups in drawn:
        own, themes_of, sorts = _drawn(case, groups)
        spans.append(slice(len(texts), len(texts) + len(own)))
        texts += own
        labels += [tuple(_column(case, key) for key in keys) for keys in themes_of]
        kinds += [10_000 * len(spans) + kind for kind in sorts]
        for key, title, description in zip(case.keys, case.titles, case.descriptions, strict=True):
            # titles say little in some cases and everything in others: the model must read descriptions
            alone = description and random.random() < 0.25  # noqa: S311
            described.setdefault(_column(case, key), description if alone else f"{title}. {description}")
    columns = list(described)
    with torch.autocast("cpu", torch.bfloat16):
        vectors = model(*batch([*texts, *described.values()], tokenizer), drop=0.1)
    vectors = vectors.float()
    own, protos = vectors[: len(texts)], vectors[len(texts) :]
    target = torch.tensor(theme_model.shares(labels, columns), dtype=torch.float32)
    # each case around its own mean, as the product uses the vectors
    centred = torch.cat([normalize(own[s] - own[s].mean(0, keepdim=True).detach(), dim=-1) for s in spans])
    likeness = centred @ normalize(protos - protos.mean(0, keepdim=True), dim=-1).T
    known = target.sum(1) > 0
    to_theme = -(target[known] * log_softmax(likeness[known] * sharp[0].exp(), -1)).sum(-1).mean()

    kind = torch.tensor(kinds)
    other_group = (kind // 10)[:, None] != (kind // 10)[None]
    main = target.argmax(1)
    mates = (main[:, None] == main[None]) & other_group & known[:, None] & known[None]
    to_mates = _pull(10 * centred @ centred.T, mates, other_group)

    point = normalize(model.point(own), dim=-1)
    logits = point @ point.T * sharp[1].exp()
    logits = logits + OPPOSITE_MARGIN * (~other_group & (kind[:, None] != kind[None]))
    apart = ~torch.eye(len(texts), dtype=torch.bool)
    to_same = _pull(logits, (kind[:, None] == kind[None]) & apart, apart)
    return to_theme + THEME_MATES * to_mates + to_same


def _column(case: TrainingCase, key: str) -> str:
    """The standard themes are the same in every case; another case's "okonomi" is its own."""
    return key if key in STANDARD else f"{case.name}:{key}"


def _pull(logits: Any, wanted: Any, among: Any) -> Any:
    """Supervised contrastive loss (Khosla et al. 2020): each row's wanted columns against all those it is among."""
    chance = logits.masked_fill(~among, -1e4).log_softmax(-1)
    has = wanted.any(1)
    if not has.any():
        return logits.sum() * 0
    return (-(chance * wanted).sum(1)[has] / wanted.sum(1)[has]).mean()


def paced(optimiser: Any, steps: int) -> Any:
    """The rate rises over the first tenth of the steps and falls to the end."""
    import torch

    return torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.02, 1 - step / steps))


def train(*, epochs: int, rate: float = 1e-3, seed: int = 0, held_out: Sequence[str] = HELD_OUT,
          tell: Any = print) -> dict[str, np.ndarray]:
    """The adapters, as ``with_adapters`` takes them. Needs torch."""
    import torch

    random.seed(seed)
    torch.manual_seed(seed)
    tokenizer = encoder.cut_at(LONGEST)
    taught = [case for name, case in cases().items() if name not in held_out]
    model = build(base_weights())
    sharp = torch.nn.Parameter(torch.full((2,), math.log(12.0)))
    adapters = list(model.parameters())
    optimiser = torch.optim.AdamW([{"params": adapters, "lr": rate, "weight_decay": 0.01},
                                   {"params": [sharp], "lr": rate / 10, "weight_decay": 0.0}])
    parts = sum(-(-len(case.groups) // _at_once(case)) for case in taught)
    steps = epochs * -(-parts // CASES_A_BATCH)
    pace = paced(optimiser, steps)
    model.train()
    for epoch in range(epochs):
        parts = []
        for case in taught:
            groups = random.sample(case.groups, len(case.groups))
            if random.random() < 0.5:  # noqa: S311 # half the time one or two themes only: harder to tell apart
                groups.sort(key=lambda g: g.theme)
            size = _at_once(case)
            parts += [(case, groups[i : i + size]) for i in range(0, len(groups), size)]
        random.shuffle(parts)
        batches = [parts[i : i + CASES_A_BATCH] for i in range(0, len(parts), CASES_A_BATCH)]
        total = 0.0
        for drawn in batches:
            loss = _loss(model, drawn, tokenizer, sharp)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(adapters, 1.0)
            optimiser.step()
            pace.step()
            total += float(loss.detach())
        tell(f"epoch {epoch + 1}: loss {total / len(batches):.3f}")
    found = {}
    for name, layer in model.linear.items():
        key = name.replace("_", ".")
        found[f"{key}.A"] = layer.A.detach().numpy()
        found[f"{key}.B"] = layer.B.detach().numpy() * SCALE
    return found


def averaged(runs: Sequence[dict[str, np.ndarray]], rank: int = KEPT_RANK) -> dict[str, np.ndarray]:
    """The mean of what several runs have learnt, as adapters of ``rank``: the nearest there are to the mean product.

    What a run learns about subjects it was not taught differs from seed to seed by as much as any idea has gained;
    the mean differs less (Wortsman et al. 2022).
    """
    found = {}
    for name in sorted({key[:-2] for key in runs[0]}):
        down = np.concatenate([run[f"{name}.A"] for run in runs])
        up = np.concatenate([run[f"{name}.B"] for run in runs], axis=1) / len(runs)
        basis, left = np.linalg.qr(up)
        other, right = np.linalg.qr(down.T)
        u, strength, v = np.linalg.svd(left @ right.T)
        root = np.sqrt(strength[:rank])
        found[f"{name}.A"] = (root[:, None] * v[:rank]) @ other.T
        found[f"{name}.B"] = basis @ u[:, :rank] * root
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m pipeline.language.train_encoder", description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2], help="a run each; the mean is kept")
    parser.add_argument("--out", type=Path, default=TAUGHT, help="the model file to write")
    given = parser.parse_args(arguments)
    runs = [train(epochs=given.epochs, seed=seed) for seed in given.seeds]
    given.out.write_bytes(with_adapters(TAUGHT, averaged(runs)))


if __name__ == "__main__":
    main()
