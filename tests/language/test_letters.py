"""Where a letter closes."""

import pytest

from pipeline.language.letters import closes
from tests.language.answers import find, kept, read


@pytest.mark.parametrize("line", ["Med vennlig hilsen", "Venleg helsing", "Mvh", "Hilsen Bente", "For utvalget", "På vegne av styret"])
def test_greetings_close_a_letter(line):
    """The usual closings are known in both written languages."""
    assert closes(line)


@pytest.mark.parametrize("line", ["Hilsningsfrasene i malen bør strykes.", "For mange tiltak i planen gir dårlig oversikt for oss alle.",
                                  "Med flere folk går det bra.", "For dyrt", "For lave.", "For mange tiltak"])
def test_sentences_close_nothing(line):
    """A view that begins with the same words is no closing."""
    assert not closes(line)


def test_the_signature_answers_no_question():
    """What follows the closing belongs to no question and is no opinion."""
    sifted = read("Er tiltakene fortsatt relevante?", "Ja, alle sammen.", "Med hilsen", "Gro Vik", "leiar, Utvalg Nord")
    assert kept(sifted) == ["Ja, alle sammen."]
    assert find(sifted, "Gro Vik").question is None
