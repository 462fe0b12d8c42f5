// Which entities are central
//
// One row per entity of the network in which two entities are tied when they fill slots of the same claim (who says it
// does not count); a tie has as many stories as tell such claims. `pagerank` follows ties in proportion to their
// stories and adds up to 1 over all rows; `betweenness` is the share of the shortest paths between others that lead
// through the entity, where a tie is the shorter the more stories it has (estimated from 200 entities where there are
// more). The same graph gives the same numbers. At most 20,000 ties: a larger network is refused, not cut; narrow it.
//
// param among string = "actors" in actors|all  Companies, organisations and regions; or also fields, programmes,
//     incentives and channels.
// param min_stories integer = 1  Leave out ties that fewer stories support.
// param field field+ = null  Only claims that seek this field or a part of it.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "positive"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// returns label string  What kind of thing it is.
// returns id string  Its id.
// returns name string  Its name.
// returns pagerank float  0 to 1: its part of all visits.
// returns betweenness float  0 to 1: its part of all shortest paths between others.
// returns ties integer  Entities it shares claims with.
// counted tie
// then central 20000
// example
// example --among all --field ai
MATCH (c:Claim)-[r]->(a:Region|Company|Organisation|Field|Programme|Incentive|Channel)
WHERE c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at
  AND c.modality IN $modality
  AND ($since IS NULL OR c.reported_on >= $since)
  AND ($until IS NULL OR c.reported_on <= $until)
  AND ($reliability IS NULL OR c.publisher_id IN $reliability)
  AND ($language IS NULL OR EXISTS { MATCH (c)-[:STATED_IN]->(text:Document) WHERE text.lang IN $language })
  AND type(r) <> 'SAID_BY' AND NOT coalesce(r.negated, false)
  AND ($among = 'all' OR labels(a)[0] IN ['Region', 'Company', 'Organisation'])
  AND ($field IS NULL OR any(f IN $field WHERE f IN c.field_groups OR f IN c.field_codes OR f IN c.field_terms))
MATCH (c)-[s]->(b:Region|Company|Organisation|Field|Programme|Incentive|Channel)
WHERE type(s) <> 'SAID_BY' AND NOT coalesce(s.negated, false)
  AND ($among = 'all' OR labels(b)[0] IN ['Region', 'Company', 'Organisation'])
  AND labels(a)[0] + ':' + a.id < labels(b)[0] + ':' + b.id
WITH a, b, count(DISTINCT c.story_id) AS stories
WHERE stories >= $min_stories
RETURN labels(a)[0] AS label, a.id AS id, a.name AS name,
       labels(b)[0] AS other_label, b.id AS other_id, b.name AS other_name, stories
ORDER BY label, id, other_label, other_id
LIMIT 20001
