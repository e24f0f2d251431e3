"""What a file holds, found without the readers: plain walks over the formats' own structure.

Each function takes a file's bytes and gives a ``Reference``. They are slow, simple and separate from
``pipeline.readers`` on purpose: nothing of what is measured is used to measure it.
"""

from __future__ import annotations

import codecs
import email
import email.policy
import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from email.message import EmailMessage
from io import BytesIO

_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_LIGATURES = str.maketrans({"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
                            "\ufb05": "st", "\ufb06": "st"})
_WORD = re.compile(r"[^\W_]+")
# a word that the end of a line has cut: joined or in two, both are right readings of "sam-\narbeid"
_CUT = re.compile(r"(\w+)-[ \t]*\r?\n\s*(\w+)")


@dataclass(slots=True)
class Reference:
    """``words``: how often each stands in the file. ``cut``: the two halves of words cut by a line's end.

    ``values``: form values and annotations, each of which must be found whole. ``numbers``: places of numeric
    cells (sheet, cell) that must be found with some text.
    """

    words: Counter[str] = field(default_factory=Counter)
    cut: list[tuple[str, str]] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    numbers: list[tuple[str, str]] = field(default_factory=list)


def words(text: str) -> Counter[str]:
    """How often each run of letters and digits stands in a text, composed, without invisible characters."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _PRIVATE.sub(" ", _UNSEEN.sub("", text.translate(_LIGATURES))))
    return Counter(_WORD.findall(text))


# -- Word ------------------------------------------------------------------------------------------

_STORIES = {"document", "hdr", "ftr", "footnotes", "endnotes", "comments"}


def _local(element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _members(data: bytes, under: str = "") -> list[tuple[str, object]]:
    """(name, root) of every XML part that a zip holds under a folder; a bad checksum costs nothing."""
    from lxml import etree

    found = []
    with zipfile.ZipFile(BytesIO(data)) as package:
        for info in package.infolist():
            name = info.filename.replace("\\", "/").lstrip("/")
            if not name.endswith(".xml") or not name.startswith(under) or info.file_size > 300 * 2**20:
                continue
            try:
                with package.open(info) as member:
                    member._expected_crc = None
                    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
                    found.append((name, etree.fromstring(member.read(), parser)))
            except (etree.XMLSyntaxError, zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError,
                    zipfile.zlib.error):
                continue
    return found


def docx(data: bytes) -> Reference:
    """All ``t`` of body, notes, boxes, comments, headers: insertions in, deletions out, AlternateContent once."""
    lines: list[str] = []

    def walk(element, line: list[str]) -> None:
        for child in element:
            name = _local(child)
            if name in ("del", "moveFrom"):
                continue
            if name == "AlternateContent":
                branches = [b for b in child if any(t.text for t in b.iter("{*}t"))]
                branches.sort(key=lambda b: _local(b) != "Choice")
                if branches:
                    walk(branches[0], line)
            elif name in ("p", "txbxContent"):
                own: list[str] = []
                walk(child, own)
                lines.append("".join(own))
            elif name == "t":
                line.append(child.text or "")
            elif name in ("tab", "br", "cr", "ptab"):
                line.append(" ")
            elif name == "noBreakHyphen":
                line.append("-")
            else:
                walk(child, line)

    for name, root in _members(data):
        if _local(root) in _STORIES and "glossary" not in name:
            line: list[str] = []
            walk(root, line)
            lines.append("".join(line))
    return Reference(words("\n".join(lines)))


# -- spreadsheets ----------------------------------------------------------------------------------

def xlsx(data: bytes) -> Reference:
    """Texts of all cells (shared, inline and results of formulas), comments, drawings; where numbers stand."""
    roots = dict(_members(data))
    shared: list[str] = []
    for root in roots.values():
        if _local(root) == "sst":
            for item in root:
                shared.append("".join(t.text or "" for t in item.iter("{*}t")
                                      if not any(_local(a) == "rPh" for a in t.iterancestors())))
    titles = _sheet_titles(data, roots)
    lines: list[str] = []
    numbers: list[tuple[str, str]] = []
    for name, root in roots.items():
        kind = _local(root)
        if kind == "worksheet":
            for cell in root.iter("{*}c"):
                sort = cell.get("t", "n")
                value = next((v.text for v in cell if _local(v) == "v"), None)
                if sort == "inlineStr":
                    lines.append("".join(t.text or "" for t in cell.iter("{*}t")))
                elif value is None:
                    continue
                elif sort == "s":
                    at = int(value) if value.strip().isdigit() else -1
                    lines.append(shared[at] if 0 <= at < len(shared) else "")
                elif sort in ("str", "e"):
                    lines.append(value)
                elif cell.get("r") and name in titles:
                    numbers.append((titles[name], cell.get("r")))
        elif kind in ("wsDr", "userShapes"):
            lines += ["".join(t.text or "" for t in paragraph.iter("{*}t")) for paragraph in root.iter("{*}p")]
        elif kind == "comments":
            authors = [a.text or "" for a in root.iter("{*}author")]
            for comment in root.iter("{*}comment"):
                said = "".join(t.text or "" for t in comment.iter("{*}t"))
                if not said.startswith("[Threaded comment]"):  # Excel's notice to older versions
                    who = next((f"{a}:" for a in authors if a and said.startswith(f"{a}:")), "")
                    lines.append(said[len(who):])  # the reader leaves the writer's name out
        elif kind == "ThreadedComments":
            lines += [t.text or "" for t in root.iter("{*}text")]
    text = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), "\n".join(lines))
    return Reference(words(text), numbers=numbers)


def _sheet_titles(data: bytes, roots: dict[str, object]) -> dict[str, str]:
    """Part name -> the sheet's title."""
    from lxml import etree

    book = next((root for root in roots.values() if _local(root) == "workbook"), None)
    if book is None:
        return {}
    targets: dict[str, str] = {}
    with zipfile.ZipFile(BytesIO(data)) as package:
        for name in package.namelist():
            if name.replace("\\", "/").endswith("workbook.xml.rels"):
                for relation in etree.fromstring(package.read(name)):
                    target = relation.get("Target", "")
                    targets[relation.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    titles = {}
    for sheet in book.iter("{*}sheet"):
        key = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
        titles[targets.get(key, "")] = sheet.get("name", "")
    return titles


# -- OpenDocument ----------------------------------------------------------------------------------

def odf(data: bytes) -> Reference:
    """All text of content.xml, notes and annotations included, tracked deletions and their marks out."""
    lines: list[str] = []

    def walk(element, line: list[str]) -> None:
        name = _local(element)
        if name in ("tracked-changes", "scripts", "font-face-decls", "automatic-styles", "binary-data",
                    "creator-initials"):
            return
        if name in ("s", "tab", "line-break"):
            line.append(" ")
        block = name in ("p", "h", "note", "annotation", "note-citation", "creator", "date", "desc", "title")
        own = [] if block else line
        if element.text and isinstance(element.tag, str):
            own.append(element.text)
        for child in element:
            if isinstance(child.tag, str):
                walk(child, own)
            if child.tail:
                own.append(child.tail)
        if block and name not in ("creator", "date"):
            lines.append("".join(own))

    root = next(root for name, root in _members(data) if name == "content.xml")
    line: list[str] = []
    walk(root, line)
    lines.append("".join(line))
    return Reference(words("\n".join(lines)))


def ods(data: bytes) -> Reference:
    """The texts of cells (repeated ones once), annotations and shapes."""
    return odf(data)


# -- mail and text ---------------------------------------------------------------------------------

def _decoded(data: bytes, charset: str | None = None) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") and data[2:4] != b"\0\0":
        return data.decode("utf-16", "replace")
    zeros = [data[:400][n::4].count(0) for n in range(4)]
    if min(len(data), 400) >= 16 and sum(zeros) > 0.3 * min(len(data), 400):  # no byte order mark
        name = "utf-16" if not (zeros[1] and zeros[2]) else "utf-32"
        return data.decode(f"{name}-{'le' if zeros[3] else 'be'}", "replace")
    for name in (charset, "utf-8", "cp1252"):
        try:
            if name:
                return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("latin-1")


def eml(data: bytes) -> Reference:
    """Subject and the texts of a mail: of two alternatives the plain one; inner mails included, files not."""
    if b"\0" in data[:100]:
        data = _decoded(data).encode("utf-8", "replace")
    lines: list[str] = []

    def parts(message: EmailMessage) -> None:
        if message.get_content_type() == "multipart/alternative":
            inner = [p for p in message.iter_parts() if p.get_content_type() == "text/plain"
                     and (p.get_payload(decode=True) or b"").strip()]
            for part in inner[:1] or list(message.iter_parts())[-1:]:
                parts(part)
        elif message.is_multipart():
            if message.get_content_type() == "message/rfc822":
                lines.append(str(message.get_payload(0).get("subject", "")))
            for part in message.get_payload():
                parts(part)
        elif message.get_content_maintype() == "text" and message.get_filename() is None \
                and message.get_content_disposition() != "attachment":
            text = _decoded(message.get_payload(decode=True) or b"", message.get_content_charset())
            lines.append(_markup(text) if message.get_content_subtype() == "html" else text)

    message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    lines.append(str(message.get("subject", "")))
    parts(message)
    return Reference(words("\n".join(lines)))


def _markup(text: str) -> str:
    """The visible text of HTML."""
    from lxml import html as markup

    if not text.strip():
        return ""
    try:
        root = markup.fromstring(text.encode("utf-8", "replace"), parser=markup.HTMLParser(encoding="utf-8"))
    except Exception:  # lxml raises a family of its own on pages without a single element
        return ""
    lines: list[str] = []
    inline = {"a", "b", "i", "u", "em", "strong", "span", "font", "sub", "sup", "small", "big", "code", "mark", "s",
              "abbr", "cite", "q", "ins", "kbd", "samp", "tt", "var", "wbr", "strike", "acronym", "dfn", "bdi", "bdo"}

    def walk(element, line: list[str]) -> None:
        name = element.tag if isinstance(element.tag, str) else ""
        if name in ("script", "style", "head", "template", "noscript", "svg", "math", "textarea", "select", "del") or not name:
            return  # "del" is a tracked deletion, left out here as in Word files
        own = line if name in inline else []
        own.append(element.text or "")
        for child in element:
            walk(child, own)
            own.append(("" if child.tag in inline else " ") + (child.tail or ""))
        if own is not line:
            lines.append("".join(own))

    walk(root, [])
    return "\n".join(lines)


def html(data: bytes) -> Reference:
    """The visible text of a page, without scripts and styles."""
    charset = re.search(rb"charset=[\"']?([\w-]+)", data[:2000])
    return Reference(words(_markup(_decoded(data, charset[1].decode() if charset else None))))


def text(data: bytes) -> Reference:
    """The whole file; a mail that was saved as text as a mail."""
    whole = _decoded(data).lstrip("\ufeff")
    if re.match(r"(?:[\w-]+: .*\r?\n(?:[ \t].*\r?\n)*){3}", whole) and "MIME-Version" in whole[:2000]:
        return eml(data)
    cut, plain = _cuts(whole)
    return Reference(words(plain), cut)


def msg(data: bytes) -> Reference:
    """Subject and body of an Outlook message: the plain body, else the HTML one (MS-OXMSG property streams)."""
    import olefile

    def stream(ole, tag: str) -> str:
        for kind, charset in (("001F", "utf-16-le"), ("001E", page), ("0102", page)):
            if ole.exists(f"__substg1.0_{tag}{kind}"):
                return ole.openstream(f"__substg1.0_{tag}{kind}").read().decode(charset, "replace").rstrip("\0")
        return ""

    def codepage(ole) -> str:
        stored = ole.openstream("__properties_version1.0").read()
        for tag in (b"\x03\x00\xde\x3f", b"\x03\x00\xfd\x3f"):  # PidTagInternetCodepage, PidTagMessageCodepage
            at = stored.find(tag)
            number = int.from_bytes(stored[at + 8:at + 12], "little") if at >= 0 else 0
            try:
                return codecs.lookup({65001: "utf-8", 20127: "cp1252"}.get(number, f"cp{number}")).name
            except LookupError:
                continue
        return "cp1252"

    with olefile.OleFileIO(BytesIO(data)) as ole:
        page = codepage(ole)
        body = stream(ole, "1000") or _markup(stream(ole, "1013"))
        return Reference(words(stream(ole, "0037") + "\n" + body))


# -- PDF -------------------------------------------------------------------------------------------

def pdf(data: bytes) -> Reference:
    """The words on which pdfium and pdftotext (else pypdf) agree; every form value and annotation by pypdf."""
    result = Reference()
    ours = _pdfium(data)
    other = _second(data)
    if ours is not None and other is not None:
        cut, plain = _cuts(ours)
        other_cut, other_plain = _cuts(other)
        theirs = words(other_plain)
        for a, b in other_cut:
            theirs.update((a, b, a + b))
        result.words = words(plain) & theirs
        result.cut = [(a, b) for a, b in cut if theirs[a + b] or (theirs[a] and theirs[b])]
    result.values = _laid_over(data)
    return result


def _cuts(text: str) -> tuple[list[tuple[str, str]], str]:
    text = unicodedata.normalize("NFC", re.sub("[\x02\ufffe]\\s*", "-\n", text.translate(_LIGATURES)))
    found: list[tuple[str, str]] = []

    def take(match: re.Match[str]) -> str:
        found.append((match[1], match[2]))
        return " "

    return found, _CUT.sub(take, text)


def _pdfium(data: bytes) -> str | None:
    import pypdfium2

    pieces = []
    try:
        document = pypdfium2.PdfDocument(data)
        for number in range(len(document)):
            try:
                page = document[number]
            except pypdfium2.PdfiumError:
                continue
            textpage = page.get_textpage()
            pieces.append(textpage.get_text_range() if textpage.count_chars() > 0 else "")
            textpage.close()
            page.close()
    except pypdfium2.PdfiumError:
        return None
    return "\n".join(pieces)


def _second(data: bytes) -> str | None:
    if program := shutil.which("pdftotext"):
        try:
            done = subprocess.run([program, "-q", "-", "-"], input=data, capture_output=True, timeout=40)
        except subprocess.TimeoutExpired:
            return None
        return done.stdout.decode("utf-8", "replace") if done.returncode == 0 or done.stdout else None
    import pypdf

    try:
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages)
    except Exception:  # on broken files pypdf raises whatever its Python code trips over
        return None


def _laid_over(data: bytes) -> list[str]:
    """Values of text and choice fields, and contents of annotations that a reader of the page can open."""
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    values: list[str] = []
    if b"/Annot" not in data and b"/ObjStm" not in data:
        return values
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        if reader.is_encrypted:
            reader.decrypt("")
        for page in reader.pages:
            for reference in page.get("/Annots") or ():
                item = reference.get_object()
                kind = item.get("/Subtype")
                if kind == "/Widget":
                    value, owner = None, item
                    for _ in range(10):
                        value = owner.get("/V") if value is None else value
                        sort = owner.get("/FT")
                        if sort is not None or "/Parent" not in owner:
                            break
                        owner = owner["/Parent"].get_object()
                    if sort in ("/Tx", "/Ch") and isinstance(value, str) and words(value):
                        choices = [o for o in owner.get("/Opt") or () if isinstance(o, list) and len(o) == 2]
                        values.append(next((str(shown) for key, shown in choices if key == value), str(value)))
                elif kind not in ("/Link", "/Popup") and isinstance(item.get("/Contents"), str) \
                        and words(item["/Contents"]):
                    values.append(str(item["/Contents"]))
    except Exception:  # as above
        return values
    return values


REFERENCES = {
    "docx": docx, "docm": docx, "dotx": docx, "dotm": docx, "xlsx": xlsx, "xlsm": xlsx, "xltx": xlsx,
    "odt": odf, "ods": ods, "eml": eml, "msg": msg, "html": html, "htm": html, "txt": text, "csv": text, "pdf": pdf,
}
