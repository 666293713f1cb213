"""Asking: values from people are read, what can be worked out is worked out, and rows come back typed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import Any

from rapidfuzz import fuzz, process

from assetgraph.errors import StoreError, UsageError
from assetgraph.model.names import fold
from assetgraph.model.places import COUNTIES, closest_spelling, counties_in, county_named, nearest
from assetgraph.model.vocabulary import GRANT_AREAS, GRANT_GRADES, VOCABULARIES, look_up, open_term
from assetgraph.queries.answer import Answer
from assetgraph.queries.catalogue import ROW_CLASSES, question
from assetgraph.queries.question import Param
from assetgraph.queries.rows import Rows
from assetgraph.store import Limit, Store, tells_private
from assetgraph.store.guard import check_readable
from assetgraph.store.lookups import (
    OrganizationNames,
    content_areas,
    counties_with_coordinator,
    figures_of_districts,
    reference_date,
)
from assetgraph.store.privacy import strip_private
from assetgraph.store.tokens import without_blocks

__all__ = ["ask", "cypher", "organization_id", "read_area", "read_county", "read_date"]

ENDING_SOON = timedelta(days=180)
REACHED_WITHIN_YEARS = 3
LAST_YEAR = 9000
MEASURES = (
    "unduplicated_pct", "upp", "frpm_pct", "sed_pct", "frpm_pct_2425", "sed_pct_2324",
)  # fmt: skip
"""Figures by which districts are put in order, the first that is loaded: the unduplicated share, else a stand-in."""


def ask(store: Store, name: str, **values: Any) -> Answer:
    """The answer to one question of the catalogue.

    Values are read as a person writes them: ``county="lake"``, ``area="CS"``, ``as_of="2026-11-22"`` or a date,
    ``org="Lake COE"``. A parameter that Python keeps for itself takes an underscore: ``from_="2025-01-01"``. Raises UsageError
    for an unknown question, parameter or value, with the closest one.

    Example:
        >>> from assetgraph.store import open_store
        >>> len(ask(open_store(":memory:"), "gap_grid", county="Lake", area="math"))
        0
    """
    asked = question(name)
    known = {param.name for param in asked.params}
    values = {name if name in known else name.removesuffix("_"): value for name, value in values.items()}
    for given in values:
        if given not in known:
            raise UsageError(f"{name} has no parameter '{given}'", f"it takes {', '.join(sorted(known))}")
    params: dict[str, Any] = {}
    for param in asked.params:
        params[param.name] = _read(store, param, values.get(param.name), name)
    if "to" in known and params["to"] is None:
        params["to"] = _in_a_year(params["from"])
    shown = dict(params)
    for derived in asked.derived:
        params[derived] = _DERIVED[derived](store, params)
    text = {key: value.isoformat() if isinstance(value, date) else value for key, value in params.items()}
    rows = tuple(ROW_CLASSES[asked.name].model_validate(row) for row in store.read(asked.text, text))
    public_as_of = reference_date(store)
    for row in rows:
        row.known_in_public_on(public_as_of)
        row.asked_for(params.get("county"))
    return Answer(asked, shown, rows)


def cypher(store: Store, query: str, params: Mapping[str, Any] | None = None, *, edition: str = "public") -> Rows:
    """Rows of your own read-only Cypher. In the public edition private fields are refused and never come back.

    Raises NotReadOnly for anything that could write, PrivateField for a private property, and StoreError for a query
    that takes longer than half a minute or gives more than 100,000 rows.
    """
    check_readable(query, edition=edition)
    try:
        rows = store.read(without_blocks(query), dict(params or {}), limit=Limit())
    except StoreError as error:
        if edition == "public" and tells_private(str(error)):
            # The engine's words show values, and so would the errors that led here.
            raise StoreError("the query could not be run, and the reason would show private fields",
                             "check what each function is given, or ask in the staff edition") from None  # fmt: skip
        raise
    return Rows(strip_private(row) for row in rows) if edition == "public" else Rows(rows)


def _read(store: Store, param: Param, value: Any, name: str) -> Any:
    if value is None or value == "":
        if param.required:
            words = param.name.replace("_", " ") if param.kind == param.name else f"{param.name} ({param.kind})"
            raise UsageError(f"{name} needs to know the {words}", f"name the {param.name}, for example {param.example}")
        if param.kind == "date" and param.default == "today":
            return date.today()
        return int(param.default) if param.kind == "number" and param.default else None
    return _READERS[param.kind](store, param, value)


def read_county(value: str) -> str:
    """The name of the county that is meant. Raises UsageError with the closest spelling.

    >>> read_county("lake county")
    'Lake'
    """
    place = county_named(value)
    if place is None:
        meant = closest_spelling(value)
        raise UsageError(f"'{value}' is not a county of California",
                         f"write {meant}" if meant else f"write one of the {len(COUNTIES)} names, for example Lake")  # fmt: skip
    return place.name


def read_area(value: str, held: Collection[str]) -> str:
    """The term of the content area that is meant; ``held`` are those in the graph. Raises UsageError for an unknown one.

    >>> read_area("CS", ())
    'computer_science'
    """
    term = look_up("content_area", value)
    if term is not None:
        return term.term
    if open_term(value) in held:
        return open_term(value)
    names = sorted({*held} | {one.term for one in VOCABULARIES["content_area"]})
    raise UsageError(f"no content area '{value}'", f"use one of {', '.join(names)}")


def read_date(value: Any) -> date:
    """The day that is meant: a date, or its ISO text. Raises UsageError for anything else.

    >>> read_date("2026-11-22")
    datetime.date(2026, 11, 22)
    """
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as error:
        raise UsageError(f"'{value}' is not a day", "write it as 2026-11-22") from error
    if day.year > LAST_YEAR:  # the days that are counted from it must be days too
        raise UsageError(f"{day} is too far ahead", f"name a day up to the year {LAST_YEAR}")
    return day


def _number(store: Store, param: Param, value: Any) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = 0
    if number < 1:
        raise UsageError(f"'{value}' is not a whole number of one or more", "write for example 5")
    return number


def organization_id(store: Store, name: str) -> str:
    """The id of the office, LEA or partner that a name means. Raises UsageError when none or several bear it."""
    names = OrganizationNames(store)
    found = names.bearers(name)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"'{name}' is the name of {len(found)} organizations", f"write the id: {' or '.join(found)}")
    # A slip of the pen first; else a name that holds these words, or nearly.
    close = (process.extractOne(fold(name), list(names.written), scorer=fuzz.ratio, score_cutoff=75)
             or process.extractOne(fold(name), list(names.written), scorer=fuzz.partial_ratio, score_cutoff=85))  # fmt: skip
    cure = f"did you mean '{names.written[close[0]]}'?" if close else "write the name as it stands on the map"
    raise UsageError(f"no office, LEA or partner is called '{name}'", cure)


_READERS: dict[str, Callable[[Store, Param, Any], Any]] = {
    "county": lambda store, param, value: read_county(str(value)),
    "content area": lambda store, param, value: read_area(str(value), content_areas(store)),
    "date": lambda store, param, value: read_date(value),
    "number": _number,
    "organization": lambda store, param, value: organization_id(store, str(value)),
}


def _in_a_year(day: date) -> date:
    return day + timedelta(days=365)


def _years_before(day: date, years: int) -> date:
    year = max(day.year - years, date.min.year)
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)


def _measure(store: Store, params: Mapping[str, Any]) -> str | None:
    """The id of the first figure, of those that may order districts, that is loaded for the county."""
    held = figures_of_districts(store, params["county"])
    return next((f"indicator/{name}" for name in MEASURES if f"indicator/{name}" in held), None)


def _region(store: Store, params: Mapping[str, Any]) -> list[str]:
    return counties_in(COUNTIES[params["county"]].region)


def _peers(store: Store, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """For each county asked about and each area: the nearest others that have a coordinator, and how many are nearer."""
    with_one = counties_with_coordinator(store)
    found = []
    for county in [params["county"]] if params["county"] else COUNTIES:
        order = list(enumerate(nearest(county)))[1:]
        for area in [params["area"]] if params["area"] else GRANT_AREAS:
            near = ({"county": name, "distance": distance} for distance, name in order if name in with_one.get(area, ()))
            found.append({"county": county, "area": area, "near": list(islice(near, params["top"]))})
    return found


_DERIVED: dict[str, Callable[[Store, Mapping[str, Any]], Any]] = {
    "soon": lambda store, params: params["as_of"] + ENDING_SOON,
    "since": lambda store, params: _years_before(params["as_of"], REACHED_WITHIN_YEARS),
    "nearest": lambda store, params: nearest(params["county"]),
    "distances": lambda store, params: {name: distance for distance, name in enumerate(nearest(params["county"]))},
    "neighbours": lambda store, params: sorted(COUNTIES[params["county"]].neighbours),
    "region": _region,
    "peers": _peers,
    "measure": _measure,
    "grade_low": lambda store, params: GRANT_GRADES[0],
    "grade_high": lambda store, params: GRANT_GRADES[1],
}
