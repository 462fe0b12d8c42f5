"""Runs: one at a time, each with a record, and none that was killed stands in the way."""

import subprocess
import sys
import threading
import time

import pytest

from graph import runs
from graph.errors import RunRefused, StoreError
from graph.store import Store
from ingest.run import ingest
from tests.test_run import OneClaimEach, article, page


def test_a_run_leaves_a_record_of_how_it_ended(store: Store) -> None:
    report = ingest([page("a", article(1)), page("b", "raise ValueError")], store, OneClaimEach(), command="ingest x/")
    (record,) = runs.listed(store)
    assert record["id"] == report.run
    assert (record["status"], record["command"]) == ("finished", "ingest x/")
    assert (record["stored"], record["quarantined"], record["claims"]) == (1, 1, 1)
    assert record["started"] < record["ended"]
    assert record["seconds"] > 0


def test_a_second_run_is_refused_and_told_who_is_at_work(store: Store) -> None:
    with runs.turn(store, "ingest reports/") as first:
        with pytest.raises(RunRefused, match=r"`ingest reports/` \(run-.*, process \d+ on .*--wait"):
            ingest([page("a", article(1))], store, OneClaimEach())
        assert store.counts()["Document"] == 0
    assert [record["id"] for record in runs.listed(store)] == [first.id]
    ingest([page("a", article(1))], store, OneClaimEach())
    assert store.counts()["Document"] == 1


def test_a_run_is_recorded_whatever_bytes_its_files_are_called_by(embedded_store: Store) -> None:
    with runs.turn(embedded_store, "ingest nu/\udcff\udcfebad.txt"):
        pass
    assert runs.listed(embedded_store)[0]["command"] == r"ingest nu/\udcff\udcfebad.txt"


def test_a_run_may_wait_for_its_turn(embedded_store: Store) -> None:
    said: list[str] = []
    with runs.turn(embedded_store, "the first"):
        waiting = threading.Thread(
            target=ingest,
            args=([page("a", article(1))], embedded_store, OneClaimEach()),
            kwargs={"wait": True, "say": said.append},
        )
        waiting.start()
        end = time.monotonic() + 120
        while not said and time.monotonic() < end:
            time.sleep(0.05)
        assert embedded_store.counts()["Document"] == 0
    waiting.join(timeout=120)
    assert len(said) == 1
    assert "`the first`" in said[0]
    assert embedded_store.counts()["Document"] == 1
    assert [record["status"] for record in runs.listed(embedded_store)] == ["finished", "finished"]


def test_a_run_that_fails_says_why(embedded_store: Store) -> None:
    with pytest.raises(StoreError), runs.turn(embedded_store, "one"):
        raise StoreError("the disk is full")
    with pytest.raises(KeyboardInterrupt), runs.turn(embedded_store, "two"):
        raise KeyboardInterrupt
    two, one = runs.listed(embedded_store)
    assert (one["status"], one["reason"]) == ("failed", "the disk is full")
    assert two["status"] == "interrupted"


def _record(store: Store, **properties: str) -> None:
    with runs.turn(store, "killed") as run:
        record = next(row for row in store.kept("Run") if row["id"] == run.id)
    store.keep("Run", [record | properties])


def test_a_killed_run_is_in_nobodys_way(store: Store) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        import psutil

        _record(store, process=f"{other.pid} {psutil.Process(other.pid).create_time():.2f}")
        with pytest.raises(RunRefused), runs.turn(store, "mine"):
            pass
        other.kill()
    assert runs.listed(store)[0]["status"] == "interrupted"
    with runs.turn(store, "mine"):
        pass
    assert [row["status"] for row in runs.listed(store)] == ["finished", "interrupted"]


def test_a_run_on_another_machine_counts_until_it_falls_silent(embedded_store: Store) -> None:
    _record(embedded_store, host="elsewhere.example")
    with pytest.raises(RunRefused, match=r"elsewhere\.example"), runs.turn(embedded_store, "mine"):
        pass
    (record,) = runs.listed(embedded_store)
    embedded_store.keep("Run", [{"id": record["id"], "beat": "2026-01-01T00:00:00+00:00"}])
    with runs.turn(embedded_store, "mine"):
        pass


def test_a_run_that_was_given_up_stops(embedded_store: Store) -> None:
    with runs.turn(embedded_store, "slow") as run:
        embedded_store.keep("Run", [{"id": run.id, "status": "interrupted"}])
        with pytest.raises(RunRefused, match="given up"):
            run.progress({"stored": 1}, at_once=True)
        embedded_store.keep("Run", [{"id": run.id, "status": "running"}])


def test_only_the_latest_records_are_kept(embedded_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "KEPT", 2)
    for name in "abcd":
        with runs.turn(embedded_store, name):
            pass
    assert [record["command"] for record in runs.listed(embedded_store)] == ["d", "c", "b"]  # two before the latest
