"""Positions for drawing a graph: the same for the same graph, whatever the order in which it is given."""

from collections.abc import Iterable

STEPS = 80  # of the force-directed layout


def positions(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> dict[str, tuple[float, float]]:
    """Return x and y from -1 to 1 for each node.

    Fruchterman and Reingold's layout from a circle, in a fixed order and without chance: connected nodes attract each
    other, all nodes repel each other. 500 nodes take about a second.
    """
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(nodes))
    graph.add_edges_from(sorted({(min(pair), max(pair)) for pair in edges if pair[0] != pair[1]}))
    if len(graph) < 2:
        return dict.fromkeys(graph, (0.0, 0.0))
    circle = nx.circular_layout(graph)
    placed = nx.spring_layout(graph, pos=circle, iterations=STEPS, seed=1, method="force")
    return {node: (round(float(x), 4), round(float(y), 4)) for node, (x, y) in placed.items()}
