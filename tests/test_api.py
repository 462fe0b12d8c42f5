"""The REST API over a store that holds the fixture of claims."""

import csv
import io
import json
import multiprocessing
import os
import re
import time
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api import reader
from api.app import create_app
from graph.errors import StoreUnreachable
from graph.settings import Settings
from graph.store import Store
from queries import catalogue
from tests.problem import is_problem

LOOPBACK = ("127.0.0.1", 50_000)


def test_every_question_answers_with_its_declared_columns(client: TestClient, loaded_embedded: Store) -> None:
    claim = loaded_embedded.read("MATCH (c:Claim) RETURN c.id AS id ORDER BY id LIMIT 1")[0]["id"]
    examples = {"claim": claim, "region": "CN", "field": "ai", "company": "company-huawei", "entity": "CN-ZJ"}
    examples["instant"] = "2026-03-15"
    for question in catalogue.questions().values():
        required = {p.name: examples[p.sent_as or p.type] for p in question.params if p.required}
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


def test_head_answers_as_get_without_a_body(client: TestClient) -> None:
    for address in ("/v1/health", "/v1/questions", "/v1/questions/flows?limit=2", "/v1/entities?q=zhej"):
        asked, told = client.get(address), client.head(address)
        assert (told.status_code, told.content) == (200, b"")
        assert told.headers["content-type"] == asked.headers["content-type"]
        assert told.headers["content-length"] == asked.headers["content-length"]
    assert client.head("/v1/nowhere").status_code == 404
    assert client.head("/v1/cypher").status_code == 405


def test_claim_opens_to_its_sentence(client: TestClient, loaded_embedded: Store) -> None:
    known = loaded_embedded.read(
        "MATCH (c:Claim)-[s:STATED_IN]->(d:Document) RETURN c.id AS id, s.quote AS quote, s.start AS start, "
        "s.end AS end, d.id AS document, d.text AS text ORDER BY id LIMIT 1"
    )[0]
    claim = client.get(f"/v1/claims/{known['id']}").json()
    assert claim["evidence"] == {"quote": known["quote"], "start": known["start"], "end": known["end"]}
    assert {"modality", "confidence", "slots", "document"} <= claim.keys()
    document = client.get(f"/v1/documents/{claim['document']['id']}").json()
    assert document["text"][known["start"] : known["end"]] == known["quote"]
    assert known["id"] in [row["id"] for row in document["claims"]]


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


def test_extract_reads_and_stores_nothing(client: TestClient, loaded_embedded: Store) -> None:
    before = loaded_embedded.counts()
    text = "Northwind Robotics in Zhejiang has hired ten robotics engineers from Spain."
    body = client.post("/v1/extract", json={"text": text, "lang": "en"}).json()
    assert body["claims"]
    evidence = body["claims"][0]["evidence"]
    assert text[evidence["start"] : evidence["end"]] == text
    assert loaded_embedded.counts() == before


def test_texts_are_read_in_a_process_that_is_replaced_when_it_ends(
    loaded_embedded: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = set(multiprocessing.active_children())
    app = create_app(loaded_embedded, Settings(model="none"))
    with TestClient(app, base_url="http://127.0.0.1", client=LOOPBACK) as client:
        text = {"text": "Ten engineers moved to Graz.", "lang": "en"}
        assert client.post("/v1/extract", json=text).json()["entities"]
        (process,) = set(multiprocessing.active_children()) - others
        assert client.post("/v1/extract", json=text).status_code == 200
        assert set(multiprocessing.active_children()) - others == {process}
        process.kill()
        process.join()
        assert client.post("/v1/extract", json=text).status_code == 200, "read once more in a new process"
        monkeypatch.setattr(reader, "_read", _ends)
        told = client.post("/v1/extract", json=text)
        monkeypatch.undo()
        assert "Send the text again" in is_problem(told, 503)["detail"], told.text
        assert int(told.headers["retry-after"]) > 0
        assert client.post("/v1/extract", json=text).status_code == 200
        document = client.get("/openapi.json").json()
        described = document["paths"]["/v1/extract"]["post"]["responses"]["503"]["$ref"].rpartition("/")[2]
        assert "Retry-After" in document["components"]["responses"][described]["headers"]
    assert set(multiprocessing.active_children()) <= others


def _ends(*_: object) -> None:
    """End the process that reads, whatever is to be read."""
    os._exit(1)


def test_cypher_reads(client: TestClient) -> None:
    query = "MATCH (r:Region {id: $id}) RETURN r.name AS name"
    body = client.post("/v1/cypher", json={"query": query, "parameters": {"id": "CN-ZJ"}}).json()
    for sent in ('{"x": 1e400}', '{"x": [{"y": -1e400}]}', '{"x": NaN}', '{"x": Infinity}'):
        text = f'{{"query": "RETURN $x AS x", "parameters": {sent}}}'
        refused = client.post("/v1/cypher", content=text, headers={"content-type": "application/json"})
        assert is_problem(refused, 422)["parameter"] == "parameters"
    text = '{"query": "RETURN 1 AS x", "timeout": 1e400}'
    refused = client.post("/v1/cypher", content=text, headers={"content-type": "application/json"})
    assert is_problem(refused, 422)["parameter"] == "timeout"
    assert body["columns"] == ["name"]
    assert body["rows"] == [["Zhejiang"]]
    assert body["truncated"] == {"rows": False, "bytes": False, "graph": False}
    assert body["graph"] == {"nodes": [], "relationships": []}


def test_cypher_does_not_write(client: TestClient, loaded_embedded: Store) -> None:
    before = loaded_embedded.counts()
    is_problem(client.post("/v1/cypher", json={"query": "CREATE (:Region {id: 'x'})"}), 400)
    body = is_problem(client.post("/v1/cypher", json={"query": "MATCH (n)\nDETACH DELETE n"}), 400)
    assert body["reason"] == "clause"
    assert body["position"] == {"offset": 10, "line": 2, "column": 1}
    assert loaded_embedded.counts() == before


def test_cypher_says_when_it_stopped_at_the_limit(client: TestClient) -> None:
    query = "MATCH (r:Region) RETURN r.id AS id ORDER BY id"
    body = client.post("/v1/cypher", json={"query": query, "limit": 2}).json()
    assert len(body["rows"]) == 2
    assert body["truncated"]["rows"] is True


def test_cypher_errors_are_the_engines_own(client: TestClient) -> None:
    is_problem(client.post("/v1/cypher", json={"query": "MATCH (n RETURN n"}), 400)


@pytest.mark.parametrize(
    ("peer", "host"),
    [(("192.0.2.7", 50_000), "127.0.0.1:8321"), (LOOPBACK, "rebound.example"), (("2001:db8::1", 50_000), "localhost")],
)
def test_cypher_asks_for_a_key_elsewhere(loaded_embedded: Store, peer: tuple[str, int], host: str) -> None:
    with TestClient(create_app(loaded_embedded, Settings()), base_url=f"http://{host}", client=peer) as client:
        is_problem(client.post("/v1/cypher", json={"query": "RETURN 1 AS one"}), 401)


def test_cypher_can_be_switched_off(loaded_embedded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALENTGRAPH_CONSOLE", "false")
    with TestClient(create_app(loaded_embedded, Settings()), base_url="http://127.0.0.1", client=LOOPBACK) as client:
        assert "TALENTGRAPH_CONSOLE" in is_problem(client.post("/v1/cypher", json={"query": "RETURN 1"}), 403)["detail"]


def test_health_tells_engine_and_counts(client: TestClient, loaded_embedded: Store) -> None:
    body = client.get("/v1/health").json()
    assert body["status"] == "ok"
    assert body["engine"] == loaded_embedded.name
    assert body["counts"]["Claim"] > 0
    assert body["sample_data"] is False


def test_health_tells_when_the_store_is_gone(
    client: TestClient, loaded_embedded: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> int:
        raise StoreUnreachable("No server answers at bolt://127.0.0.1:1.")

    monkeypatch.setattr(loaded_embedded, "revision", gone)
    for _ in range(50):  # what the store said lately is told for a tenth of a second
        response = client.get("/v1/health")
        if response.status_code != 200:
            break
        time.sleep(0.05)
    assert response.status_code == 503
    assert response.json()["status"] == "unreachable"


def test_sample_data_is_marked(loaded_embedded: Store) -> None:
    with TestClient(create_app(loaded_embedded, Settings(), sample=True)) as client:
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
        own = {param.name for param in question.params}
        assert described == own | {"format", "links"} | ({"cursor"} if "limit" in own else set())
