"""A read-only picture of the whole graph, typed, and ready for any networkx function."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from assetgraph.errors import UsageError
from assetgraph.model.facts import Fact
from assetgraph.model.graph import Graph
from assetgraph.model.nodes import Node
from assetgraph.model.schema import PRIVATE_PROPERTIES

if TYPE_CHECKING:
    import networkx

    from assetgraph.store import Store

__all__ = ["Snapshot", "snapshot"]

EDITIONS = ("public", "staff")
_ENDS = frozenset({"id"})


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Every node and fact of a store at one moment. ``graph`` holds private fields; what is given out does not."""

    graph: Graph
    edition: str = "public"

    def to_networkx(self) -> networkx.MultiDiGraph:
        """A directed multigraph with the id of a node as its key and the id of a fact as the key of its edge.

        Nodes carry ``label`` and ``name``, edges ``type``; both carry their recorded properties as scalars: lists
        are joined with "; ", dates are ISO text, and what is not recorded is left out. Sorted by id, so equal stores
        give equal graphs. Private fields are in the staff edition only.

        >>> from assetgraph.store import open_store
        >>> with open_store(":memory:") as store:
        ...     snapshot(store).to_networkx().number_of_nodes()
        0
        """
        import networkx  # heavy, and wanted only here

        made = networkx.MultiDiGraph()
        for key in sorted(self.graph.nodes):
            node = self.graph.nodes[key]
            made.add_node(key, label=node.label, **self._scalars(node))
        for key in sorted(self.graph.edges):
            edge = self.graph.edges[key]
            made.add_edge(edge.from_id, edge.to_id, key=key, type=edge.fact.type, **self._scalars(edge.fact))
        return made

    def _scalars(self, item: Node | Fact) -> dict[str, Any]:
        hidden = _ENDS if self.edition == "staff" else _ENDS | PRIVATE_PROPERTIES
        said = {name: _scalar(value) for name, value in item.model_dump().items() if name not in hidden}
        return {name: value for name, value in said.items() if value is not None}


def snapshot(store: Store, *, edition: str = "public") -> Snapshot:
    """The whole graph of a store as it is now. Raises UsageError for an edition that does not exist."""
    if edition not in EDITIONS:
        raise UsageError(f"no edition '{edition}'", f"ask for {' or '.join(EDITIONS)}")
    return Snapshot(store.graph(), edition)


def _scalar(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return "; ".join(str(_scalar(one)) for one in value) or None
    return value.isoformat() if isinstance(value, date) else value
