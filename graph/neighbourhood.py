"""What lies around an entity: the ids, by label, of everything that it and its neighbours share claims with.

One hop goes from an entity (a region or field with all its parts) to the claims in which it has a part, to all that
these claims name, the documents that state them and who published these; and to what it belongs to or deals with. The
next hop does so from each entity found, but no persons. Regions and fields come with what they are part of.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from graph.frame import Row
from graph.statements import portions

if TYPE_CHECKING:
    from graph.store import Store

AT_ONCE = 2_000  # ids a statement is sent
GONE_ON_FROM = ("Region", "Field", "Company", "Organisation", "Programme", "Incentive", "Channel", "Publisher")
TREES = ("Region", "Field")

# A label cannot be a parameter, and without one the index on id is not used.
_PARTS = (
    "MATCH (e:{label})<-[:PART_OF*1..3]-(o:{label}) WHERE e.id IN $ids RETURN DISTINCT '{label}' AS label, o.id AS id"
)
_WHOLES = (
    "MATCH (e:{label})-[:PART_OF*1..3]->(o:{label}) WHERE e.id IN $ids RETURN DISTINCT '{label}' AS label, o.id AS id"
)
_CLAIMS = "MATCH (e:{label})<--(o:Claim) WHERE e.id IN $ids RETURN DISTINCT 'Claim' AS label, o.id AS id"
_PUBLISHED = """
MATCH (e:Publisher)<-[:PUBLISHED_BY]-(:Document)<-[:STATED_IN]-(o:Claim)
WHERE e.id IN $ids
RETURN DISTINCT o.id AS id
"""
_DIRECT = """
MATCH (e:{label})-[:PART_OF|MEMBER_OF|BASED_IN|DEALS_WITH|RUN_BY]-(o)
WHERE e.id IN $ids
RETURN DISTINCT labels(o)[0] AS label, o.id AS id
"""
_NAMED = "MATCH (e:{label})-->(o) WHERE e.id IN $ids RETURN DISTINCT labels(o)[0] AS label, o.id AS id"
_SOURCES = """
MATCH (e:Document)-[:PUBLISHED_BY|TELLS]->(o)
WHERE e.id IN $ids
RETURN DISTINCT labels(o)[0] AS label, o.id AS id
"""

Ids = Mapping[str, Collection[str]]


def neighbourhood(store: "Store", label: str, id: str, hops: int) -> dict[str, set[str]]:
    """Return the ids, by label, of an entity's neighbourhood; at least the entity's own."""
    found: dict[str, set[str]] = defaultdict(set, {label: {id}})
    frontier: dict[str, set[str]] = {label: {id}}
    for _ in range(hops):
        claims: set[str] = set()
        for kind, ids in frontier.items():
            parts = {row["id"] for row in _read(store, _PARTS, kind, ids)} if kind in TREES else set()
            claims |= {row["id"] for row in _read(store, _CLAIMS, kind, ids | parts)}
        claims |= {row["id"] for row in _read(store, _PUBLISHED, "Publisher", frontier.get("Publisher", ()))}
        claims -= found["Claim"]
        found["Claim"] |= claims
        around = [row for kind, ids in frontier.items() for row in _read(store, _DIRECT, kind, ids)]
        around += _read(store, _NAMED, "Claim", claims)
        documents = {row["id"] for row in around if row["label"] == "Document"} - found["Document"]
        around += _read(store, _SOURCES, "Document", documents)
        frontier = _added(found, around)
    for kind in TREES:
        _added(found, _read(store, _WHOLES, kind, found[kind]))
    return dict(found)


def _added(found: dict[str, set[str]], rows: Iterable[Row]) -> dict[str, set[str]]:
    """Add what was read to what is found; return what of it is new and can be gone on from."""
    new: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["id"] not in found[row["label"]]:
            found[row["label"]].add(row["id"])
            new[row["label"]].add(row["id"])
    return {label: ids for label, ids in new.items() if label in GONE_ON_FROM}


def _read(store: "Store", query: str, label: str, ids: Collection[str]) -> list[Row]:
    statement = query.format(label=label)
    return [row for portion in portions(sorted(ids), AT_ONCE) for row in store.read(statement, {"ids": portion})]
