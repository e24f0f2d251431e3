"""The learned gate between noise and substance."""

import json

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
