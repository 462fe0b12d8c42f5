"""The store fails in the middle of a run: the line is cut, the engine restarts, its disk is full.

Each time the run ends with a word that says what to do, and the same run again leaves the graph of an undisturbed one.
"""

import contextlib
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from graph import embedded
from graph.errors import StoreError, StoreUnreachable
from graph.frame import Document, Extraction
from graph.settings import Settings
from graph.store import Store, open_store
from ingest import run
from ingest.sources import Page
from tests.conftest import Stores, empty
from tests.cut_line import line_to
from tests.killed import corpus
from tests.test_run import OneClaimEach

pytestmark = pytest.mark.timeout(900)  # engines start and stop, on a busy machine


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
            for part in (0.1, 0.6, 0.95):
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

    class Stopping(OneClaimEach):
        def extract(self, document: Document) -> Extraction:
            if len(self.seen) == 5:
                embedded.stop(home)
            return super().extract(document)

    with open_store(settings) as store, pytest.raises(StoreUnreachable, match="run the command again to start it"):
        run.ingest(pages, store, Stopping())
    with open_store(settings) as store:
        assert 0 < store.counts()["Document"] < len(pages)
        run.ingest(pages, store, OneClaimEach())
        assert store.hash() == expected


def test_a_full_disk_costs_nothing(embedded_store: Store, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = [Page(f"{n}.txt", "text", f"Report {n}. " + f"word{n} " * 20_000, {"lang": "en"}) for n in range(12)]
    expected = undisturbed(embedded_store, long)
    settings = Settings(home=home, neo4j_uri=None, engine_idle=60)
    with open_store(settings):
        pass
    embedded.stop(home)
    largest = max(path.stat().st_size for path in embedded.store_folder(home).rglob("*") if path.is_file())
    with _files_of_at_most(largest + 300_000), open_store(settings) as store, monkeypatch.context() as patched:
        patched.setattr("graph.connection.LEAST_ROOM", shutil.disk_usage(home).total)  # as if it held the files alone
        with pytest.raises(StoreError, match=f"The disk of {home} is full. Make room"):
            run.ingest(long, store, OneClaimEach())
    embedded.stop(home)
    with open_store(settings) as store:
        assert store.counts()["Document"] < len(long), "the disk was not full"
        run.ingest(long, store, OneClaimEach())
        assert store.hash() == expected


@contextlib.contextmanager
def _files_of_at_most(size: int) -> Iterator[None]:
    """Let processes that are started in the block write no file larger than that: their disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
