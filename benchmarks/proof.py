"""Long campaigns with their full counts: `make proof`. The result, with its date, goes to docs/proof.md.

kills        the embedded engine is killed with -9 while a writer writes; nothing acknowledged may be missing, no
             document may be there in part, and the recounted cells must equal a full rebuild
torn reads   readers count while a writer writes; a count that is no whole number of documents was torn
"""

import contextlib
import datetime
import os
import platform
import random
import signal
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.synthetic import extraction
from graph import embedded
from graph.errors import StoreError
from graph.settings import Settings
from graph.store import Store, open_store

PAGE = Path(__file__).parent.parent / "docs" / "proof.md"
KILLS = 20
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


def main() -> None:
    """Run the campaigns and write the page."""
    lines = []
    for campaign in (kills, torn_reads):
        with tempfile.TemporaryDirectory() as folder:
            lines.append(campaign(Path(folder)))
            print(lines[-1], flush=True)  # noqa: T201 -- a benchmark's answer
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores"
    head = f"# Campaigns\n\nBy `make proof` on {today}, embedded engine, {machine}.\n"
    table = "| campaign | size | result |\n| --- | --- | --- |\n"
    PAGE.write_text(f"{head}\n{table}" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
