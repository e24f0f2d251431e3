"""Bokmål and nynorsk told apart."""

import pytest

from pipeline.language import dialect


@pytest.mark.parametrize("text", [
    "Vi mener at tiltakene ikke er godt nok beskrevet.",
    "Hvordan skal dette følges opp ute i kommunene?",
    "Ansvaret ble aldri plassert hos noen.",
])
def test_bokmaal_is_recognised(text):
    """Function words and endings of bokmål give nb."""
    assert dialect.of(text) == "nb"


@pytest.mark.parametrize("text", [
    "Me meiner at tiltaka ikkje er godt nok skildra.",
    "Korleis skal dette følgjast opp ute i kommunane?",
    "Kommunelegen og fastlegane må få vere med frå starten.",
])
def test_nynorsk_is_recognised(text):
    """Function words and endings of nynorsk give nn, also beside words that end in -lege."""
    assert dialect.of(text) == "nn"


def test_a_text_that_does_not_tell_takes_the_given_language():
    """A fragment common to both is what the document around it is."""
    assert dialect.of("Digital avstand") == "nb"
    assert dialect.of("Digital avstand", "nn") == "nn"
