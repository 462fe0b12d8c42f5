// What changed in what is known
//
// One row per recruiter, region and field whose claims differ between two states of the graph: as it was known at
// `before` and as it is known now, or at `known_at`. `changes` says how: new (nothing was known), gone (its documents
// were removed or corrected), strengthened (more stories or more claimants), weakened (fewer of them), repeated (more
// claims or documents of the same stories and voices), contradicted (denied or negated, and was not). The five counts
// are of the later state. What was published meanwhile but was known before is no change; `since` and `until` look at
// the day of the report.
//
// param before instant  The earlier state: a day such as 2025-03-01, or an instant (UTC).
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
// param modality modality = "positive"  The claims that are compared.
// param against modality = "negative"  The claims that contradict.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// returns recruiter_id string  Id of who recruits; `any` where recruiters are not told apart.
// returns recruiter string  Its name.
// returns region_id string  Id of the region recruited to, `unstated` or `any`.
// returns region string  Its name.
// returns field_id string  Id of the field sought, `unstated` or `any`.
// returns field string  Its name.
// returns changes strings  new, gone, strengthened, weakened, repeated, contradicted.
// returns claims integer  Claims: one sentence saying one thing.
// returns approaches integer  Approaches: several sentences about one approach count once.
// returns documents integer  Documents that state them.
// returns stories integer  Stories: copies and rewrites of one text count once.
// returns claimants integer  Distinct voices that say it.
// returns claims_before integer  Claims of the earlier state.
// returns stories_before integer  Stories of the earlier state.
// returns claimants_before integer  Distinct voices of the earlier state.
// returns denials integer  Claims that deny or negate it, in the later state.
// returns denials_before integer  The same in the earlier state.
// behind recruiter_id region_id field_id
// counted recruiter region field change
// example --before 2026-01-01
// example --before 2026-01-01 --known_at 2026-02-01 --no-by_recruiter
MATCH (c:Claim)
WHERE (c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at
    OR c.known_at <= $before AND coalesce(c.known_until, '~') > $before)
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
WITH c, recruiter, region_id, field_id, c.modality IN $modality AS affirms,
     c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at AS later,
     c.known_at <= $before AND coalesce(c.known_until, '~') > $before AS earlier
WITH recruiter, region_id, field_id,
     count(DISTINCT CASE WHEN later AND affirms THEN c.id END) AS claims,
     count(DISTINCT CASE WHEN later AND affirms THEN c.approach_id END) AS approaches,
     count(DISTINCT CASE WHEN later AND affirms THEN c.document_id END) AS documents,
     count(DISTINCT CASE WHEN later AND affirms THEN c.story_id END) AS stories,
     count(DISTINCT CASE WHEN later AND affirms THEN c.claimant_key END) AS claimants,
     count(DISTINCT CASE WHEN later AND affirms THEN c.id END) AS claims_later,
     count(DISTINCT CASE WHEN earlier AND affirms THEN c.id END) AS claims_before,
     count(DISTINCT CASE WHEN earlier AND affirms THEN c.document_id END) AS documents_before,
     count(DISTINCT CASE WHEN earlier AND affirms THEN c.story_id END) AS stories_before,
     count(DISTINCT CASE WHEN earlier AND affirms THEN c.claimant_key END) AS claimants_before,
     count(DISTINCT CASE WHEN later AND NOT affirms THEN c.id END) AS denials,
     count(DISTINCT CASE WHEN earlier AND NOT affirms THEN c.id END) AS denials_before
WITH *, CASE
  WHEN claims_before = 0 AND claims_later > 0 THEN ['new']
  WHEN claims_before > 0 AND claims_later = 0 THEN ['gone']
  WHEN stories > stories_before OR claimants > claimants_before THEN ['strengthened']
  WHEN stories < stories_before OR claimants < claimants_before THEN ['weakened']
  WHEN claims_later > claims_before OR documents > documents_before THEN ['repeated']
  ELSE [] END + CASE WHEN denials > 0 AND denials_before = 0 THEN ['contradicted'] ELSE [] END AS changes
WHERE size(changes) > 0
OPTIONAL MATCH (r:Region {id: region_id})
OPTIONAL MATCH (f:Field {id: field_id})
RETURN recruiter[0] AS recruiter_id, recruiter[1] AS recruiter, region_id, coalesce(r.name, region_id) AS region,
       field_id, coalesce(f.name, field_id) AS field, changes,
       claims, approaches, documents, stories, claimants, claims_before, stories_before, claimants_before,
       denials, denials_before
ORDER BY changes[0], size(changes) DESC, stories DESC, recruiter, region, field, recruiter_id, region_id, field_id
