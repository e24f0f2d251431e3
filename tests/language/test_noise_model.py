"""The learned gate between noise and substance."""

import json
from dataclasses import replace

from pipeline.language import noise_model

LABELS = {"noise", "substance", "no_remarks", "endorsement"}


def test_the_training_lines_are_well_formed():
    """Every line has text, a known label, a voice and a language; noise says why."""
    for row in noise_model.rows():
        assert row["text"].strip() and row["label"] in LABELS and row["voice"] and row["lang"] in ("nb", "nn")
        assert bool(row["noise"]) == (row["label"] == "noise")


def test_there_are_many_voices():
    """Diversity of voices is what makes the gate hold on unseen text."""
    own = [r for r in noise_model.rows() if r["noise"] or r["label"] == "no_remarks"]
    assert len({r["voice"] for r in own}) >= 20 and len(own) >= 400


def test_stored_weights_judge_as_training_does():
    """The shipped weights belong to the shipped lines (renew: python -m pipeline.language.noise_model)."""
    data = noise_model.rows()
    trained, stored = noise_model.train(data), noise_model.gate()
    differing = sum((trained.logit(r["text"]) > 0) != (stored.logit(r["text"]) > 0) for r in data)
    assert differing <= 0.03 * len(data)
    assert json.loads(noise_model.WEIGHTS.read_text(encoding="utf-8"))["weights"]


def test_the_gate_holds_on_voices_it_never_saw():
    """Trained without six voices it still ranks their noise over their substance, nine times in ten."""
    data = noise_model.rows()
    unseen = {"nynorsk_west", "gp_doctor", "climate_hearing", "letter_county", "union", "small_municipality"}
    gate = noise_model.train([r for r in data if r["voice"] not in unseen])
    noisy = [gate.logit(r["text"]) for r in data if r["voice"] in unseen and r["label"] in ("noise", "no_remarks")]
    clean = [gate.logit(r["text"]) for r in data if r["voice"] in unseen and r["label"] == "substance"]
    ordered = sum(n > c for n in noisy for c in clean) / (len(noisy) * len(clean))
    assert ordered >= 0.85


def test_numbers_and_names_are_not_learned_by_heart():
    """Two texts that differ in a date and a name have the same features."""
    assert noise_model.features("Møtet ble holdt 12.10.2025 i Fjellvik") == noise_model.features("Møtet ble holdt 03.04.2024 i Strandby")


def test_an_empty_text_is_no_error():
    """Nothing in, something finite out."""
    assert 0 <= noise_model.gate().probability("") <= 1


def test_the_encoders_weights_belong_to_the_shipped_encoder():
    """Vectors of one model say nothing under another's weights."""
    from pipeline.language import encoder

    meaning = noise_model.gate().meaning
    assert meaning.encoder == encoder.fingerprint() and len(meaning.slope) == encoder.SIZE and all(m > 0 for m in meaning.mix[:2])


def test_meaning_tells_what_words_do_not():
    """With the encoder, talk about the letter ranks above a view in words that the gate never met."""
    gate = noise_model.gate()
    about, view = gate.logits(["Brevet er ført i pennen av nestlederen i idrettslaget.", "Isbanen smelter før ungene rekker å bruke den."])
    assert about > view + 1


def test_another_encoder_leaves_the_words_alone():
    """Weights made with another encoder are not used: the words decide."""
    gate = noise_model.gate()
    other = noise_model.Gate(gate.weights, gate.bias, replace(gate.meaning, encoder="0" * 16))
    assert other.logits(["Saken ble behandlet i mars."]) == [other.logit("Saken ble behandlet i mars.")]
    assert gate.logits([]) == []


def test_folds_never_split_a_voice():
    """Each line is left out once, together with all lines of its voice."""
    data = noise_model.rows()
    left_out = []
    for known, left in noise_model.folds(data):
        assert not {data[i]["voice"] for i in known} & {data[i]["voice"] for i in left}
        left_out += left
    assert sorted(left_out) == list(range(len(data)))
