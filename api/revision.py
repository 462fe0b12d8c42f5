"""The store's revision, as middleware asks for it before every answer."""

from api.shared import Shared
from graph.store import Store


class Revision:
    """Never older than a write that ended before the request came; the store is asked only where it must be."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._asked = Shared(store.revision)

    async def now(self) -> int:
        """Return the revision; raises StoreError where the store must be asked and does not answer."""
        known = self._store.known_revision()
        return await self._asked.read() if known is None else known

    def close(self) -> None:
        """End the thread that asks."""
        self._asked.close()
