"""Zip archives."""

from __future__ import annotations

import io
import zipfile

import pytest
from other_corpus import archive as make

from pipeline.config import Limits
from pipeline.errors import OverLimit, Unreadable, Unsupported
from pipeline.readers import Options, archive


def test_members_in_order_without_system_files() -> None:
    """Folders, dotfiles and what macOS and Office leave behind are no inputs."""
    content = archive.read(
        make({"nord/svar.txt": b"a", "__MACOSX/x": b"b", ".DS_Store": b"c", "~$svar.docx": b"d", "../../ut.txt": b"e"}),
        "svar.zip",
        Options(),
    )
    assert [(a.name, a.data) for a in content.attachments] == [("nord/svar.txt", b"a"), ("../../ut.txt", b"e")]
    assert content.container


def test_names_that_windows_wrote() -> None:
    """Code page 850 where UTF-8 is not declared."""
    data = make({"sv_r fra b_.txt": b"x"}).replace(b"sv_r fra b_", b"sv\x86r fra b\x9b")
    assert [a.name for a in archive.read(data, "x.zip", Options()).attachments] == ["svår fra bø.txt"]


def encrypted() -> bytes:
    data = bytearray(make({"a.txt": b"hemmelig"}))
    data[6] |= 1  # the flag in the member's own header and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def test_reasons() -> None:
    """Encrypted, empty, over a limit, and other kinds of archives, each with a remedy."""
    with pytest.raises(Unreadable, match="passordbeskyttet"):
        archive.read(encrypted(), "x.zip", Options())
    with pytest.raises(Unreadable, match="tomt"):
        archive.read(make({"mappe/": b""}), "x.zip", Options())
    with pytest.raises(OverLimit, match="files_per_archive"):
        archive.read(make({f"{i}": b"x" for i in range(9)}), "x.zip", Options(limits=Limits(files_per_archive=3)))
    with pytest.raises(OverLimit, match="unpacked_mb"):
        archive.read(make({"bombe": b"\0" * 5_000_000}), "x.zip", Options(limits=Limits(unpacked_mb=2)))
    with pytest.raises(Unsupported, match="zip-fil"):
        archive.read(b"7z\xbc\xaf\x27\x1c rest", "x.7z", Options())


def test_a_damaged_member_fails_alone() -> None:
    """The others are read, and the damage is a finding."""
    data = bytearray(make({"a.txt": b"abc" * 500, "b.txt": b"b"}))
    at = zipfile.ZipFile(io.BytesIO(bytes(data))).getinfo("a.txt").header_offset + 35
    data[at : at + 6] = b"\xff" * 6
    content = archive.read(bytes(data), "x.zip", Options())
    assert content.attachments[1].data == b"b"
    assert [f.kind for f in content.findings] == ["damaged_member"]


def test_office_packages_are_no_archives() -> None:
    """A slide show is unknown, not a heap of XML parts."""
    assert archive.sniff(make({"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"}), "x.pptx") == 0
