"""`RECRUITS` and `RECRUITS_DENIED`: one relationship per region and field, or what is above them."""

from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any

from graph.counts import Claims, count
from graph.declaration import COUNTS
from graph.derived import Pair, cell_pairs
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


def write_cells(run: Run, claims: Claims, stated: Collection[Pair] | None) -> None:
    """Count the cells of some stated pairs and of their ancestors, or all, and write them instead of what is there.

    A pair without claims loses its cell.
    """
    wanted = None if stated is None else {pair for region, field in stated for pair in cell_pairs([region], [field])}
    for type, modalities in CELLS.items():
        if wanted is None:
            run(_REMOVE_ALL.format(type=type))
        else:
            run_rows(run, _REMOVE.format(type=type), _by_region(wanted))
        cells: dict[Pair, int] = {}
        groups = [
            [
                cells.setdefault(pair, len(cells))
                for pair in (cell_pairs(regions, fields) if modality in modalities else ())
                if wanted is None or pair in wanted
            ]
            for modality, regions, fields in claims.stated
        ]
        run_rows(run, _CREATE.format(type=type, properties=_PROPERTIES), _rows(claims, groups, list(cells)))


def _rows(claims: Claims, groups: list[list[int]], cells: list[Pair]) -> list[dict[str, Any]]:
    if not cells:
        return []
    counts = count(claims, groups, len(cells))
    rows = [
        {"id": f"{region}|{field}", "region": region, "field": field, "first_reported": first, "last_reported": last}
        | {name.name: counts.by_name[name.name][number] for name in COUNTS}
        for number, ((region, field), first, last) in enumerate(zip(cells, counts.first, counts.last, strict=True))
    ]
    return sorted(rows, key=lambda row: (row["region"], row["field"]))


def _by_region(pairs: Iterable[Pair]) -> list[dict[str, Any]]:
    return [
        {"region": region, "fields": [field for _, field in group]}
        for region, group in groupby(sorted(pairs), key=lambda pair: pair[0])
    ]
