// What is offered to which field
//
// One row per field and incentive. Counts roll up over PART_OF and count each claim once in its row. What a claim
// states above the asked level keeps a row of its own, marked in `stated_above`. Rows `unstated`, for claims that name
// no field or no incentive, come last. With fields, rows stay within them: a level above gives the field itself.
//
// param field field+ = null  Only these fields and parts of them; without them, every field.
// param field_level string = "code" in group|code|term|as_stated  Roll fields up to this level.
// param region region+ = null  Only claims that recruit to this region or a place in it. Members of a union or group,
//     such as the EU, are no places in it: name them.
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
// returns incentive_id string  Id of what is offered, or `unstated`.
// returns incentive string  Its name.
// returns stated_above boolean  Whether the field was stated above the asked level.
// returns claims integer  Claims: one sentence saying one thing.
// returns approaches integer  Approaches: several sentences about one approach count once.
// returns documents integer  Documents that state them.
// returns stories integer  Stories: copies and rewrites of one text count once.
// returns claimants integer  Distinct voices that say it.
// returns first_reported date  The earliest day on which one of them was reported.
// returns last_reported date  The latest such day.
// behind field_id incentive_id
// counted field incentive
// notes coverage
// example --region CN
// example --field computing --field_level term
MATCH (c:Claim)
WHERE c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at
  AND c.modality IN $modality
  AND ($since IS NULL OR c.reported_on >= $since)
  AND ($until IS NULL OR c.reported_on <= $until)
  AND ($reliability IS NULL OR c.publisher_id IN $reliability)
  AND ($language IS NULL OR EXISTS { MATCH (c)-[:STATED_IN]->(text:Document) WHERE text.lang IN $language })
  AND ($region IS NULL OR EXISTS {
    MATCH (c)-[d:DESTINATION]->(:Region)-[:PART_OF*0..3]->(whole:Region)
    WHERE whole.id IN $region AND ($implied OR NOT d.implied)
  })
UNWIND CASE WHEN $field IS NULL AND $field_level <> 'as_stated' THEN
  CASE $field_level WHEN 'group' THEN c.field_groups WHEN 'code' THEN c.field_codes ELSE c.field_terms END
ELSE COLLECT {
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
} END AS field_id
WITH c, field_id
WHERE $field IS NULL OR field_id <> 'unstated'
OPTIONAL MATCH (c)-[:OFFERS]->(offered:Incentive)
WITH c, [field_id, coalesce(offered.id, 'unstated'), coalesce(offered.name, 'unstated')] AS row
UNWIND CASE WHEN $total THEN [row, ['total', 'total', 'total']] ELSE [row] END AS key
WITH key[0] AS field_id, key[1] AS incentive_id, key[2] AS incentive,
     count(DISTINCT c.id) AS claims, count(DISTINCT c.approach_id) AS approaches,
     count(DISTINCT c.document_id) AS documents, count(DISTINCT c.story_id) AS stories,
     count(DISTINCT c.claimant_key) AS claimants,
     min(c.reported_on) AS first, max(c.reported_on) AS last
OPTIONAL MATCH (f:Field {id: field_id})
RETURN field_id, coalesce(f.name, field_id) AS field, incentive_id, incentive,
       coalesce(f.level <> $field_level AND $field_level <> 'as_stated'
         AND NOT EXISTS { MATCH (f)-[:PART_OF*1..2]->(:Field {level: $field_level}) }, false) AS stated_above,
       claims, approaches, documents, stories, claimants,
       toString(first) AS first_reported, toString(last) AS last_reported
ORDER BY field_id = 'total', field_id = 'unstated' OR incentive_id = 'unstated',
         CASE $order_by WHEN 'claims' THEN claims WHEN 'approaches' THEN approaches WHEN 'documents' THEN documents
                        WHEN 'stories' THEN stories ELSE claimants END DESC,
         field, field_id, incentive, incentive_id
