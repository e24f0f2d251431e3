"""The command as a user runs it: a folder in, drafts out, exit codes and messages of the contract."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import docx
import pytest
from pypdf import PdfWriter

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "inputs" / "handlingsplan-2025"
DOCUMENTS = {"saksfremlegg.docx", "vedlegg-1-handlingsplan.docx", "vedlegg-1-handlingsplan.xlsx", "vedlegg-2-innspill.docx",
             "gjennomgang.html"}
DATA = {"documents.jsonl", "statements.jsonl", "points.jsonl", "matrix.jsonl", "register.json", "run.json"}


def ssu(*arguments, cwd):
    """Run the command in its own process, with nothing but its arguments."""
    return subprocess.run([sys.executable, "-m", "pipeline", *map(str, arguments)], cwd=cwd, capture_output=True, text=True,
                          encoding="utf-8", env=_environment(), check=False)


def _environment():
    import os

    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"}


@pytest.fixture
def house(tmp_path):
    """A folder with config and templates, as the secretariat has it, and no case yet."""
    shutil.copy(ROOT / "config.toml", tmp_path)
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / "inputs").mkdir()
    return tmp_path


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample case, run once."""
    house = tmp_path_factory.mktemp("hus")
    shutil.copy(ROOT / "config.toml", house)
    shutil.copytree(ROOT / "templates", house / "templates")
    shutil.copytree(SAMPLE, house / "inputs" / "handlingsplan-2025")
    done = ssu("run", cwd=house)
    return house, done


def outputs(house, case="handlingsplan-2025"):
    return house / "outputs" / case


def lines(house, name, case="handlingsplan-2025"):
    text = (outputs(house, case) / "data" / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def register(house, case="handlingsplan-2025"):
    return json.loads((outputs(house, case) / "data" / "register.json").read_text(encoding="utf-8"))


def word_text(path):
    return "\n".join(t.text or "" for t in docx.Document(path).element.iter(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"))


def answer(house, case, name, *paragraphs):
    folder = house / "inputs" / case if case else house / "inputs"
    folder.mkdir(exist_ok=True)
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(folder / name)


# --- the sample case ---------------------------------------------------------------------------------


def test_the_sample_case_gives_all_outputs(sample):
    """Exit 0, every document and data file, one line on standard output."""
    house, done = sample
    assert done.returncode == 0, done.stderr
    assert {p.name for p in outputs(house).iterdir() if p.is_file()} == DOCUMENTS
    assert {p.name for p in (outputs(house) / "data").iterdir()} == DATA
    assert done.stdout.startswith("handlingsplan-2025: 4 svar, 0 mangler, ")
    assert " funn → " in done.stdout
    assert len(done.stdout.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert "Warning" not in done.stderr


def test_every_input_is_accounted_for(sample):
    """Documents and failures together are the inputs; attachments have a line of their own."""
    house, _ = sample
    sources = {d["source"]: d for d in lines(house, "documents.jsonl")}
    files = {p.relative_to(SAMPLE).as_posix() for p in SAMPLE.rglob("*") if p.is_file() and p.name != "case.toml"}
    assert files <= set(sources)
    assert [d["kind"] for s, d in sources.items() if s.endswith(".eml/Innspill til handlingsplanen.docx")] == ["answer"]
    assert {d["status"] for d in sources.values()} == {"ok"}


def test_statements_are_verbatim_and_only_from_answers(sample):
    """text == document.text[start:end], and no statement is from a case paper or the plan."""
    house, _ = sample
    documents = {d["source"]: d for d in lines(house, "documents.jsonl")}
    statements = lines(house, "statements.jsonl")
    assert statements
    for s in statements:
        assert documents[s["source"]]["text"][s["start"]:s["end"]] == s["text"]
        assert documents[s["source"]]["kind"] == "answer"
        assert s["type"] in {"substance", "endorsement"} or s["theme"] == "none"


def test_points_rest_on_statements_and_their_bodies(sample):
    """Every point names statements that exist, and exactly the bodies of these statements."""
    house, _ = sample
    statements = {s["id"]: s for s in lines(house, "statements.jsonl")}
    points = lines(house, "points.jsonl")
    assert {p["theme"] for p in points} == {"format", "relevance", "responsibility", "resources", "health_technology",
                                            "process", "proposed_areas"}
    for p in points:
        assert set(p["bodies"]) == {b for i in p["statement_ids"] for b in statements[i]["bodies"]}
    used = {i for p in points for i in p["statement_ids"]}
    assert all(s["id"] in used or s["unused"] for s in statements.values() if s["type"] in {"substance", "endorsement"})


def test_the_responsibility_point_of_all_four_is_alle_rs(sample):
    """All four bodies ask for clear responsibility in different words; that is the one «Alle RS»."""
    house, _ = sample
    (point,) = [p for p in lines(house, "points.jsonl") if p["quantifier"] == "Alle RS"]
    assert point["theme"] == "responsibility"


def test_only_the_real_disagreement_is_shown_as_one(sample):
    """Two bodies praise the layout, one calls it unfit for follow-up: nothing else in the sample is opposed."""
    house, _ = sample
    opposed = [p for p in lines(house, "points.jsonl") if p["opposes"]]
    assert {p["theme"] for p in opposed} == {"format"}
    assert {b for p in opposed for b in p["bodies"]} == {"RS Region Kristiansand", "RS Lister", "RS Østre Agder"}


def test_the_matrix_has_the_colours_of_the_sheet(sample):
    """31 measures, status read from the colour of the cell alone."""
    house, _ = sample
    rows = lines(house, "matrix.jsonl")
    assert len(rows) == 31
    assert [sum(r["status"] == c for r in rows) for c in ("green", "yellow", "red", "unknown")] == [11, 11, 9, 0]


def test_vedlegg_2_has_every_word_of_every_answer(sample):
    """Nothing of an answer is lost on the way into the attachment."""
    house, _ = sample
    shown = " ".join(word_text(outputs(house) / "vedlegg-2-innspill.docx").split())
    squeezed = shown.replace(" ", "")
    for d in lines(house, "documents.jsonl"):
        if d["kind"] == "answer":
            for word in d["text"].split():
                assert word.strip("•") in squeezed, (d["source"], word)


def test_a_second_run_rewrites_nothing(sample):
    """No news: the same line, exit 0, and no file touched."""
    house, first = sample
    before = {p: p.stat().st_mtime_ns for p in outputs(house).rglob("*") if p.is_file() and ".ssu" not in p.parts}
    done = ssu("run", cwd=house)
    assert done.returncode == 0
    assert done.stdout == first.stdout
    assert {p: p.stat().st_mtime_ns for p in outputs(house).rglob("*") if p.is_file() and ".ssu" not in p.parts} == before


def test_the_same_input_gives_the_same_data(sample, house):
    """Byte for byte, but for times and output hashes."""
    first, _ = sample
    shutil.copytree(SAMPLE, house / "inputs" / "handlingsplan-2025")
    assert ssu("run", cwd=house).returncode == 0
    for name in DATA - {"run.json"}:
        assert (outputs(house) / "data" / name).read_bytes() == (outputs(first) / "data" / name).read_bytes(), name


def test_status_tells_who_answered_and_which_drafts_exist(sample):
    """``ssu status`` reads the last run and the folder as it is."""
    house, _ = sample
    done = ssu("status", cwd=house)
    assert done.returncode == 0
    assert "Har svart:    RS Region Kristiansand, RS Lister, RS Setesdal og RS Østre Agder" in done.stdout
    assert "saksfremlegg.docx: som skrevet" in done.stdout


def test_check_accepts_the_shipped_configuration(sample):
    """Config, case files and templates are in order."""
    house, _ = sample
    done = ssu("check", cwd=house)
    assert done.returncode == 0, done.stderr
    assert "Malene er i orden" in done.stdout


def test_check_final_refuses_a_fresh_draft(sample):
    """A draft with fields to fill in and evidence comments may not be published."""
    house, _ = sample
    done = ssu("check", "--final", outputs(house) / "saksfremlegg.docx", cwd=house)
    assert done.returncode == 5
    assert "ikke er fylt ut" in done.stdout
    assert "Kommentarer" in done.stdout


def test_logs_hold_no_text_of_respondents(sample):
    """Messages name files and bodies, never what an answer says."""
    house, done = sample
    for s in lines(house, "statements.jsonl"):
        if s["type"] == "substance" and len(s["text"].split()) > 4:
            assert s["text"] not in done.stderr


# --- a person's edits ----------------------------------------------------------------------------------


def edited_and_answered(sample, tmp_path, written, said):
    """The sample after a person wrote a paragraph and RS Lister sent an addition, run again; the person's file is as it was."""
    house = tmp_path / "hus"
    shutil.copytree(sample[0], house)
    edited = outputs(house) / "saksfremlegg.docx"
    document = docx.Document(edited)
    document.add_paragraph(written)
    document.save(edited)
    before = edited.read_bytes()
    answer(house, "handlingsplan-2025", "Tillegg fra Lister.docx", "Tillegg til innspill fra RS Lister", said)
    done = ssu("run", cwd=house)
    assert done.returncode == 0, done.stderr
    assert edited.read_bytes() == before
    return house, done


def test_an_edited_document_is_not_touched_and_the_new_draft_is_named(sample, tmp_path):
    """After an edit and a new answer, the new draft lies beside as .v2 and the message says where."""
    house, done = edited_and_answered(sample, tmp_path, "Sekretariatets egen setning.", "Vi ønsker også at planen blir oversatt til nynorsk.")
    assert (outputs(house) / "saksfremlegg.v2.docx").is_file()
    assert "saksfremlegg.v2.docx" in done.stderr
    assert "saksfremlegg.docx: endret av noen (1 lagt til)" in ssu("status", cwd=house).stdout


# --- bad and odd input -----------------------------------------------------------------------------------


def encrypted_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("hemmelig", algorithm="RC4-128")
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_bad_files_are_named_with_reason_and_remedy(sample, house):
    """Damaged, empty, encrypted, unknown: exit 6 every run, and each is in log, register and review page."""
    shutil.copytree(SAMPLE, house / "inputs" / "handlingsplan-2025")
    bad = house / "inputs" / "handlingsplan-2025"
    whole = (bad / "Svar RS Lister.docx").read_bytes()
    (bad / "skadet.docx").write_bytes(whole[:len(whole) // 3])
    (bad / "tom.docx").write_bytes(b"")
    (bad / "låst.pdf").write_bytes(encrypted_pdf())
    (bad / "ukjent.xyz").write_bytes(bytes(range(256)) * 20)
    for _ in range(2):
        done = ssu("run", cwd=house)
        assert done.returncode == 6, done.stderr
        page = (outputs(house) / "gjennomgang.html").read_text(encoding="utf-8")
        found = {f["source"]: f["message"] for f in register(house)["findings"] if f["kind"] in {"failed", "unsupported"}}
        for name in ("skadet.docx", "tom.docx", "låst.pdf", "ukjent.xyz"):
            assert name in done.stderr
            assert name in found
            assert name in page
    assert "passord" in found["låst.pdf"]
    assert "tom" in found["tom.docx"]
    status = {d["source"]: d["status"] for d in lines(house, "documents.jsonl")}
    assert (status["skadet.docx"], status["tom.docx"], status["låst.pdf"], status["ukjent.xyz"]) == (
        "failed", "failed", "failed", "unsupported")
    assert register(house)["answered"] == register(sample[0])["answered"]


def test_loose_files_form_a_case_and_missing_parts_end_well(house):
    """Files directly in inputs/ are a case named «sak»; no plan means no vedlegg 1 and a finding."""
    answer(house, "", "svar.docx", "Innspill fra RS Lister", "Vi mener at språket i planen må bli enklere.")
    done = ssu("run", cwd=house)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("sak: 1 svar, 3 mangler, ")
    assert {p.name for p in outputs(house, "sak").iterdir() if p.is_file()} == {
        "saksfremlegg.docx", "vedlegg-2-innspill.docx", "gjennomgang.html"}
    assert "no_plan" in {f["kind"] for f in register(house, "sak")["findings"]}
    assert lines(house, "matrix.jsonl", "sak") == []
    assert "2.1" not in word_text(outputs(house, "sak") / "saksfremlegg.docx").replace("\n", " ").split("Prosess")[0][:0]


def test_a_case_without_any_answer_is_written(house):
    """Only a case paper: all bodies are missing, the documents say so, exit 0."""
    answer(house, "sak-a", "strategi.docx", "Strategi for samarbeid 2025–2028", "1. Innledning", "Nettverket skal samarbeide mer.")
    done = ssu("run", cwd=house)
    assert done.returncode == 0, done.stderr
    assert register(house, "sak-a")["answered"] == []
    assert len(register(house, "sak-a")["missing"]) == 4
    assert lines(house, "points.jsonl", "sak-a") == []
    assert "ikke kommet inn noen svar" in word_text(outputs(house, "sak-a") / "vedlegg-2-innspill.docx")


def test_a_case_with_nothing_readable_writes_nothing(house):
    """Exit 4 and no output folder with drafts."""
    (house / "inputs" / "a").mkdir()
    (house / "inputs" / "a" / "tom.docx").write_bytes(b"")
    done = ssu("run", cwd=house)
    assert done.returncode == 4
    assert "tom.docx" in done.stderr
    assert not outputs(house, "a").exists()
    assert not [p for p in (house / "outputs").rglob("*") if p.is_file()]


def test_several_cases_are_all_run_and_the_worst_code_wins(house):
    """A fault in one case does not stop the next; 3 comes before 4."""
    answer(house, "a", "svar.docx", "Innspill fra RS Lister", "Vi mener at språket må bli enklere.")
    (house / "inputs" / "a" / "case.toml").write_text("[case]\ntitel = 'x'\n", encoding="utf-8")
    (house / "inputs" / "b").mkdir()
    (house / "inputs" / "b" / "tom.pdf").write_bytes(b"")
    answer(house, "c", "svar.docx", "Innspill fra RS Setesdal", "Vi mener at språket må bli enklere.")
    done = ssu("run", cwd=house)
    assert done.returncode == 3
    assert "«titel»" in done.stderr
    assert (outputs(house, "c") / "saksfremlegg.docx").is_file()
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["a", "b", "c"]


def test_an_unknown_sender_is_exit_6_until_solved(house):
    """An answer from nobody who was asked is written, flagged, and repeated every run."""
    answer(house, "a", "svar.docx", "Innspill fra Foreningen Fjellvett", "Vi viser til høringen.", "Vi mener at planen må bli kortere.",
           "Foreningen ønsker bedre tider.", "Det bør bli enklere språk.")
    assert [ssu("run", cwd=house).returncode for _ in range(2)] == [6, 6]
    (house / "inputs" / "a" / "case.toml").write_text('[files]\n"svar.docx" = { body = "RS Lister" }\n', encoding="utf-8")
    assert ssu("run", cwd=house).returncode == 0


@pytest.mark.parametrize("arguments", [["kjør"], ["run", "--ukjent"], []])
def test_wrong_use_is_exit_2(house, arguments):
    """Usage errors are told in Norwegian."""
    done = ssu(*arguments, cwd=house)
    assert done.returncode == 2
    assert "ssu --help" in done.stderr


# --- another case, by configuration alone ---------------------------------------------------------------------

OTHER_CASE = '''
[case]
title = "Høring om ny skolestruktur"
committee = "Utvalg for oppvekst"
organisation = "Fjordvik kommune"

[quantifiers]
noun = "skoler"
noun_definite = "skolene"
all = "Samtlige {noun}"

[[bodies]]
name = "Nordbygda skole"
[[bodies]]
name = "Sørbygda skole"
[[bodies]]
name = "Fjellgrenda skole"
[[bodies]]
name = "Holmen skole"
[[bodies]]
name = "Elvestad skole"

[[themes]]
key = "transport"
title = "Skoleskyss og trafikk"
description = "Skoleveg, buss, reisetid, trafikksikkerhet, gangveg og kryss"
[[themes]]
key = "buildings"
title = "Bygg og uteområder"
description = "Skolebygg, klasserom, gymsal, svømmehall, skolegård, inneklima, ventilasjon og vedlikehold"
[[themes]]
key = "learning"
title = "Læringsmiljø og fag"
description = "Undervisning, klassestørrelse, lærertetthet, fagmiljø, spesialundervisning og trivsel"
[[themes]]
key = "community"
title = "Lokalsamfunnet"
description = "Grenda, bygda, foreldre, lag og foreninger, bosetting, identitet og nærmiljø"

[[questions]]
number = "A"
block = "Veien til skolen"
text = "Hvordan vil forslaget påvirke skolevegen for elevene?"
theme = "transport"
[[questions]]
number = "B"
block = "Skolen"
text = "Hva mener skolen om forslaget til nye lokaler?"
theme = ["buildings", "learning"]
[[questions]]
number = "C"
block = "Bygda"
text = "Hva betyr skolen for bygda?"
theme = "community"
'''


def test_another_case_needs_only_configuration(house):
    """Five other bodies, four other themes, other questions and wording: no code knows the first case's."""
    case = "skole"
    (house / "inputs" / case).mkdir()
    (house / "inputs" / case / "case.toml").write_text(OTHER_CASE, encoding="utf-8")
    for name in ("Nordbygda", "Sørbygda", "Fjellgrenda", "Holmen"):
        answer(house, case, f"{name}.docx", f"Svar fra {name} skole", "Hvordan vil forslaget påvirke skolevegen for elevene?",
               "Bussturen blir for lang for de yngste elevene.", "Hva mener skolen om forslaget til nye lokaler?",
               f"{name} skole trenger ny gymsal og bedre ventilasjon.", "Hva betyr skolen for bygda?",
               "Skolen er samlingsstedet i grenda.")
    done = ssu("run", cwd=house)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("skole: 4 svar, 1 mangler, ")
    points = lines(house, "points.jsonl", case)
    assert {p["theme"] for p in points} == {"transport", "buildings", "community"}
    assert "Alle fire skoler som har svart" in {p["quantifier"] for p in points}
    text = word_text(outputs(house, case) / "saksfremlegg.docx")
    assert "Skoleskyss og trafikk" in text
    assert "Elvestad skole" in text
    for foreign in ("Setesdal", "Kristiansand", "helseteknologi", "RS-ene"):
        assert foreign not in text, foreign


def test_news_come_as_tracked_changes_in_the_persons_own_file(sample, tmp_path):
    """After an edit, a late answer gives .v2: the person's words, the news as insertions, and a change log."""
    house, done = edited_and_answered(sample, tmp_path, "Sekretariatets egen setning om torsk.",
                                      "Planen bør oversettes til nordsamisk og leses inn som lydbok.")
    import zipfile

    with zipfile.ZipFile(outputs(house) / "saksfremlegg.v2.docx") as package:
        xml = package.read("word/document.xml").decode()
    assert "Sekretariatets egen setning om torsk." in xml
    assert "w:ins " in xml
    assert "nordsamisk" in xml
    log = (outputs(house) / "endringslogg.txt").read_text(encoding="utf-8")
    assert "Tillegg fra Lister.docx" in log
    assert "endringslogg.txt" in done.stderr
    again = ssu("run", cwd=house)
    assert again.returncode == 0
    assert "ingenting nytt" in again.stderr
