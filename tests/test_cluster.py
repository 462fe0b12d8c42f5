"""Documents read by a Dask cluster come out as one process reads them, also when a worker is killed."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from distributed import Client
from typer.testing import CliRunner

from api import cluster, parts
from api.cli import app
from graph.errors import TalentgraphError, WrongParameter
from graph.frame import Document
from graph.reference import own
from graph.store import Store
from ingest import run
from ingest.extraction import Extractor
from ingest.reading import read_each
from ingest.sources import Failure, Page
from tests.conftest import empty
from tests.test_shards import documents


class Cluster:
    """A scheduler on loopback and its workers, each a process of its own."""

    def __init__(self, folder: Path, stack: contextlib.ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        card = folder / "scheduler.json"
        self._start("scheduler", "--port", "0", "--scheduler-file", str(card))
        _await(lambda: card.exists() and card.read_bytes(), "the scheduler")
        self.address = orjson.loads(card.read_bytes())["address"]
        self.engine = self.address.replace("tcp://", cluster.SCHEME)

    def worker(self) -> subprocess.Popen[bytes]:
        """Start a worker with one thread that nobody starts again, and wait until the scheduler knows it."""
        with Client(self.address, set_as_default=False) as client:
            known = len(client.nthreads())
            options = ("--nthreads", "1", "--no-nanny", "--local-directory", str(self._folder))
            process = self._start("worker", self.address, *options)
            _await(lambda: len(client.nthreads()) > known, "a worker")
        return process

    def _start(self, kind: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--host", "127.0.0.1", "--no-dashboard"]
        with (self._folder / f"{kind}.log").open("ab") as log:
            process = subprocess.Popen([*command, *options], stdout=log, stderr=log)
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return process


def _await(there: object, what: str) -> None:
    end = time.monotonic() + 300
    while not there():  # type: ignore[operator]
        assert time.monotonic() < end, f"{what} did not come"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with contextlib.ExitStack() as stack:
        started = Cluster(tmp_path_factory.mktemp("dask"), stack)
        started.worker()
        yield started


def test_a_killed_worker_changes_nothing(dask: Cluster, tmp_path: Path) -> None:
    given = documents(90)
    extractor = Extractor("none")
    alone = list(read_each(given, extractor))
    doomed = dask.worker()
    doomed.send_signal(signal.SIGSTOP)  # it takes portions, and never answers
    had: list[int] = []

    def kill() -> None:
        with Client(dask.address, set_as_default=False) as client:
            _await(lambda: len([keys for keys in client.processing().values() if keys]) == 2, "work for both")
            had.append(min(len(keys) for keys in client.processing().values()))
            doomed.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    shared = list(cluster.read(given, dask.engine, "none", tmp_path))
    killer.join()
    assert shared == alone
    assert had[0] > 0, "the killed worker had nothing to do"
    assert not (tmp_path / "parts").exists(), "parts are left although all was read"


def test_the_command_prints_what_one_process_prints(
    dask: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALENTGRAPH_HOME", str(tmp_path / "home"))
    lines = (orjson.dumps({"text": item.text}) for item in documents(20) if isinstance(item, Document))
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    command = ["extract", str(tmp_path / "a.jsonl"), "--model", "none"]
    alone = CliRunner().invoke(app, command)
    shared = CliRunner().invoke(app, [*command, "--engine", dask.engine])
    assert shared.exit_code == alone.exit_code == 0, shared.output
    assert shared.stdout == alone.stdout != ""


def test_a_run_by_a_cluster_makes_the_same_graph(dask: Cluster, embedded_store: Store, tmp_path: Path) -> None:
    pages = [Page(f"{n}.txt", "text", item.text) for n, item in enumerate(documents(20)) if isinstance(item, Document)]
    extractor = Extractor("none")
    run.ingest(pages, embedded_store, extractor)
    expected = embedded_store.hash()
    empty(embedded_store)
    run.ingest(
        pages, embedded_store, extractor, batch=3, by=lambda read: cluster.read(read, dask.engine, "none", tmp_path)
    )
    assert embedded_store.hash() == expected
    assert not (tmp_path / "parts").exists()


def test_parts_that_nobody_asks_for_are_forgotten(tmp_path: Path) -> None:
    place = parts.folder(tmp_path)
    for name in ("old", "young"):
        parts.write(place, f"{name}.part", [])
    week = time.time() - 8 * 86_400
    os.utime(place / "old.part", (week, week))
    parts.forget(place)
    assert [path.name for path in place.iterdir()] == ["young.part"]


def test_what_was_read_before_the_end_of_a_command_is_not_read_again(dask: Cluster, tmp_path: Path) -> None:
    given = documents(40)
    reading = cluster.read(given, dask.engine, "none", tmp_path)
    first = next(reading)
    reading.close()  # as when the command is killed: nothing is tidied up
    place = parts.folder(tmp_path)
    kept = {path: path.stat().st_mtime_ns for path in place.glob("*.part")}
    assert kept
    name = parts.name(given[: cluster.PORTION], Extractor("none").version)
    assert name in {path.name for path in kept}
    found = parts.read(place, name)
    assert found
    parts.write(place, name, [Failure("marked", "by hand"), *found[1:]])
    again = list(cluster.read(given, dask.engine, "none", tmp_path))
    assert again[0] == Failure("marked", "by hand"), "the part was read anew"
    assert again[1] == found[1] and first == found[0]  # noqa: PT018


def test_a_cluster_that_cannot_be_used(dask: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "ANSWER_SECONDS", 1.0)
    with pytest.raises(TalentgraphError, match="No Dask scheduler answers at tcp"):
        list(cluster.read(documents(2), "dask://127.0.0.1:1", "none", tmp_path))
    for wrong in ("ray://127.0.0.1:8786", "dask://", "dask://somewhere"):
        with pytest.raises(WrongParameter, match="dask://HOST:8786"):
            list(cluster.read(documents(2), wrong, "none", tmp_path))


def test_another_version_on_a_worker_is_refused(dask: Cluster, tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon/own.csv").write_text("type,name\ncompany,Polder Robotics\n")
    own.use(tmp_path)
    try:
        with pytest.raises(TalentgraphError, match="Install the same version"):
            list(cluster.read(documents(2), dask.engine, "none", tmp_path / "home without these lists"))
    finally:
        own.use(tmp_path / "none")


def test_a_draft_never_has_the_name_of_a_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        parts.write(tmp_path, "a.part", [])
    assert list(tmp_path.iterdir()) == []
