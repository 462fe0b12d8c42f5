"""gzip for text answers, for who takes it; files that are read in ranges stay as they are: ranges count their bytes."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from api.accept import takes_gzip
from api.unchanged import FILES

LEVEL = 4  # of 9: half the time of 6 for a twentieth more bytes
SMALLEST = 1_000  # bytes


class Compressed:
    """Middleware that compresses what is worth it and may be."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._gzip = GZipMiddleware(app, minimum_size=SMALLEST, compresslevel=LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, to the compressing application or the plain one."""
        as_is = (
            scope["type"] != "http"
            or scope["path"].endswith(FILES)
            or "range" in Headers(scope=scope)
            or b"format=parquet" in scope["query_string"]
        )
        if as_is:
            await self._plain(scope, receive, send)
            return
        scope = {**scope, "headers": [*scope["headers"]]}
        headers = MutableHeaders(scope=scope)
        # The middleware looks for the word alone, and would read `gzip;q=0` as a wish.
        headers["accept-encoding"] = "gzip" if takes_gzip(headers.get("accept-encoding", "")) else "identity"
        await self._gzip(scope, receive, send)
