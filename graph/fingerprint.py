"""One hash of everything a store holds of what documents say.

Two stores have the same hash where they hold the same nodes, relationships and properties. When something became known
is left out, and the store's own notes: the same documents, read on another day or in several goes, have the same hash.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import orjson

from graph.schema import NODES
from graph.values import plain

if TYPE_CHECKING:
    from graph.store import Store

PAGE = 1_000
CLOCK = {"known_at", "known_until"}
_EARLIER = re.compile(r"^((?:document|claim)-[0-9a-f]{20})@[^|]+$")  # the id of an earlier form ends in an instant
_NODES = "MATCH (n:{label}) WHERE n.id > $after RETURN n.id AS id, properties(n) AS p ORDER BY id LIMIT $page"
_LINKS = """
MATCH (a:{label})-[r]->(b)
WHERE a.id > $after AND a.id <= $last
RETURN a.id AS start, labels(b)[0] AS label, b.id AS end, type(r) AS type, properties(r) AS p
"""


def fingerprint(store: "Store") -> str:
    """Return the hash of a store, 32 hexadecimal digits; the order in which a store yields things has no part in it."""
    total = sum(int.from_bytes(hashlib.sha256(line).digest()[:16]) for line in lines(store))
    return f"{total % 2**128:032x}"


def lines(store: "Store") -> Iterator[bytes]:
    """Yield every node and relationship as the line of JSON that is hashed, in no particular order."""
    for node in NODES:
        if node.internal:
            continue
        after = ""
        while rows := store.read(_NODES.format(label=node.label), {"after": after, "page": PAGE}):
            last = rows[-1]["id"]
            links = store.read(_LINKS.format(label=node.label), {"after": after, "last": last})
            after = last
            yield from (_line(node.label, _values(row["p"])) for row in rows)
            for link in links:
                start, end = _timeless(link["start"]), _timeless(link["end"])
                yield _line(node.label, start, link["type"], link["label"], end, _values(link["p"]))


def _line(*parts: Any) -> bytes:
    return orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)


def _values(properties: dict[str, Any]) -> dict[str, Any]:
    return {n: _timeless(plain(v)) for n, v in properties.items() if n not in CLOCK and v is not None}


def _timeless(value: Any) -> Any:
    return _EARLIER.sub(r"\1@", value) if isinstance(value, str) else value
