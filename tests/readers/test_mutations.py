"""Whatever is done to a file, its reader gives blocks or a reason: no other exception, no hang."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pdf_corpus
import pytest
import word_corpus
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from other_corpus import LETTER, PAGE, RTF, mail, ods, odt, outlook, outlook_streams, workbook

from pipeline import readers, sandbox
from pipeline.config import Limits, Reading
from pipeline.errors import FileProblem
from pipeline.readers import Options

SMALL = Options(limits=Limits(unpacked_mb=20, cells=50_000, pages=50), reading=Reading(ocr=False, workers=1))


def _pdf() -> bytes:
    sheet = pdf_corpus.Sheet()
    for row, line in enumerate(("Vi ber om at fristen flyttes til våren.", "Tiltaket bør få en eier.", "Punkt tre.")):
        sheet.text(72, 760 - 14 * row, line)
    sheet.grid([72, 200, 320], [500, 520, 540]).text(80, 505, "Svar").text(210, 505, "Ja")
    sheet.field("Merknad", "Ingen merknader", (72, 400, 300, 420)).annotate("Se her")
    return pdf_corpus.build(sheet, sheet)


FILES: dict[str, bytes] = {
    "docx": word_corpus.docx(
        word_corpus.par(word_corpus.run("Vi støtter forslaget."))
        + word_corpus.table((word_corpus.cell("Spørsmål"), word_corpus.cell("Svar")))
        + word_corpus.listed("Et punkt")
        + word_corpus.par(word_corpus.text_box(word_corpus.par("I boksen")))),
    "flat": word_corpus.flat(word_corpus.par("Uten pakke")),
    "pdf": _pdf(),
    "xlsx": workbook(),
    "odt": odt(),
    "ods": ods(),
    "rtf": RTF,
    "html": PAGE.encode(),
    "eml": mail(LETTER, html=PAGE, attachments=[("a.txt", b"hei")], inner=mail()).as_bytes(),
    "msg": outlook(LETTER, attachments=[("a.txt", b"hei")], inner=outlook_streams("Inni", top=False)),
    "txt": LETTER.replace("\uf0fc", "•").encode("cp1252"),
    "csv": "nr;tiltak;status\n1;Felles opplæring;grønn\n".encode(),
}

# one mutation: what to do, where (a share of the length), how much, with which bytes
MUTATION = st.tuples(
    st.sampled_from(["flip", "truncate", "cut", "double", "nest", "write", "number"]),
    st.floats(0, 1, exclude_max=True), st.integers(1, 80), st.binary(min_size=1, max_size=6))


def mutated(data: bytes, mutations: list[tuple[str, float, int, bytes]]) -> bytes:
    """``data`` after each mutation in turn."""
    for what, share, size, new in mutations:
        if not data:
            break
        at = int(share * len(data))
        piece = data[at:at + size]
        match what:
            case "flip":
                data = data[:at] + bytes([data[at] ^ (1 << size % 8)]) + data[at + 1:]
            case "truncate":
                data = data[:at]
            case "cut":
                data = data[:at] + data[at + size:]
            case "double":
                data = data[:at] + piece + data[at:]
            case "nest":
                data = data[:at] + piece * size + data[at:]
            case "write":
                data = data[:at] + new + data[at + len(new):]
            case "number":
                data = data[:at] + b"99999999999" + data[at + 1:]
    return data


def changed(data: bytes, member: float, mutations: list[tuple[str, float, int, bytes]]) -> bytes:
    """One member of a zip mutated, and the zip packed again; the bytes themselves for anything else."""
    if data[:2] != b"PK":
        return mutated(data, mutations)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        for name in names:
            content = old.read(name)
            new.writestr(name, mutated(content, mutations) if name == names[int(member * len(names))] else content)
    return out.getvalue()


def read_or_reason(data: bytes, name: str) -> None:
    try:
        content = readers.read(data, name, SMALL)
    except FileProblem as problem:
        assert problem.reason.endswith(".")
        assert problem.remedy.endswith(".")
    else:
        assert all(b.text or b.kind == "cell" for b in content.blocks)
        assert content.blocks or content.attachments or content.container


@pytest.mark.parametrize("ending", FILES)
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(inside=st.booleans(), member=st.floats(0, 1, exclude_max=True), mutations=st.lists(MUTATION, min_size=1, max_size=5))
def test_mutated_files_are_read_or_have_a_reason(ending: str, inside: bool, member: float, mutations: list) -> None:
    """Flipped, cut, doubled and nested: in the file itself, and in one member of a package."""
    data = FILES[ending]
    read_or_reason(changed(data, member, mutations) if inside else mutated(data, mutations), f"svar.{ending}")


@pytest.mark.parametrize("ending", FILES)
def test_the_files_are_whole_before(ending: str) -> None:
    """What is mutated reads without a reason against it, so that the test above means something."""
    assert readers.read(FILES[ending], f"svar.{ending}", SMALL).blocks


@settings(max_examples=6, deadline=None, derandomize=True)
@given(kinds=st.lists(st.sampled_from(["zip", "eml"]), min_size=1, max_size=9))
def test_nested_files_are_read_down_to_the_limit(kinds: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    """Archives in mails in archives: the innermost answer is read, or the document that is too deep says so."""
    data, name = FILES["docx"], "svar.docx"
    for kind in kinds:
        if kind == "zip":
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w") as package:
                package.writestr(name, data)
            data, name = out.getvalue(), "pakke.zip"
        else:
            data, name = mail("Se vedlegg.", attachments=[(name, data)]).as_bytes(), "post.eml"
    path = Path(tmp_path_factory.mktemp("nest")) / name
    path.write_bytes(data)
    documents = sandbox.read_files([sandbox.InputFile(source=name, path=path)], SMALL)
    last = documents[-1]
    if len(kinds) <= SMALL.limits.nesting:
        assert last.status == "ok"
        assert "Vi støtter forslaget." in last.text
    else:
        assert last.status == "failed"
        assert "limits.nesting" in last.error
    assert [d.status for d in documents[:-1]] == ["ok"] * (len(documents) - 1)
