"""The confined process: takes tasks from a socket, and gives back what their functions yield. See ingest.confined.

It ends with the socket's other end, and by a timer of its own where a task takes more than it may.
"""

import contextlib
import gc
import importlib
import json
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from multiprocessing.connection import Connection
from typing import Any, BinaryIO

from graph.errors import UnreadableDocument
from ingest.confined import Item

TASKS = {
    "main text": ("ingest.webpage", "extracted", "trafilatura"),
    "pdf": ("ingest.sources.pdf", "extracted", "pypdfium2"),
    "docx": ("ingest.sources.docx", "extracted", "mammoth"),
    "unpack": ("ingest.sources.unpacking", "unpacked", "fastwarc.warc"),
    "markdown": ("ingest.markdown", "extracted", "markdown_it"),
    "feed": ("ingest.sources.feeds", "entries", "feedparser"),
    "sitemap": ("ingest.sources.sitemaps", "addresses", "lxml.etree"),
}
"""Name → module and function of a task, and the library that it needs: loading it takes no time from the task."""

_FAULTS = (ValueError, LookupError, ArithmeticError, AttributeError, TypeError, AssertionError, RecursionError, OSError)
"""What a parser may raise over an input that it did not foresee; anything else ends the process."""

Task = Callable[[Mapping[str, Any], bytes, BinaryIO | None], Iterator[Item]]


def main(descriptor: int, seconds: float, memory: int) -> None:
    """Serve tasks until the caller is gone."""
    _confine(memory)
    served = socket.socket(fileno=descriptor)
    connection = Connection(os.dup(descriptor))
    while True:
        try:
            request = json.loads(connection.recv_bytes())
            if request["file"]:
                _, (number, *_), _, _ = socket.recv_fds(served, 1, 1)
                data, file = b"", os.fdopen(number, "rb")
            else:
                data, file = connection.recv_bytes(), None
        except EOFError:
            return
        with file or contextlib.nullcontext():
            _serve(connection, request, data, file, seconds)


def _serve(connection: Connection, request: dict[str, Any], data: bytes, file: BinaryIO | None, limit: float) -> None:
    end: dict[str, Any] = {"end": True}
    module, name, library = TASKS[request["task"]]
    importlib.import_module(library)
    task: Task = getattr(importlib.import_module(module), name)
    connection.send_bytes(json.dumps({"begun": True}).encode())
    _timer(limit)
    try:
        for head, body in task(request["given"], data, file):
            _timer(0)  # the caller may take its time
            connection.send_bytes(json.dumps({"item": head}).encode())
            connection.send_bytes(body)
            _timer(limit)
    except UnreadableDocument as error:
        end = {"unreadable": str(error)}
    except _FAULTS as error:
        end = {"unreadable": f"is damaged or of another kind than it says ({type(error).__name__}: {str(error)[:200]})"}
    except MemoryError:
        gc.collect()
        most = f"{resource.getrlimit(resource.RLIMIT_AS)[0] // 2**20:,} MiB"
        end = {"unreadable": f"needs more than {most} of memory to be read; split it, or save its text as text"}
        end["spent"] = True
    _timer(0)
    connection.send_bytes(json.dumps(end).encode())
    if "spent" in end:
        sys.exit(0)


def _timer(seconds: float) -> None:
    """Let this process be killed once it has computed so long: not the clock's time, which a busy machine eats up."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _confine(memory: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the caller ends us
    limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_AS: memory}
    for limit, most in limits.items():
        with contextlib.suppress(ValueError, OSError):  # macOS knows RLIMIT_AS and refuses it
            resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
