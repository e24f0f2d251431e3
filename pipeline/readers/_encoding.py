"""Bytes of unknown encoding become text; letters that were broken on the way are pointed out, never repaired."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from pipeline.model import Finding

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE_BYTE = ("cp1252", "latin-1", "mac_roman", "cp850")
_EXPECTED = frozenset("æøåÆØÅ")
_ORDINARY = frozenset("éèêëóòôöüäáàíñçßÉÖÜÄ«»–—‘’“”„…•·§°½´€\u00a0\u00ad")

# Ordinary words with å. One of them in two pieces ("ra dmann") means that the ring was lost.
_RING_WORDS = frozenset(
    str.split(
        "områd område områda områder området områdene rådmann rådmannen rådmenn rådgiver rådgivere rådet "
        "rådene råd også både når får går står fått gått stått nåværende mål målet målene måla måler "
        "målrettet målbare målgruppe måte måten måter måtte måned måneder språk språket språklig påbegynt "
        "pågår pågående påpeker påvirke påvirker tråd vår våre vårt våren år året årene årlig årleg årshjul "
        "forstå forstår forståelse foreslå foreslår foreslått oppstår unngå unngår oppnå oppnår fremgår "
        "framgår inngår inngå formål formålet hovedmål delmål hovudmål spørsmål spørsmålet spørsmålene "
        "pårørende pårørande åtte åpen åpne åpenhet dårlig dårleg håper håpar håndtere håndtering hånd slår "
        "små småkommuner nivået nivåer sårbar sårbare sårbehandling bistår består overgå overgår utgår "
        "tilråding tilrår rår rådgjevar gående ståsted gjennomgått gjennomgås gjennomgår samråd låst låse "
        "såkalt"
    )
)
_SPLIT_RING = re.compile(r"a[ \u02da\u00b0]{1,2}(\w+)")  # what stands before the a is looked up: a tenth of the time
_LONE_RING = re.compile("(?<=[aA])[ ]?[\u02da\u00b0](?=[a-zæøå ])|[aA] \u030a")
_MOJIBAKE = re.compile("Ã[¥¦¸…†˜\u0085\u0086\u0098]|â€[™œ\u009d“”¢]|Â[«»§]")
_LOST = re.compile("(?<=\\w)\ufffd|\ufffd(?=\\w)")
_RARE = ((_LONE_RING, "\u02da\u00b0\u030a"), (_MOJIBAKE, "ÃâÂ"), (_LOST, "\ufffd"))  # each with what it cannot do without


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of ``data``: by byte order mark, declared charset, UTF-8, or the likeliest 8-bit set.

    Never fails: stray bytes in otherwise valid UTF-8 are read as Windows-1252.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace").removeprefix("\ufeff")
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace")
    if declared:
        try:
            codec = codecs.lookup(declared.strip().strip("\"'")).name
            # what calls itself Latin-1 or ASCII is Windows-1252 in practice
            if codec in ("iso8859-1", "ascii"):
                return decode(data)
            if codec not in ("utf-8", "utf-7") and not codec.startswith(("utf-16", "utf-32")):
                return data.decode(codec, "replace")
        except (LookupError, ValueError):
            pass
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        mended = _mostly_utf8(data)
        return mended if mended is not None else _eight_bit(data)


def is_wide(data: bytes) -> bool:
    """Whether these bytes are UTF-16 without a byte order mark."""
    return _wide(data) is not None


def _wide(data: bytes) -> str | None:
    """UTF-16 without byte order mark: every other byte is (nearly) always zero."""
    head = data[:4000]
    if len(head) < 4:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) / 2
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _mostly_utf8(data: bytes) -> str | None:
    bad = 0

    def fallback(error: UnicodeError) -> tuple[str, int]:
        nonlocal bad
        bad += error.end - error.start
        return error.object[error.start : error.end].decode("cp1252", "replace"), error.end

    codecs.register_error("ssu.cp1252", fallback)
    text = data.decode("utf-8", "ssu.cp1252")
    high = sum(b >= 0x80 for b in data)
    return text if bad * 4 < high else None


def _eight_bit(data: bytes) -> str:
    sample = bytes(b for b in data if b >= 0x80)[:4000]

    def score(encoding: str) -> int:
        try:
            letters = sample.decode(encoding)
        except UnicodeDecodeError:
            return -(10**6)
        # C1 control characters are a sign of the wrong set
        return sum(
            3 if c in _EXPECTED else 1 if c in _ORDINARY else -3 if "\x80" <= c <= "\x9f" else -1 for c in letters
        )

    return data.decode(max(_SINGLE_BYTE, key=score), "replace")  # ties: the first, cp1252


def broken_letters(text: str) -> tuple[Finding, ...]:
    """At most one finding: words whose letters were broken before the file reached us."""
    examples: list[str] = []
    for m in _SPLIT_RING.finditer(text):
        start = m.start()
        while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
            start -= 1
        if _is_ring_word(f"{text[start : m.start()]}å{m[1]}".lower(), m.start() - start):
            example = " ".join(text[start : m.end()].split())
            if example not in examples:
                examples.append(example)
    for pattern, needs in _RARE:
        for m in pattern.finditer(text) if any(c in text for c in needs) else ():
            word = _word_at(text, m.start())
            if word not in examples:
                examples.append(word)
            if len(examples) > 20:
                break
    if not examples:
        return ()
    shown = ", ".join(f"«{e}»" for e in examples[:3])
    return (
        Finding(
            kind="broken_letters",
            message=f"Filen har ødelagte bokstaver, for eksempel {shown}. Teksten er gjengitt som den står. "
            "Be avsenderen om originalen, eller rett ordene i saksfremlegget.",
        ),
    )


@lru_cache(maxsize=4096)
def _is_ring_word(word: str, at: int) -> bool:
    """Whether the letter number ``at`` is the å of a known word, or of one that begins like it.

    The å must be the lost one: "spørsmåla om" is two words, though it begins as «spørsmål».
    """
    return word in _RING_WORDS or any(
        at < len(w) <= len(word) and word.startswith(w) and w[at] == "å" for w in _RING_WORDS if len(w) >= 5
    )


def _word_at(text: str, at: int) -> str:
    start, end = at, at
    while start and not text[start - 1].isspace() and at - start < 20:
        start -= 1
    while end < len(text) and not text[end].isspace() and end - at < 20:
        end += 1
    return text[start:end]
