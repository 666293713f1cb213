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
  UNWIND coalesce(tie.areas, []) AS area
  WITH area, partner, body, collect(tie.id) AS ids,
    sum(CASE WHEN tie.ends_on IS NULL OR tie.ends_on > date($soon) THEN 1 ELSE 0 END) AS lasting
  RETURN collect({area: area, family: coalesce(partner.family, 'not_recorded'), partner: partner.name, ids: ids,
                  soon: lasting = 0}) AS held
}
CALL {
  WITH county
  MATCH (county)-[:IN_REGION]->(region:Region)
  WITH county, collect(region.id) AS regions
  RETURN regions + [county.id] AS places
}
CALL {
  WITH places
  CALL {
    WITH places
    MATCH (partner:Partner)-[service:SERVES|SUPPORTS]->(place)
    WHERE (place:County OR place:Region) AND place.id IN places AND service.basis IN ['map', 'table']
      AND (service.starts_on IS NULL OR service.starts_on <= date($as_of))
      AND (service.ends_on IS NULL OR service.ends_on >= date($as_of))
    OPTIONAL MATCH (partner)-[offer:OFFERS]->(:Asset)-[:COVERS]->(covered:ContentArea)
    WHERE offer.basis IN ['map', 'table'] AND (offer.starts_on IS NULL OR offer.starts_on <= date($as_of))
      AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
    WITH partner, service, collect(covered.term) AS offered
    UNWIND CASE WHEN size(coalesce(service.areas, [])) > 0 THEN service.areas ELSE offered END AS area
    RETURN partner, area, service.id AS id
    UNION ALL
    WITH places
    MATCH (partner:Partner)-[offer:OFFERS]->(asset:Asset)-[open:OPEN_TO]->(place)
    WHERE (place:County OR place:Region) AND place.id IN places AND open.basis IN ['map', 'table']
      AND offer.basis IN ['map', 'table'] AND (offer.starts_on IS NULL OR offer.starts_on <= date($as_of))
      AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
    MATCH (asset)-[:COVERS]->(covered:ContentArea)
    RETURN partner, covered.term AS area, open.id AS id
  }
  WITH area, partner, collect(DISTINCT id) AS ids
  RETURN collect({area: area, family: coalesce(partner.family, 'not_recorded'), partner: partner.name, ids: ids}) AS served
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
WITH coe, area, family,
  [one IN held WHERE one.area = area.term AND one.family = family] AS ties,
  [one IN served WHERE one.area = area.term AND one.family = family] AS services,
  [one IN asked WHERE one.area = area.term AND (one.family = family OR one.family = 'all')] AS questions,
  [one IN asked WHERE one.area = area.term AND one.kind_family = family AND (one.family IS NULL OR one.family <> family) | one.kind] AS kinds
WITH coe, area, family, ties, services, questions, kinds, size([one IN ties WHERE one.soon]) AS soon
WHERE family <> 'not_recorded' OR size(ties) > 0 OR size(services) > 0
RETURN area.term AS area, family AS family,
  CASE WHEN size(ties) > 1 AND soon < size(ties) THEN 'covered'
       WHEN size(ties) > 0 THEN 'fragile'
       WHEN size(services) > 0 THEN 'on_paper'
       WHEN size(questions) > 0 THEN 'nobody'
       ELSE 'not_asked' END AS state,
  size(ties) AS ties, [one IN ties | one.partner] AS partners, soon AS ending_soon,
  [one IN services | one.partner] AS on_paper, kinds AS asked_kinds, coe.single_district AS is_single_district,
  reduce(flat = [], one IN ties | flat + one.ids) + reduce(flat = [], one IN services | flat + one.ids)
    + [one IN questions | one.id] AS facts
ORDER BY area, family
