// Who says so
//
// One row per voice that is counted: a named one wherever it speaks, an unnamed one within one story, the publisher
// where the text itself speaks. Persons are shown by what they are; with `names`, public figures are shown by name: those
// whom a text calls by their full name and by an office (minister, director, spokesperson …), and nobody else. `denies`
// are the claims in which the voice denies or negates.
//
// param region region+ = null  Only claims that recruit to this region or a place in it. Members of a union or group,
//     such as the EU, are no places in it: name them.
// param field field+ = null  Only claims that seek this field or a part of it.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "all"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param against modality = "negative"  The claims that count as denying.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// param names boolean = false  Show the names of public figures; without it what they are.
// param order_by string = "claims" in claims|approaches|documents|stories|claimants  Which count comes first, largest
//     on top.
// returns claim_id string  One of its claims, by which the row is known.
// returns claimant string  Its name or role.
// returns label string  Person, Organisation, Company, Region, Publisher, or Voice for an unnamed one.
// returns roles strings  How the texts call it, as written; empty for publishers.
// returns denies integer  Claims in which it denies or negates.
// returns claims integer  Claims: one sentence saying one thing.
// returns approaches integer  Approaches: several sentences about one approach count once.
// returns documents integer  Documents that state them.
// returns stories integer  Stories: copies and rewrites of one text count once.
// returns claimants integer  Distinct voices that say it.
// returns first_reported date  The earliest day on which one of them was reported.
// returns last_reported date  The latest such day.
// behind claim_id
// example
// example --region CN --order_by stories
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
OPTIONAL MATCH (c)-[v:SAID_BY {position: 1}]->(voice)
WITH c, v, voice, 'Person' IN labels(voice)
     AND NOT ($names AND coalesce(v.office, false) AND NOT coalesce(voice.document_bound, true)) AS withheld
WITH c.claimant_key AS claimant_key, min(c.id) AS claim_id, min(c.publisher_id) AS publisher_id,
     min(labels(voice)[0]) AS label, min(voice.name) AS name, min(CASE WHEN withheld THEN 1 ELSE 0 END) = 1 AS withheld,
     collect(DISTINCT CASE WHEN withheld AND v.role CONTAINS voice.name THEN 'a named person'
                           ELSE v.role END) AS written,
     count(DISTINCT CASE WHEN c.modality IN $against THEN c.id END) AS denies,
     count(DISTINCT c.id) AS claims, count(DISTINCT c.approach_id) AS approaches,
     count(DISTINCT c.document_id) AS documents, count(DISTINCT c.story_id) AS stories,
     count(DISTINCT c.claimant_key) AS claimants,
     min(c.reported_on) AS first, max(c.reported_on) AS last
OPTIONAL MATCH (narrator:Publisher {id: claimant_key})
WITH claimant_key, claim_id, denies, claims, approaches, documents, stories, claimants, first, last,
     coalesce(label, 'Publisher') AS label, COLLECT { UNWIND written AS role RETURN role ORDER BY role } AS roles,
     CASE WHEN withheld THEN null ELSE coalesce(name, narrator.name, 'the text itself') END AS shown
RETURN claim_id, coalesce(shown, roles[0]) AS claimant, label, roles, denies,
       claims, approaches, documents, stories, claimants,
       toString(first) AS first_reported, toString(last) AS last_reported
ORDER BY CASE $order_by WHEN 'claims' THEN claims WHEN 'approaches' THEN approaches WHEN 'documents' THEN documents
                        WHEN 'stories' THEN stories ELSE claimants END DESC,
         claimant, claimant_key
