"""The answers' own files, where they are at hand: fetched, proved to be the ones that were read, and looked at."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline import readers
from pipeline.config import Limits, Settings
from pipeline.errors import FileProblem
from pipeline.model import Document
from pipeline.writers import _vedlegg2_docx, _vedlegg2_pages
from pipeline.writers._vedlegg2_answers import blocks_of
from pipeline.writers._vedlegg2_looks import NOTHING, BlockLook, Look, Picture

_SCANNED = frozenset({"ocr_used", "no_ocr", "ocr_time", "damaged_page", "low_ocr_confidence"})
_NOT_OPENED_HERE = frozenset({"pdf", "doc"})  # containers that a native program would have to open
_PAGE = re.compile(r"(?:^|;)page=(\d+)")
_MOST_BYTES = 200 * 2**20  # of files inside other files, kept at a time


class Originals:
    """Gives each answer its look. ``files``: source -> path of the case's own files."""

    def __init__(self, files: Mapping[str, Path], documents: Sequence[Document], settings: Settings) -> None:
        self._files, self._limits = files, settings.limits
        self._options = readers.Options(limits=settings.limits, reading=settings.reading)
        self._documents = {d.source: d for d in documents}
        self._inside: dict[str, dict[str, bytes]] = {}  # file of the case -> what is inside it, by hash
        self._wanted = {d.sha256 for d in documents if d.current_answer and d.parent and _has_look(d)}
        for document in documents:  # a wanted file's containers must be passed through
            if document.sha256 in self._wanted:
                self._wanted |= {d.sha256 for d in self._above(document)}

    def look(self, document: Document) -> Look:
        """How the answer looks in its own file; ``NOTHING`` when that is not at hand, has changed, or is unusable."""
        if not _has_look(document):
            return NOTHING
        try:
            data = self._data(document)
            if data is None:
                return NOTHING
            if document.format == "docx":
                return _vedlegg2_docx.look(data, blocks_of(document), self._limits)
            return _pages(data, document, self._limits)
        except (FileProblem, OSError, ValueError, KeyError, RecursionError):
            return NOTHING  # the words are all there without it

    def _above(self, document: Document) -> Iterator[Document]:
        while document.parent in self._documents:
            document = self._documents[document.parent]
            yield document

    def _data(self, document: Document) -> bytes | None:
        if document.source in self._files:
            return _proved(self._files[document.source], document.sha256)
        chain = list(self._above(document))
        if not chain or chain[-1].source not in self._files or any(d.format in _NOT_OPENED_HERE for d in chain):
            return None
        root = chain[-1]
        if root.source not in self._inside:
            data = _proved(self._files[root.source], root.sha256)
            self._inside[root.source] = self._unpacked(root, data) if data is not None else {}
        return self._inside[root.source].get(document.sha256)

    def _unpacked(self, root: Document, data: bytes) -> dict[str, bytes]:
        """Everything wanted inside ``root``, at any depth, by hash."""
        found: dict[str, bytes] = {}
        kept = sum(len(d) for inside in self._inside.values() for d in inside.values())
        queue = [(root.source, data)]
        containers = {d.parent for d in self._documents.values() if d.sha256 in self._wanted}
        opened = {d.sha256: d.source for d in self._documents.values() if d.source in containers}
        for name, content in queue:
            for attachment in readers.read(content, name, self._options).attachments:
                digest = hashlib.sha256(attachment.data).hexdigest()
                if digest not in self._wanted or digest in found or kept > _MOST_BYTES:
                    continue
                found[digest] = attachment.data
                kept += len(attachment.data)
                if digest in opened:
                    queue.append((opened[digest], attachment.data))
        return found


def _has_look(document: Document) -> bool:
    return document.format in ("docx", "image") or (
        document.format == "pdf" and any(f.kind in _SCANNED for f in document.findings))


def _proved(path: Path, sha256: str) -> bytes | None:
    """The file's bytes, when it still is the file that was read."""
    data = path.read_bytes()
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def _pages(data: bytes, document: Document, limits: Limits) -> Look:
    """Each scanned page before the first block that was recognised on it."""
    drawn = _vedlegg2_pages.pictures(data, document.format, limits)
    look = Look()
    first: dict[int, int] = {}
    for i, block in enumerate(blocks_of(document)):
        page = int(m[1]) if (m := _PAGE.search(block.locator)) else 1
        if block.place in ("body", "form", "textbox"):
            first.setdefault(page, i)
    for number, jpeg in drawn:
        alt = f"Skannet side {number} av filen {document.source}. Teksten på siden står etter bildet."
        picture = Picture(data=jpeg, alt=alt)
        following = [page for page in first if page >= number]
        if following:
            look.blocks.setdefault(first[min(following)], BlockLook()).before.append(picture)
        else:
            look.end.append(picture)
    if len(drawn) >= _vedlegg2_pages.MOST_PAGES:
        look.end.append(Picture(why=f"Bare de første {len(drawn)} skannede sidene er gjengitt som bilder."))
    return look
