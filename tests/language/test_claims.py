"""What a clause claims, without its reasons, results and conditions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import claims, lexicon

WORDS = str.split(
    "ikke ingen fordi siden ettersom når som der for ellers da så og , må bør er legges blir uten at å før fra til 3 uker én fire "
    "heller vil i den grad dersom forbehold gjerdet folk vi de flertallet ha ja nei hver")


@pytest.mark.parametrize(("text", "main"), [
    ("Gjerdet må bygges, for øst for elva går ingen trygt.", "gjerdet må bygges"),
    ("Gjerdet må bygges, ellers tør ingen gå der.", "gjerdet må bygges"),
    ("Gjerdet må bygges, fordi ingen andre gjør det.", "gjerdet må bygges"),
    ("Gjerdet må bygges, for der alle eier jorda, er det ingen som bygger.", "gjerdet må bygges"),
    ("Gjerdet må bygges, rives det, går sauene fritt.", "gjerdet må bygges"),
    ("Kursene koster penger, så dem må fylket betale.", "dem må fylket betale"),
    ("Dersom gjerdet bygges, må sauene ut.", "må sauene ut"),
    ("Blir gjerdet bygd neste sommer, må sauene ut.", "må sauene ut"),
    ("Gjerdet må bygges av kommunen, ikke av bøndene.", "gjerdet må bygges av kommunen"),
])
def test_what_carries_the_claim(text, main):
    """Reasons, results, conclusions and conditions are set aside; so is what is refused beside the thing."""
    assert [w for w in claims.of(text).main if w != ","] == main.split()


def test_what_is_refused_is_remembered():
    """ "…, ikke av bøndene" refuses them; a number refused beside another names nothing."""
    assert claims.of("Gjerdet må bygges av kommunen, ikke av bøndene.").refused
    assert not claims.of("Hvert gjerde må ha én eier, ikke fire.").refused


def test_a_forbehold_and_a_condition_are_told_apart_from_when_a_demand_holds():
    """ "Dersom X, må Y" holds when X does; "vi støtter det dersom X" is limited."""
    assert not claims.of("Dersom gjerdet bygges, må sauene ut.").conditional
    assert claims.of("Vi støtter gjerdet dersom sauene flyttes.").conditional
    assert claims.of("Hvis det først skal bygges, bør sauene ut.").conditional
    assert claims.of("Vi støtter gjerdet under forutsetning av at det males.").reserved


def test_words_without_reasons():
    """What is denied in a reason, or as "ikke fire" beside "én", is no denial; what is refused by name is."""
    assert "ingen" not in claims.claimed("Gjerdet må bygges, for øst for elva går ingen trygt.")
    assert "ikke" not in claims.claimed("Hvert gjerde må ha én eier, ikke fire.")
    assert "ikke" in claims.claimed("Gjerdet må bygges av kommunen, ikke av bøndene.")


@pytest.mark.parametrize("text", ["Gjerdet må bygges, fordi", "Gjerdet må bygges ettersom", "Siden", "Gjerdet må bygges, ikke"])
def test_a_clause_that_breaks_off_is_read(text):
    """A sentence cut off behind "fordi" has a reason that is not told."""
    assert "fordi" not in claims.claimed(text)
    assert claims.of(text).words


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=10))
def test_no_row_of_words_is_too_odd(words):
    """Whatever the order, what is claimed is words of the clause."""
    text = " ".join(words)
    assert set(claims.claimed(text)) <= set(lexicon.fold_text(text))
    claims.of(text)
