"""The dashboard's page and its files, as they were built into the package; a policy that lets nothing else run."""

import base64
import hashlib
import mimetypes
import re
from pathlib import Path
from typing import NamedTuple

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from api.accept import takes_gzip

DIST = Path(__file__).parent / "web" / "dist"
VIEWS = ("graph", "console", "ingest")
RETRY = "uv sync --reinstall-package talentgraph"
# Trusted types: only Svelte's own templates become markup; the default policy of the page lets an element be emptied.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types svelte-trusted-html default",
    )
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def missing(folder: Path = DIST) -> str | None:
    """Return why there is no dashboard, in sentences for whoever started the server; None where there is one."""
    if (folder / "index.html").is_file():
        return None
    told = folder / "not-built.txt"
    reason = f" ({told.read_text(encoding='utf-8').strip()})" if told.is_file() else ""
    return f"The dashboard was not built{reason}. All else works. To build it: {RETRY}"


class _File(NamedTuple):
    plain: bytes
    packed: bytes | None  # with gzip, where the build left that beside it
    kind: str

    def answer(self, request: Request, headers: dict[str, str]) -> Response:
        """Return the file, compressed for who takes that."""
        headers = _HEADERS | headers | {"Vary": "Accept-Encoding"}
        if self.packed is not None and takes_gzip(request.headers.get("accept-encoding", "")):
            return Response(self.packed, media_type=self.kind, headers=headers | {"Content-Encoding": "gzip"})
        return Response(self.plain, media_type=self.kind, headers=headers)


def routes(folder: Path = DIST) -> APIRouter:
    """Return the routes of the page, each view of it, and its files; without a build, `/` leads to the API's docs.

    The files are read once (four megabytes), so that a page whose parts come together neither waits for threads nor
    meets parts of a later build.
    """
    router = APIRouter(include_in_schema=False)
    if missing(folder):
        router.add_api_route("/", lambda: RedirectResponse("/docs"), methods=["GET"])
        return router
    index, favicon = _file(folder / "index.html"), _file(folder / "favicon.svg")
    assets = {path.name: _file(path) for path in (folder / "assets").iterdir() if path.suffix != ".gz"}
    policy = {"Content-Security-Policy": _policy(index.plain.decode())}

    async def page(request: Request) -> Response:
        return index.answer(request, policy | {"Cache-Control": "no-cache"})

    for path in ("/", *(f"/{view}" for view in VIEWS)):
        router.add_api_route(path, page, methods=["GET"])

    @router.get("/favicon.svg")
    async def icon(request: Request) -> Response:
        return favicon.answer(request, policy | {"Cache-Control": "max-age=86400"})

    @router.get("/assets/{name}")
    async def asset(request: Request, name: str) -> Response:
        if name not in assets:
            raise HTTPException(404, f"The dashboard has no file {name!r}.")
        # The name holds the content's hash.
        return assets[name].answer(request, policy | {"Cache-Control": "public, max-age=31536000, immutable"})

    return router


def _file(path: Path) -> _File:
    packed = path.with_name(f"{path.name}.gz")
    kind = mimetypes.types_map.get(path.suffix, "application/octet-stream")
    return _File(path.read_bytes(), packed.read_bytes() if packed.is_file() else None, kind)


def _policy(page: str) -> str:
    """Return the policy with the hashes of the styles that the build put into the page, which no other style has."""
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in styles]
    allowed = " ".join(["style-src 'self'", *(f"'sha256-{each}'" for each in hashes)])
    return POLICY.replace("style-src 'self'", allowed)
