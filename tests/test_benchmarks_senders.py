"""What counts as right, asked, wrong and lost in ``benchmarks.senders``."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks import senders
from benchmarks.cases import build
from pipeline import config
from tests.make import document

TAKEN = replace(document("svar.txt", "Hei"), kind="answer", bodies=("Nord",))


@pytest.mark.parametrize(("changes", "told", "counts"), [
    ({}, False, ("files", "right")), ({"bodies": ()}, True, ("files", "asked")), ({"bodies": ()}, False, ("files", "lost")),
    ({"kind": "minutes"}, True, ("files", "asked")), ({"kind": "minutes"}, False, ("files", "lost")),
    ({"bodies": ("Sør",)}, True, ("files", "wrong")), ({"bodies": ("Nord", "Sør")}, False, ("files", "wrong", "wrong, not told")),
    ({"superseded_by": "annet.txt"}, True, ("files", "wrong")),
])
def test_what_an_answer_of_one_body_counts_as(changes, told, counts):
    """Right is exactly its bodies; without a word to a person it is lost or wrong and not told."""
    one = senders.judged("svar.txt", ["Nord"], "answer", replace(TAKEN, **changes), told)
    assert one.counts == counts and bool(one.error) == (counts != ("files", "right"))


def test_a_replaced_answer_must_not_stand_as_current():
    """It is no answer to be found; taken for a current one it is an error."""
    assert senders.judged("a.txt", ["Nord"], "replaced", TAKEN, False).counts == ("others", "taken for an answer")
    assert senders.judged("a.txt", ["Nord"], "replaced", replace(TAKEN, superseded_by="b.txt"), False).counts == ("others",)


@pytest.mark.parametrize("case", senders.cases(), ids=lambda case: case.name)
def test_the_cases_are_whole(case):
    """Every file is from bodies of its case, and both files of a case are read."""
    settings = config.load(senders.ROOT / "config.toml", case / "case.toml")
    files = build.parse((case / "source.txt").read_text(encoding="utf-8"))
    assert len(files) >= 7
    for file in files:
        assert set(file.bodies) <= set(settings.body_names()), file.name
