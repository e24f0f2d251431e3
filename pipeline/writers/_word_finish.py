"""What every finished Word document of ours has: language, table headers, cleaned properties, stable bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape

from docx.oxml.ns import qn

from pipeline.writers import _word_aside
from pipeline.writers._word_values import clean_text
from pipeline.writers._word_xml import PARAGRAPH_ORDER, RUN_ORDER, element, put

AUTHOR = "Saksutkast"
LANGUAGE = "nb-NO"
_NORDIC = ("nb", "nn", "no", "se")
# A row that may not break over pages is cut off by LibreOffice when it is taller than a page.
_KEEP_TOGETHER_BELOW = 1500
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def to_bytes(document, *, title: str, day: date, identifier: str = "", subject: str = "", language: str = "") -> bytes:
    """The finished file of a python-docx Document.

    Sets language (``language``, else the template's own when it is Norwegian, else nb-NO), header rows,
    rows that do not break over pages, title and the other core properties (dates: ``day`` at midnight).
    The same document and arguments give the same bytes.
    """
    set_document_language(document, language)
    fix_tables(document.element.body)
    out = BytesIO()
    document.core_properties.title = ""  # makes the part when the template has none
    document.save(out)
    core = _core_properties(title=title, subject=subject, identifier=identifier, day=day,
                            language=document_language(document))
    name = document.part.package._core_properties_part.partname.membername
    return stable_zip(out.getvalue(), replacing={name: core}, shelves=_word_aside.shelves(document))


def finish(root) -> None:
    """What ``to_bytes`` does to all that stands in a document, for a part of it that is set aside."""
    _forget_english(root)
    fix_tables(root)


def document_language(document) -> str:
    """The language in the document's defaults ("nb-NO")."""
    lang = document.styles.element.find("/".join(map(qn, ("w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang"))))
    return lang.get(qn("w:val"), LANGUAGE) if lang is not None else LANGUAGE


def set_document_language(document, language: str = "") -> None:
    """Norwegian in the defaults and in every style and run that claims English (Word's default)."""
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = element("w:docDefaults")
        styles.insert(0, defaults)
    holder = defaults.find(qn("w:rPrDefault"))
    if holder is None:
        holder = element("w:rPrDefault")
        defaults.insert(0, holder)
    properties = holder.find(qn("w:rPr"))
    if properties is None:
        properties = element("w:rPr")
        holder.append(properties)
    old = properties.find(qn("w:lang"))
    found = old.get(qn("w:val"), "") if old is not None else ""
    wanted = language or (found if found.lower().startswith(_NORDIC) else LANGUAGE)
    put(properties, element("w:lang", val=wanted, eastAsia=wanted, bidi="ar-SA"), RUN_ORDER)
    for root in (styles, document.element):
        _forget_english(root, but=properties)
    theme = document.settings.element.find(qn("w:themeFontLang"))
    if theme is not None:
        theme.set(qn("w:val"), wanted)


def _forget_english(root, but=None) -> None:
    for lang in list(root.iter(qn("w:lang"))):
        if lang.getparent() is not but and lang.get(qn("w:val"), "").lower().startswith("en"):
            lang.getparent().remove(lang)


def fix_tables(root) -> None:
    """Header rows repeat where the table's look says that it has one; short rows stay on one page."""
    for table in root.iter(qn("w:tbl")):
        look = table.find(f"{qn('w:tblPr')}/{qn('w:tblLook')}")
        rows = table.findall(qn("w:tr"))
        for i, row in enumerate(rows):
            if sum(len(t.text or "") for t in row.iter(qn("w:t"))) < _KEEP_TOGETHER_BELOW:
                _row_property(row, "w:cantSplit")
            if i == 0 and len(rows) > 1 and _has_header(look):
                _row_property(row, "w:tblHeader")


def add_table_text(table, title: str, description: str = "") -> None:
    """Alt text for a w:tbl element, read aloud by screen readers."""
    properties = table.find(qn("w:tblPr"))
    for name, value in (("w:tblCaption", title), ("w:tblDescription", description)):
        for old in properties.findall(qn(name)):
            properties.remove(old)
        if value:  # these two are the last children that the schema allows before tblPrChange
            properties.append(element(name, val=value))


def keep_with_next(paragraph) -> None:
    """A w:p stays on the page of the paragraph after it."""
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        properties = element("w:pPr")
        paragraph.insert(0, properties)
    put(properties, element("w:keepNext"), PARAGRAPH_ORDER)


def stable_zip(data: bytes, *, replacing: Mapping[str, bytes] | None = None,
               shelves: Mapping[str, _word_aside.Shelf] | None = None) -> bytes:
    """The same package with members in a fixed order and without clock times; ``replacing``: new content by member;
    ``shelves``: by member, what is to be put in its place there."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new:
        first = ("[Content_Types].xml", "_rels/.rels")
        for name in sorted(old.namelist(), key=lambda n: (first.index(n) if n in first else len(first), n)):
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            content = (replacing or {}).get(name) or old.read(name)
            with new.open(info, "w") as member:
                for piece in shelves[name].poured(content) if name in (shelves or ()) else (content,):
                    member.write(piece)
    return out.getvalue()


def _row_property(row, name: str) -> None:
    properties = row.find(qn("w:trPr"))
    if properties is None:
        properties = element("w:trPr")
        exceptions = row.find(qn("w:tblPrEx"))
        row.insert(0 if exceptions is None else 1, properties)
    found = properties.find(qn(name))
    if found is None:
        properties.insert(0, element(name))
    elif found.get(qn("w:val")) in ("0", "false"):
        del found.attrib[qn("w:val")]


def _has_header(look) -> bool:
    if look is None:
        return False
    if look.get(qn("w:firstRow")) is not None:
        return look.get(qn("w:firstRow")) in ("1", "true", "on")
    try:
        return bool(int(look.get(qn("w:val"), "0"), 16) & 0x20)
    except ValueError:
        return False


def _core_properties(*, title: str, subject: str, identifier: str, language: str, day: date) -> bytes:
    """docProps/core.xml, written whole: docxcompose, which docxtpl imports where it is installed, rebinds python-docx's prefix "cp" to
    another namespace, so that python-docx's own setters write properties that Word cannot read."""
    stamp = f"{day.isoformat()}T00:00:00Z"
    values = "".join(f"<{tag}>{escape(_property(text))}</{tag}>" for tag, text in (
        ("dc:title", title), ("dc:subject", subject), ("dc:creator", AUTHOR), ("dc:identifier", identifier),
        ("dc:language", language), ("cp:lastModifiedBy", AUTHOR), ("cp:revision", "1")) if text)
    dates = "".join(f'<dcterms:{n} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{n}>' for n in ("created", "modified"))
    return ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
            ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            + values + dates + "</cp:coreProperties>").encode()


def _property(text: str) -> str:
    """Core properties hold at most 255 characters."""
    return " ".join(clean_text(text).split())[:255]
