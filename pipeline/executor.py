"""One way to apply a function to many items: one after another, in processes, or on a Dask cluster.

Results keep the items' order, so that every kind gives the same. A further kind is one more class with ``map`` and
a line in ``_KINDS``.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
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

    def rest(self) -> None:
        """Give back what is held between calls of ``map``; the next call takes it anew."""
        ...

    def __enter__(self) -> Executor: ...

    def __exit__(self, *_: object) -> None: ...


class _HoldsNothing:
    """Nothing is held between calls of ``map``."""

    def rest(self) -> None:
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_: object) -> None:
        pass


class Serial(_HoldsNothing):
    """In this process, one at a time, as results are asked for."""

    def __init__(self, workers: int = 1) -> None:
        self.workers = 1

    def map(self, fn: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        return map(fn, items)


class Processes:
    """In ``workers`` processes (0: as many as there are cores), never far ahead of what has been asked for.

    Used in a ``with`` statement the processes stay between calls; otherwise each ``map`` starts and ends its own.
    """

    def __init__(self, workers: int = 0) -> None:
        self.workers = workers or cores()
        self._pool = None
        self._held = False

    def __enter__(self) -> Processes:
        self._held = True
        return self

    def __exit__(self, *_: object) -> None:
        self._held = False
        self._end(wait=False)

    def map(self, fn: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        waiting = iter(items)
        pool = self._begin()
        # a window, so that memory does not grow with the number of items
        running = deque(pool.submit(fn, item) for item in islice(waiting, 4 * self.workers))
        try:
            while running:
                result = running.popleft().result()
                running.extend(pool.submit(fn, item) for item in islice(waiting, 1))
                yield result
        finally:
            for future in running:
                future.cancel()
            if not self._held:
                self._end(wait=False)

    def _begin(self):
        if self._pool is None:
            import multiprocessing
            from concurrent.futures import ProcessPoolExecutor

            self._pool = ProcessPoolExecutor(
                self.workers, mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_parent)
        return self._pool

    def rest(self) -> None:
        self._end(wait=True)  # what comes now may need the memory

    def _end(self, *, wait: bool) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=wait, cancel_futures=True)
            self._pool = None


def _end_with_parent() -> None:
    """A worker whose parent was killed would otherwise wait for work for ever."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def cores() -> int:
    """The processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Dask(_HoldsNothing):
    """On the workers of the Dask scheduler at ``address``; without one, in ``workers`` processes on this machine.

    An item whose worker dies is given to another one. The connection carries the respondents' texts as they are, and
    workers run what they are sent: use a ``tls://`` address, or a network that only the secretariat's machines are on.
    """

    def __init__(self, workers: int = 0, address: str = "") -> None:
        """Raises ConfigError when the package ``distributed`` is not installed."""
        import importlib.util

        if importlib.util.find_spec("distributed") is None:
            raise ConfigError("Kjøremåten «dask» trenger en tilleggspakke. Installer den med: pip install \"ssu-saksutkast[cluster]\"")
        self.workers = workers or cores()
        self.address = address

    def map(self, fn: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        """Raises ConfigError when the scheduler does not answer."""
        with ExitStack() as stack:
            client = self._connect(stack)
            ahead = 4 * max(len(client.ncores()), self.workers)
            waiting = iter(items)
            # not "pure": two equal items are two results; the window keeps memory flat
            running = deque(client.submit(fn, item, pure=False) for item in islice(waiting, ahead))
            try:
                while running:
                    result = running.popleft().result()
                    running.extend(client.submit(fn, item, pure=False) for item in islice(waiting, 1))
                    yield result
            finally:
                client.cancel(list(running))

    def _connect(self, stack: ExitStack):
        import dask
        import distributed

        # an item may be all that is said of a theme: that is no mistake of the user's to be warned of
        stack.enter_context(dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}))
        if not self.address:
            cluster = distributed.LocalCluster(
                n_workers=self.workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None)
            return stack.enter_context(distributed.Client(stack.enter_context(cluster)))
        try:
            return stack.enter_context(distributed.Client(self.address, timeout=10))
        except (OSError, ValueError, TypeError) as error:
            raise ConfigError(f"Fikk ikke kontakt med Dask på «{self.address}» ({type(error).__name__}). "
                              "Kontroller adressen, og at «dask scheduler» kjører der.") from error


_KINDS: dict[str, Callable[[int, str], Executor]] = {
    "serial": lambda workers, address: Serial(workers),
    "processes": lambda workers, address: Processes(workers),
    "dask": Dask,
}


def make(kind: str = "serial", workers: int = 0, address: str = "") -> Executor:
    """The executor of this kind. ``address``: of a Dask scheduler, used by "dask" only. Raises ConfigError."""
    if kind not in _KINDS:
        raise ConfigError(f"Kjøremåten «{kind}» er ukjent. Velg en av disse: {', '.join(_KINDS)}.")
    return _KINDS[kind](workers, address)
