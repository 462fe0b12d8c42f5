// How much goes through private channels, over time
//
// One row per period, by the day on which claims were reported. The five counts are of all claims in it. A channel is
// private where one person approaches another, or where it is hidden (contacts, referrals, headhunters, direct
// messages, front companies), public where it is open to whoever reads it (advertisements, fairs, state programmes);
// which is which is the property `kind` of Channel, from the list of channels. Ways that are neither, and claims that
// name no channel, count on neither side, and a channel that the text excludes does not count. Private is not yet
// secret, and reports write about hidden ways because they are hidden: read the share as a change over time.
//
// param period string = "year" in month|quarter|year  How long a period is.
// param fill boolean = false  Add rows of zeros for periods without claims, from the first to the last that has any,
//     and leave out `undated`.
// param region region+ = null  Only claims that recruit to this region or a place in it. Members of a union or group,
//     such as the EU, are no places in it: name them.
// param field field+ = null  Only claims that seek this field or a part of it.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "positive"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param implied boolean = true  Count regions that are only implied: a demonym, a firm's known home.
// returns period string  `2025-03`, `2025-Q1` or `2025`; or `undated`.
// returns period_start date  Its first day; empty for `undated`.
// returns precision string  month, quarter or year; empty for `undated`.
// returns private_share float  private_stories / either_stories; empty where no story names a way of either kind.
// returns private_stories integer  Stories in which a claim names a private channel.
// returns public_stories integer  Stories in which a claim names a public channel.
// returns either_stories integer  Stories in which a claim names one of either kind; a story may name both.
// returns claims integer  Claims: one sentence saying one thing.
// returns approaches integer  Approaches: several sentences about one approach count once.
// returns documents integer  Documents that state them.
// returns stories integer  Stories: copies and rewrites of one text count once.
// returns claimants integer  Distinct voices that say it.
// behind period
// counted period
// then filled 100000
// notes coverage
// example
// example --region CN --period quarter
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
WITH c, EXISTS { MATCH (c)-[v:VIA]->(:Channel {kind: 'private'}) WHERE NOT v.negated } AS private,
     EXISTS { MATCH (c)-[v:VIA]->(:Channel {kind: 'public'}) WHERE NOT v.negated } AS public,
     CASE
  WHEN c.month = 'undated' THEN 'undated'
  WHEN $period = 'month' THEN c.month
  WHEN $period = 'year' THEN left(c.month, 4)
  ELSE left(c.month, 4) + '-Q' + toString((toInteger(right(c.month, 2)) + 2) / 3)
END AS period
WITH period,
     count(DISTINCT CASE WHEN private THEN c.story_id END) AS private_stories,
     count(DISTINCT CASE WHEN public THEN c.story_id END) AS public_stories,
     count(DISTINCT CASE WHEN private OR public THEN c.story_id END) AS either_stories,
     count(DISTINCT c.id) AS claims, count(DISTINCT c.approach_id) AS approaches,
     count(DISTINCT c.document_id) AS documents, count(DISTINCT c.story_id) AS stories,
     count(DISTINCT c.claimant_key) AS claimants
RETURN period,
       CASE WHEN period = 'undated' THEN null WHEN $period = 'month' THEN period + '-01'
            WHEN $period = 'year' THEN period + '-01-01'
            ELSE left(period, 4) + ['-01-01', '-04-01', '-07-01', '-10-01'][toInteger(right(period, 1)) - 1]
       END AS period_start, CASE WHEN period = 'undated' THEN null ELSE $period END AS precision,
       CASE WHEN either_stories > 0 THEN round(10000.0 * private_stories / either_stories) / 10000 END AS private_share,
       private_stories, public_stories, either_stories,
       claims, approaches, documents, stories, claimants
ORDER BY period
LIMIT 100001
