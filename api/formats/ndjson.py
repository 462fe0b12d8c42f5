"""NDJSON: one JSON object a line, UTF-8, keys in the order of the columns."""

from collections.abc import Iterable, Iterator, Sequence

from api.formats.column import Column
from api.values import json_text
from graph.frame import Row


def pieces(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield each row as a line; lists stay lists, a missing value is null."""
    names = [column.name for column in columns]
    for row in rows:
        yield (json_text({name: row.get(name) for name in names}) + "\n").encode()
