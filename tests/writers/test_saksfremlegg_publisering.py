"""The copy for publication."""

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from pipeline.writers import saksfremlegg_publisering
from tests.make import settings
from tests.writers.sample_result import result

TEMPLATES = Path(__file__).parents[2] / "templates"


def test_it_is_made_only_when_asked_for():
    """The switch is off by default."""
    assert saksfremlegg_publisering.render(result(), TEMPLATES) is None


def test_it_has_no_comments():
    """With the switch on, the same document without the evidence comments."""
    case = result()
    on = replace(case.settings, documents=replace(case.settings.documents, clean_copy=True))
    with zipfile.ZipFile(BytesIO(saksfremlegg_publisering.render(replace(case, settings=on), TEMPLATES))) as package:
        assert not [n for n in package.namelist() if "comments" in n]
        assert b"commentReference" not in package.read("word/document.xml")
    assert settings().documents.clean_copy is False
