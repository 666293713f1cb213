"""What people may ask in their own words: attacks are refused, on paper and by both engines; good questions pass."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetgraph.errors import AssetGraphError, NotReadOnly, PrivateField
from assetgraph.model.nodes import COE, Partner
from assetgraph.model.schema import PRIVATE_PROPERTIES
from assetgraph.store import Change, Store, check_readable, strip_private

GOOD = [
    "MATCH (p:Partner) RETURN p.name AS name ORDER BY name",
    "match (p:Partner) where p.name contains 'x' return distinct p.name as name order by name desc skip 1 limit 5;",
    "MATCH (c:COE {id: $id})-[r:PARTNERS_WITH]-(p:Partner) WHERE r.as_of <= date($day) RETURN p.id AS id, r.areas AS areas",
    "MATCH (c:COE)-[*1..3]-(p) RETURN count(DISTINCT p) AS n",
    "MATCH p = shortestPath((a:COE {id: $a})-[:PARTNERS_WITH|MEMBER_OF*..4]-(b:COE {id: $b})) RETURN [n IN nodes(p) | n.name] AS names",
    "MATCH (l:LEA) WHERE NOT EXISTS { MATCH (l)-[:TOOK_PART_IN]->(:Asset)-[:COVERS]->(:ContentArea {id: $area}) } RETURN l.id AS id",
    "UNWIND ['math', 'science'] AS term OPTIONAL MATCH (a:ContentArea {term: term}) RETURN term, a.name AS name",
    "MATCH (c:COE) CALL (c) { MATCH (c)-[:PARTNERS_WITH]-(p) RETURN count(p) AS n } RETURN c.name AS name, n ORDER BY n, name",
    "MATCH (c:COE) CALL { WITH c MATCH (c)--(p) RETURN count(p) AS n } RETURN c.name AS name, n ORDER BY n, name",
    "MATCH (n:COE) RETURN CASE WHEN n.web IS NULL THEN 'no' ELSE n.web END AS web, n.name STARTS WITH 'L' AS l",
    "MATCH (n:COE) RETURN n.id AS id UNION ALL MATCH (n:LEA) RETURN n.id AS id",
    "MATCH (n) WHERE n:COE OR n:Partner RETURN n {.id, .name, kind: labels(n)[0]} AS n, collect(n.name)[..3] AS names",
    "MATCH (n:COE) WHERE n.name IN ['a', 'b'] AND n.county IN $counties RETURN [1, 'x'] AS list, {a: $x, b: [$y]} AS map",
    "MATCH (a)-[r]->(b) WHERE type(r) = 'LEADS' RETURN COUNT { (a)--() } AS n // the rest is 'a comment' with SET in it\nLIMIT 3",
    "MATCH (n:COE) RETURN point.distance(point({latitude: 1.5, longitude: 2}), point({latitude: 1, longitude: 2.0})) AS m",
    "RETURN 'SET n.x = 1; LOAD CSV' AS text, \"it's\" AS b, 'http://x/y' AS c, `x y`.z AS d",
    "MATCH (start:COE)-[r]-(set:Partner) RETURN start.name AS name, r.type AS t",
    "MATCH (n:COE) WITH n ORDER BY n.name DESC RETURN ['a', n.name] AS pair, -1 + 2 * 3 / 4 % 5 ^ 6 AS x, n.county =~ 'L.*' AS y",
]

NOT_READING = [
    "CREATE (:X)",
    "MATCH (n) SET n.name = 'x'",
    "MATCH (n) SET n.name = 'x' RETURN n.name AS name",
    "MATCH (n) WITH * SET n.name = 'x' RETURN 1 AS one",
    "MATCH (n)\nset\nn.name='x'",
    "MATCH (n) DELETE n",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) NODETACH DELETE n",
    "MATCH (n) REMOVE n.name",
    "MERGE (n:X {id: 1})",
    "MATCH (n) FOREACH (x IN [1] | SET n.y = x)",
    "MATCH (n) CALL { WITH n SET n.x = 1 } RETURN 1 AS one",
    "MATCH (n) CALL (n) { CREATE (:X) }",
    "MATCH (n) CALL (n) { RETURN 1 AS x } IN TRANSACTIONS RETURN 1 AS one",
    "MATCH (n) CALL (n) { RETURN 1 AS x } IN 3 CONCURRENT TRANSACTIONS OF 10 ROWS RETURN 1 AS one",
    "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
    "MATCH (n) LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
    "WITH * LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
    "UNWIND [1] AS x /* here */ LOAD CSV WITH HEADERS FROM 'file:///etc/hostname' AS line RETURN line",
    "CALL { LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line } RETURN line",
    "UNWIND [1] AS x // \r LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
    "RETURN 'a\\' AS x LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line //'",
    "RETURN 'a\\u0027 AS x LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line //'",
    "RETURN 1 AS `x``` LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line //`",
    "CALL db.labels()",
    "CALL db.labels() YIELD label RETURN label",
    "MATCH (n) CALL apoc.load.json('file:///etc/hostname') YIELD value RETURN value",
    "CALL dbms.components",
    "CALL pagerank() YIELD node, score RETURN node, score",
    "RETURN apoc.convert.toJson({a: 1}) AS x",
    "RETURN `apoc`.`convert`.`toJson`({a: 1}) AS x",
    "RETURN text_score(n, 'notes', 'x') AS x",
    "SHOW DATABASES",
    "USE system MATCH (n) RETURN n.id AS id",
    "MATCH (n) RETURN n.id AS id UNION SHOW USERS",
    "TERMINATE TRANSACTION 'x'",
    "DROP CONSTRAINT x",
    "MATCH (n) RETURN 1 AS one; MATCH (n) DETACH DELETE n",
    ";",
    "",
    "// nothing",
    "EXPLAIN MATCH (n) RETURN n.id AS id",
    "PROFILE MATCH (n) RETURN n.id AS id",
    "CYPHER 5 MATCH (n) RETURN n.id AS id",
    "INSERT (:X)",
    "MATCH (n) INSERT (:X)",
    "MATCH (n) RETURN n.id AS id FORMAT CSV",
    "MATCH (n) RETURN n.id AS all FORMAT CSV",
    "FOR VALID_TIME ALL MATCH (n) RETURN n.id AS id",
    "MATCH (n:$label) RETURN n.id AS id",
    "MATCH (n:$($label)) RETURN n.id AS id",
    "MATCH ()-[r:A|$kind]->() RETURN r.id AS id",
    "MATCH (n) ſet n.x = 1",
    "MATCH (n) USING INDEX n:COE(id) RETURN n.id AS id",
    "RETURN 'unclosed AS x",
    "MATCH (n)\u00a0SET n.x = 1",
]

PRIVATE = [
    "MATCH (p:Partner) RETURN p.power AS x",
    "MATCH (p:Partner) RETURN p . /* here */ notes AS x",
    "MATCH (p:Partner) RETURN p.`power` AS x",
    "MATCH (p:Partner) WHERE p.contact = 'Ann' RETURN p.id AS id",
    "MATCH (p:Partner {power: 3}) RETURN p.id AS id",
    "MATCH (p:Partner) RETURN p.id AS id ORDER BY p.interest",
    "MATCH (p:Partner) RETURN p {.id, .notes} AS p",
    "MATCH (p:Partner) RETURN p {.*} AS p",
    "MATCH (p:Partner) RETURN toString(p { . * }) AS p",
    "MATCH (p:Partner) RETURN p['power'] AS x",
    "MATCH (p:Partner) RETURN p['po' + 'wer'] AS x",
    "MATCH (p:Partner) RETURN p[$key] AS x",
    "UNWIND ['power'] AS k MATCH (p:Partner) RETURN p[k] AS x",
    "MATCH (p:Partner) RETURN [p][0][$key] AS x",
    "MATCH (p:Partner) RETURN (p)[$key] AS x",
    "MATCH (p:Partner) RETURN CASE WHEN true THEN p END[$key] AS x",
    "MATCH (p:Partner) WITH p AS count RETURN count[$key] AS x",
    "MATCH (p:Partner) WITH p AS then RETURN then['power'] AS x",
    "MATCH (p:Partner) WITH p AS in RETURN 1 + in['power'] AS x",
    "MATCH (p:Partner) WITH collect(p) AS all RETURN all[0]['power'] AS x",
    "MATCH (r:RecordPage) RETURN r.id AS id",
    "MATCH (r:`RecordPage`) RETURN r.id AS id",
    "MATCH (r) WHERE r:RecordSource RETURN r.id AS id",
    "MATCH (r) RETURN r.payload AS x",
    "MATCH (r) RETURN r.digest AS x",
    "MATCH (s:TeamSeat) RETURN s.person AS x",
]

PUBLIC_ONLY = [  # NotReadOnly rather than PrivateField, since the functions themselves are staff's
    "MATCH (p:Partner) RETURN properties(p) AS x",
    "MATCH (p:Partner) RETURN 'power' IN keys(p) AS x",
]


@pytest.mark.parametrize("query", GOOD)
@pytest.mark.parametrize("edition", ["public", "staff"])
def test_reading_questions_pass(query: str, edition: str) -> None:
    check_readable(query, edition=edition)


@pytest.mark.parametrize("query", NOT_READING)
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
