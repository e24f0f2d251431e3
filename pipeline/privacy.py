"""Personal data that must not be published: what can be told for sure, and what may be.

Fødselsnummer and D-nummer are checked by their control digits (Skatteetaten: weights 3 7 6 1 8 9 4 5 2
and 5 4 3 2 7 6 5 4 3 2, modulo 11; D-nummer adds 4 to the first digit, Tenor test numbers add 80 to the
month), account numbers by theirs (weights 5 4 3 2 7 6 5 4 3 2, modulo 11).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_ELEVEN = re.compile(r"(?<![\d.])(\d{6})[ .-]?(\d{5})(?![\d])")
_ACCOUNT = re.compile(r"(?<!\d)(\d{4})[ .](\d{2})[ .](\d{5})(?!\d)")
_PHONE = re.compile(r"(?<![\d/.-])(?:(?:\+|00)47[ ]?)?(?:[2-9]\d(?:[ ]?\d\d){3}|[489]\d\d[ ]\d\d[ ]\d{3})(?![\d/.-])")
_PHONE_CUE = re.compile(r"(?:tlf|telefon|mobil|mob|ring|nås på|\+47|0047)\D{0,15}$", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PRIVATE_MAIL = re.compile(r"@(?:gmail|hotmail|outlook|live|online|yahoo|icloud|msn|me|protonmail|proton|broadpark|start|getmail)\.\w+$",
                           re.IGNORECASE)
_NAME = re.compile(r"\b[A-ZÆØÅ][a-zæøåé]{2,}(?: [A-ZÆØÅ][a-zæøåé]+| [A-ZÆØÅ]\.)* [A-ZÆØÅ][a-zæøåé]{2,}\b")
_HEALTH = re.compile(
    r"\b(?:diagnose\w*|pasienten|sykdom\w*|sjukdom\w*|kreft\w*|demens\w*|psykisk sy[kk]\w*|depresjon\w*|rusmisbruk\w*|selvmord\w*"
    r"|innlagt|operert|behandles for|lider av|sykemeldt|sjukmeld\w*|ufør|født)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One find: ``kind`` is a Norwegian noun, ``start``/``end`` offsets in the text, ``certain`` by control digits."""

    kind: str
    start: int
    end: int
    certain: bool


def find(text: str) -> list[Hit]:
    """All finds in ``text``, in order. Names count only beside health words, and are *possible* names."""
    hits: list[Hit] = []
    for m in _ELEVEN.finditer(text):
        if is_birth_number(m[1] + m[2]):
            hits.append(Hit(kind="fødselsnummer eller D-nummer", start=m.start(), end=m.end(), certain=True))
    for m in _ACCOUNT.finditer(text):
        if is_account_number(m[1] + m[2] + m[3]):
            hits.append(Hit(kind="kontonummer", start=m.start(), end=m.end(), certain=True))
    taken = [(h.start, h.end) for h in hits]
    for m in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", m.group())
        cue = _PHONE_CUE.search(text[:m.start()]) or m.group().startswith(("+", "00"))
        if (cue or " " in m.group()) and 8 <= len(digits) <= 12 and not any(s < m.end() and m.start() < e for s, e in taken):
            hits.append(Hit(kind="telefonnummer", start=m.start(), end=m.end(), certain=bool(cue)))
    for m in _MAIL.finditer(text):
        private = bool(_PRIVATE_MAIL.search(m.group()))
        hits.append(Hit(kind="privat e-postadresse" if private else "e-postadresse", start=m.start(), end=m.end(), certain=private))
    for m in _NAME.finditer(text):
        if _HEALTH.search(text[max(0, m.start() - 80):m.end() + 80]):
            hits.append(Hit(kind="mulig navn ved helseopplysning", start=m.start(), end=m.end(), certain=False))
    return sorted(hits, key=lambda h: h.start)


def is_birth_number(digits: str) -> bool:
    """Whether eleven digits are a valid fødselsnummer or D-nummer (or their test series)."""
    if len(digits) != 11 or not digits.isdigit():
        return False
    n = [int(d) for d in digits]
    first = -sum(w * d for w, d in zip((3, 7, 6, 1, 8, 9, 4, 5, 2), n[:9], strict=True)) % 11
    second = -sum(w * d for w, d in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), n[:10], strict=True)) % 11
    if first != n[9] or second != n[10]:
        return False
    day, month = int(digits[:2]), int(digits[2:4])
    day -= 40 if day > 40 else 0
    month -= 80 if month > 80 else 40 if month > 40 else 0
    try:
        date(2000, month, day)
    except ValueError:
        return False
    return True


def is_account_number(digits: str) -> bool:
    """Whether eleven digits are a valid Norwegian bank account number."""
    n = [int(d) for d in digits]
    return len(n) == 11 and -sum(w * d for w, d in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), n[:10], strict=True)) % 11 == n[10]
