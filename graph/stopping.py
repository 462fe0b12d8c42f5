"""How a running query is found and stopped: each way marks the query when it starts.

ByMarker       the query's text begins with a comment that holds its id; the embedded engine is told by its pipe
ByTransaction  the transaction's metadata holds the id; the server lists and terminates transactions itself
"""

import contextlib
from collections.abc import Callable
from typing import Protocol

import neo4j
from neo4j import exceptions as driver_errors

_FIND = "SHOW TRANSACTIONS YIELD transactionId, metaData WHERE metaData.talentgraph = $id RETURN transactionId AS id"
_STOP = "TERMINATE TRANSACTIONS $ids"


class Stopping(Protocol):
    """What a reader's query asks of it."""

    explains: bool
    """Whether the engine's EXPLAIN tells what a query does, and its plan."""

    def marked(self, query: str, id: str) -> str:
        """Return the query as it is to be sent; comments may be put before it."""

    def stop(self, id: str) -> None:
        """Stop the query of that id, if it runs."""


class ByMarker:
    """For an engine that lists running queries by their text only; `terminate` is told the marker."""

    explains = False

    def __init__(self, terminate: Callable[[str], None]) -> None:
        self._terminate = terminate

    def marked(self, query: str, id: str) -> str:
        return f"/* reader {id} */ {query}"

    def stop(self, id: str) -> None:
        self._terminate(f"/* reader {id} */")


class ByTransaction:
    """For a server that shows transactions with their metadata; a user may always stop their own."""

    explains = True

    def __init__(self, driver: neo4j.Driver, database: str) -> None:
        self._driver = driver
        self._database = database

    def marked(self, query: str, id: str) -> str:
        return query

    def stop(self, id: str) -> None:
        # A transaction that ended meanwhile, or a server that is gone, needs no stopping.
        with (
            contextlib.suppress(driver_errors.Neo4jError, driver_errors.DriverError, OSError),
            self._driver.session(database=self._database) as session,
        ):
            if ids := [record["id"] for record in session.run(_FIND, id=id)]:
                session.run(_STOP, ids=ids).consume()
