"""Text cut into statements."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language import segment
from tests.language.answers import answer, block, heading, item, table


def _cut(text):
    return [text[a:b] for a, b in segment.sentences(text)]


@pytest.mark.parametrize("text", [
    "Dette gjelder bl.a. Strandby og f.eks. Fjellvik.",
    "Vi viser til pkt. 3 jf. § 4 og jfr. kap. 2 ifm. rulleringen.",
    "Det må avklares ila. høsten mht. drift og ift. budsjett.",
    "Planen gjelder tom. 2027 for Strandby m.fl. kommuner.",
    "Møtet var 12. oktober kl. 12.30 i Fjellvik.",
    "Det gjeld m.a. Strandby og t.d. Fjellvik.",
    "Ansvarlig er Kari A. Holm i kommunen.",
    "Tiltak 1.3.2 og nr. 4 koster ca. 3,5 mill. kroner.",
    "Prof. Lund og dr. Moe svarte e.l. på det.",
    "3. Hovedmål bør strykes", "Planen kostet over 40. 000 kroner i fjor", "Elevene i 3. 4. og 5. klasse må gå",
    "Spørsmål 4. Det som mangler",
    "Hvem eier (?) tiltaket her",
])
def test_abbreviations_numbers_and_initials_end_no_sentence(text):
    """A full stop that belongs to an abbreviation, an ordinal, a number or an initial cuts nothing."""
    assert _cut(text) == [text]


@pytest.mark.parametrize(("text", "expected"), [
    ("Planen gjelder ut 2026. Deretter lages en ny.", ["Planen gjelder ut 2026.", "Deretter lages en ny."]),
    ("Det gjelder buss, bane osv. Alt må med.", ["Det gjelder buss, bane osv.", "Alt må med."]),
    ("Er målene gode? ja, stort sett", ["Er målene gode?", "ja, stort sett"]),
    ("Det er «bra». Vi er enige.", ["Det er «bra».", "Vi er enige."]),
    ("Vi støtter det. (Se over.) Takk!", ["Vi støtter det.", "(Se over.)", "Takk!"]),
    ("Vi er enige.Planen er god.", ["Vi er enige.", "Planen er god."]),
    ("Vi vil ha tre ting: a) Gata må merkes. b) Brua må rives. c) Båten må gå.",
     ["Vi vil ha tre ting: a) Gata må merkes.", "b) Brua må rives.", "c) Båten må gå."]),
    ("Vi ønsker: - flere benker - bedre lys – en kiosk", ["Vi ønsker:", "- flere benker", "- bedre lys", "– en kiosk"]),
    ("Brua er smal – og farlig – for barn: den må rives.", ["Brua er smal – og farlig – for barn: den må rives."]),
    ("Det koster 40 000 kr. Det er mye.", ["Det koster 40 000 kr.", "Det er mye."]),
    ("Ad. 2: Torget er for lite.", ["Ad. 2: Torget er for lite."]),
    ("Det var foreslått av Sp. Vi er imot.", ["Det var foreslått av Sp.", "Vi er imot."]),
    ("Den tirs. 3. mar. var det møte.", ["Den tirs. 3. mar. var det møte."]),
    ("Av dem som styrer, er den yngste 54. 130 sider er for mye.", ["Av dem som styrer, er den yngste 54.", "130 sider er for mye."]),
    ("Frist er 1. juni 2026. Så evalueres det.", ["Frist er 1. juni 2026.", "Så evalueres det."]),
    ("Vi vil ha prosjekt X. Det haster.", ["Vi vil ha prosjekt X.", "Det haster."]),
    ("Hva nå?! Ingen vet.", ["Hva nå?!", "Ingen vet."]),
    ("Eitt mål. Det er nok, jf. pkt. 2. Me er samde.", ["Eitt mål.", "Det er nok, jf. pkt. 2.", "Me er samde."]),
    ("første linje\nAndre linje", ["første linje", "Andre linje"]),
    ("Vi ber om: • flere folk • mer tid", ["Vi ber om:", "• flere folk", "• mer tid"]),
])
def test_sentences_end_where_a_reader_would_end_them(text, expected):
    """Sentence ends after years, closing quotes and list-ending abbreviations are found; hard breaks cut."""
    assert _cut(text) == expected


def test_demands_joined_by_semicolon_stay_one_statement():
    """Splitting two demands in one sentence is not this stage's business."""
    assert len(_cut("Færre møter; kortere rapporter samt enklere språk.")) == 1


@given(st.lists(st.text(alphabet="abÆå .,;:!?\n•–\"»(1)2A-", max_size=60), max_size=8))
@settings(max_examples=150, deadline=None)
def test_every_character_is_in_exactly_one_statement(texts):
    """Whatever the blocks hold, each non-blank character of each block stands in one statement, and offsets are exact."""
    document = answer(*[block(t, kind=k) for t, k in zip(texts, ["paragraph", "item", "heading", "cell"] * 2, strict=False)])
    owners = [0] * len(document.text)
    for s in segment.cut(document):
        assert s.text == document.text[s.start:s.end] and s.text.strip()
        for i in range(s.start, s.end):
            owners[i] += 1
    for b in document.blocks:
        for i in range(b.start, b.end):
            assert owners[i] == 1 or (document.text[i].isspace() and owners[i] <= 1)


def test_items_carry_their_lead_in():
    """ "Vi ønsker:" goes with each of its items, nested items have their own, the list's end ends it."""
    cut = segment.cut(answer("Alt er bra. Vi ønsker:", item("flere folk"), item("dette utstyret:"), item("biler", level=1),
                             item("mer tid"), "Det er alt.", item("løst punkt")))
    assert {s.text: s.lead_in for s in cut} == {
        "Alt er bra.": "", "Vi ønsker:": "", "flere folk": "Vi ønsker:", "dette utstyret:": "Vi ønsker:", "biler": "dette utstyret:",
        "mer tid": "Vi ønsker:", "Det er alt.": "", "løst punkt": ""}


def test_a_clause_without_colon_leads_in_too():
    """ "RS mener at" over a list is a lead-in; a finished sentence is none."""
    cut = segment.cut(answer("Utvalget mener at", item("fristen er for kort"), "Vi er ferdige.", item("x")))
    assert [s.lead_in for s in cut] == ["", "Utvalget mener at", "", ""]


def test_headings_above_are_kept_in_order():
    """A statement knows the headings over it, nearest last; a heading of the same level replaces the former."""
    cut = segment.cut(answer(heading("A"), heading("B", 2), "En.", heading("C", 2), "To.", heading("D"), "Tre."))
    assert {s.text: s.headings for s in cut if s.kind != "heading"} == {
        "En.": ("A", "B"), "To.": ("A", "C"), "Tre.": ("D",)}


def test_a_bold_line_over_plain_text_is_a_heading():
    """Unmarked headings are found by their emphasis; a wholly bold answer is none."""
    cut = segment.cut(answer(block("Om tiltakene", bold=True), "De er bra.", block("Alt er fett skrift.", bold=True)))
    assert [s.kind for s in cut] == ["heading", "paragraph", "paragraph"]
    assert cut[1].headings == ("Om tiltakene",)


def test_ids_survive_a_paragraph_added_above():
    """An id follows the text, not its place; equal texts get ids of their own."""
    before = segment.cut(answer("Flere folk.", "Ja.", "Ja."))
    after = segment.cut(answer("Noe nytt.", "Flere folk.", "Ja.", "Ja."))
    assert [s.id for s in before] == [s.id for s in after[1:]]
    assert len({s.id for s in after}) == 4
    assert all(s.id[0] == "s" and len(s.id) == 11 for s in after)


def test_the_same_text_in_two_files_has_two_ids():
    """Ids are unique over all files of a case."""
    assert segment.cut(answer("Ja.", source="a.docx"))[0].id != segment.cut(answer("Ja.", source="b.docx"))[0].id


def test_empty_cells_give_no_statement_and_cells_keep_their_place():
    """A table's empty cells are no statements; the others carry kind and locator."""
    cut = segment.cut(answer(*table(("Mål", ""), ("", "Bra. Men dyrt."))))
    assert [(s.text, s.kind, s.locator) for s in cut] == [
        ("Mål", "cell", "table=1;row=1;col=1"), ("Bra.", "cell", "table=1;row=2;col=2"), ("Men dyrt.", "cell", "table=1;row=2;col=2")]


def test_trap_22_each_statement_has_its_own_written_language():
    """A nynorsk sentence in a bokmål letter is nynorsk; a word that does not tell follows the letter."""
    cut = segment.cut(answer("Vi mener ikke at dette er nødvendig for kommunene.", "Me meiner ikkje at dette trengst.", "Bra plan"))
    assert [s.language for s in cut] == ["nb", "nn", "nb"]


def test_headings_of_plain_text_are_known_by_rhythm():
    """Where a file marks no headings, short lines over paragraphs, three or more, are headings; fragments are not."""
    text = "Vi har snakket om dette lenge, og alle er for det."
    cut = segment.cut(answer("Skolevei", text, "Kollektiv", text, "Økonomi og drift", text, "Lys ved broen", text))
    assert [s.text for s in cut if s.kind == "heading"] == ["Kollektiv", "Økonomi og drift", "Lys ved broen"]
    assert cut[-1].headings == ("Lys ved broen",)
    assert not [s for s in segment.cut(answer("Flere busser", text, "Fortau må bygges", text, "Lys ved broen", "Benker")) if s.kind == "heading"]


def test_an_item_introduces_no_item_beside_it():
    """ "… ingen veit kva HLO er" is a point of its own, whatever its last word; "Vi treng:" opens what follows."""
    cut = segment.cut(answer(item("forkortingane!! ingen her veit kva HLO er"), item("tabellane: for lita skrift"), item("Vi treng:"),
                             item("fleire folk")))
    assert [s.lead_in for s in cut] == ["", "", "", "Vi treng:"]


@pytest.mark.parametrize(("text", "parts"), [
    ("Ordninga må kome att. I fjor sende vi fem skjema.", 2), ("Skåpet er tom. Vi treng nytt.", 2),
    ("Det gjelder tom. 31.12.2026 og lenger.", 1), ("Sendes att. rådmannen og utvalget.", 1),
])
def test_abbreviations_that_are_words_too(text, parts):
    """ "Att" and "tom" end a sentence when the next one begins with a capital."""
    assert len(segment.cut(answer(text))) == parts
