// name: unreached_leas
// purpose: Districts of a county that nothing recorded reaches, by content area: on paper only, no, or not asked.
// param county: county, required, e.g. Sonoma
// param area: content area, optional, e.g. computer_science
// param as_of: date, default today
// derived since: as_of less three years
// derived measure: id of the loaded figure by which rows are ordered, highest first; null when none is loaded, then by enrollment
// column area: content area, as a term
// column lea: name of the district; the county office where the two are one body and no directory names the district
// column lea_id: its id
// column cds: its code, 14 digits as text; null when no directory gave one
// column state: on_paper (only a county-wide or statewide service, or an offering open to all), no (somebody wrote no) or not_asked
// column is_asked: whether the map says that it asked about this district, or all, in this area
// column measure: name of the figure that orders the rows; null when none is loaded for this district
// column value: that figure, in the unit of its publisher; null when none is loaded
// column year: year of that figure; null when not recorded
// column enrollment: students; null when not recorded or fewer than 11
// column locale: NCES locale; null when not recorded
// column is_single_district: whether the district and the county office are one body
// column facts: ids of the facts that the row rests on; empty when nothing is recorded
// order: area, value (highest first, none last), enrollment (largest first, none last), lea, lea_id
MATCH (coe:COE)-[:IN]->(county:County {name: $county})
OPTIONAL MATCH (district:LEA)-[:SUPPORTED_BY]->(coe)
WHERE district.is_district AND (district.status IS NULL OR district.status IN ['Active', 'Pending'])
WITH coe, county, collect(DISTINCT district) AS districts
CALL {
  WITH county
  MATCH (county)-[:IN_REGION]->(region:Region)
  WITH county, collect(region) AS regions
  RETURN regions + [county] AS places
}
CALL {
  WITH places
  CALL {
    WITH places
    UNWIND places AS place
    MATCH (place)<-[service:SERVES|SUPPORTS]-(provider)
    WHERE service.basis IN ['map', 'table'] AND size(coalesce(service.areas, [])) > 0
      AND (service.starts_on IS NULL OR service.starts_on <= date($as_of))
      AND (service.ends_on IS NULL OR service.ends_on >= date($as_of))
    UNWIND service.areas AS area
    RETURN area, service.id AS id
    UNION ALL
    WITH places
    UNWIND places AS place
    MATCH (place)<-[service:SERVES|SUPPORTS]-(provider)
    WHERE service.basis IN ['map', 'table'] AND size(coalesce(service.areas, [])) = 0
      AND (service.starts_on IS NULL OR service.starts_on <= date($as_of))
      AND (service.ends_on IS NULL OR service.ends_on >= date($as_of))
    MATCH (provider)-[offer:OFFERS]->(:Asset)-[:COVERS]->(covered:ContentArea)
    WHERE offer.basis IN ['map', 'table'] AND (offer.starts_on IS NULL OR offer.starts_on <= date($as_of))
      AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
    RETURN covered.term AS area, service.id AS id
    UNION ALL
    WITH places
    UNWIND places AS place
    MATCH (place)<-[open:OPEN_TO]-(asset:Asset)
    WHERE open.basis IN ['map', 'table'] AND EXISTS { MATCH (asset)<-[offer:OFFERS]-() WHERE offer.basis IN ['map', 'table']
      AND (offer.starts_on IS NULL OR offer.starts_on <= date($as_of)) AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of)) }
    MATCH (asset)-[:COVERS]->(covered:ContentArea)
    RETURN covered.term AS area, open.id AS id
  }
  WITH area, id
  WHERE ($area IS NULL AND area IN ['math', 'science', 'computer_science']) OR area = $area
  WITH area, collect(DISTINCT id) AS ids
  RETURN collect({area: area, ids: ids}) AS services
}
CALL {
  WITH county
  OPTIONAL MATCH (county)<-[:MAPS]-(:Source)-[asked:ASKED_ABOUT]->(about:ContentArea)
  WHERE asked.asked AND asked.lea IS NOT NULL AND (asked.county IS NULL OR asked.county = county.name)
  RETURN collect(CASE WHEN asked IS NULL THEN null ELSE {area: about.term, lea: asked.lea, id: asked.id} END) AS asked
}
UNWIND CASE WHEN size(districts) = 0 AND coe.single_district THEN [coe] ELSE districts END AS lea
CALL {
  WITH coe, lea
  UNWIND CASE WHEN coe.single_district THEN [lea, coe] ELSE [lea] END AS body
  MATCH (body)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(other)
  WHERE (other:Partner OR other:COE OR other:LEA)
    AND tie.basis IN ['map', 'table']
    AND (tie.starts_on IS NULL OR tie.starts_on <= date($as_of)) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of))
  UNWIND coalesce(tie.areas, []) AS area
  RETURN collect(area) AS tied
}
CALL {
  WITH coe, lea
  UNWIND CASE WHEN coe.single_district THEN [lea, coe] ELSE [lea] END AS body
  MATCH (body)-[part:TOOK_PART_IN]->(:Asset)-[:COVERS]->(area:ContentArea)
  WHERE part.basis IN ['map', 'table']
    AND (part.first_on IS NULL OR part.first_on <= date($as_of)) AND (part.last_on IS NULL OR part.last_on >= date($since))
  RETURN collect(area.term) AS took_part
}
CALL {
  WITH coe, lea
  UNWIND CASE WHEN coe.single_district THEN [lea, coe] ELSE [lea] END AS body
  MATCH (body)-[answer:REACHED_IN]->(area:ContentArea)
  WHERE answer.basis IN ['map', 'table']
  RETURN collect({area: area.term, answer: answer.answer, id: answer.id,
    fresh: (answer.first_on IS NULL OR answer.first_on <= date($as_of))
      AND (answer.last_on IS NULL OR answer.last_on >= date($since))}) AS answers
}
CALL {
  WITH lea
  OPTIONAL MATCH (lea)-[figure:MEASURED]->(measure:Indicator {id: $measure})
  WHERE figure.group IS NULL OR figure.group = 'all'
  WITH figure, measure ORDER BY figure.year IS NULL, figure.year DESC, figure.id
  WITH collect({name: measure.name, value: figure.value, year: figure.year, id: figure.id}) AS figures
  RETURN figures[0] AS figure
}
MATCH (area:ContentArea)
WHERE ($area IS NULL AND area.term IN ['math', 'science', 'computer_science']) OR area.term = $area
WITH coe, lea, area, tied, took_part, figure, [one IN answers WHERE one.area = area.term] AS answers,
  [one IN asked WHERE one.area = area.term AND (one.lea = 'all' OR one.lea = lea.id OR (coe.single_district AND one.lea = coe.id)) | one.id] AS asked,
  coalesce([one IN services WHERE one.area = area.term | one.ids][0], []) AS on_paper
WHERE NOT area.term IN tied AND NOT area.term IN took_part
WITH coe, lea, area, figure, answers, asked, on_paper
WHERE size([one IN answers WHERE one.answer = 'yes' AND one.fresh]) = 0
RETURN area.term AS area, lea.name AS lea, lea.id AS lea_id, lea.cds AS cds,
  CASE WHEN size(on_paper) > 0 THEN 'on_paper'
       WHEN size([one IN answers WHERE one.answer = 'no']) > 0 THEN 'no'
       ELSE 'not_asked' END AS state,
  size(asked) > 0 AS is_asked, figure.name AS measure, figure.value AS value, figure.year AS year, lea.enrollment AS enrollment, lea.locale AS locale,
  coe.single_district AS is_single_district,
  on_paper + [one IN answers | one.id] + asked + CASE WHEN figure.id IS NULL THEN [] ELSE [figure.id] END AS facts
ORDER BY area, value IS NULL, value DESC, enrollment IS NULL, enrollment DESC, lea, lea_id
