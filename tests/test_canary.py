"""The canary, and what EXPLAIN is asked before a query is run."""

import dataclasses
from contextlib import closing

import pytest

from graph.errors import QueryError
from graph.inquiry import Limits
from graph.settings import Settings
from graph.store import Store
from queries.console import plan
from queries.console.canary import SETTING, sing
from queries.console.console import Console
from queries.console.inquiry import Inquiry
from tests.conftest import LONG_TERM, Stores

pytestmark = pytest.mark.every_engine

LIMITS = Limits(rows=10, bytes=10_000, seconds=20.0)


def test_a_store_as_it_should_be_lets_the_console_open(store: Store) -> None:
    before = store.counts()
    findings = sing(store)
    assert findings.faults == ()
    assert [SETTING in warning for warning in findings.warnings] == ([True] if store.explains else [])
    assert store.counts() == before


def test_a_credential_that_may_write_keeps_the_console_off(embedded_store: Store) -> None:
    connection = embedded_store._connection
    open_to_all = Store(dataclasses.replace(connection, reader=connection.writer))
    before = embedded_store.counts()
    findings = sing(open_to_all)
    assert [fault.partition(" with ")[0] for fault in findings.faults] == ["a write", "a change of schema"]
    assert embedded_store.counts() == before
    with closing(Console(open_to_all, Settings())) as console, pytest.raises(QueryError) as raised:
        console.ask(Inquiry("RETURN 1 AS one"))
    assert raised.value.reason == "console_off"
    assert sing(embedded_store).faults == ()


@pytest.mark.parametrize("engine", LONG_TERM[1:])
@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("CREATE (n:Region {id: 'X'})", "plan"),
        ("MATCH (n:Region) SET n.name = 'x' RETURN n", "plan"),
        ("LOAD CSV FROM 'file:///x.csv' AS line RETURN line", "plan"),
        ("CALL dbms.components() YIELD name RETURN name", "plan"),
        ("SHOW DATABASES YIELD name RETURN name", "plan"),
        ("MATCH (a:Region), (b:Region), (c:Region) WHERE a.name + b.name < c.name RETURN count(*) AS n", "cost"),
    ],
)
def test_explain_refuses_alone_what_does_more_than_read_or_reads_too_much(
    query: str, reason: str, engine: str, stores: Stores
) -> None:
    store = stores.get(engine)
    with pytest.raises(QueryError) as raised:
        plan.check(store.inquire(query, {}, LIMITS, "test", explain=True))
    assert raised.value.reason == reason


def test_a_plan_is_shown_where_there_is_one(store: Store) -> None:
    with closing(Console(store, Settings())) as console:
        answer = console.ask(Inquiry("MATCH (r:Region {id: 'CN'}) RETURN r.name AS name", plan=True))
    if store.explains:
        assert answer.plan is not None
        assert answer.plan["operator"] == "ProduceResults"
        assert answer.plan["children"]
    else:
        assert answer.plan is None
        assert "no plan" in answer.notes[0]
