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
  WHERE tie.basis IN ['map', 'table'] AND ($area IS NULL OR $area IN coalesce(tie.areas, []))
    AND (tie.starts_on IS NULL OR tie.starts_on <= date($as_of)) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of))
  RETURN collect(partner.kind) AS held
}
CALL {
  WITH county
  OPTIONAL MATCH (map:Source)-[:MAPS]->(county)
  OPTIONAL MATCH (map)-[asked:ASKED_ABOUT]->(about:ContentArea)
  WHERE asked.asked AND (asked.county IS NULL OR asked.county = county.name) AND ($area IS NULL OR about.term = $area)
  RETURN collect(DISTINCT asked.kind) + collect(DISTINCT asked.family) AS asked
}
CALL {
  UNWIND range(0, size($nearest) - 1) AS distance
  MATCH (place:County {name: $nearest[distance]})
  CALL {
    WITH place
    MATCH (place)<-[home:BASED_IN]-(partner:Partner)
    RETURN partner, home.id AS id, home.basis AS basis
    UNION ALL
    WITH place
    MATCH (place)<-[:IN]-(:COE)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(partner:Partner)
    WHERE (tie.starts_on IS NULL OR tie.starts_on <= date($as_of)) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of))
    RETURN partner, tie.id AS id, tie.basis AS basis
    UNION ALL
    WITH place
    MATCH (place)<-[:IN]-(:LEA)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(partner:Partner)
    WHERE (tie.starts_on IS NULL OR tie.starts_on <= date($as_of)) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of))
    RETURN partner, tie.id AS id, tie.basis AS basis
    UNION ALL
    WITH place
    MATCH (place)<-[service:SERVES|SUPPORTS]-(partner:Partner)
    WHERE (service.starts_on IS NULL OR service.starts_on <= date($as_of)) AND (service.ends_on IS NULL OR service.ends_on >= date($as_of))
    RETURN partner, service.id AS id, service.basis AS basis
  }
  WITH distance, place, partner, collect(id) AS ids, sum(CASE WHEN basis IN ['map', 'table', 'directory'] THEN 1 ELSE 0 END) AS own
  WHERE partner.kind IS NOT NULL
  CALL {
    WITH partner
    OPTIONAL MATCH (partner)-[offer:OFFERS]->(:Asset)-[:COVERS]->(area:ContentArea)
    WHERE $area IS NOT NULL AND area.term = $area AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
    OPTIONAL MATCH (partner)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-()
    WHERE $area IS NOT NULL AND $area IN coalesce(tie.areas, []) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of))
    RETURN count(offer) + count(tie) AS about
  }
  WITH distance, place, partner, ids, own, about
  WHERE $area IS NULL OR about > 0
  WITH partner.kind AS kind, distance, place.name AS place, partner.name AS name, partner.id AS id, ids, own = 0 AS is_reference
  ORDER BY kind, distance, name, id
  WITH kind, collect({distance: distance, place: place, name: name, id: id, ids: ids, is_reference: is_reference}) AS found
  RETURN collect({kind: kind, example: found[0]}) AS examples
}
MATCH (kind:PartnerKind)
WHERE NOT kind.term IN held
WITH kind, asked, [one IN examples WHERE one.kind = kind.term | one.example][0] AS example
RETURN kind.family AS family, kind.term AS kind,
  kind.term IN asked OR kind.family IN asked OR 'all' IN asked AS is_asked,
  example.name AS example, example.id AS example_id, example.place AS example_county, example.distance AS example_distance,
  example.is_reference AS is_reference, coalesce(example.ids, []) AS facts
ORDER BY family, kind
