"""Rows as a response: JSON `{"items", "total", "next"}`, CSV or NDJSON, by `?format=` or the Accept header."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import HTTPException, Request, Response

from api import output
from graph.errors import WrongParameter
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


def texts(*names: str) -> dict[str, Any]:
    """Return columns of text, which may be null, as OpenAPI describes them."""
    return {name: {"type": ["string", "null"]} for name in names}


def described(title: str, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer with these columns as OpenAPI describes it, in all its forms."""
    return {
        "description": title,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["items", "total", "next"],
                    "properties": {
                        "items": {"type": "array", "items": {"type": "object", "properties": dict(columns)}},
                        "total": {"type": "integer", "description": "Rows of the whole answer."},
                        "next": {"type": ["string", "null"], "description": "Address of the next page."},
                        "notes": {"type": "array", "items": {"type": "string"}},
                    },
                }
            },
            "text/csv": {"schema": {"type": "string"}},
            "application/x-ndjson": {"schema": {"type": "string"}},
        },
    }


def flag(name: str, text: str) -> bool:
    """Return a truth value given as text; WrongParameter for anything else."""
    if text.casefold() not in ("true", "1", "false", "0"):
        raise WrongParameter(name, f"`{name}` is `{text}`; it must be true or false.")
    return text.casefold() in ("true", "1")


def format_of(request: Request) -> str:
    """Return the format asked for: `json`, `csv` or `ndjson`; 406 where it is none of them."""
    if asked := request.query_params.get("format"):
        if asked not in MEDIA_TYPES:
            raise HTTPException(406, f"format is {asked!r}; it may be {', '.join(MEDIA_TYPES)}.")
        return asked
    header = request.headers.get("accept") or "*/*"
    ranges = [_range(part) for part in header.split(",")]
    wanted = {name: _preference(offered.partition(";")[0], ranges) for name, offered in MEDIA_TYPES.items()}
    best = max(wanted, key=lambda name: wanted[name])  # of equals the first: JSON
    if wanted[best][0] > 0:
        return best
    raise HTTPException(406, f"Accept is {header}; what can be served is {', '.join(MEDIA_TYPES.values())}.")


def _range(part: str) -> tuple[str, float]:
    """Return a media range of an Accept header and its quality; a quality that is no number counts as none given."""
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return name, min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                break
    return name, 1.0


def _preference(media_type: str, ranges: Sequence[tuple[str, float]]) -> tuple[float, int, int]:
    """Return how much a media type is wanted: the quality of the range that fits it best, how well, how early."""
    fits = [media_type, f"{media_type.partition('/')[0]}/*", "*/*"]
    if media_type == "application/json":
        fits.append("text/html")  # a browser gets what it can show
    found = [
        (len(fits) - fits.index(name), -position, quality)
        for position, (name, quality) in enumerate(ranges)
        if name in fits
    ]
    if not found:
        return 0.0, 0, 0
    fit, position, quality = max(found)
    return quality, fit, position


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
