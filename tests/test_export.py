"""PDF for the archive: ``pipeline.export``."""

from __future__ import annotations

import json
import re
import stat
import sys
from io import BytesIO
from pathlib import Path

import docx
import psutil
import pypdf
import pytest
from docx.oxml.ns import qn

from pipeline import export
from pipeline.readers import legacy_doc
from pipeline.writers import saksfremlegg, vedlegg1_word, vedlegg2_word
from tests.writers import sample_result

TEMPLATES = Path(__file__).parent.parent / "templates"
office = pytest.mark.skipif(legacy_doc.office() is None, reason="LibreOffice is not installed")
posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a shell script")


@pytest.fixture(scope="module")
def documents() -> dict[str, bytes]:
    return {w.NAME: w.render(sample_result.result(), TEMPLATES) for w in (saksfremlegg, vedlegg1_word, vedlegg2_word)}


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """``stand_in(script)``: a shell script in place of LibreOffice; its arguments end up in ``tmp_path/arguments``."""
    def install(script: str) -> None:
        program = tmp_path / "soffice"
        program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{tmp_path}/arguments"\n{script}\n')
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(legacy_doc, "office", lambda: str(program))
    return install


def test_without_libreoffice_a_finding_says_what_to_do(documents, monkeypatch):
    """Nothing is made, and the secretary is told how to get the PDF all the same."""
    monkeypatch.setattr(legacy_doc, "office", lambda: None)
    made, (finding,) = export.to_pdf(documents)
    assert made == {} and finding.kind == "no_pdf"
    assert "LibreOffice er ikke installert" in finding.message and "Lagre som" in finding.message


def test_nothing_to_export_starts_nothing(monkeypatch):
    """A run without Word documents is no fault."""
    monkeypatch.setattr(legacy_doc, "office", lambda: pytest.fail("started"))
    assert export.to_pdf({"vedlegg-1-handlingsplan.xlsx": b"x"}) == ({}, ())


@posix
def test_what_is_printed_already_is_not_printed_again(documents, stand_in, tmp_path):
    """Only the others are given to LibreOffice; without others it is not started."""
    stand_in('for f in "$@"; do case $f in *.docx) echo "%PDF-1.7 ny" > "${f%.docx}.pdf";; esac; done')
    made, findings = export.to_pdf(documents, known={saksfremlegg.NAME: b"%PDF-1.7 f\xc3\xb8r", "annet.docx": b"%PDF"})
    assert findings == () and len(made) == len(documents)
    assert made["saksfremlegg.pdf"] == b"%PDF-1.7 f\xc3\xb8r" and made["vedlegg-2-innspill.pdf"] == b"%PDF-1.7 ny\n"
    assert (tmp_path / "arguments").read_text().count(".docx") == len(documents) - 1
    (tmp_path / "arguments").unlink()
    assert export.to_pdf(documents, known=dict.fromkeys(documents, b"%PDF"))[1] == ()
    assert not (tmp_path / "arguments").exists()


@posix
def test_a_document_that_fails_is_named_and_the_others_are_kept(documents, stand_in):
    """One PDF of three is missing: two come through, the third stands in the finding."""
    stand_in('for f in "$@"; do case $f in *.docx) d=${f%.docx}; [ "${d##*/}" = 2 ] || echo "%PDF-1.7" > "$d.pdf";; esac; done')
    made, (finding,) = export.to_pdf(documents)
    assert sorted(made) == ["saksfremlegg.pdf", "vedlegg-2-innspill.pdf"]
    assert "av vedlegg-1-handlingsplan.docx." in finding.message


@posix
def test_a_program_that_hangs_is_ended_with_its_children(documents, stand_in, tmp_path):
    """The time limit ends the starter and what it started."""
    stand_in(f'sleep 60 & echo $! > "{tmp_path}/child"; wait')
    made, (finding,) = export.to_pdf(documents, seconds=1)
    assert made == {} and "mer enn 1 sekunder" in finding.message
    try:
        child = psutil.Process(int((tmp_path / "child").read_text()))
        psutil.wait_procs([child], timeout=30)  # on a busy machine a killed process lives on for a moment
        assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        pass


@posix
def test_a_program_that_does_not_start_is_a_finding(documents, monkeypatch, tmp_path):
    """A path that is no program."""
    monkeypatch.setattr(legacy_doc, "office", lambda: str(tmp_path / "finnes ikke"))
    made, (finding,) = export.to_pdf(documents)
    assert made == {} and "lot seg ikke starte" in finding.message


@posix
def test_the_profile_is_its_own_and_keeps_off_the_network(documents, stand_in, tmp_path):
    """Own profile folder, no macros, no links updated, a proxy that leads nowhere; the case's names are not handed over."""
    stand_in(f'for a in "$@"; do case $a in -env:*) p=${{a#-env:UserInstallation=file://}};; esac; done\n'
             f'cp "$p/user/registrymodifications.xcu" "{tmp_path}/profile"')
    export.to_pdf({"../æ ø;å.docx": documents[saksfremlegg.NAME]})
    profile, arguments = (tmp_path / "profile").read_text(), (tmp_path / "arguments").read_text()
    assert re.search(r"DisableMacrosExecution.*?<value>true", profile) and "127.0.0.1" in profile
    assert "æ" not in arguments and "--headless" in arguments
    options = json.loads(arguments.split("writer_pdf_Export:", 1)[1].splitlines()[0])
    assert options["SelectPdfVersion"] == {"type": "long", "value": "2"} and options["UseTaggedPDF"]["value"] == "true"


@office
def test_the_pdf_is_archivable_tagged_and_titled(documents):
    """PDF/A-2 and PDF/UA by its own declaration, structure tree, language, title, outline, alt texts, links to the sister PDF."""
    made, findings = export.to_pdf(documents)
    assert findings == () and sorted(made) == sorted(n.replace(".docx", ".pdf") for n in documents)
    for name, data in made.items():
        pdf = pypdf.PdfReader(BytesIO(data))
        root = pdf.trailer["/Root"]
        xmp = root["/Metadata"].get_data().decode()
        assert re.search(r"<pdfaid:part>2</pdfaid:part>\s*<pdfaid:conformance>B<", xmp), name
        assert "<pdfuaid:part>1<" in xmp and root["/MarkInfo"]["/Marked"] and root["/Lang"] == "nb-NO"
        assert "/OutputIntents" in root and not pdf.is_encrypted
        assert len(kinds(root["/StructTreeRoot"])) > 20 and pdf.metadata.title
        assert pdf.outline
        fonts = [f.get_object() for page in pdf.pages for f in page["/Resources"]["/Font"].values()]
        assert all("Subset" in f["/BaseFont"] or "+" in f["/BaseFont"] for f in fonts)
    case = pypdf.PdfReader(BytesIO(made["saksfremlegg.pdf"]))
    found = kinds(case.trailer["/Root"]["/StructTreeRoot"])
    assert {"/H1", "/H2", "/H3", "/P", "/Table", "/TH", "/TD", "/L", "/LI", "/Figure", "/Link"} <= set(found)
    links = [str(a.get_object().get("/A", {}).get("/URI", "")) for page in case.pages for a in page.get("/Annots", [])]
    assert any(link.startswith("vedlegg-2-innspill.pdf#") for link in links) and not any(".docx" in link for link in links)
    assert "Belegg:" not in "".join(page.extract_text() for page in case.pages)


def kinds(node, depth: int = 0) -> list[str]:
    """The types of all elements of a structure tree."""
    node = node.get_object()
    if depth > 60 or not isinstance(node, dict | list):
        return []
    if isinstance(node, list):
        return [k for child in node for k in kinds(child, depth + 1)]
    own = [node["/S"]] if "/S" in node else []
    return own + (kinds(node["/K"], depth + 1) if "/K" in node else [])


@office
def test_the_contents_of_the_pdf_tell_the_right_pages(documents):
    """Every entry of the printed table of contents ends in the page that its heading stands on."""
    made, _ = export.to_pdf({saksfremlegg.NAME: documents[saksfremlegg.NAME]})
    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(made["saksfremlegg.pdf"])).pages]
    shown = [re.sub(r"\s+", " ", text) for text in pages]
    body = docx.Document(BytesIO(documents[saksfremlegg.NAME])).element.body
    entries = [" ".join("".join(t.text for t in link.iter(qn("w:t"))).split()) for link in body.iter(qn("w:hyperlink"))
               if (link.get(qn("w:anchor")) or "").startswith("_Toc")]
    assert len(entries) > 5
    for entry in entries:
        title = entry.split(". ", 1)[-1] if entry[0].isdigit() else entry
        found = re.search(re.escape(title) + r" (\d+) ", shown[0])
        assert found, entry
        assert title in shown[int(found[1]) - 1].replace(found[0], "", 1), entry


def test_page_fields_outside_the_contents_are_left_alone():
    """Only the field around the table of contents goes, with its end; what it shows and all other fields stay."""
    def run(inner: str) -> str:
        return f"<w:r>{inner}</w:r>"

    def char(kind: str) -> str:
        return run(f'<w:fldChar w:fldCharType="{kind}"/>')

    def field(code: str, shown: str) -> str:
        return char("begin") + run(f"<w:instrText>{code}</w:instrText>") + char("separate") + shown + char("end")

    inner = run("<w:t>Kapittel</w:t>") + field(" PAGEREF a ", "")
    body = "<w:p>" + field(' TOC \\o "1-3" ', inner) + "</w:p><w:p>" + field(" PAGE ", run("<w:t>2</w:t>")) + "</w:p>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    printed = export._counted(f'<w:document xmlns:w="{space}">{body}</w:document>'.encode()).decode()
    assert " TOC " not in printed
    assert printed.count("PAGEREF") == 1 and " PAGE " in printed and "Kapittel" in printed
    assert printed.count('"begin"') == printed.count('"separate"') == printed.count('"end"') == 2
    assert export._counted(f'<w:document xmlns:w="{space}"><w:p>TOC</w:p></w:document>'.encode()) is None
