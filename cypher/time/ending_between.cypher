// name: ending_between
// purpose: Ties, assets and funding that end between two days, and what goes with each.
// param county: county, optional, e.g. Sonoma
// param area: content area, optional, e.g. science
// param from: date, default today
// param to: date, default one year after from
// column what: tie, asset or funding
// column relation: how the two ends are tied: partners_with, member_of, leads, funded_by, serves, supports or offers
// column name: name of the partner, provider or funded asset
// column other: name of the other end: office, LEA, asset or funder
// column areas: content areas, as terms; empty when not recorded
// column ends_on: last day, a date
// column duration: temporary, time_limited or unknown
// column goes_with: names of what hangs on it: for a tie what the partner offers, for an asset those who take part
// column is_only_tie: for a tie, whether no other recorded tie between the two lasts longer; null for assets and funding
// column is_reference: whether it is known from public pages alone and stands on no map
// column facts: ids of the facts that the row rests on
// order: ends_on, what, name, other, facts
CALL {
  MATCH (a:Partner)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]->(b)
  WHERE tie.ends_on IS NOT NULL AND ($area IS NULL OR $area IN tie.areas)
    AND ($county IS NULL OR tie.county = $county
      OR ((b:COE OR b:LEA) AND b.county = $county) OR (b:County AND b.name = $county))
    AND tie.ends_on >= date($from) AND tie.ends_on <= date($to)
  RETURN 'tie' AS what, toLower(type(tie)) AS relation, a, b, tie, coalesce(tie.areas, []) AS areas
  UNION ALL
  MATCH (a:COE)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]->(b)
  WHERE tie.ends_on IS NOT NULL AND ($area IS NULL OR $area IN tie.areas)
    AND ($county IS NULL OR tie.county = $county OR a.county = $county
      OR ((b:COE OR b:LEA) AND b.county = $county) OR (b:County AND b.name = $county))
    AND tie.ends_on >= date($from) AND tie.ends_on <= date($to)
  RETURN 'tie' AS what, toLower(type(tie)) AS relation, a, b, tie, coalesce(tie.areas, []) AS areas
  UNION ALL
  MATCH (a:LEA)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]->(b)
  WHERE tie.ends_on IS NOT NULL AND ($area IS NULL OR $area IN tie.areas)
    AND ($county IS NULL OR tie.county = $county OR a.county = $county
      OR ((b:COE OR b:LEA) AND b.county = $county) OR (b:County AND b.name = $county))
    AND tie.ends_on >= date($from) AND tie.ends_on <= date($to)
  RETURN 'tie' AS what, toLower(type(tie)) AS relation, a, b, tie, coalesce(tie.areas, []) AS areas
  UNION ALL
  MATCH (a:School)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]->(b)
  WHERE tie.ends_on IS NOT NULL AND ($area IS NULL OR $area IN tie.areas)
    AND ($county IS NULL OR tie.county = $county
      OR ((b:COE OR b:LEA) AND b.county = $county) OR (b:County AND b.name = $county))
    AND tie.ends_on >= date($from) AND tie.ends_on <= date($to)
  RETURN 'tie' AS what, toLower(type(tie)) AS relation, a, b, tie, coalesce(tie.areas, []) AS areas
  UNION ALL
  MATCH (a:Asset)-[tie:FUNDED_BY]->(b)
  WHERE tie.ends_on IS NOT NULL
    AND ($county IS NULL OR tie.county = $county OR ((b:COE OR b:LEA) AND b.county = $county))
    AND tie.ends_on >= date($from) AND tie.ends_on <= date($to)
  OPTIONAL MATCH (a)-[:COVERS]->(area:ContentArea)
  WITH a, b, tie, collect(DISTINCT area.term) AS areas
  WHERE $area IS NULL OR $area IN areas
  RETURN 'funding' AS what, 'funded_by' AS relation, a, b, tie, areas
  UNION ALL
  MATCH (a)-[tie:OFFERS]->(b:Asset)
  WHERE tie.ends_on IS NOT NULL
    AND ($county IS NULL OR tie.county = $county OR ((a:COE OR a:LEA) AND a.county = $county))
    AND tie.ends_on >= date($from) AND tie.ends_on <= date($to)
  OPTIONAL MATCH (b)-[:COVERS]->(area:ContentArea)
  WITH a, b, tie, collect(DISTINCT area.term) AS areas
  WHERE $area IS NULL OR $area IN areas
  RETURN 'asset' AS what, 'offers' AS relation, a, b, tie, areas
}
RETURN what AS what, relation AS relation, a.name AS name, b.name AS other, areas AS areas, tie.ends_on AS ends_on,
  tie.duration AS duration,
  CASE what
    WHEN 'tie' THEN [(a)-[offer:OFFERS]->(asset:Asset) WHERE a:Partner AND (offer.ends_on IS NULL OR offer.ends_on >= date($from)) | asset.name]
      + [(b)-[offer:OFFERS]->(asset:Asset) WHERE b:Partner AND (offer.ends_on IS NULL OR offer.ends_on >= date($from)) | asset.name]
    WHEN 'asset' THEN [(b)<-[:TOOK_PART_IN]-(lea) | lea.name]
    ELSE [(a)<-[:TOOK_PART_IN]-(lea) | lea.name] END AS goes_with,
  CASE WHEN what = 'tie' THEN NOT EXISTS { MATCH (a)-[more:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(b)
    WHERE more.ends_on IS NULL OR more.ends_on > tie.ends_on } ELSE null END AS is_only_tie,
  tie.basis = 'reference' AS is_reference, [tie.id] AS facts
ORDER BY ends_on, what, name, other, tie.id
