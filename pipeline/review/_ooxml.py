"""A Word file as its parts: read under limits, changed in place, written with everything else byte for byte.

Works on the package itself and not through python-docx, which refuses some of what LibreOffice writes
(a chart's relationship to a part that is not there) and which hides most of what a person may have added.
"""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO

from lxml import etree

from pipeline.config import Limits
from pipeline.errors import FileProblem, SaksutkastError
from pipeline.readers._common import Package, parse_xml

AUTHOR = "Saksutkast"
INITIALS = "SU"
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{MAIN}}}"
BLOCKS = (W + "p", W + "tbl", W + "sdt")
MARK_CHANGES = tuple(W + n for n in ("ins", "del", "moveFrom", "moveTo", "rPrChange"))  # of a paragraph's mark
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
R = f"{{{RELATIONS}}}"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_ON = ("1", "true", "on")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
# Elements whose w:id is numbered together (ECMA-376 part 1, 17.13: annotations).
_ANNOTATIONS = tuple(W + n for n in (
    "ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart", "pPrChange", "rPrChange",
    "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "cellIns", "cellDel", "cellMerge", "numberingChange",
    "bookmarkStart", "tblGridChange", "tblPrExChange", "customXmlInsRangeStart", "customXmlDelRangeStart",
    "permStart"))


class CannotMerge(SaksutkastError):
    """A file that cannot be merged into: no Word document, damaged, or strict OOXML. Norwegian message."""


class WordFile:
    """One .docx: ``body`` and the other XML parts as trees that may be changed, then ``to_bytes``."""

    def __init__(self, data: bytes) -> None:
        """Raises CannotMerge."""
        try:
            package = Package(data, Limits())
            self.members = {name: package.read(name) for name in package.names if not name.endswith("/")}
            self._trees: dict[str, etree._Element] = {}
            self.main = self._main_part()
            self.document = self.tree(self.main)
        except (FileProblem, KeyError) as error:
            raise CannotMerge(f"Filen kan ikke leses som et Word-dokument. {error}") from error
        body = self.document.find(W + "body")
        if body is None:
            raise CannotMerge("Filen er lagret i et format som nyheter ikke kan føres inn i (Strict Open XML eller "
                              "ikke Word). Lagre den i Word som vanlig Word-dokument (.docx).")
        self.body = body
        self._changed: set[str] = set()
        self._next_annotation = max((int(v) for n in self.document.iter(*_ANNOTATIONS)
                                     if (v := n.get(W + "id", "")).lstrip("-").isdigit()), default=0) + 1
        self._next_drawing = max((int(v) for n in self.document.iter("{*}docPr")
                                  if (v := n.get("id", "")).isdigit()), default=0) + 1

    def _main_part(self) -> str:
        for relation in self.tree("_rels/.rels"):
            if relation.get("Type", "").endswith("/officeDocument"):
                return relation.get("Target", "").lstrip("/")
        raise KeyError("officeDocument")

    def tree(self, name: str):
        """The root element of an XML part; the same object each time. Raises KeyError, FileProblem."""
        if name not in self._trees:
            self._trees[name] = parse_xml(self.members[name])
        return self._trees[name]

    def changed(self, name: str) -> None:
        """Note that a part's tree differs from its bytes."""
        self._changed.add(name)

    # -- relationships and parts

    def relations(self, part: str):
        """The relationships of a part as a tree, made when there are none."""
        name = _rels_name(part)
        if name not in self.members and name not in self._trees:
            self._trees[name] = etree.Element(f"{{{_PACKAGE}}}Relationships", nsmap={None: _PACKAGE})
        return self.tree(name)

    def related(self, part: str, kind: str) -> str | None:
        """The name of the existing part that ``part`` points to with a relationship ending in ``kind``."""
        for relation in self.relations(part):
            if relation.get("Type", "").rsplit("/", 1)[-1] == kind and relation.get("TargetMode") != "External":
                name = _resolve(part, relation.get("Target", ""))
                if name in self.members or name in self._trees:
                    return name
        return None

    def add_relation(self, part: str, kind: str, target: str, *, external: bool = False) -> str:
        """A new relationship; ``kind`` is the full type URI. Returns its id."""
        relations = self.relations(part)
        used = {r.get("Id") for r in relations}
        number = next(n for n in range(1, len(used) + 2) if f"rIdSsu{n}" not in used)
        made = etree.SubElement(
            relations, f"{{{_PACKAGE}}}Relationship", Id=f"rIdSsu{number}", Type=kind, Target=target)
        if external:
            made.set("TargetMode", "External")
        self.changed(_rels_name(part))
        return f"rIdSsu{number}"

    def import_relation(self, other: WordFile, ident: str) -> str | None:
        """Bring what ``ident`` points to in the other file's main part over here, with all it needs; the new id."""
        relation = next((r for r in other.relations(other.main) if r.get("Id") == ident), None)
        if relation is None:
            return None
        if relation.get("TargetMode") == "External":
            return self.add_relation(self.main, relation.get("Type", ""), relation.get("Target", ""), external=True)
        name = self._import_part(other, _resolve(other.main, relation.get("Target", "")))
        return self.add_relation(self.main, relation.get("Type", ""), f"/{name}") if name else None

    def _import_part(self, other: WordFile, name: str, depth: int = 0) -> str | None:
        if name not in other.members or depth > 4:
            return None
        stem, ending = posixpath.splitext(name)
        new = next(c for n in range(1, 10_000) if (c := f"{stem}_ssu{n}{ending}") not in self.members)
        self.members[new] = other.members[name]
        kind = other._content_type(name)
        if kind:
            types = self.tree("[Content_Types].xml")
            etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{new}", ContentType=kind)
            self.changed("[Content_Types].xml")
        rels = _rels_name(name)
        if rels in other.members:
            tree = parse_xml(other.members[rels])
            for relation in list(tree):
                if relation.get("TargetMode") == "External":
                    continue
                child = self._import_part(other, _resolve(name, relation.get("Target", "")), depth + 1)
                if child is None:
                    tree.remove(relation)
                else:
                    relation.set("Target", f"/{child}")
            self.members[_rels_name(new)] = _serialised(tree)
        return new

    def _content_type(self, name: str) -> str:
        ending = name.rsplit(".", 1)[-1].lower()
        found = ""
        for entry in self.tree("[Content_Types].xml"):
            if entry.get("PartName", "").lower() == f"/{name}".lower():
                return entry.get("ContentType", "")
            if entry.get("Extension", "").lower() == ending:
                found = entry.get("ContentType", "")
        return found

    # -- comments

    def comments(self, *, make: bool = False):
        """The root of the comments part; None when there is none and it should not be made."""
        name = self.related(self.main, "comments")
        if name is None and make:
            folder = posixpath.dirname(self.main)
            name = next(c for n in ("", *range(1, 1000)) if (c := f"{folder}/comments{n}.xml") not in self.members)
            self._trees[name] = etree.Element(W + "comments", nsmap={"w": MAIN})
            self.members[name] = b""
            types = self.tree("[Content_Types].xml")
            etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=_COMMENTS_TYPE)
            self.changed("[Content_Types].xml")
            self.add_relation(self.main, f"{RELATIONS}/comments", f"/{name}")
        if name is None:
            return None
        if make:
            self.changed(name)
        return self.tree(name)

    def next_comment_id(self) -> int:
        """One more than any comment id in the comments part or in the text."""
        roots = [self.document] + ([c] if (c := self.comments()) is not None else [])
        used = [int(v) for root in roots for n in root.iter(
            W + "comment", W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference")
            if (v := n.get(W + "id", "")).isdigit()]
        return max(used, default=-1) + 1

    def resolved(self) -> frozenset[str]:
        """The ids of the comments that a person has marked as resolved ("Løst"), in Word or LibreOffice."""
        entries, comments = self._extended(), self.comments()
        if entries is None or comments is None:
            return frozenset()
        done = {k for k, e in entries.items() if (e.get(W15 + "done") or "").lower() in _ON}
        return frozenset(c.get(W + "id", "") for c in comments.iter(W + "comment") if done & _para_ids(c))

    def resolve(self, comment) -> None:
        """Mark ``comment`` as resolved, in a file where others are: it takes the place of one that was."""
        entries = self._extended()
        paragraph = next(reversed(list(comment.iter(W + "p"))), None)
        if not entries or paragraph is None:
            return
        used = {n.get(W14 + "paraId", "").upper() for root in (self.document, self.comments()) for n in root.iter(W + "p")}
        ident = next(i for n in range(0x5A500001, 0x7FFFFFFF) if (i := f"{n:08X}") not in used and i not in entries)
        paragraph.set(W14 + "paraId", ident)
        root = next(iter(entries.values())).getparent()
        etree.SubElement(root, W15 + "commentEx", {W15 + "paraId": ident, W15 + "done": "1"})
        self.changed(str(self.related(self.main, "commentsExtended")))

    def remove_comment(self, comment) -> None:
        """Take a comment out of the comments part; answers to it stand on their own."""
        entries, gone = self._extended() or {}, _para_ids(comment)
        for key, entry in entries.items():
            if key in gone:
                entry.getparent().remove(entry)
            elif (entry.get(W15 + "paraIdParent") or "").upper() in gone:
                del entry.attrib[W15 + "paraIdParent"]
            else:
                continue
            self.changed(str(self.related(self.main, "commentsExtended")))
        comment.getparent().remove(comment)

    def _extended(self) -> dict[str, etree._Element] | None:
        """What is said of the comments beside their text (w15:commentEx), by the id of their last paragraph."""
        name = self.related(self.main, "commentsExtended")
        if name is None:
            return None
        try:
            return {e.get(W15 + "paraId", "").upper(): e for e in self.tree(name).iter(W15 + "commentEx")}
        except FileProblem:  # nothing is lost with it but the marks
            return None

    # -- ids

    def annotation_id(self) -> str:
        """A w:id that no tracked change and no bookmark of the file has."""
        number, self._next_annotation = self._next_annotation, self._next_annotation + 1
        return str(number)

    def drawing_id(self) -> str:
        number, self._next_drawing = self._next_drawing, self._next_drawing + 1
        return str(number)

    def styles(self) -> dict[str, tuple[str, str, int | None]]:
        """Style id -> (type, name in lower case, outline level 0.. or None, inherited)."""
        name = self.related(self.main, "styles")
        if name is None:
            return {}
        found, parents = {}, {}
        for style in self.tree(name).iter(W + "style"):
            ident = style.get(W + "styleId", "")
            label = style.find(W + "name")
            level = style.find(f"{W}pPr/{W}outlineLvl")
            parent = style.find(W + "basedOn")
            parents[ident] = parent.get(W + "val") if parent is not None else None
            said = level.get(W + "val", "") if level is not None else ""
            called = label.get(W + "val", "") if label is not None else ""
            found[ident] = (style.get(W + "type", "paragraph"), called.lower(),
                            int(said) if said.isdigit() else None)
        return {ident: (kind, label, _inherited(ident, found, parents)) for ident, (kind, label, _) in found.items()}

    def to_bytes(self) -> bytes:
        """The file; members in the order of the original, those not changed byte for byte, no clock times."""
        self.changed(self.main)
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new:
            for name in dict.fromkeys((*self.members, *self._trees)):
                info = zipfile.ZipInfo(name, _ZIP_TIME)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o600 << 16
                changed = name in self._changed
                new.writestr(info, _serialised(self._trees[name]) if changed else self.members.get(name, b""))
        return out.getvalue()


def _para_ids(comment) -> set[str]:
    return {p.get(W14 + "paraId", "").upper() for p in comment.iter(W + "p")} - {""}


def element(tag: str, /, **attributes: object):
    """``element("ins", id=3)``: a w: element with w: attributes."""
    made = etree.Element(W + tag)
    for key, value in attributes.items():
        made.set(W + key, str(value))
    return made


def block_after(node):
    """The next paragraph, table or control beside ``node``, or None."""
    return next((s for s in node.itersiblings() if s.tag in BLOCKS), None)


def block_before(node):
    """The paragraph, table or control before ``node``, or None."""
    return next((s for s in node.itersiblings(preceding=True) if s.tag in BLOCKS), None)


def text_node(text: str, *, deleted: bool = False):
    """A w:t (or w:delText) that keeps its blanks."""
    node = element("delText" if deleted else "t")
    node.text = text
    node.set(_SPACE, "preserve")
    return node


def _inherited(ident: str, found: dict, parents: dict) -> int | None:
    seen: set[str] = set()
    at: str | None = ident
    while at in found and at not in seen:
        seen.add(at)
        _, label, level = found[at]
        if level is not None:
            return level if level < 9 else None
        if label.startswith("heading ") and label[8:].isdigit():
            return int(label[8:]) - 1
        at = parents.get(at)
    return None


def _rels_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _resolve(part: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target)).lstrip("/")


def _serialised(tree) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
