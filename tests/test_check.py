"""May this document be published? Are the templates whole? Trap 25."""

import shutil
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pipeline import check
from pipeline.errors import ConfigError

TEMPLATES = Path(__file__).parent.parent / "templates"


def saved(tmp_path, fill):
    document = docx.Document()
    document.core_properties.author = ""
    fill(document)
    path = tmp_path / "sak.docx"
    document.save(path)
    return path


def test_a_clean_document_may_be_published(tmp_path):
    """Nothing unfilled, no traces, no personal data."""
    assert check.final(saved(tmp_path, lambda d: d.add_paragraph("SSU tar saken til orientering."))) == []


def tracked(document):
    document.add_paragraph("x")._p.append(parse_xml(
        f'<w:ins {nsdecls("w")} w:id="1" w:author="Kari" w:date="2025-01-01T00:00:00Z"><w:r><w:t>ny</w:t></w:r></w:ins>'))


def hidden(document):
    document.add_paragraph("x").runs[0].font.hidden = True


def commented(document):
    paragraph = document.add_paragraph("x")
    document.add_comment(paragraph.runs, "sitat", author="")


def authored(document):
    document.core_properties.author = "Kari Nordmann"


@pytest.mark.parametrize(("fill", "word"), [
    (lambda d: d.add_paragraph("Saksbehandler: [Fyll inn saksbehandler]"), "ikke er fylt ut"),
    (tracked, "Sporede endringer"), (hidden, "skjult tekst"), (commented, "Kommentarer"), (authored, "Kari Nordmann"),
    (lambda d: d.add_paragraph("Ring Ola på mobil 90 00 00 01"), "telefonnummer"),
    (lambda d: d.add_paragraph("Kontakt: ola@gmail.com"), "privat e-postadresse"),
], ids=["placeholder", "tracked", "hidden", "comment", "author", "phone", "mail"])
def test_what_must_not_be_published_is_told(tmp_path, fill, word):
    """Each kind is named with what to do."""
    problems = check.final(saved(tmp_path, fill))
    assert any(word in p for p in problems), problems


def test_a_file_that_is_no_word_document(tmp_path):
    """Another file gets a message, not a crash."""
    path = tmp_path / "sak.docx"
    path.write_bytes(b"ikke zip")
    with pytest.raises(ConfigError, match="Word-dokument"):
        check.final(path)
    with pytest.raises(ConfigError, match="Fant ikke"):
        check.final(tmp_path / "borte.docx")


def test_the_shipped_templates_are_whole():
    """No unknown or broken tag in any committed template."""
    assert check.templates(TEMPLATES) == []


def test_a_missing_and_a_broken_template_are_named(tmp_path):
    """A misspelt tag is told with its paragraph, a missing file with its name."""
    shutil.copytree(TEMPLATES, tmp_path / "maler")
    (tmp_path / "maler" / "gjennomgang.html").unlink()
    path = tmp_path / "maler" / "saksfremlegg.docx"
    document = docx.Document(path)
    document.add_paragraph("Her står {{ saksnumer }}")
    document.save(path)
    faults = "\n".join(check.templates(tmp_path / "maler"))
    assert "gjennomgang.html" in faults
    assert "saksnumer" in faults
