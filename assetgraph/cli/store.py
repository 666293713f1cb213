"""``store``: what a store holds."""

from __future__ import annotations

from typing import Any

import click

from assetgraph.cli.given import STORE, format_option
from assetgraph.cli.output import emit, say, warn
from assetgraph.store import StoreInfo, open_store

__all__ = ["store_group"]


@click.group(name="store")
def store_group() -> None:
    """Look at a store."""


@store_group.command()
@STORE
@format_option
def info(store: str | None, form: str) -> None:
    """Count what a store holds.

    \b
    Examples:
      assetgraph store info
      assetgraph store info --store bolt://localhost:7687 --format json
    """
    with open_store(store) as found:
        held, caution = found.info(), found.caution()
    if caution:
        warn(caution)
    rows = _rows(held)
    if form == "json":
        emit([_object(held)], list(_object(held)), form)
        return
    if form == "csv":
        emit(rows, ["what", "name", "count"], form)
        return
    size = f", {held.bytes / 1024:,.0f} KB" if held.bytes is not None else ""
    version = held.schema_version if held.schema_version is not None else "none: nothing was built in it yet"
    say(f"{held.address} ({held.kind}{size}), schema version {version}", strong=True)
    emit([row for row in rows if row["count"]], ["what", "name", "count"], form)
    say(f"{sum(held.nodes.values()):,} nodes, {sum(held.facts.values()):,} facts, {held.records:,} rows of "
        f"{len(held.sources)} source{'s' * (len(held.sources) != 1)}. `assetgraph sources` lists them.")  # fmt: skip


def _rows(held: StoreInfo) -> list[dict[str, Any]]:
    nodes = [{"what": "nodes", "name": name, "count": count} for name, count in held.nodes.items()]
    return nodes + [{"what": "facts", "name": name, "count": count} for name, count in held.facts.items()]


def _object(held: StoreInfo) -> dict[str, Any]:
    return {
        "kind": held.kind, "address": held.address, "schema_version": held.schema_version, "bytes": held.bytes,
        "records": held.records, "sources": [source.id for source in held.sources], "unfinished": list(held.unfinished),
        "nodes": held.nodes, "facts": held.facts,
    }  # fmt: skip
