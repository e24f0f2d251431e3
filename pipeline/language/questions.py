"""Which question of the questionnaire a statement answers, and what in the answer is the questionnaire itself.

Respondents copy the questions, shorten, reword and renumber them, put them in tables, headings or before
the answer on the same line, or give their numbers only. The text of a question outranks its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from pipeline.config import Question
from pipeline.language import letters, minutes, slots
from pipeline.language.questionnaire import DEMAND, Form, Hit, Piece, bare_number, plain_words, says_something
from pipeline.language.segment import identify
from pipeline.language.tables import cell as cell_of
from pipeline.model import BODY_PLACES, Statement
from pipeline.norsk import fold

_REF = re.compile(
    r"^\(?(?:(?:vårt\s+)?svar\s+(?:på|til)\s+|til\s+|te\s+|ad\.?\s+|på\s+|vedr(?:ørende|ørande|\.)\s+)?"
    r"(?P<word>spørsmål(?:et)?|spm|spørsm|spsm|sp|svar(?=\s+\d)|pkt|punkt|nr|q)\b\.?\s*(?:nr\.?\s*)?"
    r"(?P<ref>[a-h]\d{1,2}(?!\w)|\d{1,2}\s?(?:[.,]\s?\d{1,2}|[a-h])?(?![\w])|[a-h](?![\w]))\s*(?P<stop>[:.)–-]*)\s*", re.IGNORECASE)
# "Til 2.1: Vi mener …", "Ad 3 – …"
_TO = re.compile(r"^\(?(?:(?:vårt\s+)?svar\s+(?:på|til)|til|te|ad\.?)\s+(?P<ref>[a-h]?\d{1,2}(?:\.\d{1,2})?\s?[a-h]?)(?!\w)"
                 r"\s*(?:[:)–]|\.(?=\s+(?-i:[A-ZÆØÅ]))|-(?=\s))\s*(?=\S)", re.IGNORECASE)
_AD = re.compile(r"^\(?ad\.?\s+(?P<ref>[a-h]?\d{1,2}(?:\.\d{1,2})?\s?[a-h]?)\s+(?=(?-i:[A-ZÆØÅ]))", re.IGNORECASE)  # "Ad 3 Den som …"
# A line that is nothing but a reference: "Til 1.2", "Spørsmål 3 og 4".
_ONE = r"(?:[a-h]\d{1,2}|\d{1,2}(?:[.,]\d{1,2})?\s?[a-h]?)(?!\w)"
_REFS = re.compile(
    r"^\(?(?:(?:vårt\s+)?svar\s+(?:på|til)\s+|til\s+|te\s+|ad\.?\s+)?(?:(?:spørsmål(?:et|ene|a)?|spm|pkt|punkt(?:et|ene|a)?|nr)\b\.?\s*)?"
    rf"(?P<refs>{_ONE}(?:\s*(?:,|og|&|/)\s*{_ONE})*)\s*[:.)–-]*$", re.IGNORECASE)
_JOINED = re.compile(r"(?<=\d)[-–/:](?=\d)")  # in the number of a question: "2-1"
# A label that ends in its question's number: "Lesbarhet (1)", "Teknologi (10 og 11)".
_AT_END = re.compile(
    rf"\s\((?:(?:spm|spørsmål|nr)\b\.?\s*)?(?P<refs>{_ONE}(?:\s*(?:,|og|&|/|–|-)\s*{_ONE})*)\)\s*:?$", re.IGNORECASE)
# "Til det første spørsmålet", "Til det andre", "Spørsmål nummer tre"; but "For det første" counts the respondent's reasons.
_ORDINALS, _CARDINALS = ({word: n for n, words in enumerate(row, 1) for word in words.split()} for row in (
    ("første fyrste", "andre", "tredje", "fjerde", "femte", "sjette", "sjuende sjuande syvende", "åttende åttande", "niende niande",
     "tiende tiande", "ellevte", "tolvte"),
    ("en én ein éin ett eitt", "to", "tre", "fire", "fem", "seks", "sju syv", "åtte", "ni", "ti", "elleve", "tolv")))
_ORDINAL, _CARDINAL = "|".join(_ORDINALS), "|".join(_CARDINALS)
_IN_WORDS = re.compile(
    rf"^(?:(?:(?:(?:vårt\s+)?svar\s+(?:på|til)|til|på|ad\.?)\s+(?:det|dykkar|deres)\s+(?P<counted>{_ORDINAL})(?:\s+spørsmål(?:et)?)?)"
    rf"|(?:det\s+)?(?P<first>{_ORDINAL})\s+spørsmål(?:et)?"
    rf"|(?:(?:til|på|ad\.?)\s+)?spørsmål\s+(?:(?:nummer|nr\.?)\s+)?(?P<number>{_CARDINAL}))\s*[:.–-]*$", re.IGNORECASE)
_LEADING_NUMBER = re.compile(r"^\(?(?P<ref>[a-h]\d{1,2}(?!\w)|\d{1,2}\.[a-h](?!\w)|\d{1,2}(?:\.\d{1,2})?\s?[a-h]?|"
                             r"[a-h](?=[.):]|\s+(?-i:[A-ZÆØÅ])))(?P<stop>[.):]*)\s+(?=\S)", re.IGNORECASE)
_BARE = re.compile(r"^\(?(?P<ref>[a-h]\d{1,2}|\d{1,2}\.[a-h]|\d{1,2}(?:\.\d{1,2})?\s?[a-h]?|[a-h])[.):]*$", re.IGNORECASE)
_CONTINUED = re.compile(r"\s*[(–-]?\s*(?:framh|frh|forts|fortsatt|fortsetter|framhald|cont)\w*\.?\)?$", re.IGNORECASE)  # "A1 (framh.)"
_LABEL_END = re.compile(r"\s*:\s+|\s+[–—]\s+|\s+-\s+")
# Two numbers alone beside an answer: "10/11".
_TWO = re.compile(r"(\d{1,2}[a-h]?)\s*(?:/|og|&|,|–|-)\s*(\d{1,2}[a-h]?)[.:]?")
# A label that opens with the number of one question or two: "3. Treffer tiltakene?", "6–7 Midler".
_OPENS_LABEL = re.compile(r"\(?(\d{1,2}[a-h]?)(?:\s?(?:/|–|-|og|&)\s?(\d{1,2}[a-h]?))?[.):]*\s+(?=[^\W\d_])")
# "Svar på dei fem første", "de fire første spørsmålene"
_THE_FIRST = re.compile(rf"\b(?:svar\w*\s+(?:på|til)\s+(?:de|dei)\s+(?P<n>\d+|{_CARDINAL})\s+(?:første|fyrste)(?!\s+(?!spørsmål)\w)"
                        rf"|(?:de|dei)\s+(?P<m>\d+|{_CARDINAL})\s+(?:første|fyrste)\s+spørsmål)", re.IGNORECASE)
_CHAPTER = re.compile(
    r"(?:innledning|innleiing|bakgrunn|avslutning|avslutting|oppsummering|konklusjon|sammendrag|samandrag|generelt)\b", re.IGNORECASE)
_FEW = 3  # questions
_SHORT_REF = 24  # characters of a number and a word beside it
_PART, _SAYS_SO = 4, 200  # so many numbers in a row, in a line of so many characters
_GENERIC = re.compile(
    r"^(?:(?:vårt|våre|rs\S*|regionens)\s+)?(?:svar(?:et|a|ene)?|kommentar(?:er|ar)?|innspill|innspel|"
    r"tilbakemelding(?:er|ar)?|vurdering(?:er|ar)?|"
    r"merknad(?:er|ar)?|forslag|begrunnelse|grunngjeving|besvarelse|utdyping|utdypende kommentar(?:er)?)"
    r"(?:\s+(?:fra|frå|til|på)\s+.{1,60})?\s*:?$", re.IGNORECASE)
_ALIKE = 0.15  # likeness from which a numbered question in other words is the form's
_LETTER, _SAID = 4, 0.75  # so many answers under one question whose score is less than that
_LABEL_WORDS = 8  # of a question put in short in a form
_MANY = 6  # so many questions in a row are a printed questionnaire, not the heading of one answer


def place(statements: Sequence[Statement], questions: tuple[Question, ...], *, encoder: bool = True) -> tuple[Statement, ...]:
    """The statements with ``question`` and ``question_score`` set, echoed questionnaire text marked as noise.

    An answer that follows the question on the same line is cut off into a statement of its own, so there
    may be more statements than before; offsets stay exact. Scores: 1 for the question's own words, less for
    shortened or reworded ones, bare numbers and shared headings. Without questions nothing changes.
    ``encoder``: let the language model compare reworded questions; without it, or where it does not load, words do.
    """
    if not questions or not statements:
        return tuple(statements)
    if any(_JOINED.search(q.number) for q in questions):
        return _as_written(statements, questions, encoder)
    form = Form(questions)
    placed: list[Statement] = []
    for _, group in groupby(statements, key=lambda s: s.source):
        placed += _place_document(list(group), form, encoder=encoder)
    return identify(placed)


def _as_written(statements: Sequence[Statement], questions: tuple[Question, ...], encoder: bool) -> tuple[Statement, ...]:
    """As ``place``, for questions numbered "2-1" or "2/1": read as "2.1", here and in the answers, and written back."""
    dotted = tuple(replace(q, number=_JOINED.sub(".", q.number)) for q in questions)
    numbers = {new.number: old.number for new, old in zip(dotted, questions, strict=True)}
    theirs = re.compile(r"(?<![\w.–/:-])(\d{1,2})[-–/:](\d{1,2})(?![\w–/-])")

    def read(text: str) -> str:
        return theirs.sub(lambda m: f"{m[1]}.{m[2]}" if f"{m[1]}.{m[2]}" in numbers else m[0], text)

    known = {(s.source, s.start): s for s in statements}
    asked = tuple(replace(s, text=read(s.text), marker=read(s.marker), lead_in=read(s.lead_in),
                          headings=tuple(map(read, s.headings))) for s in statements)
    found = []
    whole: Statement | None = None
    for s in place(asked, dotted, encoder=encoder):
        whole = known.get((s.source, s.start), whole)  # what is cut off begins later than the whole
        at = s.start - whole.start
        found.append(replace(s, text=whole.text[at:at + len(s.text)], marker=s.marker and whole.marker, lead_in=s.lead_in and whole.lead_in,
                             headings=whole.headings, question=numbers.get(s.question, s.question)))
    return identify(found)


def _place_document(statements: list[Statement], form: Form, *, encoder: bool) -> list[Statement]:
    """One document's statements, in order."""
    tables = _Tables(statements)
    form = form.as_numbered_by(bare_number(m[0]) for s in statements if (m := _BARE.match(s.marker or s.text)))
    markers = _markers_count(statements, form)
    labels = _confirmed(statements, form, tables) | _numbered_at_end(statements, form, tables)
    pieces: list[Piece] = []
    last: int | None = None
    for s in statements:
        named = [Piece(s, Hit(labels[s.start], 0.85))] if s.start in labels else None
        for piece in named or _divide(s, form, tables, markers, last, pieces[-1] if pieces else None):
            if piece.hit and len(piece.hit.questions) == 1:
                last = piece.hit.questions[0]
            pieces.append(piece)
    _answered(pieces)
    slots.settle(pieces, form, encoder=encoder)
    in_tables = tables.assign(pieces)
    placed = _Walk(form).through(pieces, in_tables)
    return _freed(placed) if len(form.questions) > 1 else placed


def _freed(placed: list[Statement]) -> list[Statement]:
    """The statements of a free letter, whose title alone recalled a question ("Til bibliotekplanen"), under none.

    Who answers one question only says which.
    """
    under = [s for s in placed if s.question is not None]
    answers = sum(s.type != "noise" for s in under)
    if answers < _LETTER or len({s.question for s in under}) > 1 or max(s.question_score for s in under) >= _SAID:
        return placed
    return [s if s.question is None else replace(
        s, question=None, question_score=0.0, **({"type": "substance", "noise": ""} if s.noise == "echo" else {})) for s in placed]


def _divide(s: Statement, form: Form, tables: _Tables, markers: dict[str, tuple[int, ...]],
            last: int | None, before: Piece | None) -> list[Piece]:
    """The statement whole, or cut after the question or number that it opens with."""
    if s.place == "quoted":
        return [Piece(s, _quoted(s.text, form, last))]
    if s.place not in BODY_PLACES or fold(s.text.strip(" :*")) in {fold(b) for b in s.bodies}:
        return [Piece(s)]  # the sender's name may share a word with a question: "RS"
    heading = s.kind == "heading" or tables.in_first_column(s)
    context = before.hit.questions if before and before.hit else ()
    text, offset, referred, explicit = s.text, 0, (), False
    if tables.in_first_column(s) and (m := _TWO.fullmatch(text)):
        both = _flat(form.resolve(bare_number(ref), ()) for ref in (m[1], m[2]))
        if len(both) == 2 and both[1] == both[0] + 1:
            return [Piece(s, Hit(both, 0.85))]  # "10/11" beside the answer to both
    if len(text) <= _SHORT_REF and (m := _CONTINUED.search(text)) and _BARE.match(text[:m.start()]) and (
            same := form.resolve(bare_number(text[:m.start()]), context)):
        return [Piece(s, Hit(same, 0.85))]
    if bare_number(text) in form.numbers and not bare_number(text).isdigit() and s.kind != "cell":
        return [Piece(s, Hit((form.numbers[bare_number(text)],), 0.9))]  # "B3", "E" alone on a line
    if (m := _REFS.match(text)) and (m.start("refs") > 1 or not m["refs"][0].isdigit()):
        several = [form.resolve(bare_number(r), context) for r in re.findall(_ONE, m["refs"].lower())]
        if all(several) and (len(several) > 1 or not _REF.match(text)):
            return [Piece(s, Hit(_flat(several), 0.85))]
    if form.plain_numbers and (number := _in_words(text)) and (meant := form.resolve(str(number), ())):
        return [Piece(s, Hit(meant, 0.85))]
    if (m := _TO.match(text) or _AD.match(text)) and (referred := form.resolve(bare_number(m["ref"]), context)):
        offset, explicit = m.end(), True
    elif m := _REF.match(text):
        referred = form.resolve(bare_number(m["ref"]), context)
        spelled = m["word"].lower() not in ("pkt", "punkt", "nr", "q") and text[:m.end("word")] != "SP"
        explicit = bool(m["stop"]) or m.end() == len(text) or s.kind == "heading" or (
            spelled and text[m.end()].isupper())  # "Spørsmål 1 Vi har ingen merknader"
        if referred and (explicit or (spelled and m.end() < len(text))):
            offset = m.end() if explicit else 0
        else:
            referred = ()
        if not referred and explicit and m.end() < len(text):
            rest = form.match(text[m.end():], heading=True, after=last)
            if rest:
                return [Piece(s, rest)]
    elif bare_number(s.marker) not in markers and (m := _LEADING_NUMBER.match(text)) and (
            m["stop"] or bare_number(m["ref"]) in form.numbers or _opens(m, markers)):
        if bare_number(m["ref"])[-1:].isalpha() or m["stop"] or _opens(m, markers):
            offset = m.end()
            referred = markers.get(bare_number(m["ref"]), ())
            explicit = bool(referred)
    elif s.marker and _BARE.match(s.marker):
        referred = markers.get(bare_number(s.marker), ())
        explicit = False
    if (m := _BARE.match(text)) and (heading or tables.numbers(s)):
        bare = form.resolve(bare_number(m["ref"]), context)
        return [Piece(s, Hit(bare, 0.85) if bare else None)]
    rest = text[offset:]
    if not rest.strip():
        return [Piece(s, Hit(referred, 0.9, block=len(referred) > 1))]
    whole = form.match(rest, heading=heading or (explicit and bool(offset)), marked=s.kind == "heading", after=last)
    if whole and not (heading is False and explicit and s.kind != "heading" and not rest.rstrip().endswith("?")
                      and says_something(rest)):
        return [Piece(s, whole)]
    if (before and before.hit and len(before.hit.questions) == 1 and before.statement.block == s.block
            and f" {' '.join(plain_words(rest))} " in f" {' '.join(form.words[before.hit.questions[0]])} "):
        return [Piece(s, before.hit)]  # the second sentence of a question of two sentences
    if s.kind == "heading":
        return [Piece(s, Hit(referred, 0.8, block=len(referred) > 1) if referred else None)]
    for m in _LABEL_END.finditer(rest[:300]):
        label = rest[:m.start()]
        hit = form.match(label, heading=not DEMAND.search(label) and len(label.split()) <= 12, after=last)
        if hit and rest[m.end():].strip():
            if hit.block and len(referred) == 1:  # "2. Innhold: ut eller skrives om?": the number says which of the block's
                hit = Hit(referred, 0.9)
                if rest.rstrip(" *").endswith("?"):
                    return [Piece(s, hit)]
            return _cut(s, offset + m.end(), hit)
        break
    if referred and (offset or s.marker):
        asks = rest.rstrip(" *:").endswith("?")
        # "8. Det som mangler", in the first column of a form whose numbers are those of the questionnaire
        label = tables.in_first_column(s) and len(rest.split()) <= _LABEL_WORDS and rest.rstrip()[-1:] not in ".!"
        # a whole sentence beside another, unlike the question: people answer in two columns
        sentence = s.kind == "cell" and len(rest.split()) > 2 and rest.rstrip()[-1:] in ".!"
        alike = (asks or sentence) and max(form.likeness(rest)[i] for i in referred) >= _ALIKE
        if (heading and (asks or label or (not says_something(rest) and (alike or not sentence)))) or (asks and alike):
            return [Piece(s, Hit(referred, 0.85, block=len(referred) > 1))]  # the question in other words
    if referred and explicit and offset:
        return _cut(s, offset, Hit(referred, 0.9, block=len(referred) > 1))
    if referred:
        return [Piece(s, Hit(referred, 0.7 if s.marker else 0.85, block=len(referred) > 1, echo=False))]
    return [Piece(s)]


def _in_words(line: str) -> int:
    """The number that a line of nothing else says in words: "Til det andre spørsmålet" -> 2; 0 for any other text."""
    m = _IN_WORDS.match(line) if len(line) <= 60 else None
    return (_ORDINALS | _CARDINALS)[m[m.lastgroup].lower()] if m else 0


def _quoted(text: str, form: Form, last: int | None) -> Hit | None:
    """The question that a quoted line repeats, for mails that answer below each."""
    m = _LEADING_NUMBER.match(text)
    known = form.numbers.get(bare_number(m["ref"])) if m else None
    found = form.match(text[m.end():] if m else text, heading=False, after=last)
    if found and len(found.questions) == 1 and not found.block:
        return found
    return Hit((known,), 0.85) if known is not None and text.rstrip().endswith("?") else None


def _answered(pieces: Sequence[Piece]) -> None:
    """Of the quoted questions keep those that an answer stands below, where most have one; the others head an earlier mail."""
    asked = [n for n, p in enumerate(pieces) if p.hit and p.statement.place == "quoted"]
    followed = {n for n, after in pairwise([*asked, len(pieces)])
                if any(p.statement.place in BODY_PLACES for p in pieces[n + 1:after])}
    if len(asked) < 2 or len(followed) < 0.6 * len(asked):
        followed = set()
    for n in asked:
        if n not in followed:
            pieces[n].hit = None


def _opens(number: re.Match[str], markers: dict[str, tuple[int, ...]]) -> bool:
    """Whether a number without a stop opens an answer: "5 Kommunen må …" where the answers are numbered so."""
    return bare_number(number["ref"]) in markers and number.string[number.end()].isupper()


def _cut(s: Statement, at: int, hit: Hit) -> list[Piece]:
    """Two pieces: up to ``at`` the questionnaire's words, after it the answer."""
    left, right = s.text[:at].rstrip(), s.text[at:]
    at += len(right) - len(right.lstrip())
    return [Piece(replace(s, text=left, end=s.start + len(left)), hit),
            Piece(replace(s, text=s.text[at:], start=s.start + at, marker="", lead_in=""))]


def _markers_count(statements: list[Statement], form: Form) -> dict[str, tuple[int, ...]]:
    """Printed markers that are question numbers in this document, with the questions they mean.

    "1a" is one wherever the questionnaire has a 1a and the document two such. A plain "3" only when
    the plain numbers of the document run through the questionnaire once, in order, nearly all of it:
    otherwise they number the respondent's own list.
    """
    seen: list[str] = []
    stopless: list[str] = []
    for s in statements:
        if s.place not in BODY_PLACES:
            continue
        m = _BARE.match(s.marker) if s.marker else _LEADING_NUMBER.match(s.text)
        if m and (s.marker or m["stop"] or not m["ref"].isdigit()):
            seen.append(bare_number(m["ref"]))
        elif m and s.text[m.end()].isupper():
            stopless.append(bare_number(m["ref"]))
    found: dict[str, tuple[int, ...]] = {}
    compound = {r for r in seen if not r.isdigit() and not r.isalpha()}
    if not _run_on(seen):
        compound = {r for r in compound if "." not in r or r in form.numbers or r in form.shown}
    resolved = {r: form.resolve(r, ()) for r in compound}
    if sum(bool(v) for v in resolved.values()) >= min(2, len(form.questions)):
        found.update({r: v for r, v in resolved.items() if v})
        found.update({r: (form.numbers[r],) for r in seen if r.isalpha() and r in form.numbers})
        # A question without parts among those with: "4.2 …", "5 …".
        # A label that is repeated for each row of its answer stands several times in a row.
        runs = [r for r, _ in groupby(stopless)]
        found.update({r: (form.numbers[r],) for r in runs if r in form.numbers and runs.count(r) == 1})
        known = [form.numbers[r] for r in seen if r in form.numbers]
        if known == sorted(set(known)) and len(known) == len(seen):  # "1.", "2a.", "3.", "4b.", as the questionnaire has them
            found.update({r: (form.numbers[r],) for r in seen if r in form.numbers})
    # "3 Konkret nok?" without a stop, in a table: its numbers count as others do; so do headings' that are as many as the questions.
    labels, headings = _without_stop(statements, "cell"), _without_stop(statements, "heading")
    plain = [int(r) for r in seen if r.isdigit()]
    enough = 0.6
    if not plain:
        plain, enough = [int(r) for r, _ in labels if r.isdigit()], 0.4  # what nobody answered is left out of a workbook
    count = len(form.questions)
    if not plain and count >= _FEW and (opened := _opened_by_numbers(statements)) == list(range(1, count + 1)):
        plain, enough = opened, 1.0  # "1 Vi rår ifrå …", paragraph by paragraph
    if not plain and not any(_CHAPTER.match(rest) or DEMAND.search(rest) for _, rest in headings):
        plain, enough = [int(r) for r, _ in headings if r.isdigit()], 1.0  # chapters of one's own are rarely as many as the questions
    if found and form.plain_numbers and plain:  # "1a", "1b", "2", "3": the respondent has parted some questions
        plain = [n for n, _ in groupby(int(re.match(r"\d+", r)[0]) for r in seen if re.fullmatch(r"\d+[a-h]?", r))]
    once = plain == sorted(set(plain)) and bool(plain) and plain[0] == 1 and plain[-1] <= count
    if seen and _a_part(plain, count, statements):
        once, enough = True, 0.0
    if once and (form.shown or (not form.misprinted and form.plain_numbers)) and len(plain) >= max(2, enough * count):
        found.update({str(n): form.resolve(str(n), ()) for n in plain if form.resolve(str(n), ())})
    elif once and not form.shown and not form.plain_numbers and not found and count >= 4 and len(plain) >= 0.8 * count:
        found.update({str(n): (n - 1,) for n in plain})
    return found


def _opened_by_numbers(statements: Sequence[Statement]) -> list[int]:
    """The numbers without a stop that paragraphs open with, in front of a capital letter."""
    first = {s.block: s for s in reversed(statements) if s.place in BODY_PLACES and s.kind == "paragraph"}
    return [int(number) for number, rest in _without_stop([first[block] for block in sorted(first)], "paragraph")
            if number.isdigit() and rest[:1].isupper()]


def _without_stop(statements: Sequence[Statement], kind: str) -> list[tuple[str, str]]:
    """(number, the words behind it) of each text of the kind that opens with a number without a stop."""
    return [(bare_number(m["ref"]), s.text[m.end():]) for s in statements if s.place in BODY_PLACES and s.kind == kind
            and not s.marker and (m := _LEADING_NUMBER.match(s.text)) and not m["stop"]]


def _flat(several: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    """The questions of several numbers, each once."""
    return tuple(dict.fromkeys(i for one in several for i in one))


def _confirmed(statements: Sequence[Statement], form: Form, tables: _Tables) -> dict[int, tuple[int, ...]]:
    """Start of each label that opens with numbers, upwards, -> those questions.

    The words behind two of them must be their questions', and behind none another's: "3. Treffer tiltakene?", "5. Ansvar", "6–7 Midler".
    """
    found: dict[int, tuple[int, ...]] = {}
    agreeing = 0
    for s in statements:
        label = f"{s.marker} {s.text}".strip()
        beside = s.kind == "heading" or (s.kind == "cell" and tables.opens_row(s))
        if s.place not in BODY_PLACES or not beside or len(label.split()) > _LABEL_WORDS + 1 or not (m := _OPENS_LABEL.match(label)):
            continue
        rest = label[m.end():]
        meant = _flat(form.resolve(bare_number(ref), ()) for ref in m.groups("") if ref)
        if not meant or (DEMAND.search(rest) and len(rest.split()) > 3 and not rest.rstrip().endswith("?")):
            return {}  # "9. Mangler" is a label, "9. Det mangler folk i helgene" an answer
        found[s.start] = meant
        if (hit := form.match(rest, heading=True)) and len(hit.questions) == 1:
            if not set(hit.questions) <= set(meant):
                return {}
            agreeing += 1
    order = [i for meant in found.values() for i in meant]
    return found if agreeing >= 2 and order == sorted(set(order)) else {}


def _a_part(plain: list[int], count: int, statements: Sequence[Statement]) -> bool:
    """Whether numbers without gaps are a part of the questionnaire: its end ("svar 6-10"), or what a line says are the first of it."""
    if len(plain) < 2 or plain != list(range(plain[0], plain[0] + len(plain))):
        return False
    if plain[0] > 1:
        return plain[-1] == count and len(plain) >= _PART
    first = (m for s in statements if len(s.text) <= _SAYS_SO for m in _THE_FIRST.finditer(s.text))
    said = [(m["n"] or m["m"]).lower() for m in first]
    return any(n == str(len(plain)) or _CARDINALS.get(n) == len(plain) for n in said)


def _numbered_at_end(statements: Sequence[Statement], form: Form, tables: _Tables) -> dict[int, tuple[int, ...]]:
    """Start of each label that ends in numbers of questions -> those questions.

    None where the numbers do not run upwards, a label demands something (figures behind it are votes), or no words show whose they are."""
    found: dict[int, tuple[int, ...]] = {}
    alike = 0  # labels whose words are their questions', less those whose words are another's
    for s in statements:
        heading = s.place in BODY_PLACES and (s.kind == "heading" or tables.in_first_column(s))
        if heading and len(s.text.split()) <= _LABEL_WORDS + 3 and (m := _AT_END.search(s.text)):
            meant = [form.resolve(bare_number(ref), ()) for ref in re.findall(_ONE, m["refs"].lower())]
            if not all(meant) or DEMAND.search(s.text):
                return {}
            found[s.start] = _flat(meant)
            if hit := form.match(s.text[:m.start()], heading=True):
                alike += 1 if set(hit.questions) & set(found[s.start]) else -1
    order = [questions[0] for questions in found.values()]
    many = len(order) >= max(_PART, len(form.questions) / 2)
    return found if len(order) >= 2 and order == sorted(set(order)) and (alike > 0 or (many and alike >= 0)) else {}


def _run_on(numbers: list[str]) -> bool:
    """Whether a document's decimal numbers run on from 1.1, as a form's do: 4.1, 1.3, 2.2 are measures of the plan."""
    decimal = [tuple(map(int, n.split("."))) for n in numbers if re.fullmatch(r"\d+\.\d+", n)]
    return len(decimal) >= 2 and decimal == sorted(set(decimal)) and decimal[0] == (1, 1)


class _Tables:
    """The document's tables, read from the locators ("table=1;row=3;col=2", "sheet=Svar;cell=C7")."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._at = {s.start: cell for s in statements if (cell := cell_of(s)) is not None}
        self._columns: dict[str, set[int]] = {}
        numbered: dict[tuple[str, int], list[str]] = {}
        for s in statements:
            if (at := self._at.get(s.start)) is not None:
                table, _, col = at
                self._columns.setdefault(table, set()).add(col)
                if _BARE.match(s.text):
                    numbered.setdefault((table, col), []).append(s.text)
        # Grades and counts repeat themselves and go up and down; numbers of questions do not.
        self._numbering = {at for at, texts in numbered.items() if _rises(texts)}

    def numbers(self, s: Statement) -> bool:
        """Whether the statement is a number in a column that numbers the rows."""
        cell = self._at.get(s.start)
        return cell is not None and (cell[0], cell[2]) in self._numbering

    def cell(self, s: Statement) -> tuple[str, int, int] | None:
        """(table, row, column) of the statement, or None outside tables."""
        return self._at.get(s.start)

    def opens_row(self, s: Statement) -> bool:
        """In the first column of a table that has more than one."""
        cell = self._at.get(s.start)
        return cell is not None and len(self._columns[cell[0]]) > 1 and cell[2] == min(self._columns[cell[0]])

    def in_first_column(self, s: Statement) -> bool:
        """In the first column of a table that has more than one, or in its first row."""
        cell = self._at.get(s.start)
        return self.opens_row(s) or (cell is not None and len(self._columns[cell[0]]) > 1 and cell[1] == 1)

    def assign(self, pieces: Sequence[Piece]) -> dict[int, tuple[tuple[int, ...], float] | None]:
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
            rows = [list(row) for _, row in groupby(members, key=lambda m: m[0])]
            labelled = _labelled(pieces, rows)
            running: tuple[tuple[int, ...], float] | None = None
            opened_by = -1  # the row that opened it
            for number, cells_of_row in enumerate(rows):
                if number in labelled and opened_by in labelled:
                    running = None  # a label as the one above, which was a question's name: that one is answered
                hits = [(col, pieces[n].hit) for _, col, n in cells_of_row if pieces[n].hit]
                own = [h for _, h in hits if not h.block]
                opened_by = number if hits else opened_by
                if own:
                    merged = tuple(dict.fromkeys(i for h in own for i in h.questions))
                    running = (merged, min(h.score for h in own if h.questions)) if merged else None
                elif hits:
                    running = hits[0][1].questions, 0.5
                inner: tuple[tuple[int, ...], float] | None = None
                inner_col = 0
                for _, col, n in cells_of_row:
                    piece = pieces[n]
                    if piece.hit and piece.hit.questions and not piece.hit.block:
                        inner, inner_col = (piece.hit.questions, piece.hit.score), col
                    if piece.hit is None or not piece.hit.echo:
                        # The question in the same cell is nearer than the row's, the row's nearer than the column's.
                        given[n] = (inner if inner and inner_col == col else None) or (
                            running if own else None) or (heads.get(col) if heads else running)
        return given

    @staticmethod
    def _column_heads(pieces: Sequence[Piece], members: list[tuple[int, int, int]]):
        """Column -> question, when the first row asks two different questions or more."""
        first = members[0][0]
        heads = {col: (pieces[n].hit.questions, pieces[n].hit.score) for row, col, n in members
                 if row == first and pieces[n].hit and pieces[n].hit.questions and not pieces[n].hit.block}
        answers_in_row = any(row == first and pieces[n].hit is None and len(pieces[n].statement.text.split()) > 3
                             for row, _, n in members)
        return heads if len({h[0] for h in heads.values()}) >= 2 and not answers_in_row else {}


def _labelled(pieces: Sequence[Piece], rows: Sequence[Sequence[tuple[int, int, int]]]) -> set[int]:
    """The rows whose first cell names what the others are about, where nearly all rows of the table have such a cell.

    ``rows``: (row, column, piece) of each piece, row by row.
    """
    first = min(col for row in rows for _, col, _ in row)
    opened = {n: [pieces[i].statement.text for _, col, i in row if col == first] for n, row in enumerate(rows)
              if row[0][1] == first and row[-1][1] > first}
    named = {n for n, texts in opened.items() if len(texts) == 1 and len(texts[0].split()) <= _LABEL_WORDS
             and texts[0].rstrip()[-1:] not in ".!?:" and not texts[0].strip()[:1].isdigit()}
    return named if len(named) >= 3 and len(named) >= 0.75 * len(opened) else set()


def _rises(texts: Sequence[str]) -> bool:
    order = [tuple(re.findall(r"\d+|[a-h]", t.lower())) for t in texts]
    keys = [tuple((int(x), "") if x.isdigit() else (0, x) for x in one) for one in order]
    return keys == sorted(set(keys))


class _Walk:
    """Down through the document: which question is open for what comes next."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._open: tuple[int, ...] = ()
        self._score = 0.0
        self._block = False
        self._anchor: Statement | None = None  # the echo that opened the question
        self._echoing = False

    def through(self, pieces: list[Piece],
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
                if hit:
                    self._opens(hit, s)
                result.append(s)
            elif hit and hit.echo:
                if not table and hit.questions:
                    self._opens(hit, s)
                one = self._form.questions[hit.questions[0]].number if len(hit.questions) == 1 else None
                result.append(replace(s, type="noise", noise="echo", question=one, question_score=hit.score if one else 0.0))
            elif n in in_tables:
                found = in_tables[n]
                result.append(self._answer(s, *found, block=False) if found else s)
            else:
                result.append(self._running(s, hit))
        return result

    def _running(self, s: Statement, hit: Hit | None) -> Statement:
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

    def _opens(self, hit: Hit, s: Statement) -> None:
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
