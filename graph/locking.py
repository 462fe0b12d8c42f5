"""Who may read and commit at once, for an engine whose reads are not snapshots.

FileLock    readers share, a commit is alone, one writer at a time; across threads and processes of this machine
NoLock      for servers that isolate transactions themselves
"""

import contextlib
import fcntl
import itertools
import math
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

FIRST_PATIENCE = 1.0  # seconds for which a commit keeps new reads out while it waits for those that run
GATE_OPEN = 0.05  # seconds for which it then lets them in
POLL = 0.002
STAMP_BYTES = 16


class Lock(Protocol):
    """What the store asks of a lock."""

    def reading(self) -> contextlib.AbstractContextManager[None]:
        """Hold while one statement is read to its end."""

    def committing(self) -> contextlib.AbstractContextManager[None]:
        """Hold around a commit: no read runs meanwhile."""

    def writing(self) -> contextlib.AbstractContextManager[None]:
        """Hold from a writer's first statement to its last commit: one writer at a time; reads go on."""

    def stamp(self) -> bytes:
        """Return what every commit of ours changes before anybody is told that it is done."""

    known_seconds: float
    """How long what was read is known to hold while the stamp stays: for ever where no process commits unseen."""


class NoLock:
    """The server isolates transactions: nothing to hold. Others commit without telling us."""

    known_seconds = 0.1  # so long may what another process commits stay unseen

    def __init__(self) -> None:
        self._commits = itertools.count(1)
        self._last = 0

    @contextlib.contextmanager
    def _nothing(self) -> Iterator[None]:
        yield

    reading = writing = _nothing

    @contextlib.contextmanager
    def committing(self) -> Iterator[None]:
        self._last = next(self._commits)
        try:
            yield
        finally:  # once more: what was read meanwhile may be of before
            self._last = next(self._commits)

    def stamp(self) -> bytes:
        return self._last.to_bytes(8, "big")


class FileLock:
    """Advisory locks on three files of one folder; the kernel drops them when their process ends."""

    known_seconds = math.inf

    def __init__(self, folder: Path) -> None:
        self._data = folder / "read.lock"
        self._gate = folder / "gate.lock"
        self._writer = folder / "write.lock"

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        # Through the gate first: a commit that waits keeps it shut, or a stream of readers would starve it.
        with held(self._gate, fcntl.LOCK_SH):
            descriptor = acquire(self._data, fcntl.LOCK_SH)
        with _closing(descriptor):
            yield

    @contextlib.contextmanager
    def committing(self) -> Iterator[None]:
        # One slow read must not keep every other out for as long as it runs: the gate opens now and then, more and
        # more rarely, so that the commit has its turn however many slow reads there are.
        patience = FIRST_PATIENCE
        while True:
            with held(self._gate, fcntl.LOCK_EX):
                descriptor = _acquired_within(self._data, patience)
                if descriptor is not None:
                    with _closing(descriptor):
                        # Before the commit: whoever sees the new stamp and reads waits for us, and a process that dies
                        # in between leaves a stamp too many, never one too few.
                        os.pwrite(descriptor, secrets.token_bytes(STAMP_BYTES), 0)
                        yield
                    return
            time.sleep(GATE_OPEN)
            patience *= 2

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        with held(self._writer, fcntl.LOCK_EX):
            yield

    def stamp(self) -> bytes:
        descriptor = os.open(self._data, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with _closing(descriptor):
            return os.pread(descriptor, STAMP_BYTES, 0)


def acquire(path: Path, kind: int) -> int:
    """Wait for the lock (`fcntl.LOCK_SH` or `LOCK_EX`, or with `LOCK_NB` fail at once); return its descriptor.

    Every call opens the file anew, so that threads of one process do not share a lock by accident. Raises
    BlockingIOError for LOCK_NB, OSError where the file cannot be opened.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, kind)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _acquired_within(path: Path, seconds: float) -> int | None:
    """Return the descriptor of the exclusive lock, or None where it cannot be had in that time."""
    end = time.monotonic() + seconds
    while True:
        try:
            return acquire(path, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                return None
        time.sleep(POLL)


@contextlib.contextmanager
def held(path: Path, kind: int) -> Iterator[None]:
    """Hold the lock on a file while the block runs."""
    with _closing(acquire(path, kind)):
        yield


@contextlib.contextmanager
def _closing(descriptor: int) -> Iterator[None]:
    try:
        yield
    finally:
        os.close(descriptor)
