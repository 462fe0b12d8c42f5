"""Betweenness: the share of the shortest paths between others that lead through a node (Brandes 2001, algorithm 1).

Distances are rustworkx's. Counting the paths of one source takes two walks over the edges that lie on a shortest one,
in the order of their far end, which is many times faster than networkx with the same result.
"""

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx


def betweenness(graph: "nx.Graph[str]", most: int, *, weight: str) -> dict[str, float]:
    """Return the betweenness of every node, 0 to 1, with `weight` as the positive length of an edge.

    Paths are counted from `most` nodes, drawn always the same, where there are more; then it is an estimate.
    """
    import numpy as np
    import rustworkx

    nodes = list(graph)
    number = {node: place for place, node in enumerate(nodes)}
    edges = [(number[a], number[b], graph[a][b][weight]) for a, b in graph.edges]
    if len(nodes) < 3 or not edges:
        return dict.fromkeys(nodes, 0.0)
    network = rustworkx.PyGraph(multigraph=False)
    network.add_nodes_from(nodes)
    network.add_edges_from(edges)
    ways = [*edges, *((b, a, length) for a, b, length in edges)]
    tails, heads, lengths = (np.array(column) for column in zip(*ways, strict=True))
    sources = random.Random(1).sample(range(len(nodes)), min(most, len(nodes)))
    total = [0.0] * len(nodes)
    for source in sources:
        distance = np.full(len(nodes), np.inf)
        found = rustworkx.dijkstra_shortest_path_lengths(network, source, float)
        distance[list(found.keys())] = list(found.values())
        distance[source] = 0.0
        on_path = np.flatnonzero(distance[tails] + lengths == distance[heads])
        on_path = on_path[np.isfinite(distance[heads[on_path]])]
        order = on_path[np.argsort(distance[heads[on_path]], kind="stable")]
        steps = list(zip(tails[order].tolist(), heads[order].tolist(), strict=True))
        paths, owed = [0.0] * len(nodes), [0.0] * len(nodes)
        paths[source] = 1.0
        for tail, head in steps:
            paths[head] += paths[tail]
        for tail, head in reversed(steps):
            owed[tail] += paths[tail] / paths[head] * (1 + owed[head])
        owed[source] = 0.0
        total = [a + b for a, b in zip(total, owed, strict=True)]
    scale = len(nodes) / len(sources) / ((len(nodes) - 1) * (len(nodes) - 2))
    return {node: total[place] * scale for place, node in enumerate(nodes)}
