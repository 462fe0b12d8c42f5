"""Host → vetted address → connection, within a budget.

A host is resolved once, by us, where the connection is opened, and the connection goes to an address that was vetted:
there is no second look-up that could answer otherwise. TLS still verifies the host's name.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore2

from graph.errors import FetchFailed, FetchRefused
from ingest.web.addresses import Opening, vet

Resolve = Callable[[str, int], Sequence[str]]
CONNECT_SECONDS = 10.0


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host as the system knows them.

    Raises:
        FetchFailed: there is no such host, or no name server answers.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        passing = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
        raise FetchFailed(f"its host {host} is not found ({reason}); check the address", passing=passing) from error
    return [str(info[4][0]) for info in found]


class Budget:
    """Seconds and bytes that may still be spent; raises once they are gone."""

    def __init__(self, seconds: float, most_bytes: int) -> None:
        self._end = time.monotonic() + seconds
        self._seconds = seconds
        self._bytes = most_bytes

    def lengthen(self, seconds: float) -> None:
        """Leave out time that went into waiting for the host's turn."""
        self._end += seconds

    def seconds(self) -> float:
        """Return the seconds that are left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise FetchFailed(f"took longer than {self._seconds:g} seconds (TALENTGRAPH_FETCH_TIMEOUT)", passing=True)
        return left

    def take(self, count: int) -> None:
        """Spend bytes."""
        self._bytes -= count
        if self._bytes < 0:
            raise FetchRefused("sends more than its limit of bytes")


class _Stream(httpcore2.NetworkStream):
    """A connection that spends a budget."""

    def __init__(self, stream: httpcore2.NetworkStream, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._stream.read(max_bytes, self._budget.seconds())
        self._budget.take(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._budget.seconds())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        seconds = min(self._budget.seconds(), CONNECT_SECONDS)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, seconds), self._budget)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class VettedBackend(httpcore2.NetworkBackend):
    """Opens connections to vetted addresses only."""

    def __init__(self, resolve: Resolve, opened: Sequence[Opening], budget: Budget) -> None:
        self._resolve = resolve
        self._opened = opened
        self._budget = budget

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address of the host that answers, if all of them may be connected to."""
        failure: Exception | None = None
        for address in vet(host, self._resolve(host, port), port, self._opened):
            seconds = min(self._budget.seconds(), CONNECT_SECONDS)
            try:  # an address, not a name: nothing is looked up again
                stream = httpcore2.SyncBackend().connect_tcp(str(address), port, seconds, None, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(stream, self._budget)
        raise FetchFailed(f"its host {host} does not answer on port {port} ({failure})", passing=True) from failure
