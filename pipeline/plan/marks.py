"""What a status text, letter, symbol or percentage means: green (done), yellow (going on), red (not begun)."""

from __future__ import annotations

import re

from pipeline.norsk import fold
from pipeline.plan.colours import STATUS_COLOURS, named

_NOT = r"(?:ikke|ikkje|ikkj|ei|ej|aldri|not)"
_STARTED = (
    r"(?:på)?start(?:et|a|ed)(?:\s+opp)?|oppstart(?:et|a)?|påbegynt(?:e)?|påbyrja|begynt|byrja|igang(?:satt|sett)(?:e)?"
    r"|i\s?gang|i\s?gong"
)
_FINISHED = (
    r"gjennomført(?:e)?|fullført(?:e)?|ferdig(?:e|stilt|stilte)?|sluttført(?:e)?|utført(?:e)?|avslutt(?:et|a)|oppfylt"
    r"|implementert|innført|lever[t]|oppnådd|lukket|lukka|etablert|iverksatt|iverksett|operativ|i drift|på plass|done"
    r"|completed?|finished|closed"
)
# In this order: a longer phrase consumes its words before a shorter one is tried.
_PHRASES = (
    ("yellow", rf"(?:delvis|delvist|dels|halvveis|nesten|snart|partly|partially)(?:\s+(?:{_FINISHED}|{_STARTED}))?"),
    (
        "yellow",
        rf"{_NOT}\s+(?:helt\s+|heilt\s+)?(?:ferdig\w*|fullført\w*|sluttført\w*|avslutt\w*|lukk\w*|finished|completed?)",
    ),
    (
        "red",
        rf"{_NOT}\s+(?:(?:blitt|vorte|enda|ennå|enno|helt|er|satt|sett|yet)\s+)?"
        rf"(?:{_STARTED}|{_FINISHED}|start|startes|starta|gjort|prioritert|planlagt|fulgt opp|følgt opp"
        r"|drøftet|vurdert|started)",
    ),
    (
        "red",
        r"gjenst(?:år|ående|åande)|planlagt|planlegges|planleggast|planlagte|ubegynt|upåbegynt|uberørt|avventer(?:\s+oppstart)?"
        r"|ventar på oppstart|venter på oppstart|oppstart\s+(?:i\s+)?\d{4}|ikke|ikkje|nei|todo|planned",
    ),
    (
        "yellow",
        r"pågå(?:r|ende|ande)|undervei?s|undervegs|under\s+(?:arbeid|utvikling|utarbeiding|utarbeidelse|planlegging|utprøving"
        r"|gjennomføring|etablering|oppfølging|implementering|innføring|behandling)|i\s+(?:prosess|arbeid|rute|oppstart)"
        r"|prøves ut|testes|piloteres|løpende|løpande|kontinuerlig|arbeides med|jobbes med|forsink(?:et|a)|videreføres"
        rf"|ongoing|in progress|{_STARTED}",
    ),
    ("green", rf"{_FINISHED}|ok|ja|yes"),
)
_PHRASE = re.compile("|".join(rf"(?P<p{i}>(?<!\w)(?:{words})(?!\w))" for i, (_, words) in enumerate(_PHRASES)))
_PERCENT = re.compile(r"^(\d{1,3})(?:[.,]0+)?\s?(?:%|prosent|pst\.?)$")

_SYMBOLS = {
    "green": "✓✔☑✅🟢🟩💚👍⬤●",
    "yellow": "🟡🟠🟨🟧💛🧡◐◑◒◓◔◕⚠↗⏳🔄",
    "red": "✗✘☒❌🔴🟥⛔❤🛑○◯⭕⚪✖",
}
_BY_SYMBOL = {symbol: status for status, symbols in _SYMBOLS.items() for symbol in symbols}
# One or two letters that stand alone in a status column. "G" is green; "GU" tells yellow apart from it.
_LETTERS = {
    "g": "green",
    "gr": "green",
    "gj": "green",
    "f": "green",
    "grn": "green",
    "y": "yellow",
    "gu": "yellow",
    "p": "yellow",
    "å": "yellow",
    "s": "yellow",
    "a": "yellow",
    "d": "yellow",
    "o": "yellow",
    "r": "red",
    "rø": "red",
    "i": "red",
    "is": "red",
    "ip": "red",
    "ib": "red",
    "n": "red",
}


def letter(text: str) -> str | None:
    """The status of a lone letter code ("G", "GU", "R", "P"), else None."""
    return _LETTERS.get(fold(text).strip(" .()[]"))


def symbol(text: str) -> str | None:
    """The status of a lone symbol ("✓", "🟡", "(✓)" is partly done), else None. Variation selectors are ignored."""
    bare = re.sub("[\ufe0e\ufe0f\\s]", "", text)
    if re.fullmatch(r"\([✓✔xX]\)", bare):
        return "yellow"
    marks = {_BY_SYMBOL.get(c) for c in bare.strip("()[]")}
    return marks.pop() if len(marks) == 1 and bare else None


def phrases(text: str) -> list[tuple[int, str]]:
    """(offset, status) of every status phrase in ``text``; a negation belongs to the phrase it negates."""
    folded = fold(text)
    return [(m.start(), _PHRASES[int(str(m.lastgroup)[1:])][0]) for m in _PHRASE.finditer(folded)]


def meaning(text: str) -> str | None:
    """The status that a short text names (at most eight words, or a longer one that begins with it), else None.

    Colours by name count ("Grønn"), and so do percentages (0 is red, 100 is green). Where a text names several,
    "begun, but not carried through" and "done and going on" are yellow; other mixtures mean nothing certain.
    """
    folded = fold(text).strip(" .:;–-!")
    if not folded:
        return None
    percent = _PERCENT.match(folded)
    if percent:
        share = int(percent[1])
        return "red" if share == 0 else "green" if share >= 100 else "yellow"
    if found := symbol(text):
        return found
    lead = text.strip()[:2].rstrip("\ufe0f ")
    if lead[:1] in _BY_SYMBOL and lead[:1] not in "●○⬤◯" and len(folded) > 2:
        return _BY_SYMBOL[lead[:1]]
    found_phrases = phrases(folded)
    if not found_phrases:
        names = {key for _, _, key in named(folded)}
        if len(names) == 1 and len(folded.split()) <= 3 and names <= set(STATUS_COLOURS):
            return names.pop()
        return None
    words = len(folded.split())
    if words > 8:
        head = re.split(r"[.;:!?–]|,|\s-\s", folded, maxsplit=1)[0]
        found_phrases = phrases(head) if len(head.split()) <= 5 else []
    return _settle(folded, {status for _, status in found_phrases})


def loose_meaning(text: str) -> str | None:
    """As ``meaning`` for a text of any length: what all its status phrases agree on. For cells with no other sign."""
    return meaning(text) or _settle(fold(text), {status for _, status in phrases(text)} if len(text) < 600 else set())


def _settle(folded: str, statuses: set[str]) -> str | None:
    if len(statuses) == 1:
        return statuses.pop()
    if statuses == {"green", "yellow"}:
        return "yellow"
    if "yellow" in statuses and re.search(rf"{_NOT}\s+gjennomført", folded):
        return "yellow"
    return None


def says_more(text: str) -> bool:
    """Whether a text holds anything beside status phrases and the small words that join them."""
    rest = _PHRASE.sub(" ", fold(text))
    for start, end, _ in reversed(named(rest)):
        rest = rest[:start] + rest[end:]
    return bool(re.sub(r"\b(?:og|eller|er|blitt|status|tiltak|tiltaket|opp)\b|[\W\d_]", "", rest))
