"""`/v1/health`: is the store reachable, which engine is it, what does it hold."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from api.revision import Revision
from graph.errors import StoreError
from graph.store import Store


def routes(store: Store, revision: Revision, *, sample: bool) -> APIRouter:
    """Return the health route; `sample` marks a store that holds only the sample articles."""
    router = APIRouter(tags=["health"])
    kept: dict[int, dict[str, int]] = {}  # one revision's counts: they are much work for a store that is busy

    @router.get("/health", summary="Whether the store answers, its engine and what it holds")
    async def health() -> JSONResponse:
        try:
            number = await revision.asked()
            counts = kept[number] if number in kept else await run_in_threadpool(store.counts)
        except StoreError as error:
            body = {"status": "unreachable", "engine": store.name, "detail": str(error), "sample_data": sample}
            return JSONResponse(body, status_code=503)
        kept.clear()
        kept[number] = counts
        return JSONResponse({"status": "ok", "engine": store.name, "sample_data": sample, "counts": counts})

    return router
