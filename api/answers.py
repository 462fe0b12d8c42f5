"""Rows as a response: JSON `{"items", "total", "next"}`, CSV or NDJSON, by `?format=` or the Accept header."""

from collections.abc import Sequence

from fastapi import HTTPException, Request, Response

from api import output
from graph.frame import Row

MEDIA_TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "ndjson": "application/x-ndjson",
}
FORMAT_PARAMETER = {
    "name": "format",
    "in": "query",
    "required": False,
    "description": "Form of the answer; without it the Accept header decides, and JSON where that is silent.",
    "schema": {"type": "string", "enum": list(MEDIA_TYPES), "default": "json"},
}


def format_of(request: Request) -> str:
    """Return the format asked for: `json`, `csv` or `ndjson`; 406 where it is none of them."""
    if asked := request.query_params.get("format"):
        if asked not in MEDIA_TYPES:
            raise HTTPException(406, f"format is {asked!r}; it may be {', '.join(MEDIA_TYPES)}.")
        return asked
    accepted = [part.split(";")[0].strip() for part in request.headers.get("accept", "*/*").split(",")]
    for media_type in accepted:
        for name, offered in MEDIA_TYPES.items():
            if media_type == offered.split(";")[0]:
                return name
    if any(media_type in ("*/*", "application/*", "text/html") for media_type in accepted):
        return "json"
    raise HTTPException(406, f"None of {', '.join(accepted)} can be served; ask for {', '.join(MEDIA_TYPES.values())}.")


def respond(
    request: Request,
    columns: Sequence[str],
    rows: Sequence[Row],
    *,
    total: int | None = None,
    next: str | None = None,
    notes: Sequence[str] = (),
) -> Response:
    """Return `rows` in the format that the request asks for; total and next page also stand in headers."""
    name = format_of(request)
    text = output.text(columns, rows, name, total=len(rows) if total is None else total, next=next, notes=notes)
    headers = {"X-Total-Count": str(len(rows) if total is None else total)}
    if next:
        headers["Link"] = f'<{next}>; rel="next"'
    return Response(text, media_type=MEDIA_TYPES[name], headers=headers)
