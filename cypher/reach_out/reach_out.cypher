// name: reach_out
// purpose: Who a county could reach out to on a content area: providers not yet partners, and why them.
// param county: county, required, e.g. Lake
// param area: content area, required, e.g. computer_science
// param as_of: date, default today
// derived neighbours: counties that share a border with county
// derived region: counties of the same CCSESA region
// derived grade_low: lowest grade of the grant, 4
// derived grade_high: highest grade of the grant, 12
// column partner: name of the organization
// column partner_id: its id
// column kind: kind of partner, as a term; null when not recorded
// column role: provider, network, advocacy or funder; null when not recorded
// column ring: 0 in the county, 1 a neighbouring county, 2 same region or a statewide network with a site in the county or next to it, 3 statewide, 4 elsewhere
// column place: the county it is based in; null when not recorded
// column serves: names of the counties, regions or state that bring this county into its area; empty when not recorded
// column is_area_recorded: whether any service area is recorded; where none is, it stays in the list
// column offers: names of its offerings on the area that have not ended and reach grades 4 to 12
// column is_grade_recorded: whether a grade span is recorded for any of them; where none is, it stays in the list
// column via: names of LEAs of the county, offices or partners through whom there is a path; empty when none is recorded
// column fills: whether its family has no current tie on this area in the county
// column family: family of its kind, as a term; null when not recorded
// column latest: the latest day for which any of this is recorded; null when not recorded
// column is_reference: whether it is known from public pages alone and stands on no map
// column facts: ids of the facts that the row rests on
// order: ring, kind of role (provider, network, other), a path first, one that fills a gap first, partner, partner_id
MATCH (coe:COE)-[:IN]->(county:County {name: $county})
OPTIONAL MATCH (lea:LEA)-[:SUPPORTED_BY]->(coe)
WITH coe, county, collect(DISTINCT lea.id) AS lea_ids
CALL {
  WITH county
  MATCH (county)-[:IN_REGION]->(region:Region)
  WITH county, collect(region.id) AS regions
  RETURN regions + [county.id] AS places
}
CALL {
  WITH coe
  OPTIONAL MATCH (coe)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(partner)
  WHERE (partner:Partner OR partner:COE) AND (tie.starts_on IS NULL OR tie.starts_on <= date($as_of))
    AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of))
  RETURN collect(partner.id) AS partners
}
CALL {
  WITH coe, lea_ids
  MATCH (body)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(partner:Partner)
  WHERE (body:COE OR body:LEA) AND (body.id = coe.id OR body.id IN lea_ids) AND tie.basis IN ['map', 'table']
    AND $area IN coalesce(tie.areas, []) AND (tie.starts_on IS NULL OR tie.starts_on <= date($as_of))
    AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of))
  RETURN collect(partner.family) AS families
}
MATCH (candidate)
WHERE (candidate:Partner OR (candidate:COE AND candidate.id <> coe.id)) AND NOT candidate.id IN partners
CALL {
  WITH candidate
  OPTIONAL MATCH (candidate)-[offer:OFFERS]->(asset:Asset)-[covers:COVERS]->(:ContentArea {term: $area})
  WITH asset, covers, offer,
    offer.ends_on IS NULL OR offer.ends_on >= date($as_of) AS open,
    (asset.grade_low IS NULL OR asset.grade_low <= $grade_high) AND (asset.grade_high IS NULL OR asset.grade_high >= $grade_low) AS fits
  WITH collect(CASE WHEN asset IS NULL THEN null ELSE {name: asset.name, id: asset.id, open: open, fits: fits,
    graded: asset.grade_low IS NOT NULL OR asset.grade_high IS NOT NULL, offer: offer.id, covers: covers.id,
    as_of: offer.as_of, own: offer.basis <> 'reference'} END) AS all_offers
  RETURN all_offers, [one IN all_offers WHERE one.open] AS open_offers, [one IN all_offers WHERE one.open AND one.fits] AS offers
}
CALL {
  WITH candidate
  OPTIONAL MATCH (candidate)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(other)
  WHERE $area IN coalesce(tie.areas, [])
  WITH collect(CASE WHEN tie IS NULL THEN null ELSE {id: tie.id, as_of: tie.as_of, own: tie.basis <> 'reference',
    lasting: tie.duration = 'enduring' OR tie.ends_on IS NOT NULL, current: (tie.starts_on IS NULL OR tie.starts_on <= date($as_of)) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of))} END) AS ties
  RETURN [one IN ties WHERE one.current] AS ties
}
WITH coe, county, lea_ids, places, partners, families, candidate, all_offers, open_offers, offers, ties
WHERE size(offers) > 0 OR (candidate:Partner AND size(open_offers) = 0 AND (
  (size(all_offers) = 0 AND size(ties) > 0) OR size([one IN ties WHERE one.lasting]) > 0))
CALL {
  WITH candidate, places
  OPTIONAL MATCH (candidate)-[service:SERVES|SUPPORTS]->(place)
  WHERE (place:County OR place:Region) AND (service.ends_on IS NULL OR service.ends_on >= date($as_of))
  WITH places, collect(CASE WHEN service IS NULL THEN null ELSE {name: place.name, id: place.id, fact: service.id, here: place.id IN places,
    state: place.id = 'region/state/california', as_of: service.as_of} END) AS served
  RETURN served
}
CALL {
  WITH candidate, places, lea_ids
  OPTIONAL MATCH (candidate)-[offer:OFFERS]->(asset:Asset)-[open:OPEN_TO]->(place)
  WHERE (offer.ends_on IS NULL OR offer.ends_on >= date($as_of)) AND EXISTS { MATCH (asset)-[:COVERS]->(:ContentArea {term: $area}) }
  WITH places, lea_ids, collect(CASE WHEN open IS NULL THEN null ELSE {name: place.name, id: place.id, fact: open.id,
    here: place.id IN places OR place.id IN lea_ids, state: place.id = 'region/state/california', as_of: open.as_of} END) AS opened
  RETURN opened
}
WITH coe, county, lea_ids, partners, families, candidate, offers, ties, served + opened AS service,
  CASE WHEN candidate:COE THEN candidate.county ELSE candidate.home_county END AS place
WITH coe, county, lea_ids, partners, families, candidate, offers, ties, service, place, [one IN service WHERE one.here] AS here
WHERE size(here) > 0 OR size(service) = 0 OR place = county.name
CALL {
  WITH coe, candidate, lea_ids, partners
  OPTIONAL MATCH (candidate)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(other)
  WHERE (other:COE OR other:LEA OR other:Partner) AND (other.id IN lea_ids OR other.id IN partners)
    AND (tie.starts_on IS NULL OR tie.starts_on <= date($as_of)) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of))
  RETURN collect(other.name) AS via, collect(tie.id) AS path_facts, collect(tie.as_of) AS path_dates
}
CALL {
  WITH candidate, county
  OPTIONAL MATCH (site:Partner)-[member:MEMBER_OF]->(candidate)
  WHERE site.home_county IS NOT NULL AND (site.home_county = county.name OR site.home_county IN $neighbours OR site.home_county IN $region)
  RETURN count(site) AS sites, collect(DISTINCT member.id) AS site_facts
}
WITH candidate, county, families, offers, ties, service, here, place, via, path_facts, path_dates, sites, site_facts,
  size([one IN here WHERE NOT one.state]) > 0 AS named, size([one IN here WHERE one.state]) > 0 AS statewide
WITH candidate, families, offers, ties, service, here, place, via, path_facts, path_dates, sites, site_facts,
  CASE WHEN place = county.name THEN 0
       WHEN place IN $neighbours THEN 1
       WHEN place IN $region OR (place IS NULL AND named) THEN 2
       WHEN statewide AND sites > 0 THEN 2
       WHEN statewide THEN 3
       WHEN named THEN 2
       ELSE 4 END AS ring,
  CASE WHEN candidate:COE THEN 'provider' ELSE candidate.role END AS role,
  [one IN offers | one.as_of] + [one IN ties | one.as_of] + [one IN here | one.as_of] + path_dates AS dates
RETURN candidate.name AS partner, candidate.id AS partner_id,
  CASE WHEN candidate:Partner THEN candidate.kind ELSE null END AS kind, role AS role, ring AS ring, place AS place,
  [one IN here | one.name] AS serves, size(service) > 0 AS is_area_recorded, [one IN offers | one.name] AS offers,
  size([one IN offers WHERE one.graded]) > 0 AS is_grade_recorded, via AS via,
  candidate:Partner AND candidate.family IS NOT NULL AND NOT candidate.family IN families AS fills,
  CASE WHEN candidate:Partner THEN candidate.family ELSE null END AS family,
  reduce(latest = null, one IN [day IN dates WHERE day IS NOT NULL] | CASE WHEN latest IS NULL OR one > latest THEN one ELSE latest END) AS latest,
  size([one IN offers + ties WHERE one.own]) = 0 AS is_reference,
  [one IN offers | one.offer] + [one IN offers | one.covers] + [one IN ties | one.id] + [one IN here | one.fact] + path_facts + site_facts AS facts
ORDER BY ring, CASE WHEN role = 'provider' THEN 0 WHEN role = 'network' THEN 1 WHEN role IS NULL THEN 1 ELSE 2 END,
  CASE WHEN size(via) > 0 THEN 0 ELSE 1 END, CASE WHEN fills THEN 0 ELSE 1 END, partner, partner_id
