"""What takes longer than two seconds says so on standard error."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.status import Status
from rich.text import Text

from assetgraph.model.names import clean_text

__all__ = ["Waiting"]

PATIENCE = 2.0
"""Seconds before anything is said."""


class Waiting:
    """Says what is going on, from two seconds on: a moving line on a terminal, one plain line elsewhere."""

    def __init__(self, doing: str) -> None:
        self._doing = clean_text(doing)
        self._console = Console(stderr=True)
        self._status: Status | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(PATIENCE, self._show)
        self._timer.daemon = True

    def say(self, doing: str) -> None:
        """What is done now."""
        with self._lock:
            self._doing = clean_text(doing)
            if self._status is not None:
                self._status.update(self._text())

    def written(self, what: str, done: int, total: int) -> None:
        """How far writing is; a store's progress."""
        self.say(f"writing {what}: {done:,} of {total:,}")

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._timer.cancel()
        with self._lock:
            if self._status is not None:
                self._status.stop()

    def _show(self) -> None:
        with self._lock:
            if self._console.is_terminal:
                self._status = self._console.status(self._text())
                self._status.start()
            else:
                self._console.print(self._text())

    def _text(self) -> Text:
        return Text(f"{self._doing} …")
