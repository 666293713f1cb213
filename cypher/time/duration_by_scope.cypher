// name: duration_by_scope
// purpose: How many current assets are temporary, time-limited, enduring or unknown, by who offers them: inside the office, another office, or outside.
// param county: county, optional, e.g. Lake
// param area: content area, optional, e.g. science
// param as_of: date, default today
// column county: county whose map holds the assets
// column scope: inside_coe, other_coe, lea or outside_coe, by who offers the asset
// column duration: temporary, time_limited, enduring or unknown
// column assets: how many current assets
// column names: names of these assets
// column facts: ids of the facts that the row rests on
// order: county, scope, duration
MATCH (map:Source)-[:MAPS]->(county:County)
WHERE ($county IS NULL OR county.name = $county)
MATCH (map)<-[:REPORTED_BY]-(asset:Asset)
WITH DISTINCT map, county, asset
MATCH (asset)<-[offer:OFFERS]-(provider)
WHERE (offer.county IS NULL OR offer.county = county.name) AND offer.basis IN ['map', 'table'] AND 'source/' + offer.source = map.id
  AND (offer.starts_on IS NULL OR offer.starts_on <= date($as_of)) AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
OPTIONAL MATCH (asset)-[:COVERS]->(area:ContentArea)
WITH county, asset, provider, offer, collect(DISTINCT area.term) AS areas
WHERE $area IS NULL OR $area IN areas
WITH county, asset, offer,
  CASE WHEN provider:COE AND provider.county = county.name THEN 'inside_coe' WHEN provider:COE THEN 'other_coe'
       WHEN provider:LEA THEN 'lea' ELSE 'outside_coe' END AS scope
WITH county, scope, offer.duration AS duration, collect(DISTINCT asset.name) AS names, count(DISTINCT asset) AS assets,
  collect(DISTINCT offer.id) AS facts
RETURN county.name AS county, scope AS scope, duration AS duration, assets AS assets, names AS names, facts AS facts
ORDER BY county, scope, duration
