"""A Word document as the blocks that are compared: paragraphs and table rows, each with what can identify it.

Only live text counts: tracked insertions are in, deletions and moved-from text are out.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from pipeline.review._ooxml import AUTHOR, W, WordFile

# Text inside these is not live: deleted, moved away, or a second copy of what stands in another branch.
_DEAD = frozenset({W + "del", W + "moveFrom"})
_SKIP = frozenset({"AlternateContent", "drawing", "pict", "object", "txbxContent"})
_CHANGES = tuple(W + n for n in ("ins", "del", "moveFrom", "moveTo", "pPrChange", "rPrChange", "tcPrChange", "cellIns", "cellDel"))
# What a person may put inside our text without changing a word of it.
_SPECIAL = frozenset({"footnoteReference", "endnoteReference", "hyperlink", "oMath", "sdt", "object", "pict", "drawing",
                      "fldSimple", "instrText"})
_BOOKMARK = re.compile(r"^ssu_(?P<id>\w+?)(?:_Copy_\d+)*$")
_COMMENT_ID = re.compile(r"\[ssu_(\w+)\]")
# A passage reference as it is printed: "pkt. 1.2, 2.2 og 3.1".
_REFERENCE = re.compile(r"pkt\. ?(\d+\.\d+(?:(?:, | og | til |–|-)\d+\.\d+)*)")
# The same in what a person writes, in a text that names vedlegg 2.
_LOOSE_REFERENCE = re.compile(r"\b(?:pkt\.?|punkt(?:ene|et)?) ?(\d+\.\d+(?:(?:, | og | til |–|-)\d+\.\d+)*)(?![.\d]*\d)", re.I)
_PASSAGE = re.compile(r"vedlegg 2, pkt\. (\d+\.\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A Word comment: ``lines`` are its paragraphs. ``resolved``: somebody has marked it as done with."""

    id: str
    author: str
    lines: tuple[str, ...]
    resolved: bool = False

    @property
    def ours(self) -> bool:
        return self.author == AUTHOR

    @property
    def evidence(self) -> frozenset[tuple[str, str]]:
        """(who, "«quote»") of every statement that the comment quotes."""
        found, who = [], ""
        for line in self.lines:
            if line.startswith("«") and line.endswith("»"):
                found.append((who, line))
            elif ": " in line:
                who = line.partition(": ")[0]
        return frozenset(found) if self.ours else frozenset()

    @property
    def passages(self) -> dict[tuple[str, str], str]:
        """(who, "«quote»") -> its passage number in vedlegg 2 ("3.4"), of every statement that the comment quotes."""
        found, who, number = {}, "", None
        for line in self.lines if self.ours else ():
            if line.startswith("«") and line.endswith("»") and number:
                found[who, line] = number[1]
            elif ": " in line:
                who, number = line.partition(": ")[0], _PASSAGE.search(line)
        return found


@dataclass(frozen=True, eq=False, kw_only=True)
class Block:
    """One paragraph or table row. ``text`` has single blanks; a row's cells are joined by " | "."""

    index: int
    kind: str  # paragraph | row
    element: object  # w:p or w:tr
    text: str
    cells: tuple[str, ...] = ()
    fills: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()  # alt texts
    style: str = ""  # the style's name in lower case: LibreOffice rewrites style ids
    level: int = 0  # heading level 1.., 0: no heading
    path: tuple[str, ...] = ()  # the headings above, outermost first
    heading: int = -1  # index of the nearest heading above (for a heading: of the next higher one)
    bookmarks: frozenset[str] = frozenset()
    notes: tuple[Note, ...] = ()
    special: tuple[str, ...] = ()
    foreign: bool = False  # holds tracked changes that are not ours
    gone: bool = False  # everything in it is deleted by tracked changes
    contents: bool = False  # part of the table of contents, which Word makes anew

    @property
    def empty(self) -> bool:
        return not self.text and not self.pictures

    @property
    def alignable(self) -> bool:
        return not (self.empty or self.gone or self.contents)

    @property
    def key(self) -> tuple:
        return self.kind, self.text, self.pictures

    @cached_property
    def note_ids(self) -> frozenset[str]:
        return frozenset(i for n in self.notes for line in n.lines for i in _COMMENT_ID.findall(line))

    @cached_property
    def evidence(self) -> frozenset[tuple[str, str]]:
        return frozenset(e for n in self.notes for e in n.evidence)

    @cached_property
    def references(self) -> str:
        return "; ".join(_REFERENCE.findall(self.text))

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The passage numbers of vedlegg 2 that it refers to, also as a person writes them."""
        pattern = _LOOSE_REFERENCE if "vedlegg 2" in self.text.lower() else _REFERENCE
        return tuple(n for found in pattern.findall(self.text) for n in re.findall(r"\d+\.\d+", found))

    @property
    def is_point(self) -> bool:
        """Whether the block carries an id of ours: a bullet that rests on statements."""
        return bool(self.bookmarks or self.note_ids)

    @property
    def seen(self) -> bool:
        """Whether a person has marked all that we say about it as resolved."""
        ours = [n.resolved for n in self.notes if n.ours]
        return bool(ours) and all(ours)

    @property
    def section(self) -> str:
        """The heading it stands under, for messages."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Story:
    """The blocks of a document's body in reading order."""

    word: WordFile
    blocks: tuple[Block, ...]

    @cached_property
    def by_element(self) -> dict[object, Block]:
        return {b.element: b for b in self.blocks}


def read(data: bytes) -> Story:
    """The blocks of a .docx. Raises ``_ooxml.CannotMerge``."""
    word = WordFile(data)
    notes = _notes(word)
    styles = word.styles()
    default = next((label for kind, label, _ in styles.values() if kind == "paragraph" and label == "normal"), "normal")
    blocks: list[Block] = []
    headings: list[Block] = []
    in_contents = 0
    for kind, node, in_toc in _walk(word.body):
        paragraphs = [node] if kind == "paragraph" else list(node.iter(W + "p"))
        begun = _begins_contents(node)
        contents = in_toc or in_contents > 0 or begun
        # The field that ends here may be one inside the contents: count all that begin and end while in it.
        in_contents = max(0, in_contents + (_fields(node) if (in_contents or begun) else 0))
        style_id = _style(paragraphs[0]) if paragraphs else ""
        style = styles.get(style_id, ("", style_id.lower(), None))[1] or default
        contents = contents or bool(re.match(r"(?:toc|contents) ?\d", style))
        level = _level(paragraphs[0], styles.get(style_id)) if kind == "paragraph" else 0
        cells = tuple(plain_text(cell) for cell in cells_of(node)) if kind == "row" else ()
        text = plain_text(node) if kind == "paragraph" else " | ".join(cells)
        if level and not text:
            level = 0
        above = [h for h in headings if not level or h.level < level]
        block = Block(
            index=len(blocks), kind=kind, element=node, text=text, cells=cells,
            fills=tuple(fill_of(c) for c in cells_of(node)) if kind == "row" else (),
            pictures=pictures_of(node), style=style, level=level, path=tuple(h.text for h in above),
            heading=above[-1].index if above else -1, bookmarks=_bookmarks(node), notes=_notes_of(node, notes),
            special=tuple(sorted(_special(node))), foreign=_foreign(node), gone=_gone(node, text), contents=contents)
        if level and not contents and not block.gone:
            headings = [*above, block]
        blocks.append(block)
    return Story(word=word, blocks=tuple(blocks))


def live(node):
    """The live inline elements under ``node`` in order: w:t, w:tab, w:br, w:cr, w:noBreakHyphen."""
    for child in node:
        tag = child.tag
        if tag in _DEAD or not isinstance(tag, str) or tag.rsplit("}", 1)[-1] in _SKIP:
            continue
        if tag in (W + "t", W + "tab", W + "br", W + "cr", W + "noBreakHyphen"):
            if tag != W + "tab" or child.getparent().tag == W + "r":  # a w:tab in w:tabs is a setting
                yield child
        elif tag not in (W + "pPr", W + "rPr", W + "tcPr", W + "trPr", W + "tblPr"):
            yield from live(child)


def raw_text(node) -> str:
    """Live text with its own blanks; tab "\\t", line break "\\n", one line break between paragraphs."""
    if node.tag not in (W + "p", W + "r"):
        return "\n".join(raw_text(p) for p in node.iter(W + "p") if p is not node)
    return "".join(_characters(n) for n in live(node))


def plain_text(node) -> str:
    """Live text with single blanks, composed."""
    return squeeze(raw_text(node))


def squeeze(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00ad", "").split())


def cells_of(row) -> list:
    """The w:tc of a row, also those in content controls."""
    return [c for c in row.iter(W + "tc") if next(c.iterancestors(W + "tr")) is row]


def fill_of(cell) -> str:
    """A cell's own shading "RRGGBB", "" without."""
    shading = cell.find(f"{W}tcPr/{W}shd")
    value = (shading.get(W + "fill") or "") if shading is not None else ""
    return "" if value.lower() in ("auto", "") else value.upper()


def _characters(node) -> str:
    name = node.tag[len(W):]
    return (node.text or "") if name == "t" else {"tab": "\t", "noBreakHyphen": "-"}.get(name, "\n")


def _walk(node, contents: bool = False):
    """("paragraph"|"row", element, inside a contents control) through content controls and tables."""
    for child in node:
        if child.tag == W + "p":
            yield "paragraph", child, contents
        elif child.tag == W + "tbl":
            yield from (("row", row, contents) for row in _rows(child))
        elif child.tag == W + "sdt":
            gallery = child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
            inside = contents or (gallery is not None and gallery.get(W + "val", "").lower() == "table of contents")
            content = child.find(W + "sdtContent")
            if content is not None:
                yield from _walk(content, inside)
        elif child.tag in (W + "customXml", W + "ins", W + "moveTo"):
            yield from _walk(child, contents)


def _rows(table):
    return (row for row in table.iter(W + "tr") if next(row.iterancestors(W + "tbl")) is table)


def _begins_contents(node) -> bool:
    code = "".join(i.text or "" for i in node.iter(W + "instrText"))
    return bool(re.match(r"\s*TOC\b", code))


def _fields(node) -> int:
    kinds = [c.get(W + "fldCharType") for c in node.iter(W + "fldChar")]
    return kinds.count("begin") - kinds.count("end")


def _style(paragraph) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(W + "val", "") if style is not None else ""


def _level(paragraph, style: tuple[str, str, int | None] | None) -> int:
    direct = paragraph.find(f"{W}pPr/{W}outlineLvl")
    if direct is not None and direct.get(W + "val", "").isdigit():
        own = int(direct.get(W + "val"))
        return own + 1 if own < 9 else 0
    return style[2] + 1 if style and style[2] is not None else 0


def _bookmarks(node) -> frozenset[str]:
    names = (_BOOKMARK.match(b.get(W + "name", "")) for b in node.iter(W + "bookmarkStart"))
    return frozenset(m["id"] for m in names if m)


def _notes(word: WordFile) -> dict[str, Note]:
    root = word.comments()
    if root is None:
        return {}
    done = word.resolved()
    return {c.get(W + "id", ""): Note(id=c.get(W + "id", ""), author=c.get(W + "author", ""),
                                      lines=tuple(plain_text(p) for p in c.iter(W + "p")), resolved=c.get(W + "id", "") in done)
            for c in root.iter(W + "comment")}


def _notes_of(node, notes: dict[str, Note]) -> tuple[Note, ...]:
    ids = dict.fromkeys(n.get(W + "id", "") for n in node.iter(W + "commentRangeStart", W + "commentReference"))
    return tuple(notes[i] for i in ids if i in notes)


def _special(node):
    """What is live of it: what a proposal of ours takes out is none, nor is the shell of a link whose text went."""
    for child in node.iter():
        if not isinstance(child.tag, str):
            continue
        name = child.tag.rsplit("}", 1)[-1]
        if name == "instrText" and (child.text or "").strip().upper().startswith("HYPERLINK"):
            name = "hyperlink"  # LibreOffice makes fields of some links
        elif name == "hyperlink" and next(live(child), None) is None:
            continue
        if name in _SPECIAL and not any(a.tag in _DEAD or a.tag.rsplit("}", 1)[-1] == "Fallback"
                                        for a in child.iterancestors()):
            yield name


def pictures_of(node) -> tuple[str, ...]:
    """The alt texts of the live pictures."""
    return tuple(squeeze(d.get("descr") or d.get("name") or "") for d in node.iter("{*}docPr")
                 if not any(a.tag in _DEAD or a.tag.rsplit("}", 1)[-1] == "Fallback" for a in d.iterancestors()))


def _foreign(node) -> bool:
    return any(c.get(W + "author") != AUTHOR for c in node.iter(*_CHANGES))


def _gone(node, text: str) -> bool:
    if text.replace("|", "").strip():
        return False
    return next(node.iter(W + "delText"), None) is not None or node.find(f"{W}trPr/{W}del") is not None \
        or next((d for d in node.iter(W + "moveFrom") if len(d)), None) is not None
