"""The graph is a function of the records: order, repetition and the way there do not matter."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_counties import COLUSA, readings

from assetgraph.build.plan import plan_build, plan_retire
from assetgraph.build.project import project
from assetgraph.build.run import build, retire
from assetgraph.model.facts import FACT_KINDS
from assetgraph.model.graph import Graph
from assetgraph.model.records import Reading, Record
from assetgraph.store import Store, open_store

SOURCES = tuple(source for reading in readings() for source in reading.sources)
RECORDS = tuple(record for reading in readings() for record in reading.records)
WHOLE = project(SOURCES, RECORDS)


def without(reading: Reading, *texts: str) -> Reading:
    """The reading as its owner would give it after striking the rows that hold one of these texts."""
    kept = tuple(record for record in reading.records if not any(text in record.content() for text in texts))
    assert len(kept) < len(reading.records)
    return reading.model_copy(update={"records": kept})


def test_the_graph_is_not_empty() -> None:
    assert {"partner/river-museum", "coe/colusa", "lea/06616220000000"} <= WHOLE.graph.nodes.keys()
    assert {edge.fact.type for edge in WHOLE.graph.edges.values()} >= {"PARTNERS_WITH", "OFFERS", "ASKED_ABOUT", "REACHED_IN"}


@settings(max_examples=25, deadline=None)
@given(st.permutations(SOURCES), st.permutations(RECORDS))
def test_no_order_of_sources_or_rows_changes_the_graph(sources: list, records: list) -> None:  # type: ignore[type-arg]
    again = project(sources, records)
    assert again.graph == WHOLE.graph
    assert again.problems == WHOLE.problems


@settings(max_examples=15, deadline=None)
@given(st.sets(st.sampled_from(RECORDS), max_size=30))
def test_a_row_given_twice_says_it_once(doubled: set[Record]) -> None:
    assert project(SOURCES, [*RECORDS, *sorted(doubled, key=lambda one: (one.source, one.sheet, one.row))]).graph == WHOLE.graph


@settings(max_examples=25, deadline=None)
@given(st.sets(st.sampled_from(RECORDS)))
def test_every_fact_joins_two_nodes_that_are_there_and_that_its_kind_may_join(chosen: set[Record]) -> None:
    graph = project(SOURCES, list(chosen)).graph
    for edge in graph.edges.values():
        kind = FACT_KINDS[edge.fact.type]
        for end, labels in ((edge.from_id, kind.from_labels), (edge.to_id, kind.to_labels)):
            assert end in graph.nodes
            assert labels == ("*",) or type(graph.nodes[end]).label in labels, (edge.fact.type, end)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_maps_loaded_months_apart_meet_in_any_order(order: tuple[int, ...]) -> None:
    parts = (readings()[0], readings()[1], Reading(
        sources=tuple(source for reading in readings()[2:] for source in reading.sources),
        records=tuple(record for reading in readings()[2:] for record in reading.records)))  # fmt: skip
    with open_store(":memory:", write=True) as store:
        for place in order:
            build(store, parts[place], reference=False)
        assert same(store.graph(), WHOLE.graph)


def same(one: Graph, other: Graph) -> bool:
    return dict(one.nodes) == dict(other.nodes) and dict(one.edges) == dict(other.edges)


def test_building_twice_plans_nothing(any_store: Store) -> None:
    first = build(any_store, *readings(), reference=False)
    assert sum(source.new for source in first.sources) == len(RECORDS)
    again = plan_build(any_store, readings())
    assert again.is_empty
    assert sum(source.same for source in again.sources) == len(RECORDS)
    assert {(source.new, source.changed, source.gone) for source in again.sources} == {(0, 0, 0)}


def test_rows_that_vanished_are_previewed_as_gone_and_their_facts_go(any_store: Store) -> None:
    build(any_store, *readings(), reference=False)
    shorter = without(readings()[0], "River Museum", "Museum nights")
    plan = plan_build(any_store, [shorter])
    (colusa,) = plan.sources
    # On the Quickstorm and Partners sheets; and Williams's part in Museum nights.
    assert colusa.gone == plan.gone == 3
    assert {(row.kind, row.sheet) for row in colusa.rows} == {("gone", "Quickstorm"), ("gone", "Partners"), ("gone", "Reach")}
    any_store.apply(plan.change)
    names = {row["name"] for row in any_store.read("MATCH (p:Partner) RETURN p.name AS name ORDER BY name")}
    assert "River Museum" not in names and "Valley Library" in names
    assert same(any_store.graph(), project(SOURCES, [r for r in RECORDS if r.source != COLUSA] + list(shorter.records)).graph)


def test_a_changed_row_is_previewed_as_changed(any_store: Store) -> None:
    build(any_store, *readings(), reference=False)
    colusa = readings()[0]
    records = [record.replaced(values=record.values.model_copy(update={"tags": ("new",)}))
               if record.kind == "Quickstorm" and record.row == 2 else record for record in colusa.records]  # fmt: skip
    (plan,) = plan_build(any_store, [colusa.model_copy(update={"records": tuple(records)})]).sources
    assert (plan.new, plan.changed, plan.gone) == (0, 1, 0)
    assert [(row.kind, row.text) for row in plan.rows] == [("changed", "River Museum, Museum nights")]


def test_what_another_source_also_holds_stays_when_one_is_retired(any_store: Store) -> None:
    build(any_store, *readings(), reference=False)
    retire(any_store, COLUSA)
    query = "MATCH (p:Partner {id: $id})-[r]->(x) RETURN r.source AS source, x.id AS other ORDER BY source, other"
    left = any_store.read(query, {"id": "partner/oak-grove-college"})
    assert {row["source"] for row in left} == {"map/glenn-county-office-of-education/plan-a/step-1"}
    assert any_store.read("MATCH (p:Partner {id: 'partner/river-museum'}) RETURN p.id AS id ORDER BY id") == []
    rest = [source for source in SOURCES if source.id != COLUSA]
    assert same(any_store.graph(), project(rest, [record for record in RECORDS if record.source != COLUSA]).graph)


def test_retiring_and_building_again_is_as_if_nothing_had_been(any_store: Store) -> None:
    build(any_store, *readings(), reference=False)
    retire(any_store, COLUSA)
    build(any_store, readings()[0], reference=False)
    assert same(any_store.graph(), WHOLE.graph)
    assert plan_build(any_store, readings()).is_empty


def test_the_same_tie_from_two_sources_is_two_facts_and_one_tie() -> None:
    colusa = readings()[0]
    second = colusa.sources[0].model_copy(update={"id": "map/colusa-county-office-of-education/plan-b/step-1", "plan": "B"})
    copied = [record.replaced(source=second.id) for record in colusa.records]
    graph = project([*SOURCES, second], [*RECORDS, *copied]).graph
    ties = [edge.fact for edge in graph.edges.values()
            if edge.fact.type == "PARTNERS_WITH" and edge.from_id == "partner/river-museum"]  # fmt: skip
    assert sorted(tie.source for tie in ties) == sorted([COLUSA, second.id])
    assert graph.nodes.keys() - WHOLE.graph.nodes.keys() >= {f"source/{second.id}"}
    assert len([node for node in graph.nodes if node.startswith("partner/")]) == len(
        [node for node in WHOLE.graph.nodes if node.startswith("partner/")])  # fmt: skip


def test_planning_writes_nothing(any_store: Store) -> None:
    build(any_store, readings()[0], reference=False)
    before = any_store.digests()
    plan_build(any_store, readings())
    plan_retire(any_store, [COLUSA])
    build(any_store, *readings(), reference=False, dry_run=True)
    assert any_store.digests() == before
