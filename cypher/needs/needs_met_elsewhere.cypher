// name: needs_met_elsewhere
// purpose: For each need of a county that nothing addresses: what others offer on that area, nearest first.
// param county: county, required, e.g. Lake
// param area: content area, optional, e.g. math
// param as_of: date, default today
// param top: number, default 3
// derived nearest: the 58 counties, nearest to county first
// derived distances: how many counties are nearer, for each county
// column need: the need, in its own words
// column need_id: its id
// column whose: name of the office, LEA, partner or county that has it
// column area: the content area that need and offer share, as a term; a need that names none is in unaddressed_needs only
// column asset: name of what is offered
// column asset_id: its id
// column provider: name of who offers it
// column place: county of the provider, else a county that it is open to; null when neither is recorded
// column distance: how many counties are nearer, never 0: what the county itself has is in offerings_for; null when place is not recorded
// column is_open: whether it is recorded as open to this county, its region or the state
// column ends_on: last day, a date; null when no end is recorded
// column is_reference: whether it is known from public pages alone and stands on no map
// column facts: ids of the facts that the row rests on
// order: need, need_id, area, distance (unknown last), asset, provider, asset_id
MATCH (owner)-[has:NEEDS]->(need:Need)-[about:ABOUT]->(area:ContentArea)
WHERE has.basis IN ['map', 'table'] AND (has.as_of IS NULL OR has.as_of <= date($as_of)) AND (need.status IS NULL OR NOT need.status IN ['met', 'dropped'])
  AND area.term <> 'other' AND ($area IS NULL OR area.term = $area)
  AND $county = coalesce(CASE WHEN owner:COE OR owner:LEA THEN owner.county WHEN owner:County THEN owner.name
                              WHEN owner:Partner THEN owner.home_county ELSE null END, $county)
WITH owner, need, area, min(has.county) AS mapped, collect(DISTINCT has.id) + collect(DISTINCT about.id) AS need_facts
WITH owner, need, area, need_facts, coalesce(
  CASE WHEN owner:COE OR owner:LEA THEN owner.county WHEN owner:County THEN owner.name
       WHEN owner:Partner THEN owner.home_county ELSE null END, mapped) AS county
WHERE county = $county AND NOT EXISTS { MATCH (need)<-[:ADDRESSES]-() }
WITH collect({need: need.id, owner: owner.id, whose: CASE WHEN owner:County THEN owner.name + ' County' ELSE owner.name END,
  area: area.term, low: need.grade_low, high: need.grade_high, facts: need_facts}) AS needs
// Most needs are met in the six counties that are nearest; only for the others one looks at all that is offered.
CALL {
  WITH needs
  UNWIND CASE WHEN size(needs) = 0 THEN [] ELSE $nearest[1..7] END AS place
  CALL {
    WITH place
    MATCH (provider:Partner)-[offer:OFFERS]->(asset:Asset)
    WHERE provider.home_county = place AND (offer.starts_on IS NULL OR offer.starts_on <= date($as_of)) AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
    RETURN provider, asset
    UNION
    WITH place
    MATCH (provider:COE {county: place})-[offer:OFFERS]->(asset:Asset)
    WHERE (offer.starts_on IS NULL OR offer.starts_on <= date($as_of)) AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
    RETURN provider, asset
    UNION
    WITH place
    MATCH (provider:LEA)-[offer:OFFERS]->(asset:Asset)
    WHERE provider.county = place AND (offer.starts_on IS NULL OR offer.starts_on <= date($as_of)) AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
    RETURN provider, asset
    UNION
    WITH place
    MATCH (:County {name: place})<-[:OPEN_TO]-(asset:Asset)<-[offer:OFFERS]-(provider)
    WHERE NOT provider:COE AND NOT provider:LEA AND provider.home_county IS NULL
      AND (offer.starts_on IS NULL OR offer.starts_on <= date($as_of)) AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
      AND NOT EXISTS { MATCH (asset)-[:OPEN_TO]->(:County {name: $county}) }
    RETURN provider, asset
  }
  WITH provider, asset, min($distances[place]) AS distance
  MATCH (asset)-[:COVERS]->(area:ContentArea)
  WHERE $area IS NULL OR area.term = $area
  WITH DISTINCT provider, asset, distance, area.term AS area
  ORDER BY distance, asset.name, provider.name, asset.id
  WITH area, collect({asset: asset.id, provider: provider.id, distance: distance, low: asset.grade_low, high: asset.grade_high}) AS offers
  RETURN collect({area: area, offers: offers}) AS on_areas
}
UNWIND needs AS one
WITH one, coalesce([some IN on_areas WHERE some.area = one.area | some.offers][0], []) AS offers
WITH one, [offer IN offers WHERE offer.provider <> one.owner
  AND (one.low IS NULL OR offer.high IS NULL OR offer.high >= one.low)
  AND (one.high IS NULL OR offer.low IS NULL OR offer.low <= one.high)][..$top] AS near
CALL {
  WITH one, near
  WITH one, one.area AS term, size(near) AS found
  WHERE found < $top
  MATCH (:ContentArea {term: term})<-[:COVERS]-(asset:Asset)<-[offer:OFFERS]-(provider)
  WHERE provider.id <> one.owner
    AND (offer.starts_on IS NULL OR offer.starts_on <= date($as_of)) AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
    AND (one.low IS NULL OR asset.grade_high IS NULL OR asset.grade_high >= one.low)
    AND (one.high IS NULL OR asset.grade_low IS NULL OR asset.grade_low <= one.high)
  WITH asset, provider, sum(CASE WHEN offer.county = $county AND offer.basis IN ['map', 'table'] THEN 0 ELSE 1 END) AS elsewhere,
    CASE WHEN provider:COE OR provider:LEA THEN provider.county ELSE provider.home_county END AS home
  WITH asset, provider, elsewhere, CASE WHEN home IS NOT NULL THEN $distances[home]
    ELSE reduce(nearest = null, place IN [(asset)-[:OPEN_TO]->(open:County) | $distances[open.name]]
      | CASE WHEN nearest IS NULL OR place < nearest THEN place ELSE nearest END) END AS distance
  WHERE distance > 0 OR (distance IS NULL AND elsewhere > 0)
  WITH asset, provider, distance
  ORDER BY distance IS NULL, distance, asset.name, provider.name, asset.id
  LIMIT $top
  RETURN collect({asset: asset.id, provider: provider.id, distance: distance}) AS far
}
UNWIND CASE WHEN size(near) < $top THEN far ELSE near END AS found
WITH one, found, one.need AS need_id, found.asset AS asset_id
MATCH (need:Need {id: need_id})
MATCH (asset:Asset {id: asset_id})<-[offer:OFFERS]-(provider)
WHERE provider.id = found.provider
  AND (offer.starts_on IS NULL OR offer.starts_on <= date($as_of)) AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
WITH one, found, need, asset, provider, collect(DISTINCT offer.id) AS offers, count(offer) AS statements, count(offer.ends_on) AS dated,
  max(offer.ends_on) AS last_end, sum(CASE WHEN offer.basis = 'reference' THEN 0 ELSE 1 END) AS own
OPTIONAL MATCH (asset)-[open:OPEN_TO]->(place)
WITH one, found, need, asset, provider, offers, statements, dated, last_end, own, collect(DISTINCT open.id) AS opens,
  sum(CASE WHEN place.name = $county AND place:County OR EXISTS { MATCH (place)<-[:IN_REGION]-(:County {name: $county}) } THEN 1 ELSE 0 END) AS open_here
RETURN need.name AS need, need.id AS need_id, one.whose AS whose, one.area AS area, asset.name AS asset,
  asset.id AS asset_id, provider.name AS provider,
  CASE WHEN found.distance IS NULL THEN null ELSE $nearest[found.distance] END AS place, found.distance AS distance,
  open_here > 0 AS is_open, CASE WHEN dated < statements THEN null ELSE last_end END AS ends_on, own = 0 AS is_reference,
  one.facts + offers + opens + [(asset)-[covers:COVERS]->(about:ContentArea) WHERE about.term = one.area | covers.id] AS facts
ORDER BY need, need_id, area, distance IS NULL, distance, asset, provider, asset_id
