"""What eml and msg share: whose words a mail's lines are, its header fields, its attachments' names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from pipeline.model import Block, Finding
from pipeline.norsk import tells_forwarding
from pipeline.readers import _html, _lines

_QUOTE_SIGN = re.compile(r"^\s*>")
_DIVIDER = re.compile(
    r"^\s*[-_*]{2,}\s*(opprinn?e(?:lig|leg) melding|opphav(?:e)?leg melding|original message|videresendt melding|vidaresend melding"
    r"|forwarded message|original e-?mail|begynnelse på videresendt|urspr\w+ meddelande|oprindelig meddelelse)",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"^\s*(?:begin forwarded message|start på videresendt melding|start på vidaresend melding)\s*:", re.IGNORECASE)
_WROTE = re.compile(
    r"^\s*(?:den|på|on|am|le)?\s*.{0,160}\b(?:skrev|skreiv|wrote|schrieb|a écrit)\b.{0,120}:\s*$", re.IGNORECASE
)
_FIELD = re.compile(
    r"^\s*\*?(fra|frå|from|sendt|sent|dato|date|til|to|kopi|cc|emne|subject)\*?\s*:\*?\s*\S", re.IGNORECASE
)
_FROM = re.compile(r"^\s*\*?(fra|frå|from)\*?\s*:", re.IGNORECASE)
_SIGN_OFF = re.compile(
    r"^\s*(?:(?:med\s+)?(?:vennlig|vennleg|beste|mange|gode|hjertelig|hjarteleg)?\s*(?:hilsen|hilsener|hilsning|helsing"
    r"|helsingar)|m\.?v\.?h\.?|v\.?h\.?|(?:kind|best|warm)\s+regards|regards|sincerely|på vegne av\s.{0,60}"
    r"|på vegner av\s.{0,60}|ha en (?:fin|god)\s\w+|ha ei (?:fin|god)\s\w+)\b(?P<rest>.{0,80})$",
    re.IGNORECASE,
)
_DASHES = re.compile(r"^--\s?$")
_DEVICE = re.compile(
    r"^\s*(sendt fra min|sendt frå min|sent from my|hent outlook for|get outlook for|last ned outlook)", re.IGNORECASE
)
_SIGNATURE_LINES = 16
_VIEW = re.compile(r"\b(?:bør|burde|må|ønsker|ønskjer|mener|meiner|foreslår|føreslår|støtter|stør|savner|saknar|synes|synest|syns"
                   r"|for (?:få|lite|mye|mykje|dårlig\w*))\b", re.IGNORECASE)
_WANTS = re.compile(r"\b(?:vil(?:le)?|skulle) (?:(?:vi|me|jeg|eg|æ|gjerne|helst|også|òg) )*(?:ha|at)\b|\b(?:vi|me|jeg|eg|æ) vil\b"
                    r"|\btreng(?:er|s|st)?\b|\bbehov(?:et)?\b", re.IGNORECASE)
_INVITES = re.compile(r"\b(?:(?:svar)?frist|minner om|på (?:høring|høyring)|ber om (?:innspill|innspel|svar)|vedlagt"
                      r"|mangler (?:ennå )?svar)\b", re.IGNORECASE)
_COVERS, _COVERS_LONG = 25, 60  # words above a forwarded message; so many where they hold no view and the message does
_ANNOUNCES = 80  # words above an earlier message that say no more than that the answers stand below each question
_FIELDS = 3  # of the first lines of a message are header fields
_VIEWS_BEHIND = 2  # in what is quoted without the head of an earlier message, from which it may be the answer
_TURNS = 2  # so many times the writer goes on between quoted lines
_SIGNATURE_CHARACTERS = 900


def places(lines: Sequence[str], subject: str = "") -> tuple[list[str], bool]:
    """For each line "body", "signature" or "quoted"; and whether a forwarded message was taken as the body.

    A mail that forwards and adds next to nothing of its own carries the forwarded text as its content, and so does one of
    which nothing but what stands behind ">" says anything of the matter.
    """
    lines = _forwarded_behind_signs(lines)
    starts = _quote_starts(lines)
    first = starts[0] if starts else len(lines)
    result = ["quoted"] * len(lines)
    _own(lines, 0, first, result)
    own = " ".join(line for line, place in zip(lines[:first], result[:first], strict=True) if place == "body")
    forwarded = tells_forwarding(subject) or (
        first < len(lines) and bool(re.search(r"videresendt|vidaresend|forwarded", lines[first], re.IGNORECASE))
    )
    if starts and len(own.split()) < _ANNOUNCES and (between := _answered_from(lines, _after_fields(lines, first))) is not None:
        _own(lines, between, next((s for s in starts if s > between), len(lines)), result)
        return result, False
    if starts and forwarded:
        begin = _after_fields(lines, first)
        end = next((s for s in starts if s > begin), len(lines))
        if len(own.split()) < _COVERS or _only_covers(own, " ".join(lines[begin:end])):
            _own(lines, begin, end, result)
            return result, True
    if not starts:
        behind = " ".join(_unsigned(line) for line in lines if _QUOTE_SIGN.match(line))
        if len(_VIEW.findall(behind)) >= _VIEWS_BEHIND and _only_covers(own, behind):
            _own([_unsigned(line) for line in lines], 0, len(lines), result)
            return result, True
    return result, False


def _unsigned(line: str) -> str:
    """A line without the first of the signs that quote it."""
    return re.sub(r"^\s*> ?", "", line)


def _forwarded_behind_signs(lines: Sequence[str]) -> Sequence[str]:
    """The lines, those of a message that is forwarded with its header fields behind ">" without that sign: so Apple Mail sends it."""
    out = list(lines)
    for begun in (i for i, line in enumerate(lines) if _BEGINS.match(line) or _DIVIDER.match(line)):
        run = list(takewhile(lambda i: not lines[i].strip() or _QUOTE_SIGN.match(lines[i]), range(begun + 1, len(lines))))
        head = [line for i in run if (line := _unsigned(lines[i])).strip()][:5]
        if sum(bool(_FIELD.match(line)) for line in head) >= _FIELDS:
            for i in run:
                out[i] = _unsigned(lines[i])
    return out


def _only_covers(own: str, message: str) -> bool:
    """Whether the words above a forwarded message say nothing of the matter, and the message does."""
    return (len(own.split()) < _COVERS_LONG and not _VIEW.search(own) and bool(_VIEW.search(message) or _WANTS.search(message))
            and not _INVITES.search(message))


def _answered_from(lines: Sequence[str], begin: int) -> int | None:
    """Where, below the head of an earlier message, its quoted lines begin between which the writer answers; None where they do not."""
    told = [i for i in range(begin, len(lines)) if lines[i].strip()]
    signs = [bool(_QUOTE_SIGN.match(lines[i])) for i in told]
    if not any(signs):
        return None
    first = signs.index(True)
    turns = sum(not one and before for before, one in pairwise(signs[first:]))
    return told[first] if turns >= _TURNS else None


def _quote_starts(lines: Sequence[str]) -> list[int]:
    """Where earlier messages begin: dividers, "… skrev …:", or a block of Fra/Sendt/Til/Emne."""
    starts = []
    i = 0
    while i < len(lines):
        line = lines[i]
        joined = (
            line
            if line.rstrip().endswith(":")
            else f"{line.rstrip()} {lines[i + 1].strip()}"
            if i + 1 < len(lines)
            else line
        )
        fields = sum(bool(_FIELD.match(n)) for n in [x for x in lines[i : i + 8] if x.strip()][:5])
        if (
            _DIVIDER.match(line)
            or _BEGINS.match(line)
            or (_FROM.match(line) and fields >= _FIELDS)
            or (not _QUOTE_SIGN.match(line) and _wrote(line, joined))
        ):
            starts.append(i)
            i = _after_fields(lines, i)
            continue
        i += 1
    return starts


def _wrote(line: str, joined: str) -> bool:
    """ "Den 3. okt. 2025 kl. 10.12 skrev Ola Hansen <ola@…>:", also broken over two lines."""
    candidate = line if _WROTE.match(line) else joined
    return bool(
        _WROTE.match(candidate)
        and re.match(r"^\s*(den|på|on|am|le|\d|man|tir|tys|ons|tor|fre|lør|lau|søn)", line, re.IGNORECASE)
        and re.search(r"\d|@", candidate)
    )


def _after_fields(lines: Sequence[str], at: int) -> int:
    """The first line after the header fields of an earlier message that begins at ``at``."""
    i = at + 1
    seen = bool(_FIELD.match(lines[at]))
    while i < len(lines) and (
        (not lines[i].strip() and (not seen or _field_ahead(lines, i)))
        or _FIELD.match(lines[i])
        or (lines[i].startswith(("\t", " ")) and seen and lines[i].strip())
    ):
        seen = seen or bool(_FIELD.match(lines[i]))
        i += 1
    return i


def _field_ahead(lines: Sequence[str], at: int) -> bool:
    """Whether the next line that says something is a header field: some programs set a blank line between them."""
    return next((bool(_FIELD.match(line)) for line in lines[at:] if line.strip()), False)


def _own(lines: Sequence[str], begin: int, end: int, result: list[str]) -> None:
    for i in range(begin, end):
        result[i] = "quoted" if _QUOTE_SIGN.match(lines[i]) else "body"
    body = [i for i in range(begin, end) if result[i] == "body" and lines[i].strip()]
    sign = _signature_start(lines, body)
    for i in body:
        if sign is not None and i >= sign:
            result[i] = "signature"


def _signature_start(lines: Sequence[str], body: Sequence[int]) -> int | None:
    for k, i in enumerate(body):
        rest = body[k:]
        if _DASHES.match(lines[i]):
            return i
        if _DEVICE.match(lines[i]):
            return i if sum(len(lines[j]) for j in rest) < _SIGNATURE_CHARACTERS else None
        m = _SIGN_OFF.match(lines[i])
        # "Hilsen fra oss alle til dere, og husk …" goes on: a sign-off is short, and little follows
        if (
            m
            and len(m["rest"].split()) <= 6
            and len(rest) <= _SIGNATURE_LINES
            and sum(len(lines[j]) for j in rest) <= _SIGNATURE_CHARACTERS
            and not any(len(lines[j]) > 160 for j in rest)
        ):
            return i
    return None


def plain_blocks(text: str, subject: str, *, flowed: bool = False) -> tuple[list[Block], bool]:
    """Blocks of a text/plain body, each in its place; locator ``line=12`` of the body."""
    lines = _lines.split(text)
    found, forwarded = places([line for _, line in lines], subject)
    out: list[Block] = []
    run: list[tuple[int, str]] = []
    place = "body"
    for (number, line), kind in zip([*lines, (0, "")], [*found, "end"], strict=True):
        kind = place if not line.strip() and kind != "end" else kind
        if kind != place:
            out += _lines.blocks(run, place=place, flowed=flowed)
            run, place = [], kind
        run.append((number, re.sub(r"^(?:\s?>)+ ?", "", line)))
    return out, forwarded


def html_blocks(data: str | bytes, subject: str) -> tuple[list[Block], bool]:
    """Blocks of a text/html body, each in its place."""
    blocks, _ = _html.blocks(data)
    return block_places(blocks, subject)


def block_places(blocks: Sequence[Block], subject: str) -> tuple[list[Block], bool]:
    """The same blocks, each in its place; and whether a forwarded message was taken as the body."""
    lines = [f"{b.marker} {b.text}" if b.marker else b.text for b in blocks]
    found, forwarded = places(lines, subject)
    return [
        b._replace(place=place) if b.place == "body" else b for b, place in zip(blocks, found, strict=True)
    ], forwarded


def header_blocks(fields: Sequence[tuple[str, str]]) -> list[Block]:
    """ "Fra: Kari Nordmann" …: one block a field, in place "properties"."""
    return [
        Block(text=f"{label}: {value}", place="properties", locator=f"header={label}")
        for label, value in fields
        if value
    ]


FORWARDED = Finding(
    kind="forwarded_message",
    message="E-posten videresender en annen melding, og den er lest som svaret. Kontroller hvem som har svart, "
    "og sett riktig RS under [files] i case.toml om nødvendig.",
)
