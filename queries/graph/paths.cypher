// How two entities are connected
//
// One row per path of at most four ties, the best supported first, then the shorter. Two entities are tied when they
// fill slots of the same claim (who says it does not count); a path is as strong as its weakest tie. Detours between
// entities that are tied directly are left out. Of very many paths the 200 with the strongest ties are ranked. At most
// 20,000 ties in the network: a larger one is refused, not cut; narrow it, say with `min_stories`.
//
// param start entity  The entity at one end.
// param end entity  The entity at the other end.
// param among string = "actors" in actors|all  Companies, organisations and regions; or also fields, programmes,
//     incentives and channels.
// param min_stories integer = 1  Leave out ties that fewer stories support.
// param region region+ = null  Only claims that recruit to this region or a place in it. Members of a union or group,
//     such as the EU, are no places in it: name them.
// param field field+ = null  Only claims that seek this field or a part of it.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "all"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// returns steps integer  Ties of the path.
// returns weakest integer  Stories that support its weakest tie.
// returns path_ids strings  Ids along the path.
// returns path strings  Their names.
// returns path_stories strings  Numbers of stories that support each tie.
// counted tie
// then paths 20000
// example --start Taiwan --end Zhejiang
// example --start Huawei --end ai --among all
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
  AND ($region IS NULL OR EXISTS {
    MATCH (c)-[d:DESTINATION]->(:Region)-[:PART_OF*0..3]->(whole:Region)
    WHERE whole.id IN $region AND ($implied OR NOT d.implied)
  })
  AND ($implied OR NOT coalesce(r.implied, false))
MATCH (c)-[s]->(b:Region|Company|Organisation|Field|Programme|Incentive|Channel)
WHERE type(s) <> 'SAID_BY' AND NOT coalesce(s.negated, false) AND ($implied OR NOT coalesce(s.implied, false))
  AND ($among = 'all' OR labels(b)[0] IN ['Region', 'Company', 'Organisation'])
  AND labels(a)[0] + ':' + a.id < labels(b)[0] + ':' + b.id
WITH a, b, count(DISTINCT c.story_id) AS stories
WHERE stories >= $min_stories
RETURN labels(a)[0] AS label, a.id AS id, a.name AS name,
       labels(b)[0] AS other_label, b.id AS other_id, b.name AS other_name, stories
ORDER BY label, id, other_label, other_id
LIMIT 20001
