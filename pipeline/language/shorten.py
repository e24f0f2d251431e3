"""From a statement to the text of a point: shorter and in a neutral voice, never another meaning.

One form for all point texts, made to stand after "**Tre av fire RS** (…):": a fragment or a sentence
with a small first letter (names and abbreviations keep theirs) and without a full stop.

Only words that carry no position are dropped: who is speaking ("RS Lister mener at"), politeness,
parentheses and asides. Negations, reservations, numbers and names stay. The first person disappears by
grammar only: "vi trenger X" becomes "behov for X", "vi kan X" becomes "kan X" (the body is named before
the colon); where no rule is safe the text stays as it was written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.language import lexicon

MAX_WORDS = 25

_WE = r"(?:vi|me|jeg|eg|æ)"
_BODY_NOUN = (
    r"(?:rs|rs-et|utvalget|utvalet|samhandlingsutvalget|komiteen|komitéen|nettverket|rådet|styret|regionen|kommunen|"
    r"foreldreutvalget|elevrådet|foreningen|foreininga|organisasjonen|arbeidsgruppen|arbeidsgruppa|bydelen|"
    r"fylkeskommunen|"
    r"kommunestyret|formannskapet|formannskapen|laget|etaten|avdelingen)"
)
_HOW = r"(?:\s(?:særlig|særleg|spesielt|også|òg|gjerne|igjen|likevel|først|sterkt|dessuten))?"
_OPINION = (
    r"(?:mener|meiner|synes|synest|syns|tror|trur|tykkjer|tykker|tenker|tenkjer|vurderer|vurderar|opplever|opplev|erfarer|"
    r"ser|påpeker|peiker på|peikar på|peker på|understreker|understrekar|presiserer|fremhever|framhevar|legger til grunn|"
    r"bemerker|merker seg|konstaterer|registrerer|viser til|er av den oppfatning|er av den oppfatninga|er enig "
    r"i|er enige i|"
    rf"er samde i|er einige i|vil{_HOW} (?:påpeke|peke på|peike på|understreke|presisere|framheve|fremheve|bemerke|nevne|nemne)|"
    r"vil gjerne si|uttaler|uttalar|gir uttrykk for|mente|meinte|syntes|er klare på|er klar på|anser|ønsker å påpeke|"
    r"ønsker å understreke|ønsker å presisere|vil minne om|minner om|minner på)"
)
_ADVERB_BETWEEN = (
    r"(?:\s+(?:også|òg|likevel|fortsatt|framleis|imidlertid|dessuten|videre|derfor|difor|sterkt|klart|generelt))?"
)
_OPENERS = re.compile(
    r"^(?:(?:ja|nei|jo|jau|joda|neida|nja)\s*[,.:;!–-]+\s*"
    r"|(?:etter|i) (?:vår|vårt|vår region sin) (?:mening|syn|oppfatning|vurdering|oppfatting|skjønn)s?\b,?\s*"
    r"|(?:etter|i følge|ifølge) (?:RS|utvalget|utvalet|rådet)(?: sin| sitt)? (?:mening|syn|oppfatning|vurdering)\b,?\s*"
    r"|slik vi ser det\b,?\s*|slik me ser det\b,?\s*|for vår del\b,?\s*|for vårt vedkommende\b,?\s*|fra vår side\b,?\s*"
    r"|som nevnt(?: (?:over|tidligere|ovenfor|under punkt \d+))?\b,?\s*|som nemnt(?: over| tidlegare)?\b,?\s*"
    r"|(?:(?:helt|heilt)\s+)?(?:på tampen|til slutt|til sist)\s*[:,]\s*"
    r"|(?:(?:og|først|fyrst)\s+)?(?:en|ein|éin|én) (?:siste )?ting(?: til)?\s*:\s*"
    r"|(?:et|eit|en|ein|ei) (?:lite|siste|liten|lita) (?:sidespor|tillegg|poeng|hjertesukk)\s*:\s*"
    r"|ps\b\W+(?:(?:det |dette )?hører kanskje ikke hjemme her\s*:\s*)?"
    r"|når det gjelder (?:dette|dette spørsmålet|formatet på planen)\s*,\s*"
    r"|(?:for øvrig|forøvrig|i tillegg|ellers|elles|derimot|dessuten|videre|vidare|samtidig|samstundes|likevel|imidlertid|derfor|"
    r"difor|dermed|altså|"
    r"generelt|avslutningsvis|til slutt|først|for det første|for det andre|for det tredje|kort sagt|og|"
    r"men)\s*,?\s+(?=\w))",
    re.IGNORECASE,
)
# Openers after which Norwegian puts the verb before the subject: "Derfor bør planen …".
_INVERTING = re.compile(
    r"^(?:for øvrig|forøvrig|i tillegg|ellers|elles|derimot|dessuten|videre|vidare|samtidig|samstundes|likevel|imidlertid|derfor|"
    r"difor|dermed|"
    r"generelt|avslutningsvis|til slutt|først|for det første|for det andre|for det tredje|kort sagt|etter|i "
    r"følge|ifølge|slik|"
    r"for vår|for vårt|fra vår)\b",
    re.IGNORECASE,
)
_MODIFIED = re.compile(r"(?:for|til|te|på|i|av|om|ved|med|fra|frå|hos|hjå|under|over|mellom|innen|som|og)\b", re.IGNORECASE)
_FINITE = (
    "er|var|blir|vart|ble|har|hadde|bør|burde|må|måtte|kan|kunne|skal|skulle|vil|ville|trenger|treng|mangler|"
    "manglar|krever|"
    "krev|gir|gjev|får|fikk|går|står|ligger|ligg|fungerer|virker|kommer|kjem|finnes|finst|savner|saknar|gjør|"
    "gjer|tar|tek|"
    "synes|egner|eignar|passer|passar|ser|ønsker|ønskjer|mener|meiner|tror|trur|støtter|støttar|foreslår|føreslår|blei|"
    "bidrar|medfører|"
    "fører|setter|gjelder|gjeld|gjenspeiler|speiler|dekker|dekkjer|treffer|treff|henger|heng|svarer|oppleves|"
    "fremstår|framstår"
)
_SENTENCE_ADVERB = (
    r"(?:ikke lenger|ikkje lenger|ikkje lengre|ikke alltid|heller ikke|heller ikkje|i dag|per i dag|i praksis|"
    r"ikke|ikkje|aldri|fortsatt|fremdeles|framleis|også|òg|"
    r"alltid|ofte|"
    r"neppe|allerede|allereie|i hovedsak|i hovudsak|stort sett|i stor grad|i liten grad|delvis|kun|bare|berre)"
)
_SWAP = re.compile(
    rf"^(?P<subject>.+?)\s(?P<adverb>{_SENTENCE_ADVERB})\s(?P<verb>{_FINITE})\b(?P<rest>.*)$", re.IGNORECASE
)
_HAS_FINITE = re.compile(rf"\b(?:{_FINITE})\b", re.IGNORECASE)
_EXPLETIVE = re.compile(
    r"^det\s+(?:er|var|bør|burde|må|måtte|kan|kunne|vil|skal|har|hadde|blir|ble|blei|vart|trengs|"
    r"trengst|mangler|"
    r"manglar|finnes|finst|kreves|krevst|savnes|saknast|haster|hastar|gjenstår|står|går|kommer|kjem|tar|tek|"
    r"nytter|gjelder|"
    r"foreslås|anbefales|ønskes|etterlyses|synes|virker|ser|burde|brukes|settes|legges|lages|ligger|gis)\b",
    re.IGNORECASE,
)
_UNRESOLVED = re.compile(
    r"^(?:dette|disse|desse|denne|dei|de|den|slike?|slikt|sånn|her|der|han|hun|begge|førstnevnte|sistnevnte|"
    r"samme|same)\b"
    r"|\b(?:det siste|det første|det samme|det same|det|dette|disse|desse|førstnevnte|sistnevnte|ovennevnte|"
    r"nevnte punkt)[.!]?$"
    r"|\b(?:ha|få|ta|sette|setje)\s+(?:det|den|dem)\s+(?:inn|med|opp|ut)\b"
    r"|\b(?:dette|disse|desse)\b(?!\s+(?:året|punktet|tiltaket|er nødvendig))",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:vi|me|æ|oss|vår|vårt|våre|vore eige|jeg|eg|meg|min|mitt|mine|dykk)\b", re.IGNORECASE)

# "Vi ønsker X" -> "ønske om X". Only where the noun says exactly what the verb says.
_NOMINAL = tuple(
    (re.compile(rf"^(?:{verb}){_ADVERB_BETWEEN}\s+(?=\S)", re.IGNORECASE), noun)
    for verb, noun in (
        (
            r"(?:vil gjerne |ville |skulle )?(?:ønsker|ønskjer|ynskjer|ønske|ønskje|ønska)(?: oss| seg)?(?! velkommen)",
            "ønske om",
        ),
        (r"har (?:et |eit )?ønske om|har ønskje om", "ønske om"),
        (r"trenger|treng|har behov for|har bruk for", "behov for"),
        (r"(?:ser|så|vil se|vil sjå)\s+(?:svært\s+)?(?:gjerne|helst)(?=\s+at\b)", "ønske om"),
        (r"(?:ber|bed)(?:\s+(?:derfor|difor|også|òg|samtidig|sterkt|innstendig))? om", "ønske om"),
        (r"foreslår|føreslår|har forslag om", "forslag om"),
        (r"anbefaler|tilrår|rår til|anbefalar", "anbefaling om"),
        (r"er (?:\w+ )?(?:bekymret|bekymra|uroa|urolig|urolege) (?:for|over)", "bekymring for"),
        (r"har (?:en |ei )?(?:bekymring|uro) for", "bekymring for"),
    )
)
_WHO = rf"(?:{_WE}|{_BODY_NOUN}|rs [A-ZÆØÅa-zæøå ]{{2,30}}?|her i \w+ {_WE})"
_TOLD = re.compile(
    rf"^(?:{_WHO})(?: vår| vårt)?(?: i [A-ZÆØÅ][\w-]+)?\s+{_OPINION}{_ADVERB_BETWEEN}\s*,?\s+(?P<that>at\s+)?(?P<rest>\S.*)$",
    re.IGNORECASE,
)
# In minutes: "Jo Asbjørn Rud mente at". The point is the body's that the minutes are of; whose idea it was is no part of it.
_MEMBER = re.compile(
    r"^(?!\S+(?:\s\S+)?\s(?i:\w*(?:kommune|utvalg|utval|råd|rådet|lag|laget|forening|sykehus|sjukehus|etat|HF|RS|SU))\b)"
    r"[A-ZÆØÅ][\wæøå-]+(?:\s[A-ZÆØÅ][\wæøå-]+){1,2}\s(?:mente|meinte|sa|påpekte|peikte på|pekte på|understreket|understreka|"
    r"framhevet|framheva|tok til orde for)\s(?P<that>at)\s(?P<rest>\S.*)$")
_ASSENT = re.compile(r",?\s+(?:noe|noko)\s+(?:(?:de|dei)\s+(?:øvrige|andre)|resten|utvalget|utvalet|møtet)\s+"
                     r"(?:sluttet|slutta)\s+seg\s+til[.!]?$", re.IGNORECASE)
_TOLD_INVERTED = re.compile(rf"^{_OPINION}{_ADVERB_BETWEEN}\s+{_WE}\s+(?P<that>at\s+)?(?P<rest>\S.*)$", re.IGNORECASE)
_SPEAKING = re.compile(
    rf"^(?:{_WE}|rs|{_BODY_NOUN}(?= (?:er (?:\w+ )?(?:bekym|uro)|ønsk|ynsk|treng|foreslå|føreslå|anbefal|tilrår|"
    rf"ber)))\s+(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_VERB_NEXT = re.compile(rf"(?:{_FINITE}|{_OPINION}|ber|anbefaler|tilrår|er)\b", re.IGNORECASE)
_NOMINAL_NN = {
    "ønske om": "ønske om",
    "behov for": "behov for",
    "forslag om": "forslag om",
    "anbefaling om": "tilråding om",
    "bekymring for": "uro for",
}
# "De fleste av oss", "ingen av oss": the members, not the body.
_OF_US = re.compile(
    r"\b(ingen|enkelte|somme|noen|nokon|nokre|flere|fleire|mange|alle|(?:de|dei) (?:fleste|flest|andre|yngste|eldste)|resten|"
    r"en|ein|to|tre|fire|begge|hver|kvar|\d+|halvparten|få) av oss\b", re.IGNORECASE)
_EACH_OTHER = re.compile(r"\s+\S+(?:\s+\S+){0,2}?\s+(?:hverandre|kvarandre)\b", re.IGNORECASE)
_OWN = {"vår": "egen", "vårt": "eget", "våre": "egne", "min": "egen", "mi": "egen", "mitt": "eget", "mine": "egne"}
_OWN_NN = {
    "vår": "eigen", "vårt": "eige", "våre": "eigne", "min": "eigen", "mi": "eiga", "mitt": "eige", "mine": "eigne",
}
_ON_BEHALF = re.compile(r"\b(på) (?:vår|våre|mine) (?:vegner|vegne)\b|\b(på vegner?) av oss\b", re.IGNORECASE)
_REFLEXIVE = re.compile(
    r"\b((?:forhold|forhald|engasjer|meld|føl|uttal|organiser|forplikt|forbered|konsentrer|skaff|knytt|slutt|still|ønsk|ønskj|ynskj|tenk|tenkj|komm|påta)"
    r"(?:e|er|te|a|ar)?) oss\b",
    re.IGNORECASE,
)
# A condition, an exception or a number in parentheses is part of what is said; so is code or a quotation.
_PAREN = re.compile(
    r"\s+\((?!(?!som\b|jf|se\b|sak\b|kap|side\b|vedlegg|pkt)[^)]*(?:\d|['\"«]|\b(?:forbehold|ikke|ikkje|forutsatt|føresett|unntatt|unnateke|ingen|uten|utan|dersom|hvis|viss|om|bare|berre"
    r"|kun|minst|maks\w*|høyst|inntil|men|med mindre|så lenge|så lenge|først|særlig|særleg|også|eller)\b))[^()]{0,200}\)",
    re.IGNORECASE)
_DASHED = re.compile(r"\s+[–—-]\s+(?![^–—]*\b(?:ikke|ikkje|men|forbehold|unntatt|forutsatt)\b)[^–—]{3,160}\s+[–—-]\s+")
_OWN_VIEW = (r"etter (?:utvalgets|utvalets|rådets|styrets|kommunens|lagets|klubbens|foreningens|foreiningas) "
             r"(?:oppfatning|oppfatting|mening|meining|syn|vurdering|skjønn)")
_POLITE = re.compile(
    rf"\b(?:{_OWN_VIEW}|etter vår mening|etter vårt syn|slik vi ser det|slik me ser det|som nevnt|som nemnt|som kjent|"
    r"selvsagt|sjølvsagt|naturligvis|"
    r"etter vår oppfatning|etter vårt skjønn|etter vår vurdering|etter vår oppfatting|for vår del|rett og slett)(?:,\s*|\s+|"
    r"(?=[.!]|$))",
    re.IGNORECASE,
)
# "…, og utvalget mener den bør kortes ned": whose view it is, is told once
_INNER_VIEW = re.compile(r"(?<=, og )(?:utvalget|utvalet|rådet|styret|kommunen|laget|vi|me) (?:mener|meiner|synes|synest|tykkjer) (?:at )?"
                         r"(?=(?:de|den|dei|det|han)\b)", re.IGNORECASE)
# Inside a sentence they only tie it to what stood before: "tiltaket er derimot gjennomført".
_TIE = re.compile(r"(?<=\w)\s(?:derimot|imidlertid|dessverre|diverre)(?=\s\w)", re.IGNORECASE)
_REASON = re.compile(r",?\s+(?:fordi|ettersom|siden|sidan|da dette)\b", re.IGNORECASE)
_LIMITS = re.compile(
    r"\b(?:forbehold|forutsatt|forutsetning|føresetnad|så lenge|dersom|hvis|unntatt|med mindre|men)\b", re.IGNORECASE
)
_QUOTED = re.compile(r"«[^«»]*»|\"[^\"]*\"|“[^“”]*”")
_POLITE_ASIDE = re.compile(
    rf",\s*(?:{_OWN_VIEW}|etter vår mening|etter vårt syn|slik vi ser det|slik me ser det|som nevnt|som nemnt|som kjent|"
    r"etter vår oppfatning|for vår del)\s*,\s*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:,\s+(?:noe som|noko som|fordi|ettersom|siden|sidan|da dette|slik at|sånn at|for eksempel|til dømes|"
    r"f\.eks\.|som for eksempel|"
    r"jf\.?|jfr\.?|blant annet)\b.*|\s+(?:fordi|ettersom)\b.*)$",
    re.IGNORECASE,
)
# "…, men fordi": what the reason corrects would be left hanging.
_HANGING = re.compile(r"\b(?:men|og|eller|ikke|ikkje|bare|berre|både|enten|verken)\s*$", re.IGNORECASE)
_KEEP_WORDS = re.compile(
    r"\b(?:ikke|ikkje|ingen|uten|utan|forbehold|forutsatt|forutsetning|føresetnad|så lenge|dersom|hvis|unntatt|"
    r"med mindre|men|bare|kun|"
    r"berre|\d+)\b",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"\b(?:bl\.a|m\.a|f\.eks|t\.d|m\.fl|m\.m|osv|o\.l|e\.l|mv|m\.v|jf|jfr|pkt|nr|kap|ca|evt|inkl|ekskl|mfl)\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Voice:
    """How the speaking body is called inside a text: its name, or the definite plural for several."""

    name: str = ""
    names: tuple[str, ...] = ()  # every way the body may name itself at the start: "RS Lister", "Lister"
    proper: frozenset[str] = frozenset()  # words known to be names, which keep their capital


def core(text: str, voice: Voice | None = None) -> str:
    """The statement without who says so and without openers: for comparing. Demands ("vi ønsker") stay."""
    text = _tidy(text)
    text, _ = _without_opinion(text, voice or Voice())
    return text


def point_text(text: str, *, voice: Voice | None = None, lead_in: str = "", language: str = "nb") -> str:
    """The text of a point from one clause; verbatim (in the common form) when no rule is safe."""
    voice = voice or Voice()
    whole = with_lead_in(text, lead_in)
    short, _ = _without_opinion(_tidy(whole), voice)
    if not short.startswith((*voice.names, voice.name or "\0")):
        short = small_first(short, voice.proper)
    short = _polite(_POLITE_ASIDE.sub(" ", short))
    short = _first_person(short, voice, language)
    short = _asides(short)
    named = voice.name.split()[:1] if voice.name and short.startswith(voice.name) else ()
    return finish(short, voice.proper.union(named))


def finish(text: str, proper: frozenset[str] = frozenset()) -> str:
    """The common form: small first letter unless a name or abbreviation, no full stop, no doubled blanks."""
    text = re.sub(r"\s+", " ", text).strip(" ,;:–—")
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    if text.endswith(".") and not _ABBREVIATION.search(text) and not text.endswith("..."):
        text = text[:-1].rstrip(" ,;")
    text = text.rstrip("!").rstrip() if not text.endswith("?!") else text
    return small_first(text, proper)


_SAYING = re.compile(r"\b(?:framheve|fremheve|nevne|nemne|si|seie|peke på|peike på|påpeke|understreke|trekke fram|trekke frem|trekkje fram|"
                     r"legge til|leggje til|bemerke|merke|uttale|melde|minne om|kommentere|presisere|ta opp)\s*$", re.IGNORECASE)
_NO_NAME = lexicon.STOP | frozenset({"hvis", "dersom", "når", "her", "siden", "fordi", "selv", "kvar", "ikkje", "eit"})


def small_first(text: str, proper: frozenset[str] = frozenset()) -> str:
    """The first letter in lower case, unless the first word looks like a name, an abbreviation or a code."""
    first = re.match(r"[\w-]+", text)
    if not first or not text[0].isupper():
        return text
    word = first.group()
    if any(c.isupper() or c.isdigit() for c in word[1:]) or (len(word) == 1 and text[1:2] != " "):
        return text
    if len(word) == 1 and word not in {"I", "Å"}:
        return text
    if word in proper or (word.lower() not in _NO_NAME and _is_name(text[first.end() :])):
        return text
    return text[0].lower() + text[1:]


def _is_name(rest: str) -> bool:
    """Whether the word after a capitalised first word is capitalised too: "Kloke Valg", "Østre Agder"."""
    following = re.match(r"\s+([A-ZÆØÅ][\wæøå-]+)", rest)
    return bool(following) and not following.group(1).isupper()


def proper_words(texts: Sequence[str], names: Sequence[str] = ()) -> frozenset[str]:
    """Words that stand with a capital inside sentences and never without: names, as the answers write them.

    ``names``: of bodies; what stands in one of them alone ("RS Setesdal": Setesdal) is a name as well.
    """
    parts = Counter(word for name in names for word in set(re.findall(r"\b[A-ZÆØÅ][a-zæøå][\w-]+", name)))
    capital = {word for word, number in parts.items() if number == 1} if len(names) > 1 else set()
    small: set[str] = set()
    for text in texts:
        small.update(re.findall(r"\b[a-zæøå][\w-]*", text))
        capital.update(re.findall(r"(?<=[a-zæøå,] )[A-ZÆØÅ][a-zæøå][\w-]+", text))
    return frozenset(w for w in capital if w.lower() not in small)


def with_lead_in(text: str, lead_in: str) -> str:
    """A list item as a readable clause: items that only continue the introducing clause get it in front.

    "Vi ønsker:" + "nummerering av tiltak" stays "nummerering av tiltak", because the bullet stands alone;
    "Tiltakene må:" + "være målbare" becomes "tiltakene må være målbare".
    """
    lead = lead_in.strip().rstrip(":–—- ").strip()
    item = text.strip()
    if not lead or not item:
        return item
    if (
        re.search(rf"\b(?:{_FINITE})\s*$", lead, re.IGNORECASE)
        and re.match(
            r"(?:ikke|ikkje|være|vere|bli|verte|få|ha|kunne|gi|gje|ta|sikre|bidra|legge|leggje|bruke|styrke|"
            r"\w+(?:es|ast)\b|\w{3,}e\b)",
            item,
        )
        and not re.match(rf"^(?:{_WE}|rs)\b", lead, re.IGNORECASE)
        and len(lead.split()) <= 8
    ):
        return f"{lead} {item}"
    if _SAYING.search(lead):
        return item  # "I tillegg vil vi framheve:" + what is said
    if re.search(r"\b(?:å|vil|bør|må|kan|skal)\s(?:\w+\s)?\w+e\s*$", lead, re.IGNORECASE) and len(lead.split()) <= 8:
        return f"{lead} {item}"  # "Vi foreslår å fjerne:" + "kolonnen for bakgrunn"
    if re.search(r"\b(?:at|om at|å|for å)\s*$", lead, re.IGNORECASE) and len(lead.split()) <= 10:
        return f"{lead} {item}"
    if re.search(
        r"\b(?:ikke|ikkje|imot|mot|fraråder|frarår|nei til|uten|utan|forutsatt|forbehold|under forutsetning)\b",
        lead,
        re.IGNORECASE,
    ):
        # An introduction that negates or reserves belongs to every item.
        return (
            f"{lead}: {item}"
            if not re.search(r"\b(?:mot|imot|ikke|ikkje|fraråder|til|uten|utan)\s*$", lead)
            else f"{lead} {item}"
        )
    if (
        re.search(r"\b(?:for|med|om|til|på|av|i|hos|mangler|manglar|savner|saknar)\s*$", lead, re.IGNORECASE)
        and len(lead.split()) <= 8
    ):
        return f"{lead} {item}"
    return item


_ONLY_CONDITION = re.compile(
    r"^(?:(?:nei|ja|jo|tja|delvis|kanskje)\s*[,.–-]?\s+)?(?:men\s+)?(?:(?:ikke|ikkje|bare|berre|kun|først|tidligst)\s+)"
    r"(?:når|før|dersom|hvis|viss|uten|utan|så lenge|om|etter|i tilfelle|på vilkår)\b(?![^.;]*,\s*(?:må|bør|kan|skal|vil|er|har)\b)"
    r"|^(?:(?:ja|jo|tja|kanskje)\s*[,.–-]?\s+)?(?:(?:dersom|hvis|viss|forutsatt at|føresett at|så lenge)\b[^,]*$"
    r"|gjerne(?:,|\s+(?:om|når|hvis|dersom)\b))",
    re.IGNORECASE)


def first_person(text: str) -> bool:
    return bool(_FIRST_PERSON.search(text))


def unresolved(text: str) -> bool:
    """Whether the text leans on what stood before it: "dette", "de", "det siste"."""
    stripped = _tidy(text)
    if re.match(r"^det\s+(?:samme|same)\s+(?:gjelder|gjeld)\b", stripped, re.IGNORECASE):
        return True
    if _EXPLETIVE.match(stripped) and not re.search(r"\b(?:dette|disse|desse)\b", stripped, re.IGNORECASE):
        return False
    if re.match(
        r"^(?:de|dei|den)\s+(?:som|fleste|flest|ulike|enkelte|ansatte|tilsette|eldre|unge|minste|små|store|fire|tre|to|"
        r"samlede|nye|gamle|lokale|regionale|frivillige|yngste|eldste|kommunale|pårørende)\b",
        stripped,
        re.IGNORECASE,
    ):
        return False
    pronoun = re.match(r"^(?:de|dei|den)\s+(?P<next>\w+)", stripped, re.IGNORECASE)
    if (
        pronoun
        and not re.fullmatch(rf"(?:{_FINITE}|{_SENTENCE_ADVERB})", pronoun["next"], re.IGNORECASE)
        and not re.search(r"\b(?:dette|disse|desse)\b", stripped, re.IGNORECASE)
    ):
        return False  # "de viktigste områdene": an article
    if re.match(r"^det\b", stripped, re.IGNORECASE):
        return len(stripped.split()) <= 5
    return bool(_UNRESOLVED.search(stripped.rstrip(".! ")))


def only_condition(text: str) -> bool:
    """Whether a clause says under what condition only: "ikke før lederen er ansatt", "nei, ikke uten tilskudd"."""
    return bool(_ONLY_CONDITION.match(_tidy(text)))


# "Lederen", "læreren", "legen", "jordmora": "han" and "ho" are persons, who are no subject of another demand
_PERSON = re.compile(r"(?:(?:er|ar|ør)en|leg[ea]n|mann?en|sjefen|mora|søsteren|venn?en|kollegaen|(?:ist|ent|ant|ut|log)en)$", re.IGNORECASE)


def resolve(text: str, before: str) -> str | None:
    """ "De bør gjennomgås" after "Enkelte tiltak er urealistiske" -> "enkelte tiltak bør gjennomgås"; None when unsure.

    Only a pronoun as subject, and only a short subject of the sentence right before it: for "den" one definite noun,
    the only one there ("Planen er for lang." "Den må kortes ned.").
    """
    singular = re.match(rf"^(?:den|denne|han|ho)\s+(?P<rest>(?:{_FINITE})\b.+)$", _tidy(text), re.IGNORECASE)
    if singular:
        only = re.match(rf"^(?P<who>\w{{3,}}(?:en|a))\s(?:{_FINITE})\b", core(before), re.IGNORECASE)
        others = re.findall(r"\b\w{3,}(?:en|a)\b", core(before))
        person = only and _PERSON.search(only["who"]) and not re.match(r"den", _tidy(text), re.IGNORECASE)
        return f"{only['who']} {singular['rest']}" if only and len(others) == 1 and not person else None
    pronoun = re.match(rf"^(?:de|dei|disse|desse)\s+(?P<rest>(?:{_FINITE})\b.+)$", _tidy(text), re.IGNORECASE)
    subject = re.match(rf"^(?P<who>(?:[\w-]+\s){{1,5}}?)(?:{_FINITE})\b", core(before), re.IGNORECASE)
    if not pronoun or not subject:
        return None
    who = subject["who"].strip()
    if not re.search(r"(?:er|ar|ene|ane|tiltak|tiltaka|mål|måla|forslag|krav|råd)$", who) or unresolved(
        f"{who} er der"
    ):
        return None
    return f"{who} {pronoun['rest']}"


def complete(text: str) -> bool:
    """Whether the text has a finite verb (a sentence) rather than being a fragment."""
    return bool(_HAS_FINITE.search(text))


def subjectless(text: str) -> bool:
    """Whether the text begins with its verb: "kan ta ansvar for …"."""
    return bool(_HAS_FINITE.match(text))


def word_count(text: str) -> int:
    return len(re.findall(r"\w[\w-]*", text))


def _tidy(text: str) -> str:
    return re.sub(r"^[-*]\s+", "", re.sub(r"\s+", " ", text).strip().strip("•–— ")).strip()


def _without_opinion(text: str, voice: Voice) -> tuple[str, bool]:
    """(the text without openers and "X mener at", whether anything was dropped)."""
    dropped = False
    for _ in range(4):
        before = text
        text = _drop_opener(text)
        text = _speaker(text, voice)
        told = _TOLD.match(text) or _TOLD_INVERTED.match(text) or _member_told(text, voice)
        if told and (told["that"] or _reads_alone(told["rest"])):
            rest = _main_order(told["rest"])
            if rest is not None:
                text = _second_that(rest)
        dropped = dropped or text != before
        if text == before:
            break
    return text, dropped


def _member_told(text: str, voice: Voice) -> re.Match[str] | None:
    """ "Kari Nes mente at …" in minutes; a body that is reported so keeps its name."""
    told = _MEMBER.match(text)
    return told if told and not any(name in text[: told.start("that")] for name in voice.names if name) else None


def _second_that(text: str) -> str:
    """ "planen er lang, og at den bør kortes ned" without the "at" that hung on what was dropped."""
    second = re.search(r",?\s+(og|men)\s+at\s+(?=\S)", text)
    if second and not re.search(r"\bat\b", text[: second.start()]):
        tail = _main_order(text[second.end() :])
        if tail is not None:
            return f"{text[: second.start()]}, {second[1]} {tail}"
    return text


def _speaker(text: str, voice: Voice) -> str:
    """A body that speaks of itself by name says "vi": "RS Lister ønsker" -> "Vi ønsker"."""
    start = text[:80].casefold()
    for name in sorted(voice.names, key=len, reverse=True):
        if start.startswith(name.casefold() + " ") and _VERB_NEXT.match(text[len(name) + 1 :]):
            return f"Vi {text[len(name) + 1 :]}"
        if found := re.match(rf"(?:vi|me) (?:i|på|hos) {re.escape(name)} (?=\w)", text, re.IGNORECASE):
            return f"Vi {text[found.end() :]}"
    return text


def _reads_alone(rest: str) -> bool:
    """ "Vi synes formatet egner seg": a clause with its own subject and verb follows, "at" being left out."""
    words = rest.split()
    if not words or re.match(r"^(?:ikke|ikkje|gjerne|helst|det er ikke mulig|seg|på|til|om|for|av|i)\b", rest, re.IGNORECASE):
        return False
    return bool(re.search(rf"^\S+(?:\s\S+){{0,3}}?\s(?:{_FINITE})\b", rest, re.IGNORECASE))


def _main_order(clause: str) -> str | None:
    """A subordinate clause in main-clause order ("ansvaret ikke er" -> "ansvaret er ikke"); None when unsafe."""
    swap = _SWAP.match(clause)
    if swap and re.search(r"\b(?:som|at|når|hvis|viss|dersom|fordi|hvor|kvar)$", swap["subject"], re.IGNORECASE):
        return clause  # "det trengs et sted for dem som ikke går i kirken": the adverb is another clause's
    if swap and not _HAS_FINITE.search(swap["subject"]):
        return f"{swap['subject']} {swap['verb']} {swap['adverb']}{swap['rest']}"
    adverb = re.search(rf"\s{_SENTENCE_ADVERB}\s(?P<next>\w+)", clause, re.IGNORECASE)
    if adverb and re.search(r"\bsom\b[^,]*,$", clause[: adverb.start()]):
        return None  # "mye av det som står der, fremdeles treffer": the verb before the adverb is another clause's
    if adverb and not _HAS_FINITE.search(clause[: adverb.start()]) and re.search(r"(?:er|ar|es|ast)$", adverb["next"]):
        return None  # an adverb before a verb that is not known: its place cannot be trusted
    return clause


def _drop_opener(text: str) -> str:
    opener = _OPENERS.match(text)
    if not opener or opener.end() >= len(text):
        return text
    rest = text[opener.end() :]
    if word_count(rest) < 2:
        return text
    if _INVERTING.match(opener.group()):
        inverted = re.match(
            rf"^(?P<verb>{_FINITE})\s+(?P<subject>(?:{_WE}|det|(?:\w+(?:ene|ane|en|et|a)))|RS|SSU)\s+(?P<rest>.+)$",
            rest,
            re.IGNORECASE,
        )
        predicate = inverted and re.fullmatch(r"er|var|blir|ble|blei|vart", inverted["verb"]) and re.match(
            r"for\s+\w+\b(?<!en)(?<!et)(?<!ne)", inverted["rest"])  # "for lang", not "for skolen"
        if inverted and _MODIFIED.match(inverted["rest"]) and not predicate:
            return text  # where the subject ends, "ansvaret for X", cannot be told
        if inverted:
            return f"{inverted['subject']} {inverted['verb']} {inverted['rest']}"
        said = re.match(rf"^{_OPINION}{_ADVERB_BETWEEN}\s+{_WE}\b", rest, re.IGNORECASE)
        ours = re.match(rf"^(?P<verb>\w+)\s+(?P<subject>{_WE})\s+(?P<rest>.+)$", rest, re.IGNORECASE)
        if ours and not said:
            return f"{ours['subject']} {ours['verb']} {ours['rest']}"
        if not said and not opener.group().rstrip().endswith(",") and not opener.group().lower().startswith(("etter", "i følge", "ifølge")):
            return text  # a verb comes next, and where its subject ends cannot be told
    return rest


def _first_person(text: str, voice: Voice, language: str) -> str:
    """The text without "vi": nominal where a noun says the same, else the predicate, else the body's name."""
    text = _speaker(text, voice)
    whole = text
    subject = _SPEAKING.match(text)
    if (subject and _HAS_FINITE.match(subject["rest"])) or (
        subject and any(p.match(subject["rest"]) for p, _ in _NOMINAL)
    ):
        rest = subject["rest"]
        for pattern, noun in _NOMINAL:
            found = pattern.match(rest)
            if found and not re.match(r"(?:ikke|ikkje|ingen|aldri|verken|hverken|korkje|og|eller)\b", rest[found.end() :], re.IGNORECASE):
                after = rest[found.end() :]
                if noun == "ønske om" and re.match(
                    r"(?:SSU|RS|kommunestyret|fylkeskommunen|staten|\w+et|\w+en) (?:om|å)\b", after
                ):
                    break
                text = f"{_NOMINAL_NN[noun] if language == 'nn' else noun} {after}"
                break
        else:
            if re.match(r"(?:vi|me|jeg|eg|æ)\b", text, re.IGNORECASE):
                text = rest
    elif subject and re.match(r"(?:vi|me)\b", text, re.IGNORECASE) and re.match(r"\w+(?:er|ar)\b", subject["rest"]):
        text = subject["rest"]
    if _FIRST_PERSON.search(text):
        text = _neutral_pronouns(text, voice, language, dropped=text != whole)
    return text


def _neutral_pronouns(text: str, voice: Voice, language: str, dropped: bool) -> str:
    """ "i vår region" -> "i egen region", "kommunane våre" -> "kommunane", "vi", "oss" -> the body's name.

    ``dropped``: the subject "vi" stood before the text.
    """
    own = _OWN_NN if language == "nn" else _OWN
    kept: list[str] = []  # what is quoted stays as it was written
    text = _QUOTED.sub(lambda m: kept.append(m.group()) or f"\0{len(kept) - 1}\0", text)
    text = re.sub(r"(\b\w+(?:en|et|a|ene|ane|ne))\s+(?:vår|vårt|våre|min|mi|mitt|mine)\b", r"\1", text)
    text = _REFLEXIVE.sub(r"\1 seg", text)
    if dropped and not re.match(r"(?:ønske|behov|forslag|anbefaling|tilråding|bekymring|uro)\b", text):
        # "Vi tar gjerne på oss": in the clause whose subject is "vi", "oss" is the same.
        text = re.sub(r"^((?:(?!\b(?:at|som|hvis|dersom|viss|når|om|enn|hos|for|av)\b)[^,;])*?)\boss\b", r"\1seg", text,
                      flags=re.IGNORECASE)
    if voice.name:
        text = _ON_BEHALF.sub(lambda m: f"på {'vegner' if language == 'nn' else 'vegne'} av {voice.name}", text)
    # "Egen" belongs to the subject: right where the body is that, or no other can be meant.
    its_own = dropped or not voice.name or bool(re.match(rf"(?:{_FINITE}|{_WE}|jeg|eg)\b", text, re.IGNORECASE))
    text = re.sub(
        r"(?P<before>\b(?:i|fra|frå|innen|innan|hos|for)\s+)?\b(?P<our>vår|vårt|våre|min|mi|mitt|mine)\b"
        r"(?:\s+(?:egen|eget|egne|eigen|eiga|eige|eigne)\b)?"
        r"(?=\s+(?!(?:og|må|skal|er|bør|kan|har|blir|eller|når|før|etter|som|i|på)\b)\w)",
        lambda m: (m["before"] or "") + (own[m["our"].lower()] if its_own or m["before"] else _genitive(voice.name)),
        text,
        flags=re.IGNORECASE,
    )
    if voice.name:
        text = _OF_US.sub(r"\1", text)
        text = re.sub(r"\b(?:vi|me|oss) som\b", "dei som" if language == "nn" else "de som", text, flags=re.IGNORECASE)
        text = re.sub(r"\bher ((?:hos|hjå|i|på) oss)\b", r"\1", text, flags=re.IGNORECASE)
        text = _named_once(text, voice.name, language)
    return re.sub(r"\0(\d+)\0", lambda m: kept[int(m.group(1))], text)


def _named_once(text: str, name: str, language: str) -> str:
    """ "vi", "oss" as the body's name, and from the second time on as "de", "dem"."""
    they, them, one = ("dei", "dei", "ein") if language == "nn" else ("de", "dem", "man")
    said = False

    def other(m: re.Match[str]) -> str:
        nonlocal said
        said = said or name in text[:m.start()]
        if re.search(r"\b(?:la|lat|lad)\s$", text[:m.start()], re.IGNORECASE):
            return m.group()  # "la oss begynne med …"
        object_ = m.group().lower() in {"oss", "meg"}
        if object_ and re.search(r"\b(?:vi|me|jeg|eg)\s+$", text[:m.start()], re.IGNORECASE):
            return "seg"  # "det ønsker vi oss"
        if not object_ and _EACH_OTHER.match(text[m.end():]):
            return one  # what bodies do for each other no single one does
        if said:
            return them if object_ else they
        said = True
        return name

    return re.sub(r"\b(?:vi|me|oss|jeg|eg|meg|æ)\b(?!-)", other, text, flags=re.IGNORECASE)


def _genitive(name: str) -> str:
    return f"{name}'" if name[-1:].lower() in {"s", "x", "z"} else f"{name}s"


def _polite(text: str) -> str:
    """Without words of politeness inside the text; at its beginning the verb would be left standing first."""
    return _POLITE.sub(lambda m: "" if m.start() else m.group(), text).strip()


def _asides(text: str) -> str:
    """Without parentheses and asides that carry no position; long reasons only where the text is too long."""
    text = _INNER_VIEW.sub("", _ASSENT.sub("", _PAREN.sub("", text)))
    text = _DASHED.sub(" ", text)
    text = _TIE.sub("", _polite(text)).strip()
    if word_count(text) > MAX_WORDS:
        tail = _TAIL.search(text)
        # A reason may hold a negation of its own; it is no part of what is asked for.
        limits = _LIMITS if tail and _REASON.match(tail.group()) else _KEEP_WORDS
        rest = text[: tail.start()] if tail else ""
        if rest and not limits.search(tail.group()) and word_count(rest) >= 4 and not _HANGING.search(rest):
            text = rest
    return text


_CLAUSE_MEN = re.compile(r"\s*[,;.]\s+(?:men|og|samt)\s+|\s*;\s+|\.\s+(?=[A-ZÆØÅ])")
_OWN_SUBJECT = re.compile(
    rf"^(?:(?!(?:dette|disse|desse|den|de|dei|han|hun|ikke|ikkje|bare|berre|kun|også|slik|da|så|som|hvor|der|derfor|difor|dermed)\b)"
    rf"(?:\S+\s){{1,5}}?(?:{_FINITE})\b|det\s+(?:er|bør|må|trengs|trengst|mangler|manglar|finnes|burde|blir)\b|"
    rf"{_WE}\s+\w+)",
    re.IGNORECASE,
)
# A clause that leans on the one before it: "den vil vi ha mer av", "det går vi imot", "det er 200 for mange", "mellom den og X",
# "si det høyt", "det må planen si noe om", "det er lenger enn hogsten tar".
_LEANS = re.compile("|".join((
    r"^(?:(?:av|for|med|til|om|på|i|fra|frå|blant)\s+)?(?:dem|dei|der|her|hit|dit|da|då|slik|sånn)\b(?!\s+(?:som|med|\w+e\s))",
    r"^det\s+(?:må|bør|kan|skal|vil|har|går|får|er|ser|tror|trur|ønsker|håper|håpar|vonar|sier|seier|mener|meiner|støtter|støttar)\s+"
    r"(?:vi|me|nokon|noen|alle|de|dei|kommunen|rs|ingen (?!som)|\w{4,}(?:ene|ane))\b",
    r"^det\s+(?:må|bør|kan|skal|vil)\s+\w{3,}(?:en|et)\s+\w+|^det\s+(?:er|blir|var|vart|ble)\s+\w+(?:er|ere|are|re)\s+enn\b",
    r"^det\s+(?:er|blir|var|vart|ble)\s+(?:jo\b|(?:også\s+|òg\s+|\S+\s+)?for\s+(?:lite|mye|mykje|mange|få|dårlig|dårleg|seint|sent|langt|kort|dyrt)[.!]?$"
    r"|(?:bra|fint|dumt|synd|trist|uheldig|urimelig|godt|dårlig|dårleg|greit|nok)[.!]?$)",
    r"\b(?:mellom|med|til|for|av|om|på|i|fra|frå|uten|utan|hos|bak)\s+(?:den|dem|dette|disse|desse)"
    r"(?:[.!]?$|,|(?=\s+(?:og|eller|må|bør|er|når|før|i)\b))",
    r"\b(?:si|seie|sier|gjøre|gjere|endre|vise|rette|løse|bruke|ta|nevne|nemne|beholde|behalde)\s+(?:det|den|dem|dei)\b"
    r"(?!\s+(?:som|å|at|\w+(?:e|en|et|a)\b))",
    r"^det\s+(?:er|blir|var|vart|ble)\s+(?:heller\s+)?(?:ikke|ikkje)\s+"
    r"(?:nevnt|nemnt|omtalt|med|sagt|avklart|avklara|løst|løyst|på plass|gjort)[.!]?$",
    # "det må rettes før vi går videre", "det må også telle", "det er sjelden en bass", "å kutte de siste", "noen av dem"
    r"^det\s+(?:må|bør|kan|skal|vil)\s+\w+(?:s|st)(?:[.!]?$|\s+(?:før|innen|innan|nå|no|snarest|straks|raskt|"
    r"umiddelbart|av|med en gang)\b)",
    r"^det\s+(?:må|bør|kan|skal|vil)\s+(?:også\s+|òg\s+)?(?!(?:være|vere|bli|verte|komme|kome|gå|sitte|sitje|stå|ligge|liggje|følge|følgje|henge|"
    r"hende|skje|foregå|eksistere)\b)\w+e\b|^det\s+(?:er|blir)\s+(?:sjelden|sjeldan|aldri|alltid|ofte|neppe)\s",
    r"\b(?:de|dei)\s+(?:siste|første|fyrste|øvrige)[.!]?$"
    r"|\b(?:noen|nokon|nokre|flere|fleire|færre|mange|alle|en|ein|ingen|mer|meir|mindre|nok) av (?:dem|dei|den|det)\b(?!\s+(?:som|\w+e\b))",
    r"\b(?:ber om|ønsker|ønskjer|vil|foreslår|føreslår|mener|meiner|tilrår|krever|krev) at det\s(?:\w+\s){0,2}?"
    r"(?:tas (?:ut|bort|inn)|blir? (?:tatt|teke|stående|ståande)"
    r"|fjernes|fjernast|strykes|strykast|utgår|beholdes|behaldast|stoppes|stoppast|skrinlegges|avvises|videreføres|utsettes)\b",
    # "vi kan ikke godta mer enn to"
    r"\b(?:mer|meir|flere|fleire|færre|mindre|lenger|lengre|høyere|høgare|lavere|lågare) enn (?:en|ein|ett|eitt|to|tre|fire|fem"
    r"|seks|ti|\d+)[.!]?$",
    # "det bør få fortsette", "utvalget mener den bør kortes ned", "rår til at dei blir lengde"
    r"^det\s+(?:må|bør|kan|skal|vil)\s+(?:også\s+|òg\s+)?få\s+(?!\w+\s(?:at|å)\b)",
    r"\b(?:at|mener|meiner|synes|synest|ønsker|ønskjer|foreslår|føreslår)\s+(?:de|dei|den|han)\s+"
    r"(?:blir|vert|bør|må|kan|skal|vil|er|får|ikke|ikkje)\b",
    r"^(?:tallet|talet|hullet|holet|resten|summen|beløpet|jobben)\b",
    r"^det\s+\w+\s+det\b|\b(?:ham|henne)\b|\bdem\b(?!\s+(?:som|med|på|over|under|\w+(?:e|este)\b))",
    r"\bder(?:\s+(?:før|innen|innan|i dag|også|nå|no)\b|[.!]?$)",
)), re.IGNORECASE)
_COMPARATIVE = (
    r"(?:færre|flere|fleire|mer|meir|bedre|betre|mindre|større|lengre|tettere|tettare|hyppigere|hyppigare|økt|auka|"
    r"tydelig(?:ere)?|klar(?:ere)?|[a-zæøå]{3,}(?:ere|are))"
)
_FRAGMENTS = re.compile(
    rf"^(?P<lead>(?:vi|me|rs)?\s*(?:ønsker|ønskjer|ønske om|trenger|treng|behov for|ber om|vil ha)\s+)?"
    rf"(?P<first>{_COMPARATIVE}\s+(?:og \w+ )?[\w-]+(?:\s+(?:av|i|for|på|til|med|mellom)\s+[\w-]+(?:\s[\w-]+)?)?)"
    rf"(?:\s*,\s*(?:og|samt)?\s*|\s+(?:og|samt)\s+)"
    rf"(?P<second>{_COMPARATIVE}\s+[\w-]+.*)$",
    re.IGNORECASE,
)


def reserved(text: str) -> bool:
    """Whether the text carries a forbehold."""
    return lexicon.reserved(text)


def clauses(text: str) -> tuple[str, ...]:
    """The demands of one statement: "Færre tiltak, og enklere språk." -> two; one where no cut is safe.

    Cut are coordinated fragments that each begin with a comparative, and coordinated sentences that each
    have their own subject and verb. A reservation is never cut from what it limits.
    """
    text = _tidy(text)
    if reserved(text):
        return (text,)
    fragments = _FRAGMENTS.match(text.rstrip(". "))
    if fragments and not re.search(rf"\s(?:{_COMPARATIVE})$", fragments["first"], re.IGNORECASE):
        rest = clauses(fragments["second"])
        lead = fragments["lead"] or ""
        return (
            lead + fragments["first"],
            *(lead + part if not part.lower().startswith(lead.lower() or "\0") else part for part in rest),
        )
    parts: list[str] = []
    at = 0
    for cut in _CLAUSE_MEN.finditer(text):
        left, right = text[at : cut.start()].strip(), text[cut.end() :].strip()
        if word_count(left) >= 2 and _self_contained(left) and _stands(right) and not (
                "men" not in cut.group() and _reason_goes_on(left, right)):
            parts.append(left)
            at = cut.end()
    for part in [text[at:]]:
        parts.extend(_shared_modal(part))
    told = [_main_order(p[3:]) if p.startswith("at ") else p for p in parts]
    if None in told:
        return (text,)  # "…, og at X ikke har Y": no main clause to be had
    return tuple(p for p in told if p.strip(" ."))


_SUBORDINATE = re.compile(
    r"(?:fordi|siden|sidan|ettersom|dersom|hvis|viss|når|om|selv om|sjølv om|for å|for at|slik at"
    r"|(?:først|fyrst|bare|berre|kun|ikke|ikkje|helst|gjerne|særlig|særleg|spesielt) "
    r"(?:etter|når|mens|medan|hvis|dersom|om|før|fra|frå|med|i|på))\b", re.IGNORECASE)


def _stands(right: str) -> bool:
    """Whether the second half of a sentence says something by itself."""
    bare = right.removeprefix("at ")
    if _SUBORDINATE.match(bare):
        return False
    if re.match(r"(?:\S+\s){1,3}som\b", bare) and len(_HAS_FINITE.findall(bare)) < 2:
        return False  # "mellom lag med hus, og lag som bare har en konto"
    return bool(_OWN_SUBJECT.match(bare)) and not unresolved(bare) and not _LEANS.search(bare)


_WHY = re.compile(r",\s(?:for|fordi|siden|sidan|ettersom)\s", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:bør|burde|må|skal|skulle|vil|ønsker|ønskjer|trenger|treng|krever|krev|ber|savner|saknar|mangler|manglar"
                   r"|støtter|støttar|stør|imot|mot|enige?|einige?|uenige?|usamde?|er for)\b", re.IGNORECASE)


def _reason_goes_on(left: str, right: str) -> bool:
    """ "Kurset bør bestå, for vi har holdt det elleve ganger, og elleve ganger har det nyttet": the rest is why, too."""
    return _WHY.search(left) is not None and _ASKS.search(right) is None


def _self_contained(left: str) -> bool:
    return bool(_HAS_FINITE.search(left)) and not re.match(
        r"^(?:hvis|dersom|når|selv om|sjølv om|fordi|siden|både|verken|enten|ikke bare)\b", left, re.IGNORECASE
    )


def _shared_modal(text: str) -> Sequence[str]:
    """ "Planen må kortes ned og språket må forenkles" is two sentences joined without a comma."""
    joined = re.match(
        r"^(?P<left>(?:\S+\s){1,4}?(?:må|bør|burde|er)\s.+?)\s+og\s+(?P<right>(?!at\b)(?:[\w-]+\s){1,3}(?:må|"
        r"bør|burde|er)\s.+)$",
        text,
    )
    if (
        joined
        and word_count(joined["left"]) >= 3
        and not _SUBORDINATE.match(joined["right"])
        and not re.match(
            r"^(?:som|dette|de|dei|den|disse|desse|han|hun|det er derfor|at|derfor|dermed)\b",
            joined["right"],
            re.IGNORECASE,
        )
        and not _LEANS.search(joined["right"])
    ) and not re.search(r"\b(?:at|som|hvis|dersom|når|om)\b", joined["left"], re.IGNORECASE):
        return [joined["left"], joined["right"]]
    return [text]
