"""What lies on top of a PDF's pages: annotations (through pdfium), form fields (pypdf) and XFA forms."""

from __future__ import annotations

import ctypes
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from pipeline.errors import FileProblem
from pipeline.model import Attachment
from pipeline.readers._common import clean, parse_xml
from pipeline.readers._pdf_page import View, handle, native

_FREE_TEXT, _POPUP, _FILE, _WIDGET = 3, 16, 17, 20
_MACHINE_NAME = re.compile(
    r"^(?:text|tekst|txt|field|felt|fill|undefined|check\s?box|avmerkingsboks|radio|button|knapp|group|gruppe|form|topmost|"
    r"subform|page|side|dropdown|combo|list|box|tekstfelt|textfield|numericfield|datefield)?[\s_.\-#\[\]()]*\d*"
    r"[\s_.\-#\[\]\d]*(?:_\w{0,3})?$", re.IGNORECASE)
CHECKED, UNCHECKED = "\u2612", "\u2610"


@dataclass(slots=True)
class Overlay:
    """Text laid over page ``page`` (1-based): ``box`` is x0, top, x1, bottom as seen, or None when it has no place.

    ``place``: "form", "textbox" (typed onto the page) or "comment". ``checked``: for a box to tick, else None.
    """

    page: int
    place: str
    paragraphs: tuple[str, ...] = ()
    label: str = ""
    box: tuple[float, float, float, float] | None = None
    checked: bool | None = None


def annotations(page: int, number: int, view: View) -> tuple[list[Overlay], list[Attachment], bool]:
    """A page's comments and typed-on text, its attached files, and whether it holds form fields.

    ``page``: the address that ``native().load_page`` gave.
    """
    found: list[Overlay] = []
    files: list[Attachment] = []
    widgets = False
    quick, held = native(), handle(page)
    count = quick.count_annotations(held)
    if count <= 0:
        return found, files, widgets
    import pypdfium2.raw as raw

    for index in _besides_links(quick, held, count):
        pointer = quick.get_annotation(held, index)
        if not pointer:
            continue
        try:
            sort = quick.annotation_type(pointer)
            annotation = ctypes.cast(pointer, raw.FPDF_ANNOTATION)
            # a signature has no text, and its certificate takes pypdf long to parse
            widgets = widgets or (sort == _WIDGET and _string(raw, annotation, b"FT") != "Sig")
            if sort in (_POPUP, _WIDGET):
                continue
            if sort == _FILE:
                attached = raw.FPDFAnnot_GetFileAttachment(annotation)
                if attached:
                    files += _attachment(raw, attached)
            paragraphs = _paragraphs(_string(raw, annotation, b"Contents"))
            if paragraphs:
                rect = raw.FS_RECTF()
                box = None
                if raw.FPDFAnnot_GetRect(annotation, rect):
                    box = view.box(rect.left, rect.bottom, rect.right, rect.top)
                place = "textbox" if sort == _FREE_TEXT else "comment"
                found.append(Overlay(number, place, paragraphs, box=box))
        finally:
            quick.close_annotation(pointer)
    return found, files, widgets


def _besides_links(quick, page, count: int) -> Iterator[int]:
    """The numbers of the annotations that are no links. Nearly all are, and pdfium counts those without opening them."""
    position, link = ctypes.c_int(0), ctypes.c_void_p()
    references = ctypes.byref(position), ctypes.byref(link)
    done = 0
    while quick.next_link(page, *references):
        yield from range(done, position.value - 1)
        done = position.value
    yield from range(done, count)


def _string(raw, annotation, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "ignore")


_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")  # between words that somebody typed


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line for part in re.split(r"[\r\n\u2029]+", text) if (line := clean(_CONTROL.sub(" ", part))))


def attachments(pdf) -> list[Attachment]:
    """The files embedded in a document (``pypdfium2.PdfDocument``)."""
    import pypdfium2.raw as raw

    return [a for index in range(max(raw.FPDFDoc_GetAttachmentCount(pdf), 0))
            for a in _attachment(raw, raw.FPDFDoc_GetAttachment(pdf, index))]


def _attachment(raw, handle) -> list[Attachment]:
    size = raw.FPDFAttachment_GetName(handle, None, 0)
    name = (ctypes.c_ushort * max(size // 2, 1))()
    raw.FPDFAttachment_GetName(handle, name, size)
    length = ctypes.c_ulong()
    if not raw.FPDFAttachment_GetFile(handle, None, 0, length) or not length.value:
        return []
    data = (ctypes.c_ubyte * length.value)()
    if not raw.FPDFAttachment_GetFile(handle, data, length.value, length):
        return []
    title = clean(bytes(name)[: max(size - 2, 0)].decode("utf-16-le", "ignore")) or "vedlegg"
    return [Attachment(name=title, data=bytes(data))]


def fields(data: bytes, views: dict[int, View], *, comments: bool = False) -> list[Overlay]:
    """The filled form fields, in the order of the pages. ``views``: per page number; empty fields are left out.

    ``comments``: annotations as well, for files that pdfium cannot open.
    Raises nothing: a form that pypdf cannot follow gives the fields up to there.
    """
    import pypdf

    found: list[Overlay] = []
    seen: set[str] = set()
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # it quotes the document's text
    try:
        reader = pypdf.PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted:
            reader.decrypt("")
        for number, page in enumerate(reader.pages, 1):
            for reference in page.get("/Annots") or ():
                widget = reference.get_object()
                if not hasattr(widget, "get"):
                    continue
                if (sort := widget.get("/Subtype")) != "/Widget":
                    if comments and sort not in ("/Link", "/Popup") and (text := _value(widget.get("/Contents"))):
                        found.append(Overlay(number, "textbox" if sort == "/FreeText" else "comment", text))
                    continue
                chain = _chain(widget)
                seen.add(_name(chain))
                overlay = _field(chain, number, views.get(number))
                if overlay is not None:
                    found.append(overlay)
        for name, value in (reader.get_fields() or {}).items():
            if name not in seen and not any(known.startswith(name + ".") for known in seen):
                text = _value(value.get("/V"))
                if text and value.get("/FT") != "/Btn":
                    found.append(Overlay(1, "form", text, _human(value.get("/TU") or value.get("/T") or "")))
    except Exception:  # on broken files pypdf raises whatever its Python code trips over
        return found
    finally:
        logger.setLevel(level)
    return found


def _chain(widget) -> list:
    """The widget and its parents; a loop in a broken file ends it."""
    chain = [widget]
    while len(chain) < 20 and (parent := chain[-1].get("/Parent")) is not None:
        chain.append(parent.get_object())
    return chain


def _inherited(chain: list, key: str):
    for item in chain:
        value = item.get(key)
        if value is not None:
            return value.get_object() if hasattr(value, "get_object") else value
    return None


def _name(chain: list) -> str:
    return ".".join(str(item.get("/T")) for item in reversed(chain) if item.get("/T") is not None)


def _human(name: object) -> str:
    """A field's name when it means something to a person, else ""."""
    text = clean(str(name or "").rsplit(".", 1)[-1]).rstrip(":")
    if _MACHINE_NAME.match(text) or not re.search(r"[^\W\d_]{2}", text):
        return ""
    return text.replace("_", " ")


def _value(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if hasattr(value, "get_object"):
        value = value.get_object()
    if isinstance(value, list | tuple):
        return tuple(text for item in value for text in _value(item))
    if hasattr(value, "get_data"):  # a long value may be a stream
        data = value.get_data()
        value = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
    return _paragraphs(str(value))


def _field(chain: list, number: int, view: View | None) -> Overlay | None:
    kind = _inherited(chain, "/FT")
    flags = _inherited(chain, "/Ff") or 0
    value = _inherited(chain, "/V")
    label = _human(_inherited(chain, "/TU")) or _human(next((i.get("/T") for i in chain if i.get("/T")), ""))
    rect = chain[0].get("/Rect")
    box = None
    if view is not None and rect is not None and len(rect) == 4:
        left, bottom, right, top = (float(x.get_object() if hasattr(x, "get_object") else x) for x in rect)
        box = view.box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    if kind == "/Btn":
        if int(flags) & (1 << 16):  # a push button
            return None
        state = str(chain[0].get("/AS") or value or "/Off")
        export = _export(chain[0])
        checked = state not in ("/Off", "") if chain[0].get("/AS") is not None else str(value) in (
            f"/{export}", "/Yes", "/On")
        if int(flags) & (1 << 15):  # radio: the field's name is the question, the button's the answer
            label = _human(export) or label
        return Overlay(number, "form", (), label, box, bool(checked))
    if kind == "/Ch":
        shown = _options(_inherited(chain, "/Opt"))
        text = tuple(shown.get(item, item) for item in _value(value))
    elif kind == "/Sig":
        return None
    else:
        text = _value(value)
    return Overlay(number, "form", text, label, box) if text else None


def _export(widget) -> str:
    appearance = widget.get("/AP")
    normal = appearance.get_object().get("/N") if appearance is not None else None
    states = normal.get_object() if normal is not None else {}
    return next((str(key)[1:] for key in states if str(key) != "/Off"), "") if hasattr(states, "keys") else ""


def _options(options: object) -> dict[str, str]:
    """Export value -> shown text of a choice field."""
    shown: dict[str, str] = {}
    for option in options if isinstance(options, list | tuple) else ():
        option = option.get_object() if hasattr(option, "get_object") else option
        if isinstance(option, list | tuple) and len(option) == 2:
            shown[clean(str(option[0]))] = clean(str(option[1]))
    return shown


def xfa(pdf, static: bool) -> list[Overlay]:
    """The values of an XFA form with their captions; of a dynamic one (no real pages) its fixed texts as well.

    ``static``: the pages show the form, so its fixed texts are on them.
    """
    packets = _packets(pdf)
    try:
        template = parse_xml(packets["template"]) if packets.get("template") else None
        datasets = parse_xml(packets["datasets"]) if packets.get("datasets") else None
    except FileProblem:
        return []
    values = _data_values(datasets)
    found: list[Overlay] = []
    for element in template.iter() if template is not None else ():
        name = _local(element)
        if name == "draw" and not static:
            text = _paragraphs("\n".join(_texts(element, "value")))
            if text:
                found.append(Overlay(1, "form", text))
        elif name == "field":
            label = clean(" ".join(_texts(element, "caption")))
            key = element.get("name") or ""
            held = values.get(key)
            value = held.pop(0) if held else "\n".join(_texts(element, "value"))
            if text := _paragraphs(value):
                found.append(Overlay(1, "form", text, label or _human(key)))
    for key, rest in values.items():
        found += [Overlay(1, "form", text, _human(key)) for value in rest if (text := _paragraphs(value))]
    return found


def _packets(pdf) -> dict[str, bytes]:
    import pypdfium2.raw as raw

    packets: dict[str, bytes] = {}
    for index in range(max(raw.FPDF_GetXFAPacketCount(pdf), 0)):
        size = raw.FPDF_GetXFAPacketName(pdf, index, None, 0)
        name = ctypes.create_string_buffer(max(size, 1))
        raw.FPDF_GetXFAPacketName(pdf, index, name, size)
        length = ctypes.c_ulong()
        raw.FPDF_GetXFAPacketContent(pdf, index, None, 0, length)
        content = ctypes.create_string_buffer(max(length.value, 1))
        raw.FPDF_GetXFAPacketContent(pdf, index, content, length.value, length)
        packets[name.value.decode("latin-1")] = content.raw[: length.value]
    return packets


def _local(element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _texts(element, part: str) -> list[str]:
    """The texts inside the direct child named ``part``, paragraph by paragraph."""
    result = []
    for child in element:
        if _local(child) == part:
            whole = [e for e in child.iter() if _local(e) == "p"] or [child]
            result += [text for e in whole if (text := " ".join("".join(e.itertext()).split()))]
    return result


def _data_values(datasets) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for element in datasets.iter() if datasets is not None else ():
        inner = [child for child in element if _local(child) not in ("body", "p", "br", "span")]
        if not inner and _local(element) not in ("", "p", "body", "span", "br"):
            lines = [e for e in element.iter() if _local(e) == "p"]
            text = "\n".join("".join(e.itertext()) for e in lines) if lines else "".join(element.itertext())
            if text.strip():
                values.setdefault(_local(element), []).append(text)
    return values
