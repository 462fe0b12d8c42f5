"""How long every question takes on a real Neo4j, and how that grows with the number of claims.

    python -m benchmarks.question_speed [--claims N …] [--rounds N] [--heap 3g] [--page-cache 2g] [--keep FOLDER]
        [--timeout 600] [QUESTION …]

For each number of claims the world of benchmarks.world is imported into a server of its own, where all that is kept is
counted first. With `--keep` its data stay in that folder, and are found there the next time. Each question is asked
with the arguments of ASKED, past the answers that are kept, `--rounds` times after one that warms up, or once where
that takes long; p50 and worst are printed, or what a refusal says, and after how long. `statement` is the question's
own alone, through the driver (nan for one that is counted from columns, which the process holds after the first
asking); `again` the same question from the answers kept; `processor` is the server's processor time for an asking,
collection of garbage included: on a busy machine it says more than the clock.
"""

import argparse
import math
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil
from pydantic import SecretStr

from benchmarks import world
from graph.errors import TalentgraphError
from graph.frame import Row
from graph.settings import Settings
from graph.store import Store, open_store
from queries import catalogue, remembered
from tests import neo4j_server

PERIOD = {"since": "2025-07-01", "until": "2025-12-31"}
REGION, FIELD, FIRM = {"region": "CN-ZJ"}, {"field": "semiconductors"}, {"company": "company-1"}
# Arguments of a question that has required ones, and further ways of asking those of the figures that are wanted.
ASKED: dict[str, tuple[dict[str, Any], ...]] = {
    "regions-recruiting-fields": ({}, {"region_level": "province"}, PERIOD, {"implied": False}),
    "fields-of-region": (REGION, {"region": "CN"}, {"region": "LU"}, REGION | PERIOD),
    "regions-of-field": (FIELD, FIELD | PERIOD),
    "region-trend": ({}, REGION | FIELD),
    "region-profile": (REGION,),
    "compare-regions": ({"region": "CN-ZJ", "other": "US"},),
    "similar-regions": (REGION,),
    "claims": ({}, REGION | FIELD),
    "contradictions": ({}, REGION | FIELD),
    "company-profile": (FIRM,),
    "company-ties": ({}, FIRM),
    "flows-of-field": (FIELD,),
    "neighbourhood": ({"entity": "CN-ZJ"}, {"entity": "company-1"}),
    "paths": ({"start": "CN-ZJ", "end": "company-1", "min_stories": 50},),
    "what-changed": ({"before": "2026-12-24"},),
}

SLOW = 2.0  # seconds from which a question is asked once


def asked(store: Store, names: Sequence[str]) -> list[tuple[str, dict[str, Any]]]:
    """Return each question with each set of arguments."""
    claim = store.read("MATCH (c:Claim) RETURN c.id AS id LIMIT 1")[0]["id"]
    ways = {**ASKED, "evidence": ({"claim": claim},)}
    return [(name, given) for name in names or catalogue.questions() for given in ways.get(name, ({},))]


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def processor_seconds() -> float:
    """Return the processor time of the server that this process started; 0 where it started none."""
    times = [child.cpu_times() for child in psutil.Process().children(recursive=True) if "java" in child.name()]
    return sum(time.user + time.system for time in times)


def measure(store: Store, name: str, given: dict[str, Any], rounds: int) -> str:
    """Return a line of the table for one question."""
    statements: list[float] = []
    read = store.read

    def timed(query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        began = time.perf_counter()
        rows = read(query, parameters)
        if query.startswith(f"// question {name}\n") and not query.endswith("AS total\n"):
            statements.append(time.perf_counter() - began)
        return rows

    def whole() -> catalogue.Answer:
        remembered._KEPT.pop(store, None)
        return catalogue.ask(store, name, given)

    store.read = timed  # type: ignore[method-assign]
    began = time.perf_counter()
    try:
        whole()  # plans are made, and what is read comes into memory
        statements.clear()
        spent = processor_seconds()
        times = [seconds(whole)]
        if times[0] < SLOW:
            times += [seconds(whole) for _ in range(rounds - 1)]
        spent = (processor_seconds() - spent) / len(times)
    except TalentgraphError as error:
        passed = 1000 * (time.perf_counter() - began)
        return f"{shown(name, given):58} {passed:9.1f} {str(error).partition('. ')[0]}"
    finally:
        store.read = read  # type: ignore[method-assign]
    kept = [seconds(lambda: catalogue.ask(store, name, given)) for _ in range(rounds)]
    sent = statistics.median(statements) if statements else math.nan  # counted from columns
    figures = (statistics.median(times), max(times), sent, spent, statistics.median(kept))
    return f"{shown(name, given):58} " + " ".join(f"{1000 * figure:9.1f}" for figure in figures)


def shown(name: str, given: dict[str, Any]) -> str:
    """Return a question as it is asked."""
    return " ".join([name, *(f"{key}={value}" for key, value in given.items())])


def report(line: str) -> None:
    """Print at once: a run takes long."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def measure_size(claims: int, options: argparse.Namespace, folder: Path) -> None:
    """Import so many claims into a server, or find them in one that was kept, and measure there."""
    kept = (options.keep or folder) / f"claims-{claims}"
    files = None
    if not (kept / "data/databases").exists():
        files = folder / f"world-{claims}"
        taken = seconds(lambda: world.write(files, claims // world.CLAIMS_A_DOCUMENT))
        report(f"\n{claims:,} claims: files written in {taken:.0f} s")
    began = time.perf_counter()
    with neo4j_server.server(
        options.neo4j, heap=options.heap, page_cache=options.page_cache, importing=files, home=kept
    ) as server:
        started = time.perf_counter() - began
        if files:
            shutil.rmtree(files)
        settings = Settings(
            home=folder,
            neo4j_uri=server.uri,
            neo4j_username=server.user,
            neo4j_password=SecretStr(server.password),
            neo4j_database=server.database,
            neo4j_reader_username=None,
            query_timeout=options.timeout,
        )
        began = time.perf_counter()
        with open_store(settings) as store:
            counted = time.perf_counter() - began
            report(f"\n{store.name}, {claims:,} claims: {'imported and ' if files else ''}started in {started:.0f} s,")
            report(f"opened and counted in {counted:.0f} s; load {os.getloadavg()[0]:.1f}")
            report(f"{'milliseconds':58} {'p50':>9} {'worst':>9} {'statement':>9} {'processor':>9} {'again':>9}")
            for name, given in asked(store, options.questions):
                report(measure(store, name, given, options.rounds))
            report(f"load {os.getloadavg()[0]:.1f}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure at each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", nargs="*", metavar="QUESTION")
    parser.add_argument("--claims", type=int, nargs="+", default=[100_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--neo4j", default="5.26", choices=tuple(neo4j_server.VERSIONS))
    parser.add_argument("--heap", default="3g")
    parser.add_argument("--page-cache", default="2g")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--timeout", type=float, default=600, help="seconds after which a statement is given up")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        for claims in sorted(options.claims):
            measure_size(claims, options, Path(folder))


if __name__ == "__main__":
    main()
