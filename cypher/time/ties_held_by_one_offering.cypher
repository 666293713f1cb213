// name: ties_held_by_one_offering
// purpose: Relationships that rest on one offering that ends, by date.
// param county: county, required, e.g. Butte
// param as_of: date, default today
// column ends_on: last day of the offering, a date
// column partner: name of the partner
// column partner_id: its id
// column kind: kind of partner; null when not recorded
// column body: name of the office or LEA that it is tied to
// column body_id: its id
// column asset: name of the one offering that is recorded on what the ties are about; on anything, where a tie names no area
// column asset_id: its id
// column areas: content areas of the ties between the two, as terms; empty when not recorded
// column tie_ends_on: day on which the last of these ties ends, a date; null when no end is recorded
// column facts: ids of the facts that the row rests on
// order: ends_on, partner, body, partner_id, body_id
MATCH (coe:COE)-[:IN]->(county:County {name: $county})
OPTIONAL MATCH (lea:LEA)-[:SUPPORTED_BY]->(coe)
WITH coe, collect(DISTINCT lea) AS leas
UNWIND [coe] + leas AS body
MATCH (body)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(partner:Partner)
WHERE tie.basis IN ['map', 'table']
  AND (tie.starts_on IS NULL OR tie.starts_on <= date($as_of)) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of))
WITH body, partner, collect(tie.id) AS ties, collect(coalesce(tie.areas, [])) AS area_lists,
  count(tie) AS statements, count(tie.ends_on) AS dated, max(tie.ends_on) AS last_end
WITH body, partner, ties, CASE WHEN dated < statements THEN null ELSE last_end END AS tie_ends_on,
  reduce(flat = [], some IN area_lists | flat + some) AS areas, size([some IN area_lists WHERE size(some) = 0]) > 0 AS is_on_anything
MATCH (partner)-[offer:OFFERS]->(asset:Asset)
WHERE (offer.starts_on IS NULL OR offer.starts_on <= date($as_of)) AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
WITH body, partner, ties, tie_ends_on, areas, is_on_anything, offer, asset,
  [(asset)-[covers:COVERS]->(area:ContentArea) WHERE area.term IN areas | covers.id] AS covered
WHERE is_on_anything OR size(covered) > 0
WITH body, partner, ties, tie_ends_on, areas, count(DISTINCT asset.id) AS assets, min(asset.id) AS asset_id, min(asset.name) AS asset,
  collect(offer.id) AS offers, collect(covered) AS covered, count(offer) AS statements, count(offer.ends_on) AS dated, max(offer.ends_on) AS ends_on
WHERE assets = 1 AND dated = statements
RETURN ends_on AS ends_on, partner.name AS partner, partner.id AS partner_id, partner.kind AS kind, body.name AS body, body.id AS body_id,
  asset AS asset, asset_id AS asset_id, areas AS areas, tie_ends_on AS tie_ends_on,
  ties + offers + reduce(flat = [], some IN covered | flat + some) AS facts
ORDER BY ends_on, partner, body, partner_id, body_id
