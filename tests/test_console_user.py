"""A console with a user of its own on Neo4j, and what docs/console.md tells an operator to grant that user."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from neo4j.exceptions import Neo4jError
from pydantic import SecretStr

from graph.errors import QueryError
from graph.settings import Settings
from graph.store import Store, open_store
from queries.console.console import Console
from queries.console.inquiry import Inquiry
from tests.conftest import LONG_TERM, Stores
from tests.test_canary import LIMITS
from tests.test_inquiry import ENDLESS

PAGE = Path(__file__).parent.parent / "docs" / "console.md"
CREATED, DROPPED = "CREATE USER reader SET PASSWORD $password CHANGE NOT REQUIRED", "DROP USER reader"


def as_administrator(store: Store, statement: str, **parameters: str) -> str:
    """Run a statement on the server's own database; return the code of what it says against it."""
    try:
        store._connection.writer.execute_query(statement, parameters, database_="system")
    except Neo4jError as error:
        return error.code or ""
    return ""


@pytest.fixture
def own(stores: Stores) -> Iterator[Store]:
    """A store whose reader is a user of its own."""
    (engine,) = LONG_TERM[1:]
    store = stores.get(engine)
    assert as_administrator(store, CREATED, password="a long one") == ""
    reading = {"neo4j_reader_username": "reader", "neo4j_reader_password": SecretStr("a long one")}
    try:
        with open_store(stores.chosen[engine].model_copy(update=reading)) as own:
            yield own
    finally:
        assert as_administrator(store, DROPPED) == ""


def test_grants_are_in_the_words_that_neo4j_knows(stores: Stores) -> None:
    """The community edition has no roles: it understands such a statement, and says so. A wrong one it does not."""
    store = stores.get(LONG_TERM[1])
    (block,) = re.findall(r"```cypher\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    statements = [" ".join(line.split()) for line in block.split(";") if line.strip()]
    of_roles = [one for one in statements if not one.startswith("CREATE USER")]
    assert len(of_roles) > 4
    for one in of_roles:
        assert as_administrator(store, one).endswith("UnsupportedAdministrationCommand"), one
    assert as_administrator(store, of_roles[0].replace("ROLE", "ROLES")).endswith("SyntaxError")


def test_its_own_user_asks_and_cancels(own: Store) -> None:
    with closing(Console(own, Settings())) as console:
        assert console.ask(Inquiry("RETURN 1 AS one")).rows == [[1]]
        assert own.inquire("SHOW CURRENT USER YIELD user", {}, LIMITS, "test").rows == [["reader"]]
        reasons: list[str] = []

        def ask() -> None:
            with pytest.raises(QueryError) as raised:
                console.ask(Inquiry(ENDLESS, seconds=30.0, id="long"))
            reasons.append(raised.value.reason)

        asking = threading.Thread(target=ask)
        asking.start()
        while not console.cancel("long"):
            time.sleep(0.01)
        asking.join()
        assert reasons == ["cancelled"]
