"""An embedded engine that hangs is killed, so that whoever waits for it meets a dead one, which is started again."""

import threading
from collections.abc import Callable

from graph.errors import StoreError

EVERY = 5.0  # seconds between two questions
PATIENCE = 20.0  # seconds that the answer may take: a busy engine takes one or two


class Watch:
    """Asks the engine something easy now and then, until `close()`; `kill` is called when it does not answer."""

    def __init__(self, ask: Callable[[], None], kill: Callable[[], None]) -> None:
        self._ask, self._kill = ask, kill
        self._closed = threading.Event()
        threading.Thread(target=self._run, name="watch", daemon=True).start()

    def _run(self) -> None:
        while not self._closed.wait(EVERY):
            hung = threading.Timer(PATIENCE, self._killed)
            hung.daemon = True
            hung.start()
            try:
                self._ask()
            except StoreError:  # it has ended: whoever needs it starts it again
                pass
            finally:
                hung.cancel()

    def _killed(self) -> None:
        if not self._closed.is_set():
            self._kill()

    def close(self) -> None:
        """Watch no more."""
        self._closed.set()
