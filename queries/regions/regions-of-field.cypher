// Which regions recruit one field
//
// One row per region, for the field and all parts of it. Each claim counts once in its row. What a claim states above
// the asked level ("Europe" among countries) keeps a row of its own, marked in `stated_above`. The row `unstated`, for
// claims that name no region, comes last.
//
// param field field  The field; parts of it are included.
// param region_level string = "country" in continent|country|province|city|as_stated  Roll regions up to this level.
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
// returns stated_above boolean  Whether the region was stated above the asked level.
// returns claims integer  Claims: one sentence saying one thing.
// returns approaches integer  Approaches: several sentences about one approach count once.
// returns documents integer  Documents that state them.
// returns stories integer  Stories: copies and rewrites of one text count once.
// returns claimants integer  Distinct voices that say it.
// returns first_reported date  The earliest day on which one of them was reported.
// returns last_reported date  The latest such day.
// behind region_id
// counted region
// kept since until modality implied
// notes coverage
// example --field semiconductors
// example --field 人工智能 --region_level city
MATCH (:Field {id: $field})<-[:PART_OF*0..2]-(:Field)<-[:SEEKS]-(c:Claim)
WHERE c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at
  AND c.modality IN $modality
  AND ($since IS NULL OR c.reported_on >= $since)
  AND ($until IS NULL OR c.reported_on <= $until)
  AND ($reliability IS NULL OR c.publisher_id IN $reliability)
  AND ($language IS NULL OR EXISTS { MATCH (c)-[:STATED_IN]->(text:Document) WHERE text.lang IN $language })
WITH DISTINCT c
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
END AS region_id
UNWIND CASE WHEN $total THEN [region_id, 'total'] ELSE [region_id] END AS row
WITH row AS region_id,
     count(DISTINCT c.id) AS claims, count(DISTINCT c.approach_id) AS approaches,
     count(DISTINCT c.document_id) AS documents, count(DISTINCT c.story_id) AS stories,
     count(DISTINCT c.claimant_key) AS claimants,
     min(c.reported_on) AS first, max(c.reported_on) AS last
OPTIONAL MATCH (r:Region {id: region_id})
RETURN region_id, coalesce(r.name, region_id) AS region,
       coalesce($region_level <> 'as_stated' AND r.level <> $region_level, false) AS stated_above,
       claims, approaches, documents, stories, claimants,
       toString(first) AS first_reported, toString(last) AS last_reported
ORDER BY region_id = 'total', region_id = 'unstated',
         CASE $order_by WHEN 'claims' THEN claims WHEN 'approaches' THEN approaches WHEN 'documents' THEN documents
                        WHEN 'stories' THEN stories ELSE claimants END DESC,
         region, region_id
// kept
MATCH (sought:Field {id: $field})
UNWIND CASE WHEN $total THEN [$region_level, 'any'] ELSE [$region_level] END AS region_level
WITH sought, region_level, region_level + '/' + sought.level AS level
WHERE $region_level <> 'as_stated'
MATCH (t:Tally)
WHERE t.id STARTS WITH level + '|' AND $field IN t.fields
WITH *, [i IN range(0, size(t.fields) - 1) WHERE t.fields[i] = $field][0] AS i,
     CASE region_level WHEN 'any' THEN 'total' ELSE t.region END AS region_id
OPTIONAL MATCH (r:Region {id: region_id})
RETURN region_id, coalesce(r.name, region_id) AS region, coalesce(r.level <> region_level, false) AS stated_above,
       t.claims[i] AS claims, t.approaches[i] AS approaches, t.documents[i] AS documents, t.stories[i] AS stories,
       t.claimants[i] AS claimants,
       CASE t.first_reported[i] WHEN 'undated' THEN null ELSE t.first_reported[i] END AS first_reported,
       CASE t.last_reported[i] WHEN 'undated' THEN null ELSE t.last_reported[i] END AS last_reported
ORDER BY region_id = 'total', region_id = 'unstated',
         CASE $order_by WHEN 'claims' THEN claims WHEN 'approaches' THEN approaches WHEN 'documents' THEN documents
                        WHEN 'stories' THEN stories ELSE claimants END DESC,
         region, region_id
