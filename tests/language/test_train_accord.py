"""What the model that tells agreement from disagreement is taught on."""

from __future__ import annotations

import json
import random

import pytest

from pipeline.language import train_accord
from pipeline.language.train_accord import Group


def test_the_pairs_of_the_package_are_whole():
    """Each group has sentences that agree and some that do not, none of them twice."""
    own = train_accord.groups()
    assert len(own) > 1000
    for group in own:
        sentences = (*group.same, *group.opposite, *group.near)
        assert len(group.same) >= 2 and group.opposite and len(set(sentences)) == len(sentences), group.same[0]
        assert all(sentence == sentence.strip() and len(sentence.split()) >= 2 for sentence in sentences), group.same[0]


def test_a_line_without_an_opposite_is_named(tmp_path):
    """Teaching stops at what is not whole."""
    line = {"topic": "buss", "same": ["Bussen må gå.", "Behold bussen."], "opposite": [], "near": []}
    (tmp_path / "veg.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"veg\.jsonl, line 1"):
        train_accord.groups(tmp_path)


FOUND = [Group(case="x", same=("Bussen til fjorden må gå oftere.", "Oftere buss, takk."), opposite=("Bussen går ofte nok.",), near=("Bussen er grønn.",)),
         Group(case="x", same=("Ferja til fjorden må gå oftere.", "Flere ferjer."), opposite=("Ferja går ofte nok.",), near=())]


def test_hard_pairs_share_words_and_say_other_things():
    """ "Bussen til fjorden" beside "ferja til fjorden": of two groups of one case."""
    hard = train_accord.hard_pairs(FOUND)
    assert hard[0][0] == ("Bussen til fjorden må gå oftere.", "Ferja til fjorden må gå oftere.")
    assert all(a in (*FOUND[0].same, *FOUND[0].opposite) and b not in FOUND[0].same for a, b in hard[0])


def test_pairs_are_of_their_kind():
    """Same within a group, opposite across it, neither with what stands near or in another group."""
    random.seed(1)
    same, opposite, other = train_accord.drawn(FOUND, train_accord.hard_pairs(FOUND))
    assert {frozenset(pair) for pair in same} == {frozenset(group.same) for group in FOUND}
    assert all(any(a in group.same and b in group.opposite for group in FOUND) for a, b in opposite)
    assert other and not {frozenset(pair) for pair in other} & {frozenset(pair) for pair in (*same, *opposite)}


def test_cases_that_teach_are_named_and_the_last_are_not_among_them():
    """What measures the model has not taught it."""
    taught = train_accord.taught_cases()
    there = {path.parent.name for path in train_accord.CASES.glob("*/gold.jsonl")}
    assert len(set(taught)) == len(taught) and set(taught) < there and len(there - set(taught)) >= 40


def test_pairs_of_a_case_follow_its_labels():
    """A group's sentences of different files agree, those of a group and the one it opposes do not; others share words."""
    random.seed(2)
    same, opposite, other = train_accord.pairs_of_case("sykkelby")
    assert same and opposite and len(other) == 4 * (len(same) + len(opposite))
    assert not {frozenset(pair) for pair in same} & {frozenset(pair) for pair in opposite}
