// name: unused_offers
// purpose: Offerings that this county and its neighbours could use and that nobody there is recorded as using, with the needs near that they could meet.
// param county: county, required, e.g. Lake
// param area: content area, optional, e.g. math
// param as_of: date, default today
// derived neighbours: the counties that share a border with county
// derived distances: how many counties are nearer, for each county
// derived since: as_of less three years
// derived grade_low: lowest grade that the offering has to reach
// derived grade_high: highest grade that the offering has to reach
// column asset: name of what is offered
// column asset_id: its id
// column provider: name of who offers it
// column provider_id: its id
// column kind: kind of partner; null when not recorded or when an office, LEA or school offers it
// column areas: content areas, as terms; empty when not recorded
// column place: county of the provider; null when not recorded
// column distance: how many counties are nearer, 0 for the county itself; null when place is not recorded
// column is_open: whether it is recorded as open to this county, its region, the state or one of its LEAs
// column ends_on: last day, a date; null when no end is recorded
// column needs: open needs of the county, its office or its LEAs on an area and grades of the offering; empty when none is recorded
// column is_reference: whether it is known from public pages alone and stands on no map
// column facts: ids of the facts that the row rests on
// order: those that could meet a need first, then distance (unknown last), asset, provider, asset_id, provider_id
MATCH (coe:COE)-[:IN]->(county:County {name: $county})
OPTIONAL MATCH (lea:LEA)-[:SUPPORTED_BY]->(coe)
WITH coe, county, collect(DISTINCT lea) AS leas
CALL {
  WITH county
  MATCH (county)-[:IN_REGION]->(region:Region)
  WITH county, collect(region) AS regions
  RETURN regions + [county] AS places
}
CALL {
  WITH coe, county, leas
  UNWIND [coe, county] + leas AS owner
  MATCH (owner)-[has:NEEDS]->(need:Need)-[about:ABOUT]->(area:ContentArea)
  WHERE (need.status IS NULL OR NOT need.status IN ['met', 'dropped']) AND (has.as_of IS NULL OR has.as_of <= date($as_of))
    AND area.term <> 'other' AND NOT EXISTS { MATCH (need)<-[:ADDRESSES]-() }
  WITH owner, need, area, collect(DISTINCT has.id) + collect(DISTINCT about.id) AS said
  RETURN collect({name: need.name, owner: owner.id, area: area.term, low: need.grade_low, high: need.grade_high, facts: said}) AS open_needs
}
CALL {
  WITH places, leas
  CALL {
    MATCH (provider:COE)-[offer:OFFERS]->(asset:Asset)
    WHERE (provider.county = $county OR provider.county IN $neighbours) AND (offer.ends_on IS NULL OR offer.ends_on >= date($as_of))
    RETURN provider, asset, offer.id AS offer, offer.ends_on AS ends_on, offer.basis AS basis, null AS open
    UNION ALL
    UNWIND [$county] + $neighbours AS home
    MATCH (provider:Partner)
    WHERE provider.home_county = home
    MATCH (provider)-[offer:OFFERS]->(asset:Asset)
    WHERE offer.ends_on IS NULL OR offer.ends_on >= date($as_of)
    RETURN provider, asset, offer.id AS offer, offer.ends_on AS ends_on, offer.basis AS basis, null AS open
    UNION ALL
    WITH places, leas
    UNWIND places + leas AS place
    MATCH (place)<-[open:OPEN_TO]-(asset:Asset)
    WHERE (asset.grade_low IS NULL OR asset.grade_low <= $grade_high) AND (asset.grade_high IS NULL OR asset.grade_high >= $grade_low)
    MATCH (asset)<-[offer:OFFERS]-(provider)
    WHERE offer.ends_on IS NULL OR offer.ends_on >= date($as_of)
    RETURN provider, asset, offer.id AS offer, offer.ends_on AS ends_on, offer.basis AS basis, open.id AS open
  }
  WITH provider, asset, collect(DISTINCT offer) AS offers, collect(DISTINCT open) AS opens,
    count(offer) AS statements, count(ends_on) AS dated, max(ends_on) AS last_end, sum(CASE WHEN basis = 'reference' THEN 0 ELSE 1 END) AS own
  WHERE (asset.grade_low IS NULL OR asset.grade_low <= $grade_high) AND (asset.grade_high IS NULL OR asset.grade_high >= $grade_low)
    AND ($area IS NULL OR EXISTS { MATCH (asset)-[:COVERS]->(:ContentArea {term: $area}) })
  // Ties are looked through once for each provider: some offer much and are tied to hundreds.
  WITH provider, CASE WHEN provider:Partner THEN provider.home_county ELSE provider.county END AS place, collect({asset: asset, offers: offers,
    opens: opens, ends_on: CASE WHEN dated < statements THEN null ELSE last_end END, own: own}) AS found
  WHERE (provider:COE AND (place = $county OR place IN $neighbours))
    OR NOT EXISTS { MATCH (provider)-[tie:PARTNERS_WITH|MEMBER_OF|LEADS|FUNDED_BY|SERVES|SUPPORTS]-(body)
      WHERE (body:COE OR body:LEA) AND (body.county = $county OR body.county IN $neighbours)
        AND (tie.starts_on IS NULL OR tie.starts_on <= date($as_of)) AND (tie.ends_on IS NULL OR tie.ends_on >= date($as_of)) }
  UNWIND found AS one
  WITH provider, place, one, one.asset AS asset
  WHERE NOT EXISTS { MATCH (asset)<-[part:TOOK_PART_IN]-(body)
    WHERE (body.county = $county OR body.county IN $neighbours) AND body.id <> provider.id
      AND (part.first_on IS NULL OR part.first_on <= date($as_of)) AND (part.last_on IS NULL OR part.last_on >= date($since)) }
  RETURN provider, place, asset, one.offers AS offers, one.opens AS opens, one.ends_on AS ends_on, one.own AS own
}
WITH open_needs, provider, asset, offers, opens, own, ends_on, place,
  [(asset)-[:COVERS]->(area:ContentArea) | area.term] AS areas, [(asset)-[covers:COVERS]->(:ContentArea) | covers.id] AS covered
WITH provider, asset, offers, opens, own, ends_on, place, areas, covered,
  [one IN open_needs WHERE one.area IN areas AND one.owner <> provider.id
    AND (one.low IS NULL OR asset.grade_high IS NULL OR asset.grade_high >= one.low)
    AND (one.high IS NULL OR asset.grade_low IS NULL OR asset.grade_low <= one.high)] AS met
RETURN asset.name AS asset, asset.id AS asset_id, provider.name AS provider, provider.id AS provider_id,
  CASE WHEN provider:Partner THEN provider.kind ELSE null END AS kind, areas AS areas, place AS place, $distances[place] AS distance,
  size(opens) > 0 AS is_open, ends_on AS ends_on, [one IN met | one.name] AS needs, own = 0 AS is_reference,
  offers + covered + opens + [(provider)-[home:BASED_IN]->(county:County) WHERE county.name = place | home.id]
    + reduce(said = [], one IN met | said + one.facts) AS facts
ORDER BY size(needs) = 0, distance IS NULL, distance, asset, provider, asset_id, provider_id
