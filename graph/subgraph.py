"""The whole graph, or chosen nodes of it, read as two streams: nodes, then the relationships between them.

Subgraph(store).nodes()   →   StoredNode("Region", "CN-ZJ", {"id": "CN-ZJ", "name": "Zhejiang", …}), …
Subgraph(store).links()   →   StoredLink("PART_OF", "Region", "CN-ZJ", "Region", "CN", {}), …

A page is in memory at a time, with the ids of all nodes: a relationship to a node that a writer added meanwhile, which
was not given out, is not given out either.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph.schema import NODE_BY_LABEL, NODES, RELATIONSHIP_BY_TYPE, personal
from graph.statements import portions
from graph.values import plain

if TYPE_CHECKING:
    from graph.store import Store

PAGE = 1_000  # nodes read at once, or nodes whose relationships are
NOT_FOR_READERS = {"text", "signature", "traces", "search"}  # of nodes: long, or of use to the store alone
WITHHELD = "a named person"
_PERSONAL = frozenset(personal())
_AFTER = "MATCH (n:{label}) WHERE n.id > $after RETURN n {{{names}}} AS n ORDER BY n.id LIMIT {page}"
_CHOSEN = "MATCH (n:{label}) WHERE n.id IN $ids RETURN n {{{names}}} AS n ORDER BY n.id"
_LINKS = """
MATCH (a:{label})-[r]->(b)
WHERE a.id IN $ids
RETURN a.id AS start, labels(b)[0] AS label, b.id AS end, type(r) AS type, properties(r) AS properties,
       CASE labels(b)[0] WHEN 'Person' THEN b.name END AS person
"""


@dataclass(frozen=True, slots=True)
class StoredNode:
    """A node: its label, its id, and its properties without nulls; days are ISO text."""

    label: str
    id: str
    properties: dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoredLink:
    """A relationship: its type, both ends by label and id, and its properties without nulls."""

    type: str
    start_label: str
    start: str
    end_label: str
    end: str
    properties: dict[str, Any]


@dataclass
class Subgraph:
    """What is read: `chosen` ids by label, or everything.

    Without `names` persons are shown by what they are: their ids are numbers of this reading, and properties that hold
    names are left out. `complete` adds the
    documents' texts and what is of use to the store alone.
    """

    store: "Store"
    chosen: Mapping[str, Collection[str]] | None = None
    names: bool = False
    complete: bool = False
    given_links: int = 0
    _given: dict[str, dict[str, None]] = field(default_factory=dict)
    _persons: dict[str, str] = field(default_factory=dict)

    def nodes(self) -> Iterator[StoredNode]:
        """Yield the nodes, by label in the order of the schema and by id."""
        self._persons = {} if self.names else self._numbered()
        self._given = {}
        for label in (node.label for node in NODES if not node.internal):
            given = self._given.setdefault(label, {})
            for row in self._rows(label):
                given[row["id"]] = None
                yield self._node(label, row)

    def links(self) -> Iterator[StoredLink]:
        """Yield the relationships between nodes that `nodes` gave out, by start; between two nodes plain ones first."""
        self.given_links = 0
        for label, ids in self._given.items():
            for page in portions(list(ids), PAGE):
                rows = self.store.read(_LINKS.format(label=label), {"ids": page})
                rows.sort(key=_order)
                for row in rows:
                    if row["end"] in self._given.get(row["label"], {}):
                        self.given_links += 1
                        yield self._link(label, row)

    @property
    def given_nodes(self) -> int:
        """How many nodes were given out."""
        return sum(map(len, self._given.values()))

    def _rows(self, label: str) -> Iterator[dict[str, Any]]:
        kept = (
            p.name
            for p in NODE_BY_LABEL[label].properties
            if (self.complete or p.name not in NOT_FOR_READERS) and (self.names or (label, p.name) not in _PERSONAL)
        )
        names = ", ".join(f".{name}" for name in kept)
        if self.chosen is not None:
            for ids in portions(sorted(self.chosen.get(label, ())), PAGE):
                for row in self.store.read(_CHOSEN.format(label=label, names=names), {"ids": ids}):
                    yield row["n"]
            return
        after = ""
        query = _AFTER.format(label=label, names=names, page=PAGE)
        while rows := self.store.read(query, {"after": after}):
            yield from (row["n"] for row in rows)
            after = rows[-1]["n"]["id"]

    def _numbered(self) -> dict[str, str]:
        """Return an id without a name for each person; a person's own id is made of the name."""
        found = self.store.read("MATCH (p:Person) RETURN p.id AS id ORDER BY id")
        return {row["id"]: f"person-{number}" for number, row in enumerate(found, 1)}

    def _node(self, label: str, row: dict[str, Any]) -> StoredNode:
        properties = {name: plain(value) for name, value in row.items() if value is not None}
        if label == "Person" and not self.names:
            id = self._public(label, row["id"])
            kept = {name: value for name, value in properties.items() if name == "document_bound"}
            return StoredNode(label, id, {"id": id, "name": WITHHELD, **kept})
        if "claimant_key" in properties:
            properties["claimant_key"] = self._persons.get(properties["claimant_key"], properties["claimant_key"])
        return StoredNode(label, properties["id"], properties)

    def _link(self, label: str, row: dict[str, Any]) -> StoredLink:
        known = [p.name for p in RELATIONSHIP_BY_TYPE[row["type"]].properties]
        found = row["properties"]
        properties = {name: plain(found[name]) for name in known if found.get(name) is not None}
        if row["label"] == "Person" and not self.names:
            properties.pop("text", None)
            if row["person"] in properties.get("role", ""):
                properties["role"] = WITHHELD
        start, end = self._public(label, row["start"]), self._public(row["label"], row["end"])
        return StoredLink(row["type"], label, start, row["label"], end, properties)

    def _public(self, label: str, id: str) -> str:
        """Return an id as it is given out; a person who was added a moment ago has no number."""
        return id if label != "Person" or self.names else self._persons.get(id, "person-0")


def _order(row: dict[str, Any]) -> tuple[str, ...]:
    return row["start"], row["type"], row["label"], row["end"], row["properties"].get("document_id") or ""
