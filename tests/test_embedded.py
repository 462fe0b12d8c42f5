"""The embedded engine: one per folder, safe, bounded, and clear about what is wrong."""

import contextlib
import fcntl
import json
import os
import signal
import stat
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest

from graph import embedded
from graph.errors import EngineError, QueryError, StoreUnreachable
from graph.locking import acquire
from graph.settings import Settings
from graph.store import Store, open_store
from tests.reader import inquire


def settings(home: Path, **changes: object) -> Settings:
    values: dict[str, object] = {"home": home, "neo4j_uri": None, "engine_idle": 60, "engine_heap": "256m", **changes}
    return Settings(**values)  # type: ignore[arg-type]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "home"
    embedded.stop(tmp_path / "home")


def until(condition: object, seconds: float = 120) -> bool:
    """Wait until `condition()` holds; False where it never does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


def test_it_outlives_the_command_that_starts_it_and_the_next_attaches(home: Path) -> None:
    script = f"""
        from pathlib import Path
        from graph import embedded
        from graph.settings import Settings
        engine = embedded.start(Path({str(home)!r}), Settings(neo4j_uri=None, engine_idle=60, engine_heap="256m"))
        print(engine.pid)
        engine.close()
    """
    command = [sys.executable, "-W", "error", "-c", textwrap.dedent(script)]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert told.stderr == ""
    again = embedded.start(home, settings(home))
    again.close()
    assert str(again.pid) == told.stdout.strip()
    running = embedded.running(home)
    assert running is not None
    assert running.pid == again.pid


def test_two_starters_at_once_get_one_engine(home: Path) -> None:
    found: list[embedded.Engine] = []
    threads = [threading.Thread(target=lambda: found.append(embedded.start(home, settings(home)))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 3
    assert len({engine.pid for engine in found}) == 1
    for engine in found:
        engine.close()


def test_only_the_user_can_read_its_folder_and_passwords(home: Path) -> None:
    embedded.start(home, settings(home)).close()
    folder = embedded.store_folder(home)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    card = json.loads((folder / "engine.json").read_text())
    assert card["root"] != card["reader"]
    assert min(len(card["root"]), len(card["reader"])) >= 24
    processes = Path(f"/proc/{card['pid']}/cmdline")
    if processes.exists():
        assert card["root"] not in processes.read_text()
    stored = "".join(path.read_text() for path in (folder / "config").iterdir())
    assert card["root"] not in stored
    assert card["reader"] not in stored


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="reads /proc")
def test_it_listens_on_one_loopback_port_only(home: Path) -> None:
    engine = embedded.start(home, settings(home))
    engine.close()
    inodes = set()
    for descriptor in Path(f"/proc/{engine.pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            inodes.add(os.readlink(descriptor))
    listening = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{engine.pid}/net/{table}").read_text().splitlines()[1:]:
            parts = line.split()
            if parts[3] == "0A" and f"socket:[{parts[9]}]" in inodes:
                listening.append(parts[1])
    (address,) = listening
    host, port = address.split(":")
    assert host in ("0100007F", "0000000000000000FFFF00000100007F")
    assert engine.uri == f"bolt://127.0.0.1:{int(port, 16)}"


def test_it_ends_when_no_client_has_been_there_for_a_while(home: Path) -> None:
    store = open_store(settings(home, engine_idle=1))
    time.sleep(2.5)
    assert store.read("RETURN 1 AS one") == [{"one": 1}]  # a client that says nothing is a client
    assert embedded.running(home) is not None
    store.close()
    assert until(lambda: embedded.running(home) is None)
    with open_store(settings(home)) as again:
        assert again.counts()["Region"] > 0


def test_stop_ends_it_and_frees_the_folder(home: Path) -> None:
    assert embedded.stop(home) is False
    embedded.start(home, settings(home)).close()
    assert embedded.stop(home) is True
    assert embedded.running(home) is None
    assert embedded.stop(home) is False
    assert not (embedded.store_folder(home) / "engine.json").exists()


def test_a_store_whose_engine_was_stopped_says_so_within_seconds(home: Path) -> None:
    with open_store(settings(home)) as store:
        embedded.stop(home)
        with pytest.raises(StoreUnreachable, match="run the command again"):
            store.read("RETURN 1 AS one")
        with pytest.raises(StoreUnreachable):
            store.write([], [], known_at="2026-01-01T00:00:00Z")
        with pytest.raises(StoreUnreachable):
            inquire(store, "RETURN 1 AS one")


def test_what_was_committed_survives_a_kill(home: Path) -> None:
    store = open_store(settings(home))
    store._connection.write(lambda t: t.run("UNWIND range(1, 500) AS n CREATE (:Person {id: 'p' + n})").consume())
    engine = embedded.running(home)
    assert engine is not None
    os.kill(engine.pid, signal.SIGKILL)
    assert until(lambda: embedded.running(home) is None)
    store.close()
    with open_store(settings(home)) as again:
        assert again.counts()["Person"] == 500


def test_a_card_left_by_a_dead_engine_is_not_believed(home: Path) -> None:
    folder = embedded.store_folder(home)
    folder.mkdir(parents=True)
    (folder / "engine.lock").touch()
    (folder / "engine.json").write_text(
        json.dumps({"pid": os.getpid(), "port": 1, "root": "x", "reader": "y", "version": "0"})
    )
    assert embedded.running(home) is None
    assert embedded.stop(home) is False


def test_an_engine_that_is_dying_is_waited_for_and_replaced(home: Path) -> None:
    folder = embedded.store_folder(home)
    folder.mkdir(parents=True)
    card = {"pid": 1, "port": 1, "root": "x", "reader": "y", "version": "0"}
    (folder / "engine.json").write_text(json.dumps(card))  # its process was killed, and ends in a moment
    dying = acquire(folder / "engine.lock", fcntl.LOCK_EX)
    end = threading.Timer(1.0, os.close, (dying,))
    end.start()
    with open_store(settings(home)) as store:
        assert store.counts()["Region"] > 0
    end.join()


def test_no_file_and_no_address_can_be_loaded(embedded_store: Store) -> None:
    for source in ("file:///etc/passwd", "/etc/passwd", "http://127.0.0.1:1/x.csv"):
        query = f"LOAD CSV FROM '{source}' AS line RETURN line"
        with pytest.raises(QueryError):
            inquire(embedded_store, query)
        with pytest.raises(QueryError):
            embedded_store.read(query)


def test_the_reader_cannot_write_even_when_it_commits(home: Path) -> None:
    open_store(settings(home)).close()
    engine = embedded.running(home)
    assert engine is not None
    auth = (engine.reader_user, engine.reader_password)
    with neo4j.GraphDatabase.driver(engine.uri, auth=auth) as driver:
        for query in (
            "CREATE (:Person {id: 'p'})",
            "MATCH (r:Region) SET r.name = 'x'",
            "MATCH (r:Region) DETACH DELETE r",
        ):
            with pytest.raises(neo4j.exceptions.Forbidden):
                driver.execute_query(query, database_=engine.database)


def test_a_query_that_takes_too_long_is_stopped(home: Path) -> None:
    open_store(settings(home)).close()  # the limit holds for writes too: a new store is filled without it
    embedded.stop(home)
    with (
        open_store(settings(home, query_timeout=4)) as store,  # to open takes queries too
        pytest.raises(QueryError, match="TALENTGRAPH_QUERY_TIMEOUT"),
    ):
        store.read("MATCH (a:Region), (b:Region), (c:Region) WHERE a.name + b.name = c.name RETURN count(*) AS n")


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("not a folder")
    with pytest.raises(EngineError, match="TALENTGRAPH_HOME"):
        embedded.start(tmp_path, settings(tmp_path))
    with pytest.raises(EngineError, match="TALENTGRAPH_HOME"):
        embedded.start(tmp_path / "store" / "below", settings(tmp_path))


def test_a_folder_that_holds_something_else(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store/thesis.docx").write_text("years of work")
    with pytest.raises(EngineError, match=r"thesis\.docx"):
        embedded.start(tmp_path, settings(tmp_path))
    assert sorted(path.name for path in (tmp_path / "store").iterdir()) == ["thesis.docx"]


@pytest.mark.skipif(
    os.geteuid() == 0 and not Path("/proc/self").exists(), reason="needs a folder that nobody can write"
)
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o500)
    if os.geteuid() == 0:  # who may write everywhere, except here
        home = Path("/proc/self")
    with pytest.raises(EngineError, match="TALENTGRAPH_HOME"):
        embedded.start(home, settings(home))


def test_an_engine_that_does_not_start_shows_the_end_of_its_log(home: Path) -> None:
    folder = embedded.store_folder(home)
    (folder / "databases").mkdir(parents=True)
    (folder / "databases/graph").write_text("no database")
    with pytest.raises(EngineError, match=r"did not start.*engine\.err"):
        embedded.start(home, settings(home))


def test_a_long_log_is_begun_anew(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "LOG_BYTES", 1000)
    folder = embedded.store_folder(home)
    folder.mkdir(parents=True)
    (folder / "engine.lock").touch()
    (folder / "engine.err").write_text("old\n" * 1000)
    embedded.start(home, settings(home)).close()
    assert "old" not in (folder / "engine.err").read_text()


def test_a_read_never_sees_half_a_commit(embedded_store: Store) -> None:
    store, size, stop = embedded_store, 100, threading.Event()
    torn: list[object] = []

    def watch() -> None:
        while not stop.is_set():
            found = store.read("MATCH (p:Person)-[r:TRIES]->(v:Voice) RETURN count(r) AS n")[0]["n"]
            if found % size:
                torn.append(found)

    threads = [threading.Thread(target=watch) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for batch in range(30):
            query = "UNWIND range(1, $n) AS i CREATE (:Person {id: $b + i})-[:TRIES]->(:Voice {id: $b + i})"
            store._connection.write(lambda t, b=batch, q=query: t.run(q, n=size, b=f"{b}-").consume())  # type: ignore[misc]
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert torn == []
    assert store.counts()["Person"] == 30 * size
