"""Find a node by what people call it: id, name, alias or Chinese name."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from graph.errors import AmbiguousEntity, UnknownEntity
from graph.frame import Row
from graph.ids import name_key

if TYPE_CHECKING:
    from graph.store import Store

FINDABLE = ("Region", "Field", "Company", "Organisation", "Person", "Programme", "Incentive", "Channel", "Publisher")

# A label cannot be a parameter: LABELS is replaced by labels of the schema, joined by `|`.
_BY_ID = """
MATCH (n:LABELS) WHERE n.id = $text
RETURN labels(n)[0] AS label, n.id AS id, n.name AS name
ORDER BY label
"""
# Names that are never linked outside their document cannot be looked up either. A publisher has no list of names.
_BY_NAME = """
MATCH (n:LABELS)
WHERE $key IN coalesce(n.search, [toLower(n.name)]) AND NOT coalesce(n.described, n.document_bound, false)
RETURN labels(n)[0] AS label, n.id AS id, n.name AS name, n.level AS level,
       COLLECT { MATCH (n)-[:PART_OF*1..3]->(a) RETURN a.id } AS above
ORDER BY label, id
"""
_STARTING = """
MATCH (n:LABELS)
WHERE any(k IN coalesce(n.search, [toLower(n.name)]) WHERE k STARTS WITH $key)
  AND NOT coalesce(n.described, n.document_bound, false)
WITH n, CASE
       WHEN $key IN coalesce(n.search, [toLower(n.name)]) THEN 0
       WHEN toLower(n.name) STARTS WITH $key OR n.name_zh STARTS WITH $key THEN 1
       ELSE 2
     END AS rank,
     CASE n.level WHEN 'country' THEN 0 WHEN 'city' THEN 2 ELSE 1 END
       + CASE WHEN n.level IS NULL THEN 2 ELSE 0 END AS size
RETURN n.id AS id, labels(n)[0] AS label, n.name AS name, n.name_zh AS name_zh, n.level AS level
ORDER BY rank, size, name, label, id LIMIT $limit
"""
_ALL_NAMES = """
MATCH (n:LABELS)
WHERE NOT coalesce(n.described, n.document_bound, false)
RETURN n.id AS id, n.name AS name, coalesce(n.search, [toLower(n.name)]) AS keys
LIMIT 200000
"""
# Store → labels → (the store's revision, what was read then): to fetch every name takes a second.
_names_read: WeakKeyDictionary["Store", dict[str, tuple[int, "Names"]]] = WeakKeyDictionary()
Names = list[tuple[str, str, str]]  # a key, an id, a name


def resolve(store: "Store", text: str, labels: Sequence[str] = FINDABLE) -> Row:
    """Return `{id, label, name}` of the one node with these labels that has this id, name, alias or Chinese name.

    An id goes before a name, and a country or a field before its own parts (Luxembourg is the country).
    Raises UnknownEntity, with names that are near, and AmbiguousEntity, with every candidate.
    """
    joined = "|".join(labels)
    found = store.read(_BY_ID.replace("LABELS", joined), {"text": text.strip()})
    if not found and tuple(labels) != ("Claim",):
        found = _without_parts(store.read(_BY_NAME.replace("LABELS", joined), {"key": name_key(text)}))
    if not found:
        raise UnknownEntity(_unknown(store, text, labels))
    if len(found) > 1:
        candidates = [(row["id"], row["name"]) for row in found]
        listed = "; ".join(f"{row['id']} ({row['name']}, {row['label'].lower()})" for row in found)
        raise AmbiguousEntity(f"`{text}` may be: {listed}. Give the id.", candidates)
    return {name: found[0][name] for name in ("id", "label", "name")}


def find(store: "Store", prefix: str, label: str | None = None, limit: int = 20) -> list[Row]:
    """Return `{id, label, name, name_zh, level}` of nodes with a name, in any language, that begins so.

    Whole names come first, then what is called so, then what has such an alias; in each, larger places first.
    """
    labels = label or "|".join(FINDABLE)
    return store.read(_STARTING.replace("LABELS", labels), {"key": name_key(prefix), "limit": limit})


def _without_parts(rows: list[Row]) -> list[Row]:
    """Leave out parts of a country or field that is a candidate itself."""
    wholes = {row["id"] for row in rows if row["level"] == "country" or row["label"] == "Field"}
    return [row for row in rows if not wholes & set(row["above"])]


def _all_names(store: "Store", labels: str) -> Names:
    """Return every name of nodes with these labels, sorted; read once for each state of the store."""
    revision = store.revision()
    read = _names_read.setdefault(store, {})
    known = read.get(labels)
    if known is None or known[0] != revision:
        rows = store.read(_ALL_NAMES.replace("LABELS", labels))
        known = revision, sorted((key, row["id"], row["name"]) for row in rows for key in row["keys"])
        read[labels] = known
    return known[1]


def _unknown(store: "Store", text: str, labels: Sequence[str]) -> str:
    """Return the message for a name that nothing has, with the names nearest to it."""
    from rapidfuzz import fuzz, process

    what = " or ".join(label.lower() for label in labels) if len(labels) < 4 else "entity"
    message = f"No {what} has the id, name or alias `{text}`."
    if tuple(labels) == ("Claim",):
        return f"{message} The question `claims` lists ids of claims."
    names = _all_names(store, "|".join(labels))
    best = process.extract(name_key(text), [key for key, _, _ in names], scorer=fuzz.ratio, limit=12, score_cutoff=60)
    near = dict.fromkeys(f"{names[index][2]} ({names[index][1]})" for _, _, index in best)
    return f"{message} Did you mean {', '.join(list(near)[:5])}?" if near else message
