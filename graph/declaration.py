"""The words in which the graph's model is declared: properties, nodes, relationships.

schema.py says with them what was read from documents, bookkeeping.py what the store notes for itself.
"""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["string", "integer", "float", "boolean", "date", "strings", "integers"]


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node or relationship; null is never stored.

    `indexed` is one by whose value, or range of values, nodes are looked up; `personal` one that names people, who are
    shown only to those who ask for names.
    """

    name: str
    kind: Kind
    doc: str
    indexed: bool = False
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """A label with its properties; every node also has the two of `EVERY_NODE`.

    `internal` nodes hold nothing that was read from a document: they are no part of counts, exports and hash.
    """

    label: str
    doc: str
    own: tuple[Property, ...] = ()
    internal: bool = False

    @property
    def properties(self) -> tuple[Property, ...]:
        return EVERY_NODE + self.own


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship type: its ends (start labels, end labels), how to say it, and what it carries."""

    type: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    phrase: str
    properties: tuple[Property, ...] = field(default=())


EVERY_NODE = (
    Property("id", "string", "Unique within its label; readable where codes exist (`CN-ZJ`, `ai`)."),
    Property("name", "string", "What to show; the common English name, or a sentence for a claim."),
)
COUNTS = (
    Property("claims", "integer", "Claims: one sentence saying one thing."),
    Property("approaches", "integer", "Approaches: several sentences about one approach count once."),
    Property("documents", "integer", "Documents that state them."),
    Property("stories", "integer", "Stories: copies and rewrites of one text count once."),
    Property("claimants", "integer", "Claimants: distinct voices that say it."),
)
