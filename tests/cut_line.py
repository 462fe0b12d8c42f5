"""A TCP proxy on loopback that stands between a driver and its server, and cuts the line after so many bytes."""

import contextlib
import socket
import threading
from collections.abc import Iterator


class Line:
    """What passes through the proxy; `port` is where it listens, `sent` how many bytes went to the server."""

    def __init__(self, listening: socket.socket, server: tuple[str, int]) -> None:
        self.port: int = listening.getsockname()[1]
        self.sent = 0
        self._server = server
        self._left: int | None = None
        self._cut = False
        self._open: list[socket.socket] = []
        self._lock = threading.Lock()

    def cut_after(self, bytes: int) -> None:
        """Cut the line when so many more bytes were sent: all connections break, and new ones are refused."""
        with self._lock:
            self._left = bytes

    def mend(self) -> None:
        """Let everything pass from now on."""
        with self._lock:
            self._left, self._cut = None, False

    def accept(self, client: socket.socket) -> None:
        """Carry a new connection."""
        with self._lock:
            if self._cut:
                client.close()
                return
            server = socket.create_connection(self._server)
            self._open += [client, server]
        threading.Thread(target=self._carry, args=(client, server, True), daemon=True).start()
        threading.Thread(target=self._carry, args=(server, client, False), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        with contextlib.suppress(OSError):
            while part := source.recv(65_536):
                if counted and not self._may_pass(len(part)):
                    self.close()
                    return
                target.sendall(part)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _may_pass(self, size: int) -> bool:
        with self._lock:
            self.sent += size
            if self._left is not None:
                self._left -= size
                self._cut = self._cut or self._left < 0
            return not self._cut

    def close(self) -> None:
        """Break all connections."""
        with self._lock:
            for end in self._open:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()
            self._open = []


@contextlib.contextmanager
def line_to(host: str, port: int) -> Iterator[Line]:
    """Run a proxy to a server while the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        line = Line(listening, (host, port))

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    line.accept(listening.accept()[0])

        threading.Thread(target=serve, daemon=True).start()
        yield line
        line.close()
