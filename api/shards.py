"""Documents read by several processes, in the order in which they came.

documents ──► portions ──► processes, each with its own model and lists ──► extractions, in order
"""

import itertools
import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from graph.errors import TalentgraphError
from graph.frame import Document, Extraction
from ingest.sources import Failure

if TYPE_CHECKING:
    from ingest.extraction import Extractor

PORTION = 8  # documents sent at once: few enough to keep all processes busy, enough to be worth the sending
AHEAD = 3  # portions that wait for each process

T = TypeVar("T")


def read(items: Iterable[Document | T], workers: int, model: str, home: Path) -> Iterator[Extraction | Failure | T]:
    """Yield what is read from each document, or why nothing is, and whatever else is among them, in order.

    However many workers there are, the same is yielded. Raises ModelError where the model cannot be used, and
    TalentgraphError where a worker was killed.
    """
    spawn = multiprocessing.get_context("spawn")
    waiting: deque[Future[list[Extraction | Failure | T]]] = deque()
    source = iter(items)
    with ProcessPoolExecutor(workers, mp_context=spawn, initializer=_begin, initargs=(model, home)) as processes:
        try:
            while portion := list(itertools.islice(source, PORTION)):
                waiting.append(processes.submit(_read, portion))
                if len(waiting) > workers * AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise TalentgraphError(
                "A process that reads documents was ended, for want of memory perhaps. Give fewer --workers."
            ) from error
        finally:
            processes.shutdown(cancel_futures=True)


_extractor: "Extractor"  # of a worker


def _begin(model: str, home: Path) -> None:
    """Make a worker ready to read."""
    global _extractor
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the command ends us
    from graph.reference import own
    from ingest.extraction import Extractor

    own.use(home)
    _extractor = Extractor(model)


def _read(portion: list[Document | T]) -> list[Extraction | Failure | T]:
    from ingest.reading import read_each

    return list(read_each(portion, _extractor))
