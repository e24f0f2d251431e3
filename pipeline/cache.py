"""What was read out of each file, kept until the file, the limits, the readers or the machine's OCR change.

An SQLite file beside the case's outputs, ``outputs/<case>/.ssu/lest.sqlite``: the texts stay where the drafts are,
and go when they go. A row is the documents of one input file, attachments included, under the SHA-256 of the file's
bytes; the documents carry the hash of the bytes they were read from, so that a file that changes meanwhile is never
kept under the wrong one. Rows are JSON and carry their own hash: a damaged file or row is read anew, and nothing
that somebody puts into the cache is ever run. Failures are not kept; they may be the machine's, and are tried again.
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
from pipeline.model import Block, Document, Finding

log = logging.getLogger("ssu")

NAME = "lest.sqlite"
SCHEMA = 1
_LIBRARIES = ("lxml", "pypdfium2", "pdfplumber", "pypdf", "openpyxl", "python-calamine", "odfpy", "olefile", "striprtf")
_PROGRAMS = ("tesseract", "soffice", "libreoffice", "pandoc")
_BUSY = 5.0  # seconds to wait for another process


class File(Protocol):
    """One file of a case, as ``sandbox.InputFile``."""

    @property
    def source(self) -> str: ...
    @property
    def path(self) -> Path: ...


F = TypeVar("F", bound=File)


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
                if documents := known.get(key):
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
                    known.put(key, family)
        known.forget_others(set(keys.values()))
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
                self._db.execute("CREATE TABLE IF NOT EXISTS lest (key TEXT PRIMARY KEY, hash TEXT NOT NULL, documents BLOB NOT NULL)")
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

    def get(self, key: str) -> tuple[Document, ...] | None:
        if self._db is None:
            return None
        try:
            row = self._db.execute("SELECT hash, documents FROM lest WHERE key = ?", (key,)).fetchone()
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
            return _unpack(data)
        except (ValueError, TypeError, KeyError, IndexError, RecursionError):
            return None

    def put(self, key: str, documents: tuple[Document, ...]) -> None:
        if self._db is None:
            return
        try:
            data = _pack(documents)
            self._db.execute("INSERT OR REPLACE INTO lest VALUES (?, ?, ?)", (key, _row_hash(key, data), data))
        except sqlite3.Error as error:
            self._fail(error)

    def forget_others(self, keys: set[str]) -> None:
        """What no file of the case has any more is not kept: it was perhaps taken out for a reason."""
        if self._db is None:
            return
        try:
            gone = [(k,) for (k,) in self._db.execute("SELECT key FROM lest") if k not in keys]
            self._db.executemany("DELETE FROM lest WHERE key = ?", gone)
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
    digest = hashlib.sha256(f"{__version__} {sys.version_info[:2]}".encode())
    package = Path(__file__).parent
    for file in [*sorted((package / "readers").glob("*.py")), package / "sandbox.py", package / "model.py", Path(__file__)]:
        with contextlib.suppress(OSError):
            digest.update(file.name.encode() + file.read_bytes())
    for library in _LIBRARIES:
        try:
            digest.update(f"{library} {importlib.metadata.version(library)}".encode())
        except importlib.metadata.PackageNotFoundError:
            digest.update(f"{library} -".encode())
    return digest.hexdigest()


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
_BLOCK_FIELDS = tuple(f.name for f in fields(Block))
_BLOCK_VALUES = attrgetter(*_BLOCK_FIELDS)


def _pack(documents: Sequence[Document]) -> bytes:
    return json.dumps(
        [[_DOCUMENT_VALUES(d), [_BLOCK_VALUES(b) for b in d.blocks], [(f.kind, f.message, f.source, f.locator) for f in d.findings]]
         for d in documents], ensure_ascii=True, separators=(",", ":")).encode()


def _unpack(data: bytes) -> tuple[Document, ...]:
    documents = []
    for values, blocks, findings in json.loads(data):
        given = dict(zip(_READ, values, strict=True))
        given["properties"] = tuple((str(k), str(v)) for k, v in given["properties"])
        documents.append(Document(
            **given,
            blocks=tuple(Block(**dict(zip(_BLOCK_FIELDS, b, strict=True))) for b in blocks),
            findings=tuple(Finding(kind=k, message=m, source=s, locator=at) for k, m, s, at in findings)))
    return tuple(documents)
