// Which fields one region recruits
//
// One row per field, for the region and all places in it. Each claim counts once in its row. What a claim states
// above the asked level ("computing" among codes) keeps a row of its own, marked in `stated_above`. The row `unstated`,
// for claims that name no field, comes last.
//
// param region region  The region; places in it are included, members of a union or group, such as the EU, are not.
// param field_level string = "code" in group|code|term|as_stated  Roll fields up to this level.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "positive"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// param order_by string = "claims" in claims|approaches|documents|stories|claimants  Which count comes first, largest
//     on top.
// param total boolean = false  Add a last row `total`, in which every claim, story and so on counts once.
// returns field_id string  Id of the field sought, or `unstated`.
// returns field string  Its name.
// returns stated_above boolean  Whether the field was stated above the asked level.
// returns claims integer  Claims: one sentence saying one thing.
// returns approaches integer  Approaches: several sentences about one approach count once.
// returns documents integer  Documents that state them.
// returns stories integer  Stories: copies and rewrites of one text count once.
// returns claimants integer  Distinct voices that say it.
// returns first_reported date  The earliest day on which one of them was reported.
// returns last_reported date  The latest such day.
// behind field_id
// counted field
// kept since until modality implied
// notes coverage
// example --region Zhejiang
// example --region 浙江 --field_level group --modality firm
MATCH (:Region {id: $region})<-[:PART_OF*0..3]-(:Region)<-[d:DESTINATION]-(c:Claim)
WHERE c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at
  AND c.modality IN $modality
  AND ($since IS NULL OR c.reported_on >= $since)
  AND ($until IS NULL OR c.reported_on <= $until)
  AND ($reliability IS NULL OR c.publisher_id IN $reliability)
  AND ($language IS NULL OR EXISTS { MATCH (c)-[:STATED_IN]->(text:Document) WHERE text.lang IN $language })
  AND ($implied OR NOT d.implied)
WITH DISTINCT c
UNWIND CASE $field_level
  WHEN 'as_stated' THEN COLLECT {
    OPTIONAL MATCH (c)-[:SEEKS]->(f:Field)
    RETURN DISTINCT coalesce(f.id, 'unstated')
  }
  WHEN 'group' THEN c.field_groups
  WHEN 'code' THEN c.field_codes
  ELSE c.field_terms
END AS field_id
UNWIND CASE WHEN $total THEN [field_id, 'total'] ELSE [field_id] END AS row
WITH row AS field_id,
     count(DISTINCT c.id) AS claims, count(DISTINCT c.approach_id) AS approaches,
     count(DISTINCT c.document_id) AS documents, count(DISTINCT c.story_id) AS stories,
     count(DISTINCT c.claimant_key) AS claimants,
     min(c.reported_on) AS first, max(c.reported_on) AS last
OPTIONAL MATCH (f:Field {id: field_id})
RETURN field_id, coalesce(f.name, field_id) AS field,
       coalesce($field_level <> 'as_stated' AND f.level <> $field_level, false) AS stated_above,
       claims, approaches, documents, stories, claimants,
       toString(first) AS first_reported, toString(last) AS last_reported
ORDER BY field_id = 'total', field_id = 'unstated',
         CASE $order_by WHEN 'claims' THEN claims WHEN 'approaches' THEN approaches WHEN 'documents' THEN documents
                        WHEN 'stories' THEN stories ELSE claimants END DESC,
         field, field_id
// kept
MATCH (r:Region {id: $region})
WITH CASE WHEN r.level IN ['continent', 'country', 'province'] THEN r.level ELSE 'city' END AS level
UNWIND CASE WHEN $total THEN [$field_level, 'any'] ELSE [$field_level] END AS field_level
MATCH (t:Tally {id: level + '/' + field_level + '|' + $region})
WITH field_level, t.fields AS fields, t.claims AS claims, t.approaches AS approaches, t.documents AS documents,
     t.stories AS stories, t.claimants AS claimants, t.first_reported AS first, t.last_reported AS last
WHERE $field_level <> 'as_stated'
UNWIND range(0, size(fields) - 1) AS i
WITH *, CASE field_level WHEN 'any' THEN 'total' ELSE fields[i] END AS field_id
OPTIONAL MATCH (f:Field {id: field_id})
RETURN field_id, coalesce(f.name, field_id) AS field, coalesce(f.level <> field_level, false) AS stated_above,
       claims[i] AS claims, approaches[i] AS approaches, documents[i] AS documents, stories[i] AS stories,
       claimants[i] AS claimants,
       CASE first[i] WHEN 'undated' THEN null ELSE first[i] END AS first_reported,
       CASE last[i] WHEN 'undated' THEN null ELSE last[i] END AS last_reported
ORDER BY field_id = 'total', field_id = 'unstated',
         CASE $order_by WHEN 'claims' THEN claims WHEN 'approaches' THEN approaches WHEN 'documents' THEN documents
                        WHEN 'stories' THEN stories ELSE claimants END DESC,
         field, field_id
