"""Support for another body's answer: "vi slutter oss til innspillet fra …", and for which questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.config import Body, Question
from pipeline.language.lemmas import content

_VERB = re.compile(
    r"\b(?:slutte[rt]?|sluttar|slutta)\s+(?:(?:seg|oss|me|vi|rs\S*|utvalg\w*)\s+){0,2}(?:(?:fullt ut|helt|heilt|"
    r"også|òg|i all hovedsak|i hovedsak)\s+){0,2}til\b"
    r"|\b(?:stille[rt]?|still)\s+(?:(?:seg|oss|me|vi)\s+){0,2}(?:(?:fullt ut|helt|heilt|også|òg)\s+)?bak\b"
    r"|\bstår\s+(?:(?:fullt|helt|heilt|også)\s+)?(?:ut\s+)?bak\b"
    r"|\b(?:støtte[rt]?|støttar|støtta|tiltrer|tiltrår|gir\s+(?:vår|sin)\s+støtte\s+til|gjev\s+støtte\s+til|"
    r"bifaller)\b"
    r"|\b(?:gir|gjev|gi)\s+(?:vår|sin|full)?\s*tilslutning\s+til\b|\b(?:viser\s+til\s+og\s+støtter)\b"
    r"|\b(?:er|sier?\s+(?:oss|seg)|seier\s+oss)\s+(?:(?:helt|heilt|fullt|også|òg|i\s+det\s+vesentlige?|"
    r"stort\s+sett)\s+)*"
    r"(?:enige?|einige?|samde?)\s+(?:med|i|meld)\b"
    r"|\b(?:samme|same)\s+(?:svar|syn|innspill|innspel|merknader|vurdering)\s+som\b", re.IGNORECASE)
_ALIKE = re.compile(r"^(?:vi\s+mener\s+det\s+)?(?:(?:det\s+)?(?:samme|same)\s+som|som|likt\s+med|"
                    r"lik)\b(?=.{0,40}$)", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:de|dei)\s+(?:andre|øvrige|øvrige|andre)\s+(?:regionene|regionane|rs\S*|utvalgene|utvala)"
                     r"|\b(?:øvrige|andre)\s+rs\b", re.IGNORECASE)
_ANSWER_WORD = re.compile(r"innspill|innspel|svar|uttale|forslag|framlegg|fråsegn|merknad|synspunkt|tilbakemelding|"
                          r"vurdering|kommentar|syn\b", re.IGNORECASE)
_RESERVED = re.compile(r"\b(?:forbehold|atterhald|etterhald|forutsatt|føresett|under forutsetning|så lenge|så framt|"
                       r"såframt|"
                       r"med unntak|unntatt|bortsett fr[aå]|delvis|ikke|ikkje|neppe|verken)\b", re.IGNORECASE)
_OWN_CLAUSE = re.compile(r"\b(?:i\s+at|om\s+at|når\s+de\s+(?:sier|skriver)|i\s+å)\b", re.IGNORECASE)
_TURN = re.compile(r"[,;]?\s+(?:men|samtidig|i tillegg|dessuten|imidlertid|likevel)\b|[,;]\s+og\s+(?=(?:vil|mener|"
                   r"meiner|ønsker|"
                   r"ønskjer|ber|foreslår|føreslår|vi|me|understreker|understrekar|peker|peikar)\b)|"
                   r";\s+", re.IGNORECASE)
_NUMBERS = re.compile(
    r"\b(?:punkt(?:ene|a)?|pkt\.?|spørsmål(?:ene|a)?|spm\.?|nr\.?)\s*((?:\d{1,2}\s?[a-h]?(?:\.\d)?)(?:\s*(?:,|og|"
    r"til|–|-)\s*\d{1,2}\s?[a-h]?\b)*)",
    re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endorsement:
    """``bodies``: whose answer; ``questions``: numbers, empty for the whole answer.

    ``end``: where in the text the endorsement stops and the body's own view begins; the text's length when
    it fills it. ``reserved``: there is a forbehold or a negation, so it must not count as plain support.
    ``unresolved``: it names a place in the other's answer that the questionnaire does not have.
    """

    bodies: tuple[str, ...]
    questions: tuple[str, ...] = ()
    end: int = 0
    reserved: bool = False
    unresolved: bool = False


def find(text: str, *, own: Sequence[str], bodies: Sequence[Body], questions: Sequence[Question],
         question: str | None = None) -> Endorsement | None:
    """The endorsement that ``text`` expresses, or None.

    ``own``: the bodies that speak, never endorsed. ``question``: the one the statement stands under; it is
    what is endorsed unless the text names something else. A statement that spells out what it supports
    ("støtter Lister i at ansvaret må …") is no endorsement: it makes the point itself.
    """
    alike = _ALIKE.match(text)
    verb = alike or _VERB.search(text)
    if verb is None:
        return None
    turn = _TURN.search(text, verb.end())
    end = turn.start() if turn else len(text)
    span = text[verb.end():end]
    if span.lstrip().startswith(("at ", "å ")):
        return None
    named = _named(span, bodies, whole=bool(alike))
    if not alike and not _ANSWER_WORD.search(span) and not _named(" ".join(span.split()[:4]), bodies, whole=False):
        named = ()  # "støtter tiltaket i Lister" supports no answer
    others = tuple(b for b in named if b not in own)
    if not others and not alike and _OTHERS.search(span):
        others = tuple(b.name for b in bodies if b.name not in own)
    if not others:
        return None
    if _OWN_CLAUSE.search(span):
        return None
    asked, unresolved = _asked(span, questions)
    if not asked and not unresolved and question is not None:
        asked = (question,)
    reserved = bool(_RESERVED.search(text[:end])) or bool(turn and _RESERVED.search(text[end:][:60]) and
                                                        re.search(r"forbehold|atterhald|forutsatt|"
                                                            r"føresett", text[end:], re.IGNORECASE))
    return Endorsement(bodies=others, questions=asked, end=end, reserved=reserved, unresolved=unresolved)


@lru_cache(maxsize=64)
def _patterns(bodies: tuple[Body, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for body in bodies:
        names = sorted({body.name, *body.aliases}, key=len, reverse=True)
        found.append((body.name, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?:s|"
                                            rf"')?(?!\w)", re.IGNORECASE)))
    return tuple(found)


def _named(span: str, bodies: Sequence[Body], *, whole: bool) -> tuple[str, ...]:
    """The bodies that ``span`` names, in configured order. ``whole``: it must hold little else."""
    found = []
    rest = span
    for name, pattern in _patterns(tuple(bodies)):
        if pattern.search(span):
            found.append(name)
            rest = pattern.sub(" ", rest)
    if whole and len(content(rest)) > 1:
        return ()
    return tuple(found)


def mentions(text: str, bodies: Sequence[Body]) -> tuple[str, ...]:
    """The bodies whose name or alias stands in ``text``."""
    return _named(text, bodies, whole=False)


def _asked(span: str, questions: Sequence[Question]) -> tuple[tuple[str, ...], bool]:
    """The questions that "punkt 3" or a subject in ``span`` means, and whether a number stayed unresolved."""
    if m := _NUMBERS.search(span):
        found: list[str] = []
        refs = re.findall(r"\d{1,2}\s?[a-h]?(?![\w.])", m[1].lower())
        if len(refs) == 2 and re.search(r"til|–|-", m[1]) and all(r.strip().isdigit() for r in refs):
            refs = [str(n) for n in range(int(refs[0]), int(refs[1]) + 1)]
        for ref in (r.replace(" ", "") for r in refs):
            exact = [q.number for q in questions if q.number.lower() == ref]
            group = [q.number for q in questions if re.match(rf"{ref}(?!\d)", q.number.lower())]
            found += exact or group or [q.number for q in questions if q.printed == ref]
        return tuple(dict.fromkeys(found)), not found
    subject = re.search(r"\b(?:når det gjelder|når det gjeld|om|angående|knyttet til|knytt til|"
                        r"vedrørende)\s+(.{3,60})", span)
    if subject:
        lemmas = set(content(subject[1]))
        titles = {q.block for q in questions if q.block and lemmas and lemmas <= set(content(q.block))}
        if len(titles) == 1:
            return tuple(q.number for q in questions if q.block in titles), False
        hit = tuple(q.number for q in questions if lemmas and lemmas <= set(content(q.text)))
        if hit:
            return hit, False
        return (), bool(lemmas)
    return (), False
