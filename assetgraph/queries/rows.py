"""Rows of a query of your own: a list that notebooks show as a table and that becomes a frame."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING, Any

from assetgraph.model.names import clean_text

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
        try:
            import pandas
        except ImportError as error:
            raise ImportError('pandas is not installed: pip install "assetgraph[pandas]"') from error
        return pandas.DataFrame(list(self), columns=self.columns)

    def _repr_html_(self) -> str:
        names = self.columns
        head = "".join(f"<th scope='col'>{html.escape(clean_text(name))}</th>" for name in names)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_shown(row.get(name)))}</td>" for name in names) + "</tr>" for row in self
        )
        caption = f"{len(self)} row{'s' * (len(self) != 1)}."
        return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _shown(value: Any) -> str:
    """A value unchanged: text as it is, all else as JSON; empty for null."""
    if value is None:
        return ""
    return clean_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str))
