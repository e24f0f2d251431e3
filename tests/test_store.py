"""Nothing that anyone has changed is replaced, and files appear whole or not at all."""

import json

import pytest

from pipeline import store
from pipeline.errors import CaseBusy
from pipeline.store import Store


def put(folder, text, name="a.docx"):
    return Store(folder).write({name: text.encode()})[0]


def test_an_untouched_output_is_replaced(tmp_path):
    """A draft that nobody has touched makes way for the new one."""
    put(tmp_path, "en")
    done = put(tmp_path, "to")
    assert (done.path.name, done.changed, done.beside) == ("a.docx", True, None)
    assert (tmp_path / "a.docx").read_text() == "to"


def test_the_same_content_is_not_written_again(tmp_path):
    """A run that makes the same document leaves the file and its time alone."""
    put(tmp_path, "en")
    before = (tmp_path / "a.docx").stat().st_mtime_ns
    assert not put(tmp_path, "en").changed
    assert (tmp_path / "a.docx").stat().st_mtime_ns == before


def test_an_edited_output_is_never_replaced(tmp_path):
    """The new draft lies beside the file with a person's changes, as .v2, then .v3."""
    put(tmp_path, "en")
    (tmp_path / "a.docx").write_text("redigert")
    done = put(tmp_path, "to")
    assert (done.path.name, done.beside.name) == ("a.v2.docx", "a.docx")
    assert put(tmp_path, "tre").path.name == "a.v2.docx", "an untouched .v2 makes way"
    (tmp_path / "a.v2.docx").write_text("redigert igjen")
    assert put(tmp_path, "fire").path.name == "a.v3.docx"
    assert [(tmp_path / n).read_text() for n in ("a.docx", "a.v2.docx", "a.v3.docx")] == ["redigert", "redigert igjen", "fire"]


def test_a_file_that_this_program_did_not_write_is_left_alone(tmp_path):
    """Also with no manifest at all, an existing file is someone's."""
    (tmp_path / "a.docx").write_text("noens")
    assert put(tmp_path, "ny").path.name == "a.v2.docx"
    assert (tmp_path / "a.docx").read_text() == "noens"


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"written": 3}', '{"written": {"a.docx": 3}}'])
def test_a_damaged_manifest_loses_nothing(tmp_path, damage):
    """Without a readable manifest every output counts as edited."""
    put(tmp_path, "en")
    (tmp_path / ".ssu" / "manifest.json").write_text(damage)
    assert put(tmp_path, "to").path.name == "a.v2.docx"


def test_run_json_serves_when_the_manifest_is_gone(tmp_path):
    """The hashes in run.json tell what was written."""
    put(tmp_path, "en")
    (tmp_path / ".ssu" / "manifest.json").unlink()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "run.json").write_text(json.dumps({"outputs": [{"path": "a.docx", "sha256": store.sha256(b"en")}]}))
    assert put(tmp_path, "to").path.name == "a.docx"


def test_an_open_document_is_left_alone(tmp_path):
    """The lock files of Word and LibreOffice are honoured."""
    for lock in ("~$vedlegg.docx", ".~lock.ssvedlegg.docx#"):
        folder = tmp_path / lock
        put(folder, "en", "ssvedlegg.docx")
        (folder / lock).write_text("")
        assert put(folder, "to", "ssvedlegg.docx").path.name == "ssvedlegg.v2.docx"
        assert Store(folder).current(["ssvedlegg.docx"]), "an open, untouched file alone is no reason to write"


def test_a_crash_between_files_is_not_taken_for_a_persons_work(tmp_path, monkeypatch):
    """Hashes are noted before the files appear: after a cut-off run the half-new set is still ours."""
    Store(tmp_path).write({"a.docx": b"1", "b.docx": b"1"})
    real, calls = store.write_atomically, []

    def dies(path, data):
        calls.append(path.name)
        if path.name == "b.docx":
            raise KeyboardInterrupt
        real(path, data)

    monkeypatch.setattr(store, "write_atomically", dies)
    with pytest.raises(KeyboardInterrupt):
        Store(tmp_path).write({"a.docx": b"2", "b.docx": b"2"})
    monkeypatch.undo()
    kept = Store(tmp_path)
    assert (kept.state("a.docx"), kept.state("b.docx")) == ("ours", "ours")
    assert [w.path.name for w in kept.write({"a.docx": b"3", "b.docx": b"3"})] == ["a.docx", "b.docx"]


def test_a_failed_write_leaves_the_old_file_whole(tmp_path, monkeypatch):
    """A full disk leaves no half file and no litter."""
    target = tmp_path / "a.docx"
    target.write_text("gammel")

    def full(fd):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.write_atomically(target, b"ny")
    assert target.read_text() == "gammel"
    assert [p.name for p in tmp_path.iterdir()] == ["a.docx"]


def test_a_write_problem_is_told_in_norwegian(tmp_path, monkeypatch):
    """The message names the folder and what to do."""
    monkeypatch.setattr(store, "write_atomically", lambda path, data: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(store.OutputProblem, match="ledig plass"):
        Store(tmp_path).write({"a.docx": b"1"})


def test_one_run_at_a_time_holds_a_case(tmp_path):
    """A second run of the same case is refused with its own exit code; afterwards it is free."""
    with store.hold(tmp_path):
        with pytest.raises(CaseBusy) as refused, store.hold(tmp_path):
            pass
        assert refused.value.exit_code == 7
    with store.hold(tmp_path):
        pass


def test_versions_are_listed_oldest_first(tmp_path):
    """.v10 comes after .v2, and other files are not versions."""
    for name in ("a.docx", "a.v10.docx", "a.v2.docx", "ab.docx", "a.xlsx"):
        (tmp_path / name).write_text("x")
    assert Store(tmp_path).versions("a.docx") == ["a.docx", "a.v2.docx", "a.v10.docx"]
