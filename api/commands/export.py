"""`talentgraph export`: the whole graph as a file for other tools."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from graph.errors import InputError


def export(
    format: Annotated[Literal["graphml"], typer.Option(help="GraphML: Gephi, yEd, Cytoscape and networkx read it.")],
    output: Annotated[Path | None, typer.Option(help="File to write; without it, standard output.")] = None,
) -> None:
    """Export the graph for other tools.

    Everything but the documents' texts is exported.

    \b
    Examples:
      talentgraph export --format graphml --output talent.graphml
      talentgraph export --format graphml | gzip > talent.graphml.gz
    """
    from api import opening
    from graph import projection

    if output is None and _on_terminal():
        raise InputError("A graph as GraphML is not for reading: give --output FILE, or pass it on through a pipe.")
    if output is not None and not output.resolve().parent.is_dir():
        raise InputError(f"There is no folder {output.resolve().parent} to write {output.name} to. Make it first.")
    with opening.store(opening.settings()) as store:
        network = projection.network(store)
    if output is None:
        for line in projection.graphml(network):
            typer.echo(line)
        return
    try:
        with output.open("w", encoding="utf-8") as stream:
            stream.writelines(f"{line}\n" for line in projection.graphml(network))
    except OSError as error:
        raise InputError(f"{output} cannot be written ({error.strerror}). Choose another --output.") from error
    typer.echo(f"{network.number_of_nodes():,} nodes, {network.number_of_edges():,} relationships → {output}", err=True)


def _on_terminal() -> bool:
    return sys.stdout.isatty()
