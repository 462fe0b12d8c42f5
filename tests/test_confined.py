"""The confined process: it is kept, replaced when it breaks, and cannot take more than it may."""

import os
import threading
from collections.abc import Iterator

import pytest

from graph.errors import UnreadableDocument
from ingest import confined
from tests import made
from tests.bombs import zeros

UNPACK = {"path": "a.zip", "name": "", "media_type": "", "given": {}, "assumed": {}, "columns": {}, "max_bytes": 99}


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    confined.close()
    yield
    confined.close()


def text_of(data: bytes) -> str:
    return confined.call("pdf", {}, data)[1].decode()


def test_one_process_serves_many_documents() -> None:
    assert text_of(made.pdf(["One."])) == "One."
    (kept,) = confined._idle
    assert text_of(made.pdf(["Two."])) == "Two."
    with pytest.raises(UnreadableDocument, match="no PDF"):
        text_of(b"%PDF-nothing")
    assert confined._idle == [kept]


def test_a_process_is_replaced_after_many_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "_MOST_TASKS", 2)
    assert [text_of(made.pdf([f"Number {number}."])) for number in range(3)] == ["Number 0.", "Number 1.", "Number 2."]
    assert confined._idle[0]._tasks == 1


def test_nested_reading_has_a_process_each_and_one_left_early_costs_that_process() -> None:
    data = made.zipped({"a.txt": "One.", "b.txt": "Two."})
    entries = confined.stream("unpack", UNPACK, data)
    assert next(entries)[1] == b"One."
    assert text_of(made.pdf(["Between."])) == "Between."
    entries.close()
    assert text_of(made.pdf(["After."])) == "After."
    assert len(confined._idle) == 1


def test_threads_do_not_share_a_process() -> None:
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda number=number: found.append(text_of(made.pdf([f"Number {number}."]))))
        for number in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["Number 0.", "Number 1.", "Number 2."]


def test_what_computes_too_long_is_killed_and_the_next_document_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "SECONDS", 0.5)
    brackets = b"[" * 300_000
    started = os.times().children_user
    with pytest.raises(UnreadableDocument, match=r"more than 0\.5 seconds of computing"):
        confined.call("markdown", {}, brackets)
    assert os.times().children_user - started < 2
    assert text_of(made.pdf(["After."])) == "After."


def test_what_needs_too_much_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "BYTES", 300 * 1024 * 1024)
    with pytest.raises(UnreadableDocument, match="needs more than 300 MiB"):
        list(confined.stream("unpack", {**UNPACK, "path": "a.txt.gz", "max_bytes": 10**9}, zeros(400)))
    assert text_of(made.pdf(["After."])) == "After."


def test_a_process_that_was_killed_meanwhile_costs_one_document_and_no_more() -> None:
    text_of(made.pdf())
    confined._idle[0]._process.kill()
    confined._idle[0]._process.wait()
    with pytest.raises(UnreadableDocument, match="breaks the program"):
        text_of(made.pdf())
    assert text_of(made.pdf(["After."])) == "After."


def test_the_process_has_no_keys_and_cannot_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALENTGRAPH_LLM_KEY", "secret")
    text_of(made.pdf())
    pid = confined._idle[0]._process.pid
    with open(f"/proc/{pid}/environ", "rb") as environment, open(f"/proc/{pid}/limits") as limits:
        assert b"secret" not in environment.read()
        rules = {line[:26].strip(): line[26:].split()[0] for line in limits}
    assert rules["Max file size"] == "0"
    assert rules["Max address space"] == str(confined.BYTES)


def test_the_process_ends_with_its_caller() -> None:
    text_of(made.pdf())
    process = confined._idle[0]
    process._connection.close()
    process._socket.close()
    assert process._process.wait(60) == 0
    confined._idle.clear()
