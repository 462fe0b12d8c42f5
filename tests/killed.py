"""Runs in processes of their own that are killed: what the tests of interrupted runs share.

campaign(store, settings, pages, kills)      kill so many runs, let each chain end, compare the hashes
"""

import multiprocessing
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.synchronize import Event

from graph.settings import Settings
from graph.store import Store, open_store
from ingest import run
from ingest.sources import Page
from tests.conftest import empty
from tests.test_run import OneClaimEach, article

CHAIN = 5  # kills one after another, before a run is left to end
PATIENCE = 600  # seconds until a process is ready, or a run ends, on a machine with much else to do
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.killed", "graph.store", "ingest.run"])


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: seconds after the run began, and how many documents the store held then."""

    after: float
    documents: int


def corpus(documents: int = 18) -> list[Page]:
    """Return pages of which some are copies of one another, from a few publishers and days."""
    return [
        Page(
            f"{number}.txt",
            "text",
            article(number % 7, number % 3),
            {
                "url": f"https://example.org/{number}",
                "lang": "en",
                "publisher": f"Paper {number % 4}",
                "date": f"2025-03-{1 + number % 5:02}",
            },
        )
        for number in range(documents)
    ]


def campaign(store: Store, settings: Settings, pages: Sequence[Page], kills: int, seed: int) -> list[Kill]:
    """Kill runs at random points, spread over a run's life; after each chain of kills let one end.

    Raises AssertionError where the graph then differs from that of a run that nobody disturbed.
    """
    draw = random.Random(seed)
    lives = []
    for _ in range(2):  # the shorter life: on a machine that was busy meanwhile, all kills would come too late
        empty(store)
        lives.append(_life(settings, pages))
    life, expected = min(lives), store.hash()
    points = [life * (number + draw.random()) / kills for number in range(kills)]
    draw.shuffle(points)
    done: list[Kill] = []
    for number, point in enumerate(points, 1):
        if number % CHAIN == 1:
            empty(store)
        _kill(settings, pages, point)
        done.append(Kill(point, store.counts()["Document"]))
        if number % CHAIN == 0 or number == kills:
            report = run.ingest(pages, store, OneClaimEach())
            assert report.counts["stored"] + report.counts["unchanged"] == len(pages)
            found = store.hash()
            assert found == expected, f"after kills {done[-CHAIN:]} the graph differs"
            assert store.unfinished() == []
    return done


def _life(settings: Settings, pages: Sequence[Page]) -> float:
    """Return how many seconds a run takes in a process of its own."""
    ready = _processes.Event()
    process = _processes.Process(target=_ingest, args=(settings, list(pages), ready))
    process.start()
    assert ready.wait(PATIENCE)
    started = time.monotonic()
    process.join(PATIENCE)
    assert process.exitcode == 0
    return time.monotonic() - started


def _kill(settings: Settings, pages: Sequence[Page], after: float) -> None:
    ready = _processes.Event()
    process = _processes.Process(target=_ingest, args=(settings, list(pages), ready))
    process.start()
    assert ready.wait(PATIENCE)
    process.join(after)
    process.kill()  # SIGKILL; nothing happens where the run was faster this time
    process.join()


def _ingest(settings: Settings, pages: list[Page], ready: Event) -> None:
    run.BATCH_DOCUMENTS = 3
    with open_store(settings) as store:
        ready.set()
        run.ingest(pages, store, OneClaimEach())
