"""Reading in worker processes that can be killed."""

from __future__ import annotations

import os
import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import sandbox
from pipeline.config import Limits, Reading
from pipeline.errors import InternalError
from pipeline.model import Attachment, assemble
from pipeline.readers import Options
from pipeline.sandbox import InputFile, read_files
from tests.readers.other_corpus import archive, mail

OPTIONS = Options(reading=Reading(workers=2))
# A worker whose readers do what the first word of the file says.
NAUGHTY = """
import os, signal
from pipeline import readers, sandbox
from pipeline.model import Attachment, Block, Content
def read(data, name, options):
    word, _, rest = data.decode().partition(" ")
    if word == "crash": os._exit(11)
    if word == "hang":
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
        while True: pass
    if word == "memory": data = bytearray(10**10)
    if word == "oops": raise KeyError("x")
    if word == "deep": read_deep = lambda f: f(f); read_deep(read_deep)
    if word == "print": print("x" * 10000, flush=True); os.write(1, b"noise")
    parts = tuple(Attachment(name=p.split("=")[0], data=p.split("=")[1].replace("_", " ").encode())
                  for p in rest.split(";") if "=" in p)
    return Content(format="txt", blocks=(Block(text=word, locator="line=1"),), attachments=parts)
readers.read = read
sandbox.serve()
"""
naughty = pytest.mark.skipif(os.name != "posix", reason="signals")


def inputs(folder: Path, **files: str | bytes) -> list[InputFile]:
    out = []
    for name, data in files.items():
        path = folder / f"{name}.txt"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        out.append(InputFile(source=path.name, path=path))
    return out


def outcome(documents) -> list[tuple[str, str]]:
    return [(d.source, d.status) for d in documents]


def test_documents_come_in_the_order_given(tmp_path: Path) -> None:
    """Whatever their sizes; text, offsets, hash and size as promised."""
    files = inputs(tmp_path, b="Vi støtter planen.", a="Lang tekst. " * 500, c="1. Kort\nSvar.")
    documents = read_files(files, OPTIONS)
    assert outcome(documents) == [("b.txt", "ok"), ("a.txt", "ok"), ("c.txt", "ok")]
    for document in documents:
        assert (document.text, document.blocks) == assemble(document.blocks)
        assert document.size == (tmp_path / document.source).stat().st_size
        assert len(document.sha256) == 64


def test_what_a_reader_finds_names_its_file(tmp_path: Path) -> None:
    """A reader knows no file name; the person who reads its message needs it."""
    (document,) = read_files(inputs(tmp_path, brev="Saken ble lagt fram for ra dmannen."), OPTIONS)
    (finding,) = document.findings
    assert finding.source == "brev.txt"
    assert finding.message.startswith("«brev.txt»: Filen har ødelagte bokstaver")


def test_the_same_twice_is_the_same(tmp_path: Path) -> None:
    """Byte for byte, with one worker or two."""
    files = inputs(tmp_path, a="Ett. ", b="To. " * 300_000, c="Tre.")
    one, two = (read_files(files, replace(OPTIONS, reading=Reading(workers=n))) for n in (1, 2))
    assert pickle.dumps(one) == pickle.dumps(two)


def test_attachments_are_documents_of_their_own(tmp_path: Path) -> None:
    """Recursively, with harmless names, behind what they are attached to."""
    inner = archive({"nord/svar.txt": b"Ja til planen.", "../../ut.txt": b"Nei."})
    letter = mail("Se vedlegg.", attachments=[("svar.zip", inner), ("svar.zip", inner), ("../CON.txt", b"Hei der.")])
    (tmp_path / "brev.eml").write_bytes(letter.as_bytes())
    documents = read_files([InputFile(source="mappe/brev.eml", path=tmp_path / "brev.eml")], OPTIONS)
    assert [
        (d.source.removeprefix("mappe/brev.eml"), d.parent and d.parent.removeprefix("mappe/")) for d in documents
    ] == [
        ("", None),
        ("/svar.zip", "brev.eml"),
        ("/svar.zip/nord/svar.txt", "brev.eml/svar.zip"),
        ("/svar.zip/ut.txt", "brev.eml/svar.zip"),
        ("/svar (2).zip", "brev.eml"),
        ("/svar (2).zip/nord/svar.txt", "brev.eml/svar (2).zip"),
        ("/svar (2).zip/ut.txt", "brev.eml/svar (2).zip"),
        ("/_CON.txt", "brev.eml"),
    ]
    assert [d.container for d in documents] == [True, True, False, False, True, False, False, False]
    assert {d.status for d in documents} == {"ok"}


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    """Vanished, forbidden, a folder, a pipe: each fails with its reason, the others are read."""
    (tmp_path / "mappe.txt").mkdir()
    files = [
        *inputs(tmp_path, a="Vi støtter planen."),
        InputFile(source="borte.txt", path=tmp_path / "borte.txt"),
        InputFile(source="mappe.txt", path=tmp_path / "mappe.txt"),
    ]
    if os.name == "posix":
        os.mkfifo(tmp_path / "rør.txt")
        files.append(InputFile(source="rør.txt", path=tmp_path / "rør.txt"))
    documents = read_files(files, OPTIONS)
    assert outcome(documents)[:2] == [("a.txt", "ok"), ("borte.txt", "failed")]
    assert "finnes ikke lenger" in documents[1].error
    assert all(d.status != "ok" and d.error for d in documents[2:])


def test_empty_unknown_and_too_large(tmp_path: Path) -> None:
    """The status tells failed from unsupported, the message names the limit."""
    files = inputs(tmp_path, a="", b=b"7z\xbc\xaf\x27\x1c" * 20, c="x" * (2**20 + 5))
    documents = read_files(files, Options(limits=Limits(file_mb=1), reading=Reading(workers=1)))
    assert outcome(documents) == [("a.txt", "failed"), ("b.txt", "unsupported"), ("c.txt", "failed")]
    assert "tom" in documents[0].error
    assert "limits.file_mb" in documents[2].error
    assert all(len(d.sha256) == 64 for d in documents)


def test_nesting_number_and_size_of_attachments_are_limited(tmp_path: Path) -> None:
    """What is not read is a failed document with the limit's name."""
    deep = b"innerst"
    for _ in range(4):
        deep = archive({"x.zip" if deep != b"innerst" else "x.txt": deep})
    (tmp_path / "dyp.zip").write_bytes(deep)
    (tmp_path / "mange.zip").write_bytes(
        archive({f"{i}.zip": archive({f"{j}.txt": b"hei" for j in range(4)}) for i in range(4)})
    )
    half = b"Samme linje.\n" * 50_000  # 0.65 MB, twice
    (tmp_path / "stor.zip").write_bytes(archive({"a.zip": archive({"a.txt": half}), "b.zip": archive({"b.txt": half})}))
    files = [InputFile(source=n, path=tmp_path / n) for n in ("dyp.zip", "mange.zip", "stor.zip")]
    limits = Limits(nesting=2, files_per_archive=6, unpacked_mb=1)
    documents = read_files(files, Options(limits=limits, reading=Reading(workers=1)))
    errors = {d.source: d.error for d in documents if d.status == "failed"}
    assert next(iter(errors)) == "dyp.zip/x.zip/x.zip/x.zip"
    assert "limits.nesting" in errors["dyp.zip/x.zip/x.zip/x.zip"]
    # depth first: a zip with its four texts, then one more zip
    assert sum(d.source.startswith("mange.zip/") and d.status == "ok" for d in documents) == 6
    assert "limits.files_per_archive" in errors["mange.zip/2.zip"]
    assert [s for s, e in errors.items() if "limits.unpacked_mb" in e] == ["stor.zip/b.zip/b.txt"]


@naughty
@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("crash", "krasje"),
        ("hang", "limits.seconds_per_file"),
        ("memory", "limits.memory_mb"),
        ("oops", "KeyError"),
        ("deep", "nivåer"),
    ],
)
def test_a_bad_file_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str, reason: str) -> None:
    """A crash, a hang, a memory hog and a bug in a reader cost that file only."""
    monkeypatch.setattr(sandbox, "_START", f"exec({NAUGHTY!r})")
    files = inputs(tmp_path, a="hei", b=word, c="hopp", d="ja")
    done: list[str] = []
    documents = read_files(
        files, Options(limits=Limits(seconds_per_file=1, memory_mb=300), reading=Reading(workers=1)), done.append
    )
    assert outcome(documents) == [("a.txt", "ok"), ("b.txt", "failed"), ("c.txt", "ok"), ("d.txt", "ok")]
    assert reason in documents[1].error
    assert len(documents[1].sha256) == 64
    assert sorted(done) == ["a.txt", "b.txt", "c.txt", "d.txt"]


@naughty
def test_a_crash_in_an_attachment_costs_that_attachment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mail around it and the other attachments are read."""
    monkeypatch.setattr(sandbox, "_START", f"exec({NAUGHTY!r})")
    files = inputs(tmp_path, a="hei en=ja;to=crash;tre=nei_fire=x")
    documents = read_files(files, OPTIONS)
    assert outcome(documents) == [("a.txt", "ok"), ("a.txt/en", "ok"), ("a.txt/to", "failed"), ("a.txt/tre", "ok")]


@naughty
def test_attachments_behind_a_hang_are_accounted_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time is the file's, attachments included: what could not be read any more says so."""
    monkeypatch.setattr(sandbox, "_START", f"exec({NAUGHTY!r})")
    files = inputs(tmp_path, a="hei en=ja;to=hang;tre=nei")
    documents = read_files(files, Options(limits=Limits(seconds_per_file=1), reading=Reading(workers=1)))
    assert outcome(documents) == [("a.txt", "ok"), ("a.txt/en", "ok"), ("a.txt/to", "failed"), ("a.txt/tre", "failed")]
    assert "seconds_per_file" in documents[2].error
    assert "Vedlegget ble ikke lest" in documents[3].error


@naughty
def test_what_a_library_prints_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard output belongs to the frames."""
    monkeypatch.setattr(sandbox, "_START", f"exec({NAUGHTY!r})")
    assert outcome(read_files(inputs(tmp_path, a="print", b="hei"), OPTIONS)) == [("a.txt", "ok"), ("b.txt", "ok")]


def test_accounting_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lost document stops the run as our own fault; so does a file given twice."""
    files = inputs(tmp_path, a="hei", b="hopp")
    with pytest.raises(InternalError, match="to ganger"):
        read_files([files[0], files[0]], OPTIONS)
    monkeypatch.setattr(sandbox._Job, "documents", lambda self: [])
    with pytest.raises(InternalError, match="stemmer ikke"):
        read_files(files, OPTIONS)


def test_no_files() -> None:
    """Nothing is started for nothing."""
    assert read_files([], OPTIONS) == ()


def test_a_worker_cannot_name_a_class() -> None:
    """Its frames hold built-in types only."""
    import io

    with pytest.raises(pickle.UnpicklingError):
        sandbox._Plain(io.BytesIO(pickle.dumps(Path("x")))).load()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../x.docx", "x.docx"),
        ("C:\\mappe\\svar.docx", "C_/mappe/svar.docx"),
        ("nul", "_nul"),
        ("COM1.txt", "_COM1.txt"),
        ("a\u202etxt.exe", "atxt.exe"),
        ("a\nb\0.txt", "a_b_.txt"),
        ("", "uten navn"),
        ("...", "uten navn"),
        ("svar. ", "svar"),
        ("RS Nord/svar.docx", "RS Nord/svar.docx"),
        ("/etc/passwd", "etc/passwd"),
        ('a<b>"c|d?.txt', "a_b__c_d_.txt"),
    ],
)
def test_names_of_attachments_are_harmless(name: str, safe: str) -> None:
    """As a path on any system, and on any screen."""
    assert sandbox.safe_name(name) == safe


def test_long_and_equal_names() -> None:
    """255 bytes, the ending kept; equal names get numbers, also where only the case differs."""
    long = sandbox.safe_name("ø" * 300 + ".docx")
    assert len(long.encode()) <= 255
    assert long.endswith("….docx")
    names = [Attachment(name=n, data=b"") for n in ("Svar.docx", "svar.docx", "svar (2).docx", "svar.docx", "x", "x")]
    assert sandbox.child_names(names) == [
        "Svar.docx",
        "svar (2).docx",
        "svar (2) (2).docx",
        "svar (3).docx",
        "x",
        "x (2)",
    ]
