// How two regions differ
//
// One row per value of an aspect (fields, unless asked otherwise): the five counts of claims that recruit to the one
// region and to the other, and the part of each region's stories that they are. Rows in which the shares differ most
// come first. Each claim counts once in its row and region; a claim that recruits to both counts for both.
//
// param region region  The one region; places in it are included, members of a union or group, such as the EU, are not.
// param other region  The other region.
// param aspect string = "field" in field|incentive|origin|channel|programme|recruiter_type  What to compare.
// param field_level string = "code" in group|code|term|as_stated  Roll fields up to this level.
// param field field+ = null  Only claims that seek this field or a part of it.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "positive"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// returns id string  Id of the value, or `unstated`.
// returns name string  Its name.
// returns share float  stories / all stories of the one region; 0 to 1.
// returns other_share float  other_stories / all stories of the other one; 0 to 1.
// returns difference float  share - other_share.
// returns claims integer  Claims: one sentence saying one thing.
// returns approaches integer  Approaches: several sentences about one approach count once.
// returns documents integer  Documents that state them.
// returns stories integer  Stories: copies and rewrites of one text count once.
// returns claimants integer  Distinct voices that say it.
// returns other_claims integer  The same for the other region: claims.
// returns other_approaches integer  Approaches.
// returns other_documents integer  Documents.
// returns other_stories integer  Stories.
// returns other_claimants integer  Distinct voices.
// behind id
// counted side compared
// example --region CN --other DE
// example --region Zhejiang --other Guangdong --aspect incentive
MATCH (asked:Region)
WHERE asked.id IN [$region, $other]
MATCH (asked)<-[:PART_OF*0..3]-(:Region)<-[d:DESTINATION]-(c:Claim)
WHERE c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at
  AND c.modality IN $modality
  AND ($since IS NULL OR c.reported_on >= $since)
  AND ($until IS NULL OR c.reported_on <= $until)
  AND ($reliability IS NULL OR c.publisher_id IN $reliability)
  AND ($language IS NULL OR EXISTS { MATCH (c)-[:STATED_IN]->(text:Document) WHERE text.lang IN $language })
  AND ($implied OR NOT d.implied)
  AND ($field IS NULL OR any(f IN $field WHERE f IN c.field_groups OR f IN c.field_codes OR f IN c.field_terms))
WITH DISTINCT asked.id AS side, c
CALL (c) {
  WITH c WHERE $aspect = 'field'
  UNWIND CASE $field_level
    WHEN 'group' THEN c.field_groups WHEN 'code' THEN c.field_codes WHEN 'term' THEN c.field_terms
    ELSE COLLECT { OPTIONAL MATCH (c)-[:SEEKS]->(f:Field) RETURN coalesce(f.id, 'unstated') }
  END AS code
  OPTIONAL MATCH (f:Field {id: code})
  RETURN code AS id, coalesce(f.name, code) AS name
UNION
  WITH c WHERE $aspect = 'incentive'
  OPTIONAL MATCH (c)-[:OFFERS]->(e:Incentive)
  RETURN coalesce(e.id, 'unstated') AS id, coalesce(e.name, 'unstated') AS name
UNION
  WITH c WHERE $aspect = 'origin'
  OPTIONAL MATCH (c)-[o:ORIGIN]->(e:Region) WHERE $implied OR NOT o.implied
  RETURN coalesce(e.id, 'unstated') AS id, coalesce(e.name, 'unstated') AS name
UNION
  WITH c WHERE $aspect = 'channel'
  OPTIONAL MATCH (c)-[v:VIA]->(e:Channel) WHERE NOT v.negated
  RETURN coalesce(e.id, 'unstated') AS id, coalesce(e.name, 'unstated') AS name
UNION
  WITH c WHERE $aspect = 'programme'
  OPTIONAL MATCH (c)-[:UNDER]->(e:Programme)
  RETURN coalesce(e.id, 'unstated') AS id, coalesce(e.name, 'unstated') AS name
UNION
  WITH c WHERE $aspect = 'recruiter_type'
  RETURN c.recruiter_type AS id, c.recruiter_type AS name
}
UNWIND [[id, name], ['total', 'total']] AS row
WITH row[0] AS id, row[1] AS name, side,
     count(DISTINCT c.id) AS claims, count(DISTINCT c.approach_id) AS approaches,
     count(DISTINCT c.document_id) AS documents, count(DISTINCT c.story_id) AS stories,
     count(DISTINCT c.claimant_key) AS claimants
WITH id, name, collect({side: side, claims: claims, approaches: approaches, documents: documents, stories: stories,
                        claimants: claimants}) AS sides
WITH id, name,
     coalesce([of IN sides WHERE of.side = $region][0].claims, 0) AS claims,
     coalesce([of IN sides WHERE of.side = $region][0].approaches, 0) AS approaches,
     coalesce([of IN sides WHERE of.side = $region][0].documents, 0) AS documents,
     coalesce([of IN sides WHERE of.side = $region][0].stories, 0) AS stories,
     coalesce([of IN sides WHERE of.side = $region][0].claimants, 0) AS claimants,
     coalesce([of IN sides WHERE of.side = $other][0].claims, 0) AS other_claims,
     coalesce([of IN sides WHERE of.side = $other][0].approaches, 0) AS other_approaches,
     coalesce([of IN sides WHERE of.side = $other][0].documents, 0) AS other_documents,
     coalesce([of IN sides WHERE of.side = $other][0].stories, 0) AS other_stories,
     coalesce([of IN sides WHERE of.side = $other][0].claimants, 0) AS other_claimants
WITH collect({id: id, name: name, claims: claims, approaches: approaches, documents: documents, stories: stories,
              claimants: claimants, other_claims: other_claims, other_approaches: other_approaches,
              other_documents: other_documents, other_stories: other_stories, other_claimants: other_claimants}) AS rows
WITH rows, [row IN rows WHERE row.id = 'total'][0] AS total
UNWIND rows AS row
WITH row, CASE WHEN total.stories = 0 THEN 0.0 ELSE toFloat(row.stories) / total.stories END AS share,
     CASE WHEN total.other_stories = 0 THEN 0.0 ELSE toFloat(row.other_stories) / total.other_stories END AS other_share
RETURN row.id AS id, row.name AS name, share, other_share,
       round((share - other_share) * 10000) / 10000 AS difference,
       row.claims AS claims, row.approaches AS approaches, row.documents AS documents, row.stories AS stories,
       row.claimants AS claimants,
       row.other_claims AS other_claims, row.other_approaches AS other_approaches,
       row.other_documents AS other_documents, row.other_stories AS other_stories,
       row.other_claimants AS other_claimants
ORDER BY id = 'total', id = 'unstated', abs(difference) DESC, name, id
