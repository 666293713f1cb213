// name: who_connects
// purpose: Who is tied to both of two organizations, and how.
// param a: organization, required, e.g. Butte County Office of Education
// param b: organization, required, e.g. Glenn County Office of Education
// param as_of: date, default today
// column connector: name of the organization that is tied to both
// column connector_id: its id
// column kind: kind of partner; null when not recorded or when it is an office or LEA
// column relations_a: how it is tied to the first
// column relations_b: how it is tied to the second
// column areas: content areas of these ties, as terms; empty when not recorded
// column is_current: whether both sides hold on the day asked about
// column facts: ids of the facts that the row rests on
// order: current first, then connector, connector_id
CALL {
  MATCH (n:COE {id: $a}) RETURN n AS a
  UNION
  MATCH (n:LEA {id: $a}) RETURN n AS a
  UNION
  MATCH (n:Partner {id: $a}) RETURN n AS a
}
CALL {
  MATCH (n:COE {id: $b}) RETURN n AS b
  UNION
  MATCH (n:LEA {id: $b}) RETURN n AS b
  UNION
  MATCH (n:Partner {id: $b}) RETURN n AS b
}
MATCH (a)-[x:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(connector)
WHERE (connector:Partner OR connector:COE OR connector:LEA) AND connector.id <> b.id
WITH a, b, connector, collect(DISTINCT toLower(type(x))) AS relations_a, collect(x.id) AS facts_a,
  collect(coalesce(x.areas, [])) AS areas_a,
  sum(CASE WHEN (x.starts_on IS NULL OR x.starts_on <= date($as_of))
            AND (x.ends_on IS NULL OR x.ends_on >= date($as_of)) THEN 1 ELSE 0 END) AS current_a
MATCH (b)-[y:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(connector)
WITH connector, relations_a, facts_a, areas_a, current_a, collect(DISTINCT toLower(type(y))) AS relations_b,
  collect(y.id) AS facts_b, collect(coalesce(y.areas, [])) AS areas_b,
  sum(CASE WHEN (y.starts_on IS NULL OR y.starts_on <= date($as_of))
            AND (y.ends_on IS NULL OR y.ends_on >= date($as_of)) THEN 1 ELSE 0 END) AS current_b
RETURN connector.name AS connector, connector.id AS connector_id,
  CASE WHEN connector:Partner THEN connector.kind ELSE null END AS kind,
  relations_a AS relations_a, relations_b AS relations_b,
  reduce(flat = [], xs IN areas_a + areas_b | flat + xs) AS areas,
  current_a > 0 AND current_b > 0 AS is_current, facts_a + facts_b AS facts
ORDER BY is_current DESC, connector, connector_id
