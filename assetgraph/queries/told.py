"""Lists that show themselves: a table in a notebook, a frame on request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from assetgraph.queries.tables import as_frame, rows_as_html

if TYPE_CHECKING:
    import pandas

__all__ = ["Told"]


class _Shown(Protocol):
    def shown(self) -> dict[str, Any]: ...


T = TypeVar("T", bound=_Shown)


class Told(list[T]):
    """Some rows in order, with what they are about, the names of their columns, and what a reader must know; else a plain list.

    >>> "<caption>Nothing to tell: 0.</caption>" in Told([], "Nothing to tell", ["what"])._repr_html_()
    True
    """

    def __init__(self, rows: Iterable[T], about: str, columns: Sequence[str], notes: Iterable[str] = ()) -> None:
        super().__init__(rows)
        self.about, self.columns, self.notes = about, tuple(columns), tuple(notes)

    def to_frame(self) -> pandas.DataFrame:
        """The rows as a pandas frame; lists stay lists. Raises ImportError when pandas is not installed."""
        return as_frame([row.shown() for row in self], self.columns)

    def _repr_html_(self) -> str:
        caption = " ".join((f"{self.about}: {len(self)}.", *(f"{note}." for note in self.notes)))
        return rows_as_html(caption, self.columns, (one.shown() for one in self))
