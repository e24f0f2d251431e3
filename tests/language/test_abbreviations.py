"""The list of abbreviations."""

from pipeline.language.abbreviations import CLOSING, LEADING_ON


def test_every_form_ends_with_a_stop_and_is_lower_case():
    """The splitter looks forms up in lower case, stop included."""
    assert all(form.endswith(".") and form == form.lower() for form in LEADING_ON | CLOSING)


def test_no_form_is_in_both_lists():
    """A form either leads on or closes."""
    assert not LEADING_ON & CLOSING


def test_ordinary_words_are_not_abbreviations():
    """Words that often end a sentence must not swallow its end."""
    assert not LEADING_ON & {"alt.", "man.", "ti.", "to.", "sak.", "post.", "med.", "el.", "min.", "sen.", "av.", "plan."}
