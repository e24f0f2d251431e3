"""Words for numbers, dates and lists."""

from datetime import date

import pytest

from pipeline import norsk


@pytest.mark.parametrize(("n", "word"), [(1, "én"), (2, "to"), (7, "sju"), (12, "tolv"), (13, "13"), (45, "45")])
def test_numbers_to_twelve_are_words(n, word):
    """The contract prints numbers to twelve in words, larger ones in figures."""
    assert norsk.number_word(n) == word


@pytest.mark.parametrize(("names", "text"), [
    ((), ""), (("A",), "A"), (("A", "B"), "A og B"), (("A", "B", "C"), "A, B og C"),
])
def test_names_are_joined_as_norwegian_prose(names, text):
    """The last name is joined by «og», without a comma before it."""
    assert norsk.join_names(names) == text


@pytest.mark.parametrize(("text", "day"), [
    ("Dato: 12.10.2025", date(2025, 10, 12)),
    ("Lyngdal, 3. oktober 2025", date(2025, 10, 3)),
    ("den 5 nov. 2025", date(2025, 11, 5)),
    ("2025-10-01", date(2025, 10, 1)),
    ("1.9.25", date(2025, 9, 1)),
])
def test_dates_in_their_usual_forms_are_found(text, day):
    """Numeric, ISO and written dates are read."""
    assert [d for _, d in norsk.find_dates(text)] == [day]


def test_what_is_no_date_is_passed_over():
    """Section numbers, impossible dates and case numbers are not dates."""
    assert norsk.find_dates("pkt. 1.3.2, 31.02.2025, sak 25/1203") == []


def test_fold_makes_names_comparable():
    """Case, composed letters and runs of blanks do not matter."""
    assert norsk.fold("RS  O\u0308stre  AGDER") == norsk.fold("rs östre agder")


@pytest.mark.parametrize(("text", "days"), [
    ("Solvik, 5/4-26", [date(2026, 4, 5)]), ("12/10 – 2025", [date(2025, 10, 12)]), ("Vår ref. 26/12-25", []), ("Sak 14/25-3", []), ("1/13-26", []),
])
def test_dates_with_a_slash(text, days):
    """ "5/4-26" is a date; the number of a letter or an item is none."""
    assert [d for _, d in norsk.find_dates(text)] == days


def test_a_date_for_a_narrow_column_is_in_figures():
    """One line in a table, where "14. november 2025" takes three."""
    assert norsk.short_date(date(2025, 11, 4)) == "4.11.2025"


@pytest.mark.parametrize(("locator", "words"), [
    ("page=2;paragraph=5", "side 2, avsnitt 5"), ("sheet=Svar;cell=C7", "ark Svar, celle C7"),
    ("table=1;row=3;col=2", "tabell 1, rad 3, kolonne 2"), ("", ""), ("odd=1", "odd 1")])
def test_places_are_said_in_words(locator, words):
    """A locator as a person would say it; what has no word stands as it is."""
    assert norsk.place_text(locator) == words


def test_a_name_in_the_other_written_form():
    """Each word for a kind of body alone, and all of them; nothing for a name without any."""
    assert norsk.other_forms("Nes industriarbeiderforening") == (
        "Nes industriarbeiderforeining", "Nes industriarbeidarforening", "Nes industriarbeidarforeining")
    assert norsk.other_forms("Skulekorpset") == ("Skolekorpset",)
    assert norsk.other_forms("Lister") == ()


@pytest.mark.parametrize(("word", "number"), [("3", 3), ("tre", 3), ("én", 1), ("éin", 1), ("ett", 1), ("syv", 7), ("tolv", 12)])
def test_a_number_in_figures_or_words(word, number):
    """To twelve in words, in either written form; another word is none."""
    assert norsk.number_of(word) == number
    with pytest.raises(ValueError):
        norsk.number_of("mange")
