"""A dead embedded engine started again, for a process that serves for days; a command ends instead and says so."""

import threading
import time
from collections import deque
from collections.abc import Callable

from graph.errors import StoreError

MOST = 5  # starts
WITHIN = 600.0  # seconds: an engine that dies again and again is ill, and its log says of what


class Revival:
    """Starts the engine again for whoever finds it dead, once for all who find it at the same time."""

    def __init__(self, start: Callable[[], None], lives: Callable[[], bool], say: Callable[[str], None]) -> None:
        self._start, self._lives, self._say = start, lives, say
        self._lock = threading.Lock()
        self._started: deque[float] = deque(maxlen=MOST)
        self.number = 0  # of starts so far

    def again(self, number: int) -> bool:
        """Return whether an engine was started since there had been `number` starts, by this call or by another.

        False where it has died too often or does not start: then it is as dead as it was. False too where it lives.
        """
        with self._lock:
            if self.number > number:
                return True
            if self._lives():  # only the connection broke
                return False
            now = time.monotonic()
            if len(self._started) == MOST and now - self._started[0] < WITHIN:
                return False
            self._started.append(now)
            try:
                self._start()
            except StoreError as error:
                self._say(f"The embedded engine ended and could not be started again: {error}")
                return False
            self.number += 1
            self._say(f"The embedded engine ended; it was started again in {time.monotonic() - now:.1f} s.")
            if len(self._started) == MOST and now - self._started[0] < WITHIN:
                self._say(f"That was {MOST} times in {WITHIN / 60:g} minutes: the next time it stays off for a while.")
            return True
