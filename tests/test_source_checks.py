"""Errors in the sources are shown to the reviewer, never repaired."""

import pytest

from pipeline import source_checks
from pipeline.config import Question
from tests.make import document, settings


def kinds(*lines, kind="earlier_case", questions=()):
    found = source_checks.find([document("x.docx", *lines, kind=kind)], settings(questions=questions))
    return {f.kind: f.message for f in found}


def test_a_goal_printed_twice_is_named():
    """Trap 17: identical hovedmål in one list are a finding, with the numbers and the focus area."""
    message = kinds("# Fokusområde 2:", "Hovedmål", "1. Trygge forløp", "2. Tidlig hjelp", "3. Trygge  forløp")["duplicate_goal"]
    assert "hovedmål 1 og 3 under fokusområde 2" in message


def test_the_same_goal_under_two_areas_is_no_error():
    """Each focus area has its own list."""
    assert not kinds("# Fokusområde 1:", "Hovedmål", "1. Trygge forløp", "# Fokusområde 2:", "Hovedmål", "1. Trygge forløp")


@pytest.mark.parametrize(("numbers", "wrong"), [(["1", "1", "2", "4"], True), (["1", "2", "4"], True), (["1", "2", "3"], False),
                                                (["2", "3"], False), (["1"], False)])
def test_numbers_that_repeat_or_jump(numbers, wrong):
    """1, 1, 2, 4 is irregular; a list that begins at 2 is not."""
    assert source_checks.irregular(numbers) is wrong


def test_block_numbers_of_the_configured_form_and_of_a_printed_one():
    """Both the questionnaire in the settings and the one printed in a paper are checked."""
    found = source_checks.find([document(
        "sak.docx", "# 1. Formatet", "• Er oppsettet greit?", "# 1. Områder", "• Er tiltakene aktuelle?", "# 3. Teknologi",
        "• Hva trengs?", kind="earlier_case")], settings())
    assert [f.message.count(n) for f, n in zip(found, ("1, 1, 2, 4", "1, 1, 3"), strict=True)] == [1, 1]


def test_questions_numbered_through_the_blocks_are_in_order():
    """1, 2 in the first block and 3, 4 in the second: no number means two things."""
    asked = tuple(Question(number=n, printed=p, block=b, text="Hva mener dere?") for n, p, b in (
        ("1a", "1", "Form"), ("1b", "2", "Form"), ("2a", "3", "Innhold"), ("2b", "4", "Innhold")))
    assert not kinds("Planen er lang.", questions=asked)


def test_a_goal_without_its_focus_area_is_ambiguous():
    """Trap 18: "hovedmål 3" outside any focus area is not linked across them."""
    lines = ("# Fokusområde 1:", "Når det gjelder hovedmål 3, pågår arbeidet.", "# Fokusområde 2:", "Hovedmål 3 er i rute.",
             "# 3 Vurderinger", "Relatert til hovedmål 3 gjenstår en vurdering.")
    message = kinds(*lines)["goal_without_area"]
    assert "hovedmål 3" in message
    assert not kinds(*lines[:4])


def test_a_line_without_its_bullet():
    """A lone line between bullets is shown, and stays a line of its own."""
    assert "lost_bullet" in kinds("• Første", "Andre uten tegn", "• Tredje", kind="answer")
    assert not kinds("• Første", "• Andre", "Vanlig avsnitt etterpå.", kind="answer")


@pytest.mark.parametrize("text", ["Felles sky og prosjekt X.", "Ta kontakt med NN", "[Sett inn navn]", "Frist: ????"])
def test_a_name_that_may_be_a_placeholder(text):
    """«prosjekt X» may be a real name: it is shown and kept."""
    assert "placeholder" in kinds(text, kind="answer")


def test_replaced_and_failed_documents_are_not_checked():
    """Only what counts is shown."""
    found = source_checks.find([document("x.docx", "prosjekt X", kind="answer", superseded_by="y.docx")], settings(questions=()))
    assert not found
