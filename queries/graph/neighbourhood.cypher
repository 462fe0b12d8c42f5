// What an entity is connected with
//
// One row per neighbour and kind of connection: first what shares claims with it, most claims first, then what it belongs
// to or deals with, without counts. `role` is what the entity (or a part of it) is in those claims, `other_role` what the
// neighbour is. Each claim counts once in its row.
//
// param entity entity  The entity; parts of a region or field are included.
// param region region+ = null  Only claims that recruit to this region or a place in it. Members of a union or group,
//     such as the EU, are no places in it: name them.
// param field field+ = null  Only claims that seek this field or a part of it.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "all"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// returns role string  The entity's role in the claims; or the direct relationship.
// returns other_role string  The neighbour's role in the same claims; empty for a direct relationship.
// returns label string  What kind of thing the neighbour is.
// returns id string  Its id.
// returns name string  Its name.
// returns name_zh string  Its Chinese name, where one is known.
// returns claims integer  Claims: one sentence saying one thing.
// returns approaches integer  Approaches: several sentences about one approach count once.
// returns documents integer  Documents that state them.
// returns stories integer  Stories: copies and rewrites of one text count once.
// returns claimants integer  Distinct voices that say it.
// behind role other_role label id
// example --entity Zhejiang
// example --entity Huawei --modality positive
MATCH (e:Region|Field|Company|Organisation|Programme|Incentive|Channel|Publisher)
WHERE e.id = $entity
CALL (e) {
  MATCH (e)-[r:PART_OF|MEMBER_OF|BASED_IN|DEALS_WITH|RUN_BY]-(other)
  WITH r, other, startNode(r).id = e.id AS outward
  RETURN type(r) + CASE WHEN outward THEN '' ELSE ' (of)' END AS role, null AS other_role,
         labels(other)[0] AS label, other.id AS id, other.name AS name, other.name_zh AS name_zh,
         null AS claims, null AS approaches, null AS documents, null AS stories, null AS claimants
UNION
  MATCH (e)<-[:PART_OF*0..3]-(part)<-[own]-(c:Claim)
  WHERE c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at
    AND c.modality IN $modality
    AND ($since IS NULL OR c.reported_on >= $since)
    AND ($until IS NULL OR c.reported_on <= $until)
    AND ($reliability IS NULL OR c.publisher_id IN $reliability)
    AND ($language IS NULL OR EXISTS { MATCH (c)-[:STATED_IN]->(text:Document) WHERE text.lang IN $language })
    AND ($region IS NULL OR EXISTS {
      MATCH (c)-[d:DESTINATION]->(:Region)-[:PART_OF*0..3]->(whole:Region)
      WHERE whole.id IN $region AND ($implied OR NOT d.implied)
    })
    AND ($field IS NULL OR any(f IN $field WHERE f IN c.field_groups OR f IN c.field_codes OR f IN c.field_terms))
    AND ($implied OR NOT coalesce(own.implied, false))
  WITH DISTINCT c, part, type(own) AS role
  MATCH (c)-[r]->(other:Region|Field|Company|Organisation|Programme|Incentive|Channel)
  WHERE other.id <> part.id AND ($implied OR NOT coalesce(r.implied, false))
  RETURN role, type(r) AS other_role, labels(other)[0] AS label, other.id AS id, other.name AS name,
         other.name_zh AS name_zh, count(DISTINCT c.id) AS claims, count(DISTINCT c.approach_id) AS approaches,
         count(DISTINCT c.document_id) AS documents, count(DISTINCT c.story_id) AS stories,
         count(DISTINCT c.claimant_key) AS claimants
}
RETURN role, other_role, label, id, name, name_zh, claims, approaches, documents, stories, claimants
ORDER BY claims IS NULL, claims DESC, label, name, id, role, other_role
