"""Health is told at once while the store is busy, and for a moment only where it does not answer."""

import asyncio
import threading

import pytest
from anyio.from_thread import start_blocking_portal

from api import health
from api.health import Health
from graph.errors import StoreUnreachable
from graph.store import Store


class Busy(Store):
    """A store that answers when it is let, and counts how often it was asked what it holds."""

    def __init__(self) -> None:
        self.let, self.counted, self.number, self.gone = threading.Event(), 0, 1, False
        self.known: int | None = 1
        self.let.set()

    def known_revision(self, part: float = 1.0) -> int | None:
        return self.known

    def revision(self) -> int:
        assert self.let.wait(30)
        if self.gone:
            raise StoreUnreachable("It is gone.")
        return self.number

    def counts(self) -> dict[str, int]:
        self.counted += 1
        return {"Claim": self.counted}


def test_busy_store_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Busy()
    lives = Health(store)

    async def ask() -> None:
        await lives.ask()
        await lives.ask()
        assert (store.counted, lives.counts) == (1, {"Claim": 1}), "counted once for a revision"
        store.let.clear()
        monkeypatch.setattr(health, "PATIENCE", 600.0)
        assert await lives.ask() < 600, "it answered just now"
        monkeypatch.undo()
        await asyncio.sleep(health.PATIENCE)
        assert await lives.ask() >= 2 * health.PATIENCE, "waited for, and not for long"
        monkeypatch.setattr(health, "LATELY", 0.0)
        late = asyncio.create_task(lives.ask())
        await asyncio.sleep(0)  # it has begun
        monkeypatch.undo()
        store.number, store.known = 2, None
        written = asyncio.create_task(lives.ask())
        await asyncio.sleep(2 * health.PATIENCE)
        assert not late.done(), "it has not answered for too long"
        assert not written.done(), "something was written since"
        store.let.set()
        await asyncio.gather(late, written)
        assert lives.counts == {"Claim": 2}
        store.gone = True
        with pytest.raises(StoreUnreachable):
            await lives.ask()

    with start_blocking_portal() as portal:  # a thread of its own: a browser of other tests keeps a loop in this one
        portal.call(ask)
    lives.close()
