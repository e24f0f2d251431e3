"""Build the answer files and the gold of the evaluation cases from their texts.

``python -m benchmarks.cases.build [CASE…]`` reads ``<case>/source.txt`` and writes ``<case>/answers/*``,
``<case>/gold.jsonl`` (a line per sentence, list item or cell) and ``<case>/documents.jsonl`` (a line per file:
``source``, ``bodies``, ``kind`` answer | replaced | paper). PDF and ODT files need LibreOffice.

The text format, line by line:

- ``=== name | Body A; Body B | option …``: a new file. Options: ``replaced``, ``paper``, ``inside`` (only as an
  attachment), ``wrap=N``, ``columns=N`` (Word, PDF), ``controls`` (answer cells are content controls), ``html`` (a
  mail); the name's ending is its format (docx, odt, pdf, txt, eml, xlsx).
- ``!themes f=format …``: one-letter codes of the themes; ``!q 1a``: the question that the next lines stand under
  (``!q -``: none); ``!sheet Navn``: a new worksheet; ``!attach name``; ``!page text``: a page break with its running
  head (txt); ``!header`` / ``!footer text``; ``!letterhead left | right``: a table in the head of the page; ``!from``, ``!to``, ``!subject``, ``!date`` of a mail.
- ``~~ text``: a paragraph of noise; ``~ text``: a sentence of noise.
- ``{f} text``: a sentence of theme f; ``{f/r g=x o=y}``: either theme is right, group x, against group y;
  ``{0}`` no remarks; ``{=}`` endorsement (``{=f}`` with a theme).
- before those: ``# `` heading, ``* `` bold line, ``- `` list item, ``[1.] `` typed marker, ``|| `` first cell of a row,
  ``| `` next cell. A line without one continues the paragraph; an empty line or a
  heading ends it.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import tempfile
import textwrap
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

HERE = Path(__file__).parent
_LABEL = re.compile(r"\{(?P<themes>[^}\s]+)(?P<rest>[^}]*)\}\s*(?P<text>.+)$")
_BLOCK = re.compile(r"(?P<kind># |\* |- |\[(?P<marker>[^\]]+)\] |\|\|(?: |$)|\|(?: |$))")


@dataclass(kw_only=True)
class Piece:
    """One gold segment."""

    text: str
    type: str = "noise"
    themes: list[str] = field(default_factory=list)
    question: str | None = None
    group: str | None = None
    opposes: str | None = None


@dataclass(kw_only=True)
class Part:
    """One paragraph, heading, list item or cell, or an instruction to the writer of the file."""

    kind: str  # heading | bold | item | marked | row | cell | paragraph | ! + instruction
    marker: str = ""
    pieces: list[Piece] = field(default_factory=list)
    value: str = ""

    @property
    def text(self) -> str:
        lead = f"{self.marker} " if self.marker else ""
        return lead + " ".join(p.text for p in self.pieces)


@dataclass(kw_only=True)
class File:
    name: str
    bodies: list[str]
    options: dict[str, str]
    parts: list[Part] = field(default_factory=list)
    source: str = ""

    @property
    def format(self) -> str:
        return self.name.rsplit(".", 1)[-1]

    def values(self, instruction: str) -> list[str]:
        return [p.value for p in self.parts if p.kind == f"!{instruction}"]

    @property
    def content(self) -> list[Part]:
        return [p for p in self.parts if not p.kind.startswith("!") or p.kind in {"!sheet", "!page"}]


def parse(text: str) -> list[File]:
    """The files of a ``source.txt``. Raises ValueError naming the line that is not understood."""
    files: list[File] = []
    codes: dict[str, str] = {}
    question: str | None = None
    part: Part | None = None
    for number, line in enumerate(text.splitlines(), 1):
        line = line.rstrip()
        if line.startswith("%%"):
            continue
        if not line:
            part = None
        elif line.startswith("=== "):
            name, bodies, *options = [p.strip() for p in line[4:].split("|")]
            flags = dict(o.partition("=")[::2] for o in " ".join(options).split())
            files.append(File(name=name, bodies=[b.strip() for b in bodies.split(";") if b.strip()], options=flags))
            part, question = None, None
        elif line.startswith("!"):
            key, _, value = line[1:].partition(" ")
            if key == "themes":
                codes = dict(pair.split("=") for pair in value.split())
            elif key == "q":
                question = None if value == "-" else value
            else:
                files[-1].parts.append(Part(kind=f"!{key}", value=value))
            part = None
        else:
            if line.startswith("~~ "):
                part, line = None, line[1:]
            block = _BLOCK.match(line)
            if block or part is None:
                kind = block["kind"][0] if block else ""
                kind = {"#": "heading", "*": "bold", "-": "item", "[": "marked", "|": "cell"}.get(kind, "paragraph")
                if block and block["kind"].startswith("||"):
                    kind = "row"
                part = Part(kind=kind, marker=(block["marker"] or "") if block else "")
                files[-1].parts.append(part)
                line = line[block.end():] if block else line
            if line:
                part.pieces.append(_piece(line, codes, question, number))
                if part.kind in {"heading", "bold"}:
                    part = None
    return files


def _piece(line: str, codes: dict[str, str], question: str | None, number: int) -> Piece:
    if line.startswith("~ "):
        return Piece(text=line[2:])
    label = _LABEL.match(line)
    if not label:
        raise ValueError(f"line {number}: no label: {line}")
    rest = dict(p.split("=") for p in label["rest"].split())
    themes = label["themes"]
    kind = {"0": "no_remarks", "=": "endorsement"}.get(themes[0], "substance")
    keys = [codes[c] for c in themes.lstrip("0=").split("/") if c]
    return Piece(text=label["text"], type=kind, themes=keys, question=question,
                 group=rest.get("g"), opposes=rest.get("o"))


def gold(file: File) -> list[dict]:
    """The gold lines of one file."""
    return [
        {"source": file.source, "text": piece.text, "body": file.bodies, "type": piece.type,
         "theme": piece.themes[0] if piece.themes else "none", "themes": piece.themes or ["none"],
         "question": piece.question, "group": piece.group, "opposes": piece.opposes}
        for part in file.content for piece in part.pieces
    ]


def write_docx(file: File, path: Path) -> None:
    import docx

    document = docx.Document()
    document.core_properties.author = ""
    document.core_properties.title = ""
    section = document.sections[0]
    section.page_width, section.page_height = 7560310, 10692130  # A4 in EMU
    for name in ("header", "footer"):
        for text in file.values(name):
            getattr(section, name).paragraphs[0].text = text
    for text in file.values("letterhead"):
        cells = [c.strip() for c in text.split("|")]
        head = section.header.add_table(1, len(cells), section.page_width - section.left_margin - section.right_margin)
        for cell, value in zip(head.rows[0].cells, cells, strict=True):
            cell.text = value
    if columns := file.options.get("columns"):
        _columns(section, columns)
    table: list[list[str]] = []

    def flush() -> None:
        if table:
            width = max(map(len, table))
            grid = document.add_table(rows=0, cols=width, style="Table Grid")
            for row in table:
                for column, (cell, text) in enumerate(zip(grid.add_row().cells, row, strict=False)):
                    cell.text = text
                    if column and "controls" in file.options:
                        _control(cell)
            document.add_paragraph()
            table.clear()

    for part in file.content:
        if part.kind == "row":
            table.append([part.text])
            continue
        if part.kind == "cell":
            table[-1].append(part.text)
            continue
        flush()
        if part.kind == "heading":
            document.add_heading(part.text, level=2)
        elif part.kind == "bold":
            document.add_paragraph().add_run(part.text).bold = True
        elif part.kind == "item":
            document.add_paragraph(part.text, style="List Bullet")
        elif part.kind != "!page":
            document.add_paragraph(part.text)
    flush()
    document.save(path)


def _columns(section, number: str) -> None:
    """Text in newspaper columns."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for old in section._sectPr.findall(qn("w:cols")):
        section._sectPr.remove(old)
    columns = OxmlElement("w:cols")
    columns.set(qn("w:num"), number)
    columns.set(qn("w:space"), "560")
    section._sectPr.append(columns)


def _control(cell) -> None:
    """Put the paragraphs of a cell into a rich-text content control, as in a form that was filled in."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    control, properties, content = (OxmlElement(f"w:{n}") for n in ("sdt", "sdtPr", "sdtContent"))
    tag = OxmlElement("w:tag")
    tag.set(qn("w:val"), "svar")
    properties.append(tag)
    control.extend([properties, content])
    paragraphs = cell._tc.findall(qn("w:p"))
    paragraphs[0].addprevious(control)
    content.extend(paragraphs)
    cell._tc.append(OxmlElement("w:p"))


def write_xlsx(file: File, path: Path) -> None:
    import openpyxl
    from openpyxl.styles import Alignment

    book = openpyxl.Workbook()
    sheet, first, row, column = book.active, True, 0, 0
    for part in file.content:
        if part.kind == "!sheet":
            if first:
                sheet.title = part.value
            else:
                sheet = book.create_sheet(part.value)
            first, row = False, 0
            continue
        row, column = (row, column + 1) if part.kind == "cell" else (row + 1, 1)
        if part.text:
            sheet.cell(row, column, part.text).alignment = Alignment(wrap_text=True, vertical="top")
    for letter in "ABCDE":
        sheet.column_dimensions[letter].width = 45
    book.save(path)


def plain(file: File) -> str:
    """The file as text, one block a paragraph, wrapped when ``wrap=N`` says so."""
    width = int(file.options.get("wrap", 0))
    out: list[str] = []
    tight = False
    for part in file.content:
        if part.kind == "!page":
            out += ["", "", part.value, ""]
            continue
        item = part.kind == "item"
        text = f"- {part.text}" if item else part.text
        indent = "  " if item else "> " if text.startswith("> ") else ""
        lines = textwrap.wrap(text, width, subsequent_indent=indent, break_on_hyphens=False) if width else [text]
        if out and not (item and tight):
            out.append("")
        out += lines
        tight = item
    return "\n".join(out) + "\n"


def _html(file: File) -> str:
    """The file as a mail program writes it: a paragraph each, lists as lists, headings in bold."""
    out: list[str] = []
    for part in file.content:
        text = html.escape(part.text)
        match part.kind:
            case "item":
                out.append(f"<ul><li>{text}</li></ul>")
            case "heading" | "bold":
                out.append(f'<p class="MsoNormal"><b>{text}</b></p>')
            case _:
                out.append(f'<p class="MsoNormal">{text}</p>')
    return f"<html><body>{''.join(out)}</body></html>".replace("</ul><ul>", "")


def write_eml(file: File, path: Path, files: dict[str, File]) -> None:
    mail = EmailMessage()
    for field_name in ("From", "To", "Subject", "Date"):
        for value in file.values(field_name.lower()):
            mail[field_name] = value
    mail["Message-ID"] = f"<{len(file.parts)}.{len(file.name)}@eksempel.invalid>"
    if "html" in file.options:
        mail.set_content(_html(file), subtype="html")
    else:
        mail.set_content(plain(file))
    for name in file.values("attach"):
        with tempfile.TemporaryDirectory() as folder:
            child = Path(folder) / name
            write(files[name], child, files)
            kind = {"docx": "vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "pdf"}
            mail.add_attachment(child.read_bytes(), maintype="application", filename=name,
                                subtype=kind.get(files[name].format, "octet-stream"))
    if mail.is_multipart():
        mail.set_boundary("=-=grense-mellom-delene=-=")
    path.write_bytes(bytes(mail))


def write_converted(file: File, path: Path) -> None:
    """PDF and ODT: what LibreOffice makes of the Word file."""
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / f"{path.stem}.docx"
        write_docx(file, word)
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
                        "--convert-to", file.format, "--outdir", folder, str(word)],
                       check=True, capture_output=True, timeout=180)
        path.write_bytes(word.with_suffix(f".{file.format}").read_bytes())


def write(file: File, path: Path, files: dict[str, File]) -> None:
    match file.format:
        case "docx":
            write_docx(file, path)
        case "pdf" | "odt":
            write_converted(file, path)
        case "xlsx":
            write_xlsx(file, path)
        case "eml":
            write_eml(file, path, files)
        case "txt":
            path.write_text(plain(file), encoding=file.options.get("encoding", "utf-8"))
        case other:
            raise ValueError(f"no writer for .{other}")


def build(case: Path) -> int:
    """Write one case's files and gold; returns the number of gold segments."""
    files = parse((case / "source.txt").read_text(encoding="utf-8"))
    by_name = {f.name: f for f in files}
    parents = {name: f for f in files for name in f.values("attach")}
    answers = case / "answers"
    answers.mkdir(exist_ok=True)
    for old in answers.iterdir():
        old.unlink()
    for file in files:
        parent = parents.get(file.name)
        file.source = f"answers/{parent.name}/{file.name}" if parent else f"answers/{file.name}"
        if not parent:
            write(file, answers / file.name, by_name)
    kinds = {f.source: next((k for k in ("replaced", "paper") if k in f.options), "answer") for f in files}
    lines = [line for f in files if kinds[f.source] == "answer" for line in gold(f)]
    _jsonl(case / "gold.jsonl", lines)
    _jsonl(case / "documents.jsonl", [
        {"source": f.source, "bodies": f.bodies, "kind": kinds[f.source]} for f in files if f.content])
    return len(lines)


def _jsonl(path: Path, rows: list[dict]) -> None:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")


def main(names: list[str]) -> None:
    for case in sorted(p.parent for p in HERE.glob("*/source.txt")):
        if not names or case.name in names:
            print(f"{case.name}: {build(case)} segments")


if __name__ == "__main__":
    main(sys.argv[1:])
