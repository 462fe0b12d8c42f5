// Who publishes what is known
//
// One row per publisher of documents with claims. `share` is its part of all stories that are counted; shares do not
// add up to 1, since a story may have several publishers. `own_stories` are those whose earliest document it
// published; the rest it took over. Documents without a publisher stand under `unstated`, last.
//
// param region region+ = null  Only claims that recruit to this region or a place in it. Members of a union or group,
//     such as the EU, are no places in it: name them.
// param field field+ = null  Only claims that seek this field or a part of it.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "all"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// param order_by string = "claims" in claims|approaches|documents|stories|claimants  Which count comes first, largest
//     on top.
// returns publisher_id string  Id of the publisher.
// returns publisher string  Its name.
// returns reliability float  0 to 1, where it is rated.
// returns share float  Its stories among all that are counted; 0 to 1.
// returns own_stories integer  Stories whose earliest document it published.
// returns claims integer  Claims: one sentence saying one thing.
// returns approaches integer  Approaches: several sentences about one approach count once.
// returns documents integer  Documents that state them.
// returns stories integer  Stories: copies and rewrites of one text count once.
// returns claimants integer  Distinct voices that say it.
// returns first_reported date  The earliest day on which one of them was reported.
// returns last_reported date  The latest such day.
// behind publisher_id
// example
// example --region CN --order_by stories
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
UNWIND [c.publisher_id, 'total'] AS publisher_id
WITH publisher_id, collect(DISTINCT c.story_id) AS told,
     count(DISTINCT c.id) AS claims, count(DISTINCT c.approach_id) AS approaches,
     count(DISTINCT c.document_id) AS documents, count(DISTINCT c.story_id) AS stories,
     count(DISTINCT c.claimant_key) AS claimants,
     min(c.reported_on) AS first, max(c.reported_on) AS last
WITH publisher_id, claims, approaches, documents, stories, claimants, first, last,
     CASE WHEN publisher_id = 'total' THEN 0 ELSE COUNT {
       UNWIND told AS story
       CALL (story) {
         MATCH (:Story {id: story})<-[:TELLS]-(d:Document)
         WHERE d.known_at <= $known_at AND coalesce(d.known_until, '~') > $known_at
         OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(p:Publisher)
         RETURN coalesce(p.id, 'unstated') AS earliest ORDER BY d.date IS NULL, d.date, d.id LIMIT 1
       }
       WITH earliest WHERE earliest = publisher_id
       RETURN earliest
     } END AS own_stories
WITH collect({id: publisher_id, claims: claims, approaches: approaches, documents: documents, stories: stories,
              claimants: claimants, first: first, last: last, own: own_stories}) AS rows
WITH rows, [row IN rows WHERE row.id = 'total'][0].stories AS total
UNWIND rows AS row
WITH row, total
WHERE row.id <> 'total'
OPTIONAL MATCH (p:Publisher {id: row.id})
WITH row.id AS publisher_id, coalesce(p.name, row.id) AS publisher, p.reliability AS reliability,
     round(10000.0 * row.stories / total) / 10000 AS share, row.own AS own_stories,
     row.claims AS claims, row.approaches AS approaches,
     row.documents AS documents, row.stories AS stories, row.claimants AS claimants, row.first AS first,
     row.last AS last
RETURN publisher_id, publisher, reliability, share, own_stories,
       claims, approaches, documents, stories, claimants,
       toString(first) AS first_reported, toString(last) AS last_reported
ORDER BY publisher_id = 'unstated',
         CASE $order_by WHEN 'claims' THEN claims WHEN 'approaches' THEN approaches WHEN 'documents' THEN documents
                        WHEN 'stories' THEN stories ELSE claimants END DESC,
         publisher, publisher_id
