// name: partners_of
// purpose: Who a county office or LEA is tied to, directly or through what.
// param org: organization, required, e.g. Lake County Office of Education
// param as_of: date, default today
// column partner: name of the organization at the other end
// column partner_id: its id
// column kind: kind of partner; null when not recorded or when it is an office or LEA
// column relation: how they are tied: partners_with, member_of, leads, funded_by, serves, supports or offers
// column through: the LEA or the asset that the tie runs through; null when it is direct
// column areas: content areas of the tie, as terms; empty when not recorded
// column starts_on: first day, a date; null when not recorded
// column ends_on: last day, a date; null when no end is recorded
// column durations: temporary, time_limited, enduring or unknown, one for each statement that differs
// column is_current: whether any statement of the tie holds on the day asked about
// column is_reference: whether it is known from public pages alone and stands on no map
// column facts: ids of the facts that the row rests on
// order: direct ties first, then through, partner, relation, partner_id
CALL {
  MATCH (n:COE {id: $org}) RETURN n AS org
  UNION
  MATCH (n:LEA {id: $org}) RETURN n AS org
}
CALL {
  WITH org
  MATCH (org)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(partner)
  WHERE partner:Partner OR partner:COE OR partner:LEA
  RETURN partner, tie, tie.areas AS areas, null AS through, toLower(type(tie)) AS relation, [tie.id] AS facts
  UNION ALL
  WITH org
  MATCH (org)<-[base:SUPPORTED_BY]-(lea:LEA)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(partner)
  WHERE (partner:Partner OR partner:COE OR partner:LEA) AND partner.id <> org.id
  RETURN partner, tie, tie.areas AS areas, lea.name AS through, toLower(type(tie)) AS relation, [tie.id] AS facts
  UNION ALL
  WITH org
  MATCH (org)-[part:TOOK_PART_IN]->(asset:Asset)<-[tie:OFFERS]-(partner)
  WHERE partner.id <> org.id
  OPTIONAL MATCH (asset)-[:COVERS]->(area:ContentArea)
  WITH partner, tie, asset, part, collect(DISTINCT area.term) AS areas
  RETURN partner, tie, areas, asset.name AS through, 'offers' AS relation, [part.id, tie.id] AS facts
}
WITH partner, through, relation,
  collect(coalesce(areas, [])) AS area_lists,
  min(tie.starts_on) AS starts_on,
  count(tie) AS statements, count(tie.ends_on) AS dated, max(tie.ends_on) AS last_end,
  collect(DISTINCT tie.duration) AS durations,
  sum(CASE WHEN (tie.starts_on IS NULL OR tie.starts_on <= date($as_of))
            AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of)) THEN 1 ELSE 0 END) AS current,
  sum(CASE WHEN tie.basis = 'reference' THEN 0 ELSE 1 END) AS own,
  collect(facts) AS fact_lists
RETURN partner.name AS partner, partner.id AS partner_id,
  CASE WHEN partner:Partner THEN partner.kind ELSE null END AS kind,
  relation AS relation, through AS through,
  reduce(flat = [], xs IN area_lists | flat + xs) AS areas, starts_on AS starts_on,
  CASE WHEN dated < statements THEN null ELSE last_end END AS ends_on,
  durations AS durations, current > 0 AS is_current, own = 0 AS is_reference,
  reduce(flat = [], xs IN fact_lists | flat + xs) AS facts
ORDER BY through IS NOT NULL, through, partner, relation, partner_id
