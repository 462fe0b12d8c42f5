"""Running statements inside a transaction, in portions that every engine takes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import neo4j

from graph.frame import Row

T = TypeVar("T")

ROWS_AT_ONCE = 5_000
CHARACTERS_AT_ONCE = 4_000_000


class Run(Protocol):
    """Run one statement of a transaction and return its rows."""

    def __call__(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]: ...


def runner(transaction: neo4j.Transaction) -> Run:
    """Return the function that runs statements in this transaction."""

    def run(query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        result = transaction.run(query, dict(parameters or {}))
        columns = result.keys()
        return [dict(zip(columns, record.values(), strict=True)) for record in result]

    return run


def run_rows(run: Run, query: str, rows: Sequence[Any], **parameters: Any) -> list[Row]:
    """Run a statement that begins with `UNWIND $rows AS row`, over all rows, a portion at a time."""
    return [found for portion in portions(rows) for found in run(query, {"rows": portion, **parameters})]


def portions(rows: Sequence[T], at_once: int = ROWS_AT_ONCE) -> Iterator[list[T]]:
    """Yield the rows in portions that a message can hold: so many rows, so many characters of text."""
    portion: list[T] = []
    characters = 0
    for row in rows:
        size = len(row["text"]) if isinstance(row, dict) and "text" in row else 0
        if portion and (len(portion) == at_once or characters + size > CHARACTERS_AT_ONCE):
            yield portion
            portion, characters = [], 0
        portion.append(row)
        characters += size
    if portion:
        yield portion
