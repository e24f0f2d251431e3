"""What several readers need: clean text, printed markers, safe XML and safe zip packages."""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from io import BytesIO

from pipeline.config import Limits
from pipeline.errors import OverLimit, Unreadable

# Bullets as they reach us: real ones, dashes, and the private-use glyphs of Wingdings and Symbol
# (U+F0xx), which print as boxes in any other font.
BULLETS = "•‣◦∙●○▪▫■□◆◇►▶➢➤✓✔✗✘–—·*\uf0a7\uf0b7\uf0d8\uf0fc\uf076\uf0a8\uf02d\uf06f\uf0e0\uf0f0"
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_MARKER = re.compile(
    rf"^\s*(?P<mark>[{re.escape(BULLETS)}]|-(?=\s)|o(?=\s{{2,}}|\t)"
    r"|\(?\d{1,2}(?:\.\d{1,2}){0,3}\s?[a-hA-H]?[.)](?=\s|\D)|\d{1,2}(?:\.\d{1,2}){1,3}(?=\s)"
    r"|\(?[a-hA-H]\)|[a-h]\.(?=\s)|\(?(?:i{1,3}|iv|vi{0,3}|ix|x)[.)](?=\s))\s*(?P<rest>\S.*)$",
    re.DOTALL,
)


_SAID_OF_IT = re.compile(
    r"(?:er|var|bør|må|kan|skal|vil|har|blir|ble|vart|gjelder|gjeld|mangler|manglar|finnes|finst|virker|verkar|trenger|treng|krever|krev"
    r"|står|ligger|ligg|fungerer|overlapper|overlappar|dekker|dekkjer|gir|gjev|hører|høyrer|og|samt"
    r"|mill(?:ioner|ionar|ion|iard\w*)?|prosent|pst|kroner|kr|timer|timar|årsverk|stilling\w*|km|meter|ganger|gonger|mer|meir)\b")


def clean(text: str) -> str:
    """One line of XML-legal, composed text: single blanks, no soft hyphens, no control characters.

    pdfium's U+0002 at hyphenations must be handled before (it is dropped here). Decomposed letters
    (a + ring) become one letter; nothing else is changed.
    """
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text.strip()  # nine texts of ten, four times as fast
    text = unicodedata.normalize("NFC", text)
    if "\x1f" in text or "\x1e" in text or "\x1d" in text or "\x1c" in text:
        text = _ILLEGAL.sub("", text)  # these four are blanks to Python and nothing to XML: "sam\x1fhandling" is one word
    text = " ".join(text.split())
    if not text.isprintable():
        text = " ".join(_INVISIBLE.sub("", _ILLEGAL.sub("", text)).split())
        return unicodedata.normalize("NFC", text)
    return text


def split_marker(text: str) -> tuple[str, str]:
    """("2.", "Rest of the line") for a line that begins with a printed number or bullet, else ("", text).

    Every bullet becomes "•", so that private-use glyphs never reach a page. A year, a date, a
    decimal number, or a number that the sentence goes on about, is no marker.
    """
    head = text[:7]
    if head[:1].isalpha() and head[0] != "o" and "." not in head and ")" not in head:
        return "", text  # an ordinary word: no marker looks like it
    m = _MARKER.match(text)
    if not m or re.match(r"\s*\d{1,2}\.\s?(?:\d{1,2}\.\s?\d{2,4}\b|[a-zæøå]{3,9}\s+\d{4})", text):
        return "", text
    mark = m["mark"].strip()
    if mark[-1].isdigit() and _SAID_OF_IT.match(m["rest"]):
        return "", text  # "4.1 er gjennomført": the number is what the sentence is about
    return ("•" if mark in BULLETS or mark in "-o" else mark), m["rest"]


def unprivate(text: str) -> str:
    """Private-use glyphs inside a line become "•" (they are bullets nine times in ten)."""
    return text if text.isprintable() else _PRIVATE.sub("•", text)


def parse_xml(data: bytes):
    """Parse untrusted XML without entities, network or huge trees. Returns an lxml root element.

    Raises Unreadable when it is not well-formed or holds a document type with entities.
    """
    from lxml import etree

    if b"<!ENTITY" in data[:100_000]:
        raise Unreadable("Filen definerer XML-entiteter, som kan være et angrep.", "Be avsenderen lagre den på nytt.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
                             huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("XML-en i filen er skadet.", "Åpne filen i Word eller Excel, lagre den på nytt og legg den inn.") from error


_BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_held: list[tuple[bytes, zipfile.ZipFile]] = []


def opened(data: bytes) -> zipfile.ZipFile:
    """The zip of these bytes; the last one is kept, since every sniff and the reader look into the same.

    Raises what ``zipfile.ZipFile`` raises: BadZipFile, ValueError, NotImplementedError, OSError.
    """
    if not _held or _held[0][0] is not data:
        _held[:] = [(data, zipfile.ZipFile(BytesIO(data)))]
    return _held[0][1]


class Package:
    """A zip read member by member under a budget of unpacked bytes; a bad member fails alone.

    ``names`` are the members in the archive's order. Names are labels only, never paths.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Raises Unreadable when ``data`` is no zip or is encrypted throughout, OverLimit at too many members."""
        try:
            self._zip = opened(data)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise Unreadable("Filen er skadet (pakken kan ikke åpnes).", "Be avsenderen sende den på nytt.") from error
        self._infos = {}
        for info in self._zip.infolist():
            self._infos.setdefault(info.filename.replace("\\", "/").lstrip("/"), info)
        self.names = tuple(self._infos)
        self._limit = limits.unpacked_mb
        self._left = limits.unpacked_mb * 2**20

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def flags(self, name: str) -> int:
        """The member's general purpose bits (bit 0: encrypted, bit 11: the name is UTF-8)."""
        return self._infos[name].flag_bits

    def read(self, name: str) -> bytes:
        """The member's bytes, also when its checksum is wrong. Raises KeyError, Unreadable, OverLimit."""
        info = self._infos[name]
        if info.flag_bits & 1:
            raise Unreadable("Filen er passordbeskyttet.", "Be om en versjon uten passord.")
        chunks = []
        # At once when zlib stops at what the directory says; the other methods unpack all they are given.
        size = min(info.file_size, self._left) + 1 if info.compress_type in _BOUNDED else 1 << 16
        try:
            with self._zip.open(info) as member:
                member._expected_crc = None  # a wrong checksum must not cost the text
                while chunk := member.read(size):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise OverLimit(
                            f"Filen pakkes ut til mer enn grensen på {self._limit} MB (limits.unpacked_mb).",
                            "Hvis filen er ekte: hev grensen i config.toml.")
                    chunks.append(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise Unreadable("En del av filen er skadet.", "Be avsenderen sende den på nytt.") from error
        return b"".join(chunks)
