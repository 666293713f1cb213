"""What people may ask in their own words: attacks are refused, on paper and by both engines; good questions pass."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hostile_queries import ATTACKS, GOOD, NOT_READING, PRIVATE, PUBLIC_ONLY
from hypothesis import given
from hypothesis import strategies as st

from assetgraph.errors import AssetGraphError, NotReadOnly, PrivateField
from assetgraph.model.nodes import COE, Partner
from assetgraph.model.schema import PRIVATE_PROPERTIES
from assetgraph.store import Change, Store, check_readable, strip_private


@pytest.mark.parametrize("query", GOOD)
@pytest.mark.parametrize("edition", ["public", "staff"])
def test_reading_questions_pass(query: str, edition: str) -> None:
    check_readable(query, edition=edition)


@pytest.mark.parametrize("query", ATTACKS)
@pytest.mark.parametrize("edition", ["public", "staff"])
def test_anything_else_is_refused_with_a_cure(query: str, edition: str) -> None:
    with pytest.raises(NotReadOnly) as refusal:
        check_readable(query, edition=edition)
    assert refusal.value.cure


@pytest.mark.parametrize("query", PRIVATE)
def test_a_private_field_is_refused_to_the_public_and_given_to_staff(query: str) -> None:
    with pytest.raises(PrivateField) as refusal:
        check_readable(query, edition="public")
    assert refusal.value.cure
    check_readable(query, edition="staff")


@pytest.mark.parametrize("query", PUBLIC_ONLY)
def test_functions_over_every_property_are_for_staff(query: str) -> None:
    with pytest.raises(NotReadOnly):
        check_readable(query, edition="public")
    check_readable(query, edition="staff")


@pytest.mark.parametrize("name", sorted(PRIVATE_PROPERTIES))
def test_every_private_property_is_refused(name: str) -> None:
    for query in (f"MATCH (n) RETURN n.{name} AS x", f"MATCH (n) WHERE n.`{name}` IS NULL RETURN 1 AS x", f"RETURN {{{name}: 1}} AS x"):
        with pytest.raises(PrivateField, match=name):
            check_readable(query, edition="public")


def test_the_word_that_is_refused_is_named() -> None:
    with pytest.raises(NotReadOnly, match="MERGE"):
        check_readable("MATCH (n) MERGE (m:X)", edition="public")
    with pytest.raises(NotReadOnly, match="more than one statement"):
        check_readable("RETURN 1 AS a; RETURN 2 AS a", edition="public")


@given(st.text(max_size=200))
def test_any_text_is_judged_and_nothing_else_happens(text: str) -> None:
    refusal = None
    try:
        check_readable(text, edition="public")
    except AssetGraphError as error:
        refusal = error
    assert refusal is None or refusal.cure


@given(st.sampled_from(GOOD), st.sampled_from(["SET n.x = 1", "DELETE n", "CREATE (:X)", "LOAD CSV FROM 'x' AS l"]), st.data())
def test_a_writing_clause_is_seen_wherever_it_is_put(query: str, clause: str, data: st.DataObject) -> None:
    blanks = [place for place, char in enumerate(query) if char == " "]
    place = data.draw(st.sampled_from(blanks))
    before = query[:place]
    if before.count("'") % 2 or before.count('"') % 2 or before.count("`") % 2 or "//" in before:
        return  # inside a text, a name or a comment it is no clause
    with pytest.raises(NotReadOnly):
        check_readable(f"{before} {clause} {query[place:]}", edition="staff")


def test_private_keys_are_stripped_in_any_depth() -> None:
    row = {"a": {"name": "X", "power": 3, "digest": "d"}, "b": [{"notes": "n", "of": ({"contact": "Ann", "id": 1},)}], "c": None}
    assert strip_private(row) == {"a": {"name": "X"}, "b": [{"of": [{"id": 1}]}], "c": None}


def test_good_questions_run_on_every_store(any_store: Store) -> None:
    any_store.apply(Change(nodes=[COE(id="coe/lake", name="Lake", county="Lake"), Partner(id="partner/x", name="X", power=3)]))
    params = {"id": "coe/lake", "day": "2024-01-01", "a": "coe/lake", "b": "partner/x", "area": "area/math", "counties": ["Lake"],
              "x": 1, "y": 2}  # fmt: skip
    for query in GOOD:
        if "`x y`.z" not in query and "point." not in query:  # a name that nothing binds; a function of Neo4j alone
            any_store.read(query.rstrip(";"), params)


def test_what_is_refused_leaves_no_trace_even_without_the_guard(any_store: Store, tmp_path: Path) -> None:
    """The engines themselves are asked to read only: a second wall behind the guard."""
    any_store.apply(Change(nodes=[COE(id="coe/lake", name="Lake", county="Lake")]))
    before = any_store.digests(), any_store.info()
    for query in NOT_READING:
        if "LOAD" in query:
            continue
        with suppress(AssetGraphError):
            any_store.read(query, {"label": "COE", "kind": "LEADS"})
    assert (any_store.digests(), any_store.info()) == before
