"""Runs: one at a time changes a store, and each leaves a record of what it did.

    with turn(store, "ingest reports/") as run:     RunRefused where another run is at work; or waits for it
        run.progress({"stored": 3})                  seen by others, and a sign of life

Whether a run is at work shows in its process where that is on this machine, and in its last sign of life where it is
on another: one that was killed is in nobody's way.
"""

import contextlib
import datetime
import secrets
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import psutil

from graph import ledger
from graph.errors import RunRefused, StoreError
from graph.frame import Row
from graph.printable import printable
from graph.statements import Run as Statements
from graph.statements import run_rows

if TYPE_CHECKING:
    from graph.store import Store

BEAT_SECONDS = 5.0  # between two signs of life
SILENCE_SECONDS = 600.0  # without one, a run on another machine counts as dead
KEPT = 1_000  # records of runs; older ones go when the next run begins
WAIT_SECONDS = 0.5  # between two looks at the run that is waited for
_SAME_START = 5.0  # seconds by which one process's start may differ when it is computed twice
_AT_WORK = "MATCH (r:Run) WHERE r.status = 'running' RETURN properties(r) AS record ORDER BY r.id"
_KEEP = "MERGE (r:Run {id: $id}) SET r += $record"
_NOTE = "MATCH (r:Run {id: $id}) WHERE r.status IN ['queued', 'running'] SET r += $record RETURN r.id AS id"
_OLD = """
MATCH (r:Run) WHERE NOT r.status IN ['queued', 'running']
RETURN r.id AS id ORDER BY id DESC SKIP $kept
"""
_FORGET = "UNWIND $rows AS row MATCH (r:Run {id: row}) DELETE r"
_living: set[str] = set()  # the runs of this very process


def now() -> str:
    """Return the present instant (UTC, ISO)."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")


def new_id() -> str:
    """Return an id for a run; ids sort by the instant at which they were made."""
    return f"run-{datetime.datetime.now(datetime.UTC):%Y%m%dT%H%M%S.%fZ}-{secrets.token_hex(2)}"


class Turn:
    """A run at work; its `id` names its record."""

    def __init__(self, store: "Store", id: str) -> None:
        self.id = id
        self._store = store
        self._started = self._last = time.monotonic()

    def progress(self, counts: Mapping[str, int], *, at_once: bool = False) -> None:
        """Note how far the run is, some seconds after the last time or at once.

        Raises RunRefused where the run was taken for dead meanwhile, and another may be at work.
        """
        if at_once or time.monotonic() - self._last >= BEAT_SECONDS:
            self.note(beat=now(), **counts)

    def note(self, **properties: Any) -> None:
        """Write properties of the record, with the seconds so far; raises as `progress` does."""
        self._last = time.monotonic()
        seconds = round(self._last - self._started, 3)
        if not self._store.note_run(self.id, {"seconds": seconds, **properties}):
            raise RunRefused(f"{self.id} gave no sign of life for too long and was given up. Run the command again.")


@contextlib.contextmanager
def turn(
    store: "Store",
    command: str,
    *,
    id: str | None = None,
    wait: bool = False,
    say: Callable[[str], None] | None = None,
) -> Iterator[Turn]:
    """Have the store to oneself for the block, and leave a record of how it ended.

    `wait` stands in line behind another run, of which `say` is told; without it, RunRefused says who is at work.
    """
    id = id or new_id()
    _living.add(id)
    try:
        begin(store, id, command, wait=wait, say=say or (lambda line: None))
        run = Turn(store, id)
        try:
            yield run
        except BaseException as error:
            interrupted = isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit)
            status = "interrupted" if interrupted else "failed"
            with contextlib.suppress(StoreError):  # it may be the store that failed
                run.note(status=status, ended=now(), reason=None if interrupted else str(error)[:2000])
            raise
        run.note(status="finished", ended=now())
    finally:
        _living.discard(id)


def queue(store: "Store", id: str, command: str) -> None:
    """Leave a record of a run that waits for its turn in this process."""
    _living.add(id)
    store.keep("Run", [_record(id, command, "queued")])


def give_up(store: "Store", id: str, reason: str) -> None:
    """Note of a run that did not come to its end why; nothing happens where it did."""
    _living.discard(id)
    store.note_run(id, {"status": "failed", "ended": now(), "reason": reason[:2000]})


def begin(store: "Store", id: str, command: str, *, wait: bool, say: Callable[[str], None]) -> None:
    """Start a run as soon as no other is at work."""
    told = None
    while True:
        other = at_work(store) or store.begin_run(_record(id, command, "running"))
        if other is None:
            return
        if not wait:
            raise RunRefused(f"{described(other)} Wait for its end, or add --wait to start when it is done.")
        if told != other["id"]:
            say(f"Waiting. {described(other)}")
            told = other["id"]
        time.sleep(WAIT_SECONDS)


def at_work(store: "Store") -> Row | None:
    """Return the record of the run that is at work now, or None."""
    return next((record for record in _records(store.read(_AT_WORK)) if alive(record)), None)


def listed(store: "Store") -> list[Row]:
    """Return the records of all runs, the latest first; one that was killed shows as interrupted."""
    return [_present(record) for record in reversed(store.kept("Run"))]


def found(store: "Store", id: str) -> Row | None:
    """Return the record of a run, or None."""
    return next((_present(record) for record in store.kept("Run") if record["id"] == id), None)


def begin_run(run: Statements, record: Mapping[str, Any]) -> Row | None:
    """Write a run's record in one transaction, or return the record of another that is at work."""
    ledger.take(run)  # whoever begins stands in line here
    for other in _records(run(_AT_WORK)):
        if alive(other):
            return other
        run(_KEEP, {"id": other["id"], "record": {"status": "interrupted", "ended": other["beat"]}})
    run(_KEEP, {"id": record["id"], "record": dict(record)})
    run_rows(run, _FORGET, [row["id"] for row in run(_OLD, {"kept": KEPT})])
    return None


def note_run(run: Statements, id: str, properties: Mapping[str, Any]) -> bool:
    """Write properties of a run's record; False where it is no longer at work."""
    return bool(run(_NOTE, {"id": id, "record": dict(properties)}))


def alive(record: Mapping[str, Any]) -> bool:
    """Whether the process of a run is there; of another machine, whether it gave a sign of life of late."""
    if record["host"] != socket.gethostname():
        beat = datetime.datetime.fromisoformat(record["beat"])
        return (datetime.datetime.now(datetime.UTC) - beat).total_seconds() < SILENCE_SECONDS
    number, _, start = record["process"].partition(" ")
    try:
        process = psutil.Process(int(number))
        same = abs(process.create_time() - float(start)) < _SAME_START and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
    return same and (process.pid != psutil.Process().pid or record["id"] in _living)


def described(record: Mapping[str, Any]) -> str:
    """Return who is at work, in a sentence."""
    since = record["started"][:19].replace("T", " ")
    process = record["process"].partition(" ")[0]
    return (
        f"Another run is at work on this graph since {since} UTC: `{record['command']}` "
        f"({record['id']}, process {process} on {record['host']})."
    )


def summary(record: Mapping[str, Any]) -> str:
    """Return a run's record as one line."""
    since = record["started"][:19].replace("T", " ")
    counts = ", ".join(f"{record[name]:,} {name}" for name in ("stored", "quarantined") if name in record)
    return f"{record['status']}: `{record['command']}` at {since} UTC{f', {counts}' if counts else ''}"


def _record(id: str, command: str, status: str) -> Row:
    process = psutil.Process()
    return {
        "id": id,
        "name": f"{printable(command[:80])} ({id})",
        "command": printable(command[:500]),  # a file's name may be no text, which no store keeps
        "status": status,
        "started": now(),
        "beat": now(),
        "host": socket.gethostname(),
        "process": f"{process.pid} {process.create_time():.2f}",
    }


def _records(rows: list[Row]) -> list[Row]:
    return [row["record"] for row in rows]


def _present(record: Row) -> Row:
    if record["status"] in ("queued", "running") and not alive(record):
        return record | {"status": "interrupted", "ended": record["beat"]}
    return record
