"""Word files made by script, one per construct: what ordinary readers drop, double or refuse.

``constructs()`` gives them all. Each plants words that exist once in the file and says where they must be found.
"""

from __future__ import annotations

import base64
import io
import posixpath
import zipfile
from dataclasses import dataclass

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
STRICT_R = "http://purl.oclc.org/ooxml/officeDocument/relationships"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"')
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def par(content: str = "", properties: str = "") -> str:
    """A paragraph; plain text becomes a run."""
    content = content if content.startswith("<") or not content else run(content)
    return f'<w:p>{f"<w:pPr>{properties}</w:pPr>" if properties else ""}{content}</w:p>'


def cell(content: str = "", properties: str = "") -> str:
    content = content if content.startswith("<w:") else par(content)
    return f'<w:tc>{f"<w:tcPr>{properties}</w:tcPr>" if properties else ""}{content}</w:tc>'


def table(*rows: tuple[str, ...], grid: tuple[int, ...] = ()) -> str:
    lines = "".join(f"<w:gridCol w:w=\"{w}\"/>" for w in grid)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{lines}</w:tblGrid>" + "".join(
        "<w:tr>" + "".join(r) + "</w:tr>" for r in rows) + "</w:tbl>"


def sdt(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def part(tag: str, content: str) -> str:
    """A part's XML with root ``w:tag``."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{tag} {NAMESPACES}>{content}</w:{tag}>'


def numbering(*levels: tuple[str, str], extra: str = "") -> str:
    """One list (numId 1) with (format, text) per level."""
    lvls = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (fmt, text) in enumerate(levels))
    return part("numbering", f'<w:abstractNum w:abstractNumId="0">{lvls}</w:abstractNum>'
                             f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{extra}')


def listed(text: str, level: int = 0, num: int = 1) -> str:
    return par(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


@dataclass(frozen=True)
class Extra:
    """A part beside the document: ``type`` is the last word of the relationship's type."""

    id: str
    type: str
    name: str
    data: str | bytes
    source: str = "word/document.xml"
    external: bool = False


def parts(body: str, extras: tuple[Extra, ...] = (), main: str = MAIN, core: str = "") -> dict[str, bytes]:
    """Part name -> bytes of a whole package."""
    out = {"[Content_Types].xml": (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>').encode()}
    rels: dict[str, list[str]] = {"": [f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>']}
    if core:
        out["docProps/core.xml"] = core.encode()
        rels[""].append('<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/'
                        'metadata/core-properties" Target="docProps/core.xml"/>')
    out["word/document.xml"] = part("document", f"<w:body>{body}<w:sectPr/></w:body>").encode()
    for extra in extras:
        mode = ' TargetMode="External"' if extra.external else ""
        rels.setdefault(extra.source, []).append(
            f'<Relationship Id="{extra.id}" Type="{R}/{extra.type}" Target="{extra.name}"{mode}/>')
        if not extra.external and extra.data:
            folder = extra.source.rpartition("/")[0]
            name = posixpath.normpath(f"{folder}/{extra.name}")
            out[name] = extra.data if isinstance(extra.data, bytes) else extra.data.encode()
    for source, lines in rels.items():
        folder, _, name = source.rpartition("/")
        out[f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"] = (
            f'<Relationships xmlns="{REL}">{"".join(lines)}</Relationships>').encode()
    return out


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as package:
        for name, data in members.items():
            package.writestr(zipfile.ZipInfo(name), data, compress_type=compression)
    return buffer.getvalue()


def docx(body: str, *extras: Extra, main: str = MAIN, core: str = "") -> bytes:
    return zipped(parts(body, extras, main, core))


def flat(body: str) -> bytes:
    """The same as Flat OPC: every part in one XML file."""
    lines = ['<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
             '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">']
    for name, data in parts(body).items():
        if name != "[Content_Types].xml":
            xml = data.decode().partition("?>")[2] if data.startswith(b"<?xml") else data.decode()
            kind = f' pkg:contentType="{MAIN}"' if name == "word/document.xml" else ""
            lines.append(f'<pkg:part pkg:name="/{name}"{kind}><pkg:xmlData>{xml}</pkg:xmlData></pkg:part>')
    picture = base64.b64encode(b"\x89PNG not really").decode()
    lines.append(f'<pkg:part pkg:name="/word/media/a.png"><pkg:binaryData>{picture}</pkg:binaryData></pkg:part>')
    return ("".join(lines) + "</pkg:package>").encode()


def text_box(content: str) -> str:
    """A text box as Word writes it: the shape, and a second copy for older programs."""
    return ("<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:anchor><wp:docPr id=\"1\" name=\"Boks\"/>"
            "<a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>" + content +
            "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
            "<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>" + content +
            "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>")


def field(instruction: str, data: str = "", result: str = "") -> str:
    middle = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}' if result else ""
    return (f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>{middle}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>')


@dataclass(frozen=True)
class Construct:
    """``expect``: (place, text) in order, markers included ("• tekst"); ``absent``: what must not be read."""

    name: str
    data: bytes
    expect: tuple[tuple[str, str], ...]
    absent: tuple[str, ...] = ()


def constructs() -> list[Construct]:
    found: list[Construct] = []

    def add(name: str, data: bytes, *expect: str | tuple[str, str], absent: tuple[str, ...] = ()) -> None:
        pairs = tuple(e if isinstance(e, tuple) else ("body", e) for e in expect)
        found.append(Construct(name, data, pairs, absent))

    changed = {"w:id": "7"}
    mark = " ".join(f'{k}="{v}"' for k, v in changed.items()) + ' w:author="Kari Utkast"'
    add("block control", docx(sdt(par("Blokkfelt")) + par("Etter")), "Blokkfelt", "Etter")
    add("nested controls", docx(sdt(sdt(par(sdt(run("Innerst")))))), "Innerst")
    add("run control", docx(par(run("Før ") + sdt(run("feltverdi")) + run(" etter"))), "Før feltverdi etter")
    add("row and cell controls", docx(
        "<w:tbl>" + sdt("<w:tr>" + sdt(cell("Rutefelt")) + cell("Nabo") + "</w:tr>")
        + "<w:tr>" + cell("Neste") + cell("Siste") + "</w:tr></w:tbl>"), "Rutefelt", "Nabo", "Neste", "Siste")
    for state, sign in (("1", "☒"), ("0", "☐")):
        box = f'<w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox>'
        add(f"check box {state}", docx(par(sdt(run(sign), box) + run(" Planen bør forenkles"))),
            f"{sign} Planen bør forenkles")
        add(f"check box drawn as symbol {state}", docx(par(
            sdt('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', box) + run(" Enig"))), f"{sign} Enig")
    add("check box known by its name only", docx(par(sdt(run("☒"), '<w:alias w:val="Deltar"/><w14:checkbox>'
        '<w14:checked w14:val="1"/></w14:checkbox>'))), "☒ Deltar")
    choices = ('<w:alias w:val="Vurdering"/><w:dropDownList w:lastValue="2"><w:listItem w:displayText="Lav" w:value="1"/>'
               '<w:listItem w:displayText="Høy" w:value="2"/></w:dropDownList>')
    add("drop-down", docx(par(run("Nytte: ") + sdt(run("Lav"), choices))), "Nytte: Lav", absent=("Høy",))
    add("drop-down with a value but no text", docx(par(sdt("", choices))), "Vurdering: Høy", absent=("Lav",))
    add("date control without text", docx(par(run("Møtt ") + sdt("", '<w:date w:fullDate="2025-10-12T00:00:00Z"/>'))),
        "Møtt 12.10.2025")
    prompt = run("Skriv svaret her", '<w:rStyle w:val="PlaceholderText"/>')
    add("unanswered control", docx(par(run("Svar: ") + sdt(prompt, "<w:showingPlcHdr/>"))), "Svar:",
        ("hidden", "Skriv svaret her"))
    add("control filled in by a program that left the prompt mark", docx(
        par(run("Svar: ") + sdt(run("Vi har kapasitet"), "<w:showingPlcHdr/>"))), "Svar: Vi har kapasitet")
    bound = ('<w:dataBinding w:prefixMappings="xmlns:n=\'urn:skjema\'" w:xpath="/n:svar[1]/n:linje[2]" '
             'w:storeItemID="{AB}"/>')
    add("bound control", docx(
        par(run("Ønske: ") + sdt("", bound)),
        Extra("rId5", "customXml", "../customXml/item1.xml",
              '<svar xmlns="urn:skjema"><linje>feil</linje><linje>Bundet verdi</linje></svar>'),
        Extra("rId1", "customXmlProps", "itemProps1.xml", '<p:datastoreItem xmlns:p="urn:p" p:itemID="{AB}"/>',
              source="customXml/item1.xml")), "Ønske: Bundet verdi", absent=("feil",))
    for state, sign in (('<w:checked/>', "☒"), ('<w:checked w:val="0"/>', "☐"), ('<w:default w:val="1"/>', "☒"), ("", "☐")):
        add(f"legacy check box {state}", docx(par(
            field("FORMCHECKBOX", f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>") + run(" Ja, gjerne"))),
            f"{sign} Ja, gjerne")
    entries = '<w:listEntry w:val="Aldri"/><w:listEntry w:val="Ofte"/>'
    add("legacy drop-down", docx(par(run("Hvor: ") + field(
        "FORMDROPDOWN", f'<w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData>'))),
        "Hvor: Ofte", absent=("Aldri",))
    add("legacy text field", docx(par(field("FORMTEXT", "<w:ffData><w:textInput/></w:ffData>", run("Utfylt")))), "Utfylt")
    add("fields and hyperlinks", docx(par(
        field("DATE", result=run("Feltsvar ")) + f'<w:hyperlink r:id="rId9">{run("lenketekst")}</w:hyperlink>'
        f'<w:fldSimple w:instr="AUTHOR">{run(" enkelt")}</w:fldSimple>')), "Feltsvar lenketekst enkelt", absent=("DATE",))
    add("text box once", docx(par(run("Anker") + text_box(par("I boksen") + par("Andre linje")))), "Anker",
        ("textbox", "I boksen"), ("textbox", "Andre linje"))
    add("text box in a text box", docx(par(text_box(par(run("Ytre") + text_box(par("Indre")))))),
        ("textbox", "Ytre"), ("textbox", "Indre"))
    add("text box in a cell", docx(table((cell(par(text_box(par("Boks i rute")))), cell("Nabo")))), "", "Nabo",
        ("textbox", "Boks i rute"))
    add("insertions and deletions", docx(par(
        run("Vi ") + f'<w:ins {mark}>{run("støtter ")}</w:ins><w:del {mark}><w:r><w:delText>avviser </w:delText></w:r></w:del>'
        + run("planen"))), "Vi støtter planen", absent=("avviser", "Kari"))
    add("deleted paragraph mark", docx(
        par(run("Første halvdel"), f"<w:rPr><w:del {mark}/></w:rPr>") + par("og resten")), "Første halvdel og resten")
    add("moved text", docx(
        par(f'<w:moveFrom {mark}>{run("Flyttet setning")}</w:moveFrom>', f"<w:rPr><w:moveFrom {mark}/></w:rPr>")
        + par("Midt imellom") + par(f'<w:moveTo {mark}>{run("Flyttet setning")}</w:moveTo>')),
        "Midt imellom", "Flyttet setning")
    add("deleted row", docx(table((cell("Blir"),)).replace("</w:tbl>", f"<w:tr><w:trPr><w:del {mark}/></w:trPr>" + cell(par(
        f"<w:del {mark}><w:r><w:delText>Borte</w:delText></w:r></w:del>")) + "</w:tr><w:tr>" + cell("Sist") + "</w:tr></w:tbl>")),
        "Blir", "Sist", absent=("Borte",))
    notes = part("footnotes", '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
                 '<w:footnote w:id="2">' + par("<w:r><w:footnoteRef/></w:r>" + run(" Notetekst")) + "</w:footnote>"
                 '<w:footnote w:id="3">' + par("Uten henvisning") + "</w:footnote>")
    ends = part("endnotes", f'<w:endnote w:id="1">{par("Sluttnote")}</w:endnote>')
    add("notes", docx(
        par(run("Påstand") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + par(run("Neste") + '<w:r><w:endnoteReference w:id="1"/></w:r>'),
        Extra("rId3", "footnotes", "footnotes.xml", notes), Extra("rId4", "endnotes", "endnotes.xml", ends)),
        "Påstand", ("footnote", "1 Notetekst"), "Neste", ("endnote", "i Sluttnote"), ("footnote", "2 Uten henvisning"))
    comments = part("comments", f'<w:comment w:id="0" w:author="Kari Utkast" w:initials="KU">{par("Se på dette")}</w:comment>')
    add("comments", docx(par('<w:commentRangeStart w:id="0"/>' + run("Kommentert")
                             + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'),
                         Extra("rId3", "comments", "comments.xml", comments)),
        "Kommentert", ("comment", "Se på dette"), absent=("Kari", "KU"))
    add("headers and footers", docx(
        par("Brødtekst") + '<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="rId3"/></w:sectPr></w:pPr></w:p>',
        Extra("rId3", "header", "header1.xml", part("hdr", par("Brevhode") + table((cell("Adresse"),)))),
        Extra("rId4", "footer", "footer1.xml", part("ftr", par("Bunntekst")))),
        ("header", "Brevhode"), ("header", "Adresse"), "Brødtekst", ("footer", "Bunntekst"))
    add("nested table", docx(table((cell(par("Ytre rute") + table((cell("Indre a"), cell("Indre b")))), cell("Ved siden")))),
        "Ytre rute", "Indre a", "Indre b", "Ved siden")
    add("smart tags and direction", docx(par(
        f"<w:smartTag>{run('Smart')}</w:smartTag><w:dir>{run(' rett')}</w:dir><w:customXml>{run(' egen')}</w:customXml>"
        f"<w:bdo>{run(' vei')}</w:bdo>")), "Smart rett egen vei")
    add("custom XML around blocks", docx(f"<w:customXml>{par('Innrammet')}</w:customXml>"), "Innrammet")
    add("symbols", docx(par(run("Fullført ") + '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run(", ")
                            + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run(" 3"))), "Fullført ✓, ≥ 3")
    add("private-use bullet", docx(par(run("\uf0fc", '<w:rFonts w:ascii="Wingdings"/>') + run("\tFærre tiltak"))),
        "• Færre tiltak")
    add("special characters", docx(par(
        "<w:r><w:t>Nord</w:t><w:noBreakHyphen/><w:t>Norge</w:t><w:tab/><w:t>sam</w:t><w:softHyphen/><w:t>handling</w:t></w:r>")),
        "Nord-Norge samhandling")
    add("alternative text", docx(par('<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Bilde 1" descr="Kart over regionen"/>'
                                     "</wp:inline></w:drawing></w:r>") + par("Under bildet")),
        ("alt", "Kart over regionen"), "Under bildet", absent=("Bilde 1",))
    add("WordArt", docx(par('<w:r><w:pict><v:shape><v:textpath string="Pyntet overskrift"/></v:shape></w:pict></w:r>')),
        ("textbox", "Pyntet overskrift"))
    add("SmartArt", docx(
        par('<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><dgm:relIds r:dm="rId3"/></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"),
        Extra("rId3", "diagramData", "diagrams/data1.xml",
              f'<dgm:dataModel {NAMESPACES}><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>Steg én</a:t></a:r></a:p></dgm:t></dgm:pt>'
              '<dgm:pt type="pres"><dgm:t><a:p><a:r><a:t>Steg én</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst>'
              "</dgm:dataModel>")), ("textbox", "Steg én"))
    add("chart", docx(
        par('<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id="rId3"/></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>") + par("Slutt"),
        Extra("rId3", "chart", "charts/chart1.xml",
              f"<c:chartSpace {NAMESPACES}><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Fremdrift</a:t></a:r></a:p></c:rich>"
              "</c:tx></c:title><c:ser><c:tx><c:strRef><c:strCache><c:pt><c:v>Tiltak</c:v></c:pt></c:strCache></c:strRef></c:tx>"
              "<c:cat><c:strRef><c:strCache><c:pt><c:v>Grønt</c:v></c:pt><c:pt><c:v>Rødt</c:v></c:pt></c:strCache></c:strRef>"
              "</c:cat><c:val><c:numRef><c:numCache><c:pt><c:v>7</c:v></c:pt><c:pt><c:v>2</c:v></c:pt></c:numCache></c:numRef>"
              "</c:val></c:ser></c:chart></c:chartSpace>")),
        ("embedded", "Fremdrift"), ("embedded", "Tiltak: Grønt 7; Rødt 2"), "Slutt")
    add("formula", docx(par(run("Der ") + "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>")), "Der a+b")
    add("document in the document", docx(
        par("Først") + '<w:altChunk r:id="rId3"/>' + par("Til slutt"),
        Extra("rId3", "aFChunk", "chunk1.docx", docx(par("Innfelt avsnitt") + table((cell("Innfelt rute"), cell("to")))))),
        "Først", "Innfelt avsnitt", "Innfelt rute", "to", "Til slutt")
    add("hidden text", docx(par(run("Synlig ") + run("skjult", "<w:vanish/>") + run("tekst"))), "Synlig tekst",
        ("hidden", "skjult"))
    add("run outside any paragraph", docx(run("Løs tekst") + par("Fast")), "Løs tekst", "Fast")
    add("macro file", docx(par("Med makro"), main=MACRO), "Med makro")
    add("template", docx(par("Mal"), main=TEMPLATE), "Mal")
    strict = parts(par("Strengt format") + table((cell("Rute"), cell("to"))))
    add("strict", zipped({n: d.replace(W.encode(), STRICT_W.encode()).replace(R.encode(), STRICT_R.encode())
                          for n, d in strict.items()}), "Strengt format", "Rute", "to")
    add("flat", flat(par("I én fil") + par("Linje to")), "I én fil", "Linje to")
    loose = parts(par("Uten pekere"), (Extra("rId3", "footnotes", "footnotes.xml", notes),))
    add("no relationships at all", zipped({n: d for n, d in loose.items() if not n.endswith(".rels")}),
        "Uten pekere", ("footnote", "1 Notetekst"), ("footnote", "2 Uten henvisning"))
    add("picture part missing", docx(par("Teksten er her"), Extra("rId3", "image", "media/borte.png", "")), "Teksten er her")
    add("backslashes as separators", zipped({n.replace("/", "\\"): d for n, d in parts(par("Skråstrek")).items()}), "Skråstrek")
    add("UTF-16 part", zipped({**parts(""), "word/document.xml": part("document", f"<w:body>{par('Brede tegn')}</w:body>")
                               .replace("UTF-8", "UTF-16").encode("utf-16")}), "Brede tegn")
    plain = zipped(parts(par("Feil sjekksum")), zipfile.ZIP_STORED)
    add("wrong checksum", plain.replace(b"Feil sjekksum", b"Fiel sjekksum"), "Fiel sjekksum")
    broken = parts(par("Før bruddet") + par("Også lesbart"))
    broken["word/document.xml"] = broken["word/document.xml"].replace(b"</w:body></w:document>", b"<w:p><w:r>")
    add("cut-off XML", zipped(broken), "Før bruddet", "Også lesbart")
    entity = parts(par("Trygg tekst"))
    entity["word/document.xml"] = entity["word/document.xml"].replace(
        b'standalone="yes"?>', b'standalone="yes"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>').replace(
        b"Trygg tekst", b"Trygg tekst&x;")
    add("external entity", zipped(entity), "Trygg tekst", absent=("root",))
    return found
