"""Whose a document is: the bodies that speak in it, by order of trust.

Trust falls from what the text itself says ("Innspill fra RS …"), over letterhead and signature, the
sender of the mail, the file's name, to the folder's. A body that is merely mentioned does not speak.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.intake import places
from pipeline.intake.kinds import TOP
from pipeline.intake.names import Mention, Names
from pipeline.model import Block, Document
from pipeline.norsk import NUMBER_WORDS, fold

_LONG_NAME = 10  # letters: in small letters a shorter name may be any word
LEVELS = ("innholdet", "brevhodet", "avsenderen", "filnavnet", "mappenavnet")

_ANSWER = (
    r"(?:innspill\w*|innspel\w*|svar\w*|tilbakemelding\w*|\w*uttalelse\w*|\w*uttale\w*|\w*fråsegn\w*|høringssvar|høyringssvar"
    r"|kommentar\w*|merknad\w*|notat\w*|brev|skriv|vedtak|behandling|handsaming|\w*protokoll|\w*referat|møtebok|\w*utskrift|møte|vurdering\w*|synspunkt\w*)"
    r"(?:\s+\S+){0,6}?\s+")
_FROM = re.compile(rf"{_ANSWER}(?:fra|frå|i|av|for|hos)\s+(?:the\s"
                   r"|\w*(?:styret|rådet|utvalget|utvalet|laget|nemnda|gruppa|gruppen)\s(?:i|på|for|ved)\s)?$",
                   re.IGNORECASE)  # "svar frå utvalget på Nes"
_TITLED = re.compile(r"^(?:\w*protokoll|\w*referat|møtebok|svarskjema|\w*uttalelse|innspill|innspel|\w*svar)\s*[:–-]?\s*$", re.IGNORECASE)
_FROM_WHOM = re.compile(rf"^(?:(?:felles|foreløpig|førebels|endelig|endeleg|revidert|nytt|kort)\s+)?"
                        rf"{_ANSWER}(?:fra|frå)\s+(?:\w*møtet?\s+(?:i|for)\s+)?(?P<who>\S.*)$", re.IGNORECASE)
_LISTED = re.compile(r",\s+|\s+(?:og|samt)\s+")
_JOINT_FROM = re.compile(r"^felles\s+(?:\S+\s+){1,3}?(?:fra|frå)\s+(?P<who>\S.*?)\.?$", re.IGNORECASE)
_FROM_JOINTLY = re.compile(r"^felles\s+(?:\S+\s+){1,3}?(?:fra|frå)\s*$", re.IGNORECASE)  # whatever it is called: "felles tillegg fra"
_BOTH_SPEAK = re.compile(r"^(?P<one>\w+) og (?P<other>\w+)\s(?:har|ber|vil|ønsker|ønskjer|er|går|står|mener|meiner|sender)\b"
                         r"[^.]*\b(?:sammen|saman|felles|i fellesskap|begge)\b")
_FROM_ONLY = re.compile(r"^(?:fra|frå)\s+(?P<who>\S.*)$", re.IGNORECASE)  # "FRA ELEVRÅDET NES", alone on a line
_COUNT = rf"(?:\d+|{'|'.join(NUMBER_WORDS[2:])})"
# "Fra oss fem kantineansatte ved Nes", "Her er svaret fra grendalaget", "dette er fra velet", "her er det elevrådet som skriver": in small
# letters, and it may be a sentence
_FROM_US = re.compile(
    rf"^(?:(?:fra|frå)\s+oss\s+|(?:her\s+(?:er|e|æ|kommer|kjem)|dette\s+(?:er|e|æ)|det\s+her\s+(?:er|e|æ))\s+(?:{_ANSWER})?(?:fra|frå)\s+(?:oss\s+)?"
    r"|(?:her|dette)\s+(?:er|e|æ)\s+(?:det\s+)?(?=(?:\S+\s+){1,7}som\s+(?:skriv|svar|send|snakk|uttal|gir\b|gjev\b|ber\b)))"
    rf"(?:{_COUNT}\s+)?(?P<who>\S.*)$", re.IGNORECASE)
_SAID_OF_IT = re.compile(r",\s*som\s+(?:jeg|vi|eg|me|æ|han|ho|hun|de|dei)\b|\b(?:ikke|ikkje)\b", re.IGNORECASE)  # "…, som jeg ikke støtter"
_THE_OTHERS = re.compile(r"\bog\s+(?:de|dei|vi|resten)\s+(?:andre\s+|øvrige\s+)?(?:i|på|ved|av)\s+", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:navn(?: på)?|namn(?: på)?)?\s*(?:svar fra|svar frå|avsender|avsendar|fra|frå|innsender|innsendar|utvalg|utval|organ"
    r"|høringsinstans|høyringsinstans|instans|organisasjon|virksomhet|verksemd|region|rs|kommune|bydel|navn|namn|hvem svarer"
    r"|kven svarar|besvart av|utfylt (?:av|for)|fylt ut (?:av|for)|svaret gjelder|på vegne av|på vegner av"
    r"|enhet|eining|foretak|avdeling|lag|forening)\s*[:\-–]?\s*$",
    re.IGNORECASE)
_BEHALF = re.compile(r"(?:på vegne av|på vegner av|for|frå|fra|hilsen|helsing)\s*,?\s*$", re.IGNORECASE)
_OFFICE_WORD = (
    r"\b\w*(?:leder(?:en)?|leiar(?:en)?|sekretær|sekretar|koordinator|rådgiver|rådgjevar|direktør|sjef|ansvarli[ge]|ansvarleg|rektor|ordfører|ordførar|skriver|skrivar|kasserer|kasserar"
    r"|medlem(?:mer|er)?|kontaktperson|talsperson|formann|forkvinne)")
_OFFICE = re.compile(rf"{_OFFICE_WORD}\s+(?:av|i|for|hos|på|ved)\s+(?:de[nt]\s+)?", re.IGNORECASE)
_HOLDS = re.compile(rf"{_OFFICE_WORD}(?:\s*,)?\s+(?:(?:av|i|for|hos|på|ved)\s+(?:de[nt]\s+)?)?$", re.IGNORECASE)  # "leder RS Lister"
_OURS = re.compile(r"\b\w*(?:styret|årsmøtet|leiinga|ledelsen|medlemmene|medlemene|nemnda|gruppa|gruppen|klubben)\s+(?:i|hos|ved|til)\s*$|"
                   r"\b(?:vi|me|oss|jeg|eg|undertegnede|undertegna)\b(?:\s+\w+){0,2}?\s*$"
                   r"|\b(?:i tillegg til|supplerer|vårt?|våre)\b.{0,40}\b(?:fra|frå)\s*$"
                   rf"|{_ANSWER}(?:fra|frå)\s*$", re.IGNORECASE)
_BOARD_OF = re.compile(
    r"\W*\w*(?:styret|årsmøtet|leiinga|ledelsen|medlemmene|medlemene|nemnda|rådet|utvalget|utvalet|utvalg|utval)\s+(?:i|for|hos|ved)\s+",
    re.IGNORECASE)
_SPOKEN_OF = re.compile(r"\s+(?:har|hadde|er|var|ligger|ligg|får|fikk|fekk|bruker|brukar|trenger|treng|"
                        r"kan|må|bør|skal|vil|gjør|gjer|mangler|manglar)\b", re.IGNORECASE)
_HEAD_LINE = 110  # characters
_FIRST = 3  # blocks of a document in which a line goes on with other things
_SHORT_LABEL = 25  # characters
_CELL_SAYS = 6  # words of a cell that says something
_COMMITTEE = re.compile(
    r"^(?:[\w-]+\s){0,3}?[\w-]*(?:utvalg|utval|råd)(?:et)?\s(?:for|i)\s(?P<where>(?-i:[A-ZÆØÅ])[\w, -]+)$", re.IGNORECASE)
# "Vi i styret for Nes vel", "Her er det vi kom fram til i RS Nes"
_WE_IN = re.compile(r"\b(?:vi|me|oss|jeg|eg)\s+(?:som\s+\w+\s+|alle\s+|kom\s+(?:fram\s+|frem\s+)?til\s+"
                    r"|(?:(?:ble|blei|vart)\s+)?(?:u?enige|u?einige|samde)\s+om\s+|land(?:a|et)\s+på\s+"
                    r"|(?:mener|meiner|tenker|tenkjer|drøfta|drøftet|diskuterte)\s+)?"
                    r"(?:i|på|ved|fra|frå|hos)\s+(?:(?:styret|møtet?)\s+(?:i|for)\s+)?$", re.IGNORECASE)
_OPENING = 250  # characters of a paragraph in which who writes is told
_WE = re.compile(r"\b(?:vi|me|oss)\b", re.IGNORECASE)
# "Hei! Vi i ungdomsrådet har hatt møte"
_WE_IN_ONE = re.compile(r"\b(?:vi|me|oss)\s+(?:i|på|fr[aå]|hos)\s+([a-zæøå]{6,})\b", re.IGNORECASE)
_WE_AT = re.compile(r"\b(?:[Vv]i|[Mm]e|[Oo]ss)\s+(?:i\s+[a-zæøå]+\s+)?(?:på|i|fr[aå]|hos|ved)\s+([A-ZÆØÅ]\w+(?:\s[A-ZÆØÅ]\w+)*)")
# "Lyset er 38 mødre og fedre, og dette kom vi fram til"; "Jeg var lege i Nes til 2019, sitter nå i utvalget og er bedt om å skrive"
_FIRST_PERSON = re.compile(r"\b(?:vi|me|oss|jeg|eg|æ|undertegnede|undertegna)\b", re.IGNORECASE)
_ARE_MANY = re.compile(rf"\s+(?:er|e|æ|består av)\s+(?:{_COUNT}\s|"
                       r"(?:en|ei|et|ein|eit)\s(?:\w+\s)?\w*(?:lag|forening|foreining|gruppe|nettverk|organisasjon|stiftelse|stifting|klubb|utvalg|utval|råd|menighet)\b)",
                       re.IGNORECASE)
# "Elevrådet på Nes spurte alle klassene, … Her er det vi kom fram til."
_HAS_ASKED = re.compile(
    r"\s+(?:har\s+)?(?:spurte?|snakk[ae]t?|møt(?:te|tes|test)|saml[ae]t?|diskuter(?:te|t)|drøft[ae]t?|gikk gjennom|gjekk gjennom)\b"
    r".*\b(?:her|dette|nedenfor|under)\s+(?:er|e|æ|står|kommer|kjem)\s[^.]*\b(?:vi|me|oss)\b", re.IGNORECASE | re.DOTALL)
_SITS_IN = re.compile(r"\b(?:sitter|sit|sitt|er (?:medlem|leder|leiar|nestleder|nestleiar|vara|representant))\s+(?:\w+\s+)?"
                      r"(?:i|for|av)\s+$", re.IGNORECASE)
# "Eg er far til to og leiar i foreldreutvalet", not "eg er samd med leiaren i laget"
_I_AM = re.compile(r"\b(?:jeg|je|eg|æ|undertegnede|undertegna)\b[^.!?]{0,30}?\b(?:er|e|æ)\b(?:(?!\bmed\b)[^.!?]){0,60}$", re.IGNORECASE)
# "Eg heiter Torleiv og skriv for pensjonistlaget her i Dalen"
_WRITES_FOR = re.compile(r"\b(?:skriver|skriv|skrive|svarer|svarar|svare|snakker|snakkar)\s+(?:\w+\s+){0,2}?"
                         r"(?:for|på vegne?r? av)\s+(?:alle\s+)?(?:(?:hele|heile)\s+\w+\s+(?:her\s+)?)?(?:i\s+)?$", re.IGNORECASE)
_MEETING_OF = re.compile(r"(?:(?:møte)?(?:referat|protokoll)|møtebok"
                         r"|(?:sær)?utskrift)\s(?:\w+\s){0,2}?(?P<who>\w{3,}?)-?møtet?\b", re.IGNORECASE)
# "Vi kan ikke se å ha mottatt svar fra RS Nes", in what the reply quotes
_REMINDED = re.compile(r"\b(?:ikke|ikkje)\s[^.]{0,40}?(?:svar\w*|innspill|innspel|uttale\w*|fråsegn\w*)\s(?:fra|frå)\s$", re.IGNORECASE)
_AND_WE = re.compile(r"(?:(?!\bsom\b)[^.])*,\s*og\s[^.]*\b(?:vi|me|oss)\b", re.IGNORECASE)
_SAYS = re.compile(r"\s+(?:vil (?:si|seie)|mener|meiner|har å (?:si|seie)|tenker|tenkjer|ønsker å (?:si|seie))\b", re.IGNORECASE)
_HERE_IS = re.compile(r"\b(?:her|dette)\s+(?:er|e|æ)\s+(?:det(?:\s+som)?|hva|ka|kva)\s+$", re.IGNORECASE)  # "her er det bondelaget vil si"
# "Helsing Rolf Vik, Sentrumslaget avd. nord"
_SIGNED = re.compile(r"^(?:(?i:(?:med |beste |venn?leg |vennlig )*(?:hilsen|helsing|helsning|hels|mvh|vh|klem)(?: fra| frå)?)\W*)?"
                     r"(?:[A-ZÆØÅ][\w.’'-]*\s*){2,4},\s*$")
# "Kari Li, FAU, og Ola Vik, eldrerådet"
_PERSON_OF = re.compile(r"(?:^|\bog\s|[;/]\s?)(?:[A-ZÆØÅ][\w.’'-]*\s){1,3}[A-ZÆØÅ][\w’'-]+,\s(?P<who>[^\W\d_][^,;/]*?)(?=,?\sog\s|[,;/]|$)")
# "Utfylt av Kari Li, RS Lister, 8.10."
_FILLED = re.compile(r"(?:utfylt|fylt ut|besvart|svart|skrevet|skrive)\s(?:av|for)\b", re.IGNORECASE)
_FOR = re.compile(r"\b(?:for|frå|fra|på vegne?r? av)\s+(?=\S)", re.IGNORECASE)
_ON_BEHALF = re.compile(r"\bpå vegne?r? av\s+$", re.IGNORECASE)
_SPEAKS = re.compile(
    r"^\s*(?:\([^)]{1,30}\)\s*|,\s[^.;,]{3,140}(?=,))?,?\s*(?:har|hadde\s+(?:\w+\s+){0,2}?(?:møte|\w+møte|saken?|saka|planen|plana|utkastet|høring\w*|høyring\w*|"
    r"forslaget|framlegget|oppe)|møttes|møttest|samla seg|samlet seg"
    r"|mener|meiner|ønsker|ønskjer|vil|takker|takkar|viser|viste|gir|gjev|foreslår|støtter"
    r"|stør|behandlet|behandla|handsama|vedtok|vedtar|slutter|sluttar|uttaler|uttalar|avgir|gjennomgikk|drøftet|drøfta|leverer"
    r"|sender|oversender|kommer med|kjem med|anbefaler|tilrår|vurderer|ser|er glad|er fornøyd|er positiv|er negativ|er kritisk"
    r"|femner om|omfatter|omfattar|representerer|representerar|organiserer|organiserar"
    r"|opplever|understreker|understrekar|etterlyser|savner|saknar|peker|peikar)\b", re.IGNORECASE)
# "Fjellstyret har drevet med dette i hundre år", down in a letter, is said of it; "har behandlet saken" is not.
_HAS = re.compile(r"\s*har\s(?!(?:\w+\s){0,3}?(?:behandl|drøft|hand?sam|hatt\b|les|gått|gjen+om|diskut|vedt|snakk|møt|saml"
                  r"|fått\s(?:planen|sak|brev)|ingen\b|inga\b|følg|disse\b|desse\b|ikk?j?e\b|merknad|kommentar|innspill|innspel|noen\b"
                  r"|nokre\b))", re.IGNORECASE)
# "Turlaget har lagt uttalelsen sin ut, og siden laget vårt er nevnt der, …"
_THEIR_ANSWER = re.compile(r"\b\w*(?:uttalelsen|uttalen|svaret|innspillet|innspelet|fråsegna|brevet)\s(?:sin|sitt)\b", re.IGNORECASE)
_OUR_OWN = re.compile(r"\b(?:vi|me|oss|vår|vårt|våre|jeg|eg)\b", re.IGNORECASE)
_ADDRESSEE = re.compile(
    r"^\s*(?:til|te|kopi(?: til)?|cc|mottaker\w*|mottakar\w*|adressat\w*|sendt til|fordeling|deres|dykkar|likelydende)\b\s*:?",
    re.IGNORECASE)
_FROM_IN_LINE = re.compile(r"(?:[.;,|]\s+|\s{2,}|\s)(?:Fra|Frå|FRA|FRÅ|Avsender|Avsendar)\s*:\s*(?=\S)")
_ANSWERS = r"(?:innspill\w*|innspel\w*|\w*svar\w*|\w*uttal\w*|\w*fråsegn\w*|notat\w*|brev\w*|merknad\w*)"
_OUR_ANSWER = re.compile(rf"\b{_ANSWERS}\s(?:vår[et]?|mitt|min|fr[aå] oss)\b|\bvår[et]?\s(?:\w+\s)?{_ANSWERS}\b", re.IGNORECASE)
_FROM_WORD = re.compile(r"\b(?:fra|frå)\s+(?:de |dei )?([^\W\d_]+)", re.IGNORECASE)
_FROM_BOTH = re.compile(r"\b(?:fra|frå)\s+(?P<who>\S.*)$", re.IGNORECASE)
# "Til sekretariatet fra RSU Nes v/ Kari Li"
_TO_FROM = re.compile(r"(?:til|te)\s(?!:)[^.:]{3,60}?(?:\s(?:fra|frå)\s(?=(?-i:[A-ZÆØÅ]))|,\s(?=(?:fra|frå)\s))",
                      re.IGNORECASE)
_HELLO = re.compile(r"^(?:hei(?:sann)?|hallo|god dag|kjære)(?:\s[\w-]+){0,3}\s?[!.,–-]+\s+(?=(?-i:[A-ZÆØÅ])|(?:her|dette)\s)",
                    re.IGNORECASE)
_OTHER_FIELD = re.compile(r"[.;,|]?\s+(?:Dato|DATO|Sak|Emne|Vår ref|Tlf|Kopi)\w*\s*:")
_QUOTING = re.compile(
    r"\b(?:slutter (?:oss|seg) til|sluttar (?:oss|seg) til|viser til|støtter|stør|jf\.?|jamfør|svaret fra|innspillet fra|innspelet frå"
    rf"|(?<!tillegg )(?:til|på) {places.AN_ANSWER} (?:fra|frå|til|av)"
    r"|i likhet med|som også|(?:samarbeid(?:et)?|sammen|saman|i lag|dialog) med|kopi til|enige? med|einige? med|deler|kontakt med)\s*$",
    re.IGNORECASE)
_COPIED = re.compile(r"^\s*(?:kopi|gjenpart|cc)\b|\b(?:får|fekk|fikk) kopi\b", re.IGNORECASE)
# "Som sekretær for ungdomsrådet sender jeg over det de ble enige om", on the paper of the municipality
_SENDS_AS = re.compile(rf"^(?:(?:hei|hallo|god dag)\W+)?som\s+{_OFFICE_WORD}\s+(?:for|i|av|til|hos|på|ved)\s+(?P<who>[^.!?]{{4,90}}?)"
                       r",?\s+(?:send|vidaresend|oversend|skriv|svar|legg|melde|formidle|gir\b|gjev\b|vil\b|vedlegg)\w*\s+(?:jeg|eg|vi|me|æ)\b",
                       re.IGNORECASE)
# "Det Lister skriver om X": what another body says; the sentence is about it.
_SAID_OF_THEM = re.compile(r"\b(?:det|alt|slik|som)\s*$", re.IGNORECASE)
# A line of a name and how to reach it stands at the foot of a page as well as at its head.
_REACHED_AT = re.compile(r"\b\d{4}\s+[A-ZÆØÅ]\w|\b(?:tlf|telefon|mobil|org)\b|@|\bwww\.|\bpostboks\b", re.IGNORECASE)
_PREPOSITION = re.compile(r"\b(?:med|til|fra|frå|av|i|for|hos|om|på|mellom|mot|hjå|ved)\s*$", re.IGNORECASE)
_IN_PLACE = re.compile(r"\b(?:i|på|til|ved|mellom)\s*$", re.IGNORECASE)
_AGREES = re.compile(
    r"\b(?:slutter|sluttar|slutte|tilslutter|støtter|støttar|stør|stiller|stillar|enige?|einige?|samde|deler|lest|lese|kjent med|takk\w*"
    r"|viser til|jf\.?|bakom|bak)\b", re.IGNORECASE)
_JOINT = re.compile(r"\b(?:felles|fellesuttalelse|i fellesskap|sammen|saman|samlet|samla|på vegne av|på vegner av|begge)\b", re.IGNORECASE)
# A body's short name is often its town's: in "Vik, 3. mars" and "4999 Vik" the town is meant.
_DATE_AFTER = re.compile(
    r"^\s*,?\s*(?:den\s+)?(?:\d{1,2}[./-]|\d{4}-\d{2}|(?:man|mån|tirs|tys|ons|tors|fre|lør|laur|søn|sun)dag\b|\w+\s+\w+\s+i\s+advent)",
    re.IGNORECASE)
_POSTCODE_BEFORE = re.compile(r"\b\d{4}\s+$")
_STREET_BEFORE = re.compile(
    r"(?:vei|veien|veg|vegen|gata|gate|gaten|plass|plassen|torg|torget|kai|kaia|brygge|brygga)\s+\d+\s?[A-Za-z]?\s*,?\s*$", re.IGNORECASE)
_BETWEEN = re.compile(r"^[\s,;/&+•|–-]*(?:og|samt|&)?[\s,;/&+•|–-]*(?:for\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """The bodies that speak, at which level of trust, and the municipality if only that one speaks."""

    bodies: tuple[str, ...] = ()
    level: str = ""
    conflicts: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (level, other bodies)
    municipality: tuple[str, str] | None = None  # (municipality, its body)
    traced: bool = False  # by ``traces``: ``level`` is then the place that tells most
    once: bool = False  # only one sentence has it for its subject

    @property
    def in_text(self) -> bool:
        return self.level in LEVELS[:2]


def rank(voice: Voice) -> tuple[int, tuple[str, ...]] | None:
    """The place of a voice's level among ``LEVELS`` and its bodies; None where nobody speaks."""
    return (LEVELS.index(voice.level), voice.bodies) if voice.bodies else None


def voice_of(document: Document, names: Names, *, sender: str = "", subject: str = "") -> Voice:
    """Who speaks in ``document``; ``sender``/``subject`` are those of the mail it came in, if any."""
    path = document.source.split("/")
    sender = sender or document.property("sender")
    subject = subject or document.property("subject")
    letterhead = _letterhead(document, names)
    said, once = _speaking(document, names, letterhead)
    found = {
        LEVELS[0]: _sent_as(document, names) or _named(document, names, letterhead) or said,
        LEVELS[1]: letterhead,
        LEVELS[2]: _unique(names.in_label(sender, inside=False)) or _unique([m.body for m in names.in_text(sender) if not m.municipality])
        or _of_subject(subject, names),
        LEVELS[3]: _of_file_name(path[-1], document, names),
        LEVELS[4]: _unique([b for part in reversed(path[:-1]) for b in names.in_label(part)]),
    }
    if once and found[LEVELS[0]] == said and any(found[one] and not set(found[one]) & set(said) for one in LEVELS[1:4]):
        found[LEVELS[0]] = ()  # "Langvatnet har fått køen ned", in the file "FSU BU - svar": it is spoken of
    level = next((one for one in LEVELS if found[one]), "")
    if not level and (ours := _where_we_are(document, names)):
        return Voice(bodies=(ours,), level=LEVELS[0])
    stem = path[-1].rpartition(".")[0]
    if not level and (whole := names.whole_of(path[-1]) or names.whole_of(subject) or names.by_initials(stem)
                      or names.by_place(stem) or _in_file_name(stem, names)):
        return Voice(bodies=(whole,), level=LEVELS[3])
    if not level and (town := _letterhead(document, names, towns=True)):
        return Voice(bodies=tuple(sorted(town, key=names.order.__getitem__)), level=LEVELS[1])
    if not level:
        return Voice(municipality=_municipality(document, names, sender))
    bodies = found[level]
    conflicts = tuple((one, found[one]) for one in LEVELS
                      if found[one] and not set(found[one]) & set(bodies))
    return Voice(bodies=tuple(sorted(bodies, key=names.order.__getitem__)), level=level, conflicts=conflicts,
                 once=once and level == LEVELS[0] and bodies == said)


def _sent_as(document: Document, names: Names) -> tuple[str, ...]:
    """The one body as whose secretary or leader the answer is sent, in its first lines."""
    for block in _blocks(document)[:TOP]:
        if m := _SENDS_AS.match(block.text):
            found = _labelled(m["who"], names) or _unique([one.body for one in names.in_text(m["who"]) if one.municipality is None])
            alone = names.only_one_called(m["who"].split()[0])
            return found if len(found) == 1 else (alone,) if alone and not found else ()
    return ()


def _of_file_name(name: str, document: Document, names: Names) -> tuple[str, ...]:
    """Bodies that a file's name tells, but for one whose statement it is about and those whom its text says get a copy."""
    found = _unique(names.in_label(places.without_answered(name)))
    copied = {m.body for b in document.blocks if _COPIED.search(b.text) for m in names.in_text(b.text)} if found else set()
    return tuple(body for body in found if body not in copied)


def _in_file_name(name: str, names: Names) -> str | None:
    """The one body that "Svar fra tillitsvalgte.xlsx" or "innspill frå velet" calls by an ordinary word."""
    m = _FROM_WORD.search(name.replace("_", " ").replace("-", " "))
    return names.only_one_called(m[1]) if m else None


def _of_subject(subject: str, names: Names) -> tuple[str, ...]:
    """The one body that a mail's subject names, or those of "Felles tillegg fra Nes og Vik"."""
    found = _unique(names.in_label(subject))
    if len(found) == 1:
        return found
    m = _FROM_BOTH.search(subject) if found and _JOINT.search(subject) else None
    mentions = names.in_text(m["who"]) if m else []
    return _together(m["who"], mentions) if mentions else ()


def is_joint(document: Document) -> bool:
    """Whether the first lines say that several write together."""
    return any(_JOINT.search(b.text) for b in _blocks(document)[:_FIRST])


def sends_its_own(mail: Document) -> bool:
    """Whether a covering mail says that what it brings is its sender's: "vedlagt følger notatet vårt"."""
    return any(_OUR_ANSWER.search(b.text) for b in mail.blocks if b.place == "body" and b.text)


def bodies_as_headings(document: Document, names: Names) -> int:
    """How many bodies stand alone on a line: a summary of several bodies' answers has many of them."""
    alone = set()
    for block in document.blocks:
        text = block.text.strip(" :*")
        if block.place == "body" and 0 < len(text) <= 60:
            for mention in names.in_text(text):
                if mention.municipality is None and len(text) - (mention.end - mention.start) <= 4:
                    alone.add(mention.body)
    return len(alone)


def _blocks(document: Document) -> list[Block]:
    addressed = {(b.table, b.row, b.col + 1) for b in document.blocks
                 if b.kind == "cell" and len(b.text) < _SHORT_LABEL and _ADDRESSEE.match(b.text)}
    return [_sent(b) for b in places.of_sender(document.blocks)
            if b.text and b.place in {"body", "textbox", "form", "header", "footer", "hidden"}
            and not (b.kind == "cell" and (b.table, b.row, b.col) in addressed)]  # "Kopi: | Eldrerådet"


def _sent(block: Block) -> Block:
    """A paragraph without its greeting; a line such as "Til: Rådmannen. Fra: Elevrådet. Dato: 3. mai" without all but who it is from."""
    if hello := _HELLO.match(block.text):
        return block._replace(text=block.text[hello.end():])
    m = _FROM_IN_LINE.search(block.text[:_HEAD_LINE]) or _TO_FROM.match(block.text) if _ADDRESSEE.match(block.text) else None
    return block._replace(text=_OTHER_FIELD.split(block.text[m.end():], maxsplit=1)[0]) if m else block


def _named(document: Document, names: Names, letterhead: tuple[str, ...]) -> tuple[str, ...]:
    """Bodies that a title or a form field names as the one that answers.

    "Vi slutter oss til uttalelsen fra X" names whom the sender agrees with; and a whole sentence that speaks of
    another body's answer weighs less than the letterhead.
    """
    blocks = _blocks(document)
    for i, block in enumerate(blocks[:TOP * 2]):
        mentions = [m for m in names.in_text(block.text) if m.municipality is None]
        if len(mentions) < 2 and (both := _joint_title(block.text, names)):
            return both
        if not mentions and (one := _in_small_letters(block.text, names)):
            return one
        if not mentions or _ADDRESSEE.match(block.text):
            continue
        first = mentions[0]
        before = block.text[:first.start]
        us = _FROM_US.match(block.text)
        if us and us.start("who") == first.start and not _SAID_OF_IT.search(us["who"]):
            return _together(block.text, mentions)  # "Her er svaret fra velforeningen, som har 640 medlemmer"
        label = before.strip() or (blocks[i - 1].text if i and block.kind == "cell" else "")
        if block.kind == "cell" and not before.strip():
            head = next((b.text for b in blocks[:i] if (b.table, b.row, b.col) == (block.table, 1, block.col)), "")
            label = head if _LABEL.match(head) else label
        previous_label = i > 0 and not before.strip() and _LABEL.match(blocks[i - 1].text) and len(block.text) < 90
        if _LABEL.match(before) or (block.kind == "cell" and label and _LABEL.match(label)) or previous_label:
            return _together(block.text, mentions)
        says_whose = _FROM.search(before) or _TITLED.match(before) or _FROM_JOINTLY.match(before)
        if says_whose and not _QUOTING.search(before) and not _AGREES.search(before):
            named = _together(block.text, mentions)
            if not (letterhead and not set(named) & set(letterhead) and _is_sentence(block.text)):
                return named
    return ()


def _in_small_letters(text: str, names: Names) -> tuple[str, ...]:
    """The body of a short title such as "Innspill fra park og drift", which writes the name as ordinary words."""
    text = text.partition(". ")[0]  # "Notat frå kommuneoverlegen, 9. september. Unntatt offentlighet."
    if len(text) <= _OPENING and (m := _FROM_US.match(text)) is not None and not _SAID_OF_IT.search(m["who"]):
        return _labelled(m["who"], names)
    if len(text) > 70 or _is_sentence(text) or (m := _FROM_WHOM.match(text) or _FROM_ONLY.match(text)) is None:
        return ()
    each = [_labelled(one, names) for one in _LISTED.split(m["who"])]
    return _labelled(m["who"], names) or (_unique([body for found in each for body in found]) if all(each) else ())


def _joint_title(text: str, names: Names) -> tuple[str, ...]:
    """The bodies of "Felles brev fra eldrerådet og rådet for folkehelse", each by a name or by what the one such is called.

    And of "Turlaget og velet har funnet sammen om dette:".
    """
    if m := _BOTH_SPEAK.match(text):
        both = _unique([body for word in (m["one"], m["other"]) if (body := names.only_one_called(word))])
        return both if len(both) == 2 else ()
    if len(text) > _HEAD_LINE or _is_sentence(text) or (m := _JOINT_FROM.match(text)) is None:
        return ()
    found = [_exactly(one, names) or _labelled(one, names) or (names.only_one_called(one.split()[0]),)
             for one in _listed(m["who"], names)]
    bodies = _unique([body for each in found for body in each if body])
    return bodies if len(bodies) == len(found) > 1 else ()


def _listed(words: str, names: Names) -> list[str]:
    """The names of a list; one that holds "og" itself, as of "seksjon for veg og bru", in one piece."""
    cuts = [0, *(m.end() for m in _LISTED.finditer(words)), len(words) + 1]
    ends = [*(m.start() for m in _LISTED.finditer(words)), len(words)]
    found, at = [], 0
    while at < len(ends):
        last = next((n for n in reversed(range(at + 1, len(ends))) if _exactly(words[cuts[at]:ends[n]], names)), at)
        found.append(words[cuts[at]:ends[last]])
        at = last + 1
    return found


def _exactly(words: str, names: Names) -> tuple[str, ...]:
    """The one body of which these words are a name and no more, whatever their letters."""
    called = _unique([body.name for body in names.bodies for name in (body.name, *body.aliases) if fold(words) == fold(name)])
    return called if len(called) == 1 else ()


def _labelled(words: str, names: Names) -> tuple[str, ...]:
    """The one body whose name these words begin with, whatever their letters."""
    found = names.in_label(words)
    return tuple(found) if len(found) == 1 and names.begins(words, found[0], word=_LONG_NAME) else ()


def _is_sentence(text: str) -> bool:
    return text.rstrip().endswith((".", "!", "?")) and len(text.split()) > 5


def _speaking(document: Document, names: Names, letterhead: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """The body that is the subject of "mener", "har behandlet", and whether it is so once only.

    Against a letterhead it counts only when it is so often.
    """
    blocks = _blocks(document)
    speaking: dict[tuple[str, ...], int] = {}
    weak: set[tuple[str, ...]] = set()
    for block in blocks:
        for group in _joined(block.text, [m for m in names.in_text(block.text) if m.municipality is None]):
            bodies = _unique([m.body for m in group])
            together = len(bodies) == 1 or not letterhead or set(bodies) <= set(letterhead) or _JOINT.search(block.text)
            # "Lister og Setesdal har lang vei", in a letter of one of them, joins nobody.
            if together and _subject_of_speech(block.text, group[0].start, group[-1].end):
                speaking[bodies] = speaking.get(bodies, 0) + 1
                if block not in blocks[:_FIRST] and _HAS.match(block.text[group[-1].end:]):
                    weak.add(bodies)
    # The one that speaks clearly most often, or those together; a tie is nobody.
    ranked = sorted(speaking.items(), key=lambda item: -item[1])
    if ranked and letterhead and not set(ranked[0][0]) & set(letterhead) and ranked[0][1] < 3:
        return (), False
    if ranked and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]):
        opening = {m.body for b in blocks[:TOP] for m in names.in_text(b.text)}
        if ranked[0][1] >= 2 or (ranked[0][0] not in weak and set(ranked[0][0]) <= opening):
            return ranked[0][0], ranked[0][1] == 1
    return (), False


def _joined(text: str, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """The mentions in groups: those with nothing but commas and "og" between them stand together."""
    groups: list[list[Mention]] = []
    for m in mentions:
        if groups and _BETWEEN.match(text[groups[-1][-1].end:m.start]):
            groups[-1].append(m)
        else:
            groups.append([m])
    return groups


def _subject_of_speech(text: str, start: int, end: int) -> bool:
    before, after = text[:start], text[end:]
    return bool(_SPEAKS.match(after)) and not before.strip(" «\"-–•").endswith(("at", "som", "når", "hvis", "slik")) \
        and not _QUOTING.search(before) and (not _SAID_OF_THEM.search(before) or bool(_HERE_IS.search(before))) \
        and len(before.strip()) < 60 and not (_THEIR_ANSWER.search(after) and _OUR_OWN.search(after)) and (
            not _PREPOSITION.search(before) or bool(_BOARD_OF.fullmatch(before)))


def _where_we_are(document: Document, names: Names) -> str | None:
    """The body of "vi i utvalget for Skjerva og Naustnes" (all of its municipalities), "vi i vellet på Nedre Brygge" in the opening.

    Or of a committee that is named after all its municipalities in the head; the one whose meeting the minutes are of ("Referat fra
    FAU-møte"), or that a reminder below the reply names; of people who write from their place ("Granittveien, 1. mai", "vi er 23
    husstander"), and of those who are called so: "skrevet av 19 ansatte i Haugen barnehage", "hilsen foreldrene på Nes" below.
    """
    blocks = _blocks(document)
    for opening in (b.text[:_OPENING] for b in blocks[:4]):
        if _WE.search(opening):
            whole = names.whole_of(opening)
            if whole and any(m.body == whole and " " in opening[m.start:m.end] for m in names.in_text(opening)):
                whole = None  # "utvalget for Nes og Vik ønsker …, men hos oss …" is said of it
            found = whole or next(
                (one for pattern, called in ((_WE_AT, names.only_one_of), (_WE_IN_ONE, names.only_one_called))
                 for m in pattern.finditer(opening) if (one := called(m[1]))), None)
            if found:
                return found
        if _FIRST_PERSON.search(opening):
            for m in names.in_text(opening):
                before, after = opening[:m.start], opening[m.end:].partition(".")[0]
                presents = ((_I_AM.search(before) and _HOLDS.search(before))
                            or any(pattern.search(before) for pattern in (_SITS_IN, _WE_IN, _WRITES_FOR))
                            or (_HERE_IS.search(before) and _SAYS.match(after))
                            or (m.start == 0 and _HAS_ASKED.match(opening[m.end:]))
                            or (m.start == 0 and _ARE_MANY.match(after) and _AND_WE.match(after)))
                if m.municipality is None and presents:
                    return m.body
    head = [b.text for b in blocks[:TOP] if len(b.text) <= _HEAD_LINE and not _is_sentence(b.text) and not _ADDRESSEE.match(b.text)]
    if committee := next((one for line in head if (m := _COMMITTEE.match(line)) and (one := names.whole_of(m["where"]))), None):
        return committee
    meeting = [m["who"].removesuffix("s") if m["who"].islower() else m["who"] for line in head if (m := _MEETING_OF.match(line))]
    if met := next((one for who in meeting if (one := names.only_one_called(who))), None):
        return met
    dated = [m[0] for line in head if (m := re.match(r"[A-ZÆØÅ][\w-]+", line)) and _DATE_AFTER.match(line[m.end():])]
    if there := next((one for place in dated for b in blocks[:TOP] if (one := names.people_at(b.text[:_OPENING], place))), None):
        return there
    signed = [b for b in document.blocks if b.text and b.place == "signature"]
    reminded = _unique([m.body for b in document.blocks if b.place == "quoted" for m in names.in_text(b.text)
                        if m.municipality is None and _REMINDED.search(b.text[:m.start])])
    if len(reminded) == 1:
        return reminded[0]
    people = [names.people_in(b.text[:_OPENING]) for b in [*blocks[:4], *blocks[-3:], *signed]]
    return next(filter(None, people), None)


def _together(text: str, mentions: Sequence) -> tuple[str, ...]:
    """The first body, and those joined to it by comma, "og", "/" in the same line: a joint answer.

    So are those on whose behalf it speaks: "Innspill fra Lister på vegne av Lister og Setesdal".
    """
    first, *others = _joined(text, mentions)
    behalf = [m for group in others if _ON_BEHALF.search(text[:group[0].start]) for m in group]
    return _unique([m.body for m in [*first, *behalf]])


def _letterhead(document: Document, names: Names, *, towns: bool = False) -> tuple[str, ...]:
    """Bodies in the short lines at the top, in page headers, in the title, or under the closing.

    ``towns``: also where the name is that of a town, in the line of the date or behind a postcode.
    """
    blocks = _blocks(document)
    head = _unbroken([b for b in blocks if b.place in {"header", "footer"}], names) + [b for b in blocks if b.place == "body"][:8]
    signed = [b for b in document.blocks if b.text and b.place == "signature"]
    closing = [*blocks[-min(6, len(blocks) // 2):], *signed] if len(blocks) > 2 else signed
    opening = [b.text for b in blocks[:TOP] if b not in closing]
    together: tuple[str, ...] = ()
    if any(map(_JOINT.search, opening)):  # "Felles svar"
        together = next((bodies for bodies in (_signers(closing, names), _heads(blocks, names)) if len(bodies) > 1), ())
    if together and {m.body for line in opening if len(line) <= _HEAD_LINE for m in names.in_text(line)} <= set(together):
        return together
    for group in (head, closing):
        for block in group:
            text = block.text
            if len(text) > _HEAD_LINE and block in blocks[:_FIRST]:  # "Eldrerådet, Nes kommune. Møte 3. mai. Til stede: …"
                first = text.partition(". ")[0]
                if any(m.start == 0 and not _SPOKEN_OF.match(first[m.end:]) for m in names.in_text(first)):
                    text = first
            if len(text) > _HEAD_LINE or _ADDRESSEE.match(text) or _titles_a_row(block, blocks):
                continue
            mentions = [m for m in names.in_text(text) if m.municipality is None and (towns or not _is_place(text, m))]
            before = text[:mentions[0].start] if mentions else ""
            if not mentions and group is closing and not _is_sentence(text) and (one := _signed_small(text, names)):
                return one
            if (group is head and mentions and block.place == "body" and _is_sentence(text) and not _OURS.search(before)
                    and (_SPOKEN_OF.match(text[mentions[0].end:]) or _SAID_OF_THEM.search(before) or _IN_PLACE.search(before))):
                continue  # "Lister har lang vei", "en time i Lister" are about it; "det er vi i Lister som skriver" is by it
            if mentions and not _QUOTING.search(before) and not _AGREES.search(before) and (
                    group is head or _BEHALF.search(before) or _SIGNED.match(before) or _FILLED.match(before) or _HOLDS.search(before)
                    or (len(text) < 60 and (not _is_sentence(text) or _OURS.search(before) or not before.strip()))
                    or (not before.strip() and _REACHED_AT.search(text[mentions[0].end:]))):
                joint = _together(text, mentions)
                if len(joint) == 1 and len({m.body for m in mentions}) > 1 and not _JOINT.search(text):
                    continue  # several bodies in a line that does not join them: a list, not a letterhead
                return joint
    title = [m for m in names.in_text(document.property("title")) if m.municipality is None]
    return _together(document.property("title"), title) if title else ()


def _titles_a_row(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether a cell says what the text beside it is about: "Butikken | Den må bestå, for …", below the first rows of a table."""
    return block.kind == "cell" and block.col == 1 and (block.row or 0) > 2 and any(
        b.table == block.table and b.row == block.row and (b.col or 0) > 1 and len(b.text.split()) > _CELL_SAYS for b in blocks)


def _heads(blocks: Sequence[Block], names: Names) -> tuple[str, ...]:
    """The bodies of a joint letter's first lines, each of which begins with one: "Nes turlag, Postboks 4", "Nes eldreråd, rådhuset"."""
    found = []
    for block in blocks[:TOP]:
        mentions = [m for m in names.in_text(block.text) if m.municipality is None and m.start == 0 and not _is_place(block.text, m)]
        if len(block.text) > _HEAD_LINE or _is_sentence(block.text) or not mentions:
            break
        found.append(mentions[0].body)
    return _unique(found)


def _unbroken(lines: list[Block], names: Names) -> list[Block]:
    """The lines of a page's head; before them a name broken over two, which the line beside it may stand between."""
    if any(m.municipality is None for line in lines for m in names.in_text(line.text)):
        return lines
    joined = (f"{one.text} {other.text}" for at, one in enumerate(lines) for other in lines[at + 1:at + 3])
    whole = next((text for text in joined if any(m.municipality is None for m in names.in_text(text))), None)
    if whole is None:
        return lines
    return [lines[0]._replace(text=whole), *lines]


def _signers(blocks: Sequence[Block], names: Names) -> tuple[str, ...]:
    """The bodies of those who sign, line by line: "Kari Li, leder RS Lister" above "Ola Vik, leder RS Setesdal", or both in a line."""
    lines = [_signing(b.text, names) if len(b.text) <= _HEAD_LINE and not _ADDRESSEE.match(b.text) and not _is_sentence(b.text) else []
             for b in blocks]
    return _unique(max(([body for line in rows for body in line] for signed, rows in groupby(lines, bool) if signed), key=len, default=()))


def _signing(text: str, names: Names) -> list[str]:
    """The bodies of a line of people: by their offices, or as in "Kari Li, FAU, og Ola Vik, eldrerådet"."""
    if held := [m.body for m in names.in_text(text) if m.municipality is None and _HOLDS.search(text[:m.start])]:
        return held
    called = [_labelled(m["who"], names) or (names.only_one_called(m["who"].split()[0]),) for m in _PERSON_OF.finditer(text)]
    return [body for found in called for body in found if body] if len(called) > 1 else []


def _signed_small(text: str, names: Names) -> tuple[str, ...]:
    """The body of a signature that writes the name as ordinary words: "hovedtillitsvalgte i Fagforbundet og Delta"."""
    office = _OFFICE.search(text)  # "Hilsen Kari, skriver i grendelaget"
    # "Hilsen Kari, for pårørendegruppa ved heimen", "Hilsen Kari og de andre i grendelaget"
    behalf = [text[m.end():] for pattern in (_FOR, _THE_OTHERS) for m in pattern.finditer(text)]
    for words in (text[office.end():] if office else text, *behalf):
        if found := _labelled(words, names):
            return found
    alone = names.only_one_called(text[office.end():].partition(" ")[0]) if office else None
    return (alone,) if alone else ()


def _is_place(text: str, mention: Mention) -> bool:
    """Whether the name says where, not who: in a line of place and date, or after a postcode."""
    before = text[:mention.start]
    town = not any(word.islower() for word in text[mention.start:mention.end].split())  # "Nes fiskarlag, 3. mai" is who
    dated = town and mention.start < 3 and _DATE_AFTER.match(text[mention.end:])
    return bool(dated or _POSTCODE_BEFORE.search(before) or _STREET_BEFORE.search(before))


def _municipality(document: Document, names: Names, sender: str) -> tuple[str, str] | None:
    for text in [b.text for b in _blocks(document)[:8]] + [b.text for b in _blocks(document)[-5:]] + [sender]:
        if len(text) < _HEAD_LINE and not _ADDRESSEE.match(text):
            for place in names.municipalities_in(text):
                return place
    folded = fold(document.source + " " + sender)
    for body in names.bodies:
        for place in body.municipalities:
            if f"{fold(place)} kommune" in folded or f"{fold(place)}.kommune" in folded:
                return place, body.name
    return None


def _unique(bodies: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(bodies))
