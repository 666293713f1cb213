// name: offerings_for
// purpose: What a county can use on a day: assets on its own map, offered by its office or LEAs, or open to it.
// param county: county, required, e.g. Lake
// param area: content area, optional, e.g. math
// param as_of: date, default today
// column asset: name of the asset or offering
// column asset_id: its id
// column providers: names of who offers it
// column kind: kind of asset, as a term; null when not recorded
// column areas: content areas, as terms
// column grade_low: lowest grade, K as 0, TK as -1, PK as -2, birth as -3; null when not recorded
// column grade_high: highest grade, college as 13 to 16; null when not recorded
// column starts_on: first day, a date; null when not recorded
// column ends_on: last day, a date; null when no end is recorded
// column durations: temporary, time_limited, enduring or unknown, one for each statement that differs
// column relation: own (by the office or an LEA of the county), partner (by somebody tied to them), open (open to the county) or mapped (on the county's own map, which does not say to whom it is open)
// column is_reference: whether it is known from public pages alone and stands on no map
// column facts: ids of the facts that the row rests on
// order: own, then partner, then open, then mapped; within these asset, asset_id
MATCH (coe:COE)-[:IN]->(county:County {name: $county})
OPTIONAL MATCH (lea:LEA)-[:SUPPORTED_BY]->(coe)
WITH coe, county, [coe] + collect(DISTINCT lea) AS bodies
CALL {
  WITH county
  MATCH (county)-[:IN_REGION]->(region:Region)
  WITH county, collect(region) AS regions
  RETURN regions + [county] AS places
}
CALL {
  WITH bodies
  UNWIND bodies AS body
  MATCH (body)-[offer:OFFERS]->(asset:Asset)
  WHERE (offer.starts_on IS NULL OR offer.starts_on <= date($as_of)) AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
  RETURN asset.id AS asset_id, 1 AS by_us, 0 AS by_partner, 0 AS here, null AS open
  UNION ALL
  WITH bodies
  UNWIND bodies AS body
  MATCH (body)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(partner:Partner)
  WHERE tie.basis IN ['map', 'table']
    AND (tie.starts_on IS NULL OR tie.starts_on <= date($as_of)) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of))
  WITH partner, count(tie) AS ties
  MATCH (partner)-[offer:OFFERS]->(asset:Asset)
  WHERE (offer.starts_on IS NULL OR offer.starts_on <= date($as_of)) AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
  RETURN asset.id AS asset_id, 0 AS by_us, 1 AS by_partner, 0 AS here, null AS open
  UNION ALL
  MATCH ()-[offer:OFFERS]->(asset:Asset)
  WHERE offer.county = $county AND offer.basis IN ['map', 'table']
    AND (offer.starts_on IS NULL OR offer.starts_on <= date($as_of)) AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
  RETURN asset.id AS asset_id, 0 AS by_us, 0 AS by_partner, 1 AS here, null AS open
  UNION ALL
  WITH bodies, places
  UNWIND places + bodies AS place
  MATCH (place)<-[open:OPEN_TO]-(asset:Asset)
  RETURN asset.id AS asset_id, 0 AS by_us, 0 AS by_partner, 0 AS here, open.id AS open
}
WITH asset_id, sum(by_us) AS by_us, sum(by_partner) AS by_partner, sum(here) AS here, collect(DISTINCT open) AS opens
MATCH (asset:Asset {id: asset_id})-[covers:COVERS]->(area:ContentArea)
WITH asset, by_us, by_partner, here, opens, collect(DISTINCT area.term) AS areas, collect(DISTINCT covers.id) AS covered
WHERE $area IS NULL OR $area IN areas
MATCH (provider)-[offer:OFFERS]->(asset)
WHERE (offer.starts_on IS NULL OR offer.starts_on <= date($as_of)) AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
WITH asset, by_us, by_partner, here, opens, areas, covered, collect(DISTINCT provider.name) AS providers, min(offer.starts_on) AS starts_on,
  count(offer) AS statements, count(offer.ends_on) AS dated, max(offer.ends_on) AS last_end,
  collect(DISTINCT offer.duration) AS durations, sum(CASE WHEN offer.basis = 'reference' THEN 0 ELSE 1 END) AS own,
  collect(DISTINCT offer.id) AS offers, size(opens) > 0 AS is_open, EXISTS { MATCH (asset)-[:OPEN_TO]->() } AS is_limited
WITH asset, areas, providers, starts_on, durations, own, covered + offers + opens AS facts,
  CASE WHEN dated < statements THEN null ELSE last_end END AS ends_on,
  CASE WHEN by_us > 0 THEN 'own' WHEN own > 0 AND by_partner > 0 AND (is_open OR NOT is_limited) THEN 'partner'
       WHEN is_open THEN 'open' WHEN here > 0 AND NOT is_limited THEN 'mapped' ELSE null END AS relation
WHERE relation IS NOT NULL
RETURN asset.name AS asset, asset.id AS asset_id, providers AS providers, asset.kind AS kind, areas AS areas,
  asset.grade_low AS grade_low, asset.grade_high AS grade_high, starts_on AS starts_on, ends_on AS ends_on,
  durations AS durations, relation AS relation, own = 0 AS is_reference, facts AS facts
ORDER BY CASE relation WHEN 'own' THEN 0 WHEN 'partner' THEN 1 WHEN 'open' THEN 2 ELSE 3 END, asset, asset_id
