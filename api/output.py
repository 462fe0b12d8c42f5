"""Rows as text: JSON, CSV, newline-delimited JSON, and a table for people. The command line and the API share it.

{"items": [row, …], "total": 153, "next": "…"}     json; `notes` is added where there are any
one row a line                                     csv (safe to open in a spreadsheet) and ndjson
tables                                             see api/table.py
"""

import csv
import io
import sys
from collections.abc import Sequence
from typing import Any, Literal, TextIO

from api.values import cell, json_text
from graph.frame import Row

Format = Literal["table", "csv", "json", "ndjson"]
FORMATS: tuple[Format, ...] = ("table", "csv", "json", "ndjson")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what makes a spreadsheet evaluate a cell


def text(
    columns: Sequence[str],
    rows: Sequence[Row],
    format: str,
    *,
    total: int | None = None,
    next: str | None = None,
    notes: Sequence[str] = (),
) -> str:
    """Return `rows` as one string in `format`, one of FORMATS, with the columns in the order given.

    `total` is the number of rows of the whole answer (default: those given) and `next` says how to get the next page.
    A format without room for total, next and notes leaves them out.
    """
    if format == "csv":
        return csv_text(columns, rows)
    if format == "ndjson":
        return "".join(json_text({name: row.get(name) for name in columns}) + "\n" for row in rows)
    if format == "json":
        items = [{name: row.get(name) for name in columns} for row in rows]
        answer: dict[str, Any] = {"items": items, "total": len(rows) if total is None else total, "next": next}
        return json_text(answer | ({"notes": list(notes)} if notes else {})) + "\n"
    from api import table

    return table.plain(columns, rows, total=total, next=next, notes=notes)


def write(
    columns: Sequence[str],
    rows: Sequence[Row],
    format: str,
    stream: TextIO,
    *,
    total: int | None = None,
    next: str | None = None,
    title: str | None = None,
    notes: Sequence[str] = (),
) -> None:
    """Write `rows` to `stream`; a table on a terminal is fitted to its width and has a title, a piped one has not.

    Notes that the format has no room for go to standard error, so that none is lost.
    """
    if format == "table" and stream.isatty():
        from api import table

        table.show(columns, rows, stream, total=total, next=next, title=title, notes=notes)
        return
    stream.write(text(columns, rows, format, total=total, next=next, notes=notes))
    if format in ("csv", "ndjson"):
        sys.stderr.writelines(f"{note}\n" for note in notes)


def csv_text(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Return `rows` as CSV with a header line, in which no text can act as a spreadsheet formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_csv_cell(row.get(name)) for name in columns] for row in rows)
    return buffer.getvalue()


def _csv_cell(value: Any) -> str:
    shown = repr(value) if isinstance(value, float) else cell(value)
    harmless = isinstance(value, int | float) or not shown.startswith(_FORMULA)
    return shown if harmless else "'" + shown
