"""Where a letter closes."""

from __future__ import annotations

import re

_CLOSING = re.compile(
    r"^(?:med\s+)?(?:(?:vennlig|venleg|venlig|vennleg|beste?|god)\s+)?(?:hilsen|helsing)\b|^med\s+(?:\w+\s+)?\w*(?:hilsen|helsing)\b"
    r"|^\w+(?:hilsen|helsing)\s(?:fra|frå)\b"
    r"|^etter fullmakt\b|^rett utskrift\b|^ha det(?: (?:bra|godt|fint))?(?: så lenge)?[!.]?$"
    r"|^med (?:ønske|ønskje|ynskje) om (?:en|ei|ein|et|eit|god|gode|godt)\b|^alt godt\b|^(?:klem|klemmer|klemmar) (?:fra|frå)\b"
    r"|^ha (?:en|ei|ein) (?:\w+ )?(?:fin|god|flott|riktig)\b"
    r"|^(?:(?:riktig|fortsatt|framleis) )?(?:god|fin) (?:helg|jul|påske|pinse|sommer|sommar|høst|haust|\w*ferie)\b|^mvh\b|^m\.v\.h"
    r"|^(?:med )?(?:ær|er)bødig(?:st| hilsen)?\b"
    r"|^på vegn[ea] av\s+\S+(?:\s\S+){0,3}$", re.IGNORECASE)
# "For utvalget", "For RS Nord": but "For dyrt" is an answer.
_FOR = re.compile(r"^[Ff]or (?:[A-ZÆØÅ]\S+|utval\S*|styret|rådet|regionen|kommunen|\S+(?:direktøren|sjefen|leiaren|lederen))"
                  r"(?: \S+){0,2}(?<![.!?])$")
_WORDS = 10


def closes(text: str) -> bool:
    """Whether a line is the closing greeting of a letter or a mail: what follows is the signature."""
    return len(text.split()) <= _WORDS and bool(_CLOSING.match(text.strip()) or _FOR.match(text.strip()))
