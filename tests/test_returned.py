"""The columns of an answer without rows, on both engines; and of queries of any form."""

from contextlib import closing

import pytest

from graph.settings import Settings
from graph.store import Store
from queries.console.console import Console
from queries.console.inquiry import Inquiry
from queries.console.returned import columns

NONE = "MATCH (r:Region {id: 'nowhere'}) "
QUERIES = {
    NONE + "RETURN r.id AS id, r.name": ["id", "r.name"],
    NONE + "RETURN DISTINCT r AS `a region`, coalesce(r.name, 'x, y') ORDER BY r.name LIMIT 3": [
        "a region",
        "coalesce(r.name, 'x, y')",
    ],
    NONE + "RETURN r {.id, .name} AS order, [x IN [1, 2] | x] AS list SKIP 1": ["order", "list"],
    NONE + "RETURN '*', ',' AS comma": ["'*'", "comma"],
    NONE + "RETURN r.return AS x UNION " + NONE + "RETURN r.name AS x": ["x"],
    NONE + "CALL (r) { MATCH (r)--(s) RETURN s.id AS inner } RETURN inner": ["inner"],
}


@pytest.mark.parametrize("query", QUERIES)
def test_an_answer_without_rows_has_its_columns(loaded: Store, query: str) -> None:
    with closing(Console(loaded, Settings())) as console:
        answer = console.ask(Inquiry(query))
    assert (answer.columns, answer.rows) == (QUERIES[query], [])


@pytest.mark.parametrize("query", QUERIES)
def test_columns_are_read_off_the_query(query: str) -> None:
    assert columns(query) == QUERIES[query]


@pytest.mark.parametrize("query", ["MATCH (r:Region) RETURN *", "CALL db.labels()", "RETURN"])
def test_what_names_no_columns_has_none(query: str) -> None:
    assert columns(query) == []
