// Which documents may be translations of each other
//
// One row per pair of documents in different languages whose figures, names, dates and claims agree, most alike first.
// They are not joined: each counts as a story of its own until somebody has looked.
//
// returns likeness float  How far figures, names and claims agree, from 0.9 to about 2.7.
// returns document_id string  One of the two documents.
// returns lang string  Its language.
// returns date date  Its day of publication.
// returns publisher_id string  Id of who published it.
// returns publisher string  Its name.
// returns title string  Its title.
// returns other_id string  The other document.
// returns other_lang string  Its language.
// returns other_date date  Its day of publication.
// returns other_publisher_id string  Id of who published it.
// returns other_publisher string  Its name.
// returns other_title string  Its title.
MATCH (a:Document)-[t:MAY_TRANSLATE]->(b:Document)
WHERE a.known_at <= $known_at AND coalesce(a.known_until, '~') > $known_at
  AND b.known_at <= $known_at AND coalesce(b.known_until, '~') > $known_at
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(p:Publisher)
OPTIONAL MATCH (b)-[:PUBLISHED_BY]->(q:Publisher)
RETURN t.likeness AS likeness, a.id AS document_id, a.lang AS lang, toString(a.date) AS date,
       p.id AS publisher_id, p.name AS publisher, a.title AS title, b.id AS other_id, b.lang AS other_lang,
       toString(b.date) AS other_date, q.id AS other_publisher_id, q.name AS other_publisher,
       b.title AS other_title
ORDER BY likeness DESC, document_id, other_id
