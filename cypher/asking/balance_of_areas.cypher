// name: balance_of_areas
// purpose: What a county's map holds in each content area, shown and not judged.
// param county: county, optional, e.g. Lake
// param as_of: date, default today
// column county: county whose map it is
// column area: content area, as a term
// column assets: current assets about the area
// column partners: partners with a current tie about the area to the office or an LEA
// column needs: needs about the area
// column is_asked: whether the map says that it asked about the area
// column facts: ids of the facts that the row rests on
// order: county, area
MATCH (coe:COE)-[:IN]->(county:County)
WHERE ($county IS NULL OR county.name = $county) AND EXISTS { MATCH (:Source)-[:MAPS]->(county) }
MATCH (area:ContentArea)
CALL {
  WITH county, area
  OPTIONAL MATCH (county)<-[:MAPS]-(map:Source)<-[named:REPORTED_BY]-(asset:Asset)-[covers:COVERS]->(area)
  WHERE (named.county IS NULL OR named.county = county.name) AND EXISTS { MATCH (asset)<-[offer:OFFERS]-() WHERE 'source/' + offer.source = map.id
    AND (offer.starts_on IS NULL OR offer.starts_on <= date($as_of)) AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of)) }
  RETURN count(DISTINCT asset) AS assets, collect(DISTINCT covers.id) AS asset_facts
}
CALL {
  WITH coe, area
  OPTIONAL MATCH (coe)<-[:SUPPORTED_BY]-(lea:LEA)
  WITH coe, area, [coe] + collect(DISTINCT lea) AS bodies
  UNWIND bodies AS body
  OPTIONAL MATCH (body)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(partner:Partner)
  WHERE tie.basis IN ['map', 'table'] AND area.term IN coalesce(tie.areas, [])
    AND (tie.starts_on IS NULL OR tie.starts_on <= date($as_of)) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of))
  RETURN count(DISTINCT partner) AS partners, collect(tie.id) AS tie_facts
}
CALL {
  WITH county, area
  OPTIONAL MATCH (county)<-[:MAPS]-(map:Source)<-[named:REPORTED_BY]-(need:Need)-[about:ABOUT]->(area)
  WHERE named.county IS NULL OR named.county = county.name
  RETURN count(DISTINCT need) AS needs, collect(DISTINCT about.id) AS need_facts
}
CALL {
  WITH county, area
  OPTIONAL MATCH (county)<-[:MAPS]-(:Source)-[asked:ASKED_ABOUT]->(area)
  WHERE asked.asked AND (asked.county IS NULL OR asked.county = county.name)
  RETURN collect(DISTINCT asked.id) AS asked_facts
}
WITH county, area, assets, partners, needs, asked_facts, asset_facts + tie_facts + need_facts + asked_facts AS facts
WHERE size(facts) > 0 OR area.term IN ['math', 'science', 'computer_science']
RETURN county.name AS county, area.term AS area, assets AS assets, partners AS partners, needs AS needs,
  size(asked_facts) > 0 AS is_asked, facts AS facts
ORDER BY county, area
