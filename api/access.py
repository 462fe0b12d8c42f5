"""Who may ask what: keys and scopes, this machine without a key, rates, sizes, and the audit log.

Whoever sits at this machine (a loopback peer that names a loopback host, not passed on by a proxy) needs no key, unless
TALENTGRAPH_LOCAL_KEY asks for one; nor do those that TALENTGRAPH_ANONYMOUS lets in. A page of elsewhere cannot make a
browser on this machine act: what changes anything must be JSON or a file, which a foreign page may not send unasked,
and come from the same origin.
"""

import base64
import binascii
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.audit import Audit
from api.cors import refused
from api.keys import SCOPES, Keys
from api.problems import problem
from api.rates import Rates
from api.rules import PUBLIC, rule
from graph.settings import Settings

SAFE = ("GET", "HEAD", "OPTIONS")
BODY_BYTES = 45_000_000  # ten million characters, as JSON may escape them
FILE_BYTES = 100_000_000
FILES = "/v1/documents/file"
FORMS = ("/v1/documents", "/v1/documents/preview")
_LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
_WRONG_KEY_COST = 30
_WRONG_KEY = (
    "The key is unknown or was revoked. It is sent as `Authorization: Bearer KEY`, as `X-API-Key: KEY`, or as the "
    "password of Basic."
)
_CHALLENGE = {"WWW-Authenticate": 'Basic realm="talentgraph", charset="UTF-8", Bearer realm="talentgraph"'}


@dataclass(frozen=True, slots=True)
class _Asker:
    """Who asks: as the log names them, what they may, and whether they sit at this machine without a key."""

    name: str
    scopes: Collection[str]
    local: bool = False


class Access:
    """Middleware before every route; `scope["state"]["asker"]` is who asks."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._keys, self._audit = Keys(settings.home), Audit(settings.home)
        self._rates = Rates(settings.rate_limit)
        self._anonymous = _scopes(settings.anonymous)
        self._open_here = not settings.local_key
        self._origins = listed(settings.cors_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or say why not; note it where it changes something, has a key, or is refused."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asker = self._asker(scope)
        refusal = self._refusal(scope, asker)
        if refusal is not None:
            await self._note(scope, asker, refusal.status_code)
            await refusal(scope, receive, send)
            return
        assert asker is not None
        scope.setdefault("state", {})["asker"] = asker.name
        noted = scope["method"] not in SAFE or asker.name.startswith("key ")
        status = 500

        async def seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, _counted(receive, _most(scope)), seen)
        finally:
            if noted:
                await self._note(scope, asker, status)

    def _asker(self, scope: Scope) -> _Asker | None:
        """Return who asks; None for a key that does not hold."""
        headers = Headers(scope=scope)
        peer = scope["client"][0] if scope.get("client") else ""
        given = _key(headers)
        if given is not None:
            key = self._keys.find(given)
            return _Asker(f"key {key.id}", SCOPES if key.allows("admin") else key.scopes) if key else None
        if self._open_here and is_local(peer, headers):
            return _Asker("this machine", SCOPES, local=True)
        return _Asker(f"address {peer}", self._anonymous)

    def _refusal(self, scope: Scope, asker: _Asker | None) -> Response | None:
        """Return why a request is refused; None where it is not."""
        needed = rule(scope["method"], scope["path"])
        if asker is None:
            wait = self._rates.wait(f"address {scope['client'][0] if scope.get('client') else ''}", _WRONG_KEY_COST)
            return _slow(wait) if wait else _refused(401, _WRONG_KEY, _CHALLENGE)
        if not asker.local and (wait := self._rates.wait(asker.name, needed.cost)):
            return _slow(wait)
        if scope["method"] not in SAFE and (fault := _unsafe(Headers(scope=scope), scope, self._origins)):
            return fault
        if needed.scope != PUBLIC and needed.scope not in asker.scopes:
            if asker.name.startswith("key "):
                return _refused(
                    403, f"This needs a key with the scope `{needed.scope}`; yours has {_and(asker.scopes)}."
                )
            elsewhere = " Without one, ask http://127.0.0.1 on the machine itself." if self._open_here else ""
            return _refused(401, f"This needs a key with the scope `{needed.scope}`.{elsewhere}", _CHALLENGE)
        length = Headers(scope=scope).get("content-length", "0")
        return _too_large(scope) if length.isdecimal() and int(length) > _most(scope) else None

    async def _note(self, scope: Scope, asker: _Asker | None, status: int) -> None:
        name = asker.name if asker else f"wrong key, address {scope['client'][0] if scope.get('client') else ''}"
        await run_in_threadpool(self._audit.note, name, f"{scope['method']} {scope['path']}", status)


_PASSED_ON = {"forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip"}


def is_local(peer: str, headers: Headers) -> bool:
    """Return whether a request comes from this machine under a loopback name, and no proxy passed it on."""
    try:
        loopback = ip_address(peer).is_loopback
    except ValueError:
        return False
    try:
        asked = urlsplit(f"//{headers.get('host', '')}")
        name = asked.hostname if asked.path == asked.query == asked.fragment == "" and "@" not in asked.netloc else None
    except ValueError:
        return False
    passed_on = any(given in _PASSED_ON or given.startswith("x-forwarded-") for given in headers)
    return loopback and name in _LOOPBACK_NAMES and not passed_on


def listed(text: str) -> list[str]:
    """Return the parts of a setting that holds a list with commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


def _scopes(text: str) -> tuple[str, ...]:
    return tuple(scope for scope in listed(text) if scope in SCOPES)


def _key(headers: Headers) -> str | None:
    """Return the key that a request brings: bearer, X-API-Key, or Basic with the key as the password."""
    if "x-api-key" in headers:
        return headers["x-api-key"].strip()
    kind, _, value = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return value.strip()
    if kind.lower() == "basic":
        try:
            user, _, password = base64.b64decode(value.strip(), validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return ""
        return password or user
    return "" if kind else None


def _unsafe(headers: Headers, scope: Scope, origins: Collection[str]) -> Response | None:
    """Return why a request that may change something is refused; see the module's text."""
    origin = headers.get("origin")
    own = f"{scope['scheme']}://{headers.get('host', '')}"
    if origin is not None and origin != own and origin not in origins:
        return _refused(403, refused(origin))
    if origin is None and headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return _refused(403, "A page of another site may not ask this.")
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    empty = headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers
    wanted = "application/octet-stream" if scope["path"] == FILES else "application/json"
    if kind == wanted or (empty and not kind):
        return None
    if kind == "multipart/form-data" and scope["path"] in FORMS:  # a browser names the origin of every form it sends
        return None
    return _refused(415, f"Send the body as {wanted}; this is {kind or 'of no type'}.")


def _most(scope: Scope) -> int:
    return FILE_BYTES if scope["path"] in (FILES, *FORMS) else BODY_BYTES


def _counted(receive: Receive, most: int) -> Receive:
    size = 0

    async def counting() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > most:
            raise HTTPException(413, f"The body has more than {most:,} bytes.")
        return message

    return counting


def _too_large(scope: Scope) -> Response:
    return _refused(413, f"The body has more than {_most(scope):,} bytes.")


def _slow(wait: float) -> Response:
    seconds = str(max(1, round(wait + 0.5)))
    return _refused(429, f"Too many requests: ask again in {seconds} seconds.", {"Retry-After": seconds})


def _refused(status: int, detail: str, headers: dict[str, str] | None = None, **members: Any) -> Response:
    answer = problem(status, detail, **members)
    answer.headers.update(headers or {})
    return answer


def _and(scopes: Collection[str]) -> str:
    return ", ".join(f"`{scope}`" for scope in scopes) or "none"
