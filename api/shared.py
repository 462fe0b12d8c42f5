"""One read of the store for all requests that wait for the same at one moment."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")


class Shared(Generic[T]):
    """A read in a thread of its own, one after the other: whoever asks gets one that began after they asked."""

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._lock = threading.Lock()
        self._next: Future[T] | None = None
        self._asked: SimpleQueue[Future[T] | None] = SimpleQueue()
        # A daemon: a store that hangs must not keep the program from ending.
        threading.Thread(target=self._run, name="shared read", daemon=True).start()

    async def read(self) -> T:
        """Return what is read, or raise what the read raises."""
        waiting = asyncio.wrap_future(self.begin())
        waiting.add_done_callback(_looked_at)
        return await asyncio.shield(waiting)  # a client that leaves ends nobody else's read

    def begin(self) -> Future[T]:
        """Have it read, and return where the answer will be."""
        with self._lock:
            if self._next is None:
                self._next = Future()
                self._asked.put(self._next)
            return self._next

    def _run(self) -> None:
        while (asked := self._asked.get()) is not None:
            with self._lock:
                self._next = None  # who asks from here on may not have this one
            try:
                asked.set_result(self._read())
            except BaseException as error:  # noqa: BLE001 -- it is raised where it is awaited
                asked.set_exception(error)

    def close(self) -> None:
        """End the thread, after what it reads now."""
        self._asked.put(None)


def _looked_at(waiting: "asyncio.Future[T]") -> None:
    """Look how a read ended for which nobody waits any more: asyncio would log its error as one that nobody saw."""
    if not waiting.cancelled():
        waiting.exception()
