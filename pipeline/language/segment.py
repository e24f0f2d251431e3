"""Blocks of text become statements: sentences, list items, headings and table cells, with exact offsets."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipeline.language import dialect, memory
from pipeline.language.abbreviations import CLOSING, LEADING_ON
from pipeline.language.lemmas import STOPWORDS
from pipeline.model import BODY_PLACES, Block, Document, Statement
from pipeline.norsk import MONTHS, fold

_TERMINATOR = re.compile(r"[.!?…]+$")
_INNER_END = re.compile(r"[.!?…][\"»”’')\]]*(?:\s|[A-ZÆØÅ])|\S\?\S")
_NUMBER = re.compile(r"^[(\[]?\d+(?:[.,:/]\d+)*\.$")
_NUMBERED = re.compile(r"^\(?(?:\d{1,2}[a-hA-H]?|[a-h])\.$")
_SAYS_SOMETHING = 3  # tokens of a sentence in front of a number that may end it
_NOUN = 4  # letters
_LIST_MARK = re.compile(r"(?:[a-h]|\d{1,2})\)\s+\S")
_ASKED = frozenset({"spørsmål", "spm", "spørsm"})
_INITIAL = re.compile(r"^[A-ZÆØÅ]\.(?:[A-ZÆØÅ]\.)*$")
_CLOSERS = frozenset("\"»”’')]")
_OPENERS = frozenset("«\"“„‘'([")
# A line break inside a block, or a bullet in the middle of a line, parts two statements.
# The look-behind keeps a long run of blanks from being tried at each of them.
_HARD_BREAK = re.compile(r"(?<!\s)(?:\s*\n\s*|\s+(?=[•▪●◦■➢✓]\s))")
# "Vi vil ha: - flere leger - flere senger": a list that lost its line breaks.
_DASHED_LIST = re.compile(r":\s+[-–]\s+\S[^:]*?\s[-–]\s+\S")
_DASH_BREAK = re.compile(r"(?<!\s)\s+(?=[-–]\s+\S)")
_ORDINAL_NOUNS = frozenset(("kvartal", "halvår", "etasje", "ledd", "trinn", "klasse", "plass", "prioritet", "linje", "år"))
_HEADING_WORDS = 12
_LEAD_IN_END = re.compile(
    r"(?::|\b(?:at|å|for å|om å|følgende|følgjande|bør|må|er|ønsker|ønskjer|ynskjer|foreslår|føreslår|blant annet|som))\s*$",
    re.IGNORECASE)
_TITLE_WORDS = 8
_FINITE = re.compile(
    r"\b(?:er|blir|vert|har|kan|bør|må|vil|skal|ble|var|mangler|manglar|fungerer|krever|krev|gir|gjev|trenger|treng|ønsker|ynskjer|"
    r"mener|meiner|støtter|støttar|savner|saknar|flere|fleire|færre|mer|meir|mindre|bedre|betre|ikke|ikkje|ingen)\b", re.IGNORECASE)
_PSEUDO_LEVEL = 9  # a bold line counts as a heading below all marked ones


def cut(document: Document) -> tuple[Statement, ...]:
    """All statements of ``document``, in its order; ``text == document.text[start:end]`` for each.

    Every non-blank character of every block is in exactly one statement. Headings, lead-ins and furniture are
    statements too: ``language.noise`` takes them out. Needs the offsets that ``model.assemble`` sets.
    """
    default = dialect.of(document.text, document.language)
    headings: list[tuple[int, str]] = []
    lead_in = _LeadIn()
    found: list[Statement] = []
    titles = _plain_titles(document.blocks)
    for index, block in enumerate(document.blocks):
        if not block.text.strip():
            continue
        kind, level = ("heading", _PSEUDO_LEVEL) if index in titles else _kind(document.blocks, index)
        above = tuple(text for _, text in headings)
        if kind == "heading" and block.place in BODY_PLACES:
            while headings and headings[-1][0] >= level:
                headings.pop()
            above = tuple(text for _, text in headings)
            headings.append((level, block.text))
        spans = [(0, len(block.text))] if kind == "heading" else sentences(block.text)
        carried = lead_in.before(block, kind)
        for first, last in spans:
            text = block.text[first:last]
            found.append(Statement(
                id="", source=document.source, start=block.start + first, end=block.start + last, text=text,
                locator=block.locator, bodies=document.bodies, kind=kind, place=block.place, block=index,
                marker=block.marker if first == spans[0][0] else "", lead_in=carried, headings=above,
                language=dialect.of(text, default)))
        lead_in.after(block, kind, found[-1].text)
    return identify(found)


def identify(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements with their ids: "s" and ten hex digits of source, text and how often the text stood before.

    Neither offsets nor order count, so a paragraph added above changes no id.
    """
    seen: Counter[tuple[str, str]] = Counter()
    named = []
    for statement in statements:
        key = statement.source, fold(statement.text)
        seen[key] += 1
        digest = hashlib.sha256("\0".join((*key, str(seen[key]))).encode()).hexdigest()
        named.append(replace(statement, id=f"s{digest[:10]}"))
    return tuple(named)


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of one unwrapped block; blanks between them belong to none."""
    spans: list[tuple[int, int]] = []
    at = 0
    breaks = [m.span() for m in _HARD_BREAK.finditer(text)]
    if not breaks and (listed := _DASHED_LIST.search(text)):
        breaks = [m.span() for m in _DASH_BREAK.finditer(text, listed.start())]
    for stop, resume in [*breaks, (len(text), len(text))]:
        spans += _sentences_of_line(text, at, stop)
        at = resume
    return spans


def _sentences_of_line(text: str, start: int, end: int) -> list[tuple[int, int]]:
    line = text[start:end]
    if not line.strip():
        return []
    if not _INNER_END.search(line):  # nothing to cut: most items and cells
        left = len(line) - len(line.lstrip())
        return [(start + left, start + len(line.rstrip()))]
    known = memory.recall("sentences", line)  # spaCy takes half a second to load
    if known is None:
        found = list(_parsed(line))
        memory.note("sentences", line, json.dumps(found).encode())
    else:
        found = json.loads(known)
    return [(start + first, start + last) for first, last in found]


def _parsed(line: str) -> Iterator[tuple[int, int]]:
    for sentence in _nlp()(line).sents:
        first, last = sentence.start_char, sentence.end_char
        while first < last and line[first].isspace():
            first += 1
        while last > first and line[last - 1].isspace():
            last -= 1
        if first < last:
            yield first, last


@cache
def _nlp():
    """spaCy's Norwegian tokenizer with our abbreviations, and the sentence component below."""
    import spacy
    from spacy.language import Language
    from spacy.symbols import ORTH

    if not Language.has_factory("norwegian_sentences"):
        Language.component("norwegian_sentences", func=_mark_sentences)
    nlp = spacy.blank("nb")
    nlp.max_length = 10**9
    for form in sorted(LEADING_ON | CLOSING):
        for spelling in {form, form[0].upper() + form[1:]}:
            nlp.tokenizer.add_special_case(spelling, [{ORTH: spelling}])
    nlp.add_pipe("norwegian_sentences")
    return nlp


def _mark_sentences(doc):
    """The spaCy component: marks the tokens that start a sentence."""
    import numpy as np

    first = 0  # the token that opened the current sentence
    starts = {0}
    i = 0
    while i < len(doc) - 1:
        if _TERMINATOR.search(doc[i].text):
            following = i + 1
            while following < len(doc) and not doc[following - 1].whitespace_ and (
                    doc[following].text in _CLOSERS or not doc[following].text.strip(".!?…")):
                following += 1
            while following < len(doc) and doc[following].is_space:
                following += 1
            if following < len(doc) and _ends(doc, i, following, first):
                starts.add(following)
                first = following
                i = following
                continue
        i += 1
    # One array: to set the tokens one by one checks the whole text each time.
    return doc.from_array(["SENT_START"], np.array([1 if i in starts else -1 for i in range(len(doc))]).astype(np.uint64))


def _ends(doc, i: int, following: int, first: int) -> bool:
    """Whether the terminator at ``i`` ends the sentence that ``first`` opened, ``following`` being the next word."""
    mark, after = doc[i].text, doc[following].text
    closed = following > i + 1 and doc[i + 1].text in _CLOSERS
    before = doc[i - 1].text if i else ""
    if mark == "." and _LIST_MARK.match(doc.text, doc[following].idx) and doc[following - 1].whitespace_:
        return True  # "… kortes ned. b) Ansvaret …"
    upper = after[0].isupper() or (after[0] in _OPENERS and len(doc) > following + 1 and doc[following + 1].text[0].isupper())
    if not doc[following - 1].whitespace_ and not doc[following].is_space:
        # No blank between: "relevante.Ansvaret" is two sentences, "Vest.Agder" or "A/S.no" is not our business.
        return mark in ("?", "!") or (mark == "." and before.islower() and len(before) > 3 and after.istitle())
    if mark[-1] in "?!":
        if before in _OPENERS:
            return False
        return upper or after[0].isdigit() or after[0] in _OPENERS or (mark[-1] == "?" and not closed)
    if mark[-1] == "…" or mark.endswith(".."):
        return upper
    if mark == ".":
        if not (upper or after[0].isdigit() or after[0] in "•–-§*"):
            return False
        if i == first + 1 and _NUMBERED.match(before + mark):
            return False
        if before.lower() in ("s", "kl", "nr") and after[0].isdigit():
            return False
        return not (after[0] in "–-" and not upper and len(after) > 1 and after[1:].islower())
    lower = mark.lower()
    if lower == "kr." and before[-1:].isdigit():
        return upper  # "… 200 000 kr. Det er mye."
    if lower in LEADING_ON or (lower == "sp." and after[0].isdigit()):  # "Sp. 3"; the party ends a sentence
        return False
    if lower in CLOSING:
        return upper
    if _NUMBER.match(mark) or (i == first and _NUMBERED.match(mark)):
        if i >= first + _SAYS_SOMETHING and after.isdigit() and after[0] != "0" and _counts(doc, following):
            return before.islower()  # "Den yngste er 54. 130 sider er for mye."
        if i == first or not (upper or after[0] in _OPENERS):
            return False  # "3. Hovedmål …" opens with its number; "12. oktober" goes on
        if i == 1 and before.lower() in _ASKED:
            return False  # "Spørsmål 3. Det som mangler"
        if after.lower() in MONTHS or after.lower() in _ORDINAL_NOUNS:
            return False
        return before.lower() not in ("den", "dei", "de", "haakon", "harald", "olav")
    if _INITIAL.match(mark):
        return upper and i > first and (before.islower() or after.lower() in STOPWORDS)
    return upper or after[0].isdigit()


def _counts(doc, i: int) -> bool:
    """Whether the number at ``i`` says how many of what follows there are: "130 sider", not "2030 og"."""
    word = doc[i + 1].text if len(doc) > i + 1 else ""
    return len(word) >= _NOUN and word.isalpha() and word.islower() and word not in MONTHS and word not in STOPWORDS


class _LeadIn:
    """The clause that introduces a list, per list depth, while its items pass by."""

    def __init__(self) -> None:
        self._levels: dict[int, str] = {}
        self._pending = ""  # the last sentence before a possible list
        self._sibling = -1  # the depth of the item whose it is; -1: it is none's
        self._cell: tuple[int, int, int] = (0, 0, 0)
        self._place = ""

    def before(self, block: Block, kind: str) -> str:
        """What introduces ``block``; "" when nothing does."""
        where = block.table, block.row, block.col
        if where != self._cell or block.place != self._place:
            self._levels, self._pending = {}, ""
            self._cell, self._place = where, block.place
        if not _is_item(block, kind):
            self._levels = {}
            return ""
        self._levels = {level: text for level, text in self._levels.items() if level <= block.level}
        if self._pending:
            if self._pending.endswith(":") or self._sibling < block.level:  # "… ingen veit kva det er" opens no list beside itself
                self._levels[block.level] = self._pending
            self._pending = ""
        return self._levels.get(block.level, "")

    def after(self, block: Block, kind: str, last_sentence: str) -> None:
        """Remember ``block``'s last sentence when it may introduce what follows."""
        opens = kind != "heading" and block.place in BODY_PLACES and introduces(last_sentence)
        self._pending = last_sentence if opens else ""
        self._sibling = block.level if _is_item(block, kind) else -1


def _is_item(block: Block, kind: str) -> bool:
    return kind == "item" or (kind == "cell" and bool(block.marker))


def introduces(text: str) -> bool:
    """Whether a sentence reads as the opening of a list: "Vi ønsker:", "RS mener at"."""
    if "?" in text:
        return False
    return bool(_LEAD_IN_END.search(text)) and len(text.split()) <= 60


def _plain_titles(blocks: Sequence[Block]) -> frozenset[int]:
    """Indices of short lines that are headings by the text's own rhythm, where the file marks none: plain text, mail.

    A line without end mark and finite verb over a paragraph of sentences, after a finished one; three such at least,
    and no paragraph of the same length that is anything else.
    """
    body = [i for i, b in enumerate(blocks) if b.place in BODY_PLACES and b.text.strip() and not b.table]
    if any(blocks[i].kind == "heading" or blocks[i].bold for i in body):
        return frozenset()
    found, others = [], 0
    for before, i, after in zip([None, *body], body, [*body[1:], None], strict=False):
        text = blocks[i].text.strip()
        if blocks[i].kind != "paragraph" or len(text.split()) > _TITLE_WORDS or text[-1] in ".!,;:" or not text[0].isupper():
            continue
        over = after is not None and len(blocks[after].text.split()) >= _TITLE_WORDS and blocks[after].text.rstrip()[-1] in ".!?:"
        finished = before is not None and blocks[before].text.rstrip()[-1] in ".!?"
        if finished and over and not _FINITE.search(text):
            found.append(i)
        elif finished or over:
            others += 1
    return frozenset(found) if len(found) >= 3 and len(found) >= 2 * others else frozenset()


def _kind(blocks: Sequence[Block], index: int) -> tuple[str, int]:
    """The block's kind and heading level; a bold line of its own over plain text counts as a heading."""
    block = blocks[index]
    if block.kind == "heading":
        return "heading", block.level or 1
    if block.kind != "paragraph" or block.table or block.place not in BODY_PLACES:
        return block.kind, 0
    words = block.text.split()
    if len(words) > _HEADING_WORDS or "\n" in block.text:
        return block.kind, 0
    following = next((b for b in blocks[index + 1:] if b.text.strip() and b.place == block.place), None)
    if following is None or following.kind == "heading":
        return block.kind, 0
    if block.bold and not following.bold and not block.text.rstrip().endswith((".", "!", ";", ",")):
        return "heading", _PSEUDO_LEVEL
    if (block.text.endswith(":") and len(words) <= 4 and following.kind == "paragraph" and not following.marker
            and not following.bold):
        return "heading", _PSEUDO_LEVEL
    return block.kind, 0
