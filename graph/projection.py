"""A read of the store as a networkx graph, and that graph as GraphML; the network of what claims tie together.

(:Region {id: "CN"})      →   node "Region:CN", with `label` and the properties
(a)-[:PART_OF]->(b)       →   edge with `type` and the properties
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import networkx as nx

from graph.declaration import Node
from graph.frame import Row
from graph.schema import NODES

if TYPE_CHECKING:
    from graph.store import Store

    Network = nx.MultiDiGraph[str]
    Ties = nx.Graph[str]

PAGE = 1_000  # nodes read at once, with their outgoing relationships
LEFT_OUT = {"text", "signature", "traces", "search"}  # of nodes: long, or of use to the store alone
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RELATIONSHIPS = """
MATCH (a:{label})-[r]->(b)
WHERE a.id IN $ids
RETURN a.id AS start, labels(b)[0] AS label, b.id AS end, type(r) AS type, properties(r) AS properties
ORDER BY start, type, label, end
"""


def network(store: "Store") -> "Network":
    """Return everything in the store, without the documents' texts; node keys are `Label:id`.

    Values are strings, numbers and booleans; a list becomes one string, joined by semicolons.
    """
    graph: Network = nx.MultiDiGraph()
    kept = [node for node in NODES if not node.internal]
    for node in kept:
        for row in _nodes(store, node):
            graph.add_node(f"{node.label}:{row['id']}", label=node.label, **_plain(row))
    edges = itertools.count()
    for node in kept:
        ids = [key.partition(":")[2] for key, data in graph.nodes(data=True) if data["label"] == node.label]
        for at in range(0, len(ids), PAGE):
            for row in store.read(_RELATIONSHIPS.format(label=node.label), {"ids": ids[at : at + PAGE]}):
                start, end = f"{node.label}:{row['start']}", f"{row['label']}:{row['end']}"
                if end in graph:  # not one that a writer added since its label was read
                    graph.add_edge(start, end, key=f"e{next(edges)}", type=row["type"], **_plain(row["properties"]))
    return graph


def ties(rows: Iterable[Row]) -> "Ties":
    """Return the network of entities that fill slots of the same claims, from rows of what ties two of them.

    A row has `label`, `id` and `name`, the same of the other (`other_id` …), and `stories`; an edge has `stories` and
    `distance`, 1 / stories. Nodes and edges are in the order of their keys, whatever the order of the rows.
    """
    edges = {}
    nodes = {}
    for row in rows:
        ends = []
        for side in ("", "other_"):
            entity = {name: row[side + name] for name in ("label", "id", "name")}
            ends.append(f"{entity['label']}:{entity['id']}")
            nodes[ends[-1]] = entity
        edges[min(ends), max(ends)] = row["stories"]
    graph: Ties = nx.Graph()
    graph.add_nodes_from(sorted(nodes.items()))
    graph.add_edges_from((a, b, {"stories": n, "distance": 1 / n}) for (a, b), n in sorted(edges.items()))
    return graph


def graphml(graph: "Network") -> Iterator[str]:
    """Yield a network as lines of GraphML."""
    yield "<?xml version='1.0' encoding='utf-8'?>"
    yield from nx.generate_graphml(graph)


def _nodes(store: "Store", node: Node) -> Iterator[dict[str, Any]]:
    """Yield the properties of every node with a label, a page at a time in order of id."""
    names = ", ".join(f".{p.name}" for p in node.properties if p.name not in LEFT_OUT)
    query = f"MATCH (n:{node.label}) WHERE n.id > $after RETURN n {{{names}}} AS n ORDER BY n.id LIMIT {PAGE}"
    after = ""
    while rows := store.read(query, {"after": after}):
        yield from (row["n"] for row in rows)
        after = rows[-1]["n"]["id"]


def _plain(properties: dict[str, Any]) -> dict[str, Any]:
    """Return properties as GraphML can hold them, without nulls."""
    return {name: _value(value) for name, value in properties.items() if value is not None}


def _value(value: Any) -> str | int | float | bool:
    if isinstance(value, bool | int | float):
        return value
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return _NO_XML.sub("", text)
