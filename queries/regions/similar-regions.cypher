// Which regions recruit the same fields
//
// One row per other region of the same level, the most similar first. Each region is a vector: for every field the
// number of stories in which it is recruited; `similarity` is the cosine of two vectors, 1 for the same mixture of
// fields, whatever the volume, and 0 for no field in common. A group such as the EU is compared with countries. What
// claims state of a region above that level, such as a continent, makes no row. Few stories make for chance
// similarities: look at `fields_in_common` too.
//
// param region region  The region; places in it are included, members of a union or group, such as the EU, are not.
// param field_level string = "code" in group|code|term  Roll fields up to this level.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "positive"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// returns region_id string  Id of the other region.
// returns region string  Its name.
// returns similarity float  0 to 1: cosine of the two vectors.
// returns shared_field_ids strings  Ids of the fields that make them similar, at most five, the weightiest first.
// returns shared_fields strings  Their names.
// returns fields_in_common integer  Fields that both recruit.
// returns fields_of_region integer  Fields that the asked region recruits.
// returns fields_of_other integer  Fields that the other one recruits.
// counted peer field
// then similar_regions 100000
// example --region Zhejiang
// example --region DE --field_level group
MATCH (own:Region {id: $region})
WITH CASE WHEN own.level IN ['continent', 'province', 'city'] THEN own.level ELSE 'country' END AS level
MATCH (c:Claim)
WHERE c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at
  AND c.modality IN $modality
  AND ($since IS NULL OR c.reported_on >= $since)
  AND ($until IS NULL OR c.reported_on <= $until)
  AND ($reliability IS NULL OR c.publisher_id IN $reliability)
  AND ($language IS NULL OR EXISTS { MATCH (c)-[:STATED_IN]->(text:Document) WHERE text.lang IN $language })
UNWIND CASE
  WHEN NOT $implied THEN COLLECT {
    MATCH (c)-[d:DESTINATION]->(place:Region)
    WHERE NOT d.implied
    OPTIONAL MATCH (place)-[:PART_OF*0..3]->(up:Region {level: level})
    RETURN DISTINCT coalesce(up.id, place.id)
  }
  WHEN level = 'continent' THEN c.continents
  WHEN level = 'province' THEN c.provinces
  WHEN level = 'city' THEN c.cities
  ELSE c.countries
END AS region_id
UNWIND CASE $field_level
  WHEN 'group' THEN c.field_groups WHEN 'code' THEN c.field_codes ELSE c.field_terms
END AS field_id
WITH level, region_id, field_id, count(DISTINCT c.story_id) AS stories
WHERE field_id <> 'unstated'
MATCH (r:Region {id: region_id})
WHERE r.level = level OR r.id = $region
MATCH (f:Field {id: field_id})
RETURN region_id, r.name AS region, field_id, f.name AS field, stories
ORDER BY region_id, field_id
LIMIT 100001
