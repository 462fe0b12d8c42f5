"""Rows as text: JSON, CSV, newline-delimited JSON, and a table for people. The command line and the API share it.

{"items": [row, …], "total": 153, "next": "…"}     json; `notes` is added where there are any
one row a line                                     csv (safe to open in a spreadsheet) and ndjson
tables                                             see api/table.py
"""

import csv
import io
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TextIO

import orjson

from graph.frame import Row

Format = Literal["table", "csv", "json", "ndjson"]
FORMATS: tuple[Format, ...] = ("table", "csv", "json", "ndjson")

BRIEF = 60  # characters of a property, where a node is shown briefly
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
        return "".join(_json({name: row.get(name) for name in columns}) + "\n" for row in rows)
    if format == "json":
        items = [{name: row.get(name) for name in columns} for row in rows]
        answer: dict[str, Any] = {"items": items, "total": len(rows) if total is None else total, "next": next}
        return _json(answer | ({"notes": list(notes)} if notes else {})) + "\n"
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


def cell(value: Any, *, brief: bool = False) -> str:
    """Return a value as a reader wants it in a cell: nothing for null, lists with semicolons, nodes as Cypher.

    `brief` cuts the long properties of nodes and maps, such as a document's text.
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.6g}"
        case Mapping():
            return _map(value, brief)
        case list() | tuple():
            return "; ".join(cell(item, brief=brief) for item in value)
    return str(value)


def _csv_cell(value: Any) -> str:
    shown = repr(value) if isinstance(value, float) else cell(value)
    harmless = isinstance(value, int | float) or not shown.startswith(_FORMULA)
    return shown if harmless else "'" + shown


def _map(value: Mapping[str, Any], brief: bool) -> str:
    if {"labels", "id", "properties"} <= value.keys():
        return f"(:{':'.join(value['labels'])} {_properties(value['properties'], brief)})"
    if {"type", "start", "end", "properties"} <= value.keys():
        return f"[:{value['type']} {_properties(value['properties'], brief)}]".replace(" {}]", "]")
    return _properties(value, brief)


def _properties(value: Mapping[str, Any], brief: bool) -> str:
    """Return a map as Cypher writes it, what it is known by first."""
    names = sorted(value, key=lambda name: (name != "id", name != "name"))
    shown = {name: _json(value[name]) for name in names}
    if brief:
        shown = {name: text if len(text) <= BRIEF else text[:BRIEF] + " …" for name, text in shown.items()}
    return "{" + ", ".join(f"{name}: {text}" for name, text in shown.items()) + "}"


def _json(value: Any) -> str:
    return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS).decode()


def _plain(value: Any) -> Any:
    """Return what JSON can hold for a value it has no form for: bytes as hexadecimal, driver values as they print."""
    return value.hex() if isinstance(value, bytes) else str(value)
