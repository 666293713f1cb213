// name: who_was_asked
// purpose: What each map asked about (areas, kinds of partner, LEAs), and maps that rest on one voice or one kind of evidence.
// param county: county, optional, e.g. Lake
// column source: name of the map or table
// column source_id: its id
// column area: content area, as a term
// column asked: yes, no (somebody wrote that they did not ask) or not_recorded
// column kinds: kinds of partner, families or all, that were asked about; empty when not asked by kind
// column leas: names of the LEAs that were asked about, or all; empty when not asked by LEA
// column asked_on: the latest day on which somebody asked; null when not recorded
// column voices: how many people were asked, told apart by who they are; 0 when not recorded
// column contributors: how many people wrote rows of this map; 0 when not recorded
// column evidence: kinds of evidence that its rows rest on, as terms; empty when not recorded
// column is_one_voice: whether one single person wrote all rows that name a writer
// column is_one_kind_of_evidence: whether all rows that say how it is known rest on one kind of evidence
// column facts: ids of the facts that the row rests on
// order: source, area, source_id
CALL {
  // One map: a row that says something of a partner, an LEA or an asset also says that its map names them.
  MATCH (map:Source)-[:MAPS]->(:County {name: $county})
  WITH DISTINCT map, substring(map.id, 7) AS source
  MATCH (map)<-[:REPORTED_BY]-(one)
  WITH DISTINCT source, one
  MATCH (one)-[fact:PARTNERS_WITH|OFFERS|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-()
  WHERE fact.source = source
  RETURN source, fact.contributor AS contributor, fact.how_known AS how_known
  UNION ALL
  MATCH (map:Source)-[:MAPS]->(:County {name: $county})
  WITH collect(DISTINCT substring(map.id, 7)) AS sources
  MATCH (one:COE)-[fact:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]->(other)
  WHERE (other:COE OR other:County OR other:Region) AND fact.source IN sources
  RETURN fact.source AS source, fact.contributor AS contributor, fact.how_known AS how_known
  UNION ALL
  // All maps: every such statement is looked at once.
  UNWIND CASE WHEN $county IS NULL THEN [1] ELSE [] END AS once
  MATCH ()-[fact:PARTNERS_WITH|OFFERS|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]->()
  RETURN fact.source AS source, fact.contributor AS contributor, fact.how_known AS how_known
  UNION ALL
  MATCH (map:Source)
  WHERE $county IS NULL OR EXISTS { MATCH (map)-[:MAPS]->(:County {name: $county}) }
  RETURN substring(map.id, 7) AS source, null AS contributor, null AS how_known
}
WITH 'source/' + source AS map_id, collect(DISTINCT contributor) AS contributors, collect(DISTINCT how_known) AS tie_evidence
MATCH (map:Source {id: map_id})
WHERE map.basis IN ['map', 'table']
CALL {
  WITH map
  OPTIONAL MATCH (need:Need)-[:REPORTED_BY]->(map)
  RETURN count(need) AS needs, collect(DISTINCT need.how_known) AS need_evidence
}
MATCH (area:ContentArea)
OPTIONAL MATCH (map)-[asked:ASKED_ABOUT]->(area)
WITH map, area, contributors, tie_evidence, need_evidence, asked, asked.lea AS lea_id
OPTIONAL MATCH (lea:LEA {id: lea_id})
WITH map, area, contributors, tie_evidence + [one IN need_evidence WHERE NOT one IN tie_evidence] AS evidence,
  collect(DISTINCT CASE WHEN asked.asked THEN asked.kind ELSE null END)
    + collect(DISTINCT CASE WHEN asked.asked THEN asked.family ELSE null END) AS kinds,
  collect(DISTINCT CASE WHEN NOT asked.asked THEN null WHEN asked.lea = 'all' THEN 'all' ELSE lea.name END) AS leas,
  max(CASE WHEN asked.asked THEN asked.asked_on ELSE null END) AS asked_on,
  count(DISTINCT CASE WHEN asked.asked THEN asked.of_whom ELSE null END) AS voices, sum(CASE WHEN asked.asked THEN 1 ELSE 0 END) AS yes, count(asked) AS said,
  collect(DISTINCT asked.id) AS facts
WHERE said > 0 OR area.term IN ['math', 'science', 'computer_science']
RETURN map.name AS source, map.id AS source_id, area.term AS area,
  CASE WHEN yes > 0 THEN 'yes' WHEN said > 0 THEN 'no' ELSE 'not_recorded' END AS asked, kinds AS kinds, leas AS leas,
  asked_on AS asked_on, voices AS voices, size(contributors) AS contributors, evidence AS evidence,
  size(contributors) = 1 AS is_one_voice, size(evidence) = 1 AS is_one_kind_of_evidence, facts AS facts
ORDER BY source, area, source_id
