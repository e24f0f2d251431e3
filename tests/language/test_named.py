"""Words of a theme's own description in a statement."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import named

THEMES = (("Bygdebok og kurs", "Bind tre bør skrives ferdig"), ("Leirskole, turer og fritid",), ("Båthavn og brygger",))


@pytest.mark.parametrize(("text", "theme"), [
    ("Bygdeboka må bli ferdig.", 0), ("Turen til leirskolen er for dyr.", 1), ("Bryggene må få lys.", 2), ("Båthavner er bra.", 2),
])
def test_a_word_of_the_description_tells_of_the_theme(text, theme):
    """In whatever form; the others get nothing."""
    found = named.scores([text, "Noe helt annet.", "Vi venter."], THEMES)
    assert found[0].argmax() == theme
    assert found[0, theme] > 0
    assert not np.delete(found[0], theme).any()
    assert not found[1:].any()


def test_a_word_that_only_begins_or_ends_alike_counts_less():
    """ "Fritidshus" is not quite "fritid"."""
    whole, part = named.scores(["Fritid er viktig.", "Fritidshus er viktig."], THEMES)
    assert whole[1] > part[1] > 0


def test_a_word_that_everybody_uses_tells_little_and_one_that_all_themes_name_nothing():
    """What all statements speak of is the matter of the case."""
    common = named.scores(["Leirskole."] * 30, THEMES)[0, 1]
    rare = named.scores(["Leirskole.", *["Noe annet."] * 29], THEMES)[0, 1]
    assert 0 <= common < rare / 4
    assert not named.scores(["Plan for havn."], (("Plan for skole",), ("Plan for vei",)))[:, :].any(axis=1).any()


@given(st.lists(st.text(max_size=40), max_size=6), st.lists(st.lists(st.text(max_size=20), max_size=3), min_size=1, max_size=4))
def test_any_text_gives_finite_log_odds(texts, descriptions):
    """Shape (statements, themes), nothing below zero."""
    found = named.scores(texts, descriptions)
    assert found.shape == (len(texts), len(descriptions))
    assert np.isfinite(found).all()
    assert (found >= 0).all()
