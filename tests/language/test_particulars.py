"""When, how often and where: what a clause says of it, and which two cannot both be meant."""

import pytest

from pipeline.language import particulars

HALF_YEARLY = ["To ganger i året.", "to gonger for året", "Hvert halvår", "én gang per halvår", "halvårlig rapport", "halvårleg rapport"]


@pytest.mark.parametrize("text", HALF_YEARLY)
def test_so_many_times_a_year_in_many_ways(text):
    """Figures, words, adjectives, both written forms."""
    assert particulars.of(text).yearly == {2}


@pytest.mark.parametrize(("text", "times"), [
    ("annakvart år", {0.5}), ("hvert fjerde år", {0.25}), ("hver fjerde uke", {13}), ("fjerde hver uke", {13}), ("Kvart kvartal, ikke hvert år", {4}),
    ("tre ganger i uka", {156}), ("to ganger om dagen", {730}), ("en rapport per kvartal", {4}), ("minst årlig", set()), ("møt oss " + "9" * 5000 + " ganger i året", set()),
    ("de som ser pasientene hver dag", set()), ("syv ganger i året", {7}), ("mer enn to ganger i året", set()),
    ("Hvert år er for ofte", set()), ("oftere enn hvert år", set()),
])
def test_how_often(text, times):
    """What is refused, or what something is only compared with, is no wish for it."""
    assert particulars.of(text).yearly == times


@pytest.mark.parametrize(("one", "other", "apart"), [
    ("Åpent om natta", "Åpent på dagtid", True), ("Åpent om natta og om dagen", "Åpent om dagen", False), ("Åpent om natta", "Åpent i helgene", False),
    ("Møt oss på mandager", "Møt oss på fredag", True), ("Vår plan er god", "Stengt om høsten", False),
    ("Kaia bør bli på Nes", "Kaia må ligge i Vika", True), ("Kaia bør bli på Nes, for i Vika er det grunt", "Kaia må stå på Nes", False),
    ("Kaia bør ligge i Storvik", "Kaia bør ligge i Storvika", False), ("Kaia bør flyttes fra Nes til Vika", "Kaia bør bli på Nes", True),
    ("Kaia bør ikke flyttes til Vika", "Kaia må bli på Nes", False), ("Hvert år er for ofte", "Hver måned er for ofte", True),
])
def test_what_cannot_both_be_meant(one, other, apart):
    """Times of one row, places by name; reasons do not count."""
    a, b = particulars.of(one), particulars.of(other)
    assert particulars.differ(a, b) == particulars.differ(b, a) == apart and not particulars.differ(a, a)
