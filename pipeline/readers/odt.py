"""OpenDocument text (.odt, .ott): a walk over the package's XML with lxml."""

from __future__ import annotations

import posixpath

from pipeline.errors import FileProblem, Unreadable
from pipeline.model import Attachment, Block, Content
from pipeline.readers import _encoding, _odf, _ole
from pipeline.readers._common import Package, clean, unprivate

NAME = "odt"
SUFFIXES = (".odt", ".ott")


def sniff(data: bytes, name: str) -> int:
    """3 for the package's own type mark."""
    return 3 if _odf.kind_of_package(data) == "text" else 1 if name.lower().endswith(SUFFIXES) else 0


def read(data: bytes, name: str, options) -> Content:
    """Body with notes and comments where they stand, then headers and footers. Raises Unreadable, OverLimit."""
    package = Package(data, options.limits)
    _odf.check_password(package)
    root = _odf.part(package, "content.xml")
    if root is None:
        raise Unreadable("Filen er skadet (innholdet mangler).", "Be avsenderen lagre den på nytt, helst som .docx.")
    try:
        styles_root = _odf.part(package, "styles.xml")
    except Unreadable:
        styles_root = None
    styles = _odf.Styles()
    styles.add(styles_root)
    styles.add(root)
    body = next((e for e in root.iter() if _odf.local(e) == "text" and _odf.local(e.getparent()) == "body"), None)
    walker = _odf.Walker(styles, _controls(root))
    if body is not None:
        walker.walk(body)
    blocks = walker.out
    blocks += _headers(styles_root, styles, len(blocks))
    attachments = tuple(_embedded(package))
    if not blocks and not attachments:
        raise Unreadable("Filen har ingen tekst.", "Be avsenderen sende den på nytt.")
    return Content(
        format=NAME,
        blocks=tuple(blocks),
        attachments=attachments,
        properties=_odf.properties(package),
        findings=_encoding.broken_letters("\n".join(b.text for b in blocks)),
    )


def _controls(root) -> dict[str, str]:
    """Form controls by id: a check box with its label, a field's value, a list's choice."""
    out = {}
    for e in root.iter():
        kind = _odf.local(e)
        number = _odf.attribute(e, "id")
        if not number or "form" not in (e.tag if isinstance(e.tag, str) else ""):
            continue
        label = clean(_odf.attribute(e, "label"))
        if kind in ("checkbox", "radio"):
            state = (
                _odf.attribute(e, "current-state")
                or _odf.attribute(e, "current-selected")
                or _odf.attribute(e, "state")
            )
            out[number] = ("☒ " if state in ("checked", "true") else "☐ ") + label
        elif kind in ("text", "textarea", "formatted-text", "number", "date", "time", "combobox", "generic-control"):
            out[number] = clean(unprivate(_odf.attribute(e, "current-value") or _odf.attribute(e, "value")))
        elif kind == "listbox":
            out[number] = ", ".join(
                clean(_odf.attribute(o, "label"))
                for o in e
                if _odf.local(o) == "option"
                and "true" in (_odf.attribute(o, "current-selected"), _odf.attribute(o, "selected"))
            )
        elif kind in ("fixed-text", "button", "frame"):
            out[number] = label
    return {k: v for k, v in out.items() if v}


def _headers(root, styles: _odf.Styles, number: int) -> list[Block]:
    out: list[Block] = []
    seen = set()
    for page in (e for e in (root.iter() if root is not None else ()) if _odf.local(e) == "master-page"):
        for part in page:
            name = _odf.local(part)
            if name.startswith(("header", "footer")) and _odf.attribute(part, "display") != "false":
                walker = _odf.Walker(styles)
                walker.paragraphs = number
                walker.walk(part, name[:6])
                for block in walker.out:
                    if block.text and (block.place, block.text) not in seen:
                        seen.add((block.place, block.text))
                        out.append(block)
                number = walker.paragraphs
    return out


def _embedded(package: Package) -> list[Attachment]:
    """OLE objects inside; OpenDocument ones show their text in the picture that stands for them."""
    out = []
    for name in package.names:
        if name.endswith("/") or ("/" in name and not name.startswith("Object")):
            continue
        if name.startswith("Object") and "/" not in name:
            try:
                found = _ole.embedded(package.read(name), posixpath.basename(name))
            except FileProblem:
                continue
            if found is not None:
                out.append(Attachment(name=found[0], data=found[1]))
    return out
