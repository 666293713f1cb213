"""Rows of a query of your own: a list that notebooks show as a table and that becomes a frame."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from assetgraph.model.names import clean_text
from assetgraph.queries.tables import as_frame, as_html

if TYPE_CHECKING:
    import pandas

__all__ = ["Rows"]


class Rows(list[dict[str, Any]]):
    """A list of rows, each from column name to value, in the order of the query; null is None.

    >>> Rows([{"name": "Lake"}]) == [{"name": "Lake"}], Rows([{"a": 1}, {"b": None}]).columns
    (True, ['a', 'b'])
    """

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in the order in which they first come; empty without rows."""
        return list(dict.fromkeys(name for row in self for name in row))

    def to_frame(self) -> pandas.DataFrame:
        """The rows as a pandas frame; lists stay lists. Raises ImportError when pandas is not installed."""
        return as_frame(self, self.columns)

    def _repr_html_(self) -> str:
        names = self.columns
        cells = ([_shown(row.get(name)) for name in names] for row in self)
        return as_html(f"{len(self)} row{'s' * (len(self) != 1)}.", map(clean_text, names), cells)


def _shown(value: Any) -> str:
    """A value unchanged: text as it is, all else as JSON; empty for null."""
    if value is None:
        return ""
    return clean_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str))
