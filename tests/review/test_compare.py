"""What a person did to a draft is told apart: kept, reworded, moved, merged, deleted, added, commented."""

from __future__ import annotations

import pytest

from pipeline.review import CannotMerge, compare
from pipeline.review.align import out_of_order
from tests.review import reviewer
from tests.review.news import draft
from tests.review.reviewer import edited


def states(*actions: str, seed: int = 3, editor=None) -> dict[str, int]:
    mine = edited(draft(), *actions, seed=seed)
    counts = compare(draft(), editor(mine) if editor else mine).counts()
    return {k: v for k, v in counts.items() if v and k != "kept"}


EXPECTED = {
    "reword": {"reworded": 1}, "reword_wholly": {"reworded": 1}, "delete": {"deleted": 1}, "move": {"moved": 1},
    "add": {"added": 1}, "comment": {"comments": 1}, "retitle": {"reworded": 1}, "reword_status": {"reworded": 1},
    "add_at_section_end": {"added": 1}, "split": {"reworded": 1, "added": 1}, "merge_two": {"merged": 2},
    "format_words": {}, "change_styles": {}, "remove_our_comments": {}, "reorder_sections": {},
}


@pytest.mark.parametrize("action", EXPECTED)
def test_each_kind_of_edit_is_recognised(action):
    """One edit changes the state of the blocks it touches and of no other."""
    found = states(action)
    if action == "reorder_sections":  # one of two neighbouring headings was moved, and nothing under them
        assert found in ({"moved": 1}, {})
    else:
        assert found == EXPECTED[action]


@pytest.mark.parametrize("action", ["reword", "delete", "add", "reword_status", "move"])
@pytest.mark.parametrize("editor", [reviewer.without_ids, reviewer.copied_bookmarks])
def test_edits_are_recognised_without_ids(action, editor):
    """Text and neighbours tell when ids are gone; copies made by LibreOffice keep theirs."""
    assert states(action, editor=editor) == EXPECTED[action]


def test_a_persons_tracked_change_makes_a_block_theirs():
    """A block that holds someone's tracked change is not one to write in."""
    found = compare(draft(), edited(draft(), "track_insertion"))
    assert [f.touched for f in found.fates.values() if f.reworded] == [True]


def test_the_shortest_explanation_of_a_new_order_is_what_was_moved():
    """Of 1 5 2 3 4 only the 5 was moved."""
    assert out_of_order([1, 5, 2, 3, 4]) == {1}
    assert out_of_order([]) == set()


@pytest.mark.parametrize("data", [b"", b"tekst", b"PK\x03\x04 damaged"])
def test_what_is_no_word_document_is_refused(data):
    """The message is Norwegian and says that it is the file."""
    with pytest.raises(CannotMerge, match="Word"):
        compare(draft(), data)
