// What the claims leave open
//
// One row: how many claims the counting questions count, and how many of these name no region recruited to, no origin,
// no field, no incentive, no channel, no company. With `since` or `until`, claims without a date are left out, and
// `undated` says how many that are; without, they are among the claims, and it says how many.
//
// param region region+ = null  Only claims that recruit to this region or a place in it. Members of a union or group,
//     such as the EU, are no places in it: name them.
// param origin region+ = null  Only claims that recruit from this region or a place in it. Members of a union or group,
//     such as the EU, are no places in it: name them.
// param field field+ = null  Only claims that seek this field or a part of it.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "positive"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// returns claims integer  Claims that are counted.
// returns no_region integer  Those that name no region recruited to.
// returns no_origin integer  Those that do not say where people come from.
// returns no_field integer  Those that name no field.
// returns no_incentive integer  Those that name no incentive.
// returns no_channel integer  Those that do not say how people are approached.
// returns no_company integer  Those in which no company recruits.
// returns undated integer  Claims without a date.
// counted open_ends
// kept origin since until modality implied
// example
// example --region CN --modality all
MATCH (c:Claim)
WHERE c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at
  AND c.modality IN $modality
  AND (c.month = 'undated' OR ($since IS NULL OR c.reported_on >= $since)
                            AND ($until IS NULL OR c.reported_on <= $until))
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
WITH c, c.reported_on IS NOT NULL OR ($since IS NULL AND $until IS NULL) AS counted
WITH c, counted,
     counted AND NOT EXISTS { MATCH (c)-[d:DESTINATION]->(:Region) WHERE $implied OR NOT d.implied } AS no_region,
     counted AND NOT EXISTS { MATCH (c)-[o:ORIGIN]->(:Region) WHERE $implied OR NOT o.implied } AS no_origin,
     counted AND 'unstated' IN c.field_codes AS no_field,
     counted AND NOT EXISTS { MATCH (c)-[:OFFERS]->(:Incentive) } AS no_incentive,
     counted AND NOT EXISTS { MATCH (c)-[v:VIA]->(:Channel) WHERE NOT v.negated } AS no_channel,
     counted AND NOT EXISTS { MATCH (c)-[:RECRUITER|ON_BEHALF_OF]->(:Company) } AS no_company
RETURN count(CASE WHEN counted THEN 1 END) AS claims,
       count(CASE WHEN no_region THEN 1 END) AS no_region,
       count(CASE WHEN no_origin THEN 1 END) AS no_origin,
       count(CASE WHEN no_field THEN 1 END) AS no_field,
       count(CASE WHEN no_incentive THEN 1 END) AS no_incentive,
       count(CASE WHEN no_channel THEN 1 END) AS no_channel,
       count(CASE WHEN no_company THEN 1 END) AS no_company,
       count(CASE WHEN c.reported_on IS NULL THEN 1 END) AS undated
// kept
WITH coalesce($region[0], 'any') AS region_id, coalesce($field[0], 'any') AS field_id
WHERE coalesce(size($region), 1) = 1 AND coalesce(size($field), 1) = 1
OPTIONAL MATCH (r:Region {id: region_id})
OPTIONAL MATCH (f:Field {id: field_id})
WITH region_id, field_id, coalesce(f.level, 'any') AS field_level,
     CASE WHEN r IS NULL THEN 'any' WHEN r.level IN ['continent', 'country', 'province'] THEN r.level ELSE 'city'
     END AS region_level
MATCH (t:Tally {id: region_level + '/' + field_level + '|' + region_id})
WITH *, [i IN range(0, size(t.fields) - 1) WHERE t.fields[i] = field_id][0] AS i
WHERE i IS NOT NULL
OPTIONAL MATCH (nowhere:Tally {id: 'country/' + field_level + '|unstated'})
OPTIONAL MATCH (nothing:Tally {id: region_level + '/code|' + region_id})
RETURN t.claims[i] AS claims,
       CASE WHEN $region IS NULL
         THEN coalesce([n IN range(0, size(coalesce(nowhere.fields, [])) - 1) WHERE nowhere.fields[n] = field_id | nowhere.claims[n]][0], 0)
         ELSE 0 END AS no_region,
       t.no_origin[i] AS no_origin,
       CASE WHEN $field IS NULL
         THEN coalesce([n IN range(0, size(coalesce(nothing.fields, [])) - 1) WHERE nothing.fields[n] = 'unstated' | nothing.claims[n]][0], 0)
         ELSE 0 END AS no_field,
       t.no_incentive[i] AS no_incentive, t.no_channel[i] AS no_channel, t.no_company[i] AS no_company,
       t.undated[i] AS undated
