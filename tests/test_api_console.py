"""`/v1/cypher` over HTTP: its shape, refusals, cancelling, a client that goes away."""

import json
import socket
import threading
import time
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient

from api.app import create_app
from graph.settings import Settings
from graph.store import Store
from queries.console.console import Console
from tests.problem import is_problem
from tests.test_inquiry import ENDLESS


def ask(client: TestClient, query: str, **more: Any) -> Any:
    return client.post("/v1/cypher", json={"query": query, **more})


def test_an_answer_has_its_shape(client: TestClient) -> None:
    body = ask(client, "MATCH (c:Claim)-[s:SEEKS]->(f:Field) RETURN c, s, f LIMIT 1", plan=True, id="mine").json()
    assert list(body) == [
        *("id", "columns", "rows", "graph", "plan", "milliseconds", "truncated", "withheld", "notes"),
    ]
    assert body["id"] == "mine"
    assert {tuple(node) for node in body["graph"]["nodes"]} == {("id", "labels", "caption", "properties")}
    (line,) = body["graph"]["relationships"]
    assert set(line) == {"id", "type", "start", "end", "caption", "properties"}
    assert body["plan"] is None
    assert "no plan" in body["notes"][0]


def test_a_refusal_says_why_and_where(client: TestClient) -> None:
    body = is_problem(ask(client, "MATCH (n)\nSET n.x = 1"), 400)
    assert (body["reason"], body["position"]) == ("clause", {"offset": 10, "line": 2, "column": 1})
    assert is_problem(ask(client, ENDLESS, timeout=0.5), 400)["reason"] == "timeout"


@pytest.mark.parametrize(
    ("more", "parameter"),
    [({"timeout": 0}, "timeout"), ({"timeout": -1}, "timeout"), ({"limit": 10_001}, "limit"), ({"id": "a b"}, "id")],
)
def test_limits_that_are_none_are_refused(client: TestClient, more: dict[str, Any], parameter: str) -> None:
    assert is_problem(ask(client, "RETURN 1 AS one", **more), 422)["parameter"] == parameter


def test_a_query_is_cancelled_by_its_id(client: TestClient) -> None:
    answers: list[Any] = []
    asking = threading.Thread(target=lambda: answers.append(ask(client, ENDLESS, id="slow")))
    asking.start()
    while (told := client.delete("/v1/cypher/slow")).status_code == 404:
        time.sleep(0.05)
    assert (told.status_code, told.content) == (204, b"")
    asking.join()
    assert is_problem(answers[0], 400)["reason"] == "cancelled"
    is_problem(client.delete("/v1/cypher/slow"), 404)


def test_busy_console_says_when_to_come_again(client: TestClient) -> None:
    ids = [f"slow-{number}" for number in range(Settings().console_concurrent)]
    asking = [threading.Thread(target=ask, args=(client, ENDLESS), kwargs={"id": id}) for id in ids]
    for one in asking:
        one.start()
    while len(client.app.state.console.running) < len(ids):  # type: ignore[attr-defined]
        time.sleep(0.05)
    told = ask(client, "RETURN 1 AS one")
    assert is_problem(told, 429)["reason"] == "busy"
    assert told.headers["retry-after"] == "1"
    for id in ids:
        while client.delete(f"/v1/cypher/{id}").status_code == 404:
            time.sleep(0.05)
    for one in asking:
        one.join()


def test_favourites_are_the_questions(client: TestClient) -> None:
    names = [one["name"] for one in client.get("/v1/cypher/favourites").json()]
    assert names == [item["name"] for item in client.get("/v1/questions").json()["items"]]


def test_a_query_is_cancelled_when_its_client_has_gone(embedded_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(embedded_store, Settings())
    console: Console = app.state.console
    cancelled: list[str] = []
    cancel = console.cancel
    monkeypatch.setattr(console, "cancel", lambda id: cancelled.append(id) or cancel(id))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    listening = socket.create_server(("127.0.0.1", 0))
    serving = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    serving.start()
    try:
        body = json.dumps({"query": ENDLESS}).encode()
        head = f"POST /v1/cypher HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}"
        head += "\r\nContent-Type: application/json"
        with socket.create_connection(listening.getsockname()) as client:
            client.sendall(f"{head}\r\n\r\n".encode() + body)
            while not (running := console.running):
                time.sleep(0.02)
        while console.running:
            time.sleep(0.02)
        assert cancelled == list(running)
    finally:
        server.should_exit = True
        serving.join()
