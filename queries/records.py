"""One record, whole: a claim with its slots, a document with its claims, an entity with its place in the graph."""

from graph.frame import Row
from graph.schema import NODE_BY_LABEL, RELATIONSHIP_BY_TYPE
from graph.store import Store

_CLAIM = """
MATCH (c:Claim {id: $id})-[s:STATED_IN]->(d:Document)
OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(p:Publisher)
RETURN properties(c) AS claim, s.quote AS quote, s.start AS start, s.end AS end,
       d.id AS document_id, d.title AS title, d.url AS url, toString(d.date) AS date, d.author AS author,
       p.name AS publisher
"""
_SLOTS = """
MATCH (c:Claim {id: $id})-[r]->(e)
WHERE type(r) IN $types
RETURN type(r) AS slot, labels(e)[0] AS label, e.id AS id, e.name AS name, properties(r) AS filled
ORDER BY slot, filled.position, filled.start, id
"""
_DOCUMENT = """
MATCH (d:Document {id: $id})
OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(p:Publisher)
OPTIONAL MATCH (d)-[t:TELLS]->(s:Story)
RETURN d.id AS id, d.title AS title, d.url AS url, toString(d.date) AS date, d.lang AS lang, d.author AS author,
       d.text AS text, d.source AS source, d.sample AS sample, d.known_at AS known_at, d.known_until AS known_until,
       p.name AS publisher, s.id AS story_id, t.similarity AS similarity
"""
_CLAIMS_OF_DOCUMENT = """
MATCH (d:Document {id: $id})<-[s:STATED_IN]-(c:Claim)
WHERE c.known_until IS NULL
RETURN c.id AS id, c.name AS name, c.modality AS modality, c.confidence AS confidence,
       s.start AS start, s.end AS end, s.quote AS quote
ORDER BY start, id
"""
_COPIES = """
MATCH (d:Document {id: $id})-[:TELLS]->(:Story)<-[:TELLS]-(o:Document)
WHERE o.id <> d.id AND o.known_until IS NULL
RETURN o.id AS id, o.title AS title, o.url AS url, toString(o.date) AS date
ORDER BY id
"""
# A label cannot be a parameter, and without one the index on id is not used: a label of the schema replaces LABEL.
_ENTITY = """
MATCH (e:LABEL {id: $id})
RETURN properties(e) AS entity
"""
_UPWARD = """
MATCH (e:LABEL {id: $id})-[r]->(o)
WHERE type(r) IN ['PART_OF', 'MEMBER_OF', 'BASED_IN', 'RUN_BY', 'DEALS_WITH']
RETURN type(r) AS relationship, labels(o)[0] AS label, o.id AS id, o.name AS name
ORDER BY relationship, id
"""
# As in the questions, a claim about Hangzhou is one about Zhejiang too. SLOTS are types of the schema: without them the
# embedded engine begins at every claim.
_CLAIMS_OF_ENTITY = """
MATCH (e:LABEL {id: $id})<-[:PART_OF*0..3]-(part:LABEL)
WITH DISTINCT part
MATCH (part)<-[r:SLOTS]-(c:Claim)
WHERE c.known_until IS NULL
RETURN type(r) AS slot, count(DISTINCT c) AS claims
ORDER BY slot
"""

WITHHELD = "a named person"
SLOTS = tuple(
    name
    for name, relationship in RELATIONSHIP_BY_TYPE.items()
    if relationship.starts == ("Claim",) and name not in ("STATED_IN", "CONTINUES")
)


def _plain(properties: Row) -> Row:
    """Return properties with the internal search list left out and dates as ISO text."""
    return {
        name: value.iso_format() if hasattr(value, "iso_format") else value
        for name, value in sorted(properties.items())
        if name not in ("search", "signature", "traces")
    }


def _slot(row: Row, names: bool) -> Row:
    """Return a slot with its words; a person is shown by what they are unless `names`."""
    slot = {"slot": row["slot"].lower(), "label": row["label"], "id": row["id"], "name": row["name"]}
    slot |= _plain(row["filled"])
    if row["label"] != "Person" or names:
        return slot
    role = slot.get("role")
    withheld = {"id": None, "name": WITHHELD, "text": None}
    return slot | withheld | ({"role": WITHHELD} if role and row["name"] in role else {})


def _author(row: Row, names: bool) -> Row:
    """Return a row of a document; who wrote it is withheld unless `names`."""
    return row if names or row["author"] is None else row | {"author": WITHHELD}


def claim(store: Store, id: str, *, names: bool = False) -> Row | None:
    """Return one claim: its own properties, its sentence, its document, and `slots` (each with its words); or None.

    Persons are shown by what they are; `names` shows who they are.
    """
    found = store.read(_CLAIM, {"id": id})
    if not found:
        return None
    row = found[0]
    slots = [_slot(slot, names) for slot in store.read(_SLOTS, {"id": id, "types": list(SLOTS)})]
    evidence = {name: row[name] for name in ("quote", "start", "end")}
    shown = ("title", "url", "date", "author", "publisher")
    source = {"id": row["document_id"]} | {name: _author(row, names)[name] for name in shown}
    return _plain(row["claim"]) | {"evidence": evidence, "document": source, "slots": slots}


def document(store: Store, id: str, *, names: bool = False) -> Row | None:
    """Return one document with its text, its `claims` in the order of the text, and its `copies`; or None.

    `names` shows who wrote it; without it only that somebody is named.
    """
    found = store.read(_DOCUMENT, {"id": id})
    if not found:
        return None
    return _author(found[0], names) | {
        "claims": store.read(_CLAIMS_OF_DOCUMENT, {"id": id}),
        "copies": store.read(_COPIES, {"id": id}),
    }


def entity(store: Store, id: str, label: str) -> Row | None:
    """Return one entity with what it belongs to (`related`) and in how many claims it fills which slot; or None.

    A slot that one of its parts fills, such as a city of a province, counts as its own, as it does in the questions.
    """
    assert label in NODE_BY_LABEL
    own, upward, in_claims = (
        store.read(query.replace("LABEL", label).replace("SLOTS", "|".join(SLOTS)), {"id": id})
        for query in (_ENTITY, _UPWARD, _CLAIMS_OF_ENTITY)
    )
    if not own:
        return None
    slots = [{"slot": row["slot"].lower(), "claims": row["claims"]} for row in in_claims]
    return {"label": label} | _plain(own[0]["entity"]) | {"related": upward, "slots": slots}
