// How much is offered
//
// One row per incentive, currency and what the amount is for. `lowest` and `highest` are the smallest and the largest
// figure that any claim names, also where it is only a bound ("at least", "up to"); currencies are not converted.
// Offers whose amount the text withholds stand under `undisclosed`, those without any amount under `unstated`, both
// last.
//
// param incentive incentive+ = null  Only these incentives.
// param region region+ = null  Only claims that recruit to this region or a place in it. Members of a union or group,
//     such as the EU, are no places in it: name them.
// param field field+ = null  Only claims that seek this field or a part of it.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "positive"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// param order_by string = "claims" in claims|approaches|documents|stories|claimants  Which count comes first, largest
//     on top.
// returns incentive_id string  Id of what is offered.
// returns incentive string  Its name.
// returns currency string  ISO 4217, `multiple` of current pay, `percent`, `undisclosed` or `unstated`.
// returns per string  What the amount is for: year, month, once, person; empty where the text does not say.
// returns lowest float  The smallest figure named.
// returns highest float  The largest figure named.
// returns claims integer  Claims: one sentence saying one thing.
// returns approaches integer  Approaches: several sentences about one approach count once.
// returns documents integer  Documents that state them.
// returns stories integer  Stories: copies and rewrites of one text count once.
// returns claimants integer  Distinct voices that say it.
// returns first_reported date  The earliest day on which one of them was reported.
// returns last_reported date  The latest such day.
// behind incentive_id currency per
// counted amount
// example
// example --region CN --incentive salary
MATCH (c:Claim)-[offer:OFFERS]->(offered:Incentive)
WHERE c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at
  AND c.modality IN $modality
  AND ($since IS NULL OR c.reported_on >= $since)
  AND ($until IS NULL OR c.reported_on <= $until)
  AND ($reliability IS NULL OR c.publisher_id IN $reliability)
  AND ($language IS NULL OR EXISTS { MATCH (c)-[:STATED_IN]->(text:Document) WHERE text.lang IN $language })
  AND ($incentive IS NULL OR offered.id IN $incentive)
  AND ($field IS NULL OR any(f IN $field WHERE f IN c.field_groups OR f IN c.field_codes OR f IN c.field_terms))
  AND ($region IS NULL OR EXISTS {
    MATCH (c)-[d:DESTINATION]->(:Region)-[:PART_OF*0..3]->(whole:Region)
    WHERE whole.id IN $region AND ($implied OR NOT d.implied)
  })
WITH offered.id AS incentive_id, offered.name AS incentive, offer.per AS per,
     CASE WHEN offer.amount_min IS NULL AND offer.amount_max IS NULL
       THEN CASE WHEN offer.undisclosed THEN 'undisclosed' ELSE 'unstated' END
       ELSE coalesce(offer.currency, 'unstated') END AS currency,
     min(coalesce(offer.amount_min, offer.amount_max)) AS lowest,
     max(coalesce(offer.amount_max, offer.amount_min)) AS highest,
     count(DISTINCT c.id) AS claims, count(DISTINCT c.approach_id) AS approaches,
     count(DISTINCT c.document_id) AS documents, count(DISTINCT c.story_id) AS stories,
     count(DISTINCT c.claimant_key) AS claimants,
     min(c.reported_on) AS first, max(c.reported_on) AS last
RETURN incentive_id, incentive, currency, per, lowest, highest,
       claims, approaches, documents, stories, claimants,
       toString(first) AS first_reported, toString(last) AS last_reported
ORDER BY currency = 'unstated', currency = 'undisclosed',
         CASE $order_by WHEN 'claims' THEN claims WHEN 'approaches' THEN approaches WHEN 'documents' THEN documents
                        WHEN 'stories' THEN stories ELSE claimants END DESC,
         incentive, incentive_id, currency, coalesce(per, '')
