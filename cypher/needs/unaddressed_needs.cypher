// name: unaddressed_needs
// purpose: Needs that nothing recorded addresses.
// param county: county, optional, e.g. Lake
// param area: content area, optional, e.g. math
// param as_of: date, default today
// column need: the need, in its own words
// column need_id: its id
// column whose: name of the office, LEA, partner or county that has it
// column county: the county it stands in; null for a partner's need and for statewide needs
// column kind: kind of need, as a term; null when not recorded
// column areas: content areas, as terms; empty when not recorded
// column grade_low: lowest grade, K as 0; null when not recorded
// column grade_high: highest grade; null when not recorded
// column known_on: the day for which it was written down; null when not recorded
// column how_known: kind of evidence, as a term; null when not recorded
// column is_reference: whether it is known from public pages alone and stands on no map
// column facts: ids of the facts that the row rests on
// order: own maps first, then county, whose, need, need_id
MATCH (owner)-[has:NEEDS]->(need:Need)
WHERE (need.status IS NULL OR NOT need.status IN ['met', 'dropped']) AND NOT EXISTS { MATCH (need)<-[:ADDRESSES]-() }
  AND (has.as_of IS NULL OR has.as_of <= date($as_of))
OPTIONAL MATCH (need)-[:ABOUT]->(about:ContentArea)
WITH owner, need, has, collect(DISTINCT about.term) AS areas
WITH owner, need, areas, collect(has.id) AS facts,
  sum(CASE WHEN has.basis = 'reference' THEN 0 ELSE 1 END) AS own, min(has.county) AS mapped
WITH need, owner, areas, facts, own, mapped,
  CASE WHEN owner:COE OR owner:LEA THEN owner.county WHEN owner:County THEN owner.name
       WHEN owner:Partner THEN owner.home_county ELSE null END AS home
WITH owner, need, areas, facts, own, coalesce(home, mapped) AS county
WHERE ($county IS NULL OR county = $county) AND ($area IS NULL OR $area IN areas)
RETURN need.name AS need, need.id AS need_id, CASE WHEN owner:County THEN owner.name + ' County' ELSE owner.name END AS whose, county AS county, need.kind AS kind, areas AS areas,
  need.grade_low AS grade_low, need.grade_high AS grade_high, need.as_of AS known_on, need.how_known AS how_known,
  own = 0 AS is_reference, facts AS facts
ORDER BY is_reference, county, whose, need, need_id
