"""The parts of a Word file and how they point at each other (OPC: ECMA-376 part 2).

Two packagings, one interface: the zip of docx/docm/dotx/dotm, and Flat OPC, the same parts in one
XML file. Relationship types are compared by their last word, so that strict files
(purl.oclc.org) read like transitional ones (schemas.openxmlformats.org).
"""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote

from pipeline.config import Limits
from pipeline.errors import Unreadable
from pipeline.model import Attachment
from pipeline.readers._common import Package, parse_xml

Draft = dict  # the fields of a model.Block that differ from their defaults
_REMEDY = "Åpne filen i Word, lagre den på nytt og legg den inn igjen."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship: ``type`` is the last word of its URI, ``target`` a part's name or an outside address."""

    id: str
    type: str
    target: str
    external: bool = False


class ZipParts:
    """The members of a zip under the unpacking budget. Raises what ``Package`` raises."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._package = Package(data, limits)
        self.names = self._package.names
        # Word finds parts whatever their case; some producers count on it.
        self._folded = {name.lower(): name for name in reversed(self.names)}
        self.related: dict[str, dict[str, Relation]] = {}

    def find(self, name: str) -> str | None:
        """The part's name as stored, or None."""
        return name if name in self._package else self._folded.get(name.lower())

    def data(self, name: str) -> bytes:
        """The part's bytes. Raises Unreadable, OverLimit."""
        return self._package.read(name)

    def xml(self, name: str):
        """(root, bytes) of an XML part. Raises Unreadable, OverLimit."""
        data = self._package.read(name)
        return parse_xml(data), data


class FlatParts:
    """The parts of one Flat OPC document (``pkg:package``)."""

    def __init__(self, data: bytes) -> None:
        self._parts = {}
        for part in parse_xml(data):
            name = next((v for k, v in part.attrib.items() if k.endswith("}name") or k == "name"), "")
            if name and len(part):
                self._parts.setdefault(name.lstrip("/"), part[0])
        self.names = tuple(self._parts)
        self.related: dict[str, dict[str, Relation]] = {}

    def find(self, name: str) -> str | None:
        return name if name in self._parts else None

    def data(self, name: str) -> bytes:
        holder = self._parts[name]
        if holder.tag.endswith("}binaryData"):
            try:
                return base64.b64decode("".join((holder.text or "").split()))
            except (binascii.Error, ValueError) as error:
                raise Unreadable("En del av filen er skadet.", _REMEDY) from error
        from lxml import etree

        return etree.tostring(holder[0], encoding="utf-8") if len(holder) else b""

    def xml(self, name: str):
        holder = self._parts[name]
        if holder.tag.endswith("}xmlData") and len(holder):
            return holder[0], None
        data = self.data(name)
        return parse_xml(data), data


Parts = ZipParts | FlatParts


def relations(parts: Parts, name: str) -> dict[str, Relation]:
    """The relationships of part ``name`` ("" for the package) by id; none when they are missing or damaged."""
    if name not in parts.related:
        parts.related[name] = _relations(parts, name)
    return parts.related[name]


def _relations(parts: Parts, name: str) -> dict[str, Relation]:
    folder, base = posixpath.split(name)
    stored = parts.find(posixpath.join(folder, "_rels", f"{base}.rels"))
    if stored is None:
        return {}
    try:
        root, _ = parts.xml(stored)
    except Unreadable:
        return {}
    found = {}
    for element in root:
        get = element.attrib.get
        key, target = get("Id"), get("Target")
        if not key or not target:
            continue
        external = get("TargetMode") == "External"
        if not external:
            plain = f"{folder}/{target}"
            target = plain if folder and parts.find(plain) == plain else _resolved(parts, folder, target)
        found[key] = Relation(key, get("Type", "").rstrip("/").rpartition("/")[2], target, external)
    return found


def _resolved(parts: Parts, folder: str, target: str) -> str:
    target = target.partition("#")[0].replace("\\", "/")
    target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return parts.find(target) or parts.find(unquote(target)) or target


def main_part(parts: Parts) -> str:
    """The name of the main document part. Raises Unreadable when there is none."""
    for relation in relations(parts, "").values():
        if relation.type == "officeDocument" and parts.find(relation.target):
            return relation.target
    by_name = sorted((n for n in parts.names if re.fullmatch(r"(?:.*/)?document\d*\.xml", n, re.IGNORECASE)
                      and "glossary" not in n.lower()), key=lambda n: (n != "word/document.xml", n))
    if by_name:
        return by_name[0]
    raise Unreadable("Word-filen mangler selve dokumentet.", _REMEDY)


def attachments(relation: Relation, parts: Parts) -> Iterator[Attachment]:
    """What an embedded object holds, as a file that another reader may know.

    A docx/xlsx/pptx/pdf comes as it is; inside an OLE wrapper the package, the old Office document, the PDF
    or the file of an "object packager" is taken out. Objects without text (equations, drawings) give nothing.
    """
    data = parts.data(relation.target)
    name = posixpath.basename(relation.target)
    if not data.startswith(_OLE):
        if data[:4] in (b"PK\3\4", b"%PDF"):
            yield Attachment(name=name, data=data)
        return
    import olefile

    stem = posixpath.splitext(name)[0]
    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            streams = {"/".join(path).lower(): path for path in ole.listdir()}
            if "package" in streams:
                inner = ole.openstream(streams["package"]).read()
                yield Attachment(name=stem + _ending(inner), data=inner)
            elif "\x01ole10native" in streams:
                yield from _packaged(ole.openstream(streams["\x01ole10native"]).read(), stem)
            elif "contents" in streams:
                inner = ole.openstream(streams["contents"]).read()
                if inner.startswith(b"%PDF"):
                    yield Attachment(name=f"{stem}.pdf", data=inner)
            elif "worddocument" in streams:
                yield Attachment(name=f"{stem}.doc", data=data)
            elif "workbook" in streams or "book" in streams:
                yield Attachment(name=f"{stem}.xls", data=data)
    except (OSError, ValueError, IndexError, AttributeError, TypeError, ArithmeticError) as error:
        # olefile raises all of these on damaged input
        raise Unreadable("Et innebygd objekt er skadet.", _REMEDY) from error


def _ending(data: bytes) -> str:
    for mark, ending in ((b"word/", ".docx"), (b"xl/", ".xlsx"), (b"ppt/", ".pptx")):
        if mark in data:
            return ending
    return ".bin"


def _packaged(stream: bytes, stem: str) -> Iterator[Attachment]:
    """The file in an Ole10Native stream: size, 2 bytes, label, path, 8 bytes, temporary path, length, bytes."""
    label_end = stream.find(b"\0", 6)
    path_end = stream.find(b"\0", label_end + 1)
    if label_end < 0 or path_end < 0:
        return
    at = path_end + 1 + 4
    length = int.from_bytes(stream[at:at + 4], "little")
    at += 4 + length
    size = int.from_bytes(stream[at:at + 4], "little")
    inner = stream[at + 4:at + 4 + size]
    if inner:
        label = stream[6:label_end].decode("cp1252", "replace").replace("\\", "/").rpartition("/")[2]
        yield Attachment(name=label or stem, data=inner)
