"""Counting anew what is kept of all time: RECRUITS cells and tallies.

    rebuild   all of them
    recount   those that count some pairs of region and field

Both read the claims' finest lists once, in which all that was stated stands, count here and write what was counted:
that is many times faster than a walk of the graph for every count, and takes the same on every engine.
"""

from collections.abc import Collection

from graph.cells import write_cells
from graph.counts import Claims
from graph.derived import Pair
from graph.statements import Run, portions
from graph.tallies import write_tallies

DOCUMENTS_AT_ONCE = 1_000  # the claims of so many are in memory, here and in the engine

_DOCUMENTS = """
MATCH (c:Claim)
WHERE c.known_until IS NULL
RETURN DISTINCT c.story_id AS story, c.document_id AS id
ORDER BY story, id
"""
_CLAIMS = """
UNWIND $rows AS row
MATCH (:Document {id: row})<-[:STATED_IN]-(c:Claim)
WHERE c.known_until IS NULL
RETURN row AS document, c.approach_id AS approach, c.story_id AS story, c.claimant_key AS claimant,
       c.modality AS modality, c.reported_on AS reported, c.reported_on IS NULL AS undated,
       c.cities AS regions, c.field_terms AS fields,
       NOT EXISTS { MATCH (c)-[:ORIGIN]->(:Region) } AS no_origin,
       NOT EXISTS { MATCH (c)-[:OFFERS]->(:Incentive) } AS no_incentive,
       NOT EXISTS { MATCH (c)-[v:VIA]->(:Channel) WHERE NOT v.negated } AS no_channel,
       NOT EXISTS { MATCH (c)-[:RECRUITER|ON_BEHALF_OF]->(:Company) } AS no_company
"""


def rebuild(run: Run) -> None:
    """Count everything anew."""
    _count(run, None)


def recount(run: Run, stated: Collection[Pair]) -> None:
    """Count anew what counts claims that state these (region, field) pairs, or `unstated` for either."""
    if stated:
        _count(run, stated)


def _count(run: Run, stated: Collection[Pair] | None) -> None:
    claims = Claims()
    for portion in portions([row["id"] for row in run(_DOCUMENTS)], DOCUMENTS_AT_ONCE):
        place = {document: number for number, document in enumerate(portion)}
        found = run(_CLAIMS, {"rows": portion})
        for claim in sorted(found, key=lambda claim: (place[claim["document"]], claim["approach"])):
            claims.add(claim)
    write_cells(run, claims, stated)
    write_tallies(run, claims, stated)
