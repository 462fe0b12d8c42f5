"""One batch of whole documents into the graph, inside one transaction.

    the same document again                nothing is written
    better extraction of the same text     claims that keep their id keep `known_at`; those no longer read are closed
    a changed text under the same URL      the old text becomes a document of its own, `ID@INSTANT`, which the new one
                                           REPLACES; its claims are closed and stay with it, save those whose sentence
                                           stands unchanged in the same place: they go on

Closed means `known_until` is set. Nothing is deleted but what is derived, and entities that nothing mentions any more.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph import membership, orphans
from graph.derived import Touched
from graph.frame import Extraction, Row, StoryMembership
from graph.rows import LinkKind, Properties, Rows, content_hash, document_rows
from graph.schema import RELATIONSHIP_BY_TYPE
from graph.spelling import one_of
from graph.statements import Run, run_rows

_HASHES = """
UNWIND $rows AS row
MATCH (d:Document {id: row})
RETURN d.id AS id, d.extraction AS extraction, d.known_until AS known_until
"""
_STORED = "UNWIND $rows AS row MATCH (d:Document {id: row}) RETURN properties(d) AS properties"
_OLD_CLAIMS = """
UNWIND $rows AS row
MATCH (c:Claim)-[s:STATED_IN]->(:Document {id: row})
RETURN row AS document, c.id AS id, c.known_at AS known_at, c.known_until AS known_until, c.month AS month,
       s.quote AS quote,
       COLLECT { MATCH (c)-[:DESTINATION]->(r:Region) RETURN r.id } AS regions,
       COLLECT { MATCH (c)-[:SEEKS]->(f:Field) RETURN f.id } AS fields
"""
_CLASHING = """
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})-[s:STATED_IN]->(d:Document)
WHERE s.quote <> row.quote OR d.id <> row.document
RETURN c.id AS id, c.known_at AS known_at
"""
_RENAME = (
    """
    UNWIND $rows AS row
    MATCH (c:Claim {id: row.id})<-[:CONTINUES]-(b:Claim)
    SET b.approach_id = row.earlier
    """,
    """
    UNWIND $rows AS row
    MATCH (c:Claim {id: row.id})
    SET c.id = row.earlier, c.known_until = coalesce(c.known_until, $now),
        c.approach_id = CASE c.approach_id WHEN row.id THEN row.earlier ELSE c.approach_id END
    """,
)
_TAKEN = "UNWIND $rows AS row MATCH (n:{label} {{id: row}}) RETURN n.id AS id"
_CLOSE = "UNWIND $rows AS row MATCH (c:Claim {id: row}) SET c.known_until = $now"
_CLEAR_CLAIMS = "UNWIND $rows AS row MATCH (:Claim {id: row})-[link]->() DELETE link"
_CLEAR_DESCRIPTIONS = tuple(
    f"""
    UNWIND $rows AS row
    MATCH (:Document {{id: row}}){path}()-[said:BASED_IN|DEALS_WITH|RUN_BY]->()
    WHERE said.document_id = row
    WITH DISTINCT said
    DELETE said
    """
    for path in ("<-[:STATED_IN]-(:Claim)-->", "-[:MENTIONS]->")
)
_CLEAR_DOCUMENTS = """
UNWIND $rows AS row
MATCH (:Document {id: row})-[link:PUBLISHED_BY|TELLS|MENTIONS]->()
DELETE link
"""
_CLEAR_TRANSLATIONS = """
UNWIND $rows AS row
MATCH (:Document {id: row})-[link:MAY_TRANSLATE]-(:Document)
WITH DISTINCT link
DELETE link
"""
_EARLIER = "UNWIND $rows AS row CREATE (e:Document {id: row.id}) SET e += row"
_EARLIER_LINKS = (
    """
    UNWIND $rows AS row
    MATCH (d:Document {id: row.id})-[link:REPLACES]->(before:Document)
    MATCH (e:Document {id: row.earlier})
    DELETE link
    CREATE (e)-[:REPLACES]->(before)
    """,
    """
    UNWIND $rows AS row
    MATCH (d:Document {id: row.id})
    MATCH (e:Document {id: row.earlier})
    CREATE (d)-[:REPLACES]->(e)
    """,
    """
    UNWIND $rows AS row
    MATCH (d:Document {id: row.id})-[:PUBLISHED_BY]->(p:Publisher)
    MATCH (e:Document {id: row.earlier})
    CREATE (e)-[:PUBLISHED_BY]->(p)
    """,
    """
    UNWIND $rows AS row
    MATCH (:Document {id: row.id})-[link:TELLS]->(s:Story)
    MATCH (e:Document {id: row.earlier})
    CREATE (e)-[:TELLS {similarity: link.similarity}]->(s)
    """,
    """
    UNWIND $rows AS row
    MATCH (c:Claim)-[link:STATED_IN]->(:Document {id: row.id})
    MATCH (e:Document {id: row.earlier})
    SET c.document_id = row.earlier
    CREATE (c)-[:STATED_IN {quote: link.quote, start: link.start, end: link.end}]->(e)
    DELETE link
    """,
)
_NEW = "UNWIND $rows AS row CREATE (n:{label} {{id: row.id}}) SET n = row"  # nothing to look up
_NODES = "UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row"
_ENTITIES = """
UNWIND $rows AS row
MERGE (n:{label} {{id: row.id}}) ON CREATE SET n += row
WITH n, row
WHERE n.name <> row.name OR coalesce(n.kind, '') <> coalesce(row.kind, '')
RETURN n.id AS id, n.name AS name, n.kind AS kind
"""
_SPELL = "UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n += row"
_LINKS = """
UNWIND $rows AS row
MATCH (a:{start} {{id: row.start}})
MATCH (b:{end} {{id: row.end}})
CREATE (a)-[:{type} {{{properties}}}]->(b)
"""


@dataclass(slots=True)
class Written:
    """What one batch changed."""

    new_documents: int = 0
    changed_documents: int = 0
    unchanged_documents: int = 0
    claims: int = 0
    closed_claims: int = 0
    stories: int = 0
    touched: Touched = field(default_factory=Touched)

    @property
    def anything(self) -> bool:
        return bool(self.new_documents or self.changed_documents or self.stories)


def write_batch(
    run: Run, extractions: Sequence[Extraction], given: Mapping[str, StoryMembership], known_at: str
) -> Written:
    """Write a batch; `given` holds the story memberships that changed, by document id."""
    stored = {row["id"]: row for row in run_rows(run, _HASHES, [e.document.id for e in extractions])}
    changed = [e for e in extractions if _differs(e, stored.get(e.document.id))]
    stories = membership.plan(run, [e.document for e in changed], given)
    written = Written(
        new_documents=sum(e.document.id not in stored for e in changed),
        changed_documents=sum(e.document.id in stored for e in changed),
        unchanged_documents=len(extractions) - len(changed),
        stories=len(stories.moved),
    )
    if not written.anything:
        return written
    rows = {
        e.document.id: document_rows(
            e, stories.told[e.document.id], stories.narrators[stories.told[e.document.id].story_id], known_at
        )
        for e in changed
    }
    written.claims = sum(len(row.claims) for row in rows.values())
    for row in rows.values():
        written.touched.update(row.touched)
    replaced = {id: row for id, row in rows.items() if id in stored}
    beside = orphans.beside(run, sorted(replaced))
    _replace(run, replaced, known_at, written)
    _create(run, rows, stored.keys())
    orphans.delete(run, beside)
    membership.join(run, stories)
    written.touched.update(membership.refresh(run, stories))
    return written


def _differs(extraction: Extraction, stored: Row | None) -> bool:
    return stored is None or stored["known_until"] is not None or stored["extraction"] != content_hash(extraction)


def _replace(run: Run, rows: Mapping[str, Rows], now: str, written: Written) -> None:
    """Take apart what the stored form of these documents holds, keeping what their new form continues."""
    documents = sorted(rows)
    if not documents:
        return
    old = {row["properties"]["id"]: row["properties"] for row in run_rows(run, _STORED, documents)}
    new_claims = {id: document for document, row in rows.items() for id in row.claims}
    old_claims = run_rows(run, _OLD_CLAIMS, documents)
    quotes = {
        claim: properties["quote"]
        for row in rows.values()
        for (claim, _), properties in row.links.get(("STATED_IN", "Claim", "Document"), {}).items()
    }
    kept = {claim["id"] for claim in old_claims if quotes.get(claim["id"]) == claim["quote"]}
    for claim in old_claims:
        written.touched.add(claim["month"], claim["regions"], claim["fields"])
        if claim["id"] in kept and claim["known_until"] is None:
            rows[new_claims[claim["id"]]].claims[claim["id"]]["known_at"] = claim["known_at"]
    gone = [claim["id"] for claim in old_claims if claim["id"] not in kept and claim["known_until"] is None]
    written.closed_claims = len(gone)
    for statement in _CLEAR_DESCRIPTIONS:
        run_rows(run, statement, documents)
    run_rows(run, _CLOSE, gone, now=now)
    stated = [{"id": id, "quote": quote, "document": new_claims[id]} for id, quote in quotes.items()]
    clashing = _earlier(run, "Claim", {row["id"]: row["known_at"] for row in run_rows(run, _CLASHING, stated)})
    for statement in _RENAME:
        run_rows(run, statement, clashing, now=now)
    replaced = {}
    for id, before in old.items():
        if before["revision"] != rows[id].document["revision"]:
            replaced[id] = before["known_at"]
        elif before.get("known_until") is None:
            rows[id].document["known_at"] = before["known_at"]
    earlier = _earlier(run, "Document", replaced)
    run_rows(run, _EARLIER, [_closed(old[row["id"]], row["earlier"], now) for row in earlier])
    for statement in _EARLIER_LINKS:
        run_rows(run, statement, earlier)
    run_rows(run, _CLEAR_CLAIMS, sorted(quotes))
    run_rows(run, _CLEAR_DOCUMENTS, documents)
    run_rows(run, _CLEAR_TRANSLATIONS, documents)


def _earlier(run: Run, label: str, known_at: Mapping[str, str]) -> list[dict[str, str]]:
    """Return {id, earlier} with the id that the earlier form of each gets, from the instant since when it was known.

    Where several fall in one instant, as when a text changes and changes back in one run, they are numbered.
    """
    names = {id: f"{id}@{instant}" for id, instant in known_at.items()}
    asked, number = names, 1
    while asked:
        taken = {row["id"] for row in run_rows(run, _TAKEN.format(label=label), sorted(asked.values()))}
        number += 1
        asked = {id: f"{id}@{known_at[id]}-{number}" for id, name in asked.items() if name in taken}
        names = names | asked
    return [{"id": id, "earlier": name} for id, name in sorted(names.items())]


def _closed(document: Properties, id: str, now: str) -> Properties:
    """Return a stored document's properties as those of an earlier revision."""
    return {"known_until": now} | document | {"id": id}


def _create(run: Run, rows: Mapping[str, Rows], stored: Collection[str]) -> None:
    """Write nodes, then relationships; the ids of a stored document and its claims may be there already."""
    for label, entities in _merged(rows.values()).items():
        given = [{"id": id, **found} for id, found in entities.items()]
        held = run_rows(run, _ENTITIES.format(label=label), given)
        better = [{"id": one["id"], **one_of(one, entities[one["id"]])} for one in held]
        run_rows(run, _SPELL.format(label=label), [row for row, one in zip(better, held, strict=True) if row != one])
    for statement, written in (
        (_NEW, [row for id, row in rows.items() if id not in stored]),
        (_NODES, [row for id, row in rows.items() if id in stored]),
    ):
        run_rows(run, statement.format(label="Document"), [row.document for row in written])
        claims = [{"id": id, **properties} for row in written for id, properties in row.claims.items()]
        run_rows(run, statement.format(label="Claim"), claims)
    links: dict[LinkKind, list[Properties]] = {}
    for row in rows.values():
        for kind, found in row.links.items():
            links.setdefault(kind, []).extend(
                {"start": start, "end": end, "properties": properties} for (start, end), properties in found.items()
            )
    for (type, start, end), ends in links.items():
        if type != "TELLS":  # graph.membership writes them, with their stories
            run_rows(run, _LINKS.format(type=type, start=start, end=end, properties=_given(type)), ends)


def _given(type: str) -> str:
    """Return the properties of a relationship as a map of a row's: set as it is created, they are written once."""
    return ", ".join(f"{p.name}: row.properties.{p.name}" for p in RELATIONSHIP_BY_TYPE[type].properties)


def _merged(rows: Iterable[Rows]) -> dict[str, dict[str, Properties]]:
    """Return the entities of all documents by label and id."""
    merged: dict[str, dict[str, Properties]] = {}
    for row in rows:
        for label, found in row.entities.items():
            entities = merged.setdefault(label, {})
            for id, properties in found.items():
                entities[id] = properties | one_of(properties, entities.get(id, properties))
    return merged
