"""The dashboard's page and its files, as they were built into the package; a policy that lets nothing else run."""

import mimetypes
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, RedirectResponse, Response

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
    "Content-Security-Policy": POLICY,
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


def routes(folder: Path = DIST) -> APIRouter:
    """Return the routes of the page, each view of it, and its files; without a build, `/` leads to the API's docs."""
    router = APIRouter(include_in_schema=False)
    if missing(folder):
        router.add_api_route("/", lambda: RedirectResponse("/docs"), methods=["GET"])
        return router

    def page(request: Request) -> Response:
        return _file(request, folder / "index.html", "no-cache")

    for path in ("/", *(f"/{view}" for view in VIEWS)):
        router.add_api_route(path, page, methods=["GET"])

    @router.get("/favicon.svg")
    def icon(request: Request) -> Response:
        return _file(request, folder / "favicon.svg", "max-age=86400")

    @router.get("/assets/{name}")
    def asset(request: Request, name: str) -> Response:
        path = folder / "assets" / name
        if path.parent != folder / "assets" or not path.is_file():
            raise HTTPException(404, f"The dashboard has no file {name!r}.")
        return _file(request, path, "public, max-age=31536000, immutable")  # the name holds the content's hash

    return router


def _file(request: Request, path: Path, keep: str) -> Response:
    """Return a file, in its compressed form where there is one and the client takes it."""
    headers = _HEADERS | {"Cache-Control": keep, "Vary": "Accept-Encoding"}
    packed = path.with_name(f"{path.name}.gz")
    kind = mimetypes.types_map.get(path.suffix, "application/octet-stream")
    if "gzip" in request.headers.get("accept-encoding", "") and packed.is_file():
        return FileResponse(packed, media_type=kind, headers=headers | {"Content-Encoding": "gzip"})
    return FileResponse(path, media_type=kind, headers=headers)
