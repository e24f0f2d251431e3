"""Word 97–2003 (.doc, .dot) through LibreOffice when it is installed; encrypted Office files are named.

Other OLE files that nobody else claims (PowerPoint, Publisher …) end here too, with a remedy.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from pipeline.errors import OverLimit, Unreadable, Unsupported
from pipeline.model import Content
from pipeline.readers import _ole

NAME = "doc"
SUFFIXES = (".doc", ".dot")
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
# No macros, no links followed: what a stranger sent must not reach the network.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value>\
</prop></item>
</oor:items>
"""


def sniff(data: bytes, name: str) -> int:
    """3 for a Word or encrypted OLE file, 2 for an OLE file of no known program."""
    kind = _ole.kind(data)
    if kind in ("doc", "encrypted"):
        return 3
    if kind in ("ppt", "other"):
        return 2
    return 1 if name.lower().endswith(SUFFIXES) else 0


def read(data: bytes, name: str, options) -> Content:
    """As the Word file that LibreOffice makes of it. Raises Unreadable, Unsupported, OverLimit."""
    kind = _ole.kind(data)
    if kind == "encrypted" or (kind == "doc" and _ole.encrypted_doc(data)):
        raise _ole.password()
    if kind in ("ppt", "other"):
        raise Unsupported(
            "Filtypen er ukjent (en eldre Office-fil som ikke er Word, Excel eller Outlook).",
            "Lagre innholdet som Word eller PDF, og legg det inn på nytt.",
        )
    if kind != "doc":
        raise Unreadable("Filen er skadet, eller er ikke en Word-fil.", "Be avsenderen lagre den som .docx.")
    program = office()
    if program is None:
        raise Unsupported(
            "Eldre Word-filer (.doc) kan bare leses når LibreOffice er installert.",
            "Åpne filen i Word, lagre den som .docx og legg den inn på nytt.",
        )
    from pipeline import readers

    content = readers.read(_convert(program, data, options.limits.seconds_per_file), "dokument.docx", options)
    return replace(content, format=NAME)


def office() -> str | None:
    """The path of LibreOffice's program, if it is installed."""
    return (
        shutil.which("soffice") or shutil.which("libreoffice") or next((p for p in _PLACES if Path(p).exists()), None)
    )


def _convert(program: str, data: bytes, seconds: int) -> bytes:
    with tempfile.TemporaryDirectory(prefix="saksutkast-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        source = home / "dokument.doc"
        source.write_bytes(data)
        (home / "profil" / "user").mkdir(parents=True)
        (home / "profil" / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        command = [
            program,
            f"-env:UserInstallation={(home / 'profil').as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            "--nolockcheck",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(home / "ut"),
            str(source),
        ]
        extra = {} if os.name != "posix" else {"preexec_fn": _free_memory}
        try:
            subprocess.run(  # noqa: S603 - names of ours only, no shell
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=max(seconds - 5, 5),
                check=False,
                **extra,
            )
        except subprocess.TimeoutExpired as error:
            raise OverLimit(
                "LibreOffice brukte for lang tid på å lese filen (limits.seconds_per_file).",
                "Åpne filen i Word, lagre den som .docx og legg den inn på nytt.",
            ) from error
        except OSError as error:
            raise Unsupported(
                "LibreOffice lot seg ikke starte.", "Åpne filen i Word, lagre den som .docx og legg den inn på nytt."
            ) from error
        result = home / "ut" / "dokument.docx"
        if not result.exists():
            raise Unreadable(
                "LibreOffice klarte ikke å lese filen. Den er sannsynligvis skadet.",
                "Åpne filen i Word, lagre den som .docx og legg den inn på nytt.",
            )
        return result.read_bytes()


def _free_memory() -> None:
    """The worker's limit on address space is for our readers; LibreOffice maps more than it uses."""
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
