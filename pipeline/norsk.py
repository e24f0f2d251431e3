"""Norwegian words for numbers, dates and lists, and the folding used to compare names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

NUMBER_WORDS = (
    "null", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv",
)
MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)
PLACE_WORDS = {  # the keys of a locator
    "page": "side", "paragraph": "avsnitt", "sheet": "ark", "cell": "celle", "table": "tabell", "row": "rad",
    "col": "kolonne", "line": "linje", "slide": "lysbilde", "footnote": "fotnote", "endnote": "sluttnote",
    "textbox": "tekstboks", "header": "topptekst", "footer": "bunntekst", "comment": "kommentar", "field": "felt",
    "form": "skjemafelt", "image": "bilde", "part": "del", "chunk": "innlimt del", "member": "fil",
}
_MONTH_PREFIXES = {m[:3]: i + 1 for i, m in enumerate(MONTHS)} | {"des": 12, "mai": 5}
_NUMERIC_DATE = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?![\d])")
# "5/4-26", as dates are written by hand; but "26/12-15" behind "ref." is the number of a letter.
_SLASHED_DATE = re.compile(
    r"(?<![\d/.-])(?<!ref )(?<!ref\. )(?<!ref: )(?<!ref\.: )(?<!sak )(?<!nr )(\d{1,2})/(\d{1,2})\s?[-–]\s?(\d{4}|[2-4]\d)(?![\d/-])",
    re.IGNORECASE,
)
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_WORD_DATE = re.compile(
    r"(?<!\d)(\d{1,2})\.?\s+(januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|des)\.?,?\s+(\d{4})",
    re.IGNORECASE,
)
_FORWARD = re.compile(r"\s*(?:(?:re|sv)\s*:\s*)*(?:vs|vb|fw|fwd|videresendt|vidaresendt)\s*:", re.IGNORECASE)
_AT_PLACE = re.compile(r"(.{12,}?) (?:i|ved|på) [A-ZÆØÅ][\w-]*$")
_PLACE_LAST = re.compile(r"([A-ZÆØÅ][\w-]+ (?:[\w-]+ )*[a-zæøå-]{4,}) [A-ZÆØÅ][\w-]*$")  # "Funksjonshemmedes fellesforbund Nes"
_OTHER_NUMBER_WORDS = {**dict.fromkeys(("en", "ein", "éin", "ei", "éi", "ett", "eitt"), "én"), "syv": "sju"}
# Bokmål and nynorsk words for kinds of bodies: answers write the name of a body in their own form.
_KINDS = (("utvalg", "utval"), ("utvalget", "utvalet"), ("forening", "foreining"), ("foreningen", "foreininga"), ("sykehus", "sjukehus"),
          ("enhet", "eining"), ("brukerråd", "brukarråd"), ("brukerrådet", "brukarrådet"), ("skole", "skule"), ("skolen", "skulen"),
          ("grunneierlag", "grunneigarlag"), ("grunneierlaget", "grunneigarlaget"), ("lærerlag", "lærarlag"), ("ombud", "ombod"),
          ("ombudet", "ombodet"))
_PARTS = (("skole", "skule"), ("hoved", "hovud"), ("hjemme", "heime"), ("syke", "sjuke"), ("arbeider", "arbeidar"),
          ("bruker", "brukar"), ("fisker", "fiskar"), ("lærer", "lærar"),
          ("grunneier", "grunneigar"), ("oppdretter", "oppdrettar"), ("innbygger", "innbyggjar"))  # "Skolekorpset"


@lru_cache(maxsize=8192)  # of thousands of bodies, each asked for by who reads senders and who reads endorsements
def other_forms(name: str) -> tuple[str, ...]:
    """A name in the other written form, its word for the kind of body alone or all of it.

    "Samhandlingsutvalg Aust", "Samhandlingsutval Aust"; "Industriarbeiderforening", "Industriarbeidarforeining".
    """
    forms: list[str] = []
    for way in (1, -1):
        whole = name
        for pairs, pattern in ((_KINDS, r"{0}\b"), (_PARTS, r"{0}(?=\w)")):
            for a, b in (pair[::way] for pair in pairs):
                forms.append(_changed(name, pattern, a, b))
                whole = _changed(whole, pattern, a, b)
        forms.append(whole)
    return tuple(form for form in dict.fromkeys(forms) if form != name)


def without_place(name: str) -> str:
    """A body's name without the place it ends in: "Råd for eldre", of "Råd for eldre i Nes"; "" where it ends in none."""
    found = _AT_PLACE.match(name) or _PLACE_LAST.match(name)
    return found[1] if found else ""


def _changed(name: str, pattern: str, a: str, b: str) -> str:
    if a not in name.lower():
        return name  # nearly always; there are as many patterns as ``re`` remembers
    changed = re.sub(pattern.format(a), b, name)
    return changed if changed != name else re.sub(pattern.format(a.capitalize()), b.capitalize(), name)


def number_of(word: str) -> int:
    """The number that figures or a word to twelve say, in either written form ("3", "tre", "éin"). Raises ValueError for another word."""
    if word.isdigit():
        return int(word)
    return NUMBER_WORDS.index(_OTHER_NUMBER_WORDS.get(word, word))


def number_word(n: int) -> str:
    """Numbers to twelve in words ("tre"), above that in figures; the rule of the contract."""
    return NUMBER_WORDS[n] if 0 <= n < len(NUMBER_WORDS) else str(n)


def capital(text: str) -> str:
    """The text with its first letter in upper case, the rest untouched."""
    return text[:1].upper() + text[1:]


def join_names(names: Sequence[str], last: str = " og ") -> str:
    """ "A", "A og B", "A, B og C"."""
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + last + names[-1]


def date_text(day: date) -> str:
    """ "14. november 2025"."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """ "14.11.2025": in a narrow column."""
    return f"{day.day}.{day.month}.{day.year}"


def place_text(locator: str, say: Callable[[str], str] = str) -> str:
    """A locator as a person would say it: "page=2;paragraph=5" -> "side 2, avsnitt 5".

    ``say``: from the bokmål word to the document's language. A key that has no word stands as it is.
    """
    parts = (p.partition("=") for p in locator.split(";") if p)
    return ", ".join(f"{say(PLACE_WORDS[key]) if key in PLACE_WORDS else key} {value}".strip() for key, _, value in parts)


def find_dates(text: str) -> list[tuple[int, date]]:
    """All dates written out in ``text`` with their offsets, in order of appearance.

    Knows "12.10.2025", "12.10.25", "12/10-25", "2025-10-12", "12. oktober 2025". Impossible dates are passed over.
    """
    found: list[tuple[int, date]] = []
    for pattern, order in ((_NUMERIC_DATE, "dmy"), (_SLASHED_DATE, "dmy"), (_ISO_DATE, "ymd"), (_WORD_DATE, "word")):
        for m in pattern.finditer(text):
            a, b, c = m.groups()
            if order == "dmy":
                day, month, year = int(a), int(b), int(c) + (2000 if len(c) == 2 else 0)
            elif order == "ymd":
                year, month, day = int(a), int(b), int(c)
            else:
                day, month, year = int(a), _MONTH_PREFIXES[b.lower()[:3]], int(c)
            try:
                found.append((m.start(), date(year, month, day)))
            except ValueError:
                continue
    return sorted(found)


def tells_forwarding(subject: str) -> bool:
    """Whether a mail's subject says that it passes on another one: "VS:", "SV: Fwd:"."""
    return bool(_FORWARD.match(subject))


def fold(text: str) -> str:
    """Lower case, composed, one blank between words: for comparing, never for showing."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def plain(text: str) -> str:
    """``fold`` without punctuation: letters, digits and single blanks."""
    return " ".join(re.findall(r"\w+", fold(text)))
