// name: needs_met_elsewhere
// purpose: For each need of a county that nothing addresses: what others offer on that area, nearest first.
// param county: county, required, e.g. Lake
// param area: content area, optional, e.g. math
// param as_of: date, default today
// param top: number, default 3
// derived nearest: the 58 counties, nearest to county first
// column need: the need, in its own words
// column need_id: its id
// column whose: name of the office, LEA, partner or county that has it
// column area: the content area that need and offer share, as a term
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
  AND NOT EXISTS { MATCH (need)<-[:ADDRESSES]-() } AND area.term <> 'other' AND ($area IS NULL OR area.term = $area)
WITH owner, need, area, min(has.county) AS mapped, collect(DISTINCT has.id) + collect(DISTINCT about.id) AS need_facts
WITH owner, need, area, mapped, need_facts,
  CASE WHEN owner:COE OR owner:LEA THEN owner.county WHEN owner:County THEN owner.name
       WHEN owner:Partner THEN owner.home_county ELSE null END AS home
WITH owner, need, area, need_facts, coalesce(home, mapped) AS county
WHERE county = $county
MATCH (here:County {name: $county})-[:IN_REGION]->(region:Region)
WITH owner, need, area, need_facts, here, collect(region.id) + [here.id] AS places
MATCH (asset:Asset)-[covers:COVERS]->(area)
MATCH (provider)-[offer:OFFERS]->(asset)
WHERE provider.id <> owner.id AND (offer.starts_on IS NULL OR offer.starts_on <= date($as_of))
  AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
  AND (need.grade_low IS NULL OR asset.grade_high IS NULL OR asset.grade_high >= need.grade_low)
  AND (need.grade_high IS NULL OR asset.grade_low IS NULL OR asset.grade_low <= need.grade_high)
OPTIONAL MATCH (asset)-[open:OPEN_TO]->(place)
WITH owner, need, area, need_facts, places, asset, provider,
  collect(DISTINCT covers.id) + collect(DISTINCT offer.id) + collect(DISTINCT open.id) AS facts,
  count(offer) AS statements, count(offer.ends_on) AS dated, max(offer.ends_on) AS last_end,
  sum(CASE WHEN offer.basis = 'reference' THEN 0 ELSE 1 END) AS own,
  sum(CASE WHEN offer.county = $county AND offer.basis IN ['map', 'table'] THEN 0 ELSE 1 END) AS elsewhere,
  sum(CASE WHEN place.id IN places THEN 1 ELSE 0 END) AS open_here,
  collect(DISTINCT CASE WHEN place:County THEN place.name ELSE null END) AS open_counties
WITH owner, need, area, need_facts, asset, provider, facts, own, elsewhere, open_here,
  CASE WHEN dated < statements THEN null ELSE last_end END AS ends_on,
  CASE WHEN provider:COE OR provider:LEA THEN provider.county ELSE provider.home_county END AS home, open_counties
WITH owner, need, area, need_facts, asset, provider, facts, ends_on, own, elsewhere, open_here,
  [i IN range(0, size($nearest) - 1) WHERE $nearest[i] = home OR (home IS NULL AND $nearest[i] IN open_counties)][0] AS distance
WHERE distance > 0 OR (distance IS NULL AND elsewhere > 0)
WITH owner, need, area, need_facts, asset, provider, facts, own, open_here, ends_on, distance
ORDER BY need.id, area.term, distance IS NULL, distance, asset.name, provider.name, asset.id
WITH owner, need, area, need_facts, collect({asset: asset.name, asset_id: asset.id, provider: provider.name,
  distance: distance, open: open_here > 0, ends_on: ends_on, own: own, facts: facts})[..$top] AS offers
UNWIND offers AS one
RETURN need.name AS need, need.id AS need_id, CASE WHEN owner:County THEN owner.name + ' County' ELSE owner.name END AS whose, area.term AS area, one.asset AS asset,
  one.asset_id AS asset_id, one.provider AS provider,
  CASE WHEN one.distance IS NULL THEN null ELSE $nearest[one.distance] END AS place, one.distance AS distance,
  one.open AS is_open, one.ends_on AS ends_on, one.own = 0 AS is_reference, need_facts + one.facts AS facts
ORDER BY need, need_id, area, distance IS NULL, distance, asset, provider, asset_id
