"""One way to apply a function to many items: one after another, or in processes. Results keep the items' order.

A further kind (a cluster) is one more class with ``map`` and a line in ``_KINDS``.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Protocol, TypeVar

from pipeline.errors import ConfigError

A = TypeVar("A")
B = TypeVar("B")


class Executor(Protocol):
    """``fn`` and the items must be picklable; ``fn`` must not depend on the order of calls."""

    def map(self, fn: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        """``fn`` of every item, in the items' order; the first exception ends the iteration and is raised."""
        ...


class Serial:
    """In this process, one at a time, as results are asked for."""

    def __init__(self, workers: int = 1) -> None:
        self.workers = 1

    def map(self, fn: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        return map(fn, items)


class Processes:
    """In ``workers`` processes (0: as many as there are cores), never far ahead of what has been asked for."""

    def __init__(self, workers: int = 0) -> None:
        self.workers = workers or os.cpu_count() or 1

    def map(self, fn: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        waiting = iter(items)
        with ProcessPoolExecutor(self.workers, mp_context=multiprocessing.get_context("spawn")) as pool:
            # a window, so that memory does not grow with the number of items
            running = deque(pool.submit(fn, item) for item in islice(waiting, 4 * self.workers))
            try:
                while running:
                    result = running.popleft().result()
                    running.extend(pool.submit(fn, item) for item in islice(waiting, 1))
                    yield result
            finally:
                pool.shutdown(wait=False, cancel_futures=True)


_KINDS: dict[str, type[Serial] | type[Processes]] = {"serial": Serial, "processes": Processes}


def make(kind: str = "serial", workers: int = 0) -> Executor:
    """The executor of this kind. Raises ConfigError for an unknown one."""
    if kind not in _KINDS:
        raise ConfigError(f"Kjøremåten «{kind}» er ukjent. Velg en av disse: {', '.join(_KINDS)}.")
    return _KINDS[kind](workers)
