"""Whether two clauses say the same: probabilities of a model, and groups parted by them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from pipeline.language import accord

ONE = "Moloen må bygges før kaia, ellers slår sjøen rett inn."
PAIRS = [(ONE, "Begynn med moloen, for uten le er en ny kai bortkastet."), (ONE, "Kaia må komme først, moloen kan vente."),
         (ONE, "Det bør settes opp flere benker på kaia.")]


def test_pairs_are_judged_whichever_comes_first():
    """Probabilities add up, and neither order nor company matters."""
    found = accord.find().judge(PAIRS)
    assert found.shape == (3, 3) and np.allclose(found.sum(axis=1), 1, atol=1e-4)
    assert np.array_equal(found, accord.find().judge([pair[::-1] for pair in PAIRS]))
    assert np.array_equal(found[1:2], accord.Accord().judge(PAIRS[1:2]))


def test_no_pairs_need_no_model():
    """An empty case has none."""
    assert accord.find().judge([]).shape == (0, 3)


def test_the_opposite_is_told_from_the_same():
    """Who wants the mole first agrees with who would begin with it, and not with who would begin with the quay."""
    same, opposite, other = accord.find().judge(PAIRS)
    assert same[accord.SAME] > max(opposite[accord.SAME], other[accord.SAME])
    assert opposite[accord.OPPOSITE] > same[accord.OPPOSITE]


@pytest.mark.parametrize("text", ["", "</s>", "Nei </s></s> passage: ja", "ord " * 5000, "漢字" * 300, "\uf0fc"])
def test_any_text_is_judged(text):
    """What a respondent wrote can neither end a clause nor crowd out the other."""
    found = accord.find().judge([(text, ONE), (ONE, text)])
    assert np.isfinite(found).all() and np.array_equal(found[0], found[1])
    assert accord.together(text, ONE).count("</s>") == 2


@pytest.mark.parametrize("missing", ["MODEL", "HEAD"])
def test_without_the_model_nobody_judges(monkeypatch, caplog, missing):
    """A package whose model does not load groups by words and vectors alone, and says so once."""
    accord.find.cache_clear()
    monkeypatch.setattr(accord, missing, "borte")
    assert accord.judge(PAIRS) is None and accord.judge(PAIRS) is None
    assert len(caplog.records) == 1 and "Installer" in caplog.text
    accord.find.cache_clear()


def _judge(same: dict[frozenset[str], float]) -> accord.Judge:
    def judge(pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        shares = np.array([same[frozenset(pair)] for pair in pairs])
        return np.stack([shares, 1 - shares, 0 * shares], axis=1)
    return judge


def _parted(groups: list[list[int]], texts: Sequence[str], judge: accord.Judge, sure: tuple[int, ...] = ()) -> list[list[list[int]]]:
    return accord.agreeing(groups, texts, lambda i, j, shares: shares[accord.SAME] - 0.4, lambda i, j, rest: {i, j} == set(sure), judge)


def test_a_group_is_parted_where_its_members_disagree():
    """One against two. Those that are sure are not asked about."""
    same = {frozenset("ab"): 0.1, frozenset("ac"): 0.1}
    found = _parted([[0, 1, 2]], "abc", _judge(same), sure=(1, 2))
    assert sorted(found[0]) == [[0], [1, 2]]


def test_a_group_that_agrees_on_the_whole_stays():
    """One doubtful pair among many that agree parts nobody."""
    same = {frozenset("ab"): 0.9, frozenset("ac"): 0.9, frozenset("bc"): 0.1}
    assert _parted([[0, 1, 2]], "abc", _judge(same)) == [[[0, 1, 2]]]


def test_nobody_to_judge_parts_nobody():
    """Where the model does not load, what words and vectors have joined stays together."""
    assert _parted([[1, 0], [2]], "abc", lambda pairs: None) == [[[0, 1]], [[2]]]


def test_of_a_large_group_the_first_is_asked_about_the_others():
    """The cost of a group does not grow with its square; one that disagrees with the first stands alone."""
    asked = []

    def judge(pairs):
        asked.extend(pairs)
        return np.array([[0.1, 0.9, 0.0] if "77" in pair else [0.9, 0.05, 0.05] for pair in pairs])

    texts = [str(n) for n in range(100)]
    assert _parted([list(range(100))], texts, judge) == [[[n for n in range(100) if n != 77], [77]]]
    assert len(asked) == 3 + 97
    asked.clear()
    accord.agreeing([list(range(100))], texts, lambda i, j, shares: 1.0, lambda i, j, rest: rest, judge)
    assert len(asked) == 3
