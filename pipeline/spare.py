"""Memory that is not used any more, given back to the system: the C library keeps what is freed for later."""

from __future__ import annotations

import contextlib
import ctypes
import gc


def give_back() -> None:
    """After a stage that used much: also what rings of references still hold, the tree of a Word document for one."""
    gc.collect()
    trim()


def trim() -> None:
    """Without looking for rings. Does nothing where the C library is another than glibc."""
    with contextlib.suppress(OSError, TypeError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
