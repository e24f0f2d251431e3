"""The mean of what several runs of training have learnt."""

from __future__ import annotations

import numpy as np

from pipeline.language import train_encoder


def learnt(seed: int, rank: int = 3) -> dict[str, np.ndarray]:
    chance = np.random.default_rng(seed)
    return {"l0.q.A": chance.normal(size=(rank, 12)), "l0.q.B": chance.normal(size=(9, rank))}


def product(adapters: dict[str, np.ndarray]) -> np.ndarray:
    return adapters["l0.q.B"] @ adapters["l0.q.A"]


def test_the_mean_of_runs_is_the_mean_of_their_products():
    """With room for all of it nothing is lost, whatever basis each run has come to."""
    runs = [learnt(seed) for seed in range(3)]
    mean = train_encoder.averaged(runs, rank=9)
    assert mean["l0.q.A"].shape == (9, 12) and mean["l0.q.B"].shape == (9, 9)
    assert np.allclose(product(mean), sum(map(product, runs)) / 3)


def test_a_smaller_rank_keeps_the_strongest():
    """What is left out is no more than the singular values that there was no room for."""
    runs = [learnt(seed) for seed in range(3)]
    whole = sum(map(product, runs)) / 3
    left_out = np.linalg.svd(whole, compute_uv=False)[4:]
    assert np.isclose(np.linalg.norm(product(train_encoder.averaged(runs, rank=4)) - whole), np.linalg.norm(left_out))


def test_a_run_alone_is_its_own_mean():
    """One run of a rank that is kept stays what it was."""
    run = learnt(5)
    assert np.allclose(product(train_encoder.averaged([run], rank=3)), product(run))
