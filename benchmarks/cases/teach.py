"""What the taught cases teach of the standard themes and of noise: ``python -m benchmarks.cases.teach`` after changing one of them.

``taught.txt`` names the cases that models may learn from; they measure nothing that was learnt from them. Those that sort into the
standard themes, whatever they call and describe them, become training statements (``themes-hearings.jsonl``), a voice a case, for
its bodies speak of the same plan; what stands around the answers in all of them becomes lines of noise (``noise_hearings.jsonl``).
``python -m pipeline.language.build`` and ``python -m pipeline.language.noise_model`` learn from them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from benchmarks import quality
from pipeline import config
from pipeline.language import dialect, evaluate, theme_model, themes, train_accord

THEMES, NOISE = (theme_model.FOLDER / name for name in ("themes-hearings.jsonl", "noise_hearings.jsonl"))
WEIGHT = 0.5  # of a statement, so that the voices that were written to be hard to tell keep their say: macro-F1 of theirs .855, at 1 .851
LEAST = 4  # standard themes of a case: with fewer, what is called one may be another


def theme_rows() -> Iterator[dict]:
    """The training statements, as ``theme_model.examples`` reads them, case by case."""
    asked = {q.themes: q.number for q in reversed(evaluate.QUESTIONS)}
    known_texts = {line["text"] for path in theme_model.training_files() if path != THEMES for line in quality.lines(path)}
    for name in train_accord.taught_cases():
        case = config.load(quality.ROOT / "config.toml", train_accord.CASES / name / "case.toml")
        known = themes.standard_keys(case.themes)
        if len(known) < LEAST:
            continue
        feeds = {q.number: tuple(known[t] for t in q.themes if t in known) for q in case.questions}
        substance = [line for line in _said(name) if line["type"] == "substance" and set(line["themes"]) <= known.keys()]
        for number, line in enumerate(substance):
            if line["text"] in known_texts:
                continue
            known_texts.add(line["text"])
            labels = [known[t] for t in line["themes"]]
            yield {"id": f"{name}{number:03}", "text": line["text"], "label": labels[0], "labels": labels, "lang": dialect.of(line["text"]),
                   "q": asked.get(feeds.get(line["question"], ())), "voice": name, "weight": WEIGHT}


def noise_rows() -> Iterator[dict]:
    """The lines that ``noise_model.rows`` reads: all noise, and the substance that is not among ``theme_rows``."""
    themed = {(row["voice"], row["text"]) for row in theme_rows()}
    for name in train_accord.taught_cases():
        for line in _said(name):
            if line["type"] == "noise" or (line["type"] == "substance" and (name, line["text"]) not in themed):
                yield {"text": line["text"], "label": line["type"], "noise": "hearing" if line["type"] == "noise" else "", "voice": name,
                       "lang": dialect.of(line["text"])}


def _said(name: str) -> list[dict]:
    return quality.lines(train_accord.CASES / name / "gold.jsonl")


def main() -> None:
    for path, rows in ((THEMES, theme_rows()), (NOISE, noise_rows())):
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
