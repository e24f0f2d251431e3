"""Small PDFs written by script, in raw PDF syntax: one construct each, every text our own.

Coordinates are PDF's: points from the lower left corner of an A4 page (595 × 842).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from io import BytesIO

REGULAR, BOLD, ITALIC, SHIFTED, LOST, WINGDINGS, TICKS = "F1", "F2", "F3", "F4", "F5", "F6", "F7"
_BASE = {REGULAR: "Helvetica", BOLD: "Helvetica-Bold", ITALIC: "Helvetica-Oblique", SHIFTED: "Helvetica",
         LOST: "Helvetica", WINGDINGS: "Wingdings", TICKS: "Wingdings"}
A4 = (595, 842)
# Helvetica's advance widths in thousandths, near enough to place words.
_WIDE = {" ": 278, "i": 222, "l": 222, "j": 222, "t": 278, "f": 278, "r": 333, "m": 833, "w": 722, ".": 278, ",": 278,
         "-": 333, "I": 278, "s": 500, "k": 500, "v": 500, "c": 500, "y": 500, "z": 500, "M": 833, "W": 944}


def width(text: str, size: float) -> float:
    """The printed width of ``text`` in points, within some percent."""
    return sum(_WIDE.get(c, 667 if c.isupper() else 556) for c in text) * size / 1000


def wrap(text: str, room: float, size: float) -> list[str]:
    """``text`` cut into lines of at most ``room`` points."""
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _escape(text: str) -> bytes:
    data = text.encode("cp1252", "replace")
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


@dataclass
class Sheet:
    """One page being drawn."""

    size: tuple[int, int] = A4
    rotate: int = 0
    ops: list[bytes] = field(default_factory=list)
    images: list[bytes] = field(default_factory=list)  # JPEG
    annotations: list[bytes] = field(default_factory=list)
    fields: list[bytes] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 11, font: str = REGULAR) -> Sheet:
        self.ops.append(b"BT /%s %g Tf %g %g Td (%s) Tj ET" % (font.encode(), size, x, y, _escape(text)))
        return self

    def raw(self, x: float, y: float, codes: bytes, size: float = 11, font: str = REGULAR) -> Sheet:
        self.ops.append(b"BT /%s %g Tf %g %g Td <%s> Tj ET" % (font.encode(), size, x, y, codes.hex().encode()))
        return self

    def sideways(self, x: float, y: float, text: str, size: float = 11) -> Sheet:
        """Text running upwards, as on a landscape page that was printed turned."""
        self.ops.append(b"BT /F1 %g Tf 0 1 -1 0 %g %g Tm (%s) Tj ET" % (size, x, y, _escape(text)))
        return self

    def paragraph(self, x: float, y: float, text: str, room: float = 451, size: float = 11, pitch: float = 1.2,
                  font: str = REGULAR, hang: float = 0) -> float:
        """Wrapped text; returns the baseline for what follows after a paragraph's distance."""
        for index, line in enumerate(wrap(text, room - hang, size)):
            self.text(x + (hang if index else 0), y, line, size, font)
            y -= pitch * size
        return y - 0.6 * size

    def rect(self, x: float, y: float, wide: float, high: float, color: str) -> Sheet:
        rgb = tuple(int(color[i:i + 2], 16) / 255 for i in (0, 2, 4))
        self.ops.append(b"%g %g %g rg %g %g %g %g re f 0 g" % (*rgb, x, y, wide, high))
        return self

    def line(self, ax: float, ay: float, bx: float, by: float) -> Sheet:
        self.ops.append(b"0.5 w %g %g m %g %g l S" % (ax, ay, bx, by))
        return self

    def grid(self, xs: list[float], ys: list[float]) -> Sheet:
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        return self

    def picture(self, jpeg: bytes, x: float = 0, y: float = 0, wide: float = 595, high: float = 842) -> Sheet:
        self.ops.append(b"q %g 0 0 %g %g %g cm /Im%d Do Q" % (wide, high, x, y, len(self.images)))
        self.images.append(jpeg)
        return self

    def annotate(self, text: str, kind: str = "Text", box: tuple = (400, 700, 420, 720)) -> Sheet:
        self.annotations.append(b"/Subtype /%s /Rect [%g %g %g %g] /Contents %s /T (Ola Ukjent)"
                                % (kind.encode(), *box, _string(text)))
        return self

    def field(self, name: str, value: str, box: tuple, tooltip: str = "") -> Sheet:
        tip = b" /TU %s" % _string(tooltip) if tooltip else b""
        self.fields.append(b"/FT /Tx /T %s /V %s%s /Rect [%g %g %g %g]" % (_string(name), _string(value), tip, *box))
        return self

    def checkbox(self, name: str, checked: bool, box: tuple, tooltip: str = "") -> Sheet:
        tip = b" /TU %s" % _string(tooltip) if tooltip else b""
        state = b"/Yes" if checked else b"/Off"
        self.fields.append(b"/FT /Btn /T %s /V %s /AS %s%s /Rect [%g %g %g %g]" % (_string(name), state, state, tip, *box))
        return self


def _string(text: str) -> bytes:
    return b"<FEFF" + text.encode("utf-16-be").hex().encode() + b">"


def _to_unicode(mapping: dict[int, int]) -> bytes:
    rows = b"\n".join(b"<%02X> <%04X>" % pair for pair in mapping.items())
    return (b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
            b"1 begincodespacerange <00> <FF> endcodespacerange\n%d beginbfchar\n%s\nendbfchar\n"
            b"endcmap end end" % (len(mapping), rows))


def _shifted() -> dict[int, int]:
    """Every printed character stands for the number of its glyph in the Macintosh order."""
    mapping = {}
    for code in range(33, 127):
        mapping[code] = code - 29
    for letter in "æøåÆØÅé":
        mapping[letter.encode("cp1252")[0]] = letter.encode("mac_roman")[0] - 30
    mapping["þ".encode("cp1252")[0]] = "\ufb01".encode("mac_roman")[0] - 30  # written with "þ", printed as a ligature
    mapping[32] = 32
    return mapping


def build(*sheets: Sheet, title: str = "", xfa: dict[str, str] | None = None, dynamic: bool = False,
          files: dict[str, bytes] | None = None) -> bytes:
    """The finished file."""
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    def stream(data: bytes, extra: bytes = b"") -> int:
        packed = zlib.compress(data)
        return add(b"<< /Length %d /Filter /FlateDecode %s>>\nstream\n%s\nendstream" % (len(packed), extra, packed))

    catalog, tree = add(b""), add(b"")
    fonts = b""
    for name, base in _BASE.items():
        extra = b""
        if name == SHIFTED:
            extra = b" /ToUnicode %d 0 R" % stream(_to_unicode(_shifted()))
        elif name == LOST:
            extra = b" /ToUnicode %d 0 R" % stream(_to_unicode(dict.fromkeys(range(33, 256), 65533)))
        elif name in (WINGDINGS, TICKS):  # Word maps the glyphs to the private use area, other programs to Latin-1
            start = 0xF000 if name == WINGDINGS else 0
            extra = b" /ToUnicode %d 0 R" % stream(_to_unicode({code: start + code for code in range(33, 256)}))
            extra += b" /FirstChar 32 /LastChar 255 /Widths [%s]" % (b"600 " * 224)  # pdfium drops glyphs without a width
        encoding = b"" if base == "Wingdings" else b" /Encoding /WinAnsiEncoding"
        number = add(b"<< /Type /Font /Subtype /Type1 /BaseFont /%s%s%s >>" % (base.encode(), encoding, extra))
        fonts += b"/%s %d 0 R " % (name.encode(), number)
    kids, widgets = [], []
    for sheet in sheets:
        page = add(b"")
        pictures = b""
        for index, jpeg in enumerate(sheet.images):
            wide, high = _jpeg_size(jpeg)
            number = add(b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 "
                         b"/Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream" % (wide, high, len(jpeg), jpeg))
            pictures += b"/Im%d %d 0 R " % (index, number)
        content = stream(b"\n".join(sheet.ops))
        marks = []
        for body in sheet.annotations:
            marks.append(add(b"<< /Type /Annot %s >>" % body))
        for body in sheet.fields:
            marks.append(add(b"<< /Type /Annot /Subtype /Widget /F 4 %s >>" % body))
            widgets.append(marks[-1])
        objects[page - 1] = (
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %d %d] /Rotate %d /Contents %d 0 R /Annots [%s] "
            b"/Resources << /Font << %s >> /XObject << %s >> >> >>"
            % (tree, *sheet.size, sheet.rotate, content, b" ".join(b"%d 0 R" % m for m in marks), fonts, pictures))
        kids.append(page)
    objects[tree - 1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % k for k in kids))
    extra = b""
    if widgets or xfa:
        packets = b""
        for name, text in (xfa or {}).items():
            packets += b"(%s) %d 0 R " % (name.encode(), stream(text.encode()))
        form = b"/XFA [%s] " % packets if xfa else b""
        extra += b" /AcroForm << /Fields [%s] %s>>" % (b" ".join(b"%d 0 R" % w for w in widgets), form)
    if dynamic:
        extra += b" /NeedsRendering true"
    if files:
        names = b""
        for name, data in files.items():
            held = stream(data, b"/Type /EmbeddedFile ")
            spec = add(b"<< /Type /Filespec /F %s /UF %s /EF << /F %d 0 R >> >>" % (_string(name), _string(name), held))
            names += b"%s %d 0 R " % (_string(name), spec)
        extra += b" /Names << /EmbeddedFiles << /Names [%s] >> >>" % names
    objects[catalog - 1] = b"<< /Type /Catalog /Pages %d 0 R%s >>" % (tree, extra)
    info = add(b"<< /Title %s /Author %s /CreationDate (D:20200101120000Z) >>" % (_string(title), _string("Forfatter")))
    out = BytesIO()
    out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
              % (len(objects) + 1, catalog, info, start))
    return out.getvalue()


def _jpeg_size(data: bytes) -> tuple[int, int]:
    from PIL import Image

    with Image.open(BytesIO(data)) as image:
        return image.size


def photograph(pdf: bytes, page: int = 0, dpi: int = 200, format: str = "JPEG") -> bytes:
    """A page as a grey picture, as a scanner would give it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page]
        image = sheet.render(scale=dpi / 72, grayscale=True).to_pil()
        out = BytesIO()
        image.save(out, format, dpi=(dpi, dpi))
        sheet.close()
        return out.getvalue()
    finally:
        document.close()


def encrypt(pdf: bytes, user: str, owner: str) -> bytes:
    """The file under a password (an empty ``user`` opens without one)."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf))
    writer.encrypt(user, owner, algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
