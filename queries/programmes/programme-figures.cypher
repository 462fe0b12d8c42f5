// What figures are stated for programmes
//
// One row per figure: how many people, or how much is offered, under which programme, who says so and when. Figures
// that disagree stand below each other, none is preferred, and nothing is averaged; `contradictions` lists those that
// cannot both be right. Without a programme, the figures of all. An empty end of a range is open.
//
// param programme programme+ = null  Only this programme.
// param region region+ = null  Only claims that recruit to this region or a place in it. Members of a union or group,
//     such as the EU, are no places in it: name them.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "all"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// param names boolean = false  Show full names of persons; without it, and of first names alone, what they are.
// returns programme_id string  Id of the programme.
// returns programme string  Its name.
// returns figure_id string  What is counted: `people`, or the id of what is offered.
// returns figure string  Its name.
// returns lowest float  At least so much.
// returns highest float  At most so much.
// returns unit string  People, ISO 4217, `multiple` of current pay, or `percent`.
// returns per string  What an amount is for: year, month, once, person.
// returns qualifier string  The words around a number of people, such as `more than`.
// returns stage string  seeks, approached, offered, hired or moved.
// returns time string  When, as written.
// returns reported_on date  The day on which it was reported.
// returns modality string  asserted, alleged, planned, denied or negated.
// returns said_by_ids strings  Ids of who says it, the nearest first; the publisher where the text itself says
//     it, `withheld` for a person.
// returns said_by strings  Their names, or what they are.
// returns quote string  The sentence.
// returns publisher_id string  Id of who published it.
// returns publisher string  Its name.
// returns story_id string  Its story: copies and rewrites share it.
// returns claim_id string  Id of the claim; `evidence` tells everything about it.
// example
// example --programme "Kunpeng Plan"
MATCH (c:Claim)-[:UNDER]->(programme:Programme)
WHERE c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at
  AND c.modality IN $modality
  AND ($since IS NULL OR c.reported_on >= $since)
  AND ($until IS NULL OR c.reported_on <= $until)
  AND ($reliability IS NULL OR c.publisher_id IN $reliability)
  AND ($language IS NULL OR EXISTS { MATCH (c)-[:STATED_IN]->(text:Document) WHERE text.lang IN $language })
  AND ($programme IS NULL OR programme.id IN $programme)
  AND ($region IS NULL OR EXISTS {
    MATCH (c)-[d:DESTINATION]->(:Region)-[:PART_OF*0..3]->(whole:Region)
    WHERE whole.id IN $region AND ($implied OR NOT d.implied)
  })
CALL (c) {
  WITH c WHERE c.count_min IS NOT NULL OR c.count_max IS NOT NULL
  RETURN 'people' AS figure_id, 'people' AS figure, toFloat(c.count_min) AS lowest, toFloat(c.count_max) AS highest,
         'people' AS unit, null AS per, c.count_qualifier AS qualifier
UNION
  MATCH (c)-[offer:OFFERS]->(offered:Incentive)
  WHERE offer.amount_min IS NOT NULL OR offer.amount_max IS NOT NULL
  RETURN offered.id AS figure_id, offered.name AS figure, offer.amount_min AS lowest, offer.amount_max AS highest,
         offer.currency AS unit, offer.per AS per, null AS qualifier
}
// page
WITH c, programme, figure_id, figure, lowest, highest, unit, per, qualifier
ORDER BY programme.name, programme.id, figure, unit, per, c.stage, coalesce(toString(c.reported_on), ''),
         lowest, highest, c.id SKIP $offset LIMIT $limit
MATCH (c)-[s:STATED_IN]->(document:Document)
OPTIONAL MATCH (document)-[:PUBLISHED_BY]->(publisher:Publisher)
WITH c, programme, figure_id, figure, lowest, highest, unit, per, qualifier, s.quote AS quote,
     publisher.id AS publisher_id, publisher.name AS publisher,
     COLLECT {
       MATCH (c)-[v:SAID_BY]->(voice)
       WITH v.position AS position, voice.id AS id, voice.name AS name,
            'Person' IN labels(voice) AND NOT ($names AND NOT coalesce(voice.document_bound, true)) AS withheld,
            coalesce(v.role, voice.name) AS role
       RETURN {id: CASE WHEN withheld THEN 'withheld' ELSE id END, name: CASE
                 WHEN NOT withheld THEN name WHEN role CONTAINS name THEN 'a named person' ELSE role END} AS shown
       ORDER BY position, name
     } AS voices
RETURN programme.id AS programme_id, programme.name AS programme, figure_id, figure, lowest, highest, unit, per,
       qualifier, c.stage AS stage, c.time_text AS time, toString(c.reported_on) AS reported_on, c.modality AS modality,
       CASE WHEN size(voices) > 0 THEN [one IN voices | one.id] WHEN publisher_id IS NULL THEN [] ELSE [publisher_id]
       END AS said_by_ids,
       CASE WHEN size(voices) > 0 THEN [one IN voices | one.name] WHEN publisher IS NULL THEN [] ELSE [publisher]
       END AS said_by,
       quote, publisher_id, publisher, c.story_id AS story_id, c.id AS claim_id
ORDER BY programme, programme_id, figure, unit, per, stage, coalesce(reported_on, ''), lowest, highest, claim_id
