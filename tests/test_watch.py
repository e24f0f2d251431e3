"""A case is run when its files have arrived and stopped growing: once, and again when something changes."""

import pytest

from pipeline import watch
from pipeline.errors import ConfigError
from pipeline.intake.files import find_cases
from pipeline.watch import Watcher


def state(size=1):
    return {"a": (size, 1)}


def test_a_case_is_due_when_it_has_been_quiet():
    """Growing files put it off; after the run it is not due again until something changes."""
    watcher = Watcher(quiet=10)
    assert watcher.look(0, {"sak": state(1)}) == []
    assert watcher.look(9, {"sak": state(2)}) == [], "still growing"
    assert watcher.look(18, {"sak": state(2)}) == []
    assert watcher.look(19, {"sak": state(2)}) == ["sak"]
    watcher.done("sak")
    assert watcher.look(100, {"sak": state(2)}) == []
    assert watcher.look(101, {"sak": state(3)}) == []
    assert watcher.look(111, {"sak": state(3)}) == ["sak"]


def test_a_removed_file_is_a_change():
    """The drafts must follow."""
    watcher = Watcher(quiet=1)
    watcher.look(0, {"sak": {"a": (1, 1), "b": (1, 1)}})
    watcher.look(1, {"sak": {"a": (1, 1), "b": (1, 1)}})
    watcher.done("sak")
    assert watcher.look(2, {"sak": {"a": (1, 1)}}) == []
    assert watcher.look(3, {"sak": {"a": (1, 1)}}) == ["sak"]


def test_cases_are_due_each_in_its_own_time():
    """One that is being filled does not hold up the other; one that is gone is forgotten."""
    watcher = Watcher(quiet=5)
    watcher.look(0, {"a": state(), "b": state()})
    assert watcher.look(5, {"a": state(), "b": state(2)}) == ["a"]
    assert watcher.look(20, {"b": state(2)}) == ["b"]
    assert watcher.look(21, {"a": state(), "b": state(2)}) == ["b"], "a is new again"


def test_an_open_document_is_waited_for_but_not_for_ever():
    """Somebody may have gone home with the file open."""
    watcher = Watcher(quiet=5, patience=100)
    watcher.look(0, {"sak": state()})
    assert watcher.look(10, {"sak": state()}, ["sak"]) == []
    assert watcher.look(50, {"sak": state()}, ["sak"]) == []
    assert watcher.look(60, {"sak": state()}) == ["sak"]
    assert watcher.look(111, {"sak": state()}, ["sak"]) == ["sak"]


@pytest.mark.parametrize("name", ["~$svar.docx", ".~lock.svar.docx#", "svar.docx.part", "svar.pdf.crdownload", "kopi.TMP"])
def test_lock_files_and_half_copies_show_that_a_case_is_not_ready(tmp_path, name):
    """They are told by their names; an ordinary file is no such sign."""
    (tmp_path / "sak" / "svar").mkdir(parents=True)
    (tmp_path / "sak" / "svar" / "svar.docx").write_text("x")
    (folder,) = find_cases(tmp_path, "løse")
    assert not watch.unfinished(folder)
    (tmp_path / "sak" / "svar" / name).write_text("x")
    assert watch.unfinished(folder)


class Clock:
    """Time that passes when somebody sleeps."""

    def __init__(self, events=()):
        self.now, self.events, self.slept = 0.0, dict(events), 0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds
        self.slept += 1
        if event := self.events.pop(self.slept, None):
            event()


def follow(inputs, clock, run, looks=20, find=None):
    watch.watch(find or (lambda: find_cases(inputs, "løse")), run, quiet=10, interval=5, clock=clock, sleep=clock.sleep,
                until=lambda: clock.slept >= looks)


def test_watching_runs_each_case_once_and_again_after_a_change(tmp_path):
    """What is there at the start, a new answer, and case.toml."""
    (tmp_path / "sak").mkdir()
    (tmp_path / "sak" / "a.txt").write_text("en")
    ran = []
    clock = Clock({6: lambda: (tmp_path / "sak" / "b.txt").write_text("to"),
                   12: lambda: (tmp_path / "sak" / "case.toml").write_text("")})
    follow(tmp_path, clock, lambda folder: ran.append((folder.name, len(folder.files))) or True)
    assert ran == [("sak", 1), ("sak", 2), ("sak", 2)]


def test_a_case_that_another_run_holds_is_tried_again(tmp_path):
    """Until the run says that it is done."""
    (tmp_path / "sak").mkdir()
    (tmp_path / "sak" / "a.txt").write_text("en")
    answers = iter([False, False, True])
    ran = []

    def run(folder):
        ran.append(folder.name)
        return next(answers)

    follow(tmp_path, Clock(), run)
    assert ran == ["sak"] * 3


@pytest.mark.parametrize(("error", "words"), [
    (OSError(5, "Nettverket er borte"), "Mappen med saker kan ikke leses nå (Nettverket er borte)."),
    (ConfigError("Fant ikke mappen inputs."), "Fant ikke mappen inputs.")])
def test_a_lost_network_drive_is_waited_for(tmp_path, monkeypatch, error, words):
    """Said once, and the case is run when the folder is back."""
    (tmp_path / "sak").mkdir()
    (tmp_path / "sak" / "a.txt").write_text("en")
    looks, ran, told = iter(range(100)), [], []
    monkeypatch.setattr(watch.log, "warning", lambda text, *values: told.append(text % values))

    def find():
        if next(looks) < 5:
            raise error
        return find_cases(tmp_path, "løse")

    follow(tmp_path, Clock(), lambda folder: ran.append(folder.name) or True, find=find)
    assert ran == ["sak"]
    assert told == [f"{words} Prøver igjen til det er i orden."]
