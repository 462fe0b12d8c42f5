"""An engine that dies, hangs, or works for nobody while the API is served: it is started again, told of, stopped."""

import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest
from fastapi import FastAPI

from api import abandoned, health
from api.abandoned import Abandoned
from api.app import create_app
from graph import embedded, inquiry, revival, watch
from graph.errors import QueryError, StoreUnreachable
from graph.settings import Settings
from graph.store import Store, open_store
from tests.api_server import served
from tests.problem import is_problem
from tests.reader import inquire
from tests.test_inquiry import ENDLESS

QUESTION = "/v1/questions/coverage?known_at="  # of another day each time: what is kept needs no engine


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings with an engine of their own, which may be killed."""
    home = tmp_path_factory.mktemp("revival")
    yield Settings(home=home, neo4j_uri=None, engine_idle=60, model="none")
    embedded.stop(home)


def process(settings: Settings) -> int:
    engine = embedded.running(settings.home)
    assert engine is not None
    return engine.pid


def kill(settings: Settings) -> None:
    before = process(settings)
    os.kill(before, signal.SIGKILL)
    while embedded.running(settings.home) is not None:
        pass


def test_dead_engine_is_started_again_and_a_silent_one_told_of_and_killed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    log: list[str] = []
    with open_store(settings) as store:
        store.revive(settings, log.append)
        with served(create_app(store, settings)) as address, httpx2.Client(base_url=address, timeout=300) as client:
            assert client.get(QUESTION + "2025-12-31").status_code == 200
            kill(settings)
            answers: list[int] = []
            asking = [
                threading.Thread(target=lambda day=day: answers.append(client.get(QUESTION + day).status_code))
                for day in ("2026-01-01", "2026-01-02")
            ]
            for one in asking:
                one.start()
            for one in asking:
                one.join()
            assert answers == [200, 200]
            assert [line.partition(" in ")[0] for line in log] == ["The embedded engine ended; it was started again"]
            console = client.post("/v1/cypher", json={"query": "MATCH (r:Region {id: 'CN'}) RETURN r.name AS name"})
            assert console.json()["rows"] == [["China"]]

            monkeypatch.setattr(health, "MOST", 0.5)
            monkeypatch.setattr(health, "LATELY", 0.0)
            os.kill(process(settings), signal.SIGSTOP)
            told = client.get("/v1/health", timeout=10)
            os.kill(process(settings), signal.SIGCONT)
            assert told.status_code == 503
            assert "does not answer" in told.json()["detail"]
            monkeypatch.undo()
            assert client.get("/v1/health").status_code == 200

            monkeypatch.setattr(watch, "EVERY", 0.1)
            monkeypatch.setattr(watch, "PATIENCE", 8.0)
            store.revive(settings, log.append)
            hung = process(settings)
            os.kill(hung, signal.SIGSTOP)
            assert client.get(QUESTION + "2026-01-05").status_code == 200
            assert process(settings) != hung
            assert [line.partition(" in ")[0] for line in log[1:]] == [
                "The embedded engine answered nothing for 8 s and was killed.",
                "The embedded engine ended; it was started again",
            ]
            monkeypatch.undo()

            monkeypatch.setattr(revival, "MOST", 1)
            store._connection.revival = None
            store.revive(settings, log.append)
            for day, expected in (("2026-01-03", 200), ("2026-01-04", 503)):
                kill(settings)
                told = client.get(QUESTION + day)
                assert told.status_code == expected
            assert int(told.headers["retry-after"]) > 0
            assert "stays off" in log[-1]


def test_living_engine_is_not_started_again(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    log: list[str] = []

    def broken(*_: object, **__: object) -> None:
        raise StoreUnreachable("The connection broke.")

    with open_store(settings) as store:
        store.revive(settings, log.append)
        before = process(settings)
        monkeypatch.setattr(inquiry, "inquire", broken)
        for _ in range(revival.MOST + 1):
            with pytest.raises(QueryError) as raised:
                inquire(store, "RETURN 1 AS one")
            assert raised.value.reason == "engine"
        monkeypatch.undo()
        assert (process(settings), log) == (before, [])
        kill(settings)
        with pytest.raises(StoreUnreachable, match="was started again"):
            inquire(store, "RETURN 1 AS one")
        assert inquire(store, "RETURN 1 AS one").rows == [[1]]


def test_engine_that_answers_others_is_spared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "EVERY", 0.01)
    monkeypatch.setattr(watch, "PATIENCE", 0.1)
    silences = iter((0.0, 0.05))  # it answered others twice; then it answers nobody
    killed, asked = threading.Event(), threading.Event()

    def silent() -> float:
        return next(silences, 1.0)

    def ask() -> None:
        asked.wait()

    watching = watch.Watch(ask, killed.set, silent)
    assert killed.wait(10)
    assert next(silences, None) is None
    watching.close()
    asked.set()


@contextmanager
def slow(store: Store, seconds: float) -> Iterator[tuple[str, list[str]]]:
    """Serve a question that never ends, and yield its address and how it ended at the store."""
    ended: list[str] = []
    app = FastAPI()

    @app.get("/v1/questions/slow")
    def question() -> int:
        try:
            return len(store.read(ENDLESS))
        except QueryError as error:
            ended.append(error.reason)
            raise

    app.add_middleware(Abandoned, store=store, settings=Settings(query_timeout=seconds))
    with served(app) as address:
        yield address, ended


def test_question_whose_asker_has_gone_is_stopped(store: Store) -> None:
    with slow(store, 600) as (address, ended):
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as client:
            client.sendall(b"GET /v1/questions/slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            pause = threading.Event()
            pause.wait(0.5)
            assert ended == []
        while not ended:
            pause.wait(0.05)
    assert store.read("RETURN 1 AS one") == [{"one": 1}]


def test_question_that_takes_too_long_is_given_up(embedded_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(abandoned, "GRACE", 0.2)
    with slow(embedded_store, 0.1) as (address, ended):
        told = httpx2.get(f"{address}/v1/questions/slow", timeout=30)
        assert "takes longer" in is_problem(told, 503)["detail"]
        assert int(told.headers["retry-after"]) > 0
        while not ended:
            threading.Event().wait(0.05)
