"""Words made comparable across inflection and across bokmål and nynorsk: for matching, never for showing."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.lemma import lemma as dictionary_form

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_STOPWORDS = """
alle all alt av at både da de dei dem den der deres dere det dette disse desse du dykk dykkar eg en ei ein er et eit eller for
fra frå før få får gjennom ha hadde han har hos hun hva kva hvem kven hver kvar hvilke hvilken hvilket hvor kor hvordan korleis
hvorfor kvifor i ikke ikkje inn innen innan jeg kan kunne man med mellom men mot må når nå no noe noko noen nokon nokre og også òg om
opp oss over på samt seg sin si sine sitt skal skulle slik som så til under ut ved vi me vil ville var vart vere være vår vårt våre
være blir bli ble vert blei å herunder hensyn omsyn ditt din dine deg etter per pr ev evt eventuelt gi gje enn ene videre vidare
"""
STOPWORDS = frozenset(_STOPWORDS.split())
# Word pairs of the two written languages that share no stem, and spellings of one word.
_SAME = {
    "framleis": "fortsatt", "fremdeles": "fortsatt", "ennå": "fortsatt", "enno": "fortsatt", "stadig": "fortsatt",
    "noverande": "nåværende", "nåværande": "nåværende", "dagens": "nåværende", "gjeldende": "nåværende",
    "gjeldande": "nåværende", "reiskap": "verktøy", "hjelpemiddel": "verktøy", "krevje": "kreve", "krevast": "kreve",
    "krevst": "kreve", "kreves": "kreve", "trenge": "kreve", "trengst": "kreve", "trengs": "kreve", "trengast": "kreve",
    "nødvendig": "kreve", "naudsynt": "kreve", "setje": "sette", "plassere": "plassere", "tydeleg": "tydelig",
    "klår": "tydelig", "klar": "tydelig", "oppfylgjing": "oppfølging", "følgje": "følge", "fylgje": "følge",
    "høve": "mulighet", "moglegheit": "mulighet", "mogleg": "mulig", "utval": "utvalg", "rette": "riktig", "rett": "riktig",
    "korrekt": "riktig", "forenkle": "forenkling", "enkel": "forenkling", "enklere": "forenkling", "enklare": "forenkling",
    "eigarskap": "eierskap", "prosess": "prosess", "innrette": "innrette", "organisere": "innrette",
    "satse": "satsing", "satsning": "satsing", "innspel": "innspill", "forslag": "forslag", "framlegg": "forslag",
    "foreslå": "forslag", "føreslå": "forslag", "aktuell": "relevant", "aktuelle": "relevant", "presis": "presis",
    "konkret": "presis", "utforming": "form", "utforme": "form", "format": "form", "oppsett": "oppsett", "layout": "oppsett",
    "prioritering": "prioritere", "tid": "tid", "tidsperspektiv": "tid", "tidsramme": "tid", "ressurs": "ressurs",
    "område": "område", "ansvarlig": "ansvar", "ansvarleg": "ansvar", "ansvarsplassering": "ansvar",
    "ansvarsfordeling": "ansvar", "eige": "egen", "eigen": "egen", "potensiale": "potensial",
    "iverksetting": "iverksette", "iverksetje": "iverksette", "gjennomføring": "gjennomføre", "presisjon": "presis",
    "relevans": "relevant", "brukervennlighet": "brukervennlig", "brukarvenleg": "brukervennlig",
    "brukarvennleg": "brukervennlig", "utviklingsprosjekt": "prosjekt", "handlingsplan": "plan", "planen": "plan",
    "velferdsteknologi": "helseteknologi", "handlingsplanprosess": "prosess", "planprosess": "prosess",
    "handlingsplanoppsett": "oppsett",
}
_NYNORSK_ENDINGS = ((re.compile("leg$"), "lig"), (re.compile("legheit$"), "lighet"), (re.compile("heit$"), "het"))


@lru_cache(maxsize=100_000)
def lemma(word: str) -> str:
    """The dictionary form of one lower-case word, nynorsk drawn towards bokmål."""
    if word in _SAME:
        return _SAME[word]
    form = dictionary_form(word).lower()
    for pattern, ending in _NYNORSK_ENDINGS:
        form = pattern.sub(ending, form)
    return _SAME.get(form, form)


def words(text: str) -> list[str]:
    """The words of ``text`` in lower case, in order, hyphenated words whole."""
    return _WORD.findall(text.lower().replace("\u00a0", " "))


def content(text: str) -> list[str]:
    """The lemmas of the words that carry meaning, in order, with repeats."""
    return [lemma(w) for w in words(text) if w not in STOPWORDS and (len(w) > 1 or w.isdigit())]
