"""Which node a name in a sheet means: a county office, a county, an LEA, an asset or a partner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from assetgraph.build.weave import AssetEnd, End, Loom
from assetgraph.matching.leas import KnownLEA, LEAIndex, canonical_lea_name, cds_code, looks_like_lea
from assetgraph.matching.partners import Mention, web_host
from assetgraph.model.ids import STATE, coe_id, county_id, region_id
from assetgraph.model.names import fold, slug
from assetgraph.model.nodes import LEA, Partner
from assetgraph.model.places import coe_named, counties_in, county_named
from assetgraph.model.records import Basis, Problem, Record, SourceInfo

__all__ = ["Naming", "counties_of", "lea_node_id"]

_ROUNDED_CODE = re.compile(r"\d(\.\d+)?E\+\d{1,2}", re.IGNORECASE)
_STATEWIDE = frozenset({"statewide", "california", "state of california", "all counties", "all california counties"})


def lea_node_id(cds: str | None, county: str, name: str) -> str:
    """An LEA's id: its code, else its county and canonical name until a directory gives one.

    >>> lea_node_id(None, "Lake", "Kelseyville USD")
    'lea/lake/kelseyville-unified'
    """
    return f"lea/{cds}" if cds else f"lea/{slug(county)}/{slug(canonical_lea_name(name)) or 'unnamed'}"


def counties_of(record: Record, source: SourceInfo) -> tuple[str, ...]:
    """The counties in which a row's names are looked for first."""
    return (record.county,) if record.county else source.counties


class Naming:
    """Turns names into ends of facts, and remembers what has to be asked back."""

    def __init__(self, loom: Loom, leas: LEAIndex) -> None:
        self.loom = loom
        self.leas = leas
        self.problems: list[Problem] = []
        self._assets: dict[tuple[str, str], AssetEnd] = {}
        self._needs: dict[tuple[str, str], str] = {}
        self._actions: dict[tuple[str, str], str] = {}
        # What a name means depends on the name and the counties it is said in, so each is looked up once.
        self._fitting: dict[tuple[str, tuple[str, ...]], list[KnownLEA]] = {}
        self._no_leas: set[tuple[str, str | None, str]] = set()
        self._so_called: dict[tuple[str, tuple[str, ...]], KnownLEA | None] = {}

    def organization(self, name: str, record: Record, /, *, aliases: Sequence[str] = (), county: str | None = None,
                     web: str | None = None, column: str | None = None, **fields: Any) -> End:  # fmt: skip
        """A county office, LEA or partner; partners get a node of their own, with what the row knows of them."""
        office = coe_named(name)
        if office is not None:
            return coe_id(office.name)
        # Ties name the same few partners row after row: that a name is no LEA's is found out once.
        place = record.source, record.county, name
        if place not in self._no_leas:
            lea = self._lea_among_organizations(name, record, column)
            if lea is not None:
                return lea
            self._no_leas.add(place)
        mention = Mention(record.source, name, tuple(sorted(aliases)) if aliases else (), county, web_host(web))
        return self.loom.node(mention, Partner, name, record, **({"web": web, **fields} if web else fields))

    def place_or_organization(self, name: str, record: Record, *, loosely: bool = False, **fields: Any) -> End:
        """Like ``organization``, and also a county ("Lake" or "Lake County"), a region or the state.

        ``loosely`` reads "Lake County districts" as Lake County: for the holder of a need.
        """
        if coe_named(name) is None:
            place = self.place(name)
            if place is None and loosely and not looks_like_lea(name):
                found = re.match(r"^(.{3,30}?) county\b", name, re.IGNORECASE)
                county = county_named(found.group(1)) if found else None
                place = county_id(county.name) if county else None
            if place is not None:
                return place
        return self.organization(name, record, **fields)

    def place(self, name: str) -> str | None:
        """A county, a region or the state; None when the name is none of them."""
        folded = fold(name)
        if folded in _STATEWIDE:
            return STATE
        region = re.fullmatch(r"(?:ccsesa )?region (\d{1,2})", folded)
        if region and counties_in(region.group(1)):
            return region_id("CCSESA", region.group(1))
        county = county_named(name)
        return county_id(county.name) if county else None

    def lea(self, name: str, record: Record, column: str | None = None) -> End | None:
        """The LEA that a cell of an LEA column names; a name that fits several is asked about, not guessed.

        None for a rounded code that fits no single LEA: it is reported and left out.
        """
        office = coe_named(name)
        if office is not None:
            return coe_id(office.name)
        counties = counties_of(record, self.loom.sources[record.source])
        found = self._leas_fitting(name, counties)
        if len(found) == 1:
            return self._seen(found[0], name, record)
        if _ROUNDED_CODE.fullmatch(name.replace(" ", "")):
            self.ask(record, column, f"'{name}' is a code that a spreadsheet rounded and fits no single LEA; it is left out",
                     "write the 14 digits as text, or the LEA's name")  # fmt: skip
            return None
        if not found and len(counties) == 1:
            meant = self.leas.misspelt(name, counties[0])
            if meant is not None:
                self.ask(record, column, f"read '{name}' as {meant.name}", "correct the spelling, or write another name")
                return self._seen(meant, name, record)
            if counties[0] in self.leas.counties:
                self.ask(record, column, f"no LEA of {counties[0]} County that is loaded is called '{name}'; it is kept as new",
                         "check the name against the directory")  # fmt: skip
        return self._new_lea(name, counties, record, found, column)

    def _lea_among_organizations(self, name: str, record: Record, column: str | None) -> End | None:
        counties = counties_of(record, self.loom.sources[record.source])
        if looks_like_lea(name):
            if self.loom.sources[record.source].basis is Basis.DIRECTORY:
                # A directory of partners names no new LEA: "Adult Education-Mt. Diablo USD" is a college of one.
                known = self._leas_fitting(name, counties)
                return self._seen(known[0], name, record) if len(known) == 1 else None
            if counties or self._elsewhere(name, counties):
                return self.lea(name, record, column)
            return None
        if (name, counties) not in self._so_called:
            self._so_called[name, counties] = self._lea_so_called(name, counties)
        lea = self._so_called[name, counties]
        return None if lea is None else self._seen(lea, name, record)

    def _lea_so_called(self, name: str, counties: tuple[str, ...]) -> KnownLEA | None:
        for county in counties:
            found = [lea for lea in self.leas.named(name, county) if fold(name) in _spellings(lea)]
            if len(found) == 1:
                return found[0]
        return None

    def _leas_fitting(self, name: str, counties: tuple[str, ...]) -> list[KnownLEA]:
        found = self._fitting.get((name, counties))
        if found is None:
            coded = self.leas.coded(name)
            found = [coded] if coded else self._known(name, counties) or self._elsewhere(name, counties)
            self._fitting[name, counties] = found
        return found

    def _known(self, name: str, counties: Iterable[str]) -> list[KnownLEA]:
        return [lea for county in counties for lea in self.leas.named(name, county)]

    def _elsewhere(self, name: str, counties: Sequence[str]) -> list[KnownLEA]:
        """An LEA of another county, by its full name only, where just one county has it."""
        found = [
            lea
            for county in self.leas.counties_with(name)
            if county not in counties
            for lea in self.leas.named(name, county)
            if canonical_lea_name(lea.name) == canonical_lea_name(name)
        ]
        return found if len(found) == 1 else []

    def _seen(self, lea: KnownLEA, name: str, record: Record) -> End:
        return self.loom.node(lea.id, LEA, lea.name, record)

    def _new_lea(self, name: str, counties: Sequence[str], record: Record, could_be: list[KnownLEA], column: str | None) -> End:
        county = counties[0] if len(counties) == 1 else None
        node_id = lea_node_id(cds_code(name), county or "county not recorded", name)
        if county is None and not could_be:
            self.ask(record, column, f"'{name}' is in no directory that is loaded, so its county is not known",
                     "build the state's directory too, or say the county in a County column")  # fmt: skip
        # Where no directory of the county is loaded, its own column of LEAs says what its districts are.
        is_district = not could_be and not _is_charter(name) and (looks_like_lea(name) or county not in self.leas.counties)
        if could_be:
            names = " and ".join(sorted(lea.name for lea in could_be))
            self.ask(record, column, f"'{name}' fits {len(could_be)} LEAs: {names}",
                     "write the full name or the CDS code of the one you mean")  # fmt: skip
        self.loom.node(node_id, LEA, name, record, county=county, cds=cds_code(name), is_district=is_district,
                       could_be=sorted(lea.id for lea in could_be))  # fmt: skip
        if county:
            self.loom.fact("IN", node_id, county_id(county), record)
            self.loom.fact("SUPPORTED_BY", node_id, coe_id(county), record)
        return node_id

    def remember_asset(self, record: Record, title: str, provider: End) -> AssetEnd:
        """The end of an asset that this row defines."""
        held = provider if not isinstance(provider, AssetEnd) else None
        asset = AssetEnd(fold(title), held)
        self._assets.setdefault((record.source, fold(title)), asset)
        return asset

    def asset_named(self, title: str, record: Record) -> AssetEnd | None:
        """The asset of the same source that bears this title; None when no row defines one."""
        return self._assets.get((record.source, fold(title)))

    def remember_need(self, record: Record, text: str, node_id: str) -> str:
        """The id of a need that this row defines."""
        self._needs.setdefault((record.source, fold(text)), node_id)
        return node_id

    def need_named(self, text: str, record: Record) -> str | None:
        """The need of the same source that reads so; None when no row defines one."""
        return self._needs.get((record.source, fold(text)))

    def remember_action(self, record: Record, text: str, node_id: str) -> None:
        """Let a need that this action answers be found by the action's words."""
        self._actions.setdefault((record.source, fold(text)), node_id)

    def action_named(self, text: str, record: Record) -> str | None:
        """The action of the same source that reads so; None when no row defines one."""
        return self._actions.get((record.source, fold(text)))

    def ask(self, record: Record, column: str | None, what: str, cure: str) -> None:
        """Put a question or a remark to the people who filled in the sheet."""
        self.problems.append(
            Problem(file=record.file, sheet=record.sheet, row=record.row, column=column, level="note", what=what, cure=cure)
        )


def _is_charter(name: str) -> bool:
    return "charter" in fold(name).split()


def _spellings(lea: KnownLEA) -> set[str]:
    return {fold(lea.name), *(fold(alias) for alias in lea.also_called)}
