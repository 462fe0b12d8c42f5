"""Forty queries that would run for hours, four clients at a time, and /v1/health asked all the while.

    uv run python -m benchmarks.cost_attacks [SECONDS]

It serves the API over an embedded engine with the tests' claims, as a process of its own on loopback. Each attack may
take SECONDS (2); a client that is told that the console is busy tries again. Printed: how late the last one ended, and
the percentiles of health's answering times, once alone and once under attack. On Neo4j, set NEO4J_URI and its password.
"""

import os
import sys
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
from tests import claims_fixture

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


def measured(seconds: float) -> list[str]:
    """Return the lines that say how it went."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with open_store(Settings(home=home)) as store:
            claims_fixture.load(store)
            name = store.name
        try:
            with server(home) as address:
                return [name, *_against(address, seconds)]
        finally:
            embedded.stop(home)


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
    for line in measured(float(sys.argv[1]) if len(sys.argv) > 1 else 2.0):
        print(line, flush=True)  # noqa: T201 -- a benchmark's answer


if __name__ == "__main__":
    main()
