"""Values of the graph as plain ones that JSON can hold."""

import base64
import math
from typing import Any

from neo4j.graph import Node, Path, Relationship


def plain(value: Any) -> Any:
    """Return numbers, strings, booleans and null as they are, lists and maps likewise, and the rest in plain form.

    A node becomes {labels, id, properties}, a relationship {type, start, end, properties} (`id`, `start`, `end` are the
    nodes' own ids), a path {nodes, relationships}, a date or time its ISO form, bytes their base64.
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple) and not hasattr(value, "iso_format"):
        return [plain(item) for item in value]
    if isinstance(value, Node):
        return {"labels": sorted(value.labels), "id": value.get("id"), "properties": _properties(value)}
    if isinstance(value, Relationship):
        start, end = (node.get("id") if node else None for node in value.nodes)
        return {"type": value.type, "start": start, "end": end, "properties": _properties(value)}
    if isinstance(value, Path):
        return {"nodes": plain(list(value.nodes)), "relationships": plain(list(value.relationships))}
    if isinstance(value, bytes | bytearray):
        return base64.b64encode(value).decode()
    return value.iso_format() if hasattr(value, "iso_format") else str(value)


def _properties(entity: Node | Relationship) -> dict[str, Any]:
    return {key: plain(item) for key, item in sorted(entity.items())}
