"""Python's collector of cycles, paused while very many small things are made that hold none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["paused"]


@contextmanager
def paused() -> Iterator[None]:
    """Nothing; inside, the collector rests, and afterwards it is as it was.

    Reading and weaving a state makes millions of rows and facts. The collector would walk them again and again,
    which takes half of the time, and would find nothing to free.

    >>> with paused():
    ...     gc.isenabled()
    False
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
