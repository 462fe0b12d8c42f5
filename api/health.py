"""`/v1/health`: is the store reachable, which engine is it, what does it hold."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from graph.errors import StoreError
from graph.store import Store


def routes(store: Store, *, sample: bool) -> APIRouter:
    """Return the health route; `sample` marks a store that holds only the sample articles."""
    router = APIRouter(tags=["health"])
    kept: dict[int, dict[str, int]] = {}  # one revision's counts: they are much work for a store that is busy

    @router.get("/health", summary="Whether the store answers, its engine and what it holds")
    def health() -> JSONResponse:
        try:
            revision = store.revision()
            counts = kept.get(revision) or store.counts()
        except StoreError as error:
            body = {"status": "unreachable", "engine": store.name, "detail": str(error), "sample_data": sample}
            return JSONResponse(body, status_code=503)
        kept.clear()
        kept[revision] = counts
        return JSONResponse({"status": "ok", "engine": store.name, "sample_data": sample, "counts": counts})

    return router
