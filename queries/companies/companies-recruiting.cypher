// Which companies recruit
//
// One row per company that recruits or for which someone else recruits. Unnamed companies ("a robotics firm in
// Zhejiang") are known by their description in one document only; they are marked and never joined with others.
//
// param region region+ = null  Only recruiting to this region and places in it. Members of a union or group, such as
//     the EU, are no places in it: name them.
// param field field+ = null  Only claims that seek this field or a part of it.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "positive"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// param order_by string = "claims" in claims|approaches|documents|stories|claimants  Which count comes first, largest
//     on top.
// returns company_id string  Id of the company.
// returns company string  Its name or description.
// returns described boolean  Whether only a description of it is known.
// returns based_in_ids strings  Ids of where it is known or said to be based.
// returns based_in strings  Their names.
// returns destination_ids strings  Ids of the places it recruits to, as stated.
// returns destinations strings  Their names.
// returns field_ids strings  Ids of the fields it seeks, as stated.
// returns fields strings  Their names.
// returns claims integer  Claims: one sentence saying one thing.
// returns approaches integer  Approaches: several sentences about one approach count once.
// returns documents integer  Documents that state them.
// returns stories integer  Stories: copies and rewrites of one text count once.
// returns claimants integer  Distinct voices that say it.
// returns first_reported date  The earliest day on which one of them was reported.
// returns last_reported date  The latest such day.
// behind company_id
// counted company
// notes coverage
// example --region CN
// example --field semiconductors --modality all
MATCH (c:Claim)-[:RECRUITER|ON_BEHALF_OF]->(company:Company)
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
WITH company, collect(DISTINCT c.id) AS found,
     count(DISTINCT c.id) AS claims, count(DISTINCT c.approach_id) AS approaches,
     count(DISTINCT c.document_id) AS documents, count(DISTINCT c.story_id) AS stories,
     count(DISTINCT c.claimant_key) AS claimants,
     min(c.reported_on) AS first, max(c.reported_on) AS last
WITH company, claims, approaches, documents, stories, claimants, first, last,
     COLLECT {
       MATCH (company)-[:BASED_IN]->(r:Region)
       WITH DISTINCT r.id AS id, r.name AS name RETURN {id: id, name: name} AS one ORDER BY name, id
     } AS homes,
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
RETURN company.id AS company_id, company.name AS company, coalesce(company.described, false) AS described,
       [one IN homes | one.id] AS based_in_ids, [one IN homes | one.name] AS based_in,
       [one IN places | one.id] AS destination_ids, [one IN places | one.name] AS destinations,
       [one IN sought | one.id] AS field_ids, [one IN sought | one.name] AS fields,
       claims, approaches, documents, stories, claimants,
       toString(first) AS first_reported, toString(last) AS last_reported
ORDER BY CASE $order_by WHEN 'claims' THEN claims WHEN 'approaches' THEN approaches WHEN 'documents' THEN documents
                        WHEN 'stories' THEN stories ELSE claimants END DESC,
         company, company_id
