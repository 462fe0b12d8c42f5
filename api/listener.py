"""The HTTP server: what is no request that it knows is answered as every other error is."""

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.problems import MEDIA_TYPE, problem


class Protocol(HttpToolsProtocol):
    """uvicorn's reading of HTTP, which knows a list of methods and answers anything else before the application."""

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
