"""Formats of the graph, or a part of it, each a stream of bytes over a Subgraph; and its two tables.

GRAPH_FORMATS["graphml"].pieces(Subgraph(store)) → bytes
tables(graph) → ("nodes", columns, rows), ("links", columns, rows)         for the formats of api.formats.FORMATS
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from api.formats import attributes, cypher_script, gexf, graphml, json_ld
from api.formats.column import Column
from graph.frame import Row
from graph.subgraph import Subgraph


@dataclass(frozen=True, slots=True)
class GraphFormat:
    """One format; a `complete` one holds the documents' texts and what is of use to the store alone too."""

    media_type: str
    pieces: Callable[[Subgraph], Iterator[bytes]]
    complete: bool = False


GRAPH_FORMATS = {
    "graphml": GraphFormat("application/graphml+xml", graphml.pieces),
    "gexf": GraphFormat("application/gexf+xml", gexf.pieces),
    "jsonld": GraphFormat("application/ld+json", json_ld.pieces),
    "cypher": GraphFormat("application/x-cypher-query", cypher_script.pieces, complete=True),
}


def tables(graph: Subgraph) -> Iterator[tuple[str, Sequence[Column], Iterator[Row]]]:
    """Yield the graph as two tables; the rows of the first are to be read before the second is asked for."""
    nodes = ({"label": node.label, **node.properties} for node in graph.nodes())
    yield "nodes", [Column("label"), *attributes.of_nodes()], nodes
    ends = ("type", "start_label", "start_id", "end_label", "end_id")
    links = (
        dict(zip(ends, (link.type, link.start_label, link.start, link.end_label, link.end), strict=True))
        | link.properties
        for link in graph.links()
    )
    yield "links", [*map(Column, ends), *attributes.of_links()], links
