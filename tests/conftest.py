"""Stores for the tests: every engine that can be had here, emptied of all but reference data before each test."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import neo4j
import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, sync_playwright
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from api.app import create_app
from graph import embedded, reference, schema
from graph.settings import Settings
from graph.store import Store, open_store
from tests import claims_fixture, neo4j_server, served
from tests.visit import Visit, visiting

ENGINES = ("embedded", "neo4j-5.26", "neo4j-2026")
LONG_TERM = ENGINES[:2]  # what behaves alike on all Neo4j is shown on its long-term version
READ_LABELS = ("Document", "Publisher", "Story", "Claim", "Person", "Voice")  # never in the reference data


def pytest_configure() -> None:
    """Let every Java here compile quickly rather than well: the engines of a test run do not live long."""
    os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    # Never the home of whoever runs the tests: the API notes there what is asked.
    os.environ.setdefault("TALENTGRAPH_HOME", tempfile.mkdtemp(prefix="talentgraph-tests-"))


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return 2 for the whole suite, 0 (this process) for chosen files, or where all must share the one given server."""
    whole = config.args_source is not pytest.Config.ArgsSource.ARGS
    return 2 if whole and not os.environ.get("NEO4J_URI") else 0


class OneServerEach(LoadFileScheduling):
    """Tests of a file go to one process, and those that name a version of Neo4j to one for them all.

    A server takes longer to start, and to plan what it is asked for the first time, than most tests take with it: there
    is one of each version, and not one for each process.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((server for server in ENGINES[1:] if server in nodeid), "") or super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneServerEach:
    """Share the tests out by their servers."""
    return OneServerEach(config, log)


class Stores:
    """One open store per engine for the whole session, opened when a test first asks."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._open: dict[str, Store] = {}
        self._missing: dict[str, str] = {}
        self._loaded: dict[str, int] = {}  # the revision in which an engine held the fixture of claims
        self.chosen: dict[str, Settings] = {}

    def get(self, engine: str) -> Store:
        """Return the emptied store; skip, or fail where the environment says so, when the engine cannot be had."""
        store = self._opened(engine)
        empty(store)
        return store

    def loaded(self, engine: str) -> Store:
        """Return the store with the fixture of claims, loaded only where something was written since; as `get`."""
        store = self._opened(engine)
        if store.revision() != self._loaded.get(engine):
            empty(store)
            claims_fixture.load(store)
            self._loaded[engine] = store.revision()
        return store

    def _opened(self, engine: str) -> Store:
        if engine in self._missing:
            absent(self._missing[engine])
        if engine not in self._open:
            try:
                self.chosen[engine] = self._settings(engine)
                self._open[engine] = self._stack.enter_context(open_store(self.chosen[engine]))
            except neo4j_server.Unavailable as reason:
                self._missing[engine] = str(reason)
                absent(str(reason))
        return self._open[engine]

    def _settings(self, engine: str) -> Settings:
        """Return settings that choose the engine, whatever the environment says; servers are started."""
        home = self._folder / engine
        if engine == "embedded":
            self._stack.callback(embedded.stop, home)
            return Settings(home=home, neo4j_uri=None, engine_idle=60)
        server = self._stack.enter_context(neo4j_server.server(engine.partition("-")[2]))
        return Settings(
            home=home,
            neo4j_uri=server.uri,
            neo4j_username=server.user,
            neo4j_password=server.password,
            neo4j_database=server.database,
            neo4j_reader_username=None,
        )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give stores every engine where a module is about engines (`every_engine`), and elsewhere the long-term ones."""
    every = metafunc.definition.get_closest_marker("every_engine")
    for name, scope in (("store", "function"), ("loaded", "module")):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, ENGINES if every else LONG_TERM, indirect=True, scope=scope)


def absent(reason: str) -> None:
    if os.environ.get("TALENTGRAPH_REQUIRE_NEO4J") == "1":
        pytest.fail(f"TALENTGRAPH_REQUIRE_NEO4J=1, but: {reason}")
    pytest.skip(reason)


def empty(store: Store) -> None:
    """Delete everything but the reference data and the ledger."""

    def delete(transaction: neo4j.Transaction) -> None:
        for label in READ_LABELS:
            transaction.run(f"MATCH (n:{label}) DETACH DELETE n").consume()
        for label in (node.label for node in schema.NODES if node.internal and node.label != "Ledger"):
            transaction.run(f"MATCH (n:{label}) DELETE n").consume()
        for label in {node.label for node in schema.NODES if not node.internal} - {*READ_LABELS}:
            ids = {record["id"] for record in transaction.run(f"MATCH (n:{label}) RETURN n.id AS id")}
            added = sorted(ids - reference.by_id(label).keys())
            transaction.run(f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) DETACH DELETE n", ids=added).consume()
        transaction.run("MATCH (:Region)-[cell:RECRUITS|RECRUITS_DENIED]->() DELETE cell").consume()
        transaction.run("MATCH (l:Ledger) SET l.pending = [], l.revision = l.revision + 1").consume()

    store._connection.write(delete)


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    """The session's stores; servers stop at its end."""
    with ExitStack() as stack:
        yield Stores(tmp_path_factory.mktemp("stores"), stack)


@pytest.fixture
def store(request: pytest.FixtureRequest, stores: Stores) -> Store:
    """The engines in turn, as `pytest_generate_tests` chooses."""
    return stores.get(request.param)


@pytest.fixture
def embedded_store(stores: Stores) -> Store:
    """The embedded engine alone, for tests that need one store."""
    return stores.get("embedded")


@pytest.fixture(scope="module")
def loaded(request: pytest.FixtureRequest, stores: Stores) -> Store:
    """The engines in turn with the fixture of claims, for modules whose tests only read."""
    return stores.loaded(request.param)


@pytest.fixture(scope="module")
def loaded_embedded(stores: Stores) -> Store:
    """The embedded engine with the fixture of claims: for modules whose tests only read."""
    return stores.loaded("embedded")


@pytest.fixture(scope="module")
def client(loaded_embedded: Store) -> Iterator[TestClient]:
    """A client of the API over the fixture of claims, on this machine."""
    app = create_app(loaded_embedded, Settings())
    with TestClient(app, base_url="http://127.0.0.1:8321", client=("127.0.0.1", 50_000)) as client:
        yield client


@pytest.fixture(scope="session")
def gold() -> Path:
    """The annotated articles, where TALENTGRAPH_GOLD names their folder."""
    folder = os.environ.get("TALENTGRAPH_GOLD")
    if not folder:
        pytest.skip("TALENTGRAPH_GOLD names no folder of annotated articles")
    return Path(folder)


@pytest.fixture(scope="session")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[served.Served]:
    """The dashboard over the sample articles, served once for the whole session."""
    if served.CHROMIUM is None:
        absent("There is no Chromium: apt-get install chromium.")
    with served.served(tmp_path_factory.mktemp("dashboard")) as running:
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; ended with each module, for while it runs no other loop can."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=served.CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, dashboard: served.Served) -> Iterator[Visit]:
    """A fresh browser of an English reader on a laptop; afterwards nothing may have gone wrong or outside."""
    with visiting(chromium, dashboard.address) as visit:
        yield visit
