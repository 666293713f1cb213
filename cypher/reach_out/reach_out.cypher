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
WITH coe, county, collect(DISTINCT lea) AS leas
CALL {
  WITH county
  MATCH (county)-[:IN_REGION]->(region:Region)
  WITH county, collect(region) AS regions
  RETURN regions + [county] AS places
}
CALL {
  WITH coe, leas
  UNWIND [coe] + leas AS body
  MATCH (body)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(partner:Partner)
  WHERE tie.basis IN ['map', 'table'] AND $area IN tie.areas
    AND (tie.starts_on IS NULL OR tie.starts_on <= date($as_of)) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of))
  RETURN collect(DISTINCT partner.family) AS families, count(tie) AS ties_on_area
}
CALL {
  WITH coe, leas, places
  CALL {
    // What somebody offers on the area.
    MATCH (:ContentArea {term: $area})<-[:COVERS]-(asset:Asset)<-[offer:OFFERS]-(candidate)
    WHERE candidate:Partner OR candidate:COE
    WITH candidate, offer.ends_on IS NULL OR offer.ends_on >= date($as_of) AS open,
      (asset.grade_low IS NULL OR asset.grade_low <= $grade_high) AND (asset.grade_high IS NULL OR asset.grade_high >= $grade_low) AS fits
    RETURN candidate.id AS candidate_id, count(open) AS offers, sum(CASE WHEN open THEN 1 ELSE 0 END) AS open, sum(CASE WHEN open AND fits THEN 1 ELSE 0 END) AS fitting, 0 AS ties, 0 AS tied, null AS here, null AS path
    UNION ALL
    // Which partners have a tie on the area.
    MATCH (candidate:Partner)
    WHERE EXISTS { MATCH (candidate)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-()
                   WHERE $area IN tie.areas AND (tie.starts_on IS NULL OR tie.starts_on <= date($as_of)) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of)) }
    RETURN candidate.id AS candidate_id, 0 AS offers, 0 AS open, 0 AS fitting, 1 AS ties, 0 AS tied, null AS here, null AS path
    UNION ALL
    // Who is a partner of the office already.
    WITH coe
    MATCH (coe)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(candidate)
    WHERE (candidate:Partner OR candidate:COE)
      AND (tie.starts_on IS NULL OR tie.starts_on <= date($as_of)) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of))
    RETURN candidate.id AS candidate_id, 0 AS offers, 0 AS open, 0 AS fitting, 0 AS ties, 1 AS tied, null AS here, null AS path
    UNION ALL
    // Who serves the county, its region or the state, or opens an offering on the area to it.
    WITH places
    UNWIND places AS place
    MATCH (place)<-[service:SERVES|SUPPORTS]-(candidate)
    WHERE service.ends_on IS NULL OR service.ends_on >= date($as_of)
    RETURN candidate.id AS candidate_id, 0 AS offers, 0 AS open, 0 AS fitting, 0 AS ties, 0 AS tied, {name: place.name, fact: service.id, state: place.id = 'region/state/california', as_of: service.as_of} AS here, null AS path
    UNION ALL
    WITH places, leas
    UNWIND places + leas AS place
    MATCH (place)<-[open:OPEN_TO]-(asset:Asset)<-[offer:OFFERS]-(candidate)
    WHERE (offer.ends_on IS NULL OR offer.ends_on >= date($as_of)) AND EXISTS { MATCH (asset)-[:COVERS]->(:ContentArea {term: $area}) }
    RETURN candidate.id AS candidate_id, 0 AS offers, 0 AS open, 0 AS fitting, 0 AS ties, 0 AS tied, {name: place.name, fact: open.id, state: place.id = 'region/state/california', as_of: open.as_of} AS here, null AS path
    UNION ALL
    // To whom a path runs, through LEAs of the county and through partners and offices that the office is tied to.
    WITH leas
    UNWIND leas AS via
    MATCH (via)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(candidate)
    WHERE (candidate:Partner OR candidate:COE)
      AND (tie.starts_on IS NULL OR tie.starts_on <= date($as_of)) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of))
    RETURN candidate.id AS candidate_id, 0 AS offers, 0 AS open, 0 AS fitting, 0 AS ties, 0 AS tied, null AS here, {name: via.name, id: tie.id, as_of: tie.as_of} AS path
    UNION ALL
    WITH coe
    MATCH (coe)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(via)
    WHERE (via:Partner OR via:COE)
      AND (tie.starts_on IS NULL OR tie.starts_on <= date($as_of)) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of))
    WITH via, count(tie) AS ties_of_office
    MATCH (via)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(candidate)
    WHERE (candidate:Partner OR candidate:COE)
      AND (tie.starts_on IS NULL OR tie.starts_on <= date($as_of)) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of))
    RETURN candidate.id AS candidate_id, 0 AS offers, 0 AS open, 0 AS fitting, 0 AS ties, 0 AS tied, null AS here, {name: via.name, id: tie.id, as_of: tie.as_of} AS path
  }
  WITH candidate_id, sum(offers) AS offers, sum(open) AS open, sum(fitting) AS fitting, sum(ties) AS ties,
    sum(tied) AS tied, collect(here) AS here, collect(path) AS path
  WHERE tied = 0 AND (fitting > 0 OR (open = 0 AND ties > 0))
  RETURN candidate_id, fitting, offers, here, path
}
WITH coe, families, candidate_id, fitting, offers, here, path
WHERE candidate_id <> coe.id
CALL {
  WITH candidate_id
  MATCH (candidate:Partner {id: candidate_id}) RETURN candidate
  UNION ALL
  WITH candidate_id
  MATCH (candidate:COE {id: candidate_id}) RETURN candidate
}
WITH families, candidate, fitting, here, path,
  // Where all that somebody offered has ended, a tie must be known to last.
  fitting > 0 OR offers = 0 OR EXISTS { MATCH (candidate)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-()
    WHERE $area IN tie.areas AND (tie.duration = 'enduring' OR tie.ends_on IS NOT NULL) AND (tie.starts_on IS NULL OR tie.starts_on <= date($as_of)) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of)) } AS counts,
  CASE WHEN candidate:COE THEN candidate.county ELSE candidate.home_county END AS place,
  size(here) > 0
    OR EXISTS { MATCH (candidate)-[service:SERVES|SUPPORTS]->(served)
                WHERE (served:County OR served:Region) AND (service.ends_on IS NULL OR service.ends_on >= date($as_of)) }
    OR EXISTS { MATCH (candidate)-[offer:OFFERS]->(asset:Asset)-[:COVERS]->(:ContentArea {term: $area})
                WHERE (offer.ends_on IS NULL OR offer.ends_on >= date($as_of)) AND EXISTS { MATCH (asset)-[:OPEN_TO]->() } } AS is_area_recorded
WHERE counts AND (size(here) > 0 OR NOT is_area_recorded OR place = $county)
WITH families, candidate, here, path, place, is_area_recorded,
  CASE WHEN fitting = 0 THEN [] ELSE
  [(candidate)-[offer:OFFERS]->(asset:Asset)-[covers:COVERS]->(:ContentArea {term: $area}) WHERE (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
    AND (asset.grade_low IS NULL OR asset.grade_low <= $grade_high) AND (asset.grade_high IS NULL OR asset.grade_high >= $grade_low)
    | {name: asset.name, graded: asset.grade_low IS NOT NULL OR asset.grade_high IS NOT NULL, id: offer.id, covers: covers.id,
       as_of: offer.as_of, own: offer.basis <> 'reference'}] END AS offers,
  [(candidate)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-() WHERE $area IN tie.areas AND (tie.starts_on IS NULL OR tie.starts_on <= date($as_of)) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of))
    | {id: tie.id, as_of: tie.as_of, own: tie.basis <> 'reference'}] AS ties,
  [(candidate)<-[member:MEMBER_OF]-(site:Partner)
    WHERE site.home_county = $county OR site.home_county IN $neighbours OR site.home_county IN $region | member.id] AS site_facts,
  size([one IN here WHERE NOT one.state]) > 0 AS named, size([one IN here WHERE one.state]) > 0 AS statewide,
  CASE WHEN candidate:COE THEN 'provider' ELSE candidate.role END AS role,
  candidate:Partner AND candidate.family IS NOT NULL AND NOT candidate.family IN families AS fills
RETURN candidate.name AS partner, candidate.id AS partner_id,
  CASE WHEN candidate:Partner THEN candidate.kind ELSE null END AS kind, role AS role,
  CASE WHEN place = $county THEN 0
       WHEN place IN $neighbours THEN 1
       WHEN place IN $region OR (place IS NULL AND named) THEN 2
       WHEN statewide AND size(site_facts) > 0 THEN 2
       WHEN statewide THEN 3
       WHEN named THEN 2
       ELSE 4 END AS ring,
  place AS place, [one IN here | one.name] AS serves, is_area_recorded AS is_area_recorded, [one IN offers | one.name] AS offers,
  size([one IN offers WHERE one.graded]) > 0 AS is_grade_recorded, [one IN path | one.name] AS via, fills AS fills,
  CASE WHEN candidate:Partner THEN candidate.family ELSE null END AS family,
  reduce(latest = null, one IN offers + ties + here + path
    | CASE WHEN one.as_of IS NOT NULL AND (latest IS NULL OR one.as_of > latest) THEN one.as_of ELSE latest END) AS latest,
  size([one IN offers + ties WHERE one.own]) = 0 AS is_reference,
  [one IN offers + ties + path | one.id] + [one IN offers | one.covers] + [one IN here | one.fact] + site_facts AS facts
ORDER BY ring, CASE WHEN role = 'provider' THEN 0 WHEN role = 'network' THEN 1 WHEN role IS NULL THEN 1 ELSE 2 END,
  CASE WHEN size(via) > 0 THEN 0 ELSE 1 END, CASE WHEN fills THEN 0 ELSE 1 END, partner, partner_id
