"""One console over one store: its layers in their order, how many queries run at once, cancelling."""

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from typing import TYPE_CHECKING, Any

from graph.errors import QueryError
from graph.inquiry import Limits
from graph.store import Store
from queries.console import gate, plan
from queries.console.answer import Answer, Truncated
from queries.console.canary import Findings, sing
from queries.console.drawing import drawn
from queries.console.inquiry import Inquiry
from queries.console.returned import columns
from queries.console.withheld import Withheld, drawn_id

if TYPE_CHECKING:
    from graph.settings import Settings

ROWS = 10_000
BYTES = 8_000_000
STOP_AGAIN = 0.3  # seconds between two tries to stop a query
GRACE = 1.0  # seconds after its time in which a query must end; then it is answered for


class Console:
    """Answers readers' queries; it may be shared by threads."""

    def __init__(self, store: Store, settings: "Settings") -> None:
        self._store = store
        self._seconds = settings.console_timeout
        self._slots = threading.BoundedSemaphore(settings.console_concurrent)
        self._workers = ThreadPoolExecutor(settings.console_concurrent, thread_name_prefix="console")
        self._opening = threading.Lock()
        self._findings: Findings | None = None
        self._running: set[str] = set()
        self._cancelled: set[str] = set()

    def ask(self, inquiry: Inquiry) -> Answer:
        """Answer a query. Raises QueryError, whose `reason` says which layer refused or stopped it."""
        if faults := self.findings.faults:
            raise QueryError(f"The console stays off: {'; '.join(faults)}. See docs/console.md.", reason="console_off")
        seconds = self._allowed(inquiry.seconds)
        if inquiry.id in self._running:
            raise QueryError(f"A query with the id {inquiry.id} runs already.", reason="id_taken")
        if not self._slots.acquire(blocking=False):
            raise QueryError("The console is busy: too many queries run. Try again in a moment.", reason="busy")
        self._running.add(inquiry.id)
        try:
            work = self._workers.submit(self._answer, inquiry, seconds)
        except BaseException:
            self._left(inquiry.id)
            raise
        work.add_done_callback(lambda _: self._left(inquiry.id))
        return self._awaited(work, inquiry.id, seconds)

    @property
    def findings(self) -> Findings:
        """What the canary found; it is asked once, before the first query at the latest."""
        with self._opening:
            if self._findings is None:
                self._findings = sing(self._store)
            return self._findings

    @property
    def running(self) -> set[str]:
        """The ids of the queries that run now."""
        return set(self._running)

    def cancel(self, id: str) -> bool:
        """Stop the query of that id; False where none runs."""
        if id not in self._running:
            return False
        self._cancelled.add(id)
        threading.Thread(target=self._stop, args=(id,), daemon=True).start()
        return True

    def _stop(self, id: str) -> None:
        """Stop a query until it ends: it may not have reached the store yet."""
        end = time.monotonic() + self._seconds
        while id in self._cancelled and time.monotonic() < end:
            self._store.stop(id)
            time.sleep(STOP_AGAIN)

    def close(self) -> None:
        """Stop what runs and take nothing more."""
        for id in list(self._running):
            self.cancel(id)
        self._workers.shutdown(wait=False, cancel_futures=True)

    def _allowed(self, seconds: float | None) -> float:
        """Return how long a query may take; QueryError for no time at all, which the server would take for no limit."""
        if seconds is None:
            return self._seconds
        if not seconds > 0:
            raise QueryError(f"A query must have more than {seconds:g} seconds.", reason="timeout_value")
        return min(seconds, self._seconds)

    def _left(self, id: str) -> None:
        self._running.discard(id)
        self._cancelled.discard(id)
        self._slots.release()

    def _awaited(self, work: "Future[Answer]", id: str, seconds: float) -> Answer:
        try:
            return work.result(seconds + GRACE)
        except NotYet:
            # It cannot be interrupted: its slot stays taken until it ends, its reader need not wait.
            raise QueryError(
                f"The query took longer than {seconds:g} seconds and is being stopped. Narrow it.", reason="timeout"
            ) from None
        except KeyboardInterrupt:
            self.cancel(id)
            raise

    def _answer(self, inquiry: Inquiry, seconds: float) -> Answer:
        limits = Limits(min(inquiry.rows, ROWS), BYTES, seconds)
        query = gate.check(inquiry.query, inquiry.parameters)
        explained, notes = None, []
        if self._store.explains:
            explained = self._store.inquire(query, inquiry.parameters, limits, inquiry.id, explain=True)
            plan.check(explained)
        elif inquiry.plan:
            notes.append(f"{self._store.name} has no plan to show.")
        found = self._store.inquire(query, inquiry.parameters, limits, inquiry.id)
        graph, more = drawn(self._store, found.values)
        rows, withheld = found.rows, 0
        if not inquiry.names:
            veil = Withheld(self._store, [rows, graph["nodes"], graph["relationships"]])
            rows = veil.without(rows)
            withheld = veil.count
            graph = {
                "nodes": veil.without(graph["nodes"]),
                "relationships": [_veiled(veil, one) for one in graph["relationships"]],
            }
        return Answer(
            id=inquiry.id,
            columns=found.columns or columns(query),
            rows=rows,
            graph=graph,
            plan=plan.shown(explained.plan) if explained and inquiry.plan else None,
            milliseconds=round(found.seconds * 1000, 1),
            truncated=Truncated(found.more_rows, found.more_bytes, more),
            withheld=withheld,
            notes=notes,
        )


def _veiled(veil: Withheld, relationship: dict[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = veil.without(relationship)
    start, end = drawn_id(relationship["start"]), drawn_id(relationship["end"])
    return shown | {"start": start, "end": end, "id": f"{start} {relationship['type']} {end}"}
