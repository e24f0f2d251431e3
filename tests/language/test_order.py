"""Slots and questions as two sequences of the same thing."""

from pipeline.language import order


def _rows(*best, count):
    """Likeness rows that favour one question each; None: none."""
    return [[0.6 if j == b else 0.0 for j in range(count)] for b in best]


def test_a_gap_of_the_same_size_is_filled_in_order():
    """Two unknown slots between two known ones and two questions left: position decides."""
    assert order.align(_rows(None, None, None, None, count=4), [0, None, None, 3]) == [0, 1, 2, 3]


def test_a_slot_of_its_own_takes_no_question():
    """More slots than questions: the ones that are like nothing stay without."""
    assert order.align(_rows(None, None, 1, None, count=3), [0, None, None, 2]) == [0, None, 1, 2]


def test_foreign_slots_are_left_alone_in_place():
    """A likeness far below zero speaks against the position."""
    assert order.align([[0.0] * 3, [-0.2] * 3, [0.0] * 3], [0, None, 2]) == [0, None, 2]


def test_likeness_wins_over_leaving_out():
    """A question that the respondent left out gets no slot."""
    assert order.align(_rows(None, 2, None, count=4), [0, None, 3]) == [0, 2, 3]


def test_at_the_ends_position_tells_only_of_a_whole_form():
    """A title above the first known question is not the question before it, unless the form is whole."""
    rows = _rows(None, None, None, count=3)
    assert order.align(rows, [None, 1, 2]) == [None, 1, 2]
    assert order.align(rows, [None, 1, 2], whole=True) == [0, 1, 2]


def test_out_of_order_only_clear_likeness_counts():
    """A respondent with an order of his own: the position says nothing."""
    assert order.align(_rows(None, None, 1, count=4), [3, 0, None]) == [3, 0, 1]
    assert order.align(_rows(None, None, None, count=4), [3, 0, None]) == [3, 0, None]


def test_steady_finds_the_longest_run_in_order():
    """One slot out of order among many is the mistaken one."""
    assert order.steady([0, 3, 1, None, 2]) == [True, False, True, False, True]
    assert order.steady([]) == []


def test_nothing_to_align():
    """No slots, or no questions, change nothing."""
    assert order.align([], []) == []
    assert order.align([[], []], [None, None]) == [None, None]
