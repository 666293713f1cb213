"""Rows as a frame and as an HTML table: what answers and rows of one's own query share."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas

__all__ = ["as_frame", "as_html", "in_words", "rows_as_html"]


def as_frame(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> pandas.DataFrame:
    """The rows as a pandas frame; lists stay lists. Raises ImportError when pandas is not installed."""
    try:
        import pandas
    except ImportError as error:
        raise ImportError('pandas is not installed: pip install "assetgraph[pandas]"') from error
    return pandas.DataFrame(list(rows), columns=list(columns))


def as_html(caption: str, headers: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of text, all of it escaped, and read from the left (a notebook would push it to the right).

    >>> "'>&lt;b&gt;</td>" in as_html("1 row.", ["a"], [["<b>"]])
    True
    """
    left = "style='text-align:left'"
    head = "".join(f"<th scope='col' {left}>{html.escape(header)}</th>" for header in headers)
    body = "".join("<tr>" + "".join(f"<td {left}>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{html.escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def rows_as_html(caption: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows of plain values as a table for people; columns of ids and facts are left out."""
    names = [name for name in columns if name != "facts" and not name.endswith("_id")]
    cells = ([in_words(row[name]) for name in names] for row in rows)
    return as_html(caption, (name.replace("_", " ") for name in names), cells)


def in_words(value: Any) -> str:
    """A value as a person reads it: nothing for null, yes and no, lists joined by semicolons.

    >>> in_words(None), in_words(True), in_words(["a", "b"]), in_words(3.0)
    ('', 'yes', 'a; b', '3')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return "; ".join(in_words(one) for one in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
