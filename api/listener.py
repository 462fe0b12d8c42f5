"""The HTTP server: no request that it knows is answered as every other error is; who dawdles is hung up on.

uvicorn waits for ever for the rest of a request, and for a reader who takes nothing: each holds a connection, what is
to be sent, and perhaps a place among the requests that are at work (api.concurrency).
"""

import asyncio

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.problems import MEDIA_TYPE, problem

WINDOW = 10.0  # seconds after which a connection is looked at, again and again
LEAST = 10_000  # bytes of its request that a client must send in a window, or take of its answer: one kilobyte a second
MOST = 1_000  # connections; past them the one that has been idle for longest goes


class Protocol(HttpToolsProtocol):
    """uvicorn's reading of HTTP, which knows a list of methods and answers anything else before the application."""

    _heard = _heard_then = _unsent_then = 0
    _asked = _taking = False  # in this window: a request begun, what was to be sent going out
    _idle_then = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to look at a connection; where there are too many, end one that is idle."""
        super().connection_made(transport)
        self._looking = self.loop.call_later(WINDOW, self._look)
        self._since = self.loop.time()
        if len(self.connections) > MOST:
            idle = [one for one in self.connections if isinstance(one, Protocol) and one.idle]
            if idle:
                min(idle, key=lambda one: one._since).transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        self._looking.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what comes."""
        self._heard += len(data)
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """Note that a request is whole but for its body."""
        self._asked, self._since = True, self.loop.time()
        super().on_headers_complete()

    def resume_writing(self) -> None:
        """Note that the client took what was waiting."""
        self._taking = True
        super().resume_writing()

    @property
    def idle(self) -> bool:
        """Whether no request is being answered: none came yet, or the last was answered."""
        return self.cycle is None or self.cycle.response_complete

    def _look(self) -> None:
        """End the connection where its client let a window pass; else look again after the next."""
        unsent = self.transport.get_write_buffer_size()
        takes_little = bool(unsent) and bool(self._unsent_then) and self._unsent_then - unsent < LEAST
        asks_nothing = self.idle and self._idle_then and not self._asked
        sending = not self.idle and self.cycle.more_body and not self.flow.read_paused
        sends_little = sending and self._heard - self._heard_then < LEAST
        if (asks_nothing and not unsent) or sends_little or (takes_little and not self._taking):
            self.transport.abort()
            return
        self._heard_then, self._unsent_then, self._idle_then = self._heard, unsent, self.idle
        self._asked = self._taking = False
        self._looking = self.loop.call_later(WINDOW, self._look)

    def send_400_response(self, msg: str) -> None:
        """Answer what cannot be read, and close the connection."""
        body = bytes(problem(400, f"{msg} Its method may be unknown, or it is no HTTP.").body)
        lines = [
            b"HTTP/1.1 400 Bad Request",
            b"content-type: " + MEDIA_TYPE.encode(),
            b"content-length: " + str(len(body)).encode(),
            b"connection: close",
        ]
        self.transport.write(b"\r\n".join(lines) + b"\r\n\r\n" + body)
        self.transport.close()


def server(app: FastAPI, log_level: str = "warning") -> uvicorn.Server:
    """Return a server of the application; `run(sockets=[…])` serves until `should_exit` is set."""
    return uvicorn.Server(uvicorn.Config(app, http=Protocol, log_level=log_level, access_log=False))
