"""Documents taken in on request, by a process of its own that does one thing after the other.

Intake ── a job ──► one process: store, model and lists loaded once, runs as the command line's
the run's record in the store tells everybody how far it is
"""

import contextlib
import functools
import multiprocessing
import signal
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from fastapi import HTTPException

from api.reader import end_with
from graph import runs
from graph.errors import StoreError
from graph.settings import Settings
from graph.store import Store

if TYPE_CHECKING:
    from ingest.extraction import Extractor

MOST_WAITING = 100


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be taken in: a text with what is known about it, addresses or files, or ids in quarantine."""

    command: str
    text: str | None = None
    paths: tuple[str, ...] = ()
    sent: bool = False  # the paths are files sent here: deleted when read
    retry: tuple[str, ...] = ()
    given: dict[str, str] = field(default_factory=dict)


class Intake:
    """Takes jobs in, one after the other; its process starts with the first one, and ends with the server."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._processes: ProcessPoolExecutor | None = None
        self._waiting = 0
        self._lock = threading.Lock()

    def submit(self, job: Job) -> str:
        """Put a job in line and return the id of its run; HTTPException 429 where too many wait."""
        id = runs.new_id()
        with self._lock:
            if self._waiting >= MOST_WAITING:
                raise HTTPException(429, f"{MOST_WAITING} requests wait already. Send it again when some are done.")
            runs.queue(self._store, id, job.command)
            try:
                future = self._process().submit(_take, id, job)
            except BrokenProcessPool:  # it died over an earlier job
                self._end()
                future = self._process().submit(_take, id, job)
            self._waiting += 1
        future.add_done_callback(functools.partial(self._ended, id))
        return id

    def close(self) -> None:
        """End the process, also amid a run: that one shows as interrupted, and those behind it too."""
        with self._lock:
            self._end()

    def _process(self) -> ProcessPoolExecutor:
        if self._processes is None:
            spawn = multiprocessing.get_context("spawn")  # a fork would copy the threads' locks of the server
            self._watched, self._alive = spawn.Pipe(duplex=False)
            start = (self._settings, self._watched)
            self._processes = ProcessPoolExecutor(1, mp_context=spawn, initializer=_begin, initargs=start)
        return self._processes

    def _end(self) -> None:
        if self._processes is not None:
            self._alive.close()
            self._processes.shutdown(wait=False, cancel_futures=True)
            self._processes = None

    def _ended(self, id: str, future: "Future[None]") -> None:
        with self._lock:
            self._waiting -= 1
        if not future.cancelled() and (error := future.exception()) is not None:
            with contextlib.suppress(StoreError):  # it shows as interrupted then
                runs.give_up(self._store, id, str(error))


_settings: Settings  # of the process that takes in
_extractor: "Extractor"


def _begin(settings: Settings, watched: Connection) -> None:
    """Make this process ready to take in."""
    global _settings, _extractor
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the server ends us
    threading.Thread(target=end_with, args=(watched,), daemon=True).start()

    from graph.reference import own
    from ingest.extraction import Extractor

    own.use(settings.home)
    _settings, _extractor = settings, Extractor(settings.model)


def _take(id: str, job: Job) -> None:
    """Do a job in a run of its own."""
    from api import progress, uploaded
    from api.alerts.evaluation import evaluate
    from graph.store import open_store
    from ingest import run
    from ingest.retrying import retry
    from ingest.sources import Options, Page, places
    from ingest.text import Overrides
    from ingest.web import fetcher

    options = Options(_settings.max_document_bytes, fetcher=fetcher(_settings))
    with open_store(_settings) as store:
        candidates = uploaded.paths(store) if job.retry else job.paths if job.sent else ()
        if job.retry:
            retry(store, _extractor, job.retry, options=options, id=id, wait=True)
        else:
            overrides = Overrides(**job.given)
            page = Page("POST /v1/documents", "text", job.text or "")
            pages = places.read(list(job.paths), options) if job.paths else iter([page])
            run.ingest(pages, store, _extractor, overrides=overrides, command=job.command, id=id, wait=True)
        uploaded.tidy(store, _settings.home, candidates)
        evaluate(store, _settings, progress.say)
