"""The questionnaire, prepared for comparison with what respondents write above their answers.

They copy the questions, shorten, reword and renumber them. The text of a question outranks its number.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import groupby

from pipeline.config import Question
from pipeline.language.lemmas import content, words
from pipeline.model import Statement

ASKING = frozenset(("hvordan", "hvilke", "hvilken", "hvilket", "hva", "hvem", "hvor", "hvorfor",
                     "korleis", "kva", "kven", "kvar", "kvifor", "kor"))
_VERB_FIRST = frozenset(("er", "har", "kan", "bør", "vil", "skal", "finnes", "finst", "ser", "mener", "meiner", "synes", "synest",
                         "trenger", "treng", "opplever", "ønsker", "får"))
_NEGATION = re.compile(r"\b(?:ikke|ikkje|ingen|inga|intet|aldri|neppe|uten|utan|verken|korkje|nei|"
                       r"ja)\b", re.IGNORECASE)
DEMAND = re.compile(
    r"\b(?:bør|må|burde|skulle|ønsker|ønskjer|ynskjer|trenger|treng|foreslår|føreslår|mener|meiner|savner|saknar|"
    r"mangler|manglar|"
    r"flere|fleire|færre|mer|meir|mindre|bedre|betre|tydeligere|tydelegare|enklere|enklare|klarere|klårare|tettere|"
    r"tettare|for "
    r"(?:mange|få|mye|lite|lang|stor|dårlig))\b", re.IGNORECASE)
_FINITE = re.compile(
    r"\b(?:er|blir|vert|har|kan|bør|må|vil|skal|ble|var|mangler|manglar|fungerer|krever|krev|gir|gjev|står|ligger|"
    r"ligg|støtter|"
    r"støttar|ser|tar|tek|finnes|finst)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hit:
    """Questionnaire text or a reference to it: indices of the questions it may mean, and how surely."""

    questions: tuple[int, ...]
    score: float
    block: bool = False  # the title of a block of questions
    echo: bool = True  # nothing but questionnaire text: noise


@dataclass(slots=True)
class Piece:
    statement: Statement
    hit: Hit | None = None


class Form:
    """The questionnaire, prepared for comparison."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        self.questions = questions
        self.words = [plain_words(q.text) for q in questions]
        self.lemmas = [frozenset(content(q.text)) for q in questions]
        titles: dict[str, list[int]] = {}
        for i, q in enumerate(questions):
            titles.setdefault(q.block, []).append(i)
        self.blocks = [(title, tuple(members), frozenset(content(title)), plain_words(title))
                       for title, members in titles.items() if title]
        self.groups = self._groups(questions)
        spread = Counter(lemma for lemmas in self.lemmas for lemma in lemmas)
        spread.update(lemma for _, _, lemmas, _ in self.blocks for lemma in lemmas)
        self.weight = {lemma: 1 / n**0.5 for lemma, n in spread.items()}
        # What a question is about stands first in it, and is what a one-word heading takes from it.
        self.topics = [next((x for x in content(q.text) if spread[x] <= max(2, len(questions) // 3)), "") for q in questions]
        self._index: dict[str, set[int]] = {}
        for i, lemmas in enumerate(self.lemmas):
            for lemma in lemmas:
                self._index.setdefault(lemma, set()).add(i)
        self.numbers = {bare_number(q.number): i for i, q in enumerate(questions)}
        self.plain_numbers = all(q.number.strip().isdigit() for q in questions)
        self.misprinted = any(q.printed and bare_number(q.printed) != bare_number(q.number)
                              and not bare_number(q.number).startswith(bare_number(q.printed)) for q in questions)
        # What the form shows, where it gives each question a number of its own: that is the one respondents write.
        printed = [bare_number(q.printed) for q in questions]
        self.shown = {n: i for i, n in enumerate(printed)} if all(printed) and len(set(printed)) == len(printed) else {}
        self._near: dict[str, frozenset[str]] = {}

    def as_numbered_by(self, references: Iterable[str]) -> Form:
        """The form as a document numbers it: one that writes "1a" and "2c" means question 4 by "4", not the fourth shown."""
        own = {ref for ref in references if ref in self.numbers and ref not in self.shown}
        if len(own) < 2 or not self.shown:
            return self
        other = copy(self)
        other.shown = {}
        return other

    @staticmethod
    def _groups(questions: tuple[Question, ...]) -> list[tuple[int, ...]]:
        """Runs of questions that belong together: by the digits of their number, else by block."""
        def key(i: int) -> str:
            m = re.match(r"\d+", questions[i].number)
            return m[0] if m else questions[i].block

        return [tuple(members) for _, members in groupby(range(len(questions)), key=key)]

    def near(self, lemma: str) -> frozenset[str]:
        """The questionnaire's lemmas that ``lemma`` stands for: itself, or the head of a compound."""
        if lemma not in self._near:
            if lemma in self.weight:
                found = frozenset({lemma})
            else:
                found = frozenset(w for w in self.weight if min(len(w), len(lemma)) >= 6
                                  and (w.startswith(lemma) or lemma.startswith(w) or w.endswith(lemma) or lemma.endswith(w)))
            self._near[lemma] = found
        return self._near[lemma]

    def cover(self, lemmas: frozenset[str], target: frozenset[str]) -> tuple[float, float]:
        """How much of ``lemmas`` is in ``target``, and of ``target`` in ``lemmas``, both 0..1."""
        if not lemmas or not target:
            return 0.0, 0.0
        hit: set[str] = set()
        mine = total = 0.0
        for lemma in lemmas:
            common = self.near(lemma) & target
            weight = max((self.weight[w] for w in common), default=1.0)
            total += weight
            if common:
                mine += weight if lemma in common else 0.8 * weight
                hit |= common
        return mine / total, sum(self.weight[w] for w in hit) / sum(self.weight[w] for w in target)

    def match(self, text: str, *, heading: bool, marked: bool = False, after: int | None = None) -> Hit | None:
        """The question or block title that ``text`` repeats, or None when it says something of its own.

        ``heading``: the text stands as a heading, a label or in a table's first column, where a word or two
        are enough; ``marked``: it is a heading proper. ``after``: the question last met; the next one is preferred among equals.
        """
        plain = plain_words(text)
        lemmas = frozenset(content(text))
        if not plain or len(plain) > 80:
            return None
        marked_so = text.rstrip(" *:»\"").endswith("?")
        asks = (marked_so and not _TAG.search(text)) or (
            any(word in ASKING for word in plain[:2]) and (marked_so or not _STATES.search(text)))
        best: tuple[float, int] | None = None
        for i in self._candidates(lemmas):
            mine, theirs = self.cover(lemmas, self.lemmas[i])
            same = _alike(plain, self.words[i])
            if not self._echoes(mine, theirs, same, asks=asks, heading=heading, text=text, n=len(plain)):
                continue
            value = 0.5 * mine + 0.3 * theirs + 0.4 * same + (0.05 if after is not None and i == after + 1 else 0)
            value += 0.15 if self.topics[i] in lemmas else 0
            if best is None or value > best[0] + 1e-9:
                best = value, i
        title = self._title(plain, lemmas, heading=heading, asks=asks)
        if title and (best is None or title.score * 1.2 >= best[0]):
            return title
        if best is None:
            return self._joined(lemmas, marked=marked) if heading and not asks and not says_something(text) else None
        return Hit((best[1],), round(min(1.0, max(0.6, best[0])), 3))

    def _joined(self, lemmas: frozenset[str], *, marked: bool) -> Hit | None:
        """A heading that names what several questions are about: "Ressurser og prioritering".

        A heading proper may also name something besides: "Ansvar og roller".
        """
        found: set[int] = set()
        if marked and len(lemmas) <= 3:
            known = {lemma for lemma in lemmas if any(t in self.near(lemma) for t in self.topics if t)}
            if known and not any(self.near(lemma) for lemma in lemmas - known) and len(known) < len(lemmas):
                about = tuple(i for i, t in enumerate(self.topics) if t and any(t in self.near(lemma) for lemma in known))
                return Hit(about, 0.5, block=True, echo=False)
        for lemma in lemmas:
            asked = {i for w in self.near(lemma) for i in self._index.get(w, ())}
            if not asked or len(asked) > 3:
                return None
            found.add(max(asked, key=lambda i: (self.topics[i] in self.near(lemma), -len(self.lemmas[i]), -i)))
        return Hit(tuple(sorted(found)), 0.7, block=True) if len(found) > 1 else None

    def likeness(self, text: str) -> list[float]:
        """0..1 for each question: how many words it shares with ``text``."""
        plain, lemmas = plain_words(text)[:80], frozenset(content(text))
        found = []
        for i in range(len(self.questions)):
            mine, theirs = self.cover(lemmas, self.lemmas[i])
            found.append(0.4 * mine + 0.3 * theirs + 0.3 * _alike(plain, self.words[i]))
        return found

    def _candidates(self, lemmas: frozenset[str]) -> list[int]:
        return sorted({i for lemma in lemmas for w in self.near(lemma) for i in self._index.get(w, ())})

    @staticmethod
    def _echoes(mine: float, theirs: float, same: float, *, asks: bool, heading: bool, text: str, n: int) -> bool:
        if same >= 0.9 and n >= 3:
            return True
        if asks:
            return (mine >= 0.55 and theirs >= (0.45 if n < 4 and not heading else 0.3)) or (mine >= 0.45 and theirs >= 0.45)
        if heading and not says_something(text):
            return mine >= 0.7 or (mine >= 0.5 and theirs >= 0.5)
        return False

    def _title(self, plain: list[str], lemmas: frozenset[str], *, heading: bool, asks: bool) -> Hit | None:
        best: tuple[float, tuple[int, ...]] | None = None
        for _, members, own, sequence in self.blocks:
            mine, theirs = self.cover(lemmas, own)
            same = _alike(plain, sequence)
            fits = same >= 0.85 or (heading and not asks and not says_something(" ".join(plain))
                                    and mine >= 0.75 and (theirs >= 0.3 or mine == 1.0))
            if fits and (best is None or 0.5 * mine + 0.3 * theirs + 0.4 * same > best[0]):
                best = 0.5 * mine + 0.3 * theirs + 0.4 * same, members
        return Hit(best[1], round(min(1.0, best[0]), 3), block=True) if best else None

    def resolve(self, ref: str, context: tuple[int, ...]) -> tuple[int, ...]:
        """The questions that a printed number means; () when it is unknown or may mean several things."""
        if ref in self.shown:
            return (self.shown[ref],)
        if ref in self.numbers:
            return (self.numbers[ref],)
        if ref.isalpha():
            return tuple(i for i in context if bare_number(self.questions[i].number).endswith(ref))[:1]
        if m := re.match(r"^(\d+)\.(\d+)$", ref):
            group, nth = int(m[1]), int(m[2])
            if group <= len(self.groups) and nth <= len(self.groups[group - 1]) and group and nth:
                return (self.groups[group - 1][nth - 1],)
            return ()
        if (m := re.match(r"^(\d+)[a-h]$", ref)) and self.plain_numbers:
            return (self.numbers[m[1]],) if m[1] in self.numbers else ()  # "1a", "1b": the respondent's own parts of question 1
        members = tuple(i for i, q in enumerate(self.questions) if re.match(rf"{ref}(?!\d)", bare_number(q.number)))
        if self.misprinted:
            printed = tuple(i for i, q in enumerate(self.questions) if bare_number(q.printed) == ref)
            return members if members == printed else ()
        return members

    def fits(self, text: str, candidates: Sequence[int]) -> tuple[int, float] | None:
        """The candidate that shares most words with ``text``, with the share; None when none shares any."""
        lemmas = frozenset(content(text))
        rated = [(sum(self.cover(lemmas, self.lemmas[i])), -i) for i in candidates]
        value, index = max(rated, default=(0.0, 0))
        if value <= 0.15 or sum(v >= value - 1e-9 for v, _ in rated) > 1:
            return None
        return -index, value


def plain_words(text: str) -> list[str]:
    return words(text.replace("/", " "))


def bare_number(number: str) -> str:
    return re.sub(r"[\s().:]+$|^[\s(]+|\s+|(?<=\d)\.(?=[a-h]\b)", "", number.lower())


# "Strømmen betaler vi sjølve, har nokon tenkt på det?" tells, and asks only whether that was known.
_TAG = re.compile(r",\s(?:har|er|skal|kan|vil|bør|ikke|ikkje|eller)\b[^,?]{0,40}\?$", re.IGNORECASE)

# "Hvem som betaler, må stå i planen", "Hvor huset bør ligge, har vi ingen mening om" open like questions and are none.
_STATES = re.compile(r",\s(?:har|er|må|bør|kan|vil|skal|vet|veit|tror|trur|overlater|overlet|mener|meiner|blir|vert|står)\s"
                     r"(?!det\b|dere\b|de\b)", re.IGNORECASE)


def _alike(one: list[str], other: list[str]) -> float:
    """0..1: how far two word sequences are the same, also when ``one`` (four words or more) is a stretch of ``other``."""
    if not one or not other:
        return 0.0
    if 4 <= len(one) < len(other) and f" {' '.join(one)} " in f" {' '.join(other)} ":
        return 0.95
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def says_something(text: str) -> bool:
    """Whether a heading-like line carries a judgement or a demand of its own."""
    return bool(_NEGATION.search(text) or DEMAND.search(text)
                or (_FINITE.search(text) and not text.rstrip().endswith("?") and words(text)[0] not in _VERB_FIRST | ASKING))
