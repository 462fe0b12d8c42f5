"""`RECRUITS` and `RECRUITS_DENIED`: one relationship per region and field, or ancestors of them, with the five counts.

    rebuild   every cell
    recount   the cells of some pairs

Both read the claims' finest lists once, in which all that was stated stands, count here and write the cells anew: that
is several times faster than a walk of the graph for every cell, and takes the same on every engine.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import groupby
from typing import Any

from graph import reference
from graph.derived import Pair, cell_pairs
from graph.frame import Row
from graph.schema import CELL, MODALITY_GROUPS, UNSTATED
from graph.statements import Run, portions, run_rows

CELLS = {"RECRUITS": MODALITY_GROUPS["positive"], "RECRUITS_DENIED": MODALITY_GROUPS["negative"]}
DOCUMENTS_AT_ONCE = 1_000  # the claims of so many are in memory, here and in the engine

_ALL_DOCUMENTS = "MATCH (d:Document) WHERE EXISTS { MATCH (d)<-[:STATED_IN]-(:Claim) } RETURN d.id AS id ORDER BY id"
_DOCUMENTS = """
UNWIND $rows AS row
MATCH (:Region {id: row.region})<-[:PART_OF*0..6]-(:Region)<-[:DESTINATION]-(c:Claim)
WHERE c.known_until IS NULL AND any(field IN c.field_groups + c.field_codes + c.field_terms WHERE field IN row.fields)
RETURN DISTINCT c.document_id AS id
"""
_CLAIMS = f"""
UNWIND $rows AS row
MATCH (:Document {{id: row}})<-[:STATED_IN]-(c:Claim)
WHERE c.known_until IS NULL AND c.countries <> ['{UNSTATED}'] AND c.field_codes <> ['{UNSTATED}']
RETURN row AS document, c.approach_id AS approach, c.story_id AS story, c.claimant_key AS claimant,
       c.modality AS modality, c.reported_on AS reported,
       c.cities AS regions, c.field_terms AS fields
"""
_REMOVE_ALL = "MATCH (:Region)-[cell:{type}]->(:Field) DELETE cell"
_REMOVE = """
UNWIND $rows AS row
MATCH (:Region {{id: row.region}})-[cell:{type}]->(f:Field)
WHERE f.id IN row.fields
DELETE cell
"""
_CREATE = """
UNWIND $rows AS row
MATCH (r:Region {{id: row.region}})
MATCH (f:Field {{id: row.field}})
CREATE (r)-[:{type} {{level: coalesce(r.level, 'none') + '/' + coalesce(f.level, 'none'), {properties}}}]->(f)
"""
_PROPERTIES = ", ".join(f"{p.name}: row.{p.name}" for p in CELL if p.name != "level")


class _Cell:
    """The counts of one cell; a claim belongs to one document, but stories and claimants come again."""

    __slots__ = ("approaches", "claimants", "claims", "documents", "first", "last", "stories")

    def __init__(self) -> None:
        self.claims = 0
        self.approaches: set[str] = set()
        self.documents: set[str] = set()
        self.stories: set[str] = set()
        self.claimants: set[str] = set()
        self.first: datetime.date | None = None
        self.last: datetime.date | None = None

    def count(self, claim: Row) -> None:
        self.claims += 1
        self.approaches.add(claim["approach"])
        self.documents.add(claim["document"])
        self.stories.add(claim["story"])
        self.claimants.add(claim["claimant"])
        day = claim["reported"]
        if day is not None:
            self.first = day if self.first is None or day < self.first else self.first
            self.last = day if self.last is None or day > self.last else self.last

    def properties(self) -> Mapping[str, Any]:
        return {
            "claims": self.claims,
            "approaches": len(self.approaches),
            "documents": len(self.documents),
            "stories": len(self.stories),
            "claimants": len(self.claimants),
            "first_reported": self.first,
            "last_reported": self.last,
        }


def rebuild(run: Run) -> None:
    """Count every cell anew."""
    for type in CELLS:
        run(_REMOVE_ALL.format(type=type))
    _count(run, [row["id"] for row in run(_ALL_DOCUMENTS)], None)


def recount(run: Run, pairs: Iterable[Pair]) -> None:
    """Count the cells of these (region, field) pairs anew; a pair without claims loses its cell."""
    wanted = set(pairs)
    grouped = _by_region(wanted)
    for type in CELLS:
        run_rows(run, _REMOVE.format(type=type), grouped)
    # Whatever claim a pair counts, the pair of their topmost ancestors counts too.
    top = _by_region({(_top("Region", region), _top("Field", field)) for region, field in wanted})
    _count(run, sorted({row["id"] for row in run_rows(run, _DOCUMENTS, top)}), wanted)


def _count(run: Run, documents: list[str], wanted: Collection[Pair] | None) -> None:
    """Write the cells of the wanted pairs, or all, from the claims of these documents."""
    cells: dict[str, dict[Pair, _Cell]] = {type: defaultdict(_Cell) for type in CELLS}
    by_modality = {modality: cells[type] for type, group in CELLS.items() for modality in group}
    same: dict[str, str] = {}  # a story's id is one string here, however often it is read
    for portion in portions(documents, DOCUMENTS_AT_ONCE):
        for claim in run(_CLAIMS, {"rows": portion}):
            for name in ("approach", "document", "story", "claimant"):
                claim[name] = same.setdefault(claim[name], claim[name])
            counted = by_modality[claim["modality"]]
            for pair in cell_pairs(claim["regions"], claim["fields"]):
                if wanted is None or pair in wanted:
                    counted[pair].count(claim)
    for type, found in cells.items():
        rows = [
            {"id": f"{region}|{field}", "region": region, "field": field, **cell.properties()}
            for (region, field), cell in sorted(found.items(), key=lambda item: item[0])
        ]
        run_rows(run, _CREATE.format(type=type, properties=_PROPERTIES), rows)


def _by_region(pairs: Iterable[Pair]) -> list[dict[str, Any]]:
    return [
        {"region": region, "fields": [field for _, field in group]}
        for region, group in groupby(sorted(pairs), key=lambda pair: pair[0])
    ]


def _top(label: str, id: str) -> str:
    ancestors = reference.ancestors(label, id)
    return ancestors[-1].id if ancestors else id
