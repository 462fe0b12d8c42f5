"""`/v1/questions/NAME.csv`, `.ndjson`, `.parquet`: whole answers as files, read in parts where a program asks so.

DuckDB, polars and spreadsheets take such an address as they take a file: they ask for its size (HEAD), then for ranges.
"""

import hashlib
import re

from fastapi import APIRouter, HTTPException, Request, Response

from api.formats import FORMATS
from api.given import arguments
from api.kept import Kept
from api.paging import Page
from api.questions import columns_of
from api.unchanged import ASKER, CACHED
from graph.store import Store
from queries import catalogue

MOST_ROWS = 100_000
KEPT_BYTES = 64_000_000  # of files that were asked for last: one is read in many parts
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def routes(store: Store) -> APIRouter:
    """Return the routes of answers as files; the OpenAPI document has them as forms of each question's answer."""
    router = APIRouter()
    kept: Kept[bytes] = Kept(KEPT_BYTES)
    for form in FORMATS:
        _add(router, store, form, kept)
    return router


def _add(router: APIRouter, store: Store, form: str, kept: Kept[bytes]) -> None:
    def file(request: Request, name: str) -> Response:
        question = catalogue.find(name)
        Page(request, store, most=MOST_ROWS)  # refuses a limit that is too large
        given = {"limit": str(MOST_ROWS)} | arguments(request)
        key = (store.revision(), name, form, repr(sorted(given.items())))
        content = kept.get(key)
        if content is None:
            found = catalogue.ask(store, name, given)
            if found.offset + len(found.rows) < found.total and "limit" not in request.query_params:
                raise HTTPException(
                    422,
                    f"The answer has {found.total:,} rows, a file at most {MOST_ROWS:,}: give `limit` and `offset`.",
                )
            content = b"".join(FORMATS[form].pieces(columns_of(question), found.rows))
            kept.put(key, content, len(content))
        return _part(request, content, FORMATS[form].media_type)

    router.add_api_route(
        f"/questions/{{name}}.{form}",
        file,
        methods=["GET"],
        name=f"file {form}",
        include_in_schema=False,
        response_class=Response,
    )


def _part(request: Request, content: bytes, media_type: str) -> Response:
    """Return a file, or the one range of it that is asked for (RFC 9110, 14); several ranges give the whole."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"Accept-Ranges": "bytes", "ETag": etag, "Cache-Control": CACHED, "Vary": ASKER}
    if etag in [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    asked = request.headers.get("range")
    match = _RANGE.fullmatch(asked.replace(" ", "")) if asked else None
    if match is None or not any(match.groups()) or request.headers.get("if-range", etag) != etag:
        return Response(content, media_type=media_type, headers=headers)
    size = len(content)
    if match[1]:
        start, end = int(match[1]), min(int(match[2] or size), size - 1)
    else:
        start, end = max(size - int(match[2]), 0), size - 1
    if start >= size or start > end:
        raise HTTPException(
            416, f"The file has {size} bytes; there is no range {asked}.", headers={"Content-Range": f"bytes */{size}"}
        )
    headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return Response(content[start : end + 1], 206, media_type=media_type, headers=headers)
