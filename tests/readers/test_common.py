"""What all readers do with the beginning of a line."""

from __future__ import annotations

import unicodedata
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import Limits
from pipeline.errors import OverLimit
from pipeline.readers._common import Package, clean, opened, split_marker


@pytest.mark.parametrize(("text", "marker", "rest"), [
    ("2. Flere plasser", "2.", "Flere plasser"), ("2.1 Flere plasser", "2.1", "Flere plasser"), ("a) flere", "a)", "flere"),
    ("• flere", "•", "flere"), ("- flere", "•", "flere"), ("1.2 flere plasser", "1.2", "flere plasser"),
])
def test_numbers_and_bullets_are_markers(text, marker, rest):
    """What is printed before an item stands apart from its words."""
    assert split_marker(text) == (marker, rest)


@pytest.mark.parametrize("text", [
    "4.1 er gjennomført, kan tas ut.", "2.1 og 2.3 bør slås sammen", "1.3 finnes på nett fra før.", "3.2 må bort",
    "2026. Året da alt skal skje", "1.5 millioner kroner er for lite", "12. mai 2026 kom svaret",
])
def test_a_number_that_the_sentence_is_about_is_no_marker(text):
    """ "4.1 er gjennomført" says something of measure 4.1; without the number it says it of nothing."""
    assert split_marker(text) == ("", text)


@pytest.mark.parametrize(("raw", "cleaned"), [
    ("to  blanke\tog\r\nlinjer", "to blanke og linjer"),
    ("smalt\u202from og\u00a0hardt", "smalt rom og hardt"),
    ("sam\x1fhandling", "samhandling"),  # the soft hyphen of old Word files
    ("sam\u00adhandling\u200b", "samhandling"),
    ("god \u00ad dag", "god dag"),
    ("a\u00ad\u030arsverk", "årsverk"),
    ("\x00 først og sist \x07", "først og sist"),
    ("a\u030arsverk", "årsverk"),
    ("neste\x85linje", "neste linje"),
    ("tegn \ue000 beholdes", "tegn \ue000 beholdes"),
])
def test_clean_text_is_one_line_that_xml_can_hold(raw, cleaned):
    """Any white space is one blank; what XML cannot hold, and what does not show, is gone; letters are composed."""
    assert clean(raw) == cleaned


@given(st.text())
def test_clean_text_stays_as_it_is(text):
    """Cleaning twice changes nothing more, and no letter is lost."""
    once = clean(text)
    assert clean(once) == once
    assert "  " not in once and not set(once) & set("\r\n\t\x00\x1f")
    kept = [c for c in unicodedata.normalize("NFC", text) if c.isalnum()]
    assert [c for c in once if c.isalnum()] == kept


def _zip(method: int, **members: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_is_read_whole_and_counts_against_the_budget(method):
    """Whatever way a member is packed, its bytes come out unchanged, and all members share one limit."""
    package = Package(_zip(method, a=b"svar" * 100_000, b=b"x" * 700_000), replace(Limits(), unpacked_mb=1))
    assert package.read("a") == b"svar" * 100_000
    with pytest.raises(OverLimit, match="unpacked_mb"):
        package.read("b")


def test_a_member_larger_than_its_directory_says_is_not_unpacked_further():
    """A directory that lies about a member's size makes the reader neither read nor hold more than it says."""
    data = bytearray(_zip(zipfile.ZIP_DEFLATED, a=b"\0" * 5_000_000))
    size = (5_000_000).to_bytes(4, "little")
    for start in (0, data.index(b"PK\x01\x02")):  # the local header and the directory
        at = data.index(size, start)
        data[at:at + 4] = (1000).to_bytes(4, "little")
    assert len(Package(bytes(data), Limits()).read("a")) == 1000


def test_the_same_bytes_are_opened_once():
    """Sniffing and reading share one opened zip; other bytes, even equal ones, are opened anew."""
    data, other = _zip(zipfile.ZIP_STORED, a=b"1"), _zip(zipfile.ZIP_STORED, b=b"2")
    first = opened(data)
    assert opened(data) is first
    assert opened(other).namelist() == ["b"]
    assert opened(data).namelist() == ["a"]
