"""Who may ask what: every route with every scope, this machine without a key, rates, sizes, and the audit log."""

import asyncio
import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute
from starlette.types import Message

from api.app import create_app
from api.audit import BEGINNING, Audit
from api.keys import SCOPES, Keys
from api.rules import OTHER, PUBLIC, RULES, rule
from graph.errors import UnknownEntity
from graph.settings import Settings
from graph.store import Store
from tests.problem import is_problem

HERE, ELSEWHERE = ("127.0.0.1", 50_000), ("192.0.2.7", 50_000)
QUESTION = "/v1/questions/publishers"
REFUSED = (401, 403)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(home=tmp_path_factory.mktemp("access"), rate_limit=0, model="none")


@pytest.fixture(scope="module")
def app(loaded_embedded: Store, settings: Settings) -> FastAPI:
    return create_app(loaded_embedded, settings)


@pytest.fixture(scope="module")
def far(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url="http://talentgraph.example", client=ELSEWHERE) as client:
        yield client


@pytest.fixture
def here(app: FastAPI) -> TestClient:
    return TestClient(app, base_url="http://127.0.0.1:8321", client=HERE)


@pytest.fixture(scope="module")
def keys(settings: Settings) -> dict[str, str]:
    return {scope: Keys(settings.home).create(scope, [scope])[1] for scope in SCOPES}


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


def operations(app: FastAPI) -> list[tuple[str, str]]:
    """Return method and path of every route, those that the document leaves out too."""
    found: list[tuple[str, str]] = []

    def walk(routes: list[BaseRoute], prefix: str) -> None:
        for route in routes:
            inner = getattr(route, "original_router", None)
            if isinstance(route, APIRoute):
                found.extend((method, prefix + route.path) for method in route.methods)
            elif inner is not None:
                walk(inner.routes, prefix + (getattr(getattr(route, "include_context", None), "prefix", "") or ""))
            elif methods := getattr(route, "methods", None):
                found.extend((method, prefix + route.path) for method in methods)  # type: ignore[attr-defined]

    walk(list(app.routes), "")
    return sorted({(method, path) for method, path in found if method != "HEAD"})


def test_every_route_is_seen(app: FastAPI) -> None:
    documented = {(method.upper(), path) for path, found in app.openapi()["paths"].items() for method in found}
    assert documented <= set(operations(app))
    assert ("GET", "/v1/questions/{name}.csv") in operations(app)


async def status(app: FastAPI, method: str, path: str, headers: dict[str, str], body: bytes) -> int:
    """Return the status of an answer to someone elsewhere; a client of HTTP would take longer than the API does."""
    found: list[int] = []
    sent = [{"type": "http.request", "body": body, "more_body": False}]
    given = headers | {"host": "talentgraph.example", "content-length": str(len(body))}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        # No route has such a parameter: what is let through is refused at once (422), and costs nothing.
        "query_string": b"colour=red",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "client": ELSEWHERE,
        "server": ("talentgraph.example", 80),
    }

    async def receive() -> Message:
        if not sent:
            await asyncio.Event().wait()  # as a client that stays
        return sent.pop()

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            found.append(message["status"])

    await app(scope, receive, send)
    return found[0]


def test_every_route_with_every_scope(app: FastAPI, keys: dict[str, str]) -> None:
    """A key opens what its scope is for and no more; without one only the program itself can be seen."""

    async def walk() -> None:
        for method, template in operations(app):
            path = template.replace("{name}", "publishers").replace("{id}", "none-such").replace("{name:path}", "none")
            needed = rule(method, path).scope
            kind = "application/octet-stream" if path.endswith("/file") else "application/json"
            headers, body = ({"content-type": kind}, b"{}") if method == "POST" else ({}, b"")
            without = await status(app, method, path, headers, body)
            assert (without in REFUSED) == (needed != PUBLIC), (method, path)
            for scope, key in keys.items():
                came = await status(app, method, path, headers | bearer(key), body)
                opened = needed in (PUBLIC, scope) or scope == "admin"
                assert (came not in REFUSED) == opened, (method, path, scope, came)
                assert came < 500, (method, path, scope)

    with start_blocking_portal() as portal:  # a thread of its own: a browser of other tests keeps a loop in this one
        portal.call(walk)


def test_route_that_no_rule_names_needs_admin(far: TestClient, keys: dict[str, str]) -> None:
    assert rule("GET", "/v1/new-thing").scope == rule("PUT", "/v1/questions").scope == OTHER == "admin"
    assert rule("HEAD", QUESTION) == rule("GET", QUESTION)
    is_problem(far.get("/v1/new-thing"), 401)
    is_problem(far.get("/v1/new-thing", headers=bearer(keys["read"])), 403)
    is_problem(far.get("/v1/new-thing", headers=bearer(keys["admin"])), 404)
    assert {one.scope for one in RULES} | {OTHER} == {PUBLIC, *SCOPES}, "a scope that opens nothing, or a rule without"


def test_key_comes_in_three_ways(far: TestClient, keys: dict[str, str]) -> None:
    def basic(text: str) -> dict[str, str]:
        return {"authorization": "Basic " + base64.b64encode(text.encode()).decode()}

    key = keys["read"]
    for headers in (bearer(key), {"x-api-key": key}, basic(f"ana:{key}"), basic(f"{key}:")):
        assert far.get(QUESTION, headers=headers).status_code == 200
    for headers in (
        bearer(key[:-1]),
        bearer(""),
        bearer("tg_00000000_" + key[12:]),
        {"x-api-key": "x"},
        {"x-api-key": ""},
        basic("ana:no"),
        {"authorization": "Basic ###"},
        {"authorization": "Digest x"},
        {"x-api-key": "wrong", "authorization": f"Bearer {key}"},
    ):
        response = far.get(QUESTION, headers=headers)
        is_problem(response, 401)
        assert "Basic" in response.headers["www-authenticate"]


def test_wrong_key_does_not_hold_on_this_machine_either(here: TestClient, keys: dict[str, str]) -> None:
    told = is_problem(here.get(QUESTION, headers=bearer("tg_x_y")), 401)["detail"]
    assert "unknown or was revoked" in told
    assert "Authorization: Bearer" in told
    is_problem(here.post("/v1/cypher", json={"query": "RETURN 1 AS n"}, headers=bearer(keys["read"])), 403)


def test_revoked_key_holds_no_longer(far: TestClient, settings: Settings) -> None:
    kept, text = Keys(settings.home).create("short", ["read"])
    assert far.get(QUESTION, headers=bearer(text)).status_code == 200
    Keys(settings.home).revoke(kept.id)
    is_problem(far.get(QUESTION, headers=bearer(text)), 401)
    with pytest.raises(UnknownEntity):
        Keys(settings.home).revoke("none-such")


def test_file_of_keys_holds_no_key(settings: Settings, keys: dict[str, str]) -> None:
    path = settings.home / "keys.json"
    assert path.stat().st_mode & 0o077 == 0
    # A secret may hold the mark that divides a key: what stands after the second one is all of it.
    assert not any(key.split("_", 2)[2] in path.read_text() for key in keys.values())


@pytest.mark.parametrize(
    ("peer", "host", "extra"),
    [
        (ELSEWHERE, "127.0.0.1:8321", {}),
        (HERE, "rebound.example", {}),
        (("2001:db8::1", 5), "localhost", {}),
        (HERE, "127.0.0.1", {"x-forwarded-for": "192.0.2.7"}),
        (HERE, "127.0.0.1", {"forwarded": "for=192.0.2.7"}),
        *((HERE, "127.0.0.1", {name: "x"}) for name in ("via", "cf-connecting-ip", "true-client-ip", "x-client-ip")),
        (HERE, "127.0.0.1", {"x-forwarded-proto": "https"}),
        (HERE, "[::1", {}),
        (HERE, "127.0.0.1.example", {}),
        *((HERE, host, {}) for host in ("localhost/evil", "localhost#evil.example", "localhost?x", "evil@localhost")),
        (("unix", 0), "localhost", {}),
    ],
)
def test_only_this_machine_under_its_own_name_needs_no_key(
    app: FastAPI, peer: tuple[str, int], host: str, extra: dict[str, str]
) -> None:
    client = TestClient(app, base_url="http://127.0.0.1", client=peer)
    for method, path in (("GET", QUESTION), ("POST", "/v1/cypher")):
        response = client.request(method, path, headers={"host": host} | extra, json={} if method == "POST" else None)
        is_problem(response, 401)


@pytest.mark.parametrize("host", ["127.0.0.1:8321", "localhost", "[::1]:9", "LOCALHOST:80"])
def test_this_machine_needs_no_key(app: FastAPI, host: str) -> None:
    client = TestClient(app, base_url="http://127.0.0.1", client=("::1", 5) if "::1" in host else HERE)
    assert client.get(QUESTION, headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://evil.example", "content-type": "application/json"}, 403),
        ({"origin": "null", "content-type": "application/json"}, 403),
        ({"origin": "http://127.0.0.1:9999", "content-type": "application/json"}, 403),
        ({"sec-fetch-site": "cross-site", "content-type": "application/json"}, 403),
        ({"sec-fetch-site": "same-site", "content-type": "application/json"}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        ({"content-type": "multipart/form-data; boundary=x"}, 415),
        ({"content-type": ""}, 415),
        ({"origin": "http://127.0.0.1:8321", "content-type": "application/json; charset=utf-8"}, 200),
        ({"content-type": "application/json"}, 200),
    ],
)
def test_page_of_elsewhere_cannot_make_a_browser_act(here: TestClient, headers: dict[str, str], status: int) -> None:
    response = here.post("/v1/cypher", content=json.dumps({"query": "RETURN 1 AS one"}), headers=headers)
    assert response.status_code == status, response.text
    file = here.post("/v1/documents/file?name=a.txt", content=b"text", headers={"content-type": "text/plain"})
    is_problem(file, 415)


def test_page_that_is_allowed_may_read_from_a_browser(loaded_embedded: Store, settings: Settings) -> None:
    allowed = settings.model_copy(update={"cors_origins": "https://grafana.example, https://other.example"})
    client = TestClient(create_app(loaded_embedded, allowed), base_url="http://127.0.0.1:8321", client=HERE)
    response = client.get(QUESTION, headers={"origin": "https://grafana.example"})
    assert response.headers["access-control-allow-origin"] == "https://grafana.example"
    assert {"link", "etag", "x-total-count"} <= {
        name.strip().lower() for name in response.headers["access-control-expose-headers"].split(",")
    }
    assert "access-control-allow-origin" not in client.get(QUESTION, headers={"origin": "https://x.example"}).headers
    asked = {"origin": "https://grafana.example", "access-control-request-method": "GET"}
    asked["access-control-request-headers"] = "x-api-key"
    assert client.options(QUESTION, headers=asked).status_code == 200
    for wrong, said in (
        ({"origin": "https://x.example"}, "origin"),
        ({"access-control-request-method": "PUT"}, "method"),
        ({"access-control-request-headers": "x-other"}, "headers"),
    ):
        refusal = client.options(QUESTION, headers=asked | wrong)
        detail = is_problem(refusal, 400)["detail"]
        assert f"{said} not allowed" in detail
        assert ("TALENTGRAPH_CORS_ORIGINS" in detail) == (said == "origin")
        assert "Origin" in refusal.headers["vary"]
    refused = client.get(QUESTION, headers={"origin": "https://grafana.example", "x-api-key": "no"})
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (401, "https://grafana.example")


def test_this_machine_may_be_asked_for_a_key_too(
    loaded_embedded: Store, settings: Settings, keys: dict[str, str]
) -> None:
    several = settings.model_copy(update={"local_key": True})
    client = TestClient(create_app(loaded_embedded, several), base_url="http://127.0.0.1:8321", client=HERE)
    assert "127.0.0.1" not in is_problem(client.get(QUESTION), 401)["detail"]
    is_problem(client.post("/v1/cypher", json={"query": "RETURN 1 AS one"}), 401)
    assert client.get("/v1/health").status_code == client.get("/openapi.json").status_code == 200
    assert client.get(QUESTION, headers=bearer(keys["read"])).status_code == 200
    is_problem(client.post("/v1/cypher", json={"query": "RETURN 1 AS one"}, headers=bearer(keys["read"])), 403)


def test_rates_are_weighed_by_cost(loaded_embedded: Store, settings: Settings, keys: dict[str, str]) -> None:
    slow = settings.model_copy(update={"rate_limit": 40, "anonymous": "read"})
    app = create_app(loaded_embedded, slow)
    far = TestClient(app, base_url="http://talentgraph.example", client=ELSEWHERE)
    statuses = [far.get(QUESTION).status_code for _ in range(9)]
    assert statuses == [200] * 8 + [429]
    response = far.get("/v1/graph/neighbourhood?entity=CN")
    is_problem(response, 429)
    assert 1 <= int(response.headers["retry-after"]) <= 61
    assert far.get(QUESTION, headers=bearer(keys["read"])).status_code == 200, "another asker has units of its own"
    guess = [far.get(QUESTION, headers=bearer("tg_a_b")).status_code for _ in range(2)]
    assert guess == [429, 429], "guessing keys uses up the address's units"
    here = TestClient(app, base_url="http://127.0.0.1", client=HERE)
    assert {here.get(QUESTION).status_code for _ in range(12)} == {200}


def test_without_a_key_others_may_what_the_setting_says(loaded_embedded: Store, settings: Settings) -> None:
    opened = settings.model_copy(update={"anonymous": "read"})
    far = TestClient(create_app(loaded_embedded, opened), base_url="http://talentgraph.example", client=ELSEWHERE)
    assert far.get(QUESTION).status_code == 200
    is_problem(far.post("/v1/cypher", json={"query": "RETURN 1 AS n"}), 401)


def test_body_that_is_too_large_is_refused(here: TestClient) -> None:
    headers = {"content-type": "application/json", "content-length": "45000001"}
    is_problem(here.post("/v1/extract", content=b"{}", headers=headers), 413)

    def pieces() -> Iterator[bytes]:
        yield b'{"text": "'
        for _ in range(46):
            yield b"a" * 1_000_000

    is_problem(here.post("/v1/extract", content=pieces(), headers={"content-type": "application/json"}), 413)


def test_log_tells_who_asked_what(far: TestClient, here: TestClient, settings: Settings, keys: dict[str, str]) -> None:
    log = Audit(settings.home)
    before = log.verify()
    here.get(QUESTION)
    assert log.verify() == before, "reading on this machine is not noted"
    far.get(QUESTION, headers=bearer(keys["read"]))
    far.get(QUESTION)
    far.get(QUESTION, headers=bearer("tg_a_b"))
    here.post("/v1/cypher", json={"query": "RETURN 'a secret' AS n"})
    lines = [json.loads(line) for line in log.path.read_text().splitlines()[before.lines :]]
    key = keys["read"].split("_")[1]
    assert [(line["actor"], line["action"], line["status"]) for line in lines] == [
        (f"key {key}", f"GET {QUESTION}", 200),
        ("address 192.0.2.7", f"GET {QUESTION}", 401),
        ("wrong key, address 192.0.2.7", f"GET {QUESTION}", 401),
        ("this machine", "POST /v1/cypher", 200),
    ]
    assert "a secret" not in log.path.read_text()
    assert log.verify().broken is None


def test_log_that_was_tampered_with_is_found(tmp_path: Path) -> None:
    log = Audit(tmp_path)
    assert log.verify() == log.verify(BEGINNING)
    for number in range(5):
        log.note("this machine", f"POST /v1/cypher {number}", 200)
    whole = log.path.read_text().splitlines(keepends=True)
    last = log.verify().last
    assert log.verify(last).broken is None
    for number in range(5):
        changed = [line.replace("this machine", "nobody") if i == number else line for i, line in enumerate(whole)]
        log.path.write_text("".join(changed))
        assert f"line {number + 1} " in (log.verify().broken or "")
    for number in range(4):
        log.path.write_text("".join(whole[:number] + whole[number + 1 :]))
        assert f"line {number + 1} " in (log.verify().broken or "")
    log.path.write_text("".join(whole[:4]))
    assert log.verify().broken is None, "a log that was cut still holds …"
    assert "cut" in (log.verify(last).broken or ""), "… unless a later hash was noted"
    log.path.write_text("".join(whole) + "no line")
    log.note("this machine", "after it", 200)
    assert "line 6 " in (log.verify().broken or "")


def test_several_processes_write_one_chain(tmp_path: Path) -> None:
    code = (
        f"from pathlib import Path\nfrom api.audit import Audit\nlog = Audit(Path({str(tmp_path)!r}))\n"
        "for n in range(40): log.note('p', str(n), 200)"
    )
    running = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    found = Audit(tmp_path).verify()
    assert (found.lines, found.broken) == (120, None)
