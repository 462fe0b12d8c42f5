"""Rows as text: JSON, CSV, newline-delimited JSON, and a table for people. The command line and the API share it.

{"items": [row, …], "total": 153, "next": "…"}     json; `notes` is added where there are any
one row a line                                     csv (safe to open in a spreadsheet) and ndjson, see api/formats
tables                                             see api/table.py
"""

import sys
from collections.abc import Sequence
from typing import Any, Literal, TextIO

from api import formats
from api.values import json_text
from graph.frame import Row

Format = Literal["table", "csv", "json", "ndjson"]
FORMATS: tuple[Format, ...] = ("table", "csv", "json", "ndjson")


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
    if format in ("csv", "ndjson"):
        untyped = [formats.Column(name) for name in columns]  # text has no use for types
        return b"".join(formats.FORMATS[format].pieces(untyped, rows)).decode()
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
        warn(len(rows), total=total, next=next, notes=notes)


def warn(rows: int, *, total: int | None = None, next: str | None = None, notes: Sequence[str] = ()) -> None:
    """Say on standard error what a file has no room for: that it is not the whole answer, and the notes."""
    cut = total is not None and total > rows
    lines = [f"{rows} of {total} rows." + (f" More with {next}." if next else "")] if cut else []
    sys.stderr.writelines(f"{line}\n" for line in [*lines, *notes])
