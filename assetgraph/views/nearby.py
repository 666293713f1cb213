"""What a county's own sheets do not say: whom it could ask, help elsewhere, what hangs on one partner, what nobody asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assetgraph.analysis import leaving
from assetgraph.analysis.candidates import Reason
from assetgraph.analysis.reach_out import Suggester, Suggestion
from assetgraph.model.vocabulary import GRANT_AREAS
from assetgraph.queries import ask
from assetgraph.queries.answer import facts_with, sources_in_words
from assetgraph.queries.gaps import GapGrid
from assetgraph.queries.needs import NeedsMetElsewhere, UnusedOffers
from assetgraph.queries.time import TiesHeldByOneOffering
from assetgraph.queries.words import area_words, capital, listed
from assetgraph.store import Store
from assetgraph.views.map_view import Listing, Nearby
from assetgraph.views.pictures.grid import grid_view
from assetgraph.views.wording import NAME_CAP, shown

__all__ = ["MOST_LISTED", "WHY_CAP", "could_be_asked", "nearby_of"]

MOST_LISTED = 40
"""Lines of a list on the page; the commands give all."""

MOST_SUGGESTED = 5
"""Whom the page names for each content area; ``reach-out`` gives all."""

OF_A_FAMILY = 3
"""Whom the page names for one gap."""

WHY_CAP = 4000
"""Letters of what is said of one line: a reason is told whole, with where it stands."""


def nearby_of(store: Store, suggester: Suggester, county: str, cells: Sequence[GapGrid],
              silent: Sequence[tuple[str, str]] = ()) -> Nearby:  # fmt: skip
    """What stands beside a county's map. ``silent`` are families about which nobody asked, each with what is to be said of it.

    ``cells`` is its gap grid.

    Whom it could ask and what would be lost is there where the graph holds the county's office.
    """
    met, needs = _met_elsewhere(store, suggester, county)
    ranks = leaving.ranking(suggester.network, suggester.on, [county])
    lost = {rank.partner_id: f"{capital(rank.reason)}." for rank in ranks}
    lists = (
        *_lists_for(store, suggester, county),
        _listing("Needs, and what elsewhere is on the same content area", needs),
        _listing("Offered near, no use recorded", _unused(store, suggester, county)),
        _listing("What would be lost without a partner", ((rank.partner, lost[rank.partner_id]) for rank in ranks)),
        _listing("Ties that rest on one offering", _held_by_one(store, suggester, county)),
        _listing("Not asked about yet", silent),
    )
    listings = tuple(one for one in lists if one.rows)
    return Nearby(grid=grid_view(county, cells), met_elsewhere=met, without=lost, listings=listings)


def could_be_asked(store: Store, suggester: Suggester, county: str, family: str,
                   areas: Sequence[str]) -> tuple[tuple[str, str], ...]:  # fmt: skip
    """The first of the lists for some areas who are of a family, each once: name, and for which areas and why.

    Who is in the cell already, as a partner of an LEA, is left out: the gap is that nobody else is.
    """
    found: dict[str, tuple[Suggestion, list[str]]] = {}
    for area in areas:
        present = suggester.grid_of(county)[area, family].partners
        for one in suggester.list_for(county, area, kind=family, top=OF_A_FAMILY + len(present)):
            if one.partner_id not in present:
                found.setdefault(one.partner_id, (one, []))[1].append(area_words(area))
    # Each area names its first, then the nearest of all.
    every = sorted(found.values(), key=lambda each: (each[0].ring, each[0].place))
    heads = {next((one.partner_id for one, words in every if area_words(area) in words), "") for area in areas}
    first = [each for each in every if each[0].partner_id in heads]
    first = sorted((first + [each for each in every if each not in first])[:OF_A_FAMILY], key=every.index)
    nobody = [area_words(area) for area in areas if not any(area_words(area) in words for _, words in first)]
    whys = _whys(store, [(one, one.reasons[:2]) for one, _ in first])
    told = [(one.partner, f"{capital(listed(words))}. {why}") for (one, words), why in zip(first, whys, strict=True)]
    if first and nobody:
        none = f"{capital(listed(nobody))}: no organization of this kind that could be asked is recorded."
        told.insert(0, ("Nobody on record", none))
    return tuple((shown(name, NAME_CAP), shown(why, WHY_CAP)) for name, why in told)


def _lists_for(store: Store, suggester: Suggester, county: str) -> Iterator[Listing]:
    """Whom the county could ask in each area of the grant."""
    for area in GRANT_AREAS:
        found = suggester.list_for(county, area, top=MOST_SUGGESTED)
        whys = _whys(store, [(one, one.reasons) for one in found])
        rows = ((one.partner, f"{one.kind_in_words}. {why}") for one, why in zip(found, whys, strict=True))
        listing = _listing(f"Who could be asked about {area_words(area)}", rows, found.total - len(found))
        yield listing.model_copy(update={"note": shown(" ".join(f"{capital(note)}." for note in found.notes))})


def _whys(store: Store, told: Sequence[tuple[Suggestion, Sequence[Reason]]]) -> list[str]:
    """For each suggestion some reasons, who could introduce, what to know before calling, and where all that stands."""
    rests_on = [{fact for said in (*reasons, *one.introduction, *one.against) for fact in said.facts} for one, reasons in told]
    facts = facts_with(store, set().union(*rests_on))
    whys = []
    for (one, reasons), ids in zip(told, rests_on, strict=True):
        parts = [f"{reason.sentence}." for reason in reasons]
        if one.introduction:
            parts.append(f"Who could introduce you: {'; '.join(hop.sentence for hop in one.introduction)}.")
        if one.against:
            parts.append(f"Before you call: {'. '.join(said.sentence for said in one.against)}.")
        whys.append(" ".join([*parts, f"Sources: {sources_in_words([fact for fact in facts if fact.id in ids])}."]))
    return whys


def _met_elsewhere(store: Store, suggester: Suggester, county: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Id of a need to what is nearest of what could meet it, and a line for each that could."""
    met: dict[str, str] = {}
    needs = []
    for row in ask(store, "needs_met_elsewhere", county=county, as_of=suggester.on):
        if isinstance(row, NeedsMetElsewhere):
            where = f", in or for {row.place} County" if row.place else ""
            met.setdefault(row.need_id, f"{shown(row.asset, NAME_CAP)} ({shown(row.provider, NAME_CAP)}{where})")
            needs.append((row.need, row.reason))
    return met, needs


def _unused(store: Store, suggester: Suggester, county: str) -> Iterator[tuple[str, str]]:
    rows = ask(store, "unused_offers", county=county, as_of=suggester.on)
    return ((row.asset, row.reason) for row in rows if isinstance(row, UnusedOffers))


def _held_by_one(store: Store, suggester: Suggester, county: str) -> Iterator[tuple[str, str]]:
    rows = ask(store, "ties_held_by_one_offering", county=county, as_of=suggester.on)
    return ((row.asset, row.reason) for row in rows if isinstance(row, TiesHeldByOneOffering))


def _listing(title: str, rows: Iterable[tuple[str, str]], more: int = 0) -> Listing:
    kept = tuple(dict.fromkeys((shown(name), shown(why, WHY_CAP)) for name, why in rows))
    return Listing(title=title, rows=kept[:MOST_LISTED], more=more + max(0, len(kept) - MOST_LISTED))

