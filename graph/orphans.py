"""Entities that no document mentions any more: they go, unless they are reference data or somebody rated them."""

from collections.abc import Mapping, Sequence

from graph import reference
from graph.schema import NODE_BY_LABEL
from graph.statements import Run, run_rows

_NEAR = """
UNWIND $rows AS row
MATCH (d:Document {id: row})
OPTIONAL MATCH (d)<-[:STATED_IN]-(c:Claim)
WITH d, collect(c) AS claims
UNWIND claims + [d] AS near
MATCH (near)-->(n)
RETURN DISTINCT labels(n)[0] AS label, n.id AS id
"""
_DESCRIBED = tuple(
    f"""
    UNWIND $rows AS row
    MATCH (:Document {{id: row}}){path}()-[said:BASED_IN|DEALS_WITH|RUN_BY]->(n)
    WHERE said.document_id = row
    RETURN DISTINCT labels(n)[0] AS label, n.id AS id
    """
    for path in ("<-[:STATED_IN]-(:Claim)-->", "-[:MENTIONS]->")
)
_DELETE = """
UNWIND $rows AS row
MATCH (n:{label} {{id: row}})
WHERE n.reliability IS NULL AND NOT EXISTS {{ MATCH (n)--() }}
DELETE n
RETURN row AS id
"""
_KEPT_BY_THEMSELVES = ("Document", "Claim", "Story")  # deleted by other statements


def beside(run: Run, documents: Sequence[str]) -> dict[str, set[str]]:
    """Return the ids, by label, of what these documents and their claims name, and descriptions there; no reference."""
    found: dict[str, set[str]] = {}
    for statement in (_NEAR, *_DESCRIBED):
        for row in run_rows(run, statement, documents):
            known = reference.by_id(row["label"]) if row["label"] in NODE_BY_LABEL else {}
            if row["label"] not in _KEPT_BY_THEMSELVES and row["id"] not in known:
                found.setdefault(row["label"], set()).add(row["id"])
    return found


def delete(run: Run, entities: Mapping[str, set[str]]) -> dict[str, int]:
    """Delete those of these entities that nothing is tied to any more; return how many, by label."""
    return {
        label: len(run_rows(run, _DELETE.format(label=label), sorted(ids))) for label, ids in sorted(entities.items())
    }
