"""Rows as a response, by `?format=` or the Accept header.

json      {"items": [row, …], "total": 153, "next": address, "notes": […]}
records   [row, …], for readers that want a bare array
csv, ndjson, parquet    see api/formats
"""

from collections.abc import Sequence
from typing import Any

import orjson
from fastapi import HTTPException, Request, Response

from api.accept import media_range, preference
from api.formats import FORMATS, Column
from api.values import json_text
from graph.errors import WrongParameter
from graph.frame import Row

MEDIA_TYPES = {
    "json": "application/json",
    **{name: form.media_type for name, form in FORMATS.items()},
    "records": "application/json",
}
FORMAT_PARAMETER = {
    "name": "format",
    "in": "query",
    "required": False,
    "description": "Form of the answer; without it the Accept header decides, and JSON where that is silent. "
    "`records` is JSON as a bare array of rows.",
    "schema": {"type": "string", "enum": list(MEDIA_TYPES), "default": "json"},
}


def flag(name: str, text: str) -> bool:
    """Return a truth value given as text; WrongParameter for anything else."""
    if text.casefold() not in ("true", "1", "false", "0"):
        raise WrongParameter(name, f"`{name}` is `{text}`; it must be true or false.")
    return text.casefold() in ("true", "1")


def format_of(request: Request) -> str:
    """Return the format asked for, a key of MEDIA_TYPES; 406 where it is none of them."""
    if (asked := request.query_params.get("format")) is not None:
        if asked not in MEDIA_TYPES:
            raise HTTPException(406, f"format is {asked!r}; it may be {', '.join(MEDIA_TYPES)}.")
        return asked
    header = request.headers.get("accept") or "*/*"
    ranges = [media_range(part) for part in header.split(",")]
    wanted = {name: preference(offered.partition(";")[0], ranges) for name, offered in MEDIA_TYPES.items()}
    best = max(wanted, key=lambda name: wanted[name])  # of equals the first: JSON
    if wanted[best][0] > 0:
        return best
    raise HTTPException(
        406, f"Accept is {header}; what can be served is {', '.join(dict.fromkeys(MEDIA_TYPES.values()))}."
    )


def respond(
    request: Request,
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    total: int | None = None,
    next: str | None = None,
    notes: Sequence[str] = (),
) -> Response:
    """Return `rows` in the format that the request asks for; total and next page also stand in headers."""
    name = format_of(request)
    total = len(rows) if total is None else total
    headers = {"X-Total-Count": str(total)}
    if next:
        headers["Link"] = f'<{next}>; rel="next"'
    if name == "json":
        answer: dict[str, Any] = {"items": ordered(columns, rows), "total": total, "next": next}
        body = encoded(answer | ({"notes": list(notes)} if notes else {}))
    elif name == "records":
        body = encoded(ordered(columns, rows))
    else:
        body = b"".join(FORMATS[name].pieces(columns, rows))
    return Response(body, media_type=MEDIA_TYPES[name], headers=headers)


def ordered(columns: Sequence[Column], rows: Sequence[Row]) -> Sequence[Row]:
    """Return rows whose keys are the columns, in their order: those given, where they are so already."""
    names = [column.name for column in columns]
    if not rows or list(rows[0]) == names:  # all rows of an answer are made alike
        return rows
    return [{name: row.get(name) for name in names} for row in rows]


def encoded(value: Any) -> bytes:
    """Return a value as JSON; what orjson alone refuses goes the slower way."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        return json_text(value).encode()
