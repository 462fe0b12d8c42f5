"""Parquet, by the Rust implementation of Apache Arrow (arro3: 12 MB to install, where pyarrow takes 55).

string   utf8           integer  int64      boolean  boolean
strings  list of utf8   float    float64    date     date32
"""

import datetime
import itertools
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from api.formats.column import Column
from api.values import cell, well_formed
from graph.frame import Row

if TYPE_CHECKING:
    from arro3.core import Array, DataType, RecordBatch, Schema

ROWS_AT_ONCE = 10_000  # of a row group
IN_MEMORY = 4_000_000  # bytes; a larger file waits on the disk
PIECE = 256_000  # bytes
_EPOCH = datetime.date(1970, 1, 1).toordinal()


def pieces(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield a Parquet file; the first piece comes when all rows are written, for the format's index is at its end.

    Raises TypeError or ValueError for a value that is not of its column's type.
    """
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        write(columns, rows, cast(BinaryIO, spool))
        spool.seek(0)
        while piece := spool.read(PIECE):
            yield piece


def write(columns: Sequence[Column], rows: Iterable[Row], stream: BinaryIO) -> None:
    """Write a Parquet file, a row group of ROWS_AT_ONCE at a time; raises what `pieces` does."""
    from arro3.core import RecordBatchReader
    from arro3.io import write_parquet

    schema = _schema(columns)
    failed: list[BaseException] = []
    batches = _batches(columns, rows, schema, failed)
    try:
        reader = RecordBatchReader.from_batches(schema, batches)
        write_parquet(reader, stream, compression="zstd(3)", max_row_group_size=ROWS_AT_ONCE)
    finally:
        for error in failed:  # which arro3 tells in an Exception of no type
            raise error


def _schema(columns: Sequence[Column]) -> "Schema":
    from arro3.core import DataType, Field, Schema

    types = {
        "string": DataType.string(),
        "strings": _list_type(),
        "integer": DataType.int64(),
        "float": DataType.float64(),
        "boolean": DataType.bool(),
        "date": DataType.date32(),
    }
    return Schema([Field(well_formed(column.name), types[column.type], nullable=True) for column in columns])


def _batches(
    columns: Sequence[Column], rows: Iterable[Row], schema: "Schema", failed: list[BaseException]
) -> Iterator["RecordBatch"]:
    from arro3.core import RecordBatch

    source = iter(rows)
    try:
        while portion := list(itertools.islice(source, ROWS_AT_ONCE)):
            arrays = [_ARRAYS[column.type]([row.get(column.name) for row in portion]) for column in columns]
            yield RecordBatch.from_arrays(arrays, schema=schema)
    except BaseException as error:
        failed.append(error)
        raise


def _strings(values: Sequence[Any]) -> "Array":
    from arro3.core import Array, DataType

    return Array([None if value is None else well_formed(cell(value)) for value in values], DataType.string())


def _lists(values: Sequence[Any]) -> "Array":
    from arro3.core import Array, DataType, list_array

    offsets = [0, *itertools.accumulate(len(value or ()) for value in values)]
    items = _strings([item for value in values for item in value or ()])
    missing = Array([value is None for value in values], DataType.bool())
    return list_array(Array(offsets, DataType.int32()), items, type=_list_type(), mask=missing)


def _list_type() -> "DataType":
    from arro3.core import DataType, Field

    return DataType.list(Field("item", DataType.string(), nullable=True))


def _dates(values: Sequence[Any]) -> "Array":
    from arro3.core import Array, DataType

    return Array([None if value is None else _day(value) for value in values], DataType.int32()).cast(DataType.date32())


def _day(value: Any) -> int:
    day = value if isinstance(value, datetime.date) else datetime.date.fromisoformat(value)
    return day.toordinal() - _EPOCH


def _numbers(type: str) -> Callable[[Sequence[Any]], "Array"]:
    def array(values: Sequence[Any]) -> "Array":
        from arro3.core import Array, DataType

        return Array(values, getattr(DataType, type)())

    return array


_ARRAYS: dict[str, Callable[[Sequence[Any]], "Array"]] = {
    "string": _strings,
    "strings": _lists,
    "integer": _numbers("int64"),
    "float": _numbers("float64"),
    "boolean": _numbers("bool"),
    "date": _dates,
}
