"""Support for another body's answer: "vi slutter oss til innspillet fra …", and for which questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.config import Body, Question
from pipeline.language.lemmas import content
from pipeline.language.memory import of_the_last
from pipeline.norsk import other_forms, without_place

_WHOLLY = (r"(?:(?:(?:helt|heilt)\s+og\s+fullt|"
           r"fullt(?:\s+og\s+helt|\s+ut)?|fullstendig|helt|heilt|svært|meget|også|òg|stort\s+sett|(?:i|for)\s+det\s+meste|ellers|elles|for\s*øvrig|dessuten|derfor|difor|i\s+det\s+vesentl[ie]ge?|"
           r"i\s+(?:all\s+)?hovudsak|i\s+(?:all\s+)?hovedsak|i\s+det\s+store\s+og\s+(?:hele|heile)|i\s+store\s+trekk|langt\s+på\s+veg|langt\s+på\s+vei|her|da|då)\s+){0,3}")
_WE = (r"(?:(?:(?-i:[A-ZÆØÅ]{2,5})|seg|oss|me|vi|jeg|eg|begge|alle|rs\S*|utvalg\w*|utval\w*|styret|\w*rådet|kommunen|"
       r"formannskapet|kommunestyret|bystyret|nemnda|klubben|laget|\w*foreningen|\w*foreninga|\w*foreininga)\s+){0,3}")
_VERB = re.compile(
    rf"\b(?:slutte[rt]?|sluttar|slutta)\s+{_WE}{_WHOLLY}(?:til|te)\b|\btilslutt(?:er|ar)\s+{_WE}"
    rf"|\b(?:stille[rt]?|still)\s+{_WE}{_WHOLLY}bak\b|\bstår\s+{_WE}{_WHOLLY}(?:ut\s+)?bak\b"
    r"|\b(?:støtte[rt]?|støttar|støtta|stør|tiltrer|tiltrår|gir\s+(?:vår|sin)\s+støtte\s+til|gjev\s+(?:vår\s+)?støtte\s+til|"
    r"bifaller|bakker\s+opp|bakkar\s+opp|sekunderer|går\s+god\s+for|(?:støttes|støttast)(?=\s+(?:det|alt)\b))\b"
    r"|\b(?:gir|gjev|gi)\s+(?:(?:vår|sin|full|fulle)\s+){0,2}tilslutning\s+til\b|\b(?:viser\s+til\s+og\s+støtter)\b"
    rf"|(?:\b(?:er|e|æ|sier|seier)\s+{_WE}|^){_WHOLLY}(?:enige?|einige?|samde?|samstemte?)\s+(?:med|i)\b"
    rf"|\b(?:deler|delar)\s+{_WE}{_WHOLLY}(?=\S+)|\bhar\s+(?:ikke|ikkje|ingenting|lite|ingen\s*ting)\s+(?:noe\s+|noko\s+)?å\s+"
    r"(?:legge\s+til|leggje\s+til|tilføye|føye\s+til|føye)\b"
    r"|\b(?:skriver|skriv|skrive|signerer)\s+(?:vi\s+|me\s+)?(?:gjerne\s+|helt\s+|fullt\s+|også\s+|òg\s+)?under\s+på\b"
    r"|\b(?:samme|same)\s+(?:(?:svar|syn|innspill|innspel|merknader|vurdering|oppfatning|oppfatting|mening|meining|standpunkt)\s+)?"
    r"som\b", re.IGNORECASE)
# The other's answer comes first: "innspillet fra Lister støttes", "Lister har skrevet det vi mener".
_PASSIVE = re.compile(r"\b(?:støttes|støttast|tiltres|tiltrest|bifalles|får\s+(?:vår|full)\s+støtte|stiller\s+vi\s+oss\s+bak|"
                      r"slutter\s+vi\s+oss\s+til|sluttar\s+vi\s+oss\s+til|(?:støtter|støttar|stør)\s+(?:vi|me|utvalget|utvalet|rådet|styret|kommunen|laget)"
                      r"|som\s+(?:vi|me|utvalget|utvalet|rådet|kommunen)\s+(?:\w+\s+)?"
                      r"(?:støtter|støttar|stør|(?:slutter|sluttar|stiller)\s+(?:oss|seg)\s+(?:til|bak)|er\s+(?:enige?|einige?|samde)\s+i)"
                      r"|(?:er|e|æ)\s+(?:vi|me)\s+(?:\w+\s+){0,2}?(?:enige?|einige?|samde?)\s+i"
                      r"|(?<=,\s)(?:er|e|æ)\s+(?:vi|me)\s+(?:\w+\s+){0,2}?(?:enige?|einige?|samde?)(?=[.!,]?$)"
                      r"|og\s+(?:vi\s+|me\s+)?(?:slutter|sluttar|stiller)\s+(?:oss|seg)\s+(?:\w+\s+){0,3}?(?:til|bak)\s+"
                      r"(?:den|det|denne|dette|dei|disse)"
                      r"|og\s+(?:vi\s+|me\s+)?er\s+(?:helt\s+|heilt\s+|fullt\s+)?(?:enige?|einige?|samde)"
                      r"(?!\s+(?:om|i\s+at))"
                      r"|(?:kan|kunne|vil|skriver|skriv|setter|set)\s+(?:vi|me)\s+(?:\w+\s+){0,2}?"
                      r"(?:navnet\s+(?:vårt\s+)?|namnet\s+(?:vårt\s+)?)?under(?:\s+på)?(?!\s+(?:at\b|en\b|ein\b|et\b))"
                      r"|kunne\s+(?:vi|me)\s+(?:ha\s+)?(?:skrevet|skrive|sagt)\s+(?:selv|sjølve?|sjøl)"
                      r"|dekker\s+(?:også\s+|òg\s+)?(?:vår|vårt|våre)\s+(?:syn|synspunkt\w*|merknad\w*|innspill|oppfatning))\b",
                      re.IGNORECASE)
_SPEAKS_FOR_US = re.compile(
    r"\b(?:har\s+(?:\w+\s+)?(?:skrevet|skrive|sagt|svart|svara|formulert|beskrevet|beskrive)|skriver|skriv|sier|seier|svarer|svarar)\s+"
    r"(?!at\b|om\b)(?:\w+\s+){0,3}?(?:(?:det|slik|akkurat\s+det|nettopp\s+det)\s+(?:som\s+)?(?:vi|me|eg|jeg)\b|(?:samme|same)\s+som\s+(?:vi|oss|me)\b|"
    r"(?:også|òg)?\s*(?:for|på\s+vegne?r?\s+av)\s+oss\b)"
    r"|\bhvis\s+(?:syn\w*|vurdering\w*|innspill)\s[^.]{0,60}?\bdeler\b"
    r"|(?<=\s)(?:helt\s+|heilt\s+)?rett\b(?!\s+(?:til|på|å)\b)", re.IGNORECASE)
_REFERS = re.compile(r"^(?:(?:vi|me|det|utvalget|utvalet)\s+)?(?:viser|syner|vises|visast|henviser|se|sjå)\s+(?:her\s+|også\s+|òg\s+)?"
                     r"(?:til\s+)?(?=\S)", re.IGNORECASE)
_EXCEPT = re.compile(r"[,;]?\s*(?:\bmen\s+(?:ikke|ikkje)\s+(?:i|om|på|når|til|med|"
                     r"forslag\w*|framlegg\w*|punkt\w*|kravet|delen)\b|\b(?:bortsett|bortsett ifra|med\s+unntak|unntatt|unnateke|"
                     r"unnatatt|utenom|utanom|så\s+nær\s+som|foruten|bortsett)\b)", re.IGNORECASE)
# "…, unntatt forslaget om X": X, when it is named rather than argued for.
_LEFT_OUT = re.compile(
    r"^(?:men\s+(?:ikke|ikkje)\s+(?:(?:til|i|om|på|med)\s+)?|(?:bortsett(?:\s+ifra|\s+fr[aå])|med\s+unntak\s+(?:av|for|fr[aå])|unntatt|unnateke|unnatatt|"
    r"utenom|utanom|så\s+nær\s+som|foruten)\s+)(?P<what>(?!at\b|å\b)\S.*?)[.!]?$", re.IGNORECASE)
_HAVING_SAID = (r"(?:skrevet|skrive|skrivi|skreve|sagt|svart|svara|uttalt|uttala|ment|meint|påpekt|påpeika|pekt\s+på|peika\s+på|"
                r"foreslått|føreslått|spilt\s+inn|spelt\s+inn|tatt\s+opp|teke\s+opp|sendt|levert)")
_SAYING = (r"(?:skriver|skriv|sier|seier|uttaler|uttalar|mener|meiner|påpeker|peiker\s+på|peikar\s+på|peker\s+på|svarer|svarar|"
           rf"foreslår|føreslår|(?:har|hadde)\s+(?:\w+\s+)?{_HAVING_SAID})")
_SAID_BY = rf"(?:det|alt)\s+som\s+(?:er|blir|ble|blei|vart)\s+{_HAVING_SAID}\s+(?:av|fra|frå)\b"
# "Det Nes skole skriver om gjerdet", "det som Lister sier", "det som er sagt fra Lister".
_WHAT_IS_SAID = re.compile(
    rf"^\s*(?:(?:vi|me)\s+)?(?:(?:alt\s+(?:det\s+)?|det\s+)(?:som\s+)?.{{2,80}}?\s{_SAYING}\b|{_SAID_BY})", re.IGNORECASE)
_HAS_SAID = re.compile(
    rf"\b(?:det|alt)\b.{{2,80}}?\b{_SAYING}\b|\bhar\b.{{2,60}}?\b{_HAVING_SAID}\s+(?:det|alt)\b|\b{_SAID_BY}", re.IGNORECASE)
_ASIDE = re.compile(r"^\s*(?:for\s*øvrig|ellers|elles|dessuten|derfor|difor|også|òg)\b", re.IGNORECASE)
_ALIKE = re.compile(r"^(?:vi\s+mener\s+det\s+)?(?:(?:det\s+)?(?:samme|same)\s+som|som|likt\s+med|"
                    r"lik)\b(?=.{0,40}$)", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:de|dei)\s+(?:andre|øvrige|øvrige|andre)\s+(?:regionene|regionane|rs\S*|utvalgene|utvala)"
                     r"|\b(?:øvrige|andre)\s+rs\b", re.IGNORECASE)
_ANSWER_WORD = re.compile(r"innspill|innspel|svar|uttale|forslag|framlegg|fråsegn|merknad|synspunkt|tilbakemelding|"
                          r"vurdering|kommentar|brevet?\b|notatet?\b|syn(?:et|a|ene)?\b", re.IGNORECASE)
_RESERVED = re.compile(r"\b(?:forbehold|atterhald|etterhald|forutsatt|føresett|under forutsetning|så lenge|så framt|"
                       r"såframt|"
                       r"med unntak|unntatt|bortsett fr[aå]|delvis|ikke|ikkje|neppe|verken)\b", re.IGNORECASE)
# "Så det treng vi ikkje gjenta": denies nothing.
_SAID_ALREADY = re.compile(
    r"\b(?:trenger|treng|behøver|skal|vil|kan)\s+(?:vi|me)?\s*(?:ikke|ikkje)\s+(?:å\s+)?"
    r"(?:gjenta|gjentake|repetere|skrive|ta\s+opp\s+(?:igjen|att)|si|seie|utdjupe|utdype)\b", re.IGNORECASE)
_RESERVATION = re.compile(r"forbehold|atterhald|etterhald|forutsatt|føresett", re.IGNORECASE)
_LONGEST = 1_500  # characters; an endorsement is a sentence
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
    ``exception``: what of the other's answer is left out ("bortsett fra punkt 2"), as written; it may be
    a view of its own and then begins at ``end``. ``only_refers``: the text points to the other's answer and no more.
    """

    bodies: tuple[str, ...]
    questions: tuple[str, ...] = ()
    end: int = 0
    reserved: bool = False
    unresolved: bool = False
    exception: str = ""
    only_refers: bool = False


def find(text: str, *, own: Sequence[str], bodies: Sequence[Body], questions: Sequence[Question],
         question: str | None = None) -> Endorsement | None:
    """The endorsement that ``text`` expresses, or None.

    ``own``: the bodies that speak, never endorsed. ``question``: the one the statement stands under; it is
    what is endorsed unless the text names something else. A statement that spells out what it supports
    ("støtter Lister i at ansvaret må …") is no endorsement: it makes the point itself.
    """
    if len(text) > _LONGEST:
        return None
    if found := _named_first(text, own=own, bodies=bodies, questions=questions, question=question):
        return found
    alike = _ALIKE.match(text)
    verb = alike or _VERB.search(text)
    refers = _REFERS.match(text) if verb is None and len(text.split()) <= 14 else None
    verb = verb or refers
    if verb is None:
        return None
    reach = _reach(text, verb.end())
    span = _ASIDE.sub("", text[verb.end():reach.end])
    if span.lstrip().startswith(("at ", "å ")):
        return None
    named = _named(span, bodies, whole=bool(alike))
    needs_answer = refers or verb[0].lower().startswith("del")  # "viser til Lister", "deler utstyr med Lister"
    near = _named(" ".join(span.split()[:4]), bodies, whole=False)
    if not alike and not _ANSWER_WORD.search(span) and not _WHAT_IS_SAID.match(span) and (needs_answer or not near):
        named = ()  # "støtter tiltaket i Lister" supports no answer
    others = tuple(b for b in named if b not in own)
    if not others and not alike and _OTHERS.search(span):
        others = tuple(b.name for b in bodies if b.name not in own)
    if not others or _OWN_CLAUSE.search(span):
        return None
    # "Har ikke noe å legge til" and "ikke bare" deny nothing.
    said = text[:reach.end].replace(verb[0], " ", 1)
    return _made(text, others, reach, names=span, said=said, questions=questions, question=question, only_refers=bool(refers))


@dataclass(frozen=True, slots=True)
class _Reach:
    """Where an endorsement stops, and why: at an exception, at a turn ("men"), or (neither) with the text."""

    end: int
    excepted: bool
    turned: bool


def _reach(text: str, at: int) -> _Reach:
    turn = _TURN.search(text, at)
    excepted = _EXCEPT.search(text, at)
    if excepted and turn and excepted.start() > turn.start() + 1:
        excepted = None
    end = excepted.start() if excepted else turn.start() if turn else len(text)
    return _Reach(end, excepted is not None, turn is not None)


def _made(text: str, bodies: tuple[str, ...], reach: _Reach, *, names: str, said: str, questions: Sequence[Question],
          question: str | None, only_refers: bool = False) -> Endorsement:
    """The endorsement that is ``said``. ``names``: the part of it that may name questions."""
    asked, unresolved = _asked(names, questions)
    if not asked and not unresolved and question is not None:
        asked = (question,)
    end, exception = reach.end, ""
    reserved = bool(_RESERVED.search(_SAID_ALREADY.sub(" ", said)))
    if reach.excepted:
        exception = text[end:].strip(" ,;")
        left_out, unknown = _asked(exception, questions) if _NUMBERS.search(exception) else ((), False)
        if left_out:
            asked = tuple(q for q in asked or tuple(q.number for q in questions) if q not in left_out)
        if left_out or unknown or len(exception.split()) <= 4:
            end = len(text)
            unresolved = unresolved or not left_out
    elif reach.turned:
        reserved = reserved or bool(_RESERVATION.search(text[end:end + 200]))
    return Endorsement(bodies=bodies, questions=asked, end=end, reserved=reserved, unresolved=unresolved, exception=exception,
                       only_refers=only_refers)


def left_out(text: str) -> str:
    """What "unntatt forslaget om X" leaves out of an endorsement before it: "forslaget om X"; "" for other texts."""
    found = _LEFT_OUT.match(text.strip())
    return found["what"] if found else ""


def _named_first(text: str, *, own: Sequence[str], bodies: Sequence[Body], questions: Sequence[Question],
                 question: str | None) -> Endorsement | None:
    """ "Innspillet fra Lister støttes", "Lister har skrevet det vi mener": the other stands before the verb."""
    for pattern, needs_answer in ((_PASSIVE, True), (_SPEAKS_FOR_US, False)):
        m = pattern.search(text)
        if m is None or len(text[:m.start()].split()) > 14:
            continue
        before = text[:m.start()]
        others = tuple(b for b in _named(before, bodies, whole=False) if b not in own)
        if not others or (needs_answer and not (_ANSWER_WORD.search(before) or _HAS_SAID.search(before))):
            continue
        if m[0].endswith("rett") and not re.search(r"\bhar\b", before):
            continue
        after = text[m.end():]
        if _OWN_CLAUSE.search(after[:12]) or re.match(r"\s+(?:at|å)\b", after):
            return None
        reach = _reach(text, m.end())
        said = text[:reach.end]
        return _made(text, others, reach, names=said, said=said, questions=questions, question=question)
    return None


def _names(body: Body, short: str = "") -> set[str]:
    """What it is called, in either written form. ``short``: its name without the place, where no other is called so."""
    return {form for name in (body.name, *body.aliases, *filter(None, [short])) for form in (name, *other_forms(name))}


@of_the_last
def _short(bodies: Sequence[Body]) -> dict[str, str]:
    """The bodies that no other shares its name without the place with -> that name: "Fylkesungdomsrådet", of "… i Nes"."""
    called = {body.name: short for body in bodies if (short := without_place(body.name))}
    many = Counter(called.values())
    return {name: short for name, short in called.items() if many[short] == 1}


@lru_cache(maxsize=8192)
def _pattern(body: Body, short: str) -> re.Pattern[str]:
    names = sorted(_names(body, short), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?:s|')?(?!\w)", re.IGNORECASE)


def _named(span: str, bodies: Sequence[Body], *, whole: bool) -> tuple[str, ...]:
    """The bodies that ``span`` names, in configured order. ``whole``: it must hold little else."""
    found = []
    rest = span
    for body in _possible(span, bodies):
        pattern = _pattern(body, _short(bodies).get(body.name, ""))
        if pattern.search(span):
            found.append(body.name)
            rest = pattern.sub(" ", rest)
    if whole and len(content(rest)) > 1:
        return ()
    return tuple(found)


def _possible(span: str, bodies: Sequence[Body]) -> list[Body]:
    """The bodies that have a name whose first word stands in ``span``: of the thousands in a national hearing, few."""
    index = _by_first_word(bodies)
    words = {_folded(word) for word in re.findall(r"\w+", span)}
    places = index.get("", set()).union(*(index.get(form, ()) for word in words for form in (word, word.removesuffix("s"))))
    return [bodies[at] for at in sorted(places)]


@of_the_last
def _by_first_word(bodies: Sequence[Body]) -> dict[str, set[int]]:
    """The first word of each name -> the places of the bodies that have it."""
    index: dict[str, set[int]] = {}
    for at, body in enumerate(bodies):
        for name in _names(body, _short(bodies).get(body.name, "")):
            index.setdefault(_folded(re.match(r"\w*", name)[0]), set()).add(at)
    return index


def _folded(word: str) -> str:
    """So that all that ``re.IGNORECASE`` takes for the same is the same; it takes the Turkish letters for an i."""
    return word.casefold().replace("\u0307", "").replace("ı", "i")


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
