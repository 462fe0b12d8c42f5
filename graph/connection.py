"""One graph database over the official driver: sessions, retries, and errors that a user can act on.

embedded.start(home)  ──┐
                        ├──→ Connection ──→ Store
settings.neo4j_uri    ──┘
"""

import contextlib
import logging
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import neo4j
from neo4j import exceptions as driver_errors

from graph import asking, embedded, watch
from graph.errors import QueryError, StoreError, StoreRefused, StoreUnreachable
from graph.frame import Row
from graph.locking import Lock, NoLock
from graph.revival import Revival
from graph.stopping import ByMarker, ByTransaction, Stopping
from graph.watch import Watch

if TYPE_CHECKING:
    from graph.settings import Settings

T = TypeVar("T")

logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what goes wrong is raised, and not printed as well

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
ATTEMPTS = 5
FIRST_PAUSE = 0.1  # seconds before the second attempt; doubled each time
ANSWER_SECONDS = 5.0  # how long a server may keep us waiting for a connection
LIVES_ATTEMPTS = 3
DYING_SECONDS = 15.0  # how long a killed engine may take to let go of its folder
GONE = "Nobody waits for the answer any more."
LEAST_ROOM = 1_000_000  # bytes; with fewer an engine's disk is full
RETRY_SECONDS = 2.0  # how long a read is tried again when the server goes away


@dataclass(slots=True)
class Connection:
    """An address with its drivers: `writer` may do everything, `reader` is the console's."""

    name: str
    address: str
    hint: str
    database: str
    writer: neo4j.Driver
    reader: neo4j.Driver
    lock: Lock
    timeout: float
    stopping: Stopping
    stopping_own: Stopping
    closing: list[Callable[[], None]] = field(default_factory=list)
    folder: Path | None = None  # where an embedded engine writes
    revival: Revival | None = None
    watch: Watch | None = None
    answered: float = field(default_factory=time.monotonic)  # when it last answered a question

    def read(self, query: str, parameters: Mapping[str, Any]) -> list[Row]:
        """Return the rows of a reading query; of a second try where an engine that ended is started again.

        Raises QueryError (cancelled) where nobody waits for the answer any more; see graph.asking.
        """
        starts = self.revival.number if self.revival else 0
        try:
            return self._read(query, parameters)
        except StoreUnreachable:
            if not self.revived(starts) and not self.lives():
                raise
        return self._read(query, parameters)

    def revived(self, starts: int) -> bool:
        """Return whether there is another engine than before so many starts; one that has ended is started again."""
        return self.revival is not None and self.revival.again(starts)

    def lives(self) -> bool:
        """Return whether the embedded engine that this is connected to runs and answers; False for a server."""
        for _ in range(LIVES_ATTEMPTS):
            engine = embedded.running(self.folder) if self.folder else None
            if engine is None or not self.address.startswith(f"{engine.uri} "):
                return False
            try:
                self._ask()
                return True
            except StoreError:  # over a connection that broke earlier, or in the moment in which the process ends
                time.sleep(FIRST_PAUSE)
        return False

    def revive(self, settings: "Settings", say: Callable[[str], None]) -> None:
        """From now on kill an embedded engine that hangs, start one again that has ended, and tell `say`.

        A server is not ours.
        """
        if settings.neo4j_uri:
            return

        def start() -> None:
            fresh, old = connect(settings), (self.writer.close, self.reader.close, *self.closing)
            for name in ("address", "writer", "reader", "lock", "stopping", "stopping_own", "closing"):
                setattr(self, name, getattr(fresh, name))
            for close in old:
                close()

        def kill() -> None:
            if embedded.kill(settings.home):
                say(f"The embedded engine answered nothing for {watch.PATIENCE:g} s and was killed.")

        self.revival = Revival(start, self.lives, say)
        if self.watch:
            self.watch.close()
        self.watch = Watch(self._ask, kill, lambda: time.monotonic() - self.answered)

    def _ask(self) -> None:
        """Return when the engine has answered; no lock is waited for."""
        with self.translated(), self.writer.session(database=self.database) as session:
            session.run("RETURN 1").consume()

    def _read(self, query: str, parameters: Mapping[str, Any]) -> list[Row]:
        asker, metadata = asking.present(), None
        if asker:
            query, metadata = self.stopping_own.marked(query, asker.id), {"talentgraph": asker.id}
        statement = neo4j.Query(query, metadata=metadata, timeout=self.timeout)
        with self.translated(), self.lock.reading():
            if asker and asker.gone:
                raise QueryError(GONE, reason="cancelled")
            found = self.writer.execute_query(
                statement, dict(parameters), routing_=neo4j.RoutingControl.READ, database_=self.database
            )
        self.answered = time.monotonic()
        return [record.data() for record in found.records]

    def write(self, work: Callable[[neo4j.Transaction], T]) -> T:
        """Run `work` in one transaction and commit it; again where the server says that this may help."""
        pause = FIRST_PAUSE
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self.translated():
                    return self._committed(work)
            except (QueryError, StoreUnreachable) as error:
                cause = error.__cause__
                transient = isinstance(cause, driver_errors.Neo4jError) and cause.is_retryable()
                if self.folder and shutil.disk_usage(self.folder).free < LEAST_ROOM:
                    raise StoreError(
                        f"The disk of {self.folder} is full. Make room there and run the command again; what was "
                        "written before stays."
                    ) from error
                if not transient or attempt == ATTEMPTS:
                    raise
            time.sleep(pause)
            pause *= 2
        raise AssertionError  # the last attempt returned or raised

    def _committed(self, work: Callable[[neo4j.Transaction], T]) -> T:
        with self.writer.session(database=self.database) as session, session.begin_transaction() as transaction:
            result = work(transaction)
            with self.lock.committing():
                transaction.commit()
            return result

    @contextlib.contextmanager
    def translated(self) -> Iterator[None]:
        """Turn the driver's errors into ours."""
        try:
            yield
        except driver_errors.AuthError as error:
            raise StoreRefused(f"{self.address} refuses the user or the password. {self.hint}") from error
        except driver_errors.Neo4jError as error:
            raise self._refused(error) from error
        except driver_errors.BrokenRecordError as error:  # such as a duration of a million million years
            raise QueryError(f"The answer holds a value that cannot be read: {error}") from error
        except (driver_errors.DriverError, OSError) as error:
            raise StoreUnreachable(f"No graph database answers at {self.address}. {self.hint}") from error

    def _refused(self, error: driver_errors.Neo4jError) -> QueryError | StoreRefused | StoreUnreachable:
        code, message = error.code or "", (error.message or "").strip()
        if code.endswith("DatabaseNotFound"):
            return StoreUnreachable(f"{self.address} has no database `{self.database}`. {self.hint}")
        if ".Security." in code and not code.endswith("Forbidden"):
            return StoreRefused(f"{self.address} refuses the user or the password ({message}). {self.hint}")
        if "TimedOut" in code or "Timeout" in code:
            return QueryError(
                f"The query took longer than {self.timeout:g} seconds and was stopped. Narrow it, or raise "
                "TALENTGRAPH_QUERY_TIMEOUT (the embedded engine reads it when it starts: run `talentgraph stop` first)."
            )
        return QueryError(f"{message or code} [{code.removeprefix('Neo.')}]")

    def close(self) -> None:
        """Close the drivers, then let go of the engine."""
        if self.watch:
            self.watch.close()
        self.writer.close()
        self.reader.close()
        for close in self.closing:
            close()


def connect(settings: "Settings", home: "Path | None" = None) -> Connection:
    """Reach the graph database that the settings choose; an embedded engine is started where none runs.

    Raises StoreUnreachable, StoreRefused, EngineError.
    """
    if settings.neo4j_uri:
        return _answering(_server(settings, settings.neo4j_uri))
    end = time.monotonic() + DYING_SECONDS
    while True:
        try:
            return _answering(_engine(settings, home))
        except StoreUnreachable:  # killed a moment ago: its process still holds the folder, and its card lies there
            if time.monotonic() > end:
                raise
        time.sleep(FIRST_PAUSE)


def _answering(connection: Connection) -> Connection:
    """Return the connection with the server's name, once it has answered; close it where it does not."""
    try:
        with connection.translated(), connection.writer.session(database=connection.database) as session:
            agent = session.run("RETURN 1").consume().server.agent  # without a retry: an absent server is told at once
    except BaseException:
        connection.close()
        raise
    connection.name = connection.name or agent.replace("/", " ", 1)
    return connection


def _engine(settings: "Settings", home: "Path | None") -> Connection:
    engine = embedded.start(home or settings.home, settings)
    return Connection(
        name=f"ArcadeDB {engine.version} (embedded)",
        address=f"{engine.uri} (the embedded engine)",
        hint="It was stopped, or died; run the command again to start it.",
        database=engine.database,
        writer=_driver(engine.uri, engine.user, engine.password),
        reader=_driver(engine.uri, engine.reader_user, engine.reader_password),
        lock=engine.lock,
        timeout=settings.query_timeout,
        stopping=ByMarker(engine.terminate),
        stopping_own=ByMarker(engine.terminate),
        closing=[engine.close],
        folder=home or settings.home,
    )


def _server(settings: "Settings", uri: str) -> Connection:
    user, password = settings.neo4j_username, settings.neo4j_password.get_secret_value()
    reader, reader_password = user, password
    if settings.neo4j_reader_username:
        reader, reader_password = settings.neo4j_reader_username, settings.neo4j_reader_password.get_secret_value()
    reading, writing = _driver(uri, reader, reader_password), _driver(uri, user, password)
    return Connection(
        name="",
        address=uri,
        hint="Check NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE, and that the server runs.",
        database=settings.neo4j_database,
        writer=writing,
        reader=reading,
        lock=NoLock(),
        timeout=settings.query_timeout,
        stopping=ByTransaction(reading, settings.neo4j_database),
        stopping_own=ByTransaction(writing, settings.neo4j_database),
    )


def _driver(uri: str, user: str, password: str) -> neo4j.Driver:
    """Return a driver that gives up within seconds and is silent about what an empty graph does not know yet."""
    try:
        address = urlsplit(uri)
        if address.scheme not in SCHEMES or not address.hostname:
            raise ValueError
        return neo4j.GraphDatabase.driver(
            uri,
            auth=(user, password),
            connection_timeout=ANSWER_SECONDS,
            connection_acquisition_timeout=2 * ANSWER_SECONDS,
            max_transaction_retry_time=RETRY_SECONDS,
            notifications_min_severity="OFF",
            user_agent="talentgraph",
        )
    except (driver_errors.ConfigurationError, ValueError) as error:
        raise StoreUnreachable(
            f"NEO4J_URI is no address of a graph database: {uri!r}. Write it like neo4j://localhost:7687."
        ) from error
