"""An embedded engine that hangs is killed, so that whoever waits for it meets a dead one, which is started again."""

import threading
from collections.abc import Callable

from graph.errors import StoreError

EVERY = 5.0  # seconds between two questions
PATIENCE = 20.0  # seconds in which the engine answers somebody: a busy one takes one or two


class Watch:
    """Asks the engine something easy now and then, until `close()`; `kill` is called when it answers nobody.

    `silent` returns the seconds since the engine last answered anyone: one that is short of processor time may leave
    the easy question waiting while it answers others.
    """

    def __init__(self, ask: Callable[[], None], kill: Callable[[], None], silent: Callable[[], float]) -> None:
        self._ask, self._kill, self._silent = ask, kill, silent
        self._closed = threading.Event()
        threading.Thread(target=self._run, name="watch", daemon=True).start()

    def _run(self) -> None:
        while not self._closed.wait(EVERY):
            answered = threading.Event()
            threading.Thread(target=self._wait, args=(answered,), name="watch-patience", daemon=True).start()
            try:
                self._ask()
            except StoreError:  # it has ended: whoever needs it starts it again
                pass
            finally:
                answered.set()

    def _wait(self, answered: threading.Event) -> None:
        """Kill the engine once it has been silent for as long as it may, unless the question is answered first."""
        rest = PATIENCE
        while not answered.wait(rest):
            rest = PATIENCE - self._silent()
            if rest <= 0:
                if not self._closed.is_set():
                    self._kill()
                return

    def close(self) -> None:
        """Watch no more."""
        self._closed.set()
