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
WITH coe, county, [coe.id] + collect(DISTINCT lea.id) AS bodies
CALL {
  WITH county
  MATCH (county)-[:IN_REGION]->(region:Region)
  WITH county, collect(region.id) AS regions
  RETURN regions + [county.id] AS places
}
CALL {
  WITH bodies
  MATCH (body)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(partner:Partner)
  WHERE (body:COE OR body:LEA) AND body.id IN bodies AND tie.basis IN ['map', 'table']
    AND (tie.starts_on IS NULL OR tie.starts_on <= date($as_of)) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of))
  RETURN collect(partner.id) AS partners
}
MATCH (provider)-[offer:OFFERS]->(asset:Asset)
WHERE (offer.starts_on IS NULL OR offer.starts_on <= date($as_of)) AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
OPTIONAL MATCH (asset)-[open:OPEN_TO]->(place)
WHERE place.id IN places OR place.id IN bodies
WITH asset, bodies, partners, collect(DISTINCT provider.id) AS provider_ids, collect(DISTINCT provider.name) AS providers,
  min(offer.starts_on) AS starts_on,
  count(offer) AS statements, count(offer.ends_on) AS dated, max(offer.ends_on) AS last_end,
  collect(DISTINCT offer.duration) AS durations, sum(CASE WHEN offer.basis = 'reference' THEN 0 ELSE 1 END) AS own,
  sum(CASE WHEN offer.basis IN ['map', 'table'] AND offer.county = $county THEN 1 ELSE 0 END) AS here,
  collect(DISTINCT offer.id) + collect(DISTINCT open.id) AS facts, count(open) AS open
OPTIONAL MATCH (asset)-[:OPEN_TO]->(elsewhere)
WITH asset, bodies, partners, provider_ids, providers, starts_on, statements, dated, last_end, durations, own, here, facts, open,
  count(elsewhere) AS limited
WITH asset, providers, starts_on, durations, own, facts, CASE WHEN dated < statements THEN null ELSE last_end END AS ends_on,
  CASE WHEN any(id IN provider_ids WHERE id IN bodies) THEN 'own'
       WHEN own > 0 AND any(id IN provider_ids WHERE id IN partners) AND (open > 0 OR limited = 0) THEN 'partner'
       WHEN open > 0 THEN 'open' WHEN here > 0 AND limited = 0 THEN 'mapped' ELSE null END AS relation
WHERE relation IS NOT NULL
MATCH (asset)-[covers:COVERS]->(area:ContentArea)
WITH asset, providers, starts_on, ends_on, durations, own, facts, relation, collect(DISTINCT area.term) AS areas,
  collect(DISTINCT covers.id) AS covered
WHERE $area IS NULL OR $area IN areas
RETURN asset.name AS asset, asset.id AS asset_id, providers AS providers, asset.kind AS kind, areas AS areas,
  asset.grade_low AS grade_low, asset.grade_high AS grade_high, starts_on AS starts_on, ends_on AS ends_on,
  durations AS durations, relation AS relation, own = 0 AS is_reference, facts + covered AS facts
ORDER BY CASE relation WHEN 'own' THEN 0 WHEN 'partner' THEN 1 WHEN 'open' THEN 2 ELSE 3 END, asset, asset_id
