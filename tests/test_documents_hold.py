"""What must hold of every document together: Word opens them, everybody can read them, and every line has its evidence."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt
from openpyxl.styles import PatternFill

from pipeline import config, run
from pipeline.config import Body
from pipeline.intake.files import CASE_FILE, find_cases
from pipeline.model import CaseResult, Plan, PlanRow, Point, Register
from pipeline.readers import legacy_doc
from pipeline.references import passages
from pipeline.writers import _word, saksfremlegg, vedlegg1_word, vedlegg2_word
from tests.ooxml import access, package
from tests.writers import sample_result

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
NASTY = "<w:p/> & «{{ passord }}» {% if %} ]]> &amp; 😀👩‍⚕️ שלום عالم \x00\x0b\ud800 \uf0fc \u202e slutt"
SHOWN = NASTY.replace("\x00", "").replace("\x0b", "").replace("\ud800", "").replace("\uf0fc", "•").replace("\u202e", "")
office = pytest.mark.skipif(legacy_doc.office() is None, reason="LibreOffice is not installed")


def documents_of(result: CaseResult) -> dict[str, bytes]:
    made = {w.NAME: w.render(result, TEMPLATES) for w in (saksfremlegg, vedlegg1_word, vedlegg2_word)}
    return {name: data for name, data in made.items() if data is not None}


@cache
def sample() -> CaseResult:
    """The sample case, read and understood as a run does it."""
    (folder,) = find_cases(ROOT / "inputs", "sak", ("handlingsplan-2025",))
    return run.draft(folder, config.load(ROOT / "config.toml", folder.folder / CASE_FILE), run.Progress())


def hostile() -> CaseResult:
    """A hearing whose names, answers and plan try everything: 300 points, of 40 lines, with markup in every text."""
    body = f"RS {NASTY}"[:60]
    clean = _word.clean_text(body)
    many = "\n".join(f"linje {i} {NASTY}" for i in range(40))
    lines = [(f"h{i}", "1a", "layout", "substance", many if i < 3 else f"Utsagn {i} {NASTY}") for i in range(300)]
    document, statements = sample_result.answer("<svar> & {{ fil }}.docx", (clean,), "nb", lines)
    points = tuple(Point(id=s.id, theme="layout", text=s.text, bodies=(clean,), quantifier=clean, statement_ids=(s.id,))
                   for s in statements)
    rows = tuple(PlanRow(number=f"1.1.{i}", focus_number="1", focus_area=f"Område {NASTY}", goal_number="1.1", goal=f"Mål {NASTY}",
                         measure=f"Tiltak {i} {NASTY}", responsible=f"=1+1 {NASTY}", deadline="2026", comment=f"@x {NASTY}",
                         status=("green", "yellow", "red", "unknown")[i % 4], source="plan.xlsx") for i in range(1, 9))
    base = sample_result.settings()
    return sample_result.result(
        name="farlig", documents=(document,), statements=statements, points=points, plan=Plan(rows=rows, title=f"Plan {NASTY}"),
        settings=replace(base, bodies=(Body(name=clean), Body(name="RS B")), case=replace(base.case, title=f"Sak {NASTY}")),
        register=Register(answered=(clean,), missing=("RS B",), answers=((clean, (document.source,)),)))


CASES = {"prøvesaken": sample, "oppdiktet": sample_result.result, "tom": sample_result.empty_result, "farlig": hostile}


@cache
def written(case: str) -> dict[str, bytes]:
    return documents_of(CASES[case]())


def text_of(data: bytes) -> str:
    document = docx.Document(BytesIO(data))
    return "\n".join("".join((t.text or "") if t.tag == qn("w:t") else "\n" for t in p.iter(qn("w:t"), qn("w:br")))
                     for p in document.element.body.iter(qn("w:p")))


@pytest.mark.parametrize("case", CASES)
def test_word_finds_nothing_to_repair(case):
    """Order of elements, relations, content types, ids, styles and lists of every document are as the standard demands."""
    for name, data in written(case).items():
        assert not package.problems(data), name
    assert not package.problems(saksfremlegg.clean_copy(written(case)[saksfremlegg.NAME]))


def test_the_package_checker_sees_what_is_wrong():
    """A dangling relation, a wrong order, a lost bookmark end and an unknown style are each reported."""
    good = written("oppdiktet")[saksfremlegg.NAME]

    def broken(part: str, old: bytes, new: bytes) -> list[str]:
        out = BytesIO()
        with zipfile.ZipFile(BytesIO(good)) as package_in, zipfile.ZipFile(out, "w") as package_out:
            for name in package_in.namelist():
                content = package_in.read(name)
                assert name != part or old in content
                package_out.writestr(name, content.replace(old, new, 1) if name == part else content)
        return package.problems(out.getvalue())

    body = "word/document.xml"
    assert any("not there" in p for p in broken("word/charts/_rels/chart1.xml.rels", b"status1.xlsx", b"borte.xlsx"))
    assert any("does not exist" in p for p in broken(body, b'w:val="Heading1"', b'w:val="Finnesikke"'))
    assert any("without begin or end" in p for p in broken(body, b"<w:bookmarkEnd ", b"<w:proofErr "))
    assert any("out of order" in p for p in broken(body, b"<w:pPr><w:pStyle ", b"<w:pPr><w:keepNext/><w:pStyle "))


@pytest.mark.parametrize("case", ["prøvesaken", "oppdiktet", "farlig"])
def test_everybody_can_read_the_case_document_and_the_matrix(case):
    """Title, language, heading levels, table headers, alternative texts, real lists, contrast, contents."""
    assert access.problems(written(case)[saksfremlegg.NAME], quoted=case == "farlig") == []
    assert access.problems(written(case)[vedlegg1_word.NAME], contents=False) == []


def test_vedlegg_2_has_title_language_contents_and_contrast():
    """What of vedlegg 2 is ours; the answers' own tables and headings are as their writers made them."""
    found = access.problems(written("oppdiktet")[vedlegg2_word.NAME], quoted=True)
    assert not [p for p in found if re.search(r"title|language|contents|contrast|empty|from level|alternative text", p)]


def test_the_access_checker_sees_what_is_wrong():
    """No title, English, a jump in the headings, a table without header, a typed list, pale text."""
    document = docx.Document()
    document.core_properties.title = ""
    document.add_heading("Først", 1)
    document.add_heading("Så", 3)
    document.add_table(rows=2, cols=2)
    document.add_paragraph("• skrevet for hånd")
    run_ = document.add_paragraph().add_run("lys grå tekst")
    run_.font.color.rgb, run_.font.size = docx.shared.RGBColor(0xBB, 0xBB, 0xBB), Pt(11)
    out = BytesIO()
    document.save(out)
    found = " / ".join(access.problems(out.getvalue()))
    for fault in ("no title", "not Norwegian", "from level 1 to 3", "no alternative text", "no header row", "typed by hand",
                  "contrast 1.9", "no table of contents"):
        assert fault in found
    assert access.contrast("000000", "FFFFFF") == pytest.approx(21)


# Evidence

def test_every_bullet_about_an_answer_names_its_statements():
    """Each point's comment quotes its statements word for word, names just its bodies, and links to passages that exist."""
    result = sample()
    by_id = {s.id: s for s in result.statements}
    document = docx.Document(BytesIO(written("prøvesaken")[saksfremlegg.NAME]))
    comments = {m[1]: c.text for c in document.comments if (m := re.search(r"\[ssu_(\w+)\]", c.text))}
    bookmarks = Counter(b.get(qn("w:name")) for b in document.element.iter(qn("w:bookmarkStart")))
    assert result.points and {p.id for p in result.points} <= set(comments)
    for point in result.points:
        assert bookmarks[f"ssu_{point.id}"] == 1
        if result.settings.theme(point.theme).list_by_body:
            continue  # under each body its own statements: the next test
        quotes = re.findall(r"«(.*)»$", comments[point.id], re.MULTILINE)
        texts = [by_id[i].text for i in point.statement_ids]
        assert len(quotes) == len(texts) and all(any(q.endswith(t) for q in quotes) for t in texts)
        assert all(text in result.document(by_id[i].source).text for text, i in zip(texts, point.statement_ids, strict=True))
        named = {b for line in comments[point.id].splitlines() if ": " in line for b in line.split(": ")[0].split(" og ")}
        assert set(point.bodies) <= named | {line.split(": ")[0] for line in comments[point.id].splitlines()}


def test_every_sentence_in_the_theme_sections_rests_on_statements():
    """No line under a theme stands without a comment, but for labels, and what says that somebody said nothing."""
    document = docx.Document(BytesIO(written("prøvesaken")[saksfremlegg.NAME]))
    headings = _word.Headings(document)
    inside, checked = False, 0
    for p in document.element.body.iter(qn("w:p")):
        number, level = headings.number(p), headings.level(p)
        text = "".join(t.text or "" for t in p.iter(qn("w:t")))
        if level:
            inside = number.startswith("Tema") or (inside and level == 4)
            continue
        if inside and text and not text.startswith(("Ulike syn:", "Ingen av ", "Har svart, men", "Har ikke svart", "Innspill som ikke")):
            assert p.findall(f".//{qn('w:commentReference')}"), text
            checked += 1
    assert checked >= 40


def test_every_reference_leads_to_its_passage_in_vedlegg_2():
    """A printed "pkt. 1.4" is a link to a bookmark of vedlegg 2 that stands at the passage with that number and text."""
    result = sample()
    known = {p.label: p for p in passages(result).values()}
    by_id = {s.id: s for s in result.statements}
    data = written("prøvesaken")[saksfremlegg.NAME]
    document = docx.Document(BytesIO(data))
    appendix = docx.Document(BytesIO(written("prøvesaken")[vedlegg2_word.NAME]))
    places = {b.get(qn("w:name")): b for b in appendix.element.iter(qn("w:bookmarkStart"))}
    links = [h for h in document.element.iter(qn("w:hyperlink")) if h.get(qn("r:id"))]
    for link in links:
        label = "".join(t.text for t in link.iter(qn("w:t")))
        assert document.part.rels[link.get(qn("r:id"))].target_ref == vedlegg2_word.NAME
        assert link.get(qn("w:anchor")) == known[label].bookmark
        holder = next(places[known[label].bookmark].iterancestors(qn("w:p")))
        there = " ".join("".join(t.text or "" for t in holder.iter(qn("w:t"))).split())
        assert " ".join(by_id[known[label].statement_id].text.split()) in there and label in there
    printed = re.findall(r"pkt\.\s((?:\d+\.\d+(?:, | og )?)+)", text_of(data))
    assert sum(len(re.findall(r"\d+\.\d+", p)) for p in printed) == len(links) > 50


def test_the_clean_copy_keeps_the_references_but_not_the_links():
    """On the web the number is text: vedlegg 2 does not lie beside it there."""
    clean = saksfremlegg.clean_copy(written("prøvesaken")[saksfremlegg.NAME])
    assert text_of(clean) == text_of(written("prøvesaken")[saksfremlegg.NAME])
    with zipfile.ZipFile(BytesIO(clean)) as parts:
        assert b"vedlegg-2-innspill.docx" not in parts.read("word/_rels/document.xml.rels")


# Dangerous text

def test_dangerous_text_comes_through_every_document():
    """Markup, template code, emoji, right-to-left, control characters, 40 lines and 300 points are text and nothing else."""
    made = written("farlig")
    case, matrix, answers = (text_of(made[n]) for n in (saksfremlegg.NAME, vedlegg1_word.NAME, vedlegg2_word.NAME))
    for i in range(3, 300):
        assert f"Utsagn {i} {SHOWN}" in case and f"Utsagn {i} {SHOWN}" in answers
    for i in range(40):
        assert f"linje {i} {SHOWN}" in case
        assert f"linje {i} " in answers
    for i in range(1, 9):
        assert f"Tiltak {i} {SHOWN}" in matrix and f"@x {SHOWN}" in matrix
    for data in made.values():
        with zipfile.ZipFile(BytesIO(data)) as parts:
            assert not re.search("[\ue000-\uf8ff\ufdd0-\ufdef\u202a-\u202e]", parts.read("word/document.xml").decode())


# The nynorsk frame

def test_the_nynorsk_frame_is_whole_and_says_so():
    """A case with the nynorsk template has nynorsk headings and language, and no tag is left."""
    assert saksfremlegg.check(TEMPLATES, "saksfremlegg-nynorsk.docx") == ()
    base = sample_result.settings()
    result = sample_result.result(settings=replace(base, documents=replace(base.documents, template="saksfremlegg-nynorsk.docx")))
    data = saksfremlegg.render(result, TEMPLATES)
    text = text_of(data)
    for phrase in ("Bakgrunn for saka", "Saksopplysningar", "Prosess og innspel frå RS-ene", "Forslag frå verktøyet", "Hovudmål"):
        assert phrase in text
    assert not re.search(r"\{[{%]|\b(?:ikke påbegynt\. Oversikten|Saken legges|Under følger)\b", text)
    assert access.problems(data) == [] == package.problems(data)
    lang = docx.Document(BytesIO(data)).styles.element.find("/".join(map(qn, ("w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang"))))
    assert lang.get(qn("w:val")) == "nn-NO"
    assert any(m.startswith("Forslag frå verktøyet") for m in saksfremlegg.unfilled(data))


def test_what_the_program_computes_follows_the_frame():
    """Status, who answered, silence, suggestions, attachments and comments are nynorsk too; quotes and points are not touched."""
    base = sample_result.settings()
    settings = replace(base, documents=replace(base.documents, template="saksfremlegg-nynorsk.docx"))
    assert settings.nynorsk and not base.nynorsk
    assert not replace(base, documents=replace(settings.documents, language="bokmål")).nynorsk
    data = saksfremlegg.render(sample_result.result(settings=settings), TEMPLATES)
    bokmal = saksfremlegg.render(sample_result.result(settings=replace(
        settings, documents=replace(settings.documents, language="bokmål"))), TEMPLATES)
    text, other = text_of(data), text_of(bokmal)
    for nynorsk, norsk in (("har ikkje svart.", "har ikke svart."), ("raudt", "rødt"), ("er ikkje byrja på", "er ikke påbegynt"),
                           ("sluttar seg til andre sine innspel", "slutter seg til andres innspill"),
                           ("Vurder å purre", "Vurder å purre"), ("kommentaren i planen", "planens kommentar"),
                           ("Vedlegg 2: Innspel frå", "Vedlegg 2: Innspill fra")):
        assert nynorsk in text, nynorsk
        assert norsk in other, norsk
    assert "Penger må være på plass før arbeidet starter" in text.replace("penger", "Penger")
    document = docx.Document(BytesIO(data))
    assert any("sikkerheit" in c.text for c in document.comments)
    quotes = [r for p in document.comments for r in p._comment_elm.iter(qn("w:lang")) if r.get(qn("w:val")) == "nb-NO"]
    assert quotes, "bokmål quotes are tagged in a nynorsk document"


def test_the_attachments_follow_the_case_document():
    """Vedlegg 1 and 2 of a nynorsk case are nynorsk, tagged so; the answers' own words are not touched."""
    base = sample_result.settings()
    result = sample_result.result(settings=replace(base, documents=replace(base.documents, template="saksfremlegg-nynorsk.docx")))
    first, second = vedlegg1_word.render(result, TEMPLATES), vedlegg2_word.render(result, TEMPLATES)
    for phrase in ("Heile planen", "Ikkje byrja på (raudt)", "Hovudmål 1.1", "Talet på tiltak", "Ansvarleg"):
        assert phrase in text_of(first), phrase
    for phrase in ("Innspel frå RS-ene i heilskap", "Kven som har svart", "Kjelde: svar-fjell.docx", "Ikkje motteke svar frå RS Slette",
                   "Annan tekst i fila", "Tabellen er oversiktlig og lett å slå opp i."):
        assert phrase in text_of(second), phrase
    for data in (first, second):
        assert not re.search(r"\b(?:Ikke|ikke påbegynt|Mangler|Hvem som har svart|Betyr|Innhold|Kilde|Pågående|rødt?)\b", text_of(data))
        assert package.problems(data) == []
        document = docx.Document(BytesIO(data))
        lang = document.styles.element.find("/".join(map(qn, ("w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang"))))
        assert lang.get(qn("w:val")) == "nn-NO"
    assert access.problems(first, contents=False) == []
    assert {r.get(qn("w:val")) for r in document.element.body.iter(qn("w:lang"))} == {"nb-NO"}
    for writer in (vedlegg1_word, vedlegg2_word):
        assert writer.check(TEMPLATES) == ()


# Traps, from files to documents

COLOURS = {"green": "70AD47", "yellow": "FFE699", "red": "FF5050", "unknown": None}
PLANNED = (("Fly høyere", "Lette før sola", "Bygge rampe", "green"), ("Fly høyere", "Lette før sola", "Vaske vinger", "red"),
           ("Fly høyere", "Lande mykt", "Kjøpe matter", "unknown"), ("Fly høyere", "Lette før sola", "Sjekke vær", "yellow"),
           ("Se lenger", "Lande mykt", "Pusse glass", "red"))


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """A case of one answer with private-use bullets, and a plan with status as shading alone and a goal printed twice."""
    folder = tmp_path_factory.mktemp("inputs") / "sak"
    folder.mkdir()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Fokusområde", "Hovedmål", "Tiltak", "Ansvarlig", "Frist", "Status"])
    for focus, goal, measure, status in PLANNED:
        sheet.append([focus, goal, measure, "Sekretariatet", "2026", ""])
        if COLOURS[status]:
            sheet.cell(sheet.max_row, 6).fill = PatternFill("solid", fgColor=COLOURS[status])
    book.save(folder / "Handlingsplan.xlsx")
    answer = docx.Document()
    for text in ("Innspill fra RS Lister", "Vi har disse forslagene:", "\uf0fc Planen bør få færre tiltak.",
                 "Språket bør bli enklere.", "\uf0b7 Ansvaret bør stå tydelig ved hvert tiltak."):
        answer.add_paragraph(text)
    answer.save(folder / "Svar RS Lister.docx")
    (found,) = find_cases(folder.parent, "sak", ("sak",))
    result = run.draft(found, config.load(ROOT / "config.toml", folder / CASE_FILE), run.Progress())
    return result, documents_of(result)


def test_trap_17_a_goal_printed_twice_stays_two_and_is_a_finding(planned):
    """Two hovedmål with one text are two in the plan and in the case document, and the reviewer is told."""
    result, made = planned
    goals = {(r.focus_number, r.goal_number, r.goal) for r in result.plan.rows}
    assert len([g for g in goals if g[2] == "Lette før sola"]) == 2
    case = docx.Document(BytesIO(made[saksfremlegg.NAME]))
    assert sum(p.text.endswith("\tLette før sola") for p in case.paragraphs) == 2
    assert any("hovedmål" in f.message.lower() and "Lette før sola" in f.message for f in result.findings)


def test_trap_18_a_goal_belongs_to_its_own_fokusomrade(planned):
    """"Hovedmål 1" of the second area is never the first one's."""
    _, made = planned
    text = text_of(made[saksfremlegg.NAME])
    second = text.rsplit("Fokusområde 2: Se lenger", 1)[1].split("Prosess og innspill")[0]
    assert "2.1.1 «Pusse glass»" in second and "Lette før sola" not in second and "Vaske vinger" not in second


def test_trap_19_colour_is_kept_and_missing_colour_is_never_red(planned):
    """Shading alone gives colour and word in vedlegg 1; no shading is "mangler status" there and in the case document."""
    result, made = planned
    assert {r.measure: r.status for r in result.plan.rows} == {m: s for _, _, m, s in PLANNED}
    table = next(t for t in docx.Document(BytesIO(made[vedlegg1_word.NAME])).tables if t.rows[0].cells[0].text == "Nr.")
    rows = {row.cells[1].text: row.cells[4] for row in table.rows}
    words = {"green": "Gjennomført", "yellow": "Pågående", "red": "Ikke påbegynt", "unknown": "Mangler status"}
    for _, _, measure, status in PLANNED:
        assert rows[measure].text == words[status]
    fills = {s: rows[m]._tc.tcPr.find(qn("w:shd")) for _, _, m, s in PLANNED}
    shown = {s: f.get(qn("w:fill")) if f is not None else None for s, f in fills.items()}
    assert len(set(shown.values())) == 4
    text = text_of(made[saksfremlegg.NAME])
    red = text.split("Fokusområde 1: Fly høyere")[-1].split("Fokusområde 2")[0]
    assert "«Vaske vinger»" in red and re.search(r"[Ss]tatus[^.\n]*:\n[^\n]*«Kjøpe matter»", red)


def test_trap_20_private_use_bullets_are_bullets_and_unbulleted_lines_stay(planned):
    """No box glyph in any document, and the line without a glyph is an own statement."""
    result, made = planned
    texts = [s.text for s in result.statements]
    assert {"Planen bør få færre tiltak.", "Språket bør bli enklere.", "Ansvaret bør stå tydelig ved hvert tiltak."} <= set(texts)
    for data in made.values():
        assert not re.search("[\ue000-\uf8ff]", text_of(data))
    assert "Språket bør bli enklere." in text_of(made[vedlegg2_word.NAME])


def test_trap_21_and_23_what_is_unfilled_is_seen_and_the_view_stands_alone(planned):
    """A fresh draft lists its placeholders; suggestions stand only after the heading for the secretariat's view."""
    _, made = planned
    missing = saksfremlegg.unfilled(made[saksfremlegg.NAME])
    assert "[Fyll inn saksnummer]" in missing and "[Fyll inn forslag til vedtak]" in missing
    facts, view = text_of(made[saksfremlegg.NAME]).rsplit("Sekretariatets vurderinger og forslag til oppfølging\n", 1)
    assert "Forslag fra verktøyet" in view and "Forslag fra verktøyet" not in facts and "Vurder " not in facts


def test_trap_24_no_recommendation_is_invented(planned):
    """Suggestions ask to consider or name a subject; none says what "sekretariatet anbefaler"."""
    _, made = planned
    view = text_of(made[saksfremlegg.NAME]).rsplit("Sekretariatets vurderinger og forslag til oppfølging\n", 1)[1]
    assert not re.search(r"\banbefal|\btilrår|\bvedtar\b|\bslutter seg til forslaget", view)
    for line in view.splitlines():
        if "Grunnlag:" in line:
            assert re.search(r"Vurder|Innhent|[Oo]ppfølging", line)


# LibreOffice

def convert(office_: str, kind: str, files: list[Path], target: Path, home: Path) -> None:
    subprocess.run([office_, f"-env:UserInstallation={(home / 'profil').as_uri()}", "--headless", "--convert-to", kind, "--outdir",
                    str(target), *map(str, files)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180)


@office
def test_documents_survive_docx_odt_docx(tmp_path):
    """After LibreOffice has saved them as .odt and back: every word, bookmark and comment, and a package without loose ends."""
    made = {f"{at}-{name}": data for at, case in enumerate(("prøvesaken", "farlig")) for name, data in written(case).items()}
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    program = legacy_doc.office()
    convert(program, "odt", sorted(tmp_path.glob("*.docx")), tmp_path / "odt", tmp_path)
    convert(program, "docx:MS Word 2007 XML", sorted((tmp_path / "odt").glob("*.odt")), tmp_path / "back", tmp_path)
    for name, data in made.items():
        back = (tmp_path / "back" / name).read_bytes()
        assert not [p for p in package.problems(back) if "not there" in p or "no relation" in p], name
        # LibreOffice itself drops the noncharacters of bidirectional text, nothing else.
        assert "".join(text_of(back).split()) == "".join(text_of(data).split()), name
        before, after = docx.Document(BytesIO(data)), docx.Document(BytesIO(back))
        names = [sorted(b.get(qn("w:name")) for b in d.element.iter(qn("w:bookmarkStart")) if b.get(qn("w:name")).startswith("ssu_"))
                 for d in (before, after)]
        assert names[0] == names[1], name
        assert sorted(c.text.strip() for c in before.comments) == sorted(c.text.strip() for c in after.comments), name
