"""Rows as a frame and as an HTML table: what answers and rows of one's own query share."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas

__all__ = ["as_frame", "as_html"]


def as_frame(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> pandas.DataFrame:
    """The rows as a pandas frame; lists stay lists. Raises ImportError when pandas is not installed."""
    try:
        import pandas
    except ImportError as error:
        raise ImportError('pandas is not installed: pip install "assetgraph[pandas]"') from error
    return pandas.DataFrame(list(rows), columns=list(columns))


def as_html(caption: str, headers: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of text, all of it escaped.

    >>> "<td>&lt;b&gt;</td>" in as_html("1 row.", ["a"], [["<b>"]])
    True
    """
    head = "".join(f"<th scope='col'>{html.escape(header)}</th>" for header in headers)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{html.escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
