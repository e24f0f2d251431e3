"""Word 97 files, encrypted Office files, unknown OLE files."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
import word_corpus
from other_corpus import compound

from pipeline.errors import Unreadable, Unsupported
from pipeline.readers import Options, find, legacy_doc

WORD = compound({"WordDocument": b"\xec\xa5\xc1\0" + b"\0" * 600, "1Table": b"\0" * 600})


def test_without_libreoffice_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unsupported, not failed."""
    monkeypatch.setattr(legacy_doc, "office", lambda: None)
    with pytest.raises(Unsupported, match=r"lagre den som \.docx"):
        legacy_doc.read(WORD, "brev.doc", Options())


def test_with_libreoffice_the_converted_file_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The program's result is read as any Word file; its arguments hold no name of the sender's."""
    result = tmp_path / "fasit.docx"
    result.write_bytes(word_corpus.docx(word_corpus.par("Vi ønsker færre tiltak.")))
    program = tmp_path / "soffice"
    program.write_text(f"""#!/bin/sh
while [ "$1" != "--outdir" ]; do shift; done
mkdir -p "$2" && cp "{result}" "$2/dokument.docx"
""")
    program.chmod(0o755)
    monkeypatch.setattr(legacy_doc, "office", lambda: str(program))
    content = legacy_doc.read(WORD, "../brev.doc", Options())
    assert content.format == "doc"
    assert [b.text for b in content.blocks] == ["Vi ønsker færre tiltak."]


def test_a_conversion_without_result_is_unreadable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """LibreOffice ends with 0 also when it could not read the file."""
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    monkeypatch.setattr(legacy_doc, "office", lambda: str(program))
    with pytest.raises(Unreadable, match="LibreOffice"):
        legacy_doc.read(WORD, "brev.doc", Options())


@pytest.mark.parametrize(
    "data",
    [
        compound({"EncryptedPackage": b"\0" * 99, "EncryptionInfo": b"\0" * 99}),
        compound({"WordDocument": b"\xec\xa5\xc1\0" + b"\0" * 6 + struct.pack("<H", 0x0100) + b"\0" * 600}),
    ],
)
def test_passwords(data: bytes) -> None:
    """Both kinds of encryption."""
    assert find(data, "svar.docx") is legacy_doc
    with pytest.raises(Unreadable, match="passordbeskyttet"):
        legacy_doc.read(data, "svar.docx", Options())


def test_unknown_ole_files() -> None:
    """Named as such."""
    with pytest.raises(Unsupported, match="eldre Office"):
        legacy_doc.read(compound({"Noe": b"x" * 600}), "fil.pub", Options())
