"""Stopping: Ctrl-C, or a request to end, stops the program once, tidily and with one line."""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
from contextlib import suppress
from typing import Any, TextIO

__all__ = ["STOPPED", "Stopped", "drop_output", "ignore", "listen"]

STOPPED = "stopped; what was not finished was not written"

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)]


class Stopped(BaseException):
    """Somebody asked the program to stop. No handler of errors or of KeyboardInterrupt on the way takes it for its own."""


def listen() -> None:
    """From now on the first signal to end raises Stopped; while that unwinds and tidies up, further ones do nothing.

    A signal that whoever started us wanted ignored stays ignored.
    """
    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)
    sys.unraisablehook = _not_lost


def ignore() -> None:
    """From now on nothing but a kill ends the program before it ends by itself, which it is about to do."""
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def drop_output(stream: TextIO | None) -> None:
    """Nothing; what still waits to be printed is let go, since it would fail once more when Python ends."""
    with suppress(OSError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # type: ignore[union-attr]


def _stop(number: int, frame: object) -> None:
    ignore()
    raise Stopped


def _not_lost(unraisable: Any) -> None:
    """A stop that came while Python ran what may not fail, such as a finalizer, comes again a moment later."""
    if unraisable.exc_type is not Stopped:
        sys.__unraisablehook__(unraisable)
        return
    for number in _SIGNALS:
        signal.signal(number, _stop)
    # At once it would come inside this very function, and be lost again.
    again = threading.Timer(0.02, _thread.interrupt_main)
    again.daemon = True
    again.start()
