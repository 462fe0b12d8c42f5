"""What nodes and relationships may carry, as declared columns: the schema's properties, by name."""

from collections.abc import Iterable

from api.formats.column import Column
from graph.declaration import Property
from graph.schema import NODES, RELATIONSHIPS
from graph.subgraph import NOT_FOR_READERS


def of_nodes(*, complete: bool = False) -> list[Column]:
    """Return the properties of all nodes that are given out, each name once."""
    declared = (p for node in NODES if not node.internal for p in node.properties)
    return _columns(p for p in declared if complete or p.name not in NOT_FOR_READERS)


def of_links() -> list[Column]:
    """Return the properties of all relationships, each name once."""
    return _columns(p for relationship in RELATIONSHIPS for p in relationship.properties)


def _columns(properties: Iterable[Property]) -> list[Column]:
    """Return the columns; two properties of one name have one type (a test sees to it)."""
    return [Column(name, kind) for name, kind in {p.name: p.kind for p in properties}.items()]
