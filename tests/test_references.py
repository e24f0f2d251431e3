"""Passage numbers that the case document and vedlegg 2 share."""

from dataclasses import replace

from pipeline import references
from tests.make import document
from tests.writers.sample_result import result


def test_numbers_run_within_each_body_and_skip_noise():
    """Section per body in configured order, passages counted from 1, noise without number."""
    case = result()
    numbers = references.passages(case)
    assert set(numbers) == {s.id for s in case.statements if s.type != "noise"}
    for section in {p.label.split(".")[0] for p in numbers.values()}:
        running = sorted(int(p.label.split(".")[1]) for p in numbers.values() if p.label.split(".")[0] == section)
        assert running == list(range(1, len(running) + 1))


def test_bookmark_names_are_legal_in_word():
    """At most 40 letters, digits and underscores, beginning with a letter."""
    for passage in references.passages(result()).values():
        assert passage.bookmark[0].isalpha()
        assert passage.bookmark.replace("_", "").isalnum()
        assert len(passage.bookmark) <= 40


def test_answers_stand_in_configured_order_and_unclaimed_ones_last():
    """A joint answer stands once, after those of one body; an answer from nobody known stands last."""
    case = result()
    order = case.settings.body_names()
    documents = (
        document("u.docx", "x", kind="answer"),
        document("b.docx", "x", kind="answer", bodies=(order[1],)),
        document("felles.docx", "x", kind="answer", bodies=(order[0], order[1])),
        document("gammel.docx", "x", kind="answer", bodies=(order[0],), superseded_by="felles.docx"),
    )
    found = references.answers_in_order(replace(case, documents=documents))
    assert [d.source for _, d in found] == ["b.docx", "felles.docx", "u.docx"]


def test_a_late_answer_renumbers_nobody():
    """A section has its number from the body's place among those asked, so references in an edited file hold."""
    case = result()
    last = case.settings.body_names()[-1]
    only = replace(case, documents=(document("z.docx", "x", kind="answer", bodies=(last,)),))
    more = replace(case, documents=(*only.documents, document("a.docx", "x", kind="answer", bodies=(case.settings.body_names()[0],))))
    assert references.sections(only)[(last,)] == references.sections(more)[(last,)] == len(case.settings.bodies)
