"""The case document part by part: ``pipeline.writers.saksfremlegg``."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from pipeline.config import Body, CaseFields, Question, Wording
from pipeline.errors import TemplateError
from pipeline.model import Background, Document, Excerpt, Plan, Point, Register
from pipeline.references import passages
from pipeline.writers import _word, saksfremlegg
from pipeline.writers._saksfremlegg_words import Saksfremlegg, short_name
from tests.writers import sample_result

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


@cache
def rendered(maker=sample_result.result) -> bytes:
    return saksfremlegg.render(maker(), TEMPLATES)


def opened(result=None):
    data = rendered() if result is None else saksfremlegg.render(result, TEMPLATES)
    return docx.Document(BytesIO(data))


def lines(document) -> list[str]:
    """Every paragraph's text, tables included, the table of contents left out, in reading order; all blanks alike."""
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))).replace("\u00a0", " ") for p in document.element.body.iter(qn("w:p"))
            if p.pPr is None or p.pPr.pStyle is None or not p.pPr.pStyle.val.startswith("TOC")]


def numbered_headings(document) -> list[tuple[int, str]]:
    """(level, "2.1 Status …") of every heading."""
    headings = _word.Headings(document)
    found = []
    for p in document.element.body.iter(qn("w:p")):
        number, level = headings.number(p), headings.level(p)
        if level:
            found.append((level, f"{number} {''.join(t.text for t in p.iter(qn('w:t')))}".strip()))
    return found


def section(document, title: str, until: int = 1) -> list[str]:
    """The lines between the heading that ends with ``title`` and the next heading of level ``until`` or above."""
    headings = _word.Headings(document)
    inside, found = False, []
    for p in document.element.body.iter(qn("w:p")):
        text = "".join(t.text or "" for t in p.iter(qn("w:t"))).replace("\u00a0", " ")
        level = headings.level(p)
        if level and level <= until and inside:
            break
        if inside:
            found.append(text)
        if level and text.endswith(title):
            inside = True
    return found


def test_the_committed_template_has_no_unknown_or_broken_tag():
    """Every tag of the template is one that the writer fills."""
    assert saksfremlegg.check(TEMPLATES) == ()


def test_every_name_offered_is_used_by_the_template():
    """Nothing computed for the document is lost on the way to the page."""
    word = docx.Document(TEMPLATES / "saksfremlegg.docx")
    xml = word.element.xml + word.sections[0].header._element.xml
    unused = [name for name in _word.shape_of(Saksfremlegg) if not re.search(rf"\b{name}\b", xml)]
    assert unused == ["dato", "frist", "svarer", "svarere_lang"]  # offered for people's own templates


def test_parts_come_in_the_order_of_a_real_case_document():
    """Main sections are numbered, status and process stand under Saksopplysninger, themes under the process."""
    assert numbered_headings(opened()) == [
        (1, "1. Bakgrunn for saken"), (1, "2. Saksopplysninger"), (2, "2.1 Status vedtatt handlingsplan"),
        (3, "Fokusområde 1: Møteplasser"), (3, "Fokusområde 2: Læring"), (2, "2.2 Prosess og innspill fra RS-ene"),
        (3, "Tema 1: Oppsett og lesbarhet"), (3, "Tema 2: Hvem som har ansvaret"), (3, "Tema 3: Verktøy i hverdagen"),
        (4, "RS Fjell"), (4, "RS Fjord"), (4, "RS Kyst"), (4, "RS Slette"),
        (3, "Tema 4: Penger og folk"), (3, "Tema 5: Reise og avstand"),
        (1, "3. Sekretariatets vurderinger og forslag til oppfølging"), (1, "4. Forslag til vedtak"), (1, "Vedlegg")]


def test_theme_three_is_not_main_section_three():
    """Only one heading can be read as section 3 (trap 16)."""
    third = [text for _, text in numbered_headings(opened()) if re.match(r"3\b", text)]
    assert third == ["3. Sekretariatets vurderinger og forslag til oppfølging"]


def test_without_a_plan_the_status_section_goes_and_the_rest_renumbers():
    """No section 2.1 on status, no vedlegg 1, and process becomes 2.1."""
    document = opened(sample_result.result(plan=Plan()))
    headings = [text for _, text in numbered_headings(document)]
    assert "2.1 Prosess og innspill fra RS-ene" in headings
    assert not any("Status" in h for h in headings)
    assert not any("vedlegg 1" in line.lower() for line in lines(document))


def test_heading_fields_show_values_or_visible_placeholders():
    """What the case settings lack is a marked field, and is listed (trap 21)."""
    table = opened().tables[0]
    shown = {r.cells[0].text: r.cells[1].text for r in table.rows}
    assert shown == {"Saksnummer": "12/2026", "Møtedato": "5. mars 2026", "Sakstype": "Drøftingssak",
                     "Saksbehandler": "[Fyll inn saksbehandler]", "Arkivsaksnummer": "[Fyll inn arkivsaksnummer]"}
    run = next(r for r in table.rows[3].cells[1].paragraphs[0].runs if r.text)
    assert run.style.name == "Plassholder"
    missing = saksfremlegg.unfilled(rendered())
    assert missing[:2] == ["[Fyll inn saksbehandler]", "[Fyll inn arkivsaksnummer]"]
    assert "[Fyll inn forslag til vedtak]" in missing
    assert any(m.startswith("Forslag fra verktøyet") for m in missing)


def test_a_filled_document_has_nothing_unfilled():
    """Text typed over the placeholders, also with Word's own run splitting, is no longer listed."""
    document = opened()
    for p in document.element.body.iter(qn("w:p")):
        texts = list(p.iter(qn("w:t")))
        whole = "".join(t.text or "" for t in texts)
        if "[Fyll inn" in whole or whole.startswith("Forslag fra verktøyet"):
            for t in texts:
                t.text = "ferdig"
    out = BytesIO()
    document.save(out)
    assert saksfremlegg.unfilled(out.getvalue()) == []


def test_a_placeholder_split_over_runs_is_still_found():
    """Word and LibreOffice cut runs anywhere; the field is found by the paragraph's text."""
    document = docx.Document()
    p = document.add_paragraph("Sak [Fyll ")
    p.add_run("inn saks").bold = True
    p.add_run("nummer] her")
    out = BytesIO()
    document.save(out)
    assert saksfremlegg.unfilled(out.getvalue()) == ["[Fyll inn saksnummer]"]


def test_status_names_red_measures_under_their_own_area():
    """Each fokusområde has its own goals and red tiltak with full numbers; nothing crosses over (trap 18)."""
    document = opened()
    first = section(document, "Fokusområde 1: Møteplasser", until=3)
    second = section(document, "Fokusområde 2: Læring", until=3)
    for found, wanted in ((first, ("1.2.1 «Vaktordning på tvers av kommunegrenser»", "1.3.1 «Fadderordning for nyansatte»")),
                          (second, ("2.2.1 «Beredskapsøvelse»", "2.1.2 «Hospitering»"))):
        assert all(any(line.startswith(text) for line in found) for text in wanted)
    assert not any(re.search(r"\b2\.\d\.\d", line) for line in first)
    assert not any(re.search(r"\b1\.\d\.\d", line) for line in second)


def test_goals_with_the_same_words_stay_apart():
    """The plan's own duplicate is shown as it is, never merged."""
    first = section(opened(), "Fokusområde 1: Møteplasser", until=3)
    assert [line for line in first if "Alle kjenner hverandre" in line] == ["1.Alle kjenner hverandre", "3.Alle kjenner hverandre"]


def test_colours_are_explained_in_words():
    """The legend says what each colour means, and that no colour is no status."""
    text = " ".join(section(opened(), "Saksopplysninger"))
    assert "grønt = gjennomført, gult = startet opp og pågående, rødt = ikke påbegynt. Tiltak uten farge mangler status" in text


def test_the_questionnaire_is_printed_as_it_was_sent():
    """Blocks keep their printed numbers, also two of the same."""
    table = opened().tables[1]
    assert [c.text for c in table.rows[0].cells] == ["Område", "Spørsmål"]
    assert [r.cells[0].text for r in table.rows][1:] == ["1. Om planens form", "1. Om innholdet", "2. Om verktøy", "4. "]
    assert table.rows[1].cells[1].text == "Er planen lett å finne fram i?\nHva kan gjøres enklere?"
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_questions_with_numbers_of_their_own_have_no_bullets_as_well():
    """ "1.1 Hvilke stier …" hangs from its number; a bullet before it would be two marks on one line."""
    questions = tuple(Question(number=n, block=b, text=t, themes=("duty",)) for n, b, t in (
        ("1.1", "Om ansvar", "Hvem har ansvaret?"), ("1.2", "Om ansvar", "Er det nok?"), ("2", "Om verktøy", "Hva trengs?")))
    table = opened(sample_result.result(settings=sample_result.settings(questions=questions))).tables[1]
    assert [[(p.style.name, p.text) for p in row.cells[1].paragraphs] for row in table.rows[1:]] == [
        [("Tabelltekst", "1.1 Hvem har ansvaret?"), ("Tabelltekst", "1.2 Er det nok?")], [("Tabellpunkt", "Hva trengs?")]]


def test_a_case_without_questions_has_no_questionnaire():
    """No empty table and no sentence about questions."""
    document = opened(sample_result.result(settings=sample_result.settings(questions=())))
    assert len(document.tables) == 1
    assert not any("Spørsmålene" in line for line in lines(document))


def test_who_answered_who_did_not_who_was_late_and_who_replaced():
    """The process section says all four, by name."""
    text = " ".join(section(opened(), "Prosess og innspill fra RS-ene", until=3))
    assert "Tre av fire RS har svart: Fjell, Fjord og Kyst." in text
    assert "RS Slette har ikke svart." in text
    assert "Svaret fra RS Kyst kom etter fristen 1. februar 2026." in text
    assert "RS Fjord har sendt et nytt svar som erstatter et tidligere (gammelt svar.docx)." in text


def test_when_all_have_answered_their_names_stand_once():
    """Where it is told who was asked; a long hearing's names stand where it is told who answered."""
    base = sample_result.result()
    everyone = replace(base, register=replace(base.register, answered=sample_result.BODIES, missing=()))
    text = " ".join(lines(opened(everyone)))
    assert "Alle fire RS har svart." in text and text.count("RS Fjell, RS Fjord, RS Kyst og RS Slette") == 1


def test_a_reference_is_not_broken_within():
    """No line ends within "vedlegg 2, pkt. 1.4"."""
    bullets = [p.text for p in opened().paragraphs if p.style.name.startswith("List Bullet") and "pkt." in p.text]
    assert bullets and all("vedlegg\u00a02,\u00a0pkt.\u00a0" in text for text in bullets)


def test_what_announces_a_list_or_figure_is_not_left_behind_on_its_page():
    """The lead of the case papers' quotes stays with them, the last two lines of the contents together; the box of
    suggestions may break anywhere, so that it fills the page that it begins on."""
    document = opened()
    entries = [p for p in document.element.body.iter(qn("w:p")) if p.pPr is not None and p.pPr.pStyle is not None
               and p.pPr.pStyle.val.startswith("TOC")]
    assert [p.pPr.find(qn("w:keepNext")) is not None for p in entries] == [False] * (len(entries) - 2) + [True, False]
    for name in ("Verktøyforslag", "Verktøyforslag punkt"):
        assert document.styles[name].paragraph_format.widow_control is False
    for template in ("saksfremlegg.docx", "saksfremlegg-nynorsk.docx"):
        lead = [p for p in docx.Document(str(TEMPLATES / template)).paragraphs
                if p.text.endswith(("berører temaene i saken:", "gjeld temaa i saka:"))]
        assert [p.paragraph_format.keep_with_next for p in lead] == [True]


def test_a_bullet_names_bodies_unless_the_phrase_does_or_all_agree():
    """Names in parenthesis only where they add something; endorsement is told apart."""
    document = opened()
    shared = section(document, "Oppsett og lesbarhet", until=3)[0]
    assert shared == "Tre av fire RS (Fjell, Fjord og Kyst): hvert tiltak bør få sitt eget nummer (vedlegg 2, pkt. 1.2, 2.2 og 3.1)"
    endorsed = section(document, "Hvem som har ansvaret", until=3)[0]
    assert endorsed.startswith("Tre av fire RS (Fjell, Fjord og Kyst, der Kyst slutter seg til andres innspill): ")
    two = Point(id="p90", theme="duty", text="ansvar", bodies=("RS Fjell", "RS Kyst"), quantifier="To RS (Fjell og Kyst)",
                statement_ids=("s03",))
    everyone = replace(two, id="p91", bodies=sample_result.BODIES, quantifier="Alle RS")
    found = section(opened(sample_result.result(points=(two, everyone))), "Hvem som har ansvaret", until=3)
    assert found[0].startswith("To RS (Fjell og Kyst): ansvar") and found[1].startswith("Alle RS: ansvar")


def test_one_parenthesis_is_enough_and_names_lose_their_noun():
    """An endorser of a point that two make stands after the names, not in a second bracket; "lag" of "Lag Fjell" goes."""
    two = Point(id="p90", theme="duty", text="ansvar", bodies=("RS Fjell", "RS Kyst"), quantifier="To RS (Fjell og Kyst)",
                statement_ids=("s03",), endorsed_by=("RS Kyst",))
    found = section(opened(sample_result.result(points=(two,))), "Hvem som har ansvaret", until=3)
    assert found[0].startswith("To RS (Fjell og Kyst), der Kyst slutter seg til andres innspill: ansvar (")
    assert short_name("Samarbeidsråd Sørkysten", replace(Wording(), noun="samarbeidsråd")) == "Sørkysten"
    assert short_name("Samarbeidsråd", replace(Wording(), noun="samarbeidsråd")) == "Samarbeidsråd"


def test_a_block_of_the_questionnaire_is_one_row():
    """Questions with numbers of their own in one block keep them; a title with its own number gets no second one."""
    questions = (
        Question(number="1", block="A. Formen", text="Er den kort?"), Question(number="2", block="A. Formen", text="Er den klar?"),
        Question(number="3", block="B. Resten", text="Noe mer?"), Question(number="4.1", block="", text="Og ellers?"),
    )
    result = sample_result.result(settings=replace(sample_result.settings(), questions=questions))
    rows = [[c.text for c in row.cells] for row in opened(result).tables[1].rows[1:]]
    assert rows == [["A. Formen", "1. Er den kort?\n2. Er den klar?"], ["B. Resten", "3. Noe mer?"], ["4.1 ", "Og ellers?"]]


def test_a_questionnaire_without_blocks_is_one_row():
    """No column of bare numbers: the whole form stands together, each question with its number."""
    questions = (Question(number="1", text="Er den kort?"), Question(number="2", text="Er den klar?"))
    result = sample_result.result(settings=replace(sample_result.settings(), questions=questions))
    rows = [[c.text for c in row.cells] for row in opened(result).tables[1].rows[1:]]
    assert rows == [["Hele skjemaet", "1. Er den kort?\n2. Er den klar?"]]


def test_praise_is_not_suggested_for_follow_up():
    """What most are content with is offered as something to build on, and the decision takes no stand on it."""
    praise = Point(id="p90", theme="layout", text="tiltakene er fortsatt aktuelle", bodies=sample_result.BODIES[:3],
                   quantifier="Tre av fire RS", statement_ids=("s01",))
    demand = replace(praise, id="p91", theme="duty", text="hvert tiltak må få et navn", statement_ids=("s03",))
    document = opened(sample_result.result(points=(praise, demand)))
    assessed = " ".join(section(document, "oppfølging", until=1))
    decided = " ".join(section(document, "Forslag til vedtak", until=1))
    assert "Tre av fire RS: Tiltakene er fortsatt aktuelle. Vurder om dette skal legges til grunn videre." in assessed
    assert "Tre av fire RS: Hvert tiltak må få et navn. Vurder om dette skal følges opp." in assessed
    assert "aktuelle" not in decided and "«Hvem som har ansvaret»: hvert tiltak må få et navn." in decided


def test_the_quantifier_is_bold():
    """The eye finds who says it first."""
    paragraph = next(p for p in opened().paragraphs if p.text.startswith("Tre av fire RS (Fjell, Fjord og Kyst): hvert"))
    assert paragraph.runs[0].text == "Tre av fire RS" and paragraph.runs[0].style.name == "Kvantor"


def test_disagreement_stands_side_by_side():
    """Both sides follow each other under a heading of their own, each with its body; also when only one lists the other."""
    found = section(opened(), "Oppsett og lesbarhet", until=3)
    at = found.index("Ulike syn:")
    assert found[at + 1].startswith("RS Fjell: tabellen er oversiktlig")
    assert found[at + 2].startswith("RS Fjord: tabellen er tung")


def test_a_theme_per_body_lists_bullets_under_each_body():
    """Bodies without bullets say whether they are silent, without remarks or missing."""
    found = section(opened(), "Verktøy i hverdagen", until=3)
    assert found == ["RS Fjell", "felles bookingsystem for møterom (vedlegg 2, pkt. 1.4)",
                     "RS Fjord", "ei felles kontaktliste som alltid er oppdatert (vedlegg 2, pkt. 2.4)",
                     "RS Kyst", "Har svart, men sier ikke noe om dette temaet.", "RS Slette", "Har ikke svart."]


def test_a_point_of_several_bodies_stands_under_each_in_a_theme_per_body():
    """Each body's bullet rests on its own statements; the bookmark of the second is its own; disagreement is said."""
    shared = Point(id="p20", theme="tools", text="felles verktøy", bodies=("RS Fjell", "RS Fjord"), quantifier="To RS (Fjell og Fjord)",
                   statement_ids=("s04", "s09"), opposes=("p21",))
    other = Point(id="p21", theme="tools", text="egne verktøy", bodies=("RS Kyst",), quantifier="RS Kyst", statement_ids=("s11",))
    document = opened(sample_result.result(points=(shared, other)))
    found = section(document, "Verktøy i hverdagen", until=3)
    assert found[:4] == ["RS Fjell", "felles verktøy (også Fjord; vedlegg 2, pkt. 1.4)",
                         "RS Fjord", "felles verktøy (også Fjell; vedlegg 2, pkt. 2.4)"]
    assert found[-1] == ("Ulike syn: RS Fjell, RS Fjord og RS Kyst har innspill som peker i ulike retninger "
                         "(vedlegg 2, pkt. 1.4, 2.4 og 3.1).")
    first, second = (c.text for c in document.comments if "[ssu_p20]" in c.text)
    assert "bookingsystem" in first and "kontaktliste" not in first and "kontaktliste" in second
    names = {b.get(qn("w:name")) for b in document.element.iter(qn("w:bookmarkStart"))}
    assert {"ssu_p20", "ssu_p20_2", "ssu_p21"} <= names


def test_many_quiet_bodies_share_a_sentence():
    """In a large hearing the silent and the missing are listed once, not under a heading each."""
    bodies = tuple(Body(name=n) for n in (*sample_result.BODIES, "RS Å", "RS Ø", "RS Æ"))
    document = opened(sample_result.result(
        settings=sample_result.settings(bodies=bodies),
        register=Register(answered=(*sample_result.BODIES[:3], "RS Å"), missing=("RS Slette", "RS Ø", "RS Æ"))))
    found = section(document, "Verktøy i hverdagen", until=3)
    assert found[-2:] == ["Har svart, men sier ikke noe om dette temaet: RS Kyst og RS Å.",
                          "Har ikke svart: RS Slette, RS Ø og RS Æ."]
    assert "RS Kyst" not in found


def test_very_many_quotes_are_cut_off_with_their_passages_named():
    """A comment stays readable: beyond the limit each statement is named by its passage, none is dropped."""
    document, statements = sample_result.answer("svar.docx", ("RS Fjell",), "nb", [
        (f"m{i}", "1a", "layout", "substance", f"Utsagn nummer {i}.") for i in range(60)])
    point = Point(id="m", theme="layout", text="mange", bodies=("RS Fjell",), quantifier="RS Fjell",
                  statement_ids=tuple(f"m{i}" for i in range(60)))
    word = opened(sample_result.result(documents=(document,), statements=statements, points=(point,)))
    [text] = [c.text for c in word.comments if "[ssu_m]" in c.text]
    assert text.startswith("Belegg: 60 utsagn.") and "«Utsagn nummer 39.»" in text and "«Utsagn nummer 40.»" not in text
    assert "Også: vedlegg 2, pkt. 1.41, 1.42, " in text and "1.60." in text


def test_silence_is_not_ingen_merknader():
    """"Ingen merknader" is named only where it is written; silence is called silence."""
    document = opened(sample_result.result(points=()))
    assert section(document, "Reise og avstand", until=3)[0] == "RS Fjord skriver at de ikke har merknader (vedlegg 2, pkt. 2.5)."
    assert section(document, "Penger og folk", until=3)[0] == "Ingen av RS-ene som har svart, sier noe om dette temaet."


def test_before_any_answer_every_part_says_so():
    """The draft is written, all are missing, no theme pretends."""
    document = opened(sample_result.empty_result())
    text = " ".join(lines(document))
    assert "Ingen svar er kommet inn ennå." in text
    for theme in sample_result.THEMES:
        assert section(document, theme.title, until=3)[0] == "Det er ikke kommet inn svar ennå."
    assert "Forslag fra verktøyet" not in text


def test_statements_left_out_are_counted_and_placed():
    """No voice disappears: what is in no point is named with its passage."""
    assert "Ett utsagn er ikke gjengitt i punktene over, og kan leses i vedlegg 2, pkt. 3.4." in lines(opened())


def test_the_secretariats_view_never_stands_among_the_facts():
    """Suggestions are found in the two sections for judgement only, under their marking (trap 23)."""
    document = opened()
    facts = " ".join(section(document, "Bakgrunn for saken") + section(document, "Saksopplysninger"))
    assert not re.search(r"[Vv]urder\b|[Ff]orslag fra verktøyet|anbefal|bør prioriteres", facts)
    for title in ("Sekretariatets vurderinger og forslag til oppfølging", "Forslag til vedtak"):
        found = section(document, title)
        assert found[0].startswith("[Fyll inn ")
        assert found[1] == "Forslag fra verktøyet – må vurderes av sekretariatet"


def test_every_suggestion_rests_on_something_in_the_case():
    """Each names its ground; every number in it is a tiltak or a passage of the case (trap 24)."""
    result = sample_result.result()
    document = opened(result)
    known = {r.number for r in result.plan.rows} | {p.label for p in passages(result).values()}
    found = section(document, "Sekretariatets vurderinger og forslag til oppfølging")[3:] + section(document, "Forslag til vedtak")[3:]
    assert len(found) > 6
    for line in found:
        assert " Grunnlag: " in line
        assert set(re.findall(r"\b\d+(?:\.\d+)+", line)) <= known
        assert re.search(r"\b\d+\.\d+|Registeret", line)


def test_red_measures_with_and_without_follow_up_are_told_apart():
    """Red tiltak without a comment call for attention; those with one only for a look at the comment."""
    found = section(opened(), "Sekretariatets vurderinger og forslag til oppfølging")
    bare = [line for line in found if "prioriteres, endres eller tas ut" in line]
    remarked = [line for line in found if "kommentarfeltet" in line]
    assert len(bare) == 2 and "1.2.1 «Vaktordning" in bare[0] and "2.2.1 «Beredskapsøvelse»" in bare[1]
    assert len(remarked) == 1 and "1.3.1 «Fadderordning" in remarked[0]


def test_what_a_decision_could_follow_up_names_who_and_the_theme_once():
    """The quantifier as it is counted; the theme is not said again as the ground."""
    found = section(opened(), "Forslag til vedtak")
    (line,) = [x for x in found if "«Oppsett og lesbarhet»" in x]
    assert line.startswith("Oppfølging av innspillet fra tre av fire RS om «Oppsett og lesbarhet»: hvert tiltak bør få sitt eget nummer.")
    assert line.endswith("Grunnlag: Vedlegg 2, pkt. 1.2, 2.2 og 3.1.")


def test_many_that_disagree_are_counted_in_the_suggestion():
    """Their names stand under the theme; a box with eleven names in each line is not read."""
    bodies = tuple(f"RS {letter}" for letter in "ABCDEF")
    points = (Point(id="x1", theme="duty", text="ansvaret er klart", bodies=bodies[:3], quantifier="Tre RS", statement_ids=(), opposes=("x2",)),
              Point(id="x2", theme="duty", text="ansvaret er uklart", bodies=bodies[3:], quantifier="Tre RS", statement_ids=(), opposes=("x1",)))
    settings = sample_result.settings(bodies=tuple(Body(name=n) for n in bodies))
    text = " ".join(lines(opened(sample_result.result(settings=settings, points=points, register=Register(answered=bodies)))))
    assert "forholde seg til at seks RS har ulike syn." in text


def test_nothing_to_build_on_gives_no_suggestion():
    """No red tiltak, no shared points, no disagreement: only the placeholders stand (trap 24)."""
    green = sample_result.plan(tuple(row for row in sample_result.ROWS if row[4] == "green"))
    result = sample_result.result(plan=green, points=sample_result.POINTS[4:6],
                                  register=Register(answered=sample_result.BODIES))
    document = opened(result)
    assert section(document, "Sekretariatets vurderinger og forslag til oppfølging") == \
        ["[Fyll inn sekretariatets vurderinger og forslag til oppfølging]"]
    assert section(document, "Forslag til vedtak") == ["[Fyll inn forslag til vedtak]"]


def test_every_point_carries_its_evidence():
    """Comment with body, file, place, quote and confidence for each statement; bookmark; visible reference."""
    result = sample_result.result()
    document = opened(result)
    statements = {s.id: s for s in result.statements}
    names = {b.get(qn("w:name")) for b in document.element.iter(qn("w:bookmarkStart"))}
    comments = {re.search(r"\[ssu_(\w+)\]", c.text)[1]: c.text for c in document.comments if "[ssu_" in c.text}
    for point in result.points:
        assert f"ssu_{point.id}" in names
        for ident in point.statement_ids:
            s = statements[ident]
            label = passages(result)[ident].label
            assert f"{s.bodies[0]}: {s.source}, side 1, avsnitt {s.locator[-1]}, vedlegg 2, pkt. {label}" in comments[point.id]
            assert f"«{s.text}»" in comments[point.id]
        assert "sikkerhet 90 %" in comments[point.id]
    assert "slutter seg til RS Fjell" in comments["p04"]


def test_comments_stand_on_their_bullet():
    """Each comment's range covers exactly the bullet with its point."""
    document = opened()
    for p in document.element.body.iter(qn("w:p")):
        starts = [s.get(qn("w:id")) for s in p.iter(qn("w:commentRangeStart"))]
        assert starts == [r.get(qn("w:id")) for r in p.iter(qn("w:commentReference"))]
        assert starts == [e.get(qn("w:id")) for e in p.iter(qn("w:commentRangeEnd"))]
    ids = [c.comment_id for c in document.comments]
    assert len(ids) == len(set(ids)) == 10


def test_comments_can_be_switched_off():
    """documents.comments = false leaves the visible references and bookmarks."""
    base = sample_result.settings()
    settings = replace(base, documents=replace(base.documents, comments=False))
    document = opened(sample_result.result(settings=settings))
    assert len(list(document.comments)) == 0
    assert any("(vedlegg 2, pkt. 1.2, 2.2 og 3.1)" in line for line in lines(document))
    assert "ssu_p01" in document.element.xml


def test_nynorsk_stays_nynorsk_and_is_tagged():
    """A point whose evidence is nynorsk keeps its words and is tagged nn-NO, in the bullet and in the comment."""
    document = opened()
    paragraph = next(p for p in document.paragraphs if p.text.startswith("ei felles kontaktliste"))
    assert paragraph.runs[0]._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "nn-NO"
    comment = next(c for c in document.comments if "Me treng ei felles" in c.text)
    assert "nn-NO" in comment._comment_elm.xml


def test_hostile_answers_come_through_as_text():
    """Markup, template code, emoji, right-to-left text, control characters and 40 lines in points, names and quotes."""
    nasty = "<w:p> & {{ passord }} {% if %} 😀 שלום \x00\ud800 \uf0fc «x»"
    text = nasty + "\n" + "\n".join(f"linje {i}" for i in range(40))
    document, statements = sample_result.answer("<&> {{ fil }}.docx", ("RS <Fjell> & {{ x }}",), "nb",
                                                [("h1", "1a", "layout", "substance", text)])
    base = sample_result.settings()
    result = sample_result.result(
        settings=replace(base, bodies=(Body(name="RS <Fjell> & {{ x }}"), Body(name="RS B")),
                         case=replace(base.case, title="Sak <1> & {{ to }}")),
        documents=(document,), statements=statements, register=Register(answered=("RS <Fjell> & {{ x }}",), missing=("RS B",)),
        points=(Point(id="h", theme="layout", text=text, bodies=("RS <Fjell> & {{ x }}",), quantifier="RS <Fjell> & {{ x }}",
                      statement_ids=("h1",)),))
    word = opened(result)
    shown = nasty.replace("\x00", "").replace("\ud800", "").replace("\uf0fc", "•")
    bullet = next(p for p in word.paragraphs if p.text.startswith("RS <Fjell> & {{ x }}: "))
    assert f": {shown}\nlinje 0\n" in bullet.text and "linje 39" in bullet.text
    [comment] = [c for c in word.comments if "[ssu_h]" in c.text]
    assert f"«{shown}\nlinje 0" in comment.text and "<&> {{ fil }}.docx" in comment.text
    assert word.core_properties.title == "Sak <1> & {{ to }}"
    assert not re.search("[\ue000-\uf8ff\ufdd0-\ufdef]", word.element.xml + word.comments._comments_elm.xml)


def test_three_hundred_points_each_keep_bookmark_and_comment():
    """A national hearing's points all come through, the long lists of names and passages shortened in the bullet."""
    bodies = tuple(f"Kommune {i:02d}" for i in range(45))
    documents, statements = [], []
    for at, name in enumerate(bodies):
        document, found = sample_result.answer(f"{name}.docx", (name,), "nb", [
            (f"n{i}", "1a", "layout", "substance", f"Utsagn {i}.") for i in range(at, 300, 45)])
        documents.append(document)
        statements += found
    points = tuple(Point(id=f"n{i}", theme="layout", text=f"utsagn {i}", bodies=(bodies[i % 45],), quantifier=bodies[i % 45],
                         statement_ids=(f"n{i}",)) for i in range(1, 300))
    shared = Point(id="n0", theme="layout", text="felles", bodies=bodies[:30], quantifier="Et flertall av kommunene",
                   statement_ids=tuple(f"n{i}" for i in range(30)))
    settings = sample_result.settings(bodies=tuple(Body(name=b) for b in bodies),
                                      quantifiers=Wording(noun="kommuner", noun_definite="kommunene", noun_long="kommuner"))
    word = opened(sample_result.result(settings=settings, documents=tuple(documents), statements=tuple(statements),
                                       points=(shared, *points), register=Register(answered=bodies[:44], missing=bodies[44:])))
    assert len([c for c in word.comments if "[ssu_n" in c.text]) == 300
    assert len({b.get(qn("w:name")) for b in word.element.iter(qn("w:bookmarkStart")) if b.get(qn("w:name")).startswith("ssu_")}) == 300
    bullet = next(p.text for p in word.paragraphs if p.text.startswith("Et flertall"))
    assert "(navnene står i vedlegg 2): felles" in bullet and bullet.endswith(" og 22 til)")
    assert any("44 av 45 kommuner har svart" in line for line in lines(word))
    assert "RS" not in " ".join(lines(word))


def test_earlier_papers_stand_as_quotes_with_their_source():
    """Decisions with case reference, periods and passages; never a conclusion drawn from them."""
    result = sample_result.result(background=Background(
        decisions=(Excerpt(text="Planen skal ses på hvert år, jf. sak 7/2024.", source="sak_2024.docx", locator="paragraph=3",
                           chapter="1. Bakgrunn", reference="sak 7/2024"),),
        focus_areas=(Excerpt(text="Korte reiser", source="strategi.pdf"),),
        context=(Excerpt(text="Reisene skal bli kortere.", source="strategi.pdf", locator="page=2", chapter="3.1 Reise"),)))
    text = " ".join(section(opened(result), "Bakgrunn for saken"))
    assert "«Planen skal ses på hvert år, jf. sak 7/2024.» (jf. sak 7/2024; " in text
    assert "satsingsområdene: Korte reiser." in text
    assert "«Reisene skal bli kortere.» (kap. 3.1 Reise, side 2)" in text
    assert "[Fyll inn bakgrunn" not in text


def test_other_bodies_themes_and_wording_need_no_code():
    """Five municipalities, other themes, another noun: nothing of the standard case shows."""
    settings = replace(sample_result.settings(
        bodies=tuple(Body(name=f"{n} kommune") for n in ("Ås", "Bø", "Re", "Os", "Mo")), themes=sample_result.THEMES[:2], questions=(),
        quantifiers=Wording(noun="kommuner", noun_definite="kommunene", noun_long="kommuner")),
        case=CaseFields(title="Skolerute", committee="Skoleutvalget"))
    word = opened(sample_result.empty_result(settings=settings))
    assert "2.1 Prosess og innspill fra kommunene" in [t for _, t in numbered_headings(word)]
    text = " ".join(lines(word))
    assert "Fem kommuner er bedt om innspill: Ås kommune, Bø kommune, Re kommune, Os kommune og Mo kommune." in text
    assert not re.search(r"\bRS\b|SSU|[Ff]ire", text)


def test_joint_and_unattributed_answers_are_said():
    """A common answer is named as such; one without sender is listed and not counted."""
    joint = Document(source="felles.docx", sha256="5" * 64, kind="answer", bodies=("RS Fjell", "RS Kyst"))
    unknown = Document(source="ukjent.pdf", sha256="6" * 64, kind="answer")
    word = opened(sample_result.result(documents=(joint, unknown), statements=(), points=(),
                                       register=Register(answered=("RS Fjell", "RS Kyst"), missing=("RS Fjord", "RS Slette"))))
    text = " ".join(lines(word))
    assert "RS Fjell og RS Kyst har gitt felles svar." in text
    assert "Ett svar har ukjent avsender og er ikke regnet med: ukjent.pdf." in text


def test_the_same_case_gives_the_same_bytes():
    """Nothing in the file depends on clock, order of sets or machine."""
    assert saksfremlegg.render(sample_result.result(), TEMPLATES) == rendered()


def test_the_clean_copy_has_text_but_no_traces():
    """No comments, no evidence bookmarks, no identifier; every line of text is still there."""
    data = saksfremlegg.clean_copy(rendered())
    assert lines(docx.Document(BytesIO(data))) == lines(opened())
    with zipfile.ZipFile(BytesIO(data)) as package:
        names = package.namelist()
        everything = b"".join(package.read(n) for n in names if n.endswith((".xml", ".rels")))
    assert not any("comments" in n for n in names)
    assert b"comment" not in everything.lower().replace(b"commenttext", b"").replace(b"commentreference", b"")
    assert b"ssu_" not in everything and b"saksutkast/" not in everything
    assert "Møteplasser".encode() in everything


def test_the_clean_copy_leaves_a_persons_properties_out():
    """Names, company and template path that Word writes into a file do not reach the web."""
    document = opened()
    out = BytesIO()
    document.save(out)
    dirty = BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(dirty, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = content.replace(b">Saksutkast<", b">Kari Hemmelig<")
            if name == "docProps/app.xml":
                content = re.sub(rb"<Company[^>]*/>|<Company>.*?</Company>", b"<Company>Hemmelig AS</Company>", content)
            new.writestr(name, content)
    with zipfile.ZipFile(BytesIO(saksfremlegg.clean_copy(dirty.getvalue()))) as package:
        properties = package.read("docProps/core.xml") + package.read("docProps/app.xml")
    assert b"Hemmelig" not in properties


@pytest.mark.parametrize("data", [b"", b"ikke zip", b"PK\x03\x04halv"])
def test_what_is_no_word_file_is_said_so(data):
    """Checking or cleaning something else gives a Norwegian error."""
    for function in (saksfremlegg.unfilled, saksfremlegg.clean_copy):
        with pytest.raises(TemplateError, match="Word"):
            function(data)


# The schema's order of children (ECMA-376 part 1, annex A) for the elements that are put together by hand.
_ORDER = {
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
             "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
           "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
           "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
           "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
           "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal "
             "personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
}


@pytest.mark.parametrize("maker", [sample_result.result, sample_result.empty_result])
def test_elements_stand_in_the_schemas_order(maker):
    """Word refuses or repairs a file whose elements stand in another order; none do."""
    with zipfile.ZipFile(BytesIO(rendered(maker))) as package:
        parts = [etree.fromstring(package.read(n)) for n in package.namelist() if re.match(r"word/[^/]+\.xml$", n)]
    checked = 0
    for root in parts:
        for name, order in _ORDER.items():
            ranks = {qn(f"w:{n}"): i for i, n in enumerate(order.split())}
            for node in root.iter(qn(f"w:{name}")):
                found = [ranks[c.tag] for c in node]
                assert found == sorted(found), etree.tostring(node)[:300]
                checked += 1
    assert checked > 200


def test_accessibility_of_the_whole_document():
    """A4, title, language, heading levels without gaps, header row, alt texts on tables and figures, page fields, list styles."""
    document = opened()
    page = document.sections[0]
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)
    assert document.core_properties.title == "Gjennomgang av samarbeidsplanen"
    levels = [level for level, _ in numbered_headings(document)]
    assert levels[0] == 1 and all(b - a <= 1 for a, b in pairwise(levels))
    for table in document.tables:
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    pictures = list(document.element.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"))
    assert pictures and all(p.get("descr") for p in pictures)
    assert "PAGE" in page.footer._element.xml and "NUMPAGES" in page.footer._element.xml
    bullets = [p for p in document.paragraphs if p.text.startswith(("Tre av fire RS (", "RS Fjell: "))]
    assert bullets and all(p.style.name.startswith("List Bullet") for p in bullets)
    known = {s.style_id for s in document.styles}
    used = {s.get(qn("w:val")) for tag in ("w:pStyle", "w:rStyle", "w:tblStyle") for s in document.element.iter(qn(tag))}
    assert used <= known


def test_no_template_tag_and_no_empty_section_is_left():
    """No leftover braces, and every heading has something under it."""
    for maker in (sample_result.result, sample_result.empty_result):
        document = docx.Document(BytesIO(rendered(maker)))
        assert not re.search(r"\{[{%#]|[%#}]\}", " ".join(lines(document)))
        pictures = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"
        empty = [p for p in document.paragraphs if not p.text.strip() and not list(p._p.iter(pictures, qn("w:fldChar")))]
        assert not empty
        for level, text in numbered_headings(document):
            assert section(document, re.sub(r"^(?:\d+(?:\.\d+)*\.?|Tema \d+:) ", "", text), until=level)


def test_a_persons_own_template_is_used(tmp_path):
    """documents.template names another file: nynorsk frame text, other order, other styles."""
    own = docx.Document()
    own.add_paragraph("Tilrådinga gjeld {{ tittel }} ({{ svarere_lang }}), frist {{ frist }}, {{ dato }}")
    own.save(tmp_path / "nynorsk.docx")
    base = sample_result.settings()
    settings = replace(base, documents=replace(base.documents, template="nynorsk.docx"))
    word = docx.Document(BytesIO(saksfremlegg.render(sample_result.result(settings=settings), tmp_path)))
    assert [p.text for p in word.paragraphs] == [
        "Tilrådinga gjeld Gjennomgang av samarbeidsplanen (regionale samhandlingsutvalg), frist 1. februar 2026, 10. februar 2026"]


def test_a_lost_template_names_the_file_and_the_remedy(tmp_path):
    """The run stops for this case with what to do."""
    with pytest.raises(TemplateError, match=r"saksfremlegg\.docx"):
        saksfremlegg.render(sample_result.result(), tmp_path)
    assert saksfremlegg.check(tmp_path)[0].kind == "template_missing"


def test_case_papers_with_nothing_to_quote_share_a_line():
    """Papers that touch the subject are quoted; the rest are named, the first eight of many."""
    papers = tuple(Document(source=f"p{i}.pdf", sha256="9" * 64, kind="case_paper", properties=(("title", f"Notat nummer {i}"),))
                   for i in range(12))
    result = sample_result.result(documents=(*sample_result.result().documents, *papers), background=Background(
        context=(Excerpt(text="Reisene skal bli kortere.", source="p3.pdf", locator="page=2", chapter="3.1 Reise"),)))
    text = " ".join(section(opened(result), "Bakgrunn for saken"))
    assert "Saksdokumentet «Notat nummer 3» er en del av grunnlaget. Avsnitt som berører temaene i saken:" in text
    assert "Andre saksdokumenter i grunnlaget: «Strategi for samarbeid», «Notat nummer 0»" in text and "og fire til." in text
    assert "Notat nummer 11" not in text


def test_passage_numbers_are_links_to_vedlegg_2():
    """Each number leads to its bookmark through one relation; the words around it are no link."""
    document = opened()
    known = {p.label: p.bookmark for p in passages(sample_result.result()).values()}
    links = [h for h in document.element.iter(qn("w:hyperlink")) if h.get(qn("r:id"))]
    assert {h.get(qn("w:anchor")) for h in links} <= set(known.values()) and len(links) > 15
    assert all(known["".join(t.text for t in h.iter(qn("w:t")))] == h.get(qn("w:anchor")) for h in links)
    assert {document.part.rels[h.get(qn("r:id"))].target_ref for h in links} == {"vedlegg-2-innspill.docx"}


def test_no_remarks_to_one_thing_is_not_no_remarks_at_all():
    """Trap 7: a body that demands something is never said to have no remarks because it had none to one part."""
    case = sample_result.result()
    body = case.settings.body_names()[0]
    speaking = next(s for s in case.statements if s.type == "substance" and s.bodies == (body,))
    scoped = replace(speaking, id="s_scoped", type="no_remarks", theme="none", question=None)
    shown = " ".join(lines(opened(replace(case, statements=(*case.statements, scoped)))))
    assert f"{body} skriver at de ikke har merknader" not in shown
    alone = replace(case, statements=(*tuple(s for s in case.statements if body not in s.bodies), scoped),
                    points=tuple(p for p in case.points if body not in p.bodies))
    assert "skriver at de ikke har merknader" in " ".join(lines(opened(alone)))


def test_no_remarks_to_a_question_beside_points_of_its_theme():
    """A body with points in a theme is not said to have no remarks there: the question is named."""
    case = sample_result.result()
    point = case.points[0]
    question = next(q for q in case.settings.questions if point.theme in q.themes)
    said = next(s for s in case.statements if s.type == "substance" and s.bodies == (point.bodies[0],))
    none = replace(said, id="s_none", type="no_remarks", theme="none", question=question.number)
    shown = " ".join(lines(opened(replace(case, statements=(*case.statements, none)))))
    assert f"{point.bodies[0]} har ikke merknader til spørsmålet «{question.text}»" in shown
    assert f"{point.bodies[0]} skriver at de ikke har merknader" not in shown


def test_trap_12_the_short_word_is_spelt_out_as_configured_only():
    """ "RS" is written out with the house's own words, never with what it happens to mean elsewhere."""
    case = sample_result.result()
    wording = Wording(noun="RS", noun_definite="RS-ene", noun_long="rådgivende samarbeidsorgan")
    shown = " ".join(lines(opened(replace(case, settings=replace(case.settings, quantifiers=wording)))))
    assert "rådgivende samarbeidsorgan" in shown
    assert "regionale samhandlingsutvalg" not in shown
    assert "referatsak" not in shown.lower()
