"""How long it takes to sort and group statements, and what it costs to ask the language model of the unsure ones only.

    python -m benchmarks.understanding [--sizes 1000,10000]

The statements are those of the evaluation cases with the standard themes that no model has learnt from; for more of them each is said
of further places. Seconds of one process with what it starts; macro-F1 by the cases' labels, without their questions.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count, islice

from benchmarks import generate, quality
from benchmarks.cases import teach
from pipeline import config, run
from pipeline.language import accord, encoder, themes, train_accord
from pipeline.model import Statement
from pipeline.review.corrections import Decisions

_THEMES = tuple(config.Theme(key=s.key, title=s.title, description=s.description) for s in themes.STANDARD)
_PLACES = 200  # that a statement may be said of


def said() -> Iterator[tuple[Statement, str]]:
    """Statements of one theme, each with its theme, of the cases that are for measuring only; then the same of further places."""
    found = []
    for folder in sorted(p.parent for p in quality.CASES.glob("*/gold.jsonl")):
        known = themes.standard_keys(config.load(quality.ROOT / "config.toml", folder / "case.toml").themes)
        if folder.name not in train_accord.taught_cases() and len(known) >= teach.LEAST:
            found += [(g.text, f"{g.body[0]} ({folder.name})", known[g.theme]) for g in quality.gold_of(folder.name)
                      if g.type == "substance" and g.theme in known and len(g.themes) == 1]
    places = ["", *generate.body_names(_PLACES)]
    for turn in count():
        for n, (text, body, theme) in enumerate(found):
            whole = f"{text.rstrip('.')} i {places[turn % len(places)]}." if turn else text
            yield Statement(id=f"s{turn}.{n}", source=body, start=0, end=len(whole), text=whole, locator="", bodies=(body,)), theme


def measured(statements: Sequence[Statement], *, model: bool) -> tuple[float, float, float]:
    """Seconds to load, to sort and to gather; ``model``: with the language model."""
    names = dict.fromkeys(b for s in statements for b in s.bodies)
    settings = config.Settings(themes=_THEMES, bodies=tuple(config.Body(name=n) for n in names), language=config.Language(encoder=model))
    encoder.forget()
    accord.find.cache_clear()
    started = time.perf_counter()
    sorter = themes.Sorter.for_case(_THEMES, (), encoder=model)
    if model:
        accord.find()
    loaded = time.perf_counter()
    found = sorter.sort(statements, review_below=settings.language.review_below)
    after = time.perf_counter()
    with run._crew(settings) as crew:
        run.gather(found, settings, tuple(names), Decisions(), crew)
    return loaded - started, after - loaded, time.perf_counter() - after


def macro_f1(some: Sequence[tuple[Statement, str]], *, asked_of: int | None) -> float:
    """Macro-F1 where up to ``asked_of`` statements are all encoded; 0: the unsure ones, None: none."""
    usual, themes.ENCODE_ALL = themes.ENCODE_ALL, asked_of or 0
    try:
        sorter = themes.Sorter.for_case(_THEMES, (), encoder=asked_of is not None)
        found = sorter.sort([s for s, _ in some], review_below=0.0)
    finally:
        themes.ENCODE_ALL = usual
    return quality.macro_f1((theme, s.theme) for (_, theme), s in zip(some, found, strict=True))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding", description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="1000,10000", help="numbers of statements, separated by commas")
    given = parser.parse_args(arguments)
    before: dict[bool, tuple[int, float]] = {}
    for size in map(int, given.sizes.split(",")):
        some = [replace(s) for s, _ in islice(said(), size)]
        for model in (True, False):
            load, sort, gather = measured(some, model=model)
            growth = "" if model not in before else (
                f", n^{math.log((sort + gather) / before[model][1]) / math.log(size / before[model][0]):.2f}")
            before[model] = size, sort + gather
            print(f"{size} statements, {'with' if model else 'without'} the language model: load {load:.1f} s, sort {sort:.1f} s, "
                  f"group {gather:.1f} s{growth}", flush=True)
    some = [pair for pair in islice(said(), 5000) if pair[0].id.startswith("s0.")]
    for name, asked_of in (("all", len(some)), ("the unsure", 0), ("none", None)):
        print(f"macro-F1 of {len(some)} statements, the language model asked of {name}: {macro_f1(some, asked_of=asked_of):.3f}")


if __name__ == "__main__":
    main()
