"""The output folder of a case: what was written, what a person has changed since, and safe writing.

Nothing that anyone has changed is replaced. The hashes of everything this program wrote are kept in
``.ssu/manifest.json`` beside the outputs, and are noted *before* the files appear, so that a run
that is cut off never takes its own half-finished work for a person's.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import CaseBusy, SaksutkastError

OWN = ".ssu"
_BEGUN = ".skriver-"  # the name of a file that is being written
_VERSIONED = re.compile(r"^(?P<stem>.+?)(?:\.v(?P<n>\d+))?(?P<suffix>\.[^.]+)$")


class OutputProblem(SaksutkastError):
    """The output folder cannot be written: full disk, no permission."""

    exit_code = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Where one output went. ``beside``: the file with a person's changes, which was left alone."""

    name: str
    path: Path
    changed: bool  # the file was written now, not just found to be the same
    beside: Path | None = None


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sha256_of(path: Path) -> str:
    try:
        return file_sha256(path)
    except OSError:
        return ""


@contextlib.contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Hold the case for this run. The operating system frees it when the process dies.

    Raises CaseBusy when another run holds it.
    """
    from filelock import FileLock, Timeout

    own = folder / OWN
    try:
        own.mkdir(parents=True, exist_ok=True)
        lock = FileLock(own / "lock", timeout=0)
        lock.acquire()
    except Timeout:
        raise CaseBusy(f"En annen kjøring holder på med saken «{folder.name}». Vent til den er ferdig, og prøv igjen.") from None
    except OSError as error:
        raise OutputProblem(f"Kan ikke skrive i {folder} ({error.strerror}). Sjekk at mappen finnes og at du har tilgang.") from None
    try:
        sweep(folder)
        yield
    finally:
        lock.release()
        if not (own / "manifest.json").exists() and [p.name for p in folder.iterdir()] == [OWN]:
            shutil.rmtree(folder, ignore_errors=True)  # nothing was written for the case


class Store:
    """The output folder of one case."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._manifest = folder / OWN / "manifest.json"
        self._ours = self._load()
        self._drafts, self._merged, self._settled = self._load_drafts()

    def _load(self) -> dict[str, list[str]]:
        for file, take in ((self._manifest, lambda d: d["written"]),
                           (self.folder / "data" / "run.json",
                            lambda d: {o["path"]: [o["sha256"]] for o in d["outputs"]})):
            try:
                written = take(json.loads(file.read_text(encoding="utf-8")))
                return {str(k): [str(v) for v in vs] for k, vs in written.items()}
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                continue
        return {}

    def _load_drafts(self) -> tuple[dict[str, str], dict[str, str], list[str]]:
        """Version -> hash of the draft it was begun from; merged version -> hash of the person's file in it; the edited
        versions that the last run had nothing new for."""
        try:
            manifest = json.loads(self._manifest.read_text(encoding="utf-8"))
            drafts, merged = ({str(k): str(v) for k, v in manifest.get(key, {}).items()} for key in ("drafts", "merged"))
            return drafts, merged, [str(v) for v in manifest.get("settled", ())]
        except (OSError, ValueError, TypeError, AttributeError):
            return {}, {}, []

    def merged(self, name: str) -> bool:
        """Whether a version was a person's file with news when it was written."""
        return name in self._merged

    def base(self, name: str) -> bytes | None:
        """The draft whose news stand in a version ("saksfremlegg.v2.docx"): what its editor's work is compared with.

        For a file that was merged this is the draft that was merged in. None: unknown, or no longer whole.
        """
        digest = self._drafts.get(name, "")
        try:
            data = self._base_file(name, digest).read_bytes()
        except OSError:
            return None
        return data if digest and sha256(data) == digest else None

    def _base_file(self, name: str, digest: str) -> Path:
        return self.folder / OWN / "base" / f"{digest}{Path(name).suffix}"

    def state(self, name: str) -> str:
        """ "missing", "ours" (as this program wrote it) or "edited" (anyone changed it, or wrote it)."""
        path = self.folder / name
        if not path.is_file():
            return "missing"
        try:
            return "ours" if file_sha256(path) in self._ours.get(name, ()) else "edited"
        except OSError:
            return "edited"

    def versions(self, name: str) -> list[str]:
        """All existing versions of an output, oldest first: "x.docx", "x.v2.docx" …"""
        m = _VERSIONED.match(Path(name).name)
        folder = (self.folder / name).parent
        found = []
        for path in folder.glob("*") if folder.is_dir() else ():
            other = _VERSIONED.match(path.name)
            if other and other["stem"] == m["stem"] and other["suffix"] == m["suffix"] and path.is_file():
                found.append((int(other["n"] or 1), str(Path(name).with_name(path.name).as_posix())))
        return [relative for _, relative in sorted(found)]

    def target(self, name: str, *, writing: bool = True) -> tuple[str, str | None]:
        """(the name to write, the newest version that must be left alone, or None).

        A file that is open in Word or LibreOffice is left alone too when ``writing``.
        """
        blocked, number = None, 0
        for version in self.versions(name):
            if self.state(version) == "edited" or (writing and is_open(self.folder / version)):
                blocked, number = version, _number(version)
        return (_numbered(name, number + 1) if number else name), blocked

    def current(self, names: Mapping[str, str] | list[str]) -> bool:
        """Whether every output stands as written, so that there is nothing to write."""
        return all(self._is_current(*self.target(name, writing=False)) for name in names)

    def _is_current(self, target: str, blocked: str | None) -> bool:
        state = self.state(target)
        if state == "ours" and blocked is not None and target in self._merged:
            return self._merged[target] == _sha256_of(self.folder / blocked)  # else it lacks what was done since
        return state == "ours" or (state == "missing" and blocked is not None and blocked in self._settled)

    def write(self, outputs: Mapping[str, bytes], *, drafts: Mapping[str, bytes] | None = None,
              settled: Iterable[str] = ()) -> list[Written]:
        """Write all outputs, each whole or not at all; unchanged ones are left as they are.

        ``drafts``: by output name, the draft that a merged output has taken its news from (else the output is its own
        draft); it is kept for ``base``. ``settled``: outputs that are not written because a person's version of them
        lacks nothing.

        Raises OutputProblem when the folder cannot be written; nothing of a person's is touched then either.
        """
        plan: list[tuple[str, str, str | None, bytes, str]] = []
        for name, data in outputs.items():
            target, blocked = self.target(name)
            plan.append((name, target, blocked, data, sha256(data)))
        try:
            for _, target, _, _, digest in plan:
                known = self._ours.setdefault(target, [])
                if digest not in known:
                    known.append(digest)
            begun = {target: (drafts or {}).get(name, data) for name, target, _, data, _ in plan if name.endswith(".docx")}
            for target, draft in begun.items():
                kept = self._base_file(target, sha256(draft))
                if not kept.is_file():
                    write_atomically(kept, draft)
            self._save()
            written = []
            for name, target, blocked, data, digest in plan:
                path = self.folder / target
                same = path.is_file() and file_sha256(path) == digest
                if not same:
                    write_atomically(path, data)
                written.append(Written(name=name, path=path, changed=not same,
                                       beside=self.folder / blocked if blocked else None))
            self._ours = {**self._ours, **{target: [digest] for _, target, _, _, digest in plan}}
            # Only now: a run that is cut off must leave the older draft, whose news are then found again.
            self._drafts = {v: d for v, d in self._drafts.items() if (self.folder / v).is_file()}
            self._drafts |= {target: sha256(draft) for target, draft in begun.items()}
            self._merged = {v: h for v, h in self._merged.items() if v in self._drafts and v not in begun}
            self._merged |= {target: _sha256_of(self.folder / blocked) for name, target, blocked, _, _ in plan
                             if blocked and name in (drafts or {})}
            self._settled = [blocked for name in settled if (blocked := self.target(name, writing=False)[1])]
            self._save()
            self._forget_drafts()
            return written
        except OSError as error:
            raise OutputProblem(f"Kan ikke skrive i {self.folder} ({error.strerror or error}). "
                                "Sjekk ledig plass og tilgang, lukk filene i Word og Excel, og kjør på nytt.") from error

    def _forget_drafts(self) -> None:
        """Remove drafts that no version was begun from any more."""
        wanted = {self._base_file(v, d).name for v, d in self._drafts.items()}
        folder = self.folder / OWN / "base"
        for file in folder.iterdir() if folder.is_dir() else ():
            if file.name not in wanted:
                with contextlib.suppress(OSError):
                    file.unlink()

    def _save(self) -> None:
        text = json.dumps({"written": self._ours, "drafts": self._drafts, "merged": self._merged, "settled": self._settled},
                          ensure_ascii=False, indent=1, sort_keys=True)
        write_atomically(self._manifest, text.encode())


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it appears whole or not at all, also when the power goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=_BEGUN)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def sweep(folder: Path) -> None:
    """Remove what a run that was killed had begun to write in ``folder``. Only for the one that holds it."""
    for place in (folder, folder / "data", folder / OWN, folder / OWN / "base"):
        for file in place.glob(f"{_BEGUN}*"):
            with contextlib.suppress(OSError):
                file.unlink()


def is_open(path: Path) -> bool:
    """Whether Word or LibreOffice has the file open, by the lock file it leaves beside it."""
    # Word drops the first two characters of long names: "~$ksfremlegg.docx".
    names = {f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#"}
    return any((path.parent / name).exists() for name in names)


def _number(name: str) -> int:
    return int(_VERSIONED.match(Path(name).name)["n"] or 1)


def _numbered(name: str, n: int) -> str:
    m = _VERSIONED.match(Path(name).name)
    return Path(name).with_name(f"{m['stem']}{f'.v{n}' if n > 1 else ''}{m['suffix']}").as_posix()
