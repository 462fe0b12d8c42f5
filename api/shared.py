"""One read of the store for all requests that wait for the same at one moment."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

T = TypeVar("T")


class Shared(Generic[T]):
    """A read in a thread of its own, one after the other: whoever asks gets one that began after they asked."""

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._reader = ThreadPoolExecutor(1, "shared read")
        self._lock = threading.Lock()
        self._next: Future[T] | None = None

    async def read(self) -> T:
        """Return what is read, or raise what the read raises."""
        with self._lock:
            if self._next is None:
                self._next = self._reader.submit(self._begin)
            awaited = self._next
        return await asyncio.shield(asyncio.wrap_future(awaited))  # a client that leaves ends nobody else's read

    def _begin(self) -> T:
        with self._lock:
            self._next = None  # who asks from here on may not have this one
        return self._read()

    def close(self) -> None:
        """End the thread."""
        self._reader.shutdown()
