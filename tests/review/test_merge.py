"""News reaches the person's file as tracked changes and comments, and nothing of the person's is touched."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.review import merge
from tests.review import guarantees, reviewer
from tests.review.news import NEWS, draft, short_draft
from tests.review.reviewer import ACTIONS, edited
from tests.review.settle import lines, settled

DAY = date(2026, 2, 20)


@pytest.mark.parametrize("news", NEWS)
def test_in_an_unedited_file_accepting_gives_the_new_draft(news):
    """All news is proposed in the text: accepted it is the new draft, rejected the old one."""
    merged = merge(draft(), draft(), draft(news), day=DAY)
    assert [x for x in lines(settled(merged.data, accept=True)) if x] == [x for x in lines(settled(draft(news), accept=True)) if x]
    guarantees.check(draft(), draft(), draft(news), merged)


@pytest.mark.parametrize("action", ACTIONS)
def test_without_news_the_file_stays_byte_for_byte(action):
    """A new draft that says the same gives the person's own bytes back."""
    mine = edited(draft(), action)
    merged = merge(draft(), mine, draft(), day=DAY)
    assert (merged.data, merged.changes) == (mine, ())


PAIRS = [(action, news, editor) for i, action in enumerate(ACTIONS) for j, news in enumerate(NEWS)
         for k, editor in enumerate(("kept", "without_ids", "copied_bookmarks")) if (i + j) % 3 == k]


@pytest.mark.parametrize(("action", "news", "editor"), PAIRS)
def test_nothing_is_lost_and_news_is_seen(action, news, editor):
    """Each action with each news and each editor's way of keeping ids (pairwise)."""
    mine = edited(draft(), action, seed=len(action) + len(news))
    if editor != "kept":
        mine = getattr(reviewer, editor)(mine)
    guarantees.check(draft(), mine, draft(news), merge(draft(), mine, draft(news), day=DAY))


SEQUENCES = st.lists(st.sampled_from(list(ACTIONS)), min_size=1, max_size=6)


@given(steps=SEQUENCES, seed=st.integers(0, 9999), news=st.sampled_from([n for n in NEWS if n != "new matrix"]),
       editor=st.sampled_from(("kept", "without_ids", "copied_bookmarks")))
@settings(max_examples=300, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_any_sequence_of_edits_keeps_the_guarantees(steps, seed, news, editor):
    """300 random sequences of up to six edits."""
    mine = edited(short_draft(), *steps, seed=seed)
    if editor != "kept":
        mine = getattr(reviewer, editor)(mine)
    guarantees.check(short_draft(), mine, short_draft(news), merge(short_draft(), mine, short_draft(news), day=DAY))
