"""When, how often and where a clause wants a thing.

"Godstogene bør gå om natta" and "Godstogene bør gå om dagen", "rapport hvert kvartal" and "en årlig rapport", "bilen bør stå
på Nes" and "bilen må stå på Lund" are the likest of clauses and say different things. Only what stands before a reason or
what is refused counts: "på Nes, for på Lund er det ingen vei", "om natta, ikke om dagen".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.norsk import NUMBER_WORDS, number_of

_ASIDE = re.compile(
    r"(?:,\s*(?:for|fordi|siden|sidan|ettersom|da|då|slik at|så|hvor|der|som|ikke|ikkje|og ikke|og ikkje|framfor|fremfor|heller)\b"
    r"|\s(?:fordi|framfor|fremfor|i stedet for|i staden for|heller enn)\b).*$", re.IGNORECASE | re.DOTALL)
# One of these excludes the others of its row. "På dagen" and "i natt" tell of one day, "vår" is also "our".
_NOT_SO_OFTEN = "(?<!gang )(?<!ganger )(?<!gong )(?<!gonger )"  # "to ganger om dagen" is how often
_ON = r"(?:om|på|i|og|eller|samt)"
_TIMES = tuple(tuple(re.compile(rf"{_NOT_SO_OFTEN}(?:\b(?:{one})\b)", re.IGNORECASE) for one in row) for row in (
    (rf"{_ON} (?:natta|natten|nettene|nettane|nattestid|nattetid)", r"(?:om|og|eller) (?:dagen|dagene|dagane)|dagtid|dag(?=- og)",
     rf"{_ON} (?:kvelden|kveldene|kveldane)|kveldstid|kvelds(?=- og)", rf"{_ON} (?:morgenen|morgonen|morgenene|morgonane)",
     rf"{_ON} ettermiddag(?:en|ene|ane)", rf"{_ON} formiddag(?:en|ene|ane)"),
    (r"(?:om|og|eller) (?:sommeren|sommaren|sumaren)", r"(?:om|og|eller) vinteren", r"(?:om|og|eller) våren",
     r"(?:om|og|eller) (?:høsten|hausten)"),
    (rf"{_ON} (?:hverdag|kvardag)(?:er|ar|ene|ane)?", rf"{_ON} (?:helga|helgen|helgene|helgane|helger)"),
    tuple(rf"(?:på )?{day}(?:er|ar|ene|ane|en)?" for day in (
        r"(?:mandag|måndag)", r"(?:tirsdag|tysdag)", "onsdag", "torsdag", "fredag", r"(?:lørdag|laurdag)", r"(?:søndag|sundag)")),
))
_IN_A_YEAR = {"år": 1, "halvår": 2, "kvartal": 4, "måned": 12, "månad": 12, "uke": 52, "uka": 52, "veke": 52, "veka": 52,
              "dag": 365, "døgn": 365}
_LONG_UNIT = r"(?P<unit>halvår|år|kvartal|måned|månad|uke|uka|veke|veka)(?:et|en|n)?\b"
_UNIT = _LONG_UNIT.replace("|veka)", "|veka|dag|døgn)")
_ONE = ("en", "ein", "éin", "ei", "ett", "eitt", "éi")
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join((*_ONE, 'syv', *NUMBER_WORDS[1:]))})"
_MORE_OR_LESS = r"(?<!enn )(?<!minst )(?<!inntil )(?<!opptil )(?<!over )(?<!under )"
_TIMES_A = re.compile(
    rf"{_MORE_OR_LESS}\b{_COUNT} (?:gang|gong)(?:er|ar)? (?:i|per|pr\.?|om|for|hver|hvert|kvar|kvart) {_UNIT}", re.IGNORECASE)
# "To møter i året"
_THINGS_A = re.compile(rf"{_MORE_OR_LESS}\b{_COUNT} (?!gang|gong)[a-zæøå]{{4,}} (?:i|per|pr\.?) {_UNIT}", re.IGNORECASE)
_NTH = {"annet": 2, "annen": 2, "anna": 2, "andre": 2, "tredje": 3, "fjerde": 4, "femte": 5}
_EVERY = re.compile(rf"{_NOT_SO_OFTEN}\b(?:hver|hvert|kvar|kvart) (?:(?P<nth>{'|'.join(_NTH)}) )?{_LONG_UNIT}", re.IGNORECASE)
_PER = re.compile(rf"(?P<nth>){_NOT_SO_OFTEN}\b(?:per|pr\.?) {_LONG_UNIT}", re.IGNORECASE)  # "en rapport per kvartal"
_NTH_EVERY = re.compile(rf"\b(?P<nth>{'|'.join(_NTH)}) (?:hver|hvert|kvar|kvart) {_UNIT}", re.IGNORECASE)  # "fjerde hver uke"
_RATHER = re.compile(r"\b(?:sjeldnere|sjeldnare|(?<!ikke )(?<!ikkje )(?:oftere|oftare|hyppigere|hyppigare)"
                     r"|(?:alt)?for (?:ofte|sjelden|sjeldan)|(?:ikke|ikkje) (?:ofte )?(?:nok|tilstrekkelig)"
                     r"|urealistisk|uaktuelt|(?:ikke|ikkje) realistisk"
                     r"|som (?:bare|berre|kun))\b", re.IGNORECASE)
_OTHER_YEAR = re.compile(r"\bann(?:et|a)(?:hvert|kvart) år\b", re.IGNORECASE)
_ADJECTIVES = tuple((re.compile(rf"{_MORE_OR_LESS}\b(?:{words})\b", re.IGNORECASE), n) for words, n in (
    (r"årl[ie]ge?|årviss?", 1), (r"halvårl[ie]ge?", 2), (r"kvartals\w*", 4), (r"(?:måned|månad)l[ie]ge?", 12),
    (r"(?:uke|veke)nt?l[ie]ge?", 52)))
_NAME = r"(?P<name>[A-ZÆØÅ][\w-]{2,}(?: (?:[a-zæøå]{4,} )?[A-ZÆØÅ][\w-]{2,})*)"
_AT = rf"\b(?:på|i|ved|til) {_NAME}"
_STANDS = re.compile(
    r"\b(?:stå|står|stande|ligge|ligg|ligger|liggje|liggende|liggande|plasser\w+|legges|leggjast|lokaliser\w+|bygges|byggjast|bygge|byggje|"
    r"samles|samlast|flyttes|flyttast|flytte|holde til|halde til"
    r"|blir?(?: (?:værende|verande|liggende|liggjande|liggande|stående|ståande))?(?= (?:på|i|ved) [A-ZÆØÅ]))\b(?P<rest>[^,;.:]*)")
_STAYS = re.compile(
    rf"{_AT} (?:må|bør|skal) (?:\w+ )?"
    r"(?:bli|være|vere|ligge|liggje|stå|bestå|behold\w+|behald\w+|bevar\w+|videreføres|vidareførast|førast vidare|oppretthold\w+)\b")
# "Tas på helsestasjonen", "samlet på sjukehuset": what is not a name, one spelling for both written forms
_DONE_AT = re.compile(
    r"\b(?:tas|takast|ta|gjøres|gjerast|skje|foregå|gå føre seg|samle[st]|samla|samlast|utføres|utførast|holdes|haldast|gis|tilbys"
    r"|tilbydast)\b[^,;.:]{0,30}?\s(?:på|i|ved|hos) "
    r"(?P<house>\w*(?:stasjonen|huset|senteret|skolen|skulen|kontoret|biblioteket|hjemmet|heimen|avdelingen|avdelinga))\b", re.IGNORECASE)
_SPELLED = (("sjuke", "syke"), ("skule", "skole"), ("heimen", "hjemmet"), ("avdelinga", "avdelingen"))
_REFUSES = re.compile(r"\b(?:ikke|ikkje|itte|itj|imot|mot at|nei til|frarå\w*|rår ifrå)\b", re.IGNORECASE)  # where it must not be
# "To koordinatorer", "én koordinator": so many of a thing
_OF_THEM = re.compile(r"\b(?P<count>én|éin|éi|ei eneste|en eneste|ein einaste|to|tre|fire|fem|seks|åtte|ti) "
                      r"(?:(?:felles|ny|nye|fast|faste|hel|heil) )?"
                      r"(?P<noun>[a-zæøå]{5,})", re.IGNORECASE)
_SAME_THING = 5  # letters of a noun
_LONG_NAME = 4  # letters: "Haugvik" and "Haugvika" are one place


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a clause says of time and place."""

    times: frozenset[tuple[int, int]] = frozenset()  # (row of times, which of it)
    yearly: frozenset[float] = frozenset()  # how many times a year
    measure: frozenset[float] = frozenset()  # how many times a year it is compared with: "hvert år er for ofte", "oftere enn hvert år"
    counts: frozenset[tuple[str, int]] = frozenset()  # (the first letters of a thing, how many of them)
    places: frozenset[str] = frozenset()  # names of where it stands or is to stand, folded
    houses: frozenset[str] = frozenset()  # where it is to be done, by an ordinary word


_NONE = Particulars()


@lru_cache(maxsize=8192)
def of(text: str) -> Particulars:
    """The particulars of one clause."""
    text = _ASIDE.sub("", text)
    often = frozenset(_yearly(text))
    rather = _RATHER.search(text) is not None
    found = Particulars(
        frozenset((row, at) for row, times in enumerate(_TIMES) for at, time in enumerate(times) if time.search(text)),
        frozenset() if rather else often, often if rather else frozenset(), frozenset(_counts(text)),
        *((frozenset(), frozenset()) if _REFUSES.search(text) else (frozenset(_places(text)), frozenset(_houses(text)))))
    return _NONE if found == _NONE else found


def _yearly(text: str) -> Iterator[float]:
    for m in (*_TIMES_A.finditer(text), *_THINGS_A.finditer(text)):
        yield number_of(m["count"].lower()) * _IN_A_YEAR[m["unit"].lower()]
    for m in (*_PER.finditer(text), *_EVERY.finditer(_NTH_EVERY.sub("", text)), *_NTH_EVERY.finditer(text)):
        yield _IN_A_YEAR[m["unit"].lower()] / _NTH.get((m["nth"] or "").lower(), 1)
    if _OTHER_YEAR.search(text):
        yield 0.5
    for words, n in _ADJECTIVES:
        if words.search(text):
            yield float(n)


def _counts(text: str) -> Iterator[tuple[str, int]]:
    for m in _OF_THEM.finditer(text):
        count = m["count"].lower()
        yield m["noun"][:_SAME_THING].lower(), 1 if count[0] in "eé" else number_of(count)


def _places(text: str) -> Iterator[str]:
    for m in _STANDS.finditer(text):
        for name in re.finditer(_AT, m["rest"]):
            yield from _capitals(name["name"])
    for m in _STAYS.finditer(text):
        yield from _capitals(m["name"])


def _houses(text: str) -> Iterator[str]:
    for m in _DONE_AT.finditer(text):
        house = m["house"].casefold()
        for other, spelled in _SPELLED:
            house = house.replace(other, spelled)
        yield house


def _capitals(name: str) -> list[str]:
    return [word.casefold() for word in name.split() if word[0].isupper()]


def differ(a: Particulars, b: Particulars) -> bool:
    """Whether both say when, how often or where, and not the same."""
    if a is _NONE or b is _NONE:
        return False
    if (a.yearly and b.yearly and not a.yearly & b.yearly) or (a.measure and b.measure and not a.measure & b.measure):
        return True
    if any(len(one.measure) == 1 and one.measure <= other.yearly for one, other in ((a, b), (b, a))):
        return True  # the one asks for what the other finds too seldom or too often
    if a.places and b.places and not any(_same_place(one, other) for one in a.places for other in b.places):
        return True
    if a.houses and b.houses and not a.houses & b.houses:
        return True
    if any(thing == other and n != its for thing, n in a.counts for other, its in b.counts) and not a.counts & b.counts:
        return True
    shared = {row for row, _ in a.times} & {row for row, _ in b.times}
    return any(not ({t for t in a.times if t[0] == row} & {t for t in b.times if t[0] == row}) for row in shared)


def _same_place(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= _LONG_NAME and (one.startswith(other) or other.startswith(one)))
