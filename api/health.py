"""`/v1/health`: is the store reachable, which engine is it, what does it hold."""

import asyncio
import math
import time

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from api import declared
from api.shared import Shared
from graph.errors import StoreError, StoreUnreachable
from graph.store import Store

PATIENCE = 0.1  # seconds that a store which answered lately may take; what it said is told for as long, or after it
LATELY = 10.0  # seconds
MOST = 5.0  # seconds that any other may take; a store that starts again needs as many


class Health:
    """What the store says of itself.

    A busy one is not waited for where it answered a moment ago and nothing was written since, as far as that is known
    without asking it (on a server: by this process); nor is one asked again that answered just now.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._asked = Shared(self._ask)
        self._revision: int | None = None
        self._answered = -LATELY
        self.counts: dict[str, int] = {}

    async def ask(self) -> float:
        """Return how many seconds ago the store answered; raises StoreError where it does not, or not in time."""
        unchanged = self._store.known_revision(math.inf) == self._revision is not None
        ago = time.monotonic() - self._answered
        if unchanged and ago < PATIENCE:
            return ago
        lately = unchanged and ago < LATELY
        try:
            async with asyncio.timeout(PATIENCE if lately else MOST):
                await self._asked.read()
        except TimeoutError:
            if not lately:
                raise StoreUnreachable(f"{self._store.name} does not answer: it was asked {MOST:g} s ago.") from None
        return time.monotonic() - self._answered

    def _ask(self) -> None:
        revision = self._store.revision()
        if revision != self._revision:  # else the counts are the same, and much work for a store that is busy
            self.counts, self._revision = self._store.counts(), revision
        self._answered = time.monotonic()

    def close(self) -> None:
        """End the thread that asks."""
        self._asked.close()


def routes(store: Store, health: Health, *, sample: bool) -> APIRouter:
    """Return the health route; `sample` marks a store that holds only the sample articles."""
    router = APIRouter(tags=["health"])

    @router.get(
        "/health",
        summary="Whether the store answers, its engine and what it holds",
        name="health",
        response_model=None,
        responses=declared.answered("The store answers.", declared.HEALTH)
        | declared.answered("The store cannot be reached.", declared.HEALTH, 503),
    )
    async def answer() -> JSONResponse:
        body = {"status": "ok", "engine": store.name, "sample_data": sample}
        try:
            seconds = await health.ask()
        except StoreError as error:
            return JSONResponse(body | {"status": "unreachable", "detail": str(error)}, status_code=503)
        return JSONResponse(body | {"answered_seconds_ago": round(seconds, 1), "counts": health.counts})

    return router
