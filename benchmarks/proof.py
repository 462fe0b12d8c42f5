"""Long campaigns with their full counts: `make proof`. The result, with its date, goes to docs/proof.md.

    python -m benchmarks.proof [CAMPAIGN …]    all of them, or those named

kills        the embedded engine is killed with -9 while a writer writes; nothing acknowledged may be missing, no
             document may be there in part, and the recounted cells must equal a full rebuild
torn-reads   readers count while a writer writes; a count that is no whole number of documents was torn
hostile-…    every hostile query of the tests and its variants: refused by the gate, and put to the engine without it;
             the store's hash may not change
requests     requests generated from the API's description, valid and not; every answer must be as it says
             (tests.api_campaign)
runs-…       runs are killed with -9 at random points of their life, five in a row, and then one is left to end: the
             hash of the graph must be that of a run that nobody disturbed (tests.killed)
"""

import argparse
import contextlib
import datetime
import functools
import os
import platform
import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import generated, hostile
from benchmarks.synthetic import extraction
from graph import embedded
from graph.errors import StoreError
from graph.settings import Settings
from graph.store import Store, open_store

PAGE = Path(__file__).parent.parent / "docs" / "proof.md"
KILLS = 20
RUN_KILLS = 200
RUN_KILLS_AT_ONCE = 25  # for each so many the length of a run is measured anew: the machine may be busier by then
RUN_SECONDS = 3_600.0  # after which no more are begun
READ_SECONDS = 60.0
CLAIMS = 5
KNOWN_AT = "2026-01-01T00:00:00+00:00"
CELLS = (
    "MATCH (r:Region)-[cell:RECRUITS]->(f:Field) RETURN cell.id AS id, cell.level AS level, cell.claims AS claims, "
    "cell.documents AS documents, cell.claimants AS claimants ORDER BY id, level"
)
PER_DOCUMENT = "MATCH (d:Document) RETURN d.id AS id, COUNT { MATCH (:Claim)-[:STATED_IN]->(d) } AS claims ORDER BY id"


def _write_until_killed(store: Store, first: int, acknowledged: list[int]) -> None:
    number = first
    with contextlib.suppress(StoreError):
        while True:
            store.write([extraction(n, CLAIMS) for n in range(number, number + 10)], known_at=KNOWN_AT)
            acknowledged.extend(range(number, number + 10))
            number += 10


def kills(home: Path) -> str:
    """Return the line that says how the engine fared under kill -9."""
    settings = Settings(home=home, neo4j_uri=None)
    acknowledged: list[int] = []
    partial = missing = differing = 0
    chance = random.Random(1)
    for _ in range(KILLS):
        store = open_store(settings)
        engine = embedded.running(home)
        assert engine is not None
        first = (max(acknowledged) + 100) if acknowledged else 0
        writer = threading.Thread(target=_write_until_killed, args=(store, first, acknowledged))
        writer.start()
        time.sleep(chance.uniform(0.5, 3.0))
        os.kill(engine.pid, signal.SIGKILL)
        writer.join()
        store.close()
        while embedded.running(home):  # a killed process takes a moment to let go of its folder
            time.sleep(0.05)
        with open_store(settings) as again:
            kept = {row["id"]: row["claims"] for row in again.read(PER_DOCUMENT)}
            partial += sum(claims != CLAIMS for claims in kept.values())
            missing += sum(extraction(n, CLAIMS).document.id not in kept for n in acknowledged)
            recounted = again.read(CELLS)
            again.rebuild_cells()
            differing += recounted != again.read(CELLS)
    embedded.stop(home)
    return (
        f"| kill -9 while writing | {KILLS} kills, {len(acknowledged)} documents acknowledged | "
        f"{missing} missing, {partial} partial, {differing} times cells differed from a full rebuild |"
    )


def torn_reads(home: Path) -> str:
    """Return the line that says how many reads saw half a batch."""
    settings = Settings(home=home, neo4j_uri=None)
    done = threading.Event()
    reads, torn = [0], [0]

    def read(store: Store) -> None:
        while not done.is_set():
            row = store.read("MATCH (c:Claim)-[s:STATED_IN]->(:Document) RETURN count(s) AS stated")[0]
            reads[0] += 1
            torn[0] += row["stated"] % (CLAIMS * 10) != 0

    with open_store(settings) as store:
        readers = [threading.Thread(target=read, args=(store,)) for _ in range(3)]
        for reader in readers:
            reader.start()
        end, number = time.monotonic() + READ_SECONDS, 0
        while time.monotonic() < end:
            store.write([extraction(n, CLAIMS) for n in range(number, number + 10)], known_at=KNOWN_AT)
            number += 10
        done.set()
        for reader in readers:
            reader.join()
    embedded.stop(home)
    return f"| reads during writes | {reads[0]} reads, {number // 10} commits, {READ_SECONDS:.0f} s | {torn[0]} torn |"


def killed_runs(engine: str, home: Path) -> str:
    """Return the line that says how the graph fared when runs were killed; AssertionError where it differed."""
    from tests.conftest import Stores
    from tests.killed import Kill, campaign, corpus

    done: list[Kill] = []
    started = time.monotonic()
    pages = corpus(18)
    with contextlib.ExitStack() as stack:
        stores = Stores(home, stack)
        store = stores.get(engine)
        while len(done) < RUN_KILLS and time.monotonic() - started < RUN_SECONDS:
            done += campaign(store, stores.chosen[engine], pages, RUN_KILLS_AT_ONCE, seed=len(done))
            print(f"{len(done)} of {RUN_KILLS} kills", file=sys.stderr, flush=True)  # noqa: T201 -- it takes long
    held = sorted({kill.documents for kill in done})
    within = sum(0 < kill.documents < len(pages) for kill in done)
    return (
        f"| kill -9 of runs, {store.name} | {len(done)} kills in {time.monotonic() - started:.0f} s | all graphs equal "
        f"by hash after the last run of each chain; {within} kills left a part of the {len(pages)} documents "
        f"({', '.join(map(str, held))} of them) |"
    )


CAMPAIGNS: dict[str, Callable[[Path], str]] = {
    "kills": kills,
    "torn-reads": torn_reads,
    "hostile-embedded": hostile.embedded,
    "hostile-5.26": hostile.neo4j,
    "requests": generated.described,
    "runs-embedded": functools.partial(killed_runs, "embedded"),
    "runs-5.26": functools.partial(killed_runs, "neo4j-5.26"),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run campaigns and write their lines into the page, instead of those of the same name."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("campaign", nargs="*", choices=list(CAMPAIGNS), default=list(CAMPAIGNS))
    for name in parser.parse_args(arguments).campaign:
        with tempfile.TemporaryDirectory() as folder:
            line = CAMPAIGNS[name](Path(folder))
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        machine = f"Python {platform.python_version()}, {os.cpu_count()} cores"
        print(_noted(f"{line} {today}, {machine} |"), flush=True)  # noqa: T201 -- a benchmark's answer


def _noted(line: str) -> str:
    """Put a line into the page, instead of that of the same campaign; return it."""
    head = (
        "# Campaigns\n\nBy `make proof`.\n\n| campaign | size | result | when, on what |\n| --- | --- | --- | --- |\n"
    )
    lines = [old for old in PAGE.read_text(encoding="utf-8").splitlines() if old.startswith("|")][2:]
    kept = [old for old in lines if old.split("|")[1] != line.split("|")[1]]
    PAGE.write_text(head + "\n".join(sorted([*kept, line])) + "\n", encoding="utf-8")
    return line


if __name__ == "__main__":
    main()
