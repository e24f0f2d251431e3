"""News reaches the person's file as tracked changes and comments, and nothing of the person's is touched."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.review import merge, seen
from pipeline.review._ooxml import AUTHOR, W, WordFile
from tests.review import guarantees, reviewer
from tests.review.news import NEWS, draft, short_draft
from tests.review.reviewer import ACTIONS, edited
from tests.review.settle import lines, settled, threads

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


def test_blanks_of_another_kind_are_no_news():
    """An older draft breaks lines within references, the new one does not: nothing to tell, nor to strike out."""
    opened = reviewer.Draft(draft())
    for t in opened.body.iter(W + "t"):
        t.text = (t.text or "").replace("\u00a0", " ")
    before = opened.bytes()
    assert before != draft() and merge(before, before, draft(), day=DAY).changes == ()
    late = merge(before, before, draft("late answer"), day=DAY)
    assert "\u00a0" not in "".join(t.text or "" for t in reviewer.Draft(late.data).body.iter(W + "delText"))
    guarantees.check(before, before, draft("late answer"), late)


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


# -- comments that a person is done with


def resolved(data: bytes) -> dict[str, bool]:
    """Whether our comments are resolved, by text."""
    return {text: done for author, text, done, _ in threads(data) if author == AUTHOR}


def reviewed(news: str = "") -> bytes:
    """The draft after a person has resolved all our comments."""
    opened = reviewer.Draft(draft(news))
    opened.resolve(opened.paragraphs())
    return opened.bytes()


def test_a_resolved_comment_counts_as_seen_to():
    """Word's own mark is read; a proposal of ours that waits in the point makes it unseen."""
    assert seen(draft())[0] == 0
    done, points = seen(reviewed())
    assert done == points == seen(draft())[1] > 3
    merged = merge(draft(), reviewed(), draft("late answer"), day=DAY)
    assert 0 < seen(merged.data)[0] < points


@pytest.mark.parametrize("news", NEWS)
def test_resolved_comments_stay_resolved_and_only_news_is_told_openly(news):
    """What was seen to is not said again; a new comment says something that stood in none before."""
    before, after = resolved(reviewed()), resolved(merge(draft(), reviewed(), draft(news), day=DAY).data)
    assert all(before.values())
    assert not [text for text, done in after.items() if not done and text in before]


def test_a_point_that_is_sorted_otherwise_stays_seen_to():
    """The new draft has it under another theme: the move is proposed, its old evidence is not shown as new."""
    (move,) = [c for c in merge(draft(), draft(), draft("changed setup"), day=DAY).changes if c.kind == "moved"]
    merged = merge(draft(), reviewed(), draft("changed setup"), day=DAY)
    assert move in merged.changes and move.how == "tracked"
    evidence = [done for author, text, done, _ in threads(merged.data) if "[ssu_c06]" in text or "[ssu_p06]" in text]
    assert evidence == [True, True]  # at the old place and at the new


def test_answers_survive_the_merge_and_the_loss_of_what_they_answer():
    """A person's answer to a comment of ours stays tied to it; where ours goes with its proposal, it stands alone."""
    opened = reviewer.Draft(draft())
    opened.reply(opened.bullets()[0], "Sjekket mot brevet.")
    mine = opened.bytes()
    for news in NEWS:
        (answer,) = [t for t in threads(merge(draft(), mine, draft(news), day=DAY).data) if t[1] == "Sjekket mot brevet."]
        assert answer[0] == reviewer.NAME and answer[3]
    word = WordFile(mine)
    parent = next(c for c in word.comments() if c.get(W + "author") == AUTHOR)
    word.remove_comment(parent)
    (answer,) = [t for t in threads(word.to_bytes()) if t[1] == "Sjekket mot brevet."]
    assert not answer[3]


def test_a_damaged_list_of_resolved_comments_stops_nothing():
    """It is about marks only: the text is merged all the same."""
    opened = reviewer.Draft(reviewed())
    opened.members["word/commentsExtended.xml"] = b"<broken"
    assert seen(opened.bytes())[0] == 0
    assert merge(draft(), opened.bytes(), draft("late answer"), day=DAY).news
