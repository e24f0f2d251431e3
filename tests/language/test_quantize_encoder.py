"""The encoder in whole numbers: what comes in is evened out before it is rounded."""

import numpy as np

from pipeline.language import accord, encoder, quantize_encoder, train_encoder


def test_columns_that_are_large_are_divided_by_more():
    """The ratio is 1 on average, and greater where the values that come in are greater and the matrix no larger."""
    layers = {"l0.fi": {"tag": "l0.fi", "in": "x", "weight": np.ones((4, 6), dtype=np.float32)}}
    ratio = quantize_encoder._ratio("x", layers, np.array([1.0, 2.0, 8.0, 100.0], dtype=np.float32))
    assert np.isclose(np.exp(np.log(ratio).mean()), 1)
    assert (np.diff(ratio) > 0).all()


def test_layers_that_share_what_comes_in_share_the_ratio():
    """Query, key and value: the largest row of the three matrices counts."""
    small, large = (np.full((2, 3), size, dtype=np.float32) for size in (1, 9))
    layers = {name: {"tag": name, "in": "x", "weight": weight} for name, weight in (("l0.q", small), ("l0.k", large))}
    both = quantize_encoder._ratio("x", layers, np.array([1.0, 4.0], dtype=np.float32))
    assert np.allclose(both, quantize_encoder._ratio("x", {"l0.k": layers["l0.k"]}, np.array([1.0, 4.0], dtype=np.float32)))


def test_the_texts_that_are_looked_at_are_the_same_each_time():
    """The file that ships comes out the same byte for byte."""
    texts = quantize_encoder.training_texts()
    assert len(texts) == quantize_encoder.TEXTS and texts == quantize_encoder.training_texts()


def test_what_is_taught_does_not_ship():
    """The taught model lies outside the package; the package holds those in whole numbers only."""
    assert train_encoder.TAUGHT.is_file()
    assert sorted(path.name for path in encoder.FOLDER.glob("*.onnx")) == [accord.MODEL, encoder.MODEL]
