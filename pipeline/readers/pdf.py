"""PDF: text and positions through pdfium, tables by pdfplumber's algorithm, forms through pypdf, scans through OCR."""

from __future__ import annotations

import gc
import logging
import re
from io import BytesIO

from pipeline.errors import FileProblem, OverLimit, Unreadable
from pipeline.model import Attachment, Content, Finding
from pipeline.readers import Options

NAME = "pdf"
SUFFIXES = (".pdf",)
# A page with a picture over this share of it and less text than this is a scan with a stamp on it.
SCAN_SHARE, STAMP_CHARS = 0.5, 150
OUTLINED_PATHS = 60  # a page without text but with so many paths may be letters drawn as outlines
_ERROR_PASSWORD = 4  # FPDF_ERR_PASSWORD


def sniff(data: bytes, name: str) -> int:
    if b"%PDF-" in data[:1024]:
        return 3
    if b"%PDF" in data[:4096]:
        return 2
    return 1 if name.lower().endswith(SUFFIXES) else 0


def read(data: bytes, name: str, options: Options) -> Content:
    """Read a PDF. Raises Unreadable (damaged, encrypted, no text at all) and OverLimit (pages)."""
    collecting = gc.isenabled()
    gc.disable()  # pages make many objects and no cycles; looking for some took a tenth of the time
    try:
        return _read(data, options)
    finally:
        if collecting:
            gc.enable()


def _read(data: bytes, options: Options) -> Content:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
        count = len(pdf)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _ERROR_PASSWORD and _wants_password(data):
            try:  # pdfium asks for a password where pypdf may know that none is needed
                return _without_pdfium(data, options)
            except FileProblem:
                raise Unreadable("PDF-en er passordbeskyttet.", "Be avsenderen om en versjon uten passord.") from error
        return _without_pdfium(data, options)
    try:
        if count > options.limits.pages:
            raise OverLimit(f"PDF-en har {count} sider; grensen er {options.limits.pages} (limits.pages).",
                            "Del den opp, eller hev grensen i config.toml.")
        if count == 0:
            return _without_pdfium(data, options)
        return _Reading(pdf, data, options).content()
    finally:
        pdf.close()


def _wants_password(data: bytes) -> bool:
    """Whether pdfium really asks for a password: where it gives no reason, it still holds that of an earlier file."""
    import pypdfium2

    code = None
    for tried in (b"", data):  # the first sets another reason
        try:
            pypdfium2.PdfDocument(tried).close()
        except pypdfium2.PdfiumError as error:
            code = error.err_code
    return code == _ERROR_PASSWORD


class _Reading:
    """The reading of one document, page by page; each page is closed before the next is opened."""

    def __init__(self, pdf, data: bytes, options: Options) -> None:
        from pipeline.readers import _ocr, _pdf_document, _pdf_forms, _pdf_page
        from pipeline.readers._pdf_letters import garbled

        # at hand, since pages are many and short
        self._native, self._read_page = _pdf_page.native(), _pdf_page.read_page
        self._annotations, self._garbled = _pdf_forms.annotations, garbled
        self._address = _pdf_page.address(pdf)
        self._pdf, self._data, self._options = pdf, data, options
        self._scans = _pdf_document.Scans(_ocr.engine(options), options)
        self._clock = _ocr.Clock(options)
        self._pages: list = []
        self._overlays: list = []
        self._attachments: list[Attachment] = []
        self._broken: list[int] = []
        self._repaired: list[int] = []
        self._widgets = False
        self._views: dict[int, object] = {}

    def content(self) -> Content:
        import pypdfium2.raw as raw

        from pipeline.readers import _pdf_document, _pdf_forms

        for number in range(1, len(self._pdf) + 1):
            self._page(number)
        form = raw.FPDF_GetFormType(self._pdf)
        if self._widgets:
            self._overlays += _pdf_forms.fields(self._data, self._views)
        if form in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND):
            static = form == raw.FORMTYPE_XFA_FOREGROUND
            known = {(o.label, o.paragraphs) for o in self._overlays} | {o.paragraphs for o in self._overlays}
            self._overlays += [o for o in _pdf_forms.xfa(self._pdf, static) if o.paragraphs not in known]
        self._attachments += _pdf_forms.attachments(self._pdf)
        self._check_attachments()
        blocks = _pdf_document.blocks(self._pages, self._overlays)
        findings = [*self._scans.findings(), *self._text_findings()]
        if not blocks and not self._attachments:
            self._nothing()
        return Content(format=NAME, blocks=tuple(blocks), attachments=tuple(self._attachments),
                       properties=self._properties(), findings=tuple(findings))

    def _page(self, number: int) -> None:
        page = self._native.load_page(self._address, number - 1)
        if not page:
            self._scans.unread.append(number)
            return
        try:
            read = self._read_page(page, number)
            if read is None:
                self._scans.unread.append(number)
                return
            self._views[number] = read.view
            overlays, files, widgets = self._annotations(page, number, read.view)
            self._overlays += overlays
            self._attachments += files
            self._widgets = self._widgets or widgets
        finally:
            self._native.close_page(page)
        self._pages.append(self._repair(read))

    def _repair(self, read):
        """The page as read, or its picture through OCR where it is a scan or its text means nothing."""
        if read.repaired:
            self._repaired.append(read.number)
        if read.chars == 0 or not read.lines:
            if read.picture > 0.05 or read.paths > OUTLINED_PATHS:
                return self._recognised(read) or read
            return read
        if read.picture >= SCAN_SHARE and read.chars < STAMP_CHARS:
            scanned = self._recognised(read)
            if scanned is not None and scanned.chars > read.chars:
                return _with_stamp(scanned, read)
            return read
        scraps = read.chars >= 20 and read.scraps > 0.12 * read.chars
        if not scraps and (read.language or not self._garbled(" ".join(line.text for line in read.lines))):
            return read
        if self._scans.tool is not None:
            scanned = self._recognised(read)
            if scanned is not None and scanned.chars >= 0.3 * read.chars:
                return scanned
        self._broken.append(read.number)
        return read

    def _recognised(self, read):
        import pypdfium2

        from pipeline.readers import _ocr

        if self._scans.tool is None:
            self._scans.missing.append(read.number)
            return None
        scale = min(_ocr.DPI / 72, 5000 / max(read.width, read.height, 1.0))
        try:
            page = self._pdf[read.number - 1]
            bitmap = page.render(scale=scale, grayscale=True, rotation=(read.view.turn - page.get_rotation()) % 360)
        except pypdfium2.PdfiumError:
            self._scans.unread.append(read.number)
            return None
        try:
            return self._scans.read(bitmap.to_pil(), read.number, scale, self._clock)
        finally:
            bitmap.close()
            page.close()

    def _text_findings(self) -> list[Finding]:
        from pipeline.readers._pdf_document import page_list

        found = []
        if self._broken:
            found.append(Finding(
                kind="broken_text", locator=f"page={min(self._broken)}",
                message=f"Teksten på {page_list(self._broken)} er uleselig fordi skrifttypen mangler tegntabell. "
                        "Be avsenderen om Word-filen, eller installer Tesseract slik at siden kan leses som bilde."))
        if self._repaired:
            found.append(Finding(
                kind="repaired_text", locator=f"page={min(self._repaired)}",
                message=f"Skrifttypen på {page_list(self._repaired)} manglet tegntabell, og teksten er regnet om. "
                        "Sammenlign med originalen."))
        return found

    def _check_attachments(self) -> None:
        total = sum(len(a.data) for a in self._attachments)
        if total > self._options.limits.unpacked_mb * 2**20:
            raise OverLimit(f"Filene i PDF-en pakkes ut til mer enn grensen på {self._options.limits.unpacked_mb} MB "
                            "(limits.unpacked_mb).", "Hvis filen er ekte: hev grensen i config.toml.")

    def _nothing(self) -> None:
        from pipeline.readers import _ocr

        scans = self._scans
        if scans.missing:
            why = "Tesseract er ikke installert" if self._options.reading.ocr else "OCR er slått av (reading.ocr)"
            raise Unreadable(f"PDF-en er skannet og har ingen tekst, og {why}.", _ocr.INSTALL)
        if scans.late:
            raise Unreadable("PDF-en er skannet, og tekstgjenkjenningen (OCR) rakk ikke å bli ferdig.",
                             "Del den opp, eller hev limits.seconds_per_file i config.toml.")
        if scans.unread:
            raise Unreadable("Sidene i PDF-en er skadet.", "Be avsenderen sende den på nytt.")
        raise Unreadable("PDF-en har ingen tekst.", "Be avsenderen sende den på nytt, helst som Word-fil.")

    def _properties(self) -> tuple[tuple[str, str], ...]:
        from pipeline.readers._common import clean

        names = {"Title": "title", "Author": "author", "Subject": "subject"}
        found = []
        for name, key in names.items():
            try:
                value = clean(self._pdf.get_metadata_value(name))
            except UnicodeDecodeError:  # pypdfium2 decodes strictly
                continue
            if value:
                found.append((key, value))
        return tuple(found)


def _with_stamp(scanned, read):
    """A scanned page with text stamped on it: the stamp is kept as a header line unless OCR has read it too."""
    seen = re.findall(r"\w+", " ".join(line.text for line in scanned.lines).casefold())
    known = set(seen)
    stamps = [line for line in read.lines if not set(re.findall(r"\w+", line.text.casefold())) <= known]
    scanned.lines = [*stamps, *scanned.lines]
    return scanned


def _without_pdfium(data: bytes, options: Options) -> Content:
    """A file that pdfium refuses: pypdf, which rebuilds broken cross-reference tables in its own way."""
    import pypdf

    from pipeline.readers import _pdf_document, _pdf_forms
    from pipeline.readers._common import clean
    from pipeline.readers._pdf_page import Line, Page

    damaged = Unreadable("PDF-en er skadet og kan ikke åpnes.", "Be avsenderen sende den på nytt.")
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    pages = []
    try:
        reader = pypdf.PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("PDF-en er passordbeskyttet.", "Be avsenderen om en versjon uten passord.")
        if len(reader.pages) > options.limits.pages:
            raise OverLimit(f"PDF-en har {len(reader.pages)} sider; grensen er {options.limits.pages} (limits.pages).",
                            "Del den opp, eller hev grensen i config.toml.")
        for number, source in enumerate(reader.pages, 1):
            page = Page(number, 600.0, 800.0)
            base = 0.0
            try:
                text = source.extract_text() or ""
            except Exception:  # as below; the other pages may be whole
                text = ""
            for row in text.splitlines():
                base += 12.0
                if line := clean(row):
                    page.lines.append(Line(line, 0.0, 5.0 * len(line), base - 10, base, base, 10.0, page=number))
            pages.append(page)
    except FileProblem:
        raise
    except Exception as error:  # on broken files pypdf raises whatever its Python code trips over
        raise damaged from error
    finally:
        logger.setLevel(level)
    blocks = _pdf_document.blocks(pages, _pdf_forms.fields(data, {}, comments=True))
    if not blocks:
        raise damaged
    finding = Finding(kind="damaged_file", message="PDF-en er skadet. Teksten er hentet ut, men rekkefølge og tabeller "
                      "kan være gale. Sammenlign med originalen, eller be om filen på nytt.")
    return Content(format=NAME, blocks=tuple(blocks), findings=(finding,))
