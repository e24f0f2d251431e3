"""What holds for every reader: its interface, recognition by content, and sturdiness."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from other_corpus import (
    LETTER,
    PAGE,
    RTF,
    archive,
    biff,
    changed,
    compound,
    mail,
    ods,
    odt,
    outlook,
    outlook_streams,
    stored_rtf,
    workbook,
)

from pipeline import readers, sandbox
from pipeline.config import Limits, Reading
from pipeline.errors import FileProblem, OverLimit, Unreadable, Unsupported
from pipeline.model import BODY_PLACES, OTHER_PLACES
from pipeline.readers import Options

READERS = readers.all_readers()
# reader -> files that it must know by content alone
FILES: dict[str, list[bytes]] = {
    "excel": [workbook(), changed(workbook(), {"xl/styles.xml": None})],
    "calc_xls": [biff()],
    "email_eml": [
        mail(LETTER, html=PAGE, attachments=[("a.txt", b"hei")], inner=mail()).as_bytes(),
        mail(LETTER).as_bytes().decode().encode("utf-16"),
    ],
    "email_msg": [
        outlook(LETTER, attachments=[("a.txt", b"hei")], inner=outlook_streams("Inni", top=False)),
        outlook("", packed=stored_rtf(RTF)),
        outlook("", html=PAGE),
    ],
    "html": [PAGE.encode()],
    "odt": [odt()],
    "ods": [ods()],
    "rtf": [RTF],
    "archive": [archive({"a.txt": b"hei", "b/svar.xlsx": workbook()})],
    "legacy_doc": [compound({"WordDocument": b"\xec\xa5" + b"\0" * 999}), compound({"EncryptedPackage": b"x" * 99})],
    "text": [LETTER.encode(), LETTER.replace("\uf0fc", "•").encode("cp1252"), LETTER.encode("utf-16")],
}
CASES = [pytest.param(name, data, id=f"{name}-{i}") for name, files in FILES.items() for i, data in enumerate(files)]
# the conversion of .doc needs a program that may not be there, and takes seconds
READABLE = [case for case in CASES if case.values[0] != "legacy_doc"]
SMALL = Options(limits=Limits(unpacked_mb=20, cells=50_000), reading=Reading(ocr=False))


def short(module) -> str:
    return module.__name__.rpartition(".")[2]


@pytest.mark.parametrize("module", READERS, ids=short)
def test_interface(module) -> None:
    """A name, endings, and the two functions; a docstring that says what it reads."""
    assert re.fullmatch(r"[a-z0-9_]+", module.NAME)
    assert module.SUFFIXES
    assert all(re.fullmatch(r"\.[a-z0-9]+", s) for s in module.SUFFIXES)
    assert module.__doc__
    assert module.read.__doc__
    for name in ("x", *(f"svar{s}" for s in module.SUFFIXES)):
        assert module.sniff(b"", name) in (0, 1, 2, 3)


def test_names_and_endings_are_unique() -> None:
    """Each ending has one reader."""
    assert len({m.NAME for m in READERS}) == len(READERS)
    endings = [s for m in READERS for s in m.SUFFIXES]
    assert len(endings) == len(set(endings))


@pytest.mark.parametrize("module", READERS, ids=short)
def test_every_reader_has_its_tests(module) -> None:
    """A new format comes with a test file of its own."""
    assert (Path(__file__).parent / f"test_{short(module)}.py").exists()


def test_readers_import_no_heavy_library() -> None:
    """All are imported to recognise one file; each imports its library when it reads."""
    heavy = [
        "docx",
        "openpyxl",
        "pandas",
        "pdfplumber",
        "pypdf",
        "pypdfium2",
        "lxml",
        "olefile",
        "python_calamine",
        "striprtf",
        "spacy",
        "numpy",
        "PIL",
    ]
    code = (
        "import sys; from pipeline import readers, sandbox; readers.all_readers(); "
        f"print([m for m in {heavy} if m in sys.modules])"
    )
    root = Path(readers.__file__).parent.parent.parent
    result = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize(("name", "data"), CASES)
def test_content_decides_not_the_ending(name: str, data: bytes) -> None:
    """A file is recognised under any name; a text is a text where nothing better is known."""
    wrong = ["svar", "svar.pdf", "svar.docx", "svar.bin"] if name != "text" else ["svar", "svar.bin"]
    assert {short(readers.find(data, n)) for n in wrong} == {name}


@pytest.mark.parametrize(("name", "data"), READABLE)
def test_blocks_keep_the_promises_of_the_model(name: str, data: bytes) -> None:
    """Known places, one clean line a block, no private-use letters, cells with their numbers."""
    for block in readers.read(data, "svar", SMALL).blocks:
        assert block.place in BODY_PLACES | OTHER_PLACES
        assert block.kind in ("heading", "paragraph", "item", "cell")
        assert block.text == " ".join(block.text.split())
        assert block.text or block.kind == "cell"
        assert not re.search("[\ue000-\uf8ff\x00-\x1f]", block.text + block.marker)
        assert block.locator
        assert (block.kind == "cell") == bool(block.table)
        assert block.fill is None or re.fullmatch("[0-9A-F]{6}", block.fill)
        if block.table:
            assert min(block.row, block.col, block.row_span, block.col_span) >= 1


@pytest.mark.parametrize(("name", "data"), READABLE)
def test_reading_twice_gives_the_same(name: str, data: bytes) -> None:
    """No order of a set, no clock, no chance."""
    assert readers.read(data, "svar", SMALL) == readers.read(data, "svar", SMALL)


def damaged(data: bytes) -> Iterator[bytes]:
    """Flipped bytes, cuts, doubled and zeroed pieces; the same every time."""
    chance = random.Random(len(data))
    for round_ in range(25):
        broken = bytearray(data)
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(broken))
            match round_ % 5:
                case 0:
                    broken[at] ^= 1 << chance.randrange(8)
                case 1:
                    broken[at : at + 4] = chance.randbytes(4)
                case 2:
                    del broken[max(at, 10) : at + chance.randrange(40)]
                case 3:
                    broken[at:at] = broken[at : at + 60]
                case 4:
                    broken[at : at + 30] = b"\0" * 30
        if round_ == 24:
            broken = broken[: len(broken) // 2]
        yield bytes(broken)


@pytest.mark.parametrize(("name", "data"), [c for c in READABLE if c.values[0] != "calc_xls"])
def test_damaged_files_have_a_reason(name: str, data: bytes) -> None:
    """Read, or a FileProblem; never another exception."""
    module = next(m for m in READERS if short(m) == name)
    for broken in damaged(data):
        try:
            module.read(broken, "svar", SMALL)
        except FileProblem as problem:
            assert problem.reason.endswith(".")
            assert problem.remedy.endswith(".")


def test_damaged_old_workbooks_have_a_reason(tmp_path: Path) -> None:
    """Their library may bring the process down; the worker's death is that file's failure."""
    files = []
    for i, broken in enumerate(damaged(biff())):
        path = tmp_path / f"{i}.xls"
        path.write_bytes(broken)
        files.append(sandbox.InputFile(source=path.name, path=path))
    documents = sandbox.read_files(
        files, Options(limits=replace(SMALL.limits, memory_mb=400), reading=Reading(workers=1))
    )
    assert [d.source for d in documents] == [f.source for f in files]
    assert all(d.error for d in documents if d.status != "ok")
    assert "ok" in {d.status for d in documents}


@pytest.mark.parametrize("data", [b"", b"\0" * 100, b" \r\n\t"])
def test_empty_files(data: bytes) -> None:
    """Whatever they are called."""
    with pytest.raises(Unreadable, match="tom"):
        readers.read(data, "svar.docx", SMALL)


def test_unknown_files_and_files_over_the_limit() -> None:
    """With a remedy."""
    with pytest.raises(Unsupported):
        readers.read(b"\x01\x02\x03\x00" * 500, "bilde.xyz", SMALL)
    with pytest.raises(OverLimit, match=r"limits\.file_mb"):
        readers.read(b"x" * (2**20 + 1), "a.txt", Options(limits=Limits(file_mb=1)))
