"""What takes longer than two seconds says so on standard error, and how long it may still take."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.status import Status
from rich.text import Text

from assetgraph.model.names import clean_text

__all__ = ["Waiting", "time_left"]

PATIENCE = 2.0
"""Seconds before anything is said."""

AGAIN = 30.0
"""Seconds before it is said again where lines stay, as in a file or a log."""

SURE = 3.0
"""Seconds of writing before it is said how long it may still take."""


class Waiting:
    """Says what is going on, from two seconds on: a moving line on a terminal, a plain line now and then elsewhere."""

    def __init__(self, doing: str) -> None:
        self._doing = clean_text(doing)
        self._console = Console(stderr=True)
        self._status: Status | None = None
        self._lock = threading.Lock()
        self._timer = self._after(PATIENCE)
        self._begun: float | None = None
        self._is_over = False

    def say(self, doing: str) -> None:
        """What is done now."""
        with self._lock:
            self._doing = clean_text(doing)
            if self._status is not None:
                self._status.update(self._text())

    def written(self, what: str, done: int, total: int) -> None:
        """How far writing is; a store's progress. From the pace so far follows how long it may still take."""
        if self._begun is None:
            self._begun = time.monotonic()
        gone = time.monotonic() - self._begun
        left = f", {time_left(gone, done, total)}" if gone >= SURE and done else ""
        self.say(f"writing {what}: {done:,} of {total:,}{left}")

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._lock:
            self._is_over = True
            self._timer.cancel()
            if self._status is not None:
                self._status.stop()

    def _show(self) -> None:
        with self._lock:
            if self._is_over:
                return
            if self._console.is_terminal:
                self._status = self._console.status(self._text())
                self._status.start()
            else:
                self._console.print(self._text())
                self._timer = self._after(AGAIN)
                self._timer.start()

    def _after(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(seconds, self._show)
        timer.daemon = True
        return timer

    def _text(self) -> Text:
        return Text(f"{self._doing} …")


def time_left(gone: float, done: int, total: int) -> str:
    """How long it may still take when so much was done in so many seconds, in round words.

    >>> time_left(10, 20, 22), time_left(10, 1, 11), time_left(60, 1, 91)
    ('about 1 s left', 'about 2 min left', 'about 90 min left')
    """
    seconds = gone / done * (total - done)
    return f"about {max(1, round(seconds))} s left" if seconds < 90 else f"about {round(seconds / 60)} min left"
