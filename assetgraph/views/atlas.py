"""A store as it is drawn from: what any number of pages need of it is read once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cached_property

from assetgraph.analysis.reach_out import Suggester
from assetgraph.errors import UsageError
from assetgraph.model.partner_network import PartnerNetwork
from assetgraph.model.records import SourceInfo
from assetgraph.queries.ask import read_date
from assetgraph.store import Store, read_network
from assetgraph.views.facts_around import FactsAround
from assetgraph.views.map_view import EDITIONS
from assetgraph.views.opening import sample_note

__all__ = ["Atlas"]


class Atlas:
    """A store, the day and the edition that it is drawn for, and the licence that pages tell.

    Each part is read when it is first wanted. ``as_of`` is today when left out. The store may not change while it is drawn.
    Raises UsageError for an edition or a day that does not exist.

    >>> from assetgraph.store import open_store
    >>> with open_store(":memory:") as store:
    ...     Atlas(store, as_of=date(2025, 1, 15)).edition
    'public'
    """

    def __init__(self, store: Store, *, as_of: date | str | None = None, edition: str = "public",
                 licence: str | None = None) -> None:  # fmt: skip
        if edition not in EDITIONS:
            raise UsageError(f"no edition '{edition}'", f"ask for {' or '.join(EDITIONS)}")
        self.on = date.today() if as_of is None else read_date(as_of)
        self.store, self.edition, self.licence = store, edition, licence

    @cached_property
    def facts(self) -> FactsAround:
        """Every node and fact."""
        return FactsAround(self.store.graph())

    @cached_property
    def network(self) -> PartnerNetwork:
        """Who is tied to whom."""
        return read_network(self.store)

    @cached_property
    def suggester(self) -> Suggester:
        """Who could be asked."""
        return Suggester(self.network, self.on, self.edition)

    @cached_property
    def sources(self) -> tuple[SourceInfo, ...]:
        """The maps and tables that it was built from."""
        return tuple(self.store.sources())

    def sample_note(self, counties: Collection[str]) -> str | None:
        """What a page of these counties says where a map of the packaged sample is among its sources."""
        return sample_note(source for source in self.sources if not set(counties).isdisjoint(source.counties))
