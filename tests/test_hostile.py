"""Hostile queries: the gate refuses every one, and none changes an engine that it is put to without the gate."""

import random

import pytest

from graph.errors import QueryError
from graph.store import Store
from queries.console.gate import REASONS, check
from tests import hostile
from tests.conftest import Stores
from tests.reader import inquire

AT_ENGINES = 300
SERVER = (
    "CALL db.labels() YIELD label RETURN label ORDER BY label",
    "CALL db.relationshipTypes() YIELD relationshipType AS type RETURN type ORDER BY type",
    "SHOW INDEXES YIELD name, state RETURN name, state ORDER BY name",
    "SHOW CONSTRAINTS YIELD name, type RETURN name, type ORDER BY name",
    "SHOW USERS YIELD user RETURN user ORDER BY user",
    "SHOW DATABASES YIELD name, currentStatus RETURN name, currentStatus ORDER BY name",
)


def reason(query: str) -> str:
    """Return why the gate refuses a query; nothing where it lets it through."""
    try:
        check(query, {})
    except QueryError as error:
        return error.reason
    return ""


def test_every_seed_is_refused() -> None:
    seeds = hostile.seeds()
    assert len(seeds) >= 140
    assert {seed.aim for seed in seeds} == {
        "write",
        "schema",
        "admin",
        "file and network",
        "procedure",
        "function",
        "parser trick",
        "cost",
    }
    assert [seed.query for seed in seeds if reason(seed.query) not in REASONS] == []


@pytest.mark.parametrize("seed", [7, 4, 14])
def test_every_variant_is_refused(seed: int) -> None:
    variants = list(hostile.variants(seed=seed))
    assert len({variant.query for variant in variants}) >= 5_000
    assert [variant.query for variant in variants if reason(variant.query) not in REASONS] == []


@pytest.fixture(params=["embedded", "neo4j-5.26"])
def engine(request: pytest.FixtureRequest, stores: Stores) -> Store:
    return stores.loaded(request.param)


def state(store: Store) -> tuple[object, ...]:
    """Return what a query might change: the graph, and of the server what it tells; None for what it has not."""
    told: list[object] = []
    for asked in SERVER:
        try:
            told.append(store.read(asked))
        except QueryError:
            told.append(None)
    assert any(told)
    return store.hash(), store.counts(), *told


def test_what_passes_the_gate_by_no_way_changes_nothing_without_it(engine: Store) -> None:
    """Layers behind the gate: the reader's credential, the READ transaction, the roll-back."""
    before = state(engine)
    queries = [variant.query for variant in hostile.variants() if not hostile.only_waits(variant)]
    chosen = random.Random(11).sample(queries, AT_ENGINES)
    refused = 0
    for query in chosen:
        try:
            inquire(engine, query, rows=5, seconds=5.0)
        except QueryError:
            refused += 1
    assert refused > AT_ENGINES / 2  # the others read only, such as SHOW DATABASES
    assert state(engine) == before
