"""What a query of the console is answered with: rows, the graph to draw, the plan, and what was left out."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Truncated:
    """Which limit left something out."""

    rows: bool = False
    bytes: bool = False
    graph: bool = False

    def __bool__(self) -> bool:
        return self.rows or self.bytes or self.graph


@dataclass(slots=True)
class Answer:
    """Rows in plain values; `graph` holds each node and relationship of them once, for drawing.

    nodes           {id, labels, caption, properties}
    relationships   {id, type, start, end, caption, properties}; `start` and `end` are ids of nodes in the same graph

    `plan` is {operator, estimated_rows, details, children}, or None where it was not asked for or the engine has none.
    `withheld` counts the names of persons that were left out; `notes` are sentences for the reader.
    """

    id: str
    columns: list[str]
    rows: list[list[Any]]
    graph: dict[str, list[dict[str, Any]]]
    plan: dict[str, Any] | None
    milliseconds: float
    truncated: Truncated
    withheld: int
    notes: list[str] = field(default_factory=list)
