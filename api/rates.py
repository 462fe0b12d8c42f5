"""How much one asker may ask in a minute, by what it costs: a sliding window over units."""

import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter


class Rates:
    """The rates of one process; `units` are what one asker may use in a minute, 0 for no limit."""

    def __init__(self, units: int) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._limit = RateLimitItemPerMinute(units) if units else None

    def wait(self, asker: str, cost: int) -> float:
        """Count a request, and return 0; or return the seconds to wait, and count nothing."""
        if self._limit is None or self._limiter.hit(self._limit, asker, cost=cost):
            return 0.0
        reset, _ = self._limiter.get_window_stats(self._limit, asker)
        return max(reset - time.time(), 1.0)
