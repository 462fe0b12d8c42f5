"""The API as a process of its own on loopback, as users have it: who asks it shares no interpreter with it."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import psutil

START_SECONDS = 120.0


@contextlib.contextmanager
def server(home: Path) -> Iterator[str]:
    """Serve the store of `home`, embedded or as NEO4J_URI says, and yield the address once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [Path(sys.executable).with_name("talentgraph"), "serve", "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, env=os.environ | {"TALENTGRAPH_HOME": str(home)}, stderr=subprocess.DEVNULL) as run:
        try:
            end = time.monotonic() + START_SECONDS
            while True:
                try:
                    httpx2.get(f"{address}/v1/health", timeout=START_SECONDS).raise_for_status()
                    break
                except httpx2.TransportError:
                    if time.monotonic() > end or run.poll() is not None:
                        raise
                    time.sleep(0.1)
            yield address
        finally:
            run.terminate()


def serving() -> psutil.Process:
    """Return the process of the server that this one runs."""
    return next(child for child in psutil.Process().children() if "serve" in child.cmdline())
