// How recruiting by region changes over time
//
// One row per period and region, in long format, by the day on which claims were reported. Counts are distinct within
// their row, so that they do not add up over periods: a story may span several. A period without claims has no row;
// claims without a date stand in the period `undated`, last. With regions, rows stay within them: a level above them
// gives the region itself.
//
// param period string = "month" in month|quarter|year  How long a period is.
// param fill boolean = false  Add rows of zeros for periods without claims, from the first to the last that has any,
//     and leave out `undated`.
// param region region+ = null  Only these regions and places in them; without them, every region. Members of a union or
//     group, such as the EU, are no places in them: name them.
// param region_level string = "country" in continent|country|province|city|as_stated  Roll regions up to this level.
// param field field+ = null  Only claims that seek this field or a part of it.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "positive"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// returns period string  `2025-03`, `2025-Q1` or `2025`; or `undated`.
// returns period_start date  Its first day; empty for `undated`.
// returns precision string  month, quarter or year; empty for `undated`.
// returns region_id string  Id of the region recruited to, or `unstated`.
// returns region string  Its name.
// returns stated_above boolean  Whether the region was stated above the asked level.
// returns claims integer  Claims: one sentence saying one thing.
// returns approaches integer  Approaches: several sentences about one approach count once.
// returns documents integer  Documents that state them.
// returns stories integer  Stories: copies and rewrites of one text count once.
// returns claimants integer  Distinct voices that say it.
// behind period region_id
// counted period region
// then filled 100000
// notes coverage
// example --region CN --period quarter
// example --field semiconductors --period year
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
WITH c, region_id, CASE
  WHEN c.month = 'undated' THEN 'undated'
  WHEN $period = 'month' THEN c.month
  WHEN $period = 'year' THEN left(c.month, 4)
  ELSE left(c.month, 4) + '-Q' + toString((toInteger(right(c.month, 2)) + 2) / 3)
END AS period
WHERE $region IS NULL OR region_id <> 'unstated'
WITH period, region_id,
     count(DISTINCT c.id) AS claims, count(DISTINCT c.approach_id) AS approaches,
     count(DISTINCT c.document_id) AS documents, count(DISTINCT c.story_id) AS stories,
     count(DISTINCT c.claimant_key) AS claimants
OPTIONAL MATCH (r:Region {id: region_id})
RETURN period,
       CASE WHEN period = 'undated' THEN null WHEN $period = 'month' THEN period + '-01'
            WHEN $period = 'year' THEN period + '-01-01'
            ELSE left(period, 4) + ['-01-01', '-04-01', '-07-01', '-10-01'][toInteger(right(period, 1)) - 1]
       END AS period_start, CASE WHEN period = 'undated' THEN null ELSE $period END AS precision,
       region_id, coalesce(r.name, region_id) AS region,
       coalesce(r.level <> $region_level AND $region_level <> 'as_stated'
         AND NOT EXISTS { MATCH (r)-[:PART_OF*1..3]->(:Region {level: $region_level}) }, false) AS stated_above,
       claims, approaches, documents, stories, claimants
ORDER BY period, region_id = 'unstated', region, region_id
LIMIT 100001
