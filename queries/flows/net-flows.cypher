// Which regions gain talent and which lose it
//
// One row per region: claims that recruit to it from elsewhere, and claims that recruit from it to elsewhere. Only
// claims that name both ends count, and only between regions of which neither lies in the other or in a member of it,
// such as the European Union and Belgium. Each claim counts once in its row and direction. `net` is a difference of
// statements, not of people: how many people moved hardly any report says.
//
// param region_level string = "country" in continent|country|province|city  Roll both ends up to this level.
// param field field+ = null  Only claims that seek this field or a part of it.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "positive"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// param net_of string = "stories" in claims|approaches|documents|stories|claimants  The count of which `net` is the
//     difference.
// returns region_id string  Id of the region.
// returns region string  Its name.
// returns stated_above boolean  Whether the region was stated above the asked level.
// returns net integer  To it minus from it, in the count that was asked; most gain on top.
// returns to_claims integer  Claims that recruit to it from elsewhere.
// returns to_approaches integer  Approaches of these claims.
// returns to_documents integer  Documents that state them.
// returns to_stories integer  Stories that tell them.
// returns to_claimants integer  Distinct voices that say them.
// returns from_claims integer  Claims that recruit from it to elsewhere.
// returns from_approaches integer  Approaches of these claims.
// returns from_documents integer  Documents that state them.
// returns from_stories integer  Stories that tell them.
// returns from_claimants integer  Distinct voices that say them.
// returns claims integer  Claims in either direction; one may count in both.
// behind region_id
// counted gain
// notes coverage
// example
// example --region_level continent --field semiconductors
MATCH (place:Region)
OPTIONAL MATCH (place)-[:PART_OF*0..3]->(up:Region {level: $region_level})
WITH place, coalesce(up.id, place.id) AS origin
MATCH (place)<-[o:ORIGIN]-(c:Claim)
WHERE ($implied OR NOT o.implied)
  AND c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at
  AND c.modality IN $modality
  AND ($since IS NULL OR c.reported_on >= $since)
  AND ($until IS NULL OR c.reported_on <= $until)
  AND ($reliability IS NULL OR c.publisher_id IN $reliability)
  AND ($language IS NULL OR EXISTS { MATCH (c)-[:STATED_IN]->(text:Document) WHERE text.lang IN $language })
  AND ($field IS NULL OR any(f IN $field WHERE f IN c.field_groups OR f IN c.field_codes OR f IN c.field_terms))
WITH DISTINCT c, origin
UNWIND CASE
  WHEN NOT $implied THEN COLLECT {
    MATCH (c)-[d:DESTINATION]->(place:Region)
    WHERE NOT d.implied
    OPTIONAL MATCH (place)-[:PART_OF*0..3]->(up:Region {level: $region_level})
    RETURN DISTINCT coalesce(up.id, place.id)
  }
  WHEN $region_level = 'continent' THEN c.continents
  WHEN $region_level = 'country' THEN c.countries
  WHEN $region_level = 'province' THEN c.provinces
  ELSE c.cities
END AS destination
WITH origin, destination, collect(c) AS found
WHERE destination <> 'unstated'
  AND NOT EXISTS {
    MATCH (:Region {id: origin})-[:PART_OF*0..3]->(:Region)-[:MEMBER_OF*0..1]->(:Region {id: destination})
  }
  AND NOT EXISTS {
    MATCH (:Region {id: destination})-[:PART_OF*0..3]->(:Region)-[:MEMBER_OF*0..1]->(:Region {id: origin})
  }
UNWIND found AS c
UNWIND [{region: destination, gains: true}, {region: origin, gains: false}] AS side
WITH side.region AS region_id, count(DISTINCT c.id) AS claims,
     count(DISTINCT CASE WHEN side.gains THEN c.id END) AS to_claims,
     count(DISTINCT CASE WHEN side.gains THEN c.approach_id END) AS to_approaches,
     count(DISTINCT CASE WHEN side.gains THEN c.document_id END) AS to_documents,
     count(DISTINCT CASE WHEN side.gains THEN c.story_id END) AS to_stories,
     count(DISTINCT CASE WHEN side.gains THEN c.claimant_key END) AS to_claimants,
     count(DISTINCT CASE WHEN NOT side.gains THEN c.id END) AS from_claims,
     count(DISTINCT CASE WHEN NOT side.gains THEN c.approach_id END) AS from_approaches,
     count(DISTINCT CASE WHEN NOT side.gains THEN c.document_id END) AS from_documents,
     count(DISTINCT CASE WHEN NOT side.gains THEN c.story_id END) AS from_stories,
     count(DISTINCT CASE WHEN NOT side.gains THEN c.claimant_key END) AS from_claimants
MATCH (r:Region {id: region_id})
RETURN region_id, r.name AS region, r.level <> $region_level AS stated_above,
       CASE $net_of WHEN 'claims' THEN to_claims - from_claims WHEN 'approaches' THEN to_approaches - from_approaches
                    WHEN 'documents' THEN to_documents - from_documents WHEN 'stories' THEN to_stories - from_stories
                    ELSE to_claimants - from_claimants END AS net,
       to_claims, to_approaches, to_documents, to_stories, to_claimants,
       from_claims, from_approaches, from_documents, from_stories, from_claimants, claims
ORDER BY net DESC, to_claims DESC, region, region_id
