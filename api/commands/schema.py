"""`talentgraph schema`: the graph's model, as text or as a Mermaid diagram."""

from collections.abc import Iterator
from typing import Annotated

import typer


def schema(
    mermaid: Annotated[bool, typer.Option("--mermaid", help="Print a Mermaid class diagram instead of text.")] = False,
) -> None:
    """Show what may be in the graph.

    \b
    Examples:
      talentgraph schema
      talentgraph schema --mermaid > model.mmd
    """
    if mermaid:
        from graph.schema import mermaid as diagram

        typer.echo(diagram(), nl=False)
        return
    for line in _model():
        typer.echo(line)


def _model() -> Iterator[str]:
    """Yield the model as text, one line each."""
    from graph.declaration import EVERY_NODE
    from graph.schema import NODES, RELATIONSHIPS

    yield "Every node"
    yield from (f"  {p.name:<17} {p.kind:<8} {p.doc}" for p in EVERY_NODE)
    for node in NODES:
        yield ""
        yield f"(:{node.label})  {node.doc}"
        yield from (f"  {p.name:<17} {p.kind:<8} {p.doc}" for p in node.own)
    for relationship in RELATIONSHIPS:
        yield ""
        starts, ends = ("|".join(labels) for labels in (relationship.starts, relationship.ends))
        yield f"(:{starts})-[:{relationship.type}]->(:{ends})"
        yield from (f"  {p.name:<17} {p.kind:<8} {p.doc}" for p in relationship.properties)
