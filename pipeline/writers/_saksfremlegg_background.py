"""What earlier papers say, as quotes with their source: context for the case, never an answer, never a conclusion."""

from __future__ import annotations

from pipeline.background import title_of
from pipeline.model import CaseResult, Document, Excerpt
from pipeline.norsk import join_names, number_word, place_text, plain
from pipeline.phrases import Phrases
from pipeline.writers._saksfremlegg_words import MOST_NAMES, Saksdokument, Sitat
from pipeline.writers._word import Marks


def earlier_decisions(result: CaseResult, marks: Marks, say: Phrases) -> tuple[Sitat, ...]:
    """Earlier decisions, each with its case reference: "jf. sak 09/2024"."""
    return tuple(_quote(e, result, marks, say) for e in result.background.decisions)


def periods(result: CaseResult, marks: Marks, say: Phrases) -> tuple[Sitat, ...]:
    """How long the plan or the strategy holds, unless the sentence already stands as a decision."""
    told = {e.text for e in result.background.decisions}
    return tuple(_quote(e, result, marks, say) for e in result.background.periods if e.text not in told)


def case_papers(result: CaseResult, marks: Marks, say: Phrases) -> tuple[Saksdokument, ...]:
    """The case papers that say something of the case's subjects, by title, with focus areas and passages."""
    found = []
    for paper in _papers(result, "case_paper"):
        areas = [e.text.strip().rstrip(".") for e in result.background.focus_areas if e.source == paper.source]
        quotes = tuple(_quote(e, result, marks, say, titled=False)
                       for e in result.background.context if e.source == paper.source)
        if areas or quotes:
            found.append(Saksdokument(tittel=title_of(paper), satsingsomrader="; ".join(areas), sitater=quotes))
    return tuple(found)


def other_papers(result: CaseResult, say: Phrases) -> str:
    """The titles of the other case papers; of very many, the first, and how many more there are."""
    telling = {e.source for e in (*result.background.focus_areas, *result.background.context)}
    titles = list(dict.fromkeys(f"«{title_of(d)}»" for d in _papers(result, "case_paper") if d.source not in telling))
    more = len(titles) - MOST_NAMES
    return join_names([*titles[:MOST_NAMES], say("{n} til", n=number_word(more))] if more > 1 else titles)


def earlier_cases(result: CaseResult) -> str:
    """ "«Saksfremlegg 2024» og «Saksfremlegg 2023»"."""
    return join_names([f"«{title_of(d)}»" for d in _papers(result, "earlier_case")])


def _papers(result: CaseResult, kind: str) -> list[Document]:
    return [d for d in result.documents if d.kind == kind and d.status == "ok" and not d.container]


def _quote(excerpt: Excerpt, result: CaseResult, marks: Marks, say: Phrases, *, titled: bool = True) -> Sitat:
    document = next((d for d in result.documents if d.source == excerpt.source), None)
    text = f"«{excerpt.text.strip()}»"
    if document is not None and document.language == ("nb" if say.nynorsk else "nn"):
        text = marks.language("nb-NO" if say.nynorsk else "nn-NO", text)
    own_title = title_of(document) if document is not None else ""
    title = f"«{own_title}»" if own_title and titled else ""
    chapter = f"kap. {excerpt.chapter}" if excerpt.chapter[:1].isdigit() else excerpt.chapter
    if plain(chapter) == plain(own_title):  # the paper's title page is no chapter
        chapter = ""
    # The chapter finds the place in a paper of some pages; without one the paragraph does.
    place = place_text(";".join(p for p in excerpt.locator.split(";") if not chapter or p.startswith("page=")), say)
    where = ", ".join(part for part in (title, chapter, place) if part)
    reference = f"jf. {excerpt.reference}" if excerpt.reference else ""
    return Sitat(tekst=text, kilde="; ".join(part for part in (reference, where) if part))
