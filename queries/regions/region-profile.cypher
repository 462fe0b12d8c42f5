// What is said about one region
//
// One row per aspect and value: all claims that recruit to the region (or from it), followed by these by modality,
// stage and year, and by who recruits, from where, which fields, with what offers, in which ways and under which
// programmes, as stated. Each claim counts once in its row; rows of an aspect do not add up, since a claim has several
// fields and places.
//
// param region region  The region; places in it are included, members of a union or group, such as the EU, are not.
// param side string = "destination" in destination|origin  Claims that recruit to the region, or from it.
// param aspect string = null in all|modality|stage|year|recruiter|on_behalf_of|intermediary|from_employer|destination|
//     origin|seeks|offers|via|under  Only this aspect.
// param field field+ = null  Only claims that seek this field or a part of it.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "all"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// returns aspect string  all, modality, stage, year, or the role that is filled (recruiter, on_behalf_of, intermediary,
//     from_employer, destination, origin, seeks, offers, via, under).
// returns id string  Id of what fills it.
// returns name string  Its name.
// returns claims integer  Claims: one sentence saying one thing.
// returns approaches integer  Approaches: several sentences about one approach count once.
// returns documents integer  Documents that state them.
// returns stories integer  Stories: copies and rewrites of one text count once.
// returns claimants integer  Distinct voices that say it.
// returns first_reported date  The earliest day on which one of them was reported.
// returns last_reported date  The latest such day.
// behind aspect id
// counted aspect
// example --region Zhejiang
// example --region Taiwan --side origin --aspect from_employer
MATCH (:Region {id: $region})<-[:PART_OF*0..3]-(:Region)<-[place:DESTINATION|ORIGIN]-(c:Claim)
WHERE c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at
  AND c.modality IN $modality
  AND ($since IS NULL OR c.reported_on >= $since)
  AND ($until IS NULL OR c.reported_on <= $until)
  AND ($reliability IS NULL OR c.publisher_id IN $reliability)
  AND ($language IS NULL OR EXISTS { MATCH (c)-[:STATED_IN]->(text:Document) WHERE text.lang IN $language })
  AND type(place) = CASE $side WHEN 'origin' THEN 'ORIGIN' ELSE 'DESTINATION' END
  AND ($implied OR NOT place.implied)
  AND ($field IS NULL OR any(f IN $field WHERE f IN c.field_groups OR f IN c.field_codes OR f IN c.field_terms))
WITH DISTINCT c
CALL (c) {
  RETURN 'all' AS aspect, 'all' AS id, 'all claims' AS name
UNION
  MATCH (c)-[r:RECRUITER|ON_BEHALF_OF|INTERMEDIARY|FROM_EMPLOYER|DESTINATION|ORIGIN|SEEKS|OFFERS|UNDER]->(e)
  WHERE $implied OR NOT coalesce(r.implied, false)
  RETURN toLower(type(r)) AS aspect, e.id AS id, e.name AS name
UNION
  MATCH (c)-[v:VIA]->(way:Channel) WHERE NOT v.negated
  RETURN 'via' AS aspect, way.id AS id, way.name AS name
UNION
  RETURN 'modality' AS aspect, c.modality AS id, c.modality AS name
UNION
  RETURN 'stage' AS aspect, c.stage AS id, c.stage AS name
UNION
  WITH c, CASE WHEN c.month = 'undated' THEN c.month ELSE left(c.month, 4) END AS year
  RETURN 'year' AS aspect, year AS id, year AS name
}
WITH c, aspect, id, name
WHERE $aspect IS NULL OR aspect = $aspect
WITH aspect, id, name,
     count(DISTINCT c.id) AS claims, count(DISTINCT c.approach_id) AS approaches,
     count(DISTINCT c.document_id) AS documents, count(DISTINCT c.story_id) AS stories,
     count(DISTINCT c.claimant_key) AS claimants,
     min(c.reported_on) AS first, max(c.reported_on) AS last
RETURN aspect, id, name,
       claims, approaches, documents, stories, claimants,
       toString(first) AS first_reported, toString(last) AS last_reported
ORDER BY CASE aspect WHEN 'all' THEN 0 WHEN 'modality' THEN 1 WHEN 'stage' THEN 2 WHEN 'year' THEN 3 ELSE 4 END, aspect,
         CASE WHEN aspect = 'year' THEN id ELSE '' END, claims DESC, name, id
