"""`talentgraph export`: the whole graph, or what lies around an entity, as a file for other tools."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from api.commands import options
from graph.errors import InputError

if TYPE_CHECKING:
    from graph.store import Store
    from graph.subgraph import Subgraph

Format = Annotated[
    Literal["graphml", "gexf", "jsonld", "cypher", "csv", "ndjson", "parquet"],
    typer.Option(
        "--format",
        help="GraphML or GEXF for Gephi, yEd, Cytoscape, networkx; JSON-LD (schema.org, PROV); a Cypher script that "
        "makes the graph in another store; or two tables, nodes and links.",
    ),
]


def export(
    format: Format,
    output: options.Output = None,
    entity: Annotated[
        str | None, typer.Option(help="Only what lies around this entity: an id, a name, an alias or a Chinese name.")
    ] = None,
    hops: Annotated[
        int,
        typer.Option(
            min=1, max=5, help="With --entity: how far to go. One hop leads to whatever shares claims with the entity."
        ),
    ] = 1,
    names: Annotated[bool, typer.Option(help="Show the names of persons; without it what they are.")] = False,
) -> None:
    """Export the graph for other tools.

    Everything but the documents' texts is exported; the Cypher script has these too. Tables are two files: `--output
    graph.csv` writes graph.nodes.csv and graph.links.csv.

    \b
    Examples:
      talentgraph export --format graphml --output talent.graphml
      talentgraph export --format gexf --entity Zhejiang --output zhejiang.gexf
      talentgraph export --format jsonld | gzip > talent.jsonld.gz
      talentgraph export --format cypher --names | cypher-shell -a neo4j://localhost:7687 -u neo4j
      talentgraph export --format parquet --output talent.parquet
    """
    from api import destination, formats, opening
    from api.formats.graphs import GRAPH_FORMATS, tables

    if format in formats.FORMATS and output is None:
        raise InputError(f"The graph as {format} is two files: give --output FILE.")
    destination.check(output, text=False, what="A graph")
    with opening.store(opening.settings()) as store:
        complete = format in GRAPH_FORMATS and GRAPH_FORMATS[format].complete
        graph = _chosen(store, entity, hops, names=names, complete=complete)
        written = [output]
        if output is not None and format in formats.FORMATS:
            written = []
            for part, columns, rows in tables(graph):
                written.append(output.with_name(f"{output.stem}.{part}{output.suffix}"))
                with destination.opened(written[-1]) as stream:
                    stream.writelines(formats.FORMATS[format].pieces(columns, rows))
        else:
            with destination.opened(output) as stream:
                stream.writelines(GRAPH_FORMATS[format].pieces(graph))
    if output is not None:
        files = ", ".join(map(str, written))
        typer.echo(f"{graph.given_nodes:,} nodes, {graph.given_links:,} relationships → {files}", err=True)


def _chosen(store: "Store", entity: str | None, hops: int, *, names: bool, complete: bool) -> "Subgraph":
    from graph.entities import resolve
    from graph.neighbourhood import neighbourhood
    from graph.subgraph import Subgraph
    from queries.parameters import LABELS

    if entity is None:
        return Subgraph(store, names=names, complete=complete)
    found = resolve(store, entity, LABELS["entity"])
    chosen = neighbourhood(store, found["label"], found["id"], hops)
    return Subgraph(store, chosen, names=names, complete=complete)
