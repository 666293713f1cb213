// name: coes_without_coordinator
// purpose: County offices with no coordinator recorded for an area, and the nearest that has one; for a lone coordinator the nearest peers.
// param county: county, optional, e.g. Glenn
// param area: content area, optional, e.g. computer_science
// param top: number, default 1
// derived peers: for each county asked about and each area, the nearest other counties whose offices have a coordinator for it
// column coe: name of the county office
// column county: its county
// column area: content area, as a term
// column state: none_recorded, or lone where one role is recorded for the area
// column role: title of the one role that is recorded, else of one that is known from public pages alone; null when neither is known
// column nearest_coe: the nearest other office with a coordinator for the area; null when none is known anywhere
// column nearest_county: its county; null when none is known anywhere
// column nearest_roles: titles of its roles for the area; empty when none is known anywhere
// column distance: how many counties are nearer than that one; null when none is known anywhere
// column is_reference: whether the nearest is known from public pages alone; null when none is known anywhere
// column facts: ids of the facts that the row rests on
// order: area, state, coe, distance, nearest_coe
UNWIND $peers AS asked
WITH asked, asked.county AS at, asked.area AS term
MATCH (coe:COE)-[:IN]->(home:County {name: at})
WHERE $county IS NULL OR home.name = $county
MATCH (area:ContentArea {term: term})
WHERE $area IS NULL OR area.term = $area
OPTIONAL MATCH (coe)-[has:HAS_COORDINATOR]->(own:Coordinator)-[looks:COORDINATES]->(area)
WITH asked, coe, area, collect(DISTINCT CASE WHEN has.basis = 'reference' THEN null ELSE own.name END) AS roles,
  min(CASE WHEN has.basis = 'reference' THEN own.name ELSE null END) AS public_role,
  collect(DISTINCT has.id) + collect(DISTINCT looks.id) AS own_facts
WHERE size(roles) < 2
UNWIND CASE WHEN size(asked.near) = 0 THEN [null] ELSE asked.near[..$top] END AS peer
WITH coe, area, roles, public_role, own_facts, peer.distance AS distance, peer.county AS place
OPTIONAL MATCH (near:COE {county: place})-[has:HAS_COORDINATOR]->(role:Coordinator)-[looks:COORDINATES]->(area)
WITH coe, area, roles, public_role, own_facts, distance, near, collect(DISTINCT role.name) AS titles,
  collect(DISTINCT has.id) + collect(DISTINCT looks.id) AS facts, sum(CASE WHEN has.basis = 'reference' THEN 0 ELSE 1 END) AS own
RETURN coe.name AS coe, coe.county AS county, area.term AS area,
  CASE WHEN size(roles) = 0 THEN 'none_recorded' ELSE 'lone' END AS state, coalesce(roles[0], public_role) AS role,
  near.name AS nearest_coe, near.county AS nearest_county, titles AS nearest_roles,
  distance AS distance, CASE WHEN near IS NULL THEN null ELSE own = 0 END AS is_reference, own_facts + facts AS facts
ORDER BY area, state, coe, distance, nearest_coe
