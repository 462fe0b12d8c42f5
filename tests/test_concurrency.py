"""How many requests are at work at once: the next waits, is told to come again, and never is it health."""

import asyncio

import httpx2
from anyio.from_thread import start_blocking_portal
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from api.concurrency import Concurrency
from graph.settings import Settings
from tests.problem import is_problem

SOON = 0.05


class Slow:
    """An application that answers when it is let."""

    def __init__(self) -> None:
        self.let = asyncio.Event()
        self.begun = asyncio.Semaphore(0)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.begun.release()
        if scope["path"] != "/v1/health":
            await self.let.wait()
        await PlainTextResponse("done")(scope, receive, send)


def test_request_past_the_cap_is_told_to_come_again() -> None:
    async def asked() -> None:
        slow = Slow()
        transport = httpx2.ASGITransport(app=Concurrency(slow, Settings(concurrent=2), SOON))
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            first = [asyncio.create_task(client.get("/v1/questions/flows")) for _ in range(2)]
            for _ in first:
                await slow.begun.acquire()
            third = await client.get("/v1/questions/flows")
            assert third.headers["retry-after"] == "1"
            is_problem(third, 429)
            assert (await client.get("/v1/health")).status_code == 200
            slow.let.set()
            assert [response.status_code for response in await asyncio.gather(*first)] == [200, 200]
            assert (await client.get("/v1/questions/flows")).status_code == 200

    with start_blocking_portal() as portal:  # a thread of its own: a browser of other tests keeps a loop in this one
        portal.call(asked)


def test_request_waits_for_a_place() -> None:
    async def asked() -> None:
        slow = Slow()
        transport = httpx2.ASGITransport(app=Concurrency(slow, Settings(concurrent=1), 60.0))
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            both = [asyncio.create_task(client.get("/v1/questions/flows")) for _ in range(2)]
            await slow.begun.acquire()
            slow.let.set()
            assert [response.status_code for response in await asyncio.gather(*both)] == [200, 200]

    with start_blocking_portal() as portal:  # a thread of its own: a browser of other tests keeps a loop in this one
        portal.call(asked)
