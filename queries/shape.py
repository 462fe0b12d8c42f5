"""Questions about the shape of the network of entities, answered by networkx on a projection of the claims.

A row given is an edge of graph.projection.ties: two entities that fill slots of the same claims, and the number of
stories that tie them. networkx is loaded when one of these is asked, not before; where it takes seconds for a large
network, rustworkx does the same.
"""

from collections import Counter
from typing import TYPE_CHECKING, Any

from graph.frame import Row

if TYPE_CHECKING:
    import networkx as nx

STEPS = 4  # longest path
CANDIDATES = 200  # paths looked at before they are ranked
PIVOTS = 200  # entities whose shortest paths are counted: with more than these, betweenness is an estimate
DECIMALS = 6


def central(rows: list[Row]) -> list[Row]:
    """Return every entity with its PageRank and betweenness, the highest PageRank first.

    PageRank follows ties in proportion to their stories; betweenness is the share of shortest paths, in which a tie is
    the shorter the more stories it has, that lead through the entity.
    """
    from queries.betweenness import betweenness

    graph = _network(rows)
    ranks = _pagerank(graph)
    between = betweenness(graph, PIVOTS, weight="distance")
    found = [
        {
            **_entity(graph, node),
            "pagerank": round(ranks[node], DECIMALS),
            "betweenness": round(between[node], DECIMALS),
            "ties": graph.degree(node),
        }
        for node in graph
    ]
    return sorted(found, key=lambda row: (-row["pagerank"], row["name"], row["id"]))


def communities(rows: list[Row]) -> list[Row]:
    """Return every entity with its community, the largest community first: Louvain's method with a fixed seed."""
    import networkx as nx

    graph = _network(rows)
    groups = [sorted(group) for group in nx.community.louvain_communities(graph, weight="stories", seed=1)]
    groups.sort(key=lambda group: (-len(group), group[0]))
    found = []
    for number, group in enumerate(groups, start=1):
        members = set(group)
        for node in group:
            inside = sum(1 for other in graph[node] if other in members)
            found.append(
                {
                    "community": number,
                    "members": len(group),
                    **_entity(graph, node),
                    "ties_inside": inside,
                    "ties_outside": graph.degree(node) - inside,
                }
            )
    return sorted(found, key=lambda row: (row["community"], -row["ties_inside"], row["name"], row["id"]))


def bridges(rows: list[Row]) -> list[Row]:
    """Return the ties without which a part of the network would be cut off, those that cut off the most first."""
    import networkx as nx

    graph = _network(rows)
    cut = {tuple(sorted(bridge)) for bridge in nx.bridges(graph)}
    held = nx.restricted_view(graph, [], cut)  # what no bridge holds together
    pieces = {node: number for number, nodes in enumerate(nx.connected_components(held)) for node in nodes}
    tree = nx.Graph((pieces[a], pieces[b]) for a, b in cut)
    sizes = Counter(pieces.values())
    behind: dict[tuple[int, int], int] = {}  # nodes on the far side of a bridge, from the piece to the one below it
    for whole in nx.connected_components(tree):
        below = {piece: sizes[piece] for piece in whole}
        everything = sum(below.values())
        for above, piece in reversed(list(nx.bfs_edges(tree, min(whole)))):
            below[above] += below[piece]
            behind[above, piece] = below[piece]
            behind[piece, above] = everything - below[piece]
    found = []
    for a, b in sorted(cut):
        sides = {a: behind[pieces[b], pieces[a]], b: behind[pieces[a], pieces[b]]}
        inner, outer = sorted((a, b), key=lambda node: (-sides[node], node))
        found.append(
            {
                **_entity(graph, inner),
                **{f"other_{name}": value for name, value in _entity(graph, outer).items()},
                "stories": graph[a][b]["stories"],
                "cut_off": sides[outer],
            }
        )
    return sorted(found, key=lambda row: (-row["cut_off"], -row["stories"], row["name"], row["other_name"], row["id"]))


def paths(rows: list[Row], *, start: str, end: str) -> list[Row]:
    """Return paths of at most STEPS ties between two entities, best evidence first, then the shorter.

    A path is as strong as its weakest tie. Ranked are the CANDIDATES paths that are shortest, where a tie is the
    shorter the more stories it has; a detour between entities that are tied directly is left out.
    """
    import itertools

    import networkx as nx

    graph = _network(rows)
    by_id = {graph.nodes[node]["id"]: node for node in graph}
    if start == end or not {start, end} <= by_id.keys() or not nx.has_path(graph, by_id[start], by_id[end]):
        return []
    found = []
    ways = nx.shortest_simple_paths(graph, by_id[start], by_id[end], weight="distance")
    for nodes in itertools.islice(ways, CANDIDATES):
        detour = any(graph.has_edge(a, b) for i, a in enumerate(nodes) for b in nodes[i + 2 :])
        if len(nodes) - 1 > STEPS or (detour and len(nodes) > 2):
            continue
        stories = [graph[a][b]["stories"] for a, b in itertools.pairwise(nodes)]
        found.append(
            {
                "steps": len(stories),
                "weakest": min(stories),
                "path_ids": [graph.nodes[node]["id"] for node in nodes],
                "path": [graph.nodes[node]["name"] for node in nodes],
                "path_stories": stories,
            }
        )
    return sorted(found, key=lambda row: (-row["weakest"], row["steps"], row["path"], row["path_ids"]))


def _network(rows: list[Row]) -> "nx.Graph[str]":
    from graph.projection import ties

    return ties(rows)


def _entity(graph: "nx.Graph[str]", node: str) -> dict[str, Any]:
    return {name: graph.nodes[node][name] for name in ("label", "id", "name")}


def _pagerank(graph: "nx.Graph[str]") -> dict[str, float]:
    """Return PageRank by its definition; networkx's own needs SciPy."""
    import rustworkx

    if not graph:
        return {}
    network = rustworkx.PyDiGraph()
    number = dict(zip(graph, network.add_nodes_from(list(graph)), strict=True))
    for a, b in graph.edges:
        stories = graph[a][b]["stories"]
        network.add_edges_from([(number[a], number[b], stories), (number[b], number[a], stories)])
    ranks = rustworkx.pagerank(network, weight_fn=float, tol=1e-12, max_iter=200)
    return {node: ranks[place] for node, place in number.items()}
