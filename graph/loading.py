"""The reference data in the graph: loaded into a new store, and again when its version differs."""

from collections import defaultdict
from typing import Any

from graph import claim_months, ids, ledger, reference
from graph.derived import FIELD_LISTS, REGION_LISTS, levels
from graph.reference import Term
from graph.rows import HOME, search_keys
from graph.schema import NODE_BY_LABEL, NODES, constraints, indexes
from graph.statements import Run, run_rows

EMPTY = ["\x1e"]  # stands for an empty list in a graph that was imported
_IMPORTED = "imported"
_RESTORE = """
MATCH (n:{label}) WHERE n.{name} = $empty
WITH n LIMIT 5000
SET n.{name} = []
RETURN count(n) AS restored
"""
_NODES = "UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n += row"
_LINKS = """
UNWIND $rows AS row
MATCH (a:{start} {{id: row.start}})
MATCH (b:{end} {{id: row.end}})
CREATE (a)-[:{type}]->(b)
"""
_CLEAR = (
    "MATCH (:Region)-[r:PART_OF]->(:Region) DELETE r",
    "MATCH (:Field)-[r:PART_OF]->(:Field) DELETE r",
    "MATCH (:Region)-[r:MEMBER_OF]->(:Region) DELETE r",
    *(f"MATCH (:{label})-[r:{type}]->() WHERE r.document_id IS NULL DELETE r" for label, type in HOME.items()),
)
_CLAIMS = """
MATCH (c:Claim) WHERE c.id > $after
WITH c ORDER BY c.id LIMIT 5000
RETURN c.id AS id, COLLECT { MATCH (c)-[:DESTINATION]->(r:Region) RETURN r.id } AS regions,
       COLLECT { MATCH (c)-[:SEEKS]->(f:Field) RETURN f.id } AS fields
ORDER BY id
"""


def version() -> str:
    """Return what tells an up-to-date store: the version of the reference data, and of what stores keep and look up."""
    return f"{reference.version()}-{ids.digest(*constraints(), *indexes(), claim_months.LAYOUT)[:8]}"


def imported(held: str | None) -> str:
    """Return what a ledger says in a graph that was imported with that version of the reference data."""
    return f"{held} {_IMPORTED}"


def load(run: Run) -> bool:
    """Bring the graph's reference data to the present version; False where it already is.

    Claims stored under an earlier version of it get their derived lists anew, and everything is marked for a recount.
    """
    state = ledger.take(run)
    if state.reference_version == version():
        return False
    if state.reference_version and state.reference_version.endswith(_IMPORTED):
        _restore_empty(run)
    if state.reference_version == imported(version()):  # all is there, but constraints, which `prepare` has made
        ledger.note(run, state, reference_version=version(), pending=state.pending)
        return True
    if state.reference_version is not None:
        for statement in _CLEAR:
            run(statement)
    nodes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    links: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    for term in reference.terms():
        nodes[term.label].append(_node(term))
        for kind, end in _links(term):
            links[kind].append({"start": term.id, "end": end})
    for label, rows in nodes.items():
        run_rows(run, _NODES.format(label=label), rows)
    for (type, start, end), ends in links.items():
        run_rows(run, _LINKS.format(type=type, start=start, end=end), ends)
    pending = [*state.pending, ledger.EVERYTHING]
    if _reference(state.reference_version) != reference.version():
        _derive_again(run)
    ledger.note(run, state, reference_version=version(), pending=pending)
    return True


def _reference(held: str | None) -> str:
    """Return the version of the reference data in what a ledger says."""
    return (held or "").partition("-")[0]


def _restore_empty(run: Run) -> None:
    """Make empty lists of what stands for them in a graph that was imported."""
    for node in NODES:
        for name in (p.name for p in node.properties if p.kind == "strings"):
            while run(_RESTORE.format(label=node.label, name=name), {"empty": EMPTY})[0]["restored"]:
                pass


def _node(term: Term) -> dict[str, Any]:
    known = {property.name for property in NODE_BY_LABEL[term.label].properties}
    node = {
        "id": term.id,
        "name": term.name,
        "name_zh": term.name_zh,
        "aliases": list(term.aliases),
        "search": search_keys(term.id, *term.names()),
        "level": term.level,
        "kind": term.kind,
        "described": False,
    }
    return {name: value for name, value in node.items() if name in known}


def _links(term: Term) -> list[tuple[tuple[str, str, str], str]]:
    found = [(("MEMBER_OF", term.label, term.label), group) for group in term.member_of]
    if term.parent:
        found.append((("PART_OF", term.label, term.label), term.parent))
    if term.based_in and term.label in HOME:
        found.append(((HOME[term.label], term.label, "Region"), term.based_in))
    return found


def _derive_again(run: Run) -> None:
    """Compute the lists of all claims anew from their places and fields."""
    after = ""
    while claims := run(_CLAIMS, {"after": after}):
        rows = [
            {
                "id": claim["id"],
                "lists": levels("Region", claim["regions"], REGION_LISTS)
                | levels("Field", claim["fields"], FIELD_LISTS),
            }
            for claim in claims
        ]
        run_rows(run, "UNWIND $rows AS row MATCH (c:Claim {id: row.id}) SET c += row.lists", rows)
        after = claims[-1]["id"]
