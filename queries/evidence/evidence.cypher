// One claim with its sentence, its source and how sure it is
//
// One row. `slots` has a line for every role that is filled, with the words that fill it and where they stand.
//
// param claim claim  Id of the claim.
// param names boolean = false  Show full names of persons; without it, and of first names alone, what they are.
// returns claim_id string  Id of the claim.
// returns claim string  What it claims, in one line.
// returns quote string  The sentence.
// returns start integer  Its first character in the document's text.
// returns end integer  One past its last character.
// returns document_id string  The document.
// returns title string  Its title.
// returns publisher_id string  Id of who published it.
// returns publisher string  Its name.
// returns author string  Who wrote it, as it says; without `names` only that somebody is named.
// returns url string  Where it was read.
// returns reported_on date  The day on which it was reported.
// returns said_by_ids strings  Ids of who says it, the nearest first; the publisher where the text itself says
//     it, `withheld` for a person.
// returns said_by strings  Their names or what they are, as written.
// returns modality string  asserted, alleged, planned, denied or negated.
// returns stage string  seeks, approached, offered, hired or moved.
// returns recruiter_type string  Kind of recruiter.
// returns slots strings  Role, entity, words and place of every filled slot.
// returns time string  When, as written.
// returns count_min integer  At least so many people.
// returns count_max integer  At most so many people.
// returns confidence float  0 to 1, from the five factors that follow.
// returns trigger_strength float  How surely the trigger word means recruiting.
// returns slot_certainty float  Mean certainty of the slots.
// returns voice_strength float  Named voice, unnamed voice or narrator.
// returns hedge_factor float  What the modality takes away.
// returns publisher_reliability float  How the publisher is rated; empty while it is not, which takes nothing away.
// returns story_id string  The story it belongs to.
// returns documents_of_story integer  Documents that tell this story.
// returns extractor string  Name and version of the extractor.
// returns known_since string  Instant from which the graph knew it.
// returns retired string  Instant from which it no longer holds; empty while it does.
// example --claim claim-0123456789abcdef0123
MATCH (c:Claim {id: $claim})-[s:STATED_IN]->(document:Document)
WHERE c.known_at <= $known_at
OPTIONAL MATCH (document)-[:PUBLISHED_BY]->(publisher:Publisher)
WITH c, s, document, publisher.id AS publisher_id, publisher.name AS publisher, publisher.reliability AS reliability,
     COLLECT {
       MATCH (c)-[v:SAID_BY]->(voice)
       WITH v.position AS position, voice.id AS id, voice.name AS name,
            'Person' IN labels(voice) AND NOT ($names AND NOT coalesce(voice.document_bound, true)) AS withheld,
            coalesce(v.role, voice.name) AS role
       RETURN {id: CASE WHEN withheld THEN 'withheld' ELSE id END,
               name: CASE WHEN withheld AND role CONTAINS name THEN 'a named person' ELSE role END} AS shown
       ORDER BY position, name
     } AS voices,
     COUNT {
       MATCH (told:Document)-[:TELLS]->(:Story {id: c.story_id})
       WHERE told.known_at <= $known_at AND coalesce(told.known_until, '~') > $known_at
     } AS documents_of_story,
     COLLECT {
       MATCH (c)-[slot]->(entity)
       WHERE slot.certainty IS NOT NULL
       WITH slot, entity,
            'Person' IN labels(entity) AND NOT ($names AND NOT coalesce(entity.document_bound, true)) AS withheld
       RETURN toLower(type(slot)) + ' ' + CASE WHEN withheld THEN 'a named person' ELSE entity.name END
              + CASE WHEN slot.start < 0 THEN ''
                     ELSE ': ' + CASE WHEN withheld THEN 'words' ELSE '“' + slot.text + '”' END
                          + ' at ' + toString(slot.start) + '–' + toString(slot.end) END
              + CASE WHEN slot.inferred THEN ', inferred' ELSE '' END
              + CASE WHEN slot.implied THEN ', implied' ELSE '' END
              + CASE WHEN slot.negated THEN ', excluded' ELSE '' END AS line
       ORDER BY slot.start, line
     } AS slots
RETURN c.id AS claim_id, c.name AS claim, s.quote AS quote, s.start AS start, s.end AS end,
       document.id AS document_id, document.title AS title, publisher_id, publisher,
       CASE WHEN $names OR document.author IS NULL THEN document.author ELSE 'a named person' END AS author,
       document.url AS url,
       toString(c.reported_on) AS reported_on,
       CASE WHEN size(voices) > 0 THEN [one IN voices | one.id] WHEN publisher_id IS NULL THEN [] ELSE [publisher_id]
       END AS said_by_ids,
       CASE WHEN size(voices) > 0 THEN [one IN voices | one.name] WHEN publisher IS NULL THEN [] ELSE [publisher]
       END AS said_by,
       c.modality AS modality, c.stage AS stage, c.recruiter_type AS recruiter_type, slots,
       c.time_text AS time, c.count_min AS count_min, c.count_max AS count_max,
       round(c.confidence * coalesce(reliability, 1.0), 3) AS confidence, c.trigger_strength AS trigger_strength,
       c.slot_certainty AS slot_certainty, c.voice_strength AS voice_strength, c.hedge_factor AS hedge_factor,
       reliability AS publisher_reliability,
       c.story_id AS story_id, documents_of_story, c.extractor AS extractor,
       c.known_at AS known_since, c.known_until AS retired
ORDER BY claim_id
