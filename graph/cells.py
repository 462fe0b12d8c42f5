"""`RECRUITS` and `RECRUITS_DENIED`: one relationship per region and field, or ancestors of them, with the five counts.

Both ways count from the claims, by one statement: `recount` some pairs, `rebuild` all.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from graph.schema import MODALITY_GROUPS
from graph.statements import Run

CELLS = {"RECRUITS": MODALITY_GROUPS["positive"], "RECRUITS_DENIED": MODALITY_GROUPS["negative"]}
REGIONS_AT_ONCE = 50  # the engine keeps the claims of so many regions in memory

_REMOVE = """
UNWIND $rows AS row
MATCH (:Region {{id: row.region}})-[cell:{type}]->(f:Field)
WHERE row.fields IS NULL OR f.id IN row.fields
DELETE cell
"""
_COUNT = """
UNWIND $rows AS row
MATCH (r:Region {{id: row.region}})<-[:PART_OF*0..3]-(:Region)<-[:DESTINATION]-(c:Claim)
WHERE c.known_until IS NULL AND c.modality IN $modalities
WITH DISTINCT row, r, c
MATCH (c)-[:SEEKS]->(:Field)-[:PART_OF*0..3]->(f:Field)
WHERE row.fields IS NULL OR f.id IN row.fields
WITH r, f, count(DISTINCT c.id) AS claims, count(DISTINCT c.approach_id) AS approaches,
     count(DISTINCT c.document_id) AS documents, count(DISTINCT c.story_id) AS stories,
     count(DISTINCT c.claimant_key) AS claimants, min(c.reported_on) AS first, max(c.reported_on) AS last
CREATE (r)-[:{type} {{id: r.id + '|' + f.id, level: coalesce(r.level, 'none') + '/' + coalesce(f.level, 'none'),
    claims: claims, approaches: approaches, documents: documents, stories: stories, claimants: claimants,
    first_reported: first, last_reported: last}}]->(f)
"""
_COUNTED = """
MATCH (:Claim)-[:DESTINATION]->(stated:Region)
WITH DISTINCT stated
MATCH (stated)-[:PART_OF*0..3]->(r:Region)
RETURN DISTINCT r.id AS region ORDER BY region
"""


def recount(run: Run, pairs: Iterable[tuple[str, str]]) -> None:
    """Count the cells of these (region, field) pairs anew; a pair without claims loses its cell."""
    grouped = [
        {"region": region, "fields": sorted(field for _, field in group)}
        for region, group in groupby(sorted(set(pairs)), key=lambda pair: pair[0])
    ]
    for start in range(0, len(grouped), REGIONS_AT_ONCE):
        _count(run, grouped[start : start + REGIONS_AT_ONCE], remove=True)


def rebuild(run: Run) -> None:
    """Count every cell anew."""
    for type in CELLS:
        run(f"MATCH (:Region)-[cell:{type}]->(:Field) DELETE cell")
    regions = [{"region": row["region"], "fields": None} for row in run(_COUNTED)]
    for start in range(0, len(regions), REGIONS_AT_ONCE):
        _count(run, regions[start : start + REGIONS_AT_ONCE], remove=False)


def _count(run: Run, rows: Sequence[Mapping[str, object]], *, remove: bool) -> None:
    for type, modalities in CELLS.items():
        if remove:
            run(_REMOVE.format(type=type), {"rows": rows})
        run(_COUNT.format(type=type), {"rows": rows, "modalities": list(modalities)})
