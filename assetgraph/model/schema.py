"""The graph schema, read off the node and fact classes: what constraints, writers and documents are made from."""

from __future__ import annotations

from assetgraph.model.facts import FACT_KINDS, ORGANIZATIONS, Fact
from assetgraph.model.nodes import NODE_KINDS, Node

__all__ = [
    "ID_PREFIX", "LEDGER_LABELS", "MARKER_LABEL", "PRIVATE_PROPERTIES", "SCHEMA_VERSION", "indexes", "is_private",
    "label_of", "mermaid",
]  # fmt: skip

SCHEMA_VERSION = 2
"""Written into every store; a store with another number was made by another version."""

MARKER_LABEL = "AssetGraph"
"""The one node that says: this graph is ours, and which schema version it has."""

LEDGER_LABELS = ("RecordPage", "RecordSource")
"""Pages of kept rows, and their sources (property ``payload``, private): what the graph is rebuilt from."""

ID_PREFIX = {
    "county": "County", "region": "Region", "coe": "COE", "lea": "LEA", "school": "School", "partner": "Partner",
    "asset": "Asset", "area": "ContentArea", "kind": "PartnerKind", "need": "Need", "action": "Action", "goal": "Goal",
    "indicator": "Indicator", "coordinator": "Coordinator", "seat": "TeamSeat", "source": "Source",
}  # fmt: skip
"""What a node's id begins with, before the first "/", to its label; a fact finds its ends by it."""


def label_of(node_id: str) -> str:
    """The label of the node that an id names.

    >>> label_of("coe/lake"), label_of("source/map/lake-county-office-of-education")
    ('COE', 'Source')
    """
    prefix, slash, rest = node_id.partition("/")
    if not slash or not rest or prefix not in ID_PREFIX:
        raise ValueError(f"not the id of a node: {node_id!r}")
    return ID_PREFIX[prefix]


def is_private(kind: type[Node | Fact], name: str) -> bool:
    """Whether a field of a node or fact class may only be shown in a staff edition.

    >>> from assetgraph.model.nodes import Partner
    >>> is_private(Partner, "power"), is_private(Partner, "name")
    (True, False)
    """
    extra = kind.model_fields[name].json_schema_extra
    return isinstance(extra, dict) and bool(extra.get("private"))


def _private_properties() -> frozenset[str]:
    private: set[str] = {"payload"}
    public: set[str] = set()
    kinds: list[type[Node | Fact]] = [*NODE_KINDS.values(), *FACT_KINDS.values()]
    for kind in kinds:
        for name in kind.model_fields:
            (private if is_private(kind, name) else public).add(name)
    both = private & public
    if both:
        raise TypeError(f"a property name is private everywhere or nowhere: {sorted(both)}")
    return frozenset(private)


PRIVATE_PROPERTIES = _private_properties()
"""Property names that no public output may hold, on any label."""


def indexes() -> list[tuple[str, str]]:
    """(label, property) pairs that are looked up by, besides ``id``.

    >>> ("County", "name") in indexes()
    True
    """
    return [("County", "name"), ("Partner", "name"), ("LEA", "name"), ("COE", "name"), ("RecordPage", "source")]


def mermaid() -> str:
    """The schema as a Mermaid flowchart: a box for each label, and on each arrow the kinds of fact between two boxes.

    Offices, LEAs, schools and partners share one box. REPORTED_BY, which joins everything to its source, is left out.

    >>> 'Asset -->|"COVERS"| ContentArea' in mermaid()
    True
    """
    between: dict[tuple[str, str], list[str]] = {}
    for kind in FACT_KINDS.values():
        for start, end in sorted({(_box(a), _box(b)) for a in kind.from_labels for b in kind.to_labels}):
            if kind.type != "REPORTED_BY":
                between.setdefault((start, end), []).append(kind.type)
    boxes = dict.fromkeys(box for ends in between for box in ends)
    lines = ["flowchart LR"]
    everyone = " or ".join(ORGANIZATIONS)
    lines += [f'  {box}["{everyone}"]' if box == _ORGANIZATION else f"  {box}" for box in boxes]
    for (start, end), kinds in between.items():
        said = "<br>".join(kinds)
        lines.append(f'  {start} -->|"{said}"| {end}')
    return "\n".join(lines)


_ORGANIZATION = "Organization"


def _box(label: str) -> str:
    return _ORGANIZATION if label in ORGANIZATIONS else label
