"""Whose an answer without a known sender is, told by the person who sent it: "Eva Rognli" signs the letter of one body.

Names of people serve here alone; they reach no log and no data file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.model import Document
from pipeline.norsk import plain

_NAME = re.compile(r"^\W*([A-ZÆØÅ][\w.’'-]+(?:\s[A-ZÆØÅ][\w.’'-]*){1,4})\W*(?:<|\(|$|,)")
_SHORT = 110  # characters of a line that a signature or a list of who was present may have
_ONE = r"[A-ZÆØÅ][\w.’'-]+(?:\s[A-ZÆØÅ][\w.’'-]*){1,3}"
# "Kari Li og Ola Vik", "Kari Li, styreleder"
_SIGNED = re.compile(rf"{_ONE}(?:(?:\s?[,/&]\s?|\s(?:og|&)\s){_ONE})*(?:,\s[a-zæøå][\w -]+)?$")
_FOOT = 6  # lines at the end of a letter among which signatures stand


def sender(document: Document, mail: Document | None) -> str:
    """First and last name of the person in a mail's "Fra", "" where there is none."""
    m = _NAME.match((mail or document).property("sender"))
    return m[1] if m else ""


def signers(document: Document) -> list[str]:
    """The people whose names alone, or with an office, stand in a line at the foot of a letter."""
    foot = [b.text.strip() for b in document.blocks if b.text.strip() and b.place != "quoted"][-_FOOT:]
    names = [name for line in foot if len(line) <= _SHORT and _SIGNED.match(line) for name in re.findall(_ONE, line)]
    # two who sign beside each other have four names
    return [half for name in names for words in [name.split()]
            for half in ((" ".join(words[:2]), " ".join(words[2:])) if len(words) == 4 else (name,))]


def body_of(person: str, source: str, answers: Iterable[Document]) -> tuple[str, ...]:
    """The bodies of the answers that the person signs or has sent, where all of those are of the same; () otherwise.

    ``source``: the file in question; ``answers``: those whose bodies are known.
    """
    wanted = f" {plain(person)} "
    found = {d.bodies for d in answers if d.source != source and d.bodies and any(wanted in f" {plain(line)} " for line in _lines(d))}
    return found.pop() if len(found) == 1 else ()


def _lines(document: Document) -> Iterable[str]:
    yield document.property("sender")
    for block in document.blocks:
        if len(block.text) <= _SHORT and block.place != "quoted":
            yield block.text
