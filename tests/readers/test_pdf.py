"""PDF: each construct planted by script is found once, in order, in its place."""

from __future__ import annotations

import pytest

from pipeline.config import Limits, Reading
from pipeline.errors import OverLimit, Unreadable
from pipeline.readers import Options, _ocr, pdf
from tests.readers.pdf_corpus import (
    BOLD,
    LOST,
    SHIFTED,
    TICKS,
    WINGDINGS,
    Sheet,
    build,
    encrypt,
    photograph,
    wrap,
)

PROSE = ("Utvalget har behandlet saken og mener at planen i hovedsak peker i riktig retning for innbyggerne. "
         "Det er likevel behov for å samle innsatsen om færre oppgaver, slik at kommunene rekker å gjennomføre dem.")
OTHER = ("Tjenestene i distriktet har lange avstander og små fagmiljøer, og dette må vises i fordelingen av midler. "
         "Derfor ber utvalget om at reisetid blir en del av grunnlaget når nye ordninger skal vurderes av partene.")


def read(data: bytes, **limits):
    return pdf.read(data, "svar.pdf", Options(limits=Limits(**limits)))


def texts(content, place: str = "body") -> list[str]:
    return [block.text for block in content.blocks if block.place == place]


def prose(count: int, start: int = 1) -> list[str]:
    """Paragraphs that can be told apart."""
    return [f"Avsnitt {number} fra utvalget. {PROSE if number % 2 else OTHER}" for number in range(start, start + count)]


@pytest.fixture
def no_ocr(monkeypatch):
    monkeypatch.setattr(_ocr, "_installed", lambda: None)


class TestSniff:
    def test_content_decides(self):
        """A PDF is known by its first bytes, also behind some rubbish; the name alone says little."""
        assert pdf.sniff(b"%PDF-1.4\n", "x.bin") == 3
        assert pdf.sniff(b"\r\n" * 40 + b"%PDF-1.4\n", "x") == 3
        assert pdf.sniff(b"hei", "svar.PDF") == 1
        assert pdf.sniff(b"hei", "svar.txt") == 0


class TestParagraphs:
    def test_wrapped_lines_are_joined(self):
        """Lines wrapped on the page become one paragraph each, in order, with page and number."""
        sheet = Sheet()
        y = 780.0
        for text in prose(3):
            y = sheet.paragraph(72, y, text)
        content = read(build(sheet))
        assert texts(content) == prose(3)
        assert [b.locator for b in content.blocks] == [f"page=1;paragraph={n}" for n in (1, 2, 3)]
        assert {b.kind for b in content.blocks} == {"paragraph"}

    def test_short_last_line_ends_a_paragraph(self):
        """Without extra distance, a line that leaves room for the next word ends its paragraph."""
        first = PROSE + " Ferdig her."
        sheet = Sheet()
        y = 780.0
        for text in (first, OTHER):
            y = sheet.paragraph(72, y, text) + 0.6 * 11
        assert texts(read(build(sheet))) == [first, OTHER]

    def test_first_line_indent_opens_a_paragraph(self):
        """An indented first line begins a new paragraph where the line before is full."""
        first = "Utvalget mener at planen er god, men at ansvaret for den må plasseres tydeligere hos én leder."
        sheet = Sheet().text(72, 780, first)
        for index, line in enumerate(wrap(OTHER, 440, 11), 1):
            sheet.text(72 + (12 if index == 1 else 0), 780 - 13.2 * index, line)
        assert texts(read(build(sheet))) == [first, OTHER]

    def test_sentence_over_the_page_is_one_block(self):
        """A sentence that the page breaks is one block, located where it begins, footers left out of it."""
        lines = wrap(PROSE, 451, 11)
        first, second = Sheet(), Sheet()
        first.paragraph(72, 780, OTHER)
        for index, line in enumerate(lines[:2]):
            first.text(72, 90 - 13.2 * index, line)
        second.text(72, 780, lines[2])
        for index, line in enumerate(lines[3:]):
            second.text(72, 780 - 13.2 * (index + 1), line)
        for number, sheet in enumerate((first, second), 1):
            sheet.text(270, 30, f"Side {number} av 2", 9)
        content = read(build(first, second))
        assert texts(content) == [OTHER, PROSE]
        assert texts(content, "footer") == ["Side 1 av 2", "Side 2 av 2"]
        assert content.blocks[1].locator == "page=1;paragraph=2"

    def test_reference_at_the_line_break_is_no_item(self):
        """A line that begins with "2.3" after "jf. pkt." goes on with the sentence."""
        sheet = Sheet().text(72, 780, "Utvalget mener at dette allerede er dekket av gjeldende avtale, jf. pkt.")
        sheet.text(72, 766.8, "2.3 i planen, og ber om at det ikke gjentas.")
        assert texts(read(build(sheet))) == [
            "Utvalget mener at dette allerede er dekket av gjeldende avtale, jf. pkt. 2.3 i planen, og ber om at det ikke gjentas."]

    @pytest.mark.parametrize(("before", "after", "joined"), [
        ("Vi ønsker bedre sam-", "handling mellom partene.", "Vi ønsker bedre samhandling mellom partene."),
        ("Det gjelder helse-", "og omsorgstjenesten.", "Det gjelder helse- og omsorgstjenesten."),
        ("Saken er drøftet i RS-", "Fjellheim i mai.", "Saken er drøftet i RS-Fjellheim i mai."),
        ("Planen for 2024-", "2026 er vedtatt.", "Planen for 2024-2026 er vedtatt."),
        ("Vi trenger et IKT-", "system som virker.", "Vi trenger et IKT-system som virker."),
    ])
    def test_hyphens_at_line_ends(self, before, after, joined):
        """A broken word is mended; a hyphen that belongs to the word stays."""
        sheet = Sheet().text(72, 780, before).text(72, 766.8, after)
        assert texts(read(build(sheet))) == [joined]

    def test_the_documents_own_spelling_wins(self):
        """A compound broken at its hyphen keeps it when the document writes it so elsewhere."""
        sheet = Sheet().text(72, 780, "Satsingen på e-post-løsning og pasient-nær teknologi er viktig.")
        sheet.text(72, 740, "Utvalget vil ha mer pasient-").text(72, 726.8, "nær teknologi i tjenesten.")
        assert texts(read(build(sheet)))[1] == "Utvalget vil ha mer pasient-nær teknologi i tjenesten."


class TestStructure:
    def test_headings_by_size_and_weight(self):
        """Larger or bold lines are headings with levels; their number is the marker."""
        sheet = Sheet().text(72, 790, "Uttalelse om samarbeidsplanen", 20)
        sheet.text(72, 750, "1. Innledning", 14, BOLD)
        y = sheet.paragraph(72, 730, PROSE)
        sheet.text(72, y, "1.1 Bakgrunn", 11, BOLD)
        sheet.paragraph(72, y - 14, OTHER)
        blocks = read(build(sheet)).blocks
        assert [(b.kind, b.level, b.marker, b.text) for b in blocks] == [
            ("heading", 1, "", "Uttalelse om samarbeidsplanen"), ("heading", 2, "1.", "Innledning"),
            ("paragraph", 0, "", PROSE), ("heading", 3, "1.1", "Bakgrunn"), ("paragraph", 0, "", OTHER)]

    def test_items_with_their_continuation_lines(self):
        """Bullets and numbers are markers; a line without one joins its item."""
        long = "Samle ansvaret for oppfølging hos én navngitt leder i hver kommune, og la denne rapportere to ganger i året"
        sheet = Sheet().text(72, 790, "Vi foreslår:")
        y = 770.0
        for mark, text in (("\u2022", long), ("\u2022", "Færre møter"), ("1.", "Felles opplæring"), ("2.", long), ("b)", "Egen nettside")):
            lines = wrap(text, 420, 11)
            sheet.text(82, y, mark)
            for line in lines:
                sheet.text(100, y, line)
                y -= 13.2
        blocks = read(build(sheet)).blocks
        assert [(b.kind, b.marker, b.text) for b in blocks[1:]] == [
            ("item", "•", long), ("item", "•", "Færre møter"), ("item", "1.", "Felles opplæring"),
            ("item", "2.", long), ("item", "b)", "Egen nettside")]

    def test_unmarked_line_under_an_item_is_an_item(self):
        """A line that lost its glyph, standing at the items' text, is not glued to the item before."""
        sheet = Sheet()
        sheet.text(82, 770, "\u2022").text(100, 770, "Digitale samtaler skal være vanlig")
        sheet.text(100, 756.8, "Bruke skjerm i alle møter")
        sheet.text(82, 743.6, "\u2022").text(100, 743.6, "Felles vaktordning")
        assert [(b.kind, b.text) for b in read(build(sheet)).blocks] == [
            ("item", "Digitale samtaler skal være vanlig"), ("item", "Bruke skjerm i alle møter"), ("item", "Felles vaktordning")]

    @pytest.mark.parametrize("font", [WINGDINGS, TICKS])
    def test_wingdings_bullets(self, font):
        """A tick from Wingdings becomes a bullet, never a stray letter or a box."""
        sheet = Sheet()
        for index, text in enumerate(("Bedre rutiner ved utskriving", "Flere lærlinger i kommunene")):
            sheet.raw(82, 770 - 14 * index, b"\xfc\x20", font=font).text(100, 770 - 14 * index, text)
        blocks = read(build(sheet)).blocks
        assert [(b.marker, b.text) for b in blocks] == [
            ("•", "Bedre rutiner ved utskriving"), ("•", "Flere lærlinger i kommunene")]

    def test_nested_lists_have_depth(self):
        """The indent of the marker gives the item's level."""
        sheet = Sheet()
        for index, (x, text) in enumerate(((72, "Opplæring"), (90, "Kurs for nye"), (90, "Kurs for ledere"), (72, "Utstyr"))):
            sheet.text(x, 770 - 14 * index, f"\u2022  {text}")
        assert [b.level for b in read(build(sheet)).blocks] == [0, 1, 1, 0]

    def test_footnote_has_its_place(self):
        """Small print with a number at the foot is a footnote and does not cut the text."""
        first, second = Sheet(), Sheet()
        lines = wrap(PROSE, 451, 11)
        first.paragraph(72, 780, OTHER)
        first.text(72, 160, lines[0]).text(72, 146.8, lines[1])
        first.text(72, 90, "1 Se utvalgets uttalelse fra forrige periode.", 8)
        for index, line in enumerate(lines[2:]):
            second.text(72, 780 - 13.2 * index, line)
        content = read(build(first, second))
        assert texts(content) == [OTHER, PROSE]
        assert [(b.locator, b.text) for b in content.blocks if b.place == "footnote"] == [
            ("page=1;footnote=1", "1 Se utvalgets uttalelse fra forrige periode.")]


class TestOrder:
    def columns(self, interleaved: bool) -> bytes:
        left, right = wrap(PROSE + " " + PROSE, 210, 11), wrap(OTHER + " " + OTHER, 210, 11)
        sheet = Sheet().text(72, 790, "Innspill fra to utvalg i samme uttalelse til planen", 16)
        rows = [(x, 750 - 13.2 * i, line) for x, lines in ((72, left), (310, right)) for i, line in enumerate(lines)]
        if interleaved:
            rows.sort(key=lambda row: (-row[1], row[0]))
        for x, y, line in rows:
            sheet.text(x, y, line)
        return build(sheet)

    @pytest.mark.parametrize("interleaved", [False, True])
    def test_two_columns(self, interleaved):
        """Columns are read one after the other, however the file writes them."""
        assert " ".join(texts(read(self.columns(interleaved)))) == " ".join(
            ["Innspill fra to utvalg i samme uttalelse til planen", PROSE, PROSE, OTHER, OTHER])

    def test_what_stands_apart_at_head_and_foot_parts_no_sentence(self):
        """A letterhead beside an address, and a line at the page's foot, come before and after the columns."""
        lines = wrap(f"{PROSE} {OTHER}", 210, 11)
        half = len(lines) // 2
        sheet = Sheet().text(72, 800, "RS Fjellheim").text(310, 800, "Storgata 1, 4999 Fjellheim")
        for x, column in ((72, lines[:half]), (310, lines[half:])):
            for i, line in enumerate(column):
                sheet.text(x, 750 - 13.2 * i, line)
        sheet.text(72, 40, "Dokumentet er elektronisk godkjent")
        read_as = texts(read(build(sheet)))
        assert [read_as[0], read_as[1], read_as[-1]] == ["RS Fjellheim", "Storgata 1, 4999 Fjellheim", "Dokumentet er elektronisk godkjent"]
        assert " ".join(read_as[2:-1]) == f"{PROSE} {OTHER}"

    def test_label_and_value_stay_together(self):
        """A letterhead's labels and values side by side are read row by row."""
        sheet = Sheet()
        for index, (label, value) in enumerate((("Vår ref.:", "25/117"), ("Dato:", "03.10.2025"), ("Saksbehandler:", "Kari Li"))):
            sheet.text(72, 780 - 20 * index, label).text(220, 780 - 20 * index, value)
        sheet.paragraph(72, 690, PROSE)
        assert texts(read(build(sheet)))[:3] == ["Vår ref.: 25/117", "Dato: 03.10.2025", "Saksbehandler: Kari Li"]

    def test_file_written_bottom_up(self):
        """A page whose text objects come in reverse is read from the top."""
        sheet = Sheet()
        for index, text in reversed(list(enumerate(prose(3)))):
            sheet.text(72, 700 - 60 * index, text[:60])
        assert texts(read(build(sheet))) == [text[:60].strip() for text in prose(3)]

    def test_running_headers_and_page_numbers(self):
        """What is repeated at the same height, and page numbers, are header and footer; a numbered heading is not."""
        sheets = []
        for number in range(1, 5):
            sheet = Sheet().text(72, 815, "Samarbeidsutvalget i Fjellheim – uttalelse", 9)
            sheet.text(72, 770, f"Spørsmål {number}", 14, BOLD)
            sheet.paragraph(72, 745, prose(1, number)[0])
            sheet.text(297, 28, str(number), 9)
            sheets.append(sheet)
        content = read(build(*sheets))
        assert texts(content, "header") == ["Samarbeidsutvalget i Fjellheim – uttalelse"] * 4
        assert texts(content, "footer") == ["1", "2", "3", "4"]
        assert [b.text for b in content.blocks if b.kind == "heading"] == [f"Spørsmål {n}" for n in range(1, 5)]

    @pytest.mark.parametrize("rotate", [0, 90])
    def test_turned_landscape_page(self, rotate):
        """Text that runs up the page is read upright, whether or not the page says that it is turned."""
        sheet = Sheet(rotate=rotate)
        for index, text in enumerate(("Ansvar bør ligge hos kommunen.", "Fristen bør flyttes til høsten.")):
            sheet.sideways(80 + 40 * index, 80, text)
        assert texts(read(build(sheet))) == ["Ansvar bør ligge hos kommunen.", "Fristen bør flyttes til høsten."]


class TestTables:
    HEAD = ("Nr", "Tiltak", "Ansvarlig", "Status")
    XS = (60, 100, 300, 420, 530)

    def sheet(self, rows: list[tuple], top: float, colors: list[str | None], head: bool = True) -> Sheet:
        sheet = Sheet()
        body = [self.HEAD, *rows] if head else rows
        fills = [None, *colors] if head else colors
        ys = [top - 30 * i for i in range(len(body) + 1)]
        for index, (row, color) in enumerate(zip(body, fills, strict=True)):
            if color:
                sheet.rect(self.XS[3], ys[index + 1], self.XS[4] - self.XS[3], 30, color)
            for x, text in zip(self.XS, row, strict=False):
                sheet.text(x + 4, ys[index] - 18, text, 10)
        return sheet.grid(list(self.XS), ys)

    def test_cells_with_fill(self):
        """A ruled table gives every cell with row, column and the colour behind it, also when it holds no text."""
        rows = [("1.1", "Felles rutine for utskriving", "Kommunene", ""), ("1.2", "Ny avtale", "Sykehuset", "Pågår")]
        sheet = self.sheet(rows, 700, ["00B050", "FFC000"])
        sheet.text(60, 760, "Status i planen vises i tabellen under.")
        content = read(build(sheet))
        cells = {(b.row, b.col): b for b in content.blocks if b.kind == "cell"}
        assert len(cells) == 12
        assert content.blocks[0].text == "Status i planen vises i tabellen under."
        assert [cells[2, c].text for c in (1, 2, 3, 4)] == ["1.1", "Felles rutine for utskriving", "Kommunene", ""]
        assert (cells[2, 4].fill, cells[3, 4].fill, cells[1, 4].fill) == ("00B050", "FFC000", None)
        assert cells[3, 4].locator == "page=1;table=1;row=3;col=4"

    def test_lines_in_a_cell(self):
        """Wrapped text in a cell is one block; bullets in a cell are blocks of their own."""
        sheet = Sheet().grid([60, 250, 530], [700, 600, 500])
        sheet.text(64, 685, "Er tiltakene fortsatt").text(64, 672, "relevante for dere?").text(254, 685, "Ja, i hovedsak.")
        sheet.text(64, 585, "Andre forslag").text(254, 585, "\u2022 Felles vaktordning").text(254, 572, "\u2022 Egen koordinator")
        cells = [(b.row, b.col, b.marker, b.text) for b in read(build(sheet)).blocks]
        assert cells == [(1, 1, "", "Er tiltakene fortsatt relevante for dere?"), (1, 2, "", "Ja, i hovedsak."),
                         (2, 1, "", "Andre forslag"), (2, 2, "•", "Felles vaktordning"), (2, 2, "•", "Egen koordinator")]

    def test_merged_cells_have_spans(self):
        """A cell over several rows or columns stands once, with its spans."""
        sheet = Sheet().line(60, 700, 460, 700).line(60, 670, 460, 670).line(200, 640, 460, 640).line(60, 610, 460, 610)
        sheet.line(60, 700, 60, 610).line(460, 700, 460, 610).line(200, 670, 200, 610).line(330, 670, 330, 610)
        sheet.text(64, 682, "Fokusområde som gjelder alle").text(64, 640, "Mål A").text(204, 652, "Tiltak en").text(334, 652, "Leder")
        sheet.text(204, 622, "Tiltak to").text(334, 622, "Lege")
        spans = {b.text: (b.row, b.col, b.row_span, b.col_span) for b in read(build(sheet)).blocks}
        assert spans["Fokusområde som gjelder alle"] == (1, 1, 1, 3)
        assert spans["Mål A"] == (2, 1, 2, 1)
        assert spans["Tiltak to"] == (3, 2, 1, 1)

    def test_table_over_two_pages(self):
        """A table that goes on with the same columns is one table; its repeated header row stands once."""
        first = self.sheet([(f"1.{n}", f"Oppgave {n}", "Kommunene", "") for n in (1, 2)], 200, ["FF0000", "00B050"])
        second = self.sheet([(f"1.{n}", f"Oppgave {n}", "Sykehuset", "") for n in (3, 4)], 790, ["FFFF00", None])
        cells = [b for b in read(build(first, second)).blocks if b.kind == "cell"]
        assert {b.table for b in cells} == {1}
        assert [b.text for b in cells if b.col == 2] == ["Tiltak", "Oppgave 1", "Oppgave 2", "Oppgave 3", "Oppgave 4"]
        assert [b.fill for b in cells if b.col == 4] == [None, "FF0000", "00B050", "FFFF00", None]
        assert cells[-1].locator == "page=2;table=1;row=5;col=4"

    def test_row_cut_by_the_page(self):
        """A row whose sentence the page cuts is one row again."""
        first = self.sheet([("1.1", "Rutine for utskriving og", "Kommunene", "")], 150, [None])
        second = self.sheet([("", "oppfølging hjemme", "", ""), ("1.2", "Avtale", "Sykehuset", "")], 790, [None, None], head=False)
        cells = {(b.row, b.col): b.text for b in read(build(first, second)).blocks}
        assert cells[2, 2] == "Rutine for utskriving og oppfølging hjemme"
        assert cells[3, 2] == "Avtale"

    def test_frame_and_underline_are_no_table(self):
        """A box around a paragraph and a line under a heading leave the text as it is."""
        sheet = Sheet().grid([60, 540], [800, 700]).line(60, 660, 300, 660).line(60, 640, 300, 640)
        sheet.paragraph(70, 780, PROSE)
        assert [(b.kind, b.text) for b in read(build(sheet)).blocks] == [("paragraph", PROSE)]

    def test_shaded_paragraph_is_no_table(self):
        """A strip of colour behind each line of a paragraph does not cut it."""
        sheet = Sheet()
        for index in range(len(wrap(PROSE, 451, 11))):
            sheet.rect(70, 776 - 13.2 * index, 455, 13.2, "EEEEEE")
        sheet.paragraph(72, 780, PROSE)
        assert texts(read(build(sheet))) == [PROSE]


class TestOverlays:
    def test_field_values_stand_after_their_question(self):
        """A form's values come in the text's order: a short label goes with its value, a question stands above it."""
        sheet = Sheet().text(72, 780, "Navn på utvalg:").text(72, 740, "Er tiltakene i planen fortsatt aktuelle for deres region?")
        sheet.text(72, 640, "Takk for svaret.")
        sheet.field("Text2", "Ja, men flere må bli mer presise.\rVi savner frister.", (72, 660, 500, 730))
        sheet.field("Text1", "Fjellheim", (180, 776, 400, 792))
        blocks = read(build(sheet)).blocks
        assert [(b.place, b.text) for b in blocks] == [
            ("body", "Navn på utvalg:"), ("form", "Navn på utvalg: Fjellheim"),
            ("body", "Er tiltakene i planen fortsatt aktuelle for deres region?"),
            ("form", "Ja, men flere må bli mer presise."), ("form", "Vi savner frister."), ("body", "Takk for svaret.")]
        assert blocks[1].locator == "page=1;field=1"

    def test_tooltip_is_a_label(self):
        """Where nothing is printed beside a field, its tooltip says what the value is."""
        sheet = Sheet().text(72, 780, "Svarskjema")
        sheet.field("Text9", "Leder i utvalget", (300, 400, 500, 420), "Rolle")
        assert texts(read(build(sheet)), "form") == ["Rolle: Leder i utvalget"]

    def test_a_control_character_in_a_value_parts_two_words(self):
        """What a program put between lines or cells does not make one word of two."""
        sheet = Sheet().text(72, 780, "Svarskjema")
        sheet.field("Text9", "Leder\x02nestleder", (300, 400, 500, 420), "Rolle")
        assert texts(read(build(sheet)), "form") == ["Rolle: Leder nestleder"]

    def test_ticked_boxes(self):
        """A box to tick is shown before its printed text, ticked or not."""
        sheet = Sheet().text(90, 700, "Støtter forslaget").text(90, 680, "Støtter ikke forslaget")
        sheet.checkbox("a", True, (72, 698, 84, 710)).checkbox("b", False, (72, 678, 84, 690))
        assert texts(read(build(sheet))) == ["☒ Støtter forslaget", "☐ Støtter ikke forslaget"]

    def test_field_in_a_table_cell(self):
        """A value typed into a table's cell is that cell's text."""
        sheet = Sheet().grid([60, 250, 530], [700, 660, 620]).text(64, 680, "Tidsplan").text(64, 640, "Økonomi")
        sheet.field("Text1", "Høsten passer best", (254, 664, 520, 696)).field("Text2", "Midler mangler", (254, 624, 520, 656))
        cells = {(b.row, b.col): b.text for b in read(build(sheet)).blocks}
        assert cells == {(1, 1): "Tidsplan", (1, 2): "Høsten passer best", (2, 1): "Økonomi", (2, 2): "Midler mangler"}

    def test_annotations(self):
        """A sticky note is a comment without its author's name; text typed onto the page is part of it."""
        sheet = Sheet().text(72, 780, PROSE[:70])
        sheet.annotate("Dette bør vi drøfte mer.").annotate("Vi er enige i dette.", "FreeText", (72, 600, 300, 640))
        content = read(build(sheet))
        assert texts(content, "comment") == ["Dette bør vi drøfte mer."]
        assert texts(content, "textbox") == ["Vi er enige i dette."]
        assert not any("Ola Ukjent" in b.text for b in content.blocks)

    def test_annotations_among_links(self):
        """Links are passed over without being opened; what stands before, between and after them is found."""
        sheet = Sheet().text(72, 780, PROSE[:70])
        for kinds in (("Text", "Link", "Link"), ("Link", "Text"), ("Link", "Text", "Text")):
            for kind in kinds:
                sheet.annotate(f"Merknad {len(sheet.annotations)}", kind)
        assert texts(read(build(sheet)), "comment") == ["Merknad 0", "Merknad 4", "Merknad 6", "Merknad 7"]

    def test_xfa_form(self):
        """The values of an XFA form come with their captions, its fixed texts where the page does not show them."""
        template = ("<template xmlns='http://www.xfa.org/schema/xfa-template/3.0/'><subform name='s'>"
                    "<draw><value><text>Svarskjema for planen</text></value></draw>"
                    "<field name='svar1'><caption><value><text>Prioritering</text></value></caption></field>"
                    "</subform></template>")
        datasets = ("<xfa:datasets xmlns:xfa='http://www.xfa.org/schema/xfa-data/1.0/'><xfa:data><s>"
                    "<svar1>Rekruttering først</svar1></s></xfa:data></xfa:datasets>")
        sheet = Sheet().text(72, 780, "Vent litt mens skjemaet lastes.")
        packets = {"template": template, "datasets": datasets}
        assert texts(read(build(sheet, xfa=packets)), "form") == ["Prioritering: Rekruttering først"]
        content = read(build(sheet, xfa=packets, dynamic=True))
        assert texts(content, "form") == ["Svarskjema for planen", "Prioritering: Rekruttering først"]

    def test_embedded_files(self):
        """Files inside the PDF come out as attachments with their names."""
        content = read(build(Sheet().text(72, 780, PROSE[:70]), files={"innspill.txt": b"Vi vil ha flere plasser."}))
        assert [(a.name, a.data) for a in content.attachments] == [("innspill.txt", b"Vi vil ha flere plasser.")]

    def test_properties(self):
        """Title and author are properties; the file's date is not the letter's."""
        assert dict(read(build(Sheet().text(72, 780, "Hei på dere"), title="Svar")).properties) == {
            "title": "Svar", "author": "Forfatter"}


class TestBadInput:
    def test_shifted_font_is_repaired(self, no_ocr):
        """Glyph numbers in place of characters are turned back, with a finding."""
        sheet = Sheet()
        sheet.paragraph(72, 780, PROSE, font=SHIFTED)
        content = read(build(sheet))
        assert texts(content) == [PROSE]
        assert [f.kind for f in content.findings] == ["repaired_text"]

    def test_ligatures_of_a_repaired_page_are_letters(self, no_ocr):
        """A glyph number that turns out to be a ligature becomes its letters, as any other ligature."""
        sheet = Sheet()
        sheet.paragraph(72, 780, PROSE + " Det er þnt.", font=SHIFTED)
        assert texts(read(build(sheet))) == [PROSE + " Det er fint."]

    def test_figures_are_never_repaired(self):
        """A page of figures and foreign words stays as it is printed."""
        rows = [f"Lorem ipsum {year} 06/{year % 28 + 1} 113 445 dolor sit amet" for year in range(1990, 2012)]
        sheet = Sheet()
        for index, row in enumerate(rows):
            sheet.text(72, 790 - 30 * index, row)
        content = read(build(sheet))
        assert texts(content) == rows
        assert content.findings == ()

    def test_lost_characters_are_flagged(self, no_ocr):
        """A font without meanings, and no OCR at hand: the page is named, the rest is read."""
        broken, sound = Sheet(), Sheet()
        broken.paragraph(72, 780, PROSE, font=LOST)
        sound.paragraph(72, 780, OTHER)
        content = read(build(sound, broken))
        assert OTHER in texts(content)
        assert [(f.kind, f.locator) for f in content.findings] == [("broken_text", "page=2")]
        assert "side 2" in content.findings[0].message

    def test_scan_without_ocr_is_unreadable(self, no_ocr):
        """A scan and no OCR: the file is refused with the remedy."""
        page = build(Sheet().text(72, 780, "Skannet side"))
        with pytest.raises(Unreadable, match="Tesseract"):
            read(build(Sheet().picture(photograph(page, dpi=60))))

    def test_scanned_page_among_text_pages(self, no_ocr):
        """A scanned page among others is named in a finding; what can be read is read."""
        scan = photograph(build(Sheet().text(72, 780, "Skannet side")), dpi=60)
        text = Sheet()
        text.paragraph(72, 780, PROSE)
        content = read(build(text, Sheet().picture(scan), Sheet().picture(scan)))
        assert texts(content) == [PROSE]
        assert [f.kind for f in content.findings] == ["no_ocr"]
        assert "sidene 2–3" in content.findings[0].message

    def test_ocr_can_be_switched_off(self):
        """With reading.ocr = false the message says so."""
        scan = build(Sheet().picture(photograph(build(Sheet().text(72, 780, "Skannet")), dpi=60)))
        with pytest.raises(Unreadable, match=r"reading\.ocr"):
            pdf.read(scan, "skann.pdf", Options(reading=Reading(ocr=False)))

    @pytest.mark.skipif(_ocr._installed() is None, reason="Tesseract er ikke installert")
    def test_scan_through_tesseract(self):
        """A scanned page is read through OCR into paragraphs, with page and number."""
        page = Sheet()
        y = page.paragraph(72, 780, PROSE, size=12)
        page.paragraph(72, y - 10, OTHER, size=12)
        content = read(build(Sheet().picture(photograph(build(page)))))
        assert texts(content) == [PROSE, OTHER]
        assert content.blocks[0].locator == "page=1;paragraph=1"

    @pytest.mark.skipif(_ocr._installed() is None, reason="Tesseract er ikke installert")
    def test_broken_font_through_tesseract(self):
        """A page whose characters are lost is read from its picture."""
        page = Sheet()
        page.paragraph(72, 780, PROSE, size=12, font=LOST)
        content = read(build(page))
        assert texts(content) == [PROSE]
        assert "broken_text" not in {f.kind for f in content.findings}

    def test_encrypted(self):
        """A file under a password is refused; one with only an owner's password is read."""
        plain = build(Sheet().text(72, 780, "Vi er enige."))
        with pytest.raises(Unreadable, match="passord"):
            read(encrypt(plain, "hemmelig", "eier"))
        assert texts(read(encrypt(plain, "", "eier"))) == ["Vi er enige."]

    def test_a_damaged_file_after_an_encrypted_one(self):
        """The reason is the file's own, whatever was read before it by the same worker."""
        plain = build(Sheet().text(72, 780, "Vi er enige."))
        with pytest.raises(Unreadable, match="passord"):
            read(encrypt(plain, "hemmelig", "eier"))
        with pytest.raises(Unreadable, match="skadet"):
            read(plain.replace(b"/Pages", b"/Pgs__"))

    def test_too_many_pages(self):
        """More pages than the limit: refused, the limit named."""
        data = build(*[Sheet().text(72, 780, "Side") for _ in range(4)])
        with pytest.raises(OverLimit, match=r"limits\.pages"):
            read(data, pages=3)

    def test_without_any_text(self, no_ocr):
        """Blank pages are refused."""
        with pytest.raises(Unreadable, match="ingen tekst"):
            read(build(Sheet()))

    @pytest.mark.parametrize("damage", [lambda d: d[: len(d) // 2], lambda d: b"%PDF-1.7\n" + b"\x00\xff" * 200,
                                        lambda d: d.replace(b"/Pages", b"/Pgs__"), lambda d: d[:9] + d[40:]])
    def test_damaged_files(self, damage, no_ocr):
        """A damaged file is read as far as it goes or refused with a reason, never anything else."""
        sheet = Sheet()
        sheet.paragraph(72, 780, PROSE)
        try:
            content = read(damage(build(sheet)))
        except Unreadable as error:
            assert error.remedy
        else:
            assert any("Utvalget" in b.text for b in content.blocks)

    def test_same_bytes_same_blocks(self):
        """Reading is repeatable."""
        data = build(Sheet().text(72, 780, "Vi er enige."), Sheet().grid([60, 250, 530], [700, 600]).text(64, 650, "a b"))
        assert read(data) == read(data)

    def test_a_page_that_pdfium_cannot_open_keeps_its_comments(self, no_ocr):
        """Where only the other library gets into the file, what lies on the page is kept too."""
        data = build(Sheet().text(72, 780, "Vi er enige.").annotate("Husk fristen."))
        content = pdf._without_pdfium(data, Options())
        assert texts(content) == ["Vi er enige."]
        assert texts(content, "comment") == ["Husk fristen."]
        assert [f.kind for f in content.findings] == ["damaged_file"]


class TestCutLines:
    def test_only_lines_with_a_gap_are_cut(self):
        """A row of figures with wide gaps does not tear the prose below it apart."""
        sheet = Sheet()
        for x, text in ((72, "Kommune"), (250, "Svar"), (430, "Frist")):
            sheet.text(x, 780, text)
        sheet.paragraph(72, 740, PROSE)
        assert texts(read(build(sheet)))[-1] == PROSE

    def test_words_that_run_up_the_page_are_not_cut_by_the_table_behind_them(self):
        """A sideways heading beside cells stays whole."""
        sheet = Sheet().grid([60, 90, 300, 500], [700, 650, 600, 550])
        for row, y in enumerate((670, 620, 570), 1):
            sheet.text(100, y, f"Tiltak {row}").text(310, y, "pågår")
        sheet.sideways(80, 560, "Fokusområde")
        content = read(build(sheet))
        assert "Fokusområde" in [b.text for b in content.blocks]
