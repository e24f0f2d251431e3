"""What was read out of each file and understood of each answer, kept until the file, the settings or the code change.

An SQLite file beside the case's outputs, ``outputs/<case>/.ssu/lest.sqlite``: the texts stay where the drafts are,
and go when they go. A row of ``lest`` is the documents of one input file, attachments included, under the SHA-256 of the file's
bytes; the documents carry the hash of the bytes they were read from, so that a file that changes meanwhile is never
kept under the wrong one. Rows are JSON and carry their own hash: a damaged file or row is read anew, and nothing
that somebody puts into the cache is ever run. Failures are not kept; they may be the machine's, and are tried again.
A row of ``forstatt`` is the statements of one answer, before themes; a row of ``regnet`` what a slow function gave for
one text (``language.memory``). What a run has had no use for is not kept either.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import logging
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pipeline import __version__
from pipeline.language import memory
from pipeline.model import Block, Document, Finding, Statement

log = logging.getLogger("ssu")

NAME = "lest.sqlite"
SCHEMA = 2
_LIBRARIES = ("lxml", "pypdfium2", "pypdf", "openpyxl", "python-calamine", "olefile", "striprtf")
_LANGUAGE_LIBRARIES = ("spacy", "simplemma", "onnxruntime", "tokenizers", "numpy", "scipy")
_PROGRAMS = ("tesseract", "soffice", "libreoffice", "pandoc")
_BUSY = 5.0  # seconds to wait for another process


class File(Protocol):
    """One file of a case, as ``sandbox.InputFile``."""

    @property
    def source(self) -> str: ...
    @property
    def path(self) -> Path: ...


F = TypeVar("F", bound=File)
T = TypeVar("T")


def read_files(
    read: Callable[[Sequence[F], Any, Callable[[str], None] | None], Sequence[Document]],
    files: Sequence[F], options: Any, progress: Callable[[str], None] | None = None, *, kept: Path | None = None,
    hashes: Mapping[str, str] | None = None,
) -> tuple[Document, ...]:
    """As ``read(files, options, progress)`` (``sandbox.read_files``), but only for what is not known already.

    ``kept``: the folder of the cache, or None for none. ``hashes``: source -> SHA-256 of the file where the caller
    knows it. Raises what ``read`` raises; a cache that cannot be used is never more than slower.
    """
    if kept is None or not files:
        return tuple(read(files, options, progress))
    settings = _settings(options)
    with _Kept.opened(kept / NAME) as known:
        done: dict[str, tuple[Document, ...]] = {}
        keys: dict[str, str] = {}
        for file in files:
            digest = (hashes or {}).get(file.source) or _file_hash(file.path)
            if digest:
                keys[file.source] = key = _key(file.source, digest, settings)
                if documents := known.get(_READINGS, key, _unpack):
                    done[file.source] = documents
                    if progress is not None:
                        progress(file.source)
        new = [f for f in files if f.source not in done]
        if new:
            names = {f.source for f in new}
            for family in _families(read(new, options, progress), names):
                done[family[0].source] = family
                if all(d.status == "ok" for d in family):
                    keys[family[0].source] = key = _key(family[0].source, family[0].sha256, settings)
                    known.put(_READINGS, key, _pack(family))
        known.forget_others(_READINGS, set(keys.values()))
    return tuple(d for f in files for d in done[f.source])


def _families(documents: Sequence[Document], files: set[str]) -> Iterator[tuple[Document, ...]]:
    """Each input file's document with those inside it, which follow it."""
    family: list[Document] = []
    for document in documents:
        if document.parent is None and document.source in files and family:
            yield tuple(family)
            family = []
        family.append(document)
    if family:
        yield tuple(family)


class _Table:
    """The statements for one table. Its name is ours, never a user's."""

    def __init__(self, name: str) -> None:
        self.create = f"CREATE TABLE IF NOT EXISTS {name} (key TEXT PRIMARY KEY, hash TEXT NOT NULL, documents BLOB NOT NULL)"
        self.select = f"SELECT hash, documents FROM {name} WHERE key = ?"  # noqa: S608
        self.insert = f"INSERT OR REPLACE INTO {name} VALUES (?, ?, ?)"  # noqa: S608
        self.keys = f"SELECT key FROM {name}"  # noqa: S608
        self.delete = f"DELETE FROM {name} WHERE key = ?"  # noqa: S608


_READINGS, _ANSWERS, _TEXTS = _TABLES = (_Table("lest"), _Table("forstatt"), _Table("regnet"))


class _Kept:
    """The cache file; every fault in it ends in an empty one, or in none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db: sqlite3.Connection | None = None

    @classmethod
    @contextlib.contextmanager
    def opened(cls, path: Path) -> Iterator[_Kept]:
        self = cls(path)
        self._open()
        try:
            yield self
            self._end()
        finally:
            self._close()

    def _open(self) -> None:
        for attempt in (1, 2):
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._db = sqlite3.connect(self._path, timeout=_BUSY)
                self._db.execute("PRAGMA secure_delete = ON")  # a text that is taken out is not left in free pages
                version = self._db.execute("PRAGMA user_version").fetchone()[0]
                if version not in (0, SCHEMA):
                    raise sqlite3.DatabaseError("another layout")
                for table in _TABLES:
                    self._db.execute(table.create)
                self._db.execute(f"PRAGMA user_version = {SCHEMA}")
                self._db.commit()
                return
            except (sqlite3.OperationalError, OSError):  # locked, read-only, no room: leave it alone
                self._close()
                return
            except sqlite3.DatabaseError:
                self._rebuild(attempt)

    def _rebuild(self, attempt: int = 1) -> None:
        self._close()
        log.info("Mellomlageret %s var skadet eller fra en annen versjon. Det er bygd opp på nytt, og ingenting er tapt.", self._path.name)
        for ending in ("", "-journal", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        if attempt > 1:
            self._db = None

    def _fail(self, error: sqlite3.Error) -> None:
        """After an error in use: do without, and start afresh next time when the file itself is damaged."""
        if isinstance(error, sqlite3.OperationalError) and "malformed" not in str(error):
            self._close()
        else:
            self._rebuild()

    def get(self, table: _Table, key: str, unpack: Callable[[bytes], T]) -> T | None:
        if self._db is None:
            return None
        try:
            row = self._db.execute(table.select, (key,)).fetchone()
        except sqlite3.Error as error:
            self._fail(error)
            return None
        if row is None:
            return None
        digest, data = row
        if not isinstance(data, bytes) or digest != _row_hash(key, data):
            log.info("En rad i mellomlageret %s var skadet. Filen den gjaldt, leses på nytt.", self._path.name)
            return None
        try:
            return unpack(data)
        except (ValueError, TypeError, KeyError, IndexError, RecursionError):
            return None

    def put(self, table: _Table, key: str, data: bytes) -> None:
        if self._db is None:
            return
        try:
            self._db.execute(table.insert, (key, _row_hash(key, data), data))
        except sqlite3.Error as error:
            self._fail(error)

    def forget_others(self, table: _Table, keys: set[str]) -> None:
        """What no file of the case has any more is not kept: it was perhaps taken out for a reason."""
        if self._db is None:
            return
        try:
            gone = [(k,) for (k,) in self._db.execute(table.keys) if k not in keys]
            self._db.executemany(table.delete, gone)
        except sqlite3.Error as error:
            self._fail(error)

    def _end(self) -> None:
        if self._db is not None:
            try:
                self._db.commit()
            except sqlite3.Error as error:
                self._fail(error)

    def _close(self) -> None:
        if self._db is not None:
            with contextlib.suppress(sqlite3.Error):
                self._db.close()
            self._db = None


# --- what was understood --------------------------------------------------------------------------


class Understood:
    """The statements of answers, and what slow functions gave for texts, while a run is at it: see ``understanding``."""

    def __init__(self, kept: _Kept, settings: object) -> None:
        self._kept = kept
        self._settings = repr(settings)
        self._code = _language_code()
        self._answers: set[str] = set()  # the keys of those asked for
        self._texts: set[str] = set()  # the keys of all texts that were of use
        self._at_hand: set[str] = set()  # of these, those that the answer at hand has used

    def get(self, kind: str, text: str) -> bytes | None:
        """``memory.Memory``: what the function ``kind`` gave for ``text``."""
        key = self._text_key(kind, text)
        self._at_hand.add(key)
        return self._kept.get(_TEXTS, key, bytes)

    def put(self, kind: str, text: str, value: bytes) -> None:
        """``memory.Memory``: keep it."""
        self._kept.put(_TEXTS, self._text_key(kind, text), value)

    def statements(
        self, answers: Sequence[Document], understand: Callable[[Sequence[Document]], Iterator[tuple[Statement, ...]]],
    ) -> Iterator[tuple[Statement, ...]]:
        """The statements of each answer, in order; ``understand`` is asked for those of the answers that are not known."""
        keys = [self._answer_key(d) for d in answers]
        known = {k: found for k in keys if (found := self._kept.get(_ANSWERS, k, _unpack_statements)) is not None}
        new = understand([d for d, k in zip(answers, keys, strict=True) if k not in known])
        for key in keys:
            if key in known:
                texts, found = known[key]
                self._at_hand.update(texts)
            else:
                self._texts |= self._at_hand
                self._at_hand = set()
                found = next(new)
                self._kept.put(_ANSWERS, key, _pack_statements(sorted(self._at_hand), found))
            self._answers.add(key)
            yield found

    def forget_others(self) -> None:
        """What no text of the case has any more is not kept."""
        self._kept.forget_others(_ANSWERS, self._answers)
        self._kept.forget_others(_TEXTS, self._texts | self._at_hand)

    def _text_key(self, kind: str, text: str) -> str:
        return hashlib.sha256(f"{self._code}\n{kind}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def _answer_key(self, document: Document) -> str:
        return hashlib.sha256(f"{self._code}\n{self._settings}\n{document!r}".encode("utf-8", "surrogatepass")).hexdigest()


@contextlib.contextmanager
def understanding(folder: Path, settings: object) -> Iterator[Understood]:
    """Remember what is understood meanwhile in ``folder``. ``settings``: what the statements depend on beside their answer."""
    with _Kept.opened(folder / NAME) as kept:
        understood = Understood(kept, settings)
        with memory.using(understood):
            yield understood
        understood.forget_others()


_STATEMENT_FIELDS = tuple(f.name for f in fields(Statement))
_STATEMENT_VALUES = attrgetter(*_STATEMENT_FIELDS)


def _pack_statements(texts: Sequence[str], statements: Sequence[Statement]) -> bytes:
    return json.dumps([texts, [_STATEMENT_VALUES(s) for s in statements]], ensure_ascii=True, separators=(",", ":")).encode()


def _unpack_statements(data: bytes) -> tuple[list[str], tuple[Statement, ...]]:
    texts, rows = json.loads(data)
    return texts, tuple(
        Statement(**{k: tuple(v) if isinstance(v, list) else v for k, v in zip(_STATEMENT_FIELDS, row, strict=True)}) for row in rows)


@cache
def _language_code() -> str:
    """A hash over the code that understands, its data, and the versions of the libraries it uses."""
    package = Path(__file__).parent
    digest = _hash_of([*sorted((package / "language").glob("*.py")), package / "norsk.py", package / "lemma.py",
                       package / "model.py", Path(__file__)], _LANGUAGE_LIBRARIES)
    for file in sorted(p for p in (package / "data").rglob("*") if p.is_file()):
        with contextlib.suppress(OSError):
            about = file.stat()
            digest.update(f"{file.name} {about.st_size} {about.st_mtime_ns}".encode())
    return digest.hexdigest()


# --- keys -----------------------------------------------------------------------------------------


def _key(source: str, digest: str, settings: str) -> str:
    return hashlib.sha256(f"{settings}\n{digest}\n{source}".encode("utf-8", "surrogatepass")).hexdigest()


def _settings(options: Any) -> str:
    # the number of processes changes no result
    asked = {**asdict(options), "reading": {**asdict(options.reading), "workers": 0}}
    return hashlib.sha256(json.dumps([asked, _code(), _machine()], sort_keys=True, default=str).encode()).hexdigest()


@cache
def _code() -> str:
    """A hash over the code that reads, and the versions of the libraries it uses."""
    package = Path(__file__).parent
    return _hash_of([*sorted((package / "readers").glob("*.py")), package / "sandbox.py", package / "model.py", Path(__file__)],
                    _LIBRARIES).hexdigest()


def _hash_of(files: Sequence[Path], libraries: Sequence[str]):
    digest = hashlib.sha256(f"{__version__} {sys.version_info[:2]}".encode())
    for file in files:
        with contextlib.suppress(OSError):
            digest.update(file.name.encode() + file.read_bytes())
    for library in libraries:
        try:
            digest.update(f"{library} {importlib.metadata.version(library)}".encode())
        except importlib.metadata.PackageNotFoundError:
            digest.update(f"{library} -".encode())
    return digest


def _machine() -> list[str]:
    """The programs that readers use when they are there: installing one must lead to a new reading."""
    found = [shutil.which(name) or "" for name in _PROGRAMS]
    data = [Path(os.environ["TESSDATA_PREFIX"])] if os.environ.get("TESSDATA_PREFIX") else []
    data += [Path(p) for p in ("/usr/share/tesseract-ocr", "/usr/share/tessdata", "/usr/local/share/tessdata")]
    data += [Path(found[0]).parent / "tessdata"] if found[0] else []
    models = [str(p) for folder in data for pattern in ("*.traineddata", "*/tessdata/*.traineddata") for p in sorted(folder.glob(pattern))]
    return found + models


def _file_hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _row_hash(key: str, data: bytes) -> str:
    return hashlib.sha256(key.encode() + data).hexdigest()


# --- documents as JSON ----------------------------------------------------------------------------

# What a reading sets; the rest is set by intake, for the case as it is now.
_READ = ("source", "sha256", "size", "format", "status", "error", "text", "properties", "container", "parent", "language")
_DOCUMENT_VALUES = attrgetter(*_READ)


def _pack(documents: Sequence[Document]) -> bytes:
    return json.dumps(
        [[_DOCUMENT_VALUES(d), d.blocks, [(f.kind, f.message, f.source, f.locator) for f in d.findings]]
         for d in documents], ensure_ascii=True, separators=(",", ":")).encode()


def _unpack(data: bytes) -> tuple[Document, ...]:
    documents = []
    for values, blocks, findings in json.loads(data):
        given = dict(zip(_READ, values, strict=True))
        given["properties"] = tuple((str(k), str(v)) for k, v in given["properties"])
        documents.append(Document(
            **given,
            blocks=tuple(map(Block._make, blocks)),
            findings=tuple(Finding(kind=k, message=m, source=s, locator=at) for k, m, s, at in findings)))
    return tuple(documents)
