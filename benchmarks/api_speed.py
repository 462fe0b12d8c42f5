"""How fast the REST API answers on loopback: `uv run python -m benchmarks.api_speed`.

rest and driver   p50 of one question over REST, its answer not kept, against the same statement by the bare driver
304               p50 of a request whose answer is known, against the same asked anew
serialisation     5,000 rows as JSON by the API's own function, against orjson alone
processor time    of the server for one request whose answer is kept, for a 304 and for health
load              requests of several kinds at a fixed rate, alone and beside ten hostile consoles: p50, p95, p99

The server is a process of its own (benchmarks.server), over the embedded engine, or with `--neo4j 5.26` over a Neo4j
server of that line, which is started for it.
"""

import argparse
import asyncio
import contextlib
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx2
import orjson

from api.answers import encoded, ordered
from api.formats import Column
from benchmarks.load import load, processor_time
from benchmarks.server import server, serving
from benchmarks.synthetic import extraction
from graph import embedded
from graph.settings import Settings
from graph.store import Store, open_store
from queries import catalogue
from queries.parameters import bind
from tests import neo4j_server

KNOWN_AT = "2026-01-01T00:00:00+00:00"
QUESTION = "regions-recruiting-fields"


def p50(work: Callable[[], object], times: int) -> float:
    """Return the median of the seconds that `work` takes."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def rest_and_driver(store: Store, address: str, times: int) -> list[str]:
    """Return the lines of REST against the bare driver, and of 304 against an answer."""
    question = catalogue.find(QUESTION)
    values = bind(store, question, {})
    used = {name: value for name, value in values.items() if f"${name}" in question.cypher}
    instants = (f"2026-06-01T00:00:{n // 1_000:02}.{n % 1_000:03}Z" for n in range(60_000))  # no answer is kept

    def bare() -> None:
        store.read(question.cypher, {**used, "known_at": next(instants)})

    with httpx2.Client(base_url=address, timeout=60) as client:

        def rest() -> httpx2.Response:
            return client.get(f"/v1/questions/{QUESTION}", params={"limit": 10_000, "known_at": next(instants)})

        rest()
        bare()
        pairs = [(p50(rest, 1), p50(bare, 1)) for _ in range(times)]  # in turn, so that both meet the same noise
        over_rest, by_driver = (statistics.median(one) for one in zip(*pairs, strict=True))
        kept = f"/v1/questions/{QUESTION}?limit=10000"
        etag = client.get(kept).headers["etag"]
        known = p50(lambda: client.get(kept, headers={"if-none-match": etag}), times)
        again = p50(lambda: client.get(kept), times)
    return [
        f"REST {over_rest * 1000:.1f} ms, bare driver {by_driver * 1000:.1f} ms: {over_rest / by_driver:.2f} times",
        f"304 {known * 1000:.1f} ms: {known / over_rest:.2f} of an answer that is not kept, "
        f"{known / again:.2f} of one that is ({again * 1000:.1f} ms)",
    ]


def serialisation(times: int) -> str:
    """Return the line of 5,000 rows as JSON."""
    columns = [Column(name) for name in ("region_id", "region", "field_id", "field", "claims", "stories", "day")]
    rows = [
        {"region_id": f"CN-{n}", "region": "Zhejiang", "field_id": "ai", "field": "artificial intelligence"}
        | {"claims": n, "stories": n // 2, "day": "2025-03-03"}
        for n in range(5_000)
    ]
    answer = {"items": rows, "total": 5_000, "next": None}
    pairs = [
        (
            p50(lambda: encoded({"items": ordered(columns, rows), "total": 5_000, "next": None}), 1),
            p50(lambda: orjson.dumps(answer), 1),
        )
        for _ in range(times)
    ]
    own, bare = (statistics.median(one) for one in zip(*pairs, strict=True))
    return f"serialisation of 5,000 rows {own * 1000:.2f} ms, orjson alone {bare * 1000:.2f} ms: {own / bare:.2f} times"


def main() -> None:
    """Measure on a store of its own, and print the machine's load beside the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, default=2_000, help="Synthetic documents, five claims each.")
    parser.add_argument("--rate", type=int, default=200, help="Requests a second.")
    parser.add_argument("--seconds", type=int, default=20, help="Seconds of load.")
    parser.add_argument("--consoles", type=int, default=10, help="Hostile consoles of the second load.")
    parser.add_argument("--times", type=int, default=30, help="Repetitions of the other figures.")
    parser.add_argument("--neo4j", choices=list(neo4j_server.VERSIONS), help="Measure over such a Neo4j server.")
    given = parser.parse_args()
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(serialisation(given.times * 3))
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        home = Path(folder)
        if given.neo4j:
            running = stack.enter_context(neo4j_server.server(given.neo4j))
            # `serve` reads them too.
            os.environ.update(NEO4J_URI=running.uri, NEO4J_USERNAME=running.user, NEO4J_PASSWORD=running.password)
            settings = Settings(home=home, model="none")
        else:
            stack.callback(embedded.stop, home)
            settings = Settings(home=home, neo4j_uri=None, model="none")
        with open_store(settings) as store:
            print(store.name)
            store.write([extraction(n, 5) for n in range(given.documents)], known_at=KNOWN_AT)
            with server(home) as address:
                print(*rest_and_driver(store, address, given.times), sep="\n")
                print(asyncio.run(processor_time(address, serving(), 1_000)), flush=True)
                for consoles in (0, given.consoles):
                    print(asyncio.run(load(address, given.rate, given.seconds, consoles)), flush=True)


if __name__ == "__main__":
    main()
