"""The change log is Norwegian, complete and ready to paste."""

from __future__ import annotations

from datetime import date

from pipeline.review import changelog, merge
from tests.review.news import draft
from tests.review.reviewer import Draft, new_paragraph
from tests.review.reviewer import text as text_of

DAY = date(2026, 2, 20)


def log(mine: bytes, news: str, **more) -> str:
    return changelog(merge(draft(), mine, draft(news), day=DAY).changes, title="Gjennomgang av planen", day=DAY, **more)


def test_it_tells_what_came_in_and_what_changed_where():
    """Title, date, what came in, the file, and every change under its section."""
    text = log(draft(), "late answer", incoming={"Nye svar": ["RS Slette (slette.docx)"], "Trukne svar": []},
               file="saksfremlegg.v2.docx", before="saksfremlegg.docx")
    assert text.startswith("Gjennomgang av planen: nytt per 20. februar 2026\n")
    assert "- Nye svar: RS Slette (slette.docx)" in text
    assert "Trukne svar" not in text
    assert "Nyhetene står i saksfremlegg.v2.docx. Den bygger på saksfremlegg.docx, som ikke er rørt." in text
    under = text.split("  Reise og avstand\n")[1].split("\n")[0]
    assert under.startswith("  - Nytt: «RS Slette: reisetiden til samlinger må telles med")
    assert "[nå også RS Slette]" in text


def test_it_tells_what_stands_in_comments_and_why():
    """What the person reworded is named with the reason."""
    opened = Draft(draft())
    shared = next(p for p in opened.bullets() if "sitt eget nummer" in text_of(p))
    shared.append(new_paragraph(" – se også planens innledning")[-1])
    text = log(opened.bytes(), "late answer")
    assert "Står i merknader, fordi dere har arbeidet i teksten" in text
    assert "(dere har endret teksten)" in text


def test_without_news_it_says_so():
    """No change in the text is said in one sentence."""
    assert "ingenting av dette endrer teksten" in log(draft(), "")


def test_changed_headings_remind_of_the_contents():
    """Word's table of contents is the person's to update."""
    assert "trykk F9" in log(draft(), "changed setup")
    assert "trykk F9" not in log(draft(), "late answer")
