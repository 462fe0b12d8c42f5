"""Good manners towards hosts: robots.txt (RFC 9309), one request at a time, a pause between two."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from protego import Protego

from graph.errors import FetchFailed, FetchRefused
from ingest.web.answers import Fetched

ROBOT = "talentgraph"  # what robots.txt is read for
KEPT_SECONDS = 86_400.0  # RFC 9309: no longer than a day
UNREACHABLE_SECONDS = 300.0
ROBOTS_BYTES = 512_000  # that are read of it; RFC 9309: at least 500 KiB
LONGEST_PAUSE = 30.0  # seconds; a robots.txt that asks for more is as good as one that forbids


@dataclass(slots=True)
class _Turn:
    lock: threading.Lock = field(default_factory=threading.Lock)
    ended: float | None = None  # monotonic


class Pace:
    """One request at a time per host, and at least `delay` seconds between two; shared by threads."""

    def __init__(self, delay: float, sleep: Callable[[float], object] = time.sleep) -> None:
        self._delay = delay
        self._sleep = sleep
        self._turns: dict[str, _Turn] = {}
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def turn(self, host: str, delay: float = 0.0) -> Iterator[float]:
        """Hold a host's turn; yields the seconds it was waited for. `delay` is what the host itself asks for."""
        started = time.monotonic()
        with self._lock:
            turn = self._turns.setdefault(host, _Turn())
        with turn.lock:
            if turn.ended is not None:
                pause = turn.ended + max(delay, self._delay) - time.monotonic()
                if pause > 0:
                    self._sleep(pause)
            try:
                yield time.monotonic() - started
            finally:
                turn.ended = time.monotonic()


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host's robots.txt says to talentgraph; `failure` is why it could not be had."""

    until: float  # monotonic
    parsed: Protego | None = None
    failure: FetchFailed | None = None

    def check(self, url: str) -> None:
        """Raise FetchRefused where the host does not want this page fetched, FetchFailed where it cannot be asked."""
        if self.failure is not None:
            raise FetchFailed(
                f"may not be fetched while its host's robots.txt cannot be had ({self.failure})",
                passing=self.failure.passing,
                retry_after=self.failure.retry_after,
            )
        if self.parsed is None:
            return
        if not self.parsed.can_fetch(url, ROBOT):
            raise FetchRefused("is closed to programs by its host's robots.txt; save the page and read the file")
        if self.delay > LONGEST_PAUSE:
            raise FetchRefused(f"its host's robots.txt asks for {self.delay:g} seconds between pages; save it by hand")

    @property
    def delay(self) -> float:
        """Return the seconds that the host asks to leave between two requests."""
        return float((self.parsed and self.parsed.crawl_delay(ROBOT)) or 0.0)

    @property
    def sitemaps(self) -> list[str]:
        """Return the sitemaps that the host names."""
        return list(self.parsed.sitemaps) if self.parsed else []


class Robots:
    """The robots.txt of every host, fetched once a day."""

    def __init__(self, get: Callable[[str], Fetched]) -> None:
        self._get = get
        self._rules: dict[str, Rules] = {}

    def rules(self, origin: str) -> Rules:
        """Return the rules of an origin, such as `https://example.org`."""
        held = self._rules.get(origin)
        if held is None or held.until < time.monotonic():
            held = self._rules[origin] = self._read(origin)
        return held

    def _read(self, origin: str) -> Rules:
        now = time.monotonic()
        try:
            text = self._get(f"{origin}/robots.txt").content[:ROBOTS_BYTES].decode("utf-8-sig", "replace")
        except FetchRefused:  # it leads to a forbidden address, say
            return Rules(now + KEPT_SECONDS)
        except FetchFailed as failure:
            if failure.passing:  # RFC 9309: a host that cannot say what is allowed allows nothing
                return Rules(now + (failure.retry_after or UNREACHABLE_SECONDS), failure=failure)
            return Rules(now + KEPT_SECONDS)  # and one that has none allows everything
        return Rules(now + KEPT_SECONDS, Protego.parse(text))
