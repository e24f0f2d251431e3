"""The scorer of ``benchmarks.quality`` on a tiny made-up case, and the soundness of the committed cases."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks import quality
from benchmarks.cases import build, teach
from benchmarks.quality import Gold
from pipeline.language import theme_model, train_accord

ROOT = Path(__file__).resolve().parents[1]
CASES = sorted(p.parent for p in quality.CASES.glob("*/source.txt"))


@dataclass
class Said:
    """As much of a statement as the scorer reads."""

    id: str
    source: str
    start: int
    end: int
    text: str
    bodies: tuple[str, ...] = ("Nord",)
    type: str = "substance"
    theme: str = "takst"
    confidence: float = 0.9
    needs_review: bool = False
    question: str | None = None
    noise: str = ""
    unused: str | None = None


@dataclass
class Dot:
    id: str
    statement_ids: tuple[str, ...]
    similar_to: tuple[str, ...] = ()


A = "Hei alle sammen.\nKortet bør bli\nbilligere. Bussen går for sjelden."
B = "Kortet er for dyrt.\nKortet bør bli dyrere."
TEXTS = {"a": A, "b": B}
GOLD = (
    Gold(source="a", text="Hei alle sammen.", body=("Nord",), type="noise"),
    Gold(source="a", text="Kortet bør bli billigere.", body=("Nord",), type="substance", theme="takst", themes=("takst",),
         question="1", group="billig", opposes="dyr"),
    Gold(source="a", text="Bussen går for sjelden.", body=("Nord",), type="substance", theme="rute", themes=("rute", "tid")),
    Gold(source="b", text="Kortet er for dyrt.", body=("Sør",), type="substance", theme="takst", themes=("takst",),
         group="billig", opposes="dyr"),
    Gold(source="b", text="Kortet bør bli dyrere.", body=("Sør",), type="substance", theme="takst", themes=("takst",),
         group="dyr"),
)


def said(id: str, source: str, text: str, **more) -> Said:
    start = TEXTS[source].index(text)
    return Said(id=id, source=source, start=start, end=start + len(text), text=text, **more)


def perfect() -> list[Said]:
    return [
        said("1", "a", "Hei alle sammen.", type="noise", theme="none"),
        said("2", "a", "Kortet bør bli\nbilligere.", question="1"),
        said("3", "a", "Bussen går for sjelden.", theme="tid"),
        said("4", "b", "Kortet er for dyrt.", bodies=("Sør",)),
        said("5", "b", "Kortet bør bli dyrere.", bodies=("Sør",)),
    ]


POINTS = [Dot("p", ("2", "4")), Dot("q", ("3",)), Dot("r", ("5",))]


def test_a_perfect_prediction_scores_in_full_and_has_no_errors():
    """Line breaks in the text and an acceptable second theme cost nothing."""
    result = quality.score(GOLD, TEXTS, perfect(), POINTS)
    for name in ("text found", "segmentation", "body", "question", "theme accuracy", "coverage"):
        assert result.shares[name].value == 1, name
    assert result.shares["noise shown as point"].value == 0
    assert result.shares["substance lost as noise"].value == 0
    assert result.figures["theme macro-F1"] == result.figures["grouping F1"] == 1
    assert result.counts["opposite pairs merged"] == 0
    assert result.errors == []


def test_two_sentences_in_one_statement_fail_segmentation():
    """A statement that holds two gold sentences is the same segment as neither."""
    merged = [s for s in perfect() if s.id not in "23"] + [said("2", "a", "Kortet bør bli\nbilligere. Bussen går for sjelden.")]
    result = quality.score(GOLD, TEXTS, merged, POINTS)
    assert result.shares["segmentation"].hits == 2 and result.shares["segmentation"].total == 4


def test_a_cut_sentence_fails_segmentation_once():
    """A gold sentence cut in two statements is one wrong segment."""
    cut = [s for s in perfect() if s.id != "3"] + [said("3", "a", "Bussen går"), said("6", "a", "for sjelden.")]
    result = quality.score(GOLD, TEXTS, cut, POINTS)
    assert result.shares["segmentation"].hits == 3


def test_an_endorsement_counts_by_the_half_that_endorses():
    """An exception, however long, is a statement of its own; the endorsement before it is found all the same."""
    text = "Vi støtter Sør, men ikke at kortet skal bli dyrere for de reisende."
    gold = [Gold(source="c", text=text, body=("Nord",), type="endorsement")]
    halves = [Said("1", "c", 0, 15, text[:15], type="endorsement"), Said("2", "c", 16, len(text), text[16:])]
    (one,) = quality.align(gold, {"c": text}, halves)
    assert one.statement.id == "1"


def test_noise_in_a_point_and_substance_as_noise_are_counted():
    """A greeting in a point is shown noise; a demand sifted out is lost and a miss for its theme."""
    statements = perfect()
    statements[0] = said("1", "a", "Hei alle sammen.", theme="takst")
    statements[3] = said("4", "b", "Kortet er for dyrt.", bodies=("Sør",), type="noise", theme="none")
    result = quality.score(GOLD, TEXTS, statements, [Dot("p", ("1",))])
    assert result.shares["noise shown as point"].value == 1
    assert result.shares["substance lost as noise"].hits == 1
    assert result.shares["theme accuracy"].hits == 3
    assert result.figures["F1 with noise"] < result.figures["theme macro-F1"]


def test_opposite_and_foreign_pairs_in_one_point_cost_precision():
    """Three statements of two bodies in one point: two pairs, one right, one of opposite stances."""
    result = quality.score(GOLD, TEXTS, perfect(), [Dot("p", ("2", "4", "5"))])
    assert result.figures["grouping precision"] == 0.5
    assert result.figures["grouping recall"] == 1
    assert result.counts["opposite pairs merged"] == 1


def test_suggestions_are_right_when_they_hold_one_group():
    """Of two pairs of points that a person is asked about, one holds statements of one group."""
    apart = [Dot("p", ("2",), ("q", "r")), Dot("q", ("4",), ("p",)), Dot("r", ("5",), ("p",))]
    result = quality.score(GOLD, TEXTS, perfect(), apart)
    assert result.shares["suggestions right"].value == 0.5
    assert result.shares["suggestions right or opposed"].value == 1  # the other is its opposite
    assert result.figures["joined or suggested"] == 1
    assert result.figures["grouping recall"] == 0


def test_points_listed_by_body_are_not_expected_to_be_joined():
    """A gold pair left apart under a ``list_by_body`` theme is no miss."""
    apart = [Dot("p", ("2",)), Dot("q", ("4",))]
    assert quality.score(GOLD, TEXTS, perfect(), apart).figures["grouping recall"] == 0
    assert quality.score(GOLD, TEXTS, perfect(), apart, by_body={"takst"}).figures["grouping recall"] is None


def test_lost_text_and_wrong_bodies_are_named():
    """A segment that is not in the extracted text, and one given to another body, are both errors."""
    statements = perfect()
    statements[1].bodies = ("Sør",)
    result = quality.score(GOLD, {**TEXTS, "a": A.replace("sjelden", "ofte")}, statements, POINTS)
    assert result.shares["text found"].hits == 4
    assert {kind for kind, _ in result.errors} >= {"text", "body"}


def test_doubtful_statements_leave_the_accuracy_outside_review():
    """A wrong theme that the tool asked to be reviewed does not count outside review, nor among the surest 80 %."""
    statements = perfect()
    statements[4].theme, statements[4].needs_review, statements[4].confidence = "rute", True, 0.1
    result = quality.score(GOLD, TEXTS, statements, POINTS)
    assert result.shares["theme accuracy"].value == 0.75
    assert result.shares["accuracy outside review"].value == 1
    assert result.shares["accuracy at 80 % coverage"].value == 1
    assert result.shares["needs review"].value == 0.25


def test_macro_f1_counts_missed_and_false_alike():
    """By hand: class a 2·1/(2+1), class b 2·1/(1+2), none left out."""
    pairs = [("a", "a"), ("a", "b"), ("b", "b"), ("none", "none")]
    assert quality.macro_f1(pairs) == pytest.approx(2 / 3)
    assert quality.macro_f1([("none", "a")]) is None


def test_a_page_head_inside_a_sentence_does_not_hide_it():
    """A long sentence is found although a running head stands in the middle of it."""
    text = quality.Squeezed("Vi ber om at fristen blir forlenget Side 2 av 3 slik at styret rekker å møtes.")
    start, end = text.find("Vi ber om at fristen blir forlenget slik at styret rekker å møtes.", 0)
    assert (start, end) == (0, len(text.text))


def test_the_table_shows_every_case_and_all_of_them():
    """A column a case and one for all, where shares add up over cases."""
    result = quality.score(GOLD, TEXTS, perfect(), POINTS)
    lines = quality.table({"en": result, "all": quality.overall([result, result])}).splitlines()
    assert lines[0].split() == ["en", "all"]
    assert next(line for line in lines if line.startswith("points")).split() == ["points", "3", "6"]


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.name)
def test_the_gold_is_the_one_of_the_text(case):
    """``gold.jsonl`` and the files are those of ``source.txt``, and every label is one of the case's settings."""
    from pipeline import config

    settings = config.load(ROOT / "config.toml", case / "case.toml")
    files = build.parse((case / "source.txt").read_text(encoding="utf-8"))
    parents = {name: f.name for f in files for name in f.values("attach")}
    for f in files:
        f.source = f"answers/{parents[f.name]}/{f.name}" if f.name in parents else f"answers/{f.name}"
        assert f.name in parents or (case / f.source).stat().st_size < 80_000
    lines = [json.loads(line) for line in (case / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    assert lines == [line for f in files if not {"replaced", "paper"} & set(f.options) for line in build.gold(f)]
    themes, questions = {t.key for t in settings.themes} | {"none"}, {q.number for q in settings.questions} | {None}
    for line in lines:
        assert set(line["themes"]) <= themes and line["theme"] == line["themes"][0], line["text"]
        assert line["question"] in questions and set(line["body"]) <= set(settings.body_names())


def test_no_gold_sentence_is_in_the_training_data():
    """Sentences of the evaluation cases stay out of what the models learn from, but for those of the taught ones."""
    seen = set()
    for file in sorted((ROOT / "pipeline" / "data").rglob("*.json*")):
        if file.name == "tokenizer.json" or file.suffix == ".z":
            continue
        seen |= {"".join(v.split()).casefold() for v in _strings(_load(file))}
    gold = {case.name: [json.loads(line) for line in (case / "gold.jsonl").read_text(encoding="utf-8").splitlines()] for case in CASES}
    taught = {g["text"] for name in train_accord.taught_cases() for g in gold.pop(name)}  # "Det er for lite." may stand in others as well
    own = [g["text"] for said in gold.values() for g in said if g["type"] == "substance" and len(g["text"].split()) > 4 and g["text"] not in taught]
    assert [text for text in own if "".join(text.split()).casefold() in seen] == []


def test_the_taught_cases_are_in_the_training_data_as_they_stand():
    """Whoever changes a taught case teaches anew; a case whose themes are its own teaches nothing of the standard ones."""
    rows = list(teach.theme_rows())
    for path, taught in ((teach.THEMES, rows), (teach.NOISE, list(teach.noise_rows()))):
        assert [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] == taught
    assert {row["voice"] for row in rows} < set(train_accord.taught_cases())
    assert {label for row in rows for label in row["labels"]} == set(theme_model.load().keys)
    assert "kollektivplan" not in {row["voice"] for row in rows}  # fares and stops


def _load(file: Path) -> object:
    text = file.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()] if file.suffix == ".jsonl" else json.loads(text)


def _strings(value: object):
    if isinstance(value, str):
        yield value
        yield value.partition("|")[2]  # "voice|text" in the cases that the encoder is taught with
    elif isinstance(value, dict):
        for v in value.values():
            yield from _strings(v)
    elif isinstance(value, list):
        for v in value:
            yield from _strings(v)
