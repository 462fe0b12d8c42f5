"""Real web servers on loopback, and a watch over every connection that this process opens."""

import contextlib
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from graph.settings import Settings
from ingest.web.fetching import Fetcher

DEFAULTS = Settings()
Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """A web server; `pages` may be changed while it runs. `asked` holds the path and headers of each request."""

    port: int
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)  # of what was posted
    connections: int = 0
    scheme: str = "http"

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """Return what was asked for, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


def page(body: bytes | str = b"", status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> Answer:
    """Return an answer: status, type, further headers (`Retry_After="1"`), body."""
    data = body.encode() if isinstance(body, str) else body

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        if kind:
            handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def redirect(to: str, status: int = 302) -> Answer:
    return page(status=status, kind="", Location=to)


def raw(*pieces: bytes, pause: float = 0.0) -> Answer:
    """Return an answer of these very bytes, with a pause before each but the first; then the connection is closed."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        with contextlib.suppress(OSError):  # the reader may have left
            for number, piece in enumerate(pieces):
                time.sleep(pause if number else 0)
                handler.wfile.write(piece)
                handler.wfile.flush()

    return answer


def in_turn(*answers: Answer) -> Answer:
    """Return an answer that is another one each time, the last one for good."""
    left = list(answers)
    return lambda handler: (left.pop(0) if len(left) > 1 else left[0])(handler)


@contextlib.contextmanager
def site(
    pages: Mapping[str, Answer] | None = None, *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1"
) -> Iterator[Site]:
    """Serve pages on a free port of loopback; what there is no page for is answered with 404."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            running.asked.append((self.path, dict(self.headers)))
            with contextlib.suppress(BrokenPipeError, ConnectionResetError, ssl.SSLError):
                running.pages.get(self.path, page("nothing here", 404))(self)

        def do_POST(self) -> None:
            running.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.do_GET()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False
        address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

        def process_request(self, request: Any, client_address: Any) -> None:
            running.connections += 1
            super().process_request(request, client_address)

        def finish_request(self, request: Any, client_address: Any) -> None:
            with contextlib.suppress(OSError):  # a reader that refuses our certificate
                if tls is not None:
                    request = tls.wrap_socket(request, server_side=True)
                super().finish_request(request, client_address)
                request.close()

    with Server((host, 0), Handler) as server:
        running = Site(server.server_address[1], dict(pages or {}), scheme="https" if tls else "http")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield running
        finally:
            server.shutdown()
            thread.join()


def fetcher(*open_sites: Site, **given: Any) -> Fetcher:
    """Return a fetcher in a hurry, to which these sites are open; `given` are settings and arguments of Fetcher."""
    opened = ",".join([*(f"127.0.0.1:{one.port}" for one in open_sites), *filter(None, [given.pop("fetch_allow", "")])])
    arguments = {name: given.pop(name) for name in ("resolve", "tls", "sleep") if name in given}
    quick = {"fetch_allow": opened, "fetch_delay": 0.0, "fetch_timeout": 5.0}
    return Fetcher(DEFAULTS.model_copy(update={**quick, **given}), first_wait=0.01, **arguments)


class Connections:
    """Every address to which this process connects, from the lowest place where Python can see it.

    While it watches, connections that leave the machine are refused before they are made.
    """

    def __init__(self) -> None:
        self.made: list[tuple[str, int]] = []
        self._watching = threading.local()
        sys.addaudithook(self._audit)

    @contextlib.contextmanager
    def watched(self) -> Iterator[list[tuple[str, int]]]:
        """Yield the list of (address, port) to which this thread connects meanwhile."""
        self.made = []
        self._watching.now = True
        try:
            yield self.made
        finally:
            self._watching.now = False

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and getattr(self._watching, "now", False):
            address = arguments[1]
            if isinstance(address, tuple):
                self.made.append((str(address[0]), address[1]))
                if address[0] not in ("127.0.0.1", "::1"):
                    raise ConnectionRefusedError("refused by the watch of the tests")


CONNECTIONS = Connections()
