"""The REST API over a store that holds the fixture of claims."""

import csv
import io
import json
import multiprocessing
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.errors import StoreUnreachable
from graph.settings import Settings
from graph.store import Store
from queries import catalogue
from tests import claims_fixture

LOOPBACK = ("127.0.0.1", 50_000)


@pytest.fixture
def store(embedded_store: Store) -> Store:
    claims_fixture.load(embedded_store)
    return embedded_store


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    with TestClient(create_app(store, Settings()), base_url="http://127.0.0.1:8321", client=LOOPBACK) as client:
        yield client


def is_problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert body["detail"]
    return body


def test_every_question_answers_with_its_declared_columns(client: TestClient, store: Store) -> None:
    claim = store.read("MATCH (c:Claim) RETURN c.id AS id ORDER BY id LIMIT 1")[0]["id"]
    examples = {"claim": claim, "region": "CN", "field": "ai", "company": "company-huawei", "entity": "CN-ZJ"}
    for question in catalogue.questions().values():
        required = {param.name: examples[param.type] for param in question.params if param.required}
        response = client.get(f"/v1/questions/{question.name}", params=required)
        assert response.status_code == 200, response.text
        body = response.json()
        assert set(body) >= {"items", "total", "next"}
        for row in body["items"]:
            assert list(row) == [column.name for column in question.columns]


def test_catalogue_lists_every_question_with_its_address(client: TestClient) -> None:
    items = client.get("/v1/questions").json()["items"]
    assert [item["name"] for item in items] == list(catalogue.questions())
    assert client.get(items[0]["url"]).status_code in (200, 422)


def test_pages_follow_one_another_to_the_whole(client: TestClient) -> None:
    whole = client.get("/v1/questions/regions-recruiting-fields", params={"limit": 1000}).json()
    assert whole["total"] == len(whole["items"]) > 4
    assert whole["next"] is None
    pages: list[Any] = []
    address: str | None = "/v1/questions/regions-recruiting-fields?limit=3"
    while address:
        response = client.get(address)
        pages += response.json()["items"]
        address = response.json()["next"]
        assert ('rel="next"' in response.headers.get("link", "")) == (address is not None)
    assert pages == whole["items"]


def test_formats_hold_the_same_rows(client: TestClient) -> None:
    address = "/v1/questions/regions-recruiting-fields"
    items = client.get(address).json()["items"]
    by_parameter = client.get(address, params={"format": "csv"})
    by_header = client.get(address, headers={"accept": "text/csv"})
    assert by_parameter.text == by_header.text
    assert by_parameter.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(by_parameter.text)))
    assert [row["claims"] for row in rows] == [str(item["claims"]) for item in items]
    lines = client.get(address, params={"format": "ndjson"}).text.splitlines()
    assert [json.loads(line) for line in lines] == items


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


def test_head_answers_as_get_without_a_body(client: TestClient) -> None:
    for address in ("/v1/health", "/v1/questions", "/v1/questions/flows?limit=2", "/v1/entities?q=zhej"):
        asked, told = client.get(address), client.head(address)
        assert (told.status_code, told.content) == (200, b"")
        assert told.headers["content-type"] == asked.headers["content-type"]
        assert told.headers["content-length"] == asked.headers["content-length"]
    assert client.head("/v1/nowhere").status_code == 404
    assert client.head("/v1/cypher").status_code == 405


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


@pytest.mark.parametrize("address", ["questions/flows?field=ai&field=quantum", "entities?q=zhej&q=gua"])
def test_repeated_parameter_is_named(client: TestClient, address: str) -> None:
    body = is_problem(client.get(f"/v1/{address}"), 422)
    assert body["parameter"] in ("field", "q")
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


def test_unknown_question_lists_the_known(client: TestClient) -> None:
    assert "regions-recruiting-fields" in is_problem(client.get("/v1/questions/nonsense"), 404)["detail"]


def test_claim_opens_to_its_sentence(client: TestClient, store: Store) -> None:
    known = store.read(
        "MATCH (c:Claim)-[s:STATED_IN]->(d:Document) RETURN c.id AS id, s.quote AS quote, s.start AS start, "
        "s.end AS end, d.id AS document, d.text AS text ORDER BY id LIMIT 1"
    )[0]
    claim = client.get(f"/v1/claims/{known['id']}").json()
    assert claim["evidence"] == {"quote": known["quote"], "start": known["start"], "end": known["end"]}
    assert {"modality", "confidence", "slots", "document"} <= claim.keys()
    document = client.get(f"/v1/documents/{claim['document']['id']}").json()
    assert document["text"][known["start"] : known["end"]] == known["quote"]
    assert known["id"] in [row["id"] for row in document["claims"]]


def test_missing_records_are_problems(client: TestClient) -> None:
    for kind in ("claims", "documents"):
        assert "no-such-id" in is_problem(client.get(f"/v1/{kind}/no-such-id"), 404)["detail"]
    is_problem(client.get("/v1/entities/no-such-entity"), 404)
    is_problem(client.get("/v1/nowhere"), 404)


@pytest.mark.parametrize("prefix", ["zhej", "浙", "CN-ZJ"])
def test_entities_are_found_by_prefix_in_either_language(client: TestClient, prefix: str) -> None:
    items = client.get("/v1/entities", params={"q": prefix, "type": "region"}).json()["items"]
    assert "CN-ZJ" in [item["id"] for item in items]


@pytest.mark.parametrize("name", ["CN-ZJ", "Zhejiang", "浙江"])
def test_entity_answers_to_every_name(client: TestClient, name: str) -> None:
    entity = client.get(f"/v1/entities/{name}").json()
    assert entity["id"] == "CN-ZJ"
    assert {"relationship": "PART_OF", "label": "Region", "id": "CN", "name": "China"} in entity["related"]


@pytest.mark.parametrize("region", ["CN-ZJ", "CN"])
def test_entity_counts_the_claims_of_its_parts_as_questions_do(client: TestClient, region: str) -> None:
    slots = {slot["slot"]: slot["claims"] for slot in client.get(f"/v1/entities/{region}").json()["slots"]}
    for slot, parameter in (("destination", "region"), ("origin", "origin")):
        total = client.get("/v1/questions/claims", params={parameter: region, "modality": "all"}).json()["total"]
        assert slots.get(slot, 0) == total
    assert slots["destination"] > 1


def test_unknown_type_of_entity_is_named(client: TestClient) -> None:
    assert is_problem(client.get("/v1/entities", params={"q": "x", "type": "planet"}), 422)["parameter"] == "type"


def test_extract_reads_and_stores_nothing(client: TestClient, store: Store) -> None:
    before = store.counts()
    text = "Northwind Robotics in Zhejiang has hired ten robotics engineers from Spain."
    body = client.post("/v1/extract", json={"text": text, "lang": "en"}).json()
    assert body["claims"]
    evidence = body["claims"][0]["evidence"]
    assert text[evidence["start"] : evidence["end"]] == text
    assert store.counts() == before


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


def test_texts_are_read_in_a_process_that_is_replaced_when_it_ends(store: Store) -> None:
    with TestClient(create_app(store, Settings(model="none")), base_url="http://127.0.0.1") as client:
        text = {"text": "Ten engineers moved to Graz.", "lang": "en"}
        assert client.post("/v1/extract", json=text).json()["entities"]
        (process,) = multiprocessing.active_children()
        assert client.post("/v1/extract", json=text).status_code == 200
        assert multiprocessing.active_children() == [process]
        process.kill()
        process.join()
        assert "Send the text again" in is_problem(client.post("/v1/extract", json=text), 500)["detail"]
        assert client.post("/v1/extract", json=text).status_code == 200
    assert multiprocessing.active_children() == []


def test_cypher_reads(client: TestClient) -> None:
    query = "MATCH (r:Region {id: $id}) RETURN r.name AS name"
    body = client.post("/v1/cypher", json={"query": query, "parameters": {"id": "CN-ZJ"}}).json()
    assert body["columns"] == ["name"]
    assert body["rows"] == [["Zhejiang"]]
    assert body["truncated"] is False


def test_cypher_does_not_write(client: TestClient, store: Store) -> None:
    before = store.counts()
    is_problem(client.post("/v1/cypher", json={"query": "CREATE (:Region {id: 'x'})"}), 400)
    is_problem(client.post("/v1/cypher", json={"query": "MATCH (n) DETACH DELETE n"}), 400)
    assert store.counts() == before


def test_cypher_says_when_it_stopped_at_the_limit(client: TestClient) -> None:
    query = "MATCH (r:Region) RETURN r.id AS id ORDER BY id"
    body = client.post("/v1/cypher", json={"query": query, "limit": 2}).json()
    assert len(body["rows"]) == 2
    assert body["truncated"] is True


def test_cypher_errors_are_the_engines_own(client: TestClient) -> None:
    is_problem(client.post("/v1/cypher", json={"query": "MATCH (n RETURN n"}), 400)


@pytest.mark.parametrize(
    ("peer", "host"),
    [(("192.0.2.7", 50_000), "127.0.0.1:8321"), (LOOPBACK, "rebound.example"), (("2001:db8::1", 50_000), "localhost")],
)
def test_cypher_answers_on_loopback_only(store: Store, peer: tuple[str, int], host: str) -> None:
    with TestClient(create_app(store, Settings()), base_url=f"http://{host}", client=peer) as client:
        is_problem(client.post("/v1/cypher", json={"query": "RETURN 1 AS one"}), 403)


def test_cypher_can_be_switched_off(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALENTGRAPH_CONSOLE", "false")
    with TestClient(create_app(store, Settings()), base_url="http://127.0.0.1", client=LOOPBACK) as client:
        assert "TALENTGRAPH_CONSOLE" in is_problem(client.post("/v1/cypher", json={"query": "RETURN 1"}), 403)["detail"]


def test_health_tells_engine_and_counts(client: TestClient, store: Store) -> None:
    body = client.get("/v1/health").json()
    assert body["status"] == "ok"
    assert body["engine"] == store.name
    assert body["counts"]["Claim"] > 0
    assert body["sample_data"] is False


def test_health_tells_when_the_store_is_gone(client: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> dict[str, int]:
        raise StoreUnreachable("No server answers at bolt://127.0.0.1:1.")

    monkeypatch.setattr(store, "counts", gone)
    response = client.get("/v1/health")
    assert response.status_code == 503
    assert response.json()["status"] == "unreachable"


def test_sample_data_is_marked(store: Store) -> None:
    with TestClient(create_app(store, Settings(), sample=True)) as client:
        assert client.get("/v1/health").json()["sample_data"] is True
        assert "sample data" in client.get("/openapi.json").json()["info"]["title"]


def test_interactive_docs_need_nothing_from_outside(client: TestClient) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    assert re.findall(r"""["'(](?:https?:)?//[^"')]+""", page.text) == []
    assert client.get("/static-offline-docs/swagger-ui-bundle.js").status_code == 200


def test_openapi_describes_every_parameter_of_every_question(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for question in catalogue.questions().values():
        described = {item["name"] for item in paths[f"/v1/questions/{question.name}"]["get"]["parameters"]}
        assert described == {param.name for param in question.params} | {"format"}
