"""Outlook messages."""

from __future__ import annotations

import contextlib
import struct
from datetime import datetime

import pytest
from other_corpus import compound, outlook, outlook_streams, stored_rtf

from pipeline.errors import Unreadable
from pipeline.readers import Options, email_eml, email_msg


def read(data: bytes):
    return email_msg.read(data, "svar.msg", Options())


def texts(content, place: str = "body") -> list[str]:
    return [b.text for b in content.blocks if b.place == place]


def test_body_properties_and_places() -> None:
    """The same parts as in any mail; the day is Norwegian even where Outlook keeps UTC."""
    content = read(outlook("Vi støtter planen.\r\n\r\nHilsen\r\nKari\r\n"))
    assert texts(content) == ["Vi støtter planen."]
    assert texts(content, "signature") == ["Hilsen", "Kari"]
    assert dict(content.properties) == {
        "sender": "Kari Lie <kari@nord.example>",
        "sent": "2025-10-13",
        "subject": "Innspill",
    }


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2025, 3, 30, 0, 59), "2025-03-30"),
        (datetime(2025, 7, 1, 22, 0), "2025-07-02"),
        (datetime(2025, 12, 1, 22, 30), "2025-12-01"),
        (datetime(2025, 12, 1, 23, 0), "2025-12-02"),
    ],
)
def test_summer_and_winter_time(utc: datetime, day: str) -> None:
    """A mail of half past eleven in the evening keeps its day."""
    assert dict(read(outlook(stamp=utc)).properties)["sent"] == day


def test_html_and_rtf_bodies() -> None:
    """Used only where there is no plain text."""
    assert texts(read(outlook("", html="<p>Vi ønsker <b>færre</b> tiltak</p>"))) == ["Vi ønsker færre tiltak"]
    packed = stored_rtf(rb"{\rtf1\ansi\ansicpg1252 Ansvaret b\'f8r ligge hos r\'e5dmannen.\par}")
    assert texts(read(outlook("", packed=packed))) == ["Ansvaret bør ligge hos rådmannen."]


def test_compressed_rtf() -> None:
    """The example of [MS-OXRTFCP] 3.1.1."""
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert email_msg.decompress_rtf(packed, 10**6) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


@pytest.mark.parametrize("data", [b"", b"x" * 20, b"\0" * 8 + b"LZFu\0\0\0\0"])
def test_damaged_rtf_is_unreadable_or_empty(data: bytes) -> None:
    """Never a crash."""
    with contextlib.suppress(Unreadable):
        assert email_msg.decompress_rtf(data, 100) == b""


def test_attachments_and_messages_inside() -> None:
    """A message inside becomes a mail file with its own attachments."""
    inner = outlook_streams("Innvendig brev på Ås.", subject="Første", top=False, attachments=[("å.txt", b"dypt")])
    content = read(outlook(attachments=[("svar.docx", b"abc" * 300)], inner=inner))
    assert [(a.name, len(a.data) > 0) for a in content.attachments] == [("svar.docx", True), ("melding.eml", True)]
    mail = email_eml.read(content.attachments[1].data, "melding.eml", Options())
    assert texts(mail) == ["Innvendig brev på Ås."]
    assert dict(mail.properties)["subject"] == "Første"
    assert [(a.name, a.data) for a in mail.attachments] == [("å.txt", b"dypt")]


def test_the_same_message_gives_the_same_bytes() -> None:
    """Boundaries of rebuilt mails are not random."""
    inner = outlook_streams("Tekst", top=False, attachments=[("a.txt", b"x")])
    one, two = (read(outlook(inner=inner)).attachments[0].data for _ in range(2))
    assert one == two


def test_damage_is_unreadable() -> None:
    """A reason, not a crash."""
    data = bytearray(outlook())
    data[600:1500] = b"\xff" * 900
    with pytest.raises(Unreadable):
        read(bytes(data))
    with pytest.raises(Unreadable, match="verken tekst"):
        read(compound({"__properties_version1.0": b"\0" * 32}))


@pytest.mark.parametrize(("key", "number", "expected"), [
    (0x3FFD, 1251, "Да"), (0x3FDE, 1251, "Да"), (0x3FDE, 65001, "Äà"), (0x3FDE, 20127, "Äà"), (0x3FDE, 99999, "Äà")])
def test_eight_bit_texts_are_read_in_the_messages_code_page(key: int, number: int, expected: str) -> None:
    """The message's own code page, else the one it was sent in where that is an 8-bit one, else Windows-1252."""
    streams = outlook_streams("")
    streams["__properties_version1.0"] += struct.pack("<IIQ", key << 16 | 3, 6, number)
    streams.pop("__substg1.0_1000001F", None)
    streams["__substg1.0_1000001E"] = b"Svar: \xc4\xe0"
    assert texts(read(compound(streams))) == [f"Svar: {expected}"]
