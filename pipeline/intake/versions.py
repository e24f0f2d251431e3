"""When an answer was written, and which of several answers from one body count."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from pipeline.model import Document, Finding
from pipeline.norsk import find_dates, fold, plain

_NOT_THE_LETTERS = re.compile(
    r"\b(?:frist|svarfrist|møte|møtet|møtedato|behandlet|behandla|handsama|vedtatt|vedteken|viser til|vist til|deres brev|dykkar brev"
    r"|deres e-post|dykkar e-post|brev av|e-post av|innkalling|perioden|født|gjelder fra|gjeld frå|deres dato|dykkar dato|utsendt)\b")
_DATE_LABEL = re.compile(r"^(?:vår dato|dato|sendt|avgitt|utfylt|levert)\b")
_REVISING = (
    r"(?:revidert|reviderte|revidering|rettet|retta|rettelse|retting|korrigert|korrigerte|oppdatert|oppdaterte|erstatter|erstattar"
    r"|ny versjon|nytt svar|endelig|endeleg|versjon [2-9]|v[2-9]|rev(?: [a-z0-9]|\d))")
_REVISED = re.compile(rf"\b{_REVISING}\b")
_REPLACES = re.compile(r"\b(?:erstatter|erstattar|trekker tilbake|trekkjer tilbake|i stedet for|i staden for|se bort fra|sjå bort frå)\b")
_ANSWER = (r"(?:\w*svar\w*|\w*brev\w*|innspill\w*|innspel\w*|\w*uttale\w*|fråsegn\w*|versjon\w*|utg[aå]v\w+|utgaven?|skjema\w*|dokument\w*|"
           r"e-?post\w*|notat\w*|merknad\w*|tilbakemelding\w*)")
# "Revidert svar", "uttalelsen er oppdatert": said of the answer, not of the plan.
_REVISED_ANSWER = re.compile(
    rf"\b{_REVISING}\s+(?:\w+\s+)?{_ANSWER}|\b{_ANSWER}\s+(?:er|ble|blei|vart|har blitt)\s+(?:nå\s+|no\s+)?{_REVISING}\b")
# "Bruk dette i stedet for det jeg sendte i januar"
_OF_ANSWER = re.compile(rf"\b{_ANSWER}|\bdet\s(?:som\s)?(?:jeg|vi|eg|me|æ|ble|blei|vart)\s(?:\w+\s)?(?:send|skre|lever)\w*\b")
_TITLE = 10  # words of a line that may be a title
_TOP = 14  # lines
_ADDITION = re.compile(r"\b(?:tillegg|tilleggsinnspill|supplerende|supplerande|i tillegg til vårt|utfyllende|vedlegg|del [12])\b")
# "Utkast til uttalelse", but not "uttalelse om utkast til plan".
_DRAFT = re.compile(rf"\b(?:utkast|kladd|arbeidsversjon)\b(?!\s+til\s+(?!(?:\w+\s+)?{_ANSWER}))")
_DRAFT_ANSWER = re.compile(rf"^(?:utkast|kladd|arbeidsversjon|foreløpig|førebels)$|\b(?:utkast|kladd)\s+til\s+(?:\w+\s+)?{_ANSWER}"
                           rf"|\b(?:foreløpig|førebels)\w*\s+(?:\w+\s+)?{_ANSWER}")
_PRELIMINARY = re.compile(r"\b(?:foreløpig|førebels)\b")
_FORWARDED = re.compile(r"^\s*(?:vs|fwd?|fw|videresendt)\s*:", re.IGNORECASE)

SAME = 0.5  # share of the shorter answer's sentences found again: above it two answers are versions of one


def dated(document: Document, parent: Document | None) -> date | None:
    """The letter's or the mail's own date; the file's never counts.

    A letter that came by mail was received with the mail, unless the mail only forwards it.
    """
    own = _letter_date(document)
    mail = parent or (document if document.container else None)
    if mail is None or not mail.property("sent"):
        return own
    sent = date.fromisoformat(mail.property("sent")[:10])
    if own and _FORWARDED.match(mail.property("subject")):
        return own
    return max(own, sent) if own else sent


def _letter_date(document: Document) -> date | None:
    lines = [b.text for b in document.blocks if b.text and b.place in {"body", "textbox", "header", "form"}]
    edges = [*lines[:20], *lines[-6:]]
    labelled: list[date] = []
    short: list[date] = []
    for i, line in enumerate(edges):
        folded = fold(line)
        days = find_dates(line)
        before = fold(edges[i - 1]) if i else ""
        if not days or _NOT_THE_LETTERS.search(folded):
            continue
        if _DATE_LABEL.match(folded) or (_DATE_LABEL.match(before) and len(before) < 20):
            labelled.append(days[0][1])
        elif len(line.split()) <= 7:
            short.append(days[0][1])
    return next(iter(labelled or short), None)


def resolve(answers: Sequence[Document], rules: dict[str, str], unsure: Collection[str] = ()) -> tuple[list[Document], list[Finding]]:
    """Mark answers that a later one from the same bodies replaces.

    ``rules``: source -> source that it replaces, from case.toml. Two answers of one body stay side by side
    unless the text, the name or the wording says that one replaces the other; then both stand as findings. ``unsure``: the
    answers whose body is only likely; a word in one of these sets no other answer aside, nor does another's word it, where
    their texts are not of each other.
    """
    current = {d.source: d for d in answers}
    findings: list[Finding] = []

    def supersede(old: str, new: str, why: str) -> None:
        if current[old].superseded_by is None and current[new].superseded_by is None and old != new:
            current[old] = replace(current[old], superseded_by=new)
            findings.append(Finding(
                kind="superseded", source=old,
                message=f"«{old}» er erstattet av «{new}» ({why}) og er ikke tatt med. Er det feil, "
                        f"skriv [files] \"{old}\" = {{ kind = \"answer\" }} i case.toml."))

    for new, old in rules.items():
        if new in current and old in current:
            supersede(old, new, "bestemt i case.toml")
    keep = {source for source, target in rules.items() if target == ""}
    by_bodies: dict[tuple[str, ...], list[str]] = {}
    for d in answers:
        if d.bodies:
            by_bodies.setdefault(d.bodies, []).append(d.source)
    for bodies, sources in by_bodies.items():
        for i, one in enumerate(sources):
            for other in sources[i + 1:]:
                if keep & {one, other}:
                    continue
                decision = _order(current[one], current[other])
                alike = {one, other}.isdisjoint(unsure) or overlap(current[one].text, current[other].text) >= SAME
                if decision and alike:
                    supersede(*decision)
        left = [s for s in sources if current[s].superseded_by is None and current[s].parent not in sources]
        if len(left) > 1:
            findings.append(Finding(
                kind="several_answers", source=left[-1],
                message=f"{', '.join(bodies)} har levert {len(left)} filer som alle er tatt med: {', '.join(left)}. "
                        "Erstatter en av dem en annen, flytt den gamle ut av mappen eller gi den kind = \"case_paper\" i case.toml."))
    return [current[d.source] for d in answers], findings


def _order(one: Document, other: Document) -> tuple[str, str, str] | None:
    """(replaced, replacing, Norwegian reason), or None when both count."""
    if one.sha256 == other.sha256 or plain(one.text) == plain(other.text):
        return max(one.source, other.source), min(one.source, other.source), "samme innhold"
    if one.source == other.parent or other.source == one.parent:
        return None  # "vedlagt er det endelige svaret", in a mail that says more than that
    pair = [(d, plain(d.source.replace("_", " ")), [fold(b.text) for b in d.blocks[:6]]) for d in (one, other)]
    drafts = [bool(_DRAFT.search(name) or _PRELIMINARY.search(name) or any(map(_DRAFT_ANSWER.search, top))) for _, name, top in pair]
    if drafts[0] != drafts[1]:
        old, new = (one, other) if drafts[0] else (other, one)
        return old.source, new.source, "utkast"
    if any(_ADDITION.search(name) for _, name, _ in pair):
        return None
    replacing = [_says_so(d, replaces=True) for d, _, _ in pair]
    revised = [bool(_REVISED.search(name)) or _says_so(d, replaces=False) for d, name, _ in pair]
    for flags, why in ((replacing, "teksten sier at den erstatter"), (revised, "revidert utgave")):
        if flags[0] != flags[1]:
            new, old = (one, other) if flags[0] else (other, one)
            if why == "revidert utgave" and one.dated and other.dated and new.dated < old.dated:
                return None
            return old.source, new.source, why
    if overlap(one.text, other.text) >= SAME and one.dated and other.dated and one.dated != other.dated:
        old, new = sorted((one, other), key=lambda d: d.dated)
        return old.source, new.source, "nyere utgave av samme svar"
    versions = [_version(name) for _, name, _ in pair]
    if versions[0] != versions[1] and None not in versions and overlap(one.text, other.text) >= SAME:
        old, new = (one, other) if versions[0] < versions[1] else (other, one)
        return old.source, new.source, "høyere versjonsnummer"
    return None


def _says_so(document: Document, *, replaces: bool) -> bool:
    """Whether the top of an answer says of the answer that it replaces another, or is a revised one.

    "Vi ønsker en oppdatert oversikt" and "telefon i stedet for lege" are opinions.
    """
    for block in [b for b in document.blocks if b.text.strip()][:_TOP]:
        line = fold(block.text)
        title = block.kind not in {"item", "cell"} and len(line.split()) <= _TITLE and not line.endswith((".", "!", "?", ":"))
        for sentence in re.split(r"(?<=[.!?])\s+(?=\w{4})", line):
            if replaces and _REPLACES.search(sentence) and (_OF_ANSWER.search(sentence) or title):
                return True
            if not replaces and (_REVISED_ANSWER.search(sentence) or (title and _REVISED.search(sentence))):
                return True
    return False


def _version(name: str) -> int | None:
    m = re.search(r"\b(?:v|ver|versjon|rev)\s?(\d{1,2})\b", name)
    return int(m[1]) if m else None


def overlap(one: str, other: str) -> float:
    """Share of the shorter text's lines that stand in the other: 0..1."""
    lines = [{plain(line) for line in text.splitlines() if len(line.split()) > 3} for text in (one, other)]
    shorter = min(lines, key=len)
    return len(lines[0] & lines[1]) / len(shorter) if shorter else 0.0
