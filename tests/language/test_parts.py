"""Statements cut into clauses, each with what is compared and what it leans on."""

from pipeline.config import Wording
from pipeline.language.parts import PartMaker, listed, read_as
from tests.language.gathering import NORD, QUESTIONS


def parts(answers, **more):
    maker = PartMaker({q.number: q for q in QUESTIONS}, Wording(), frozenset(), {})
    return [part for statement in answers.made for part in maker.of(statement, None)]


def test_a_statement_of_two_demands_is_two_clauses(answers):
    """Each clause is compared by itself, under the statement's name and in its order."""
    answers.add(NORD, "Planen må kortes ned, og fristene må bli lengre.")
    first, second = parts(answers)
    assert (first.number, second.number) == (0, 1)
    assert "kortes" in first.compare and "fristene" in second.compare
    assert read_as([first, second]) == [first.compare, second.compare]


def test_a_bare_yes_says_what_the_question_asks(answers):
    """ "Ja." is no text of its own: the point is the question as a statement."""
    answers.add(NORD, "Ja.", question="1")
    (part,) = parts(answers)
    assert part.fixed == "målene er fortsatt aktuelle"


def test_what_is_not_understood_alone_makes_no_clause(answers):
    """Without a question or heading above it, a word of approval says nothing."""
    answers.add(NORD, "Enig.")
    assert parts(answers) == []


def test_fragments_of_one_list_are_known_as_such(answers):
    """Items of a list are different things; whole sentences are not items."""
    answers.add(NORD, "flere kurs", kind="item", lead_in="Vi ønsker:")
    answers.add(NORD, "Vi vil ha flere kurs i bygda.", kind="item", lead_in="Vi ønsker:")
    fragment, sentence = parts(answers)
    assert listed(fragment) and not listed(sentence)
