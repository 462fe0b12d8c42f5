"""What a dashboard draws from: lists, columns, the claims and the Cypher behind a number, graphs with positions."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from queries import catalogue, columns, dimensions
from tests.problem import is_problem

MATRIX = "/v1/questions/regions-recruiting-fields"


def test_dimensions_are_flat_lists_with_labels_in_two_languages(client: TestClient) -> None:
    listed = client.get("/v1/dimensions").json()["items"]
    assert [item["name"] for item in listed] == list(dimensions.DIMENSIONS)
    for item in listed:
        body = client.get(item["url"]).json()
        assert body["items"] or item["name"] == "languages"
        for row in body["items"]:
            assert list(row) == list(dimensions.COLUMNS)
            assert row["id"]
            assert row["label"]
    regions = {row["id"]: row for row in client.get("/v1/dimensions/regions").json()["items"]}
    assert (regions["CN-ZJ"]["parent_id"], regions["CN-ZJ"]["label_zh"]) == ("CN", "浙江")
    assert all(row["parent_id"] in regions for row in regions.values() if row["parent_id"])


def test_dimension_can_be_narrowed_to_what_is_used(client: TestClient) -> None:
    used = {row["id"] for row in client.get("/v1/dimensions/regions?used=true").json()["items"]}
    assert {"CN-ZJ", "CN", "M49:142", "ES"} <= used
    assert "CN-TJ" not in used
    page = client.get("/v1/dimensions/fields?limit=3").json()
    assert len(page["items"]) == 3
    assert client.get(page["next"]).json()["items"][0] not in page["items"]


def test_unknown_dimension_lists_the_known(client: TestClient) -> None:
    assert "regions" in is_problem(client.get("/v1/dimensions/colours"), 404)["detail"]


def test_columns_say_which_id_has_which_label(client: TestClient) -> None:
    for question in catalogue.questions().values():
        rows = client.get(f"/v1/questions/{question.name}/columns").json()["items"]
        assert [row["name"] for row in rows] == [column.name for column in question.columns]
        assert all(list(row) == list(columns.COLUMNS) for row in rows)
    matrix = {row["name"]: row for row in client.get(f"{MATRIX}/columns").json()["items"]}
    assert (matrix["region_id"]["role"], matrix["region_id"]["label_column"]) == ("id", "region")
    assert matrix["region_id"]["dimension"] == "regions"
    assert [matrix[name]["role"] for name in ("region", "stories", "first_reported")] == ["label", "count", "date"]
    parameters = client.get(f"{MATRIX}/parameters").json()["items"]
    assert [row["name"] for row in parameters] == [param.name for param in catalogue.find(MATRIX[14:]).params]
    is_problem(client.get("/v1/questions/nonsense/columns"), 404)


@pytest.mark.parametrize(
    "address",
    [
        f"{MATRIX}?region_level=province&since=2025-01-01&modality=all",
        "/v1/questions/region-profile?region=CN",
        "/v1/questions/channels-by-region?total=true",
        "/v1/questions/neighbourhood?entity=CN-ZJ",
    ],
)
def test_every_row_names_the_claims_it_counts(client: TestClient, address: str) -> None:
    items = client.get(f"{address}&links=true").json()["items"]
    assert items
    for item in items:
        if item["claims"]:
            assert client.get(item["claims_url"]).json()["total"] == item["claims"]
        else:
            assert item["claims_url"] is None


def test_row_that_is_not_there_has_no_claims(client: TestClient) -> None:
    assert client.get(f"{MATRIX}/claims?row_region_id=nowhere&row_field_id=ai").json()["total"] == 0
    is_problem(client.get(f"{MATRIX}/claims?row_colour=red"), 422)
    is_problem(client.get("/v1/questions/coverage/claims"), 404)


def test_cypher_behind_an_answer_gives_its_rows(client: TestClient) -> None:
    query = "since=2025-01-01&until=2026-12-31&modality=all&region_level=province&limit=1000"
    items = client.get(f"{MATRIX}?{query}").json()["items"]
    shown = client.get(f"{MATRIX}/cypher?{query}").json()
    found = client.post("/v1/cypher", json={"query": shown["cypher"], "parameters": shown["parameters"]}).json()
    assert [dict(zip(found["columns"], row, strict=True)) for row in found["rows"]] == items


def test_cypher_behind_a_row_lists_its_claims(client: TestClient) -> None:
    item = client.get(f"{MATRIX}?since=2025-01-01&links=true").json()["items"][0]
    shown = client.get(item["claims_url"].replace("/claims?", "/claims/cypher?")).json()
    found = client.post("/v1/cypher", json={"query": shown["cypher"], "parameters": shown["parameters"]}).json()
    lists = [row[found["columns"].index("claims")] for row in found["rows"]]
    assert [len(claims) for claims in lists if claims] == [item["claims"]]


def _graph(client: TestClient, address: str) -> dict[str, Any]:
    body: dict[str, Any] = client.get(f"/v1/graph/{address}").json()
    known = [node["id"] for node in body["nodes"]]
    assert len(set(known)) == len(known)
    assert all(edge["source"] in known and edge["target"] in known for edge in body["edges"])
    return body


def test_neighbourhood_is_drawn_the_same_every_time(client: TestClient) -> None:
    body = _graph(client, "neighbourhood?entity=Zhejiang")
    assert body == _graph(client, "neighbourhood?entity=CN-ZJ")
    assert [node["entity_id"] for node in body["nodes"] if node["centre"]] == ["CN-ZJ"]
    assert all(-1 <= node[axis] <= 1 for node in body["nodes"] for axis in "xy")
    assert len({(node["x"], node["y"]) for node in body["nodes"]}) == len(body["nodes"])
    china = {"id": "Region:CN", "label": "Region", "name_zh": "中国"}
    assert china.items() <= {n["id"]: n for n in body["nodes"]}["Region:CN"].items()
    part_of = [edge for edge in body["edges"] if edge["role"] == "part_of"]
    assert ("Region:CN-ZJ", "Region:CN") in [(edge["source"], edge["target"]) for edge in part_of]


def test_neighbourhood_says_what_its_cap_left_out(client: TestClient) -> None:
    whole = _graph(client, "neighbourhood?entity=CN-ZJ&limit=500")
    part = _graph(client, "neighbourhood?entity=CN-ZJ&limit=4")
    assert (whole["truncated"], part["truncated"]) == (False, True)
    assert len(part["nodes"]) == 4
    assert part["total_nodes"] == whole["total_nodes"] == len(whole["nodes"])


def test_neighbourhood_of_several_is_narrowed_by_role(client: TestClient) -> None:
    body = _graph(client, "neighbourhood?entity=CN-ZJ&entity=ES,DE&role=seeks")
    assert [node["entity_id"] for node in body["nodes"] if node["centre"]] == ["CN-ZJ", "ES", "DE"]
    assert {edge["other_role"] for edge in body["edges"]} == {"seeks"}
    assert {node["label"] for node in body["nodes"] if not node["centre"]} == {"Field"}


def test_paths_are_drawn_with_their_weight(client: TestClient) -> None:
    body = _graph(client, "paths?start=ES&end=ai&among=all")
    assert {node["entity_id"] for node in body["nodes"] if node["centre"]} == {"ES", "ai"}
    assert body["paths"]
    assert all(edge["stories"] >= 1 for edge in body["edges"])
    nowhere = _graph(client, "paths?start=AD&end=ai")
    assert (nowhere["nodes"], nowhere["paths"]) == ([], [])


def test_grafana_gets_the_frames_of_its_node_graph(client: TestClient) -> None:
    for address in ("neighbourhood?entity=CN-ZJ&shape=grafana", "paths?start=ES&end=ai&among=all&shape=grafana"):
        body = _graph(client, address)
        assert set(body) == {"nodes", "edges"}
        assert {"id", "title", "subtitle", "mainstat", "fixedx", "fixedy"} == set(body["nodes"][0])
        assert {"id", "source", "target", "mainstat", "secondarystat"} == set(body["edges"][0])


def test_graphs_name_what_is_wrong(client: TestClient) -> None:
    for address, parameter in (
        ("neighbourhood", "entity"),
        ("neighbourhood?entity=", "entity"),
        ("neighbourhood?entity=CN&limit=9999", "limit"),
        ("neighbourhood?entity=Nowhere", "entity"),
        ("neighbourhood?entity=CN&colour=red", "colour"),
        ("paths?start=CN", "end"),
    ):
        assert is_problem(client.get(f"/v1/graph/{address}"), 422)["parameter"] == parameter, address
