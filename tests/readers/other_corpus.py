"""Small files of every format but Word, PDF and pictures, built by script; every text is our own.

| function | what it proves |
|---|---|
| ``workbook`` | cells, dates, merged cells, hidden rows and sheets, comments, shading in all its ways |
| ``biff`` | .xls with shading, hidden row, merged cells, comment, text box |
| ``mail``, ``outlook`` | body, quote, signature, attachments, a message inside |
| ``odt``, ``ods`` | lists, notes, comments, deletions, boxes, form values, repeated cells |
| ``rtf`` | lists, tables, notes, comments, deletions |
| ``compound`` | an OLE file with any streams: Word, encrypted, unknown |
| ``archive`` | a zip with any members |
"""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date, datetime
from email.message import EmailMessage
from itertools import pairwise

LETTER = (
    "Høringssvar fra utvalget i nord\n\n"
    "Vi har gått gjennom planen og mener at den er for omfattende til å være et nyttig redskap i\n"
    "hverdagen. Det bør komme tydeligere fram hvem som har ansvaret for oppføl-\n"
    "gingen av hvert tiltak.\n\n"
    "Vi foreslår:\n\uf0fc Færre tiltak\n\uf0fc Et enklere språk\nFelles opplæring for lederne\n\uf0fc Årlig gjennomgang\n"
)


def mail(
    body: str = "Vi støtter planen.",
    *,
    subject: str = "Innspill",
    attachments=(),
    html: str = "",
    inner: EmailMessage | None = None,
) -> EmailMessage:
    """A message with a plain body, perhaps HTML beside it, and attachments as (name, bytes)."""
    message = EmailMessage()
    message["From"] = "Ås Øvrebø <as@nord.example>"
    message["To"] = "post@utvalg.example"
    message["Subject"] = subject
    message["Date"] = "Sun, 12 Oct 2025 23:30:00 +0200"
    message["Message-ID"] = "<1@nord.example>"
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    if inner is not None:
        message.add_attachment(inner)
    return message


def archive(members: dict[str, bytes]) -> bytes:
    """A zip with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def workbook() -> bytes:
    """Two sheets with everything a secretary's workbook holds."""
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, FormulaRule, IconSetRule, Rule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.colors import Color
    from openpyxl.styles.differential import DifferentialStyle

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Svar"
    for row in (
        ["Nr", "Tiltak", "Status", "Frist", "Andel"],
        [1.1, "Felles kurs for ledere", None, date(2025, 10, 12), 0.5],
        [2, "Ny nettside\n- for ansatte\n- for innbyggere", None, datetime(2026, 1, 3, 8, 30), 3.0],
        [3, "Hospitering", None, None, None],
    ):
        sheet.append(row)
    sheet["E2"].number_format = "0%"
    sheet["C2"].fill = PatternFill("solid", fgColor=Color(theme=9, tint=0.4))
    sheet["C3"].fill = PatternFill("solid", fgColor="FFFFC000")
    sheet["C4"].fill = PatternFill("solid", fgColor=Color(indexed=10))
    sheet["A1"].fill = PatternFill("solid", fgColor="FFFFFFFF")
    sheet["A1"].font = Font(bold=True)
    sheet["B2"].comment = Comment("Ola Moen:\nSjekk datoen", "Ola Moen")
    sheet.merge_cells("A6:B7")
    sheet["A6"] = "Samlet vurdering"
    sheet["A9"] = "utkast"
    sheet.row_dimensions[9].hidden = True
    solid = {
        k: PatternFill(bgColor=v, fill_type="solid") for k, v in {"g": "00FF00", "y": "FFFF00", "r": "FF0000"}.items()
    }
    sheet["G1"], sheet["G2"], sheet["G3"], sheet["G4"] = "Merke", "G", "R", "pågår nå"
    sheet.conditional_formatting.add("G2:G9", CellIsRule(operator="equal", formula=['"G"'], fill=solid["g"]))
    sheet.conditional_formatting.add("G2:G9", FormulaRule(formula=['AND($G2="R",$A2>1)'], fill=solid["r"]))
    sheet.conditional_formatting.add(
        "G2:G9",
        Rule(
            type="containsText",
            operator="containsText",
            text="pågår",
            dxf=DifferentialStyle(fill=solid["y"]),
            formula=['NOT(ISERROR(SEARCH("pågår",G2)))'],
        ),
    )
    for i in (1, 2, 3):
        sheet.cell(i + 1, 8, i)
        sheet.cell(i + 1, 9, i)
    sheet.conditional_formatting.add("H2:H4", IconSetRule("3TrafficLights1", "num", [0, 2, 3]))
    sheet.conditional_formatting.add(
        "I2:I4",
        ColorScaleRule(
            start_type="min",
            start_color="FF0000",
            mid_type="percentile",
            mid_value=50,
            mid_color="FFFF00",
            end_type="max",
            end_color="00FF00",
        ),
    )
    sheet["J2"] = "●"
    sheet["J2"].font = Font(color="FF00B050")
    sheet["B10"] = "=A2+1"
    sheet.oddHeader.left.text = "Matrise for nord & sør"
    sheet.oddFooter.center.text = "Side &P av &N"
    other = book.create_sheet("Notater")
    other["A1"] = "internt"
    other.sheet_state = "hidden"
    book.properties.title = "Matrise 2025"
    book.properties.creator = "Sekretær"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(package: bytes, changes: dict[str, bytes | None]) -> bytes:
    """A package with members replaced, added, or (None) left out."""
    members = {}
    with zipfile.ZipFile(io.BytesIO(package)) as z:
        for name in z.namelist():
            members[name] = z.read(name)
    members.update({k: v for k, v in changes.items() if v is not None})
    return archive({k: v for k, v in members.items() if not (k in changes and changes[k] is None)})


# --- OLE -----------------------------------------------------------------------------------------


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE2 compound file; a stream's name may have folders ("attach/data")."""
    tree: dict = {}
    for path, data in streams.items():
        at = tree
        *folders, last = path.split("/")
        for folder in folders:
            at = at.setdefault(folder, {})
        at[last] = data
    entries: list[list] = [["Root Entry", 5, -1, -1, -1, -2, 0]]  # name, type, left, right, child, start, size
    contents: list[tuple[int, bytes]] = []

    def add(children: dict, parent: int) -> None:
        numbers = []
        for name, value in children.items():
            entries.append([name, 1 if isinstance(value, dict) else 2, -1, -1, -1, -2, 0])
            numbers.append(len(entries) - 1)
            if isinstance(value, dict):
                add(value, len(entries) - 1)
            else:
                contents.append((len(entries) - 1, value))
        for a, b in pairwise(numbers):
            entries[a][3] = b
        if numbers:
            entries[parent][4] = numbers[0]

    add(tree, 0)
    # streams under 4096 bytes live in sectors of 64 bytes inside the root's own stream
    small, mini = b"", []
    large: list[tuple[int, bytes]] = []
    for number, data in contents:
        entries[number][6] = len(data)
        if len(data) >= 4096:
            large.append((number, data))
        elif data:
            first, size = len(mini), -(-len(data) // 64)
            entries[number][5] = first
            mini += [*(first + i + 1 for i in range(size - 1)), -2]
            small += data.ljust(size * 64, b"\0")
    directory = -(-len(entries) // 4)
    table = [*(i + 1 for i in range(directory - 1)), -2]
    body = b""

    def place(data: bytes) -> int:
        nonlocal body
        first, size = len(table), -(-len(data) // 512)
        table.extend([*(first + i + 1 for i in range(size - 1)), -2])
        body += data.ljust(size * 512, b"\0")
        return first

    for number, data in large:
        entries[number][5] = place(data)
    minis = -2
    if small:
        entries[0][5], entries[0][6] = place(small), len(small)
        mini += [-1] * (-len(mini) % 128)
        minis = place(b"".join(struct.pack("<i", m) for m in mini))
    fats = 1
    while len(table) + fats > fats * 128:
        fats += 1
    first = len(table)
    table += [-3] * fats
    table += [-1] * (fats * 128 - len(table))
    raw = b""
    for name, kind, left, right, child, start, size in entries:
        encoded = name.encode("utf-16-le") + b"\0\0"
        raw += encoded.ljust(64, b"\0") + struct.pack("<HBBiii", len(encoded), kind, 1, left, right, child)
        raw += b"\0" * 36 + struct.pack("<iQ", start, size)
    raw = raw.ljust(directory * 512, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIiIIiIiI", 0, fats, 0, 0, 4096, minis, len(mini) // 128, -2, 0)
    head += b"".join(struct.pack("<i", first + i if i < fats else -1) for i in range(109))
    return head + raw + body + b"".join(struct.pack("<i", t) for t in table)


def _properties(stamp: datetime | None, top: bool) -> bytes:
    data = b"\0" * (32 if top else 24)
    if stamp is not None:
        ticks = int((stamp - datetime(1601, 1, 1)).total_seconds() * 10**7)
        data += struct.pack("<IIQ", 0x00390040, 6, ticks)
    return data


def outlook_streams(
    body: str = "",
    *,
    subject: str = "Innspill",
    sender: str = "Kari Lie",
    html: str = "",
    packed: bytes = b"",
    attachments=(),
    inner: dict[str, bytes] | None = None,
    top: bool = True,
    stamp: datetime | None = datetime(2025, 10, 12, 22, 30),
) -> dict[str, bytes]:
    """The streams of an Outlook message; ``stamp`` is UTC, ``packed`` compressed RTF, ``inner`` a message's streams."""
    out = {"__properties_version1.0": _properties(stamp, top)}
    for number, text in (("0037", subject), ("1000", body), ("0C1A", sender), ("0E04", "Utvalget")):
        if text:
            out[f"__substg1.0_{number}001F"] = text.encode("utf-16-le")
    out["__substg1.0_5D01001F"] = "kari@nord.example".encode("utf-16-le")
    if html:
        out["__substg1.0_10130102"] = html.encode()
    if packed:
        out["__substg1.0_10090102"] = packed
    for i, (name, data) in enumerate(attachments):
        folder = f"__attach_version1.0_#{i:08X}"
        out[f"{folder}/__properties_version1.0"] = b"\0" * 8
        out[f"{folder}/__substg1.0_3707001F"] = name.encode("utf-16-le")
        out[f"{folder}/__substg1.0_37010102"] = data
    if inner is not None:
        folder = f"__attach_version1.0_#{len(attachments):08X}"
        out[f"{folder}/__properties_version1.0"] = b"\0" * 8
        out.update({f"{folder}/__substg1.0_3701000D/{k}": v for k, v in inner.items()})
    return out


def outlook(body: str = "Vi støtter planen.", **more) -> bytes:
    """An Outlook message file."""
    return compound(outlook_streams(body, **more))


def stored_rtf(rtf: bytes) -> bytes:
    """Outlook's RTF container, uncompressed."""
    return struct.pack("<IIII", len(rtf) + 12, len(rtf), 0x414C454D, 0) + rtf


def biff() -> bytes:
    """A workbook of Excel 97: shading, a merged cell, a hidden row, a comment and a text box."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def label(row: int, col: int, style: int, text: str) -> bytes:
        return record(0x0204, struct.pack("<HHHHB", row, col, style, len(text), 1) + text.encode("utf-16-le"))

    def style(pattern: int, colour: int) -> bytes:
        return record(0x00E0, struct.pack("<HHHBBBBIIH", 0, 0, 0, 0, 0, 0, 0, 0, pattern << 26, colour))

    def drawn(kind: int, number: int, text: str) -> bytes:
        common = struct.pack("<HHHHHIII", 0x15, 18, kind, number, 0, 0, 0, 0)
        return (
            record(0x005D, common)
            + record(0x01B6, struct.pack("<HHHHHHI", 0, 0, 0, 0, 0, len(text), 0))
            + record(0x003C, b"\1" + text.encode("utf-16-le"))
            + record(0x003C, b"\0" * 16)
        )

    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 6))
    sheet += record(0x0208, struct.pack("<HHHHHHHH", 3, 0, 2, 255, 0, 0, 0x20, 0))
    sheet += label(0, 0, 0, "Tiltak") + label(0, 1, 0, "Status")
    sheet += label(1, 0, 0, "Møteplass på tvers") + record(0x0201, struct.pack("<HHH", 1, 1, 1))
    sheet += label(2, 0, 0, "Kurs") + record(0x0203, struct.pack("<HHHd", 2, 1, 2, 3.0)) + label(3, 0, 0, "gammel rad")
    sheet += record(0x00E5, struct.pack("<HHHHH", 1, 4, 5, 0, 1)) + label(4, 0, 0, "Felles")
    sheet += drawn(0x19, 1, "Lise:\nHusk frist") + record(0x001C, struct.pack("<HHHHHBB", 1, 0, 0, 1, 0, 0, 0))
    sheet += drawn(0x06, 2, "Merknad i boks") + record(0x000A, b"")
    name = "Plan"
    head = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 6))
    head += style(0, 0) + style(1, 11) + style(1, 13)  # none, lime, yellow of the standard palette
    size = len(head) + 4 + 8 + len(name) + 4
    head += record(0x0085, struct.pack("<IBBBB", size, 0, 0, len(name), 0) + name.encode()) + record(0x000A, b"")
    return compound({"Workbook": (head + sheet).ljust(8192, b"\0")})


# --- OpenDocument --------------------------------------------------------------------------------

_SPACES = (
    " ".join(
        f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"'
        for k, v in {
            "office": "office",
            "text": "text",
            "table": "table",
            "style": "style",
            "draw": "drawing",
            "form": "form",
            "fo": "xsl-fo-compatible",
            "svg": "svg-compatible",
        }.items()
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def opendocument(kind: str, content: str, styles: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """A package of ``kind`` ("text", "spreadsheet") around the inside of content.xml and styles.xml."""
    return archive(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
            "content.xml": f"<office:document-content {_SPACES}>{content}</office:document-content>".encode(),
            "styles.xml": f"<office:document-styles {_SPACES}>{styles}</office:document-styles>".encode(),
            "meta.xml": f"<office:document-meta {_SPACES}><office:meta><dc:title>Svar 2025</dc:title></office:meta>"
            "</office:document-meta>".encode(),
            "META-INF/manifest.xml": b"<manifest/>",
            **(more or {}),
        }
    )


def odt() -> bytes:
    """A text with what ordinary readers lose."""
    return opendocument(
        "text",
        """
<office:automatic-styles>
<style:style style:name="P1" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="C1" style:family="table-cell"><style:table-cell-properties fo:background-color="#ff0000"/>
</style:style>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>
</office:automatic-styles>
<office:body><office:text>
<office:forms><form:form><form:checkbox form:id="c1" form:label="Vi har merknader" form:current-state="checked"/>
<form:text form:id="c2" form:current-value="Nordre utvalg"/></form:form></office:forms>
<text:tracked-changes><text:changed-region><text:deletion><text:p>Strøket setning.</text:p></text:deletion>
</text:changed-region></text:tracked-changes>
<text:h text:outline-level="2">Om ansvar</text:h>
<text:p text:style-name="P1">Utheving i hele avsnittet</text:p>
<text:p>Ansvaret<text:s text:c="2"/>bør ligge hos lederne<text:note text:note-class="footnote"><text:note-citation>1
</text:note-citation><text:note-body><text:p>Jf. tidligere sak</text:p></text:note-body></text:note> i hver enhet
<office:annotation><dc:creator>Per</dc:creator><text:p>Er dette avklart?</text:p></office:annotation>.</text:p>
<text:p>Synlig <text:span text:style-name="T1">skjult tillegg</text:span>tekst</text:p>
<text:list text:style-name="L1"><text:list-item><text:p>Første krav</text:p><text:list><text:list-item>
<text:p>Underkrav</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>Andre krav</text:p>
</text:list-item></text:list>
<text:p><draw:frame><svg:desc>Graf over svarene</svg:desc><draw:text-box><text:p>Tekst i ramme</text:p></draw:text-box>
</draw:frame><draw:control draw:control="c1"/><draw:control draw:control="c2"/></text:p>
<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Spørsmål</text:p></table:table-cell>
<table:table-cell><text:p>Svar</text:p></table:table-cell></table:table-row></table:table-header-rows>
<table:table-row><table:table-cell table:number-columns-spanned="2" table:style-name="C1"><text:p>Felles</text:p>
<text:list><text:list-item><text:p>i celle</text:p></text:list-item></text:list></table:table-cell>
<table:covered-table-cell/></table:table-row></table:table>
</office:text></office:body>""",
        """<office:master-styles><style:master-page><style:header><text:p>Nordre utvalg</text:p>
</style:header><style:footer><text:p>Side <text:page-number>1</text:page-number></text:p></style:footer>
</style:master-page></office:master-styles>""",
    )


def ods() -> bytes:
    """A sheet with repeated, hidden, shaded and commented cells, and a conditional format."""
    return opendocument(
        "spreadsheet",
        """
<office:automatic-styles>
<style:style style:name="rød" style:family="table-cell"><style:table-cell-properties fo:background-color="#c00000"/>
</style:style></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="Svar">
<table:table-column table:number-columns-repeated="4"/>
<table:table-row><table:table-cell office:value-type="string"><text:p>Tiltak</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Status</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>Kurs</text:p><office:annotation>
<dc:creator>Per</dc:creator><text:p>Per:</text:p><text:p>avklares</text:p></office:annotation></table:table-cell>
<table:table-cell table:style-name="rød"/><table:table-cell office:value-type="date" office:date-value="2025-10-12">
<text:p>12.10.25</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="3"><text:p>3,00</text:p>
</table:table-cell></table:table-row>
<table:table-row table:visibility="collapse"><table:table-cell><text:p>skjult rad</text:p></table:table-cell>
</table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"><text:p>ja</text:p>
</table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>
</table:table-row></table:table></office:spreadsheet></office:body>""",
    )


RTF = rb"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}{\f1\fcharset2 Symbol;}}{\info{\title Svar fra nord}}
{\header\pard Nordre utvalg\par}\pard\f0 Vi \'f8nsker et \u229?rlig m\'f8te.{\footnote\pard {\super 1} Som f\'f8r\par} Slutt.\par
{\listtext\pard\f1\'b7\tab}\pard F\'e6rre tiltak\par
{\pntext\f1\'B7\tab}Enklere spr\'e5k\par
\trowd\cellx3000\cellx6000\pard\intbl Sp\'f8rsm\'e5l\par del to\cell Svar\cell\row
\trowd\cellx3000\cellx6000\pard\intbl Ansvar\cell\cell\row\pard
Etter {\deleted str\'f8ket} tabellen{\*\annotation Avklares}.\par
{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt \pard Tekst i boks\par}}}\par}"""

PAGE = """<!doctype html><html><head><title>Svar</title><style>p{color:red}</style></head><body>
<h2>Om <b>ansvar</b></h2><script>alert('x')</script><p>Første linje<br>andre linje</p>
<ul><li>ett krav<ul><li>underkrav</li></ul></li></ul><ol start="3"><li>tredje</li></ol>
<table><tr><th>Spørsmål</th><th>Svar</th></tr><tr><td rowspan="2" style="background:#f00">A</td><td><p>x</p><p>y</p></td>
</tr><tr><td></td></tr></table><p style="display:none">gjemt</p><img alt="Kart over regionen">
<p><input type="checkbox" checked> Vi deltar</p><del>strøket</del></body></html>"""
