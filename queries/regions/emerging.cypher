// What regions have begun to recruit, or ceased to
//
// One row per region and field whose stories of late (the last `months` months in which anything was reported) can be
// compared with its own past (the `past_months` before). A story counts in the month of its first report. If nothing
// had changed but how much is reported at all, the recent ones among a pair's stories would follow a binomial
// distribution, with the recent part of all stories as its probability: the conditional test of two Poisson rates.
// `p_value` is how probable a count at least as far off as this one then is (exact, two-sided); small ones come first.
// Of many pairs some look striking by chance: `q_value` (Benjamini and Hochberg) is the part of false alarms among
// this row and those above it. Claims without a date, a region or a field do not count.
//
// param months integer = 12  How many months are recent.
// param past_months integer = 36  How many months before are the past.
// param region_level string = "country" in continent|country|province|city  Roll regions up to this level.
// param field_level string = "code" in group|code|term  Roll fields up to this level.
// param min_stories integer = 3  Leave out pairs with fewer stories in both times together.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "positive"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// returns region_id string  Id of the region recruited to.
// returns region string  Its name.
// returns field_id string  Id of the field sought.
// returns field string  Its name.
// returns direction string  more, less or same: recent stories against expected ones.
// returns recent_stories integer  Stories first reported in the recent months.
// returns past_stories integer  Stories first reported in the months before.
// returns recent_since date  First day of the recent months; `new-stories` tells what was new in a time.
// returns recent_until date  Their last day.
// returns past_since date  First day of the months before.
// returns past_until date  Their last day.
// returns expected float  Recent stories to be expected from its own past and from how much is reported at all.
// returns p_value float  0 to 1: how probable such a departure is by chance.
// returns q_value float  0 to 1: false discovery rate.
// counted region field new
// then emerging 200000
// example
// example --months 6 --region_level province
MATCH (c:Claim)
WHERE c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at
  AND c.modality IN $modality
  AND ($since IS NULL OR c.reported_on >= $since)
  AND ($until IS NULL OR c.reported_on <= $until)
  AND ($reliability IS NULL OR c.publisher_id IN $reliability)
  AND ($language IS NULL OR EXISTS { MATCH (c)-[:STATED_IN]->(text:Document) WHERE text.lang IN $language })
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
END AS place_id
UNWIND CASE $field_level WHEN 'group' THEN c.field_groups WHEN 'code' THEN c.field_codes ELSE c.field_terms END AS code
UNWIND [[place_id, code], ['total', 'total']] AS pair
WITH pair[0] AS region_id, pair[1] AS field_id, c.story_id AS story, min(c.month) AS month
WHERE region_id <> 'unstated' AND field_id <> 'unstated'
WITH region_id, field_id, month, count(*) AS stories
OPTIONAL MATCH (r:Region {id: region_id})
OPTIONAL MATCH (f:Field {id: field_id})
RETURN region_id, coalesce(r.name, region_id) AS region, field_id, coalesce(f.name, field_id) AS field, month, stories
ORDER BY region_id, field_id, month
LIMIT 200001
