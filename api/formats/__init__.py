"""Flat rows as files of other tools: CSV, NDJSON and Parquet, each a stream of bytes over (columns, rows).

FORMATS["csv"].pieces([Column("name", "string"), Column("claims", "integer")], rows) → header, then lines

A column's type is one of TYPES; a missing or null value is empty, null or null. Rows are pulled as they are written.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from api.formats import csv, ndjson, parquet
from api.formats.column import TYPES, Column
from graph.frame import Row

__all__ = ["FORMATS", "TYPES", "Column", "RowFormat"]


@dataclass(frozen=True, slots=True)
class RowFormat:
    """One format; `text` says whether its bytes are UTF-8 text, that a terminal may show."""

    media_type: str
    text: bool
    pieces: Callable[[Sequence[Column], Iterable[Row]], Iterator[bytes]]


FORMATS = {
    "csv": RowFormat("text/csv; charset=utf-8", True, csv.pieces),
    "ndjson": RowFormat("application/x-ndjson", True, ndjson.pieces),
    "parquet": RowFormat("application/vnd.apache.parquet", False, parquet.pieces),
}
