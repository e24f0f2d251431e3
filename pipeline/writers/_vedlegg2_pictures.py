"""Pictures put into a Word document: each once, never wider than its place, never more than the document can bear."""

from __future__ import annotations

import hashlib
import struct

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.shape import CT_Inline
from docx.parts.image import ImagePart

from pipeline.writers._vedlegg2_looks import Picture
from pipeline.writers._word_values import clean_text
from pipeline.writers._word_xml import element

_EMU_PER_TWIP = 635
_TALLEST = 7_200_000  # EMU, 20 cm: a page less its heading
_MOST_BYTES = 100 * 2**20  # of all pictures together
_MOST_OF_ONE = 20 * 2**20
_KINDS = frozenset({"image/png", "image/jpeg", "image/gif", "image/bmp", "image/tiff"})
_FIRST_ID = 50_000
_TOO_MUCH = "Et bilde er utelatt, fordi bildene ellers ville gjort vedlegget for stort."
_UNUSABLE = "Et bilde har et format som ikke kan gjengis her."


class Pictures:
    """The pictures of one python-docx document."""

    def __init__(self, document) -> None:
        self._part = document.part
        self._known: dict[bytes, tuple[str, Image]] = {}
        self._bytes = self._count = 0

    def drawing(self, picture: Picture, width: int):
        """(w:drawing element, "") at most ``width`` twips wide, or (None, why not in Norwegian)."""
        data = picture.data or b""
        digest = hashlib.sha256(data).digest()
        if digest not in self._known:
            if len(data) > _MOST_OF_ONE or self._bytes + len(data) > _MOST_BYTES:
                return None, _TOO_MUCH
            try:
                image = Image.from_blob(data)
                ratio = image.px_height / image.px_width
            except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError, struct.error,
                    ArithmeticError, LookupError, ValueError, OSError, TypeError):
                return None, _UNUSABLE
            if image.content_type not in _KINDS or not 0.001 < ratio < 1000:
                return None, _UNUSABLE
            name = PackURI(f"/word/media/svar{len(self._known) + 1}.{image.ext}")
            # not python-docx's own adding, which hashes every earlier picture again
            part = ImagePart(name, image.content_type, data, image)
            self._known[digest] = (self._part.relate_to(part, RELATIONSHIP_TYPE.IMAGE), image)
            self._bytes += len(data)
        ident, image = self._known[digest]
        cx, cy = picture.width, picture.height
        if cx <= 0 or cy <= 0:
            cx, cy = int(image.width), int(image.height)
        shrink = min(1.0, width * _EMU_PER_TWIP / max(cx, 1), _TALLEST / max(cy, 1))
        self._count += 1
        inline = CT_Inline.new_pic_inline(_FIRST_ID + self._count, ident, f"bilde{self._count}.{image.ext}",
                                          max(int(cx * shrink), 1), max(int(cy * shrink), 1))
        inline.docPr.set("descr", clean_text(picture.alt).strip()[:1000] or "Bilde i svaret, uten beskrivelse")
        drawing = element("w:drawing")
        drawing.append(inline)
        return drawing, ""

