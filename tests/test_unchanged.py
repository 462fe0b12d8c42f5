"""What is kept under the store's revision is given again only while nothing was written, whoever writes."""

import asyncio
import threading
from dataclasses import replace

import httpx2
import pytest
from anyio.from_thread import start_blocking_portal
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from api.compressed import Compressed
from api.head import Head
from api.kept import Kept
from api.revision import Revision
from api.unchanged import LONGEST, Unchanged
from benchmarks.synthetic import extraction
from graph.locking import NoLock
from graph.store import Store, open_store
from tests.conftest import Stores

ADDRESS = "/v1/questions/flows"


class Made:
    """An application that counts its answers and says their number."""

    def __init__(self, status: int = 200, size: int = 2_000) -> None:
        self.number, self._status, self._size = 0, status, size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.number += 1
        body = {"number": self.number, "host": Headers(scope=scope)["host"], "long": "x" * self._size}
        await JSONResponse(body, self._status)(scope, receive, send)


def asked(store: Store, made: ASGIApp, *requests: tuple[str, dict[str, str]]) -> list[httpx2.Response]:
    """Return the answers to requests, one after the other, of one `Unchanged` before an application."""
    revision = Revision(store)
    app = Head(Unchanged(Compressed(made), revision))

    async def ask() -> list[httpx2.Response]:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            found = []
            for request, headers in requests:
                method, _, address = request.rpartition(" ")
                headers = {"accept": "*/*", "accept-encoding": "identity"} | headers
                found.append(await client.request(method or "GET", address, headers=headers))
            return found

    with start_blocking_portal() as portal:  # a thread of its own: a browser of other tests keeps a loop in this one
        answers = portal.call(ask)
    revision.close()
    return answers


def test_answer_is_made_once(embedded_store: Store) -> None:
    made = Made()
    first, again, head = asked(embedded_store, made, (ADDRESS, {}), (ADDRESS, {}), (f"HEAD {ADDRESS}", {}))
    assert made.number == 1
    assert (again.content, again.headers) == (first.content, first.headers)
    assert (head.content, head.headers) == (b"", first.headers)
    assert {"accept", "accept-encoding", "authorization", "x-api-key"} == {
        name.strip().lower() for name in first.headers["vary"].split(",")
    }


def test_answer_is_made_for_each_that_may_differ(embedded_store: Store) -> None:
    made = Made()
    different: tuple[tuple[str, dict[str, str]], ...] = (
        (ADDRESS, {}),
        (f"{ADDRESS}?limit=1", {}),
        ("/v1/questions/claims", {}),
        (ADDRESS, {"accept": "text/csv"}),
        (ADDRESS, {"host": "graph.example"}),
        (ADDRESS, {"accept-encoding": "gzip"}),
    )
    answers = asked(embedded_store, made, *different, *different)
    assert made.number == len(different)
    assert [answer.content for answer in answers[:6]] == [answer.content for answer in answers[6:]]
    assert answers[11].headers["content-encoding"] == "gzip"
    assert answers[10].json()["host"] == "graph.example"


def test_failure_and_what_is_too_long_are_not_kept(embedded_store: Store) -> None:
    for made in (Made(404), Made(503), Made(size=LONGEST)):
        asked(embedded_store, made, (ADDRESS, {}), (ADDRESS, {}))
        assert made.number == 2


def test_what_is_not_in_the_graph_is_never_kept(embedded_store: Store) -> None:
    made = Made()
    for answer in asked(embedded_store, made, *[("/v1/runs", {}), ("/v1/health", {})] * 2):
        assert "etag" not in answer.headers
    assert made.number == 4


def test_write_of_any_process_ends_what_is_kept(stores: Stores, embedded_store: Store) -> None:
    with open_store(stores.chosen["embedded"]) as other:
        made, revision = Made(), Revision(embedded_store)
        app = Unchanged(made, revision)

        async def ask() -> list[int]:
            transport = httpx2.ASGITransport(app=app)
            async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                numbers = []
                for writer in (None, other, embedded_store, None):
                    if writer is not None:
                        writer.write([extraction(made.number, 1)], known_at="2026-01-01T00:00:00+00:00")
                    numbers.append((await client.get(ADDRESS)).json()["number"])
                return numbers

        with start_blocking_portal() as portal:
            assert portal.call(ask) == [1, 2, 3, 3]
        revision.close()


class Slow(Store):
    """A store whose revision is told when it is let, and grows with every time it is told."""

    def __init__(self) -> None:
        self.let, self.begun, self.reads = threading.Event(), threading.Event(), 0

    def known_revision(self, part: float = 1.0) -> int | None:
        return None

    def revision(self) -> int:
        self.reads += 1
        number = self.reads
        self.begun.set()
        assert self.let.wait(30)
        return number


def test_one_read_serves_all_who_asked_before_it_began() -> None:
    store = Slow()
    revision = Revision(store)

    async def ask() -> list[int]:
        first = asyncio.create_task(revision.now())
        await asyncio.to_thread(store.begun.wait, 30)
        later = [asyncio.create_task(revision.now()) for _ in range(5)]
        await asyncio.sleep(0)
        later[0].cancel()  # a client that leaves
        store.let.set()
        return await asyncio.gather(first, *later[1:])

    with start_blocking_portal() as portal:
        assert portal.call(ask) == [1, 2, 2, 2, 2]
    revision.close()


def test_server_is_asked_in_good_time_and_after_own_commits_at_once(
    embedded_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(replace(embedded_store._connection, lock=NoLock()))  # as on a server: others commit unseen
    revision = Revision(store)
    number = store.revision()

    def times(known_seconds: float) -> int | None:
        monkeypatch.setattr(NoLock, "known_seconds", known_seconds)
        return store.known_revision()

    assert (times(600), times(0)) == (number, None)
    embedded_store.write([extraction(77, 1)], known_at="2026-01-01T00:00:00+00:00")  # another process
    assert times(600) == number

    async def ask() -> int:
        return await revision.now()

    with start_blocking_portal() as portal:
        assert portal.call(ask) == number
        monkeypatch.setattr("api.revision.EARLY", 0.0)
        assert portal.call(ask) == number, "nobody waits"
        revision.close()  # after what was begun
        while store.known_revision() == number:
            pass
    store.write([extraction(78, 1)], known_at="2026-01-01T00:00:00+00:00")
    assert store.known_revision() is None


def test_longest_unused_goes_first() -> None:
    kept: Kept[str] = Kept(10)
    for name in "abc":
        kept.put(name, name, 4)
        kept.get("a")
    assert [kept.get(name) for name in "abc"] == ["a", None, "c"]
    kept.put("d", "too much", 11)
    assert [kept.get(name) for name in "abcd"] == [None, None, None, "too much"]
    kept.put("d", "less", 1)
    kept.put("e", "more", 9)
    assert (kept.get("d"), kept.get("e")) == ("less", "more")
