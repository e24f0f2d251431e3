"""What in an answer is no opinion: letterheads, greetings, minutes' wrapping, background, references; and what says "ingen merknader".

A gate before the themes. High-precision rules first, then a small learned model (``noise_model``) weighed by
where the statement stands. To lose a voice is the worst mistake here: what the gate is unsure of stays
substance, marked for review.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.config import Body, Question
from pipeline.language import endorsement, letters, minutes, noise_model
from pipeline.language import noise_rules as rules
from pipeline.language.lemmas import content, words
from pipeline.language.segment import identify
from pipeline.language.tables import cell as cell_of
from pipeline.model import BODY_PLACES, Document, Statement

UNSURE = "kan være støy"
_DROP = 2.2  # log-odds of noise
_DOUBT = 1.2
_LONG = 1_500  # characters
# Reasons that an opinion in a sentence of some length speaks against.
_FORMAL = frozenset({"letterhead", "greeting", "signature", "process", "opening"})
def sift(statements: Sequence[Statement], document: Document, *, bodies: tuple[Body, ...],
         questions: tuple[Question, ...]) -> tuple[Statement, ...]:
    """The statements of one document with ``type``, ``noise`` (the reason), ``endorses`` and ``endorsed_questions`` set.

    Reasons: echo, empty, page, letterhead, greeting, opening, closing, signature, minutes, other_item, background,
    process, heading, label, lead_in, quoted, reference, unanswered, model, and the places of ``model.OTHER_PLACES``.
    Statements that are noise already stay so. A statement that endorses another body and goes on with a view of
    its own is cut in two, so there may be more statements than before.
    """
    surroundings = _Surroundings(statements, document, questions)
    by_number = {q.number: q for q in questions}
    sifted: list[Statement] = []
    for n, s in enumerate(statements):
        if s.lead_in and _is_name(s.lead_in, bodies):
            s = replace(s, lead_in="")
        setting = surroundings.of(n)
        if setting.about:
            s = replace(s, headings=(*s.headings, setting.about))
        if s.type == "noise":
            sifted.append(s)
        elif s.place not in BODY_PLACES:
            sifted.append(replace(s, type="noise", noise=s.place))
        else:
            sifted += _judge(s, setting, bodies, by_number.get(s.question or ""), questions)
    return identify(sifted)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """What is known of a statement from where it stands."""

    minutes: minutes.Place | None = None
    carried: bool = False  # it introduces list items that carry it
    closed: bool = False  # after the letter's closing
    attending: bool = False  # under "Til stede:"
    plan_column: bool = False  # in a column that repeats the plan, beside one with the answers
    about: str = ""  # what the row of the plan says that the cell comments on
    before_answers: bool = False  # before the first question that the document answers
    edge: bool = False  # in a document without questions: before its first or after its last opinion
    opening: bool = False  # among the first lines
    formal_item: bool = False  # under a heading such as "Godkjenning av innkalling"
    last_heading: str = ""


class _Surroundings:
    """The document seen as a whole."""

    def __init__(self, statements: Sequence[Statement], document: Document, questions: Sequence[Question]) -> None:
        self._statements = statements
        self._minutes = minutes.read(statements, questions) if document.kind in ("answer", "minutes", "unknown") else None
        carried_by = {(s.lead_in, s.place) for s in statements if s.lead_in}
        self._settings: list[_Setting] = []
        asked = [n for n, s in enumerate(statements) if s.question is not None]
        first_asked = asked[0] if len(asked) >= 2 else 0
        held = [n for n, s in enumerate(statements) if s.place in BODY_PLACES and s.type != "noise" and s.kind != "heading"
                and rules.OPINION.search(s.text)]
        plan_cells, plan_rows = _plan_columns(statements)
        closed = attending = 0  # how many more short lines count
        for n, s in enumerate(statements):
            short = len(s.text.split()) <= 9
            if s.place in BODY_PLACES:
                if letters.closes(s.text):
                    closed, attending = 9, 0
                elif rules.ATTENDING.match(s.text):
                    attending = 40
                elif s.kind == "heading" or not short or s.question is not None:
                    attending = 0
                    if s.kind == "heading" or len(s.text.split()) > 12 or s.question is not None:
                        closed = 0
            self._settings.append(_Setting(
                minutes=self._minutes[n] if self._minutes else None,
                carried=(s.text, s.place) in carried_by,
                closed=closed > 0 and (letters.closes(s.text) or not rules.OPINION.search(s.text)),
                attending=attending > 0 and not rules.ATTENDING.match(s.text),
                plan_column=n in plan_cells,
                about=plan_rows.get(n, ""),
                before_answers=n < first_asked,
                edge=not asked and bool(held) and not held[0] <= n <= held[-1],
                opening=n < 10,
                formal_item=any(minutes.formal(h) for h in s.headings[-1:]),
                last_heading=s.headings[-1] if s.headings else ""))
            closed, attending = max(0, closed - 1), max(0, attending - 1)

    def of(self, n: int) -> _Setting:
        return self._settings[n]


def _plan_columns(statements: Sequence[Statement]) -> tuple[set[int], dict[int, str]]:
    """Cells that repeat the plan: columns headed "Tiltak" and the like beside one headed "Innspill".

    Returns their indices, and for the other cells' indices what the plan says in their row.
    """
    tables: dict[str, list[tuple[int, int, int]]] = {}
    for n, s in enumerate(statements):
        if (at := cell_of(s)) is not None:
            tables.setdefault(at[0], []).append((at[1], at[2], n))
    found: set[int] = set()
    about: dict[int, str] = {}
    for cells in tables.values():
        first = min(row for row, _, _ in cells)
        heads = {col: statements[n].text.strip() for row, col, n in cells if row == first}
        if not any(rules.ANSWER_COLUMN.match(h) for h in heads.values()):
            continue
        plan = {col for col, h in heads.items() if rules.PLAN_COLUMN.match(h)}
        repeated = {n: row for row, col, n in cells if col in plan and row > first}
        found |= set(repeated)
        for row, _, n in cells:
            if row > first and n not in repeated:
                about[n] = " ".join(statements[m].text for m, at in repeated.items() if at == row)
    return found, about


def _judge(s: Statement, setting: _Setting, bodies: tuple[Body, ...], question: Question | None,
           questions: tuple[Question, ...]) -> list[Statement]:
    """The statement with its type; two when an endorsement and an own view share it."""
    text = _unnumbered(s.text)
    if reason := _by_place(s, setting):
        return [_noise(s, reason)]
    if len(text) > _LONG:  # no letterhead, greeting or remark is that long; and the patterns are not made for it
        return [s]
    if supported := endorsement.find(text, own=s.bodies, bodies=bodies, questions=questions, question=s.question):
        return _endorsing(s, supported)
    if _no_remarks(text, question):
        if setting.formal_item or rules.ABOUT_MINUTES.search(text) or (setting.minutes and setting.minutes.part != "answer"):
            return [_noise(s, "minutes")]
        return [replace(s, type="no_remarks")]
    if rules.YES_NO.match(text):
        return [_bare_answer(s, question)]
    if setting.carried:
        generic = not rules.OPINION.search(_bare_lead_in(text)) or len(text.split()) <= 3
        return [_noise(s, "lead_in") if generic else s]
    if reason := _by_rule(s, bodies, setting):
        found = _noise(s, reason)
        if reason == "reference":
            found = replace(found, needs_review=True,
                            review_reason="Svaret viser til et annet sted. Se etter om innholdet der er med.")
        return [found]
    if s.kind == "heading":
        if rules.OPINION.search(text) and len(content(text)) >= 3 and not text.endswith(("?", ":")):
            return [_unsure(s, "Meningen står som overskrift.")]
        return [_noise(s, "heading")]
    return [_by_model(s, setting)]


def _unnumbered(text: str) -> str:
    """The text without a number or bullet that the reader left in it ("2. Greit nok.")."""
    bare = re.sub(r"^\s*(?:\(?\d{1,2}[a-h]?[.)]\s+|[•▪●◦–*-]\s+)(?=\D)", "", text).strip()
    return bare or text.strip()


def _by_place(s: Statement, setting: _Setting) -> str:
    """The reason that follows from where the statement stands alone; "" when there is none."""
    where = setting.minutes
    if where is not None:
        if where.part in ("before", "title"):
            return "minutes"
        if where.part == "other":
            return "other_item"
        if where.section == "label":
            return "label"
        if where.section == "vote" and not rules.OPINION.search(s.text) and not _no_remarks(s.text, None):
            return "minutes"
        if where.section == "background" and s.question is None and not rules.SPEAKS.search(s.text):
            return "background"
    if setting.formal_item and s.question is None:
        return "minutes"
    if setting.plan_column:
        return "quoted"
    if setting.attending and len(s.text.split()) <= 14 and not rules.OPINION.search(s.text):
        return "minutes"
    if setting.closed and letters.closes(s.text):
        return "closing"
    if setting.closed and len(s.text.split()) <= 12 and not s.text.rstrip().endswith("?"):
        return "signature"
    return ""


def _by_rule(s: Statement, bodies: tuple[Body, ...], setting: _Setting) -> str:
    text = _unnumbered(s.text).strip("*_ ")
    opinion = len(text.split()) >= 5 and ":" not in text[:40] and rules.OPINION.search(text)
    for reason, pattern in rules.RULES:
        if opinion and reason in _FORMAL:
            continue
        if pattern.fullmatch(text) or (text[-1:] in ".!" and pattern.fullmatch(text.rstrip(" .!"))):
            return reason
    if s.kind == "paragraph" and s.question is None and not s.lead_in and rules.BARE_TITLE.match(text):
        return "signature"
    if minutes.starts_item(s.text, s.marker) and not rules.OPINION.search(text):
        return "minutes"
    if _is_name(text, bodies):
        return "heading"
    if rules.QUOTE.match(text) and (text[0] not in "«\"“”" or len(text.split()) >= 6):
        return "quoted"
    if rules.TITLE_LINE.match(text) and not s.question and (setting.opening or s.kind == "heading") and len(text.split()) <= 20:
        return "heading"
    if rules.ADDRESSEE.match(text) and not rules.OPINION.search(text) and s.question is None:
        return "letterhead"
    if s.question is None and _only_name_and_title(text):
        return "signature"
    return ""


def _only_name_and_title(text: str) -> bool:
    """ "Kari Berg, rådgiver": names and a title, no verb."""
    parts = text.replace(",", " ").replace("/", " ").split()
    if not 2 <= len(parts) <= 8 or not rules.TITLE.search(text) or text.endswith((".", "?", "!")):
        return False
    capitals = sum(p[0].isupper() for p in parts)
    return capitals >= 2 and not rules.OPINION.search(text)


def _is_name(text: str, bodies: tuple[Body, ...]) -> bool:
    """Whether the text is little else than a body's or a municipality's name."""
    bare = text.strip(" :.*").lower()
    if len(bare) > 80:
        return False
    names = {n.lower() for b in bodies for n in (b.name, *b.aliases, *b.municipalities)}
    for prefix in ("rs ", "regionalt samhandlingsutvalg ", "regionalt samhandlingsutval ", "svar fra ", "svar frå ", "fra ", "frå ",
                   "innspill fra ", "innspel frå ", "utvalg: ", "region: ", "kommune: ", "navn på utvalg: ", "avsender: "):
        bare = bare.removeprefix(prefix)
    return bare in names or f"rs {bare}" in names or bare.removesuffix(" kommune") in names


def _no_remarks(text: str, question: Question | None) -> bool:
    if rules.TURN.search(text):
        return False
    asked = question is not None and bool(rules.ASKS_FOR.search(question.text)) and bool(rules.YES_NO_QUESTION.match(question.text))
    if rules.BARE_NO_REMARKS.match(text):
        judged = question is not None and bool(rules.YES_NO_QUESTION.match(question.text))
        return asked or (not judged and not re.fullmatch(r"nei[.!]?", text, re.IGNORECASE))
    if rules.NO_REMARKS_INVERTED.match(text):
        return True
    m = rules.NO_REMARKS.match(text)
    return bool(m) and not rules.OPINION.search(m["tail"])


def _bare_answer(s: Statement, question: Question | None) -> Statement:
    """ "Ja.", "Delvis": an answer only together with its question."""
    if question is None:
        return _unsure(s, "Svaret forstås ikke uten spørsmålet, og spørsmålet er ikke funnet.")
    asked_for = rules.ASKS_FOR.search(question.text) and question.text.lower().startswith("har")
    if asked_for and re.match(r"(?:ja|jo|jepp)\b", s.text, re.IGNORECASE):
        return _noise(s, "lead_in")  # "Har dere forslag?" "Ja.": the proposals follow
    if not rules.YES_NO_QUESTION.match(question.text):
        return _unsure(s, "Kort svar på et åpent spørsmål.")
    return s


def _bare_lead_in(text: str) -> str:
    """A lead-in without the words that every lead-in has."""
    return re.sub(r"\b(?:vi|me|rs|utvalget|utvalet|regionen|ønsker|ønskjer|ynskjer|mener|meiner|foreslår|føreslår|"
                  r"anbefaler|tilrår|vil|peke|trekke|fram|frem|særlig|"
                  r"følgende|følgjande|forslag|innspill|innspel|behov for|behov|det er|viktig\w*|er|bør|må|trenger|"
                  r"treng|savner|saknar|støtter|støttar|at|prioriter\w*|synes|synest|krever|krev)\b",
                  " ", text, flags=re.IGNORECASE)


def _endorsing(s: Statement, found: endorsement.Endorsement) -> list[Statement]:
    if found.reserved:
        return [_unsure(s, "Tilslutning til et annet innspill, med forbehold eller nektelse.")]
    supports = replace(s, type="endorsement", endorses=found.bodies, endorsed_questions=found.questions)
    if found.unresolved:
        supports = replace(supports, needs_review=True,
                           review_reason="Tilslutningen viser til et punkt som ikke finnes i spørsmålene.")
    rest = s.text[found.end:]
    start = found.end + len(rest) - len(rest.lstrip(" ,;"))
    own = s.text[start:]
    if len(words(own)) < 4:
        return [supports]
    first = replace(supports, text=s.text[:start].rstrip(), end=s.start + len(s.text[:start].rstrip()))
    return [first, replace(s, text=own, start=s.start + start, marker="", lead_in="")]


def _by_model(s: Statement, setting: _Setting) -> Statement:
    """The learned gate, weighed by where the statement stands."""
    text = _unnumbered(s.text)
    odds = noise_model.gate().logit(text)
    count = len(words(text))
    if count <= 4:
        odds = max(-1.5, min(1.5, odds))  # a word or two tell little by themselves
    if s.question is not None:
        odds -= 1.0 + 1.5 * s.question_score
    if s.lead_in:
        odds -= 2.5
    if s.kind == "item" and s.question is None and not s.lead_in:
        odds -= 0.5
    if setting.before_answers:
        odds += 1.0
    if setting.edge:
        odds += 0.7
    if setting.closed:
        odds += 1.5
    if setting.minutes is not None and s.question is None:
        odds += 0.5
    if rules.BACKGROUND_HEADING.match(setting.last_heading):
        odds += 2.0
    if odds >= _DROP:
        return _noise(s, "model")
    return _unsure(s, UNSURE) if odds >= _DOUBT else s


def _noise(s: Statement, reason: str) -> Statement:
    return replace(s, type="noise", noise=reason)


def _unsure(s: Statement, reason: str) -> Statement:
    return replace(s, needs_review=True, review_reason=reason)
