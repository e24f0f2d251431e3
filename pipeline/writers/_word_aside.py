"""Parts of a document that are finished before the rest is: packed, outside its tree.

A tree takes ten times the memory of its file. The answers of a national hearing, and the comments with the evidence, are
written once and never looked at again, so each stretch of them is put on a ``Shelf`` as the bytes that it becomes in the
file; ``_word_finish.to_bytes`` puts them in their place. The file is the same to the last byte.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from weakref import WeakKeyDictionary

from lxml import etree

_TOGETHER = 1 << 16  # bytes that are packed at a time
_MARK = "ssu-aside"
_shelves: WeakKeyDictionary = WeakKeyDictionary()  # package -> member name -> its shelf


class Shelf:
    """What comes in one place of one part of a python-docx document."""

    def __init__(self, document, part, *, before=None) -> None:
        """In the part's root last of all, or right before the element ``before``. A part has one shelf at most."""
        parent = before.getparent() if before is not None else part.element
        self._rooms = [parent, *parent.iterancestors()][::-1]  # a new element takes over the namespaces of where it stands
        mark = etree.Comment(_MARK)
        if before is not None:
            before.addprevious(mark)
        else:
            parent.append(mark)
        root, inner = self._room()
        inner.append(etree.Comment(_MARK))
        self._head, self._tail = (len(outside) for outside in _text(root).split(_marked(), 1))
        self._packed: list[bytes] = []
        self._waiting: list[bytes] = []
        self._length = 0
        _shelves.setdefault(document.part.package, {})[part.partname.membername] = self

    def _room(self):
        """(root, innermost) of the elements around the shelf's place, without anything in them."""
        root = inner = None
        for outer in self._rooms:
            made = outer.makeelement(outer.tag, nsmap=outer.nsmap)
            if inner is None:
                root = made
            else:
                inner.append(made)
            inner = made
        return root, inner

    def put(self, elements: Iterable, finish: Callable[[object], None] = lambda root: None) -> None:
        """``elements`` come after what is here already; ``finish`` may still change them, below the element it is given."""
        root, inner = self._room()
        inner.extend(elements)
        finish(inner)
        data = _text(root)
        self._waiting.append(data[self._head:len(data) - self._tail])
        self._length += len(self._waiting[-1])
        if self._length >= _TOGETHER:
            self._pack()

    def _pack(self) -> None:
        self._packed.append(zlib.compress(b"".join(self._waiting), 1))
        self._waiting, self._length = [], 0

    def poured(self, data: bytes) -> Iterator[bytes]:
        """The part's file ``data`` with what is on the shelf in its place, piece by piece."""
        before, _, after = data.partition(_marked())
        yield before
        self._pack()
        yield from map(zlib.decompress, self._packed)
        yield after


def shelves(document) -> dict[str, Shelf]:
    """Member name -> shelf of each part of the document that has one."""
    return _shelves.get(document.part.package, {})


def _text(root) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=False)


def _marked() -> bytes:
    return f"<!--{_MARK}-->".encode()
