"""Ids of what is in every graph: counties, regions and county offices."""

from __future__ import annotations

from assetgraph.model.names import slug

__all__ = ["STATE", "coe_id", "county_id", "region_id"]

STATE = "region/state/california"
"""The region that every county is in: what a statewide partner serves."""


def county_id(county: str) -> str:
    """The id of a county node.

    >>> county_id("San Luis Obispo")
    'county/san-luis-obispo'
    """
    return f"county/{slug(county)}"


def coe_id(county: str) -> str:
    """The id of a county's office."""
    return f"coe/{slug(county)}"


def region_id(scheme: str, code: str) -> str:
    """The id of a region; numbers mean different counties in different schemes."""
    return f"region/{slug(scheme)}/{slug(code)}"
