"""Bokmål or nynorsk: by the words and endings that only one of the two has."""

from __future__ import annotations

import re

_NYNORSK_WORDS = """
ikkje eg dei dykk dykkar okkar ein eit eitt frå korleis kva kven kvar kvarandre kvifor kvart nokon noko nokre meir mykje fleire
fleirtal berre vert vart vore vere verte hjå høve høvet seier gjer gjev gje gjevast kjem kjeme kome heile heilt saman òg sjølv sidan
meiner ynskjer ynskje ynskjeleg ønskjer ønskje tilråding tilrår handsama handsaming handsame innspel innspela høyring høyringa
høyringssvar fråsegn verksemd difor åleine eigen eiga eige eigne eigarskap skular skulen kommunar kommunane tenester tenesta tenestene
teneste utval utvalet samarbeidsutval samhandlingsutval samhandlingsutvalet framleis ansvarleg tydeleg tydelegare enklare betre
mogleg moglegheit moglegheiter høgare høg høgt tiltaka måla områda prosjekta åra borna oppfylgjing krev krevst trengst finst synest
ressursar ressursane løysing løysingar løysinga reiskap auka auke auking venleg helsing takkar brukarvenleg brukarar brukarane
pasientar pasientane leiar leiarar leiarane leiing leiinga innbyggjarar innbyggjarane kvardag kvardagen einig einige samd samde
støttar sluttar fyrst fyrste uklår uklårt klårt klårare særleg truleg vanleg vanskeleg skriftleg munnleg årleg årlege månad månader
veke veker attende attpåtil åt hovudmål hovudsak arbeidast medan korkje kvalitetar
manglar sjå leggje takast retta utanfor heime heimen heimeteneste sjukeheim sjukeheimen tilbod møtest gong stad raudt
pengar pårørande døme same høyrer vidare innan elles allereie særskilt korleis ynskt greitt viktigaste
"""
_BOKMAAL_WORDS = """
ikke jeg de hun dere deres en hvordan hva hvem hvor hvorfor hvilke hvilken hvilket hver hvert hverandre noen noe mer mye flere
flertall bare blir ble blitt være vært fra selv mener ønsker ønske anbefaling anbefaler behandlet behandling innspill høring
høringen høringssvar uttalelse virksomhet derfor alene egen eget egne eierskap skoler skolen kommuner kommunene tjenester tjenesten
tjenestene tjeneste utvalg utvalget samarbeidsutvalg samhandlingsutvalg samhandlingsutvalget fortsatt ansvarlig tydelig tydeligere
enklere bedre mulig mulighet muligheter høyere høy høyt tiltakene målene områdene prosjektene årene følge følger kreves
trengs finnes synes ressurser ressursene løsninger løsning verktøy økt øke økning vennlig hilsen takker brukervennlig brukere
brukerne pasienter pasientene leder ledere lederne ledelse innbyggere innbyggerne hverdag hverdagen enig enige støtter slutter
sikres avklares prioriteres vurderes styrkes ett særlig trolig vanlig vanskelig skriftlig muntlig årlig årlige måned måneder uke uker
tilbake ganger gir gi kommer sier gjør hele sammen gjøre hovedmål hovedsak mens verken
"""
_NYNORSK, _BOKMAAL = frozenset(_NYNORSK_WORDS.split()), frozenset(_BOKMAAL_WORDS.split())
_WORD = re.compile(r"[a-zæøåòó]+")
_NYNORSK_ENDING = re.compile(r"(?:leg|leik|legare|ingar|ingane|arar|arane|heiter|heitene|semd|erast|asjonar|elsar|"
                             r"elsane|ane|[^r]ast|lgje|ggje|andsame|inga)$")
_BOKMAAL_ENDING = re.compile(r"(?:lig|lige|ligere|inger|ingene|erne|heter|somhet|elser|elsene|asjoner|asjonene|"
                             r"ingen|elsen|het)$")


def score(text: str) -> int:
    """Above zero: nynorsk; below zero: bokmål; zero: the text does not tell. Counts of telling words."""
    balance = 0
    for word in _WORD.findall(text.lower()):
        if word in _NYNORSK:
            balance += 2
        elif word in _BOKMAAL:
            balance -= 2
        elif len(word) > 5:
            balance += bool(_NYNORSK_ENDING.search(word)) - bool(_BOKMAAL_ENDING.search(word))
    return balance


def of(text: str, otherwise: str = "nb") -> str:
    """ "nb" or "nn". ``otherwise`` is answered when nothing in the text tells the two apart."""
    balance = score(text)
    return "nn" if balance > 0 else "nb" if balance < 0 else otherwise
