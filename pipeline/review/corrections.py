"""``rettelser.json``: what the reviewer has put right, kept in the case folder and used at every run.

The file is made by ``gjennomgang.html`` and can be read and edited by hand:

.. code-block:: json

    {"versjon": 1,
     "utsagn": [{"kilde": "svar.docx", "tekst": "Ordrett utsagn.", "tema": "format"},
                {"kilde": "svar.docx", "tekst": "Med hilsen", "innspill": false}],
     "samme": [[{"kilde": "a.docx", "tekst": "…"}, {"kilde": "b.docx", "tekst": "…"}]],
     "ulike": [[{"kilde": "a.docx", "tekst": "…"}, {"kilde": "c.docx", "tekst": "…"}]],
     "filer": [{"fil": "brev.pdf", "type": "svar", "avsender": "RS Nord"}]}

A statement is named by its file and its verbatim text, never by an id, so that a correction outlives new readers,
new texts around it and a revised answer. ``forekomst`` (1 = first) tells equal texts in one file apart; without it all
of them are meant. A correction that nothing fits any more is a finding, not an error.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path

from pipeline.config import NO_THEME, FileRule, Settings
from pipeline.errors import ConfigError
from pipeline.model import Document, Finding, Statement, ThemeScore
from pipeline.norsk import fold, plain

NAME = "rettelser.json"
VERSION = 1
CORRECTED = "corrected"  # Statement.noise of what a person has said is no innspill
LARGEST = 50_000_000  # bytes
# A shorter text ("Ja.", "Nei, ikke nå") means something else under another question: its correction teaches nothing.
TEACHES_FROM = 4  # words

# The words of the file for ``model.KINDS``; the page shows the same.
KIND_WORDS = {
    "answer": "svar", "action_plan": "handlingsplan", "case_paper": "saksdokument", "earlier_case": "tidligere sak",
    "minutes": "referat", "email": "e-post", "archive": "pakkefil", "unknown": "ukjent",
}
_KINDS = {word: kind for kind, word in KIND_WORDS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A statement as a person would name it: its file and its words. ``occurrence`` None: all with these words."""

    source: str
    text: str
    occurrence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementCorrection:
    """A statement's theme (a key of the case), or whether it is an innspill at all; a theme says that it is."""

    statement: Reference
    theme: str | None = None
    substance: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCorrection:
    """What a file is (one of ``model.KINDS``) and whose; None: as detected. No bodies: it is nobody's."""

    path: str
    kind: str | None = None
    bodies: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """The file's content. ``together`` and ``apart`` are groups of two statements or more, each with every other."""

    statements: tuple[StatementCorrection, ...] = ()
    together: tuple[tuple[Reference, ...], ...] = ()
    apart: tuple[tuple[Reference, ...], ...] = ()
    files: tuple[FileCorrection, ...] = ()

    def __len__(self) -> int:
        return len(self.statements) + len(self.together) + len(self.apart) + len(self.files)

    def values(self) -> dict:
        """The file's JSON values; ``load`` of them gives the same corrections back."""
        return {
            "versjon": VERSION,
            "utsagn": [_statement_values(c) for c in self.statements],
            "samme": [[_reference_values(r) for r in group] for group in self.together],
            "ulike": [[_reference_values(r) for r in group] for group in self.apart],
            "filer": [_file_values(c) for c in self.files],
        }


def _reference_values(r: Reference) -> dict:
    return {"kilde": r.source, "tekst": r.text} | ({"forekomst": r.occurrence} if r.occurrence else {})


def _statement_values(c: StatementCorrection) -> dict:
    said = {"innspill": False} if not c.substance else {"tema": c.theme} if c.theme else {"innspill": True}
    return _reference_values(c.statement) | said


def _file_values(c: FileCorrection) -> dict:
    value: dict = {"fil": c.path}
    if c.kind is not None:
        value["type"] = KIND_WORDS[c.kind]
    if c.bodies is not None:
        value["avsender"] = list(c.bodies)
    return value


# --- the file -----------------------------------------------------------------------------------------------------


def load(path: Path) -> Corrections:
    """The corrections in ``path``; none when there is no such file.

    Where a statement or a file is named twice, the last one counts. Raises ConfigError, in Norwegian, when the
    file cannot be read, is no JSON, or holds an unknown key or a value of the wrong type.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise ConfigError(f"{path} er større enn {LARGEST // 1_000_000} MB. Lagre rettelsene på nytt fra "
                              "gjennomgang.html.")
        raw = path.read_bytes()
    except FileNotFoundError:
        return Corrections()
    except OSError as error:
        raise ConfigError(f"{path} kan ikke leses ({error.strerror}). Sjekk at du har tilgang, og lukk filen i andre "
                          "programmer.") from None
    try:
        value = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ConfigError(f"{path} er ikke lagret som UTF-8. Lagre rettelsene på nytt fra gjennomgang.html.") from None
    except json.JSONDecodeError as error:
        raise ConfigError(f"{path} har en skrivefeil i linje {error.lineno}, tegn {error.colno}. Rett den, eller lagre "
                          "rettelsene på nytt fra gjennomgang.html.") from None
    except (RecursionError, ValueError):
        raise ConfigError(f"{path} kan ikke tolkes. Lagre rettelsene på nytt fra gjennomgang.html.") from None
    return _Reader(path).corrections(value)


class _Reader:
    """Checks one file's values on the way in."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def corrections(self, value: object) -> Corrections:
        table = self._table(value, "filen", ("versjon", "om", "sak", "lagret", "utsagn", "samme", "ulike", "filer"))
        version = table.get("versjon")
        if type(version) is not int:
            raise self._wrong("versjon", f"må være et helt tall. Skriv \"versjon\": {VERSION}.")
        if version > VERSION or version < 1:
            raise self._wrong("versjon", f"er {version}, men programmet kjenner bare {VERSION}. Oppdater programmet.")
        for key in ("om", "sak", "lagret"):  # for people; not used
            self._text(table.get(key, ""), key)
        statements = {c.statement: c for c in (
            self._statement(item, f"utsagn nr. {n}") for n, item in enumerate(self._list(table, "utsagn"), 1))}
        files = {c.path: c for c in (
            self._file(item, f"filer nr. {n}") for n, item in enumerate(self._list(table, "filer"), 1))}
        return Corrections(
            statements=tuple(statements.values()), together=self._groups(table, "samme"),
            apart=self._groups(table, "ulike"), files=tuple(files.values()))

    def _statement(self, value: object, where: str) -> StatementCorrection:
        table = self._table(value, where, ("kilde", "tekst", "forekomst", "tema", "innspill"))
        theme, substance = table.get("tema"), table.get("innspill")
        if theme is None and substance is None:
            raise self._wrong(where, "mangler både «tema» og «innspill». Legg til ett av dem.")
        if substance is not None and not isinstance(substance, bool):
            raise self._wrong(where, "har en annen verdi for «innspill» enn true eller false. Skriv uten hermetegn.")
        if theme is not None and substance is False:
            raise self._wrong(where, "har et tema, men sier også at det ikke er et innspill. Fjern ett av dem.")
        if theme is not None:
            theme = self._filled(theme, f"{where}, «tema»,")
        return StatementCorrection(
            statement=self._reference({k: v for k, v in table.items() if k not in ("tema", "innspill")}, where),
            theme=None if theme == NO_THEME else theme, substance=substance is not False and theme != NO_THEME)

    def _file(self, value: object, where: str) -> FileCorrection:
        table = self._table(value, where, ("fil", "type", "avsender"))
        kind, bodies = table.get("type"), table.get("avsender")
        if kind is None and bodies is None:
            raise self._wrong(where, "mangler både «type» og «avsender». Legg til ett av dem.")
        if kind is not None and (not isinstance(kind, str) or kind not in _KINDS):
            raise self._wrong(where, f"har en ukjent «type». Velg en av: {', '.join(_KINDS)}.")
        if isinstance(bodies, str):
            bodies = [bodies]
        if bodies is not None:
            if not isinstance(bodies, list):
                raise self._wrong(where, "må ha et navn eller en liste med navn som «avsender».")
            bodies = tuple(dict.fromkeys(self._filled(b, f"{where}, «avsender»,") for b in bodies))
        return FileCorrection(path=self._filled(table.get("fil"), f"{where}, «fil»,"),
                              kind=None if kind is None else _KINDS[kind], bodies=bodies)

    def _groups(self, table: Mapping, key: str) -> tuple[tuple[Reference, ...], ...]:
        groups = []
        for n, item in enumerate(self._list(table, key), 1):
            where = f"{key} nr. {n}"
            if not isinstance(item, list) or len(item) < 2:
                raise self._wrong(where, "må være en liste med minst to utsagn.")
            groups.append(tuple(self._reference(r, where) for r in item))
        return tuple(dict.fromkeys(groups))

    def _reference(self, value: object, where: str) -> Reference:
        table = self._table(value, where, ("kilde", "tekst", "forekomst"))
        occurrence = table.get("forekomst")
        if occurrence is not None and (type(occurrence) is not int or occurrence < 1):
            raise self._wrong(f"{where}, «forekomst»,", "må være et helt tall fra 1 og oppover.")
        return Reference(source=self._filled(table.get("kilde"), f"{where}, «kilde»,"),
                         text=self._filled(table.get("tekst"), f"{where}, «tekst»,"), occurrence=occurrence)

    def _table(self, value: object, where: str, known: Sequence[str]) -> Mapping:
        if not isinstance(value, dict):
            raise self._wrong(where, "må være et objekt med krøllparenteser.")
        for key in value:
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)
                raise self._wrong(where, f"har den ukjente nøkkelen «{key}». Mente du «{near[0]}»?")
        return value

    def _list(self, table: Mapping, key: str) -> list:
        value = table.get(key, [])
        if not isinstance(value, list):
            raise self._wrong(key, "må være en liste med hakeparenteser.")
        return value

    def _text(self, value: object, where: str) -> str:
        if not isinstance(value, str):
            raise self._wrong(where, "må være tekst i hermetegn.")
        return value

    def _filled(self, value: object, where: str) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(where, "må være tekst i hermetegn, og ikke tom.")
        return value

    def _wrong(self, where: str, what: str) -> ConfigError:
        return ConfigError(f"{self.path}: {where} {what}")


# --- files: before intake -----------------------------------------------------------------------------------------


def with_files(settings: Settings, corrections: Corrections,
               documents: Iterable[Document]) -> tuple[Settings, tuple[Finding, ...]]:
    """The settings with the corrections of files among ``settings.files``, where they replace those of case.toml.

    What names a file or a body that is not there is left out and found.
    """
    there = {fold(d.source): d.source for d in documents}
    known = settings.body_names()
    rules: dict[str, FileRule] = {}
    findings: list[Finding] = []
    for correction in corrections.files:
        source = there.get(fold(correction.path))
        strangers = [b for b in correction.bodies or () if b not in known]
        if source is None:
            findings.append(_unused(f"Filen «{correction.path}» er rettet i {NAME}, men finnes ikke i saken lenger. "
                                    "Fjern rettelsen i gjennomgang.html.", correction.path))
        elif strangers:
            findings.append(_unused(f"{NAME} gir filen «{correction.path}» til «{strangers[0]}», som ikke er blant dem "
                                    "som er spurt. Rettelsen er ikke brukt. Velg avsender på nytt i gjennomgang.html.",
                                    source))
        else:
            rules[fold(source)] = FileRule(path=source, kind=correction.kind, bodies=correction.bodies)
    for rule in settings.files:
        corrected = rules.get(fold(rule.path))
        if corrected is None:
            rules[fold(rule.path)] = rule
        else:
            rules[fold(rule.path)] = replace(
                rule, kind=corrected.kind or rule.kind,
                bodies=rule.bodies if corrected.bodies is None else corrected.bodies)
    return replace(settings, files=tuple(rules.values())), tuple(findings)


# --- statements and points: after the noise gate --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """The corrections that fit the case's statements, by statement id. Pairs are (smaller id, greater id)."""

    statements: Mapping[str, StatementCorrection] = field(default_factory=dict)
    together: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()
    lessons: tuple[tuple[str, str], ...] = ()  # (text, theme key or "none") for ``themes.Sorter.for_case``
    findings: tuple[Finding, ...] = ()

    def retype(self, statements: Iterable[Statement]) -> tuple[Statement, ...]:
        """The statements with ``type`` as the person said it; to be called before the themes are sorted."""
        return tuple(self._retyped(s) for s in statements)

    def _retyped(self, s: Statement) -> Statement:
        correction = self.statements.get(s.id)
        if correction is None:
            return s
        if not correction.substance:
            return replace(s, type="noise", noise=CORRECTED, endorses=(), endorsed_questions=(),
                           needs_review=False, review_reason="")
        kept = s.type if s.type == "endorsement" else "substance"
        return replace(s, type=kept, noise="", needs_review=False, review_reason="")

    def settle(self, statements: Iterable[Statement]) -> tuple[Statement, ...]:
        """The statements with the themes that the person chose, certain; to be called after the themes are sorted."""
        return tuple(self._settled(s) for s in statements)

    def _settled(self, s: Statement) -> Statement:
        correction = self.statements.get(s.id)
        if correction is None or (correction.substance and correction.theme is None):
            return s
        theme = correction.theme or NO_THEME
        scores = (ThemeScore(theme=theme, score=1.0),
                  *(ThemeScore(theme=t.theme, score=0.0) for t in s.themes if t.theme != theme))
        return replace(s, theme=theme, themes=scores, confidence=1.0, needs_review=False, review_reason="")


def decide(corrections: Corrections, statements: Sequence[Statement], settings: Settings) -> Decisions:
    """Which statements the corrections are about, and findings for those that are about none.

    Where a statement's file has no current answer any more (a revised one has taken its place), the same words in
    another file are meant, if they are at least ``TEACHES_FROM`` words.
    """
    if not len(corrections):
        return Decisions()
    index = _Index(statements)
    themes = {t.key for t in settings.themes}
    chosen: dict[str, StatementCorrection] = {}
    lessons: dict[str, str] = {}
    findings: list[Finding] = []
    for n, correction in enumerate(corrections.statements, 1):
        if correction.theme is not None and correction.theme not in themes:
            findings.append(_unused(f"Rettelse nr. {n} av utsagn i {NAME} gir temaet «{correction.theme}», som saken "
                                    "ikke har. Den er ikke brukt. Velg tema på nytt i gjennomgang.html.",
                                    correction.statement.source))
            continue
        found = index.find(correction.statement)
        if not found:
            findings.append(_gone(f"Rettelse nr. {n} av utsagn", correction.statement))
        for s in found:
            chosen[s.id] = correction
        if correction.theme or not correction.substance:
            lessons.pop(plain(correction.statement.text), None)  # the last one counts
            if len(plain(correction.statement.text).split()) >= TEACHES_FROM:
                lessons[plain(correction.statement.text)] = correction.theme or NO_THEME
    together = _pairs(corrections.together, index, "samme", findings)
    apart = _pairs(corrections.apart, index, "ulike", findings)
    chain = _chains(together)
    clash = {(a, b) for a, b in apart if a in chain and chain[a] == chain.get(b)}
    if clash:
        one = next(s for s in statements if s.id == min(clash)[0])
        findings.append(Finding(
            kind="correction_conflict", source=one.source, locator=one.locator,
            message=f"{NAME} sier både at utsagn sier det samme, og at de ikke gjør det ({len(clash)} par). "
                    "«Samme» er brukt. Fjern den rettelsen som ikke gjelder, i gjennomgang.html."))
    texts = {plain(c.statement.text): c.statement.text for c in corrections.statements}
    return Decisions(
        statements=chosen, together=frozenset(together), apart=frozenset(apart - clash),
        lessons=tuple((texts[key], theme) for key, theme in lessons.items()), findings=tuple(findings))


class _Index:
    """Statements by file and words."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._exact: dict[tuple[str, str], list[Statement]] = {}
        self._near: dict[tuple[str, str], list[Statement]] = {}
        self._anywhere: dict[str, list[Statement]] = {}
        self._sources = {fold(s.source) for s in statements}
        for s in statements:
            self._exact.setdefault((fold(s.source), fold(s.text)), []).append(s)
            self._near.setdefault((fold(s.source), plain(s.text)), []).append(s)
            self._anywhere.setdefault(plain(s.text), []).append(s)

    def find(self, reference: Reference) -> list[Statement]:
        source, words = fold(reference.source), plain(reference.text)
        found = self._exact.get((source, fold(reference.text))) or (self._near.get((source, words)) if words else None)
        if found is None:
            moved = source not in self._sources and len(words.split()) >= TEACHES_FROM
            return self._anywhere.get(words, []) if moved else []
        if reference.occurrence is None:
            return found
        return found[reference.occurrence - 1:reference.occurrence]


def _pairs(groups: Sequence[Sequence[Reference]], index: _Index, name: str,
           findings: list[Finding]) -> set[tuple[str, str]]:
    """The pairs of statements of different references; equal words that one reference means are no pair."""
    pairs: set[tuple[str, str]] = set()
    for n, group in enumerate(groups, 1):
        found = []
        for reference in group:
            found.append([s.id for s in index.find(reference)])
            if not found[-1]:
                findings.append(_gone(f"«{name}» nr. {n}", reference))
        for some, others in combinations(found, 2):
            pairs |= {(min(a, b), max(a, b)) for a in some for b in others if a != b}
    return pairs


def _chains(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Statement id -> the id that stands for all that chains of ``pairs`` join it with."""
    head: dict[str, str] = {}

    def of(one: str) -> str:
        while head.setdefault(one, one) != one:
            head[one] = head[head[one]]
            one = head[one]
        return one

    for a, b in sorted(pairs):
        head[of(b)] = of(a)
    return {one: of(one) for one in list(head)}


def _gone(which: str, reference: Reference) -> Finding:
    # The words themselves stay out of the message: messages are logged.
    return _unused(f"{which} i {NAME} gjelder et utsagn som ikke finnes i «{reference.source}» lenger, og er ikke "
                   "brukt. Se over rettelsene nederst i gjennomgang.html.", reference.source)


def _unused(message: str, source: str) -> Finding:
    return Finding(kind="correction_unused", message=message, source=source)
