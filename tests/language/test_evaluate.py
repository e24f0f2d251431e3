"""The training data, the stored weights made of it, and the report that measures them."""

import json
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from pipeline.errors import ConfigError
from pipeline.language import build, encoder, evaluate, lexical, theme_model
from pipeline.language.theme_model import NONE

ROWS = theme_model.examples()


def test_training_data_is_whole():
    """Ids and texts are unique, labels known, languages and questions as the standard form has them."""
    known = {k for q in evaluate.QUESTIONS for k in q.themes} | {NONE}
    assert len({r.id for r in ROWS}) == len(ROWS)
    assert len({r.text for r in ROWS}) == len(ROWS)
    assert {label for r in ROWS for label in r.labels} == known
    assert {r.language for r in ROWS} == {"nb", "nn"}
    assert {r.question for r in ROWS} <= {q.number for q in evaluate.QUESTIONS} | {None}
    assert len({r.voice for r in ROWS}) >= 40


def test_weights_fit_the_data():
    """themes.npz was built from the training files and the encoder as they are now."""
    model = theme_model.load()
    assert model.data == theme_model.data_hash(), "kjør python -m pipeline.language.build"
    assert model.encoder == encoder.fingerprint()
    assert model.vectors.shape == (len(ROWS), encoder.SIZE)


def test_weights_are_what_the_data_gives():
    """The stored word sums and a sample of the stored vectors are recomputed."""
    model = theme_model.load()
    taught = [r for r in ROWS if r.label == NONE or not lexical.says_nothing(r.text)]
    found = lexical.counts([r.text for r in taught])
    rows = lexical.weighted(found, lexical.inverse_frequency(found))
    weight = np.array([r.weight for r in taught])[:, None]
    sums = lexical.class_sums(rows, weight * theme_model.shares([r.labels for r in taught], list(model.keys)))
    more = build.words_only(model.keys)
    further = lexical.weighted(lexical.counts([r.text for r in more]), lexical.inverse_frequency(found))
    sums = sums + lexical.class_sums(further, theme_model.shares([r.labels for r in more], list(model.keys)))
    assert np.allclose(sums, model.sums, atol=0.02, rtol=0.01)
    sample = list(range(0, len(ROWS), 97))
    fresh = encoder.load().encode([ROWS[i].text for i in sample])
    assert np.allclose(fresh, model.vectors[sample].astype(np.float32), atol=2e-3)


def test_saving_loses_nothing(tmp_path):
    """A model that is saved and loaded scores the same to three decimals."""
    model = theme_model.load()
    theme_model.save(model, tmp_path / "themes.npz")
    again = theme_model.load(tmp_path / "themes.npz")
    rows = lexical.weighted(lexical.counts(["Planen er for lang.", "Kven har ansvaret?"]), model.idf)
    assert np.allclose(model.text_scores(rows, None), again.text_scores(rows, None), atol=1e-3)
    assert again.keys == model.keys


def test_folds_keep_voices_together():
    """No voice is both learnt from and measured."""
    voices = [r.voice for r in ROWS]
    fold = build.folds(voices)
    assert all(len({f for f, v in zip(fold, voices, strict=True) if v == voice}) == 1 for voice in set(voices))
    assert len(set(fold)) == build.FOLDS


def test_two_theme_statements_share():
    """The first of two themes gets the larger share, "none" no part of it."""
    assert theme_model.shares([("a",), ("b", "a"), (NONE,)], ["a", "b"]).tolist() == [[1, 0], [0.35, 0.65], [0, 0]]


def test_bad_training_row_is_named(tmp_path):
    """A row whose label is not its first label is an error that names file and line."""
    row = {"id": "x", "text": "Noe.", "label": "a", "labels": ["b"], "lang": "nb", "q": None, "voice": "v"}
    (tmp_path / "themes.jsonl").write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(ValueError, match=r"themes\.jsonl:1"):
        theme_model.examples(tmp_path)


def test_coverage_accuracy():
    """Accuracy among the surest half."""
    confidence = np.array([0.9, 0.2, 0.8, 0.1])
    assert evaluate.coverage_accuracy(list("abcd"), list("axcx"), confidence, 0.5) == 1.0
    assert evaluate.coverage_accuracy(list("abcd"), list("axcx"), confidence, 1.0) == 0.5


def test_a_statement_counts_as_much_as_its_weight():
    """What one of weight 3 adds is thrice what it says itself, in both views of a text."""
    keep = [i for i, r in enumerate(ROWS) if r.label in ("format", "process")][:40]
    vectors = theme_model.load().vectors[keep].astype(np.float32)
    rows = [replace(ROWS[i], weight=1.0) for i in keep]
    plain, heavy = (build.train([replace(rows[0], weight=w), *rows[1:]], vectors, mix=False) for w in (1.0, 3.0))
    alone = lexical.class_sums(lexical.weighted(lexical.counts([rows[0].text]), plain.idf), theme_model.shares([rows[0].labels], list(plain.keys)))
    assert np.allclose(heavy.sums - plain.sums, 2 * alone, atol=1e-5)
    known = plain.keys.index(rows[0].label)
    assert heavy.encoder_scores(vectors[:1])[0, known] > plain.encoder_scores(vectors[:1])[0, known]


def test_report_on_a_part_of_the_data(tmp_path):
    """The report holds its figures, and they are above chance by far, on a tenth of the voices' statements."""
    voices = [v for v, n in Counter(r.voice for r in ROWS).items() if 30 <= n <= 60][:6]
    keep = [i for i, r in enumerate(ROWS) if r.voice in voices]
    rows = [ROWS[i] for i in keep]
    with (tmp_path / "themes.jsonl").open("w", encoding="utf-8") as file:
        for r in rows:
            file.write(json.dumps({"id": r.id, "text": r.text, "label": r.label, "labels": r.labels,
                                   "lang": r.language, "q": r.question, "voice": r.voice}) + "\n")
    vectors = theme_model.load().vectors[keep].astype(np.float32)
    theme_model.save(build.train(rows, vectors, mix=False), tmp_path / "themes.npz")
    measured = evaluate.measure(tmp_path)
    truth = [r.label for r in measured.rows]
    text, question = (evaluate.macro_f1(truth, measured.runs[n].themes, measured.keys) for n in ("begge", "begge+q"))
    assert 0.45 < text < question < 1
    printed = evaluate.render(measured, [("skole", 70, 0.6, 0.7)])
    for word in ("Makro-F1", "Forveksling", "Rettelser", "nynorsk", "Merket for gjennomgang", "skole"):
        assert word in printed


def test_own_labelled_file(tmp_path):
    """A file of one's own is measured with the shipped model; unknown themes and broken lines are named."""
    path = tmp_path / "mine.jsonl"
    path.write_text('{"text": "Planen er altfor lang.", "label": "format", "q": "1a"}\n\n'
                    '{"text": "Hvem har ansvaret?", "labels": ["responsibility", "process"]}\n', encoding="utf-8")
    printed = evaluate.report(path)
    assert "2 utsagn fra mine.jsonl" in printed
    assert "Rettelser" not in printed
    for line, said in (('{"text": "Noe.", "label": "vær"}', "vær"), ("{", "linje 1"), ('{"text": "Noe."}', "linje 1"),
                       ('{"text": "Hei.", "label": "none"}', "ingen utsagn")):
        path.write_text(line, encoding="utf-8")
        with pytest.raises(ConfigError, match=said):
            evaluate.report(path)
    with pytest.raises(ConfigError, match="kan ikke leses"):
        evaluate.report(tmp_path / "finnes ikke.jsonl")


def test_described_cases_are_well_above_chance():
    """With six described themes each, more than half of the statements under and outside questions are right."""
    for name, count, text, question in evaluate.described_cases():
        assert count >= 60, name
        assert text > 0.5
        assert question > 0.65
