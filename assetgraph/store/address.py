"""Which store is meant: an address, a path, the environment, or the file beside you."""

from __future__ import annotations

import os
import re
from urllib.parse import urlsplit

from assetgraph.errors import StoreUnavailable
from assetgraph.store.contract import Store

__all__ = ["DEFAULT_FILE", "open_store", "store_address"]

DEFAULT_FILE = "./assetgraph.kgl"
"""The graph file that is used when nobody says otherwise."""

_SAFELY = "write the host alone, and set NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE"

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")

_COMPLETE = "use one such as neo4j+s://host or bolt://host:7687"


def store_address(where: str | os.PathLike[str] | None = None) -> str:
    """The address that is meant: ``where``, else $ASSETGRAPH_STORE, else $NEO4J_URI, else ./assetgraph.kgl.

    >>> store_address("lake.kgl")
    'lake.kgl'
    """
    given = (os.fspath(where) if where is not None else "", os.environ.get("ASSETGRAPH_STORE", ""),
             os.environ.get("NEO4J_URI", ""), DEFAULT_FILE)  # fmt: skip
    return next(address for address in given if address.strip()).strip()


def open_store(where: str | os.PathLike[str] | None = None, *, write: bool = False) -> Store:
    """The store at a path or address, open for reading, or for writing too.

    ``where`` is a graph file, ``":memory:"``, or a Neo4j address such as ``neo4j+s://host``; left out, it is
    $ASSETGRAPH_STORE, else $NEO4J_URI, else ``./assetgraph.kgl``. For Neo4j, name and password come from
    NEO4J_USERNAME and NEO4J_PASSWORD and the database from NEO4J_DATABASE, never from the address. Only one
    process at a time can have a graph file open for writing; readers are never held up.

    Raises StoreUnavailable when nothing is there to read, it refuses us or another process is writing to it;
    ForeignGraph when it holds somebody else's graph; StoreError when it is damaged or newer than we are.

    >>> with open_store(":memory:") as store:
    ...     store.read("RETURN $x AS x", {"x": 1})
    [{'x': 1}]
    """
    address = store_address(where)
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.\-]*)://", address)
    if scheme is None:
        if re.match(r"[\w+.\-]{2,}:[^\\]*@", address) and not os.path.exists(address):
            raise StoreUnavailable("the store reads like an address with a user name or password in it", _SAFELY)
        from assetgraph.store.embedded import EmbeddedStore

        return EmbeddedStore(address, write=write)
    if scheme[1].lower() not in SCHEMES:
        raise StoreUnavailable(f"{scheme[1]}://…: not the address of a store that assetgraph knows",
                               "use a path, or an address that begins with neo4j://, neo4j+s:// or bolt://")  # fmt: skip
    try:
        parts = urlsplit(address)
    except ValueError:  # a bracket that opens no address
        raise StoreUnavailable(f"{scheme[1]}://…: not a complete address", _COMPLETE) from None
    if "@" in address or parts.query or parts.fragment or parts.path not in ("", "/"):
        # Whatever stands there may be a secret, so it is not repeated.
        raise StoreUnavailable(f"{scheme[1]}://…: the address holds more than a host and a port", _SAFELY)
    if not parts.hostname or not re.fullmatch(r"(\[[^\]]*\]|[^:]*)(:[0-9]{1,5})?", parts.netloc):
        raise StoreUnavailable(f"{scheme[1]}://…: not a complete address", _COMPLETE)
    from assetgraph.store.server import ServerStore

    return ServerStore(address, write=write)
