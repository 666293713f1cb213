"""Before and after: which ties are new, which are lost and which have changed between two states of the maps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from assetgraph.model.facts import FACT_KINDS, TIE_KINDS
from assetgraph.model.graph import Edge, Graph
from assetgraph.model.ids import county_id
from assetgraph.model.nodes import COE, LEA, School
from assetgraph.model.records import OWN_BASES
from assetgraph.queries.ask import read_county
from assetgraph.queries.tables import as_frame, rows_as_html
from assetgraph.queries.words import area_words, plural
from assetgraph.store import Store
from assetgraph.views.opening import edition_line, licence_line
from assetgraph.views.pictures.svg import SOFT, Drawing, cut, wrapped_lines
from assetgraph.views.wording import NAME_CAP, day, listed, shown

if TYPE_CHECKING:
    import pandas

__all__ = ["COLUMNS", "Change", "Comparison", "compare"]

COMPARED = (*sorted(TIE_KINDS), "OFFERS")
COLUMNS = ("change", "sentence", "before", "after", "source")
_LOOKS = {"new": ("#00785a", "New"), "lost": ("#8a1c1c", "Lost"), "changed": ("#0b57b0", "Changed")}
MOST_DRAWN = 40
_WIDE = 370.0


class Change(NamedTuple):
    """One tie or offer that is new, lost or changed, with what was and is recorded of it; empty where it is not there."""

    change: str
    sentence: str
    before: str
    after: str
    source: str

    def shown(self) -> dict[str, Any]:
        """The change as plain values."""
        return self._asdict()


class Comparison(list[Change]):
    """All changes: new ones, lost ones, then changed ones, each by sentence; and how many are the same.

    ``lines`` say what was compared: the sources of either side with their days, and the edition.
    """

    def __init__(self, changes: Sequence[Change], title: str, same: int, lines: Sequence[str] = ()) -> None:
        super().__init__(changes)
        self.title, self.same, self.lines = title, same, tuple(lines)

    @cached_property
    def sentence(self) -> str:
        """How many of each there are."""
        counts = [f"{sum(one.change == kind for one in self)} {name.lower()}" for kind, (_, name) in _LOOKS.items()]
        return f"{listed(counts)}; {plural(self.same, 'tie or offer', 'ties and offers')} as before."

    def to_frame(self) -> pandas.DataFrame:
        """The changes as a pandas frame. Raises ImportError when pandas is not installed."""
        return as_frame([one.shown() for one in self], COLUMNS)

    def to_svg(self) -> str:
        """The changes side by side: what is lost, what has changed, what is new."""
        columns = [(kind, [one for one in self if one.change == kind]) for kind in ("lost", "changed", "new")]
        heights = [sum(_height(one) for one in some[:MOST_DRAWN]) for _, some in columns]
        low = 130 + max(heights)
        drawing = Drawing(32 + 3 * _WIDE, low + 18 * len(self.lines), self.title, f"Three columns: {self.sentence}")
        drawing.text(16, 30, self.title, size=17, font_weight="700")
        drawing.text(16, 52, self.sentence, size=13, fill=SOFT)
        for place, (kind, some) in enumerate(columns):
            _draw_column(drawing, 16 + place * _WIDE, kind, some)
        for place, line in enumerate(self.lines):
            drawing.text(16, low + 18 * place, cut(line, 3 * _WIDE, 12), size=12, fill=SOFT)
        return drawing.to_svg()

    def _repr_html_(self) -> str:
        return self.to_svg() + rows_as_html(f"{self.title}: {self.sentence}", COLUMNS, (one.shown() for one in self))


def compare(before: Store, after: Store, *, county: str | None = None, licence: str | None = None) -> Comparison:
    """What changed in ties and offers between two stores, in all of them or around one county's office, LEAs and schools.

    A tie is the same when its kind and both its ends are; it has changed when its days, its areas or how long it lasts have.
    Only what maps and tables say is compared, never the reference. Rows that say the same are counted once.

    >>> from assetgraph.store import open_store
    >>> with open_store(":memory:") as one, open_store(":memory:") as other:
    ...     compare(one, other).sentence
    '0 new, 0 lost and 0 changed; 0 ties and offers as before.'
    """
    name = read_county(county) if county else None
    graphs = before.graph(), after.graph()
    said = [_said(graph, name) for graph in graphs]
    changes = [Change("new", one.sentence, "", one.words, _sources(graphs[1], one.edges)) for key, one in said[1].items()
               if key not in said[0]]  # fmt: skip
    changes += [Change("lost", one.sentence, one.words, "", _sources(graphs[0], one.edges)) for key, one in said[0].items()
                if key not in said[1]]  # fmt: skip
    both = [(said[0][key], said[1][key]) for key in said[0] if key in said[1]]
    changes += [Change("changed", new.sentence, old.words, new.words, _sources(graphs[1], new.edges))
                for old, new in both if old.words != new.words]  # fmt: skip
    same = sum(old.words == new.words for old, new in both)
    order = list(_LOOKS)
    title = f"{name} County: before and after" if name else "Before and after"
    lines = (f"Before: {_maps_of(before)}", f"After: {_maps_of(after)}", edition_line("public"), licence_line(licence))
    return Comparison(sorted(changes, key=lambda one: (order.index(one.change), *one[1:])), title, same, lines)


def _maps_of(store: Store) -> str:
    """The maps and tables of a store, each with its day."""
    own = [source for source in store.sources() if source.basis in OWN_BASES]
    dated = [f"{source.name} ({day(source.as_of) if source.as_of else 'date not recorded'})" for source in own]
    return listed(dated) if dated else "nothing"


Key = tuple[str, str, str]


class Said(NamedTuple):
    """One tie or offer: its sentence, the facts that say it, and for an offer the areas that it is about."""

    sentence: str
    edges: list[Edge]
    about: Collection[str]

    @property
    def words(self) -> str:
        """What is recorded of it; what several rows say, each once."""
        return "; ".join(sorted({", ".join(_parts(edge, self.about)) or "nothing more recorded" for edge in self.edges}))


def _said(graph: Graph, county: str | None) -> Mapping[Key, Said]:
    """Each tie and offer by its kind and ends."""
    own = {node_id for node_id, node in graph.nodes.items() if isinstance(node, COE | LEA | School) and node.county == county}
    own |= {county_id(county)} if county else set()
    about: dict[str, set[str]] = defaultdict(set)
    for edge in graph.edges.values():
        if edge.kind.type == "COVERS" and edge.properties.get("basis") in OWN_BASES:
            about[edge.from_id].add(edge.to_id.removeprefix("area/"))
    found: dict[Key, tuple[str, list[Edge]]] = {}
    for _, edge in sorted(graph.edges.items()):
        near = county is None or edge.from_id in own or edge.to_id in own or edge.properties.get("county") == county
        if edge.kind.type in COMPARED and near and edge.properties.get("basis") in OWN_BASES:
            key = (edge.kind.type, edge.from_id, edge.to_id)
            found.setdefault(key, (_sentence(graph, edge), []))[1].append(edge)
    return {key: Said(sentence, edges, about.get(key[2], ())) for key, (sentence, edges) in found.items()}


def _sentence(graph: Graph, edge: Edge) -> str:
    a, b = (shown(graph.nodes[end].name, NAME_CAP) if end in graph.nodes else end for end in (edge.from_id, edge.to_id))
    return FACT_KINDS[edge.kind.type].sentence(a, b)


def _parts(edge: Edge, about: Collection[str]) -> Iterator[str]:
    """Its areas, how long it lasts and its days."""
    said = edge.properties
    areas = said.get("areas") or about
    if areas:
        yield listed([area_words(area) for area in sorted(areas)])
    if said.get("duration") not in (None, "unknown"):
        yield str(said["duration"]).replace("_", "-")
    for name, word in (("starts_on", "since"), ("ends_on", "until")):
        value = said.get(name)
        if value:
            yield f"{word} {day(date.fromisoformat(value) if isinstance(value, str) else value)}"


def _sources(graph: Graph, edges: Sequence[Edge]) -> str:
    nodes = (graph.nodes.get(f"source/{edge.properties['source']}") for edge in edges)
    return "; ".join(sorted({shown(node.name, NAME_CAP) for node in nodes if node}))


def _height(one: Change) -> float:
    lines = len(wrapped_lines(one.sentence, _WIDE - 40, 12.5, most=3)) + len(_after_lines(one))
    return 18 + 15.5 * lines


def _after_lines(one: Change) -> list[str]:
    said = f"{one.before} → {one.after}" if one.change == "changed" else one.before or one.after
    return wrapped_lines(said, _WIDE - 40, 11.5, most=3)


def _draw_column(drawing: Drawing, x: float, kind: str, some: Sequence[Change]) -> None:
    color, name = _LOOKS[kind]
    drawing.text(x, 86, f"{name} ({len(some)})", size=14, font_weight="700", fill=color)
    y = 98.0
    for one in some[:MOST_DRAWN]:
        high = _height(one)
        box = drawing.add("rect", x=x, y=y, width=_WIDE - 16, height=high - 8, rx=5, fill="#fff", stroke=color,
                          stroke_dasharray="5 4" if kind == "lost" else None)  # fmt: skip
        drawing.told(box, f"{one.sentence}. {one.before or 'nothing'} → {one.after or 'nothing'}")
        lines = wrapped_lines(one.sentence, _WIDE - 40, 12.5, most=3)
        drawing.text(x + 10, y + 17, lines, size=12.5)
        drawing.text(x + 10, y + 17 + 15.6 * len(lines), _after_lines(one), size=11.5, fill=SOFT)
        y += high
    if len(some) > MOST_DRAWN:
        drawing.text(x, y + 12, f"and {len(some) - MOST_DRAWN} more in the table", size=12, fill=SOFT)
