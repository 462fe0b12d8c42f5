// Which stories are told, and by whom
//
// One row per story that makes claims, the latest first. Copies and rewrites of one text are one story; its first
// document is its earliest, and publishers stand in the order of their documents. `copies` is how many more documents
// tell it, with or without claims of their own.
//
// param region region+ = null  Only claims that recruit to this region or a place in it. Members of a union or group,
//     such as the EU, are no places in it: name them.
// param field field+ = null  Only claims that seek this field or a part of it.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "all"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// returns story_id string  Id of the story.
// returns title string  Title of its earliest document.
// returns publisher_ids strings  Ids of who published it, the earliest first.
// returns publishers strings  Their names.
// returns copies integer  Further documents that tell it.
// returns destination_ids strings  Ids of where its claims recruit to, as stated.
// returns destinations strings  Their names.
// returns field_ids strings  Ids of the fields sought, as stated.
// returns fields strings  Their names.
// returns claims integer  Claims: one sentence saying one thing.
// returns approaches integer  Approaches: several sentences about one approach count once.
// returns documents integer  Documents that state them.
// returns stories integer  Stories: copies and rewrites of one text count once.
// returns claimants integer  Distinct voices that say it.
// returns first_reported date  The earliest day on which one of them was reported.
// returns last_reported date  The latest such day.
// behind story_id
// counted story
// example --field semiconductors
// example --region CN --since 2025-01-01
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
WITH c.story_id AS story_id, collect(DISTINCT c.id) AS found,
     count(DISTINCT c.id) AS claims, count(DISTINCT c.approach_id) AS approaches,
     count(DISTINCT c.document_id) AS documents, count(DISTINCT c.story_id) AS stories,
     count(DISTINCT c.claimant_key) AS claimants,
     min(c.reported_on) AS first, max(c.reported_on) AS last
WITH story_id, claims, approaches, documents, stories, claimants, first, last,
     COLLECT {
       MATCH (:Story {id: story_id})<-[:TELLS]-(d:Document)
       WHERE d.known_at <= $known_at AND coalesce(d.known_until, '~') > $known_at
       OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(p:Publisher)
       RETURN {title: d.title, id: p.id, publisher: p.name} AS told ORDER BY d.date IS NULL, d.date, d.id
     } AS told,
     COLLECT {
       UNWIND found AS id
       MATCH (:Claim {id: id})-[d:DESTINATION]->(r:Region)
       WHERE $implied OR NOT d.implied
       WITH DISTINCT r.id AS id, r.name AS name RETURN {id: id, name: name} AS one ORDER BY name, id
     } AS places,
     COLLECT {
       UNWIND found AS id
       MATCH (:Claim {id: id})-[:SEEKS]->(f:Field)
       WITH DISTINCT f.id AS id, f.name AS name RETURN {id: id, name: name} AS one ORDER BY name, id
     } AS sought
RETURN story_id, told[0].title AS title, [t IN told WHERE t.publisher IS NOT NULL | t.id] AS publisher_ids,
       [t IN told WHERE t.publisher IS NOT NULL | t.publisher] AS publishers, size(told) - 1 AS copies,
       [one IN places | one.id] AS destination_ids, [one IN places | one.name] AS destinations,
       [one IN sought | one.id] AS field_ids, [one IN sought | one.name] AS fields,
       claims, approaches, documents, stories, claimants,
       toString(first) AS first_reported, toString(last) AS last_reported
ORDER BY last IS NULL, last DESC, story_id
