// How the regions approach people
//
// One row per region and channel. Counts roll up over PART_OF and count each claim once in its row. What a claim
// states above the asked level keeps a row of its own, marked in `stated_above`. A channel that the text excludes
// ("not through advertisements") has rows of its own, marked in `excluded`. Rows `unstated`, for claims that name no
// region or no channel, come last. With regions, rows stay within them: a level above gives the region itself.
//
// param region region+ = null  Only these regions and places in them; without them, every region. Members of a union or
//     group, such as the EU, are no places in them: name them.
// param region_level string = "country" in continent|country|province|city|as_stated  Roll regions up to this level.
// param field field+ = null  Only claims that seek this field or a part of it.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "positive"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// param order_by string = "claims" in claims|approaches|documents|stories|claimants  Which count comes first, largest
//     on top.
// param total boolean = false  Add a last row `total`, in which every claim, story and so on counts once.
// returns region_id string  Id of the region recruited to, or `unstated`.
// returns region string  Its name.
// returns channel_id string  Id of the channel, or `unstated`.
// returns channel string  Its name.
// returns kind string  private (from one person to another), public (open to whoever reads it) or other.
// returns excluded boolean  Whether the claims say that this channel is not used.
// returns stated_above boolean  Whether the region was stated above the asked level.
// returns claims integer  Claims: one sentence saying one thing.
// returns approaches integer  Approaches: several sentences about one approach count once.
// returns documents integer  Documents that state them.
// returns stories integer  Stories: copies and rewrites of one text count once.
// returns claimants integer  Distinct voices that say it.
// returns first_reported date  The earliest day on which one of them was reported.
// returns last_reported date  The latest such day.
// behind region_id channel_id excluded
// counted region channel
// notes coverage
// example --region Zhejiang
// example --region_level continent --field ai
MATCH (c:Claim)
WHERE c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at
  AND c.modality IN $modality
  AND ($since IS NULL OR c.reported_on >= $since)
  AND ($until IS NULL OR c.reported_on <= $until)
  AND ($reliability IS NULL OR c.publisher_id IN $reliability)
  AND ($language IS NULL OR EXISTS { MATCH (c)-[:STATED_IN]->(text:Document) WHERE text.lang IN $language })
  AND ($field IS NULL OR any(f IN $field WHERE f IN c.field_groups OR f IN c.field_codes OR f IN c.field_terms))
  AND ($region IS NULL OR EXISTS {
    MATCH (c)-[d:DESTINATION]->(:Region)-[:PART_OF*0..3]->(whole:Region)
    WHERE whole.id IN $region AND ($implied OR NOT d.implied)
  })
UNWIND CASE WHEN $region IS NULL AND $region_level <> 'as_stated' AND $implied THEN
  CASE $region_level
    WHEN 'continent' THEN c.continents WHEN 'country' THEN c.countries
    WHEN 'province' THEN c.provinces ELSE c.cities
  END
ELSE COLLECT {
  OPTIONAL MATCH (c)-[d:DESTINATION]->(place:Region)
  WHERE ($implied OR NOT d.implied)
    AND ($region IS NULL OR EXISTS { MATCH (place)-[:PART_OF*0..3]->(around:Region) WHERE around.id IN $region })
  OPTIONAL MATCH (place)-[:PART_OF*0..3]->(up:Region {level: $region_level})
  RETURN DISTINCT CASE
    WHEN up IS NULL THEN coalesce(place.id, 'unstated')
    WHEN $region IS NULL OR EXISTS { MATCH (up)-[:PART_OF*0..3]->(over:Region) WHERE over.id IN $region } THEN up.id
    ELSE head(COLLECT {
      MATCH above = (place)-[:PART_OF*0..3]->(top:Region)
      WHERE top.id IN $region
      RETURN top.id ORDER BY length(above) DESC
    })
  END
} END AS region_id
WITH c, region_id
WHERE $region IS NULL OR region_id <> 'unstated'
OPTIONAL MATCH (c)-[via:VIA]->(way:Channel)
WITH c, [region_id, coalesce(way.id, 'unstated'), coalesce(way.name, 'unstated'), way.kind,
         coalesce(via.negated, false)] AS row
UNWIND CASE WHEN $total THEN [row, ['total', 'total', 'total', null, false]] ELSE [row] END AS key
WITH key[0] AS region_id, key[1] AS channel_id, key[2] AS channel, key[3] AS kind, key[4] AS excluded,
     count(DISTINCT c.id) AS claims, count(DISTINCT c.approach_id) AS approaches,
     count(DISTINCT c.document_id) AS documents, count(DISTINCT c.story_id) AS stories,
     count(DISTINCT c.claimant_key) AS claimants,
     min(c.reported_on) AS first, max(c.reported_on) AS last
OPTIONAL MATCH (r:Region {id: region_id})
RETURN region_id, coalesce(r.name, region_id) AS region, channel_id, channel, kind, excluded,
       coalesce(r.level <> $region_level AND $region_level <> 'as_stated'
         AND NOT EXISTS { MATCH (r)-[:PART_OF*1..3]->(:Region {level: $region_level}) }, false) AS stated_above,
       claims, approaches, documents, stories, claimants,
       toString(first) AS first_reported, toString(last) AS last_reported
ORDER BY region_id = 'total', region_id = 'unstated' OR channel_id = 'unstated',
         CASE $order_by WHEN 'claims' THEN claims WHEN 'approaches' THEN approaches WHEN 'documents' THEN documents
                        WHEN 'stories' THEN stories ELSE claimants END DESC,
         region, region_id, channel, channel_id, excluded
