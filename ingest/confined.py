"""Parsers of hostile formats, run in a process that can be killed and has little memory.

    a caller ── task, bytes or an open file ──► a process, kept for the next ── its own limit on memory
             ◄─ items, one after the other ───  SECONDS of computing without an item: killed

What comes back is JSON and bytes, never anything that runs. A process that was killed or broke costs the one input;
the next gets a new one. Whoever still reads items has a process alone, so that reading may be nested and threaded.
"""

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from multiprocessing.connection import Connection
from typing import Any

from graph.errors import UnreadableDocument

SECONDS = 10.0
BYTES = 512 * 1024 * 1024
_START_SECONDS = 60.0
_BREAKING_SECONDS = 1.0
_MOST_TASKS = 1_000  # after which a process is replaced, since libraries keep a little of every page
_WAITING = 6  # times as long we wait on a busy machine, where a second of computing takes longer
Item = tuple[Mapping[str, Any], bytes]
"""What a task yields: what can be said as JSON, and bytes."""

_INHERITED = ("PATH", "LANG", "LC_ALL", "TZ", "PYTHONPATH", "TMPDIR", "SYSTEMROOT")  # never keys and passwords


def call(task: str, given: Mapping[str, Any], data: bytes) -> Item:
    """Return the one item that a task yields for these bytes.

    Raises UnreadableDocument, with the task's own reason or because it took too long or too much.
    """
    (item,) = stream(task, given, data)
    return item


def stream(task: str, given: Mapping[str, Any], data: bytes = b"", *, file: int | None = None) -> Iterator[Item]:
    """Yield what a task yields for these bytes, or for the file open under a descriptor; see `call`."""
    process = _idle.pop() if _idle else _Process()
    try:
        yield from process.run(task, given, data, file)
    except UnreadableDocument:
        raise
    except (EOFError, OSError) as error:
        raise UnreadableDocument(process.end()) from error
    finally:
        if process.ready:
            _idle.append(process)
        else:
            process.kill()


class _Process:
    """One confined process; `ready` is whether it waits for a task."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-P", "-W", "ignore", "-m", "ingest.confined_child"),
                    *(str(theirs.fileno()), str(SECONDS), str(BYTES)),
                ],
                pass_fds=[theirs.fileno()],
                env={name: os.environ[name] for name in _INHERITED if name in os.environ} | {"MALLOC_ARENA_MAX": "1"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # what a parser complains of may hold anything
            )
        self._connection = Connection(os.dup(self._socket.fileno()))
        self._late = False
        self._tasks = 0
        self.ready = True

    def run(self, task: str, given: Mapping[str, Any], data: bytes, file: int | None) -> Iterator[Item]:
        """Yield the items of a task; EOFError or OSError where the process ends before it is done."""
        self.ready = False
        self._tasks += 1
        self._connection.send_bytes(
            json.dumps({"task": task, "given": given, "file": file is not None}, default=str).encode()
        )
        if file is None:
            self._connection.send_bytes(data)
        else:
            socket.send_fds(self._socket, [b"."], [file])
        self._answer(_START_SECONDS)  # it has loaded what it needs; now time is counted
        while "item" in (answer := self._answer(_WAITING * SECONDS)):
            yield answer["item"], self._connection.recv_bytes(BYTES)
        self.ready = not answer.get("spent") and self._tasks < _MOST_TASKS
        if "unreadable" in answer:
            raise UnreadableDocument(answer["unreadable"])

    def _answer(self, seconds: float) -> dict[str, Any]:
        if not self._connection.poll(seconds):
            self._late = True
            raise EOFError
        answer: dict[str, Any] = json.loads(self._connection.recv_bytes(BYTES))
        return answer

    def end(self) -> str:
        """End the process and return why it did not end well by itself."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0 if self._late else _BREAKING_SECONDS)  # what broke just now ends in a moment
        self.kill()
        code = self._process.returncode
        if self._late or code == -signal.SIGPROF:
            return f"takes more than {SECONDS:g} seconds of computing to read; split it, or save its text as text"
        named = f"signal {-code}" if code < 0 else f"code {code}"
        return f"breaks the program that reads it ({named}): it is damaged, harmful or too large; save its text as text"

    def kill(self) -> None:
        """End the process, whatever it does."""
        self.ready = False
        self._process.kill()
        self._process.wait()
        self._connection.close()
        self._socket.close()


_idle: list[_Process] = []


def close() -> None:
    """End the processes that wait; the next task starts one again."""
    while _idle:
        _idle.pop().kill()


atexit.register(close)
os.register_at_fork(after_in_child=_idle.clear)  # they are the parent's
