"""Before publication: what is still unfilled, and the copy without evidence and without traces of its making."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.config import Limits
from pipeline.errors import TemplateError, Unreadable
from pipeline.readers._common import Package, parse_xml
from pipeline.writers._saksfremlegg_evidence import VEDLEGG_2
from pipeline.writers._word import AUTHOR, stable_zip

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/package/2006/relationships}"
# Written by the template; also what a person may have typed by the same pattern.
_PLACEHOLDER = re.compile(r"\[(?:Fyll inn|Fyll ut|Sett inn|Skriv)\b[^\]\n]{0,200}\]", re.IGNORECASE)
SUGGESTION = ("Forslag fra verktøyet", "Forslag frå verktøyet")
_STORY = re.compile(r"^word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$")
_COMMENT_PART = re.compile(r"^word/(_rels/)?(comments\w*|people)\.xml(\.rels)?$")
_COMMENT_TAGS = {_W + n for n in ("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef")}


def unfilled(data: bytes) -> list[str]:
    """The placeholders still visible in a Word file, in reading order, each as it stands ("[Fyll inn saksnummer]").

    Suggestions of the tool that nobody has dealt with count too, once each by their marking.
    Raises errors.TemplateError when the file is no readable Word document.
    """
    found: list[str] = []
    for name, root in _stories(data):
        for paragraph in root.iter(_W + "p"):
            text = "".join(t.text or "" for t in paragraph.iter(_W + "t")
                           if next(t.iterancestors(_W + "p")) is paragraph)
            found += _PLACEHOLDER.findall(text)
            if text.strip().startswith(SUGGESTION) and name == "word/document.xml":
                found.append(text.strip())
    return found


def clean_copy(data: bytes) -> bytes:
    """The Word file for publication: no comments, no evidence bookmarks or links, no names in the properties.

    Text, formatting and tracked changes are left as they are. Raises errors.TemplateError when the file
    is no readable Word document.
    """
    from io import BytesIO
    from zipfile import ZIP_DEFLATED, ZipFile

    package = _package(data)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in package.names:
            if name.endswith("/") or _COMMENT_PART.match(name) or name.startswith("docProps/custom"):
                continue
            content = package.read(name)
            if name.endswith((".xml", ".rels")):
                content = _cleaned(name, content)
            new.writestr(name, content)
    return stable_zip(out.getvalue())


def _cleaned(name: str, content: bytes) -> bytes:
    if _STORY.match(name):
        root = _parse(content)
        _drop_evidence(root)
    elif name.endswith(".rels"):
        root = _parse(content)
        for rel in list(root):
            target = (rel.get("Target") or "").rsplit("/", 1)[-1]
            personal = re.match(r"^(comments\w*|people|custom)\.xml$", target)
            # Links to the passages of vedlegg 2 lead to a file beside this one, which the web does not have.
            sister = rel.get("TargetMode") == "External" and rel.get("Target") == VEDLEGG_2
            if personal or sister or rel.get("Type", "").endswith("/attachedTemplate"):
                root.remove(rel)
    elif name == "[Content_Types].xml":
        root = _parse(content)
        for override in list(root):
            part = (override.get("PartName") or "").lstrip("/")
            if _COMMENT_PART.match(part) or part.startswith("docProps/custom"):
                root.remove(override)
    elif name == "docProps/core.xml":
        root = _parse(content)
        for child in list(root):
            local = etree.QName(child).localname
            if local in ("lastModifiedBy", "identifier", "keywords", "description", "category", "contentStatus",
                         "revision", "lastPrinted", "subject"):
                root.remove(child)
            elif local == "creator":
                child.text = AUTHOR
    elif name == "docProps/app.xml":
        root = _parse(content)
        for child in list(root):
            if etree.QName(child).localname in ("Company", "Manager", "Template", "TotalTime", "HyperlinkBase"):
                root.remove(child)
    elif name == "word/settings.xml":
        root = _parse(content)
        for child in list(root):
            if child.tag in (_W + "attachedTemplate", _W + "rsids", _W + "docVars"):
                root.remove(child)
    else:
        return content
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _drop_evidence(root) -> None:
    ours = {b.get(_W + "id") for b in root.iter(_W + "bookmarkStart") if (b.get(_W + "name") or "").startswith("ssu_")}
    for link in list(root.iter(_W + "hyperlink")):
        if (link.get(_W + "anchor") or "").startswith("ssu_"):
            for line in list(link.iter(_W + "u")):
                _remove(line)
            for child in list(link):
                link.addprevious(child)
            _remove(link)
    for node in list(root.iter(*_COMMENT_TAGS, _W + "bookmarkStart", _W + "bookmarkEnd")):
        if node.tag in (_W + "bookmarkStart", _W + "bookmarkEnd"):
            if node.get(_W + "id") in ours:
                _remove(node)
            continue
        run = node.getparent()
        _remove(node)
        if run is not None and run.tag == _W + "r" and not [c for c in run if c.tag != _W + "rPr"]:
            _remove(run)


def _remove(node) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _stories(data: bytes):
    package = _package(data)
    for name in sorted((n for n in package.names if _STORY.match(n)), key=lambda n: (n != "word/document.xml", n)):
        yield name, _parse(package.read(name))


def _package(data: bytes) -> Package:
    try:
        package = Package(data, Limits())
    except Unreadable as error:
        raise TemplateError(f"Filen er ikke et lesbart Word-dokument. {error}") from error
    if "word/document.xml" not in package:
        raise TemplateError("Filen er ikke et Word-dokument (.docx). Velg saksfremlegget som er lagret fra Word.")
    return package


def _parse(content: bytes):
    try:
        return parse_xml(content)
    except Unreadable as error:
        raise TemplateError(f"Word-dokumentet er skadet. {error}") from error
