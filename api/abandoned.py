"""Questions whose asker has gone away, or that take too long: what they have running in the store is stopped."""

import asyncio
import threading

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import RETRY_AFTER, problem
from api.unchanged import PREFIXES
from graph.asking import Asking, asking
from graph.settings import Settings
from graph.store import Store

AGAIN = 0.3  # seconds between two tries to stop what runs
TRIES = 100
STATEMENTS = 2  # that a question may have run to their whole time
GRACE = 5.0  # seconds that it may take besides


class Abandoned:
    """Middleware that watches whether the client of a question is still there, and its time."""

    def __init__(self, app: ASGIApp, store: Store, settings: Settings) -> None:
        self._app, self._store = app, store
        self._seconds = STATEMENTS * settings.query_timeout + GRACE
        self._left: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; leave it behind when its client has gone or its time is over (503)."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not scope["path"].startswith(PREFIXES):
            await self._app(scope, receive, send)
            return
        answer = _Answer(receive, send)
        work = asyncio.create_task(self._asked(scope, answer))
        gone = asyncio.create_task(answer.listen())
        try:
            await asyncio.wait({work, gone}, timeout=self._seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
        if work.done():
            work.result()
            return
        answer.asker.gone = True
        threading.Thread(target=self._stop, args=(answer.asker, work), daemon=True).start()
        self._left.add(work)
        work.add_done_callback(self._ended)
        if not gone.done():
            await answer.give_up(scope, f"The answer takes longer than {self._seconds:g} seconds. Narrow it.")

    async def _asked(self, scope: Scope, answer: "_Answer") -> None:
        with asking() as answer.asker:
            await self._app(scope, answer.receive, answer.send)

    def _stop(self, asker: Asking, work: "asyncio.Task[None]") -> None:
        """Stop what runs until it has ended: a statement may not have reached the store yet."""
        pause = threading.Event()
        for _ in range(TRIES):
            if work.done():
                return
            self._store.abandon(asker)
            pause.wait(AGAIN)

    def _ended(self, work: "asyncio.Task[None]") -> None:
        self._left.discard(work)
        if not work.cancelled():
            work.exception()  # there is nobody to tell it


class _Answer:
    """An answer that may be given up: what comes later is dropped."""

    asker: Asking

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._messages: asyncio.Queue[Message] = asyncio.Queue()
        self._begun = self._given_up = False

    async def listen(self) -> None:
        """Return when the client has gone; the application gets what comes before it, and that."""
        while True:
            message = await self._receive()
            self._messages.put_nowait(message)
            if message["type"] == "http.disconnect":
                return

    async def receive(self) -> Message:
        """Return the next message of the client."""
        return await self._messages.get()

    async def send(self, message: Message) -> None:
        """Send a part of the answer, unless it was given up."""
        if not self._given_up:
            self._begun = True
            await self._send(message)

    async def give_up(self, scope: Scope, why: str) -> None:
        """Say why there is no answer, where it has not begun."""
        self._given_up = True
        if not self._begun:
            told = problem(503, why)
            told.headers["Retry-After"] = str(RETRY_AFTER[503])
            await told(scope, self._receive, self._send)
