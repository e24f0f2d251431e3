"""OLE2 compound files: which program wrote one, what is packed inside, and whether it is encrypted."""

from __future__ import annotations

import io
import posixpath
import struct

from pipeline.errors import Unreadable

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def password() -> Unreadable:
    """What to raise for an encrypted file."""
    return Unreadable("Filen er passordbeskyttet.", "Be avsenderen om en versjon uten passord.")


def encrypted_doc(data: bytes) -> bool:
    """Whether a Word 97–2003 file is encrypted: bit 8 of the flags at offset 10 ([MS-DOC] 2.5.2, fEncrypted)."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            head = ole.openstream("WordDocument").read(12)
    except Exception:
        return False
    return len(head) == 12 and bool(struct.unpack("<H", head[10:12])[0] & 0x0100)


def names(data: bytes) -> frozenset[str] | None:
    """Lower-case names of the streams and storages at the root; None when this is no compound file."""
    if not data.startswith(MAGIC):
        return None
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_FATAL) as ole:
            return frozenset(path[0].lower() for path in ole.listdir(streams=True, storages=True))
    except Exception:
        return frozenset()


def kind(data: bytes) -> str:
    """ "msg", "doc", "xls", "ppt", "encrypted", "other" or "" (no compound file), by stream names."""
    found = names(data)
    if found is None:
        return ""
    if "encryptedpackage" in found or "encryptioninfo" in found:
        return "encrypted"
    if "__properties_version1.0" in found or "__nameid_version1.0" in found:
        return "msg"
    if "worddocument" in found:
        return "doc"
    if found & {"workbook", "book"}:
        return "xls"
    return "ppt" if "powerpoint document" in found else "other"


def embedded(data: bytes, name: str) -> tuple[str, bytes] | None:
    """(name, bytes) of an embedded object: an Office file as it is, or what a "Package" object wraps.

    None for an object that is only a picture of itself.
    """
    if not data.startswith(MAGIC):
        return name, data
    what = kind(data)
    endings = {"doc": ".doc", "xls": ".xls", "msg": ".msg", "encrypted": ".docx"}
    if what in endings:
        return posixpath.splitext(name)[0] + endings[what], data
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            for stream in ("Package", "CONTENTS", "\x01Ole10Native"):
                if not ole.exists(stream):
                    continue
                raw = ole.openstream(stream).read()
                if stream == "\x01Ole10Native":
                    return _native(raw, name)
                ending = {b"%PDF": ".pdf", b"PK\x03\x04": ".zip"}.get(raw[:4], ".bin")
                return posixpath.splitext(name)[0] + ending, raw
    except Exception:
        return None
    return None


def _native(raw: bytes, name: str) -> tuple[str, bytes] | None:
    """A packaged file: [size][2 bytes][label\\0][path\\0][8 bytes][path length][path][size][bytes]."""
    try:
        at = 6
        end = raw.index(b"\0", at)
        label = raw[at:end].decode("cp1252", "replace")
        at = raw.index(b"\0", end + 1) + 1 + 4
        (length,) = struct.unpack_from("<I", raw, at)
        at += 4 + length
        (size,) = struct.unpack_from("<I", raw, at)
    except (ValueError, struct.error):
        return None
    content = raw[at + 4 : at + 4 + size]
    return (label.replace("\\", "/").rsplit("/", 1)[-1] or name, content) if content else None
