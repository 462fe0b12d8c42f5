"""Forty queries that would run for hours, four clients at a time, and /v1/health asked all the while.

    uv run python -m benchmarks.cost_attacks [SECONDS] [--neo4j 5.26]

It serves the API as a process of its own on loopback, over the embedded engine or a Neo4j server of that line, which is
started for it, with the tests' claims. Each attack may take SECONDS (2); a client that is told that the console is busy
tries again. Printed: how late the last one ended, and the percentiles of health's answering times, once alone and once
under attack.
"""

import argparse
import contextlib
import os
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2

from benchmarks.load import attacks
from benchmarks.server import server
from graph import embedded
from graph.settings import Settings
from graph.store import open_store
from tests import claims_fixture, neo4j_server

AT_ONCE = 4
PAUSE = 0.05


def _watch(client: httpx2.Client, times: list[float], done: threading.Event) -> None:
    while not done.is_set():
        started = time.monotonic()
        client.get("/v1/health").raise_for_status()
        times.append(time.monotonic() - started)
        time.sleep(PAUSE)


def _attack(client: httpx2.Client, query: str, seconds: float) -> tuple[float, str]:
    """Return how long an attack took and how it ended."""
    while True:
        started = time.monotonic()
        reason = client.post("/v1/cypher", json={"query": query, "timeout": seconds}).json().get("reason", "answered")
        if reason != "busy":
            return time.monotonic() - started, reason
        time.sleep(0.2)


def _told(what: str, times: list[float]) -> str:
    ordered = sorted(times)
    p50, p99 = (ordered[int(part * (len(ordered) - 1))] * 1000 for part in (0.5, 0.99))
    return f"{what}: {len(times)} answers, p50 {p50:.0f} ms, p99 {p99:.0f} ms, longest {ordered[-1] * 1000:.0f} ms"


def measured(seconds: float, neo4j: str | None) -> list[str]:
    """Return the lines that say how it went, over a Neo4j server of that line or the embedded engine."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        home = Path(folder)
        if neo4j:
            running = stack.enter_context(neo4j_server.server(neo4j))
            # `serve` reads them too.
            os.environ.update(NEO4J_URI=running.uri, NEO4J_USERNAME=running.user, NEO4J_PASSWORD=running.password)
        else:
            os.environ.pop("NEO4J_URI", None)
            stack.callback(embedded.stop, home)
        with open_store(Settings(home=home)) as store:
            claims_fixture.load(store)
            name = store.name
        with server(home) as address:
            return [name, *_against(address, seconds)]


def _against(address: str, seconds: float) -> list[str]:
    with httpx2.Client(base_url=address, timeout=120) as client:
        lines = []
        for what, queries in (("health alone", []), ("health under attack", attacks())):
            times: list[float] = []
            done = threading.Event()
            watcher = threading.Thread(target=_watch, args=(client, times, done))
            watcher.start()
            if queries:
                with ThreadPoolExecutor(AT_ONCE) as pool:
                    ended = list(pool.map(lambda query: _attack(client, query, seconds), queries))
            else:
                time.sleep(5)
            done.set()
            watcher.join()
            lines.append(_told(what, times))
        late = max(took for took, _ in ended) - seconds
        how = ", ".join(f"{number} {reason}" for reason, number in Counter(reason for _, reason in ended).most_common())
        return [*lines, f"{len(ended)} attacks of {seconds:g} s: {how}; the last ended {late:.2f} s after its time"]


def main() -> None:
    """Measure and print."""
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")  # noqa: T201 -- as below
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("seconds", type=float, nargs="?", default=2.0, help="What each attack may take.")
    parser.add_argument("--neo4j", choices=list(neo4j_server.VERSIONS), help="Attack a console over such a server.")
    given = parser.parse_args()
    for line in measured(given.seconds, given.neo4j):
        print(line, flush=True)  # noqa: T201 -- a benchmark's answer


if __name__ == "__main__":
    main()
