"""What was erased for good: receipts that hold hashes alone, and the names that are kept out of texts.

Erasures            the receipts of a store; `has` knows what was erased when it comes again
withhold            a person's name out of everything that is stored
blanked             names out of one text, each character replaced by one, so that all offsets stay
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from graph.frame import Row
from graph.removal import Removed
from graph.statements import Run, run_rows

if TYPE_CHECKING:
    from graph.store import Store

BLANK = "█"
_DOCUMENTS = """
MATCH (d:Document)
WHERE EXISTS { MATCH (d)-[:MENTIONS]->(:Person {id: $id}) }
   OR EXISTS { MATCH (d)<-[:STATED_IN]-(:Claim)-->(:Person {id: $id}) }
   OR ($name IS NOT NULL AND (d.text CONTAINS $name OR d.author CONTAINS $name))
RETURN d.id AS id, properties(d) AS properties ORDER BY id
"""
_CLAIMS = """
UNWIND $rows AS row
MATCH (c:Claim)-[:STATED_IN]->(:Document {id: row})
RETURN c.id AS id, properties(c) AS properties,
       COLLECT { MATCH (c)-[r]->(n) RETURN {type: type(r), label: labels(n)[0], end: n.id, properties: properties(r)} }
       AS links,
       COLLECT { MATCH (c)-[:DESTINATION]->(r:Region) RETURN r.id } AS regions,
       COLLECT { MATCH (c)-[:SEEKS]->(f:Field) RETURN f.id } AS fields
"""
_SET = "UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n += row"
_SET_LINK = """
UNWIND $rows AS row
MATCH (:Claim {{id: row.id}})-[r:{type}]->(n:{label} {{id: row.end}})
SET r += row.properties
"""
_STORIES = """
UNWIND $rows AS row
MATCH (:Document {id: row})-[:TELLS]->(s:Story)
RETURN s.id AS id, properties(s) AS properties
"""
_QUARANTINED = """
MATCH (q:Quarantined) WHERE q.content CONTAINS $name OR q.given CONTAINS $name
RETURN q.id AS id, properties(q) AS properties
"""
_VOICES = "MATCH (v:Voice) WHERE v.name CONTAINS $name RETURN v.id AS id, properties(v) AS properties"
_DELETE = "MATCH (p:Person {id: $id}) DETACH DELETE p"
_KEYS = {"id", "document_id", "story_id", "approach_id", "claimant_key", "publisher_id", "revision", "extraction"}


class Erasures:
    """The receipts of a store."""

    def __init__(self, store: "Store") -> None:
        records = store.kept("Erased")
        self._salt = records[0]["salt"] if records else secrets.token_hex(16)
        self._hashes = {value for record in records for value in record["hashes"]}
        self.any = bool(records)

    def has(self, *names: str) -> bool:
        """Whether any of these (ids, revisions) was erased."""
        return self.any and any(self._hash(name) in self._hashes for name in names)

    def receipt(self, kind: str, names: Iterable[str], now: str) -> Row:
        """Return the record of an erasure: salted hashes of `names`."""
        hashes = sorted(self._hash(name) for name in set(names))
        id = f"erased-{hashes[0][:20]}"
        return {"id": id, "name": id, "kind": kind, "erased_at": now, "hashes": hashes, "salt": self._salt}

    def _hash(self, name: str) -> str:
        return hmac.new(self._salt.encode(), name.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def blanked(text: str, names: Iterable[str]) -> str:
    """Return a text without these names, nor the single words of them that are written as names are."""
    pattern = _pattern(names)
    return pattern.sub(lambda found: BLANK * len(found[0]), text) if pattern else text


def withhold(run: Run, id: str, name: str, *, bound: bool = False) -> Removed:
    """Delete a person, if there is one of this id, and take the name out of every text that has it.

    `bound` is whether the name is a first name or a pseudonym: it goes from the texts that speak of this person alone.
    """
    pattern = _pattern([name])
    removed = Removed()
    whole = None if bound else name
    documents = run(_DOCUMENTS, {"id": id, "name": whole})
    claims = run_rows(run, _CLAIMS, [document["id"] for document in documents])
    _set(run, "Document", documents, pattern)
    links: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for claim in claims:
        removed.touched.add(claim["properties"]["month"], claim["regions"], claim["fields"])
        for link in claim["links"]:
            if changed := _changed(link["properties"], pattern):
                row = {"id": claim["id"], "end": link["end"], "properties": changed}
                links.setdefault((link["type"], link["label"]), []).append(row)
    for (type, label), changes in sorted(links.items()):
        run_rows(run, _SET_LINK.format(type=type, label=label), changes)
    _set(run, "Claim", claims, pattern)
    anonymous = [
        {"id": claim["id"], "claimant_key": f"{claim['properties']['story_id']}/withheld"}
        for claim in claims
        if claim["properties"].get("claimant_key") == id
    ]
    run_rows(run, _SET.format(label="Claim"), anonymous)
    _set(run, "Voice", run(_VOICES, {"name": name}), pattern)
    _set(run, "Story", run_rows(run, _STORIES, [document["id"] for document in documents]), pattern)
    _set(run, "Quarantined", run(_QUARANTINED, {"name": name}), pattern)
    run(_DELETE, {"id": id})
    return removed


def _set(run: Run, label: str, rows: Iterable[Row], pattern: re.Pattern[str] | None) -> None:
    changed = ((row["id"], _changed(row["properties"], pattern)) for row in rows)
    run_rows(run, _SET.format(label=label), [{"id": id, **properties} for id, properties in changed if properties])


def _changed(properties: Mapping[str, Any], pattern: re.Pattern[str] | None) -> dict[str, Any]:
    """Return the properties in which the name stands, without it."""
    if pattern is None:
        return {}
    texts = {name: value for name, value in properties.items() if isinstance(value, str) and name not in _KEYS}
    found = {name: pattern.sub(lambda match: BLANK * len(match[0]), value) for name, value in texts.items()}
    return {name: value for name, value in found.items() if value != texts[name]}


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what matches the names, whole or any word of them that begins as a name does; None for no name."""
    words: set[str] = set()
    for name in names:
        words.add(name.strip())
        words |= {word for word in re.findall(r"[\w'’-]+", name) if len(word) > 1 and not word[0].islower()}
    words.discard("")
    if not words:
        return None
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(
        "|".join(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])" if word.isascii() else re.escape(word) for word in ordered)
    )
