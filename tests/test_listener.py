"""Clients that dawdle: they are hung up on, and keep nobody else from being answered."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import httpx2
import pytest
from fastapi import FastAPI, Request, Response

from api import listener
from api.concurrency import Concurrency
from graph.settings import Settings
from tests.api_server import served

AT_WORK = 2
LONG = 30_000_000  # bytes: more than the system keeps for a reader
BEGUN = (
    b"POST /v1/extract HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
)
ASKED = b"GET /v1/questions/long HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server with two places at work."""
    monkeypatch.setattr(listener, "WINDOW", 0.5)
    app = FastAPI()
    app.add_middleware(Concurrency, settings=Settings(concurrent=AT_WORK))

    @app.get("/v1/questions/long")
    def long() -> Response:
        return Response(b"x" * LONG)

    @app.post("/v1/extract")
    async def extract(request: Request) -> int:
        return len(await request.body())

    with served(app) as address:
        yield address


@pytest.mark.parametrize(
    "sent", [b"", b"GET / HTTP/1.1\r\nX-Slow: ", BEGUN, ASKED], ids=["idle", "head", "body", "reader"]
)
def test_who_dawdles_is_hung_up_on(address: str, sent: bytes) -> None:
    place = ("127.0.0.1", int(address.rpartition(":")[2]))
    dawdling = [socket.create_connection(place) for _ in range(3 * AT_WORK)]
    for one in dawdling:
        one.settimeout(20)
        one.sendall(sent)
    done = threading.Event()

    def drip() -> None:
        while sent and sent != ASKED and not done.wait(0.1):
            for one in dawdling:
                try:
                    one.send(b"x")
                except OSError:
                    return

    dripping = threading.Thread(target=drip)
    dripping.start()
    time.sleep(3 * listener.WINDOW)
    assert httpx2.post(f"{address}/v1/extract", json="x", timeout=20).json() == len('"x"'), "there is a place"
    done.set()
    dripping.join()
    for one in dawdling:
        read = 0
        try:
            while some := one.recv(1_000_000):
                read += len(some)
        except ConnectionResetError:
            pass
        assert read < LONG
        one.close()


def test_slow_but_steady_reader_gets_it_all(address: str) -> None:
    with httpx2.stream("GET", f"{address}/v1/questions/long", timeout=20) as answer:
        read = 0
        for number, some in enumerate(answer.iter_raw(1_000_000)):
            read += len(some)
            if number < 20:
                time.sleep(0.1)
    assert read == LONG


def test_longest_idle_goes_where_there_are_too_many(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "WINDOW", 60.0)
    monkeypatch.setattr(listener, "MOST", 3)
    place = ("127.0.0.1", int(address.rpartition(":")[2]))
    with contextlib.ExitStack() as stack:
        held = []
        for _ in range(4):
            held.append(stack.enter_context(socket.create_connection(place, timeout=20)))
            time.sleep(0.1)
        assert held[0].recv(1) == b"", "it was closed"
        assert httpx2.post(f"{address}/v1/extract", json="x", timeout=20).status_code == 200
