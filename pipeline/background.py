"""What earlier cases and case papers say that the case document builds on: context, never an answer.

Everything is verbatim with its source. The tool does not conclude from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from pipeline.lemma import lemma
from pipeline.model import Background, Block, Document, Excerpt
from pipeline.norsk import fold, plain

_REFERENCE = re.compile(r"\bsak(?:en)?\s*(?:nr\.?\s*|snr\.?\s*)?(?P<no>\d{1,4}\s?/\s?(?:\d{4}|\d{2}))\b", re.IGNORECASE)
_DECIDED = re.compile(
    r"\b(?:vedt(?:ok|ar|att|atte|ek|eke|ake)|vedtak\w*|besluttet|beslutning|slutta seg til|sluttet seg til|godkjent|godkjende"
    r"|skal\s+(?:\w+\s+){0,2}(?:gjennomgås|rulleres|revideres|reviderast|rullerast|evalueres|oppdateres))\b", re.IGNORECASE)
_PERIOD = re.compile(
    r"\b20\d\d\s?[–-]\s?20\d\d\b|\b(?:t\.?\s?o\.?\s?m\.?|til og med|ut|gjeldende|gjeldande|utløper)\s+(?:i\s+)?20\d\d\b"
    r"|\bneste (?:to|tre|fire|fem) år(?:ene|a)?\b", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:nasjonal\w*|regjering\w*|statlig\w*|statleg\w*|storting\w*|departement\w*)\b", re.IGNORECASE)
_PLAN_WORD = re.compile(r"\b(?:\w*plan(?:en|a)?|\w*strategi(?:en)?|planperiode\w*|strategiperiode\w*|strategidokument\w*)\b", re.IGNORECASE)
_AREAS_AHEAD = re.compile(
    r"(?:satsi?n?gsi?n?g?s?områd|fokusområd|innsatsområd|hovedområd|målområd|områder? med|satsar? på|prioriterte)\w*[^.]*:?\s*$",
                          re.IGNORECASE)
_AREA_LINE = re.compile(r"^(?:satsi?n?gsi?n?g?sområde|fokusområde|innsatsområde)\s*(?:\d+\s*)?[:.–-]\s*(?P<name>\S.{2,90})$", re.IGNORECASE)
# A chapter's opening that leans on the sentence before cannot stand alone as a quote.
_LEANING = re.compile(r"(?:de|den|det|dette|disse|desse|slik|slike|derfor|difor|her|der|i tillegg|videre|vidare|også|han|hun|ho|dei)\b",
                      re.IGNORECASE)
_MOST_DECISIONS, _MOST_PERIODS, _MOST_AREAS, _MOST_QUOTES, _MOST_PER_PAPER = 4, 3, 12, 5, 3


def find(documents: Sequence[Document], *, subjects: Sequence[str],
         sentences: Callable[[str], list[str]]) -> Background:
    """Decisions, periods, focus areas and passages of the case papers.

    ``subjects``: titles and descriptions of themes, focus areas and goals; a chapter is relevant when its
    heading or first sentences share words with them. ``sentences`` cuts a text into sentences, verbatim.
    """
    papers = [d for d in documents if d.status == "ok" and d.kind in {"earlier_case", "case_paper", "minutes"}]
    decisions: list[Excerpt] = []
    periods: list[Excerpt] = []
    for document in sorted(papers, key=lambda d: d.kind != "earlier_case"):
        title = plain(title_of(document))
        for chapter, block in _body(document):
            for sentence in sentences(block.text):
                reference = _REFERENCE.search(sentence)
                excerpt = Excerpt(text=sentence, source=document.source, locator=block.locator, chapter=chapter,
                                  reference="sak " + "".join(reference["no"].split()) if reference else "")
                if reference and _DECIDED.search(sentence) and block.kind != "heading":
                    decisions.append(excerpt)
                elif (_PERIOD.search(sentence) and _PLAN_WORD.search(sentence) and not _OTHERS.search(sentence)
                      and block.kind != "heading" and sentence.rstrip().endswith((".", "!")) and plain(sentence) != title
                      and len(sentence.split()) > 4):
                    periods.append(excerpt)
    areas = [excerpt for d in papers if d.kind == "case_paper" for excerpt in _areas(d)]
    wanted = _content(" ".join(subjects))
    told = {plain(e.text) for e in (*decisions, *periods)}
    scored = [(score, at, i, excerpt) for at, d in enumerate(papers) if d.kind == "case_paper"
              for i, (score, excerpt) in enumerate(_passages(d, wanted, sentences, told))]
    best = sorted(sorted(scored, key=lambda item: -item[0])[:_MOST_QUOTES], key=lambda item: item[1:3])
    return Background(decisions=_first(decisions, _MOST_DECISIONS), periods=_first(periods, _MOST_PERIODS),
                      focus_areas=_first(areas, _MOST_AREAS), context=_first([e for *_, e in best], _MOST_QUOTES))


def title_of(document: Document) -> str:
    """The document's own title: its title property if that says something, else its first heading or line, else the file."""
    prop = document.property("title")
    if len(prop.split()) > 1 and not re.search(r"\.(?:docx?|pdf|dot)$|^microsoft|^mal\b", fold(prop)):
        return prop
    body = [b for b in document.blocks if b.place == "body" and b.text]
    for block in body[:6]:
        if 2 <= len(block.text.split()) <= 14 and not block.marker and not block.text.endswith((".", ":")):
            return block.text
    return document.source.rsplit("/", 1)[-1]


def _body(document: Document) -> Iterable[tuple[str, Block]]:
    """(chapter, block) for the running text; the chapter is the numbered heading above."""
    chapter = ""
    for block in document.blocks:
        if block.place != "body" or not block.text:
            continue
        if block.kind == "heading":
            chapter = f"{block.marker} {block.text}".strip()
        yield chapter, block


def _areas(document: Document) -> Iterable[Excerpt]:
    listing = ""
    for chapter, block in _body(document):
        named = _AREA_LINE.match(block.text)
        if named:
            yield Excerpt(text=named["name"], source=document.source, locator=block.locator, chapter=chapter)
        elif listing and block.kind == "item" and len(block.text.split()) <= 12 and re.match(r"\d", block.marker):
            yield Excerpt(text=block.text, source=document.source, locator=block.locator, chapter=listing)
        else:
            listing = chapter if _AREAS_AHEAD.search(block.text) or _AREAS_AHEAD.search(block.text.split(". ")[-1]) else ""


def _passages(document: Document, wanted: frozenset[str], sentences: Callable[[str], list[str]],
              told: set[str]) -> list[tuple[int, Excerpt]]:
    """The most telling sentence of each numbered chapter that is about a wanted subject, with its score, in order.

    The score counts words shared with ``wanted``, those of the chapter's heading twice.
    """
    best: dict[str, tuple[int, int, Excerpt]] = {}
    for i, (chapter, block) in enumerate(_body(document)):
        if block.kind in ("heading", "cell") or not re.match(r"\d", chapter):
            continue
        about = 2 * len(_content(chapter) & wanted)
        for sentence in sentences(block.text):
            shared = len(_content(sentence) & wanted)
            if (7 <= len(sentence.split()) <= 40 and sentence[-1:] in ".!" and not _LEANING.match(sentence)
                    and plain(sentence) not in told and ((about and shared) or shared >= 3)
                    and about + shared > best.get(chapter, (0,))[0]):
                best[chapter] = (about + shared, i, Excerpt(text=sentence, source=document.source, locator=block.locator, chapter=chapter))
    kept = sorted(sorted(best.values(), key=lambda item: (-item[0], item[1]))[:_MOST_PER_PAPER], key=lambda item: item[1])
    return [(score, excerpt) for score, _, excerpt in kept]


_COMMON = frozenset([
    "plan", "handlingsplan", "mål", "område", "tiltak", "ny", "god", "være", "skulle", "måtte", "kunne", "hvordan", "hvem", "hva",
    "hvilken", "felles", "viktig", "region", "fortsatt", "stor", "del", "arbeid", "bidra", "gjennom", "innen",
])


def _content(text: str) -> frozenset[str]:
    lemmas = (lemma(w).lower() for w in plain(text).split() if len(w) > 3)
    return frozenset(w for w in lemmas if len(w) > 3 and w not in _COMMON)


def _first(excerpts: Sequence[Excerpt], most: int) -> tuple[Excerpt, ...]:
    unique = {plain(e.text): e for e in reversed(excerpts)}
    kept = [e for e in excerpts if unique[plain(e.text)] is e]
    return tuple(kept[:most])
