// How far propositions are supported, and denied
//
// One row per proposition: this recruiter recruits this field to this region. `belief` is support × (1 - denial). A
// story weighs as much as its surest claim (its confidence, times the publisher's reliability where that is rated); so
// does a claimant; and of any of them a tenth is never certain. Support is the probability that not all of them err,
// taken once over stories and once over claimants, the smaller of both: one story told by many voices is one story,
// and one voice in many stories is one voice. Denial is the same, over claims that deny or negate the proposition.
// Copies count once. It says how well something is attested by what was read, not whether it is true.
//
// param region region+ = null  Only claims that recruit to this region or a place in it. Members of a union or group,
//     such as the EU, are no places in it: name them.
// param field field+ = null  Only claims that seek this field or a part of it.
// param by_recruiter boolean = true  Tell recruiters apart; claims that name none are then left out. Without it, only
//     regions and fields.
// param region_level string = "country" in continent|country|province|city|any  Roll regions up to this level; any:
//     wherever.
// param field_level string = "code" in group|code|term|any  Roll fields up to this level; any: whatever.
// param min_stories integer = 1  Leave out propositions with fewer stories, for and against.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "positive"  The claims that support a proposition.
// param against modality = "negative"  The claims that stand against it.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// returns recruiter_id string  Id of who recruits; `any` where recruiters are not told apart.
// returns recruiter string  Its name.
// returns region_id string  Id of the region recruited to, `unstated` or `any`.
// returns region string  Its name.
// returns field_id string  Id of the field sought, `unstated` or `any`.
// returns field string  Its name.
// returns claims integer  Claims for and against it.
// returns belief float  0 to 1: support × (1 - denial).
// returns support float  The smaller of the two that follow.
// returns support_by_stories float  1 - product over stories of (1 - 0.9 × weight).
// returns support_by_claimants float  1 - product over claimants of (1 - 0.9 × weight).
// returns support_stories integer  Stories that support it.
// returns support_claimants integer  Distinct voices that support it.
// returns denial float  The smaller of the two that follow.
// returns denial_by_stories float  As for support.
// returns denial_by_claimants float  As for support.
// returns denial_stories integer  Stories that deny or negate it.
// returns denial_claimants integer  Distinct voices that do.
// behind recruiter_id region_id field_id
// counted recruiter region field belief
// then belief 200000
// example
// example --region CN --field semiconductors --no-by_recruiter
MATCH (c:Claim)
WHERE c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at
  AND (c.modality IN $modality OR c.modality IN $against)
  AND ($since IS NULL OR c.reported_on >= $since)
  AND ($until IS NULL OR c.reported_on <= $until)
  AND ($reliability IS NULL OR c.publisher_id IN $reliability)
  AND ($language IS NULL OR EXISTS { MATCH (c)-[:STATED_IN]->(text:Document) WHERE text.lang IN $language })
  AND ($field IS NULL OR any(f IN $field WHERE f IN c.field_groups OR f IN c.field_codes OR f IN c.field_terms))
  AND ($region IS NULL OR EXISTS {
    MATCH (c)-[d:DESTINATION]->(:Region)-[:PART_OF*0..3]->(whole:Region)
    WHERE whole.id IN $region AND ($implied OR NOT d.implied)
  })
OPTIONAL MATCH (publisher:Publisher {id: c.publisher_id})
WITH c, coalesce(c.confidence, 0.0) * coalesce(publisher.reliability, 1.0) AS weight
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
WITH recruiter, region_id, field_id, c.modality IN $modality AS positive, c.story_id AS story_id,
     c.claimant_key AS claimant_key, count(DISTINCT c.id) AS claims, max(weight) AS weight
OPTIONAL MATCH (r:Region {id: region_id})
OPTIONAL MATCH (f:Field {id: field_id})
RETURN recruiter[0] AS recruiter_id, recruiter[1] AS recruiter, region_id, coalesce(r.name, region_id) AS region,
       field_id, coalesce(f.name, field_id) AS field, positive, story_id, claimant_key, claims, weight
ORDER BY recruiter_id, region_id, field_id, positive, story_id, claimant_key
LIMIT 200001
