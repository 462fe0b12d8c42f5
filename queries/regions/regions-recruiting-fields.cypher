// Which regions recruit which fields
//
// One row per region and field. Counts roll up over PART_OF and count each claim, approach, document, story and
// claimant once in its row. What a claim states above the asked level ("Europe" among countries, "computing" among
// codes) keeps a row of its own, marked in `stated_above`. Rows `unstated`, for claims that name no region or no
// field, come last. With regions or fields, rows stay within them: a level above them gives the region or field itself.
//
// param region_level string = "country" in continent|country|province|city|as_stated|any  Roll regions up to this
//     level; any: wherever.
// param field_level string = "code" in group|code|term|as_stated|any  Roll fields up to this level; any: whatever.
// param region region+ = null  Only these regions and places in them; without them, every region. Members of a union or
//     group, such as the EU, are no places in them: name them.
// param field field+ = null  Only these fields and their parts; without them, every field.
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
// returns field_id string  Id of the field sought, or `unstated`.
// returns field string  Its name.
// returns stated_above boolean  Whether region or field was stated above the asked level.
// returns claims integer  Claims: one sentence saying one thing.
// returns approaches integer  Approaches: several sentences about one approach count once.
// returns documents integer  Documents that state them.
// returns stories integer  Stories: copies and rewrites of one text count once.
// returns claimants integer  Distinct voices that say it.
// returns first_reported date  The earliest day on which one of them was reported.
// returns last_reported date  The latest such day.
// behind region_id field_id
// counted region field
// kept since until modality implied
// notes coverage
// example
// example --region_level province --field_level group --since 2025-01-01
// example --modality negative --order_by stories
// example --region China --field computing --region_level province --field_level any
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
UNWIND CASE
  WHEN $region_level = 'any' THEN ['any']
  WHEN $region IS NOT NULL OR $region_level = 'as_stated' OR NOT $implied THEN COLLECT {
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
  }
  WHEN $region_level = 'continent' THEN c.continents
  WHEN $region_level = 'country' THEN c.countries
  WHEN $region_level = 'province' THEN c.provinces
  ELSE c.cities
END AS region_id
UNWIND CASE
  WHEN $field_level = 'any' THEN ['any']
  WHEN $field IS NOT NULL OR $field_level = 'as_stated' THEN COLLECT {
    OPTIONAL MATCH (c)-[:SEEKS]->(sought:Field)
    WHERE $field IS NULL OR EXISTS { MATCH (sought)-[:PART_OF*0..2]->(around_field:Field) WHERE around_field.id IN $field }
    OPTIONAL MATCH (sought)-[:PART_OF*0..2]->(up:Field {level: $field_level})
    RETURN DISTINCT CASE
      WHEN up IS NULL THEN coalesce(sought.id, 'unstated')
      WHEN $field IS NULL OR EXISTS { MATCH (up)-[:PART_OF*0..2]->(over_field:Field) WHERE over_field.id IN $field } THEN up.id
      ELSE head(COLLECT {
        MATCH above_field = (sought)-[:PART_OF*0..2]->(top_field:Field)
        WHERE top_field.id IN $field
        RETURN top_field.id ORDER BY length(above_field) DESC
      })
    END
  }
  WHEN $field_level = 'group' THEN c.field_groups
  WHEN $field_level = 'code' THEN c.field_codes
  ELSE c.field_terms
END AS field_id
UNWIND CASE WHEN $total THEN [[region_id, field_id], ['total', 'total']] ELSE [[region_id, field_id]] END AS row
WITH row[0] AS region_id, row[1] AS field_id,
     count(DISTINCT c.id) AS claims, count(DISTINCT c.approach_id) AS approaches,
     count(DISTINCT c.document_id) AS documents, count(DISTINCT c.story_id) AS stories,
     count(DISTINCT c.claimant_key) AS claimants,
     min(c.reported_on) AS first, max(c.reported_on) AS last
OPTIONAL MATCH (r:Region {id: region_id})
OPTIONAL MATCH (f:Field {id: field_id})
RETURN region_id, coalesce(r.name, region_id) AS region, field_id, coalesce(f.name, field_id) AS field,
       coalesce(r.level <> $region_level AND NOT $region_level IN ['as_stated', 'any']
         AND NOT EXISTS { MATCH (r)-[:PART_OF*1..3]->(:Region {level: $region_level}) }, false)
       OR coalesce(f.level <> $field_level AND NOT $field_level IN ['as_stated', 'any']
         AND NOT EXISTS { MATCH (f)-[:PART_OF*1..2]->(:Field {level: $field_level}) }, false) AS stated_above,
       claims, approaches, documents, stories, claimants,
       toString(first) AS first_reported, toString(last) AS last_reported
ORDER BY region_id = 'total', region_id = 'unstated' OR field_id = 'unstated',
         CASE $order_by WHEN 'claims' THEN claims WHEN 'approaches' THEN approaches WHEN 'documents' THEN documents
                        WHEN 'stories' THEN stories ELSE claimants END DESC,
         region, region_id, field, field_id
// kept
WITH $region[0] AS one_region, $field[0] AS one_field
WHERE coalesce(size($region), 1) = 1 AND coalesce(size($field), 1) = 1
OPTIONAL MATCH (whole:Region {id: one_region})
OPTIONAL MATCH (general:Field {id: one_field})
WITH one_region, one_field, CASE WHEN EXISTS { MATCH (whole)-[:PART_OF*1..3]->(:Region {level: $region_level}) }
       THEN whole.level ELSE $region_level END AS region_level,
     CASE WHEN EXISTS { MATCH (general)-[:PART_OF*1..2]->(:Field {level: $field_level}) }
       THEN general.level ELSE $field_level END AS field_level,
     CASE WHEN whole IS NULL THEN 'any' WHEN whole.level IN ['continent', 'country', 'province'] THEN whole.level
       ELSE 'city' END AS own_level,
     coalesce(general.level, 'any') AS own_field_level,
     COLLECT { MATCH (place:Region)-[:PART_OF*0..3]->(:Region {id: one_region}) RETURN place.id } AS places,
     COLLECT { MATCH (part:Field)-[:PART_OF*0..2]->(:Field {id: one_field}) RETURN part.id } AS parts
WHERE region_level IN ['continent', 'country', 'province', 'city', 'any']
  AND field_level IN ['group', 'code', 'term', 'any']
  AND NOT (region_level = 'any' AND $region IS NOT NULL) AND NOT (field_level = 'any' AND $field IS NOT NULL)
UNWIND CASE WHEN $total THEN [false, true] ELSE [false] END AS whole
WITH *, CASE WHEN whole THEN own_level + '/' + own_field_level ELSE region_level + '/' + field_level END AS level
MATCH (t:Tally)
WHERE t.id STARTS WITH level + '|'
  AND CASE WHEN whole THEN t.region = coalesce(one_region, 'any') ELSE $region IS NULL OR t.region IN places END
OPTIONAL MATCH (r:Region {id: t.region})
WITH whole, parts, one_field, region_level, field_level, t.region AS region_id, coalesce(r.name, t.region) AS region,
     r.level AS stated_level, t.fields AS fields,
     t.claims AS claims, t.approaches AS approaches, t.documents AS documents, t.stories AS stories,
     t.claimants AS claimants, t.first_reported AS first, t.last_reported AS last
WITH *, CASE $order_by WHEN 'claims' THEN claims WHEN 'approaches' THEN approaches WHEN 'documents' THEN documents
                       WHEN 'stories' THEN stories ELSE claimants END AS counts
UNWIND range(0, size(fields) - 1) AS i
WITH *, fields[i] AS field_id
WHERE CASE WHEN whole THEN field_id = coalesce(one_field, 'any') ELSE $field IS NULL OR field_id IN parts END
// page
WITH *
ORDER BY whole, region_id = 'unstated' OR field_id = 'unstated', counts[i] DESC, region, region_id, i
SKIP $offset LIMIT $limit
OPTIONAL MATCH (f:Field {id: field_id})
WITH *, coalesce(f.name, field_id) AS field,
     NOT whole AND (coalesce(stated_level <> region_level, false) OR coalesce(f.level <> field_level, false))
       AS stated_above
RETURN CASE WHEN whole THEN 'total' ELSE region_id END AS region_id,
       CASE WHEN whole THEN 'total' ELSE region END AS region,
       CASE WHEN whole THEN 'total' ELSE field_id END AS field_id,
       CASE WHEN whole THEN 'total' ELSE field END AS field, stated_above,
       claims[i] AS claims, approaches[i] AS approaches, documents[i] AS documents, stories[i] AS stories,
       claimants[i] AS claimants,
       CASE first[i] WHEN 'undated' THEN null ELSE first[i] END AS first_reported,
       CASE last[i] WHEN 'undated' THEN null ELSE last[i] END AS last_reported
ORDER BY region_id = 'total', region_id = 'unstated' OR field_id = 'unstated',
         CASE $order_by WHEN 'claims' THEN claims WHEN 'approaches' THEN approaches WHEN 'documents' THEN documents
                        WHEN 'stories' THEN stories ELSE claimants END DESC,
         region, region_id, field, field_id
