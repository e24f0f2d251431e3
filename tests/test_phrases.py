"""What the program itself says, in bokmål and nynorsk: ``pipeline.phrases``."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from pipeline import norsk
from pipeline.phrases import NYNORSK, Phrases
from pipeline.plan import tally
from pipeline.writers import _vedlegg2_answers, vedlegg1_excel

ROOT = Path(__file__).parent.parent / "pipeline"
# Common words of bokmål that nynorsk has not.
_BOKMAL_ONLY = re.compile(r"\b(?:ikke|fra|innspill|hvert?|hva|sier|noe|tiltakene|punktene|svarene|mangler|gjelder|rødt?|et|en|de|"
                          r"skriver|slutter|flertall|hovedmål|påbegynt|pågår|saken|kilden|sikkerhet)\b", re.IGNORECASE)


def phrases_used() -> set[str]:
    """Every phrase that the code gives to ``say(…)``, ``say.pick(…)`` and ``say.counted(…)``."""
    found: set[str] = set()
    for file in ROOT.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if "phrases import" not in text and "say" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and re.search(r"(?:^|\.)say(?:\.\w+)?$", ast.unparse(node.func)):
                keys = {id(n) for a in node.args for s in ast.walk(a) if isinstance(s, ast.Subscript) for n in ast.walk(s.slice)}
                found |= {n.value for a in node.args for n in ast.walk(a)
                          if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in keys}
    return found - {"der ", " fra {names} kom etter fristen", "."}  # parts of phrases put together


def test_every_phrase_has_its_nynorsk():
    """A sentence added in bokmål alone would stop a nynorsk case."""
    used = phrases_used()
    assert len(used) > 80
    assert not used - NYNORSK.keys()
    looked_up = (tally.STATUS_WORDS, tally.COLOUR_NAMES, norsk.PLACE_WORDS, _vedlegg2_answers._PLACES)
    shown = {word for words in looked_up for word in words.values()} | vedlegg1_excel._WIDTHS.keys()
    assert not shown - NYNORSK.keys()


@pytest.mark.parametrize("bokmal", NYNORSK)
def test_the_two_languages_say_the_same_of_the_same(bokmal):
    """Both have the same values to fill in, and the nynorsk is nynorsk."""
    assert sorted(re.findall(r"\{\w+\}", bokmal)) == sorted(re.findall(r"\{\w+\}", NYNORSK[bokmal]))
    assert not _BOKMAL_ONLY.search(NYNORSK[bokmal])


def test_names_and_quotes_are_never_touched():
    """What is filled in stands as it was written, braces and all."""
    for say in (Phrases(), Phrases(nynorsk=True)):
        assert "RS {x} fra ikke" in say("{names} har svart.", names="RS {x} fra ikke")


def test_numbers_are_in_the_documents_language():
    """One is "ett" and "én" in bokmål, "eitt" and "éin" in nynorsk; from thirteen on figures."""
    bokmal, nynorsk = Phrases(), Phrases(nynorsk=True)
    assert [bokmal.amount(1), nynorsk.amount(1), bokmal.number(1), nynorsk.number(1)] == ["ett", "eitt", "én", "éin"]
    assert nynorsk.counted(1, "ett tiltak", "tiltak") == "eitt tiltak"
    assert nynorsk.counted(13, "ett tiltak", "tiltak") == "13 tiltak"
