"""Answers built in a line or two, and the whole way through the three first language stages."""

from __future__ import annotations

from pipeline.config import Body, Question
from pipeline.language import noise, questions, segment
from pipeline.model import Block, Document, Statement, assemble

BODIES = (
    Body(name="Utvalg Nord", aliases=("Nordregionen", "Nord"), municipalities=("Fjellvik",)),
    Body(name="Utvalg Sør", aliases=("Sørregionen",), municipalities=("Strandby",)),
    Body(name="Utvalg Midt", aliases=("Midtregionen", "Midtbygda")),
)
QUESTIONS = (
    Question(number="1a", block="Utformingen av planen", text="Har utvalget forslag til forenklinger av planens oppsett?"),
    Question(number="1b", block="Utformingen av planen", text="Er planen tilstrekkelig brukervennlig som oppfølgingsverktøy?"),
    Question(number="2a", block="Mål og tiltak", text="Er tiltakene fortsatt relevante?"),
    Question(number="2b", block="Mål og tiltak", text="Er de tilstrekkelig presise?"),
    Question(number="2c", block="Mål og tiltak", text="Er ansvaret for oppfølging plassert riktig og tydelig definert?"),
    Question(number="2d", block="Mål og tiltak", text="Hvilke ressurser kreves for å gjennomføre tiltakene?"),
    Question(number="3", block="Veien videre", text="Hvordan bør prosessen organiseres for å sikre eierskap lokalt?"),
)


def block(text: str, kind: str = "paragraph", **fields) -> Block:
    return Block(text=text, kind=kind, **fields)


def heading(text: str, level: int = 1, **fields) -> Block:
    return Block(text=text, kind="heading", level=level, **fields)


def item(text: str, marker: str = "•", **fields) -> Block:
    return Block(text=text, kind="item", marker=marker, **fields)


def table(*rows: tuple[str, ...], number: int = 1) -> list[Block]:
    return [Block(text=text, kind="cell", table=number, row=r, col=c, locator=f"table={number};row={r};col={c}")
            for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)]


def answer(*blocks: Block | str, body: str = "Utvalg Nord", source: str = "svar.docx") -> Document:
    text, placed = assemble([block(b) if isinstance(b, str) else b for b in blocks])
    return Document(source=source, sha256="0" * 64, text=text, blocks=placed, bodies=(body,), kind="answer")


def read(*blocks: Block | str, asked: tuple[Question, ...] = QUESTIONS, body: str = "Utvalg Nord") -> tuple[Statement, ...]:
    """The sifted statements of an answer."""
    document = answer(*blocks, body=body)
    placed = questions.place(segment.cut(document), asked)
    sifted = noise.sift(placed, document, bodies=BODIES, questions=asked)
    for s in sifted:
        assert s.text == document.text[s.start:s.end]
    return sifted


def find(statements: tuple[Statement, ...], text: str) -> Statement:
    """The one statement whose text is ``text``."""
    (found,) = [s for s in statements if s.text == text]
    return found


def kept(statements: tuple[Statement, ...]) -> list[str]:
    """The texts of what is no noise."""
    return [s.text for s in statements if s.type != "noise"]
