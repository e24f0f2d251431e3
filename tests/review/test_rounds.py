"""Several rounds: what was merged, answered, rejected or taken out in one round is respected in the next."""

from __future__ import annotations

from datetime import date

from pipeline.review import merge
from pipeline.review._ooxml import AUTHOR
from tests.review import guarantees
from tests.review.news import draft
from tests.review.reviewer import Draft, edited, text
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
