"""Clauses in nearly the same words that say the opposite: a negation more, two names that have changed places.

``stance`` reads what a clause wants; "rådhuset må styre dette, ikke grendalagene" and "grendalagene må styre dette,
ikke rådhuset" want the same, of different people. The likest clauses of all are such pairs, so they are told apart by
their words alone, and rather once too often: a missed merge costs a line, a wrong one puts words in a body's mouth.

- One denies and the other does not, both demand or both tell, in the same words ("ansvaret er ikke tydelig" and
  "ansvaret må være tydelig" are no such pair: the one tells, the other demands).
- Around a word that sets things against each other (ikke, framfor, enn, så, før, fra – til) they have changed sides.
- The one has "mest", "først", "flere" where the other has "minst", "sist", "færre", among the same words.
- They put things in another order: "bygdene først" and "byen først", "A sist og B først" and "A først og B sist".
- They want it at another time, so many times a year, or at another place (``particulars``).
- The one wants it for nothing, the other wants it paid for; the one wants it tried first, the other has it ready for all.
- The one wants it as a rule, the other as a choice.
- The one wants it for all, the other for those who need it.
- The one wants it shared equally, the other by a key.
- The one wants to wait with it, and the other does not.
- Somebody else is to lead it (own it, host it) or pay for it.
- The one says that it is done already, the other that it must be.
- The one wants a chapter of the plan for one thing, the other for another.
- They give the same noun opposite qualities: "felles sats for regionen" and "egne satser i hver kommune".
- Nearly everything is the same but for a number ("1,5" and "1,2") or the beginning of a word ("undervurdere" and "overvurdere").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise, takewhile

from pipeline.language import claims, lexicon, particulars

SAME_WORDS = 0.6  # the least share of the longer clause's content words that the shorter one has as well
_SAME_END, _BEGINNINGS = 5, 9  # letters of two words that differ in their beginning alone
# "Få den opp", "ikke dra den opp": verbs that say little beside their object.
_LIGHT = frozenset({"få", "får", "ta", "tar", "dra", "drar", "gjøre", "gjør", "ha", "har", "går", "gå", "finnes", "står"})
_INVITED = frozenset({"oss", "dem", "de", "kommunen", "utvalget", "folk", "være"})  # "La oss …" asks for something
# Words that turn a demand round, though they are no negations.
_REFUSING = ("slipp", "frarå", "unngå", "avvis", "forkast", "stans", "overflødig", "unødvendig", "utenfor", "imot")
_DIVIDERS = frozenset({"ikke", "framfor", "enn", "så", "før", "etter", "mens", "heller"})
_COMPARED = (("flere", "færre"), ("lengre", "kortere"), ("høyere", "lavere"))
_PAIRS = (*_COMPARED, ("mest", "minst"), ("først", "sist"), ("første", "siste"), ("mer", "mindre"), ("mye", "lite"),
          ("opp", "ned"), ("inn", "ut"), ("før", "etter"), ("bifalle", "imot"), ("over", "under"))
# Qualities of a noun that exclude each other: word -> (what they are of, which end).
_QUALITIES = {word: (scale, end) for scale, ends in enumerate((
    *_COMPARED, ("felles", "egen egne eget eigen eige eigne separate særskilte"), ("større", "mindre"),
    ("tidligere", "senere seinere"), ("åpne", "lukkede stengte"), ("gratis", "betalte"), ("obligatorisk", "frivillig"),
)) for end, words in enumerate(ends) for word in words.split()}
_BEGINS = 4  # letters of the first part of a compound
_SAME_NOUN = 5  # letters that two words for one noun begin with at least, when they are not the same stem
_ENDS = dict(_PAIRS) | {other: one for one, other in _PAIRS}
_HOW_MANY = claims.QUANTIFIED | {"flere", "mange"}
_OVER = frozenset(_ENDS) | {"til", "fra", "framfor", "enn", "så", "fyrst", "bare", "heller"}
_PLACES = {"først": 1, "fyrst": 1, "øverst": 1, "fremst": 1, "førsteprioritet": 1, "førsteprioriteten": 1,
           "sist": -1, "nederst": -1, "bakerst": -1}
_GOES, _AHEAD = frozenset({"gå", "går", "gis", "komme", "kommer"}), frozenset({"foran", "føre", "framfor", "før"})  # "X må gå foran Y"
# Whether a thing is to be tried first or is ready for all: "pilot i to kommuner", "moden for innføring overalt".
_TRIAL = ("pilot", "prøveprosjekt", "prøveordning", "utprøv", "forsøk", "prøve", "prøves", "prøvd", "teste", "testes")
_WAITING = frozenset({"vente", "vent", "avvente", "bero"})
_EVERYWHERE = frozenset({"overalt", "moden", "modent", "modne", "fullskala", "storskala"})
_VERBS = lexicon.MODALS | lexicon.COPULAS | frozenset(
    {"stå", "komme", "ligge", "gis", "få", "får", "settes", "prioriteres", "gå", "bli", "være", "går", "kommer"})
_DOING = {verb: what for what, verbs in (
    ("lead", "lede leder leda leie leier leia styre styrer koordinere koordinerer eie eier drive"),
    ("pay", "betale betaler betala finansiere finansierer"), ("hire", "ansette ansetter")) for verb in verbs.split()}
_LEADERSHIP = ("ledelse", "styringen", "styringa", "koordinator", "hånd", "hand")  # "X bør ha ledelsen", "X må ha hånd om"
# "Må ha X som eier", "X bør være arbeidsgiver"
_OFFICES = {"arbeidsgiver": "hire", "ansvarlig": "answer"} | dict.fromkeys(
    ("eier", "eiere", "eierer", "leder", "koordinator", "vert"), "lead")
_BY = frozenset({"av", "fra", "hos"})  # "ledes av X", "ledes fra X"
_TAKING = frozenset(("ha", "har", "få", "får", "ta", "tar", "overta", "overtar"))
_ANYBODY = ("part", "person", "navn", "noen", "leder", "stilling", "aktør", "virksomhet", "enhet", "instans")
_HIRED = frozenset({"ansettes", "ansatt", "ansatte", "tilsettes", "tilsatt"})
_SEATED = frozenset({"sitte", "sitter", "arbeidsplass", "arbeidsplassen", "kontorplass", "kontoret", "kontor"})  # "bør sitte på sykehuset"
_BELONGS = frozenset({"tilhøre", "ligge", "ligger", "plasseres", "legges"})
_REPLACED = ("avløs", "avløys", "erstatt")
_OUT_OF = frozenset({"over", "gjennom"})
_AT = frozenset({"av", "i", "hos", "ved", "på", "under", "til"})
_HOUSES = ("sykehus", "kommun", "helseforetak", "fylke", "stat", "fastlege", "bydel")
_DEFINITE = ("en", "et", "ne", "an")  # "sjukehuset leder"; in "én navngitt eier" nobody owns
_AFTER_WHICH = frozenset({"til", "for", "i", "av", "på", "hos", "med", "fra", "ved"})  # "i kommunen" is no agent
_VERB_STEMS = frozenset(map(lexicon.stem, _VERBS))
_CHAPTER = frozenset(map(lexicon.stem, ("kapittel", "kapitlet", "avsnitt", "avsnittet", "satsingsområde", "innsatsområde")))
_FRAME = _CHAPTER | _VERB_STEMS | frozenset(map(lexicon.stem, str.split(
    "eget egen nytt ny nye plan planen handlingsplan handlingsplanen dokument tas ta inn inne med savne savner mangle mangler trenger "
    "trengs behov få ha burde fortjene fortjener ønske ønsker foreslå foreslår lage legge lages tiltak mål om for særlig også utvalg "
    "utvalget samlet kort")))
_ONE_MORE = frozenset({"et", "ett", "eget", "egen", "nytt", "også"})
_COSTS = ("betal", "avgift", "gebyr", "egenandel", "leie")
# "Deles likt" and "fordeles etter folketall"
_SHARED, _EQUALLY = ("del", "fordel", "spleis", "betal", "gebyr", "avgift"), frozenset({"likt", "jevnt", "flatt"})
_KEYS = ("folketall", "innbygg", "størrels", "antall", "bruk", "evne", "areal", "omsetning", "inntekt", "vekt", "forbruk", "mengde")
_UNJUST = ("urettferdig", "urimelig")
# "Utgiftene bør deles mellom kommunene og sykehuset"
_SPLIT = re.compile(r"\b(?:utgift|kostnad|regning|rekning|betal|finansier)\w*\b.{0,40}\bdel(?:es|e) (?:av|mellom|på)\b")
_ARRANGED = ("kapittel", "kapitl", "inndel", "ordne", "sorter", "grupper", "rekkefølge", "bygd", "bygge")  # "kapitler etter diagnose"
_EACH = re.compile(
    r"\b(?:kommune for kommune|hver for (?:seg|oss)|hver (?:sin|sitt|sine)|hver kommune (?:bør|må|skal|kan)"
    r"|(?:i|av) (?:vår )?egen (?:kommune|regi)"
    r"|eget (?:hus|bygg)|kjøpe? (?:\w+ ){0,2}selv|ikke (?:tving|press|tre|påtving)\w* (?:på )?oss|velge (?:\w+ )?selv"
    r"|heller ha (?:\w+ ){1,4}selv|få velge)\b")
_ALL_TOGETHER = re.compile(
    r"\b(?<!ikke )(?:sammen|i fellesskap|samlet|spleise|felles|samarbeid med (?:nabo|andre|de andre|flere)\w*|interkommunal\w*"
    r"|over kommunegrensene|del(?:es|e) (?:av|mellom|på) (?:flere|to|tre|begge|de to))\b")
_COMPULSION, _RULED = frozenset({"krav", "plikt", "tvang"}), ("obligatorisk", "hovedregel", "førstevalg")
_FOR_SOME, _FOR_ALL = ("behovsprøv", "forbehold", "reserver"), frozenset({"til", "for", "gjelde", "gjelder", "omfatte", "omfatter"})
_BY_NEED, _HAVE = frozenset({"etter", "enkeltes", "individuelt"}), frozenset({"ha", "få", "tilbys"})
_TELLING = lexicon.COPULAS | lexicon.PRESENT | lexicon.PAST


_Sides = tuple[set[str], set[str]]


@dataclass(frozen=True, slots=True)
class Outline:
    """The words of a clause as far as contrast goes by them, folded."""

    words: tuple[str, ...]
    marked: tuple[str, ...]  # with its commas
    content: frozenset[str]  # stems
    order: tuple[str, ...]  # the stems of content, as they come
    denials: int  # negations and words that refuse, but for those in a reason
    demands: bool
    ends: frozenset[str]  # words that have a counterpart
    numbers: frozenset[str]
    places: tuple[tuple[str, int], ...]  # (stem of a noun, 1 where it is to come first, -1 last)
    ahead: frozenset[str]  # stems of what the part of the clause is about that says what comes first
    qualities: tuple[tuple[int, int, str], ...]  # (what of, which end, stem of the noun)
    doers: frozenset[tuple[str, str]]  # (what is to be done, stem of who is to do it)
    unfit: frozenset[tuple[str, str]]  # (what cannot be done, stem of who cannot do it)
    able: frozenset[tuple[str, int]]  # (stem of who, 1 where they must be able to do a thing, -1 where they cannot)
    topic: frozenset[str]  # stems of what the plan is to speak of: "et eget kapittel om pårørende"
    price: int  # 1 where a thing is to cost something, -1 where it is to be free
    sides: tuple[int, ...]  # 1, -1 or 0 each: shared equally or by a key, rule or choice, for all or by need,
    # tried first or ready, together or each for himself
    split: bool  # what it costs is to be shared
    arranged: frozenset[str]  # stems of what the plan is to be arranged by
    spurned: tuple[frozenset[str], frozenset[str]]  # stems of what is rather to be had, and than what: "heller A enn B"
    waits: bool  # the thing is to wait: "bør vente", "utsettes", "holder igjen"
    already: frozenset[str]  # stems of what is said to be done already
    particulars: particulars.Particulars
    around: dict[str, tuple[_Sides, _Sides]]  # words that two sides stand around -> these, to the end and to the comma
    over: frozenset[str]  # words that set one thing over another
    ways: dict[str, str]  # stem of what stands right after "fra" and "til", where it has both

    @property
    def whole(self) -> bool:
        """A clause, not a mere noun: "ikke tydelig ansvar" and "tydelig ansvar" ask for the same."""
        return self.demands or len(self.words) > 4 or any(w in _TELLING for w in self.words)


@lru_cache(maxsize=8192)
def outline(text: str) -> Outline:
    """The outline of one clause."""
    marked = tuple(lexicon.fold_text(text))
    words = tuple(w for w in marked if w != ",")
    claimed = claims.claimed(text)
    order = tuple(lexicon.stem(w) for w in words if _tells(w))
    return Outline(
        words=words,
        marked=marked,
        content=frozenset(order),
        order=order,
        denials=sum(map(_denies, claimed)),
        demands=_demands(words),
        ends=frozenset(w for w in words if w in _ENDS),
        numbers=frozenset(w for w in words if w[0].isdigit()),
        places=tuple(_places(claimed)),
        ahead=frozenset(_ahead(claimed)),
        qualities=tuple((*_QUALITIES[w], lexicon.stem(noun)) for w, noun in pairwise(words) if w in _QUALITIES and _tells(noun)),
        doers=frozenset(_doers(claimed)),
        unfit=frozenset(_unfit(words)),
        able=frozenset(_able(words)),
        topic=frozenset(order) - _FRAME if any(
            a in _ONE_MORE and lexicon.stem(b) in _CHAPTER for a, b in pairwise(words)) else frozenset(),
        price=_price(claimed),
        sides=(_share(claimed), _duty(words), _reach(words), _trial(words), _together(words)),
        split=bool(_SPLIT.search(" ".join(words))),
        arranged=frozenset(lexicon.stem(noun) for at, (word, noun) in enumerate(pairwise(words))
                           if word == "etter" and _tells(noun) and any(w.startswith(_ARRANGED) for w in words[max(at - 2, 0):at])),
        spurned=_spurned(words),
        waits=_waits(words),
        already=frozenset(lexicon.stem(w) for w, following in pairwise(words)
                          if following == "allerede" and (w in lexicon.PRESENT or w in _DOING)),
        particulars=particulars.of(text),
        around={word: (_sides(words, word), _sides(marked, word)) for word in sorted(_DIVIDERS & set(words))},
        over=_OVER & set(words),
        ways=_ways(words),
    )


def _denies(word: str) -> bool:
    return word in lexicon.NEGATORS or (word.startswith(_REFUSING) and word not in {"slippen", "slippene"})


def _places(words: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """What is to come first (1) and last (-1): the noun before "først", "øverst", "sist", and both sides of "før"."""
    for at, word in enumerate(words):
        if (place := _PLACES.get(word)) and (noun := _last_noun(words[:at])):
            yield noun, place
        if word in _AHEAD and words[max(at - 1, 0)] in _GOES and at < len(words) - 1:
            noun, other = _last_noun(words[:at - 1]), _first_noun(words[at + 1:])
            if noun and other:
                yield noun, 1
                yield other, -1
        if word == "før" and words[max(at - 1, 0)] not in _GOES and 0 < at < len(words) - 1:
            noun, other = _last_noun(words[:at]), _first_noun(words[at + 1:])
            if noun and other:
                yield noun, 1
                yield other, -1


def _ahead(words: tuple[str, ...]) -> Iterator[str]:
    for comma, part in groupby(words, ",".__eq__):
        said = tuple(part)
        if not comma and any(_PLACES.get(w) == 1 for w in said):
            yield from _things(w for w in said if w not in _PLACES)


def _doers(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Who is to lead, own or pay: "X bør lede", "det må være X som leder", "ledes av X", "X leder"."""
    for at, word in enumerate(words):
        what = _task(words, at)
        if word == "eget" and not lexicon.MODALS.isdisjoint(words[max(at - 1, 0):at]):
            what = "lead"  # "kommunane bør eige", which is folded as an adjective
        if word in _TAKING and words[at + 1:at + 2] and words[at + 1].startswith(_LEADERSHIP):
            what = "lead"
        if word in ("ha", "bære") and words[at + 1:at + 2] == ("ansvaret",):
            what = "answer"
        if word in ("ligge", "ligger") and words[at + 1:at + 2] == ("hos",) and "ansvaret" in words[max(at - 6, 0):at] and (
                home := "".join(words[at + 2:at + 3])) and _agent(home):
            yield "answer", lexicon.stem(home)
        if word in _TAKING and "som" in words[at + 2:at + 5]:
            som = words.index("som", at + 2)
            told = words[som + 1:]
            if ((told[:1] and told[0] in _OFFICES) or told == ("blir",)) and _agent(words[som - 1]):  # "vert" is folded as a verb
                yield _OFFICES.get(told[0], "lead"), lexicon.stem(words[som - 1])
                continue
        if what == "pay" and word.endswith("s") and (fund := next((w for i, w in enumerate(words[at + 2:at + 4], at + 2)
                                                                  if words[i - 1] in _OUT_OF and not w.startswith("år")), "")):
            yield what, lexicon.stem(fund)  # "finansieres over fellesbudsjettet"
            continue
        if word in _HIRED and at:
            by = words[at + 2:at + 3] if words[at + 1:at + 2] and words[at + 1] in _AT else words[at - 1:at]
            if by and by[0].startswith(_HOUSES):
                yield "hire", lexicon.stem(by[0])
        if (word in _SEATED or word in _BELONGS) and (home := next((w for i, w in enumerate(words[at + 2:at + 4], at + 2)
                                                                    if words[i - 1] in _AT and w.startswith(_HOUSES)), "")):
            yield "hire" if word in _SEATED else "lead", lexicon.stem(home)
        if what is None or at == 0:
            continue
        who = ""
        if word.endswith("s"):
            by = next((i for i in range(at + 1, min(at + 3, len(words))) if words[i] in _BY), len(words))
            ahead = words[by + 1:by + 2]
            who = lexicon.stem(ahead[0]) if ahead and _agent(ahead[0]) and ahead[0].endswith((*_DEFINITE, "a")) else ""
        else:
            modal = next((i for i in range(at - 1, max(at - 4, 0), -1) if words[i] in lexicon.MODALS), at)
            if what == "answer":  # "burde sykepleieren som kom hver dag, ha ansvaret", "da får doktoren på avdelingen ha ansvaret"
                modal = next((i for i in range(at - 1, -1, -1) if words[i] in lexicon.MODALS or words[i] in ("får", "la")), at)
            after = "".join(words[modal + 1:modal + 2]) if modal + 2 <= at <= modal + (8 if what == "answer" else 3) else ""
            if after.endswith((*_DEFINITE, "a")) and _agent(after):
                yield what, lexicon.stem(after)  # "det må kommunene lede"
                continue
            before = words[:modal - 1 if words[modal - 1] == "som" else modal]
            told = modal < at or words[at - 1] == "som" or (before and (before[-1].endswith(_DEFINITE) or before[-2:-1] == ("at",)))
            if before and told and _agent(before[-1]) and not set(before[-2:-1]) & (_AFTER_WHICH | {"og", "eller"}):
                who = lexicon.stem(before[-1])
        if who:
            yield what, who


def _task(words: tuple[str, ...], at: int) -> str | None:
    """What the verb at ``at`` says is to be done: "lede", "være koordinator", "stå som arbeidsgiver"."""
    if words[at] in ("være", "bli", "stå"):
        return _OFFICES.get(next((w for w in words[at + 1:at + 3] if w != "som"), ""))
    return _DOING.get(words[at].removesuffix("s"))


def _price(words: tuple[str, ...]) -> int:
    for comma, part in groupby(words, ",".__eq__):
        segment = tuple(part)
        if not comma and not any(map(_denies, segment)):
            if "gratis" in segment:
                return -1
            if _demands(segment) and any(w.startswith(_COSTS) for w in segment):
                return 1
    return 0


def _share(words: tuple[str, ...]) -> int:
    if not any(w.startswith(_SHARED) for w in words):
        return 0
    if any(w == "etter" and following.startswith(_KEYS) for w, following in pairwise(words)):
        return 1 if any(w.startswith(_UNJUST) for w in words) else -1
    return 1 if not _EQUALLY.isdisjoint(words) else 0


def _duty(words: tuple[str, ...]) -> int:
    """Whether a thing is to be the rule ("fast rutine", "hovedregel") or a choice ("et tilbud og ikke et krav", "ingen skal måtte")."""
    left = {"ingen", "skal", "måtte"} <= set(words)
    if left or "frivillig" in words or ({"tilbud", "ikke"} <= set(words) and not _COMPULSION.isdisjoint(words)):
        return -1
    ruled = any(w.startswith(_RULED) for w in words) or ("fast", "rutine") in pairwise(words)
    return 1 if ruled and lexicon.NEGATORS.isdisjoint(words) else 0


def _reach(words: tuple[str, ...]) -> int:
    """Whom a thing is for: "alle som vil, skal ha …", "hver eneste pasient", or "til dem som trenger det", "bare de som …"."""
    if any(w.startswith(_FOR_SOME) or (w == "behov" and not _BY_NEED.isdisjoint(words[max(at - 2, 0):at])) or (
            w.startswith("treng") and words[at - 2:at] in (("dem", "som"), ("de", "som"))) or (
            w in ("bare", "kun") and words[at + 1:at + 3] in (("dem", "som"), ("de", "som"))) for at, w in enumerate(words)):
        return -1
    for at, word in enumerate(words):
        ahead = words[max(at - 3, 0):at]
        given = words[at - 1:at] and words[at - 1] in _FOR_ALL
        having = at == 0 and not _HAVE.isdisjoint(words[at + 1:at + 6]) and not lexicon.MODALS.isdisjoint(words[at + 1:at + 5])
        subject = at == 0 and _demands(words[:10])
        if (word == "alle" and (given or having or subject)) or word == "samtlige" or (word == "eneste" and ahead[-1:] == ("hver",)):
            return 1 if lexicon.NEGATORS.isdisjoint(ahead) else 0
    return 0


def _together(words: tuple[str, ...]) -> int:
    """Whether a thing is to be done together ("samlet", "i samarbeid med nabokommunene") or by each ("kommune for kommune", "hver sin")."""
    said = " ".join(takewhile("framfor".__ne__, words))
    each, together = _EACH.search(said), _ALL_TOGETHER.search(said)
    return 0 if bool(each) == bool(together) else -1 if each else 1


def _unfit(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """ "Fastlegen … kan ikke være koordinator": who cannot do it."""
    for at, word in enumerate(words[:-2]):
        what = _task(words, at + 2)
        who = next((lexicon.stem(w) for w in words[:at] if _agent(w)), "")
        if what and who and word in lexicon.MODALS and words[at + 1] == "ikke":
            yield what, who


def _able(words: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """ "Må pårørende kunne si ja", "pårørende bør kunne si ja"; "pårørende kan ikke samtykke"."""
    for at, word in enumerate(words):
        before = words[max(at - 4, 0):at]
        if word == "kunne" and not lexicon.MODALS.isdisjoint(before) and (who := _last_noun(before)):
            yield who, 1
        if word in ("kan", "skal") and words[at + 1:at + 2] == ("ikke",) and at and _agent(words[at - 1]):
            yield lexicon.stem(words[at - 1]), -1


def _spurned(words: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """ "Heller A enn B", "B bør avløses av A"."""
    for at, word in enumerate(words[:-1]):
        if word.startswith(_REPLACED) and words[at + 1] in ("av", "med"):
            before, after = _things(words[:at]), _things(words[at + 2:at + 6])
            return after - before, before - after
    rather = words.index("heller") if "heller" in words else len(words)
    than = next((i for i in range(rather, len(words)) if words[i] == "enn"), None)
    if than is None:
        return frozenset(), frozenset()
    between, after = _things(words[rather:than]), _things(words[than:than + 5])
    return between - after, after - between


def _waits(words: tuple[str, ...]) -> bool:
    return any((w in _WAITING or w.startswith("utsett") or (w.startswith("hold") and words[at + 1:at + 2] == ("igjen",)))
               and lexicon.NEGATORS.isdisjoint(words[max(at - 2, 0):at]) for at, w in enumerate(words))


def _trial(words: tuple[str, ...]) -> int:
    tried = next((at for at, w in enumerate(words) if w.startswith(_TRIAL)), None)
    if not _EVERYWHERE.isdisjoint(words) or (tried is not None and {"uten", "ikke", "ingen", "nok"} & set(words[max(tried - 3, 0):tried])):
        return -1
    return 1 if tried is not None else 0


def _agent(word: str) -> bool:
    return _tells(word) and word not in _VERBS and not word.startswith(_ANYBODY)


def _things(words: Iterable[str]) -> frozenset[str]:
    return frozenset(lexicon.stem(w) for w in words if _tells(w) and w not in _VERBS)


def _last_noun(words: tuple[str, ...]) -> str:
    return next((lexicon.stem(w) for w in reversed(words) if _tells(w) and w not in _VERBS and not w.endswith("lig")), "")  # "følgelig"


def _first_noun(words: tuple[str, ...]) -> str:
    return next((lexicon.stem(w) for w in words[:5] if _tells(w) and w not in _VERBS), "")


def _names(word: str) -> bool:
    return len(word) > 1 and word not in lexicon.STOP and word not in _LIGHT


def _tells(word: str) -> bool:
    return _names(word) and word not in _ENDS and word not in lexicon.NEGATORS and not word[0].isdigit()


def _demands(words: tuple[str, ...]) -> bool:
    first = next((w for w in words if w not in lexicon.NEGATORS), "")
    invites = any(w == "la" and other in _INVITED for w, other in pairwise(words))
    return invites or first in lexicon.IMPERATIVES or first in {"få", "dra"} or any(
        w in lexicon.MODALS or w.startswith("frarå") or lexicon.any_of(w, lexicon.CALLS) for w in words)


def contrasts(a: Outline, b: Outline) -> bool:
    """Whether two clauses say different things in nearly the same words."""
    if any(scale == other and end != its and _same_noun(noun, its_noun)
           for scale, end, noun in a.qualities for other, its, its_noun in b.qualities):
        return True
    if particulars.differ(a.particulars, b.particulars) or any(
            one * other < 0 for one, other in zip(a.sides, b.sides, strict=True)):
        return True
    if any(place != its and (_same_noun(noun, its_noun) or _one_in_the_other(noun, its_noun))
           for noun, place in a.places for its_noun, its in b.places):
        return True
    if any(what == other and not (_same_noun(who, its) or _same_concept(who, its))
           for what, who in a.doers for other, its in b.doers):
        return True
    shared = a.content & b.content
    if not shared:
        return False
    if (a.topic and b.topic and not a.topic & b.topic) or a.waits != b.waits:
        return True
    first = [[noun for noun, place in one.places if place == 1] for one in (a, b)]
    if not shared - _VERB_STEMS and all(first) and not any(_same_concept(noun, its) for noun in first[0] for its in first[1]):
        return True  # "barn og unge må prioriteres først", "skrøpelige eldre må prioriteres først"
    if a.ahead and b.ahead and not any(_one_in_the_other(one, other) or _same_concept(one, other) for one in a.ahead for other in b.ahead):
        return True  # "når det snør, må bussene fram først", "når det snør, må skoleveien fram først"
    if a.price * b.price < 0:
        return True
    if a.arranged and b.arranged and not a.arranged & b.arranged:
        return True  # "kapitler etter diagnose", "inndeling etter fasene i forløpet"
    if any(one.split and any(what == "pay" for what, _ in other.doers) for one, other in ((a, b), (b, a))):
        return True
    if any(one.spurned[1] & other.content and not one.spurned[0] & other.content and not one.spurned[1] & other.spurned[1]
           and not other.denials for one, other in ((a, b), (b, a))):
        return True
    if any(one.doers & other.unfit for one, other in ((a, b), (b, a))):
        return True
    if len(shared) >= 2 and any((who, -end) in b.able for who, end in a.able):
        return True
    if (a.already & b.content and b.demands and not b.already) or (b.already & a.content and a.demands and not a.already):
        return True
    shorter, longer = sorted((len(a.content), len(b.content)))
    if len(shared) >= 2 and (_changed_places(a, b) or _changed_order(a, b)):
        return True
    differ = bool(a.denials) != bool(b.denials) and a.demands == b.demands and a.whole and b.whole
    if differ and (len(shared) == shorter or (a.demands and len(shared) >= max(2, SAME_WORDS * shorter))):
        return True
    if len(shared) < SAME_WORDS * longer:
        return False
    if any(_ENDS[w] in b.ends and w not in b.ends and _ENDS[w] not in a.ends for w in a.ends):
        return True
    return len(shared) >= 2 and _substituted(a, b, shared)


def _same_concept(one: str, other: str) -> bool:
    """ "Sykehuset" and "helseforetaket", "eldre" and "de eldste"."""
    concepts, others = ({name for name, _ in lexicon.concepts(word)} for word in (one, other))
    return one[:3] == other[:3] == "eld" or bool(concepts & others)


def _same_noun(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= _SAME_NOUN and longer.startswith(shorter) and len(longer) - len(shorter) <= 2)


def _one_in_the_other(one: str, other: str) -> bool:
    """ "Fall" and "fallforebygging": a compound is about what it begins with."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _BEGINS and longer.startswith(shorter)


def _substituted(a: Outline, b: Outline, shared: frozenset[str]) -> bool:
    """Whether each has a number of its own, or a word that is the other's with another beginning."""
    if a.numbers and b.numbers and not (a.numbers <= b.numbers or b.numbers <= a.numbers):
        return True
    return any(_turned(one, other) for one in a.content - shared for other in b.content - shared)


def _turned(one: str, other: str) -> bool:
    """ "Undervurdere" and "overvurdere", "tydelig" and "utydelig": one end, two beginnings."""
    end = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(reversed(one), reversed(other), strict=False)))
    return end >= _SAME_END and (len(one) - end) + (len(other) - end) <= _BEGINNINGS


def _changed_order(a: Outline, b: Outline) -> bool:
    """The same words in another order, among them some that set one thing over another."""
    over, others = a.over, b.over
    if not over or not others or a.content != b.content or len(a.content) < 2:
        return False
    one, other = tuple(dict.fromkeys(a.order)), tuple(dict.fromkeys(b.order))
    if "når" in a.words and "når" in b.words and any(other == one[at:] + one[:at] for at in range(len(one))):
        return False  # "når oppgaver flyttes, må pengene følge", "pengene må følge når oppgaver flyttes"
    if one == other:
        return False
    # "må det følge midler", "må midlene følge": nothing has passed the word that sets one thing over another
    return over != others or any(before & later or after & then for before, after, then, later in (
        (*_sides(a.words, word), *_sides(b.words, word)) for word in over))


def _changed_places(a: Outline, b: Outline) -> bool:
    for divider in a.around.keys() & b.around.keys():
        # to the end, and to the comma: "hos A heller enn hos B, så lenge det er A som …"
        for (before, after), (then, later) in zip(a.around[divider], b.around[divider], strict=True):
            back, forth = (before & later) - (then | after), (after & then) - (before | later)
            if (back and forth) or (divider == "framfor" and (back or forth)):  # "hos oss heller enn hos A", "hos A heller enn hos B"
                return True
    return bool(a.ways and b.ways) and (a.ways["fra"] == b.ways["til"] or a.ways["til"] == b.ways["fra"])


def _sides(words: tuple[str, ...], divider: str) -> tuple[set[str], set[str]]:
    """The stems of the content words before the first ``divider`` and from it to the next comma, and how many: "én heller enn flere"."""
    at = words.index(divider)

    def content(some: tuple[str, ...]) -> set[str]:
        return {lexicon.stem(w) for w in some if _names(w) or w in _HOW_MANY}

    return content(words[:at]), content(tuple(takewhile(",".__ne__, words[at + 1:])))


def _ways(words: tuple[str, ...]) -> dict[str, str]:
    """What stands right after "fra" and "til", where the clause has both."""
    found = {way: lexicon.stem(words[words.index(way) + 1]) for way in ("fra", "til") if way in words[:-1]}
    return found if len(found) == 2 else {}
