"""Laws that every store keeps, on the embedded one and on a real Neo4j."""

from __future__ import annotations

from datetime import date

import pytest

from assetgraph.errors import StoreError
from assetgraph.model.facts import FACT_KINDS, Fact
from assetgraph.model.graph import Edge, Graph
from assetgraph.model.nodes import COE, Asset, ContentArea, County, Partner, Source
from assetgraph.model.records import Basis, Record, SourceInfo
from assetgraph.model.schema import SCHEMA_VERSION
from assetgraph.model.sheets import QuickstormRow
from assetgraph.queries import cypher
from assetgraph.store import Change, Store, edge_digest, node_digest, pages_of

HOSTILE = "X `q` \"\\' }) DETACH DELETE n // $rows {{x}} <script> 😀 👩‍👧 ñ \u2028 =1+1"

LAKE = COE(id="coe/lake", name="Lake County Office of Education", county="Lake", cds="17101730000000")
COUNTY = County(id="county/lake", name="Lake", fips="06033", cds_county_code="17", lat=39.0, lon=-122.75)
HOSTILE_PARTNER = Partner(
    id="partner/x", name=HOSTILE, kind=HOSTILE, also_called=["", HOSTILE, "b"], is_network=True, power=3,
    contact="Ann", notes="frank", extra=["Header: text"],
)  # fmt: skip
WORKSHOP = Asset(
    id="asset/w", name="Workshop", starts_on=date(2024, 2, 29), ends_on=date(1999, 12, 31), duration="temporary", grade_low=-3,
    grade_high=12, hours=4.0, audience=["teachers"], is_offering=True,
)  # fmt: skip
MATH = ContentArea(id="area/math", name="Mathematics", term="math")
MAP = Source(id="source/map/lake", name="Lake", basis="map", files=["lake.xlsx"], rows_in=2, rows_kept=2)


@pytest.fixture(params=["kglite", pytest.param("neo4j", marks=pytest.mark.neo4j), pytest.param("newest", marks=pytest.mark.neo4j)])
def any_store(request: pytest.FixtureRequest) -> Store:
    """An empty store of each kind in turn, Neo4j's current calendar release among them."""
    store: Store = request.getfixturevalue(f"{request.param}_store")
    return store


def fact(kind: str, id: str, **more: object) -> Fact:
    return FACT_KINDS[kind].model_validate({"id": id, "source": "map/lake", "basis": "map", **more})


TIE = Edge("coe/lake", "partner/x", fact("PARTNERS_WITH", "f1", areas=["math"], as_of=date(2024, 1, 2), notes="frank",
                                         file="lake.xlsx", sheet="Quickstorm", row=2))  # fmt: skip
SAME_TIE_AGAIN = Edge("coe/lake", "partner/x", fact("PARTNERS_WITH", "f2", areas=[], row=3))
OFFERS = Edge("partner/x", "asset/w", fact("OFFERS", "f3", starts_on=date(2024, 2, 29), duration="temporary"))
NAMED = Edge("partner/x", "source/map/lake", fact("REPORTED_BY", "f4"))
NODES = [LAKE, COUNTY, HOSTILE_PARTNER, WORKSHOP, MATH, MAP]
EDGES = [TIE, SAME_TIE_AGAIN, OFFERS, NAMED, Edge("coe/lake", "county/lake", fact("IN", "f5"))]


def record(row: int) -> Record:
    values = QuickstormRow(who=HOSTILE, what="Lesson study", content_areas=("math",), starts_on=date(2024, 1, 1),
                           grades=(4, 12), notes="frank", extra=(("Odd", HOSTILE),))  # fmt: skip
    return Record(source="map/lake", file="lake.xlsx", sheet="Quickstorm", row=row, kind="Quickstorm", county="Lake", values=values)


RECORDS = [record(2), record(10)]
SOURCES = [SourceInfo(id="map/lake", basis=Basis.MAP, name="Lake COE", counties=("Lake",), as_of=date(2024, 1, 2), contact="Ann")]


def everything() -> Change:
    return Change(nodes=NODES, edges=EDGES, pages=pages_of(RECORDS), sources=SOURCES)


def whole() -> Graph:
    return Graph({node.id: node for node in NODES}, {edge.fact.id: edge for edge in EDGES})


def test_what_is_written_comes_back_equal_and_typed(any_store: Store) -> None:
    any_store.apply(everything())
    assert any_store.graph() == whole()
    assert any_store.records() == RECORDS, "in the order of their rows, not of their ids"
    assert any_store.sources() == SOURCES


def test_digests_are_those_of_what_was_written(any_store: Store) -> None:
    any_store.apply(everything())
    nodes, facts = any_store.digests()
    assert nodes == {node.id: node_digest(node) for node in NODES}
    assert facts == {edge.fact.id: edge_digest(edge) for edge in EDGES}


def test_writing_twice_is_writing_once(any_store: Store) -> None:
    any_store.apply(everything())
    before = any_store.digests(), any_store.graph(), any_store.info().facts
    any_store.apply(everything())
    assert (any_store.digests(), any_store.graph(), any_store.info().facts) == before


def test_two_statements_of_one_tie_are_both_kept(any_store: Store) -> None:
    any_store.apply(everything())
    rows = any_store.read(
        "MATCH (c:COE {id: $id})-[r:PARTNERS_WITH]->(p:Partner) RETURN r.id AS id, p.id AS p ORDER BY id", {"id": "coe/lake"}
    )
    assert rows == [{"id": "f1", "p": "partner/x"}, {"id": "f2", "p": "partner/x"}]


def test_pages_of_different_sheets_are_different_pages() -> None:
    """Names of files and sheets hold any sign, that which joins the parts of an id too."""
    values = record(1).values
    one, other = (Record(source="map/lake", file=file, sheet=sheet, row=1, kind="Quickstorm", values=values)
                  for file, sheet in (("a#b", "c"), ("a", "b#c")))  # fmt: skip
    pages = pages_of([one, other])
    assert len({page.id for page in pages}) == 2
    assert {page.id.partition("#")[0] for page in pages} == {one.source}


def test_taking_away_gives_back_what_was_there(any_store: Store) -> None:
    any_store.apply(everything())
    goal = Partner(id="partner/new", name="New")
    tie = Edge("coe/lake", "partner/new", fact("SUPPORTS", "f9"))
    any_store.apply(Change(nodes=[goal], edges=[tie], pages=pages_of([record(1100)])))
    assert any_store.graph() != whole()
    any_store.apply(Change(removed_edges=[("SUPPORTS", "f9")], removed_nodes=[("Partner", "partner/new")],
                           removed_pages=[page.id for page in pages_of([record(1100)])]))  # fmt: skip
    assert any_store.graph() == whole()
    assert any_store.records() == RECORDS


def test_putting_replaces_every_property(any_store: Store) -> None:
    any_store.apply(everything())
    plain = Partner(id="partner/x", name="Plain")
    tie = Edge("coe/lake", "asset/w", fact("PARTNERS_WITH", "f1"))
    any_store.apply(Change(nodes=[plain], edges=[tie]))
    graph = any_store.graph()
    assert graph.nodes["partner/x"] == plain
    assert graph.edges["f1"] == tie, "a fact with the same id and other ends has moved"
    assert any_store.info().facts["PARTNERS_WITH"] == 2


def test_a_removed_node_takes_its_facts_with_it_and_absence_is_harmless(any_store: Store) -> None:
    any_store.apply(everything())
    gone = Change(removed_nodes=[("Partner", "partner/x"), ("Partner", "partner/never")], removed_edges=[("OFFERS", "never")],
                  removed_pages=["never"], removed_sources=["map/lake"])  # fmt: skip
    any_store.apply(gone)
    assert set(any_store.graph().edges) == {"f5"}
    assert any_store.sources() == []


def test_a_fact_without_its_node_is_refused_and_nothing_is_written(any_store: Store) -> None:
    any_store.apply(everything())
    before = any_store.digests()
    lost = Edge("coe/lake", "partner/nowhere", fact("SUPPORTS", "f9"))
    with pytest.raises(StoreError, match="not there"):
        any_store.apply(Change(nodes=[Partner(id="partner/new", name="New")], edges=[lost]))
    assert any_store.digests() == before


def test_an_empty_change_only_marks_the_store(any_store: Store) -> None:
    assert any_store.info().schema_version is None
    any_store.apply(Change())
    assert any_store.info().schema_version == SCHEMA_VERSION
    assert any_store.graph() == Graph()


def test_info_counts_by_label_and_type(any_store: Store) -> None:
    any_store.apply(everything())
    info = any_store.info()
    assert (info.nodes["COE"], info.nodes["Partner"], info.nodes["School"]) == (1, 1, 0)
    assert (info.facts["PARTNERS_WITH"], info.facts["REPORTED_BY"], info.facts["NEEDS"]) == (2, 1, 0)
    assert (info.records, info.sources, info.address) == (2, tuple(SOURCES), any_store.address)


def test_values_come_back_native_in_any_depth(any_store: Store) -> None:
    any_store.apply(everything())
    rows = any_store.read(
        "MATCH (a:Asset) RETURN a.starts_on AS day, [a.starts_on] AS days, {day: a.ends_on, of: [a.ends_on]} AS map, "
        "a.audience AS audience, a.hours AS hours, date($day) AS asked, a.web AS web", {"day": date(2024, 3, 1)}
    )  # fmt: skip
    assert rows == [{
        "day": date(2024, 2, 29), "days": [date(2024, 2, 29)], "map": {"day": date(1999, 12, 31), "of": [date(1999, 12, 31)]},
        "audience": ["teachers"], "hours": 4.0, "asked": date(2024, 3, 1), "web": None,
    }]  # fmt: skip
    assert type(rows[0]["day"]) is date


def test_whole_nodes_and_ties_look_alike_on_every_store(any_store: Store) -> None:
    any_store.apply(Change(nodes=[LAKE, MATH], edges=[Edge("coe/lake", "area/math", fact("REACHED_IN", "f1", answer="yes"))]))
    row = any_store.read("MATCH p = (a:COE)-[r:REACHED_IN]->(b) RETURN b AS b, r AS r, p AS p, [b] AS list")[0]
    node = {"label": "ContentArea", "id": "area/math", "name": "Mathematics", "term": "math", "digest": node_digest(MATH)}
    assert row["b"] == node and row["list"] == [node] and row["p"]["nodes"][1] == node
    assert row["r"] == row["p"]["relationships"][0]
    assert row["r"]["type"] == "REACHED_IN" and row["r"]["answer"] == "yes" and "start" not in row["r"]


def test_comments_of_either_kind_are_read_by_every_store(any_store: Store) -> None:
    any_store.apply(everything())
    query = "/* all */ MATCH (c:COE) /* its\nname */ RETURN c.name + '/* kept */' AS name // the end\nORDER BY name"
    assert cypher(any_store, query) == [{"name": "Lake County Office of Education/* kept */"}]


def test_unknown_names_give_no_rows_and_no_noise(any_store: Store, capfd: pytest.CaptureFixture[str]) -> None:
    assert any_store.read("MATCH (n:Need)-[r:ABOUT]->(a:ContentArea) WHERE a.term = $t RETURN n.id AS id", {"t": "x"}) == []
    any_store.apply(Change(nodes=[LAKE]))
    assert any_store.read("MATCH (c:COE) OPTIONAL MATCH (c)-[:HAS_COORDINATOR]->(x) RETURN c.nothing AS a, x.id AS b") == [
        {"a": None, "b": None}]  # fmt: skip
    assert capfd.readouterr().err == ""


def test_progress_ends_at_the_whole(any_store: Store) -> None:
    seen: list[tuple[str, int, int]] = []
    any_store.apply(everything(), lambda what, done, of: seen.append((what, done, of)))
    assert seen[-1][1] == seen[-1][2] > 0
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)
    assert {what for what, _, _ in seen} == {"nodes", "facts", "records"}


def test_a_reading_query_that_writes_is_refused(any_store: Store) -> None:
    any_store.apply(Change(nodes=[LAKE]))
    with pytest.raises(StoreError):
        any_store.read("MATCH (c:COE) SET c.name = 'x' RETURN c.name AS name")
    assert any_store.graph().nodes["coe/lake"] == LAKE
