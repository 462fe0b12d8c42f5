"""Who waits for whom at the locks that make reads whole."""

import fcntl
import threading
import time
from pathlib import Path

import pytest

from graph import locking
from graph.locking import FileLock, held
from tests.test_embedded import until


def _free(path: Path, kind: int = fcntl.LOCK_EX) -> bool:
    try:
        with held(path, kind | fcntl.LOCK_NB):
            return True
    except BlockingIOError:
        return False


def test_locks_keep_a_commit_alone_and_readers_together(tmp_path: Path) -> None:
    lock = FileLock(tmp_path)

    data = tmp_path / "read.lock"
    with lock.reading():
        assert _free(data, fcntl.LOCK_SH)
        assert not _free(data)
    with lock.committing():
        assert not _free(data, fcntl.LOCK_SH)
    with lock.writing():
        assert _free(data)


def test_every_commit_leaves_a_stamp_before_it_is_seen(tmp_path: Path) -> None:
    lock, other = FileLock(tmp_path), FileLock(tmp_path)
    before = lock.stamp()
    with lock.reading(), lock.writing():
        assert lock.stamp() == before
    with other.committing():
        during = lock.stamp()
        assert during != before
    assert lock.stamp() == during
    with lock.committing():
        pass
    assert lock.stamp() == other.stamp() != during


def test_a_waiting_commit_is_not_starved_by_readers(tmp_path: Path) -> None:
    lock, stop = FileLock(tmp_path), threading.Event()

    def keep_reading() -> None:
        while not stop.is_set():
            with lock.reading():
                time.sleep(0.01)

    readers = [threading.Thread(target=keep_reading) for _ in range(4)]
    for reader in readers:
        reader.start()
    done = threading.Event()

    def commit() -> None:
        with lock.committing():
            done.set()

    writer = threading.Thread(target=commit)
    writer.start()
    try:
        assert done.wait(30)
    finally:
        stop.set()
        for thread in (*readers, writer):
            thread.join()


def test_a_slow_read_that_a_commit_waits_for_does_not_keep_others_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "FIRST_PATIENCE", 0.1)
    lock = FileLock(tmp_path)
    waiting, read, committed = threading.Event(), threading.Event(), threading.Event()

    def commit() -> None:
        waiting.set()
        with lock.committing():
            committed.set()

    def read_once() -> None:
        until(lambda: not _free(tmp_path / "gate.lock"))
        with lock.reading():
            read.set()

    with lock.reading():
        threads = [threading.Thread(target=work) for work in (commit, read_once)]
        for thread in threads:
            thread.start()
        assert waiting.wait(30)
        assert read.wait(30)
        assert not committed.is_set()
    assert committed.wait(30)
    for thread in threads:
        thread.join()
