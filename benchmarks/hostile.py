"""Every hostile query of the tests, and every variant: refused by the gate, and put to an engine without it."""

import sys
import time
from pathlib import Path

from graph import embedded as engine
from graph.errors import QueryError, StoreUnreachable
from graph.inquiry import Limits
from graph.settings import Settings
from graph.store import Store, open_store
from queries.console.gate import check
from tests import claims_fixture, neo4j_server
from tests.hostile import only_waits, variants

LIMITS = Limits(rows=5, bytes=1_000_000, seconds=1.0)


def _passes(query: str) -> bool:
    try:
        check(query, {})
    except QueryError:
        return False
    return True


def _against(store: Store, what: str) -> str:
    """Return the line that says how a store fared; queries that only take time are not put to it."""
    claims_fixture.load(store)
    before = store.hash()
    everything = list(variants())
    passed = sum(_passes(one.query) for one in everything)
    refused = answered = 0
    asked = [one for one in everything if not only_waits(one)]
    for number, one in enumerate(asked):
        if number % 1_000 == 0:
            print(f"{number} of {len(asked)} asked", file=sys.stderr, flush=True)  # noqa: T201 -- it takes long
        try:
            store.inquire(one.query, {}, LIMITS, "proof")
            answered += 1
        except QueryError:
            refused += 1
        except StoreUnreachable:  # an engine that ran out of memory drops the connection
            refused += 1
            time.sleep(1)
    changed = "changed" if store.hash() != before else "unchanged"
    return (
        f"| hostile queries, {what} | {len(everything)} | {passed} passed the gate; without it the engine refused "
        f"{refused} and answered {answered} that only read; store {changed} |"
    )


def embedded(home: Path) -> str:
    """Return the line of the embedded engine."""
    with open_store(Settings(home=home, neo4j_uri=None)) as store:
        line = _against(store, store.name)
    engine.stop(home)
    return line


def neo4j(home: Path) -> str:
    """Return the line of Neo4j 5.26."""
    with neo4j_server.server("5.26") as server:
        settings = Settings(
            home=home,
            neo4j_uri=server.uri,
            neo4j_username=server.user,
            neo4j_password=server.password,
            neo4j_database=server.database,
        )
        with open_store(settings) as store:
            return _against(store, store.name)
