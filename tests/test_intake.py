"""Documents taken in by the API: the same runs, store and quarantine as the command line's."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.alerts import alert as alerts
from api.app import create_app
from graph.store import Store
from tests.conftest import Stores
from tests.problem import is_problem

ARTICLE = "A robotics company in Zhejiang hired twenty AI engineers from Germany last year, a recruiter said."
AS_FILE = {"content-type": "application/octet-stream"}


@pytest.fixture(scope="module")
def client(stores: Stores) -> Iterator[TestClient]:
    """A client whose process that takes in loads the model once for all tests."""
    app = create_app(stores.get("embedded"), stores.chosen["embedded"])
    with TestClient(app, base_url="http://127.0.0.1:8321", client=("127.0.0.1", 50_000)) as client:
        yield client


def _ended(client: TestClient, answer: Any) -> dict[str, Any]:
    """Return the record of the run that an answer names, once it has ended."""
    assert answer.status_code == 202, answer.text
    end = time.monotonic() + 200
    while time.monotonic() < end:
        record: dict[str, Any] = client.get(answer.json()["address"]).json()
        if record["status"] not in ("queued", "running"):
            return record
        time.sleep(0.1)
    raise AssertionError(record)


def test_texts_and_files_go_through_runs_of_the_store(
    client: TestClient, embedded_store: Store, stores: Stores, tmp_path: Path
) -> None:
    alerts.add(embedded_store, alerts.alert("claims", [], "changed", str(tmp_path / "told.txt")))
    said = {"url": "https://example.org/a", "date": "2026-03-02", "publisher": "Test Wire"}
    first = client.post("/v1/documents", json={"text": ARTICLE, **said})
    bad = client.post(
        "/v1/documents/file", params={"name": "../bad.txt"}, content=b"\x7fELF\x00\x01" * 99, headers=AS_FILE
    )
    article = f"# A title\n\n{ARTICLE} Again.".encode()
    good = client.post("/v1/documents/file", params={"name": "b.md"}, content=article, headers=AS_FILE)
    record = _ended(client, first)
    assert (record["status"], record["stored"], record["command"]) == ("finished", 1, "POST /v1/documents")
    assert _ended(client, bad)["quarantined"] == 1
    assert _ended(client, good)["stored"] == 1
    assert (tmp_path / "told.txt").read_text(encoding="utf-8").startswith("talentgraph: 1 new:")
    titles = embedded_store.read("MATCH (d:Document) RETURN d.title AS title, d.url AS url ORDER BY url")
    assert [(row["title"], row["url"]) for row in titles] == [(None, said["url"]), ("A title", None)]
    assert [run["status"] for run in client.get("/v1/runs").json()["items"]] == ["finished"] * 3
    (held,) = client.get("/v1/quarantine").json()["items"]
    assert held["path"] == "bad.txt"
    (file,) = (stores.chosen["embedded"].home / "uploads").rglob("bad.txt")
    assert _ended(client, client.post(f"/v1/quarantine/{held['id']}/retry"))["quarantined"] == 1
    assert file.is_file()
    assert client.delete(f"/v1/quarantine/{held['id']}").status_code == 204
    assert not file.parent.parent.exists(), "sent files went with the list"
    assert client.get("/v1/quarantine").json()["items"] == []
    for method, path in (("DELETE", ""), ("POST", "/retry")):
        is_problem(client.request(method, f"/v1/quarantine/{held['id']}{path}"), 404)


def test_files_of_a_form_are_one_run(client: TestClient, embedded_store: Store, stores: Stores) -> None:
    sent = [
        ("file", ("a.txt", ARTICLE.encode(), "text/plain")),
        ("file", ("a.txt", f"{ARTICLE} Again.".encode(), "text/plain")),
        ("file", ("../c.bin", b"\x7fELF\x00\x01" * 99, "application/octet-stream")),
    ]
    answer = client.post("/v1/documents", files=sent, data={"publisher": "Test Wire", "date": "2026-03-02"})
    record = _ended(client, answer)
    assert record["command"] == "POST /v1/documents a.txt, a.txt, c.bin"
    assert (record["stored"], record["quarantined"]) == (2, 1)
    query = "MATCH (d:Document)-[:PUBLISHED_BY]->(p) RETURN p.name AS name, toString(d.date) AS date"
    assert embedded_store.read(query) == [{"name": "Test Wire", "date": "2026-03-02"}] * 2
    (held,) = client.get("/v1/quarantine").json()["items"]
    assert held["path"] == "c.bin"
    (kept,) = (stores.chosen["embedded"].home / "uploads").rglob("c.bin")
    left = [path for path in kept.parent.parent.rglob("*") if path.is_file()]
    assert left == [kept], "what was read is deleted, what was not is kept"
    for data, files in (({}, {"other": b"x"}), ({"colour": "red"}, {"file": b"x"}), ({"date": "soon"}, {"file": b"x"})):
        is_problem(client.post("/v1/documents", files=files, data=data), 422)
    is_problem(client.post("/v1/documents", files={"file": b""}), 422)
    is_problem(client.post("/v1/documents", files={"other": (None, "x")}), 422)


@pytest.mark.usefixtures("embedded_store")
def test_what_cannot_be_taken_is_refused_at_once(client: TestClient) -> None:
    is_problem(client.post("/v1/documents", json={}), 422)
    is_problem(client.post("/v1/documents", json={"url": "/etc/passwd"}), 422)
    is_problem(client.post("/v1/documents", json={"url": "file:///etc/passwd"}), 422)
    is_problem(client.post("/v1/documents", json={"url": "feed:file:///etc/passwd"}), 422)
    is_problem(client.post("/v1/documents", json={"text": ARTICLE, "url": "feed:https://example.org/rss"}), 422)
    is_problem(client.post("/v1/documents", json={"text": ARTICLE, "date": "soon"}), 422)
    is_problem(client.post("/v1/documents/file", params={"name": "a.txt"}), 422)
    is_problem(client.get("/v1/runs/none"), 404)
    assert client.get("/v1/runs").json()["items"] == []


@pytest.mark.usefixtures("embedded_store")
@pytest.mark.parametrize("kind", ["feed", "sitemap"])
def test_a_listing_is_vetted_as_everywhere(client: TestClient, kind: str) -> None:
    record = _ended(client, client.post("/v1/documents", json={"url": f"{kind}:http://127.0.0.1:9/news"}))
    assert record["quarantined"] == 1
    (held,) = client.get("/v1/quarantine").json()["items"]
    assert "this machine" in held["reason"]


def test_only_this_machine_and_its_own_pages_may_send(embedded_store: Store, stores: Stores) -> None:
    app = create_app(embedded_store, stores.chosen["embedded"])
    with TestClient(app, base_url="http://127.0.0.1:8321", client=("192.0.2.7", 50_000)) as far:
        is_problem(far.post("/v1/documents", json={"text": ARTICLE}), 401)
        is_problem(far.get("/v1/quarantine"), 401)
    with TestClient(app, base_url="http://127.0.0.1:8321", client=("127.0.0.1", 50_000)) as near:
        origin = {"origin": "https://evil.example"}
        is_problem(near.post("/v1/documents", json={"text": ARTICLE}, headers=origin), 403)
