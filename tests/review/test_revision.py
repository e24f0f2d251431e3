"""What a run writes beside a draft that a person has edited, and what it tells of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline import revision, status
from pipeline.review import AUTHOR, corrections
from pipeline.store import Store
from tests.review.news import NEWS, begun, draft
from tests.review.reviewer import Draft, edited, text
from tests.review.settle import body, comments, read

NAME, LOG = revision.MERGED, revision.LOG
DAY = date(2026, 2, 20)


@pytest.fixture
def folder(tmp_path):
    """An output folder with the first draft in it."""
    assert run(tmp_path) == []
    return tmp_path


def run(folder, news: str = "") -> list[str]:
    """What one run does to the case document; its messages."""
    result = replace(NEWS[news]() if news else begun(), today=DAY)
    store = Store(folder)
    revised = revision.revise(store, {NAME: draft(news)}, result)
    store.write(revised.files, drafts=revised.drafts, settled=revised.settled)
    assert Store(folder).current([NAME])
    return list(revised.messages)


def edit(folder, name: str = NAME, *actions: str, seed: int = 2) -> bytes:
    data = edited((folder / name).read_bytes(), *(actions or ("reword", "add")), seed=seed)
    (folder / name).write_bytes(data)
    return data


def names(folder) -> set[str]:
    return {p.name for p in folder.iterdir() if p.is_file()}


def waits(data: bytes) -> bool:
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return any(n.get(w + "author") == AUTHOR for n in body(data).iter(w + "ins", w + "del"))


def test_without_news_no_version_lies_beside_the_edited_file(folder):
    """A bare draft would look newer than the person's file and lack their work."""
    mine = edit(folder)
    assert run(folder) == [f"{NAME} er endret av noen og er ikke rørt. Det er ikke noe nytt å føre inn."]
    assert names(folder) == {NAME}
    assert (folder / NAME).read_bytes() == mine


def test_a_file_that_cannot_be_merged_gets_the_draft_beside_it(folder):
    """A damaged file is nobody's to merge into, and is kept."""
    (folder / NAME).write_bytes(b"PK damaged")
    (message,) = run(folder, "late answer")
    assert "kunne ikke føres inn" in message
    assert (folder / "saksfremlegg.v2.docx").read_bytes() == draft("late answer")


def test_the_version_with_news_follows_what_the_person_does_meanwhile(folder):
    """The person works on in v1 after v2 was made: the next run makes v2 anew, with all of it."""
    edit(folder)
    run(folder, "late answer")
    later = edit(folder, NAME, "add_at_section_end", "comment", seed=5)
    assert not Store(folder).current([NAME])
    run(folder, "late answer")
    second = (folder / "saksfremlegg.v2.docx").read_bytes()
    assert read(second, accept=False) == read(later, accept=False)
    assert waits(second)
    assert names(folder) == {NAME, "saksfremlegg.v2.docx", LOG}


def test_news_that_are_withdrawn_leave_the_persons_own_file(folder):
    """v2 was made for a late answer that is withdrawn again: it must not go on telling of it, nor be a bare draft."""
    mine = edit(folder)
    run(folder, "late answer")
    (message,) = run(folder)
    assert message.endswith("saksfremlegg.v2.docx er nå lik saksfremlegg.docx.")
    assert (folder / "saksfremlegg.v2.docx").read_bytes() == mine


def test_rounds_of_versions_keep_every_one(folder):
    """v2 is edited in its turn and v3 is made from it; v1 and v2 stay byte for byte."""
    one = edit(folder)
    run(folder, "late answer")
    two = edit(folder, "saksfremlegg.v2.docx", "write_assessment")
    (message,) = run(folder, "new matrix")
    assert message.startswith("saksfremlegg.v3.docx er saksfremlegg.v2.docx med det nye")
    assert [(folder / n).read_bytes() for n in (NAME, "saksfremlegg.v2.docx")] == [one, two]
    three = (folder / "saksfremlegg.v3.docx").read_bytes()
    assert read(three, accept=False) == read(two, accept=False)
    assert not [c for c in comments(two) if c[0] != AUTHOR and c not in comments(three)]


def test_every_version_has_its_change_log(folder):
    """Newest first, the older ones below; a version that is made anew has its log once."""
    run(folder, "late answer")
    log = (folder / LOG).read_text(encoding="utf-8")
    assert "Endret i utkastet" in log
    assert "Sporede endringer" not in log
    edit(folder)
    run(folder, "revised answer")
    run(folder, "withdrawn answer")
    logs = (folder / LOG).read_text(encoding="utf-8").split("=" * 60)
    assert len(logs) == 2
    assert "Nyhetene står i saksfremlegg.v2.docx. Den bygger på saksfremlegg.docx" in logs[0]
    assert "Nyhetene står i saksfremlegg.docx." in logs[1]


def test_status_tells_what_is_merged_and_what_waits(folder):
    """v2 is the person's file with news; how many proposals still wait is shown, also after the person has edited it."""
    edit(folder)
    run(folder, "late answer")
    told = status.about_version(Store(folder), "saksfremlegg.v2.docx")
    assert told.startswith("deres fil med nyheter, ")
    assert "forslag venter" in told
    edit(folder, "saksfremlegg.v2.docx", "add")
    assert status.about_version(Store(folder), "saksfremlegg.v2.docx").startswith("endret av noen (1 omformulert, 2 lagt til; ")
    assert status.about_version(Store(folder), NAME).startswith("endret av noen (")


def test_status_tells_how_many_points_a_person_has_seen_to(folder):
    """Comments marked as resolved in Word; nothing is said where nobody uses the mark."""
    edit(folder, NAME, "add")
    assert "sett på" not in status.about_version(Store(folder), NAME)
    opened = Draft((folder / NAME).read_bytes())
    opened.resolve(opened.bullets()[:2])
    (folder / NAME).write_bytes(opened.bytes())
    assert "2 av 8 punkter er sett på" in status.about_version(Store(folder), NAME)
    run(folder, "new matrix")
    assert "2 av 8 punkter er sett på" in status.about_version(Store(folder), "saksfremlegg.v2.docx")


def test_points_moved_in_word_become_corrections_for_the_case(folder):
    """A bullet moved to another theme, and two made one: a file to put in the case folder, which ``load`` reads."""
    opened = Draft((folder / NAME).read_bytes())
    moved = next(p for p in opened.bullets() if "kontaktliste" in text(p))
    section = next(s for s in opened.sections() if text(s[0]) == "Penger og folk")
    section[0].addnext(moved)
    first, second = (next(p for p in opened.bullets() if words in text(p)) for words in ("sitt eget nummer", "bookingsystem"))
    for child in [c for c in second if not c.tag.endswith("pPr")]:
        first.append(child)
    second.getparent().remove(second)
    (folder / NAME).write_bytes(opened.bytes())
    messages = run(folder)
    assert "Legg den i sakens mappe som rettelser.json" in messages[-1]
    found = corrections.load(folder / revision.CORRECTIONS)
    statements = {s.id: s for s in begun().statements}
    contact = next(p for p in begun().points if "kontaktliste" in p.text)
    assert {(c.statement.text, c.theme) for c in found.statements} >= {(statements[i].text, "money") for i in contact.statement_ids}
    assert [len(group) for group in found.together] == [2]


def test_a_case_with_these_corrections_asks_for_nothing_more(folder):
    """Nothing is written again for what the corrections say already."""
    edit(folder, NAME, "move", seed=4)
    run(folder)
    known = corrections.load(folder / revision.CORRECTIONS)
    assert len(known)
    again = revision.revise(Store(folder), {NAME: draft()}, replace(begun(), today=DAY, corrections=known))
    assert revision.CORRECTIONS not in again.files
