"""Which clauses make the same point: average linkage over words, concepts and letters, guarded by stance.

A clause becomes a sparse vector of concepts (``lexicon.concepts``), scales, stems of other words, letter
4-grams and the recurring arguments (``arguments``) that it makes. The similarity of two clauses is the dot
product of their vectors, so the average similarity of two groups is the dot product of the groups' mean
vectors, exactly, without a matrix of all pairs. Being alike is not enough: "hundeparken er en glede" and
"hundeparken er til sjenanse" are, and no list of words knows every way to praise and complain. So
``certainty``, a logistic regression learnt from gold groups and opposite pairs, also asks how much of each
clause the other has, and whether a judgement that is known is shared. Candidates are all pairs in a small
theme; in a large one each clause meets those that share its rarest features, at most ``_WINDOW`` of each, so
that the cost grows as n log n.
"""

from __future__ import annotations

import heapq
import json
import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations, islice
from pathlib import Path
from sys import intern
from typing import Protocol

import numpy as np

from pipeline import spare
from pipeline.language import arguments, contrast, lexicon, measures, stance
from pipeline.language.measures import Verdict
from pipeline.language.stance import Stance

WEIGHTS = Path(__file__).resolve().parent.parent / "data" / "grouping_weights.json"
# Tuned on groups_start.json, groups_dev.json, groups_paraphrase_dev.json and opposites_unfamiliar.txt; figures in
# tests/language/test_grouping.py.
THRESHOLD = 0.25
CERTAIN = -0.35  # log-odds; least certainty of the average pair of two groups that become one
# As many log-odds more are asked of two of which one denies: in cases of other authors seven of 38 such pairs that came together
# were opposites or of other things, in the other pairs one in sixteen.
CAUTION = 0.75
_ASKED = 4  # members of each group that are asked
_CONTRASTED = 25  # members of each group that are looked at for the opposite in the same words
OPPOSED_OBJECT = 0.45
ARGUMENT = 1.0  # what two clauses gain by certainly making the same recurring argument
_SURE = 0.25  # the share of an argument from which its opposite is kept away
_LETTERS = 0.40  # the share of the similarity that letter 4-grams have
_ALL_PAIRS = 250  # up to so many clauses, every pair is compared
_WINDOW = 16
_SLICE = 5_000  # pairs at a time
_PACK = 3000  # clauses of a case above which their vectors are packed
_CLOSE = 1e-8  # more than rounding makes of an average that is put together from two others
_PURPOSE = 0.4
SAME_LIST = 0.60  # items of one list are different things unless they are nearly the same
_SCALE_WEIGHT = {"god": 0.5, "nok": 0.5, "mengde": 0.6, "støtte": 0.3, "evne": 0.5}

Vector = dict[str, float]
_Wording = tuple[str, Verdict | None]  # a clause's text, and what it wants done with which measures


class Clause(Protocol):
    """What grouping needs to know of one clause. ``object`` is ``vector`` without the scales."""

    @property
    def vector(self) -> Vector: ...
    @property
    def object(self) -> Vector: ...

    stance: Stance
    content: int  # words that say what it is about
    listed: str  # the list that it is an item of, when it is a fragment
    argument: str  # the recurring argument that it makes, when that is fairly sure
    text: str  # to tell it from one that says the opposite in the same words
    verdict: Verdict | None  # what it wants done with which numbered measures

    def opened(self) -> Clause:
        """The clause with vectors that cost nothing to look at, for whoever looks at them more than once."""
        ...


@dataclass(frozen=True, slots=True)
class Opened:
    """A clause with its vectors as they are."""

    vector: Vector
    object: Vector
    stance: Stance
    content: int
    listed: str = ""
    argument: str = ""
    text: str = ""
    verdict: Verdict | None = None

    def opened(self) -> Opened:
        return self


@dataclass(frozen=True, slots=True)
class Packed:
    """A clause in less than half of the memory: a national hearing has a hundred thousand, and looks at few at a time."""

    features: tuple[str, ...]  # of ``vector``, those of ``object`` first
    weights: array[float]  # of ``vector``
    own: array[float]  # of ``object``
    stance: Stance
    content: int
    listed: str
    argument: str
    text: str
    verdict: Verdict | None

    @classmethod
    def of(cls, clause: Opened) -> Packed:
        """Its vectors are then the same as the clause's, in the same order: sums come out the same to the last bit."""
        return cls(tuple(clause.vector), array("d", clause.vector.values()), array("d", clause.object.values()),
                   clause.stance, clause.content, clause.listed, clause.argument, clause.text, clause.verdict)

    @property
    def vector(self) -> Vector:
        return dict(zip(self.features, self.weights, strict=True))

    @property
    def object(self) -> Vector:
        return dict(zip(self.features, self.own, strict=False))

    def opened(self) -> Opened:
        return Opened(self.vector, self.object, self.stance, self.content, self.listed, self.argument, self.text, self.verdict)


def features(text: str) -> tuple[Counter, Counter, Counter]:
    """(content, scales, letters) of a clause, unweighted by frequency: feature -> weight."""
    content: Counter = Counter()
    scales: Counter = Counter()
    letters: Counter = Counter()
    share = 1.0
    words = lexicon.fold_text(text)
    for at, word in enumerate(words):
        if word in {"slikat", "fordi"} or (word == "for" and words[at + 1 : at + 2] == ["å"]):
            share = _PURPOSE  # what it is for is not what is asked for
        cue = lexicon.cue(word)
        named = lexicon.concepts(word)
        if cue is not None and word not in lexicon.STOP:
            scales[f"§{cue.scale}"] = _SCALE_WEIGHT.get(cue.scale, 0.8)
        if word in lexicon.STOP or len(word) < 2:
            continue
        if named:
            for name, weight in named:
                name = intern(name)
                content[name] = max(content[name], weight * share)
        elif cue is None:
            content[intern(f"~{lexicon.stem(word)}")] = share
        for letter in _letters(lexicon.stem(word)):
            letters[letter] += share
    return content, scales, letters


# One object for each feature: looking up a key that is the very same string needs no comparing of letters.
@lru_cache(maxsize=65536)
def _letters(stem: str) -> tuple[str, ...]:
    """The letter 4-grams of a stem."""
    padded = f"^{stem}"
    return tuple(intern(padded[i : i + 4]) for i in range(max(1, len(padded) - 3)))


@lru_cache(maxsize=65536)
def _quoted(letters: str) -> str:
    return intern(f"'{letters}")


def prepare(
    texts: Sequence[str], stances: Sequence[Stance] | None = None, listed: Sequence[str] | None = None,
    verdicts: Sequence[Verdict | None] | None = None,
) -> list[Clause]:
    """Vectors for clauses, weighted by how rare a feature is among ``texts``; ``listed``, ``verdicts`` as in ``Clause``."""
    many = len(texts) > _PACK
    drawn = [_drawn(text) for text in texts]
    shares = arguments.load().shares(texts)
    counts: Counter = Counter()
    for names, *_ in drawn:
        counts.update(names)
    rarity = {f: math.log((len(texts) + 10) / (count + 1)) + 0.5 for f, count in counts.items()}

    clauses: list[Clause] = []
    for i, (names, weights, first, last) in enumerate(drawn):
        content, scales, letters = ({f: w * rarity[f] for f, w in zip(names[a:b], weights[a:b], strict=True)}
                                    for a, b in ((0, first), (first, last), (last, len(names))))
        words = _unit(content | scales, 1 - _LETTERS)
        chars = _unit(letters, _LETTERS)
        # Square roots: the product of two clauses is then the overlap of their shares, 1 at most.
        known = {f"¤{name}": math.sqrt(ARGUMENT * share) for name, share in shares[i].items()}
        clause = Opened(
            vector=words | {_quoted(f): w for f, w in chars.items()} | known,
            object=_unit(content, 1.0),
            stance=stances[i] if stances is not None else stance.of(texts[i]),
            content=len(content),
            listed=listed[i] if listed is not None else "",
            argument=_surest(shares[i]),
            text=texts[i],
            verdict=verdicts[i] if verdicts is not None else measures.verdict(texts[i]),
        )
        clauses.append(Packed.of(clause) if many else clause)
        drawn[i] = ()
    if many:
        spare.trim()
    return clauses


def _drawn(text: str) -> tuple[tuple[str, ...], array[float], int, int]:
    """``features`` in little memory: the names, their weights, and where content and scales end."""
    parts = features(text)
    names = tuple(f for part in parts for f in part)
    return names, array("d", (w for part in parts for w in part.values())), len(parts[0]), len(parts[0]) + len(parts[1])


def certainty(a: Clause, b: Clause) -> float:
    """The log-odds that two clauses whose stances are compatible make the same point."""
    return log_odds(signs(a, b), WEIGHTS)


def log_odds(signs: dict[str, float], weights: Path) -> float:
    """What the logistic regression stored in ``weights`` makes of the signs."""
    learnt = stored_weights(weights)
    return sum(learnt[name] * value for name, value in signs.items()) + learnt["constant"]


def signs(a: Clause, b: Clause) -> dict[str, float]:
    """What ``certainty`` goes by, each 0..1."""
    a, b = a.opened(), b.opened()
    has = sorted((_share(a.object, b.object), _share(b.object, a.object)))
    lacks = sorted((_lack(a.object, b.object), _lack(b.object, a.object)))
    wanted = float(bool(a.stance.wants & b.stance.wants))
    return {
        "alike": dot(a.vector, b.vector),
        "object": dot(a.object, b.object),
        "least_shared": has[0],
        "most_shared": has[1],
        "least_own": lacks[0],
        "most_own": lacks[1],
        "wanted": wanted,
        "own_unwanted": lacks[0] * (1 - wanted),
        "same_kind": float(a.stance.kind == b.stance.kind != "neutral"),
        "neutral": float("neutral" in (a.stance.kind, b.stance.kind)),
        "denied": float(a.stance.denied != b.stance.denied),
        "length": min(a.content, b.content, 10) / 5,
        "argument": sum(w * b.vector[f] for f, w in a.vector.items() if f[0] == "¤" and f in b.vector),
    }


def _share(a: Vector, b: Vector) -> float:
    whole = sum(w * w for w in a.values())
    return sum(w * w for f, w in a.items() if f in b) / whole if whole else 0.0


def _lack(a: Vector, b: Vector) -> float:
    """The share of a clause's content that is words which no list knows and the other does not have."""
    whole = sum(w * w for w in a.values())
    return sum(w * w for f, w in a.items() if f[0] == "~" and f not in b) / whole if whole else 0.0


@cache
def stored_weights(path: Path) -> dict[str, float]:
    """What ``build_grouping`` has learnt: the weight of each sign, and the constant."""
    return json.loads(path.read_text(encoding="utf-8"))


def _surest(shares: dict[str, float]) -> str:
    return max((name for name, share in shares.items() if share >= _SURE), key=lambda n: (shares[n], n), default="")


def _unit(vector: Vector, share: float) -> Vector:
    """The vector scaled so that its product with itself is ``share``."""
    length = math.sqrt(sum(w * w for w in vector.values()))
    return {f: w / length * math.sqrt(share) for f, w in vector.items()} if length else {}


def dot(a: Vector, b: Vector) -> float:
    if len(a) > len(b):
        a, b = b, a
    return sum([w * b[f] for f, w in a.items() if f in b])  # a list: half again as fast as a generator


def total(clauses: Sequence[Clause]) -> Vector:
    """The sum of the clauses' vectors: its product with a vector, by their number, is the average similarity."""
    summed: Vector = {}
    for clause in clauses:
        for f, w in clause.vector.items():
            summed[f] = summed.get(f, 0.0) + w
    return summed


@dataclass(slots=True)
class _Cluster:
    members: list[int]
    total: Vector | None  # the sum of the members' vectors; None: of the only one
    side: stance.Side | None  # None: that of the only one
    lists: frozenset[str]
    arguments: frozenset[str]
    wording: dict[_Wording, contrast.Outline] | None = None  # as ``outlines``; None: not asked yet

    def outlines(self, clauses: Sequence[Clause]) -> dict[_Wording, contrast.Outline]:
        """The outlines of the first ``_CONTRASTED`` different clauses: asked for with each cluster that this may be joined to."""
        if self.wording is None:
            texts = dict.fromkeys((clauses[i].text, clauses[i].verdict) for i in self.members)
            self.wording = {words: contrast.outline(words[0]) for words in islice(texts, _CONTRASTED)}
        return self.wording


class _Queue:
    """Pairs of clusters that may be joined, the likest first, among equals the one of the lowest numbers.

    A pair is (-similarity, i, j, exact) with i < j. Each cluster j keeps its own pairs in a heap, and only the first of
    them stands in the common one, so that the pairs of a cluster that has gone need not be passed over one by one.
    A similarity that is known only nearly is asked for when its pair comes first.
    """

    def __init__(self, average: Callable[[int, int], float], threshold: float, alive: Container[int]) -> None:
        self._average = average
        self._threshold = threshold
        self._alive = alive
        self._own: dict[int, list[tuple[float, int, int, bool]]] = {}
        self._first: list[tuple[float, int, int, bool]] = []

    def add(self, j: int, pairs: list[tuple[float, int, int, bool]]) -> None:
        heapq.heapify(pairs)
        self._own[j] = pairs
        self._next_of(j)

    def _next_of(self, j: int) -> None:
        own = self._own[j]
        while own:
            pair = heapq.heappop(own)
            if pair[1] in self._alive:
                heapq.heappush(self._first, pair)
                return

    def pairs(self) -> Iterator[tuple[int, int]]:
        """The pairs of living clusters in order; more may be added meanwhile."""
        while self._first:
            _, i, j, exact = heapq.heappop(self._first)
            if j not in self._alive:
                self._own.pop(j, None)
                continue
            self._next_of(j)
            if i not in self._alive:
                continue
            if exact:
                yield i, j
            elif (average := self._average(i, j)) >= self._threshold:
                heapq.heappush(self._first, (-average, i, j, True))


def cluster(clauses: Sequence[Clause], threshold: float = THRESHOLD) -> list[list[int]]:
    """Groups of indices that make the same point, each sorted, in order of their first member."""
    clusters = {
        i: _Cluster([i], None, None, frozenset({c.listed} - {""}), frozenset({c.argument} - {""}))
        for i, c in enumerate(clauses)
    }
    # Cluster -> another -> how alike they are, to within _CLOSE; below zero: at most so alike, with the sign turned.
    near: dict[int, dict[int, float]] = defaultdict(dict)

    def total_of(one: _Cluster) -> Vector:
        return one.total if one.total is not None else clauses[one.members[0]].vector

    def average(i: int, j: int) -> float:
        one, other = clusters[i], clusters[j]
        near[i][j] = near[j][i] = exact = dot(total_of(other), total_of(one)) / (len(other.members) * len(one.members))
        return exact

    begun: dict[int, list[tuple[float, int, int, bool]]] = defaultdict(list)
    for i, j, similarity in _similarities(clauses):
        if similarity >= threshold * 0.8:
            near[i][j] = near[j][i] = similarity
            if similarity >= threshold:
                begun[j].append((-similarity, i, j, True))
    queue = _Queue(average, threshold, clusters)
    for j, pairs in begun.items():
        queue.add(j, pairs)
    length = {i: _length(c.vector) for i, c in enumerate(clauses)}  # of the mean vector
    fresh = len(clauses)
    for i, j in queue.pairs():
        a, b = clusters[i], clusters[j]
        if not _may_join(a, b, clauses):
            near[i].pop(j, None)
            near[j].pop(i, None)
            continue
        share = len(a.members) / (len(a.members) + len(b.members))
        larger, smaller = total_of(a), total_of(b)
        if len(larger) < len(smaller):
            a, b, larger, smaller = b, a, smaller, larger
        if a.total is None:
            larger = dict(larger)
        for f, w in smaller.items():
            larger[f] = larger.get(f, 0.0) + w
        side = _side(a, clauses)
        side.add(_side(b, clauses))
        merged = _Cluster(a.members + b.members, larger, side, a.lists | b.lists, a.arguments | b.arguments,
                          dict(islice((a.outlines(clauses) | b.outlines(clauses)).items(), _CONTRASTED)))
        del clusters[i], clusters[j]
        clusters[fresh] = merged
        near_a, near_b = near.pop(i), near.pop(j)
        length_a, length_b = share * length.pop(i), (1 - share) * length.pop(j)
        length[fresh] = math.sqrt(length_a**2 + length_b**2 + 2 * share * (1 - share) * near_a[j]) + _CLOSE
        around = near[fresh] = {}
        pairs = []
        for other in (near_a.keys() | near_b.keys()) - {i, j}:
            theirs = near[other]
            to_a, to_b = theirs.pop(i, None), theirs.pop(j, None)
            at_most = share * abs(to_a) if to_a is not None else length_a * length[other]
            at_most += (1 - share) * abs(to_b) if to_b is not None else length_b * length[other]
            around[other] = theirs[fresh] = at_most if to_a is not None and to_b is not None and to_a > 0 < to_b else -at_most
            if at_most >= threshold - _CLOSE:
                pairs.append((-at_most - _CLOSE, other, fresh, False))
        queue.add(fresh, pairs)
        fresh += 1
    found = sorted(sorted(c.members) for c in clusters.values())
    return sorted(group for group in with_verdicts(found, clauses) if group)


def with_verdicts(groups: Sequence[list[int]], clauses: Sequence[Clause]) -> list[list[int]]:
    """The groups in their order, sorted, all clauses of one verdict in that which has most of them; some may be left empty."""
    held: dict[Verdict, Counter[int]] = defaultdict(Counter)
    for n, group in enumerate(groups):
        for i in group:
            if (verdict := clauses[i].verdict) is not None:
                held[verdict][n] += 1
    home = {verdict: max(counts, key=lambda n, counts=counts: (counts[n], -n)) for verdict, counts in held.items()}
    moved: list[set[int]] = [set() for _ in groups]
    for n, group in enumerate(groups):
        for i in group:
            moved[home.get(clauses[i].verdict, n)].add(i)
    return [sorted(group) for group in moved]


def _length(vector: Vector) -> float:
    return math.sqrt(dot(vector, vector))


def _similarities(clauses: Sequence[Clause]) -> Iterator[tuple[int, int, float]]:
    """(i, j, similarity) for each pair of ``candidates``; many pairs go through sparse matrices, in slices."""
    if len(clauses) <= _ALL_PAIRS:
        vectors = [c.vector for c in clauses]
        for i, j in candidates(clauses):
            yield i, j, dot(vectors[i], vectors[j])
        return
    from scipy import sparse

    columns: dict[str, int] = {}
    at, row, data = array("i"), array("i", [0]), array("d")
    for clause in clauses:
        for f, w in clause.vector.items():
            at.append(columns.setdefault(f, len(columns)))
            data.append(w)
        row.append(len(at))
    matrix = sparse.csr_matrix((np.asarray(data), np.asarray(at), np.asarray(row)), shape=(len(clauses), len(columns)))
    pairs = _near_pairs(clauses)
    numbers = list(range(len(clauses)))  # one object for each: a clause is in many pairs
    for start in range(0, len(pairs), _SLICE):
        part = pairs[start : start + _SLICE]
        products = matrix[part[:, 0]].multiply(matrix[part[:, 1]]).sum(axis=1)
        for (i, j), product in zip(part.tolist(), np.asarray(products).ravel().tolist(), strict=True):
            yield numbers[i], numbers[j], round(product, 9)  # the order of summation must not decide


def _side(cluster: _Cluster, clauses: Sequence[Clause]) -> stance.Side:
    return cluster.side if cluster.side is not None else stance.Side(clauses[cluster.members[0]].stance)


def _may_join(a: _Cluster, b: _Cluster, clauses: Sequence[Clause]) -> bool:
    if not _side(a, clauses).compatible(_side(b, clauses)) or any(arguments.opposite(name) in b.arguments for name in a.arguments):
        return False
    if any(of_two_minds(clauses[i].stance, clauses[j].stance) for i in a.members[:_ASKED] for j in b.members[:_ASKED]):
        return False
    outlines = b.outlines(clauses).items()
    if any(_contrast(*one, *other) for one in a.outlines(clauses).items() for other in outlines):
        return False
    some, others = ([clauses[i].opened() for i in one.members[:_ASKED]] for one in (a, b))
    asked = [certainty(one, other) - CAUTION * (one.stance.denied != other.stance.denied) for one in some for other in others]
    if sum(asked) / len(asked) < CERTAIN:
        return False
    lists = a.lists & b.lists
    return not lists or all(
        dot(clauses[i].vector, clauses[j].vector) >= SAME_LIST
        for i in a.members
        if clauses[i].listed in lists
        for j in b.members
        if clauses[j].listed == clauses[i].listed
    )


_ASKING = {"criticism", "wish"}  # "the language is heavy", "the language must be lighter"


def of_two_minds(a: Stance, b: Stance) -> bool:
    """Whether two stances are of different kinds and share no wish that is known: they are not joined, however alike the words are.

    But one may find fault where the other asks for better. Of such pairs that came together in cases of other authors, a third were
    opposites.
    """
    return a.kind != b.kind and {a.kind, b.kind} != _ASKING and not a.wants & b.wants


def candidates(clauses: Sequence[Clause], all_pairs: int = _ALL_PAIRS) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing, i < j, in order: all of them up to ``all_pairs`` clauses, else near ones."""
    if len(clauses) <= all_pairs:
        yield from combinations(range(len(clauses)), 2)
        return
    pairs = _near_pairs(clauses)
    for start in range(0, len(pairs), _SLICE):
        yield from map(tuple, pairs[start : start + _SLICE].tolist())


def _near_pairs(clauses: Sequence[Clause]) -> np.ndarray:
    """The pairs of clauses that share what is strongest in both, (m, 2), in order."""
    n = len(clauses)
    holders: dict[str, list[int]] = defaultdict(list)
    contents: list[tuple[str, ...]] = []
    for i, clause in enumerate(clauses):
        vector = clause.vector
        strongest = sorted((f for f in vector if not f.startswith("'")), key=lambda f, v=vector: (-v[f], f))
        contents.append(tuple(sorted(clause.object)))
        for feature in strongest[:4]:
            holders[feature].append(i)
        for first in range(min(3, len(strongest))):
            for second in range(first + 1, min(4, len(strongest))):
                holders["|".join(sorted((strongest[first], strongest[second])))].append(i)
    codes = array("q")  # i * n + j: a number takes an eighth of a tuple in a set
    for group in holders.values():
        if len(group) > _WINDOW:
            # Neighbours in the order of their whole content are the likeliest to say the same.
            group = sorted(group, key=lambda i: (contents[i], i))
        for at, i in enumerate(group):
            codes.extend([i * n + j if i < j else j * n + i for j in group[at + 1 : at + 1 + _WINDOW]])
    different = np.unique(np.asarray(codes))
    return np.stack((different // n, different % n), axis=1)


def contrary(a: Clause, b: Clause) -> bool:
    """Whether two clauses take opposite sides if they speak of the same object."""
    if a.verdict is not None and b.verdict is not None:
        return a.verdict.against(b.verdict)
    return contrary_arguments(a, b) or stance.opposite(a.stance, b.stance)


def contrasting(a: Clause, b: Clause) -> bool:
    """Whether two clauses say the opposite in nearly the same words, or of the same measures."""
    return _contrast((a.text, a.verdict), contrast.outline(a.text), (b.text, b.verdict), contrast.outline(b.text))


def _contrast(a: _Wording, outline: contrast.Outline, b: _Wording, other: contrast.Outline) -> bool:
    if _of_the_same_measures(a[1], b[1]):
        return a[1] != b[1]
    return contrast.contrasts(outline, other)


def _of_the_same_measures(a: Verdict | None, b: Verdict | None) -> bool:
    return a is not None and b is not None and a.measures == b.measures


def alike_but_other(a: Clause, b: Clause) -> bool:
    """Whether two clauses are alike in words and all the same unlikely to make the same point."""
    one, other = a.opened(), b.opened()
    return dot(one.vector, other.vector) >= THRESHOLD and certainty(one, other) < CERTAIN


def apart(a: Clause, b: Clause) -> bool:
    """Whether two clauses must not stand as one point, however alike they are."""
    if a.verdict is not None and a.verdict == b.verdict:
        return False
    return not stance.compatible(a.stance, b.stance) or contrary_arguments(a, b) or contrasting(a, b)


def joinable(a: Clause, b: Clause) -> bool:
    """Whether nothing keeps two clauses from being one point; how alike they are is another matter."""
    return not (of_two_minds(a.stance, b.stance) or apart(a, b))


def side_of(clause: Clause) -> tuple:
    """All that ``contrary`` looks at."""
    return clause.stance.kind, clause.stance.wants, clause.argument, clause.verdict


def outline(vectors: Sequence[Vector]) -> Vector:
    """The greatest weight of each feature: the product of two outlines is at least that of any two of their vectors."""
    outer: Vector = {}
    for vector in vectors:
        for f, w in vector.items():
            if w > outer.get(f, 0.0):
                outer[f] = w
    return outer


def opposed(a: Clause, b: Clause) -> bool:
    """Whether two clauses speak of the same object and take opposite sides."""
    if _of_the_same_measures(a.verdict, b.verdict):
        return a.verdict.against(b.verdict)
    return contrary_arguments(a, b) or (
        stance.opposite(a.stance, b.stance) and dot(a.object, b.object) >= OPPOSED_OBJECT)


def contrary_arguments(a: Clause, b: Clause) -> bool:
    """Whether both make an argument for certain, and the one is against the other."""
    return bool(a.argument and b.argument) and arguments.opposite(a.argument) == b.argument
