"""What slow functions gave for a text, remembered by whoever runs the case: see ``cache.understanding``.

Only for functions of the text alone; whoever remembers also knows the version of this code, its data and libraries.
Without anybody who remembers, in a worker process for one, everything is computed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from functools import wraps
from typing import Protocol, TypeVar

A = TypeVar("A")
B = TypeVar("B")


def of_the_last(fn: Callable[[A], B]) -> Callable[[A], B]:
    """``fn``, with what it gave for the last argument kept as long as it is asked for the very same object.

    For the bodies of a national hearing: to tell by their content that they are the same takes as long as the work.
    """
    kept: tuple[A | None, B | None] = (None, None)

    @wraps(fn)
    def remembered(asked: A) -> B:
        nonlocal kept
        now = kept
        if now[0] is not asked:
            now = kept = asked, fn(asked)
        return now[1]

    return remembered


class Memory(Protocol):
    """Keeps bytes under the name of a function and a text."""

    def get(self, kind: str, text: str) -> bytes | None: ...

    def put(self, kind: str, text: str, value: bytes) -> None: ...


_NOW: ContextVar[Memory | None] = ContextVar("memory", default=None)


@contextlib.contextmanager
def using(memory: Memory) -> Iterator[None]:
    """Remember with ``memory`` meanwhile."""
    before = _NOW.set(memory)
    try:
        yield
    finally:
        _NOW.reset(before)


def recall(kind: str, text: str) -> bytes | None:
    """What ``kind`` gave for ``text``, or None."""
    memory = _NOW.get()
    return memory.get(kind, text) if memory is not None else None


def note(kind: str, text: str, value: bytes) -> None:
    """``kind`` gave ``value`` for ``text``."""
    memory = _NOW.get()
    if memory is not None:
        memory.put(kind, text, value)
