"""Where the graph is kept: a graph file or memory, or Neo4j; the same Cypher on each."""

from __future__ import annotations

from assetgraph.store.address import DEFAULT_FILE, open_store, store_address
from assetgraph.store.contract import Change, Limit, Progress, Store, StoreInfo
from assetgraph.store.guard import check_readable
from assetgraph.store.ledger import Line, Page, lines_of, pages_of, records_of
from assetgraph.store.network import read_network
from assetgraph.store.privacy import strip_private, tells_private
from assetgraph.store.writer import edge_digest, node_digest

__all__ = [
    "DEFAULT_FILE", "Change", "Limit", "Line", "Page", "Progress", "Store", "StoreInfo", "check_readable", "edge_digest",
    "lines_of", "node_digest", "open_store", "pages_of", "read_network", "records_of", "store_address", "strip_private",
    "tells_private",
]  # fmt: skip
