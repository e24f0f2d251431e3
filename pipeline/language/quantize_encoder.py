"""Makes the encoder that ships from the one that is taught: ``python -m pipeline.language.quantize_encoder`` (extra ``train``).

What is taught keeps its base 4-bit with adapters beside it (``train_encoder``); run like that, a statement takes a processor
three to four times as long as with whole numbers. Here base and adapters become one matrix of each linear layer, in 8-bit
numbers, and what goes into it is rounded to 8 bits for each text as it comes. A few columns of what goes in are far larger
than the others and would leave those no digits, so each column is divided by a number and its row of the matrix multiplied
with it (SmoothQuant, Xiao et al. 2023), chosen by the largest values that training statements give.

The matrices use 7 of their 8 bits: processors without VNNI add two products in 16 bits, which would run over, and the
vectors would differ from machine to machine. How near the vectors are to the taught ones is in the model card. The same
file comes out whenever it is made from the same model on the same machine.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.language import encoder, train_encoder

TEXTS = 256  # training statements whose largest values are looked at
MOST = 63  # 7 bits and a sign
# How much of the work of rounding goes from what comes in to the matrix; chosen on the vectors' likeness to the taught ones.
SHARE = {"q": 0.75, "k": 0.75, "v": 0.75, "ao": 0.75, "fi": 0.6, "fo": 0.8}


def quantized(path: Path = train_encoder.TAUGHT, weights: dict[str, np.ndarray] | None = None, texts: Sequence[str] = ()) -> bytes:
    """The model at ``path``, taught or not, in whole numbers, as ONNX bytes.

    ``weights``: other numbers for its linear layers ("l0.q.w" (out, in), "l0.q.b" (out,)); it then gives the last layer's
    "tokens" (1, tokens, 384) instead of an embedding. ``texts``: such as it will read; none: statements.
    """
    import onnx
    from onnx import helper, numpy_helper

    model = onnx.load(str(path))
    graph = model.graph
    layers = _layers(graph, train_encoder.whole_weights(path) if weights is None else weights)
    largest = _largest(path, layers, texts or training_texts())
    ratios = {source: _ratio(source, layers, largest[source]) for source in {layer["in"] for layer in layers.values()}}
    dropped = {name for layer in layers.values() for name in layer["nodes"]}
    nodes, made, ready = [], [], set()
    for node in graph.node:
        layer = layers.get(node.input[1].removesuffix(".w.q")) if node.op_type == "MatMulNBits" else None
        if layer is not None:
            source, tag = layer["in"], layer["tag"]
            if source not in ready:  # query, key and value are made of the same
                ready.add(source)
                made.append(numpy_helper.from_array((1 / ratios[source]).astype(np.float32), f"{source}.ratio"))
                nodes.append(helper.make_node("Mul", [source, f"{source}.ratio"], [f"{source}.even"], name=f"{source}.even"))
                nodes.append(helper.make_node("DynamicQuantizeLinear", [f"{source}.even"],
                                              [f"{source}.8", f"{source}.8.scale", f"{source}.8.zero"], name=f"{source}.8"))
            weight = layer["weight"] * ratios[source][:, None]
            scale = (np.abs(weight).max(axis=0) / MOST).astype(np.float32)
            made.append(numpy_helper.from_array(np.clip(np.round(weight / scale), -MOST, MOST).astype(np.int8), f"{tag}.w.8"))
            made.append(numpy_helper.from_array(scale, f"{tag}.w.8.scale"))
            nodes.append(helper.make_node(
                "MatMulIntegerToFloat", [f"{source}.8", f"{tag}.w.8", f"{source}.8.scale", f"{tag}.w.8.scale", f"{source}.8.zero", "",
                                         f"{tag}.b"], [layer["out"]], name=f"{tag}.8", domain="com.microsoft"))
        elif node.name not in dropped:
            nodes.append(node)
    if weights is not None:
        last = max(n for n, node in enumerate(nodes) if node.op_type == "LayerNormalization")
        del nodes[last + 1:]
        nodes[last].output[0] = "tokens"
        del graph.output[:]
        graph.output.append(helper.make_tensor_value_info("tokens", onnx.TensorProto.FLOAT, [1, None, encoder.SIZE]))
        made += [numpy_helper.from_array(value, name) for name, value in weights.items() if name.endswith(".b")]
    used = {name for node in nodes for name in node.input} - {item.name for item in made}
    kept = [item for item in graph.initializer if item.name in used]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend([*kept, *made])
    return model.SerializeToString()


def _layers(graph: Any, weights: dict[str, np.ndarray]) -> dict[str, dict[str, Any]]:
    """The linear layers: name -> what goes in and comes out, its matrix (in, out), the nodes that it is made of."""
    after: dict[str, list[Any]] = {}
    for node in graph.node:
        for name in node.input:
            after.setdefault(name, []).append(node)
    found = {}
    for node in graph.node:
        if node.op_type == "MatMulNBits":
            tag = node.input[1].removesuffix(".w.q")
            out, parts = node.output[0], [node.name]
            (following,) = after[out]
            if following.name == f"lora.{tag}.sum":
                parts += [f"lora.{tag}.{part}" for part in ("A.cast", "B.cast", "down", "up", "sum")]
                (following,) = after[following.output[0]]
            found[tag] = {"tag": tag, "in": node.input[0], "out": following.output[0], "weight": weights[f"{tag}.w"].T,
                          "nodes": [*parts, following.name]}
    return found


def _largest(path: Path, layers: dict[str, dict[str, Any]], texts: Sequence[str]) -> dict[str, np.ndarray]:
    """For what goes into each layer, the largest size of each column over the texts, (in,)."""
    import onnx
    import onnxruntime
    from tokenizers import Tokenizer

    model = onnx.load(str(path))
    sources = sorted({layer["in"] for layer in layers.values()})
    model.graph.output.extend(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in sources)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(encoder.FOLDER / encoder.TOKENIZER))
    tokenizer.enable_truncation(encoder.MAX_TOKENS)
    largest: dict[str, np.ndarray] = {}
    for encoded in tokenizer.encode_batch([encoder.PREFIX + text for text in texts]):
        ids = np.array([encoded.ids], dtype=np.int64)
        for name, values in zip(sources, session.run(sources, {"input_ids": ids, "attention_mask": np.ones_like(ids)}), strict=True):
            size = np.abs(values[0]).max(axis=0)
            largest[name] = np.maximum(largest[name], size) if name in largest else size
    return largest


def _ratio(source: str, layers: dict[str, dict[str, Any]], largest: np.ndarray) -> np.ndarray:
    """What each column is divided by, (in,), 1 on average."""
    mine = [layer for layer in layers.values() if layer["in"] == source]
    share = SHARE[mine[0]["tag"].rpartition(".")[2]]
    weight = np.max([np.abs(layer["weight"]).max(axis=1) for layer in mine], axis=0)
    ratio = np.maximum(largest, 1e-5) ** share / np.maximum(weight, 1e-5) ** (1 - share)
    return (ratio / np.exp(np.log(ratio).mean())).astype(np.float32)


def training_texts() -> list[str]:
    """``TEXTS`` statements of the training cases, the same each time."""
    texts = [text for _, case in sorted(train_encoder.cases().items()) for group in case.groups
             for text, _ in (*group.same, *group.opposite, *group.near)]
    return random.Random(1).sample(texts, TEXTS)  # noqa: S311 # not for secrets


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m pipeline.language.quantize_encoder", description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=encoder.FOLDER / encoder.MODEL, help="the model file to write")
    given = parser.parse_args(arguments)
    given.out.write_bytes(quantized())


if __name__ == "__main__":
    main()
