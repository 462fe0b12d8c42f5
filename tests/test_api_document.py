"""The OpenAPI document: an example for every media type, true of what is answered."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from fastapi.testclient import TestClient

from tests.test_api_forms import MATRIX

PARQUET = "application/vnd.apache.parquet"
Media = tuple[str, str, dict[str, Any]]


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    told: dict[str, Any] = client.get("/openapi.json").json()
    return told


def media_types(document: dict[str, Any]) -> Iterator[Media]:
    """Yield every media type of every body and answer: where it is, its name, what is said of it."""
    for address, operations in document["paths"].items():
        for method, operation in operations.items():
            parts = {"body": operation.get("requestBody", {}), **operation["responses"]}
            for name, part in parts.items():
                if "$ref" in part:
                    part = document["components"]["responses"][part["$ref"].rpartition("/")[2]]
                for media_type, media in part.get("content", {}).items():
                    yield f"{method} {address} {name}", media_type, media


def test_every_media_type_has_an_example_of_its_schema(document: dict[str, Any]) -> None:
    checked = 0
    for where, media_type, media in media_types(document):
        given = [media["example"]] if "example" in media else [one.get("value") for one in media["examples"].values()]
        assert given, (where, media_type)
        if media_type.endswith("json") and "multipart" not in media_type and given != [None]:
            schema = media["schema"] | {"components": document["components"]}
            for value in given:
                jsonschema.Draft202012Validator(schema).validate(value)
                checked += 1
    assert checked > 200


def test_problems_are_described_once_and_by_their_status(document: dict[str, Any]) -> None:
    answers = document["paths"][MATRIX]["get"]["responses"]
    unreachable = document["paths"]["/v1/health"]["get"]["responses"]["503"]["content"]
    assert set(unreachable) == {"application/json"}, "it says what it knows, and is no problem document"
    for status in ("401", "422", "429", "503"):
        assert answers[status] == {"$ref": f"#/components/responses/Problem{status}"}
        content = document["components"]["responses"][f"Problem{status}"]["content"]
        assert content["application/problem+json"]["example"]["status"] == int(status)


def test_an_example_that_is_no_text_is_an_address_that_answers(client: TestClient, document: dict[str, Any]) -> None:
    addresses = {
        where: media["examples"]["parquet"]["externalValue"]
        for where, media_type, media in media_types(document)
        if media_type == PARQUET
    }
    assert len(addresses) > 60
    for where in sorted(addresses)[::6]:
        answer = client.get(addresses[where])
        assert answer.status_code in (200, 422), (where, answer.text)  # 422: an entity that this graph does not know
        assert answer.status_code == 422 or answer.content[:4] == b"PAR1", where


def test_records_are_as_they_are_described(client: TestClient, document: dict[str, Any]) -> None:
    claim = client.get("/v1/questions/claims?limit=1").json()["items"][0]
    for path, id in (
        ("/v1/claims/{id}", claim["claim_id"]),
        ("/v1/documents/{id}", claim["document_id"]),
        ("/v1/entities/{id}", "CN-ZJ"),
        ("/v1/health", ""),
        ("/v1/graph/neighbourhood", "?entity=CN-ZJ"),
    ):
        answer = client.get(path.replace("{id}", id) + (id if id.startswith("?") else "")).json()
        media = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
        schema = media["schema"] | {"components": document["components"]}
        jsonschema.Draft202012Validator(schema).validate(answer)
        assert set(answer) <= set(media["example"]), path
        for name in ("nodes", "edges", "slots", "claims", "document", "evidence"):
            if isinstance(answer.get(name), list | dict):
                pair = (answer[name], media["example"][name])
                told, shown = (value if isinstance(value, dict) else value[0] for value in pair)
                assert set(told) <= set(shown), (path, name)


def test_it_says_how_a_key_is_sent(document: dict[str, Any]) -> None:
    schemes = document["components"]["securitySchemes"]
    assert {(scheme["type"], scheme.get("scheme", scheme.get("name"))) for scheme in schemes.values()} == {
        ("http", "bearer"),
        ("http", "basic"),
        ("apiKey", "X-API-Key"),
    }
    assert [*document["security"][0]] == [], "this machine needs none"
    assert {name for one in document["security"] for name in one} == schemes.keys()
