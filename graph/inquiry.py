"""A reader's query: with the reader's credential, in a READ transaction that is always rolled back, within limits."""

import contextlib
import re
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import neo4j
import orjson
from neo4j import exceptions as driver_errors

from graph.connection import Connection
from graph.errors import Position, QueryError
from graph.received import Received, received
from graph.values import plain

ONLY_READS = "The console only reads; nothing was changed."
WRITING_REFUSED = ("Neo.ClientError.Security.Forbidden", "Neo.ClientError.Statement.AccessMode")
MEMORY = ("heap budget exceeded", "Limit of allowed elements")  # what the embedded engine says
REGULAR_EXPRESSION = "regexTimeout"  # what it says of one that took too long: the name of its setting
ROWS_AT_ONCE = 200  # rows that are asked for at a time: what comes after a limit is reached is never sent
# Neo4j says "(line 1, column 8 (offset: 7))", the embedded engine "line 1:7".
_PLACE = re.compile(r"\(?line (\d+)(?:, column (\d+)|:(\d+))(?: \(offset: \d+\)\)?)?")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take: rows, bytes of them as JSON and of all that comes off the line, seconds."""

    rows: int
    bytes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader's query yielded: `rows` in plain values, `values` as the driver has them, row by row.

    `more_rows` and `more_bytes` say that there was more, and which limit left it out. `type` is the engine's word for
    what the query does (`r` reads), `plan` its plan where it was asked to explain.
    """

    columns: list[str]
    rows: list[list[Any]]
    values: list[list[Any]]
    more_rows: bool
    more_bytes: bool
    seconds: float
    type: str | None
    plan: dict[str, Any] | None


def inquire(
    connection: Connection, query: str, parameters: Mapping[str, Any], limits: Limits, id: str, *, explain: bool = False
) -> Found:
    """Run the query and return what it yields; it is stopped when its seconds are over, or by `stopping.stop(id)`.

    With `explain` it is not run: `type` and `plan` are what is found.
    Raises QueryError (reasons `engine`, `write`, `timeout`, `cancelled`, `memory`), StoreUnreachable, StoreRefused.
    """
    started = time.monotonic()
    ended, late = threading.Event(), threading.Event()
    timer = threading.Timer(limits.seconds, _stop, (connection, id, ended, late))
    timer.daemon = True
    timer.start()
    sent = connection.stopping.marked(f"EXPLAIN\n{query}" if explain else query, id)
    found = _Yielded(limits)
    try:
        with (
            _told(query, explain, limits, late),
            connection.translated(),
            _rolled_back(connection, limits, id) as (run, come),
        ):
            try:
                found.take(run(sent, parameters))
            except driver_errors.DriverError:
                if not come.too_much:
                    raise
                found.more_rows = len(found.rows) == limits.rows  # then it came after the last row that is wanted
                found.more_bytes = not found.more_rows
    finally:
        ended.set()
        timer.cancel()
    if found.summary and found.summary.counters.contains_updates:
        raise QueryError(ONLY_READS, reason="write")  # the embedded engine refuses at commit, to which it never comes
    seconds = time.monotonic() - started
    kind, plan = (found.summary.query_type, found.summary.plan) if found.summary else (None, None)
    return Found(found.columns, found.rows, found.values, found.more_rows, found.more_bytes, seconds, kind, plan)


def is_refused(connection: Connection, statement: str) -> bool:
    """Return whether a statement is refused to the reader even where it commits. Raises what `inquire` does."""
    session = connection.reader.session(database=connection.database, default_access_mode=neo4j.READ_ACCESS)
    try:
        with connection.translated(), session, session.begin_transaction() as transaction:
            transaction.run(statement).consume()
            with connection.lock.committing():
                transaction.commit()
    except QueryError as error:
        cause = error.__cause__
        if isinstance(cause, driver_errors.Neo4jError) and cause.code in WRITING_REFUSED:
            return True
        raise
    return False


def _stop(connection: Connection, id: str, ended: threading.Event, late: threading.Event) -> None:
    """Stop the query until it ends: it may not have reached the engine when its time was over."""
    late.set()
    while not ended.is_set():
        connection.stopping.stop(id)
        ended.wait(0.5)


@contextlib.contextmanager
def _rolled_back(connection: Connection, limits: Limits, id: str) -> Iterator[tuple[Any, Received]]:
    """Yield the function that runs a statement in the transaction, and what counts the bytes that come of it."""
    session = connection.reader.session(
        database=connection.database,
        default_access_mode=neo4j.READ_ACCESS,
        fetch_size=min(limits.rows + 1, ROWS_AT_ONCE),
    )
    with session:
        transaction = session.begin_transaction(timeout=limits.seconds, metadata={"talentgraph": id})
        try:
            with connection.lock.reading(), received(transaction, limits.bytes) as come:
                yield lambda query, parameters: transaction.run(query, dict(parameters)), come
        except (TypeError, ValueError, OverflowError) as error:
            raise QueryError(f"A parameter cannot be sent to the graph: {error}", reason="parameter") from error
        finally:
            transaction.close()  # rolls back


class _Yielded:
    """The rows that the limits leave, plain and as they came, and which limit left others out."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.columns: list[str] = []
        self.rows: list[list[Any]] = []
        self.values: list[list[Any]] = []
        self.more_rows = self.more_bytes = False
        self.summary: neo4j.ResultSummary | None = None

    def take(self, result: neo4j.Result) -> None:
        """Take what a query yields, to the first limit; what was taken stays where the rest cannot be had."""
        self.columns = list(result.keys())
        size = 0
        for record in result:
            if len(self.rows) == self._limits.rows:
                self.more_rows = True
                break
            values = record.values()
            # Before a plain copy is made: a million empty lists are a megabyte on the line and seventy of objects.
            size += len(orjson.dumps(values, option=orjson.OPT_NON_STR_KEYS, default=plain))
            if size > self._limits.bytes:
                self.more_bytes = True
                break
            self.rows.append([plain(value) for value in values])
            self.values.append(values)
        self.summary = result.consume()


@contextlib.contextmanager
def _told(query: str, explain: bool, limits: Limits, late: threading.Event) -> Iterator[None]:
    """Say what ended a query: its time, its reader, its writing, its memory; and where in the query as it was given."""
    try:
        yield
    except QueryError as error:
        cause = error.__cause__
        code = cause.code or "" if isinstance(cause, driver_errors.Neo4jError) else ""
        if code in WRITING_REFUSED:
            raise QueryError(f"{ONLY_READS} The graph says: {error}", reason="write") from cause
        if "OutOfMemory" in code or any(words in str(error) for words in MEMORY):
            raise QueryError("The query needs more memory than there is. Narrow it.", reason="memory") from cause
        if isinstance(cause, driver_errors.Neo4jError) and REGULAR_EXPRESSION in (cause.message or ""):
            message = "The embedded engine gives one match of a regular expression about a second, and stopped it"
            raise QueryError(f"{message}: have fewer `.*` in it, or use CONTAINS.", reason="timeout") from cause
        if _was_stopped(code, str(error)):
            if late.is_set() or "Time" in code:
                raise QueryError(
                    f"The query took longer than {limits.seconds:g} seconds and was stopped. Narrow it.",
                    reason="timeout",
                ) from cause
            raise QueryError("The query was cancelled.", reason="cancelled") from cause
        message, position = _placed(str(error), query, 1 if explain else 0)
        raise QueryError(message, reason=error.reason, position=position) from cause


def _was_stopped(code: str, message: str) -> bool:
    return any(word in code for word in ("Terminated", "TimedOut", "Timeout")) or "terminated" in message


def _placed(message: str, query: str, lines_before: int) -> tuple[str, Position | None]:
    """Return the engine's message with its place in the query as it was given, and that place."""
    found = _PLACE.search(message)
    if not found or int(found[1]) <= lines_before:
        return message, None
    line, column = int(found[1]) - lines_before, int(found[2]) if found[2] else int(found[3]) + 1
    offset = sum(len(text) for text in query.splitlines(keepends=True)[: line - 1]) + column - 1
    told = f"{message[: found.start()]}(line {line}, column {column}){message[found.end() :]}"
    return told, Position(offset, line, column)
