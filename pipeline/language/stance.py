"""Which side a clause takes, so that opposite views are never merged.

Counting negations is not enough: "ansvaret må plasseres tydeligere" has none and agrees with "ansvaret
er ikke tydelig nok". A clause is therefore read as negations x evaluations x demands, which gives

- ``kind``: "praise" (today's state is good, enough, to be kept; the body can), "criticism" (it is not,
  or should be better), "wish" (something should come), "rejection" (it should not, or should go),
  "neutral";
- ``wants``: per scale (clear, many, long …) the end that the clause wants more of (+1, -1).

Two clauses are compatible when neither contradicts the other. When in doubt they are not: a missed
merge costs a line, a wrong one puts words in a body's mouth. Rules measured on the gold groups in
``pipeline/data/groups_*.json``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from pipeline.language import claims, lexicon
from pipeline.language.lexicon import Cue
from pipeline.norsk import number_of

# Scales that answer for each other: too high, too long and too much all want less.
_FAMILY = {"lengde": "mengde", "høyde": "mengde", "bredde": "mengde", "styrke": "mengde"}
_GENERIC = frozenset({"god", "nok", "bestå", "støtte", "evne", "mengde"})
_NO_UN = ("ut", "und", "ung", "uke", "univ", "uav")
_BREAKS = frozenset({",", "og", "men", "samt"})
_ACTORS = tuple(
    re.compile(p)
    for p in (
        r"syke?hus|helseforetak|^hf$|spesialisthelse|klinikk",
        r"^kommun|^vertskommun",
        r"fylke",
        r"^stat(en|lig)|departement|direktorat",
        r"^sekretariat",
        r"^ssu$|strategisk",
        r"^rs$|^rs-ene$|region",
        r"fastleg|legekontor",
        r"^rektor|skoleled",
        r"^lærer",
        r"foreldre|foresatt",
        r"^næringsliv|bedrift",
        r"^frivillig|^lag",
        r"^utbygg",
        r"^grunneier",
        r"politisk|kommunestyr",
        r"^privat",
    )
)
_MUNICIPAL = 1  # the place of the municipalities in ``_ACTORS``
_AT = frozenset({"hos", "til", "av", "fra"})
_PLACED = ("tilhør", "plasser", "forankr", "ligg", "legg", "sitt", "hjemme")
_WHERE = frozenset({"ved", "i", "på", "under"})  # "bør ligge ved sykehuset"
_LED = ("ledelse", "leiing", "styring", "drift", "regi")  # "kommunal ledelse"
_LEADS = frozenset({"lede", "leie", "leia", "styre", "eie", "drive", "koordinere"})  # "teamet må sykehuset styre"
_LACK_ENDINGS = ("mangel", "mangelen", "knapphet")
_STILL = re.compile(r"\b(?:bør|må|skal)\s(?:\w+\s){0,2}?(?:fortsatt|framleis|fremdeles)\s(?:ligge|liggje|være|vere|vera|stå|ha|få|gå|"
                    r"hete|heite|gjelde|kome|komme|skje|delast|deles|drives|drivast|eies|eigast)\b", re.IGNORECASE)
_RULE = re.compile(r"^(?:det )?(?:kravet|forbudet|forbodet|påbudet|påbodet|plikten|plikta|pålegget)\s(?:om|mot|på)\b", re.IGNORECASE)
_SOFTENED = ("lemp", "myk", "løsne", "løys")
_BEFORE_NOUN = frozenset(str.split(
    "og eller i på til for av med fra hos ved om over under mellom uten etter mot alle mange noen flere få to tre fire fem "
    "våre sine deres"))
_NOUNS_IN_ER = ("nummer", "senter", "register", "meter", "kalender", "semester", "teater", "papirer")
_POWER = ("flertall", "fleirtal", "siste", "makt", "styring", "råderett", "førsterett", "vetorett", "ledervervet", "forkjørsrett")
_VARIANT = re.compile(r"^(?:alternativ|trasé|modell|variant|forslag|hovedmål|tiltak|punkt|fase|trinn)(?:et|en)?$")


@dataclass(frozen=True, slots=True)
class Stance:
    """How a clause stands to what it is about; see the module's docstring."""

    kind: str = "neutral"
    wants: frozenset[tuple[str, int]] = frozenset()
    state: bool = False  # tells how things are or were, without judging
    lack: bool = False  # criticism of something missing, not of something bad
    reserved: bool = False  # carries a forbehold
    conditional: bool = False
    mixed: bool = False  # "delvis", "både og": neither side
    numbers: frozenset[str] = frozenset()
    who: frozenset[str] = frozenset()  # who should take part, or hold the power, when that is the demand
    actors: frozenset[int] = frozenset()  # whom it places something with
    subject: int | None = None  # the actor that should do it
    order: tuple[frozenset[str], str] | None = None  # "X framfor Y", "fra X til Y", "før Y": (X's stems, Y's stem)
    sentence: bool = False  # has a finite verb that a list knows
    denied: bool = False  # a negation that no judging word explains
    bare: frozenset[tuple[str, int]] = frozenset()  # ends of scales named without judging: "stram", "lange"
    stems: frozenset[str] = frozenset()
    opposites: frozenset[str] = frozenset()  # the stems of words with "u-": "uforsvarlig" -> "forsvarlig"
    refused: frozenset[str] = frozenset()  # stems of what it does not want in place of the thing: "…, ikke etter folketall"
    fragment: bool = False  # a noun and what belongs to it: no word that could be a finite verb


_NOTHING: frozenset = frozenset()


class Side:
    """The stances of a whole group, kept small however large the group: what differs in words alone is pooled."""

    __slots__ = ("_opposites", "_refused", "_stances", "_stems")

    def __init__(self, stance: Stance) -> None:
        self._stances = {replace(stance, stems=_NOTHING, opposites=_NOTHING, refused=_NOTHING)}
        self._refused = set(stance.refused)
        self._stems = {stance.denied: set(stance.stems)}
        self._opposites = {stance.denied: set(stance.opposites)}

    def compatible(self, other: Side) -> bool:
        """Whether every stance here is compatible with every stance there."""
        for denied, opposites in self._opposites.items():
            if opposites & other._stems.get(denied, set()):
                return False
        for denied, opposites in other._opposites.items():
            if opposites & self._stems.get(denied, set()):
                return False
        for one, two in ((self, other), (other, self)):
            if any(_refuses(one._refused, stems, two._refused) for stems in two._stems.values()):
                return False
        return all(compatible(a, b) and not content_beside_critic(a, b) for a in self._stances for b in other._stances)

    def add(self, other: Side) -> None:
        self._stances |= other._stances
        self._refused |= other._refused
        for pool, more in ((self._stems, other._stems), (self._opposites, other._opposites)):
            for denied, words in more.items():
                pool.setdefault(denied, set()).update(words)


def of(text: str) -> Stance:
    """The stance of one clause, lead-in or not."""
    return _of(text)


@lru_cache(maxsize=4096)
def _one(found: frozenset) -> frozenset:
    """The same object for the same content: most are empty, and a national hearing has a hundred thousand clauses."""
    return found


# "Snarere for knapp enn for lang" finds it too short; "å flytte kaia betyr at øyfolket mister båten" is against moving it.
_RATHER = re.compile(r"\b(?:snarere|heller|helst|mer|meir)\s+(for\s+\w+)\s+enn\s+for\s+\w+", re.IGNORECASE)
_AT_A_COST = re.compile(
    r"^å\s+(?P<what>\w[^,.:;]{4,80}?)\s+(?:betyr|tyder|vil\s+(?:bety|føre\s+til)|fører\s+til|innebærer|inneber|gjør|gjer)\s+at\s+"
    r"(?=[^.]*\b(?:mister|mistar|taper|tapar|rammes|ramma|forsvinner|forsvinn|blir\s+(?:borte|verre|dårligere|farligere)|går\s+tapt)\b)",
    re.IGNORECASE)


def _plainly(text: str) -> str:
    """The text with what it takes back, or warns of, said outright."""
    return _AT_A_COST.sub(r"ikke \g<what>, for ", _RATHER.sub(r"\1", text))


@lru_cache(maxsize=8192)
def _of(text: str) -> Stance:
    text = _plainly(text)
    claim = claims.of(text)
    words, main = claim.words, claim.main
    kind, wants, state, lack, denied, bare = _judge(main)
    if any(a in {"vil", "bør", "må", "skal"} and b == "heller" and c != "ikke" for a, b, c in zip(main, main[1:], main[2:], strict=False)):
        wants.add(("bestå", -1))  # "vi vil heller ha det selv"
    if kind != "rejection" and _RULE.match(text) and any(w.startswith(_SOFTENED) for w in main):
        kind = "rejection"  # to soften the requirement that X is against X
    if kind == "wish" and _STILL.search(text):
        kind = "praise"
        wants.add(("bestå", 1))
    mixed = any(lexicon.any_of(w, lexicon.MIXED) for w in words) or _both_ends(wants)
    wants = {(_FAMILY.get(scale, scale), want) for scale, want in wants}
    wants = {(scale, want) for scale, want in wants if (scale, -want) not in wants}
    return Stance(
        kind=kind,
        wants=_one(frozenset(wants)),
        state=state,
        lack=lack,
        reserved=claim.reserved,
        conditional=claim.conditional,
        mixed=mixed,
        who=_one(_who(main) if any(scale == "medvirkning" for scale, _ in wants) else _holder(main)),
        sentence=any(w in lexicon.PRESENT or w in lexicon.PAST or w in lexicon.COPULAS for w in main),
        fragment=_is_fragment(main),
        denied=denied,
        bare=_one(frozenset(bare)),
        subject=_subject(main),
        stems=frozenset(lexicon.stem(w) for w in words if len(w) > 3),
        opposites=_one(frozenset(
            lexicon.stem(w[1:])
            for w in words
            if len(w) > 5 and w[0] == "u" and not w.startswith(_NO_UN) and not (lexicon.cue(w) and lexicon.cue(w[1:]))
        )),
        refused=_one(claim.refused),
        numbers=_one(_numbers(words)),
        actors=_one(_actors(claims.claimed(text))),
        order=_order(words),
    )


def negated(stance: Stance) -> Stance:
    """The stance of the answer no to a question that suggests ``stance``."""
    swap = {
        "praise": "criticism",
        "criticism": "praise",
        "wish": "rejection",
        "rejection": "wish",
        "neutral": "criticism",
    }
    return replace(stance, kind=swap[stance.kind], wants=frozenset((s, -w) for s, w in stance.wants), state=False)


def contradicts(a: Stance, b: Stance) -> bool:
    """Whether the two take opposite sides, given that they speak of the same thing."""
    if any((scale, -want) in b.wants for scale, want in a.wants):
        return True
    if any((scale, -sign) in b.bare for scale, sign in a.bare):
        return True
    if a.denied == b.denied and (a.opposites & b.stems or b.opposites & a.stems):
        return True
    kinds = {a.kind, b.kind}
    if (a.denied and b.kind == "neutral" and not b.denied) or (b.denied and a.kind == "neutral" and not a.denied):
        return True
    if kinds in ({"praise", "criticism"}, {"wish", "rejection"}):
        return True
    if kinds == {"praise", "rejection"}:
        return not _needless(a if a.kind == "praise" else b)
    if kinds == {"praise", "wish"}:
        return not _praises_what_is_supported(a, b)
    if kinds == {"criticism", "wish"}:
        critic, wisher = (a, b) if a.kind == "criticism" else (b, a)
        if critic.wants == {("evne", 1)} and not critic.state and ("evne", 1) not in wisher.wants:
            return True  # "det kan vi ikke" against "det må dere"
        # "Video er uegnet" against "vi støtter video": unless both want the same of it.
        if ("støtte", 1) in wisher.wants and not critic.wants & wisher.wants and not critic.lack:
            return True
        if ("bruk", 1) in wisher.wants and {("god", 1), ("egnet", 1)} & critic.wants:
            return True
    if kinds == {"criticism", "rejection"}:
        return (a if a.kind == "criticism" else b).lack
    if kinds == {"neutral", "rejection"}:
        return True
    if "neutral" in kinds and len(kinds) == 2:
        neutral = a if a.kind == "neutral" else b
        other = b if neutral is a else a
        # "Elevene ble hørt" against "elevene må bli hørt": what is so, and what should be.
        if other.kind == "criticism" and neutral.sentence:
            return True
        return neutral.state and (other.kind == "wish" or other.lack)
    return False


def _needless(stance: Stance) -> bool:
    """ "Det trengs ikke": content without it, as those who will not have it are."""
    return stance.kind == "praise" and stance.wants == {("mengde", -1)}


def _praises_what_is_supported(a: Stance, b: Stance) -> bool:
    """ "Plasseringen er god" and "vi støtter plasseringen"."""
    praise, wish = (a, b) if a.kind == "praise" else (b, a)
    return wish.wants == {("støtte", 1)} and ("god", -1) in praise.wants


def opposite(a: Stance, b: Stance) -> bool:
    """Whether the two, on the same object, are two sides of one question that a reader should see together.

    Stricter than ``contradicts``: "relevant" and "ikke presis" differ, but do not oppose each other.
    """
    if any((scale, -want) in b.wants for scale, want in a.wants):
        return True
    if {a.kind, b.kind} not in ({"praise", "criticism"}, {"wish", "rejection"}, {"praise", "rejection"}):
        return False
    aspects_a = {scale for scale, _ in a.wants} - _GENERIC
    aspects_b = {scale for scale, _ in b.wants} - _GENERIC
    return not (aspects_a and aspects_b) or bool(aspects_a & aspects_b)


def compatible(a: Stance, b: Stance) -> bool:
    """Whether two clauses on the same thing may stand as one point."""
    if a.reserved != b.reserved or a.mixed != b.mixed or a.conditional != b.conditional:
        return False
    if a.numbers and b.numbers and not a.numbers & b.numbers:
        return False
    if (("evne", -1) in a.wants) != (("evne", -1) in b.wants):
        return False  # an offer to do a thing is a point of its own
    if {a.wants, b.wants} == {frozenset({("nok", -1)}), frozenset({("god", -1)})}:
        return False  # enough of a thing, and a thing that is good
    if a.who and b.who and not a.who & b.who:
        return False
    if a.actors and b.actors and not a.actors & b.actors:
        return False
    if a.subject is not None and b.subject is not None and a.subject != b.subject:
        return False
    if _refuses(a.refused, b.stems, b.refused) or _refuses(b.refused, a.stems, a.refused):
        return False
    if a.order and b.order and (a.order[1] in b.order[0] or b.order[1] in a.order[0]):
        return False
    return not contradicts(a, b)


def _refuses(refused: Iterable[str], stems: Iterable[str], as_well: Collection[str]) -> bool:
    """Whether one of the stems is refused, and not by both; "folketal" and "folketall" are one."""
    return any(_alike(word, stem) for word in refused if not any(_alike(word, other) for other in as_well) for stem in stems)


def _alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= _SAME_BEGINNING and (one.startswith(other) or other.startswith(one)))


_KEEPS = re.compile(r"\b(?:bør|burde|må|skal|skulle)\s(?!ikke|ikkje)(?:(?!ikke\b|ikkje\b)\S+\s){0,3}?"
                    r"(?:fortsatt|framleis|fremdeles|fortsette|halde fram|bestå|bli værende|beholdes|behaldast|bevares|bevarast|"
                    r"videreføres|vidareførast)\b|\b(?:slik|som) i dag(?=[.!]?$)"
                    r"|\b(?:vil|ønsker|ønskjer) (?:å )?(?:beholde|behalde|bevare|videreføre|vidareføre)\b", re.IGNORECASE)


@lru_cache(maxsize=8192)
def keeps(text: str) -> bool:
    """Whether a clause wants things as they are: "bør framleis delast ut samla", "slik som i dag"."""
    return _KEEPS.search(text) is not None


def agreement(a: Stance, b: Stance) -> str:
    """How plainly two stances show that they are for the same: "plain", "likely", "possible", or "" where they do not.

    Plain: they want more of the same. Likely: both ask for something or say that it is lacking, and no scale tells of what.
    Possible: both judge alike, on scales that differ. A mere noun, "Felles legemiddelliste", asks for the thing.
    """
    if a.wants & b.wants:
        return "plain"
    one, other = (_kind_asked(stance) for stance in (a, b))
    if {one, other} <= {"wish", "criticism"} and "wish" in {one, other} and not a.wants and not b.wants:
        return "likely"
    if one == other != "neutral" or {one, other} == {"wish", "criticism"}:
        return "possible"
    if {one, other} == {"praise", "wish"} and _praises_what_is_supported(a, b):
        return "possible"
    return "possible" if {one, other} == {"praise", "rejection"} and (_needless(a) or _needless(b)) else ""


def _kind_asked(stance: Stance) -> str:
    return "wish" if stance.kind == "neutral" and stance.fragment and not stance.denied else stance.kind


def content_beside_critic(a: Stance, b: Stance) -> bool:
    """Whether one of the two is content with a thing and the other may well not be."""
    return _against(a, b) or _against(b, a)


def _against(a: Stance, b: Stance) -> bool:
    """Whether a is content with a thing and b may well not be, though no scale that both are on says so.

    One says that it is good and the other only tells something of it, which may be a complaint; or one has nothing against
    it as it is, and the other says what is wrong with it.
    """
    praises_what_is_told = a.kind == "praise" and bool(a.wants & {("god", -1), ("nok", -1)}) and b.kind == "neutral" and not b.sentence
    supports_what_is_criticised = a.wants == {("støtte", 1)} and b.kind == "criticism" and bool(b.wants)
    return praises_what_is_told or supports_what_is_criticised


def _is_fragment(words: list[str]) -> bool:
    """Whether no word can be a finite verb: none of the lists', and none in -er, unless a noun is to be expected there."""
    return bool(words) and not any(w in claims.FINITE for w in words) and not any(
        w.endswith(("er", "es")) and len(w) > 3 and w != "felles" and not w.endswith(_NOUNS_IN_ER)
        and before not in _BEFORE_NOUN and not before.endswith("e")
        for before, w in pairwise(words))


_Judgement = tuple[str, set[tuple[str, int]], bool, bool, bool, set[tuple[str, int]]]


def _judge(words: list[str]) -> _Judgement:
    """(kind, wants, state, lack, denied, bare) of the main clause's folded words."""
    wants: set[tuple[str, int]] = set()
    bare: set[tuple[str, int]] = set()
    demand = any(claims.demands(w) for w in words) or (
        bool(words)
        and (
            words[0] in lexicon.IMPERATIVES
            or (words[0] in lexicon.NEGATORS and words[1:2] and words[1] in lexicon.IMPERATIVES)
        )
    )
    need = any(lexicon.any_of(w, lexicon.NEEDS) for w in words)
    important = any(lexicon.any_of(w, lexicon.IMPORTANT) for w in words)
    good: list[int] = []  # per quality cue: +1 there is enough of it, -1 there is not
    keeps: list[int] = []  # +1 keep, -1 remove
    sides: list[int] = []
    moves: list[bool] = []  # per direction cue: whether the move is wanted
    lacking = False
    denying: list[list[str]] = []  # parts with a negation that no judging word explains
    segments = _segments(words)
    for segment in segments:
        negation, lacks = _negation(segment)
        if lacks and "men" not in words and _lacks_nothing(segment):
            # "Savner ikke flere møter": there is enough of it.
            good.append(1)
            wants.add(("mengde", -1))
            continue
        used = False
        keep_signs = 1
        support_signs = 1
        has_keep = has_support = False
        moved: set[tuple[str, int]] = set()  # directions in this segment
        for i, word in enumerate(segment):
            found = lexicon.cue(word)
            if found is None or _not_meant(segment, i, found, demand or need):
                continue
            if found.kind == "keep":
                has_keep, keep_signs, used = True, keep_signs * found.sign, True
            elif found.kind == "support":
                has_support, support_signs, used = True, support_signs * found.sign, True
            elif found.kind == "able":
                used = True
                can = -negation if lacks else negation
                wants.add(("evne", -can))
                good.append(can)
            elif _effect(segment, i, demand or need):
                if found.kind != "quality":
                    continue
                # "Video gir bedre tjenester" speaks for video.
                has_support, used = True, True
                support_signs *= found.sign
            else:
                want, enough = _want(segment, i, found, negation, lacks, demand or need or important)
                if want:
                    used = True
                    wants.add((found.scale, want))
                    if found.kind == "quality" or enough:
                        good.append(-1 if want * (1 if found.kind == "quality" else 0) > 0 or enough == "too" else 1)
                    else:
                        moves.append(negation > 0)
                        moved.add((found.scale, want))
                    if found.scale == "nok" and want > 0:
                        lacking = True
                elif found.kind == "direction":
                    bare.add((_FAMILY.get(found.scale, found.scale), found.sign * negation))
        if has_keep:
            # "Nei til nedlegging": against removing is for keeping.
            effect = keep_signs * negation * (support_signs if has_support else 1)
            keeps.append(effect)
            wants.add(("bestå", effect))
        elif has_support:
            effect = support_signs * negation
            sides.append(effect)
            if effect < 0:  # who is against more of a thing wants less of it
                wants = (wants - moved) | {(scale, -want) for scale, want in moved}
            wants.add(("støtte", effect))
        awaits = "før" in segment and any(w in lexicon.NEGATORS for w in segment)  # "kan ikke … før": no offer
        if _able(segment) and not demand and not used and not awaits:
            used = True
            wants.add(("evne", -negation))
            good.append(negation)
        if lacks and not used:
            lacking = used = True
        if "lite" in segment[:-1] and not used and negation > 0:
            # "Lite gjennomtenkt", "lite penger": as good as a negation.
            used = True
            lacking = True
        if negation < 0 and not used and "nei" not in segment:
            denying.append(segment)
    state = any(w in lexicon.PAST for w in words) and not (demand or need or important)
    if keeps:
        return ("praise" if keeps[-1] > 0 else "rejection"), wants, False, False, False, bare
    if sides:
        return ("wish" if sides[-1] > 0 else "rejection"), wants, False, False, False, bare
    if good:
        lack = lacking or all(s in {"nok", "evne"} for s, w in wants if w > 0)
        return ("criticism" if min(good) < 0 else "praise"), wants, False, lack and min(good) < 0, False, bare
    if moves:
        return ("wish" if moves[-1] else "praise"), wants, False, False, False, bare
    # "Kommuneoverlegen er ikke nevnt, og det bør hun være": what is denied beside what is asked for is what is wrong
    if denying and any(map(_asks, segments)):
        denying = list(filter(_asks, denying))
    odd = len(denying) % 2 == 1
    if not wants and (need or lacking):
        # To need or lack a thing is to want more of it.
        wants = {("mengde", 1 if lacking or not odd else -1)}
    if lacking:
        return "criticism", wants, False, True, False, bare
    if odd and "før" in words:
        # "Ikke i gang før midlene er avklart" demands the second part, and to wait for it.
        return "wish", wants | {("tempo", -1)}, False, False, False, bare
    if demand and any(w in {"innføre", "bruke", "brukes", "bruk"} for w in words):
        wants.add(("bruk", -1 if odd else 1))
    if important and not demand:
        wants.add(("støtte", -1 if odd else 1))
    if (demand or need) and "før" in words and any(w in lexicon.NEGATORS for w in words):
        wants.add(("tempo", -1))
    if demand or important:
        return ("rejection" if odd else "wish"), wants, False, False, False, bare
    if need:
        return ("praise" if odd else "wish"), wants, False, False, False, bare
    if odd:
        return "criticism", wants, False, True, True, bare
    if "nei" in words:
        return "rejection", wants, False, False, False, bare
    return "neutral", wants, state, False, False, bare


def _asks(segment: list[str]) -> bool:
    return segment[0] in lexicon.IMPERATIVES or any(lexicon.any_of(w, lexicon.ASKS) for w in segment)


def _effect(segment: list[str], i: int, demand: bool) -> bool:
    """ "gir bedre …", "fører til dårligere …": the effect of the thing spoken of, not a wish for it."""
    return (
        not demand
        and segment[i] in {"bedre", "dårligere", "verre", "flere", "færre", "mindre", "raskere"}
        and any(
            w in {"gir", "gjør", "fører", "medfører", "bidrar", "sikrer", "skaper", "styrker"}
            for w in segment[max(0, i - 3) : i]
        )
    )


def _able(segment: list[str]) -> bool:
    """Whether "kan" is the clause's own verb, not a purpose's: "skjema som kan vises", "for å kunne"."""
    if "kan" not in segment:
        return False
    at = segment.index("kan")
    if any(w in {"som", "slikat", "at", "å", "hvis", "når"} for w in segment[:at]):
        return False
    return at == 0 or any(w in {"vi", "jeg"} or _actor(w) is not None for w in segment[:at])


def _segments(words: list[str]) -> list[list[str]]:
    """The words cut at commas and conjunctions, so that a negation stays with its own part."""
    parts: list[list[str]] = [[]]
    for i, word in enumerate(words):
        if word in _BREAKS:
            rest = words[i + 1 :]
            # Only where the next part says something of its own; "klare og presise" shares its negation.
            if parts[-1] and (
                word in {",", "men"} or any(w in lexicon.MODALS or w in lexicon.COPULAS for w in rest[:3])
            ):
                parts.append([])
                continue
        parts[-1].append(word)
    return [p for p in parts if p]


def _negation(segment: list[str]) -> tuple[int, bool]:
    """(-1 when the negations are odd else 1, whether something is said to be lacking)."""
    count = sum(w in lexicon.NEGATORS and w != "nei" for w in segment)
    if segment and segment[0] == "nei":
        count += 1
    if "før" in segment and count == 1:
        # "Ikke … før": no negation of what follows.
        count = 0
    lacks = any(lexicon.any_of(w, lexicon.LACKS) or w.endswith(_LACK_ENDINGS) for w in segment)
    return (-1 if count % 2 else 1), lacks


def _lacks_nothing(segment: list[str]) -> bool:
    """ "Savner ikke", "mangler ingenting", "skorter ikke på": the negation stands by the lack itself."""
    at = next(i for i, w in enumerate(segment) if lexicon.any_of(w, lexicon.LACKS) or w.endswith(_LACK_ENDINGS))
    beside = [*segment[max(0, at - 1) : at], *segment[at + 1 : at + 3]]
    return sum(w in lexicon.NEGATORS and w not in {"nei", "uten"} for w in beside) == 1


_COUNTED = re.compile(rf"\d.*|{'|'.join(sorted(claims.QUANTIFIED - {'ett', 'én'}))}|\w+ten|tjue|\w+ti|hundre|tusen")


def _not_meant(segment: list[str], i: int, found: Cue, demand: bool) -> bool:
    """A cue word in another sense: "mange tiltak er", "de fleste", "best mulig", "større kommuner"."""
    word = segment[i]
    before = segment[i - 1] if i else ""
    after = segment[i + 1] if i + 1 < len(segment) else ""
    if word == "kutt":
        return i > 0  # the noun
    if word in {"flytte", "flytter"} and after in {"med", "hit", "dit", "inn", "hjem", "før"}:
        return True  # people who move
    if word == "stopp" and i > 0:
        return True  # the noun
    if word == "rundt":
        return before not in {"for", "altfor", "er", "veldig", "så", "litt", "svært"}  # "rundt skolen"
    if word.startswith("stoppest") or word in {"stoppet", "stoppene"} or (
            word in {"stoppe", "stopper", "stopp"} and after in {"på", "ved", "i", "her", "utenfor"}):
        return True  # where the bus does
    if word == "rett" and after in {"før", "etter", "ved", "på", "i", "foran", "under", "over", "bak", "til", "fra", "utenfor", "og"}:
        return True
    if word in {"opp", "ned"}:
        return before not in lexicon.MODALS and not (before == "ikke" and segment[max(0, i - 2)] in lexicon.MODALS)
    if word == "få":
        return before not in {"for", "altfor", "så"}
    if word.startswith("bekymringsmeld"):
        return True  # a form, not a worry
    if word == "fortsatt" or (word in {"best", "beste"} and after in {"mulig", "mulige"}):
        return True
    if word == "god" and after in {"del", "stund", "jul", "helg", "sommer", "dag"}:
        return True
    if found.kind == "direction" and after and after != "nok" and getattr(lexicon.cue(after), "kind", "") == "quality":
        return True  # "mer konkrete", "mye bedre", "lite egnet": the next word carries it
    if after == "enn" and found.kind == "direction" and i + 2 < len(segment) and _COUNTED.fullmatch(segment[i + 2]):
        return True  # "mer enn førti tegn" measures
    if word == "flere" and before not in {"for", "altfor"}:
        # "Flere av tiltakene er …" counts the things; "flere ladestasjoner" asks for more.
        return after == "av" or (not demand and any(w in lexicon.COPULAS or w in lexicon.PAST for w in segment))
    return False


def _want(segment: list[str], i: int, found: Cue, negation: int, lacks: bool, demand: bool) -> tuple[int, str]:
    """(which end of the cue's scale is wanted, how: "", "enough" or "too"); 0 when the word tells nothing."""
    word = segment[i]
    before = segment[max(0, i - 3) : i]
    last = before[-1] if before else ""
    after = segment[i + 1] if i + 1 < len(segment) else ""
    comparative = (
        (word.endswith(("ere", "are")) and found.kind in {"quality", "direction"})
        or word
        in {"bedre", "mer", "flere", "færre", "mindre", "større", "mest", "verre", "lengre", "tyngre", "smalere"}
        or last in {"mer", "mere", "bedre", "økt", "større"}
    )
    dim = found.kind == "quality" and (
        last in {"lite", "mindre", "dårlig", "nesten"}
        or (word.startswith("egner") and any(w in {"dårlig", "lite", "mindre"} for w in segment[i + 1 : i + 3]))
    )
    too = not comparative and _too(before, dim)
    enough = after == "nok" or last in {"tilstrekkelig", "nok"} or word in {"passe"}
    sign = -found.sign if dim else found.sign
    if too:
        return (-sign * negation, "too" if negation > 0 else "enough")
    if found.kind == "direction":
        if last in {"antall", "antallet"} and not comparative and not found.active:
            return 0, ""
        if enough:
            return -sign * negation, "enough" if negation > 0 else "too"
        if word in {"nå", "straks", "umiddelbart", "omgående"}:
            return (sign * negation, "") if demand else (0, "")
        if found.active and word.endswith("er") and not demand:
            return 0, ""  # "kravet øker": so it is, nobody asks for it
        if found.active or comparative:
            return (sign * negation, "") if not _improved(segment, i) else (-sign * negation, "enough")
        if word in {"opp", "ned"}:
            return sign * negation, ""
        if demand and (last in {"være", "bli"} or found.scale in {"digital", "nedenfra", "lokal", "åpen"}):
            return sign * negation, ""
        return 0, ""
    if comparative and not _improved(segment, i):
        return (sign if sign > 0 else 1) * (negation if not demand or "ikke" not in before else 1), ""
    if lacks and sign > 0:
        return 1, ""
    if sign < 0:
        return (1 if demand else negation), ""
    if demand and not _asserted(segment, i):
        return (-1 if negation < 0 and word.endswith(("eres", "ast", "ses")) else 1), ""  # "må ikke oppdateres"
    return -sign * negation, ""


def _too(before: list[str], dim: bool) -> bool:
    """Whether "for", "altfor" stands before the adjective as "too": "for lang", "for lite konkret"."""
    words = before[:-1] if dim and len(before) > 1 else before
    if not words:
        return False
    if words[-1] in {
        "altfor",
        "vel",
        "overdrevent",
        "urealistisk",
        "urimelig",
        "uforholdsmessig",
        "unødig",
        "unødvendig",
    }:
        return True
    return words[-1] == "for" and (
        len(words) < 2
        or not lexicon.any_of(
            words[-2],
            (
                "behov",
                "ansvar",
                "forslag",
                "ønske",
                "rom",
                "tid",
                "grunnlag",
                "egnet",
                "egne",
                "viktig",
                "plan",
                "kriteri",
            ),
        )
    )


def _asserted(segment: list[str], i: int) -> bool:
    """Whether a finite copula stands before the adjective, with no modal between: it is said to be so."""
    if "at" in segment[:i] and any(lexicon.any_of(w, lexicon.ASKS) for w in segment[: segment.index("at")]):
        return False
    for word in reversed(segment[max(0, i - 5) : i]):
        if word in lexicon.MODALS or lexicon.any_of(word, lexicon.ASKS):
            return False
        if word in lexicon.COPULAS or word in lexicon.PAST:
            return True
    return False


def _improved(segment: list[str], i: int) -> bool:
    """ "er blitt tydeligere", "er enklere enn før": the better state is there already."""
    return _asserted(segment, i) and ("enn" in segment[i:] or "blitt" in segment[:i])


def _both_ends(wants: set[tuple[str, int]]) -> bool:
    """ "Tydelig på papiret, ikke i praksis". "Færre og større" is no such thing: direction scales do not count."""
    return any((scale, -want) in wants for scale, want in wants if scale not in lexicon.DIRECTIONS)


_SAME_BEGINNING = 5
_UNITS = ("side", "år", "tegn", "million", "milliard", "krone", "uke", "måned", "dag", "prosent", "timer", "minutt", "kilometer", "mil")


def _numbers(words: list[str]) -> frozenset[str]:
    found = {w for i, w in enumerate(words) if w[0].isdigit() and not _told_size(words, i)}
    for i, word in enumerate(words):
        if word in claims.QUANTIFIED and i + 1 < len(words) and not _told_size(words, i):
            found.add(str(number_of(word)))
        # "alternativ A", "modell B": the letter is the point.
        if (
            _VARIANT.match(word)
            and i + 1 < len(words)
            and len(words[i + 1]) == 1
            and words[i + 1].isalpha()
            and words[i + 1] not in {"i", "å"}
        ):
            found.add(words[i + 1])
    return frozenset(found)


def _told_size(words: list[str], i: int) -> bool:
    """ "52 sider er for langt": how much of a thing there is, which is no demand for so much of it.

    "Fristen på tre uker er for kort" is about that limit.
    """
    if i + 1 >= len(words) or not words[i + 1].startswith(_UNITS) or (i and words[i - 1] == "på"):
        return False
    segment = claims.since_comma(words[:i]) + claims.up_to_comma(words[i:])
    return not any(w in lexicon.MODALS or lexicon.any_of(w, lexicon.CALLS) for w in segment)


def _who(words: list[str]) -> frozenset[str]:
    """The concepts before the first modal or copula: the subject; "rs" for the body itself."""
    found: set[str] = set()
    for word in words:
        if word in lexicon.MODALS or word in lexicon.COPULAS or word in {"har", "ønsker"}:
            break
        if word in {"vi", "rs", "jeg", "rs-ene"}:
            found.add("rs")
        elif word not in lexicon.STOP:
            found.update(name for name, _ in lexicon.concepts(word) or ((lexicon.stem(word), 1.0),))
    return frozenset(found)


def _holder(words: list[str]) -> frozenset[str]:
    """Who is to have it, where the demand is that somebody has the majority, the last word and the like; else empty."""
    if not any(w.startswith(_POWER) for w in words) or "ha" not in words:
        return frozenset()
    have = words.index("ha")
    modal = next((i for i in range(have - 1, -1, -1) if words[i] in lexicon.MODALS), None)
    if modal is None:
        return frozenset()
    between = words[modal + 1 : have]  # "flertallet skal kommunen ha"
    held = between if any(lexicon.stem(w) not in lexicon.STOP and w not in lexicon.NEGATORS for w in between) else words[:modal]
    return frozenset(lexicon.stem(w) for w in held
                     if len(w) > 2 and w not in lexicon.STOP and w not in lexicon.NEGATORS and not w.startswith(_POWER))


def _actor(word: str) -> int | None:
    return next((n for n, pattern in enumerate(_ACTORS) if pattern.search(word)), None)


def _actors(words: Sequence[str]) -> frozenset[int]:
    """With whom a responsibility or task is placed: after "hos", "til", "av", or the subject that must have it."""
    found = set()
    for i, word in enumerate(words[:-1]):
        if word in _AT or (word in _WHERE and any(w.startswith(_PLACED) for w in words[max(i - 2, 0):i])):
            for nxt in words[i + 1 : i + 3]:
                actor = _actor(nxt)
                if actor is not None:
                    found.add(actor)
                    break
    for i, word in enumerate(words[:-1]):
        if word == "kommunal" and words[i + 1].startswith(_LED):
            found.add(_MUNICIPAL)
        if word in lexicon.MODALS and not _LEADS.isdisjoint(words[i + 2:i + 4]) and (actor := _actor(words[i + 1])) is not None:
            found.add(actor)
    if any("ansvar" in w for w in words):
        for i, word in enumerate(words):
            if word in lexicon.MODALS and i:
                actor = _actor(words[i - 1])
                if actor is not None:
                    found.add(actor)
    return frozenset(found)


def _subject(words: list[str]) -> int | None:
    """The actor right before the first modal: who should do it. None where the actor is to receive something."""
    for i, word in enumerate(words):
        if word in lexicon.MODALS:
            if i == 0 or i > 3 or words[i + 1 : i + 2] == ["få"]:
                return None
            if i > 1 and words[i - 2] in {"til", "for", "i", "av", "på", "hos", "med", "fra"}:
                return None
            return _actor(words[i - 1])
    return None


def _order(words: list[str]) -> tuple[frozenset[str], str] | None:
    """What comes first and what second: "X framfor Y", "fra X til Y", and "før Y" against "etter Y"."""
    for i, word in enumerate(words):
        if word == "framfor" and 0 < i < len(words) - 1:
            return frozenset(lexicon.stem(w) for w in words[:i] if w not in lexicon.STOP), lexicon.stem(words[i + 1])
        if word == "fra" and "til" in words[i + 2 : i + 5]:
            at = words.index("til", i + 2)
            if at + 1 < len(words):
                return frozenset({lexicon.stem(words[i + 1])}), lexicon.stem(words[at + 1])
        if word == "før" and i + 1 < len(words) and not set(words) & lexicon.NEGATORS:
            return frozenset({"før"}), f"etter {lexicon.stem(words[i + 1])}"
        if word == "etter" and i + 1 < len(words):
            return frozenset({f"etter {lexicon.stem(words[i + 1])}"}), "før"
    return None
