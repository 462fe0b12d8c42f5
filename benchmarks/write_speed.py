"""Claims per second of `Store.write`, recount included, against the bare driver on the same engine in one run.

    python -m benchmarks.write_speed [--documents N] [--claims N] [--rounds N] [ENGINE …]

The floor is the same nodes and relationships, computed beforehand, sent as UNWIND … CREATE statements in transactions
of the same size: no look for what is stored already, no stories to compare, no cells to count. Each round times both,
in turns, into an empty graph. Engines are `embedded` and the Neo4j lines of tests.neo4j_server (`5.26`, `2026`);
without one named, each that can be had here.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from benchmarks.synthetic import extraction
from graph import embedded
from graph.batches import CLAIMS_AT_ONCE
from graph.frame import Extraction, StoryMembership
from graph.rows import Properties, document_rows, publisher_id
from graph.schema import RELATIONSHIP_BY_TYPE
from graph.settings import Settings
from graph.statements import portions
from graph.store import Store, open_store
from tests import neo4j_server

WRITTEN = ("Claim", "Document", "Story", "Publisher")
KNOWN_AT = "2026-01-01T00:00:00Z"
WARM_UP = 300  # documents, written by both ways before the clock starts
Statement = tuple[str, list[Any]]


def emptied(store: Store) -> None:
    """Delete what a round wrote; a few thousand nodes a transaction, for engines with little memory."""
    store._connection.write(lambda t: t.run("MATCH (:Region)-[c:RECRUITS|RECRUITS_DENIED]->() DELETE c").consume())
    for label in WRITTEN:
        query = f"MATCH (n:{label}) WITH n LIMIT 2000 DETACH DELETE n RETURN count(*) AS deleted"
        while store._connection.write(lambda t, q=query: t.run(q).single(strict=True)["deleted"]):  # type: ignore[misc]
            pass


def bare(extractions: Sequence[Extraction]) -> list[list[Statement]]:
    """Return the statements of the floor, a list for each transaction."""
    publishers: dict[str, Properties] = {}
    transactions = []
    per = CLAIMS_AT_ONCE // (1 + max(len(e.claims) for e in extractions))
    for batch in portions(extractions, max(per, 1)):
        nodes: dict[str, list[Properties]] = {label: [] for label in reversed(WRITTEN)}
        links: dict[tuple[str, str, str], list[Properties]] = {}
        for e in batch:
            told = StoryMembership(e.document.id, e.document.id, 1.0)
            rows = document_rows(e, told, publisher_id(e.document), KNOWN_AT)
            for id, publisher in rows.entities["Publisher"].items():
                if id not in publishers:
                    publishers[id] = publisher
                    nodes["Publisher"].append({"id": id, **publisher})
            nodes["Story"].append({"id": e.document.id, "name": e.document.title})
            nodes["Document"].append(rows.document)
            nodes["Claim"] += [{"id": id, **properties} for id, properties in rows.claims.items()]
            for kind, found in rows.links.items():
                links.setdefault(kind, []).extend({"a": a, "b": b, "p": p} for (a, b), p in found.items())
        transactions.append([*_nodes(nodes), *_links(links)])
    return transactions


def _nodes(nodes: dict[str, list[Properties]]) -> Iterator[Statement]:
    for label, rows in nodes.items():
        yield f"UNWIND $rows AS row CREATE (n:{label} {{id: row.id}}) SET n = row", rows


def _links(links: dict[tuple[str, str, str], list[Properties]]) -> Iterator[Statement]:
    for (type, start, end), rows in links.items():
        given = ", ".join(f"{p.name}: row.p.{p.name}" for p in RELATIONSHIP_BY_TYPE[type].properties)
        ends = f"MATCH (a:{start} {{id: row.a}}) MATCH (b:{end} {{id: row.b}})"
        yield f"UNWIND $rows AS row {ends} CREATE (a)-[:{type} {{{given}}}]->(b)", rows


def send(store: Store, transactions: Sequence[Sequence[Statement]]) -> None:
    """Send prepared statements by the driver."""
    driver, database = store._connection.writer, store._connection.database
    with driver.session(database=database) as session:
        for statements in transactions:
            with session.begin_transaction() as transaction:
                for query, rows in statements:
                    for portion in portions(rows):
                        transaction.run(query, rows=portion).consume()
                transaction.commit()


def seconds(store: Store, work: Callable[[], object]) -> float:
    """Return how long a piece of work takes on an empty graph."""
    emptied(store)
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(store: Store, extractions: Sequence[Extraction], rounds: int) -> None:
    """Time both ways and print."""
    few, all_of_them = bare(extractions[:WARM_UP]), bare(extractions)
    seconds(store, lambda: send(store, few))
    seconds(store, lambda: store.write(extractions[:WARM_UP], known_at=KNOWN_AT))
    times = [
        (
            seconds(store, lambda: send(store, all_of_them)),
            seconds(store, lambda: store.write(extractions, known_at=KNOWN_AT)),
        )
        for _ in range(rounds)
    ]
    claims = sum(len(e.claims) for e in extractions)
    floor, full = (statistics.median(column) for column in zip(*times, strict=True))
    ratio = statistics.median(full / floor for floor, full in times)
    print(  # noqa: T201 -- a benchmark's answer
        f"{store.name}: {claims / full:,.0f} claims/s, bare driver {claims / floor:,.0f} claims/s, ratio {ratio:.2f} "
        f"({len(extractions):,} documents, {claims:,} claims, {rounds} rounds)",
        flush=True,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure each engine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engines", nargs="*", metavar="ENGINE")
    parser.add_argument("--documents", type=int, default=4_000)
    parser.add_argument("--claims", type=int, default=5, help="claims of each document")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    extractions = [extraction(n, options.claims) for n in range(options.documents)]
    for engine in options.engines or ("embedded", *neo4j_server.VERSIONS):
        with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
            home = Path(folder)
            try:
                store = stack.enter_context(open_store(_settings(engine, home, stack)))
            except neo4j_server.Unavailable as reason:
                print(f"{engine}: {reason}")  # noqa: T201
                continue
            measure(store, extractions, options.rounds)


def _settings(engine: str, home: Path, stack: ExitStack) -> Settings:
    if engine == "embedded":
        stack.callback(embedded.stop, home)
        return Settings(home=home, neo4j_uri=None)
    server = stack.enter_context(neo4j_server.server(engine))
    return Settings(
        home=home,
        neo4j_uri=server.uri,
        neo4j_username=server.user,
        neo4j_password=SecretStr(server.password),
        neo4j_database=server.database,
        neo4j_reader_username=None,
    )


if __name__ == "__main__":
    main()
