"""Which question of the questionnaire a statement answers, and what in the answer is the questionnaire itself.

Respondents copy the questions, shorten, reword and renumber them, put them in tables, headings or before
the answer on the same line, or give their numbers only. The text of a question outranks its number.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.config import Question
from pipeline.language import letters, minutes
from pipeline.language.lemmas import content, words
from pipeline.language.segment import identify
from pipeline.language.tables import cell as cell_of
from pipeline.model import BODY_PLACES, Statement

_ASKING = frozenset(("hvordan", "hvilke", "hvilken", "hvilket", "hva", "hvem", "hvor", "hvorfor",
                     "korleis", "kva", "kven", "kvar", "kvifor", "kor"))
_VERB_FIRST = frozenset(("er", "har", "kan", "bør", "vil", "skal", "finnes", "finst", "ser", "mener", "meiner", "synes", "synest",
                         "trenger", "treng", "opplever", "ønsker", "får"))
_NEGATION = re.compile(r"\b(?:ikke|ikkje|ingen|inga|intet|aldri|neppe|uten|utan|verken|korkje|nei|"
                       r"ja)\b", re.IGNORECASE)
_DEMAND = re.compile(
    r"\b(?:bør|må|burde|skulle|ønsker|ønskjer|ynskjer|trenger|treng|foreslår|føreslår|mener|meiner|savner|saknar|"
    r"mangler|manglar|"
    r"flere|fleire|færre|mer|meir|mindre|bedre|betre|tydeligere|tydelegare|enklere|enklare|klarere|klårare|tettere|"
    r"tettare|for "
    r"(?:mange|få|mye|lite|lang|stor|dårlig))\b", re.IGNORECASE)
_FINITE = re.compile(
    r"\b(?:er|blir|vert|har|kan|bør|må|vil|skal|ble|var|mangler|manglar|fungerer|krever|krev|gir|gjev|står|ligger|"
    r"ligg|støtter|"
    r"støttar|ser|tar|tek|finnes|finst)\b", re.IGNORECASE)
_REF = re.compile(
    r"^\(?(?:(?:vårt\s+)?svar\s+(?:på|til)\s+|til\s+|ad\.?\s+|på\s+|vedr(?:ørende|ørande|\.)\s+)?"
    r"(?P<word>spørsmål(?:et)?|spm|spørsm|spsm|sp|pkt|punkt|nr|q)\b\.?\s*(?:nr\.?\s*)?"
    r"(?P<ref>\d{1,2}\s?(?:[.,]\s?\d{1,2}|[a-h])?(?![\w])|[a-h](?![\w]))\s*(?P<stop>[:.)–-]*)\s*", re.IGNORECASE)
_LEADING_NUMBER = re.compile(r"^\(?(?P<ref>\d{1,2}(?:\.\d{1,2})?\s?[a-h]?|"
                             r"[a-h](?=[.):]))(?P<stop>[.):]*)\s+(?=\S)", re.IGNORECASE)
_BARE = re.compile(r"^\(?(?P<ref>\d{1,2}(?:\.\d{1,2})?\s?[a-h]?|[a-h])[.):]*$", re.IGNORECASE)
_LABEL_END = re.compile(r"\s*:\s+|\s+[–—]\s+|\s+-\s+")
_GENERIC = re.compile(
    r"^(?:(?:vårt|våre|rs\S*|regionens)\s+)?(?:svar(?:et|a|ene)?|kommentar(?:er|ar)?|innspill|innspel|"
    r"tilbakemelding(?:er|ar)?|vurdering(?:er|ar)?|"
    r"merknad(?:er|ar)?|forslag|begrunnelse|grunngjeving|besvarelse|utdyping|utdypende kommentar(?:er)?)"
    r"(?:\s+(?:fra|frå|til|på)\s+.{1,60})?\s*:?$", re.IGNORECASE)
_MANY = 6  # so many questions in a row are a printed questionnaire, not the heading of one answer


def place(statements: Sequence[Statement], questions: tuple[Question, ...]) -> tuple[Statement, ...]:
    """The statements with ``question`` and ``question_score`` set, echoed questionnaire text marked as noise.

    An answer that follows the question on the same line is cut off into a statement of its own, so there
    may be more statements than before; offsets stay exact. Scores: 1 for the question's own words, less for
    shortened or reworded ones, bare numbers and shared headings. Without questions nothing changes.
    """
    if not questions or not statements:
        return tuple(statements)
    form = _Form(questions)
    placed: list[Statement] = []
    for _, group in groupby(statements, key=lambda s: s.source):
        placed += _place_document(list(group), form)
    return identify(placed)


@dataclass(frozen=True, slots=True)
class _Hit:
    """Questionnaire text or a reference to it: indices of the questions it may mean, and how surely."""

    questions: tuple[int, ...]
    score: float
    block: bool = False  # the title of a block of questions
    echo: bool = True  # nothing but questionnaire text: noise


@dataclass(slots=True)
class _Piece:
    statement: Statement
    hit: _Hit | None = None


class _Form:
    """The questionnaire, prepared for comparison."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        self.questions = questions
        self.words = [_plain(q.text) for q in questions]
        self.lemmas = [frozenset(content(q.text)) for q in questions]
        titles: dict[str, list[int]] = {}
        for i, q in enumerate(questions):
            titles.setdefault(q.block, []).append(i)
        self.blocks = [(title, tuple(members), frozenset(content(title)), _plain(title))
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
        self.numbers = {_ref(q.number): i for i, q in enumerate(questions)}
        self.plain_numbers = all(q.number.strip().isdigit() for q in questions)
        self.misprinted = any(q.printed and _ref(q.printed) != _ref(q.number)
                              and not _ref(q.number).startswith(_ref(q.printed)) for q in questions)
        self._near: dict[str, frozenset[str]] = {}

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

    def match(self, text: str, *, heading: bool, marked: bool = False, after: int | None = None) -> _Hit | None:
        """The question or block title that ``text`` repeats, or None when it says something of its own.

        ``heading``: the text stands as a heading, a label or in a table's first column, where a word or two
        are enough; ``marked``: it is a heading proper. ``after``: the question last met; the next one is preferred among equals.
        """
        plain = _plain(text)
        lemmas = frozenset(content(text))
        if not plain or len(plain) > 80:
            return None
        asks = text.rstrip(" *:»\"").endswith("?") or plain[0] in _ASKING or (len(plain) > 1 and plain[1] in _ASKING)
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
            return self._joined(lemmas, marked=marked) if heading and not asks and not _says_something(text) else None
        return _Hit((best[1],), round(min(1.0, max(0.6, best[0])), 3))

    def _joined(self, lemmas: frozenset[str], *, marked: bool) -> _Hit | None:
        """A heading that names what several questions are about: "Ressurser og prioritering".

        A heading proper may also name something besides: "Ansvar og roller".
        """
        found: set[int] = set()
        if marked and len(lemmas) <= 3:
            known = {lemma for lemma in lemmas if any(t in self.near(lemma) for t in self.topics if t)}
            if known and not any(self.near(lemma) for lemma in lemmas - known) and len(known) < len(lemmas):
                about = tuple(i for i, t in enumerate(self.topics) if t and any(t in self.near(lemma) for lemma in known))
                return _Hit(about, 0.5, block=True, echo=False)
        for lemma in lemmas:
            asked = {i for w in self.near(lemma) for i in self._index.get(w, ())}
            if not asked or len(asked) > 3:
                return None
            found.add(max(asked, key=lambda i: (self.topics[i] in self.near(lemma), -len(self.lemmas[i]), -i)))
        return _Hit(tuple(sorted(found)), 0.7, block=True) if len(found) > 1 else None

    def _candidates(self, lemmas: frozenset[str]) -> list[int]:
        return sorted({i for lemma in lemmas for w in self.near(lemma) for i in self._index.get(w, ())})

    @staticmethod
    def _echoes(mine: float, theirs: float, same: float, *, asks: bool, heading: bool, text: str, n: int) -> bool:
        if same >= 0.9 and n >= 3:
            return True
        if asks:
            return (mine >= 0.55 and theirs >= (0.45 if n < 4 and not heading else 0.3)) or (mine >= 0.45 and theirs >= 0.45)
        if heading and not _says_something(text):
            return mine >= 0.7 or (mine >= 0.5 and theirs >= 0.5)
        return False

    def _title(self, plain: list[str], lemmas: frozenset[str], *, heading: bool, asks: bool) -> _Hit | None:
        best: tuple[float, tuple[int, ...]] | None = None
        for _, members, own, sequence in self.blocks:
            mine, theirs = self.cover(lemmas, own)
            same = _alike(plain, sequence)
            fits = same >= 0.85 or (heading and not asks and not _says_something(" ".join(plain))
                                    and mine >= 0.75 and (theirs >= 0.3 or mine == 1.0))
            if fits and (best is None or 0.5 * mine + 0.3 * theirs + 0.4 * same > best[0]):
                best = 0.5 * mine + 0.3 * theirs + 0.4 * same, members
        return _Hit(best[1], round(min(1.0, best[0]), 3), block=True) if best else None

    def resolve(self, ref: str, context: tuple[int, ...]) -> tuple[int, ...]:
        """The questions that a printed number means; () when it is unknown or may mean several things."""
        if ref in self.numbers:
            return (self.numbers[ref],)
        if ref.isalpha():
            return tuple(i for i in context if _ref(self.questions[i].number).endswith(ref))[:1]
        if m := re.match(r"^(\d+)\.(\d+)$", ref):
            group, nth = int(m[1]), int(m[2])
            if group <= len(self.groups) and nth <= len(self.groups[group - 1]) and group and nth:
                return (self.groups[group - 1][nth - 1],)
            return ()
        members = tuple(i for i, q in enumerate(self.questions) if re.match(rf"{ref}(?!\d)", _ref(q.number)))
        if self.misprinted:
            printed = tuple(i for i, q in enumerate(self.questions) if _ref(q.printed) == ref)
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


def _plain(text: str) -> list[str]:
    return words(text.replace("/", " "))


def _ref(number: str) -> str:
    return re.sub(r"[\s().:]+$|^[\s(]+|\s+", "", number.lower())


def _alike(one: list[str], other: list[str]) -> float:
    """0..1: how far two word sequences are the same, also when ``one`` (four words or more) is a stretch of ``other``."""
    if not one or not other:
        return 0.0
    if 4 <= len(one) < len(other) and f" {' '.join(one)} " in f" {' '.join(other)} ":
        return 0.95
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _says_something(text: str) -> bool:
    """Whether a heading-like line carries a judgement or a demand of its own."""
    return bool(_NEGATION.search(text) or _DEMAND.search(text)
                or (_FINITE.search(text) and not text.rstrip().endswith("?") and words(text)[0] not in _VERB_FIRST | _ASKING))


def _place_document(statements: list[Statement], form: _Form) -> list[Statement]:
    """One document's statements, in order."""
    tables = _Tables(statements)
    markers = _markers_count(statements, form)
    pieces: list[_Piece] = []
    last: int | None = None
    for s in statements:
        for piece in _divide(s, form, tables, markers, last, pieces[-1] if pieces else None):
            if piece.hit and len(piece.hit.questions) == 1:
                last = piece.hit.questions[0]
            pieces.append(piece)
    in_tables = tables.assign(pieces)
    return _Walk(form).through(pieces, in_tables)


def _divide(s: Statement, form: _Form, tables: _Tables, markers: dict[str, tuple[int, ...]],
            last: int | None, before: _Piece | None) -> list[_Piece]:
    """The statement whole, or cut after the question or number that it opens with."""
    if s.place not in BODY_PLACES:
        return [_Piece(s)]
    heading = s.kind == "heading" or tables.in_first_column(s)
    context = before.hit.questions if before and before.hit else ()
    text, offset, referred, explicit = s.text, 0, (), False
    if m := _REF.match(text):
        referred = form.resolve(_ref(m["ref"]), context)
        spelled = m["word"].lower() not in ("pkt", "punkt", "nr", "sp", "q")
        explicit = bool(m["stop"]) or m.end() == len(text) or s.kind == "heading"
        if referred and (explicit or (spelled and m.end() < len(text))):
            offset = m.end() if explicit else 0
        else:
            referred = ()
        if not referred and explicit and m.end() < len(text):
            rest = form.match(text[m.end():], heading=True, after=last)
            if rest:
                return [_Piece(s, rest)]
    elif (m := _LEADING_NUMBER.match(text)) and (m["stop"] or _ref(m["ref"]) in form.numbers):
        if _ref(m["ref"])[-1:].isalpha() or m["stop"]:
            offset = m.end()
            referred = markers.get(_ref(m["ref"]), ())
            explicit = bool(referred)
    elif s.marker and _BARE.match(s.marker):
        referred = markers.get(_ref(s.marker), ())
        explicit = False
    if (m := _BARE.match(text)) and (heading or tables.has(s)):
        bare = form.resolve(_ref(m["ref"]), context)
        return [_Piece(s, _Hit(bare, 0.85) if bare else None)]
    rest = text[offset:]
    if not rest.strip():
        return [_Piece(s, _Hit(referred, 0.9, block=len(referred) > 1))]
    whole = form.match(rest, heading=heading or (explicit and bool(offset)), marked=s.kind == "heading", after=last)
    if whole and not (heading is False and explicit and s.kind != "heading" and not rest.rstrip().endswith("?")
                      and _says_something(rest)):
        return [_Piece(s, whole)]
    if (before and before.hit and len(before.hit.questions) == 1 and before.statement.block == s.block
            and f" {' '.join(_plain(rest))} " in f" {' '.join(form.words[before.hit.questions[0]])} "):
        return [_Piece(s, before.hit)]  # the second sentence of a question of two sentences
    if s.kind == "heading":
        return [_Piece(s, _Hit(referred, 0.8, block=len(referred) > 1) if referred else None)]
    for m in _LABEL_END.finditer(rest[:300]):
        label = rest[:m.start()]
        hit = form.match(label, heading=not _DEMAND.search(label) and len(label.split()) <= 12, after=last)
        if hit and rest[m.end():].strip():
            return _cut(s, offset + m.end(), hit)
        break
    if referred and explicit and offset:
        return _cut(s, offset, _Hit(referred, 0.9, block=len(referred) > 1))
    if referred:
        return [_Piece(s, _Hit(referred, 0.7 if s.marker else 0.85, block=len(referred) > 1, echo=False))]
    return [_Piece(s)]


def _cut(s: Statement, at: int, hit: _Hit) -> list[_Piece]:
    """Two pieces: up to ``at`` the questionnaire's words, after it the answer."""
    left, right = s.text[:at].rstrip(), s.text[at:]
    at += len(right) - len(right.lstrip())
    return [_Piece(replace(s, text=left, end=s.start + len(left)), hit),
            _Piece(replace(s, text=s.text[at:], start=s.start + at, marker="", lead_in=""))]


def _markers_count(statements: list[Statement], form: _Form) -> dict[str, tuple[int, ...]]:
    """Printed markers that are question numbers in this document, with the questions they mean.

    "1a" is one wherever the questionnaire has a 1a and the document two such. A plain "3" only when
    the plain numbers of the document run through the questionnaire once, in order, nearly all of it:
    otherwise they number the respondent's own list.
    """
    seen: list[str] = []
    for s in statements:
        if s.place not in BODY_PLACES:
            continue
        m = _BARE.match(s.marker) if s.marker else _LEADING_NUMBER.match(s.text)
        if m and (s.marker or m["stop"] or not m["ref"].isdigit()):
            seen.append(_ref(m["ref"]))
    found: dict[str, tuple[int, ...]] = {}
    compound = {r for r in seen if not r.isdigit() and not r.isalpha()}
    resolved = {r: form.resolve(r, ()) for r in compound}
    if sum(bool(v) for v in resolved.values()) >= min(2, len(form.questions)):
        found.update({r: v for r, v in resolved.items() if v})
    plain = [int(r) for r in seen if r.isdigit()]
    count = len(form.questions)
    once = plain == sorted(set(plain)) and bool(plain) and plain[0] == 1 and plain[-1] <= count
    if once and not form.misprinted and form.plain_numbers and len(plain) >= max(2, 0.6 * count):
        found.update({str(n): form.resolve(str(n), ()) for n in plain if form.resolve(str(n), ())})
    elif once and not form.plain_numbers and not found and count >= 4 and len(plain) >= 0.8 * count:
        found.update({str(n): (n - 1,) for n in plain})
    return found


class _Tables:
    """The document's tables, read from the locators ("table=1;row=3;col=2", "sheet=Svar;cell=C7")."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._at = {s.start: cell for s in statements if (cell := cell_of(s)) is not None}
        self._columns: dict[str, set[int]] = {}
        for table, _, col in self._at.values():
            self._columns.setdefault(table, set()).add(col)

    def has(self, s: Statement) -> bool:
        return s.start in self._at

    def cell(self, s: Statement) -> tuple[str, int, int] | None:
        """(table, row, column) of the statement, or None outside tables."""
        return self._at.get(s.start)

    def in_first_column(self, s: Statement) -> bool:
        """In the first column of a table that has more than one, or in its first row."""
        cell = self._at.get(s.start)
        return cell is not None and len(self._columns[cell[0]]) > 1 and (
            cell[2] == min(self._columns[cell[0]]) or cell[1] == 1)

    def assign(self, pieces: Sequence[_Piece]) -> dict[int, tuple[tuple[int, ...], float] | None]:
        """Index of each piece that stands in a table and is an answer -> the questions it may answer, or None."""
        by_table: dict[str, list[tuple[int, int, int]]] = {}
        cells: dict[int, tuple[str, int, int]] = {}
        for n, piece in enumerate(pieces):
            # A piece cut off from a statement starts later than the cell does.
            cell = cell_of(piece.statement)
            if cell is not None and piece.statement.place in BODY_PLACES:
                by_table.setdefault(cell[0], []).append((cell[1], cell[2], n))
                cells[n] = cell
        given: dict[int, tuple[tuple[int, ...], float] | None] = {}
        for members in by_table.values():
            members.sort()
            heads = self._column_heads(pieces, members)
            running: tuple[tuple[int, ...], float] | None = None
            for _, row in groupby(members, key=lambda m: m[0]):
                cells_of_row = list(row)
                hits = [(col, pieces[n].hit) for _, col, n in cells_of_row if pieces[n].hit]
                own = [h for _, h in hits if not h.block]
                if own:
                    merged = tuple(dict.fromkeys(i for h in own for i in h.questions))
                    running = merged, min(h.score for h in own)
                elif hits:
                    running = hits[0][1].questions, 0.5
                inner: tuple[tuple[int, ...], float] | None = None
                inner_col = 0
                for _, col, n in cells_of_row:
                    piece = pieces[n]
                    if piece.hit and not piece.hit.block:
                        inner, inner_col = (piece.hit.questions, piece.hit.score), col
                    if piece.hit is None or not piece.hit.echo:
                        # The question in the same cell is nearer than the row's, the row's nearer than the column's.
                        given[n] = (inner if inner and inner_col == col else None) or (
                            running if own else None) or heads.get(col) or running
        return given

    @staticmethod
    def _column_heads(pieces: Sequence[_Piece], members: list[tuple[int, int, int]]):
        """Column -> question, when the first row asks two different questions or more."""
        first = members[0][0]
        heads = {col: (pieces[n].hit.questions, pieces[n].hit.score) for row, col, n in members
                 if row == first and pieces[n].hit and not pieces[n].hit.block}
        answers_in_row = any(row == first and pieces[n].hit is None and len(pieces[n].statement.text.split()) > 3
                             for row, _, n in members)
        return heads if len({h[0] for h in heads.values()}) >= 2 and not answers_in_row else {}


class _Walk:
    """Down through the document: which question is open for what comes next."""

    def __init__(self, form: _Form) -> None:
        self._form = form
        self._open: tuple[int, ...] = ()
        self._score = 0.0
        self._block = False
        self._anchor: Statement | None = None  # the echo that opened the question
        self._echoing = False

    def through(self, pieces: list[_Piece],
                in_tables: dict[int, tuple[tuple[int, ...], float] | None]) -> list[Statement]:
        result: list[Statement] = []
        echoed = {p.statement.text for p in pieces if p.hit and p.hit.echo}
        was_table = False
        for n, piece in enumerate(pieces):
            s, hit = piece.statement, piece.hit
            if s.lead_in and s.lead_in in echoed:
                s = replace(s, lead_in="")
            table = cell_of(s) is not None
            if was_table and not table:
                self._close()
            was_table = table
            if s.place not in BODY_PLACES:
                result.append(s)
            elif hit and hit.echo and hit.questions:
                if not table:
                    self._opens(hit, s)
                one = self._form.questions[hit.questions[0]].number if len(hit.questions) == 1 else None
                result.append(replace(s, type="noise", noise="echo", question=one, question_score=hit.score if one else 0.0))
            elif n in in_tables:
                found = in_tables[n]
                result.append(self._answer(s, *found, block=False) if found else s)
            else:
                result.append(self._running(s, hit))
        return result

    def _running(self, s: Statement, hit: _Hit | None) -> Statement:
        """A statement outside tables that is no echo."""
        if hit and hit.questions:
            self._opens(hit, s)
        elif letters.closes(s.text) or minutes.starts_item(s.text, s.marker) or (
                s.kind == "heading" and not _GENERIC.match(s.text) and not self._above(s)):
            self._close()
        self._echoing = False
        if s.kind == "heading" or not self._open:
            return s
        return self._answer(s, self._open, self._score, block=self._block)

    def _above(self, s: Statement) -> bool:
        return self._anchor is not None and self._anchor.kind == "heading" and self._anchor.text in s.headings

    def _opens(self, hit: _Hit, s: Statement) -> None:
        if self._echoing and not hit.block and not self._block and hit.echo:
            self._open = tuple(dict.fromkeys((*self._open, *hit.questions)))
            self._score = min(self._score, hit.score)
        else:
            self._open, self._score = hit.questions, hit.score
        self._block, self._anchor, self._echoing = hit.block, s, hit.echo

    def _close(self) -> None:
        self._open, self._score, self._block, self._anchor, self._echoing = (), 0.0, False, None, False

    def _answer(self, s: Statement, candidates: tuple[int, ...], score: float, *, block: bool) -> Statement:
        """The statement under the one question of ``candidates`` that it answers."""
        questions = self._form.questions
        one_theme = len({questions[i].themes for i in candidates}) == 1
        if len(candidates) == 1:
            chosen, sure = candidates[0], score * (0.8 if block else 1.0)
        elif len(candidates) > _MANY and not block:
            return s
        elif fit := self._form.fits(s.text, candidates):
            # Which of them is a guess, but what they are all about is not.
            chosen, sure = fit[0], (0.9 if one_theme else 0.7) * score
        elif one_theme:
            chosen, sure = candidates[-1 if not block else 0], 0.9 * score
        elif len(candidates) <= 3 and not block:
            chosen, sure = candidates[-1], 0.35 * score
        else:
            return s
        return replace(s, question=questions[chosen].number, question_score=round(sure, 3))
