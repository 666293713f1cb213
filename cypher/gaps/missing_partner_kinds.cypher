// name: missing_partner_kinds
// purpose: Kinds of partner that a county has no current tie with, each with an example from the nearest county that has one.
// param county: county, required, e.g. Lake
// param area: content area, optional, e.g. science
// param as_of: date, default today
// derived nearest: the 58 counties, nearest to county first
// column family: family of partner kinds, as a term
// column kind: kind of partner, as a term
// column is_asked: whether the county asked about this kind, its family or all kinds
// column example: name of a partner of this kind that is nearest; null when none is known anywhere
// column example_id: its id; null when there is no example
// column example_county: where it is based or has a tie; null when there is no example
// column example_distance: how many counties are nearer, 0 for the county itself; null when there is no example
// column is_reference: whether the example is known from public pages alone; null when there is no example
// column facts: ids of the facts that the example rests on
// order: family, kind
MATCH (coe:COE)-[:IN]->(county:County {name: $county})
OPTIONAL MATCH (lea:LEA)-[:SUPPORTED_BY]->(coe)
WITH coe, county, [coe] + collect(DISTINCT lea) AS bodies
CALL {
  WITH bodies
  UNWIND bodies AS body
  MATCH (body)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(partner:Partner)
  WHERE tie.basis IN ['map', 'table'] AND ($area IS NULL OR $area IN tie.areas)
    AND (tie.starts_on IS NULL OR tie.starts_on <= date($as_of)) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of))
  RETURN collect(DISTINCT partner.kind) AS held, count(tie) AS ties
}
CALL {
  WITH county
  OPTIONAL MATCH (map:Source)-[:MAPS]->(county)
  OPTIONAL MATCH (map)-[asked:ASKED_ABOUT]->(about:ContentArea)
  WHERE asked.asked AND (asked.county IS NULL OR asked.county = county.name) AND ($area IS NULL OR about.term = $area)
  RETURN collect(DISTINCT asked.kind) + collect(DISTINCT asked.family) AS asked
}
MATCH (kind:PartnerKind)
WHERE NOT kind.term IN held
WITH asked, collect(kind.term) AS wanted
// Most kinds are known within the six nearest counties; only for the others one looks at all partners of the kind.
CALL {
  WITH wanted
  UNWIND range(0, 5) AS distance
  MATCH (place:County {name: $nearest[distance]})
  CALL {
    WITH place, wanted
    MATCH (place)<-[said:BASED_IN|SERVES|SUPPORTS]-(partner:Partner)
    WHERE partner.kind IN wanted
      AND (said.starts_on IS NULL OR said.starts_on <= date($as_of)) AND (said.ends_on IS NULL OR said.ends_on >= date($as_of))
    RETURN partner, said.id AS id, said.basis AS basis
    UNION ALL
    WITH place, wanted
    MATCH (place)<-[:IN]-(body)-[said:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(partner:Partner)
    WHERE (body:COE OR body:LEA) AND partner.kind IN wanted
      AND (said.starts_on IS NULL OR said.starts_on <= date($as_of)) AND (said.ends_on IS NULL OR said.ends_on >= date($as_of))
    RETURN partner, said.id AS id, said.basis AS basis
  }
  WITH distance, place, partner, collect(id) AS ids, sum(CASE WHEN basis IN ['map', 'table', 'directory'] THEN 1 ELSE 0 END) AS own
  WHERE ($area IS NULL
    OR EXISTS { MATCH (partner)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-()
                WHERE $area IN tie.areas AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of)) }
    OR EXISTS { MATCH (partner)-[offer:OFFERS]->(:Asset)-[:COVERS]->(:ContentArea {term: $area})
                WHERE offer.ends_on IS NULL OR offer.ends_on >= date($as_of) })
  WITH partner.kind AS kind, distance, place.name AS place, partner.name AS name, partner.id AS id, ids, own = 0 AS is_reference
  ORDER BY kind, distance, name, id
  WITH kind, collect({distance: distance, place: place, name: name, id: id, ids: ids, is_reference: is_reference})[0] AS example
  RETURN collect({kind: kind, example: example}) AS near, collect(kind) AS near_kinds
}
WITH asked, wanted, near, [kind IN wanted WHERE NOT kind IN near_kinds] AS left
CALL {
  WITH left
  UNWIND left AS sought
  MATCH (partner:Partner)
  WHERE partner.kind = sought AND ($area IS NULL
    OR EXISTS { MATCH (partner)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-()
                WHERE $area IN tie.areas AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of)) }
    OR EXISTS { MATCH (partner)-[offer:OFFERS]->(:Asset)-[:COVERS]->(:ContentArea {term: $area})
                WHERE offer.ends_on IS NULL OR offer.ends_on >= date($as_of) })
  CALL {
    WITH partner
    MATCH (partner)-[said:BASED_IN|SERVES|SUPPORTS]->(place:County)
    WHERE (said.starts_on IS NULL OR said.starts_on <= date($as_of)) AND (said.ends_on IS NULL OR said.ends_on >= date($as_of))
    RETURN place.name AS place, said.id AS id, said.basis AS basis
    UNION ALL
    WITH partner
    MATCH (partner)-[said:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(body)-[:IN]->(place:County)
    WHERE (body:COE OR body:LEA)
      AND (said.starts_on IS NULL OR said.starts_on <= date($as_of)) AND (said.ends_on IS NULL OR said.ends_on >= date($as_of))
    RETURN place.name AS place, said.id AS id, said.basis AS basis
  }
  WITH partner, place, collect(id) AS ids, sum(CASE WHEN basis IN ['map', 'table', 'directory'] THEN 1 ELSE 0 END) AS own
  WITH partner.kind AS kind, [i IN range(0, size($nearest) - 1) WHERE $nearest[i] = place][0] AS distance, place,
    partner.name AS name, partner.id AS id, ids, own = 0 AS is_reference
  ORDER BY kind, distance, name, id
  WITH kind, collect({distance: distance, place: place, name: name, id: id, ids: ids, is_reference: is_reference})[0] AS example
  RETURN collect({kind: kind, example: example}) AS far
}
WITH asked, wanted, near + far AS examples
MATCH (kind:PartnerKind)
WHERE kind.term IN wanted
WITH kind, asked, [one IN examples WHERE one.kind = kind.term | one.example][0] AS example
RETURN kind.family AS family, kind.term AS kind,
  kind.term IN asked OR kind.family IN asked OR 'all' IN asked AS is_asked,
  example.name AS example, example.id AS example_id, example.place AS example_county, example.distance AS example_distance,
  example.is_reference AS is_reference, coalesce(example.ids, []) AS facts
ORDER BY family, kind
