"""Zip archives of answers: every member is a document of its own. Other archives are named, not read."""

from __future__ import annotations

import re

from pipeline.errors import FileProblem, OverLimit, Unreadable, Unsupported
from pipeline.model import Attachment, Block, Content, Finding
from pipeline.readers._common import Package, clean

NAME = "zip"
SUFFIXES = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")
_OTHERS = {
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "rar",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
}
_NOT_INPUT = re.compile(r"(^|/)(__MACOSX/|\.(?!\.?/)|~\$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)


def sniff(data: bytes, name: str) -> int:
    """2 for a zip that is no Office package, 3 for other archives' first bytes."""
    if any(data.startswith(magic) for magic in _OTHERS) or data[257:262] == b"ustar":
        return 3
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        package = b"[Content_Types].xml" in data[:3000] or data[30:38] == b"mimetype"
        return 1 if package and name.lower().endswith(SUFFIXES) else 0 if package else 2
    return 1 if name.lower().endswith(SUFFIXES) else 0


def read(data: bytes, name: str, options) -> Content:
    """The members as attachments, folders and system files left out.

    Raises Unreadable (damaged, encrypted, empty), OverLimit (members, unpacked size), Unsupported.
    """
    other = next((kind for magic, kind in _OTHERS.items() if data.startswith(magic)), None)
    if other or data[257:262] == b"ustar":
        raise Unsupported(
            f"Arkiver av typen {other or 'tar'} kan ikke leses.", "Pakk det ut, eller lag en zip-fil i stedet."
        )
    package = Package(data, options.limits)
    members = [n for n in package.names if not n.endswith("/") and not _NOT_INPUT.search(n)]
    if not members:
        raise Unreadable("Arkivet er tomt.", "Be avsenderen sende det på nytt.")
    if len(members) > options.limits.files_per_archive:
        raise OverLimit(
            f"Arkivet har flere filer enn grensen på {options.limits.files_per_archive} (limits.files_per_archive).",
            "Pakk det ut i saksmappen, eller hev grensen i config.toml.",
        )
    attachments, findings, locked = [], [], 0
    for member in members:
        label = _name(member, package.flags(member))
        content = b""
        try:
            content = package.read(member)
        except OverLimit:
            raise
        except FileProblem as problem:
            locked += "passord" in problem.reason
            findings.append(
                Finding(
                    kind="damaged_member",
                    locator=f"member={clean(label)}",
                    message=f"«{clean(label)}» i arkivet kunne ikke leses. {problem}",
                )
            )
        attachments.append(Attachment(name=label, data=content))
    if locked == len(members):
        raise Unreadable(
            "Arkivet er passordbeskyttet.", "Be avsenderen om en versjon uten passord, eller pakk det ut i saksmappen."
        )
    blocks = tuple(
        Block(text=clean(a.name), place="properties", locator=f"member={i}")
        for i, a in enumerate(attachments, 1)
        if clean(a.name)
    )
    return Content(format=NAME, blocks=blocks, attachments=tuple(attachments), findings=tuple(findings), container=True)


def _name(member: str, flags: int) -> str:
    """A member's name; where UTF-8 is not declared, Windows wrote it in code page 850 and zipfile read 437."""
    if flags & 0x800:
        return member
    try:
        raw = member.encode("cp437")
    except UnicodeEncodeError:
        return member
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp850", "replace")
