"""Taking documents out of what the graph says now, or out of the graph altogether.

    remove      claims and document are closed (`known_until`): the graph as known on an earlier day still has them,
                in the story that they told
    erase       they are deleted, with every earlier form, and whatever nothing else mentions

Either way the stories they told are told anew, and what counted them is counted again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from graph import ledger, membership, orphans
from graph.derived import Touched
from graph.frame import StoryMembership
from graph.statements import Run, run_rows

_CLAIMS = """
UNWIND $rows AS row
MATCH (c:Claim)-[:STATED_IN]->(d:Document {id: row})
RETURN c.id AS id, c.known_until AS until, c.month AS month,
       COLLECT { MATCH (c)-[:DESTINATION]->(r:Region) RETURN r.id } AS regions,
       COLLECT { MATCH (c)-[:SEEKS]->(f:Field) RETURN f.id } AS fields
"""
_STORIES = "UNWIND $rows AS row MATCH (:Document {id: row})-[:TELLS]->(s:Story) RETURN DISTINCT s.id AS id"
_CLOSE_CLAIMS = "UNWIND $rows AS row MATCH (c:Claim {id: row}) SET c.known_until = $now"
_CLOSE = "UNWIND $rows AS row MATCH (d:Document {id: row}) SET d.known_until = $now"
_DESCRIPTIONS = tuple(
    f"""
    UNWIND $rows AS row
    MATCH (:Document {{id: row}}){path}()-[said:BASED_IN|DEALS_WITH|RUN_BY]->()
    WHERE said.document_id = row
    WITH DISTINCT said
    DELETE said
    """
    for path in ("<-[:STATED_IN]-(:Claim)-->", "-[:MENTIONS]->")
)
_FORMS = "UNWIND $rows AS row MATCH (d:Document) WHERE d.id = row OR d.id STARTS WITH row + '@' RETURN d.id AS id"
_DELETE_CLAIMS = "UNWIND $rows AS row MATCH (c:Claim)-[:STATED_IN]->(:Document {id: row}) DETACH DELETE c"
_DELETE = "UNWIND $rows AS row MATCH (d:Document {id: row}) DETACH DELETE d"
_DELETE_STORIES = "UNWIND $rows AS row MATCH (s:Story {id: row}) DETACH DELETE s"


@dataclass(slots=True)
class Removed:
    """What went: nodes by label, and what was counted from it."""

    nodes: dict[str, int] = field(default_factory=dict)
    touched: Touched = field(default_factory=Touched)


def stories_of(run: Run, documents: Sequence[str]) -> set[str]:
    """Return the ids of the stories that these documents tell."""
    return {row["id"] for row in run_rows(run, _STORIES, documents)}


def remove(run: Run, documents: Sequence[str], given: Sequence[StoryMembership], now: str) -> Removed:
    """Close documents and their claims; `given` says which of the others tell which story now."""
    told = stories_of(run, documents)
    claims = run_rows(run, _CLAIMS, documents)
    removed = Removed({"Document": len(documents), "Claim": sum(claim["until"] is None for claim in claims)})
    for claim in claims:
        removed.touched.add(claim["month"], claim["regions"], claim["fields"])
    run_rows(run, _CLOSE_CLAIMS, [claim["id"] for claim in claims if claim["until"] is None], now=now)
    run_rows(run, _CLOSE, documents, now=now)
    for statement in _DESCRIPTIONS:
        run_rows(run, statement, documents)
    memberships = {membership.document_id: membership for membership in given}
    stories = membership.plan(run, [], memberships, touched=told)
    membership.join(run, stories)
    removed.touched.update(membership.refresh(run, stories))
    return removed


def erase(run: Run, documents: Sequence[str], given: Sequence[StoryMembership], now: str) -> Removed:
    """Delete documents with their earlier forms and claims, and entities that nothing else mentions then.

    A story that has its id and title from such a document goes too, though documents removed before told it.
    """
    forms = sorted({row["id"] for row in run_rows(run, _FORMS, documents)})
    told = stories_of(run, forms)
    beside = orphans.beside(run, forms)
    removed = remove(run, documents, given, now)
    claims = run_rows(run, _CLAIMS, forms)
    for claim in claims:
        removed.touched.add(claim["month"], claim["regions"], claim["fields"])
    run_rows(run, _DELETE_CLAIMS, forms)
    run_rows(run, _DELETE, forms)
    run_rows(run, _DELETE_STORIES, documents)
    membership.delete_empty(run, told)
    removed.nodes = {"Document": len(forms), "Claim": len(claims), **orphans.delete(run, beside)}
    return removed


def note(run: Run, removed: Removed, state: ledger.Ledger) -> None:
    """Mark what counted what went for a recount."""
    ledger.note(run, state, pending=removed.touched.pending() | set(state.pending))
