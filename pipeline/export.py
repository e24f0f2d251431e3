"""The finished Word documents as PDF/A-2 for the archive: tagged, with outline, made by LibreOffice when it is installed.

LibreOffice is started once for all documents of a case, with a profile of its own that runs no macros, updates no
links and knows no way to the network. Nothing of the user's own LibreOffice is read or changed.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

from lxml import etree

from pipeline.model import Finding
from pipeline.norsk import join_names
from pipeline.readers import legacy_doc
from pipeline.readers._common import parse_xml

SECONDS = 300
_BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# https://help.libreoffice.org/latest/en-US/text/shared/guide/pdf_params.html
_OPTIONS = {
    "SelectPdfVersion": 2,  # PDF/A-2b
    "UseTaggedPDF": True,
    "PDFUACompliance": True,
    "ExportBookmarks": True,  # the outline
    "ExportBookmarksToPDFDestination": True,  # the passages of vedlegg 2 can be linked to
    "ExportLinksRelativeFsys": True,
    "ExportNotes": False,  # the evidence stays in the Word file
    "ExportFormFields": False,
}
# A proxy that leads nowhere: what an answer brought with it must not be fetched while we print.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value>\
</prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse">\
<value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse">\
<value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""
_BY_HAND = "Word-filene er skrevet. Lagre dem som PDF fra Word (Fil > Lagre som > PDF, «PDF/A-kompatibel»)"


def to_pdf(documents: Mapping[str, bytes], *, known: Mapping[str, bytes] | None = None,
           seconds: int = SECONDS) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """The PDF of every Word document among ``documents`` (name -> file), and what a person should know.

    Returns ``{"saksfremlegg.pdf": bytes, …}`` for those that were made, and findings of kind "no_pdf" that name the
    rest with reason and remedy. ``known``: name -> PDF of those that need not be printed again. ``seconds``: wall-clock
    limit for all of them together. Raises nothing.
    """
    every = [name for name in documents if name.lower().endswith(".docx")]
    renamed = {name: Path(name).with_suffix(".pdf").name for name in every}
    kept = {renamed[name]: pdf for name, pdf in (known or {}).items() if name in renamed}
    names = [name for name in every if renamed[name] not in kept]
    if not names:
        return kept, ()
    made, lacking = _print(documents, names, renamed, seconds)
    return kept | made, lacking


def _print(documents: Mapping[str, bytes], names: Sequence[str], renamed: Mapping[str, str],
           seconds: int) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    program = legacy_doc.office()
    if program is None:
        return {}, (_finding(f"PDF er slått på (documents.pdf), men LibreOffice er ikke installert. {_BY_HAND}, "
                             "eller installer LibreOffice og kjør på nytt."),)
    try:
        made = _convert(program, {name: _linked(documents[name], renamed) for name in names}, seconds)
    except subprocess.TimeoutExpired:
        return {}, (_finding(f"LibreOffice brukte mer enn {seconds} sekunder på å lage PDF, og er stanset. {_BY_HAND}."),)
    except OSError as error:
        return {}, (_finding(f"LibreOffice lot seg ikke starte ({error.strerror or error}). {_BY_HAND}."),)
    found = {renamed[name]: made[name] for name in names if made.get(name, b"").startswith(b"%PDF-")}
    lost = [name for name in names if renamed[name] not in found]
    if lost:
        return found, (_finding(f"LibreOffice klarte ikke å lage PDF av {join_names(lost)}. {_BY_HAND}."),)
    return found, ()


def _convert(program: str, documents: Mapping[str, bytes], seconds: int) -> dict[str, bytes]:
    """Name -> PDF for those that LibreOffice made. Raises subprocess.TimeoutExpired and OSError."""
    with tempfile.TemporaryDirectory(prefix="saksutkast-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        user = home / "profil" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        # Names of our own: the documents' names come from the case, and two may differ in case only.
        sources = {name: home / f"{at}.docx" for at, name in enumerate(documents, 1)}
        for name, path in sources.items():
            path.write_bytes(documents[name])
        command = [program, f"-env:UserInstallation={(home / 'profil').as_uri()}", "--headless", "--norestore", "--nologo",
                   "--nolockcheck", "--nodefault", "--convert-to", f"pdf:writer_pdf_Export:{_filter_options()}", "--outdir",
                   str(home), *map(str, sources.values())]
        _run(command, home, seconds)
        return {name: path.with_suffix(".pdf").read_bytes() for name, path in sources.items()
                if path.with_suffix(".pdf").is_file()}


def _filter_options() -> str:
    kinds = {bool: "boolean", int: "long"}
    return json.dumps({key: {"type": kinds[type(value)], "value": str(value).lower()} for key, value in _OPTIONS.items()})


def _run(command: list[str], home: Path, seconds: int) -> None:
    """Wait for the program; when it takes too long, end it with everything it started."""
    environment = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
        command, cwd=home, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        _end(process)
        raise
    except BaseException:
        _end(process)
        raise


def _end(process: subprocess.Popen) -> None:
    """The program is a starter whose child does the work: both must go."""
    import psutil

    with contextlib.suppress(psutil.Error):
        for child in psutil.Process(process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                child.kill()
    process.kill()
    process.wait()


def _linked(data: bytes, renamed: Mapping[str, str]) -> bytes:
    """The Word file for printing: links to sister documents ("vedlegg-2-innspill.docx#…") lead to their PDFs, and the
    page numbers of the contents are counted."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as old:
            rels = [n for n in old.namelist() if n.startswith("word/_rels/") and n.endswith(".rels")]
            changed = {n: new for n in rels if (new := _retargeted(old.read(n), renamed.items())) is not None}
            if _BODY in old.namelist() and (new := _counted(old.read(_BODY))) is not None:
                changed[_BODY] = new
            if not changed:
                return data
            out = BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new_zip:
                for info in old.infolist():
                    new_zip.writestr(info, changed.get(info.filename) or old.read(info))
            return out.getvalue()
    except (zipfile.BadZipFile, OSError):
        return data  # LibreOffice will say no, and the finding names it


def _counted(content: bytes) -> bytes | None:
    """Without the field around the table of contents: LibreOffice takes what is inside it for finished text, and
    counts the page of a PAGEREF field only outside."""
    root = parse_xml(content) if b"PAGEREF" in content and b"TOC " in content else None
    if root is None:
        return None
    fields: list[list] = []  # the open ones, innermost last: runs up to the separator, is it the contents, before it still
    dropped = []
    for run in root.iter(f"{_W}r"):
        mark = run.find(f"{_W}fldChar")
        kind = mark.get(f"{_W}fldCharType") if mark is not None else ""
        if kind == "begin":
            fields.append([[run], False, True])
        elif fields and kind == "separate":
            fields[-1][0].append(run)
            fields[-1][2] = False
        elif fields and kind == "end":
            runs, is_contents, _ = fields.pop()
            dropped += [*runs, run] if is_contents else []
        elif fields and fields[-1][2]:
            code = "".join(t.text or "" for t in run.iter(f"{_W}instrText"))
            fields[-1][0].append(run)
            fields[-1][1] = fields[-1][1] or code.split()[:1] == ["TOC"]
    for run in dropped:
        run.getparent().remove(run)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True) if dropped else None


def _retargeted(content: bytes, renamed: Iterable[tuple[str, str]]) -> bytes | None:
    changed = content
    for name, pdf in renamed:
        changed = re.sub(b'Target="' + re.escape(name.encode()) + b'(?=["#])', b'Target="' + pdf.encode(), changed)
    return changed if changed != content else None


def _finding(message: str) -> Finding:
    return Finding(kind="no_pdf", message=message)
