"""Executors: serial and processes give the same."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest

from pipeline import executor
from pipeline.errors import ConfigError


@pytest.mark.parametrize("kind", ["serial", "processes"])
def test_results_keep_the_order_of_the_items(kind: str) -> None:
    """More items than workers, from an iterator that is read as it is needed."""
    assert list(executor.make(kind, 2).map(math.factorial, iter(range(20)))) == [math.factorial(i) for i in range(20)]


@pytest.mark.parametrize("kind", ["serial", "processes"])
def test_an_exception_reaches_the_caller(kind: str) -> None:
    """After the results before it."""
    results = executor.make(kind, 2).map(math.sqrt, [4.0, 9.0, -1.0, 16.0])
    assert [next(results), next(results)] == [2.0, 3.0]
    with pytest.raises(ValueError, match="math domain"):
        next(results)


def test_items_are_not_all_taken_at_once() -> None:
    """Memory does not grow with the number of items."""
    taken: list[int] = []

    def items() -> Iterator[int]:
        for i in range(1000):
            taken.append(i)
            yield i

    assert next(iter(executor.make("serial").map(abs, items()))) == 0
    assert len(taken) == 1


def test_an_unknown_kind_is_a_configuration_error() -> None:
    """It names the known ones."""
    with pytest.raises(ConfigError, match="serial, processes"):
        executor.make("sky")
