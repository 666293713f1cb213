"""The oracle: every question as a plain loop over dicts, written from what the questions mean, not from their Cypher.

It says what the rows must be, and how fast an analyst's own code is that has everything in memory already.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.oracle.gaps import gap_grid, missing_partner_kinds, unreached_leas
from benchmarks.oracle.maps import (
    balance_of_areas,
    coes_without_coordinator,
    duration_by_scope,
    ending_between,
    ties_held_by_one_offering,
    who_was_asked,
)
from benchmarks.oracle.needs import needs_met_elsewhere, offerings_for, unaddressed_needs, unused_offers
from benchmarks.oracle.partners import partners_of, who_connects
from benchmarks.oracle.world import World

__all__ = ["ORACLE", "World"]

ORACLE: dict[str, Callable[..., list[dict[str, Any]]]] = {
    one.__name__: one
    for one in (
        balance_of_areas, coes_without_coordinator, duration_by_scope, ending_between, gap_grid, missing_partner_kinds,
        needs_met_elsewhere, offerings_for, partners_of, ties_held_by_one_offering, unaddressed_needs, unreached_leas,
        unused_offers, who_connects, who_was_asked,
    )
}  # fmt: skip
"""Question to function; each takes the world and the question's parameters, all of them, and gives rows as dicts."""
