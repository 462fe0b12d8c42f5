"""Answers under the store's revision: what a client has already is not sent again (304), what was made is not remade.

A kept answer is what went over the line: its headers and its body, compressed where it was. So it costs neither a
question nor its JSON, and needs no place among the requests that are at work.
"""

import hashlib
import secrets
from collections.abc import Mapping
from importlib.metadata import version
from typing import NamedTuple

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.accept import takes_gzip
from api.kept import Kept
from api.revision import Revision
from graph.errors import StoreError

# What they tell is in the graph, or in the program; runs, quarantine and health are not.
PREFIXES = tuple(f"/v1/{name}" for name in ("questions", "dimensions", "graph", "entities", "claims", "documents"))
FILES = (".csv", ".ndjson", ".parquet")  # have ETags of their own, from their content
CACHED = "private, no-cache"  # by the one who asked, and only after asking whether it still holds
ASKER = "Authorization, X-API-Key"  # headers that decide who asks
KEPT_BYTES = 64_000_000
LONGEST = 8_000_000  # bytes of an answer that is kept


class _Answer(NamedTuple):
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Unchanged:
    """Middleware that names the revision each answer is made from, keeps it, and answers 304 to who has it.

    The tag also depends on the address, on the accepted form and on this process: after a restart the store may differ.
    """

    def __init__(self, app: ASGIApp, revision: Revision) -> None:
        self._app, self._revision = app, revision
        self._process = secrets.token_hex(4) + version("talentgraph")
        self._kept: Kept[_Answer] = Kept(KEPT_BYTES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with `state.revision`, unless its answer is known already."""
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "GET" or not path.startswith(PREFIXES) or path.endswith(FILES):
            await self._app(scope, receive, send)
            return
        try:
            revision = await self._revision.now()
        except StoreError:  # the route says what is wrong
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})["revision"] = revision
        headers = Headers(scope=scope)
        # With the address, so that only who got this very answer has its tag: a refused address never gave one.
        asked = (self._process, headers.get("accept"), path, scope["query_string"])
        form = hashlib.sha256(repr(asked).encode()).hexdigest()[:12]
        etag = f'W/"{revision}-{form}"'  # weak: compressed or not, it says the same
        told = {"ETag": etag, "Cache-Control": CACHED, "Vary": f"Accept, {ASKER}"}
        if etag in [tag.strip() for tag in headers.get("if-none-match", "").split(",")]:
            told["Vary"] = f"Accept-Encoding, Accept, {ASKER}"
            await Response(status_code=304, headers=told)(scope, receive, send)
            return
        key = _key(scope, headers, revision)
        if kept := self._kept.get(key):
            await send({"type": "http.response.start", "status": 200, "headers": [*kept.headers]})
            await send({"type": "http.response.body", "body": kept.body})
            return
        making = _Making(send, told)
        await self._app(scope, receive, making.send)
        if made := making.answer():
            self._kept.put(key, made, len(made.body) + len(repr(key)) + len(repr(made.headers)))


class _Making:
    """An answer on its way: gets its tag, and is written down if it may be kept."""

    def __init__(self, send: Send, told: Mapping[str, str]) -> None:
        self._send, self._told = send, told
        self._headers: list[tuple[bytes, bytes]] = []
        self._body = bytearray()
        self._keep = self._whole = False

    async def send(self, message: Message) -> None:
        """Send a part of the answer on."""
        if message["type"] == "http.response.start" and message["status"] == 200:
            headers = MutableHeaders(scope=message)
            for name, value in self._told.items():
                if name == "Vary":
                    headers.add_vary_header(value)
                else:
                    headers[name] = value
            self._headers, self._keep = [*message["headers"]], True
        elif self._keep and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            self._keep = len(self._body) <= LONGEST
            self._whole = not message.get("more_body", False)
        await self._send(message)

    def answer(self) -> _Answer | None:
        """Return the answer, if it is whole and may be kept."""
        return _Answer(self._headers, bytes(self._body)) if self._keep and self._whole else None


def _key(scope: Scope, headers: Headers, revision: int) -> tuple[object, ...]:
    """Return all that an answer depends on; addresses in it begin as the request's does."""
    base = (scope["scheme"], headers.get("host"), scope.get("root_path"))
    gzip = takes_gzip(headers.get("accept-encoding", "")) and "range" not in headers
    return (revision, *base, scope["path"], scope["query_string"], headers.get("accept"), gzip)
