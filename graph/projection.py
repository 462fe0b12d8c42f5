"""Rows of what claims tie together → a networkx graph."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import networkx as nx

from graph.frame import Row

if TYPE_CHECKING:
    Ties = nx.Graph[str]


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
