"""What a map page shows, as plain frozen data: items, links, ghosts, legend, sentences. No graph, no HTML.

Every text in it is already in words, cleaned and capped. Ids are opaque (items ``n0``, ghosts ``g0``,
links ``e0``, content areas ``a0``), so that nothing a sheet says can become a key. None means "not recorded".
"""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from assetgraph.views.pictures.grid import GridView
from assetgraph.views.pictures.needs import NeedsView
from assetgraph.views.pictures.timeline import TimelineView

__all__ = [
    "EDITIONS", "IN_TABLES", "Detail", "Gap", "GapReason", "Ghost", "Item", "LegendEntry", "Link", "Listing", "MapView", "Nearby",
    "NeedLine", "Row", "SaidBy", "Section", "Statement",
]  # fmt: skip

EDITIONS = ("public", "staff")
"""Public leaves every private field out; staff is only made when it is asked for by name."""


IN_TABLES = {"grid", "timeline", "needs", "listings"}
"""Parts of a view that a page shows as still pictures and tables: its scripts need no data of them."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Gap(_Frozen):
    """A family of partners that is not covered in these areas, with the reason why it is worth a call.

    ``reason`` says of each area what is recorded and whether anybody asked. ``areas`` are content-area terms or
    names. ``could_ask`` are organizations of that family that could be asked, each with why; where there are none,
    ``example`` may be a partner of that family elsewhere.
    """

    family: str
    family_name: str
    areas: tuple[str, ...]
    reason: str
    could_ask: tuple[tuple[str, str], ...] = ()
    example: str | None = None
    example_sentence: str | None = None


class Listing(_Frozen):
    """Some sentences under one heading, each about something; ``more`` are those that are not shown.

    ``note`` is what a reader must know of them; empty where there is nothing.
    """

    title: str
    rows: tuple[tuple[str, str], ...]
    """(what it is about, the sentence)"""
    more: int = 0
    note: str = ""


class Nearby(_Frozen):
    """What is known beyond the county's own sheets: lists, and what is said of a node in its panel.

    ``met_elsewhere`` has the id of a need with what could meet it elsewhere, ``without`` the id of a partner with what would
    be lost without it. ``grid`` is the county's gap grid; None where nobody asked a store for it.
    """

    grid: GridView | None = None

    met_elsewhere: dict[str, str] = {}
    without: dict[str, str] = {}
    listings: tuple[Listing, ...] = ()


class Detail(_Frozen):
    """One line of a panel: what it is, and what is recorded."""

    name: str
    text: str


class NeedLine(_Frozen):
    """A need of an item: its text, and in words what it is about and what answers it."""

    text: str
    note: str


class Item(_Frozen):
    """One shape of the picture. ``x`` and ``y`` are shares of half the size, -1 to 1, y downwards.

    ``grades`` are the lowest and the highest grade (transitional kindergarten -1, kindergarten 0), None where they are not
    recorded or mean nothing. ``scope`` says whose it is: inside_coe, other_coe or outside_coe; None for what is no partner and
    no asset, or where no provider is recorded. ``starts_on`` and ``ends_on`` are those of an asset. What is not ``is_drawn`` is
    folded: it stands in the list alone. ``node`` is the id in the graph, which no page is given.
    """

    id: str
    node: str = Field(default="", exclude=True, repr=False)
    group: str
    kind: str
    ring: int
    shape: str
    color: str
    size: int
    name: str
    x: float
    y: float
    areas: tuple[str, ...] = ()
    also_called: tuple[str, ...] = ()
    scope: str | None = None
    duration: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    grades: tuple[int, int] | None = None
    details: tuple[Detail, ...] = ()
    private: tuple[Detail, ...] = ()
    needs: tuple[NeedLine, ...] = ()
    web: str | None = None
    is_drawn: bool = True


class Statement(_Frozen):
    """One fact in words, read from both ends, with how long it holds and where it was said.

    ``forward`` and ``relation`` are read from the link's first end, ``backward`` and ``relation_back`` from
    its second. ``turned`` when the fact itself runs from the second end to the first. ``starts_on``, ``ends_on`` and
    ``duration`` are those of the statement and of the asset that it is about: it holds while both do.
    """

    forward: str
    backward: str
    relation: str
    relation_back: str
    turned: bool = False
    lasts: str
    starts_on: date | None = None
    ends_on: date | None = None
    duration: str = "unknown"
    source: str
    place: str
    web: str | None = None
    private: tuple[Detail, ...] = ()


class Link(_Frozen):
    """All that is stated between two items, drawn as one line. ``style`` is its duration, or ``ended``."""

    id: str
    from_id: str
    to_id: str
    style: str
    areas: tuple[str, ...]
    statements: tuple[Statement, ...]


class GapReason(_Frozen):
    """Why one ghost is there, for these areas, who could be asked, and else an example from elsewhere."""

    areas: str
    reason: str
    could_ask: tuple[tuple[str, str], ...] = ()
    example: str | None = None
    example_sentence: str | None = None


class Ghost(_Frozen):
    """A family of partners that nobody named: a dashed circle with a question mark, linked to its areas."""

    id: str
    name: str
    x: float
    y: float
    areas: tuple[str, ...]
    area_ids: tuple[str, ...]
    reasons: tuple[GapReason, ...]


class LegendEntry(_Frozen):
    """One row of the legend, which is also a filter; ``shape`` is for items, ``style`` for lines."""

    key: str
    name: str
    count: int
    shape: str | None = None
    color: str | None = None
    style: str | None = None


class Section(_Frozen):
    """Items listed under one heading of the opening panel."""

    title: str
    item_ids: tuple[str, ...]


class SaidBy(_Frozen):
    """Who says something: the source with its day, and where in it."""

    source: str
    place: str
    web: str | None


class Row(_Frozen):
    """One line of the table twin: a statement, and everybody who says it in the same words."""

    sentence: str
    areas: str
    lasts: str
    said_by: tuple[SaidBy, ...]


class MapView(_Frozen):
    """One county's map. ``title`` to ``not_asked`` are sentences for people; the rest is drawn or listed.

    ``on`` is the day that it is drawn for, and ``as_of`` the same in words.
    """

    title: str
    county: str
    as_of: str
    on: date
    edition: str
    edition_line: str
    source_line: str
    licence_line: str
    opening: str
    sample_note: str | None = None
    home: str | None = None
    """A page beside this one that leads to all: a relative link."""
    notes: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    items: tuple[Item, ...]
    links: tuple[Link, ...]
    ghosts: tuple[Ghost, ...]
    ghosts_left_out: int = 0
    sections: tuple[Section, ...] = ()
    listings: tuple[Listing, ...] = ()
    kinds: tuple[LegendEntry, ...]
    durations: tuple[LegendEntry, ...]
    areas: tuple[LegendEntry, ...]
    acronyms: dict[str, str]
    grid: GridView | None = None
    timeline: TimelineView
    needs: NeedsView

    def drawn(self) -> MapView:
        """The same without what is folded: what the picture shows."""
        kept = {item.id for item in self.items if item.is_drawn}
        if len(kept) == len(self.items):
            return self
        links = tuple(link for link in self.links if link.from_id in kept and link.to_id in kept)
        sections = tuple(section.model_copy(update={"item_ids": tuple(one for one in section.item_ids if one in kept)})
                         for section in self.sections)  # fmt: skip
        items = tuple(item for item in self.items if item.is_drawn)
        return self.model_copy(update={"items": items, "links": links, "sections": sections})

    def rows(self) -> list[Row]:
        """What the lines of the picture say, each statement once, in the order of the links."""
        names = {entry.key: entry.name for entry in self.areas}
        rows = []
        for link in self.links:
            areas = ", ".join(names.get(area, area) for area in link.areas)
            said: dict[tuple[str, str], list[SaidBy]] = {}
            for one in link.statements:
                by = SaidBy(source=one.source, place=one.place, web=one.web)
                sentence = one.backward if one.turned else one.forward
                said.setdefault((sentence, one.lasts), []).append(by)
            for (sentence, lasts), by_whom in said.items():
                rows.append(Row(sentence=sentence, areas=areas, lasts=lasts, said_by=tuple(by_whom)))
        return rows
