"""A Cypher script that makes the same graph in a store that talentgraph has opened: constraints, nodes, relationships.

A statement is one line. It merges, so that it does no harm to run it twice. Any value is a literal in which everything
is escaped that could end it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graph.schema import NODES, RELATIONSHIPS, constraints
from graph.subgraph import StoredLink, StoredNode, Subgraph

ROWS_AT_ONCE = 200
CHARACTERS_AT_ONCE = 500_000
_HEAD = """\
// A graph of talentgraph. Run it on a store that talentgraph has opened once, such as with `talentgraph status`:
//   cypher-shell -a neo4j://localhost:7687 -u neo4j -f FILE
"""
_ESCAPED = re.compile(r"[\\'\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]")
_SHORT = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_PROPERTIES = {node.label: node.properties for node in NODES} | {r.type: r.properties for r in RELATIONSHIPS}
_DAYS = {kind: {p.name for p in properties if p.kind == "date"} for kind, properties in _PROPERTIES.items()}


def pieces(graph: Subgraph) -> Iterator[bytes]:
    """Yield the script, a statement at a time."""
    yield _HEAD.encode()
    for constraint in constraints():
        yield f"{constraint};\n".encode()
    yield from _nodes(graph.nodes())
    yield from _links(graph.links())


def _nodes(nodes: Iterator[StoredNode]) -> Iterator[bytes]:
    batches = _Batches("MERGE (n:{0} {{id: row.id}}) SET n += row")
    for node in nodes:
        yield from batches.add((node.label,), _map(node.label, node.properties))
    yield from batches.rest()


def _links(links: Iterator[StoredLink]) -> Iterator[bytes]:
    """Yield statements for relationships. Of those that documents state, several run between the same two nodes.

    Those of no document come first for two nodes: MERGE, which takes any that is there, then finds none of a document.
    """
    ends = "MATCH (a:{1} {{id: row.a}}) MATCH (b:{2} {{id: row.b}}) "
    plain = _Batches(ends + "MERGE (a)-[r:{0}]->(b) SET r += row.p")
    stated = _Batches(ends + "MERGE (a)-[r:{0} {{document_id: row.p.document_id}}]->(b)")
    for link in links:
        row = f"{{a: {literal(link.start)}, b: {literal(link.end)}, p: {_map(link.type, link.properties)}}}"
        key = (link.type, link.start_label, link.end_label)
        if "document_id" not in link.properties:
            yield from plain.add(key, row)
            continue
        if stated.full(key, row):
            yield from plain.rest()
        yield from stated.add(key, row)
    yield from plain.rest()
    yield from stated.rest()


class _Batches:
    """Rows of one statement for each key, given out when there are enough."""

    def __init__(self, statement: str) -> None:
        self._statement = "UNWIND [{rows}] AS row " + statement
        self._rows: dict[tuple[str, ...], list[str]] = {}
        self._characters: dict[tuple[str, ...], int] = {}

    def full(self, key: tuple[str, ...], row: str) -> bool:
        """Return whether `add` would give out a statement."""
        rows = self._rows.get(key, ())
        return bool(rows) and (len(rows) >= ROWS_AT_ONCE or self._characters[key] + len(row) > CHARACTERS_AT_ONCE)

    def add(self, key: tuple[str, ...], row: str) -> Iterator[bytes]:
        if self.full(key, row):
            yield self._taken(key)
        self._rows.setdefault(key, []).append(row)
        self._characters[key] = self._characters.get(key, 0) + len(row)

    def rest(self) -> Iterator[bytes]:
        for key in list(self._rows):
            yield self._taken(key)

    def _taken(self, key: tuple[str, ...]) -> bytes:
        rows = ", ".join(self._rows.pop(key))
        del self._characters[key]
        head, _, tail = self._statement.partition("{rows}")
        return (head + rows + tail.format(*key) + ";\n").encode()


def _map(kind: str, properties: Mapping[str, Any]) -> str:
    """Return properties, whose names are the schema's, as a map."""
    days = _DAYS[kind]
    values = (
        f"{name}: {f'date({literal(value)})' if name in days else literal(value)}" for name, value in properties.items()
    )
    return "{" + ", ".join(values) + "}"


def literal(value: str | bool | int | float | Sequence[Any]) -> str:
    """Return a value as a Cypher literal on one line; a half of a character becomes U+FFFD."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            return "'" + _ESCAPED.sub(_escape, value) + "'"
    return "[" + ", ".join(literal(item) for item in value) + "]"


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    if character in _SHORT:
        return _SHORT[character]
    return "\\uFFFD" if "\ud800" <= character <= "\udfff" else f"\\u{ord(character):04X}"
