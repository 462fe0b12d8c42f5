"""The store fails in the middle of a run: the line is cut, the engine restarts.

Each time the run ends with a word that says what to do, and the same run again leaves the graph of an undisturbed one.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from graph import embedded
from graph.errors import StoreUnreachable
from graph.settings import Settings
from graph.store import Store, open_store
from ingest import run
from ingest.sources import Page
from tests.conftest import Stores, empty
from tests.cut_line import line_to
from tests.killed import corpus
from tests.test_run import OneClaimEach


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "BATCH_DOCUMENTS", 3)


def undisturbed(store: Store, pages: list[Page]) -> str:
    """Return the hash of the graph of these pages, made in a store of its own."""
    empty(store)
    run.ingest(pages, store, OneClaimEach())
    return store.hash()


def test_a_line_that_is_cut_at_any_point_costs_nothing(stores: Stores, embedded_store: Store) -> None:
    pages = corpus(9)
    expected = undisturbed(embedded_store, pages)
    engine = embedded.running(stores.chosen["embedded"].home)
    assert engine is not None
    address = urlsplit(engine.uri)
    assert address.hostname is not None
    assert address.port is not None
    with line_to(address.hostname, address.port) as line:
        settings = Settings(
            home=stores.chosen["embedded"].home,
            neo4j_uri=f"bolt://127.0.0.1:{line.port}",
            neo4j_username=engine.user,
            neo4j_password=engine.password,
            neo4j_database=engine.database,
        )
        with open_store(settings) as store:
            empty(store)
            before = line.sent
            run.ingest(pages, store, OneClaimEach())
            length = line.sent - before
            held = []
            for part in (0.1, 0.4, 0.6, 0.75, 0.95):
                empty(store)
                line.cut_after(int(length * part))
                with pytest.raises(
                    StoreUnreachable, match=r"127\.0\.0\.1:\d+\. Check NEO4J_URI,.* that the server runs"
                ):
                    run.ingest(pages, store, OneClaimEach())
                line.mend()
                held.append(store.counts()["Document"])
                report = run.ingest(pages, store, OneClaimEach())
                assert report.counts["stored"] + report.counts["unchanged"] == len(pages)
                assert store.hash() == expected, f"after a cut at {part}"
                assert store.unfinished() == []
            assert len(set(held)) > 1, "all cuts came at the same document"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home whose engine may be stopped."""
    yield tmp_path
    embedded.stop(tmp_path)


def test_an_engine_that_restarts_amid_a_run_costs_nothing(embedded_store: Store, home: Path) -> None:
    pages = corpus(9)
    expected = undisturbed(embedded_store, pages)
    settings = Settings(home=home, neo4j_uri=None, engine_idle=60)

    def broken_off() -> Iterator[Page]:
        for number, page in enumerate(pages):
            if number == 5:
                embedded.stop(home)
            yield page

    with open_store(settings) as store, pytest.raises(StoreUnreachable, match="run the command again to start it"):
        run.ingest(broken_off(), store, OneClaimEach())
    with open_store(settings) as store:
        assert 0 < store.counts()["Document"] < len(pages)
        run.ingest(pages, store, OneClaimEach())
        assert store.hash() == expected
