"""E-mail messages (RFC 5322) with the standard library."""

from __future__ import annotations

import email
import email.header
import email.message
import email.policy
import email.utils
import re
from datetime import datetime

from pipeline.errors import OverLimit, Unreadable
from pipeline.model import Attachment, Block, Content, Finding
from pipeline.readers import _encoding, _mail
from pipeline.readers._common import clean

NAME = "eml"
SUFFIXES = (".eml", ".mht", ".mhtml", ".emlx")
_HEADER = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]", re.MULTILINE)
_SURE = frozenset(
    (
        b"received",
        b"message-id",
        b"mime-version",
        b"return-path",
        b"delivered-to",
        b"x-mailer",
        b"content-type",
        b"x-received",
        b"dkim-signature",
    )
)
_USUAL = frozenset((b"from", b"to", b"subject", b"date", b"cc"))
_LINES_OF_HEADER = 60


def sniff(data: bytes, name: str) -> int:
    """3 when the file opens with a mail's header fields, 2 with only the ones that people write, 1 by ending."""
    ours = name.lower().endswith(SUFFIXES)
    head = _unwrapped(data[:12_000]).lstrip()
    if head.startswith(b"From ") and b"\n" in head[:300]:
        head = head.split(b"\n", 1)[1]
    if not _HEADER.match(head):
        return 1 if ours else 0
    block = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    lines = block.splitlines()[:_LINES_OF_HEADER]
    names = {m[1].lower() for m in (_HEADER.match(line) for line in lines) if m}
    junk = sum(not _HEADER.match(line) and line[:1] not in b" \t" for line in lines)
    if junk > len(lines) // 3:
        return 1 if ours else 0
    if names & _SURE and (names & _USUAL or ours):
        return 3
    return 2 if len(names & _USUAL) >= 3 or (ours and names & _USUAL) else 1 if ours else 0


def _unwrapped(data: bytes) -> bytes:
    """Apple's .emlx has a byte count on its first line; whole mails in UTF-16 become UTF-8."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or _encoding.is_wide(data):
        data = _encoding.decode(data[: len(data) & ~1]).encode("utf-8", "replace")
    data = data.removeprefix(b"\xef\xbb\xbf")
    m = re.match(rb"^\d{1,12}[ \t]*\r?\n(?=[A-Za-z-]+:)", data)
    return data[m.end() :] if m else data


def read(data: bytes, name: str, options) -> Content:
    """The body in reading order, header fields last (place "properties"), attachments as they are.

    Raises Unreadable when there is neither text nor attachment, OverLimit at too many parts.
    """
    message = email.message_from_bytes(_unwrapped(data).lstrip(b"\r\n"), policy=email.policy.compat32)
    subject = _header(message, "Subject")
    parts = _parts(message, options.limits.files_per_archive)
    blocks: list[Block] = []
    findings: list[Finding] = []
    forwarded = False
    plain = [p for p in parts.plain if _text(p).strip()]
    html = [p for p in parts.html if _text(p).strip()]
    # text/plain says the same as text/html without its layout; but some programs leave a stub there
    chosen = plain if plain and (not html or not _stub(plain, html)) else html or plain
    for part in chosen:
        text = _text(part)
        if part.get_content_type() == "text/html":
            found, moved = _mail.html_blocks(text, subject)
        else:
            flowed = str(part.get_param("format") or "").lower() == "flowed"
            found, moved = _mail.plain_blocks(text, subject, flowed=flowed)
        blocks += found
        forwarded = forwarded or moved
    if forwarded:
        findings.append(_mail.FORWARDED)
    findings += _encoding.broken_letters("\n".join(b.text for b in blocks))
    attachments = [_attachment(part, i) for i, part in enumerate(parts.files, 1)]
    properties = {"subject": subject, "sender": _header(message, "From"), "sent": sent_date(_header(message, "Date"))}
    fields = [
        ("Fra", properties["sender"]),
        ("Til", _header(message, "To")),
        ("Kopi", _header(message, "Cc")),
        ("Dato", _header(message, "Date")),
        ("Emne", subject),
    ]
    if not blocks and not attachments and not any(v for _, v in fields):
        raise Unreadable("E-posten har verken tekst eller vedlegg.", "Be avsenderen sende den på nytt.")
    return Content(
        format=NAME,
        blocks=(*blocks, *_mail.header_blocks(fields)),
        attachments=tuple(a for a in attachments if a.data),
        properties=tuple((k, v) for k, v in sorted(properties.items()) if v),
        findings=tuple(findings),
        container=True,
    )


class _Parts:
    def __init__(self) -> None:
        self.plain: list[email.message.Message] = []
        self.html: list[email.message.Message] = []
        self.files: list[email.message.Message] = []


def _parts(message: email.message.Message, most: int) -> _Parts:
    """The bodies and the files of a message. A message inside is a file, its parts are its own."""
    parts = _Parts()
    stack = [message]
    seen = 0
    while stack:
        part = stack.pop()
        seen += 1
        if seen > most + 20:
            raise OverLimit(
                f"E-posten har flere deler enn grensen på {most} (limits.files_per_archive).",
                "Lagre vedleggene i saksmappen hver for seg.",
            )
        kind = part.get_content_type()
        if kind == "message/rfc822" and part is not message:
            parts.files.append(part)
            continue
        payload = part.get_payload()
        if isinstance(payload, list):
            stack.extend(reversed(payload))
            continue
        disposition = (part.get_content_disposition() or "").lower()
        named = part.get_filename() is not None
        if kind in ("text/plain", "text/html") and disposition != "attachment" and not named:
            (parts.plain if kind == "text/plain" else parts.html).append(part)
        elif kind.startswith("image/") and part.get("Content-ID") and _small_picture(part):
            continue  # a logo in the signature
        else:
            parts.files.append(part)
    return parts


def _small_picture(part: email.message.Message) -> bool:
    """Pictures shown inside the mail that are too small to hold a scanned page."""
    data = part.get_payload(decode=True) or b""
    return len(data) < 30_000


def _stub(plain: list, html: list) -> bool:
    """Whether the plain text is a mere "this message is in HTML"."""
    words = len(" ".join(_text(p) for p in plain).split())
    tagless = len(
        re.sub(
            r"<[^>]*>|&\w+;", " ", re.sub(r"(?is)<(style|script|head).*?</\1>", " ", " ".join(_text(p) for p in html))
        ).split()
    )
    return words < 30 and tagless > 3 * max(words, 1)


def _text(part: email.message.Message) -> str:
    payload = part.get_payload(decode=True)
    if payload is None:
        payload = str(part.get_payload()).encode("utf-8", "surrogateescape")
    charset = part.get_content_charset()
    if part.get_content_type() == "text/html" and not charset:
        m = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", payload[:4000])
        charset = m[1].decode() if m else None
    return _encoding.decode(payload, charset)


def _header(message: email.message.Message, name: str) -> str:
    """A header's text, decoded; its repetitions divided by commas."""
    out = []
    for value in (str(v) for k, v in message.raw_items() if k.lower() == name.lower()):
        if any("\udc80" <= c <= "\udcff" for c in value):  # raw 8-bit bytes, against the rules
            value = _encoding.decode(value.encode("utf-8", "surrogateescape"))
        out.append(_decoded(value))
    return ", ".join(v for v in out if v)


def sent_date(value: str) -> str:
    """ISO date of a mail's Date field ("Sun, 12 Oct 2025 10:12:00 +0200"), in the sender's own zone; "" if none."""
    try:
        return email.utils.parsedate_to_datetime(value).date().isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        pass
    m = re.search(r"(\d{4})-(\d{2})-(\d{2})", value)
    try:
        return datetime(int(m[1]), int(m[2]), int(m[3])).date().isoformat() if m else ""
    except ValueError:
        return ""


_ENDINGS = {
    "application/pdf": ".pdf",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "application/msword": ".doc",
    "application/rtf": ".rtf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/tiff": ".tif",
    "application/zip": ".zip",
    "text/calendar": ".ics",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
}


def _attachment(part: email.message.Message, number: int) -> Attachment:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        inner = inner[0] if isinstance(inner, list) and inner else None
        data = inner.as_bytes() if inner is not None else b""
        name = part.get_filename()
        return Attachment(name=_decoded(name) if name else "melding.eml", data=data)
    name = _decoded(part.get_filename() or "")
    data = part.get_payload(decode=True)
    if data is None:
        data = str(part.get_payload()).encode("utf-8", "surrogateescape")
    return Attachment(name=name or f"vedlegg {number}{_ENDINGS.get(part.get_content_type(), '')}", data=data)


def _decoded(name: str) -> str:
    try:
        return clean(str(email.header.make_header(email.header.decode_header(name))))
    except (LookupError, ValueError, UnicodeError, email.errors.MessageError):
        return clean(name)
