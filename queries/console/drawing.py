"""The nodes and relationships that a query returned, each once, as a picture needs them."""

from collections.abc import Iterable, Iterator
from typing import Any

from neo4j.graph import Node, Path, Relationship

from graph.store import Store
from graph.values import plain

NODES = 2_000
RELATIONSHIPS = 5_000
TEXT_CHARACTERS = 300  # of a property: a picture has no room for a document's text
NOT_DRAWN = ("search", "signature", "traces")  # lists by which nodes are found and compared
_ENDS = """
UNWIND $keys AS key
MATCH (n) WHERE elementId(n) = key
RETURN key, labels(n) AS labels, properties(n) AS properties
"""

Graph = dict[str, list[dict[str, Any]]]


def drawn(store: Store, values: Iterable[list[Any]]) -> tuple[Graph, bool]:
    """Return {nodes, relationships} of all that the rows hold, and whether some were left out.

    The ends of a relationship are always among the nodes; where the rows do not hold them they are read.
    """
    nodes: dict[str, dict[str, Any]] = {}
    relationships: dict[str, Relationship] = {}
    more = False
    for entity in _entities(values):
        if isinstance(entity, Node):
            if len(nodes) < NODES or entity.element_id in nodes:
                nodes[entity.element_id] = _node(entity.labels, dict(entity), entity.element_id)
            else:
                more = True
        elif len(relationships) < RELATIONSHIPS or entity.element_id in relationships:
            relationships[entity.element_id] = entity
        else:
            more = True
    missing = {end.element_id for one in relationships.values() for end in _ends(one)} - nodes.keys()
    more = more or len(nodes) + len(missing) > NODES
    if keys := sorted(missing)[: max(0, NODES - len(nodes))]:
        for row in store.read(_ENDS, {"keys": keys}):
            nodes[row["key"]] = _node(row["labels"], row["properties"], row["key"])
    shown = [
        _relationship(one, *(nodes[end.element_id]["id"] for end in _ends(one)))
        for one in relationships.values()
        if all(end.element_id in nodes for end in _ends(one))
    ]
    return {"nodes": list(nodes.values()), "relationships": shown}, more


def _entities(value: Any) -> Iterator[Node | Relationship]:
    """Yield every node and relationship in a value, however deep."""
    if isinstance(value, Path):
        yield from value.nodes
        yield from value.relationships
    elif isinstance(value, Node | Relationship):
        yield value
    elif isinstance(value, dict):
        yield from _entities(list(value.values()))
    elif isinstance(value, list | tuple) and not hasattr(value, "iso_format"):
        for item in value:
            yield from _entities(item)


def _ends(relationship: Relationship) -> Iterator[Node]:
    """Yield start and end; they may hold nothing but their element id."""
    for node in relationship.nodes:
        if node is not None:  # a node without properties is false
            yield node


def _node(labels: Iterable[str], properties: dict[str, Any], key: str) -> dict[str, Any]:
    """Return a node under an id that is its alone: ids of the graph are unique within a label."""
    names = sorted(labels)
    id = f"{':'.join(names)}:{properties.get('id') or key}"
    caption = properties.get("name") or properties.get("id") or id
    return {"id": id, "labels": names, "caption": str(caption), "properties": _properties(properties)}


def _relationship(relationship: Relationship, start: str, end: str) -> dict[str, Any]:
    return {
        "id": f"{start} {relationship.type} {end}",
        "type": relationship.type,
        "start": start,
        "end": end,
        "caption": relationship.type.lower().replace("_", " "),
        "properties": _properties(dict(relationship)),
    }


def _properties(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: _short(plain(value)) for name, value in sorted(properties.items()) if name not in NOT_DRAWN}


def _short(value: Any) -> Any:
    if isinstance(value, str) and len(value) > TEXT_CHARACTERS:
        return value[:TEXT_CHARACTERS] + "…"
    return value
