"""The Word reader: every construct of ``word_corpus``, its structure, and what it refuses."""

from __future__ import annotations

import io
import random
import re
import zipfile

import pytest
import word_corpus as corpus
from word_corpus import Extra, cell, docx, listed, numbering, par, part, run, sdt, table

from pipeline.config import Limits
from pipeline.errors import FileProblem, OverLimit, Unreadable
from pipeline.model import BODY_PLACES, OTHER_PLACES
from pipeline.readers import Options, find, word

CONSTRUCTS = corpus.constructs()


def read(data: bytes, name: str = "svar.docx", **limits: int):
    return word.read(data, name, Options(limits=Limits(**limits)))


def shown(content) -> list[tuple[str, str]]:
    return [(b.place, f"{b.marker} {b.text}".strip()) for b in content.blocks]


@pytest.mark.parametrize("construct", CONSTRUCTS, ids=lambda c: c.name)
def test_construct(construct: corpus.Construct) -> None:
    """Every planted text is found once, in order, in its place, and nothing else is."""
    content = read(construct.data)
    assert shown(content) == list(construct.expect)
    everything = " ".join(b.text for b in content.blocks) + repr(content.properties)
    for word_ in construct.absent:
        assert word_ not in everything


@pytest.mark.parametrize("construct", CONSTRUCTS, ids=lambda c: c.name)
def test_blocks_are_clean(construct: corpus.Construct) -> None:
    """Blocks keep the model's promises: one line, known places, text unless an empty cell, a locator."""
    for block in read(construct.data).blocks:
        assert block.place in BODY_PLACES | OTHER_PLACES
        assert "\n" not in block.text and block.text == block.text.strip()
        assert block.text or block.kind == "cell"
        assert re.fullmatch(r"[a-z]+=\d+(;[a-z]+=\d+)*", block.locator)
        assert (block.kind == "cell") == bool(block.table) == bool(block.row) == bool(block.col)


def test_locators() -> None:
    """Paragraphs are counted in the body, cells by table, row and column, notes and headers by themselves."""
    content = read(docx(
        par("En") + par() + par("Tre") + table((cell("a"), cell(par("b") + par("c")))) + par("Fire"),
        Extra("rId3", "header", "header1.xml", part("hdr", par("Hode") + par("Mer")))))
    assert [(b.text, b.locator) for b in content.blocks] == [
        ("Hode", "header=1"), ("Mer", "header=1;paragraph=2"), ("En", "paragraph=1"), ("Tre", "paragraph=3"),
        ("a", "table=1;row=1;col=1"), ("b", "table=1;row=1;col=2"), ("c", "table=1;row=1;col=2;paragraph=2"),
        ("Fire", "paragraph=4")]


STYLES = part("styles", """
<w:latentStyles><w:lsdException w:name="heading 1"/></w:latentStyles>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Overskrift2"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Kap"><w:name w:val="Kapittel"/><w:basedOn w:val="Overskrift2"/></w:style>
<w:style w:type="paragraph" w:styleId="Brev"><w:name w:val="Brevtekst"/><w:basedOn w:val="Kap"/>
 <w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Feit"><w:name w:val="Feit"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Punkt"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Ring1"><w:name w:val="a"/><w:basedOn w:val="Ring2"/></w:style>
<w:style w:type="paragraph" w:styleId="Ring2"><w:name w:val="b"/><w:basedOn w:val="Ring1"/></w:style>
""")


def styled(text: str, style: str, more: str = "") -> str:
    return par(text, f'<w:pStyle w:val="{style}"/>{more}')


@pytest.mark.parametrize(("paragraph", "level"), [
    (styled("Tittel", "Overskrift2"), 2), (styled("Tittel", "Kap"), 2), (styled("Tittel", "Brev"), 0),
    (styled("Tittel", "Overskrift3"), 3), (styled("Tittel", "Ring1"), 0), (styled("Tittel", "Normal"), 0),
    (par("Tittel", '<w:outlineLvl w:val="0"/>'), 1), (styled("Tittel", "Overskrift2", '<w:outlineLvl w:val="9"/>'), 0),
    (styled("Her er det skrevet en hel utgreiing. " * 10, "Overskrift2"), 0),
])
@pytest.mark.parametrize("prefix", ["w", "x"])
def test_heading_level(paragraph: str, level: int, prefix: str) -> None:
    """Headings come from outline level, style name or the style's ancestors; a long text is none.

    The styles part is read alike when its prefix is another one.
    """
    styles = STYLES if prefix == "w" else STYLES.replace("<w:", "<x:").replace("</w:", "</x:").replace(
        " w:", " x:").replace("xmlns:w=", "xmlns:x=")
    block = read(docx(paragraph, Extra("rId3", "styles", "styles.xml", styles))).blocks[0]
    assert (block.kind == "heading", block.level) == (bool(level), level)


def test_title_without_styles_part() -> None:
    """A style id is enough when the styles part is missing."""
    blocks = read(docx(styled("Høringssvar", "Tittel") + styled("Innledning", "Heading1"))).blocks
    assert [(b.kind, b.level) for b in blocks] == [("heading", 1), ("heading", 1)]


def test_table_of_contents_is_no_answer() -> None:
    """Lines of the table of contents are kept apart, so that no heading is read twice as a statement."""
    blocks = read(docx(styled("Ressurser 3", "TOC1") + par("Vi trenger flere folk."))).blocks
    assert [(b.text, b.place) for b in blocks] == [("Ressurser 3", "contents"), ("Vi trenger flere folk.", "body")]


def test_bold() -> None:
    """Bold says that the whole block is emphasised, by runs or by style, or underlined."""
    blocks = read(docx(
        par(run("Helt", "<w:b/>") + run(" ") + run("fet", "<w:b/>")) + par(run("Delvis", "<w:b/>") + run(" fet"))
        + styled("Stilfet", "Feit") + par(run("Av igjen", '<w:b w:val="0"/>'), '<w:pStyle w:val="Feit"/>')
        + par(run("Strek under", '<w:u w:val="single"/>')), Extra("rId3", "styles", "styles.xml", STYLES))).blocks
    assert [b.bold for b in blocks] == [True, False, True, False, True]


def markers(body: str, numbers: str, *more: Extra) -> list[tuple[str, str, int]]:
    content = read(docx(body, Extra("rId8", "numbering", "numbering.xml", numbers), *more))
    return [(b.marker, b.text, b.level) for b in content.blocks]


def test_automatic_numbers() -> None:
    """Levels count on, restart below, and print all levels that their pattern names."""
    numbers = numbering(("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "%3)"))
    body = listed("A") + listed("B", 1) + listed("C", 1) + listed("D", 2) + listed("E") + listed("F", 1)
    assert markers(body, numbers) == [
        ("1.", "A", 0), ("1.1", "B", 1), ("1.2", "C", 1), ("a)", "D", 2), ("2.", "E", 0), ("2.1", "F", 1)]


def test_number_restarts_where_the_list_says_so() -> None:
    """A second list on the same pattern starts over only when it overrides the start."""
    extra = ('<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
             '</w:lvlOverride></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>')
    numbers = numbering(("decimal", "%1."), extra=extra)
    body = listed("A") + listed("B") + listed("C", num=2) + listed("D", num=3) + par("E", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    assert [m for m, _, _ in markers(body, numbers)] == ["1.", "2.", "1.", "2.", ""]


@pytest.mark.parametrize(("fmt", "count", "printed"), [
    ("upperRoman", 4, "IV."), ("lowerRoman", 9, "ix."), ("upperLetter", 28, "BB."), ("decimalZero", 3, "03."),
    ("bullet", 1, "•"), ("ordinal", 2, "2.."), ("japaneseCounting", 2, "2."),
])
def test_number_formats(fmt: str, count: int, printed: str) -> None:
    """Numbers are printed in the list's own figures."""
    found = markers("".join(listed("x") for _ in range(count)), numbering((fmt, "%1.")))
    assert found[-1][0] == printed


def test_numbering_by_style_and_heading_numbers() -> None:
    """A style can carry the list; a numbered heading keeps its number outside its text."""
    numbers = numbering(("decimal", "%1."))
    body = styled("Punkt", "Punkt") + styled("Kapittel", "Overskrift2", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    blocks = read(docx(body, Extra("rId8", "numbering", "numbering.xml", numbers),
                       Extra("rId3", "styles", "styles.xml", STYLES))).blocks
    assert [(b.kind, b.marker, b.text) for b in blocks] == [("item", "1.", "Punkt"), ("heading", "2.", "Kapittel")]


def test_typed_markers() -> None:
    """Numbers and bullets typed by hand become markers; a date does not."""
    blocks = read(docx(par("- Kortere plan") + par("2) Klarere ansvar") + par("12. oktober 2025 var fristen"))).blocks
    assert [(b.kind, b.marker, b.text) for b in blocks] == [
        ("item", "•", "Kortere plan"), ("item", "2)", "Klarere ansvar"),
        ("paragraph", "", "12. oktober 2025 var fristen")]


def broken_lines(*lines: str) -> list[str]:
    content = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return [f"{b.marker} {b.text}".strip() for b in read(docx(par(f"<w:r>{content}</w:r>"))).blocks]


@pytest.mark.parametrize(("lines", "blocks"), [
    (("Vi ønsker:", "- færre mål", "- tydelig frist"), ["Vi ønsker:", "• færre mål", "• tydelig frist"]),
    (("Ansvar mangler", "Fristene er korte", "Planen er lang"), ["Ansvar mangler", "Fristene er korte", "Planen er lang"]),
    (("Første avsnitt er her.", "", "andre avsnitt er her."), ["Første avsnitt er her.", "andre avsnitt er her."]),
    (("Utvalget har drøftet planen i to møter og mener at", "den kan forenkles en god del uten at innholdet blir", "svekket."),
     ["Utvalget har drøftet planen i to møter og mener at den kan forenkles en god del uten at innholdet blir svekket."]),
    (("- et punkt som er", "delt på to linjer"), ["• et punkt som er delt på to linjer"]),
])
def test_soft_line_breaks(lines: tuple[str, ...], blocks: list[str]) -> None:
    """Lines that are items of their own part; wrapped text is joined with a blank."""
    assert broken_lines(*lines) == blocks


def grid(content) -> list[tuple[int, int, int, int, str]]:
    return [(b.row, b.col, b.row_span, b.col_span, b.text) for b in content.blocks]


def test_merged_cells() -> None:
    """A merged cell stands once, at its upper left corner, with its spans; empty cells are kept."""
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    content = read(docx(table(
        (cell("Mål", down), cell("Tiltak", '<w:gridSpan w:val="2"/>')),
        (cell("", on), cell("a"), cell("")),
        (cell("", on), cell("b"), cell("c")))))
    assert grid(content) == [
        (1, 1, 3, 1, "Mål"), (1, 2, 1, 2, "Tiltak"), (2, 2, 1, 1, "a"), (2, 3, 1, 1, ""), (3, 2, 1, 1, "b"), (3, 3, 1, 1, "c")]


def test_text_in_a_covered_cell_is_kept() -> None:
    """Word hides text that was in a cell before it was merged into the one above; it is not lost."""
    content = read(docx(table((cell("Over", '<w:vMerge w:val="restart"/>'),), (cell("Dekket", "<w:vMerge/>"),))))
    assert [b.text for b in content.blocks] == ["Over", "Dekket"]


def test_old_horizontal_merge() -> None:
    """hMerge, which older programs write, widens the cell to its left."""
    content = read(docx(table((cell("Vid", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>")), (cell("a"), cell("b")))))
    assert grid(content) == [(1, 1, 1, 2, "Vid"), (2, 1, 1, 1, "a"), (2, 2, 1, 1, "b")]


def test_columns_drawn_by_hand() -> None:
    """Column edges a hair apart are one column, and edges that no cell begins at are none."""
    wide = '<w:gridSpan w:val="2"/>'
    content = read(docx(table((cell("a"), cell("b", wide)), (cell("c", wide), cell("d")), grid=(3000, 40, 3000))))
    assert grid(content) == [(1, 1, 1, 1, "a"), (1, 2, 1, 1, "b"), (2, 1, 1, 1, "c"), (2, 2, 1, 1, "d")]


def test_narrow_column_of_its_own_stays() -> None:
    """A stripe of colour is a column, however narrow."""
    content = read(docx(table((cell("a"), cell("", '<w:shd w:val="clear" w:fill="FF0000"/>'), cell("b")),
                              grid=(3000, 60, 3000))))
    assert [(b.col, b.fill) for b in content.blocks] == [(1, None), (2, "FF0000"), (3, None)]


def test_frame_table_is_text() -> None:
    """A table of one cell is a frame: what it holds keeps being headings and paragraphs."""
    blocks = read(docx(table((cell(styled("Vårt svar", "Heading1") + par("Vi er enige.")),)))).blocks
    assert [(b.kind, b.table, b.locator) for b in blocks] == [
        ("heading", 0, "table=1;row=1;col=1"), ("paragraph", 0, "table=1;row=1;col=1;paragraph=2")]


THEME = f"""<a:theme xmlns:a="{corpus.NAMESPACES.partition('xmlns:a="')[2].partition('"')[0]}"><a:themeElements><a:clrScheme>
<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>
<a:accent1><a:srgbClr val="4472C4"/></a:accent1><a:accent6><a:srgbClr val="70AD47"/></a:accent6>
</a:clrScheme></a:themeElements></a:theme>"""


@pytest.mark.parametrize(("shading", "fill"), [
    ('w:val="clear" w:color="auto" w:fill="FF0000"', "FF0000"), ('w:val="clear" w:fill="auto"', None),
    ('w:val="clear" w:fill="ffffff"', None), ('w:val="solid" w:color="00B050" w:fill="auto"', "00B050"),
    ('w:val="pct50" w:color="FF0000" w:fill="FFFFFF"', "FF8080"),
    ('w:val="clear" w:fill="123456" w:themeFill="accent6"', "70AD47"),
    ('w:val="clear" w:fill="auto" w:themeFill="accent1" w:themeFillTint="99"', "8EAADB"),
    ('w:val="clear" w:fill="auto" w:themeFill="accent1" w:themeFillShade="BF"', "2F5496"),
    ('w:val="clear" w:fill="auto" w:themeFill="background1"', None),
    ('w:val="clear" w:fill="C00000" w:themeFill="accent9"', "C00000"),
])
def test_cell_shading(shading: str, fill: str | None) -> None:
    """The fill is what the eye sees: plain, patterned, or a theme colour lightened or darkened as Word does.

    The tinted and shaded values are those that Word itself writes for its blue.
    """
    content = read(docx(table((cell("x", f"<w:shd {shading}/>"), cell("y"))), Extra("rId3", "theme", "theme/theme1.xml", THEME)))
    assert content.blocks[0].fill == fill
    assert content.blocks[1].fill is None


@pytest.mark.parametrize(("content", "fill"), [
    (par(run("Rødt", '<w:highlight w:val="red"/>')), "FF0000"),
    (par(run("Delvis", '<w:highlight w:val="red"/>') + run(" merket")), None),
    (par(run("Skyggelagt", '<w:shd w:val="clear" w:fill="92D050"/>')), "92D050"),
    (par(run("●", '<w:color w:val="FFC000"/>')), "FFC000"),
    (par(run("Gul skrift", '<w:color w:val="FFC000"/>')), None),
    (par('<w:r><w:pict><v:oval fillcolor="#00b050"/></w:pict></w:r>'), "00B050"),
    (par("<w:r><w:drawing><wp:inline><wps:wsp><wps:spPr><a:solidFill><a:srgbClr val=\"FF0000\"/></a:solidFill></wps:spPr>"
         "</wps:wsp></wp:inline></w:drawing></w:r>"), "FF0000"),
])
def test_colour_of_what_is_in_the_cell(content: str, fill: str | None) -> None:
    """Highlighted text, a coloured dot or a drawn light colour the cell; coloured words do not."""
    assert read(docx(table((cell(content), cell("nabo"))))).blocks[0].fill == fill


def test_hidden_row_is_marked() -> None:
    """A hidden table row is kept, but not as an answer."""
    body = table((cell("Vist"), cell("a")), (cell("Gjemt"), cell("b"))).replace(
        "</w:tr><w:tr>", "</w:tr><w:tr><w:trPr><w:hidden/></w:trPr>")
    assert [(b.text, b.place) for b in read(docx(body)).blocks] == [
        ("Vist", "body"), ("a", "body"), ("Gjemt", "hidden"), ("b", "hidden")]


def test_footnote_in_a_table_follows_the_table() -> None:
    """A table's blocks are not interrupted by its notes."""
    notes = part("footnotes", f'<w:footnote w:id="2">{par("Forklaring")}</w:footnote>')
    content = read(docx(table((cell(par(run("a") + '<w:r><w:footnoteReference w:id="2"/></w:r>')), cell("b"))) + par("Etter"),
                        Extra("rId3", "footnotes", "footnotes.xml", notes)))
    assert [(b.text, b.place) for b in content.blocks] == [
        ("a", "body"), ("b", "body"), ("Forklaring", "footnote"), ("Etter", "body")]


def test_properties() -> None:
    """Title, subject and author come from the core properties; changes and comments are told."""
    core = ('<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="urn:dc"><dc:title>Svar på høring</dc:title>'
            "<dc:subject>Plan</dc:subject><dc:creator>Per Prøve</dc:creator></cp:coreProperties>")
    comments = part("comments", f'<w:comment w:id="0">{par("Hm")}</w:comment>')
    content = read(docx(par(f'<w:ins w:id="1">{run("Nytt")}</w:ins>'), Extra("rId3", "comments", "comments.xml", comments), core=core))
    assert dict(content.properties) == {
        "title": "Svar på høring", "subject": "Plan", "author": "Per Prøve", "sent": "",
        "has_tracked_changes": "1", "has_comments": "1"}
    assert [f.kind for f in content.findings] == ["tracked_changes"]
    assert dict(read(docx(par("x"))).properties) == {"title": "", "subject": "", "author": "", "sent": ""}


def test_embedded_files_are_attachments() -> None:
    """An embedded document is handed on whole; an equation object is not."""
    inner = docx(par("Regneark later"))
    content = read(docx(
        par("Se vedlegg"), Extra("rId3", "package", "embeddings/Vedlegg1.docx", inner),
        Extra("rId4", "oleObject", "embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))))
    assert [(a.name, a.data) for a in content.attachments] == [("Vedlegg1.docx", inner)]


def test_scanned_letter_pasted_into_word() -> None:
    """A document with hardly any text hands on its large pictures, which may be scanned pages."""
    picture = b"\x89PNG" + random.Random(1).randbytes(30_000)
    extras = Extra("rId3", "image", "media/side1.png", picture), Extra("rId4", "image", "media/logo.png", picture[:900])
    assert [a.name for a in read(docx(par(""), *extras)).attachments] == ["side1.png"]
    assert read(docx(par("Her er svaret vårt, skrevet ut i tekst."), *extras)).attachments == ()


def test_nested_chunk_locators() -> None:
    """Blocks of a merged-in file say so, and its tables get numbers of their own."""
    inner = docx(table((cell("c"), cell("d"))))
    content = read(docx(table((cell("a"), cell("b"))) + '<w:altChunk r:id="rId3"/>', Extra("rId3", "aFChunk", "c.docx", inner)))
    assert [(b.table, b.locator) for b in content.blocks] == [
        (1, "table=1;row=1;col=1"), (1, "table=1;row=1;col=2"),
        (2, "chunk=1;table=1;row=1;col=1"), (2, "chunk=1;table=1;row=1;col=2")]


def test_chunk_of_another_format() -> None:
    """A merged-in web page is read by its own reader; what a merged-in file embeds is an attachment here."""
    page = b"<html><body><h1>Svar</h1><p>Planen er god.</p></body></html>"
    inner = docx(par("Innfelt"), Extra("rId3", "package", "embeddings/ark.xlsx", b"PK\x03\x04 ark"))
    content = read(docx('<w:altChunk r:id="rId3"/><w:altChunk r:id="rId4"/>',
                        Extra("rId3", "aFChunk", "side.html", page), Extra("rId4", "aFChunk", "c.docx", inner)))
    assert [(b.kind, b.text) for b in content.blocks] == [
        ("heading", "Svar"), ("paragraph", "Planen er god."), ("paragraph", "Innfelt")]
    assert [a.name for a in content.attachments] == ["ark.xlsx"]


def test_chunks_inside_chunks_end() -> None:
    """A file that merges in files that merge in files stops at the limit, with a finding."""
    data = docx(par("Bunn"))
    for i in range(4):
        data = docx(par(f"Lag {i}") + '<w:altChunk r:id="rId3"/>', Extra("rId3", "aFChunk", "c.docx", data))
    content = read(data, nesting=2)
    assert [b.text for b in content.blocks] == ["Lag 3", "Lag 2", "Lag 1"]
    assert [b.text for b in read(data).blocks] == ["Lag 3", "Lag 2", "Lag 1", "Lag 0", "Bunn"]


@pytest.mark.parametrize(("extra", "body"), [
    (Extra("rId3", "aFChunk", "borte.docx", ""), '<w:altChunk r:id="rId3"/>'),
    (Extra("rId3", "footnotes", "footnotes.xml", b"<w:footnotes"), ""),
    (Extra("rId3", "numbering", "numbering.xml", b"<x"), listed("Punkt")),
    (Extra("rId3", "oleObject", "embeddings/o.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1abc"), ""),
])
def test_damaged_part_is_told(extra: Extra, body: str) -> None:
    """What is missing or broken beside the text is named; the text is read."""
    content = read(docx(par("Hovedteksten") + body, extra))
    assert content.blocks[0].text == "Hovedteksten"
    assert [f.kind for f in content.findings] == ["damaged_part"]
    assert extra.name.rpartition("/")[2] in content.findings[0].message


def test_text_outside_the_file_is_told() -> None:
    """A part that lies in another file cannot be read, and is never fetched."""
    content = read(docx(par("Her") + '<w:subDoc r:id="rId3"/>', Extra("rId3", "subDocument", "file:///H:/del2.docx", "", external=True)))
    assert [f.kind for f in content.findings] == ["external_content"]


@pytest.mark.parametrize("data", [
    b"PK\x03\x04 not a zip at all", b"ren tekst", docx(""), docx(par("   ")), corpus.zipped({"word/styles.xml": b"<a/>"}),
    corpus.zipped({**corpus.parts(""), "word/document.xml": b"\x00\x01"}),
], ids=["no zip", "text", "empty", "blank", "no document", "no XML"])
def test_unreadable(data: bytes) -> None:
    """What holds no text is refused with reason and remedy."""
    with pytest.raises(Unreadable) as caught:
        read(data)
    assert caught.value.reason.endswith(".") and caught.value.remedy.endswith(".")


def test_unpacking_limit() -> None:
    """A bomb stops at the limit instead of filling the memory."""
    members = corpus.parts(par("x"))
    members["word/document.xml"] = members["word/document.xml"].replace(b"<w:body>", b"<w:body>" + b" " * 3_000_000)
    with pytest.raises(OverLimit, match="unpacked_mb"):
        read(corpus.zipped(members), unpacked_mb=1)


@pytest.mark.parametrize(("data", "name", "sure"), [
    (docx(par("a")), "brev.bin", 3), (docx(par("a"), main=corpus.MACRO), "x", 3), (docx(par("a"), main=corpus.TEMPLATE), "x", 3),
    (corpus.flat(par("a")), "x.xml", 3),
    (corpus.zipped({"word/document.xml": b"<a/>"}), "x", 2),
    (corpus.zipped({"[Content_Types].xml": b'<Default Extension="docx" ContentType="application/vnd.openxmlformats-'
                    b'officedocument.wordprocessingml.document"/>', "xl/workbook.xml": b"<a/>"}), "ark.xlsx", 0),
    (corpus.zipped({"svar.txt": b"hei"}), "svar.zip", 0), (b"PK broken", "svar.docx", 1),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "svar.docx", 0), (b"%PDF-1.7", "svar.pdf", 0), (b"hei", "svar.DOCX", 1),
])
def test_sniff(data: bytes, name: str, sure: int) -> None:
    """Content decides; a workbook that embeds Word files and a locked file (OLE) are none."""
    assert word.sniff(data, name) == sure


def test_found_among_the_readers() -> None:
    """The registry gives Word files to this reader whatever they are called."""
    assert find(docx(par("a")), "vedlegg") is word


def test_python_docx_file_in_full() -> None:
    """A file written by python-docx: headings, bullets, table and bold come through."""
    import docx as python_docx

    document = python_docx.Document()
    document.add_heading("Innspill til planen", 1)
    document.add_paragraph("Vi vil ha færre mål.")
    document.add_paragraph("Tydelig ansvar", style="List Bullet")
    document.add_paragraph("Realistisk frist", style="List Number")
    rows = document.add_table(2, 2)
    rows.cell(0, 0).merge(rows.cell(1, 0)).text = "Spørsmål"
    rows.cell(0, 1).text = "Svar"
    document.add_paragraph().add_run("Oppsummert").bold = True
    buffer = io.BytesIO()
    document.save(buffer)
    blocks = read(buffer.getvalue()).blocks
    assert [(b.kind, b.marker, b.text, b.bold) for b in blocks] == [
        ("heading", "", "Innspill til planen", True), ("paragraph", "", "Vi vil ha færre mål.", False),
        ("item", "•", "Tydelig ansvar", False), ("item", "1.", "Realistisk frist", False),
        ("cell", "", "Spørsmål", False), ("cell", "", "Svar", False), ("cell", "", "", False),
        ("paragraph", "", "Oppsummert", True)]


def test_deep_nesting_is_survived() -> None:
    """Tables in tables and controls in controls, as deep as XML may go, are read or refused, never a crash."""
    body = par("Innerst")
    for _ in range(70):
        body = table((cell(body + par("")),))
    assert "Innerst" in [b.text for b in read(docx(body)).blocks]
    too_deep = "<w:sdt><w:sdtContent>" * 400 + par("x") + "</w:sdtContent></w:sdt>" * 400
    try:
        read(docx(par("Over") + too_deep))
    except FileProblem as problem:
        assert problem.remedy


@pytest.mark.parametrize("seed", range(150))
def test_mutations(seed: int) -> None:
    """Flipped, cut and shuffled files are read or refused with a reason; nothing else can happen."""
    chance = random.Random(seed)
    members = dict(corpus.parts(
        "".join(par(sdt(run(f"Tekst {i}"), '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>')) for i in range(3))
        + table((cell("a", '<w:vMerge w:val="restart"/>'), cell("b")), (cell("", "<w:vMerge/>"), cell("c")))
        + listed("Punkt") + par(corpus.text_box(par("Boks"))),
        (Extra("rId3", "numbering", "numbering.xml", numbering(("decimal", "%1."))),
         Extra("rId4", "styles", "styles.xml", STYLES))))
    if seed % 3:
        name = chance.choice(sorted(members))
        data = bytearray(members[name])
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(data))
            action = chance.randrange(4)
            if action == 0:
                data[at] = chance.randrange(256)
            elif action == 1:
                del data[at:at + chance.randint(1, 60)]
            elif action == 2:
                data[at:at] = data[at:at + chance.randint(1, 300)]
            else:
                digits = [m.start() for m in re.finditer(rb"\d", bytes(data))]
                data[chance.choice(digits or [0])] = ord(chance.choice("0-9x"))
            if not data:
                break
        members[name] = bytes(data)
        packed = corpus.zipped(members)
    else:
        raw = bytearray(corpus.zipped(members))
        for _ in range(chance.randint(1, 6)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        packed = bytes(raw[:chance.randint(len(raw) // 2, len(raw))] if seed % 2 else raw)
    assert word.sniff(packed, "svar.docx") in (0, 1, 2, 3)
    try:
        content = read(packed)
    except FileProblem as problem:
        assert problem.reason and problem.remedy
    else:
        assert content.blocks and all(b.text or b.kind == "cell" for b in content.blocks)


def test_encrypted_member_is_refused() -> None:
    """A zip with a password says so."""
    data = bytearray(docx(par("Hemmelig")))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        offsets = [info.header_offset for info in package.infolist()]
    for offset in offsets:
        data[offset + 6] |= 1
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    with pytest.raises(Unreadable, match="passord"):
        read(bytes(data))
