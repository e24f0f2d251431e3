"""Minutes: where one item ends and the next begins, which item holds the answer, and what wraps it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.config import Question
from pipeline.language import noise_rules as rules
from pipeline.language.lemmas import content
from pipeline.model import BODY_PLACES, Statement

_ITEM = re.compile(
    r"^(?:(?:sak|[a-zæøå]{1,4}[ -]?sak|saksnr\.?|saksnummer|ps|fs|os|rs|rsu|ssu|orienteringssak|drøftingssak|referatsak|beslutningssak)"
    r"[\s:.-]*(?:nr\.?\s*)?\d{1,4}(?:\s?[/-]\s?\d{2,4})?(?=$|[\s:.,–-])"
    r"|\d{1,4}\s?/\s?(?:20)?\d{2}(?=$|[\s:.–-]))", re.IGNORECASE)
_FORMAL = re.compile(
    r"^(?:sak\s+)?(?:\d+\s*[.)]?\s*)?(?:godkjenning av|godkjent|godkjend|orienteringer?\b|orienteringssaker|"
    r"referatsaker|eventuelt|ymse|"
    r"meldinger|meldingar|neste møte|møteplan|runde rundt bordet|status fra|status frå|innkalling|dagsorden|"
    r"sakliste|saksliste)",
    re.IGNORECASE)
_FORM = re.compile(
    r"\b(?:møtereferat|møtereferatet|referat fr[aå]|møteprotokoll|protokoll fr[aå]|møtebok|møteutskrift|"
    r"møteprotokollen|"
    r"særutskrift|saksprotokoll|utskrift av møte|protokoll)\b", re.IGNORECASE)
_EXTRACT = re.compile(
    r"\b(?:særutskrift|saksutskrift|utskrift av (?:møte|sak|protokoll)|utdrag (?:av|fr[aå]) (?:møte|protokoll))", re.IGNORECASE)
_ATTENDANCE = re.compile(
    r"^(?:til stede|tilstede|møtende|møtte|deltakere|deltakarar|desse møtte|disse møtte|forfall|meldt forfall|"
    r"fravær|møteleder|"
    r"møteleiar|referent|sekretær|fra administrasjonen|frå administrasjonen)\b", re.IGNORECASE)
_ABOUT_ANSWER = re.compile(
    r"(?:innspill|innspel|høring|høyring|uttale|fråsegn|spørreskjema|spørsmål|tilbakemelding|svar\b|rullering|"
    r"revisjon|"
    r"gjennomgang|planutkast)", re.IGNORECASE)
_SECTION = re.compile(
    r"^(?P<name>saksopplysninge?r|saksopplysningar|saksutredning|saksutgreiing|saksframstilling|saksfremstilling|"
    r"saksorientering|"
    r"bakgrunn(?: for saken| for saka)?|faktaopplysninger|faktiske opplysninger|saksgang|"
    r"behandling(?:en)?(?: i møtet)?|"
    r"handsaming(?:a)?|votering|avstemning|røysting|avrøysting|vedtak|samrøystes vedtak|enstemmig vedtak|"
    r"forslag til vedtak|framlegg til vedtak|innstilling|tilråding|konklusjon|uttalelse|fråsegn|uttale|"
    r"vurdering(?:er|ar)?|"
    r"drøfting|diskusjon|innspill|innspel|merknader|oppsummering|kommentarer|kommentarar|"
    r"svar)\s*[:.]?$", re.IGNORECASE)
_BACKGROUND = re.compile(r"^(?:saks(?!protokoll)|bakgrunn|fakta|faktiske)", re.IGNORECASE)
_VOTE = re.compile(r"^(?:votering|avstemning|røysting|avrøysting)", re.IGNORECASE)
_ITEMS_OF_VIEWS = 2  # other items, all full of views: one alone may be about anything
_LINE = 25  # a title of an item has at most so many words


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in the minutes a statement stands."""

    part: str  # "before" the first item | "title" | "other" item | "answer" item
    section: str = ""  # "" | "label" | "background" | "vote" | "text"


def starts_item(text: str, marker: str = "") -> bool:
    """Whether a line opens an item of the minutes: "Sak 14/25 Høring", "14/25: Høring"."""
    line = f"{marker} {text}".strip() if marker else text
    return len(line.split()) <= _LINE and bool(_ITEM.match(text) or _ITEM.match(line)) and not text.endswith((",", ";"))


def section(text: str) -> str:
    """ "background", "vote" or "text" for a line that is only the name of a section; else ""."""
    m = _SECTION.match(text.strip())
    if not m:
        return ""
    return "background" if _BACKGROUND.match(m["name"]) else "vote" if _VOTE.match(m["name"]) else "text"


def read(statements: Sequence[Statement], questions: Sequence[Question]) -> list[Place] | None:
    """A place for every statement when they are minutes in which the answer is one item of several; else None.

    Minutes are known by two or more numbered items, or by their name or attendance list with titled
    items. The items that the questionnaire's words, questions found in the text, or words such as
    "innspill" and "høring" point to hold the answer. When nothing points to any, all items with a view
    where one is full of them, and else None: better too much than a voice lost.
    """
    opened = [i for i, s in enumerate(statements) if s.place in BODY_PLACES and starts_item(s.text, s.marker)]
    named = any(_FORM.search(s.text) for s in statements[:20]) or any(_ATTENDANCE.match(s.text) for s in statements[:60])
    if is_extract(statements):
        return None
    if named and len(opened) < 2:
        fixed = [i for i, s in enumerate(statements) if _FORMAL.match(s.text) and len(s.text.split()) <= 12
                  and (s.kind == "heading" or s.marker)]
        if fixed:
            opened = [i for i, s in enumerate(statements)
                      if i in fixed or i in opened or (_like(s, statements[fixed[0]]))]
    if len(opened) < 2:
        return None
    spans = [(start, stop) for start, stop in zip(opened, [*opened[1:], len(statements)], strict=True)]
    if any(_EXTRACT.search(s.text) for s in statements[:20]):
        return _extracted(statements, spans)
    vocabulary = {lemma for q in questions for lemma in content(f"{q.text} {q.block}")}
    worth = [_worth(statements[a:b], vocabulary) for a, b in spans]
    best = max(worth)
    places = [Place(part="before")] * opened[0]
    answers = [value >= max(0.5 * best, 0.1) for value in worth]
    if best <= 0:
        items = [statements[a:b] for a, b in spans]
        if not any(map(_full_of_views, items)):
            return None
        answers = [any(rules.OPINION.search(s.text) for s in item[1:]) for item in items]
    others = [n for n, (start, _) in enumerate(spans) if not answers[n] and not formal(statements[start].text)]
    if len(others) >= _ITEMS_OF_VIEWS and all(_full_of_views(statements[slice(*spans[n])]) for n in others):
        answers = [answer or n in others for n, answer in enumerate(answers)]  # a meeting about nothing else
    for (start, stop), answer in zip(spans, answers, strict=True):
        part = "answer" if answer else "other"
        state = "text"
        places.append(Place(part="title"))
        for s in statements[start + 1:stop]:
            label = section(s.text)
            state = label or state
            places.append(Place(part=part, section="label" if label else state))
    return places


def _extracted(statements: Sequence[Statement], spans: Sequence[tuple[int, int]]) -> list[Place]:
    """Places in an extract of several items: what was taken out for the secretariat is the answer, the formal items aside."""
    places = [Place(part="before")] * spans[0][0]
    for start, stop in spans:
        bare = _ITEM.sub("", statements[start].text).strip(" :.–-")
        other = bool(_FORMAL.match(bare)) or bare.lower().startswith("orientering")
        places.append(Place(part="title"))
        state = "text"
        for s in statements[start + 1:stop]:
            label = section(s.text)
            state = label or state
            places.append(Place(part="other" if other else "answer", section="label" if label else state))
    return places


def is_extract(statements: Sequence[Statement]) -> bool:
    """Whether the document is an extract with one item of the minutes: its headings, "Eventuelt" too, are then that item's own."""
    return any(_EXTRACT.search(s.text) for s in statements[:20]) and sum(
        s.place in BODY_PLACES and starts_item(s.text, s.marker) for s in statements) == 1


def formal(title: str) -> bool:
    """Whether a title names an item that never holds an answer: "Godkjenning av innkalling", "Eventuelt"."""
    return len(title.split()) <= 8 and bool(_FORMAL.match(_ITEM.sub("", title).strip(" :.–-")))


def _like(one: Statement, other: Statement) -> bool:
    """Whether two lines are titles of the same rank."""
    if one.kind != other.kind or len(one.text.split()) > _LINE:
        return False
    if one.kind == "heading":
        return one.headings[:1] == other.headings[:1] and len(one.headings) == len(other.headings)
    return one.marker[:1].isdigit() and other.marker[:1].isdigit() and not one.text.endswith(".")


def _full_of_views(item: Sequence[Statement]) -> bool:
    """Whether three lines in five of an item, three at least, demand or judge something."""
    views = sum(bool(rules.OPINION.search(s.text)) for s in item[1:])
    return views >= 3 and views >= 0.6 * (len(item) - 1)


def _worth(item: Sequence[Statement], vocabulary: set[str]) -> float:
    """How much an item of the minutes looks like the answer; 0 for an empty or a formal one."""
    title, body = item[0].text, item[1:]
    bare = _ITEM.sub("", title).strip(" :.–-")
    if not body or _FORMAL.match(bare):
        return 0.0
    lemmas = set(content(bare))
    shared = len(lemmas & vocabulary) / len(lemmas) if lemmas else 0.0
    answered = sum(s.question is not None for s in body) / len(body)
    return 2 * answered + shared + 0.7 * bool(_ABOUT_ANSWER.search(bare))
