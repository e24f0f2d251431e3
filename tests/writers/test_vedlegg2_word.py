"""Vedlegg 2, every answer in full: ``pipeline.writers.vedlegg2_word``."""

from __future__ import annotations

import hashlib
import re
import zipfile
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, RGBColor

from pipeline import config, readers
from pipeline.errors import InternalError, TemplateError
from pipeline.model import Block, CaseResult, Document, Point, Register, Statement, assemble
from pipeline.references import passages
from pipeline.writers import _vedlegg2_complete, _vedlegg2_pages, _word, vedlegg2_word
from pipeline.writers import _vedlegg2_words as words
from tests.writers import sample_result

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def case(*documents: Document, statements=(), originals=None, **changes) -> CaseResult:
    """A case of these answers; statements of each document's blocks are made by ``said``."""
    base = CaseResult(name="prøve", settings=sample_result.settings(), documents=documents, statements=tuple(statements),
                      today=date(2026, 2, 10), originals=originals or {},
                      register=Register(answered=tuple(dict.fromkeys(b for d in documents for b in d.bodies))))
    return replace(base, **changes)


def answer(*blocks: Block, source: str = "svar.docx", bodies=("RS Fjell",), **fields) -> Document:
    text, placed = assemble(blocks)
    return Document(**{"source": source, "sha256": "0" * 64, "format": "docx", "text": text, "blocks": placed, "kind": "answer",
                       "bodies": bodies, **fields})


def said(document: Document, *, theme: str = "layout", **fields) -> list[Statement]:
    """One statement a block with text in it."""
    return [Statement(id=f"{document.source}_{i}", source=document.source, start=b.start, end=b.end, text=b.text, block=i,
                      locator=b.locator, bodies=document.bodies, **{"theme": theme, **fields})
            for i, b in enumerate(document.blocks) if b.text and b.place == "body" and b.kind != "heading"]


def opened(result: CaseResult, **options):
    return docx.Document(BytesIO(vedlegg2_word.render(result, TEMPLATES, **options)))


def text_of(paragraph) -> str:
    return "".join(t.text or "" for t in paragraph.iter(qn("w:t")))


def lines(document, style: str | None = None) -> list[str]:
    """Paragraphs in reading order, tables included; of one style when it is named."""
    ident = {s.name: s.style_id for s in document.styles}.get(style)
    return [text_of(p) for p in document.element.body.iter(qn("w:p")) if style is None or p.style == ident]


def own_text(document) -> str:
    """The text without what the tool has added."""
    added = {s.style_id for s in document.styles if s.name in words.ADDED}
    out = []
    for p in document.element.body.iter(qn("w:p")):
        if p.style not in added:
            out.append("".join(text_of(r) for r in p.iter(qn("w:r")) if r.style not in added))
    return "\n".join(out)


def bookmarked(document) -> dict[str, str]:
    """Bookmark -> the text inside it."""
    found = {}
    for start in document.element.body.iter(qn("w:bookmarkStart")):
        text, node = "", start.getnext()
        while node is not None and not (node.tag == qn("w:bookmarkEnd") and node.get(qn("w:id")) == start.get(qn("w:id"))):
            text += text_of(node)
            node = node.getnext()
        found[start.get(qn("w:name"))] = text
    return found


@cache
def sample():
    return opened(sample_result.result())


def test_the_committed_template_is_whole():
    """No unknown tag, and every style that the answers need."""
    assert vedlegg2_word.check(TEMPLATES) == ()


def test_every_name_offered_is_used_by_the_template():
    """Nothing computed for the document is lost on the way to the page."""
    word = docx.Document(TEMPLATES / vedlegg2_word.TEMPLATE)
    xml = word.element.xml + word.sections[0].header._element.xml + word.sections[0].footer._element.xml
    unused = [name for name in _word.shape_of(words.Vedlegg2) if not re.search(rf"\b{name}\b", xml)]
    assert unused == ["utvalg", "svarere"]  # offered for people's own templates


def test_each_passage_carries_its_number_and_its_bookmark():
    """The number that saksfremlegg refers to stands before the words, and the bookmark holds exactly the statement."""
    result = sample_result.result()
    inside = bookmarked(sample())
    shown = "\n".join(lines(sample()))
    for statement in result.statements:
        passage = passages(result)[statement.id]
        assert inside[passage.bookmark] == statement.text
        assert f"{passage.label}\u00a0{statement.text}" in shown


def test_senders_come_in_configured_order_with_numbers_that_match_the_passages():
    """Heading 1 per sender; section 2 is where passage 2.1 stands."""
    assert lines(sample(), "Heading 1") == ["1 RS Fjell", "2 RS Fjord", "3 RS Kyst"]


def test_the_overview_says_who_answered_when_and_how():
    """One row a file: number, sender, file, date, late, remark; those who are missing and what was replaced below."""
    documents = sample_result.result().documents
    dated = tuple(replace(d, dated=date(2026, 2, 3), late=True) if d.bodies == ("RS Kyst",) else d for d in documents)
    document = opened(sample_result.result(documents=dated))
    rows = [[c.text for c in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["Nr.", "Avsender", "Fil", "Datert", "For sent", "Merknad"]
    assert rows[2] == ["2", "RS Fjord", "brev/svar fjord.pdf", "ikke oppgitt", "nei", "Erstatter gammelt svar.docx"]
    assert rows[3] == ["3", "RS Kyst", "epost.eml/svar.docx", "3.2.2026", "ja", "Slutter seg til RS Fjell"]
    text = "\n".join(lines(document))
    assert "Ikke mottatt svar fra RS Slette." in text
    assert "RS Fjord: gammelt svar.docx. Erstattet av brev/svar fjord.pdf." in text
    assert "Kilde: epost.eml/svar.docx, datert 3. februar 2026, kom etter fristen" in text


def test_themes_stand_below_the_words_and_are_told_apart_by_number():
    """One passage: its theme; several: each theme with its numbers; endorsements and no remarks in words."""
    found = lines(sample(), words.THEMES)
    assert "Tema: 1.1–1.2 Oppsett og lesbarhet" in found
    assert "Tema: Hvem som har ansvaret" in found
    assert "Tema: ingen merknader" in found
    assert "Tema: Hvem som har ansvaret, slutter seg til RS Fjell" in found


def test_a_theme_that_a_point_gave_the_statement_is_named_too():
    """A statement with two demands stands under two themes in the case document, and says so here."""
    document = answer(Block(text="Færre tiltak, og mer penger."))
    statements = said(document)
    point = Point(id="p", theme="money", text="mer penger", bodies=("RS Fjell",), quantifier="RS Fjell",
                  statement_ids=(statements[0].id,))
    assert lines(opened(case(document, statements=statements, points=(point,))), words.THEMES) == [
        "Tema: Oppsett og lesbarhet, Penger og folk"]


def test_two_sentences_of_a_paragraph_are_two_passages_in_one_paragraph():
    """The paragraph stays whole; the second number stands before the second sentence."""
    document = answer(Block(text="Først dette. Så det."))
    a, b = (Statement(id=i, source="svar.docx", start=x, end=y, text=document.text[x:y], locator="", bodies=("RS Fjell",),
                      theme=t) for i, x, y, t in (("a", 0, 12, "layout"), ("b", 13, 20, "money")))
    shown = opened(case(document, statements=(a, b)))
    assert "1.1\u00a0Først dette. 1.2\u00a0Så det." in lines(shown)
    assert lines(shown, words.THEMES) == ["Tema: 1.1 Oppsett og lesbarhet · 1.2 Penger og folk"]
    assert "Først dette. Så det." in own_text(shown)


def test_headings_of_an_answer_stand_below_ours():
    """The answer's own levels are kept relative to each other, at outline level 2-4, in styles of their own."""
    document = answer(Block(text="Tittel", kind="heading", level=1), Block(text="Del", kind="heading", level=3, marker="2."),
                      Block(text="Del av del", kind="heading", level=4), Block(text="Dypest", kind="heading", level=7))
    shown = opened(case(document))
    assert [lines(shown, name) for name in words.ANSWER_HEADINGS] == [["Tittel"], ["2. Del"], ["Del av del", "Dypest"]]
    headings = _word.Headings(shown)
    levels = [(text_of(p), headings.level(p)) for p in shown.element.body.iter(qn("w:p")) if headings.level(p)]
    assert levels == [("1 RS Fjell", 1), ("Tittel", 2), ("2. Del", 3), ("Del av del", 4), ("Dypest", 4)]


def test_the_table_of_contents_lists_the_senders_only():
    """Headings of answers would drown it; entries link to the headings."""
    shown = opened(case(answer(Block(text="Tittel", kind="heading", level=1)), answer(source="b.docx", bodies=("RS Kyst",))))
    entries = [p for p in shown.element.body.iter(qn("w:p")) if (p.style or "").startswith("TOC")]
    assert [text_of(p) for p in entries] == ["1 RS Fjell", "3 RS Kyst"]
    names = set(bookmarked(shown))
    assert all(p.find(qn("w:hyperlink")).get(qn("w:anchor")) in names for p in entries)


def test_lists_keep_markers_and_levels():
    """Bullets become Word's own list; printed numbers stay as they were printed."""
    document = answer(Block(text="ytterst", kind="item", marker="•"), Block(text="inni", kind="item", marker="•", level=1),
                      Block(text="bokstav", kind="item", marker="b)"), Block(text="dypt", kind="item", marker="1.2.3", level=2))
    shown = opened(case(document))
    assert (lines(shown, "Svarpunkt"), lines(shown, "Svarpunkt 2")) == (["ytterst"], ["inni"])
    assert lines(shown, words.NUMBERED) == ["b)bokstav", "1.2.3dypt"]


def test_tables_come_back_as_tables_with_spans_and_header():
    """Merged cells, a marked header row, several paragraphs in a cell, a nested table inside its cell, an own shading."""
    cells = [("Spørsmål", 1, 1, 1, 1), ("Svar", 1, 2, 1, 2), ("Over to rader", 2, 1, 2, 1), ("Ja.", 2, 2, 1, 1),
             ("Nei.", 2, 3, 1, 1), ("Til slutt", 3, 2, 1, 2)]
    blocks = [Block(text=t, kind="cell", table=1, row=r, col=c, row_span=rs, col_span=cs, bold=r == 1, fill="102030" if r == 3 else None)
              for t, r, c, rs, cs in cells]
    blocks[4:4] = [Block(text="Og mer.", kind="cell", table=1, row=2, col=2),
                   Block(text="inne", kind="cell", table=2, row=1, col=1), Block(text="her", kind="cell", table=2, row=1, col=2)]
    shown = opened(case(answer(*blocks)))
    table = shown.tables[1]
    assert [[c.text for c in row.cells] for row in table.rows] == [
        ["Spørsmål", "Svar", "Svar"], ["Over to rader", "Ja.\nOg mer.\n", "Nei."], ["Over to rader", "Til slutt", "Til slutt"]]
    assert [c.text for c in table.cell(1, 1).tables[0].rows[0].cells] == ["inne", "her"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    fill = table.cell(2, 1)._tc.tcPr.find(qn("w:shd")).get(qn("w:fill"))
    assert int(fill[:2], 16) > 0x70  # light enough for black text


def test_a_cell_ends_where_its_last_themes_do():
    """The room that parts themes from the next paragraph is not left below them in a table: it made every row a line taller."""
    document = answer(Block(text="Spørsmål", kind="cell", table=1, row=1, col=1), Block(text="Svar.", kind="cell", table=1, row=1, col=2))
    last = opened(case(document, statements=said(document)[1:])).tables[1].cell(0, 1).paragraphs[-1]
    assert last.text.startswith("Tema: ") and last.paragraph_format.space_after == 0


def test_cells_that_overlap_lose_nothing():
    """A malformed table: both texts stand in the cell that covers the place."""
    blocks = [Block(text="bred", kind="cell", table=1, row=1, col=1, row_span=2, col_span=2),
              Block(text="under", kind="cell", table=1, row=2, col=2), Block(text="ved siden", kind="cell", table=1, row=2, col=3)]
    assert "under" in own_text(opened(case(answer(*blocks))))


def test_a_sheet_too_wide_for_a_page_becomes_lines():
    """More columns than a page has room for: a paragraph a row, the cells parted by a bar."""
    blocks = [Block(text=f"r{r}k{c}", kind="cell", table=1, row=r, col=c) for r in (1, 2) for c in range(1, 31)]
    shown = opened(case(answer(*blocks)))
    assert len(shown.tables) == 1
    assert " | ".join(f"r2k{c}" for c in range(1, 31)) in lines(shown)


def test_other_text_stands_apart_and_the_publication_copy_leaves_comments_out():
    """Headers, quoted mail and comments at the end, under their names; no comment in the copy for publication."""
    document = answer(Block(text="Brevhode", place="header"), Block(text="Svaret."), Block(text="Gammel tråd", place="quoted"),
                      Block(text="Hemmelig merknad", place="comment"), Block(text="En note", place="footnote", marker="1"))
    shown = opened(case(document))
    found = lines(shown)
    at = found.index("Øvrig tekst i filen")
    assert found.index("Svaret.") < found.index("1 En note") < at
    assert found[at + 1:at + 7] == ["Topptekst", "Brevhode", "Sitert fra tidligere e-post", "Gammel tråd", "Kommentarer",
                                    "Hemmelig merknad"]
    public = lines(opened(case(document), comments=False))
    assert "Brevhode" in public
    assert not any("merknad" in line and "Hemmelig" in line for line in public)
    assert not any("ommentarer" in line for line in public)


def test_the_clean_copy_of_a_finished_file_has_no_comments_and_no_bookmarks():
    """Also from a file that a person has edited; a heading with nothing left under it goes as well."""
    document = answer(Block(text="Svaret."), Block(text="Hemmelig merknad", place="comment"))
    data = vedlegg2_word.clean_copy(vedlegg2_word.render(case(document, statements=said(document)), TEMPLATES))
    shown = docx.Document(BytesIO(data))
    assert "1.1\u00a0Svaret." in lines(shown)
    assert not any("Hemmelig" in line or line in ("Kommentarer", "Øvrig tekst i filen") for line in lines(shown))
    assert not any(name.startswith("ssu_") for name in bookmarked(shown))


def test_without_answers_the_document_says_so():
    """A case before anything has come in: a sentence, no empty table, no contents."""
    shown = opened(sample_result.empty_result())
    text = "\n".join(lines(shown))
    assert "Det er ikke kommet inn noen svar per 10. februar 2026. Fristen var 1. februar 2026." in text
    assert "Ikke mottatt svar fra RS Fjell, RS Fjord, RS Kyst og RS Slette." in text
    assert not shown.tables
    assert "Innhold" not in lines(shown)


def test_an_answer_without_known_sender_comes_last():
    """Under a heading that says so, and it is named in the overview."""
    result = case(answer(Block(text="Uten navn."), source="a.txt", bodies=()), answer(Block(text="Med navn."), source="b.txt"))
    assert lines(opened(result), "Heading 1") == ["1 RS Fjell", "5 Avsender ikke avklart"]


def test_a_joint_answer_stands_once_and_several_files_of_one_sender_under_one_heading():
    """Joint: all names in the heading. Two files: a heading 2 each, with the answers' headings below."""
    joint = answer(Block(text="Felles."), source="felles.docx", bodies=("RS Fjord", "RS Kyst"))
    first, second = (answer(Block(text="Del", kind="heading", level=1), Block(text=t), source=s) for t, s in (("En.", "1.docx"), ("To.", "2.docx")))
    shown = opened(case(first, second, joint))
    assert lines(shown, "Heading 1") == ["1 RS Fjell", "5 RS Fjord og RS Kyst"]
    assert lines(shown, "Heading 2") == ["1.docx", "2.docx"]
    assert lines(shown, words.ANSWER_HEADINGS[1]) == ["Del", "Del"]
    assert [c.text for c in shown.tables[0].rows[3].cells][5] == "Felles svar"


def test_numbers_that_are_left_out_are_explained():
    """A sender keeps its number whoever answers; a reader who misses one is told why."""
    shown = lines(opened(case(answer(Block(text="Ja.")), answer(Block(text="Nei."), source="b.docx", bodies=("RS Kyst",)))))
    assert [t for t in shown if "er ikke i bruk" in t] == [
        "Nummer 2 er ikke i bruk: Hver avsender har sitt faste nummer, også den som ikke har sendt eget svar."]
    assert not any("er ikke i bruk" in t for t in lines(opened(case(answer(Block(text="Ja."))))))


def test_unread_files_are_named():
    """A file that could hold an answer is not passed over in silence."""
    lost = Document(source="skadet.pdf", sha256="", status="failed", error="Filen er skadet. Be om den på nytt.")
    assert "skadet.pdf: Filen er skadet. Be om den på nytt." in lines(opened(case(answer(Block(text="Ja.")), lost)))


def test_nynorsk_is_tagged_and_what_we_add_is_not():
    """The nynorsk answer's words read as nn-NO; our numbers keep the document's language."""
    document = answer(Block(text="Tiltaka bør nummererast."))
    shown = opened(case(document, statements=said(document, language="nn")))
    runs = [r for p in shown.element.body.iter(qn("w:p")) if "nummererast" in text_of(p) for r in p.iter(qn("w:r"))]
    tags = {text_of(r): [lang.get(qn("w:val")) for lang in r.iter(qn("w:lang"))] for r in runs}
    assert tags == {"1.1\u00a0": [], "Tiltaka bør nummererast.": ["nn-NO"]}


DANGEROUS = ("<b>5 & 6</b> {{ sak }} {% if %} {_{", "עברית עם ‮ tekst", "👩‍👩‍👧 og 🇳🇴", "]]> &amp; <!-- -->",
             "a\x07b\x1f", "lone \ud800 surrogate", "\uf0fc hake", "\ufdd1\ufde0\ufdd2 merke")


@pytest.mark.parametrize("text", DANGEROUS)
def test_dangerous_text_comes_through(text):
    """Markup, template tags, emoji and right-to-left text stand as written; only what XML cannot hold goes."""
    document = answer(Block(text=f"Før {text} etter"), Block(text=text, kind="cell", table=1, row=1, col=1), Block(text="Slutt."))
    shown = own_text(opened(case(document, statements=said(document))))
    assert _word.clean_text(f"Før {text} etter") in shown
    assert "Slutt." in shown


def test_forty_lines_in_one_block_come_through():
    """Line breaks inside a block become Word's."""
    text = "\n".join(f"linje {i}" for i in range(40))
    shown = opened(case(answer(Block(text=text))))
    paragraph = next(p for p in shown.element.body.iter(qn("w:p")) if "linje 0" in text_of(p))
    assert len(list(paragraph.iter(qn("w:br")))) == 39


def test_a_missing_word_stops_the_run():
    """The check at run time: a paragraph that is not in the file is an internal error that names the source."""
    written, lost = answer(Block(text="Dette står der.")), answer(Block(text="Dette står der."), Block(text="Dette mangler."))
    data = vedlegg2_word.render(case(written), TEMPLATES)
    with pytest.raises(InternalError, match=r"1 avsnitt av «svar\.docx»"):
        _vedlegg2_complete.check(data, [lost], added=frozenset(), comments=True)


def test_a_paragraph_twice_in_the_answer_must_stand_twice():
    """The check counts: one copy of two is not enough."""
    once, twice = answer(Block(text="Ja, gjerne.")), answer(Block(text="Ja, gjerne."), Block(text="Ja, gjerne."))
    data = vedlegg2_word.render(case(once), TEMPLATES)
    with pytest.raises(InternalError):
        _vedlegg2_complete.check(data, [twice], added=frozenset(), comments=True)
    assert own_text(opened(case(twice))).count("Ja, gjerne.") == 2


def test_a_template_without_a_needed_style_is_refused_in_norwegian(tmp_path):
    """Both when writing and in ``check``, with the style's name."""
    word = docx.Document(TEMPLATES / vedlegg2_word.TEMPLATE)
    word.styles["Temalinje"].delete()
    word.save(tmp_path / vedlegg2_word.TEMPLATE)
    with pytest.raises(TemplateError, match="mangler stilen «Temalinje»"):
        vedlegg2_word.render(case(answer(Block(text="Ja."))), tmp_path)
    assert [f.kind for f in vedlegg2_word.check(tmp_path)] == ["template_style"]


def test_same_input_same_bytes():
    """Nothing of the clock or of chance in the file."""
    assert vedlegg2_word.render(sample_result.result(), TEMPLATES) == vedlegg2_word.render(sample_result.result(), TEMPLATES)


def test_every_paragraph_property_stands_in_schema_order(tmp_path):
    """Word refuses files whose properties come in another order than the schema's."""
    from pipeline.writers._word_xml import PARAGRAPH_ORDER, RUN_ORDER

    document, path = word_case(tmp_path)
    shown = opened(case(document, statements=said(document), originals={document.source: path}))
    for tag, order in (("w:pPr", PARAGRAPH_ORDER), ("w:rPr", RUN_ORDER)):
        for properties in shown.element.body.iter(qn(tag)):
            ranks = [order.index(child.tag) for child in properties]
            assert ranks == sorted(ranks)
    idents = [b.get(qn("w:id")) for b in shown.element.body.iter(qn("w:bookmarkStart"))]
    assert len(idents) == len(set(idents))


# --- with the original file at hand ------------------------------------------------------------


def png() -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (40, 20), "green").save(out, "PNG")
    return out.getvalue()


def word_file() -> bytes:
    """An answer in Word with emphasis, colour, alignment, a footnote mark, a picture before a table, and a text box."""
    word = docx.Document()
    word.add_heading("Uttalelse", 1)
    p = word.add_paragraph("Vi vil ha ")
    p.add_run("færre").bold = True
    p.add_run(" tiltak og ")
    both = p.add_run("flere folk")
    both.italic = both.underline = True
    p.add_run(".")
    p.runs[-1]._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="2"/>'))
    red = word.add_paragraph("Endret i ").add_run("rødt")
    red.font.color.rgb = RGBColor(255, 0, 0)
    word.add_paragraph("Kunngjøring").alignment = 1
    word.add_picture(BytesIO(png()), width=Cm(30))
    word.inline_shapes[0]._inline.docPr.set("descr", "Kart over ruten")
    table = word.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Venstre", "Høyre"
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def written(data: bytes, path: Path, **fields) -> Document:
    """The file on disk, and the document that the readers make of it."""
    path.write_bytes(data)
    content = readers.read(data, path.name, readers.Options())
    text, blocks = assemble(content.blocks)
    return answer(**{"source": path.name, "sha256": hashlib.sha256(data).hexdigest(), "text": text, "blocks": blocks,
                     "format": content.format, "findings": content.findings, **fields})


def word_case(folder: Path) -> tuple[Document, Path]:
    path = folder / "svar.docx"
    return written(word_file(), path), path


def test_a_word_answer_keeps_its_emphasis_alignment_and_note_marks(tmp_path):
    """Bold, italic, underline, colour (dark enough to read), centring and the note's number, at the same words."""
    document, path = word_case(tmp_path)
    shown = opened(case(document, statements=said(document), originals={document.source: path}))
    runs = {r.text: r for p in shown.paragraphs for r in p.runs}
    assert runs["færre"].bold and not runs["Vi vil ha "].bold
    assert runs["flere folk"].italic and runs["flere folk"].underline
    assert str(runs["rødt"].font.color.rgb) not in ("FF0000", "None")
    assert runs["1"].style.name == words.NOTE_MARK
    assert next(p for p in shown.paragraphs if "Kunngjøring" in p.text).alignment == 1


def test_a_picture_stands_where_it_stood_and_fits_the_page(tmp_path):
    """Between the paragraph before and the table after, at most as wide as the text, with its alt text."""
    document, path = word_case(tmp_path)
    shown = opened(case(document, originals={document.source: path}))
    body = list(shown.element.body)
    at = next(i for i, e in enumerate(body) if e.tag == qn("w:p") and e.findall(".//" + qn("w:drawing")))
    assert "Kunngjøring" in text_of(body[at - 1]) and body[at + 1].tag == qn("w:tbl")
    shape = shown.inline_shapes[0]
    assert shape.width <= Cm(16) and shape._inline.docPr.get("descr") == "Kart over ruten"
    assert abs(shape.width / shape.height - 2) < 0.01


def test_a_file_that_changed_after_it_was_read_is_not_used(tmp_path):
    """The look must be that of the text: another file of the same name gives structured text."""
    document, path = word_case(tmp_path)
    path.write_bytes(path.read_bytes() + b"x")
    shown = opened(case(document, originals={document.source: path}))
    assert not shown.inline_shapes
    assert "Vi vil ha færre tiltak og flere folk." in own_text(shown)


def test_a_damaged_original_costs_the_look_and_nothing_else(tmp_path):
    """A package whose main part is gone: the words are all there."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
    path = tmp_path / "svar.docx"
    path.write_bytes(out.getvalue())
    document = answer(Block(text="Ordene står."), sha256=hashlib.sha256(out.getvalue()).hexdigest())
    assert "Ordene står." in own_text(opened(case(document, originals={"svar.docx": path})))


def test_a_picture_that_is_none_is_said_to_be_missing(tmp_path):
    """A file that calls itself a picture: a bracketed line says that it cannot be shown."""
    data = word_file()
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"MZ not a picture" if name.endswith(".png") else old.read(name))
    path = tmp_path / "svar.docx"
    document = written(out.getvalue(), path)
    assert lines(opened(case(document, originals={"svar.docx": path})), words.INSERTED) == [
        "[Et bilde har et format som ikke kan gjengis her. Se originalfilen.]"]


def test_an_attached_word_answer_keeps_its_look(tmp_path):
    """The mail is opened again to get at it, and the attachment is known by its hash."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "Svar", "a@example.org", "b@example.org"
    mail.set_content("Se vedlegget.")
    mail.add_attachment(word_file(), maintype="application", subtype="octet-stream", filename="svar.docx")
    path = tmp_path / "post.eml"
    parent = replace(written(bytes(mail), path), kind="email", bodies=(), container=True)
    child = replace(written(word_file(), tmp_path / "inni.docx"), source="post.eml/svar.docx", parent="post.eml")
    # both files of the test come from one call each, and so may differ in the zip's times
    inner = readers.read(bytes(mail), "post.eml", readers.Options()).attachments[0]
    child = replace(child, sha256=hashlib.sha256(inner.data).hexdigest())
    shown = opened(case(parent, child, originals={"post.eml": path}))
    assert any(r.bold for p in shown.paragraphs for r in p.runs if r.text == "færre")


def scan() -> bytes:
    """A PDF of two pages: a picture of text, and nothing at all."""
    from PIL import Image, ImageDraw

    page = Image.new("L", (600, 850), "white")
    ImageDraw.Draw(page).text((60, 80), "Svaret fra oss", fill=0)
    out = BytesIO()
    page.save(out, "PDF", resolution=72)
    return out.getvalue()


def test_scanned_pages_are_shown_before_the_text_that_was_recognised(tmp_path):
    """The picture of the page, with alt text, then the words."""
    from pipeline.model import Finding

    data = scan()
    path = tmp_path / "skann.pdf"
    path.write_bytes(data)
    document = answer(Block(text="Svaret fra oss", locator="page=1;paragraph=1"), source="skann.pdf", format="pdf",
                      sha256=hashlib.sha256(data).hexdigest(), findings=(Finding(kind="ocr_used", message="lest fra bilde"),))
    shown = opened(case(document, originals={"skann.pdf": path}))
    found = [(bool(p.findall(".//" + qn("w:drawing"))), text_of(p)) for p in shown.element.body.iter(qn("w:p"))]
    at = next(i for i, (picture, _) in enumerate(found) if picture)
    assert found[at + 1][1] == "Svaret fra oss"
    assert "Skannet side 1" in shown.inline_shapes[0]._inline.docPr.get("descr")


@pytest.mark.parametrize("kind", ["pdf", "image"])
def test_a_file_that_cannot_be_drawn_gives_no_pages(kind):
    """Rubbish in the drawing process stays in the drawing process."""
    assert _vedlegg2_pages.pictures(b"%PDF-1.4 rubbish", kind, config.Limits(seconds_per_file=20)) == []


def test_answers_in_a_frame_of_the_templates_stand_there(tmp_path):
    """A template may have them in a table; they are then part of the row, which breaks over pages when it is long."""
    word = docx.Document(TEMPLATES / vedlegg2_word.TEMPLATE)
    mark = next(p for p in word.paragraphs if "innspill }}" in p.text)
    cell = word.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].text = mark.text
    mark._p.getparent().remove(mark._p)
    word.save(tmp_path / vedlegg2_word.TEMPLATE)
    document = answer(Block(text="Planen bør bli kortere. " * 80))
    shown = docx.Document(BytesIO(vedlegg2_word.render(case(document, statements=said(document)), tmp_path)))
    [row] = [r for r in shown.element.body.iter(qn("w:tr")) if "bli kortere" in text_of(r)]
    assert row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None
    assert any("RS Fjell" in text_of(link) for link in shown.element.body.iter(qn("w:hyperlink")))
