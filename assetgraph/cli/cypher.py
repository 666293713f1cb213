"""``cypher``: a question of your own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from assetgraph.cli.given import ROWS_OF, edition_option, format_option, opened, reading_options
from assetgraph.cli.output import emit, say, write_table
from assetgraph.errors import UsageError
from assetgraph.queries import cypher
from assetgraph.store import check_readable

__all__ = ["cypher_command"]

DEEPEST = 50
"""Lists within lists that a parameter may have: fewer than any store holds."""


@click.command(name="cypher")
@click.argument("query")
@reading_options
@ROWS_OF
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE",
              help="A value for $NAME; numbers and JSON are understood.")  # fmt: skip
@format_option
@edition_option
def cypher_command(query: str, files: Sequence[Path], store: str | None, no_reference: bool, rows_of: str | None,
                   params: Sequence[str], form: str, edition: str) -> int:  # fmt: skip
    """Ask your own read-only Cypher, of your files or of either store.

    The embedded engine (kglite 0.21.2) has a fault: of a node that is found by its id it passes over <, >, <=, >= and IN
    where there is a condition of another kind, too. Write NOT n.x <= 1 for n.x > 1 there.

    \b
    Examples:
      assetgraph cypher "MATCH (p:Partner) RETURN p.name AS name ORDER BY name" lake.xlsx
      assetgraph cypher "MATCH (c:County {name: $n}) RETURN c.fips AS fips" --store assetgraph.kgl --param n=Lake
    """
    values = dict(_value(text) for text in params)
    check_readable(query, edition=edition)  # before anything is read
    with opened(files, store, no_reference=no_reference, county=rows_of) as given:
        rows = cypher(given.store, query, values, edition=edition)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    if form != "table":
        emit(rows, columns, form)
        return given.code
    write_table(rows, columns, as_is=True)
    say(f"{len(rows)} row{'s' * (len(rows) != 1)}." if rows else "0 rows: nothing in the graph fits.")
    return given.code


def _value(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise UsageError(f"--param '{text}' has no name or no value", "write it as --param county=Lake")
    try:
        read = json.loads(value, parse_constant=_no_number)
        is_deep = _depth(read) > DEEPEST
    except ValueError:
        return name.strip().removeprefix("$"), value
    except RecursionError:
        is_deep = True
    if is_deep:
        raise UsageError(f"--param {name.strip()} has too many brackets within brackets", "give a flatter value")
    return name.strip().removeprefix("$"), read


def _depth(value: Any) -> int:
    """How many lists and objects are within each other."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(_depth, inner), default=0)


def _no_number(text: str) -> None:
    """NaN and Infinity are text: JSON has no such numbers."""
    raise ValueError(text)
