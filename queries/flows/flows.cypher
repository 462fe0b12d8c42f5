// From where to where talent is recruited
//
// One row per origin and destination. Both roll up over PART_OF, and each claim counts once in its row. What a claim
// states above the asked level keeps a row of its own, marked in `stated_above`. Rows `unstated`, for claims that name
// no origin or no destination, come last. With `origin` or `destination`, rows stay within these regions: a level
// above them gives the region itself.
//
// param region_level string = "country" in continent|country|province|city|as_stated  Roll both ends up to this level.
// param origin region+ = null  Only talent from these regions and places in them. Members of a union or group, such as
//     the EU, are no places in them: name them.
// param destination region+ = null  Only recruiting to these regions and places in them. Members of a union or group,
//     such as the EU, are no places in them: name them.
// param field field+ = null  Only claims that seek this field or a part of it.
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
// notes coverage region=destination
// example --origin Taiwan
// example --destination CN --region_level province --field ai
MATCH (c:Claim)
WHERE c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at
  AND c.modality IN $modality
  AND ($since IS NULL OR c.reported_on >= $since)
  AND ($until IS NULL OR c.reported_on <= $until)
  AND ($reliability IS NULL OR c.publisher_id IN $reliability)
  AND ($language IS NULL OR EXISTS { MATCH (c)-[:STATED_IN]->(text:Document) WHERE text.lang IN $language })
  AND ($field IS NULL OR any(f IN $field WHERE f IN c.field_groups OR f IN c.field_codes OR f IN c.field_terms))
  AND ($origin IS NULL OR EXISTS {
    MATCH (c)-[o:ORIGIN]->(:Region)-[:PART_OF*0..3]->(home:Region)
    WHERE home.id IN $origin AND ($implied OR NOT o.implied)
  })
  AND ($destination IS NULL OR EXISTS {
    MATCH (c)-[d:DESTINATION]->(:Region)-[:PART_OF*0..3]->(whole:Region)
    WHERE whole.id IN $destination AND ($implied OR NOT d.implied)
  })
OPTIONAL MATCH (c)-[o:ORIGIN]->(place:Region)
WHERE ($implied OR NOT o.implied)
  AND ($origin IS NULL OR EXISTS { MATCH (place)-[:PART_OF*0..3]->(around_home:Region) WHERE around_home.id IN $origin })
WITH place, collect(c) AS found
OPTIONAL MATCH (place)-[:PART_OF*0..3]->(up:Region {level: $region_level})
WITH found, CASE
  WHEN up IS NULL THEN coalesce(place.id, 'unstated')
  WHEN $origin IS NULL OR EXISTS { MATCH (up)-[:PART_OF*0..3]->(over_home:Region) WHERE over_home.id IN $origin } THEN up.id
  ELSE head(COLLECT {
    MATCH above_home = (place)-[:PART_OF*0..3]->(top_home:Region)
    WHERE top_home.id IN $origin
    RETURN top_home.id ORDER BY length(above_home) DESC
  })
END AS origin_id
UNWIND found AS c
WITH DISTINCT c, origin_id
WHERE $origin IS NULL OR origin_id <> 'unstated'
UNWIND CASE WHEN $destination IS NULL AND $region_level <> 'as_stated' AND $implied THEN
  CASE $region_level
    WHEN 'continent' THEN c.continents WHEN 'country' THEN c.countries
    WHEN 'province' THEN c.provinces ELSE c.cities
  END
ELSE COLLECT {
  OPTIONAL MATCH (c)-[d:DESTINATION]->(place:Region)
  WHERE ($implied OR NOT d.implied)
    AND ($destination IS NULL OR EXISTS { MATCH (place)-[:PART_OF*0..3]->(around:Region) WHERE around.id IN $destination })
  OPTIONAL MATCH (place)-[:PART_OF*0..3]->(up:Region {level: $region_level})
  RETURN DISTINCT CASE
    WHEN up IS NULL THEN coalesce(place.id, 'unstated')
    WHEN $destination IS NULL OR EXISTS { MATCH (up)-[:PART_OF*0..3]->(over:Region) WHERE over.id IN $destination } THEN up.id
    ELSE head(COLLECT {
      MATCH above = (place)-[:PART_OF*0..3]->(top:Region)
      WHERE top.id IN $destination
      RETURN top.id ORDER BY length(above) DESC
    })
  END
} END AS destination_id
WITH c, origin_id, destination_id
WHERE $destination IS NULL OR destination_id <> 'unstated'
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
       coalesce(o.level <> $region_level AND $region_level <> 'as_stated'
         AND NOT EXISTS { MATCH (o)-[:PART_OF*1..3]->(:Region {level: $region_level}) }, false)
       OR coalesce(r.level <> $region_level AND $region_level <> 'as_stated'
         AND NOT EXISTS { MATCH (r)-[:PART_OF*1..3]->(:Region {level: $region_level}) }, false) AS stated_above,
       claims, approaches, documents, stories, claimants,
       toString(first) AS first_reported, toString(last) AS last_reported
ORDER BY origin_id = 'total', origin_id = 'unstated' OR destination_id = 'unstated',
         CASE $order_by WHEN 'claims' THEN claims WHEN 'approaches' THEN approaches WHEN 'documents' THEN documents
                        WHEN 'stories' THEN stories ELSE claimants END DESC,
         origin, origin_id, destination, destination_id
