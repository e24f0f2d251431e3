"""The dictionary form of a Norwegian word, bokmål or nynorsk, from simplemma's dictionaries.

simplemma unpacks all of its 780,000 words before it can tell the first: 0.4 seconds and 130 MB, in a run that asks for a
thousand. So an index of where in the packed dictionaries every 32nd word stands ships with this package
(``python -m pipeline.lemma`` makes it anew after an update of simplemma), and a word is looked up in the packed form. Without
an index that fits the installed dictionaries, and for a run that asks for very many words, simplemma does it its own
way; the answers are the same.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from functools import cache, lru_cache
from pathlib import Path

INDEX = Path(__file__).parent / "data" / "lemma_index.json.z"
LANGUAGES = ("nb", "nn")
_ALL = 100_000  # look-ups from which it pays to unpack everything


@lru_cache(maxsize=100_000)
def lemma(word: str) -> str:
    """As ``simplemma.lemmatize(word, lang=("nb", "nn"))``."""
    return _lemmatizer().lemmatize(word, LANGUAGES)


@cache
def _lemmatizer():
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    factory = _factory()
    strategy = DefaultStrategy(dictionary_factory=factory) if factory is not None else DefaultStrategy()
    return Lemmatizer(lemmatization_strategy=strategy)


def _factory():
    """simplemma's factory of dictionaries with ours for what the index knows, or None."""
    try:
        from simplemma.strategies.dictionaries import dictionary_factory, stream_dictionary_factory

        index = json.loads(zlib.decompress(INDEX.read_bytes()))
        opened = {lang: _opened(stream_dictionary_factory.StreamMap, dictionary_factory, lang, index[lang]) for lang in LANGUAGES}
    except (ImportError, AttributeError, OSError, ValueError, KeyError, TypeError, zlib.error):
        return None
    whole = dictionary_factory.DEFAULT_DICTIONARY_FACTORY

    class Factory:
        asked = 0

        def get_dictionary(self, lang: str):
            self.asked += 1
            return whole.get_dictionary(lang) if self.asked > _ALL or lang not in opened else opened[lang]

    return Factory()


def _opened(stream_map: type, dictionaries, lang: str, index: dict):
    """A packed dictionary that can be asked at once. Raises ValueError when the index is of another one."""
    packed = (dictionaries.DATA_FOLDER / f"{lang}.plzma").read_bytes()
    if hashlib.sha256(packed).hexdigest() != index["sha256"]:
        raise ValueError(lang)
    opened = stream_map.__new__(stream_map)
    opened._data = dictionaries._read_decompressed(lang)
    opened._rev, opened._count, opened._pos = index["reversed"], index["count"], index["start"]
    opened._firsts = [first.encode() for first in index["firsts"]]
    opened._blocks = [(at, key.encode(), value.encode()) for at, key, value in index["blocks"]]
    return opened


def build(path: Path = INDEX) -> None:
    """Write the index of the installed dictionaries."""
    from simplemma.strategies.dictionaries import dictionary_factory, stream_dictionary_factory

    index = {}
    for lang in LANGUAGES:
        packed = (dictionary_factory.DATA_FOLDER / f"{lang}.plzma").read_bytes()
        opened = stream_dictionary_factory.StreamMap(lang)
        index[lang] = {
            "sha256": hashlib.sha256(packed).hexdigest(), "reversed": opened._rev, "count": opened._count, "start": opened._pos,
            "firsts": [first.decode() for first in opened._firsts],
            "blocks": [(at, key.decode(), value.decode()) for at, key, value in opened._blocks]}
    path.write_bytes(zlib.compress(json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode(), 9))


if __name__ == "__main__":
    build()
