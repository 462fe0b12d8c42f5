"""A run that is killed at any point, and run again, leaves the graph of a run that nobody disturbed."""

import random

import pytest

from graph.store import Store
from ingest import run
from ingest.sources import Page
from tests.conftest import LONG_TERM, Stores, empty
from tests.killed import campaign, corpus
from tests.test_run import OneClaimEach

KILLS = 15


@pytest.mark.parametrize("engine", LONG_TERM)
def test_killed_at_random_points_and_run_again(engine: str, stores: Stores) -> None:
    store = stores.get(engine)
    kills = campaign(store, stores.chosen[engine], corpus(12), KILLS, seed=20250301)
    assert len(kills) == KILLS
    assert len({kill.documents for kill in kills}) > 1, "all kills came before the first batch, or after the last"


def test_order_of_input_and_batch_size_do_not_change_the_graph(
    embedded_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = corpus()
    run.ingest(pages, embedded_store, OneClaimEach())
    expected = embedded_store.hash()
    draw = random.Random(4)
    for batch in (1, 5):
        shuffled: list[Page] = draw.sample(pages, len(pages))
        monkeypatch.setattr(run, "BATCH_DOCUMENTS", batch)
        empty(embedded_store)
        run.ingest(shuffled, embedded_store, OneClaimEach())
        assert embedded_store.hash() == expected, f"batches of {batch}, order {[page.path for page in shuffled]}"
    half = len(pages) // 2
    empty(embedded_store)
    for part in (pages[half:], pages[:half]):
        run.ingest(part, embedded_store, OneClaimEach())
    assert embedded_store.hash() == expected, "in two runs"


def test_the_hash_tells_graphs_apart_and_leaves_clocks_out(embedded_store: Store) -> None:
    run.ingest(corpus(4), embedded_store, OneClaimEach())
    first = embedded_store.hash()
    embedded_store.keep("SourceState", [{"id": "x"}])
    embedded_store._connection.write(lambda t: t.run("MATCH (c:Claim) SET c.known_at = 'later'").consume())
    assert embedded_store.hash() == first
    embedded_store._connection.write(lambda t: t.run("MATCH (c:Claim) SET c.confidence = 0.25").consume())
    assert embedded_store.hash() != first
