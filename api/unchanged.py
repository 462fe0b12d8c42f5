"""ETags under the store's revision: what a client has already is not answered again (304) while the graph stays."""

import hashlib
import secrets
from importlib.metadata import version

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.errors import StoreError
from graph.store import Store

# What they tell is in the graph, or in the program; runs, quarantine and health are not.
PREFIXES = tuple(f"/v1/{name}" for name in ("questions", "dimensions", "graph", "entities", "claims", "documents"))
FILES = (".csv", ".ndjson", ".parquet")  # have ETags of their own, from their content


class Unchanged:
    """Middleware that names the revision each answer is made from, and answers 304 to who has it.

    The tag also depends on the form that is accepted and on this process: after a restart the store may be another.
    """

    def __init__(self, app: ASGIApp, store: Store) -> None:
        self._app, self._store = app, store
        self._process = secrets.token_hex(4) + version("talentgraph")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with `state.revision`, unless its answer is known already."""
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "GET" or not path.startswith(PREFIXES) or path.endswith(FILES):
            await self._app(scope, receive, send)
            return
        try:
            revision = await run_in_threadpool(self._store.revision)
        except StoreError:  # the route says what is wrong
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})["revision"] = revision
        headers = Headers(scope=scope)
        form = hashlib.sha256(f"{self._process} {headers.get('accept')}".encode()).hexdigest()[:12]
        etag = f'W/"{revision}-{form}"'  # weak: compressed or not, it says the same
        # What compresses adds Accept-Encoding to Vary.
        told = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Accept, Authorization"}
        if etag in [tag.strip() for tag in headers.get("if-none-match", "").split(",")]:
            await Response(status_code=304, headers=told)(scope, receive, send)
            return

        async def tagged(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                MutableHeaders(scope=message).update(told)
            await send(message)

        await self._app(scope, receive, tagged)
