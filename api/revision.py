"""The store's revision, read once for all requests that wait for it at one moment."""

import asyncio
import threading
from concurrent.futures import Future, ThreadPoolExecutor

from graph.store import Store


class Revision:
    """Reads the revision in a thread of its own, one read after the other, unless it is known without.

    Whoever asks gets a read that began after they asked, so that an answer is never older than a write that ended
    before its request came.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._reader = ThreadPoolExecutor(1, "revision")
        self._lock = threading.Lock()
        self._next: Future[int] | None = None

    async def now(self) -> int:
        """Return the revision; raises StoreError where the store must be asked and does not answer."""
        known = self._store.known_revision()
        return await self.asked() if known is None else known

    async def asked(self) -> int:
        """Return the revision as the store itself tells it; raises StoreError where it does not answer."""
        with self._lock:
            if self._next is None:
                self._next = self._reader.submit(self._read)
            read = self._next
        return await asyncio.shield(asyncio.wrap_future(read))  # a client that leaves ends nobody else's read

    def _read(self) -> int:
        with self._lock:
            self._next = None  # who asks from here on may not have this one
        return self._store.revision()

    def close(self) -> None:
        """End the thread."""
        self._reader.shutdown()
