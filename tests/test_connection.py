"""What a server that cannot be used gets: an error that says which, at once."""

import socket
import time

import pytest

from graph import connection
from graph.errors import StoreRefused, StoreUnreachable
from graph.settings import Settings
from graph.store import open_store
from tests.conftest import Stores


def test_an_absent_server_is_told_at_once() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        uri = f"bolt://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(StoreUnreachable, match=r"127\.0\.0\.1.*NEO4J_URI"):
            open_store(Settings(neo4j_uri=uri))


@pytest.mark.parametrize("uri", ["http://localhost:7474", "localhost", "neo4j://"])
def test_an_address_that_is_none_is_told(uri: str) -> None:
    with pytest.raises(StoreUnreachable, match="NEO4J_URI"):
        open_store(Settings(neo4j_uri=uri))


def test_a_server_that_keeps_silent_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "ANSWER_SECONDS", 1.0)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        started = time.monotonic()
        with pytest.raises(StoreUnreachable):
            open_store(Settings(neo4j_uri=f"bolt://127.0.0.1:{silent.getsockname()[1]}"))
        assert time.monotonic() - started < 60  # the test's own patience, not a measurement


@pytest.mark.parametrize("engine", ["neo4j-5.26", "neo4j-2026"])
def test_a_wrong_password_or_database_is_told(stores: Stores, engine: str) -> None:
    stores.get(engine)
    right = stores.chosen[engine]
    with pytest.raises(StoreRefused, match="NEO4J_PASSWORD"):
        open_store(right.model_copy(update={"neo4j_password": type(right.neo4j_password)("wrong")}))
    with pytest.raises(StoreUnreachable, match="nowhere"):
        open_store(right.model_copy(update={"neo4j_database": "nowhere"}))
