"""What the words around an answer tell of who writes, when no name stands where a name is looked for.

"Eg skriv for fiskarlaget her ute" is from Vik Fiskarlag, if only one fishermen's association is
asked; "Ungd.rådet", "SU-møte", "NAESS" and a name in the other written form are names as well. Each place
where a sender may be told is compared with each body's names, word by word: a word weighs the more the fewer bodies have
it. How much a place counts is fitted on answers whose sender is known (``benchmarks.fit_senders``); what is far from certain
tells nothing.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain
from pathlib import Path

import numpy as np

from pipeline.config import Body
from pipeline.intake import places
from pipeline.intake.places import ROLES, Cue
from pipeline.model import Document
from pipeline.norsk import other_forms, plain

WEIGHTS = Path(__file__).resolve().parents[1] / "data" / "sender_weights.json"
_PLACES = {
    "field": "et felt i skjemaet", "head": "linjene øverst", "title": "overskriften", "opening": "innledningen", "closing": "underskriften",
    "display": "avsenderens navn", "subject": "emnefeltet", "file": "filnavnet", "towns": "kommunene som er nevnt",
    **dict.fromkeys(("speech", "behalf"), "det teksten sier om hvem som skriver"),
    **dict.fromkeys(("together", "house", "named", "elsewhere", "addressed"), "ord i teksten")}
# ``Trace.sure`` from which an answer of nobody known is taken for the body's; from which the traces hold against a name that
# stands where one is looked for, and against one that the text says or several (a joint answer has many); and from which a
# person is told of a doubt.
TAKEN, OVERRULES, OVERRULES_PLAIN, DOUBTS = 0.5, 0.7, 0.9, 0.3
SUGGESTED = 0.15  # ``Trace.sure`` from which a person who is asked is told of whom an answer may be
_BY_LEVEL = (1.0, 0.9, 0.5, 0.4, 0.3)  # of a name found at each of ``whose.LEVELS``
_BY_ACRONYM = 0.9
_ONLY_PLACE = 0.35  # of a name of which only the place is met
_SOME_TOWNS = 0.3  # of a committee some of whose municipalities are named
_TIE = 0.05
_COMMON = 50  # bodies that have a word, above which it points at none: in a hearing of thousands each text would be like all
_ROUNDS = 5
# Letters: the least of a word without its ending, of one that begins another, of a part of a compound, of one that may be misspelt.
_LEAST, _STEM, _PART, _TYPO = 3, 4, 5, 6
_COLUMN = {role: at for at, role in enumerate(ROLES)}
_TOWNS = _COLUMN["towns"]
_OF_HOUSE = [_COLUMN[role] for role in ("head", "display", "closing")]
_SHOWN = np.array([role not in {"named", "together", "elsewhere"} for role in ROLES])
_SIGN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
_ACRONYM = re.compile(r"\b[A-ZÆØÅ]{2,6}\b")
_DOTTED = re.compile(r"\b(?:[A-ZÆØÅ][.·]){2,}[A-ZÆØÅ]?\b|\b[A-ZÆØÅ](?:[.·][A-ZÆØÅ])+\b")
_LEGAL = frozenset(("AS", "SA", "KF", "IKS", "DA", "BA"))
_GENERIC = frozenset(("og", "i", "ved", "av", "på", "til", "med", "for", "as", "sa", "kf", "iks", "da", "de", "dei", "den", "det", "en",
                      "ei", "et", "the", "hos"))
_KIND = re.compile(
    r"(?:lag(?:et)?|(?:forening|foreining|forbund|klubb|nemnd|grupp|korps|avdeling|seksjon|tjenest|tenest|organisasjon|ombud|forum|ungdom)\w*"
    r"|råd(?:a|et)?|utvalg?(?:et)?|kommune|kor|vel(?:let)?|skole|skule|barnehage|lege(?:r|ne)?|styret?)$", re.IGNORECASE)
_AT = re.compile(r"\s(?:i|ved|på|for|hos|til)\s")  # "Legevakta i Nes"
_PLACE_OF = re.compile(r"([A-ZÆØÅ][\w-]+)\s(?:kommune|herad|kommunestyre)\w*$")
_NOT_AT = re.compile(r"(?<!\bi )(?<!\bpå )(?<!\btil )(?<!\bte )(?<!\bved )(?<!\bfra )(?<!\bfrå )(?<!\bmed )(?<!\bmellom )(?<!\bfor )"
                     r"\b([^\W\d_]+)", re.IGNORECASE)
# "Haugen sykehjem" is another house than Haugen barnehage
_OTHER_HOUSE = re.compile(r"\b([A-ZÆØÅ][\w-]+)\s(\w*(?:skole|skule|barnehage|hjem|heim|senter|sykehus|sjukehus|kirke|kyrkje))\b")
_HOUSE = re.compile(r"(?:kommune|herad|sykehus|sjukehus|fellesråd)$", re.IGNORECASE)  # its paper and mailboxes serve its councils too
_SAME = tuple((re.compile(a), b) for a, b in (  # words of both written forms, and of speech, as one
    (r"aa", "å"), (r"utvalg", "utval"), (r"forening", "foreining"), (r"skole", "skule"), (r"\bsyke", "sjuke"), (r"hjem", "heim"),
    (r"kirke", "kyrkje"), (r"ansatt", "tilsett"), (r"eier", "eigar"), (r"(?<=\w)er(?=råd|lag|utval|foreining|korps)", "ar"),
    (r"menighets?", "sokne"), (r"beboer", "bebuar"), (r"videregående", "vidaregåande"), (r"avd\b", "avdeling"), (r"enhet", "eining"),
    (r"innbygger", "innbyggjar")))
_IN_MAIL = re.compile(r"(\.(?:eml|msg))/.*$", re.IGNORECASE)
_ENDING = re.compile(r"(?:enes|anes|arne|erne|ene|ane|anan|ans|ets|ens|et|en|an|ar|er|a|e|s)$")


@dataclass(frozen=True, slots=True)
class Trace:
    """The body that a document's traces point at."""

    body: str
    sure: float  # 0..1
    role: str  # of the place that tells most

    @property
    def place(self) -> str:
        """What tells most, in Norwegian, as in "… tyder på"."""
        return _PLACES[self.role]


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word in one written form, without its ending: "foreninga", "foreiningen" -> "foreining"."""
    word = word.casefold()
    for pattern, other in _SAME:
        word = pattern.sub(other, word)
    cut = _ENDING.sub("", word)
    return cut if len(cut) >= _LEAST else word


@dataclass(frozen=True)
class Traces:
    """Compares places with the names of a case's bodies."""

    bodies: tuple[Body, ...]

    @cached_property
    def _names(self) -> list[list[list[str]]]:
        """For each body its names, each as the stems of its words."""
        return [list({tuple(words): words for name in (b.name, *b.aliases) for form in (name, *other_forms(name))
                      if (words := [stem(w) for w in _SIGN.findall(form) if w.casefold() not in _GENERIC])}.values()) for b in self.bodies]

    @cached_property
    def _holders(self) -> dict[str, set[int]]:
        """The words of the names -> the bodies that have them."""
        held: dict[str, set[int]] = defaultdict(set)
        for i, names in enumerate(self._names):
            for word in chain.from_iterable(names):
                held[word].add(i)
        return dict(held)

    @cached_property
    def _weight(self) -> dict[str, float]:
        """How much a word of the names tells: 1 where one body has it, the less the more have it."""
        many = len(self.bodies) + 1
        return {word: math.log(many / len(bodies)) / math.log(many) for word, bodies in self._holders.items()}

    @cached_property
    def _whole(self) -> dict[tuple[str, ...], float]:
        """How much all the words of a name tell."""
        return {tuple(name): sum(self._weight[w] for w in name) for name in chain.from_iterable(self._names)}

    @cached_property
    def _places(self) -> frozenset[str]:
        """The words of the names that say where: with a capital letter, and no word for a kind of body, or with one behind it."""
        words = [(name, m) for b in self.bodies for name in (b.name, *b.aliases) for m in _SIGN.finditer(name)]
        where = {stem(m[1]) for name, _ in words if (m := _PLACE_OF.match(name))}
        what = {stem(m[0]) for name, m in words if m[0][:1].islower() or m[0].isupper() or _KIND.search(m[0]) or _AT.match(name, m.end())
                or (m.start() == 0 and " " not in name and m[0].endswith(("en", "et", "a", "ne")))}
        return frozenset(stem(m[0]) for _, m in words) - (what - where)

    @cached_property
    def _order(self) -> dict[str, int]:
        return {b.name: i for i, b in enumerate(self.bodies)}

    @cached_property
    def _houses(self) -> list[int]:
        """The bodies whose paper and mailboxes serve their councils as well."""
        return [i for i, b in enumerate(self.bodies) if _HOUSE.search(b.name)]

    @cached_property
    def _towns(self) -> list[tuple[int, list[str]]]:
        """The municipalities of the bodies that have any, each between blanks."""
        return [(i, [f" {plain(town)} " for town in b.municipalities]) for i, b in enumerate(self.bodies) if b.municipalities]

    @cached_property
    def _acronyms(self) -> dict[str, int]:
        """Names in capital letters, and the initials of three words or more, that are one body's."""
        held: dict[str, set[int]] = defaultdict(set)
        for i, b in enumerate(self.bodies):
            for name in (b.name, *b.aliases):
                words = [w for w in re.findall(r"[^\W\d_]+", name) if w.casefold() not in _GENERIC]
                initials = {"".join(w[0] for w in words).upper()} if len(words) > 2 else set()
                for acronym in ({*_ACRONYM.findall(name)} - _LEGAL) | initials:
                    held[acronym].add(i)
        return {acronym: min(bodies) for acronym, bodies in held.items() if len(bodies) == 1}

    @cached_property
    def _alike(self) -> dict[str, list[str]]:
        """The words of the names by their first two letters and by their last five: where a like word is looked for."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in self._weight:
            found[word[:2]].append(word)
            if len(word) >= _PART:
                found[f"-{word[-_PART:]}"].append(word)
        return found

    @cached_property
    def _met(self) -> Callable[[str], tuple[tuple[str, float], ...]]:
        @lru_cache(maxsize=1 << 16)
        def met(word: str) -> tuple[tuple[str, float], ...]:
            """The words of the names that a word meets best, and how well (0..1)."""
            near = {*self._alike.get(word[:2], ()), *self._alike.get(f"-{word[-_PART:]}", ())}
            found = {other: how for other in near if (how := _alike(word, other))}
            best = max(found.values(), default=0.0)
            return tuple((other, how) for other, how in sorted(found.items()) if how >= best)
        return met

    def likeness(self, text: str, *, small_places: bool = False) -> dict[int, float]:
        """How like the names of bodies a text is: the body's place in the settings -> 0..1, for those that it is like at all.

        ``small_places``: a place may be written in small letters, as in the name of a file.
        """
        said = [(w, stem(w)) for w in dict.fromkeys(_SIGN.findall(text)) if w.casefold() not in _GENERIC]
        small = {word for w, word in said if w[:1].islower()}
        best: dict[str, dict[str, float]] = defaultdict(dict)  # a word of the names -> the text's words that meet it
        for _, word in said:
            for other, how in self._met(word):
                best[other][word] = how
        found = {word: max(hits.values()) for word, hits in best.items()}
        houses = {stem(m[1]): stem(m[2]) for m in _OTHER_HOUSE.finditer(text)}
        out: dict[int, float] = {}
        for i in sorted({i for word in best if len(self._holders[word]) <= _COMMON for i in self._holders[word]}):
            for name in self._names[i]:
                met = [w for w in name if w in found and houses.get(w, w) in (w, *name)]
                told = sum(self._weight[w] * found[w] for w in met)
                if told <= 0:
                    continue
                if not small_places and all(w in self._places for w in name) and all(small & best[w].keys() for w in met):
                    continue  # "lister over tiltak", where Lister is asked
                where = all(w in self._places and not small & best[w].keys() for w in met)
                share = _ONLY_PLACE if where and (len(met) < len(name) or _at_place(text, name, best)) else 1.0
                out[i] = max(out.get(i, 0.0), share * min(1.0, told) * (0.5 + 0.5 * told / self._whole[tuple(name)]))
        for acronym in {*_ACRONYM.findall(text), *(re.sub(r"[.·]", "", m) for m in _DOTTED.findall(text))}:
            if (i := self._acronyms.get(acronym)) is not None:
                out[i] = max(out.get(i, 0.0), _BY_ACRONYM)
        return out

    def features(self, document: Document, found: Sequence[Cue], voice: tuple[int, Sequence[str]] | None) -> np.ndarray:
        """What each place says for each body, (bodies, roles). ``voice``: the level and the bodies that the rules of ``whose`` found."""
        out = np.zeros((len(self.bodies), len(ROLES)))
        for cue in found:
            like = self.likeness(cue.text, small_places=cue.role in {"file", "subject", "display"})
            top = max(like.values(), default=0.0)
            first = [i for i, value in like.items() if value >= top - _TIE]
            column = _COLUMN[cue.role]
            for i in first:  # a place that is as like several names tells less of each
                out[i, column] = max(out[i, column], like[i] / len(first))
        said = f" {plain(places.edges(document))} "
        for i, towns in self._towns:
            here = sum(town in said for town in towns)
            out[i, _TOWNS] = 1.0 if here == len(towns) > 1 else _SOME_TOWNS * here / len(towns)
        for i in self._houses:
            out[i, _COLUMN["house"]] = out[i, _OF_HOUSE].max()
        if np.count_nonzero(out[:, _TOWNS] == 1.0) > 1:
            out[:, _TOWNS] = np.minimum(out[:, _TOWNS], _SOME_TOWNS)
        if voice is not None:
            level, named = voice
            out[[self._order[name] for name in named], _COLUMN["named"]] = _BY_LEVEL[level]
        return out


def assigned(found: Iterable[tuple[str, np.ndarray]], bodies: Sequence[str], weight: Mapping[str, float] | None = None) -> dict[str, Trace]:
    """The body that each document's traces point at. ``found``: (source, features (bodies, roles)) of each; ``weight``: as ``weights``.

    A body answers once as a rule: where another file (of another mail) points at it as well, each tells less.
    """
    weight = weight or weights()
    by_role = np.array([weight[role] for role in ROLES])
    sources, rows, tells = [], [], []
    for source, features in found:  # one at a time: there may be thousands of files and bodies
        sources.append(source)
        rows.append(np.append(features @ by_role, weight["nobody"]))
        tells.append(np.argmax(features * (by_role * _SHOWN), axis=1).astype(np.int8) if len(bodies) else None)
    if not sources or not bodies:
        return {}
    odds = np.stack(rows)
    families = {name: k for k, name in enumerate(dict.fromkeys(map(_family, sources)))}
    of = np.array([families[_family(source)] for source in sources])
    shares = shares_of(odds)
    for _ in range(_ROUNDS):
        mass = np.stack([shares[of == k, :-1].max(axis=0) for k in range(len(families))])
        elsewhere = np.minimum(mass.sum(axis=0) - mass[of], 3.0)
        shares = shares_of(np.hstack([odds[:, :-1] - np.log1p(2.0 * np.maximum(elsewhere, 0.0)), odds[:, -1:]]))
    out = {}
    for source, row, roles in zip(sources, shares, tells, strict=True):
        best = int(np.argmax(row[:-1]))
        out[source] = Trace(body=bodies[best], sure=float(row[best]), role=ROLES[int(roles[best])])
    return out


def shares_of(odds: np.ndarray) -> np.ndarray:
    """Odds as probabilities, (documents, bodies and nobody)."""
    found = np.exp(odds - odds.max(axis=1, keepdims=True))
    return found / found.sum(axis=1, keepdims=True)


def _family(source: str) -> str:
    """A mail and what it brings are of one sender."""
    return _IN_MAIL.sub(r"\1", source)


def _at_place(text: str, name: Sequence[str], best: Mapping[str, Mapping[str, float]]) -> bool:
    """Whether a name that is a place alone is spoken of as one: "bur på Nes"."""
    if len(name) > 1:
        return False
    return all(stem(m[1]) not in best[name[0]] for m in _NOT_AT.finditer(text))


def _alike(word: str, name_word: str) -> float:
    """How well a word of a text meets a word of a name, both as stems, 0..1."""
    if word == name_word:
        return 1.0
    if len(word) >= _STEM and name_word.startswith(word):
        return 0.7 if len(word) >= _PART else 0.5
    if len(name_word) >= _STEM and word.startswith(name_word):
        return 0.6
    if len(name_word) >= _PART and word.endswith(name_word):
        return 0.5
    if len(word) >= _PART and name_word.endswith(word):
        return 0.6
    if min(len(word), len(name_word)) >= _TYPO and _near(word, name_word):
        return 0.8
    return 0.0


@cache
def _near(one: str, other: str) -> bool:
    """Whether two words differ by one letter, two where they are long."""
    allowed = 2 if min(len(one), len(other)) >= 2 * _STEM + 1 else 1
    if abs(len(one) - len(other)) > allowed or one[0] != other[0]:
        return False
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1] <= allowed


@cache
def weights() -> dict[str, float]:
    """The weight of each role, and "nobody": what the odds of a body are held against."""
    return json.loads(WEIGHTS.read_text(encoding="utf-8"))
