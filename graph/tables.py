"""The graph as tables: what the store holds, node by node and relationship by relationship, in pages.

nodes(store, node)               one row a node, in order of id
links(store, node)               one Link a relationship that starts at a node with that label
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.declaration import Node
from graph.rows import LinkKind

if TYPE_CHECKING:
    from graph.store import Store

PAGE = 1_000  # nodes read at once, and the relationships that start at so many
_NODES = "MATCH (n:{label}) WHERE n.id > $after RETURN n.id AS id, properties(n) AS p ORDER BY id LIMIT $page"
_IDS = "MATCH (n:{label}) WHERE n.id > $after RETURN n.id AS id ORDER BY id LIMIT $page"
_LINKS = """
MATCH (a:{label})-[r]->(b)
WHERE a.id > $after AND a.id <= $last
RETURN a.id AS start, labels(b)[0] AS label, b.id AS end, type(r) AS type, properties(r) AS p
ORDER BY start, type, label, end
"""


@dataclass(frozen=True, slots=True)
class Link:
    """One relationship: `kind` is its type with the labels of its ends, which `start` and `end` name by id."""

    kind: LinkKind
    start: str
    end: str
    properties: dict[str, Any]


def nodes(store: "Store", node: Node) -> Iterator[dict[str, Any]]:
    """Yield the properties of every node with a label; values are the driver's, what is absent is left out."""
    after = ""
    while rows := store.read(_NODES.format(label=node.label), {"after": after, "page": PAGE}):
        for row in rows:
            yield {name: value for name, value in row["p"].items() if value is not None}
        after = rows[-1]["id"]


def links(store: "Store", node: Node) -> Iterator[Link]:
    """Yield every relationship that starts at a node with a label."""
    after = ""
    while ids := store.read(_IDS.format(label=node.label), {"after": after, "page": PAGE}):
        last = ids[-1]["id"]
        for row in store.read(_LINKS.format(label=node.label), {"after": after, "last": last}):
            properties = {name: value for name, value in row["p"].items() if value is not None}
            yield Link((row["type"], node.label, row["label"]), row["start"], row["end"], properties)
        after = last
