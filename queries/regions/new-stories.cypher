// Which regions recruit which fields in stories that were new in a time
//
// One row per region and field, with what its stories tell that were first reported, of this region and field, from
// `new_since` to `new_until`: the stories that `emerging` counts as recent, or as past. Their later claims count too,
// whenever they were reported. Claims without a date do not count.
//
// param new_since date = null  Leave out stories first reported before this day.
// param new_until date = null  Leave out stories first reported after this day.
// param region region+ = null  Only claims that recruit to this region or a place in it. Members of a union or group,
//     such as the EU, are no places in it: name them.
// param field field+ = null  Only claims that seek this field or a part of it.
// param region_level string = "country" in continent|country|province|city  Roll regions up to this level.
// param field_level string = "code" in group|code|term  Roll fields up to this level.
// param since date = null  Leave out claims reported before this day.
// param until date = null  Leave out claims reported after this day.
// param modality modality = "positive"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// returns region_id string  Id of the region recruited to, or `unstated`.
// returns region string  Its name.
// returns field_id string  Id of the field sought, or `unstated`.
// returns field string  Its name.
// returns stories integer  Stories that were new: copies and rewrites of one text count once.
// returns claims integer  Claims of these stories: one sentence saying one thing.
// returns first_reported date  The earliest day on which one of them was reported.
// returns last_reported date  The latest such day.
// behind region_id field_id
// counted region field new_story
// example --new_since 2026-01-01
// example --new_since 2026-01-01 --new_until 2026-03-31 --region_level province --field_level group
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
  AND c.reported_on IS NOT NULL
UNWIND CASE
  WHEN NOT $implied THEN COLLECT {
    OPTIONAL MATCH (c)-[d:DESTINATION]->(place:Region)
    WHERE NOT d.implied
    OPTIONAL MATCH (place)-[:PART_OF*0..3]->(up:Region {level: $region_level})
    RETURN DISTINCT coalesce(up.id, place.id, 'unstated')
  }
  WHEN $region_level = 'continent' THEN c.continents
  WHEN $region_level = 'country' THEN c.countries
  WHEN $region_level = 'province' THEN c.provinces
  ELSE c.cities
END AS region_id
UNWIND CASE $field_level WHEN 'group' THEN c.field_groups WHEN 'code' THEN c.field_codes ELSE c.field_terms END AS field_id
WITH region_id, field_id, c.story_id AS story, min(c.reported_on) AS new, collect(c) AS told
WHERE ($new_since IS NULL OR new >= $new_since)
  AND ($new_until IS NULL OR new <= $new_until)
UNWIND told AS c
WITH region_id, field_id, count(DISTINCT c.id) AS claims, count(DISTINCT c.story_id) AS stories,
     min(c.reported_on) AS first, max(c.reported_on) AS last
OPTIONAL MATCH (r:Region {id: region_id})
OPTIONAL MATCH (f:Field {id: field_id})
RETURN region_id, coalesce(r.name, region_id) AS region, field_id, coalesce(f.name, field_id) AS field,
       stories, claims, toString(first) AS first_reported, toString(last) AS last_reported
ORDER BY region_id = 'unstated' OR field_id = 'unstated', stories DESC, region, region_id, field, field_id
