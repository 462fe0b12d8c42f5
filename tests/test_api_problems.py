"""What the REST API refuses, and what it says then."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.problem import is_problem


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/csv;q=0.1, application/json", "application/json"),
        ("application/json;q=0.2, text/csv;q=0.5", "text/csv"),
        ("text/csv, application/x-ndjson", "text/csv"),
        ("application/json;q=0, */*", "text/csv"),
        ("text/*", "text/csv"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"),
        ("*/*;q=0.1, application/x-ndjson;q=0.2", "application/x-ndjson"),
        ("text/csv;q=much", "text/csv"),
        ("", "application/json"),
    ],
)
def test_accept_is_weighed_by_quality(client: TestClient, accept: str, kind: str) -> None:
    response = client.get("/v1/questions", headers={"accept": accept})
    assert response.headers["content-type"].split(";")[0] == kind


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0"])
def test_accept_that_nothing_fits_is_refused(client: TestClient, accept: str) -> None:
    assert accept in is_problem(client.get("/v1/questions", headers={"accept": accept}), 406)["detail"]


def test_unknown_format_is_refused(client: TestClient) -> None:
    assert "xlsx" in is_problem(client.get("/v1/questions", params={"format": "xlsx"}), 406)["detail"]


def test_unknown_parameter_is_named(client: TestClient) -> None:
    body = is_problem(client.get("/v1/questions/flows", params={"colour": "red"}), 422)
    assert body["parameter"] == "colour"


def test_wrong_value_is_named(client: TestClient) -> None:
    body = is_problem(client.get("/v1/questions/regions-recruiting-fields", params={"since": "yesterday"}), 422)
    assert body["parameter"] == "since"
    assert "yesterday" in body["detail"]


@pytest.mark.parametrize(
    "route", ["entities?q=zhej&", "questions?", "health?", "claims/x?", "documents/x?", "entities/CN?"]
)
def test_unknown_parameter_is_named_on_every_route(client: TestClient, route: str) -> None:
    assert is_problem(client.get(f"/v1/{route}colour=red"), 422)["parameter"] == "colour"


@pytest.mark.parametrize("address", ["questions/flows?since=2025&since=2026", "entities?q=zhej&q=gua"])
def test_repeated_parameter_is_named(client: TestClient, address: str) -> None:
    body = is_problem(client.get(f"/v1/{address}"), 422)
    assert body["parameter"] in ("since", "q")
    assert "2 times" in body["detail"]


def test_unusable_values_of_questions_are_named(client: TestClient) -> None:
    for address, parameter in (
        ("claims?region=", "region"),
        ("claims?region=la+rioja", "region"),
        ("claims?origin=Zhejang", "origin"),
        ("claims?since=2026-02-01&until=2026-01-01", "since"),
    ):
        assert is_problem(client.get(f"/v1/questions/{address}"), 422)["parameter"] == parameter
    assert len(is_problem(client.get("/v1/questions/claims?region=la+rioja"), 422)["candidates"]) == 2


@pytest.mark.parametrize("route", ["extract", "cypher"])
@pytest.mark.parametrize(
    ("content", "detail"),
    [
        (b'{"text": "\xff"}', "The body is not JSON: byte 10 is not UTF-8."),
        (b'{"text": ', "The body is not JSON: "),
        (b"[" * 100_000, "The body is not JSON: "),
        (b"", "There is no body"),
        (b"5", "no JSON object"),
    ],
    ids=lambda value: repr(value)[:12],
)
def test_body_that_is_no_json_object_is_called_so(client: TestClient, route: str, content: bytes, detail: str) -> None:
    headers = {"content-type": "application/json"}
    assert detail in is_problem(client.post(f"/v1/{route}", content=content, headers=headers), 422)["detail"]


@pytest.mark.parametrize(("route", "key"), [("extract", "text"), ("cypher", "query")])
def test_key_that_a_body_lacks_is_named(client: TestClient, route: str, key: str) -> None:
    body = is_problem(client.post(f"/v1/{route}", json={}), 422)
    assert (body["parameter"], body["detail"]) == (key, f"`{key}` is missing.")


def test_key_that_a_body_may_not_have_is_named(client: TestClient) -> None:
    body = is_problem(client.post("/v1/cypher", json={"query": "RETURN 1 AS one", "colour": 1}), 422)
    assert (body["parameter"], body["detail"]) == ("colour", "`colour` is not known here.")


def test_unknown_question_names_those_that_are_near_or_all(client: TestClient) -> None:
    assert "regions-recruiting-fields" in is_problem(client.get("/v1/questions/zzz"), 404)["detail"]
    near = is_problem(client.get("/v1/questions/flow"), 404)["detail"]
    assert near == "There is no question 'flow'. Did you mean flows or net-flows?"
    assert is_problem(client.get("/v1/questions/flow/columns"), 404)["detail"] == near


def test_missing_records_are_problems(client: TestClient) -> None:
    for kind in ("claims", "documents"):
        assert "no-such-id" in is_problem(client.get(f"/v1/{kind}/no-such-id"), 404)["detail"]
    is_problem(client.get("/v1/entities/no-such-entity"), 404)


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/v1/nowhere", 404), ("PUT", "/v1/questions", 405)])
def test_what_no_route_answers_is_named(client: TestClient, method: str, path: str, status: int) -> None:
    headers = {"content-type": "application/json"}
    body = is_problem(client.request(method, path, headers=headers), status)
    assert body["detail"] == f"{method} {path} is not answered; /docs lists what is."


def test_unknown_type_of_entity_is_named(client: TestClient) -> None:
    assert is_problem(client.get("/v1/entities", params={"q": "x", "type": "planet"}), 422)["parameter"] == "type"


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({"text": ""}, "text"),
        ({"text": 5}, "text"),
        ({"text": "a", "colour": 1}, "colour"),
        ({"text": "a", "date": "soon"}, "date"),
        ({"text": "a", "lang": "English!"}, "lang"),
        ({"text": "a", "url": "notaurl"}, "url"),
    ],
)
def test_extract_says_what_is_wrong_with_its_input(client: TestClient, body: dict[str, Any], parameter: str) -> None:
    assert is_problem(client.post("/v1/extract", json=body), 422)["parameter"] == parameter


def test_text_longer_than_can_be_read_soon_is_refused(client: TestClient) -> None:
    body = is_problem(client.post("/v1/extract", json={"text": "a" * 100_001}), 422)
    assert body["parameter"] == "text"
    assert "100,000" in body["detail"]
