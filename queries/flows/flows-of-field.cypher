// From where to where one field is recruited
//
// One row per origin and destination, for the field and all parts of it. Each claim counts once in its row. What a
// claim states above the asked level keeps a row of its own, marked in `stated_above`. Rows `unstated`, for claims
// that name no origin or no destination, come last.
//
// param field field  The field; parts of it are included.
// param region_level string = "country" in continent|country|province|city|as_stated  Roll both ends up to this level.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "positive"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// param order_by string = "claims" in claims|approaches|documents|stories|claimants  Which count comes first, largest
//     on top.
// param total boolean = false  Add a last row `total`, in which every claim, story and so on counts once.
// returns origin_id string  Id of the region recruited from, or `unstated`.
// returns origin string  Its name.
// returns destination_id string  Id of the region recruited to, or `unstated`.
// returns destination string  Its name.
// returns stated_above boolean  Whether one of them was stated above the asked level.
// returns claims integer  Claims: one sentence saying one thing.
// returns approaches integer  Approaches: several sentences about one approach count once.
// returns documents integer  Documents that state them.
// returns stories integer  Stories: copies and rewrites of one text count once.
// returns claimants integer  Distinct voices that say it.
// returns first_reported date  The earliest day on which one of them was reported.
// returns last_reported date  The latest such day.
// behind origin_id destination_id
// counted origin destination
// notes coverage
// example --field semiconductors
// example --field ai --region_level continent
MATCH (:Field {id: $field})<-[:PART_OF*0..2]-(:Field)<-[:SEEKS]-(c:Claim)
WHERE c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at
  AND c.modality IN $modality
  AND ($since IS NULL OR c.reported_on >= $since)
  AND ($until IS NULL OR c.reported_on <= $until)
  AND ($reliability IS NULL OR c.publisher_id IN $reliability)
  AND ($language IS NULL OR EXISTS { MATCH (c)-[:STATED_IN]->(text:Document) WHERE text.lang IN $language })
WITH DISTINCT c
UNWIND COLLECT {
  OPTIONAL MATCH (c)-[o:ORIGIN]->(place:Region)
  WHERE $implied OR NOT o.implied
  OPTIONAL MATCH (place)-[:PART_OF*0..3]->(up:Region {level: $region_level})
  RETURN DISTINCT coalesce(up.id, place.id, 'unstated')
} AS origin_id
UNWIND CASE
  WHEN $region_level = 'as_stated' OR NOT $implied THEN COLLECT {
    OPTIONAL MATCH (c)-[d:DESTINATION]->(place:Region)
    WHERE $implied OR NOT d.implied
    OPTIONAL MATCH (place)-[:PART_OF*0..3]->(up:Region {level: $region_level})
    RETURN DISTINCT coalesce(up.id, place.id, 'unstated')
  }
  WHEN $region_level = 'continent' THEN c.continents
  WHEN $region_level = 'country' THEN c.countries
  WHEN $region_level = 'province' THEN c.provinces
  ELSE c.cities
END AS destination_id
WITH c, [origin_id, destination_id] AS row
UNWIND CASE WHEN $total THEN [row, ['total', 'total']] ELSE [row] END AS key
WITH key[0] AS origin_id, key[1] AS destination_id,
     count(DISTINCT c.id) AS claims, count(DISTINCT c.approach_id) AS approaches,
     count(DISTINCT c.document_id) AS documents, count(DISTINCT c.story_id) AS stories,
     count(DISTINCT c.claimant_key) AS claimants,
     min(c.reported_on) AS first, max(c.reported_on) AS last
OPTIONAL MATCH (o:Region {id: origin_id})
OPTIONAL MATCH (r:Region {id: destination_id})
RETURN origin_id, coalesce(o.name, origin_id) AS origin,
       destination_id, coalesce(r.name, destination_id) AS destination,
       coalesce($region_level <> 'as_stated' AND o.level <> $region_level, false)
         OR coalesce($region_level <> 'as_stated' AND r.level <> $region_level, false) AS stated_above,
       claims, approaches, documents, stories, claimants,
       toString(first) AS first_reported, toString(last) AS last_reported
ORDER BY origin_id = 'total', origin_id = 'unstated' OR destination_id = 'unstated',
         CASE $order_by WHEN 'claims' THEN claims WHEN 'approaches' THEN approaches WHEN 'documents' THEN documents
                        WHEN 'stories' THEN stories ELSE claimants END DESC,
         origin, origin_id, destination, destination_id
