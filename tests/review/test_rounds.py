"""Several rounds: what was merged, answered, rejected or taken out in one round is respected in the next."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.review import merge
from pipeline.review._ooxml import AUTHOR
from tests.review import guarantees
from tests.review.news import NEWS, draft, short_draft
from tests.review.reviewer import ACTIONS, Draft, answered, edited, text
from tests.review.settle import comments, read, settled

FIRST, SECOND = date(2026, 2, 20), date(2026, 3, 1)


def as_file(data: bytes, *, accept: bool) -> bytes:
    """The file a person saves after accepting or rejecting everything."""
    opened = Draft(data)
    body = settled(data, accept=accept)
    opened.root.replace(opened.body, body)
    opened.body = body
    return opened.bytes()


def test_pending_news_is_not_told_again():
    """A merged file merged again with the same draft stays as it is, whether news is pending or accepted."""
    merged = merge(draft(), edited(draft(), "reword", "add"), draft("late answer"), day=FIRST)
    for mine in (merged.data, as_file(merged.data, accept=True)):
        again = merge(draft("late answer"), mine, draft("late answer"), day=SECOND)
        assert (again.data, again.changes) == (mine, ())


def test_news_on_pending_news_nests_and_still_rejects_to_the_persons_text():
    """The next round changes what is still pending: rejecting everything gives the text before the first round."""
    mine = edited(draft(), "reword", "add")
    first = merge(draft(), mine, draft("late answer"), day=FIRST)
    second = merge(draft("late answer"), first.data, draft(), day=SECOND)
    assert second.news
    assert read(second.data, accept=False) == read(mine, accept=False)
    late = [line for line in read(second.data, accept=True) if "kart over tilbudene" in line or "Alle RS" in line]
    assert not late, "the late answer was withdrawn again"


def told(merged) -> Counter:
    """What became of each piece of news."""
    return Counter((c.kind, c.how, c.why, c.before, c.after) for c in merged.changes)


@pytest.mark.parametrize(("first", "second"), [(a, b) for a, b in permutations(["", *NEWS], 2) if a])
def test_our_waiting_proposals_are_ours(first, second):
    """Whether the first news wait or are accepted, the second are proposed alike: none is taken for the person's work.
    Accepting it all gives the second draft line by line, rejecting it all the person's file."""
    merged = merge(draft(), draft(), draft(first), day=FIRST)
    waiting = merge(draft(first), merged.data, draft(second), day=SECOND)
    accepted = merge(draft(first), as_file(merged.data, accept=True), draft(second), day=SECOND)
    assert told(waiting) == told(accepted)
    assert {c.how for c in waiting.changes if c.kind != "evidence"} == {"tracked"}
    assert read(waiting.data, accept=True) == read(accepted.data, accept=True) == read(draft(second), accept=True)
    assert read(waiting.data, accept=False) == read(draft(), accept=True)
    guarantees.check(draft(first), merged.data, draft(second), waiting)


def test_a_removal_that_was_rejected_is_not_put_in_again():
    """The person kept a point that we proposed to take out; when its answer counts again, it already stands there."""
    first = merge(draft(), draft(), draft("withdrawn answer"), day=FIRST)
    again = merge(draft("withdrawn answer"), as_file(first.data, accept=False), draft(), day=SECOND)
    assert Counter(read(again.data, accept=True)) == Counter(read(draft(), accept=True))


def test_an_id_left_on_the_neighbour_does_not_hide_a_point_that_comes_back():
    """Accepting a removal leaves the point's bookmark behind; the point still comes back when its answer does."""
    first = merge(draft(), draft(), draft("revised answer"), day=FIRST)
    again = merge(draft("revised answer"), as_file(first.data, accept=True), draft(), day=SECOND)
    assert any("tabellen er tung å lese på skjerm" in line for line in read(again.data, accept=True))


@given(seed=st.integers(0, 9999), rounds=st.lists(st.sampled_from([n for n in ["", *NEWS] if n != "new matrix"]),
                                                  min_size=2, max_size=4),
       steps=st.lists(st.lists(st.sampled_from(list(ACTIONS)), max_size=2), min_size=5, max_size=5))
@settings(max_examples=100, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_any_rounds_keep_the_guarantees(seed, rounds, steps):
    """100 random histories v2 → v3 → v4: some of our proposals accepted, some rejected, some waiting, and edits."""
    before, mine = "", edited(short_draft(), *steps[0], seed=seed)
    for i, news in enumerate(rounds):
        merged = merge(short_draft(before), mine, short_draft(news), day=FIRST)
        guarantees.check(short_draft(before), mine, short_draft(news), merged)
        mine = edited(answered(merged.data, seed + i), *steps[i + 1], seed=seed + i)
        before = news


def test_a_rejected_point_does_not_come_back():
    """What the person rejected is taken out; the same point in the next draft is not proposed again."""
    first = merge(draft(), draft(), draft("late answer"), day=FIRST)
    mine = as_file(first.data, accept=False)
    again = merge(draft("late answer"), mine, draft("late answer"), day=SECOND)
    assert not again.news


def test_a_deleted_point_with_new_support_is_told_in_a_comment_only():
    """The text stays out; the comment quotes the new statement."""
    opened = Draft(draft())
    shared = next(p for p in opened.bullets() if "sitt eget nummer" in text(p))
    shared.getparent().remove(shared)
    mine = opened.bytes()
    merged = merge(draft(), mine, draft("late answer"), day=FIRST)
    assert not any("sitt eget nummer (vedlegg" in line for line in read(merged.data, accept=True))
    told = [t for a, t in comments(merged.data) if a == AUTHOR and "fått ny støtte" in t]
    assert len(told) == 1
    assert "RS Slette støtter også dette: «Gi tiltakene numre, så finner alle fram.»" in told[0]
    guarantees.check(draft(), mine, draft("late answer"), merged)


def test_a_deleted_point_without_new_support_stays_silent():
    """Only its passage numbers changed: no comment, but the log accounts for it."""
    opened = Draft(draft())
    gone = next(p for p in opened.bullets() if "vilkår for å starte" in text(p))
    gone.getparent().remove(gone)
    mine = opened.bytes()
    merged = merge(draft(), mine, draft("withdrawn answer"), day=FIRST)
    assert not any("vilkår for å starte" in t for a, t in comments(merged.data)[len(comments(mine)):])


def test_a_reworded_point_gets_a_comment_beside_it():
    """"RS Slette støtter også dette" stands at the person's own wording, which is not touched."""
    opened = Draft(draft())
    shared = next(p for p in opened.bullets() if "sitt eget nummer" in text(p))
    for node in shared.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"):
        if node.text == "hvert tiltak bør få sitt eget nummer":
            node.text = "tiltakene ønskes nummerert"
    mine = opened.bytes()
    merged = merge(draft(), mine, draft("late answer"), day=FIRST)
    assert any("tiltakene ønskes nummerert" in line and line.startswith("Tre av fire RS") for line in read(merged.data, accept=True))
    (told,) = [t for a, t in comments(merged.data) if "Dere har endret teksten" in t]
    assert "RS Slette støtter også dette" in told
    assert "Alle RS: hvert tiltak bør få sitt eget nummer" in told


def test_a_reworded_point_keeps_its_reference_and_a_comment_tells_the_new_one():
    """The passages are renumbered: the person's bullet is not touched, the new number stands beside it."""
    mine = edited_text(draft(), "det må stå et navn bak hvert tiltak", "tiltakene trenger et navn")
    merged = merge(draft(), mine, draft("revised answer"), day=FIRST)
    assert any("tiltakene trenger et navn (vedlegg 2, pkt. 1.3, 2.3 og 3.2)" in line for line in read(merged.data, accept=True))
    assert any(a == AUTHOR and "Dere har endret teksten" in t and "pkt. 1.3, 2.2 og 3.2" in t for a, t in comments(merged.data))
    guarantees.check(draft(), mine, draft("revised answer"), merged)


def test_a_reference_in_the_persons_own_text_is_watched():
    """What the person wrote in the assessment refers to passages; when they get other numbers, a comment says so."""
    mine = edited_text(draft(), "[Fyll inn sekretariatets vurderinger og forslag til oppfølging]",
                       "Sekretariatet viser til vedlegg 2, punkt 2.3 og 3.1, og til fokusområde 2.3.")
    merged = merge(draft(), mine, draft("revised answer"), day=FIRST)
    assert "Sekretariatet viser til vedlegg 2, punkt 2.3 og 3.1, og til fokusområde 2.3." in read(merged.data, accept=True)
    told = [t for a, t in comments(merged.data) if a == AUTHOR and "Henvisningene til vedlegg 2 er endret" in t]
    assert told == ["Nytt siden sist. Henvisningene til vedlegg 2 er endret: pkt. 2.3 er ikke lenger belegg for noe punkt."]
    assert [c.after for c in merged.changes if c.before.startswith("Sekretariatet viser")]
    again = merge(draft("revised answer"), merged.data, draft("revised answer"), day=SECOND)
    assert not again.news, "told once"


def test_merged_bullets_are_told_of_a_new_reference():
    """Two bullets in one hold two references; the one that changed is told."""
    opened = Draft(draft())
    bullets = opened.bullets()
    own = next(p for p in bullets if "kontaktliste" in text(p))
    shared = next(p for p in bullets if "bookingsystem" in text(p))
    for child in [c for c in own if not c.tag.endswith("pPr")]:
        shared.append(child)
    own.getparent().remove(own)
    mine = opened.bytes()
    merged = merge(draft(), mine, draft("revised answer"), day=FIRST)
    assert any(a == AUTHOR and "2.3" in t and "slått sammen" in t for a, t in comments(merged.data)[len(comments(mine)):])


def edited_text(data: bytes, old: str, new: str) -> bytes:
    """The file with ``old`` written over by ``new`` wherever it is the whole of a run's text, or part of it."""
    opened = Draft(data)
    for node in opened.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"):
        node.text = (node.text or "").replace(old, new)
    return opened.bytes()


def test_a_quantifier_is_a_tracked_replacement_of_its_words_alone():
    """ "Tre av fire RS" becomes "Alle RS"; the rest of the bullet stands untouched between."""
    merged = merge(draft(), draft(), draft("late answer"), day=FIRST)
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    opened = Draft(merged.data)
    bullet = next(p for p in opened.body.iter(w + "p") if "sitt eget nummer" in text(p))
    deleted = "".join(t.text for t in bullet.iter(w + "delText"))
    assert "Tre av fire" in deleted
    assert "sitt eget nummer" not in deleted


def test_counts_in_running_text_are_replaced_by_the_sentence():
    """A changed count replaces its whole sentence, and leaves the sentences around it."""
    merged = merge(draft(), draft(), draft("new matrix"), day=FIRST)
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    opened = Draft(merged.data)
    status = next(p for p in opened.body.iter(w + "p") if text(p).startswith(("Handlingsplanen har",)) or any(
        (t.text or "").startswith("Handlingsplanen har") for t in p.iter(w + "delText")))
    deleted = "".join(t.text for t in status.iter(w + "delText"))
    assert deleted.strip().startswith("Handlingsplanen har sju tiltak")
    assert deleted.strip().endswith(".")
    assert "merket med farge og ord" not in deleted
