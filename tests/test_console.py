"""The console as it answers: shape, the graph to draw, persons, limits, cancelling."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import QueryError
from graph.frame import Entity
from graph.settings import Settings
from graph.store import Store
from queries.console.console import Console
from queries.console.gate import check
from queries.console.inquiry import Inquiry
from tests.test_inquiry import ENDLESS
from tests.whole_claim import NOW, claim, extraction, slot

ANA = Entity("Person", "person-ana-ribeiro-0a1b2c3d", "Ana Ribeiro")


@pytest.fixture
def console(store: Store) -> Iterator[Console]:
    read = extraction(claim(targets=(slot(ANA, "engineers"),)))
    store.write([replace(read, document=replace(read.document, author="Ida Falk"))], [], known_at=NOW)
    with closing(Console(store, Settings(console_concurrent=2))) as console:
        yield console


def test_what_is_returned_can_be_drawn(console: Console) -> None:
    answer = console.ask(Inquiry("MATCH (c:Claim)-[s:SEEKS]->(f:Field) RETURN c, {deep: [s]} AS s"))
    assert answer.columns == ["c", "s"]
    nodes = {node["id"]: node for node in answer.graph["nodes"]}
    assert sorted(nodes) == sorted(["Field:ai", f"Claim:{answer.rows[0][0]['id']}"])
    assert (nodes["Field:ai"]["labels"], nodes["Field:ai"]["properties"]["level"]) == (["Field"], "code")
    assert "search" not in nodes["Field:ai"]["properties"]
    (line,) = answer.graph["relationships"]
    assert (line["type"], line["end"], line["caption"]) == ("SEEKS", "Field:ai", "seeks")
    assert line["start"] in nodes
    assert not answer.truncated
    assert answer.milliseconds > 0


def test_scalars_draw_nothing(console: Console) -> None:
    assert console.ask(Inquiry("RETURN 1 AS one")).graph == {"nodes": [], "relationships": []}


def test_persons_are_withheld_unless_names_are_asked_for(console: Console) -> None:
    query = (
        "MATCH (c:Claim)-[t:TARGETS]->(p:Person) "
        "RETURN p, t, p.name AS name, [p.id] AS ids, {search: p.search} AS search, c.id AS claim"
    )
    answer = console.ask(Inquiry(query))
    assert answer.withheld > 0
    shown = repr((answer.rows, answer.graph)).casefold()
    assert "ribeiro" not in shown
    assert answer.rows[0][2] == "a named person"
    assert [node["caption"] for node in answer.graph["nodes"] if node["labels"] == ["Person"]] == ["a named person"]
    ends = {line["end"] for line in answer.graph["relationships"]}
    assert ends <= {node["id"] for node in answer.graph["nodes"]}
    whose = "MATCH (d:Document) RETURN d, d.author AS writer, [d.author] AS writers"
    assert "Falk" not in repr(console.ask(Inquiry(whose)))
    assert console.ask(Inquiry(whose, names=True)).rows[0][1:] == ["Ida Falk", ["Ida Falk"]]
    named = console.ask(Inquiry(query, names=True))
    assert named.rows[0][2:4] == ["Ana Ribeiro", ["person-ana-ribeiro-0a1b2c3d"]]
    assert named.withheld == 0


def test_the_limit_is_told(console: Console) -> None:
    answer = console.ask(Inquiry("MATCH (r:Region) RETURN r.id AS id", rows=2))
    assert (len(answer.rows), answer.truncated.rows) == (2, True)


@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
def test_no_time_is_not_unlimited_time(console: Console, seconds: float) -> None:
    with pytest.raises(QueryError) as raised:
        console.ask(Inquiry("RETURN 1 AS one", seconds=seconds))
    assert raised.value.reason == "timeout_value"


def test_so_many_run_at_once_and_each_can_be_cancelled(embedded_store: Store) -> None:
    outcomes: dict[str, str] = {}

    def ask(id: str) -> None:
        with pytest.raises(QueryError) as raised:
            console.ask(Inquiry(ENDLESS, id=id))
        outcomes[id] = raised.value.reason

    with closing(Console(embedded_store, Settings(console_concurrent=2))) as console:
        asking = [threading.Thread(target=ask, args=(id,)) for id in ("first", "second")]
        for thread in asking:
            thread.start()
        while console.running != {"first", "second"}:
            time.sleep(0.01)
        with pytest.raises(QueryError, match="busy") as raised:
            console.ask(Inquiry("RETURN 1 AS one"))
        assert raised.value.reason == "busy"
        assert console.cancel("first")
        assert console.cancel("second")
        for thread in asking:
            thread.join()
        assert outcomes == {"first": "cancelled", "second": "cancelled"}
        assert not console.cancel("first")
        assert console.ask(Inquiry("RETURN 1 AS one")).rows == [[1]]


def test_costly_queries_end_and_the_store_answers_meanwhile(embedded_store: Store) -> None:
    costly = (Path(__file__).parent / "costly.txt").read_text(encoding="utf-8").splitlines()[2:]
    assert len(costly) == 40
    for query in costly:
        check(query, {})
    reasons: list[str] = []

    def ask(query: str) -> None:
        with pytest.raises(QueryError) as raised:
            console.ask(Inquiry(query, seconds=0.5))
        reasons.append(raised.value.reason)

    with closing(Console(embedded_store, Settings(console_concurrent=4))) as console:
        asking = [
            threading.Thread(target=ask, args=(query,)) for query in (costly[0], costly[2], costly[28], costly[29])
        ]
        for thread in asking:
            thread.start()
        answered = 0
        while any(thread.is_alive() for thread in asking):
            answered += embedded_store.counts()["Region"] > 0
        for thread in asking:
            thread.join()
    assert reasons == ["timeout"] * 4
    assert answered
