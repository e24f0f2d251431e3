"""What a case names: a word of a theme's own description in a statement tells of the theme.

"Bygdeboka bør skrives ferdig" is about the theme whose description speaks of "bygdebok", whatever the rest of the letter is
about. A word counts the more the fewer statements of the case have it, and the less the more themes' descriptions have it;
one that all have tells nothing. A compound counts in part for what it begins or ends with ("fritidshus", "fritid").
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from pipeline.language.lemmas import content

# Log-odds of one word that only one theme names and only one statement has. On 54 cases of described themes .5 to 1.0 gain
# .008 to .009 of macro-F1 (text only), and .015 to .018 on 13 others that it was not chosen by.
WEIGHT = 0.8
PART = 0.6  # of a word that only begins or ends like one of a description
_LEAST, _LEAST_PART = 4, 6  # letters of a word, and of one that may be part of another


def scores(texts: Sequence[str], descriptions: Sequence[Sequence[str]]) -> np.ndarray:
    """Log-odds that the words of the texts add to each theme, (n, k). ``descriptions``: what describes each theme, some texts each."""
    found = np.zeros((len(texts), len(descriptions)))
    named = _named(descriptions)
    said = [_words(t) for t in texts]
    held = Counter(w for words in said for w in words)
    of_word: dict[str, np.ndarray] = {}
    for word, count in held.items():
        shares = _shares(word, named, len(descriptions))
        themes = np.count_nonzero(shares)
        if 0 < themes < len(descriptions):
            rare = math.log((len(texts) + 1) / (count + 0.5)) / math.log(len(texts) + 1)
            of_word[word] = WEIGHT * rare * shares / themes
    for row, words in zip(found, said, strict=True):
        for word in sorted(words & of_word.keys()):  # the order of summation must not decide
            row += of_word[word]
    return found


def _words(text: str) -> set[str]:
    return {w for w in content(text) if len(w) >= _LEAST}


def _named(descriptions: Sequence[Sequence[str]]) -> Mapping[str, Mapping[int, float]]:
    """Word, or beginning or end of one -> theme -> how much it counts: 1 for a whole word."""
    named: dict[str, dict[int, float]] = defaultdict(dict)
    for theme, texts in enumerate(descriptions):
        for word in set().union(*map(_words, texts)):
            named[word][theme] = 1.0
            for part in _parts(word):
                named[f"-{part}"][theme] = PART
    return named


def _parts(word: str) -> list[str]:
    """The beginnings ("leir-") and ends ("-skole") of a word that are long enough, itself among both."""
    return [part for n in range(_LEAST_PART, len(word) + 1) for part in (f"{word[:n]}-", f"-{word[-n:]}")]


def _shares(word: str, named: Mapping[str, Mapping[int, float]], themes: int) -> np.ndarray:
    shares = np.zeros(themes)
    # The word begins with one of a description, or ends with it; or one of a description with the word.
    for key in (f"-{word}-", f"--{word}"):
        for theme, share in named.get(key, {}).items():
            shares[theme] = max(shares[theme], share)
    for part in _parts(word):
        for theme in named.get(part.strip("-"), {}):
            shares[theme] = max(shares[theme], PART)
    for theme, share in named.get(word, {}).items():
        shares[theme] = max(shares[theme], share)
    return shares
