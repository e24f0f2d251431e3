"""Every input file is read in a worker process that can be killed; attachments become documents of their own.

The parent never opens an input's content. A worker is a plain ``python -c`` child that speaks
length-prefixed frames of built-in types over its standard streams: it starts fast on every system,
does not import the program's main module again, and its answers are unpickled without any class.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import queue
import re
import signal
import stat
import struct
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from pipeline import readers
from pipeline.config import Limits, Reading
from pipeline.errors import FileProblem, InternalError, OverLimit, Unreadable, Unsupported
from pipeline.model import Attachment, Block, Content, Document, Finding, assemble

_BYTES_PER_WORKER = 400_000  # a further worker costs about 0.15 s to start; below this it does not pay
_START = "from pipeline import sandbox; sandbox.serve()"
_CRASHES = 3  # how often one file may bring down a worker before its unread attachments are given up
_FRAME = struct.Struct("<Q")
_CRASHED = Unreadable(
    "Filen fikk leseprogrammet til å krasje.",
    "Åpne den, lagre den på nytt (helst som .docx eller PDF) og legg den inn igjen.",
)
_UNREAD = Unreadable(
    "Vedlegget ble ikke lest, fordi lesingen av filen det ligger i, måtte avbrytes.",
    "Lagre vedlegget for seg i saksmappen.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """One file of a case. ``source`` is its path relative to the case folder, with forward slashes."""

    source: str
    path: Path


def read_files(
    files: Sequence[InputFile], options: readers.Options, progress: Callable[[str], None] | None = None
) -> tuple[Document, ...]:
    """All files, each followed by what was inside it, in the order given.

    ``progress`` is called with a file's source when it is done. A file that cannot be read is a
    document with status "failed" or "unsupported" and ``error`` in Norwegian. Raises InternalError when a
    file or an attachment is in the result never or twice.
    """
    sources = Counter(f.source for f in files)
    if twice := [s for s, n in sources.items() if n > 1]:
        raise InternalError(f"Filen «{twice[0]}» er meldt inn to ganger. Dette er en feil i programmet.")
    if not files:
        return ()
    jobs = {f.source: _Job(f) for f in files}
    # the largest first, so that it does not start when all others are done
    pending = sorted(jobs.values(), key=lambda j: -j.size)
    wanted = options.reading.workers or os.cpu_count() or 1
    count = max(1, min(wanted, len(files), 1 + sum(j.size for j in pending) // _BYTES_PER_WORKER))
    _run(pending, count, options, progress)
    documents = tuple(d for f in files for d in jobs[f.source].documents())
    _account(files, jobs, documents)
    return documents


def _account(files: Sequence[InputFile], jobs: dict[str, _Job], documents: tuple[Document, ...]) -> None:
    """Documents + failures = inputs, attachments included."""
    expected = Counter(s for f in files for s in (f.source, *jobs[f.source].announced))
    found = Counter(d.source for d in documents)
    if expected != found:
        lost = ", ".join(sorted(set((expected - found) | (found - expected)))[:5])
        raise InternalError(
            f"Antall leste filer stemmer ikke med antall filer i saken ({lost}). "
            "Dette er en feil i programmet; ingenting er skrevet."
        )


# --- the parent's side ---------------------------------------------------------------------------


@dataclass(slots=True)
class _Job:
    """One input file on its way through a worker."""

    file: InputFile
    size: int = 0
    done: dict[str, Document] = field(default_factory=dict)
    announced: dict[str, str] = field(default_factory=dict)  # attachment -> what it is attached to
    current: str = ""
    skip: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    crashes: int = 0
    deadline: float = 0.0

    def __post_init__(self) -> None:
        with contextlib.suppress(OSError):
            self.size = self.file.path.stat().st_size

    def documents(self) -> list[Document]:
        """The file, then its attachments depth first."""
        children: dict[str, list[str]] = {}
        for child, parent in self.announced.items():
            children.setdefault(parent, []).append(child)
        out, stack = [], [self.file.source]
        while stack:
            source = stack.pop()
            if source in self.done:
                out.append(self.done[source])
            stack.extend(reversed(children.get(source, [])))
        return out

    def give_up(self, problem: FileProblem) -> None:
        """What is not read yet fails: the part that was being read for ``problem``, the rest for want of a reader."""
        at = self.current or self.file.source
        for source in (self.file.source, *self.announced):
            if source not in self.done:
                reason = problem if source == at or source == self.file.source else _UNREAD
                digest, size = _digest(self.file.path) if source == self.file.source else ("", 0)
                self.done[source] = _failed(source, reason, digest, size, self.announced.get(source))


class _Worker:
    """A child process and the thread that listens to it."""

    def __init__(self, options: readers.Options, inbox: queue.SimpleQueue) -> None:
        root = str(Path(__file__).resolve().parent.parent)
        code = f"import sys; sys.path[:0] = [{root!r}]; {_START}"
        extra: dict = (
            {"start_new_session": True}
            if os.name == "posix"
            else {"creationflags": getattr(subprocess, "CREATE_NO_WINDOW", 0)}
        )
        self.process = subprocess.Popen(  # noqa: S603 - this same Python; nothing of an input is in the command
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "OMP_THREAD_LIMIT": "1"},
            **extra,
        )
        self.job: _Job | None = None
        self._inbox = inbox
        self.send(("options", (asdict(options.limits), asdict(options.reading))))
        threading.Thread(target=self._listen, daemon=True).start()

    def send(self, message: tuple) -> None:
        # a worker that has died is noticed by the listener
        with contextlib.suppress(OSError, ValueError):
            _write(self.process.stdin, message)

    def start(self, job: _Job, seconds: int) -> None:
        self.job, job.current = job, job.file.source
        if not job.deadline:
            job.deadline = time.monotonic() + seconds
        self.send(("read", (job.file.source, str(job.file.path), tuple(job.skip.items()))))

    def _listen(self) -> None:
        stream = self.process.stdout
        try:
            while (message := _receive(stream)) is not None:
                self._inbox.put((self, message))
        except (OSError, ValueError, EOFError, pickle.UnpicklingError, MemoryError):
            pass
        self._inbox.put((self, None))

    def kill(self) -> None:
        """The process and whatever it started (an OCR engine, an office program)."""
        if os.name == "posix":
            with contextlib.suppress(OSError):
                os.killpg(self.process.pid, signal.SIGKILL)
        else:
            _kill_tree(self.process.pid)
        with contextlib.suppress(OSError):
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError, ValueError):
                stream.close()


def _kill_tree(pid: int) -> None:
    import psutil

    with contextlib.suppress(psutil.Error):
        for child in psutil.Process(pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                child.kill()


def _run(pending: list[_Job], count: int, options: readers.Options, progress: Callable[[str], None] | None) -> None:
    inbox: queue.SimpleQueue = queue.SimpleQueue()
    waiting = list(reversed(pending))
    workers: set[_Worker] = set()
    seconds = max(options.limits.seconds_per_file, 1)

    def finished(job: _Job) -> None:
        if progress is not None:
            progress(job.file.source)

    def feed(worker: _Worker | None = None) -> None:
        if waiting:
            if worker is None:
                worker = _Worker(options, inbox)
                workers.add(worker)
            worker.start(waiting.pop(), seconds)

    def fail(worker: _Worker, problem: FileProblem, *, again: bool) -> None:
        """``worker`` is lost; its job goes on in another one without the part that did it, or ends here."""
        job = worker.job
        workers.discard(worker)
        worker.kill()
        if job is not None:
            job.crashes += 1
            part = job.current
            if again and part != job.file.source and job.crashes < _CRASHES:
                job.skip[part] = (type(problem).__name__, problem.reason, problem.remedy)
                job.done.clear()
                job.announced.clear()
                waiting.append(job)
            else:
                job.give_up(problem)
                finished(job)
        feed()

    try:
        for _ in range(count):
            feed()
        while workers and any(w.job is not None for w in workers):
            try:
                worker, message = inbox.get(timeout=0.1)
            except queue.Empty:
                _watch(workers, options.limits, fail)
                continue
            if worker not in workers:
                continue  # the last words of one that was killed
            if message is None:
                fail(worker, _CRASHED, again=True)
                continue
            job = worker.job
            match message:
                case ("start", source):
                    job.current = source
                case ("attachments", (source, names)):
                    job.announced.update(dict.fromkeys(names, source))
                case ("document", raw):
                    document = _unpack(raw)
                    job.done[document.source] = document
                case ("end", _):
                    worker.job = None
                    finished(job)
                    feed(worker)
            if time.monotonic() > min((w.job.deadline for w in workers if w.job), default=float("inf")):
                _watch(workers, options.limits, fail)
    finally:
        for worker in workers:
            worker.kill()


def _watch(workers: set[_Worker], limits: Limits, fail: Callable) -> None:
    """Kills what is over its time or, where the system has no limit of its own, over its memory."""
    now = time.monotonic()
    for worker in tuple(workers):
        if worker.job is None:
            continue
        if now > worker.job.deadline:
            fail(
                worker,
                OverLimit(
                    f"Lesingen tok mer enn grensen på {limits.seconds_per_file} sekunder (limits.seconds_per_file).",
                    "Del filen opp, eller hev grensen i config.toml.",
                ),
                again=False,
            )
        elif not sys.platform.startswith("linux") and _resident(worker.process.pid) > limits.memory_mb * 2**20:
            fail(worker, _memory(limits), again=True)


def _resident(pid: int) -> int:
    import psutil

    try:
        return psutil.Process(pid).memory_info().rss
    except psutil.Error:
        return 0


def _memory(limits: Limits) -> OverLimit:
    return OverLimit(
        f"Filen trenger mer minne enn grensen på {limits.memory_mb} MB (limits.memory_mb).",
        "Del filen opp, eller hev grensen i config.toml.",
    )


def _digest(path: Path) -> tuple[str, int]:
    """(sha256, size) of a file's bytes, or ("", 0) when it cannot be read."""
    digest, size = hashlib.sha256(), 0
    try:
        with _open(path) as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
                size += len(chunk)
    except (OSError, FileProblem):
        return "", 0
    return digest.hexdigest(), size


def _failed(source: str, problem: FileProblem, digest: str, size: int, parent: str | None, form: str = "") -> Document:
    return Document(
        source=source, sha256=digest, size=size, status=problem.status, error=str(problem), parent=parent, format=form
    )


# --- frames: built-in types only -----------------------------------------------------------------


class _Plain(pickle.Unpickler):
    """Unpickles built-in types; a worker that was taken over cannot name a class or a function."""

    def find_class(self, module: str, name: str) -> object:
        raise pickle.UnpicklingError(f"{module}.{name}")


def _write(stream: BinaryIO, message: tuple) -> None:
    data = pickle.dumps(message, protocol=5)
    stream.write(_FRAME.pack(len(data)) + data)
    stream.flush()


def _receive(stream: BinaryIO) -> tuple | None:
    head = stream.read(_FRAME.size)
    if len(head) < _FRAME.size:
        return None
    (length,) = _FRAME.unpack(head)
    data = stream.read(length)
    return _Plain(io.BytesIO(data)).load() if len(data) == length else None


def _pack(document: Document) -> tuple:
    blocks = [tuple(b) for b in document.blocks]
    findings = [(f.kind, f.message, f.source, f.locator) for f in document.findings]
    # the text is put together again from the blocks
    return (
        document.source,
        document.sha256,
        document.size,
        document.format,
        document.status,
        document.error,
        document.properties,
        document.container,
        document.parent,
        findings,
        blocks,
    )


def _unpack(raw: tuple) -> Document:
    source, sha256, size, form, status, error, properties, container, parent, findings, rows = raw
    blocks = tuple(map(Block._make, rows))
    text = "\n".join(f"{b.marker} {b.text}" if b.marker else b.text for b in blocks)  # as model.assemble
    return Document(
        source=source,
        sha256=sha256,
        size=size,
        format=form,
        status=status,
        error=error,
        text=text,
        blocks=blocks,
        properties=properties,
        container=container,
        parent=parent,
        findings=tuple(Finding(kind=k, message=m, source=s, locator=w) for k, m, s, w in findings),
    )


# --- the worker's side ---------------------------------------------------------------------------


def serve() -> None:
    """The worker's loop: reads what it is told to until its standard input ends."""
    inbox, outbox = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # what a library prints must not get between the frames
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(null, stream)
    options = readers.Options()
    while (message := _receive(inbox)) is not None:
        match message:
            case ("options", (limits, reading)):
                options = readers.Options(limits=Limits(**limits), reading=Reading(**reading))
                _limit_memory(options.limits)
            case ("read", (source, path, skip)):
                _alarm(options.limits.seconds_per_file + 10)
                _File(source, options, dict(skip), lambda *m: _write(outbox, m)).read(Path(path))
                _alarm(0)
                _write(outbox, ("end", source))


def _limit_memory(limits: Limits) -> None:
    """Address space on Linux: what Python and its libraries map before they read anything comes on top."""
    if sys.platform.startswith("linux"):
        import resource

        most = (limits.memory_mb + 300) * 2**20
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        # the soft limit only: a program that a reader starts (LibreOffice) may raise it again
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (most if hard < 0 else min(most, hard), hard))


def _alarm(seconds: int) -> None:
    """Ends this process even when its parent is gone and cannot."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


class _File:
    """One input file with everything inside it, under one budget."""

    def __init__(
        self,
        source: str,
        options: readers.Options,
        skip: dict[str, tuple[str, str, str]],
        send: Callable[[str, object], None],
    ) -> None:
        self.source, self.options, self.skip, self.send = source, options, skip, send
        self.left = options.limits.unpacked_mb * 2**20
        self.files_left = options.limits.files_per_archive

    def read(self, path: Path) -> None:
        try:
            data = self._bytes(path)
        except FileProblem as problem:
            digest, size = _digest(path)
            self._document(_failed(self.source, problem, digest, size, None))
            return
        self._one(self.source, data, None, 0)

    def _bytes(self, path: Path) -> bytes:
        limit = self.options.limits.file_mb
        try:
            with _open(path) as stream:
                data = stream.read(limit * 2**20 + 1)
        except FileNotFoundError as error:
            raise Unreadable("Filen finnes ikke lenger.", "Legg den inn i saksmappen på nytt.") from error
        except PermissionError as error:
            raise Unreadable(
                "Programmet har ikke lov til å lese filen.",
                "Lukk den hvis den er åpen i et annet program, eller gi lesetilgang til den.",
            ) from error
        except OSError as error:
            raise Unreadable(
                f"Filen kan ikke leses fra disken ({error.strerror or 'ukjent feil'}).",
                "Kopier den inn på nytt, og kontroller nettverksstasjonen.",
            ) from error
        except MemoryError as error:
            raise _memory(self.options.limits) from error
        if len(data) > limit * 2**20:
            raise OverLimit(
                f"Filen er større enn grensen på {limit} MB (limits.file_mb).",
                "Del den opp, eller hev grensen i config.toml.",
            )
        return data

    def _one(self, source: str, data: bytes, parent: str | None, depth: int) -> None:
        self.send("start", source)
        digest = hashlib.sha256(data).hexdigest()
        form = ""
        try:
            if source in self.skip:
                _, reason, remedy = self.skip[source]
                raise Unreadable(reason, remedy)
            if depth > self.options.limits.nesting:
                raise OverLimit(
                    f"Vedlegget ligger dypere enn grensen på {self.options.limits.nesting} nivåer (limits.nesting).",
                    "Lagre det for seg i saksmappen.",
                )
            if parent is not None:
                self.left -= len(data)
                self.files_left -= 1
                if self.left < 0:
                    raise OverLimit(
                        f"Vedleggene er til sammen større enn grensen på {self.options.limits.unpacked_mb} MB "
                        "(limits.unpacked_mb).",
                        "Lagre vedleggene for seg i saksmappen.",
                    )
                if self.files_left < 0:
                    raise OverLimit(
                        f"Filen har flere vedlegg enn grensen på {self.options.limits.files_per_archive} "
                        "(limits.files_per_archive).",
                        "Pakk den ut i saksmappen.",
                    )
            reader = readers.find(data, source)
            form = reader.NAME if reader is not None else ""
            content = readers.read(data, source.rpartition("/")[2], self.options)
            document = _document(source, content, digest, len(data), parent)
            attachments, content = content.attachments, None  # its blocks would lie in memory twice
        except FileProblem as problem:
            self._document(_failed(source, problem, digest, len(data), parent, form))
            return
        except MemoryError:
            self._document(_failed(source, _memory(self.options.limits), digest, len(data), parent, form))
            return
        except RecursionError:
            problem = Unreadable(
                "Filen er bygd opp med altfor mange nivåer inni hverandre.", "Lagre den på nytt i Word eller som PDF."
            )
            self._document(_failed(source, problem, digest, len(data), parent, form))
            return
        except Exception as error:
            problem = Unreadable(
                f"Filen er skadet eller laget på en uventet måte ({type(error).__name__}).",
                "Åpne den, lagre den på nytt og legg den inn igjen.",
            )
            self._document(_failed(source, problem, digest, len(data), parent, form))
            return
        names = child_names(attachments)
        sources = [f"{source}/{name}" for name in names]
        self.send("attachments", (source, sources))
        self._document(document)
        for child, attachment in zip(sources, attachments, strict=True):
            self._one(child, attachment.data, source, depth + 1)

    def _document(self, document: Document) -> None:
        try:
            packed = _pack(document)
            self.send("document", packed)
        except MemoryError:
            self.send(
                "document",
                _pack(
                    _failed(
                        document.source,
                        _memory(self.options.limits),
                        document.sha256,
                        document.size,
                        document.parent,
                        document.format,
                    )
                ),
            )


def _open(path: Path) -> BinaryIO:
    """An ordinary file for reading. Raises OSError, or Unsupported for a pipe, a device or a folder."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Unsupported("Dette er ingen vanlig fil.", "Fjern den fra saksmappen.")
    return os.fdopen(handle, "rb")


_UNCLEAN = re.compile("[\x00-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def _document(source: str, content: Content, digest: str, size: int, parent: str | None) -> Document:
    """What a reader found, with offsets, clean text and findings that know their file."""
    from pipeline.readers import _encoding
    from pipeline.readers._common import clean

    blocks = []
    for block in content.blocks:
        if _UNCLEAN.search(block.text) or _UNCLEAN.search(block.marker):
            block = block._replace(text=clean(block.text), marker=clean(block.marker))
        if block.text or block.kind == "cell":
            blocks.append(block)
    if not content.container and not content.attachments and not any(b.text for b in blocks):
        raise Unreadable(
            "Filen har ingen tekst.",
            "Er den et bilde eller en skanning, må den leses med OCR. Be ellers avsenderen sende den på nytt.",
        )
    text, placed = assemble(blocks)
    findings = content.findings
    if not any(f.kind == "broken_letters" for f in findings):
        findings += _encoding.broken_letters(text)
    properties = tuple((clean(k), clean(v)) for k, v in content.properties)
    return Document(
        source=source,
        sha256=digest,
        size=size,
        format=content.format,
        text=text,
        blocks=placed,
        properties=properties,
        container=content.container,
        parent=parent,
        findings=tuple(replace(f, source=source, message=f"«{source}»: {f.message}") for f in findings),
    )


# --- names of attachments ------------------------------------------------------------------------

_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FORBIDDEN = re.compile('[\x00-\x1f\x7f-\x9f<>:"|?*\ud800-\udfff\ufffe\uffff]')
_DEVICE = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$", re.IGNORECASE)
_NAME_BYTES = 255


def child_names(attachments: Sequence[Attachment]) -> list[str]:
    """A harmless name for each attachment, in order; the second of two equal names gets " (2)"."""
    taken: set[str] = set()
    names = []
    for attachment in attachments:
        name = safe_name(attachment.name)
        folder, slash, last = name.rpartition("/")
        stem, dot, ending = last.rpartition(".")
        candidate, n = name, 1
        while candidate.casefold() in taken:
            n += 1
            numbered = f"{stem} ({n}).{ending}" if dot and stem else f"{last} ({n})"
            candidate = f"{folder}{slash}{_short(numbered)}"
        taken.add(candidate.casefold())
        names.append(candidate)
    return names


def safe_name(name: str) -> str:
    """A relative path of ordinary names: no "..", drive, device name, control or bidi character, 255 bytes each."""
    parts = []
    for part in re.split(r"[/\\]", _BIDI.sub("", name)):
        part = " ".join(_FORBIDDEN.sub("_", part).split()).rstrip(". ").strip()
        if part and not set(part) <= {".", "_"}:
            parts.append(_short(f"_{part}" if _DEVICE.match(part) else part))
    return "/".join(parts[-8:]) or "uten navn"


def _short(part: str) -> str:
    if len(part.encode()) <= _NAME_BYTES:
        return part
    stem, dot, ending = part.rpartition(".")
    tail = f"{dot}{ending}" if stem and len(ending) <= 10 else ""
    return part.encode()[: _NAME_BYTES - len(tail.encode()) - 3].decode(errors="ignore").rstrip() + "…" + tail
