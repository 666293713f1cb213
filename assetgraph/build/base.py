"""What is there before any file is read: counties, regions, county offices, content areas and partner kinds."""

from __future__ import annotations

from assetgraph.build.weave import Loom
from assetgraph.model.ids import STATE, coe_id, county_id, region_id
from assetgraph.model.nodes import COE, ContentArea, County, PartnerKindNode, Region, Source
from assetgraph.model.places import COUNTIES
from assetgraph.model.records import SourceInfo
from assetgraph.model.vocabulary import (
    FAMILIES,
    PARTNER_KINDS,
    VOCABULARIES,
    family_of,
    kind_name,
    role_of,
    term_name,
)

__all__ = ["add_area", "add_base", "add_partner_kind", "add_source"]

BUILT_IN = "source/built_in/assetgraph"


def add_base(loom: Loom) -> None:
    """Hand the loom what the package itself knows."""
    loom.node(BUILT_IN, Source, "assetgraph's own tables", basis="built_in")
    loom.node(STATE, Region, "California", scheme="state", code="CA")
    for name, place in COUNTIES.items():
        loom.node(county_id(name), County, name, fips=place.fips, cds_county_code=place.cds_county_code,
                  lat=place.lat, lon=place.lon)  # fmt: skip
        loom.node(coe_id(name), COE, place.coe_name, county=name, cds=place.coe_cds,
                  single_district=place.single_district)  # fmt: skip
        loom.fact("IN", coe_id(name), county_id(name))
        region = region_id("CCSESA", place.region)
        loom.node(region, Region, f"CCSESA region {place.region}", scheme="CCSESA", code=place.region)
        loom.fact("IN_REGION", county_id(name), region, verified="yes" if place.region_verified else "derived")
        loom.fact("IN_REGION", county_id(name), STATE, verified="yes")
        for neighbour in place.neighbours:
            if name < neighbour:
                loom.fact("ADJACENT", county_id(name), county_id(neighbour))
    for term in VOCABULARIES["content_area"]:
        add_area(loom, term.term)
    for kind in PARTNER_KINDS:
        add_partner_kind(loom, kind)


def add_area(loom: Loom, term: str) -> str:
    """The node of a content area, known or new."""
    area = f"area/{term}"
    if not loom.knows(area):
        loom.node(area, ContentArea, term_name("content_area", term), term=term)
    return area


def add_partner_kind(loom: Loom, kind: str) -> None:
    """The node of a partner kind, known or new; a new one is a family named "other"."""
    if loom.knows(f"kind/{kind}"):
        return
    family = family_of(kind) or "other"
    loom.node(f"kind/{kind}", PartnerKindNode, kind_name(kind), term=kind, family=family,
              family_name=FAMILIES.get(family, "Other"), role=role_of(kind))  # fmt: skip


def add_source(loom: Loom, source: SourceInfo) -> None:
    """The node of a source; a map also says which counties it is of."""
    name = source.name
    if source.basis == "map":
        step = "".join(f", {word} {value}" for word, value in (("plan", source.plan), ("step", source.step)) if value)
        name = f"{source.name} asset map{step}"
    loom.node(f"source/{source.id}", Source, name, basis=source.basis.value, as_of=source.as_of, plan=source.plan,
              step=source.step, files=list(source.files), rows_in=source.rows_in, rows_kept=source.rows_kept,
              rows_refused=source.rows_refused, filled_in_by=source.filled_in_by, contact=source.contact)  # fmt: skip
    for county in source.counties:
        loom.fact("MAPS", f"source/{source.id}", county_id(county), source=source.id, basis=source.basis.value)
