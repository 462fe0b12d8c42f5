"""The API as a real server on loopback, for the consumers that only take an address."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI

from api import listener
from api.commands.serve import listen


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve `app` on a free port of 127.0.0.1 and yield its address."""
    listening = listen("127.0.0.1", 0)
    server = listener.server(app, "error")
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        while not server.started and thread.is_alive():
            thread.join(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
