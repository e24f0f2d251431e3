"""Outlook messages (.msg): our own reading of the property streams on olefile ([MS-OXMSG], [MS-OXPROPS])."""

from __future__ import annotations

import codecs
import contextlib
import email.header
import email.message
import email.policy
import hashlib
import io
import re
import struct
from datetime import UTC, datetime, timedelta, timezone

from pipeline.errors import OverLimit, Unreadable
from pipeline.model import Attachment, Block, Content, Finding
from pipeline.readers import _encoding, _mail, _ole
from pipeline.readers._common import clean

NAME = "msg"
SUFFIXES = (".msg", ".oft")
_SUBJECT, _BODY, _RTF, _HTML, _HEADERS = "0037", "1000", "1009", "1013", "007D"
_SENDER, _SENDER_SMTP, _SENDER_ADDRESS, _FROM_NAME, _FROM_SMTP = "0C1A", "5D01", "0C1F", "0042", "5D02"
_TO, _CC, _SUBMITTED, _DELIVERED = "0E04", "0E03", 0x0039, 0x0E06
_LONG_NAME, _SHORT_NAME, _SHOWN_NAME, _DATA = "3707", "3704", "3001", "3701"
_CONTENT_ID, _CODEPAGE, _INTERNET_CODEPAGE = "3712", 0x3FFD, 0x3FDE
# [MS-OXRTFCP] 3.1.1: the dictionary that compressed RTF starts from
_RTF_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def sniff(data: bytes, name: str) -> int:
    """3 for an OLE file with Outlook's property stream."""
    return 3 if _ole.kind(data) == "msg" else 1 if name.lower().endswith(SUFFIXES) else 0


def read(data: bytes, name: str, options) -> Content:
    """The body in reading order, header fields last, attachments; a message inside becomes "melding.eml".

    Raises Unreadable when nothing can be read, OverLimit at too many attachments.
    """
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            message = _Message(ole, (), options.limits)
            blocks, forwarded = message.blocks()
            fields, properties = message.fields(), message.properties()
            attachments = message.attachments()
    except (OverLimit, Unreadable, MemoryError):
        raise
    except Exception as error:
        raise Unreadable("E-posten er skadet.", "Åpne den i Outlook, og lagre den på nytt eller som PDF.") from error
    if not blocks and not attachments and not any(v for _, v in fields):
        raise Unreadable("E-posten har verken tekst eller vedlegg.", "Be avsenderen sende den på nytt.")
    findings: list[Finding] = [_mail.FORWARDED] if forwarded else []
    findings += _encoding.broken_letters("\n".join(b.text for b in blocks))
    return Content(
        format=NAME,
        blocks=(*blocks, *_mail.header_blocks(fields)),
        attachments=tuple(attachments),
        properties=tuple((k, v) for k, v in sorted(properties.items()) if v),
        findings=tuple(findings),
        container=True,
    )


class _Message:
    """A message storage: the file's root, or one inside an attachment."""

    def __init__(self, ole, at: tuple[str, ...], limits, depth: int = 0) -> None:
        self.ole, self.at, self.limits, self.depth = ole, at, limits, depth
        self._entries = {
            path[len(at)]: path
            for path in ole.listdir(streams=True, storages=True)
            if len(path) == len(at) + 1 and tuple(path[: len(at)]) == at
        }
        self._fixed = self._fixed_properties()
        self._charset = self._code_page()

    def _code_page(self) -> str:
        """The encoding of 8-bit texts: the message's, else the one it was sent in (MS-OXCMAIL 2.1.3.3)."""
        for key in (_CODEPAGE, _INTERNET_CODEPAGE):
            page = self._fixed.get(key, b"")
            number = struct.unpack_from("<I", page)[0] if len(page) >= 4 else 0
            if number == 65001 and key == _CODEPAGE:
                return "utf-8"
            with contextlib.suppress(LookupError):
                if number not in (0, 20127, 65001):
                    return codecs.lookup(f"cp{number}").name
        return "cp1252"

    def _stream(self, name: str) -> bytes | None:
        path = next((p for n, p in self._entries.items() if n.lower() == name.lower()), None)
        return (
            self.ole.openstream(list(path)).read() if path is not None and self.ole.get_type(list(path)) == 2 else None
        )

    def _fixed_properties(self) -> dict[int, bytes]:
        """Property number -> its 8 bytes of value; 16 bytes an entry after a header that depends on the level."""
        data = self._stream("__properties_version1.0") or b""
        top = 32 if not self.at else 24
        out = {}
        for i in range(top, len(data) - 15, 16):
            tag = struct.unpack_from("<I", data, i)[0]
            out[tag >> 16] = data[i + 8 : i + 16]
        return out

    def text(self, number: str) -> str:
        raw = self._stream(f"__substg1.0_{number}001F")
        if raw is not None:
            return raw.decode("utf-16-le", "replace").rstrip("\0")
        raw = self._stream(f"__substg1.0_{number}001E")
        return _encoding.decode(raw, self._charset).rstrip("\0") if raw else ""

    def binary(self, number: str) -> bytes:
        return self._stream(f"__substg1.0_{number}0102") or b""

    def subject(self) -> str:
        return clean(self.text(_SUBJECT))

    def sender(self) -> str:
        name = clean(self.text(_FROM_NAME) or self.text(_SENDER))
        address = next(
            (a for n in (_FROM_SMTP, _SENDER_SMTP, _SENDER_ADDRESS) if "@" in (a := clean(self.text(n)))), ""
        )
        if not address:
            m = re.search(r"^From:.*?<?([\w.+-]+@[\w.-]+)>?\s*$", self.text(_HEADERS), re.MULTILINE | re.IGNORECASE)
            address = m[1] if m else ""
        return f"{name} <{address}>" if name and address and name != address else address or name

    def sent(self) -> datetime | None:
        for number in (_SUBMITTED, _DELIVERED):
            raw = self._fixed.get(number, b"")
            ticks = struct.unpack("<Q", raw)[0] if len(raw) == 8 else 0
            try:
                if ticks:
                    return datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
            except OverflowError:
                continue
        return None

    def sent_date(self) -> str:
        """ISO date. Outlook keeps the moment in UTC; the sender's header, when there is one, has the local day."""
        m = re.search(r"^Date:\s*(.+)$", self.text(_HEADERS), re.MULTILINE | re.IGNORECASE)
        if m:
            from pipeline.readers.email_eml import sent_date

            if day := sent_date(m[1].strip()):
                return day
        moment = self.sent()
        return moment.astimezone(_norway(moment)).date().isoformat() if moment else ""

    def fields(self) -> list[tuple[str, str]]:
        moment = self.sent()
        when = moment.astimezone(_norway(moment)).strftime("%d.%m.%Y %H:%M") if moment else ""
        return [
            ("Fra", self.sender()),
            ("Til", clean(self.text(_TO))),
            ("Kopi", clean(self.text(_CC))),
            ("Dato", when),
            ("Emne", self.subject()),
        ]

    def properties(self) -> dict[str, str]:
        return {"subject": self.subject(), "sender": self.sender(), "sent": self.sent_date()}

    def blocks(self) -> tuple[list[Block], bool]:
        """The body: plain text, else HTML, else RTF."""
        subject = self.subject()
        plain = self.text(_BODY)
        if plain.strip():
            return _mail.plain_blocks(plain, subject)
        html = self.html()
        if html.strip():
            return _mail.html_blocks(html, subject)
        return _mail.block_places(self.rtf_blocks(), subject)

    def html(self) -> str:
        raw = self.binary(_HTML)
        if raw:
            m = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", raw[:4000])
            return _encoding.decode(raw, m[1].decode() if m else None)
        return self.text(_HTML)

    def rtf_blocks(self) -> list[Block]:
        packed = self.binary(_RTF)
        if not packed:
            return []
        from pipeline.readers.rtf import rtf_blocks

        return rtf_blocks(decompress_rtf(packed, self.limits.unpacked_mb * 2**20))

    def attachments(self) -> list[Attachment]:
        folders = sorted(
            (p for n, p in self._entries.items() if n.lower().startswith("__attach_version1.0_")),
            key=lambda p: p[-1].lower(),
        )
        if len(folders) > self.limits.files_per_archive:
            raise OverLimit(
                f"E-posten har flere vedlegg enn grensen på {self.limits.files_per_archive} "
                "(limits.files_per_archive).",
                "Lagre vedleggene i saksmappen hver for seg.",
            )
        out = []
        for i, path in enumerate(folders, 1):
            part = _Message(self.ole, tuple(path), self.limits, self.depth)
            name = clean(part.text(_LONG_NAME) or part.text(_SHORT_NAME) or part.text(_SHOWN_NAME))
            inner = next(
                (p for n, p in part._entries.items() if n.lower().startswith(f"__substg1.0_{_DATA}000d")), None
            )
            if inner is not None and self.ole.exists([*inner, "__properties_version1.0"]):
                if self.depth >= self.limits.nesting:
                    continue
                message = _Message(self.ole, tuple(inner), self.limits, self.depth + 1)
                out.append(Attachment(name="melding.eml", data=message.as_mail()))
                continue
            data = part.binary(_DATA)
            if data and not (
                part.text(_CONTENT_ID)
                and len(data) < 30_000
                and re.search(r"\.(png|gif|jpe?g|bmp)$", name, re.IGNORECASE)
            ):  # a logo in the signature
                out.append(Attachment(name=name or f"vedlegg {i}", data=data))
        return out

    def as_mail(self) -> bytes:
        """This message as RFC 5322, so that a message inside another is a file like any other."""
        mail = email.message.EmailMessage(policy=email.policy.SMTP)
        moment = self.sent()
        values = {
            "Subject": self.subject(),
            "From": self.sender(),
            "To": clean(self.text(_TO)),
            "Cc": clean(self.text(_CC)),
            "Date": moment.strftime("%a, %d %b %Y %H:%M:%S +0000") if moment else "",
        }
        head = []
        for name, value in values.items():
            if value:
                encoded = (
                    email.header.Header(value, "utf-8", maxlinelen=10**6).encode() if not value.isascii() else value
                )
                head.append(f"{name}: {encoded}")
        plain, html = self.text(_BODY), self.html()
        if not plain.strip() and not html.strip():
            plain = "\n\n".join(b.text for b in self.rtf_blocks())
        if plain.strip() or not html.strip():
            mail.set_content(plain.replace("\r\n", "\n"), charset="utf-8", cte="base64")
        else:
            mail.set_content(html, subtype="html", charset="utf-8", cte="base64")
        for attachment in self.attachments():
            kind = ("application", "octet-stream")
            mail.add_attachment(attachment.data, maintype=kind[0], subtype=kind[1], filename=attachment.name)
        if mail.is_multipart():
            mail.set_boundary(
                "=" + hashlib.sha256(plain.encode("utf-8", "replace") + self.subject().encode()).hexdigest()[:40]
            )
        return "".join(f"{line}\r\n" for line in head).encode("utf-8", "replace") + mail.as_bytes()


def _norway(moment: datetime) -> timezone:
    """Central European time by the EU's rule: summer from the last Sunday of March to that of October, 01 UTC."""

    def last_sunday(month: int) -> datetime:
        day = datetime(moment.year, month, 31, 1, tzinfo=UTC)
        return day - timedelta(days=(day.weekday() + 1) % 7)

    summer = last_sunday(3) <= moment < last_sunday(10)
    return timezone(timedelta(hours=2 if summer else 1))


def decompress_rtf(data: bytes, limit: int) -> bytes:
    """Outlook's compressed RTF ([MS-OXRTFCP] 2.2). Raises Unreadable when damaged, OverLimit above ``limit`` bytes."""
    if len(data) < 16:
        raise Unreadable("E-postens tekst er skadet.", "Åpne e-posten i Outlook, og lagre den på nytt.")
    size, raw, kind, _ = struct.unpack_from("<IIII", data)
    if kind == 0x414C454D:  # "MELA": stored as it is
        return data[16 : 16 + raw]
    if kind != 0x75465A4C:  # "LZFu"
        raise Unreadable("E-postens tekst er skadet.", "Åpne e-posten i Outlook, og lagre den på nytt.")
    if raw > limit:
        raise OverLimit("E-postens tekst er lengre enn grensen (limits.unpacked_mb).", "Lagre teksten som PDF.")
    window = bytearray(_RTF_START.ljust(4096, b"\0"))
    at = len(_RTF_START)
    out = bytearray()
    i, end = 16, min(len(data), size + 4)
    while i < end and len(out) <= raw:
        flags = data[i]
        i += 1
        for bit in range(8):
            if i >= end:
                break
            if not flags >> bit & 1:
                out.append(data[i])
                window[at] = data[i]
                at = (at + 1) & 4095
                i += 1
                continue
            if i + 1 >= end:
                break
            reference = data[i] << 8 | data[i + 1]
            i += 2
            offset, length = reference >> 4, (reference & 15) + 2
            if offset == at:
                return bytes(out[:raw])
            for k in range(length):
                byte = window[(offset + k) & 4095]
                out.append(byte)
                window[at] = byte
                at = (at + 1) & 4095
    return bytes(out[:raw])
