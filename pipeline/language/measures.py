"""What an answer wants done with numbered measures of the plan: "stryk tiltak 9", "tiltak 4 og 11 må slås sammen".

Such verdicts are the same point however they are worded, and opposite ones must never be joined: "ikke rør tiltak 9" shares
no word but the number with "tiltak 9 må videreføres", and nearly all of them with "tiltak 9 må ikke videreføres". So they are
read by what is to become of which measure, and go before likeness. Where the text is not plain (a condition, a part of the
measure, two verdicts at once), nothing is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

KEEP, DROP, MERGE, SPLIT, APART = "keep", "drop", "merge", "split", "apart"
_AGAINST = {KEEP: DROP, DROP: KEEP, MERGE: APART, APART: MERGE}
_NUMBER = r"\d{1,2}(?:\.\d{1,2}){0,3}[a-h]?(?![\w%])"
_NAMED = re.compile(
    rf"\b(?P<before>\w+\s+)?(?:(?:del)?(?:tiltak|mål)(?:a|ene|et|et\s+nr|ene\s+nr)?|innsatsområde\w*)\s*(?:nr\.?|nummer)?\s*"
    rf"(?P<numbers>{_NUMBER}(?:\s*(?:,|og|samt|&|eller|/)\s*(?:(?:del)?(?:tiltak|mål)\s*)?{_NUMBER})*)", re.IGNORECASE)
# "4.1 kan tas ut", "2.3: slettes"
_OPENING = re.compile(r"^(?:nr\.?\s*)?(?P<numbers>\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?:\s*(?:,|og|samt|&)\s*\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)*)"
                      r"\s*[:–-]?\s+(?=[^\W\d])", re.IGNORECASE)
_BRACKETS = re.compile(r"\((?:tiltak\s+)?(?P<numbers>\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\)", re.IGNORECASE)  # "hospitering (4.1)"
# "Fristen i tiltak 9", "ansvaret for tiltak 9": something about the measure, not the measure.
_OF = frozenset({"i", "på", "under", "for", "til", "av", "fra", "frå", "ved", "om", "etter", "med"})
_CONDITION = re.compile(r"\b(?:dersom|hvis|viss|om\s+ikk\w+|med\s+mindre|forutsatt|føresett|under\s+forutsetning|såfremt|såframt|inntil|"
                        r"med\s+forbehold|delvis|eventuelt|kanskje|vurder\w*)\b", re.IGNORECASE)
_NOT = r"(?:ikke|ikkje|aldri|ingen|inkje|neppe)"
_IGNORING = re.IGNORECASE | re.VERBOSE
_WORDS = {
    DROP: re.compile(r"""
        \b(?: stryk\w* | fjern\w* | slett\w* | kutt\w* | utgå\w* | bortfall\w* | avvikl\w*
        | (?:legg\w*|leggjast|lagt)\s+(?:ned|bort) | (?:fall\w*|fell)\s+(?:bort|ut)
        | (?:ta|tas|tek|tar|tatt|teke|takast|gå|går|ut)\b (?:\s+\w+){0,2}? \s+(?:ut|bort|vekk)
        | kan\s+(?:de|dere|vi)\s+(?:godt\s+)?ta\s+ut
        | overflødig\w* | unødvendig\w* | unødig\w* )\b""", _IGNORING),
    KEEP: re.compile(rf"""
        \b(?: viderefør\w* | vidarefør\w* | behold\w* | bevar\w* | oppretthold\w* | oppretthald\w* | bli\w*\s+(?:værende|verande) )\b
        # "må stå i planen", but not "må stå øverst"
        | \b(?:må|bør|skal|kan|lar?|la|lat|få|får|bli|blir|blei|vart)\s+(?:\w+\s+){{0,3}}?(?:bli\s+)?(?:stå|ståande|stående)
          (?=\s*(?:[,.;!:)–]|$|i\s+(?:\w+\s+)?plan|fast\b|urørt|som\s+(?:det|den|han|nå|no|før)\b|videre|slik|uend\w+|også|òg|fordi|for\b))
        | \b{_NOT}\s+(?:rør\w*|ta\w*\s+på)\b""", _IGNORING),
    MERGE: re.compile(r"""
        \b(?: slå\w*\s+(?:\w+\s+){0,2}?(?:sammen|saman|i\s+hop) | sammenslå\w* | samanslå\w*
        | (?:bli|gjør\w*|gjer\w*|lag)\s+(?:\w+\s+){0,2}?til\s+(?:ett|eitt|et|eit) | (?:ett|eitt)\s+og\s+(?:det\s+)?(?:samme|same)
        | er\s+(?:(?:jo|egentlig|eigentleg|i\s+praksis)\s+)?(?:(?:det|eit|et)\s+)?(?:samme|same)\s+tiltak\w* | overlapp\w* )\b""",
                      _IGNORING),
    SPLIT: re.compile(r"\b(?:todel\w*|(?:del|dele|deles|delast|splitt\w*)\s+(?:\w+\s+){0,2}?(?:i\s+to|opp|opp\s+i\s+to))\b", re.IGNORECASE),
}
_DIGIT = re.compile(r"\d")
_DENIED = re.compile(rf"\b{_NOT}\s+(?:\w+\s+){{0,3}}?$", re.IGNORECASE)

# "Overrasket over at noen vil fjerne tiltak 6": against what follows.
_AGAINST_IT = re.compile(
    rf"""\b(?: (?:overr?ask|forundr|undr|reager|bekymr|uro|skuff|sjokker|protester|advar|åtvar)\w*\s+(?:\w+\s+){{0,2}}?(?:over|på|mot|for)
    | (?:er|går)\s+(?:\w+\s+)?i\s?mot | nei\s+til | (?:forstår|skjønner|skjønar|skjøner)\s+{_NOT} | fraråd\w* | frarår | beklag\w*
    )\b[^.;:]{{0,60}}$""",
    _IGNORING)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to become of these measures (their numbers, sorted): one of KEEP, DROP, MERGE, SPLIT, APART."""

    measures: tuple[str, ...]
    act: str

    def against(self, other: Verdict) -> bool:
        """Whether the two cannot both be done."""
        return self.measures == other.measures and _AGAINST.get(self.act) == other.act


@lru_cache(maxsize=8192)
def verdict(clause: str, statement: str = "") -> Verdict | None:
    """The verdict of a clause, or None. ``statement``: what the clause is part of; its measures are meant by "de" and "det"."""
    if not _DIGIT.search(clause) and not _DIGIT.search(statement):
        return None  # nearly all
    if _CONDITION.search(clause):
        return None
    act = _act(clause)
    if act is None:
        return None
    named = next((found for pattern in (_NAMED, _OPENING, _BRACKETS) for text in (clause, statement)
                  if (found := list(pattern.finditer(text)))), [])
    allowed = {"på"} if act in (MERGE, APART) else set()  # "forskjellen på tiltak 4 og 11"
    if not named or any((m.groupdict().get("before") or "").strip().lower() in _OF - allowed for m in named):
        return None
    sets = {_numbers(m["numbers"]) for m in named}
    if len(sets) == 2 and act in (MERGE, APART) and all(len(s) == 1 for s in sets):  # "tiltak 4 og tiltak 11", each with its noun
        sets = {tuple(sorted(number for one in sets for number in one))}
    if len(sets) != 1:
        return None
    measures = sets.pop()
    fits = len(measures) > 1 if act in (MERGE, APART) else len(measures) == 1 or act != SPLIT
    return Verdict(measures, act) if fits else None


def _act(clause: str) -> str | None:
    found = set()
    for act, pattern in _WORDS.items():
        for m in pattern.finditer(clause):
            inside = re.search(rf"\b{_NOT}\b", m[0], re.IGNORECASE) and not re.match(_NOT, m[0], re.IGNORECASE)
            before = clause[:m.start()]
            denied = (bool(inside) or _DENIED.search(before) is not None) != (_AGAINST_IT.search(before) is not None)
            found.add({DROP: KEEP, KEEP: DROP, MERGE: APART, SPLIT: None}[act] if denied else act)
    return found.pop() if len(found) == 1 else None


def _numbers(text: str) -> tuple[str, ...]:
    return tuple(sorted({n.lower().rstrip(".") for n in re.findall(_NUMBER, text, re.IGNORECASE)}))
