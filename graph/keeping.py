"""Keeping the store's own notes: records of the internal labels, by id.

They belong to nobody's answers: writing them leaves the revision as it is.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from graph.frame import Row
from graph.schema import NODE_BY_LABEL
from graph.statements import Run, run_rows

_KEEP = "UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n += row.properties"
_FORGET = "UNWIND $rows AS row MATCH (n:{label} {{id: row}}) DELETE n"
_KEPT = "MATCH (n:{label}) RETURN properties(n) AS properties ORDER BY n.id"


def keep(run: Run, label: str, records: Sequence[Mapping[str, Any]]) -> None:
    """Write records by their `id`; what a record does not name stays, what it gives as None goes."""
    properties = checked(label)
    for record in records:
        if unknown := record.keys() - properties:
            raise ValueError(f"{label} has no property {', '.join(sorted(unknown))}; declare it in graph.bookkeeping.")
    rows = [{"id": record["id"], "properties": {"name": record["id"], **record}} for record in records]
    run_rows(run, _KEEP.format(label=label), rows)


def forget(run: Run, label: str, ids: Sequence[str]) -> None:
    """Delete the records with these ids; unknown ones are passed over."""
    checked(label)
    run_rows(run, _FORGET.format(label=label), list(ids))


def query(label: str) -> str:
    """Return the query for all records of a label, in order of id; each row is {properties}."""
    checked(label)
    return _KEPT.format(label=label)


def kept(rows: Sequence[Row]) -> list[Row]:
    """Return the records that `query` found."""
    return [row["properties"] for row in rows]


def checked(label: str) -> set[str]:
    """Return the names of an internal label's properties; ValueError for any other label."""
    node = NODE_BY_LABEL.get(label)
    if node is None or not node.internal:
        raise ValueError(f"{label} is no internal label.")
    return {p.name for p in node.properties}
