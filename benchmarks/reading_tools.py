"""Other ways to get a file's text, and a worker that runs them (and the project's readers) under a time limit.

Every tool is a function from (path, bytes) to text. A tool that is not installed is left out.
"""

from __future__ import annotations

import importlib.util
import multiprocessing
import time
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from multiprocessing.connection import Connection

from benchmarks.reading_references import REFERENCES, Reference, words

OURS = "ssu"
SHEET, ALL_WORD = ("xlsx", "xlsm"), ("docx", "docm", "dotx")


def _ours(path: str, data: bytes) -> str:
    from pipeline import readers
    from pipeline.config import Reading

    content = readers.read(data, path, readers.Options(reading=Reading(ocr=False)))
    return "\n".join(f"{b.marker} {b.text}" for b in content.blocks)


def _lxml(path: str, data: bytes) -> str:
    """The floor for zipped XML: unpack, parse, and take every text element."""
    from lxml import etree

    out = []
    with zipfile.ZipFile(BytesIO(data)) as package:
        for name in package.namelist():
            if name.startswith("word/") and name.endswith(".xml") and "glossary" not in name and any(
                    part in name for part in ("document", "header", "footer", "notes", "comments")):
                for element in etree.fromstring(package.read(name)).iter():
                    if isinstance(element.tag, str) and element.tag.endswith("}t") and element.text:
                        out.append(element.text)
    return " ".join(out)


def pdfium(path: str, data: bytes) -> str:
    """The floor for PDF: every page's text as pdfium has it."""
    import pypdfium2

    out = []
    document = pypdfium2.PdfDocument(data)
    try:
        for number in range(len(document)):
            page = document[number]
            textpage = page.get_textpage()
            out.append(textpage.get_text_range() if textpage.count_chars() > 0 else "")
            textpage.close()
            page.close()
    finally:
        document.close()
    return "\n".join(out)


def _python_docx(path: str, data: bytes) -> str:
    """Paragraphs and tables, as most programs use it."""
    import docx

    document = docx.Document(BytesIO(data))
    lines = [p.text for p in document.paragraphs]
    for table in document.tables:
        for row in table.rows:
            lines += [cell.text for cell in row.cells]
    return "\n".join(lines)


def _docx2python(path: str, data: bytes) -> str:
    from docx2python import docx2python

    with docx2python(BytesIO(data)) as content:
        comments = "\n".join(str(c[-1]) for c in content.comments)
        return f"{content.text}\n{comments}"


def _markitdown(path: str, data: bytes) -> str:
    from markitdown import MarkItDown, StreamInfo

    ending = "." + path.rpartition(".")[2].lower()
    return MarkItDown().convert_stream(BytesIO(data), stream_info=StreamInfo(extension=ending)).text_content


def _kreuzberg(path: str, data: bytes) -> str:
    from kreuzberg import extract_file_sync

    return extract_file_sync(path).content


def _pypdf(path: str, data: bytes) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages)


def _pdfplumber(path: str, data: bytes) -> str:
    import pdfplumber

    out = []
    with pdfplumber.open(BytesIO(data)) as document:
        for page in document.pages:
            out.append(page.extract_text() or "")
            page.close()
    return "\n".join(out)


def _openpyxl(path: str, data: bytes) -> str:
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(data), data_only=True)
    return "\n".join(" ".join(str(v) for v in row if v is not None)
                     for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))


@dataclass(frozen=True)
class Tool:
    """A way to read: ``module`` must be there to use it, ``formats`` are the file endings it is asked for."""

    name: str
    module: str
    formats: tuple[str, ...]
    text: Callable[[str, bytes], str]


FLOORS = (
    Tool("lxml", "lxml", ALL_WORD, _lxml),
    Tool("pypdfium2", "pypdfium2", ("pdf",), pdfium),
)
PEERS = (
    Tool("python-docx", "docx", ALL_WORD, _python_docx),
    Tool("docx2python", "docx2python", ALL_WORD, _docx2python),
    Tool("markitdown", "markitdown", (*ALL_WORD, "xlsx", "pdf", "msg", "html"), _markitdown),
    Tool("kreuzberg", "kreuzberg", (*ALL_WORD, *SHEET, "pdf", "odt", "eml", "msg", "html"), _kreuzberg),
    Tool("openpyxl", "openpyxl", SHEET, _openpyxl),
    Tool("pypdf", "pypdf", ("pdf",), _pypdf),
    Tool("pdfplumber", "pdfplumber", ("pdf",), _pdfplumber),
)
_SELF = Tool(OURS, "pipeline", (), _ours)


def installed(tools: tuple[Tool, ...]) -> list[Tool]:
    """Those whose library is there."""
    return [tool for tool in tools if importlib.util.find_spec(tool.module) is not None]


# -- running them ----------------------------------------------------------------------------------

@dataclass(slots=True)
class Outcome:
    """What a tool made of a file: its words, CPU seconds, or an error."""

    words: Counter[str] | None = None
    seconds: float = 0.0
    error: str = ""


def _serve(pipe: Connection, name: str) -> None:
    warnings.simplefilter("ignore")
    import logging

    logging.disable(logging.CRITICAL)
    _limit_memory()
    tool = next((t for t in (_SELF, *FLOORS, *PEERS) if t.name == name), None)
    warm: set[str] = set()
    while (path := pipe.recv()) is not None:
        try:
            with open(path, "rb") as stream:
                data = stream.read()
            ending = path.rpartition(".")[2].lower()
            if tool is None:
                pipe.send(REFERENCES[ending](data))
                continue
            if ending not in warm:  # imports are not counted
                warm.add(ending)
                _quietly(tool, path, data)
            text, seconds = _timed(tool, path, data)
            pipe.send(Outcome(words(text), seconds))
        except Exception as error:  # whatever a library raises is its answer
            pipe.send(None if tool is None else Outcome(error=type(error).__name__))


def _timed(tool: Tool, path: str, data: bytes) -> tuple[str, float]:
    """A file's text, and the CPU seconds of the quickest of up to three readings: small files are below the clock's noise."""
    spent: list[float] = []
    while not spent or (len(spent) < 3 and sum(spent) < 0.5):
        start = time.process_time()
        text = tool.text(path, data)
        spent.append(time.process_time() - start)
    return text, min(spent)


def _quietly(tool: Tool, path: str, data: bytes) -> None:
    try:
        tool.text(path, data)
    except Exception:  # the measured call reports it
        return


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (6 * 2**30, resource.getrlimit(resource.RLIMIT_AS)[1]))


class Worker:
    """A process that runs one tool on one file after the other, and is killed when it takes too long.

    ``tool`` "reference" gives ``Reference`` or None, every other one an ``Outcome``.
    """

    def __init__(self, tool: str, seconds: float) -> None:
        self._tool, self._seconds = tool, seconds
        self._process: multiprocessing.Process | None = None
        self._pipe: Connection | None = None

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._tool), daemon=True)
        self._process.start()
        theirs.close()

    def run(self, path: str) -> Outcome | Reference | None:
        if self._process is None:
            self._start()
        try:
            self._pipe.send(path)
            if self._pipe.poll(self._seconds):
                return self._pipe.recv()
            error = "tidsgrensen"
        except (EOFError, OSError):
            error = "krasj"
        self.close()
        return None if self._tool == "reference" else Outcome(seconds=self._seconds, error=error)

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._pipe.close()
        self._process = self._pipe = None
