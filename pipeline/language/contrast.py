"""Clauses in nearly the same words that say the opposite: a negation more, two names that have changed places.

``stance`` reads what a clause wants; "rådhuset må styre dette, ikke grendalagene" and "grendalagene må styre dette,
ikke rådhuset" want the same, of different people. The likest clauses of all are such pairs, so they are told apart by
their words alone:

- one has an odd number of negations and the other an even one, both demand or both tell, and neither says anything else
  ("ansvaret er ikke tydelig" and "ansvaret må være tydelig" are no such pair: the one tells, the other demands);
- around a word that sets things against each other (ikke, framfor, enn, så, før, fra – til) they have changed sides;
- the one has "mest", "først", "flere" where the other has "minst", "sist", "færre", among the same words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipeline.language import lexicon

SAME_WORDS = 0.6  # the least share of the longer clause's content words that the shorter one has as well
# "Få den opp", "ikke dra den opp": verbs that say little beside their object.
_LIGHT = frozenset({"få", "får", "ta", "tar", "dra", "drar", "gjøre", "gjør", "ha", "har", "går", "gå", "finnes", "står"})
_DIVIDERS = frozenset({"ikke", "framfor", "enn", "så", "før", "etter", "mens", "heller"})
_PAIRS = (("mest", "minst"), ("først", "sist"), ("første", "siste"), ("flere", "færre"), ("mer", "mindre"), ("mye", "lite"),
          ("opp", "ned"), ("inn", "ut"), ("lengre", "kortere"), ("høyere", "lavere"), ("før", "etter"))
_ENDS = dict(_PAIRS) | {other: one for one, other in _PAIRS}
_TELLING = lexicon.COPULAS | lexicon.PRESENT | lexicon.PAST


@dataclass(frozen=True, slots=True)
class Outline:
    """The words of a clause as far as contrast goes by them, folded."""

    words: tuple[str, ...]
    content: frozenset[str]  # stems
    denied: bool  # an odd number of negations
    demands: bool
    ends: frozenset[str]  # words that have a counterpart

    @property
    def whole(self) -> bool:
        """A clause, not a mere noun: "ikke tydelig ansvar" and "tydelig ansvar" ask for the same."""
        return self.demands or any(w in _TELLING for w in self.words)


@lru_cache(maxsize=8192)
def outline(text: str) -> Outline:
    """The outline of one clause."""
    words = tuple(w for w in lexicon.fold_text(text) if w != ",")
    return Outline(
        words=words,
        content=frozenset(
            lexicon.stem(w) for w in words if len(w) > 1 and w not in lexicon.STOP and w not in _LIGHT and w not in _ENDS),
        denied=sum(w in lexicon.NEGATORS for w in words) % 2 == 1,
        demands=_demands(words),
        ends=frozenset(w for w in words if w in _ENDS),
    )


def _demands(words: tuple[str, ...]) -> bool:
    first = next((w for w in words if w not in lexicon.NEGATORS), "")
    return first in lexicon.IMPERATIVES or first in {"få", "dra"} or any(
        w in lexicon.MODALS or lexicon.any_of(w, lexicon.DEMANDS + lexicon.NEEDS) for w in words)


def contrasts(a: Outline, b: Outline) -> bool:
    """Whether two clauses say different things in nearly the same words."""
    if not a.content or not b.content:
        return False
    shared = a.content & b.content
    shorter, longer = sorted((len(a.content), len(b.content)))
    if len(shared) >= 2 and _changed_places(a, b):
        return True
    if len(shared) < shorter or len(shared) < SAME_WORDS * longer:
        return False
    if a.denied != b.denied and a.demands == b.demands and a.whole and b.whole:
        return True
    return any(_ENDS[w] in b.ends and w not in b.ends and _ENDS[w] not in a.ends for w in a.ends)


def _changed_places(a: Outline, b: Outline) -> bool:
    for divider in _DIVIDERS & set(a.words) & set(b.words):
        before, after = _sides(a.words, divider)
        then, later = _sides(b.words, divider)
        if (before & later) - (then | after) and (after & then) - (before | later):
            return True
    one, other = _ways(a.words), _ways(b.words)
    return bool(one and other) and (one.get("fra") == other.get("til") or one.get("til") == other.get("fra"))


def _sides(words: tuple[str, ...], divider: str) -> tuple[set[str], set[str]]:
    """The stems of the content words before and after the first ``divider``."""
    at = words.index(divider)

    def content(some: tuple[str, ...]) -> set[str]:
        return {lexicon.stem(w) for w in some if w not in lexicon.STOP and w not in _LIGHT and len(w) > 1}

    return content(words[:at]), content(words[at + 1:])


def _ways(words: tuple[str, ...]) -> dict[str, str]:
    """What stands right after "fra" and "til", where the clause has both."""
    found = {way: lexicon.stem(words[words.index(way) + 1]) for way in ("fra", "til") if way in words[:-1]}
    return found if len(found) == 2 else {}
