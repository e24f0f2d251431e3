"""The nouns of the pipeline. All are frozen; stages make new ones with ``dataclasses.replace`` (a block: ``_replace``).

Offsets count characters of ``Document.text``; ``end`` is exclusive. Locators are the strings of
the data contract (``page=2;paragraph=5``, ``sheet=Svar;cell=C7``, ``table=1;row=3;col=2``), 1-based.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

# Where a block stands in its file. Only BODY_PLACES can hold a body's answer; the rest is
# kept, shown under "Øvrig tekst i filen", and never becomes a point.
BODY_PLACES = frozenset({"body", "textbox", "form", "footnote", "endnote"})
OTHER_PLACES = frozenset({
    "header", "footer", "comment", "quoted", "signature", "hidden", "alt", "properties", "embedded",
    "contents",
})

KINDS = ("answer", "action_plan", "case_paper", "earlier_case", "minutes", "email", "archive", "unknown")


class Block(NamedTuple):
    """One paragraph, heading, list item or table cell, in reading order.

    ``text`` is clean: one line (no line break inside unless ``preformatted`` text such as an address
    needs none of it), unwrapped, de-hyphenated, XML-legal, without leading marker, never empty
    unless the block is an empty table cell (kept so that a table has all its cells).
    ``marker`` is the printed number or bullet ("2.", "a)", "•"), outside ``text``.
    ``fill`` is a cell's shading as the reader of the page sees it: "RRGGBB" upper case, or None.
    ``table``/``row``/``col`` are 1-based, 0 outside tables; a merged cell stands once, at its
    upper left corner, with its spans; several paragraphs of one cell are several blocks.

    A tuple, for a case has tens of thousands: making one costs a third of a frozen dataclass. Name its fields.
    """

    text: str
    kind: str = "paragraph"  # heading | paragraph | item | cell
    place: str = "body"  # one of BODY_PLACES or OTHER_PLACES
    locator: str = ""
    level: int = 0  # heading level 1.. or list depth 0..
    marker: str = ""
    bold: bool = False  # the whole block is emphasised (unmarked headings are found by it)
    table: int = 0
    row: int = 0
    col: int = 0
    row_span: int = 1
    col_span: int = 1
    fill: str | None = None
    start: int = 0  # set by ``assemble``: where ``text`` stands in the document's text
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something the reviewer should look at. ``message`` is Norwegian and says what to do."""

    kind: str  # snake_case key
    message: str
    source: str | None = None
    locator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file inside a file (mail attachment, archive member, embedded object)."""

    name: str  # as the container names it; never used as a path
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a reader got out of one file. ``properties`` keys: title, subject, sender, sent (ISO date), author."""

    format: str  # "docx", "pdf", "eml" ...
    blocks: tuple[Block, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()  # source is filled in later
    container: bool = False  # a mail or an archive: its children are documents of their own


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One input file or attachment, read or failed. ``source`` is "mail.eml/answer.docx" for a child."""

    source: str
    sha256: str
    size: int = 0
    format: str = ""
    status: str = "ok"  # ok | failed | unsupported
    error: str | None = None
    text: str = ""
    blocks: tuple[Block, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()
    container: bool = False
    parent: str | None = None
    language: str = "nb"  # nb | nn
    # set by intake
    kind: str = "unknown"  # one of KINDS
    bodies: tuple[str, ...] = ()
    dated: date | None = None  # the letter's or the mail's own date
    late: bool = False
    superseded_by: str | None = None
    recognised_by: str = ""  # Norwegian: what the kind and body were read from

    @property
    def body(self) -> str | None:
        return self.bodies[0] if self.bodies else None

    @property
    def current_answer(self) -> bool:
        return self.kind == "answer" and self.status == "ok" and self.superseded_by is None

    def property(self, key: str) -> str:
        return next((value for name, value in self.properties if name == key), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeScore:
    theme: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One segment of an answer: a sentence, a list item or a cell. ``text == document.text[start:end]``."""

    id: str
    source: str
    start: int
    end: int
    text: str
    locator: str
    bodies: tuple[str, ...] = ()
    kind: str = "paragraph"  # as Block.kind
    place: str = "body"  # as Block.place
    block: int = 0  # index into Document.blocks
    marker: str = ""
    lead_in: str = ""  # the clause that introduces a list item: "Vi ønsker:"
    headings: tuple[str, ...] = ()  # headings above it, nearest last
    language: str = "nb"
    # set by language.questions
    question: str | None = None  # the question's unique number
    question_score: float = 0.0
    # set by language.noise
    type: str = "substance"  # substance | no_remarks | endorsement | noise
    noise: str = ""  # why it is noise: "letterhead", "greeting", "echo", ...
    endorses: tuple[str, ...] = ()  # the bodies whose answer is endorsed
    endorsed_questions: tuple[str, ...] = ()  # empty: the whole answer
    # set by language.themes
    theme: str = "none"
    themes: tuple[ThemeScore, ...] = ()  # falling, "none" included; the first is ``theme``
    confidence: float = 0.0
    needs_review: bool = False
    review_reason: str = ""  # Norwegian
    # set by language.points
    unused: str | None = None  # Norwegian: why it is in no point


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One demand or one judgement, made by one or more bodies."""

    id: str
    theme: str
    text: str  # neutral voice, at most about 25 words, readable alone, without the quantifier
    bodies: tuple[str, ...]  # in configured order
    quantifier: str  # the printed phrase
    statement_ids: tuple[str, ...]
    opposes: tuple[str, ...] = ()
    similar_to: tuple[str, ...] = ()  # points that may be about the same thing: for a person to decide
    endorsed_by: tuple[str, ...] = ()  # the bodies among ``bodies`` that only endorse
    reservation: bool = False  # the point carries its forbehold in ``text``
    needs_review: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One tiltak of the action plan."""

    number: str  # "1.3.2"
    focus_area: str
    goal: str
    measure: str
    focus_number: str = ""  # "1"
    goal_number: str = ""  # "1.3"
    subgoal: str = ""  # delmål
    responsible: str = ""
    deadline: str = ""
    status: str = "unknown"  # green | yellow | red | unknown
    status_text: str = ""  # as printed, or the colour's word
    comment: str = ""
    fill: str | None = None  # a colour that the legend does not know is kept here
    extra: tuple[tuple[str, str], ...] = ()  # columns without a field of their own: (heading, text)
    source: str = ""
    locator: str = ""
    also_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The action plan that counts for the case. No rows: there is none."""

    rows: tuple[PlanRow, ...] = ()
    title: str = ""
    period: str = ""  # "2024–2026"
    sources: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Who answered, by body name in configured order."""

    answered: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    late: tuple[str, ...] = ()  # part of ``answered``
    superseded: tuple[str, ...] = ()  # sources
    answers: tuple[tuple[str, tuple[str, ...]], ...] = ()  # body -> sources of its current answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A verbatim sentence or title from a case paper, offered as context and never as an answer."""

    text: str
    source: str
    locator: str = ""
    chapter: str = ""  # "3.2 Ta i bruk teknologi", the heading it stands under
    reference: str = ""  # "sak 09/2024"


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What earlier cases and case papers say that the case document can build on."""

    decisions: tuple[Excerpt, ...] = ()  # earlier decisions, each with its case reference
    periods: tuple[Excerpt, ...] = ()  # how long the plan or strategy holds
    focus_areas: tuple[Excerpt, ...] = ()  # the focus areas that strategy papers name
    context: tuple[Excerpt, ...] = ()  # passages of case papers that touch the plan's or the themes' subjects


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The case as the run before this one left it: documents without text, statements without scores."""

    made: date | None = None
    documents: tuple[Document, ...] = ()
    statements: tuple[Statement, ...] = ()
    points: tuple[Point, ...] = ()
    register: Register = field(default_factory=Register)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """Everything the writers draw on. ``settings`` is ``config.Settings``."""

    name: str
    settings: object
    documents: tuple[Document, ...] = ()
    statements: tuple[Statement, ...] = ()
    points: tuple[Point, ...] = ()
    plan: Plan = field(default_factory=Plan)
    register: Register = field(default_factory=Register)
    findings: tuple[Finding, ...] = ()
    background: Background = field(default_factory=Background)
    today: date | None = None
    originals: Mapping[str, Path] = field(default_factory=dict)  # source -> path of the case's own files
    earlier: Earlier | None = None  # None: there is no version before this one
    corrections: object | None = None  # the review.corrections.Corrections in force

    def document(self, source: str) -> Document:
        return next(d for d in self.documents if d.source == source)

    def points_of(self, theme: str) -> tuple[Point, ...]:
        return tuple(p for p in self.points if p.theme == theme)


def assemble(blocks: tuple[Block, ...] | list[Block]) -> tuple[str, tuple[Block, ...]]:
    """The text of a document and its blocks with offsets: one block a line, "marker text"."""
    lines: list[str] = []
    placed: list[Block] = []
    at = 0
    for block in blocks:
        lead = f"{block.marker} " if block.marker else ""
        start = at + len(lead)
        end = start + len(block.text)
        placed.append(Block(*block[:-2], start, end))
        lines.append(lead + block.text)
        at = end + 1
    return "\n".join(lines), tuple(placed)
