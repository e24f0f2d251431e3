"""config.toml and case.toml become frozen settings; an unknown key is an error naming the nearest known one."""

from __future__ import annotations

import dataclasses
import difflib
import hashlib
import json
import tomllib
import types
import typing
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.model import KINDS

CASE_TYPES = ("", "orienteringssak", "drøftingssak", "beslutningssak")
NO_THEME = "none"
EXECUTIONS = ("auto", "serial", "processes", "dask")
MAIL_SECURITY = ("starttls", "tls", "none")
LANGUAGES = ("", "bokmål", "nynorsk")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFields:
    """What stands in the head of the case document. Empty: a visible placeholder is printed."""

    title: str = ""
    number: str = ""
    meeting_date: date | None = None
    deadline: date | None = None
    case_officer: str = ""
    archive_number: str = ""
    type: str = ""
    plan_title: str = ""
    committee: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One that is asked: a regional committee, a municipality, an organisation."""

    name: str
    aliases: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    key: str
    title: str
    description: str = ""
    examples: tuple[str, ...] = ()
    list_by_body: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """``themes``: the one or several themes that the question covers (``theme`` in the file)."""

    number: str
    text: str
    printed: str = ""
    block: str = ""
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRule:
    """A correction of what was detected: path relative to the case folder -> kind and body."""

    path: str
    kind: str | None = None
    bodies: tuple[str, ...] | None = None
    replaces: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """House wording of the quantifiers; the rule itself is in ``language.quantifiers``."""

    noun: str = "RS"
    noun_definite: str = "RS-ene"
    noun_long: str = "regionale samhandlingsutvalg"
    all: str = "Alle {noun}"
    all_answered: str = "Alle {k} {noun} som har svart"
    all_but_one: str = "{k} av {n} {noun}"
    two: str = "To {noun} ({names})"
    most: str = "De fleste {noun}"
    majority: str = "Et flertall av {noun}"
    count: str = "{k} {noun}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one file may take, attachments included. Seconds are wall-clock, sizes are MiB."""

    seconds_per_file: int = 120
    memory_mb: int = 1500
    file_mb: int = 200
    unpacked_mb: int = 500
    pages: int = 2000
    cells: int = 3_000_000
    nesting: int = 5
    files_per_archive: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    ocr: bool = True
    ocr_language: str = "nor"
    workers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    encoder: bool = True
    review_below: float = 0.55


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    comments: bool = True
    clean_copy: bool = False
    pdf: bool = False
    template: str = "saksfremlegg.docx"
    language: str = ""  # of what the program says in the case document; "": that of the template, by its name


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """How much runs at a time. ``scheduler``: address of a Dask scheduler, for ``kind = "dask"``."""

    kind: str = "auto"
    workers: int = 0
    scheduler: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The run report by e-mail; off while ``server`` is empty. The password stands in SSU_SMTP_PASSWORD."""

    server: str = ""
    port: int = 587
    security: str = "starttls"
    sender: str = ""
    recipients: tuple[str, ...] = ()
    user: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of one case."""

    default_case: str = "sak"
    case: CaseFields = field(default_factory=CaseFields)
    quantifiers: Wording = field(default_factory=Wording)
    limits: Limits = field(default_factory=Limits)
    reading: Reading = field(default_factory=Reading)
    language: Language = field(default_factory=Language)
    documents: Documents = field(default_factory=Documents)
    execution: Execution = field(default_factory=Execution)
    mail: Mail = field(default_factory=Mail)
    bodies: tuple[Body, ...] = ()
    themes: tuple[Theme, ...] = ()
    questions: tuple[Question, ...] = ()
    files: tuple[FileRule, ...] = ()

    @property
    def nynorsk(self) -> bool:
        """Whether the case document is in nynorsk: said so, or its template is called so."""
        said = self.documents.language
        return said == "nynorsk" or (not said and "nynorsk" in self.documents.template.casefold())

    def body_names(self) -> tuple[str, ...]:
        return tuple(b.name for b in self.bodies)

    def theme(self, key: str) -> Theme:
        return next(t for t in self.themes if t.key == key)

    def question(self, number: str) -> Question:
        return next(q for q in self.questions if q.number == number)

    def fingerprint(self) -> str:
        """A hash over every setting that a draft can depend on; the same settings give the same 16 hex digits."""
        settings = {k: v for k, v in dataclasses.asdict(self).items() if k not in {"execution", "mail"}}
        text = json.dumps(settings, default=str, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


# Names in the files that differ from the field: questions say "theme", files say "body".
_RENAMED = {(Question, "theme"): "themes", (FileRule, "body"): "bodies"}
_HIDDEN = {(Question, "themes"), (FileRule, "bodies"), (FileRule, "path")}
_TYPE_WORDS = {str: "tekst i hermetegn", int: "et helt tall", float: "et tall", bool: "true eller false",
               date: "en dato som 2025-11-14", tuple: "en liste", dict: "en tabell"}


def load(config_file: Path | None, case_file: Path | None = None) -> Settings:
    """Settings from ``config_file`` (None: built-in) overridden by ``case_file`` (may be absent).

    Raises ConfigError with the file, the key and the remedy, in Norwegian.
    """
    merged: dict = {}
    nynorsk: dict = {}  # the wording of the quantifiers for a case document in nynorsk; what is not in it stays as it is
    origin: dict[str, str] = {}
    for file in (config_file, case_file):
        if file is None or (file == case_file and not file.is_file()):
            continue
        table = _table(file)
        if "themes" in table and "questions" not in table:
            # The questions kept from config.toml feed its themes; those that the case has not are not asked in it.
            keys = {t.get("key") for t in table["themes"] if isinstance(t, dict)} if isinstance(table["themes"], list) else set()
            merged["questions"] = [q for q in merged.get("questions", ()) if _feeds(q, keys)]
        for key, value in table.items():
            _check_key(key, Settings, "", file)
            origin[key] = str(file.name)
            if key == "quantifiers" and isinstance(value, dict):
                own = value.get("nynorsk", {})
                _record(Wording, own, "quantifiers.nynorsk", file)
                value = {k: v for k, v in value.items() if k != "nynorsk"}
                nynorsk = {**nynorsk, **value, **own}
            if isinstance(value, dict) and key != "files":
                _expect(isinstance(merged.get(key, {}), dict), file, key, dict)
                merged[key] = {**merged.get(key, {}), **value}
            elif key == "files" and isinstance(value, dict):
                merged[key] = {**merged.get(key, {}), **value}
            else:
                merged[key] = value
        # Validated file by file, so that a message names the file with the fault.
        _settings(merged, file)
    settings = _settings(merged, case_file if case_file and case_file.is_file() else config_file)
    if settings.nynorsk and nynorsk:
        merged["quantifiers"] = nynorsk
        settings = _settings(merged, case_file if case_file and case_file.is_file() else config_file)
    _check_references(settings, case_file if case_file and case_file.is_file() else config_file)
    return settings


def _feeds(question: dict, keys: set) -> bool:
    themes = question.get("theme", [])
    return bool(keys & set([themes] if isinstance(themes, str) else themes))


def _table(file: Path) -> dict:
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError(f"Fant ikke innstillingsfilen {file}. Oppgi riktig sti med --config.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: filen kan ikke leses ({error}). Lagre den som UTF-8-tekst.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"{file}: skrivefeil i innstillingene ({error}). Se etter manglende hermetegn, parentes eller komma."
        ) from None


def _settings(merged: dict, file: Path | None) -> Settings:
    values: dict = {}
    for key, value in merged.items():
        match key:
            case "bodies" | "themes" | "questions":
                kind = {"bodies": Body, "themes": Theme, "questions": Question}[key]
                _expect(isinstance(value, list), file, key, tuple)
                values[key] = tuple(_record(kind, item, f"{key}[{i}]", file) for i, item in enumerate(value, 1))
            case "files":
                _expect(isinstance(value, dict), file, key, dict)
                values[key] = tuple(
                    dataclasses.replace(_record(FileRule, {**rule}, f'files."{path}"', file, path=path), path=path)
                    if isinstance(rule, dict) else _expect(False, file, f'files."{path}"', dict)
                    for path, rule in sorted(value.items())
                )
            case "default_case":
                _expect(isinstance(value, str) and bool(value.strip()), file, key, str)
                values[key] = value
            case _:
                kind = {"case": CaseFields, "quantifiers": Wording, "limits": Limits, "reading": Reading,
                        "language": Language, "documents": Documents, "execution": Execution, "mail": Mail}[key]
                _expect(isinstance(value, dict), file, key, dict)
                values[key] = _record(kind, value, key, file)
    return Settings(**values)


def _record(kind: type, table: object, where: str, file: Path | None, **given: object):
    _expect(isinstance(table, dict), file, where, dict)
    hints = typing.get_type_hints(kind)
    values = dict(given)
    for key, value in table.items():
        _check_key(key, kind, where, file)
        name = _RENAMED.get((kind, key), key)
        values[name] = _value(value, hints[name], f"{where}.{key}", file)
    required = [f.name for f in dataclasses.fields(kind)
                if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING]
    for name in required:
        if not values.get(name):
            raise ConfigError(f"{_name(file)}: {where} mangler «{name}». Legg til {name} = \"…\".")
    return kind(**values)


def _value(value: object, hint: object, where: str, file: Path | None) -> object:
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    if tuple[str, ...] in options:
        items = [value] if isinstance(value, str) else value
        _expect(isinstance(items, list) and all(isinstance(i, str) for i in items), file, where, tuple)
        return tuple(items)
    if date in options:
        if value == "":
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError:
                _expect(False, file, where, date)
        _expect(isinstance(value, date), file, where, date)
        return value
    if float in options and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    wanted = next(o for o in options if o is not types.NoneType)
    _expect(type(value) is wanted, file, where, wanted)
    if wanted is int:
        _expect(value >= 0, file, where, int)
    return value


def _check_references(settings: Settings, file: Path | None) -> None:
    """Names that must be unique or must exist elsewhere in the settings."""
    name = _name(file)
    for what, values in (("bodies: navnet", [b.name for b in settings.bodies]),
                         ("themes: nøkkelen", [t.key for t in settings.themes]),
                         ("questions: nummeret", [q.number for q in settings.questions])):
        for value in values:
            if values.count(value) > 1:
                raise ConfigError(f"{name}: {what} «{value}» står to ganger. Gi dem hvert sitt.")
    themes = [t.key for t in settings.themes]
    if NO_THEME in themes:
        raise ConfigError(f"{name}: temanøkkelen «none» er reservert for det som ikke er et innspill. Velg en annen.")
    for question in settings.questions:
        for theme in question.themes:
            if theme not in themes:
                raise ConfigError(f"{name}: spørsmål {question.number} viser til temaet «{theme}», som ikke finnes."
                                  f"{_nearest(theme, themes)}")
    if settings.case.type not in CASE_TYPES:
        raise ConfigError(f"{name}: case.type «{settings.case.type}» er ukjent. "
                          f"Velg orienteringssak, drøftingssak eller beslutningssak.")
    for where, value, words in (("execution.kind", settings.execution.kind, EXECUTIONS),
                                ("documents.language", settings.documents.language, LANGUAGES),
                                ("mail.security", settings.mail.security, MAIL_SECURITY)):
        if value not in words:
            raise ConfigError(f"{name}: {where} «{value}» er ukjent. Velg {', '.join(w for w in words if w)}.{_nearest(value, words)}")
    known = list(settings.body_names())
    for rule in settings.files:
        if rule.kind is not None and rule.kind not in KINDS:
            raise ConfigError(f"{name}: filen «{rule.path}» har typen «{rule.kind}», som er ukjent."
                              f"{_nearest(rule.kind, KINDS)}")
        for body in rule.bodies or ():
            if body not in known:
                raise ConfigError(f"{name}: filen «{rule.path}» er gitt til «{body}», som ikke står under bodies."
                                  f"{_nearest(body, known)}")
    for wording in dataclasses.fields(Wording):
        text = getattr(settings.quantifiers, wording.name)
        try:
            text.format(k="", n="", noun="", names="")
        except (KeyError, IndexError, ValueError):
            raise ConfigError(f"{name}: quantifiers.{wording.name} bruker en ukjent plassholder. "
                              "Bare {k}, {n}, {noun} og {names} kan brukes.") from None


def _check_key(key: str, kind: type, where: str, file: Path | None) -> None:
    hidden = {n for k, n in _HIDDEN if k is kind}
    known = [f.name for f in dataclasses.fields(kind) if f.name not in hidden]
    known += [n for (k, n) in _RENAMED if k is kind]
    if key not in known:
        place = f" under {where}" if where else ""
        raise ConfigError(f"{_name(file)}: ukjent nøkkel «{key}»{place}.{_nearest(key, known)}")


def _nearest(word: str, known: typing.Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.0)
    return f" Mente du «{close[0]}»?" if close else ""


def _expect(condition: bool, file: Path | None, where: str, wanted: type) -> None:
    if not condition:
        raise ConfigError(f"{_name(file)}: {where} må være {_TYPE_WORDS.get(wanted, 'en annen type verdi')}.")


def _name(file: Path | None) -> str:
    return str(file) if file else "innstillingene"
