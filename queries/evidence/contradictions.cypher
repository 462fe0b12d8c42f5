// Which claims contradict each other
//
// Rows stand in groups that disagree. `kind` act: the same recruiter, region and field, affirmed by some claims and
// denied or negated by others, a row for each side. `kind` figure: numbers of people for the same recruiter or
// programme, region, field, stage and time that cannot both be right, a row for each number; almost 60,000 and more than
// 60,000 cannot. `kind` amount: the same for what is offered, by what it is, its currency, and what it is for (a year,
// a person). Nothing decides between them: open the sentences. Figures may still speak of different people; the frame
// is all that is compared. Groups with most stories come first.
//
// param kind string = "all" in all|act|figure|amount  Only contradictions about the act, numbers of people, or amounts.
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
// param modality modality = "positive"  The claims on the one side, and those whose figures are compared.
// param against modality = "negative"  The claims on the other side.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// param names boolean = false  Show the names of public figures; without it what they are.
// returns kind string  act, figure or amount.
// returns recruiter_id string  Id of who recruits; `any` where recruiters are not told apart.
// returns recruiter string  Its name.
// returns region_id string  Id of the region recruited to, `unstated` or `any`.
// returns region string  Its name.
// returns field_id string  Id of the field sought, `unstated` or `any`.
// returns field string  Its name.
// returns stands string  affirmed or denied; or the figure, of an amount with what is offered.
// returns said_by strings  Who says so, the publisher where the text itself does; at most ten.
// returns group_stories integer  Stories on all sides together.
// returns claims integer  Claims: one sentence saying one thing.
// returns approaches integer  Approaches: several sentences about one approach count once.
// returns documents integer  Documents that state them.
// returns stories integer  Stories: copies and rewrites of one text count once.
// returns claimants integer  Distinct voices that say it.
// returns first_reported date  The earliest day on which one of them was reported.
// returns last_reported date  The latest such day.
// returns claim_id string  One of the claims: `evidence` tells everything about it.
// behind kind recruiter_id region_id field_id stands claim_id
// example
// example --region DE --no-by_recruiter
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
CALL (c, recruiter) {
  WITH c, recruiter WHERE $kind IN ['all', 'act']
  RETURN 'act' AS kind, recruiter AS who, '' AS about, '' AS what, c.modality IN $against AS against,
         null AS low, null AS high, false AS almost
UNION
  WITH c, recruiter
  WHERE $kind IN ['all', 'figure'] AND c.modality IN $modality AND (c.count_min IS NOT NULL OR c.count_max IS NOT NULL)
  UNWIND [recruiter] + COLLECT { MATCH (c)-[:UNDER]->(p:Programme) RETURN [p.id, p.name] } AS who
  RETURN 'figure' AS kind, who,
         c.stage + ' ' + coalesce(toString(c.valid_from), '') + '/' + coalesce(toString(c.valid_to), '') AS about,
         '' AS what, false AS against, toFloat(c.count_min) AS low, toFloat(c.count_max) AS high,
         coalesce(c.count_qualifier, '') IN ['almost', 'nearly', 'close to', '近', '将近'] AS almost
UNION
  WITH c, recruiter WHERE $kind IN ['all', 'amount'] AND c.modality IN $modality
  MATCH (c)-[o:OFFERS]->(offered:Incentive)
  WHERE o.amount_min IS NOT NULL OR o.amount_max IS NOT NULL
  UNWIND [recruiter] + COLLECT { MATCH (c)-[:UNDER]->(p:Programme) RETURN [p.id, p.name] } AS who
  RETURN 'amount' AS kind, who,
         offered.id + ' ' + coalesce(toString(c.valid_from), '') + '/' + coalesce(toString(c.valid_to), '') AS about,
         offered.name + ', ' + coalesce(o.currency, 'no currency') + coalesce(' per ' + o.per, '') + ': ' AS what,
         false AS against, toFloat(o.amount_min) AS low, toFloat(o.amount_max) AS high, false AS almost
}
WITH kind, who, about, what, region_id, field_id, against, low, high, almost,
     collect(DISTINCT c.story_id) AS told, collect(DISTINCT c.id) AS ids, min(c.id) AS claim_id,
     count(DISTINCT c.id) AS claims, count(DISTINCT c.approach_id) AS approaches,
     count(DISTINCT c.document_id) AS documents, count(DISTINCT c.story_id) AS stories,
     count(DISTINCT c.claimant_key) AS claimants,
     min(c.reported_on) AS first, max(c.reported_on) AS last
WITH kind, who, about, what, region_id, field_id,
     collect({against: against, low: low, high: high, almost: almost, told: told, ids: ids, claim_id: claim_id,
              claims: claims, approaches: approaches, documents: documents, stories: stories, claimants: claimants,
              first: first, last: last}) AS sides
WITH kind, who, about, what, region_id, field_id,
     [a IN sides WHERE any(b IN sides WHERE a.against <> b.against
       OR a.low > b.high OR b.low > a.high
       OR (a.low = b.high AND a.high IS NULL AND (b.low IS NULL OR b.almost))
       OR (b.low = a.high AND b.high IS NULL AND (a.low IS NULL OR a.almost)))] AS sides
WHERE size(sides) > 1
UNWIND sides AS side
UNWIND side.told AS story
WITH kind, who, about, what, region_id, field_id, sides, count(DISTINCT story) AS group_stories
UNWIND sides AS side
WITH kind, who, about, what, region_id, field_id, side, group_stories,
     CASE WHEN side.low = floor(side.low) THEN toString(toInteger(side.low)) ELSE toString(side.low) END AS low,
     CASE WHEN side.high = floor(side.high) THEN toString(toInteger(side.high)) ELSE toString(side.high) END AS high,
     COLLECT {
       UNWIND side.ids AS id
       MATCH (c:Claim {id: id})-[:STATED_IN]->(document:Document)
       OPTIONAL MATCH (document)-[:PUBLISHED_BY]->(publisher:Publisher)
       OPTIONAL MATCH (c)-[v:SAID_BY {position: 1}]->(voice)
       WITH publisher.name AS publisher, voice.name AS name, 'Person' IN labels(voice)
            AND NOT ($names AND coalesce(v.office, false) AND NOT coalesce(voice.document_bound, true)) AS withheld,
            coalesce(v.role, voice.name) AS role
       RETURN DISTINCT CASE WHEN name IS NULL THEN coalesce(publisher, 'the text itself') WHEN NOT withheld THEN name
                            WHEN role CONTAINS name THEN 'a named person' ELSE role END AS shown
       ORDER BY shown LIMIT 10
     } AS said_by
OPTIONAL MATCH (r:Region {id: region_id})
OPTIONAL MATCH (f:Field {id: field_id})
RETURN kind, who[0] AS recruiter_id, who[1] AS recruiter, region_id, coalesce(r.name, region_id) AS region,
       field_id, coalesce(f.name, field_id) AS field,
       CASE WHEN kind = 'act' THEN CASE WHEN side.against THEN 'denied' ELSE 'affirmed' END
            WHEN side.almost THEN 'almost ' + high
            WHEN side.low = side.high THEN what + low
            WHEN side.high IS NULL THEN what + low + ' or more'
            WHEN side.low IS NULL THEN what + high + CASE kind WHEN 'amount' THEN ' or less' ELSE ' or fewer' END
            ELSE what + low + ' to ' + high END AS stands,
       said_by, group_stories, side.claims AS claims, side.approaches AS approaches, side.documents AS documents,
       side.stories AS stories, side.claimants AS claimants,
       toString(side.first) AS first_reported, toString(side.last) AS last_reported, side.claim_id AS claim_id
ORDER BY group_stories DESC, kind, recruiter, region, field, recruiter_id, region_id, field_id, about, stands
