"""gjennomgang.html: what the reviewer is shown. What she can do there is in test_page_in_browser.py."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from pipeline.errors import TemplateError
from pipeline.model import Block, Document, Earlier, Finding, Register, Statement, assemble
from pipeline.review.corrections import Corrections, FileCorrection
from pipeline.writers import gjennomgang
from pipeline.writers._gjennomgang_news import news
from tests.writers import sample_result

TEMPLATES = Path(__file__).parents[2] / "templates"


def page(**changes) -> html.HtmlElement:
    """The page of the sample case; keywords replace fields of its ``CaseResult``."""
    return html.fromstring(gjennomgang.render(sample_result.result(**changes), TEMPLATES).decode("utf-8"))


def section(tree, ident: str) -> str:
    """The text of a section, blanks folded."""
    return " ".join(tree.xpath(f"//section[@aria-labelledby='{ident}']")[0].text_content().split())


def rows(tree, ident: str) -> list[list[str]]:
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("th|td")]
            for row in tree.xpath(f"//section[@aria-labelledby='{ident}']//tbody/tr")]


def test_register_tells_who_has_answered_who_not_and_who_late():
    """A line for everyone asked, with date, number of statements and files."""
    found = rows(page(), "svar")
    assert found[0] == ["RS Fjell", "har svart", "", "5", "svar-fjell.docx"]
    assert found[2][:2] == ["RS Kyst", "for sent innkommet"]
    assert found[3] == ["RS Slette", "mangler", "", "", ""]


def test_table_tells_silence_from_no_remarks_and_from_no_answer():
    """A number, "ingen merknader" only where it is written, "taus" where an answer says nothing, "ikke svart" else."""
    found = {row[0]: row[1:] for row in rows(page(), "tabell")}
    assert found["Reise og avstand"] == ["taus", "ingen merknader", "taus", "ikke svart", "0"]
    assert found["Oppsett og lesbarhet"] == ["2", "2", "1", "ikke svart", "5"]
    assert found["Sum"] == ["5", "4", "4", "0", "13"]


def test_joint_answer_counts_for_each_of_its_bodies():
    """One statement of two bodies is one in each column, and the sum says how it is counted."""
    document, statements = sample_result.answer(
        "felles.docx", ("RS Fjell", "RS Fjord"), "nb", [("j1", None, "money", "substance", "Det koster for mye.")])
    tree = page(documents=(document,), statements=statements, points=(),
                register=Register(answered=("RS Fjell", "RS Fjord"), answers=(("RS Fjell", ("felles.docx",)),)))
    assert {r[0]: r[1:] for r in rows(tree, "tabell")}["Penger og folk"][:2] == ["1", "1"]
    assert tree.xpath("//li[@id='j1']/@data-b") == ["RS Fjell|RS Fjord"]


def test_unsure_statements_stand_first_and_say_why():
    """What needs a look is on top with the reason; noise comes last among the sure."""
    statements = tuple(replace(s, needs_review=s.id == "s09", review_reason="Passer i to temaer." if s.id == "s09" else "",
                               type="noise" if s.id == "s01" else s.type, noise="greeting" if s.id == "s01" else "")
                       for s in sample_result.result().statements)
    tree = page(statements=statements, points=())
    order = tree.xpath("//ul[@id='list']/li/@id")
    assert (order[0], order[-1]) == ("s09", "s01")
    first, last = tree.get_element_by_id("s09"), tree.get_element_by_id("s01")
    assert "Se på. Passer i to temaer." in first.text_content()
    assert first.xpath(".//button[contains(@class, 'ok')]")
    assert last.get("data-k") == "noise"
    assert "hilsen" in last.text_content()


def test_statement_has_source_theme_confidence_and_evidence():
    """Who, where, under which question, where in vedlegg 2, how sure, and in which point."""
    card = page().get_element_by_id("s07")
    text = " ".join(card.text_content().split())
    for part in ("Tiltaka bør nummererast.", "RS Fjord", "brev/svar fjord.pdf, side 1, avsnitt 2", "Spørsmål 1b",
                 "Vedlegg 2, pkt. 2.2", "sikkerhet 90 %", "Oppsett og lesbarhet",
                 "I punktet Tre av fire RS: hvert tiltak bør få sitt eget nummer"):
        assert part in text
    assert card.xpath(".//bdi[@class='t']/@lang") == ["nn"]


def test_unused_statement_says_why():
    """A voice that is in no point is not hidden."""
    card = page().get_element_by_id("s14")
    assert "I ingen punkter. forstås ikke uten sammenheng" in " ".join(card.text_content().split())
    assert "unused" in card.get("data-k")


def test_passage_is_shown_in_context():
    """The sentences before and after, from a sentence's start to a word's end, with the statement marked."""
    lines = [f"Setning nummer {i} handler om vær og føre på fjellovergangen." for i in range(30)]
    document, _ = sample_result.answer("a.docx", ("RS Fjell",), "nb", [(f"x{i}", None, "money", "substance", t)
                                                                       for i, t in enumerate(lines)])
    start = document.text.index(lines[15])
    one = Statement(id="m", source="a.docx", start=start, end=start + len(lines[15]), text=lines[15], locator="",
                    bodies=("RS Fjell",), theme="money")
    tree = page(documents=(document,), statements=(one,), points=(), register=Register())
    passage = tree.get_element_by_id("m").xpath(".//p[@class='passage']")[0]
    assert passage.xpath(".//mark/text()") == [lines[15]]
    text = passage.text_content()
    assert text.startswith("… Setning nummer")
    assert text.endswith(" …")
    assert lines[14] + "\n" + lines[15] + "\n" + lines[16] in text
    assert len(text) < 3 * gjennomgang.CONTEXT


def test_points_name_their_evidence():
    """Each point with its quantifier, its statements, those who only endorse, and disagreement."""
    tree = page()
    point = tree.get_element_by_id("p04")
    assert "RS Kyst slutter seg til" in point.text_content()
    assert point.xpath(".//input[@data-point]/@data-id") == ["s03", "s08", "s12"]
    assert "ulike syn" in tree.get_element_by_id("p02").text_content()


def test_personal_data_is_listed_with_place_and_advice():
    """In what the attachments print: the certain first; in case papers and replaced answers it is nobody's concern."""
    text, blocks = assemble([Block(text="Kontakt oss på e-post post@dal.example.no.", locator="paragraph=1"),
                             Block(text=f"{'Svaret er skrevet av noen andre. ' * 3}Ring meg på tlf. 412 34 567 etter klokka "
                                        f"fire.{' Det er lurt.' * 9}", locator="paragraph=2")])
    answer = Document(source="svar.docx", sha256="", text=text, blocks=blocks, kind="answer", bodies=("RS Fjell",))
    paper = Document(source="notat.docx", sha256="", text="tlf. 412 34 567", kind="case_paper")
    old = replace(answer, source="gammelt.docx", superseded_by="svar.docx")
    tree = page(documents=(answer, paper, old), statements=(), points=(), register=Register())
    found = rows(tree, "person")
    assert [(r[0], r[2], r[3]) for r in found] == [
        ("telefonnummer", "svar.docx, avsnitt 2", "Sladd i vedlegg 2"),
        ("e-postadresse", "svar.docx, avsnitt 1", "Vurder å sladde i vedlegg 2")]
    assert "tlf. 412 34 567 etter" in found[0][1]
    assert found[0][1].startswith("… ")
    assert found[0][1].endswith(" …")


def test_coverage_shows_text_that_is_in_no_statement():
    """Per answer: the share of innspill, of other text, and a warning about what is in neither."""
    text, blocks = assemble([Block(text="Dette er et innspill."), Block(text="Hilsen Kari"), Block(text="Glemt av alle her.")])
    answer = Document(source="svar.docx", sha256="", text=text, blocks=blocks, kind="answer", bodies=("RS Fjell",))
    said = [Statement(id=f"c{i}", source="svar.docx", start=b.start, end=b.end, text=b.text, locator="", bodies=("RS Fjell",),
                      type=t, theme="money") for i, (b, t) in enumerate(zip(blocks[:2], ("substance", "noise"), strict=True))]
    tree = page(documents=(answer,), statements=tuple(said), points=(), register=Register())
    assert "42 % innspill" in rows(tree, "filer")[0][3]
    assert "23 % annet" in rows(tree, "filer")[0][3]
    assert "35 % i ingen utsagn" in rows(tree, "filer")[0][3]


def test_unread_files_are_named_with_the_reason():
    """A file that could not be read stands among the files with its error, an answer without sender as unknown."""
    broken = Document(source="skadet.docx", sha256="", status="failed", error="Filen er skadet. Be om den på nytt.")
    stray = Document(source="hvem.docx", sha256="", kind="answer", text="Noe.")
    tree = page(documents=(*sample_result.result().documents, broken, stray),
                findings=(Finding(kind="failed", message="«skadet.docx» kunne ikke leses.", source="skadet.docx"),))
    found = {r[0].split("Rett type")[0]: r for r in rows(tree, "filer")}
    assert "Filen er skadet. Be om den på nytt." in found["skadet.docx"][4]
    assert found["hvem.docx"][2] == "ukjent"
    assert "«skadet.docx» kunne ikke leses." in section(tree, "funn")


def test_news_since_the_version_before():
    """New files, voices, statements and points, changed quantifiers and themes, and what is gone."""
    result = sample_result.result()
    had = [s for s in result.statements if "RS Kyst" not in s.bodies]
    earlier = Earlier(
        made=date(2026, 1, 20), register=Register(answered=("RS Fjell", "RS Fjord")),
        documents=(*(d for d in result.documents if d.source != "epost.eml/svar.docx"),
                   Document(source="trukket.docx", sha256="9")),
        statements=(*(replace(s, theme="money") if s.id == "s04" else s for s in had),
                    Statement(id="gone", source="trukket.docx", start=0, end=5, text="Nei til alt.", locator="")),
        points=(replace(result.points[0], id="old1", bodies=("RS Fjell", "RS Fjord"), quantifier="To RS (Fjell og Fjord)"),
                *result.points[1:7], replace(result.points[7], id="old8", text="noe ingen mener lenger", statement_ids=("gone",))))
    tree = page(earlier=earlier, findings=(Finding(kind="late", message="Svaret fra RS Kyst kom sent."),))
    text = section(tree, "nytt")
    for part in ("forrige versjon (20. januar 2026)", "RS Kyst har svart.", "epost.eml/svar.docx (ny)", "trukket.docx (borte)",
                 "4 nye utsagn (RS Kyst: 4)", "Tre av fire RS: hvert tiltak bør få sitt eget nummer",
                 "Før: To RS (Fjell og Fjord): hvert tiltak", "Punkter som er borte (1)", "noe ingen mener lenger",
                 "Utsagn med nytt tema (1)", "Penger og folk → Verktøy i hverdagen", "Nei til alt.",
                 "Svaret fra RS Kyst kom sent."):
        assert part in text
    assert tree.xpath("//ul[@id='list']/li[contains(@data-k, 'new')]/@id") == ["s11", "s12", "s13", "s14"]


def test_two_points_of_one_statement_are_told_apart_by_their_words():
    """A statement with two demands was two points and is two points: each is compared with its own."""
    base = sample_result.POINTS[4]
    texts = ("færre tiltak i planen", "et enklere språk")
    before = tuple(replace(base, id=f"o{i}", text=t) for i, t in enumerate(texts))
    now = tuple(replace(base, id=f"n{i}", text=t + ", og det snart") for i, t in enumerate(reversed(texts)))
    result = sample_result.result(points=now)
    found = news(result, Earlier(documents=result.documents, statements=result.statements, points=before,
                                 register=result.register))
    assert [(was.text, p.text) for was, p in found.changed] == [
        (texts[1], "et enklere språk, og det snart"), (texts[0], "færre tiltak i planen, og det snart")]
    assert (found.points, found.gone_points) == ((), ())


def test_no_news_is_said_and_a_first_version_has_no_such_section():
    """The same case again: nothing is new. The first time there is nothing to compare with."""
    result = sample_result.result()
    same = Earlier(documents=result.documents, statements=result.statements, points=result.points, register=result.register)
    assert "de samme som i forrige versjon" in section(page(earlier=same), "nytt")
    assert not page().xpath("//section[@aria-labelledby='nytt']")


def test_corrections_in_force_are_in_the_page():
    """The page carries what rettelser.json says, so that saving again loses nothing."""
    force = Corrections(files=(FileCorrection(path="</script>.pdf", kind="answer", bodies=("RS Fjell",)),))
    data = page(corrections=force).xpath("//script[@id='data']/text()")[0]
    assert json.loads(data)["rettelser"] == force.values()
    assert json.loads(page().xpath("//script[@id='data']/text()")[0])["rettelser"] == {}


def test_large_hearing_shows_the_unsure_and_says_what_it_leaves_out(monkeypatch):
    """Above the limit the list is cut after the unsure, the rest is pointed to, and no link leads nowhere."""
    monkeypatch.setattr(gjennomgang, "SHOWN", 3)
    statements = tuple(replace(s, needs_review=s.id == "s13") for s in sample_result.result().statements)
    tree = page(statements=statements)
    assert tree.xpath("//ul[@id='list']/li/@id")[0] == "s13"
    assert "11 til står i data/statements.jsonl" in section(tree, "utsagn")
    ids = set(tree.xpath("//@id"))
    assert [h for h in tree.xpath("//a/@href") if h[1:] not in ids] == []


@pytest.mark.parametrize("result", [sample_result.result(), sample_result.empty_result()], ids=["whole", "empty"])
def test_page_is_whole_and_alone(result):
    """No address but its own places, every id once, every link leads somewhere, the policy names this script and style."""
    source = gjennomgang.render(result, TEMPLATES).decode("utf-8")
    tree = html.fromstring(source)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(h.startswith("#") and h[1:] in ids for h in tree.xpath("//@href"))
    assert tree.xpath("//@src | //link | //@style") == []
    assert not re.search(r"https?:", source)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    for tag in ("style", "script"):
        inner = source.split(f"<{tag}>")[1].split(f"</{tag}>")[0]
        assert base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode() in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_same_case_gives_the_same_page():
    """Nothing in the page depends on when or where it is made."""
    assert gjennomgang.render(sample_result.result(), TEMPLATES) == gjennomgang.render(sample_result.result(), TEMPLATES)


def test_unwritable_characters_do_not_stop_the_page():
    """A lone surrogate in an answer is replaced, not raised on."""
    document, statements = sample_result.answer("a.docx", ("RS Fjell",), "nb", [("u1", None, "money", "substance", "Et \ud800 tegn.")])
    assert b"Et ? tegn." in gjennomgang.render(
        sample_result.result(documents=(document,), statements=statements, points=(), register=Register()), TEMPLATES)


@pytest.mark.parametrize("template", [None, "{{ nothing_of_the_kind }}", "{% if %}", "<style></style>", "<p>uten stil</p>"])
def test_broken_template_is_told(tmp_path, template):
    """A template that is missing, or asks for what is not there, gives a message with its file."""
    if template is not None:
        (tmp_path / gjennomgang.TEMPLATE).write_text(template, encoding="utf-8")
    with pytest.raises(TemplateError, match=r"gjennomgang\.html"):
        gjennomgang.render(sample_result.result(), tmp_path)


def test_points_that_may_be_about_the_same_are_asked_about():
    """A pair that is too unsure to be joined is kept apart; the page asks the person, and leads to the other point."""
    base = sample_result.result()
    first, second, *rest = base.points
    page = html.fromstring(gjennomgang.render(
        replace(base, points=(replace(first, similar_to=(second.id,)), second, *rest)), TEMPLATES).decode("utf-8"))
    asked = [tag for tag in page.xpath(f"//*[@id='{first.id}']//p") if "Gjelder det samme" in tag.text_content()]
    assert [(link.get("href"), link.text_content()) for tag in asked for link in tag.xpath(".//a")] == [(f"#{second.id}", second.text)]


def test_a_name_that_is_unknown_to_the_script_is_a_template_error(tmp_path):
    """Found by random changes: what is not there cannot be told to the page's script."""
    source = (TEMPLATES / gjennomgang.TEMPLATE).read_text(encoding="utf-8")
    assert "data | tojson" in source or "data|tojson" in source
    (tmp_path / gjennomgang.TEMPLATE).write_text(source.replace("data | tojson", "dato | tojson").replace("data|tojson", "dato|tojson"),
                                                 encoding="utf-8")
    with pytest.raises(TemplateError):
        gjennomgang.render(sample_result.result(), tmp_path)
