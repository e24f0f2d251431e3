"""Words made comparable across inflection and written language."""

import pytest

from pipeline.language.lemmas import content


@pytest.mark.parametrize(("one", "other"), [
    ("tiltakene", "tiltaka"), ("tydelig", "tydeleg"), ("fortsatt", "framleis"), ("ansvaret", "ansvar"), ("ressurser", "ressursar"),
    ("kreves", "krevst"), ("brukervennlig", "brukarvenleg"),
])
def test_both_written_languages_meet_in_one_lemma(one, other):
    """The same word in bokmål and nynorsk, in any inflection, has one lemma."""
    assert content(one) == content(other)


def test_function_words_are_left_out():
    """Only words that carry meaning are compared."""
    assert content("Er det som de vil ha på en plan?") == ["plan"]
