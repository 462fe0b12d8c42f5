"""`RECRUITS` and `RECRUITS_DENIED`: one relationship per region and field, or what is above them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any

from graph.counts import Counts
from graph.derived import Pair, cell_pairs
from graph.frame import Row
from graph.schema import CELL, MODALITY_GROUPS
from graph.statements import Run, run_rows

CELLS = {"RECRUITS": MODALITY_GROUPS["positive"], "RECRUITS_DENIED": MODALITY_GROUPS["negative"]}

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


class Cells:
    """The cells of some stated pairs and of their ancestors, or all: first counted, then written."""

    def __init__(self, stated: Collection[Pair] | None) -> None:
        self._wanted = None if stated is None else {pair for r, f in stated for pair in cell_pairs([r], [f])}
        self._cells: dict[str, dict[Pair, Counts]] = {type: defaultdict(Counts) for type in CELLS}
        self._by_modality = {modality: self._cells[type] for type, group in CELLS.items() for modality in group}

    def count(self, claim: Row) -> None:
        """Count a claim wherever it belongs; claims come in the order that `Counts` needs."""
        counted = self._by_modality[claim["modality"]]
        for pair in cell_pairs(claim["regions"], claim["fields"]):
            if self._wanted is None or pair in self._wanted:
                counted[pair].count(claim)

    def write(self, run: Run) -> None:
        """Write what was counted instead of what is there; a pair without claims loses its cell."""
        for type, found in self._cells.items():
            if self._wanted is None:
                run(_REMOVE_ALL.format(type=type))
            else:
                run_rows(run, _REMOVE.format(type=type), _by_region(self._wanted))
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
