"""The copy of vedlegg 2 for publication."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx

from pipeline.language import segment
from pipeline.model import Block
from pipeline.writers import vedlegg2_publisering, vedlegg2_word
from tests.make import document
from tests.writers.sample_result import result

TEMPLATES = Path(__file__).parents[2] / "templates"


def case(clean):
    base = result()
    answer = document("a.docx", "Planen er for lang.", Block(text="Hemmelig merknad", place="comment", locator="comment=1"),
                      kind="answer", bodies=(base.settings.body_names()[0],))
    settings = replace(base.settings, documents=replace(base.settings.documents, clean_copy=clean))
    return replace(base, settings=settings, documents=(answer,), statements=segment.cut(answer), points=())


def text(data):
    return "\n".join(t.text or "" for t in docx.Document(BytesIO(data)).element.iter(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"))


def test_it_is_made_only_when_asked_for():
    """The switch is off by default."""
    assert vedlegg2_publisering.render(case(clean=False), TEMPLATES) is None


def test_comments_of_the_answers_are_left_out():
    """The working copy shows them under «Øvrig tekst i filen», the copy for publication does not."""
    assert "Hemmelig merknad" in text(vedlegg2_word.render(case(clean=True), TEMPLATES))
    published = text(vedlegg2_publisering.render(case(clean=True), TEMPLATES))
    assert "Hemmelig merknad" not in published
    assert "Planen er for lang." in published
