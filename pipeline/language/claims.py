"""What part of a clause carries its claim: reasons, results, conditions and what is refused beside the thing set aside.

"Gjerdet må bygges først, for øst for elva går ingen trygt" demands the fence; that nobody walks safely is why. A clause is
folded into words (``lexicon.fold_text``), and what does not say what is wanted or how things are is taken out of them, so
that ``stance`` can count negations and judgements in what is left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile

from pipeline.language import lexicon
from pipeline.norsk import NUMBER_WORDS

QUANTIFIED = frozenset({*NUMBER_WORDS[1:], "ett", "syv"})
FINITE = lexicon.MODALS | lexicon.COPULAS | lexicon.PRESENT | lexicon.PAST  # verbs that a list knows
_REACH = 60  # words back that a clause is looked for a verb or a demand, so that a text without a stop is read in time
_OPINIONS = frozenset({"ser", "tror", "mener", "synes"})
_POSSIBLE = frozenset({"går", "nytter", "mulig", "får", "lar", "klarer", "makter", "greier"})
_SET_PHRASE_WITH_UTEN = frozenset({"videre", "grunn", "betydning", "verdi", "interesse", "unntak", ","})
_TITLE = re.compile(r"«[A-ZÆØÅ][^«»]{2,40}»")  # "«Trygg overgang» trenger en leder": what it is called judges nothing
# "En leder treng vi ikkje, det er folk vi manglar": what is lacking is another thing
_INSTEAD = re.compile(r"^(.*\btreng(?:er)? (?:vi|me|æ|jeg) (?:ikke|ikkje|itte|itj)\b[^,]*), det (?:er|e)\b.*$", re.IGNORECASE)
# "Så lenge journalene ikke snakker sammen, skriver vi alt to ganger": a complaint, not a forbehold
_AS_LONG_AS = re.compile(r"^så lenge ((?:[^,]*\s)?(?:ikke|ikkje|ingen|itte|itj|manglar|mangler)\b[^,]*),"
                         r"(?!.*\b(?:må|bør|burde|skal|skulle|vil|kan|er (?:vi|me|det)|ønsk\w+|støtt\w+|stør)\b).*$", re.IGNORECASE)
# "Bør ikke åpne før det er folk på vakt": whoever wants it open at once says another thing
_NOT_BEFORE = re.compile(r"\b(?:bør|må|skal|kan|vil) (?:ikke|ikkje)\s[^,.;]{3,60}?\sfør\s(?:det|de|dei|vi|me|alle|noen|nokon"
                         r"|\w+(?:en|et|ene|ane))\s\w", re.IGNORECASE)
# "Tar dere bort kiosken, står køen på veien": a case that is only supposed
_SUPPOSED = re.compile(
    r"^(?:(?!ønsker|ønskjer)\w+(?:er|ar)|tek|legg|sel|set|får|går)\s(?:dere|dokker|dokke|de|dykk|vi|me|man|ein|en|\w+(?:et|en|a))\s[^,]{3,80},\s"
    r"(?=(?:blir|vert|må|kan|vil|får|går|har|\w+(?:er|ar))\s)", re.IGNORECASE)
# "At slekta alltid skal prøves først, kan vi ikke støtte"
_DENIED_LAST = re.compile(r"^([^,]*\bat\b[^,]*), (?:kan|vil) (?:vi|me|jeg|eg|utvalget|utvalet|rådet|styret|kommunen) (?:ikke|ikkje) "
                          r"(?:støtte|stø|godta|akseptere|gå med på|gå inn for|stille (?:oss|seg) bak|anbefale|tilrå)\b.*$", re.IGNORECASE)
_MORE_IMPERATIVES = frozenset(str.split("rør ødelegg glem tving bygge"))
_ALL_OTHERS = frozenset(str.split("andre annet resten øvrige alle dette disse tiltak tiltakene"))
_REASON_BEGINS = frozenset(str.split(
    "da der her det den de vi dere jeg ingen alle noen mange ellers nå når i på uten hos ved av en et hver han hun som med"))
_WHERE_WHO = frozenset({"det", "de", "den", "vi", "man", "ingen", "folk", "alle"})
_NESTED = frozenset({"der", "når", "hvis", "dersom", "så"})  # "for der alle har ansvaret, er det ingen som har det"
_DEMANDING = frozenset({"bør", "burde", "må", "skal", "vil", "ønsker", "ber", "foreslår"})
_AFTER_CONDITION = frozenset(
    {"er", "blir", "må", "kan", "skal", "vil", "bør", "får", "da", "så", "kommer", "har", "trengs", "trenger", "går"})


@dataclass(frozen=True, slots=True)
class Claim:
    """A clause's folded words (``words``), those of them that carry what it claims (``main``), and what limits it."""

    words: Sequence[str]
    main: Sequence[str]
    reserved: bool  # carries a forbehold
    conditional: bool
    refused: frozenset[str]  # stems of what it does not want in place of the thing: "…, ikke etter folketall"


def of(text: str) -> Claim:
    """What one clause claims."""
    text = _DENIED_LAST.sub(r"vi er imot \1", text)
    text = _SUPPOSED.sub("", _AS_LONG_AS.sub(r"\1", _INSTEAD.sub(r"\1", text)))
    words = lexicon.fold_text(_TITLE.sub("tiltaket", text))
    if words[:1] == ["ikke"] and len(words) > 2 and words[1] in lexicon.IMPERATIVES | _MORE_IMPERATIVES:
        words = ["bør", *words]  # "Ikke begynn med et prøveår"
    words = _after_inverted_condition(_lowered(_without_answer_word(words)))
    reserved = lexicon.reserved(text) or "forbehold" in words or "atterhald" in words
    opens_with_condition = bool(words) and words[0] in lexicon.CONDITIONS
    conditional = _threatens(words) or (opens_with_condition and not _situates(words)) or any(
        w in lexicon.CONDITIONS and i and words[i - 1] != "om" for i, w in enumerate(words))
    conditional = conditional or _NOT_BEFORE.search(text) is not None
    main = _main_part(words) if reserved or conditional or opens_with_condition else words
    required = _required(main)
    if required:
        # "Kan ikke flyttes uten at pengene følger med" demands the money; it says nothing against moving. With a mere
        # thing, "ikke vedtas uten endringer", it is not clear what is demanded: that stays with its like.
        main, conditional = required, conditional or not any(
            a == "uten" and b in {"at", "å"} for a, b in pairwise(words))
    main, refused = _without_refused(_concluded(main))
    refused |= _placed_after(main)
    return Claim(words, _set_aside_subclauses(main), reserved, conditional, refused)


@lru_cache(maxsize=8192)
def claimed(text: str) -> tuple[str, ...]:
    """The folded words of a clause without its reasons, and without "…, ikke fire" beside "én"."""
    words = lexicon.fold_text(text)
    return tuple(word for word, aside in zip(words, _asides(words, numbers=True), strict=True) if not aside)


def _asides(words: list[str], *, numbers: bool = False) -> list[bool]:
    """For each word, whether it stands in a reason or a result; ``numbers``: or in "…, ikke fire" beside "én"."""
    marks = []
    aside = nested = False
    for i, word in enumerate(words):
        if word == ",":
            aside = aside and _goes_on(words, i, nested=nested)
        supposes = _behind_comma(words, i) and _supposes(words, i)
        if supposes or _gives_reason(words, i):
            aside, nested = True, supposes or words[i + 1] in _NESTED
        elif not aside and (_opens_reason(words, i) or (numbers and _refuses_number(words, i))):
            aside, nested = True, False
        marks.append(aside)
    return marks


def _behind_comma(words: list[str], i: int) -> bool:
    return i > 0 and words[i - 1] == ","


def _refuses_number(words: list[str], i: int) -> bool:
    """ "…, ikke fire", "… og ikke tre som hver for seg …"."""
    return (words[i] == "ikke" and i > 0 and words[i - 1] in {",", "og"} and i + 1 < len(words) and words[i + 1] in QUANTIFIED
            and words[i + 2 : i + 3] in ([], [","], ["som"]))


def _threatens(words: list[str]) -> bool:
    """ "Steng gata, så stenger vi butikkene": an imperative that only supposes, and what would come of it."""
    if not words or words[0] not in lexicon.IMPERATIVES:
        return False
    return any(a == "," and b == "så" and c.endswith("er") and d in {"vi", "jeg", "de", "alle"}
               for a, b, c, d in zip(words, words[1:], words[2:], words[3:], strict=False))


def _without_answer_word(words: list[str]) -> list[str]:
    """Without a leading yes or no that a whole clause follows: "nei, dette er uklart" has one negative, not two."""
    if len(words) > 3 and words[0] in {"ja", "nei", "jo"} and (words[1] == "," or len(words) > 5):
        return words[1:] if words[1] != "," else words[2:]
    return words


def _after_inverted_condition(words: list[str]) -> list[str]:
    """Of "skal alt samles her, blir det slutt for oss" what follows the comma: the first part only supposes."""
    verb_first = len(words) > 5 and words[1] not in FINITE and not words[1].endswith("es") and (
        words[0] in FINITE or (words[0].endswith("es") and len(words[0]) > 4 and words[0] != "felles"))
    if not verb_first:
        return words
    comma = next((i for i, w in enumerate(words) if w == "," and i >= 3), None)
    if comma is None or comma + 2 >= len(words) or words[comma + 1] not in _AFTER_CONDITION:
        return words
    return words[comma + 1:]


def _lowered(words: list[str]) -> list[str]:
    """ "Ser ikke at vi kan lede det" as "vi kan ikke lede det": the negation back where it belongs."""
    for i in range(len(words) - 3):
        if words[i] in _OPINIONS and words[i + 1] == "ikke" and words[i + 2] == "at":
            verb = next((k for k in range(i + 3, min(i + 7, len(words))) if words[k] in lexicon.MODALS), None)
            if verb is not None:
                return [*words[i + 3 : verb + 1], "ikke", *words[verb + 1 :]]
    return words


def _main_part(words: list[str]) -> list[str]:
    """Without the condition: up to the cue, or after the first comma when the sentence begins with it."""
    cues = [i for i, w in enumerate(words) if w in {"forbehold", "atterhald"} or w in lexicon.CONDITIONS]
    if not cues:
        return words
    first = cues[0]
    if first <= 2:
        comma = next((i for i, w in enumerate(words) if w == "," and i > first), None)
        return words[comma + 1 :] if comma is not None and comma + 1 < len(words) else words
    main = words[:first]
    while main and main[-1] in {",", "men", "og", "med"}:
        main.pop()
    return main or words


def _situates(words: list[str]) -> bool:
    """ "Dersom oppgaver flyttes, må pengene følge med": it tells when the demand holds, as "når" does."""
    supposed = up_to_comma(words)
    rest = words[len(supposed) + 1 :]
    return bool(rest) and rest[0] in {"må", "bør", "skal"} and "først" not in supposed  # "hvis det først skal …" yields


def _required(words: list[str]) -> list[str]:
    """What "ikke … uten (at)" demands, as a demand of its own: "må pengene følger med"; empty without such a turn."""
    for i, word in enumerate(words[:-1]):
        if word != "uten" or words[i + 1] in _SET_PHRASE_WITH_UTEN:
            continue
        head = since_comma(words[:i])
        denials = sum(w in lexicon.NEGATORS and w not in {"nei", "uten"} for w in head)
        possible = any(w in lexicon.MODALS or w in _POSSIBLE for w in head)
        if denials != 1 or not possible or any(getattr(lexicon.cue(w), "kind", "") == "support" for w in head):
            continue
        rest = words[i + 1 :]
        while rest and rest[0] in {"at", "å", "også"}:
            rest = rest[1:]
        if rest:
            return ["må", *rest]
    return []


def _concluded(words: list[str]) -> list[str]:
    """Of "kursene er for dyre, så dem må fylket betale" what is demanded in the end, where nothing is before it."""
    for i, word in enumerate(words[:-2]):
        if word == "så" and i > 2 and words[i - 1] == ",":
            before, rest = words[: i - 1], words[i + 1 :]
            asks = rest[0] in lexicon.IMPERATIVES | _MORE_IMPERATIVES or any(w in _DEMANDING for w in rest[:5])
            if asks and not any(w in lexicon.MODALS or demands(w) or _judges(w) for w in before):
                return rest
    return words


def _without_refused(words: list[str]) -> tuple[list[str], frozenset[str]]:
    """Of "må ha én ansvarlig, og ikke tre" the demand alone, and the stems of what is refused beside it.

    Only where a verb stands before it and none of its own follows: "…, og ikke kan vi det heller" is a clause of its own.
    """
    for i, word in enumerate(words):
        if word != "ikke" or i < 3 or i + 1 >= len(words) or words[i - 1] not in {",", "og"}:
            continue
        rest = up_to_comma(words[i + 1 :])
        own = list(takewhile(lambda w: w not in lexicon.SUBCLAUSE, rest))
        if not own or any(w in FINITE for w in own) or not any(
                w in FINITE or lexicon.any_of(w, lexicon.CALLS) for w in words[:i]):
            continue
        before = words[:i]
        while before[-1] in {",", "og"}:
            before.pop()
        known = {lexicon.stem(w) for w in before}
        rest = own if all(w in QUANTIFIED for w in own) else rest
        refused = {lexicon.stem(w) for w in rest if len(w) > 3 and w not in lexicon.STOP and w not in QUANTIFIED} - known
        return before + words[i + 1 + len(rest) :], frozenset(refused)
    return words, frozenset()


def _placed_after(words: list[str]) -> frozenset[str]:
    """The stems of what another thing is wanted rather than: "én i hver by framfor én felles"."""
    if "framfor" not in words[1:]:
        return frozenset()
    at = words.index("framfor", 1)
    known = {lexicon.stem(w) for w in words[:at]}
    return frozenset(lexicon.stem(w) for w in up_to_comma(words[at + 1:])
                     if len(w) > 3 and w not in lexicon.STOP and w not in QUANTIFIED and w not in _ALL_OTHERS) - known


def _set_aside_subclauses(words: list[str]) -> list[str]:
    """The words without reasons, and without what is denied or judged inside other subordinate clauses."""
    out: list[str] = []
    inside = purpose = describing = seen_verb = first = False
    for i, (word, aside) in enumerate(zip(words, _asides(words), strict=True)):
        if aside:
            continue
        if _opens_subclause(words, i):
            inside, seen_verb = True, False
            purpose = word in {"slikat", "når", "mens", "siden"}
            first = i == 0
            # "Skjema som fungerer på mobil": the clause says which forms, it judges nothing.
            describing = word == "som" and not any(
                w in lexicon.COPULAS or w in lexicon.MODALS or lexicon.any_of(w, lexicon.CALLS)
                for w in words[max(0, i - _REACH) : i]
            )
        elif word == "før" and i + 2 < len(words) and (i == 0 or any(w in FINITE for w in words[:i])):
            # (without a verb before it, it is "videomøte før utskriving må …")
            inside = purpose = True
            first = i == 0
            describing = seen_verb = False
        elif word == ",":
            inside = False
        elif inside and first and purpose and word in lexicon.MODALS:
            inside = first = False  # "når oppgaver flyttes må …"
        elif inside and not purpose and word in FINITE:
            # The second finite verb belongs to the main clause: "eldre som ikke er digitale, må …".
            if seen_verb and word in lexicon.MODALS | {"er", "var"}:
                inside = False
            seen_verb = True
        if inside and (word in lexicon.NEGATORS or ((purpose or describing) and lexicon.cue(word))):
            continue
        if word == "uten" and words[i + 1 : i + 2] not in (["at"], ["å"], ["unntak"]) and (not i or words[i - 1] not in lexicon.COPULAS):
            continue  # "eldre uten smarttelefon": says which, not what
        out.append(word)
    return out


def _opens_subclause(words: list[str], i: int) -> bool:
    if words[i] == "der" and i > 1 and words[i + 1 : i + 2] and words[i + 1] in _WHERE_WHO and words[i - 1] not in FINITE | {",", "og"}:
        return any(demands(w) for w in words[max(0, i - _REACH) : i])  # "vi vil ha en sone der det ikke hogges"
    if words[i] not in lexicon.SUBCLAUSE or _reaches(words, i):
        return False
    return words[i] != "som" or i + 1 >= len(words) or not _is_noun_phrase(words[i + 1 :])


def _reaches(words: list[str], i: int) -> bool:
    """Whether "når" is the verb: "tilbudet når de som trenger det"."""
    return words[i] == "når" and i > 0 and words[i - 1] != "," and not any(w in FINITE for w in words[:i])


def _turns_back(words: list[str], i: int) -> bool:
    """Whether a comma is followed by the verb of the clause that what stands before it was only the beginning of."""
    return i + 1 < len(words) and words[i + 1] in FINITE


def _goes_on(words: list[str], i: int, *, nested: bool) -> bool:
    """Whether a reason goes on behind the comma: its own main clause, or ", og …" without a demand."""
    return (nested and _turns_back(words, i)) or (
        words[i + 1 : i + 2] == ["og"] and not any(demands(w) for w in up_to_comma(words[i + 1 :])))


def _gives_reason(words: list[str], i: int) -> bool:
    """Whether a clause begins that tells why, or what comes otherwise: ", for da kan følget ikke stille opp", ", ellers …"."""
    if not _behind_comma(words, i) or len(words) - i < 5:
        return False
    if words[i : i + 3] == ["i", "den", "grad"] or (words[i] == "da" and words[i + 1] not in FINITE):
        return True
    if words[i] == "så" and (words[i + 1] not in FINITE or words[i + 1 : i + 3] == ["kan", "ikke"]) and any(
            demands(w) or _judges(w) for w in words[max(0, i - _REACH) : i]):
        return True  # "… tildeles automatisk, så ingen må søke"
    if words[i] in {"ellers", "enda"} or (words[i] == "for" and words[i + 1] in _REASON_BEGINS):
        return True
    return words[i] == "for" and any(w in FINITE for w in up_to_comma(words[i + 2 :]))


def _supposes(words: list[str], i: int) -> bool:
    """Whether a condition without "hvis" begins: "…, legges den ned, har ungene ingenting"."""
    passive = words[i].endswith("es") and len(words[i]) > 4 and words[i] != "felles"
    if not passive and words[i] not in {"nedlegge", "fjerne", "blir", "forsvinner"}:  # two words folded into one
        return False
    return _turns_back(words, i + len(up_to_comma(words[i:])))


def _opens_reason(words: list[str], i: int) -> bool:
    """ "fordi", "ettersom", and "siden" where it does not count time ("siden 2019", "siden i fjor")."""
    after = words[i + 1] if i + 1 < len(words) else ""
    return words[i] in {"fordi", "ettersom"} or (words[i] == "siden" and after not in {"", "i"} and not after[0].isdigit())


def up_to_comma(words: list[str]) -> list[str]:
    return words[: words.index(",")] if "," in words else words


def since_comma(words: list[str]) -> list[str]:
    return words[len(words) - words[::-1].index(",") :] if "," in words else words


def _is_noun_phrase(rest: list[str]) -> bool:
    """ "som arbeidsverktøy", "som pilot": no verb follows within two words."""
    if rest and (rest[0] in FINITE or (rest[0].endswith("es") and len(rest[0]) > 4)):
        return False  # "oppgaver som flyttes til kommunene"
    return len(rest) <= 2 or rest[1] in {",", "og", "i", "for", "på", "til", "av"}


def demands(word: str) -> bool:
    return lexicon.any_of(word, lexicon.DEMANDS)


def _judges(word: str) -> bool:
    found = lexicon.cue(word)
    return found is not None and found.kind in {"quality", "keep", "support"}
