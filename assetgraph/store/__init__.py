"""Where the graph is kept: a graph file or memory, or Neo4j; the same Cypher on each."""

from __future__ import annotations

from assetgraph.store.address import DEFAULT_FILE, open_store, store_address
from assetgraph.store.contract import Change, Progress, Store, StoreInfo
from assetgraph.store.writer import edge_digest, node_digest, record_id

__all__ = [
    "DEFAULT_FILE", "Change", "Progress", "Store", "StoreInfo", "edge_digest", "node_digest", "open_store", "record_id",
    "store_address",
]  # fmt: skip
