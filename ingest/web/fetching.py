"""URL → content: the one way out, whoever asks.

    url ─► checked ─► robots.txt ─► the host's turn ─► vetted address ─► answer ─► content
      ▲                                                                    │
      └──────────────────────── redirect: all of it anew ──────────────────┘

No proxy, cookie, password or certificate of the surroundings is used. A connection serves one request, so that its
budget of seconds and bytes is that request's.
"""

import ssl
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import httpcore2
import httpx2

from graph.errors import FetchFailed, FetchRefused
from ingest.web import answers, politeness
from ingest.web.addresses import openings
from ingest.web.answers import Fetched
from ingest.web.connecting import Budget, Resolve, VettedBackend, resolve
from ingest.web.locations import location

if TYPE_CHECKING:
    from graph.settings import Settings

REDIRECTS = 10
ATTEMPTS = 3
LONGEST_WAIT = 20.0  # seconds; a host that asks for more is left for later
HEADER_BYTES = 300_000
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/rss+xml,application/atom+xml,*/*;q=0.8"


Asking = dict[bytes | str, bytes | str]  # headers of a request


class Fetcher:
    """Fetches pages politely and from public addresses only; it may be shared by threads."""

    def __init__(
        self,
        settings: "Settings",
        *,
        resolve: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
        sleep: Callable[[float], object] = time.sleep,
        first_wait: float = 1.0,
    ) -> None:
        """Take limits and openings from the settings.

        `resolve` looks hosts up, `tls` says whom to trust (else whom the system does), `sleep` waits, `first_wait` is
        how many seconds lie before the second attempt. Raises WrongParameter for a setting that cannot be used.
        """
        self._opened = openings(settings.fetch_allow)
        self._seconds = settings.fetch_timeout
        self._most_bytes = settings.max_document_bytes
        self._agent = settings.user_agent
        self._resolve = resolve
        self._tls = tls
        self._first_wait = first_wait
        self._pace = politeness.Pace(settings.fetch_delay, sleep)
        self._robots = politeness.Robots(self._robots_txt)

    def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        most_bytes: int | None = None,
    ) -> Fetched:
        """Return the page at a URL.

        `etag` and `last_modified` are those of the copy already known: where the host says that it still holds, the
        answer has `changed` false. `most_bytes` is the limit after decompression, else that of a document. A host that
        fails in passing is asked up to three times, as long as the time for one page is not over.

        Raises:
            FetchRefused: talentgraph does not fetch it, at its address or at one that it leads to.
            FetchFailed: its host does not answer, or with an error.
        """
        known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        asking: Asking = {name: value for name, value in known.items() if value}
        setting = "" if most_bytes else "TALENTGRAPH_MAX_DOCUMENT_BYTES"
        return self._patiently(lambda: self._follow(url, asking, most_bytes or self._most_bytes, setting, polite=True))

    def sitemaps(self, url: str) -> list[str]:
        """Return the sitemaps that the robots.txt of a URL's host names."""
        return self._robots.rules(_origin(location(url))).sitemaps

    def _robots_txt(self, url: str) -> Fetched:
        return self._patiently(lambda: self._follow(url, {}, self._most_bytes, "", polite=False))

    def _patiently(self, ask: Callable[[], Fetched]) -> Fetched:
        import stamina

        stamina.instrumentation.set_on_retry_hooks(())  # its own would write to standard output

        def wait(error: Exception) -> float | bool:
            if not isinstance(error, FetchFailed) or not error.passing:
                return False
            if error.retry_after is None:
                return True
            return error.retry_after if error.retry_after <= LONGEST_WAIT else False

        for attempt in stamina.retry_context(
            wait,
            attempts=ATTEMPTS,
            timeout=self._seconds,
            wait_initial=self._first_wait,
            wait_max=LONGEST_WAIT,
            wait_jitter=0.1,
        ):
            with attempt:
                found = ask()
        return found

    def _follow(self, url: str, asking: Asking, most_bytes: int, setting: str, *, polite: bool) -> Fetched:
        place = location(url)
        budget = Budget(self._seconds, most_bytes + HEADER_BYTES)
        seen: list[str] = []
        while len(seen) <= REDIRECTS:
            if str(place) in seen:
                raise FetchFailed("leads round in a circle of redirects")
            seen.append(str(place))
            try:
                delay = self._allowed(place, budget) if polite else 0.0
                with self._pace.turn(place.host, delay) as waited:
                    budget.lengthen(waited)
                    found = self._ask(place, asking, budget, most_bytes, setting)
            except (FetchRefused, FetchFailed) as error:
                if len(seen) == 1:
                    raise
                raise _behind(place, error) from error
            if isinstance(found, Fetched):
                return found
            place = found
        raise FetchFailed(f"leads through more than {REDIRECTS} redirects")

    def _allowed(self, place: httpx2.URL, budget: Budget) -> float:
        """Return the pause that a host asks for; raise where its robots.txt forbids a page."""
        started = time.monotonic()
        rules = self._robots.rules(_origin(place))
        rules.check(str(place))
        budget.lengthen(time.monotonic() - started)
        return rules.delay

    def _ask(
        self, place: httpx2.URL, asking: Asking, budget: Budget, most_bytes: int, setting: str
    ) -> Fetched | httpx2.URL:
        """Return what one request brings: the page, or where the host says that it is."""
        try:
            with self._connection(place, budget) as connection:
                reply = connection.handle_request(self._request(place, asking))
                answer = httpx2.Response(reply.status, headers=reply.headers, stream=answers.Body(reply))
                if answer.status_code == 304 and asking:
                    return Fetched(str(place), b"", changed=False)
                if answer.has_redirect_location:
                    return location(answer.headers["location"], place)
                if answer.status_code != 200:
                    raise answers.refusal(answer)
                return answers.fetched(answer, str(place), answers.content(answer, most_bytes, setting))
        except (httpcore2.NetworkError, httpcore2.TimeoutException, httpcore2.ProtocolError) as error:
            raise _failure(error, place.host) from error
        except httpx2.DecodingError as error:
            raise FetchFailed(f"is compressed in a way that cannot be undone ({error})") from error

    def _connection(self, place: httpx2.URL, budget: Budget) -> httpcore2.HTTPConnection:
        if self._tls is None and place.scheme == "https":
            self._tls = httpx2.create_ssl_context(trust_env=True)
        backend = VettedBackend(self._resolve, self._opened, budget)
        return httpcore2.HTTPConnection(_httpcore(place).origin, self._tls, network_backend=backend)

    def _request(self, place: httpx2.URL, asking: Asking) -> httpcore2.Request:
        headers: Asking = {
            "Host": place.netloc.decode("ascii"),
            "User-Agent": self._agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
            **asking,
        }
        return httpcore2.Request("GET", _httpcore(place), headers=headers)


def _httpcore(place: httpx2.URL) -> httpcore2.URL:
    return httpcore2.URL(scheme=place.raw_scheme, host=place.raw_host, port=place.port, target=place.raw_path or b"/")


def _origin(place: httpx2.URL) -> str:
    return f"{place.scheme}://{place.netloc.decode('ascii')}"


def _behind(place: httpx2.URL, error: FetchRefused | FetchFailed) -> FetchRefused | FetchFailed:
    """Return what went wrong where a redirect leads, with the address."""
    message = f"leads to {str(place)[:200]}: {error}"
    if isinstance(error, FetchFailed):
        return FetchFailed(message, passing=error.passing, retry_after=error.retry_after)
    return FetchRefused(message)


def _failure(error: Exception, host: str) -> FetchFailed:
    """Return what went wrong between us and the host, in words."""
    if isinstance(error.__cause__, ssl.SSLError):
        return FetchFailed(f"its host {host} cannot prove who it is, or speaks no TLS that is safe ({error})")
    if isinstance(error, httpcore2.TimeoutException):
        return FetchFailed(f"its host {host} falls silent", passing=True)
    if isinstance(error, httpcore2.ProtocolError):
        return FetchFailed(f"its host {host} breaks off, or answers what is no HTTP ({error})", passing=True)
    return FetchFailed(f"its host {host} breaks off ({error})", passing=True)
