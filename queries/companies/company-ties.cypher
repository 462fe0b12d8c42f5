// How companies are tied
//
// One row per pair of companies and kind of tie. A tie is a claim in which both play a part (one recruits, the other
// mediates, is recruited for or loses people), or a business dealing that a document states; the latter has documents
// and no other count. Each claim counts once in its row. Unnamed companies are marked and never joined with others.
//
// param company company+ = null  Only ties of this company.
// param field field+ = null  Only claims that seek this field or a part of it.
// param since date = null  Leave out claims reported before this day, and those without a date.
// param until date = null  Leave out claims reported after this day, and those without a date.
// param modality modality = "all"  Which claims: positive (asserted, alleged, planned), firm (asserted),
//     negative (denied, negated) or all.
// param order_by string = "claims" in claims|approaches|documents|stories|claimants  Which count comes first, largest
//     on top.
// returns company_id string  Id of the one company.
// returns company string  Its name or description.
// returns role string  Its part: recruiter, on_behalf_of, intermediary or from_employer; or deals_with.
// returns other_id string  Id of the other company.
// returns other string  Its name or description.
// returns other_role string  Its part; or deals_with.
// returns described boolean  Whether one of them is known by a description only.
// returns claims integer  Claims: one sentence saying one thing.
// returns approaches integer  Approaches: several sentences about one approach count once.
// returns documents integer  Documents that state them.
// returns stories integer  Stories: copies and rewrites of one text count once.
// returns claimants integer  Distinct voices that say it.
// behind company_id role other_id other_role
// counted companies
// example
// example --company Huawei
MATCH (a:Company)
WHERE $company IS NULL OR a.id IN $company
CALL (a) {
  MATCH (a)<-[r:RECRUITER|ON_BEHALF_OF|INTERMEDIARY|FROM_EMPLOYER]-(c:Claim)
  WHERE c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at
  AND c.modality IN $modality
  AND ($since IS NULL OR c.reported_on >= $since)
  AND ($until IS NULL OR c.reported_on <= $until)
  AND ($reliability IS NULL OR c.publisher_id IN $reliability)
  AND ($language IS NULL OR EXISTS { MATCH (c)-[:STATED_IN]->(text:Document) WHERE text.lang IN $language })
    AND ($field IS NULL OR any(f IN $field WHERE f IN c.field_groups OR f IN c.field_codes OR f IN c.field_terms))
  MATCH (c)-[s:RECRUITER|ON_BEHALF_OF|INTERMEDIARY|FROM_EMPLOYER]->(b:Company)
  WHERE b.id > a.id OR ($company IS NOT NULL AND b.id <> a.id AND NOT b.id IN $company)
  RETURN toLower(type(r)) AS role, b, toLower(type(s)) AS other_role,
         count(DISTINCT c.id) AS claims, count(DISTINCT c.approach_id) AS approaches,
     count(DISTINCT c.document_id) AS documents, count(DISTINCT c.story_id) AS stories,
     count(DISTINCT c.claimant_key) AS claimants
UNION
  MATCH (a)-[deal:DEALS_WITH]-(b:Company)
  WHERE (b.id > a.id OR ($company IS NOT NULL AND NOT b.id IN $company))
    AND EXISTS { MATCH (d:Document {id: deal.document_id})
      WHERE d.known_at <= $known_at AND coalesce(d.known_until, '~') > $known_at
        AND ($since IS NULL OR d.date >= $since) AND ($until IS NULL OR d.date <= $until)
        AND ($reliability IS NULL OR EXISTS { MATCH (d)-[:PUBLISHED_BY]->(p:Publisher) WHERE p.id IN $reliability }
          OR 'unstated' IN $reliability AND NOT EXISTS { MATCH (d)-[:PUBLISHED_BY]->(:Publisher) })
        AND ($language IS NULL OR d.lang IN $language) }
    AND $field IS NULL
  RETURN 'deals_with' AS role, b, 'deals_with' AS other_role, null AS claims, null AS approaches,
         count(DISTINCT deal.document_id) AS documents, null AS stories, null AS claimants
}
RETURN a.id AS company_id, a.name AS company, role, b.id AS other_id, b.name AS other, other_role,
       coalesce(a.described, false) OR coalesce(b.described, false) AS described,
       claims, approaches, documents, stories, claimants
ORDER BY claims IS NULL,
         CASE $order_by WHEN 'claims' THEN claims WHEN 'approaches' THEN approaches WHEN 'documents' THEN documents
                        WHEN 'stories' THEN stories ELSE claimants END DESC,
         documents DESC, company, other, role, other_role, company_id, other_id
