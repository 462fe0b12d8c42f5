// The claims themselves, newest first
//
// One row per claim, with its sentence. Filters narrow each other; a region or field includes its parts.
//
// param region region+ = null  Only claims that recruit to this region or a place in it. Members of a union or group,
//     such as the EU, are no places in it: name them.
// param origin region+ = null  Only claims that recruit from this region or a place in it. Members of a union or group,
//     such as the EU, are no places in it: name them.
// param field field+ = null  Only claims that seek this field or a part of it.
// param company company+ = null  Only claims in which this company recruits, is recruited for, mediates or loses people.
// param recruiter entity+ = null  Only claims in which this company, organisation or state recruits, or is recruited for.
// param programme programme+ = null  Only claims under this programme.
// param incentive incentive+ = null  Only claims that offer this.
// param channel entity+ = null  Only claims that name this channel.
// param story string+ = null  Only claims of this story, by its id.
// param claimant claimant+ = null  Only claims said by this person, organisation, company, state or medium.
// param entity entity+ = null  Only claims in which this fills a slot, as stated; who says it does not count.
// param other entity+ = null  Only claims in which this does too: with `entity`, the claims behind a step of a path.
// param without string = null in region|origin|field|incentive|channel|company|date  Only claims that leave this open.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "all"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// param known_after instant = "1970-01-01"  Only claims that became known after this day or instant (UTC).
// param names boolean = false  Show full names of persons; without it, and of first names alone, what they are.
// returns claim_id string  Id of the claim; `evidence` tells everything about it.
// returns claim string  What it claims, in one line.
// returns reported_on date  The day on which it was reported.
// returns valid_from date  First day of the time it speaks of.
// returns valid_to date  Last day of that time.
// returns precision string  How exact that time is: day, month, quarter, year or open.
// returns modality string  asserted, alleged, planned, denied or negated.
// returns stage string  seeks, approached, offered, hired or moved.
// returns recruiter_id string  Id of who recruits.
// returns recruiter string  Its name.
// returns destination_ids strings  Ids of where to, as stated.
// returns destinations strings  Their names.
// returns origin_ids strings  Ids of where from, as stated.
// returns origins strings  Their names.
// returns field_ids strings  Ids of the fields sought, as stated.
// returns fields strings  Their names.
// returns said_by_ids strings  Ids of who says it, the nearest first; the publisher where the text itself says
//     it, `withheld` for a person.
// returns said_by strings  Their names, or what they are.
// returns confidence float  0 to 1: how surely the sentence says so, and how its publisher is rated.
// returns quote string  The sentence.
// returns publisher_id string  Id of who published it.
// returns publisher string  Its name.
// returns document_id string  The document.
// returns story_id string  Its story: copies and rewrites share it.
// counted claim
// example --region Zhejiang --field ai
// example --programme "Kunpeng Plan" --known_after 2026-03-01
// example --region CN --without field
// example --entity Huawei --other ai
// example --modality negative --since 2025-01-01 --limit 10
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
  AND ($origin IS NULL OR EXISTS {
    MATCH (c)-[o:ORIGIN]->(:Region)-[:PART_OF*0..3]->(home:Region)
    WHERE home.id IN $origin AND ($implied OR NOT o.implied)
  })
  AND ($company IS NULL OR EXISTS {
    MATCH (c)-[:RECRUITER|ON_BEHALF_OF|INTERMEDIARY|FROM_EMPLOYER]->(party:Company) WHERE party.id IN $company
  })
  AND c.known_at > $known_after
  AND ($without IS NULL OR CASE $without
    WHEN 'region' THEN NOT EXISTS { MATCH (c)-[d:DESTINATION]->(:Region) WHERE $implied OR NOT d.implied }
    WHEN 'origin' THEN NOT EXISTS { MATCH (c)-[o:ORIGIN]->(:Region) WHERE $implied OR NOT o.implied }
    WHEN 'field' THEN 'unstated' IN c.field_codes
    WHEN 'incentive' THEN NOT EXISTS { MATCH (c)-[:OFFERS]->(:Incentive) }
    WHEN 'channel' THEN NOT EXISTS { MATCH (c)-[v:VIA]->(:Channel) WHERE NOT v.negated }
    WHEN 'company' THEN NOT EXISTS { MATCH (c)-[:RECRUITER|ON_BEHALF_OF]->(:Company) }
    ELSE c.reported_on IS NULL
  END)
  AND ($story IS NULL OR c.story_id IN $story)
  AND ($recruiter IS NULL OR EXISTS { MATCH (c)-[:RECRUITER|ON_BEHALF_OF]->(by) WHERE by.id IN $recruiter })
  AND ($programme IS NULL OR EXISTS { MATCH (c)-[:UNDER]->(plan:Programme) WHERE plan.id IN $programme })
  AND ($incentive IS NULL OR EXISTS { MATCH (c)-[:OFFERS]->(perk:Incentive) WHERE perk.id IN $incentive })
  AND ($channel IS NULL OR EXISTS { MATCH (c)-[:VIA]->(way:Channel) WHERE way.id IN $channel })
  AND ($entity IS NULL OR EXISTS {
    MATCH (c)-[slot]->(thing) WHERE thing.id IN $entity AND type(slot) <> 'SAID_BY'
      AND NOT coalesce(slot.negated, false) AND ($implied OR NOT coalesce(slot.implied, false))
  })
  AND ($other IS NULL OR EXISTS {
    MATCH (c)-[filled]->(second) WHERE second.id IN $other AND type(filled) <> 'SAID_BY'
      AND NOT coalesce(filled.negated, false) AND ($implied OR NOT coalesce(filled.implied, false))
  })
  AND ($claimant IS NULL OR c.claimant_key IN $claimant OR EXISTS { MATCH (c)-[:SAID_BY]->(speaker) WHERE speaker.id IN $claimant })
// page
WITH c.id AS id, coalesce(toString(c.reported_on), '') AS day
ORDER BY day DESC, id SKIP $offset LIMIT $limit
MATCH (c:Claim {id: id})-[s:STATED_IN]->(document:Document)
OPTIONAL MATCH (document)-[:PUBLISHED_BY]->(publisher:Publisher)
OPTIONAL MATCH (c)-[:RECRUITER]->(recruiter)
WITH c, day, s.quote AS quote, document, publisher.id AS publisher_id, publisher.name AS publisher,
     publisher.reliability AS reliability, min(recruiter.id) AS recruiter_id, min(recruiter.name) AS recruiter
WITH c, day, quote, document, publisher_id, publisher, reliability, recruiter_id, recruiter,
     COLLECT {
       MATCH (c)-[:DESTINATION]->(r:Region)
       WITH DISTINCT r.id AS id, r.name AS name RETURN {id: id, name: name} AS one ORDER BY name, id
     } AS places,
     COLLECT {
       MATCH (c)-[:ORIGIN]->(r:Region)
       WITH DISTINCT r.id AS id, r.name AS name RETURN {id: id, name: name} AS one ORDER BY name, id
     } AS homes,
     COLLECT {
       MATCH (c)-[:SEEKS]->(f:Field)
       WITH DISTINCT f.id AS id, f.name AS name RETURN {id: id, name: name} AS one ORDER BY name, id
     } AS sought,
     COLLECT {
       MATCH (c)-[v:SAID_BY]->(voice)
       WITH v.position AS position, voice.id AS id, voice.name AS name,
            'Person' IN labels(voice) AND NOT ($names AND NOT coalesce(voice.document_bound, true)) AS withheld,
            coalesce(v.role, voice.name) AS role
       RETURN {id: CASE WHEN withheld THEN 'withheld' ELSE id END, name: CASE
                 WHEN NOT withheld THEN name WHEN role CONTAINS name THEN 'a named person' ELSE role END} AS shown
       ORDER BY position, name
     } AS voices
RETURN c.id AS claim_id, c.name AS claim, toString(c.reported_on) AS reported_on,
       toString(c.valid_from) AS valid_from, toString(c.valid_to) AS valid_to, c.precision AS precision,
       c.modality AS modality, c.stage AS stage, recruiter_id, recruiter,
       [one IN places | one.id] AS destination_ids, [one IN places | one.name] AS destinations,
       [one IN homes | one.id] AS origin_ids, [one IN homes | one.name] AS origins,
       [one IN sought | one.id] AS field_ids, [one IN sought | one.name] AS fields,
       CASE WHEN size(voices) > 0 THEN [one IN voices | one.id] WHEN publisher_id IS NULL THEN [] ELSE [publisher_id]
       END AS said_by_ids,
       CASE WHEN size(voices) > 0 THEN [one IN voices | one.name] WHEN publisher IS NULL THEN [] ELSE [publisher]
       END AS said_by,
       round(c.confidence * coalesce(reliability, 1.0), 3) AS confidence, quote, publisher_id, publisher,
       document.id AS document_id, c.story_id AS story_id
ORDER BY day DESC, claim_id
