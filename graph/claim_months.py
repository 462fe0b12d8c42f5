"""What is kept of the claims that hold, month by month, so that counting them need not read them one by one.

    ClaimMonth      2025-03           the month in which its claims were reported, or `undated`; its version
    ClaimColumns    2025-03/00000 …   pieces of its claims in columns (graph.columns), in order

A claim belongs to one document, and that to one month. The months that a run touched are written anew when it ends.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from graph.columns import Columns, columns, packed, unpacked
from graph.frame import Row
from graph.schema import UNSTATED
from graph.statements import Run, portions, run_rows

PIECE = 10_000  # characters: a thousand nodes, which are read and exported together, are a message of a fair size
PIECES_AT_ONCE = 1_000
DOCUMENTS_AT_ONCE = 1_000  # the claims of so many are in a message

MONTHS = """
MATCH (m:ClaimMonth)
RETURN m.id AS month, m.version AS version, m.claims AS claims, m.pieces AS pieces
ORDER BY month
"""
_PIECES = "UNWIND $rows AS row MATCH (p:ClaimColumns {id: row}) RETURN p.id AS id, p.content AS content"
_REMOVE = "UNWIND $rows AS row MATCH (n:{label} {{id: row}}) DELETE n"
_CREATE = "UNWIND $rows AS row CREATE (n:{label} {{id: row.id}}) SET n = row"
_DOCUMENTS = """
MATCH (c:Claim)
WHERE c.known_until IS NULL
RETURN DISTINCT c.month AS month, c.document_id AS id
ORDER BY month, id
"""
_DOCUMENTS_OF = """
UNWIND $rows AS row
MATCH (c:Claim {month: row})
WHERE c.known_until IS NULL
RETURN DISTINCT c.month AS month, c.document_id AS id
ORDER BY month, id
"""
_CLAIMS = """
UNWIND $rows AS row
MATCH (d:Document {id: row})<-[:STATED_IN]-(c:Claim)
WHERE c.known_until IS NULL
RETURN row AS document, c.approach_id AS approach, c.story_id AS story, c.claimant_key AS claimant,
       c.modality AS modality, c.reported_on AS day, c.publisher_id AS publisher, d.lang AS lang,
       COLLECT { MATCH (c)-[l:DESTINATION]->(r:Region) RETURN {id: r.id, implied: l.implied} } AS destinations,
       COLLECT { MATCH (c)-[l:ORIGIN]->(r:Region) RETURN {id: r.id, implied: l.implied} } AS origins,
       COLLECT { MATCH (c)-[:SEEKS]->(f:Field) RETURN f.id } AS fields,
       NOT EXISTS { MATCH (c)-[:OFFERS]->(:Incentive) } AS no_incentive,
       NOT EXISTS { MATCH (c)-[v:VIA]->(:Channel) WHERE NOT v.negated } AS no_channel,
       NOT EXISTS { MATCH (c)-[:RECRUITER|ON_BEHALF_OF]->(:Company) } AS no_company
"""


def rewrite(run: Run, months: Collection[str] | None) -> None:
    """Write what is kept of some months, or of all, anew from their claims."""
    kept = {row["month"]: row["pieces"] for row in run(MONTHS) if months is None or row["month"] in months}
    gone = [id for month, pieces in kept.items() for id in _ids(month, pieces)]
    run_rows(run, _REMOVE.format(label="ClaimColumns"), gone)
    run_rows(run, _REMOVE.format(label="ClaimMonth"), sorted(kept))
    documents = run(_DOCUMENTS) if months is None else run_rows(run, _DOCUMENTS_OF, sorted(months))
    of: dict[str, list[str]] = {}
    for row in documents:
        of.setdefault(row["month"], []).append(row["id"])
    for month, ids in of.items():
        found = columns(_claims(run, ids))
        text = packed(found)
        pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
        rows = [{"id": id, "content": piece} for id, piece in zip(_ids(month, len(pieces)), pieces, strict=True)]
        for portion in portions(rows, PIECES_AT_ONCE):
            run(_CREATE.format(label="ClaimColumns"), {"rows": portion})
        row = {"id": month, "version": _version(text), "claims": len(found), "pieces": len(pieces)}
        run(_CREATE.format(label="ClaimMonth"), {"rows": [row]})


def read(run: Callable[[str, Mapping[str, Any]], list[Row]], months: Sequence[Row]) -> dict[tuple[str, str], Columns]:
    """Return the claims of months that `MONTHS` told of, by month and version; without those written anew since."""
    ids = [id for row in months for id in _ids(row["month"], row["pieces"])]
    pieces = (row for portion in portions(ids, PIECES_AT_ONCE) for row in run(_PIECES, {"rows": portion}))
    content = {row["id"]: row["content"] for row in pieces}
    texts = {
        (row["month"], row["version"]): "".join(content.get(id, "") for id in _ids(row["month"], row["pieces"]))
        for row in months
    }
    return {key: unpacked(text) for key, text in texts.items() if _version(text) == key[1]}


def _version(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _ids(month: str, pieces: int) -> list[str]:
    return [f"{month}/{number:05}" for number in range(pieces)]


def _claims(run: Run, documents: list[str]) -> Iterator[Row]:
    for portion in portions(documents, DOCUMENTS_AT_ONCE):
        for claim in run(_CLAIMS, {"rows": portion}):
            places = {
                end: tuple(sorted((place["id"], place["implied"]) for place in claim[end]))
                for end in ("destinations", "origins")
            }
            yield {
                **claim,
                **places,
                "fields": tuple(sorted(claim["fields"])),
                "publisher": claim["publisher"] or UNSTATED,
                "lang": claim["lang"] or "",
            }
