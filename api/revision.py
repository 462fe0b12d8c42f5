"""The store's revision, as middleware asks for it before every answer."""

from api.shared import Shared
from graph.store import Store

EARLY = 0.5  # the part of the time for which a revision is known after which it is asked for anew


class Revision:
    """The store is asked only where it must be, and where it can be before anybody waits for it.

    Never older than a write of this process, or of any that shares the embedded engine, that ended before the request
    came; on a server never older than a tenth of a second.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._asked = Shared(store.revision)

    async def now(self) -> int:
        """Return the revision; raises StoreError where the store must be asked and does not answer."""
        if (known := self._store.known_revision(EARLY)) is not None:
            return known
        if (known := self._store.known_revision()) is None:
            return await self._asked.read()
        self._asked.begin()
        return known

    def close(self) -> None:
        """End the thread that asks."""
        self._asked.close()
