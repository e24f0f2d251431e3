"""Word files: docx, docm, dotx, dotm and Flat OPC, transitional and strict.

The file is read part by part along its relationships (ECMA-376): body, headers and footers, notes, comments,
and what they embed. Locators: ``paragraph=5`` in the body (empty paragraphs count), ``table=1;row=3;col=2`` in
tables, ``header=1``, ``footnote=2``, ``comment=1``, ``textbox=1`` elsewhere, with ``;paragraph=2`` from the second
paragraph of such a place and ``;line=2`` after a soft line break.
"""

from __future__ import annotations

import gc
import posixpath
import re
import zipfile
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from pipeline.errors import FileProblem, OverLimit, Unreadable
from pipeline.model import BODY_PLACES, Attachment, Block, Content, Finding
from pipeline.readers._common import clean, opened, parse_xml

if TYPE_CHECKING:
    from pipeline.readers import Options
    from pipeline.readers._word_file import File, Part
    from pipeline.readers._word_package import Draft, Parts, Relation

NAME = "docx"
SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")

_MAIN_TYPE = re.compile(
    rb"(?:wordprocessingml\.(?:document|template)|ms-word\.(?:document|template)\.macroEnabled(?:Template)?)\.main\+xml")
_FLAT = b"http://schemas.microsoft.com/office/2006/xmlPackage"
_OLE = b"\xd0\xcf\x11\xe0"
_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
_SCAN_BYTES = 20_000  # a smaller picture is a logo, not a scanned page
_FEW_LETTERS = 20
_CORE_STORE = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"  # the id under which Word binds controls to core properties
_APP_STORE = "{6668398D-A668-4E3E-A5EB-62B293D839F1}"
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)
_STEP = re.compile(r"(?:(@)?(?:[\w.-]+:)?([\w.-]+))(?:\[(\d+)\])?")
# Story parts are read even when no relationship leads to them: a damaged file still holds their text.
_STORY = re.compile(r"(?:^|/)(header|footer|footnotes|endnotes|comments)\d*\.xml$", re.IGNORECASE)


def sniff(data: bytes, name: str) -> int:
    """3 for a package with a Word main part, 2 when only its folder shows it, 1 by name; never OLE files."""
    named = name.lower().endswith(SUFFIXES)
    if data[:2] == b"PK":
        try:
            package = opened(data)
            names = {n.replace("\\", "/").lstrip("/").lower(): n for n in package.namelist()}
            types = names.get("[content_types].xml")
            if types is not None:
                with package.open(types) as member:
                    member._expected_crc = None  # a wrong checksum does not change what the file is
                    if _MAIN_TYPE.search(member.read(1_000_000)):
                        return 3
            if "word/document.xml" in names:
                return 2
        except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, ValueError,
                EOFError, zipfile.zlib.error):
            pass
        return 1 if named else 0
    if _FLAT in data[:4000]:
        return 3 if b"Word.Document" in data[:4000] or _MAIN_TYPE.search(data) else 0
    return 1 if named and data[:4] != _OLE else 0


def read(data: bytes, name: str, options: Options) -> Content:
    """Every word of a Word file, in reading order: headers, body with its notes, footers, comments.

    Raises Unreadable when it is no Word file, is damaged, is locked by a password, or holds nothing;
    OverLimit when it unpacks to more than the limits allow.
    """
    from pipeline.readers import _word_package as package

    if data[:2] == b"PK":
        parts: Parts = package.ZipParts(data, options.limits)
    elif _FLAT in data[:4000]:
        parts = package.FlatParts(data)
    else:
        raise Unreadable("Filen heter Word, men har et annet innhold.",
                         "Be avsenderen sende den på nytt som Word eller PDF.")
    collecting = gc.isenabled()
    gc.disable()  # a tenth of the time went to looking for cycles, which reading does not make
    try:
        reading = _Reading(parts, options)
        try:
            return reading.content()
        finally:
            reading.file = None  # it points back at the reading: the trees would wait for the collector
    finally:
        if collecting:
            gc.enable()


class _Reading:
    """One file being read."""

    def __init__(self, parts: Parts, options: Options) -> None:
        from pipeline.readers import _word_package as package

        self.parts, self.options = parts, options
        self.file: File | None = None  # while ``content`` reads
        self.main = package.main_part(parts)
        self.relations = package.relations(parts, self.main)
        self.findings: list[Finding] = []
        self.lost: list[str] = []
        self.inner: list[Attachment] = []  # what merged-in files bring with them
        self.stores: dict[str, object] = {}  # id of a data part -> its root

    def content(self) -> Content:
        from pipeline.readers import _word_package as package
        from pipeline.readers._word_file import File
        from pipeline.readers._word_markup import has_text
        from pipeline.readers._word_styles import LOCAL, Numbering, Styles, Theme
        from pipeline.readers._word_walk import Walk, note

        body_part = self._open_main()
        self.file = file = File(
            self.parts, Styles(self._bytes("styles"), _parsed), cache(lambda: Numbering(self._root("numbering"))),
            Theme(lambda: self._root("theme")), self._chunk, self._bound, lost=self.lost)
        stories = self._stories()
        for kind in ("footnote", "endnote"):
            for part in stories.get(f"{kind}s", ()):
                file.note_parts.setdefault(kind, part)
                notes = file.notes.setdefault(kind, {})
                for element in part.root:
                    # separators are lines, not notes
                    if LOCAL[element.tag] == kind and ("eparator" not in (_attribute(element, "type") or "")
                                                       or has_text(element)):
                        notes.setdefault(_attribute(element, "id") or f"?{len(notes)}", element)
        walk = Walk(file, body_part)
        walk.blocks(body_part.root)
        drafts = walk.close()
        before, after = self._margins(stories, walk.sections)
        drafts = before + drafts
        for kind in ("footnote", "endnote"):
            for key in list(file.notes.get(kind, ())):
                drafts.extend(note(file, kind, key))
        drafts += after
        comments = self._comments(stories)
        drafts += comments
        blocks = tuple(Block(**draft) for draft in drafts)
        attachments = self._attachments(package, (body_part, *(p for ps in stories.values() for p in ps)), blocks)
        if not attachments and not any(block.text for block in blocks):
            raise Unreadable("Word-filen har ingen tekst.", "Kontroller at riktig fil er lagt inn.")
        self._report(blocks)
        return Content(format=NAME, blocks=blocks, attachments=attachments, findings=tuple(self.findings),
                       properties=self._properties(bool(comments)))

    # -- parts ------------------------------------------------------------------------------------

    def _open_main(self) -> Part:
        from pipeline.readers import _word_file as files

        try:
            return files.open_part(self.parts, self.main)
        except OverLimit:
            raise
        except Unreadable as error:
            root = self._salvaged(self.main)
            if root is None or next(root.iter("{*}t"), None) is None:
                raise error
            self.findings.append(Finding(
                kind="damaged_part", message="Word-filen er skadet, og tekst kan mangle. Be avsenderen sende den "
                "på nytt, eller åpne og lagre den i Word."))
            return files.Part(self.main, root, self.relations)

    def _salvaged(self, name: str):
        """What a forgiving parser gets out of a broken XML part, or None."""
        from lxml import etree

        try:
            data = self.parts.data(name)
        except Unreadable:
            return None
        # Without its document type a file can define no entity; references to one are dropped.
        data = _DOCTYPE.sub(b"", data, count=1)
        parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False,
                                 huge_tree=False, remove_comments=True, remove_pis=True)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            return None

    def _of_type(self, kind: str) -> list[Relation]:
        return [r for r in self.relations.values() if r.type == kind and not r.external]

    def _helper(self, kind: str) -> str | None:
        """The stored name of the part of this relationship type, or of that name beside the main part."""
        names = [r.target for r in self._of_type(kind)]
        if not names:
            fallback = "theme/theme1.xml" if kind == "theme" else f"{kind}.xml"
            names = [posixpath.join(posixpath.dirname(self.main), fallback)]
        return self.parts.find(names[0])

    def _root(self, kind: str):
        """The root of the helper part of this kind, or None when it is absent or damaged."""
        stored = self._helper(kind)
        try:
            return self.parts.xml(stored)[0] if stored else None
        except OverLimit:
            raise
        except Unreadable:
            if kind != "theme":
                self.lost.append(stored)
            return None

    def _bytes(self, kind: str) -> bytes | None:
        stored = self._helper(kind)
        try:
            return self.parts.data(stored) if stored else None
        except OverLimit:
            raise
        except Unreadable:
            self.lost.append(stored)
            return None

    def _stories(self) -> dict[str, list[Part]]:
        """Header, footer, note and comment parts by kind; those no relationship leads to come last."""
        from pipeline.readers import _word_file as files

        wanted: dict[str, str] = {}
        for relation in self.relations.values():
            if relation.type in ("header", "footer", "footnotes", "endnotes", "comments") and not relation.external:
                wanted.setdefault(relation.target, relation.type)
        for name in self.parts.names:
            m = _STORY.search(name)
            if m and name not in wanted and "glossary" not in name.lower():
                wanted[name] = m[1].lower()
        stories: dict[str, list[Part]] = {}
        for name, kind in wanted.items():
            stored = self.parts.find(name)
            if stored is None:
                self.lost.append(name)
                continue
            try:
                part = files.open_part(self.parts, stored)
            except OverLimit:
                raise
            except Unreadable:
                root = self._salvaged(stored)
                self.lost.append(stored)
                if root is None:
                    continue
                part = files.Part(stored, root, self.relations)
            stories.setdefault(kind, []).append(part)
        return stories

    def _margins(self, stories: dict[str, list[Part]], sections: list) -> tuple[list[Draft], list[Draft]]:
        """Drafts of all headers and of all footers, in the order in which the sections use them."""
        from pipeline.readers._word_styles import LOCAL
        from pipeline.readers._word_walk import Walk

        order: dict[str, int] = {}
        for section in sections:
            for reference in section:
                if LOCAL[reference.tag] in ("headerReference", "footerReference"):
                    relation = self.relations.get(_attribute(reference, "id") or "")
                    if relation is not None:
                        order.setdefault(relation.target, len(order))
        out: dict[str, list[Draft]] = {"header": [], "footer": []}
        for kind, drafts in out.items():
            for i, part in enumerate(sorted(stories.get(kind, ()), key=lambda p: order.get(p.name, len(order))), 1):
                walk = Walk(self.file, part, kind, f"{kind}={i}")
                walk.blocks(part.root)
                drafts.extend(walk.close())
        return out["header"], out["footer"]

    def _comments(self, stories: dict[str, list[Part]]) -> list[Draft]:
        """Comments in the order of the file, without their authors."""
        from pipeline.readers._word_styles import LOCAL
        from pipeline.readers._word_walk import Walk

        drafts: list[Draft] = []
        count = 0
        for part in stories.get("comments", ()):
            for element in part.root:
                if LOCAL[element.tag] == "comment":
                    count += 1
                    walk = Walk(self.file, part, "comment", f"comment={count}")
                    walk.blocks(element)
                    drafts.extend(walk.close())
        return drafts

    # -- what the walk asks for --------------------------------------------------------------------

    def _chunk(self, relation: Relation) -> list[Draft]:
        """The blocks of a file that Word will merge into the document when it is opened (altChunk)."""
        from pipeline import readers

        stored = None if relation.external else self.parts.find(relation.target)
        if stored is None:
            (self.file.outside if relation.external else self.lost).append(relation.target)
            return []
        limits = self.options.limits
        inner = replace(self.options, limits=replace(limits, nesting=limits.nesting - 1))
        try:
            if limits.nesting < 1:
                raise OverLimit("Filer ligger for dypt inni hverandre (limits.nesting).", "Del opp filen.")
            content = readers.read(self.parts.data(stored), posixpath.basename(stored), inner)
        except FileProblem:
            self.lost.append(stored)
            return []
        index = self.file.next("chunk")
        self.inner.extend(content.attachments)
        self.findings.extend(content.findings)
        tables: dict[int, int] = {}
        drafts = []
        for block in content.blocks:
            draft = {f: getattr(block, f) for f in _FIELDS if getattr(block, f) != _FIELDS[f]}
            draft.update(text=block.text, locator=f"chunk={index};{block.locator}")
            if block.table:
                draft["table"] = tables.get(block.table) or tables.setdefault(block.table, self.file.next("table"))
            drafts.append(draft)
        return drafts

    def _bound(self, control: dict[str, str]) -> str:
        """The value that a content control shows from a data part, "" when there is none."""
        key = control.get("storeItemID", "")
        if key not in self.stores:
            self.stores[key] = self._store(key)
        root = self.stores[key]
        steps = [s for s in control.get("xpath", "").split("/") if s]
        if root is None or not steps:
            return ""
        from pipeline.readers._word_styles import LOCAL

        # Word writes plain paths of names with positions; anything else is not followed.
        node = None
        for depth, step in enumerate(steps):
            m = _STEP.fullmatch(step)
            if not m:
                return ""
            attribute, wanted, position = m.groups()
            if attribute:
                return clean(_attribute(node, wanted) or "") if node is not None else ""
            family = [root] if depth == 0 else [c for c in node if LOCAL[c.tag] == wanted]
            at = int(position or 1) - 1 if len(position or "") < 7 else len(family)
            if (depth == 0 and LOCAL[root.tag] != wanted) or not 0 <= at < len(family):
                return ""
            node = family[at]
        return clean("".join(node.itertext()))

    def _store(self, key: str):
        """The root of the data part with this id, or None."""
        from pipeline.readers._word_package import relations

        fixed = {_CORE_STORE: "core-properties", _APP_STORE: "extended-properties"}.get(key.upper())
        if fixed:
            names = [r.target for r in relations(self.parts, "").values() if r.type == fixed]
        else:
            names = []
            for relation in self._of_type("customXml"):
                described = [r.target for r in relations(self.parts, relation.target).values()
                             if r.type == "customXmlProps"]
                for name in described:
                    root = self._quiet_root(name)
                    if root is not None and (_attribute(root, "itemID") or "").upper() == key.upper():
                        names.append(relation.target)
        return self._quiet_root(names[0]) if names else None

    def _quiet_root(self, name: str):
        stored = self.parts.find(name)
        try:
            return self.parts.xml(stored)[0] if stored else None
        except OverLimit:
            raise
        except Unreadable:
            return None

    # -- the rest ----------------------------------------------------------------------------------

    def _attachments(self, package, story_parts: tuple[Part, ...], blocks: tuple[Block, ...]) -> tuple[Attachment, ...]:
        """Embedded files; and the pictures of a document that has hardly any text, since they may be scans."""
        found = self.inner
        seen: set[str] = set()
        letters = sum(len(b.text) for b in blocks if b.place in BODY_PLACES)
        for part in story_parts:
            for relation in part.relations.values():
                stored = None if relation.external else self.parts.find(relation.target)
                if relation.type in ("package", "oleObject") and stored is None and not relation.external:
                    self.lost.append(relation.target)
                if stored is None or stored in seen:
                    continue
                try:
                    if relation.type in ("package", "oleObject"):
                        seen.add(stored)
                        found.extend(package.attachments(relation, self.parts))
                    elif relation.type == "image" and letters < _FEW_LETTERS and stored.lower().endswith(_PICTURES):
                        seen.add(stored)
                        picture = self.parts.data(stored)
                        if len(picture) >= _SCAN_BYTES:
                            found.append(Attachment(name=posixpath.basename(stored), data=picture))
                except OverLimit:
                    raise
                except Unreadable:
                    self.lost.append(stored)
        return tuple(found)

    def _report(self, blocks: tuple[Block, ...]) -> None:
        if self.lost:
            names = ", ".join(dict.fromkeys(clean(posixpath.basename(n))[:80] for n in self.lost))
            self.findings.append(Finding(
                kind="damaged_part", message=f"Deler av Word-filen mangler eller er skadet ({names}), og tekst kan "
                "mangle. Åpne filen i Word og kontroller, eller be avsenderen sende den på nytt."))
        if self.file.outside:
            self.findings.append(Finding(
                kind="external_content", message="Word-filen henter tekst fra en annen fil som ikke følger med. "
                "Be avsenderen sende hele dokumentet."))
        if self.file.tracked:
            self.findings.append(Finding(
                kind="tracked_changes", message="Word-filen har sporede endringer. Innsatt tekst er tatt med og "
                "slettet tekst utelatt; spør avsenderen hvis det er uklart hva som gjelder."))
        if any(block.place == "hidden" for block in blocks):
            self.findings.append(Finding(
                kind="hidden_text", message="Word-filen har skjult tekst eller uutfylte felt. De står under øvrig "
                "tekst og regnes ikke som svar; kontroller at det stemmer."))

    def _properties(self, comments: bool) -> tuple[tuple[str, str], ...]:
        from pipeline.readers._word_package import relations
        from pipeline.readers._word_styles import LOCAL

        found = {"title": "", "subject": "", "creator": ""}
        name = next((r.target for r in relations(self.parts, "").values() if r.type == "core-properties"),
                    "docProps/core.xml")
        root = self._quiet_root(name)
        for element in root if root is not None else ():
            kind = LOCAL[element.tag]
            if kind in found and element.text:
                found[kind] = clean(element.text)
        out = [("title", found["title"]), ("subject", found["subject"]), ("author", found["creator"]), ("sent", "")]
        if self.file.tracked:
            out.append(("has_tracked_changes", "1"))
        if comments:
            out.append(("has_comments", "1"))
        return tuple(out)


_FIELDS = {name: value for name, value in Block._field_defaults.items() if name not in ("start", "end")}


def _parsed(data: bytes):
    try:
        return parse_xml(data)
    except Unreadable:
        return None


def _attribute(element, name: str) -> str | None:
    from pipeline.readers._word_styles import value

    return value(element, name)
