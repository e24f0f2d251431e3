"""Errors in the sources themselves, shown to the reviewer and never repaired silently.

The kinds are those that the first user's own papers have: a goal printed twice in one list, blocks of the
questionnaire with numbers that repeat or jump, a list line that lost its bullet, a goal named without its
focus area, a name that may be a placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.config import Settings
from pipeline.model import Block, Document, Finding
from pipeline.norsk import join_names, place_text, plain

CHECKED = {"answer", "earlier_case", "case_paper", "action_plan"}

_GOALS = re.compile(r"^(?:hovedmål|hovudmål|delmål|mål)\s*:?$", re.IGNORECASE)
_FOCUS = re.compile(r"\b(?:fokusområde|satsings?område|satsningsområde|innsatsområde)\s*(?:nr\.?\s*)?(\d+)", re.IGNORECASE)
_GOAL_NUMBER = re.compile(r"\b(?:hovedmål|hovudmål|delmål)\s+(\d+)(?![.\d])", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"\b(?:prosjekt|kommune|person|navn|firma|tiltak)\s+[XYZ]\b|\b(?:XX+|NN|N\.N\.|xxx+)\b|\?\?\?+"
    r"|\[(?i:fyll inn|sett inn|navn|dato)[^\]]*\]"
    r"|\b(?:TBD|TODO)\b|\.{5,}|_{4,}")
_ASKING = re.compile(r"(?:hv[aeio]\w*|hvordan|korleis|kva|kven|kvar|har|er|kan|bør|vil|finnes|finst)\s", re.IGNORECASE)
_MAIN_NUMBER = re.compile(r"^(\d{1,2})\.?$")


def find(documents: Sequence[Document], settings: Settings) -> tuple[Finding, ...]:
    """All findings of source errors, in document order; those of the questionnaire first."""
    found: list[Finding] = list(_question_numbers(settings))
    for document in documents:
        if document.status == "ok" and document.kind in CHECKED and document.superseded_by is None:
            blocks = [b for b in document.blocks if b.text and b.place == "body"]
            found += _duplicate_goals(document, blocks)
            found += _block_numbers(document, blocks, settings)
            found += _goals_without_area(document, blocks)
            if document.kind != "case_paper":
                found += _lost_bullets(document, blocks)
            if document.kind in {"answer", "earlier_case"}:
                found += _placeholders(document, blocks)
    return tuple(found)


def irregular(numbers: Sequence[str]) -> bool:
    """Whether printed numbers repeat or jump: 1, 1, 2, 4 does; 1, 2, 3 and 2, 3 do not."""
    values = [int(n) for n in numbers if n.isdigit()]
    return len(values) > 1 and values != list(range(values[0], values[0] + len(values)))


def _question_numbers(settings: Settings) -> Iterable[Finding]:
    printed = [q.printed.rstrip(". ") for q in settings.questions]
    if len(set(printed)) == len(printed) and not irregular(printed):
        return  # the questions are numbered through, and no number is used twice
    blocks: dict[str, str] = {}
    for question in settings.questions:
        if question.block and question.printed:
            blocks.setdefault(question.block, question.printed)
    numbers = [n.rstrip(". ") for n in blocks.values()]
    if irregular(numbers):
        yield Finding(kind="block_numbering",
                      message=f"Spørsmålsblokkene i skjemaet er nummerert {', '.join(numbers)}. Numrene gjentas eller hopper, så et "
                              "svar som bare viser til et nummer, kan gjelde flere blokker. Rett numrene før neste runde.")


def _duplicate_goals(document: Document, blocks: Sequence[Block]) -> Iterable[Finding]:
    area, goals = "", None
    for block in blocks:
        if m := _FOCUS.search(block.text) if len(block.text) < 60 else None:
            area, goals = m[1], None
        if _GOALS.match(block.text.strip()):
            goals = {}
        elif goals is not None and block.marker and block.kind != "heading":
            key = plain(block.text)
            if key in goals:
                where = f" under fokusområde {area}" if area else ""
                numbers = join_names([goals[key].rstrip("."), block.marker.rstrip(".")])
                yield Finding(
                    kind="duplicate_goal", source=document.source, locator=block.locator,
                    message=f"«{document.source}»: hovedmål {numbers}{where} har samme tekst. Det ser ut som en "
                            "innlimingsfeil; begge er beholdt som de står. Sjekk originalen.")
            goals.setdefault(key, block.marker)
        elif goals and block.kind != "item":
            goals = None


def _block_numbers(document: Document, blocks: Sequence[Block], settings: Settings) -> Iterable[Finding]:
    """The questionnaire as printed in a document: headings whose list items are all questions."""
    numbers: list[str] = []
    where = ""
    for i, block in enumerate(blocks):
        m = _MAIN_NUMBER.match(block.marker)
        following = blocks[i + 1:i + 2]
        if m and block.kind != "item" and following and following[0].kind == "item" and _asks(following[0].text):
            numbers.append(m[1])
            where = where or block.locator
    if irregular(numbers):
        yield Finding(
            kind="block_numbering", source=document.source, locator=where,
            message=f"«{document.source}»: spørsmålsblokkene er nummerert {', '.join(numbers)}. Numrene gjentas eller hopper; "
                    "de er gjengitt som de står. Sjekk hvilken blokk et nummer i svarene gjelder.")


def _asks(text: str) -> bool:
    return text.rstrip().endswith("?") or bool(_ASKING.match(text))


def _goals_without_area(document: Document, blocks: Sequence[Block]) -> Iterable[Finding]:
    """ "hovedmål 3" where no focus area is in force: the same number exists under each of them."""
    areas_with_goals = len({m[1] for b in blocks for m in _FOCUS.finditer(b.text)})
    in_force = False
    hits: list[tuple[str, Block]] = []
    for block in blocks:
        heading = block.kind == "heading"
        if _FOCUS.search(block.text):
            in_force = in_force or (heading or len(block.text) < 160)
            if heading:
                in_force = True
            continue
        if heading and block.level <= 1:
            in_force = False
        if not in_force and (m := _GOAL_NUMBER.search(block.text)):
            hits.append((m[1], block))
    if hits and (document.kind == "answer" or areas_with_goals > 1):
        numbers = join_names([f"«hovedmål {n}»" for n in dict.fromkeys(n for n, _ in hits)])
        yield Finding(
            kind="goal_without_area", source=document.source, locator=hits[0][1].locator,
            message=f"«{document.source}» omtaler {numbers} uten å si hvilket fokusområde det gjelder. Nummeret kan finnes under "
                    "flere fokusområder, så det er ikke koblet til planen. Avklar med avsenderen.")


def _lost_bullets(document: Document, blocks: Sequence[Block]) -> Iterable[Finding]:
    for before, block, after in zip(blocks, blocks[1:], blocks[2:], strict=False):
        if (block.kind == "paragraph" and not block.marker and before.kind == after.kind == "item"
                and before.marker == after.marker == "•" and before.level == after.level
                and len(block.text) < 160 and not block.text.rstrip().endswith(":")):
            yield Finding(
                kind="lost_bullet", source=document.source, locator=block.locator,
                message=f"«{document.source}» ({place_text(block.locator)}): en linje midt i en punktliste mangler punkttegn. "
                        "Den er lest som et eget punkt. Sjekk originalen.")


def _placeholders(document: Document, blocks: Sequence[Block]) -> Iterable[Finding]:
    for block in blocks:
        if m := _PLACEHOLDER.search(block.text):
            # Findings go to the log, which holds no words of respondents.
            what = "et navn" if document.kind == "answer" else f"«{m.group()[:30]}»"
            yield Finding(
                kind="placeholder", source=document.source, locator=block.locator,
                message=f"«{document.source}» ({place_text(block.locator)}): {what} kan være en plassholder som ikke er fylt ut, "
                        "eller et virkelig navn. Teksten er gjengitt som den står. Avklar med avsenderen.")
