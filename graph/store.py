"""The store: one class for every graph database that speaks Bolt and Cypher.

open_store(settings) → Store
    read      one query, typed rows
    write     extractions and stories, whole documents in a transaction, then what counts them
    rate      how reliable publishers are
    keep      the store's own notes: runs, quarantine, sources, erasures
    inquire   a reader's query: read-only, limited, always rolled back
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import neo4j

from graph import (
    erasure,
    fingerprint,
    inquiry,
    keeping,
    ledger,
    loading,
    membership,
    rating,
    recount,
    removal,
    runs,
    schema,
    writing,
)
from graph.asking import Asking
from graph.batches import batches
from graph.claim_months import Progress
from graph.connection import Connection, connect
from graph.errors import QueryError, StoreUnreachable
from graph.frame import Extraction, Row, StoryMembership, Translation
from graph.reference import own
from graph.statements import Run, runner

if TYPE_CHECKING:
    from graph.settings import Settings


@dataclass(slots=True)
class WriteResult:
    """What a write changed; `stories` counts stored documents that went to another story."""

    new_documents: int = 0
    changed_documents: int = 0
    unchanged_documents: int = 0
    claims: int = 0
    closed_claims: int = 0
    stories: int = 0

    @property
    def documents(self) -> int:
        """Documents written, new and changed."""
        return self.new_documents + self.changed_documents


class Store:
    """A graph database that holds talentgraph's graph; close it, or use it in a `with` block.

    It may be shared by threads. Every method raises StoreUnreachable, StoreRefused or QueryError.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        # The lock's stamp, the revision read after it, and when that began.
        self._seen: tuple[bytes | None, int, float] = None, 0, 0.0

    @property
    def name(self) -> str:
        """The server's name and version: "Neo4j 5.26.17", "ArcadeDB 26.10.2 (embedded)"."""
        return self._connection.name

    def read(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """Return the rows of a reading query, by the names of its columns. Values are the driver's."""
        return self._connection.read(query, parameters or {})

    def write(
        self,
        extractions: Sequence[Extraction],
        stories: Sequence[StoryMembership] = (),
        translations: Sequence[Translation] = (),
        *,
        known_at: str,
    ) -> WriteResult:
        """Store what was read from documents, which documents tell which story now, and which may be translations.

        `stories` and `translations` may name stored documents too; `known_at` is the present instant (UTC, ISO). What
        is already stored the same changes nothing. What counts the documents' claims is recounted at the end; where
        the process ends before that, the next open or write does it.
        """
        given = {membership.document_id: membership for membership in stories}
        result = WriteResult()
        with self._connection.lock.writing():
            for batch in batches(extractions) if extractions else iter([[]]):
                written = self._connection.write(lambda t, b=batch: _write(runner(t), b, given, known_at))  # type: ignore[misc]
                for name in WriteResult.__slots__:
                    setattr(result, name, getattr(result, name) + getattr(written, name))
            if translations:
                self._connection.write(lambda t: membership.propose(runner(t), translations))
            self._recount()
        return result

    def remove(self, documents: Sequence[str], stories: Sequence[StoryMembership], *, now: str) -> removal.Removed:
        """Close documents and their claims; `stories` says which of the others tell which story now."""
        return self._change(lambda run: removal.remove(run, documents, stories, now))

    def erase(self, documents: Sequence[str], stories: Sequence[StoryMembership], *, now: str) -> removal.Removed:
        """Delete documents for good, with their earlier forms, claims, and what nothing else mentions."""
        return self._change(lambda run: removal.erase(run, documents, stories, now))

    def withhold(self, person: str, name: str, *, bound: bool = False) -> removal.Removed:
        """Delete a person for good, and blank the name wherever it is stored; `bound` as in `erasure.withhold`."""
        return self._change(lambda run: erasure.withhold(run, person, name, bound=bound))

    def rebuild_cells(self) -> None:
        """Count all that is kept of the claims anew: their columns, RECRUITS, RECRUITS_DENIED and tallies."""
        with self._connection.lock.writing():
            self._connection.write(lambda t: _count(runner(t), everything=True))

    def revision(self) -> int:
        """Return a number that changes with every write."""
        stamp, began = self._connection.lock.stamp(), time.monotonic()
        number = self.state().revision
        self._seen = stamp, number, began
        return number

    def known_revision(self, part: float = 1.0) -> int | None:
        """Return the revision without asking the server, where it is known; else None.

        It is while no process has committed since it was read, or, where other processes commit unseen, for the seconds
        that the lock names (or that part of them); what this process commits ends it at once. It says nothing about
        whether the server still answers.
        """
        lock, (stamp, number, began) = self._connection.lock, self._seen
        known = stamp == lock.stamp() and time.monotonic() - began < lock.known_seconds * part
        return number if known else None

    def state(self) -> ledger.Ledger:
        """Return the ledger: the revision, and what was still to be recounted under it."""
        return ledger.from_rows(self.read(ledger.READ))

    def unfinished(self) -> list[str]:
        """Return what is still to be recounted: stated pairs as `region|field` and months, or `*` for everything."""
        return list(self.state().pending)

    def counts(self) -> dict[str, int]:
        """Return the number of nodes by label."""
        labels = [node.label for node in schema.NODES if not node.internal]
        parts = [f"MATCH (n:{label}) RETURN '{label}' AS label, count(n) AS nodes" for label in labels]
        found = {row["label"]: row["nodes"] for row in self.read(" UNION ALL ".join(parts))}
        return {label: found.get(label, 0) for label in labels}  # a label without nodes yields no row

    def keep(self, label: str, records: Sequence[Mapping[str, Any]]) -> None:
        """Write records of an internal label by their `id`: scalars and lists of strings.

        What a record does not name stays as it is, what it gives as None goes. The revision stays. ValueError for a
        label or property that graph.bookkeeping does not declare.
        """
        with self._connection.lock.writing():
            self._connection.write(lambda t: keeping.keep(runner(t), label, records))

    def kept(self, label: str) -> list[Row]:
        """Return all records of an internal label, in order of id; absent properties are left out."""
        return keeping.kept(self.read(keeping.query(label)))

    def forget(self, label: str, ids: Sequence[str]) -> None:
        """Delete records of an internal label; ids that it does not have are passed over. The revision stays."""
        with self._connection.lock.writing():
            self._connection.write(lambda t: keeping.forget(runner(t), label, ids))

    def begin_run(self, record: Mapping[str, Any]) -> Row | None:
        """Write the record of a run that begins, or return that of another that is at work; see graph.runs."""
        with self._connection.lock.writing():
            return self._connection.write(lambda t: runs.begin_run(runner(t), record))

    def note_run(self, id: str, properties: Mapping[str, Any]) -> bool:
        """Write properties of a run's record; False where it is no longer at work."""
        with self._connection.lock.writing():
            return self._connection.write(lambda t: runs.note_run(runner(t), id, properties))

    def hash(self) -> str:
        """Return a hash of all that the store holds of what documents say, whenever it became known."""
        return fingerprint.fingerprint(self)

    def rate(self, ratings: Mapping[str, float | None]) -> int:
        """Rate publishers by name, 0 to 1 or None for unrated, and return how many ratings changed.

        Names that published nothing that is held are passed over: they are rated once they did.
        """
        with self._connection.lock.writing():
            return self._connection.write(lambda t: rating.rate(runner(t), ratings))

    def inquire(
        self, query: str, parameters: Mapping[str, Any], limits: inquiry.Limits, id: str, *, explain: bool = False
    ) -> inquiry.Found:
        """Run a reader's query, or explain it: read-only, within limits, always rolled back; see graph.inquiry."""
        connection = self._connection
        starts = connection.revival.number if connection.revival else 0
        try:
            return inquiry.inquire(connection, query, parameters, limits, id, explain=explain)
        except StoreUnreachable as error:
            # It is not run again: it may be what ended the engine.
            if connection.revived(starts):
                message = "The embedded engine ended amid the query, or before it, and was started again. Ask again."
                raise StoreUnreachable(message) from error
            if connection.lives():
                raise QueryError("The embedded engine broke off the query, and goes on. Ask something else.") from error
            raise

    def refuses_reader(self, statement: str, undo: str) -> bool:
        """Return whether the reader's credential, in its READ mode, is refused a statement for good, commit and all.

        What was not refused is undone by `undo`, with the ordinary user's rights.
        """
        if inquiry.is_refused(self._connection, statement):
            return True
        with self._connection.lock.writing():
            self._connection.write(lambda t: runner(t)(undo))
        return False

    def stop(self, id: str) -> None:
        """Stop the reader's query of that id, if it runs."""
        self._connection.stopping.stop(id)

    def abandon(self, asker: Asking) -> None:
        """Stop what is read for an asker who has gone; nothing more is read for them. Call it until all has ended."""
        asker.gone = True
        self._connection.stopping_own.stop(asker.id)

    def revive(self, settings: "Settings", say: Callable[[str], None]) -> None:
        """From now on start an embedded engine again when it has ended or hangs, a few times at most; `say` is told."""
        self._connection.revive(settings, say)

    @property
    def explains(self) -> bool:
        """Whether the engine's EXPLAIN tells what a query does, and its plan."""
        return self._connection.stopping.explains

    def close(self) -> None:
        """Close the connections; an embedded engine runs on until it is idle."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def prepare(self, tell: Progress | None = None) -> None:
        """Bring constraints, reference data and kept counts up to date; `open_store` and every run do it.

        `tell` is told how many months of claims are counted, and of how many, where all have to be.
        """
        state = self.state()
        if state.reference_version == loading.version() and not state.pending:
            return
        with self._connection.lock.writing():
            if state.reference_version != loading.version():
                for statement in (*schema.constraints(), *schema.indexes()):
                    self._connection.write(lambda t, s=statement: runner(t)(s))  # type: ignore[misc]
                self._connection.write(lambda t: loading.load(runner(t)))
            self._recount(tell)

    def _change(self, work: Callable[[Run], removal.Removed]) -> removal.Removed:
        """Take something out in one transaction, then recount what counted it."""

        def taking(transaction: neo4j.Transaction) -> removal.Removed:
            run = runner(transaction)
            state = ledger.take(run)
            removed = work(run)
            removal.note(run, removed, state)
            return removed

        with self._connection.lock.writing():
            removed = self._connection.write(taking)
            self._recount()
        return removed

    def _recount(self, tell: Progress | None = None) -> None:
        if self.unfinished():
            self._connection.write(lambda t: _count(runner(t), everything=False, tell=tell))


def open_store(settings: "Settings", *, home: Path | None = None, tell: Progress | None = None) -> Store:
    """Open the graph that the settings choose: Neo4j where they name one, else the embedded engine's in HOME/store.

    A new store gets its constraints and the reference data, to which the user's own lists belong (HOME/lexicon, see
    graph.reference.own); recounts left over from a run that ended early are done, and `tell` is told how far they are.
    Raises StoreUnreachable, StoreRefused, EngineError.
    """
    own.use(home or settings.home)
    store = Store(connect(settings, home))
    try:
        store.prepare(tell)
    except BaseException:
        store.close()
        raise
    return store


def _write(
    run: Run, batch: Sequence[Extraction], given: Mapping[str, StoryMembership], known_at: str
) -> writing.Written:
    state = ledger.take(run)
    written = writing.write_batch(run, batch, given, known_at)
    if written.anything:
        ledger.note(run, state, pending=written.touched.pending() | set(state.pending))
    return written


def _count(run: Run, *, everything: bool, tell: Progress | None = None) -> None:
    state = ledger.take(run)
    if everything or ledger.EVERYTHING in state.pending:
        recount.rebuild(run, tell)
    else:
        recount.recount(run, state.months(), state.pairs())
    ledger.note(run, state, pending=())
