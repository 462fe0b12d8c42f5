"""Answers in every form, as the programs that read them read them; pages, ranges, and what has not changed."""

import datetime
import io
import json
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.settings import Settings
from graph.store import Store
from tests import claims_fixture
from tests.api_server import served
from tests.conftest import Stores
from tests.hand_written import HandWritten
from tests.problem import is_problem

LOOPBACK = ("127.0.0.1", 50_000)
MATRIX = "/v1/questions/regions-recruiting-fields"
EMPTY = "/v1/questions/claims?region=AD"


@pytest.fixture(scope="module")
def address(loaded_embedded: Store) -> Iterator[str]:
    with served(create_app(loaded_embedded, Settings())) as address:
        yield address


def _items(client: TestClient, address: str = MATRIX) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get(address).json()["items"]
    return items


def test_pandas_reads_records_and_files(client: TestClient, address: str) -> None:
    items = _items(client)
    records = pd.read_json(f"{address}{MATRIX}?format=records")
    lines = pd.read_json(f"{address}{MATRIX}.ndjson", lines=True)
    table = pd.read_csv(f"{address}{MATRIX}.csv", parse_dates=["first_reported", "last_reported"])
    for frame in (records, lines, table):
        assert list(frame.columns) == list(items[0])
        assert frame["claims"].tolist() == [item["claims"] for item in items]
    assert str(table["first_reported"].dtype).startswith("datetime64")


def test_polars_reads_parquet_with_types(client: TestClient, address: str) -> None:
    items = _items(client)
    with urllib.request.urlopen(f"{address}{MATRIX}.parquet") as response:
        frame = pl.read_parquet(io.BytesIO(response.read()))
    assert frame["stories"].to_list() == [item["stories"] for item in items]
    assert frame.schema["first_reported"] == pl.Date
    assert frame.schema["stated_above"] == pl.Boolean
    assert pl.read_ndjson(f"{address}{MATRIX}.ndjson".encode() and _fetched(address, ".ndjson")).height == len(items)


def _fetched(address: str, ending: str) -> io.BytesIO:
    with urllib.request.urlopen(address + MATRIX + ending) as response:
        return io.BytesIO(response.read())


def test_duckdb_reads_all_three_files(client: TestClient, address: str, tmp_path: Path) -> None:
    items = _items(client)
    for ending in ("parquet", "csv", "ndjson"):
        path = tmp_path / f"matrix.{ending}"
        path.write_bytes(_fetched(address, f".{ending}").getvalue())
        reader = "read_json" if ending == "ndjson" else f"read_{ending}"
        with duckdb.connect() as connection:
            query = f"SELECT region_id, field_id, claims, first_reported FROM {reader}('{path}')"
            rows = connection.execute(query).fetchall()
        expected = [
            (i["region_id"], i["field_id"], i["claims"], datetime.date.fromisoformat(i["first_reported"]))
            if i["first_reported"]
            else (i["region_id"], i["field_id"], i["claims"], None)
            for i in items
        ]
        assert rows == expected, ending


def test_reader_of_json_finds_flat_rows_as_infinity_does(client: TestClient) -> None:
    """Grafana's Infinity takes a root selector and columns by name; values must be scalars, times ISO or epoch."""
    body = client.get("/v1/questions/region-trend?region=CN&fill=true&since=1704067200000&until=1767225600000").json()
    rows = body["items"]
    for row in rows:
        assert all(value is None or isinstance(value, str | int | float | bool) for value in row.values())
        datetime.date.fromisoformat(row["period_start"])
    starts = [row["period_start"] for row in rows]
    assert len(starts) == len(set(starts)) > 3
    assert {row["precision"] for row in rows} == {"month"}
    assert any(row["claims"] == 0 for row in rows)
    plain = client.get("/v1/questions/region-trend?region=CN&since=2024-01-01&until=2026-01-01").json()["items"]
    assert [row for row in rows if row["claims"]] == plain


def test_filled_series_has_every_period_once(client: TestClient) -> None:
    for name in ("region-trend", "incentive-trend", "covert-share"):
        for period, months in (("month", 1), ("quarter", 3), ("year", 12)):
            rows = client.get(f"/v1/questions/{name}?period={period}&fill=true&limit=5000").json()["items"]
            key = [k for k in ("region_id", "incentive_id") if k in rows[0]]
            series = {tuple(row[k] for k in key) for row in rows}
            for one in series:
                starts = [
                    datetime.date.fromisoformat(row["period_start"])
                    for row in rows
                    if tuple(row[k] for k in key) == one
                ]
                at = [start.year * 12 + start.month for start in starts]
                assert at == list(range(at[0], at[-1] + 1, months))
            assert len({(row["period"], *(row[k] for k in key)) for row in rows}) == len(rows)


def test_filled_series_says_what_has_no_place_on_its_axis(client: TestClient) -> None:
    for name in ("region-trend", "incentive-trend", "covert-share"):
        plain, whole = (
            client.get(f"/v1/questions/{name}?modality=all&fill={fill}&limit=5000").json() for fill in ("false", "true")
        )
        undated = [row for row in plain["items"] if row["period_start"] is None]
        assert undated
        dated = [row for row in plain["items"] if row not in undated]
        counted = [row for row in whole["items"] if row["claims"]]
        assert sorted(map(str, counted)) == sorted(map(str, dated))
        assert "Without a date (`undated`): " in plain["notes"][-1]
        assert whole["notes"][-1] == plain["notes"][-1].replace("counted.", "left out.") != plain["notes"][-1]


def test_bare_array_holds_the_items(client: TestClient) -> None:
    response = client.get(f"{MATRIX}?format=records&limit=2")
    assert response.json() == _items(client, f"{MATRIX}?limit=2")
    assert response.headers["x-total-count"] == str(client.get(MATRIX).json()["total"])
    assert 'rel="next"' in response.headers["link"]


def test_empty_answer_has_its_header(client: TestClient) -> None:
    assert client.get(f"{EMPTY}&format=csv").text.startswith("claim_id,claim,reported_on,")
    assert client.get(f"{EMPTY}&format=csv").text.count("\n") == 1
    assert pl.read_parquet(io.BytesIO(client.get(f"{EMPTY}&format=parquet").content)).columns[0] == "claim_id"
    assert client.get(f"{EMPTY}&format=records").json() == []
    assert client.get(f"{EMPTY}&format=ndjson").text == ""


def test_file_is_read_in_ranges(client: TestClient) -> None:
    address = f"{MATRIX}.parquet"
    told = client.head(address)
    size = int(told.headers["content-length"])
    assert (told.headers["accept-ranges"], told.content) == ("bytes", b"")
    whole = client.get(address).content
    assert len(whole) == size
    for asked, part in (
        ("bytes=0-3", whole[:4]),
        ("bytes=-8", whole[-8:]),
        (f"bytes={size - 5}-", whole[-5:]),
        ("bytes=2-999999999", whole[2:]),
    ):
        response = client.get(address, headers={"range": asked})
        assert (response.status_code, response.content) == (206, part)
        start, end = response.headers["content-range"].removeprefix("bytes ").partition("/")[0].split("-")
        assert int(end) - int(start) + 1 == len(part)
    past = client.get(address, headers={"range": f"bytes={size}-"})
    assert past.headers["content-range"] == f"bytes */{size}"
    is_problem(past, 416)
    for other in ("bytes=0-1,4-5", "lines=0-3", "bytes=-", "bytes=abc"):
        assert client.get(address, headers={"range": other}).status_code == 200
    stale = client.get(address, headers={"range": "bytes=0-3", "if-range": '"older"'})
    assert (stale.status_code, stale.content) == (200, whole)
    unchanged = client.get(address, headers={"if-none-match": told.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    part = client.get(address, headers={"range": "bytes=0-3", "if-range": told.headers["etag"]})
    for response in (told, client.get(address), part, unchanged):
        assert response.headers["cache-control"] == "private, no-cache"
        assert response.headers["vary"] == "Authorization, X-API-Key"


def test_file_takes_the_parameters_of_its_question(client: TestClient) -> None:
    text = client.get(f"{MATRIX}.csv?region_level=province&limit=1").text
    assert text == client.get(f"{MATRIX}?region_level=province&limit=1&format=csv").text
    assert is_problem(client.get(f"{MATRIX}.csv?colour=red"), 422)["parameter"] == "colour"
    assert is_problem(client.get(f"{MATRIX}.csv?limit=100001"), 422)["parameter"] == "limit"
    is_problem(client.get("/v1/questions/nonsense.csv"), 404)


def test_answer_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    for address in (MATRIX, "/v1/dimensions/counts", "/v1/entities/CN-ZJ", "/v1/graph/neighbourhood?entity=CN"):
        first = client.get(address)
        again = client.get(address, headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    assert client.get(MATRIX, headers={"accept": "text/csv"}).headers["etag"] != client.get(MATRIX).headers["etag"]
    assert "etag" not in client.get("/v1/health").headers
    has = {"if-none-match": client.get(MATRIX).headers["etag"]}
    for refused, status in ((f"{MATRIX}?foo=1", 422), ("/v1/questions/nope", 404), ("/v1/entities/nope", 404)):
        is_problem(client.get(refused, headers=has), status)
    assert "etag" not in client.get(f"{MATRIX}?colour=red").headers


def test_long_text_is_compressed_and_files_are_not(client: TestClient) -> None:
    accepted = {"accept-encoding": "gzip"}
    for _ in range(2):  # made, and kept
        for header in ("gzip", "br, gzip;q=0.5", "GZIP;q=1.0"):
            told = client.get(MATRIX, headers={"accept-encoding": header}).headers
            assert told["content-encoding"] == "gzip", header
        for header in ("gzip;q=0", "gzip; q=0.0, br", "identity", "br", ""):
            told = client.get(MATRIX, headers={"accept-encoding": header}).headers
            assert "content-encoding" not in told, header
            assert {"Accept-Encoding", "Accept", "Authorization", "X-API-Key"} <= set(told["vary"].split(", "))
    assert "content-encoding" not in client.get(f"{MATRIX}.parquet", headers=accepted).headers
    assert "content-encoding" not in client.get(f"{MATRIX}?format=parquet", headers=accepted).headers


@pytest.mark.parametrize(
    "query",
    ["region=CN&region=ES", "region=CN,ES", "region=Zhejiang&region=CN,Spain", "region=%E4%B8%AD%E5%9B%BD,ES"],
)
def test_filter_takes_several_values(client: TestClient, query: str) -> None:
    address = "/v1/questions/claims?limit=100&region="
    each = {row["claim_id"] for one in ("CN", "ES") for row in _items(client, address + one)}
    assert {row["claim_id"] for row in _items(client, f"/v1/questions/claims?limit=100&{query}")} == each


@pytest.mark.parametrize(
    ("address", "key", "expected"),
    [
        ("region-trend?region=CN-ZJ&region=DE", "region_id", {"CN-ZJ", "DE"}),
        ("region-trend?region=CN-ZJ,DE", "region_id", {"CN-ZJ", "DE"}),
        ("region-trend?region=CN,CN-ZJ&region_level=continent", "region_id", {"CN"}),
        ("incentives-by-region?region=CN-ZJ,DE", "region_id", {"CN-ZJ", "DE"}),
        ("channels-by-region?region=CN-ZJ,DE", "region_id", {"CN-ZJ", "DE"}),
        ("regions-recruiting-fields?region=CN-ZJ,DE&known_at=2026-07-01", "region_id", {"CN-ZJ", "DE"}),
        ("regions-recruiting-fields?field=ai,robotics", "field_id", {"ai", "robotics"}),
        ("incentives-by-field?field=ai,robotics", "field_id", {"ai", "robotics"}),
        ("flows?origin=ES,TW&destination=CN,DE", "origin_id", {"ES", "TW"}),
    ],
)
def test_rows_stay_within_all_that_is_given(client: TestClient, address: str, key: str, expected: set[str]) -> None:
    assert {row[key] for row in _items(client, f"/v1/questions/{address}")} == expected


def test_claims_are_narrowed_by_both_ends_at_once(client: TestClient) -> None:
    def ids(query: str) -> set[str]:
        return {row["claim_id"] for row in _items(client, f"/v1/questions/claims?limit=1000&{query}")}

    assert ids("region=CN&origin=ES,TW") == ids("region=CN") & ids("origin=ES,TW") != set()


def test_every_value_of_a_list_must_be_known(client: TestClient) -> None:
    assert is_problem(client.get("/v1/questions/claims?field=ai,nothing-of-it"), 422)["parameter"] == "field"
    assert is_problem(client.get("/v1/questions/claims?region=CN,"), 422)["parameter"] == "region"
    assert is_problem(client.get("/v1/questions/claims?modality=firm,loud"), 422)["parameter"] == "modality"
    every = client.get("/v1/questions/claims?modality=positive,negative").json()["total"]
    assert every == client.get("/v1/questions/claims?modality=all").json()["total"]


def test_day_may_be_given_in_milliseconds(client: TestClient) -> None:
    for day, epoch in (("2025-03-05", "1741132800000"), ("2025-03-05", "1741219199999")):
        assert _items(client, f"/v1/questions/claims?since={day}") == _items(
            client, f"/v1/questions/claims?since={epoch}"
        )
    instant = _items(client, "/v1/questions/claims?known_at=2026-03-15T00:00:00Z")
    assert instant == _items(client, "/v1/questions/claims?known_at=1773532800000")
    assert is_problem(client.get("/v1/questions/claims?since=99999999999999999"), 422)["parameter"] == "since"


def test_cursor_holds_the_graph_still(stores: Stores) -> None:
    store = stores.get("embedded")
    claims_fixture.load(store)
    with TestClient(create_app(store, Settings()), base_url="http://127.0.0.1:8321", client=LOOPBACK) as client:
        whole = [row["claim_id"] for row in _items(client, "/v1/questions/claims?limit=1000")]
        page = client.get("/v1/questions/claims?limit=7").json()
        found = [row["claim_id"] for row in page["items"]]
        text = HandWritten("later", "2026-05-05", "Later Post")
        text.sentence("Germany is recruiting nurses from Brazil.")
        text.claim(
            recruiter=text.slot("Region", "DE", "Germany"),
            recruiter_type="national_government",
            destinations=(text.slot("Region", "DE", "Germany"),),
        )
        store.write([text.extraction()], known_at=datetime.datetime.now(datetime.UTC).isoformat())
        while page["next"]:
            page = client.get(page["next"]).json()
            found += [row["claim_id"] for row in page["items"]]
        assert found == whole
        assert client.get("/v1/questions/claims?limit=1000").json()["total"] == len(whole) + 1


def test_a_cursor_belongs_to_its_answer(client: TestClient) -> None:
    first = client.get("/v1/questions/claims?region=CN&limit=2").json()["next"]
    cursor = first.rpartition("cursor=")[2]
    mine = f"/v1/questions/claims?region=CN&cursor={cursor}"
    page = _items(client, f"{mine}&limit=2")
    assert page == _items(client, first) != _items(client, "/v1/questions/claims?region=CN&limit=2")
    assert client.get(f"{mine}&limit=2&format=records").json() == page
    for other in (
        f"{MATRIX}?cursor={cursor}",
        f"/v1/questions/claims?cursor={cursor}",
        f"/v1/questions/claims?region=DE&cursor={cursor}",
        f"/v1/questions/flows/claims?region=CN&cursor={cursor}",
    ):
        assert is_problem(client.get(other), 422)["parameter"] in ("cursor", "region")
    assert is_problem(client.get(f"{MATRIX}?cursor={cursor}"), 422)["parameter"] == "cursor"


def test_what_is_no_http_is_answered_as_every_error_is(address: str) -> None:
    host, port = address.removeprefix("http://").split(":")
    for line in (b"BREW /v1/health HTTP/1.1", b"nonsense"):
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(line + b"\r\nHost: 127.0.0.1\r\n\r\n")
            head, _, body = b"".join(iter(lambda: connection.recv(65_536), b"")).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 400 ")
        assert b"content-type: application/problem+json" in head
        assert json.loads(body)["status"] == 400
    for method in ("PUT", "PATCH", "OPTIONS", "TRACE"):
        request = urllib.request.Request(f"{address}/v1/health", method=method)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request)
        with refused.value as told:
            assert (told.code, told.headers["content-type"]) == (405, "application/problem+json")


def test_unusable_pages_are_named(client: TestClient) -> None:
    for query, parameter in (
        ("cursor=abc", "cursor"),
        ("cursor=%C3%A9", "cursor"),
        ("cursor=", "cursor"),
        ("cursor=eyJvIjotMX0&offset=1", "cursor"),
        ("limit=10001", "limit"),
        ("limit=-1", "limit"),
        ("offset=x", "offset"),
    ):
        assert is_problem(client.get(f"{MATRIX}?{query}"), 422)["parameter"] == parameter


def test_text_never_acts_as_a_formula(client: TestClient) -> None:
    table = client.get("/v1/questions/claims?format=csv&limit=1000").text
    assert not any(cell.startswith(("=", "+", "@")) for line in table.splitlines() for cell in line.split(","))


def test_document_describes_every_form_with_an_example(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    content = document["paths"][MATRIX]["get"]["responses"]["200"]["content"]
    assert set(content) == {
        "application/json",
        "text/csv",
        "application/x-ndjson",
        "application/vnd.apache.parquet",
    }
    examples = content["application/json"]["examples"]
    assert list(examples["records"]["value"][0]) == list(_items(client)[0])
    assert json.loads(content["application/x-ndjson"]["examples"]["ndjson"]["value"]) == examples["records"]["value"][0]
    for operations in document["paths"].values():
        for operation in operations.values():
            assert operation["responses"]
