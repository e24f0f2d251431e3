"""Wait for files, and run a case when its files have stopped growing.

The folders are looked through at intervals: notices from the operating system do not come over network drives, which
is where secretariats keep their folders. Time is the monotonic clock, so that a clock set forward or back starts nothing.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.errors import ConfigError
from pipeline.intake.files import CASE_FILE, CORRECTIONS_FILE, CaseFolder

log = logging.getLogger("ssu")

INTERVAL = 3.0  # seconds between two looks
QUIET = 15.0  # seconds without any change before a case is run
PATIENCE = 600.0  # seconds to wait for a document that somebody has open before it is read as it is
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".filepart")

State = Mapping[str, tuple[int, int]]  # path -> (bytes, time of change in nanoseconds)


def state_of(folder: CaseFolder) -> dict[str, tuple[int, int]]:
    """Size and time of everything that a run of the case depends on. Raises OSError when the folder is out of reach."""
    paths = [path for _, path in folder.files] + [folder.folder / CASE_FILE, folder.folder / CORRECTIONS_FILE]
    os.stat(folder.folder)
    found = {}
    for path in paths:
        try:
            about = os.stat(path)
        except FileNotFoundError:
            continue
        found[str(path)] = (about.st_size, about.st_mtime_ns)
    return found


def unfinished(folder: CaseFolder) -> bool:
    """Whether a file is still being copied or downloaded, or is open in Word or LibreOffice, by what lies beside it."""
    folders = {folder.folder, *(path.parent for _, path in folder.files)}
    for place in folders:
        try:
            names = [entry.name for entry in os.scandir(place)]
        except OSError:
            return True
        if any(n.startswith(("~$", ".~lock.")) or n.casefold().endswith(_UNFINISHED) for n in names):
            return True
    return False


@dataclass(slots=True)
class Watcher:
    """Which cases are due. Feed it with ``look``; it holds no clock of its own."""

    quiet: float = QUIET
    patience: float = PATIENCE
    _seen: dict[str, State] = field(default_factory=dict)
    _changed: dict[str, float] = field(default_factory=dict)  # case -> when it last changed
    _since: dict[str, float] = field(default_factory=dict)  # case -> when it first was ready but for an open file

    def look(self, now: float, states: Mapping[str, State], open_cases: Sequence[str] = ()) -> list[str]:
        """The cases to run now. ``states``: every case as it is; ``open_cases``: those with unfinished files."""
        for case in set(self._seen) - set(states):
            for kept in (self._seen, self._changed, self._since):
                kept.pop(case, None)
        due = []
        for case, state in states.items():
            if self._seen.get(case) != state:
                self._seen[case] = dict(state)
                self._changed[case] = now
                self._since.pop(case, None)
            if case not in self._changed or now - self._changed[case] < self.quiet:
                continue
            if case in open_cases and now - self._since.setdefault(case, now) < self.patience:
                continue
            due.append(case)
        return sorted(due)

    def done(self, case: str) -> None:
        """The case has been run as it was when ``look`` named it; a change since is seen at the next look."""
        self._changed.pop(case, None)
        self._since.pop(case, None)


def watch(find: Callable[[], Sequence[CaseFolder]], run: Callable[[CaseFolder], bool], *, quiet: float = QUIET,
          interval: float = INTERVAL, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], object] = time.sleep,
          until: Callable[[], bool] = lambda: False) -> None:
    """Run each case when it is new or changed and then quiet, until ``until`` says so (or Ctrl-C).

    ``run`` returns False when the case should be tried again (another run holds it). Folders that cannot be reached,
    and settings that cannot be read, are tried again at the next look, and said once.
    """
    watcher = Watcher(quiet=quiet)
    lost = False
    while not until():
        try:
            folders = {folder.name: folder for folder in find()}
            states = {name: state_of(folder) for name, folder in folders.items()}
            lost = False
        except (OSError, ConfigError) as error:
            if not lost:
                reason = str(error) if isinstance(error, ConfigError) else \
                    f"Mappen med saker kan ikke leses nå ({error.strerror or 'ukjent feil'})."
                log.warning("%s Prøver igjen til det er i orden.", reason)
            lost = True
            sleep(interval)
            continue
        for name in watcher.look(clock(), states, [n for n, f in folders.items() if unfinished(f)]):
            if run(folders[name]):
                watcher.done(name)
        sleep(interval)
