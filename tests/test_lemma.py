"""Dictionary forms are simplemma's own, whether its dictionaries are unpacked or asked as they are packed."""

import json
import random
import zlib

import pytest
import simplemma
from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

from pipeline import lemma

ODD = ["", "tiltakene", "Tiltakene", "kommunane", "helse-og", "Ærfugl", "12", "straumbrudda", "X", "é" * 40, "ikkjeeksisterende", "zzz"]


@pytest.fixture
def fresh():
    """No word is known from before, and none of the test's is left."""
    lemma.lemma.cache_clear()
    lemma._lemmatizer.cache_clear()
    yield
    lemma.lemma.cache_clear()
    lemma._lemmatizer.cache_clear()


def _words() -> list[str]:
    chance = random.Random(1)
    listed = [w for lang in lemma.LANGUAGES for w in chance.sample(sorted(DEFAULT_DICTIONARY_FACTORY.get_dictionary(lang)), 500)]
    return [*ODD[1:], *listed, *(f"{w}s" for w in listed[:100]), *(w.capitalize() for w in listed[:100])]


def test_packed_and_unpacked_give_the_same(fresh):
    """For words of both dictionaries and words of none."""
    assert lemma._factory() is not None, "the index does not fit the installed simplemma: run python -m pipeline.lemma"
    words = _words()
    assert [lemma.lemma(w) for w in words] == [simplemma.lemmatize(w, lang=lemma.LANGUAGES) for w in words]


@pytest.mark.parametrize("damage", ["missing", "cut", "other"])
def test_without_a_fitting_index_simplemma_does_it(fresh, damage, tmp_path, monkeypatch):
    """An update of simplemma, or a damaged file, costs time only."""
    index = tmp_path / "index"
    if damage == "cut":
        index.write_bytes(lemma.INDEX.read_bytes()[:1000])
    elif damage == "other":
        values = json.loads(zlib.decompress(lemma.INDEX.read_bytes()))
        values["nb"]["sha256"] = "0" * 64
        index.write_bytes(zlib.compress(json.dumps(values).encode()))
    monkeypatch.setattr(lemma, "INDEX", index)
    assert lemma._factory() is None
    assert lemma.lemma("tiltakene") == simplemma.lemmatize("tiltakene", lang=lemma.LANGUAGES)


def test_very_many_look_ups_go_to_the_unpacked_dictionaries(fresh, monkeypatch):
    """With the same answers."""
    monkeypatch.setattr(lemma, "_ALL", 5)
    words = _words()[:200]
    assert [lemma.lemma(w) for w in words] == [simplemma.lemmatize(w, lang=lemma.LANGUAGES) for w in words]
