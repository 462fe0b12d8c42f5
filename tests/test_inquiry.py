"""A reader's query at the store, on every engine: plain values, limits, no writing, stopping."""

import threading
import time
import tracemalloc

import neo4j
import pytest
from neo4j.exceptions import Neo4jError

from graph.errors import QueryError
from graph.frame import Row
from graph.store import Store
from tests.reader import inquire
from tests.whole_claim import NOW, claim, extraction

pytestmark = pytest.mark.every_engine

ENDLESS = "UNWIND range(1, 99999) AS a UNWIND range(1, 99999) AS b WITH a, b WHERE a = -b RETURN count(*) AS n"


def test_values_are_plain(store: Store) -> None:
    store.write([extraction(claim())], [], known_at=NOW)
    found = inquire(
        store,
        "MATCH p = (c:Claim)-[s:SEEKS]->(f:Field) "
        "RETURN f, s, p, c.valid_from AS day, [1, 2.5, null, true] AS list, {a: date('2025-01-02')} AS map, $x AS x",
        {"x": "given"},
    )
    assert found.columns == ["f", "s", "p", "day", "list", "map", "x"]
    node, link, path, *rest = found.rows[0]
    assert (node["labels"], node["id"], node["properties"]["level"]) == (["Field"], "ai", "code")
    assert (link["type"], link["end"], link["properties"]["text"]) == ("SEEKS", "ai", "AI")
    assert [n["labels"] for n in path["nodes"]] == [["Claim"], ["Field"]]
    assert rest == ["2025-03-01", [1, 2.5, None, True], {"a": "2025-01-02"}, "given"]
    assert not found.more_rows


def test_rows_and_bytes_are_limited(store: Store) -> None:
    found = inquire(store, "UNWIND range(1, 10) AS n RETURN n", rows=3)
    assert (found.rows, found.more_rows) == ([[1], [2], [3]], True)
    assert not inquire(store, "UNWIND range(1, 3) AS n RETURN n", rows=3).more_rows
    found = inquire(store, "UNWIND range(1, 1000) AS n RETURN 'x' + n AS x", bytes=100)
    assert (found.more_rows, found.more_bytes) == (False, True)
    assert found.rows[:2] == [["x1"], ["x2"]]
    assert len(found.rows) < 20


@pytest.mark.parametrize("rows", [2, 1000])
def test_huge_record_is_not_taken_in(store: Store, rows: int) -> None:
    query = "UNWIND [1, 2, 99999] AS size RETURN [x IN range(1, size) | 'a text of some length'] AS texts"
    found = inquire(store, query, rows=rows, bytes=100_000)
    assert [len(row[0]) for row in found.rows] == [1, 2]
    assert (found.more_rows, found.more_bytes) == (rows == 2, rows != 2)
    assert inquire(store, "RETURN 1 AS one").rows == [[1]], "another connection"


def test_record_of_very_many_small_values_is_not_taken_in(store: Store) -> None:
    """An empty list is a byte on the line and 64 of memory; a million of them are let in."""
    query = "UNWIND [1, 900] AS size RETURN [x IN range(1, size) | [y IN range(1, 2500) | []]] AS lists"
    tracemalloc.start()
    try:
        found = inquire(store, query, bytes=8_000_000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [len(row[0]) for row in found.rows] == [1]
    assert found.more_bytes
    assert peak < 40_000_000
    assert inquire(store, "RETURN 1 AS one").rows == [[1]], "another connection"


@pytest.mark.parametrize(
    "query",
    [
        "CREATE (:Region {id: 'X'})",
        "MATCH (r:Region {id: 'CN'}) SET r.name = 'changed' RETURN r.name",
        "MATCH (r:Region {id: 'CN'}) DETACH DELETE r",
        "MERGE (r:Region {id: 'X'}) RETURN r",
        "MATCH (r:Region {id: 'CN'}) CALL (r) { SET r.name = 'changed' } RETURN r.name",
        "MATCH (r:Region {id: 'CN'}) FOREACH (x IN [1] | SET r.name = 'changed')",
        "CREATE INDEX some FOR (n:Region) ON (n.name)",
    ],
)
def test_nothing_is_written(store: Store, query: str) -> None:
    counts = store.counts()
    with pytest.raises(QueryError, match="The console only reads") as raised:
        inquire(store, query)
    assert raised.value.reason == "write"
    assert store.counts() == counts
    assert store.read("MATCH (r:Region {id: 'CN'}) RETURN r.name AS name") == [{"name": "China"}]


@pytest.mark.parametrize(
    ("query", "parameters", "reason"),
    [
        ("MATCH (n RETURN n", {}, "engine"),
        ("RETURN $missing AS x", {}, "engine"),
        ("RETURN duration({years: 999999999999}) AS x", {}, "engine"),
        ("RETURN $x AS x", {"x": 2**70}, "parameter"),
        ("RETURN $x AS x", {"x": "\ud800"}, "parameter"),
    ],
)
def test_a_query_that_cannot_run_is_told(store: Store, query: str, parameters: Row, reason: str) -> None:
    with pytest.raises(QueryError) as raised:
        inquire(store, query, parameters)
    assert raised.value.reason == reason


def test_regular_expression_that_the_embedded_engine_ends_is_told(embedded_store: Store) -> None:
    query = "WITH reduce(s = $a, x IN range(1, 20) | s + $a) AS t RETURN t =~ $pattern AS x"
    with pytest.raises(QueryError, match="one match of a regular expression") as raised:
        inquire(embedded_store, query, {"a": "a" * 2_000, "pattern": "(?s).*.*.*~"})
    assert raised.value.reason == "timeout"


def test_the_place_is_that_in_the_query_as_it_was_given(store: Store) -> None:
    with pytest.raises(QueryError) as raised:
        inquire(store, "MATCH (r:Region)\nRETURN r.name AS name ORDER ON name")
    assert raised.value.position == (45, 2, 29)
    assert "(line 2, column 29)" in str(raised.value)


def test_a_query_ends_when_its_time_is_over(store: Store) -> None:
    with pytest.raises(QueryError, match="longer than 1 seconds") as raised:
        inquire(store, ENDLESS, seconds=1.0)
    assert raised.value.reason == "timeout"
    assert inquire(store, "RETURN 1 AS one").rows == [[1]]


def test_a_query_can_be_stopped(store: Store) -> None:
    outcome: list[QueryError] = []

    def ask() -> None:
        with pytest.raises(QueryError) as raised:
            inquire(store, ENDLESS, seconds=60.0, id="long")
        outcome.append(raised.value)

    asking = threading.Thread(target=ask)
    asking.start()
    while asking.is_alive():
        store.stop("long")
        time.sleep(0.2)
    assert [error.reason for error in outcome] == ["cancelled"]


def test_a_query_that_would_use_up_the_memory_ends_alone(store: Store) -> None:
    lists = "UNWIND range(1, 99999) AS a RETURN size(collect([x IN range(1, 99999) | x + a])) AS n"
    with pytest.raises(QueryError, match="more memory") as raised:
        inquire(store, lists, seconds=60.0)
    assert raised.value.reason == "memory"
    assert inquire(store, "RETURN 1 AS one").rows == [[1]]


@pytest.mark.parametrize(
    "code",
    [
        "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
        "Neo.ClientError.General.TransactionOutOfMemoryError",
        "Neo.TransientError.General.OutOfMemoryError",
    ],
)
def test_every_limit_of_memory_is_told_as_such(
    embedded_store: Store, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    """A server has one for all its transactions, one for each, and its heap."""

    def run(*_: object) -> None:
        raise Neo4jError._hydrate_neo4j(code=code, message="too much")

    monkeypatch.setattr(neo4j.Transaction, "run", run)
    with pytest.raises(QueryError, match="more memory") as raised:
        inquire(embedded_store, "RETURN 1 AS one")
    assert raised.value.reason == "memory"
