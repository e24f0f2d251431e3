"""Where in and around a document its sender may be told: letterhead, fields, what the text says of who writes, signature.

What is said of others ("velforeninga svarer for seg"), to whom a letter goes and who was present is no such place, and what a
sentence wishes may be about anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model import Block, Document

# Where a sender may be told. "towns", "house" and "named" are no places: ``traces`` adds them, and they are weighed beside these.
# "together" is all that stands around the text: "Referat frå FAU-møte" and "Stad: biblioteket på Nes" name the FAU at Nes.
ROLES = ("field", "head", "title", "opening", "speech", "behalf", "closing", "display", "subject", "file", "together", "towns", "house",
         "named", "elsewhere", "addressed")
_AROUND = frozenset(("field", "head", "title", "speech", "behalf", "closing", "display", "subject"))
_SHORT = 110  # characters of a line of a letterhead or a signature
_TOP, _FOOT = 6, 7  # blocks
_CLAUSE = 220  # characters
_FIELD = re.compile(
    r"\b(?:hvem|kven|navn|namn|avsender|avsendar|fra|frå|organ|utvalg|utval|råd|lag|forening|foreining|enhet|eining|avdeling|virksomhet|verksemd"
    r"|bedrift|instans|organisasjon|vegner?|representer\w*|egenskap|eigenskap|rolle|funksjon|kommuner?|verv|hører|høyrer|gjelder|gjeld|avgitt"
    r"|avgjeve|innsender|innsendar|svarer|svarar|besvart|utfylt|møte|korps|firma|skole|skule|barnehage|seksjon|menighet|sokn|skriver|skriv"
    r"|(?:behandlet|behandla|handsama) i)\b", re.IGNORECASE)
_NOT_WHO = re.compile(
    r"\b(?:til|te|kopi|emne|snakk\w*|andre|anna|involvert|avklart|drøft\w*|kontakt\w*|ringe?|telefon|tlf|dato|sted|stad|tid|har|stede|stades"
    r"|møtt|forfall|innkalt|innkalling|gjest|møteleder|møteleiar|referent|ordstyrer|saksbehandler|ref|referanse)\b"
    r"|^\W*(?:det )?gjeld(?:er)?\b", re.IGNORECASE)
# "Svarer du for deg selv eller for andre?"
_FOR_WHOM = re.compile(r"\b(?:svarer|svarar|skriver|skriv|uttaler|uttalar)\b.*\b(?:for|vegner?)\b", re.IGNORECASE)
# In a form that asks for a person's names, "Kommune: Nes" is where they live.
_OF_PERSON = re.compile(r"(?:fornavn|fornamn|etternavn|etternamn)\b", re.IGNORECASE)
_LIVES_IN = re.compile(r"kommune\s*(?::|$)", re.IGNORECASE)
# "Tilsvar til turlagets uttalelse", "merknader til uttalelsen fra turlaget" are others'.
AN_ANSWER = r"\w*(?:uttalelsen|uttalen|svaret|innspillet|innspelet|fråsegna|brevet|notatet)"
_ANSWERED = (rf"(?:til|på|om)\s(?:[^\W\d_]+\s)?{AN_ANSWER}\s"
             r"(?:fra|frå|til|av)\s[^.,;:]+|(?:til|på|om)\s[^\W\d_]\S*s\s\w*(?:uttalelse|uttale|svar|innspill|innspel|fråsegn|brev|notat)\b")
_TO_ANOTHERS = re.compile(rf"\b(?:tilsvar|svar|kommentar\w*|merknad\w*|replikk)\s{_ANSWERED}", re.IGNORECASE)
_LINE_FIELD = re.compile(r"^(?P<label>[^:]{2,45}):\s*(?P<value>\S.*)$")
_ADDRESSED = re.compile(
    r"^\s*(?:(?:til|te)(?! ?sta?[de])|att\.?|kopi(?: til)?|cc|gjenpart|mottaker|mottakar|fordeling|likelydende|likelydande|sendes også"
    r"|kjære)\b\s*:?", re.IGNORECASE)
_PRESENT = re.compile(
    r"^\s*(?:til ?sted(?:e|er)|til ?stades|møtte?|møtende|deltakere|deltakarar|frammøtte|observatør\w*|gjest\w*|forfall|innkalt"
    r"|innkalling)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[A-ZÆØÅ«\"(–-])")
_WISH = re.compile(r"\b(?:bør|burde|må|skal|trenger|treng|trengs|ønsker|ønskjer|støttes|savner|saknar|foreslår|føreslår)\b", re.IGNORECASE)
# What is said of other bodies than the one that writes: "velforeninga svarer for seg", "vi har lest svaret fra laget",
# "elevrådet er en gruppe som bestemmer for mye, synes vi", "her er det elevrådet som bremser".
_OTHERS = re.compile(
    r"\b(?:u?enige?|u?einige?|u?samde?|ikkje samd|slutter|sluttar|støtter|stør|viser til|som også|i likhet med|deler|ifølge|ifølgje|kaller"
    r"|kallar)\b|\b(?:svarer|svarar|skriver|skriv|sender)\s+(?:vel\s+)?(?:for seg|selv|sjølve?|eget|eige|eiga|sitt|egen)\b"
    r"|\b(?:eget|eige|eiga) (?:svar|brev|fråsegn|uttalelse)\b|\b(?:mener|meiner) (?:sitt|at|dem|de)\b|\bvil ha\b|\bvar (?:invitert|gjest)\b"
    r"|\b(?:lest|lese|les) (?:\w+ )?(?:innspillet|innspelet|\w*svaret|\w*uttalelsen|\w*uttalen|fråsegna|brevet|notatet) fr[aå]\b"
    r"|^\W*(?:(?!\b(?:vi|me|oss|jeg|eg|æ|her|dette)\b)[^.,]){4,80}\s(?:er|var)\s.*\b(?:vi|me|oss|jeg|eg)\b|\ber det (?:\S+ ){1,7}?som\b"
    r"|\bkopi\b|\bsitter (?:også|jeg)\b|\bsit i .* òg\b|\blånte?\b|\borienter\w*\b|\binviter\w*\b", re.IGNORECASE)
_BEHALF = re.compile(
    r"\b(?:på vegne?r? av|for oss i|fr[aå] oss i|(?:skriv(?:er)?|skrive|svar(?:er|ar)) (?:\w+ )?(?:for|på vegne?r? av)"
    r"|(?:vedt(?:ak|eke|att) (?:\w+ ){0,4}?(?=i\s)|(?:årsmøtet?|medlemsmøtet?|styremøtet?|styret|møtet?|vedtaket|svaret|leder(?:en)?"
    r"|leiar(?:en)?|sekretær|sekretar|nestleder|nestleiar|formann|tillits?val[gd]t?|kasserer|skrivar|skriver|rektor|driftsle[id]ar|driftsleder)"
    r"\s(?=(?:i|for|på|fr[aå]|ved|av|til|hos)\s))|hilsen|helsing)\s*(?P<who>[^.;:!?]{3,70})", re.IGNORECASE)
_SPEECH = re.compile(
    r"^(?P<who>[^.;:!?]{2,80}?)\s(?:har (?:\w+ ){0,2}?(?:behandl\w+|handsama|drøft\w+|hatt|lese?t?|gått|gjort|sett|diskuter\w+|vedt\w+"
    r"|snakk\w+|møte?t?|bed\w*|spurt)|hadde (?:\w+ ){0,2}?(?:møte|\w+møte|sak\w*|plan\w*|høring\w*|høyring\w*)|vedtok|behandlet"
    r"|behandla|handsama|drøftet|drøfta|mener|meiner|viser|ble (?:u?enig\w*|bedt)|vart (?:u?samd\w*|bedt)|blei \w+|gikk gjennom"
    r"|gjekk gjennom|diskuterte|organiserer|organiserar|representerer|representerar|leverer|består|uttaler|uttalar|vil (?:si|seie)"
    r"|takker|takkar)\b", re.IGNORECASE)
# Who writes is told in a sentence in the first person, or about how the answer came about.
_OF_LETTER = re.compile(
    r"\b(?:vi|me|oss|øss|jeg|je|eg|æ|vår|vårt|våre|vårres|undertegnede|underteikna|undertegna|sak\w*|innspill|innspel|\w*svar\w*"
    r"|\w*uttale\w*|\w*fråsegn\w*|\w*vedt(?:ak\w*|att|eke|eken)|\w*møt\w*|styret|utskrift|referat|protokoll|behandl\w*|handsam\w*|sendt"
    r"|skrevet|skrive|medlem\w*)\b", re.IGNORECASE)
# The town of a line of place and date, or of an address: "Nes, 3. mai", "4999 Nes", "Skoleveien 1, Nes"
_TOWN = re.compile(r"^\W*[A-ZÆØÅ][\w-]+(?:\s[A-ZÆØÅ][\w-]+)?,?\s+(?:den\s+)?(?=\d{1,2}[./-])|(?<=\d{4}\s)[A-ZÆØÅ][\w-]+"
                   r"|(?<=\d,\s)[A-ZÆØÅ][\w-]+$")
_ABOUT_TOWNS = re.compile(r"\b(?:mellom|for|i kommunene|i kommunane)\s[A-ZÆØÅ]")
_ANNOUNCES = re.compile(
    r"\b(?:vedlagt|vedlegg\w*|\w*svar\w*|\w*uttal\w*|fråsegn\w*|innspill|innspel|vedtak\w*|vedtatt|vedteke)\b", re.IGNORECASE)
_SPOKEN_OF = re.compile(r"\b(?:at|som|når|hvis|dersom)\b")
_FORWARDED = re.compile(r"^(?:>\s*)?(?:Fra|Frå|From)\s*:\s*\S")


@dataclass(frozen=True, slots=True)
class Cue:
    """A place in or around a document where its sender may be told."""

    role: str
    text: str


def of_sender(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without those that tell where the person lives who filled in a form."""
    if not any(_OF_PERSON.match(b.text) for b in blocks):
        return list(blocks)
    asked = {(b.table, b.row, (b.col or 0) + 1) for b in blocks if b.kind == "cell" and _LIVES_IN.fullmatch(b.text.strip())}
    return [b for b in blocks if not (_LIVES_IN.match(b.text) if b.kind != "cell" else (b.table, b.row, b.col) in asked)]


def without_answered(text: str) -> str:
    """A title or the name of a file without the body whose answer it is about."""
    return _TO_ANOTHERS.sub(" ", re.sub(r"_", " ", text))


def cues_in(document: Document, mail: Document | None = None) -> list[Cue]:
    """The places of a document that may tell its sender; ``mail``: what it came in."""
    found = [Cue("file", without_answered(re.sub(r"[_\d.()-]+", " ", part.rpartition(".")[0] or part)))
             for part in document.source.split("/")]
    around = mail or document
    found += [Cue("display", around.property("sender").partition("<")[0]), Cue("subject", around.property("subject"))]
    blocks = of_sender([b for b in document.blocks if b.text and b.place not in {"properties", "comment", "alt", "quoted"}])
    body = [b for b in blocks if b.place not in {"header", "footer"}]
    found += [Cue("head", _TOWN.sub(" ", b.text)) for b in blocks if b.place in {"header", "footer"}]
    found += _fields(body)
    before = _forwarded(document, body)
    found += _in_order(body[before:])
    if before:  # who forwards is not who writes
        found = [c for c in found if c.role != "display"]
    cover = [*(b for b in (mail.blocks if mail else ()) if b.place == "body"), *body[:before]]
    for sentence in (s for b in cover for s in _SENTENCE.split(b.text) if _ANNOUNCES.search(s)):
        found += [Cue("behalf", m["who"]) for m in _BEHALF.finditer(sentence)]
        found += [Cue("opening", sentence[:_CLAUSE])] if not _OTHERS.search(sentence) else []
    found.append(Cue("together", " ; ".join(dict.fromkeys(c.text for c in found if c.role in _AROUND))))
    return [c for c in found if c.text.strip()]


def _in_order(body: Sequence[Block]) -> Iterable[Cue]:
    """What stands above, in and below the text, paragraph by paragraph."""
    half = (len(body) + 1) // 2
    for at, b in enumerate(body):
        if _ADDRESSED.match(b.text) and len(b.text) < 2 * _SHORT:
            yield Cue("addressed", b.text)
            continue
        if _PRESENT.match(b.text):
            continue
        line = len(b.text) <= _SHORT and not b.text.rstrip().endswith((".", "!", "?"))
        top, foot = at < min(_TOP, half), at >= max(len(body) - _FOOT, half)
        if b.kind not in {"cell", "item"}:
            if top and line:
                yield Cue("title" if b.kind == "heading" or b.bold else "head", _TOWN.sub(" ", without_answered(b.text)))
            if foot and (b.place == "signature" or line):
                yield Cue("closing", _TOWN.sub(" ", b.text))
        for sentence in _SENTENCE.split(without_answered(b.text)):
            yield from _of_sentence(sentence[:_CLAUSE], edge=top or foot, opening=top and b.kind != "cell")


def _forwarded(document: Document, body: Sequence[Block]) -> int:
    """How many blocks stand above the head of a forwarded message that says more than they do; 0 where there is none."""
    head = next((b for b in document.blocks if _FORWARDED.match(b.text) and b.place in {"body", "quoted"}), None)
    if head is None or not document.container:
        return 0
    above = sum(b.start < head.start for b in body)
    words = [sum(len(b.text.split()) for b in part) for part in (body[:above], body[above:])]
    return above if words[1] > words[0] else 0


def _fields(body: Sequence[Block]) -> Iterable[Cue]:
    """What stands beside a label that asks who answers, in a table or behind a colon."""
    cells = {(b.table, b.row, b.col): b.text for b in body if b.kind == "cell"}
    for (table, row, col), text in cells.items():
        label = cells.get((table, row, col - 1)) or ""
        above = cells.get((table, row - 1, col)) or "" if row == 2 and not text.endswith(("?", ":")) else ""
        if any(map(_asks_who, (label, above))) and not _WISH.search(text) and len(text) < _CLAUSE:
            yield Cue("field", text)
    for b in body:
        if b.kind != "cell" and (m := _LINE_FIELD.match(b.text)) and _asks_who(m["label"]):
            yield Cue("field", m["value"][:_SHORT])


def _asks_who(label: str) -> bool:
    return len(label) < _SHORT and bool(_FIELD.search(label)) and (bool(_FOR_WHOM.search(label)) or not _NOT_WHO.search(label))


def _of_sentence(sentence: str, *, edge: bool, opening: bool) -> Iterable[Cue]:
    if _OTHERS.search(sentence):
        return
    if _WISH.search(sentence):  # what is wanted is about whatever it names
        yield Cue("elsewhere", sentence)
        return
    for m in _BEHALF.finditer(sentence):
        yield Cue("behalf", m["who"])
    if edge and (m := _SPEECH.match(sentence)) and not _SPOKEN_OF.search(m["who"]):
        yield Cue("speech", m["who"])
    yield Cue("opening" if opening and _OF_LETTER.search(sentence) else "elsewhere", sentence)


def edges(document: Document) -> str:
    """The first and the last paragraphs, without those that say to whom the document goes."""
    blocks = [b.text for b in document.blocks if b.text and b.place != "quoted" and not _ADDRESSED.match(b.text)
              and not _ABOUT_TOWNS.search(b.text)]
    return " ".join([*blocks[:2 * _TOP], *blocks[-_TOP:]])
