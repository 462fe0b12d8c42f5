"""Documents read by the workers of a Dask cluster, in the order in which they came.

    documents ──► portions ──► workers, each with its own model ──► HOME/parts ──► extractions, in order

Workers and command see the same home folder. A worker that is ended costs the portions it had: others read them anew.
"""

import itertools
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from api import parts
from api.parts import Found, Portion
from graph.errors import InputError, TalentgraphError, WrongParameter
from graph.frame import Document, Extraction
from ingest.quarantine import of_document
from ingest.sources import Failure

if TYPE_CHECKING:
    from ingest.extraction import Extractor

T = TypeVar("T")
SCHEME = "dask://"
PORTION = 8  # documents in a part: what the end of a worker costs
AHEAD = 4  # portions that wait for each thread of the cluster
ANSWER_SECONDS = 10.0  # how long the scheduler may keep us waiting, and a first worker
WITHOUT_WORKERS_SECONDS = 60.0


def address(engine: str) -> str:
    """Return the address of the scheduler that `dask://HOST:PORT` names; WrongParameter where it names none."""
    host, _, port = engine.removeprefix(SCHEME).rpartition(":")
    if not engine.startswith(SCHEME) or not host or not port.isdecimal():
        raise WrongParameter("engine", f"No cluster is called {engine!r}. Write its scheduler as dask://HOST:8786.")
    return f"tcp://{host}:{port}"


def read(items: Iterable[Document | T], engine: str, model: str, home: Path) -> Iterator[Extraction | Failure | T]:
    """Yield what is read from each document, or why nothing is, and whatever else is among them, in order.

    The same is yielded as by one process. A document whose reading ends one worker after another is a Failure.

    Raises:
        WrongParameter: `engine` is no address of a Dask scheduler.
        InputError: Dask is not installed, or the folder of parts cannot be made.
        ModelError: the model cannot be used on a worker.
        TalentgraphError: the cluster does not answer, has no workers or another version of talentgraph. What was read
            lies in parts, and the same command goes on with it.
    """
    place = parts.folder(home)
    parts.forget(place)
    done: list[str] = []
    with _client(address(engine)) as client:
        work = _Work(client, place, model, home)
        waiting: deque[_Part] = deque()
        source = iter(items)
        while portion := list(itertools.islice(source, PORTION)):
            waiting.append(work.begin(portion))
            if len(waiting) > work.threads * AHEAD:
                done.append(waiting[0].name)
                yield from work.end(waiting.popleft())
        for part in waiting:
            done.append(part.name)
            yield from work.end(part)
    parts.clear(place, done)


class _Part:
    """A portion that a worker has to read; no future where its part is there already."""

    def __init__(self, portion: Portion, name: str, future: Any) -> None:
        self.portion = portion
        self.name = name
        self.future = future


class _Work:
    """The portions that a cluster reads."""

    def __init__(self, client: Any, place: Path, model: str, home: Path) -> None:
        from ingest.extraction import Extractor

        self._client = client
        self._place = place
        self._given = (str(place), model, str(home.expanduser().resolve()), Extractor(model).version)
        self.threads = max(1, sum(client.nthreads().values()))

    def begin(self, portion: Portion) -> _Part:
        """Send a portion to the cluster, unless its part is there."""
        name = parts.name(portion, self._given[-1])
        if (self._place / name).exists():
            return _Part(portion, name, None)
        return _Part(portion, name, self._client.submit(read_part, portion, name, *self._given, pure=False))

    def end(self, part: _Part) -> Found:
        """Wait for a portion and return what was read of it."""
        from distributed.scheduler import KilledWorker

        try:
            if part.future is not None:
                self._await(part.future)
        except KilledWorker:
            return self._one_by_one(part.portion)
        found = parts.read(self._place, part.name)
        if found is None:
            raise TalentgraphError(
                f"A worker wrote {part.name}, but it is not in {self._place}: workers and command must see the same "
                "home folder. Set TALENTGRAPH_HOME to a folder that all machines share."
            )
        return found

    def _one_by_one(self, portion: Portion) -> Found:
        """Read the documents of a portion that ended several workers each by itself."""
        if len(portion) > 1:
            return [found for item in portion for found in self.end(self.begin([item]))]
        reason = "each worker that read it was ended, for want of memory perhaps; read it alone, or with more memory"
        return [of_document(item, reason) if isinstance(item, Document) else item for item in portion]

    def _await(self, future: Any) -> None:
        idle = 0.0
        while True:
            try:
                future.result(timeout=ANSWER_SECONDS)
                return
            except TimeoutError:
                idle = 0.0 if self._client.nthreads() else idle + ANSWER_SECONDS
            except (CancelledError, OSError) as error:
                raise _gone("The Dask scheduler went away.") from error
            if idle >= WITHOUT_WORKERS_SECONDS:
                raise _gone("The Dask cluster has no workers any more.")


def _gone(what: str) -> TalentgraphError:
    return TalentgraphError(f"{what} Start it again; the same command goes on with what was read.")


@contextmanager
def _client(scheduler: str) -> Iterator[Any]:
    """Yield a client of the cluster once it has a worker."""
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError("Dask is not installed: install talentgraph with its extra `dask`.") from error
    try:
        client = Client(scheduler, timeout=ANSWER_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except OSError as error:
        raise TalentgraphError(f"No Dask scheduler answers at {scheduler}. Start one: dask scheduler.") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=ANSWER_SECONDS)
        except TimeoutError as error:
            raise TalentgraphError(
                f"The Dask cluster at {scheduler} has no workers. Start some: dask worker {scheduler} --nthreads 1."
            ) from error
        yield client


_reading = threading.Lock()  # a worker may have several threads; a model reads one text at a time
_extractors: "dict[str, Extractor]" = {}  # of a worker, by model


def read_part(portion: Portion, name: str, place: str, model: str, home: str, version: str) -> None:
    """Read a portion on a worker and write its part."""
    from graph.reference import own
    from ingest.extraction import Extractor
    from ingest.reading import read_each

    with _reading:
        extractor = _extractors.setdefault(model, Extractor(model))
        if extractor.version != version:  # at first, and when the own lists have changed since
            own.use(Path(home))
        if extractor.version != version:
            raise TalentgraphError(
                f"A worker reads by {extractor.version}, the command by {version}. Install the same version of "
                "talentgraph and its model on both, and share the home folder with the own lists."
            )
        found = list(read_each(portion, extractor))
    parts.write(Path(place), name, found)
