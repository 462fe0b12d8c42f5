"""How many requests may be at work at once: one more waits a moment, and is then told to come again.

The cap is below the threads that requests run in, so that the program itself (whether it lives, its page) always has
one; a flood of slow questions cannot make `/v1/health` wait.
"""

import asyncio

from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import problem
from api.rules import PUBLIC, rule
from graph.settings import Settings

WAIT = 2.0  # seconds for which a request stands in line


class Concurrency:
    """Middleware that lets `settings.concurrent` requests be at work; what is public does not count."""

    def __init__(self, app: ASGIApp, settings: Settings, wait: float = WAIT) -> None:
        self._app, self._wait = app, wait
        self._places = asyncio.Semaphore(settings.concurrent)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on when there is a place, or answer 429."""
        if scope["type"] != "http" or rule(scope["method"], scope["path"]).scope == PUBLIC:
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._wait):
                await self._places.acquire()
        except TimeoutError:
            answer = problem(429, "Too many requests are at work: ask again in a second.")
            answer.headers["Retry-After"] = "1"
            await answer(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            self._places.release()
