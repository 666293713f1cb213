// name: gap_grid
// purpose: For each content area and family of partners: covered, fragile, on paper, nobody, or not asked.
// param county: county, required, e.g. Lake
// param area: content area, optional, e.g. math
// param as_of: date, default today
// derived soon: as_of + 180 days
// column area: content area, as a term
// column family: family of partner kinds, as a term; not_recorded for partners whose kind nobody wrote down
// column state: covered, fragile, on_paper, nobody or not_asked
// column ties: current ties of that family and area to the county office or one of its LEAs; a tie is counted once however many sources state it
// column partners: names at the other end of these ties
// column ending_soon: how many of these ties end within 180 days, the day asked about included
// column on_paper: names of those that serve, or are open to, the county or the state as a whole
// column asked_kinds: single kinds of this family that were asked about; empty when none was
// column is_single_district: whether the office and the county's one district are one body
// column facts: ids of the facts that the row rests on
// order: area, family
MATCH (coe:COE)-[:IN]->(county:County {name: $county})
OPTIONAL MATCH (lea:LEA)-[:SUPPORTED_BY]->(coe)
WITH coe, county, [coe] + collect(DISTINCT lea) AS bodies
CALL {
  WITH bodies
  UNWIND bodies AS body
  MATCH (body)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(partner:Partner)
  WHERE tie.basis IN ['map', 'table']
    AND (tie.starts_on IS NULL OR tie.starts_on <= date($as_of)) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of))
  UNWIND tie.areas AS area
  WITH area, coalesce(partner.family, 'not_recorded') AS family, collect(DISTINCT partner.name) AS partners, collect(tie.id) AS ids,
    count(DISTINCT partner.id + ' ' + body.id) AS ties,
    count(DISTINCT CASE WHEN tie.ends_on IS NULL OR tie.ends_on > date($soon) THEN partner.id + ' ' + body.id ELSE null END) AS lasting
  RETURN collect({area: area, family: family, partners: partners, ids: ids, ties: ties, soon: ties - lasting}) AS held
}
CALL {
  WITH county
  MATCH (county)-[:IN_REGION]->(region:Region)
  WITH county, collect(region) AS regions
  RETURN regions + [county] AS places
}
CALL {
  WITH places
  CALL {
    WITH places
    UNWIND places AS place
    MATCH (place)<-[service:SERVES|SUPPORTS]-(partner:Partner)
    WHERE service.basis IN ['map', 'table'] AND size(coalesce(service.areas, [])) > 0
      AND (service.starts_on IS NULL OR service.starts_on <= date($as_of))
      AND (service.ends_on IS NULL OR service.ends_on >= date($as_of))
    UNWIND service.areas AS area
    RETURN partner, area, service.id AS id
    UNION ALL
    WITH places
    UNWIND places AS place
    MATCH (place)<-[service:SERVES|SUPPORTS]-(partner:Partner)
    WHERE service.basis IN ['map', 'table'] AND size(coalesce(service.areas, [])) = 0
      AND (service.starts_on IS NULL OR service.starts_on <= date($as_of))
      AND (service.ends_on IS NULL OR service.ends_on >= date($as_of))
    MATCH (partner)-[offer:OFFERS]->(:Asset)-[:COVERS]->(covered:ContentArea)
    WHERE offer.basis IN ['map', 'table'] AND (offer.starts_on IS NULL OR offer.starts_on <= date($as_of))
      AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
    RETURN partner, covered.term AS area, service.id AS id
    UNION ALL
    WITH places
    UNWIND places AS place
    MATCH (place)<-[open:OPEN_TO]-(asset:Asset)<-[offer:OFFERS]-(partner:Partner)
    WHERE open.basis IN ['map', 'table'] AND offer.basis IN ['map', 'table']
      AND (offer.starts_on IS NULL OR offer.starts_on <= date($as_of)) AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
    MATCH (asset)-[:COVERS]->(covered:ContentArea)
    RETURN partner, covered.term AS area, open.id AS id
  }
  WITH area, coalesce(partner.family, 'not_recorded') AS family, collect(DISTINCT partner.name) AS partners, collect(DISTINCT id) AS ids
  RETURN collect({area: area, family: family, partners: partners, ids: ids}) AS served
}
CALL {
  WITH county
  OPTIONAL MATCH (map:Source)-[:MAPS]->(county)
  OPTIONAL MATCH (map)-[asked:ASKED_ABOUT]->(area:ContentArea)
  WHERE asked.asked AND (asked.county IS NULL OR asked.county = county.name)
    AND (asked.kind IS NOT NULL OR asked.family IS NOT NULL)
  WITH area, asked, asked.kind AS term
  OPTIONAL MATCH (kind:PartnerKind {term: term})
  RETURN [one IN collect({area: area.term, family: asked.family, kind: asked.kind, kind_family: kind.family, id: asked.id})
          WHERE one.id IS NOT NULL] AS asked
}
MATCH (area:ContentArea)
WHERE $area IS NULL OR area.term = $area
CALL {
  MATCH (kind:PartnerKind) RETURN DISTINCT kind.family AS family
  UNION
  RETURN 'not_recorded' AS family
}
WITH coe, area, family, [one IN held WHERE one.area = area.term AND one.family = family][0] AS ties,
  [one IN served WHERE one.area = area.term AND one.family = family][0] AS services,
  [one IN asked WHERE one.area = area.term AND (one.family = family OR one.family = 'all')] AS questions,
  [one IN asked WHERE one.area = area.term AND one.kind_family = family AND (one.family IS NULL OR one.family <> family) | one.kind] AS kinds
WHERE family <> 'not_recorded' OR ties IS NOT NULL OR services IS NOT NULL
RETURN area.term AS area, family AS family,
  CASE WHEN ties.ties > 1 AND ties.soon < ties.ties THEN 'covered'
       WHEN ties IS NOT NULL THEN 'fragile'
       WHEN services IS NOT NULL THEN 'on_paper'
       WHEN size(questions) > 0 THEN 'nobody'
       ELSE 'not_asked' END AS state,
  coalesce(ties.ties, 0) AS ties, coalesce(ties.partners, []) AS partners, coalesce(ties.soon, 0) AS ending_soon,
  coalesce(services.partners, []) AS on_paper, kinds AS asked_kinds, coe.single_district AS is_single_district,
  coalesce(ties.ids, []) + coalesce(services.ids, []) + [one IN questions | one.id] AS facts
ORDER BY area, family
