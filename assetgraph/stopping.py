"""Stopping: Ctrl-C, or a request to end, stops the program once, tidily and with one line.

A signal raises ``Stopped`` wherever the program is. Libraries with a bare ``except:`` swallow it there, and go on with a
value that they take for broken; so whatever leaves the program, a file, a change to a store or a printed line, asks
``check`` first, and after a stop nothing leaves.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from types import FrameType
from typing import Any, TextIO

__all__ = ["STOPPED", "Stopped", "check", "drop_output", "end", "listen"]

STOPPED = "stopped; what was not finished was not written"

INSISTS = 1.0
"""Seconds after which another signal is somebody who insists; before that the first one is still being tidied up after."""

SOON = 0.02
"""Seconds until a stop that was lost comes again."""

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)]


class Stopped(BaseException):
    """Somebody asked the program to stop. No handler of errors or of KeyboardInterrupt on the way takes it for its own."""


class _Asked:
    """When somebody asked last; None for never, and after the end nobody is heard any more."""

    at: float | None = None
    is_over = False


def listen() -> None:
    """From now on a signal to end raises Stopped. A signal that whoever started us wanted ignored stays ignored."""
    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)
    sys.unraisablehook = _not_lost


def check() -> None:
    """None. Raises Stopped when somebody asked to stop, also if that was swallowed on its way.

    >>> check()
    """
    if _Asked.at is not None:
        raise Stopped


def end() -> None:
    """From now on nothing but a kill ends the program before it ends by itself, which it is about to do."""
    _Asked.is_over = True


def drop_output(stream: TextIO | None) -> None:
    """Nothing; what still waits to be printed is let go, since it would fail once more when Python ends."""
    with suppress(OSError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # type: ignore[union-attr]


def _stop(number: int, frame: object) -> None:
    now = time.monotonic()
    if _Asked.is_over or (_Asked.at is not None and now - _Asked.at < INSISTS):
        return
    _Asked.at = now
    raise Stopped


def _not_lost(unraisable: Any) -> None:
    """A stop that came while Python ran what may not fail, such as a finalizer, comes again a moment later."""
    if unraisable.exc_type is not Stopped:
        sys.__unraisablehook__(unraisable)
        return
    if hasattr(signal, "setitimer"):  # elsewhere ``check`` alone hears of it
        signal.signal(signal.SIGALRM, _again)
        signal.setitimer(signal.ITIMER_REAL, SOON)


def _again(number: int, frame: FrameType | None) -> None:
    while frame is not None:
        if frame.f_code is _not_lost.__code__:  # not yet: in there it would be lost for good
            signal.setitimer(signal.ITIMER_REAL, SOON)
            return
        frame = frame.f_back
    if not _Asked.is_over:
        raise Stopped
