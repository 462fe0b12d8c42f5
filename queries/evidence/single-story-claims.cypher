// What rests on one story alone
//
// One row per recruiter, region and field that a single story tells, however often it was copied: those in most
// documents come first, for they look best attested and are not.
//
// param region region+ = null  Only claims that recruit to this region or a place in it. Members of a union or group,
//     such as the EU, are no places in it: name them.
// param field field+ = null  Only claims that seek this field or a part of it.
// param by_recruiter boolean = true  Tell recruiters apart; claims that name none are then left out. Without it, only
//     regions and fields.
// param region_level string = "country" in continent|country|province|city|any  Roll regions up to this level; any:
//     wherever.
// param field_level string = "code" in group|code|term|any  Roll fields up to this level; any: whatever.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "positive"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// returns recruiter_id string  Id of who recruits; `any` where recruiters are not told apart.
// returns recruiter string  Its name.
// returns region_id string  Id of the region recruited to, `unstated` or `any`.
// returns region string  Its name.
// returns field_id string  Id of the field sought, `unstated` or `any`.
// returns field string  Its name.
// returns story_id string  The story.
// returns title string  Title of its earliest document.
// returns publisher_id string  Id of who published that.
// returns publisher string  Its name.
// returns claims integer  Claims: one sentence saying one thing.
// returns approaches integer  Approaches: several sentences about one approach count once.
// returns documents integer  Documents that state them.
// returns stories integer  Stories: copies and rewrites of one text count once.
// returns claimants integer  Distinct voices that say it.
// returns first_reported date  The earliest day on which one of them was reported.
// returns last_reported date  The latest such day.
// behind recruiter_id region_id field_id
// counted recruiter region field single
// example --region CN
// example --no-by_recruiter --field ai
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
UNWIND CASE WHEN $by_recruiter THEN COLLECT {
  MATCH (c)-[:RECRUITER|ON_BEHALF_OF]->(e:Company|Organisation|Region)
  RETURN DISTINCT [e.id, e.name]
} ELSE [['any', 'any']] END AS recruiter
UNWIND CASE
  WHEN $region_level = 'any' THEN ['any']
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
UNWIND CASE $field_level
  WHEN 'any' THEN ['any'] WHEN 'group' THEN c.field_groups WHEN 'code' THEN c.field_codes ELSE c.field_terms
END AS field_id
WITH recruiter, region_id, field_id, min(c.story_id) AS story_id,
     count(DISTINCT c.id) AS claims, count(DISTINCT c.approach_id) AS approaches,
     count(DISTINCT c.document_id) AS documents, count(DISTINCT c.story_id) AS stories,
     count(DISTINCT c.claimant_key) AS claimants,
     min(c.reported_on) AS first, max(c.reported_on) AS last
WHERE stories = 1
WITH recruiter, region_id, field_id, story_id, claims, approaches, documents, stories, claimants, first, last,
     COLLECT {
       MATCH (:Story {id: story_id})<-[:TELLS]-(d:Document)
       WHERE d.known_at <= $known_at AND coalesce(d.known_until, '~') > $known_at
       OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(p:Publisher)
       RETURN {title: d.title, id: p.id, publisher: p.name} AS told
       ORDER BY d.date IS NULL, d.date, d.id LIMIT 1
     } AS earliest
OPTIONAL MATCH (r:Region {id: region_id})
OPTIONAL MATCH (f:Field {id: field_id})
RETURN recruiter[0] AS recruiter_id, recruiter[1] AS recruiter, region_id, coalesce(r.name, region_id) AS region,
       field_id, coalesce(f.name, field_id) AS field, story_id, earliest[0].title AS title,
       earliest[0].id AS publisher_id, earliest[0].publisher AS publisher,
       claims, approaches, documents, stories, claimants,
       toString(first) AS first_reported, toString(last) AS last_reported
ORDER BY documents DESC, claims DESC, recruiter, region, field, recruiter_id, region_id, field_id
