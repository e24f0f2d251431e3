"""What the template ``vedlegg-2-innspill.docx`` can use, and the front pages' values: who answered, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.model import CaseResult, Document, Statement
from pipeline.norsk import capital, date_text, join_names, short_date
from pipeline.phrases import Phrases
from pipeline.references import answers_in_order
from pipeline.references import sections as numbers_of

UNKNOWN_SENDER = "Avsender ikke avklart"
# The styles that a template must have: the writer puts the answers' text in them.
ANSWER_HEADINGS = ("Svaroverskrift 2", "Svaroverskrift 3", "Svaroverskrift 4")
BULLETS = ("Svarpunkt", "Svarpunkt 2", "Svarpunkt 3")
TEXT, NUMBERED, NOTE, BOX, CELL = "Svartekst", "Svarnummer", "Svarnote", "Svartekstboks", "Svartabelltekst"
SENDER, FILE, PICTURE = "Heading 1", "Heading 2", "Svarbilde"
SOURCE, THEMES, INSERTED = "Kildelinje", "Temalinje", "Innsatt merknad"
OTHER_TITLE, OTHER_LABEL, OTHER = "Øvrig tittel", "Øvrig ledetekst", "Øvrig tekst"
COMMENT_LABEL, COMMENT = "Kommentar ledetekst", "Kommentar i svaret"
NUMBER, NOTE_MARK, TABLE = "Avsnittsnummer", "Notetall", "Svartabell"
PARAGRAPH_STYLES = (*ANSWER_HEADINGS, *BULLETS, TEXT, NUMBERED, NOTE, BOX, CELL, SENDER, FILE, PICTURE, SOURCE, THEMES,
                    INSERTED, OTHER_TITLE, OTHER_LABEL, OTHER, COMMENT_LABEL, COMMENT)
# Styles of the words that are not the answers' own.
ADDED = (SENDER, FILE, SOURCE, THEMES, INSERTED, OTHER_TITLE, OTHER_LABEL, COMMENT_LABEL, NUMBER, NOTE_MARK)
STYLES = (*PARAGRAPH_STYLES, NUMBER, NOTE_MARK, TABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Svar:
    """One line of the overview: one file that is an answer."""

    nummer: str
    avsender: str
    fil: str
    datert: str
    sent: str
    merknad: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Erstattet:
    """An earlier version that a later answer has replaced."""

    avsender: str
    fil: str
    datert: str
    av: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ulest:
    """A file that could not be read, and why."""

    fil: str
    grunn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vedlegg2:
    """Everything the template can use. ``innspill``: the mark that all answers are put in place of."""

    tittel: str
    sakstittel: str
    organisasjon: str
    utvalg: str
    saksnummer: str
    dato: str
    frist: str
    svarere: str
    har_svar: bool
    svar: tuple[Svar, ...]
    mangler: str  # names in one sentence's form: "A, B og C"
    ubrukte: str  # numbers that no answer has, below the last one: "4 og 7"
    erstattet: tuple[Erstattet, ...]
    uleste: tuple[Ulest, ...]
    kommentarer: bool  # the answers' comments are in the document
    innholdsfortegnelse: str
    innspill: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The answers of one sender, or of several who answered together. ``number`` begins its passages' numbers."""

    number: int
    bodies: tuple[str, ...]
    documents: tuple[Document, ...]

    def title(self, say: Phrases) -> str:
        return join_names(self.bodies) or say(UNKNOWN_SENDER)


def sections(result: CaseResult) -> tuple[Section, ...]:
    """The document's main parts in order, counted as ``references.passages`` counts them."""
    numbers = numbers_of(result)
    groups = groupby(answers_in_order(result), key=lambda answer: answer[0])
    return tuple(Section(number=numbers[bodies], bodies=bodies, documents=tuple(d for _, d in answers))
                 for bodies, answers in groups)


def front(result: CaseResult, parts: tuple[Section, ...], say: Phrases, *, comments: bool, contents: str, answers: str) -> Vedlegg2:
    """The template's values; ``contents`` and ``answers`` are the marks of the two parts that code fills in."""
    case = result.settings.case
    said: dict[str, list[Statement]] = defaultdict(list)
    for statement in result.statements:
        if statement.type != "noise":
            said[statement.source].append(statement)
    replaced: dict[str, list[str]] = defaultdict(list)
    for document in result.documents:
        if document.superseded_by:
            replaced[document.superseded_by].append(document.source)
    return Vedlegg2(
        tittel=say("Vedlegg 2: Innspill fra {who} i sin helhet", who=result.settings.quantifiers.noun_definite),
        sakstittel=case.title or case.plan_title or capital(result.name.replace("-", " ").replace("_", " ")),
        organisasjon=case.organisation,
        utvalg=case.committee,
        saksnummer=case.number,
        dato=date_text(result.today) if result.today else "",
        frist=date_text(case.deadline) if case.deadline else "",
        svarere=result.settings.quantifiers.noun_definite,
        har_svar=bool(parts),
        svar=tuple(_line(part, document, say, said[document.source], replaced[document.source])
                   for part in parts for document in part.documents),
        mangler=join_names(result.register.missing),
        ubrukte=join_names(_unused([part.number for part in parts])),
        erstattet=tuple(
            Erstattet(avsender=join_names(d.bodies) or say(UNKNOWN_SENDER), fil=d.source, av=d.superseded_by,
                      datert=date_text(d.dated) if d.dated else "")
            for d in result.documents if d.kind == "answer" and d.superseded_by),
        uleste=tuple(Ulest(fil=d.source, grunn=d.error or say("Filen kunne ikke leses.")) for d in result.documents
                     if d.status != "ok"),
        kommentarer=comments,
        innholdsfortegnelse=contents,
        innspill=answers,
    )


def _unused(numbers: Sequence[int]) -> list[str]:
    """The numbers left out below the last one, for a reader who wonders where they went."""
    return [str(n) for n in range(1, max(numbers, default=0)) if n not in set(numbers)]


def _line(part: Section, document: Document, say: Phrases, own: Sequence[Statement], replaced: Sequence[str]) -> Svar:
    notes = [say("felles svar")] if len(part.bodies) > 1 else []
    if own and all(s.type == "no_remarks" for s in own):
        notes.append(say("ingen merknader"))
    endorsed = tuple(dict.fromkeys(b for s in own for b in s.endorses))
    if endorsed:
        notes.append(say("slutter seg til {names}", names=join_names(endorsed)))
    if replaced:
        notes.append(say("erstatter {files}", files=join_names(replaced)))
    return Svar(nummer=str(part.number), avsender=part.title(say), fil=document.source,
                datert=short_date(document.dated) if document.dated else say("ikke oppgitt"),
                sent=say("ja" if document.late else "nei"), merknad=capital("; ".join(notes)))
