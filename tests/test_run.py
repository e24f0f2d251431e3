"""The flow's own promises: what is checked of every case before anything is written."""

from dataclasses import replace

import pytest

from pipeline import config, run, store
from pipeline.errors import InternalError
from pipeline.language import segment
from pipeline.model import Register
from tests.make import document, settings
from tests.writers.sample_result import result


def change(items, index, **fields):
    items = list(items)
    items[index] = replace(items[index], **fields)
    return tuple(items)


def test_a_sound_case_keeps_its_promises():
    """The made-up case of the writers' tests passes the checks."""
    run.keep_promises(result())


@pytest.mark.parametrize("break_it", [
    lambda r: replace(r, statements=change(r.statements, 0, text="noe som ikke står der")),
    lambda r: replace(r, points=change(r.points, 0, statement_ids=())),
    lambda r: replace(r, points=change(r.points, 0, statement_ids=("finnes-ikke",))),
    lambda r: replace(r, points=change(r.points, 0, bodies=("RS Ingensteds",))),
    lambda r: replace(r, points=()),
    lambda r: replace(r, statements=(*r.statements, r.statements[0])),
], ids=["not verbatim", "no evidence", "unknown evidence", "a body that has not said it", "a voice lost", "an id twice"])
def test_a_broken_promise_stops_the_case(break_it):
    """A statement that is not verbatim, a point without evidence, a lost voice: our fault, told as such."""
    with pytest.raises(InternalError) as caught:
        run.keep_promises(break_it(result()))
    assert caught.value.exit_code == 15


def test_exit_6_while_something_is_unread_or_unclaimed():
    """An unread file or an answer without a known body keeps the code at 6."""
    sound = replace(result(), documents=(document("a.docx", "x", kind="answer", bodies=("RS Fjell",)),))
    assert run.exit_code(sound) == 0
    assert run.exit_code(replace(sound, documents=(document("a.docx", status="failed"),))) == 6
    assert run.exit_code(replace(sound, documents=(document("a.docx", "x", kind="answer"),))) == 6
    unsupported_paper = (*sound.documents, document("b.xyz", status="unsupported"))
    assert run.exit_code(replace(sound, documents=unsupported_paper)) == 6


def test_findings_late_and_missing_are_exit_0():
    """Only unread files and unclaimed answers are incomplete; a missing body is ordinary."""
    sound = replace(result(), documents=(), register=Register(missing=("RS Fjell",), late=("RS Fjord",)))
    assert run.exit_code(sound) == 0


def test_coverage_is_the_share_of_an_answers_characters():
    """1.0 when every character of the answer stands in a statement, less when one is dropped."""
    answer = document("a.docx", "Planen er for lang.", "Den bør kortes ned.", kind="answer", bodies=("RS Fjell",))
    case = replace(result(), documents=(answer,), statements=segment.cut(answer))
    assert run.coverage(case) == {"a.docx": 1.0}
    assert run.coverage(replace(case, statements=case.statements[1:]))["a.docx"] == 0.5


def test_a_pdf_is_reused_only_beside_the_word_file_it_was_made_of(tmp_path):
    """Both as the last run of this version wrote them; a person's changes to either, or another draft, mean a new one."""
    words = {"a.docx": b"ord", "b.docx": b"nye ord", "c.docx": b"ord"}
    (tmp_path / "a.pdf").write_bytes(b"%PDF a")
    (tmp_path / "b.pdf").write_bytes(b"%PDF b")
    (tmp_path / "c.pdf").write_bytes(b"%PDF endret")
    outputs = [{"path": name, "sha256": store.sha256(data)} for name, data in (
        ("a.docx", b"ord"), ("b.docx", b"gamle ord"), ("c.docx", b"ord"), ("a.pdf", b"%PDF a"), ("b.pdf", b"%PDF b"),
        ("c.pdf", b"%PDF c"))]
    last = {"version": run.__version__, "outputs": outputs}
    assert run._printed(words, tmp_path, last) == {"a.docx": b"%PDF a"}
    assert run._printed(words, tmp_path, last | {"version": "0"}) == run._printed(words, tmp_path, {}) == {}


def test_a_word_for_the_bodies_that_the_case_chose_needs_no_name():
    """Associations and schools are called "høringsparter" without one being named so; the standard word left in place is told."""
    schools = (config.Body(name="Berg skole"), config.Body(name="Dal vel"))
    chosen = config.Wording(noun="høringsparter", noun_definite="høringspartene", noun_long="høringsparter")
    assert not run._wording(settings(bodies=schools, quantifiers=chosen))
    assert [f.kind for f in run._wording(settings(bodies=schools))] == ["wording"]
