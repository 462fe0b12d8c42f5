"""Documents read by several processes come out as one process reads them."""

import os
from pathlib import Path

import pytest

from api import shards
from graph import ids
from graph.errors import TalentgraphError
from graph.frame import Document
from graph.store import Store
from ingest import run
from ingest.extraction import Extractor, as_json
from ingest.reading import read_each
from ingest.reextraction import reextract
from ingest.sources import Failure, Page
from tests.conftest import empty


def documents(number: int) -> list[Document | Failure]:
    texts = [f"某机器人公司在浙江以高薪聘请了{n}名德国工程师。" for n in range(2, 2 + number)]
    documents: list[Document | Failure] = [
        Document(ids.document_id(None, text), text, ids.revision(text), lang="zh") for text in texts
    ]
    documents.insert(number // 2, Failure("broken.txt", "is empty"))
    return documents


def test_the_number_of_processes_changes_nothing(tmp_path: Path) -> None:
    given = documents(25)
    extractor = Extractor("none")
    alone = list(read_each(given, extractor))
    shared = list(shards.read(given, 2, "none", tmp_path))
    assert shared == alone
    assert any(as_json(found)["claims"] for found in shared if not isinstance(found, Failure))


def test_a_worker_that_is_killed_ends_the_command_with_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "_read", _die)
    with pytest.raises(TalentgraphError, match="fewer --workers"):
        list(shards.read(documents(3), 1, "none", tmp_path))


def test_a_run_with_several_processes_makes_the_same_graph(embedded_store: Store, tmp_path: Path) -> None:
    texts = [item.text if isinstance(item, Document) else "" for item in documents(30)]
    texts[3] = texts[7]  # a duplicate
    pages = [Page(f"{number}.txt", "text", text) for number, text in enumerate([*texts, "今天下雨。"])]
    extractor = Extractor("none")
    alone = run.ingest(pages, embedded_store, extractor, triage=True)
    expected = embedded_store.hash()
    empty(embedded_store)
    shared = run.ingest(
        [*pages[16:], *pages[:16]],
        embedded_store,
        extractor,
        triage=True,
        batch=4,
        by=lambda read: shards.read(read, 2, "none", tmp_path),
    )
    assert embedded_store.hash() == expected
    assert shared.counts == alone.counts
    again = reextract(
        embedded_store, extractor, extractor.version, all=True, by=lambda read: shards.read(read, 2, "none", tmp_path)
    )
    assert (again.counts["stored"], again.claims) == (shared.counts["stored"], shared.claims)
    assert embedded_store.hash() == expected
    assert {"stored", "duplicate", "irrelevant", "quarantined"} <= {status for status, n in shared.counts.items() if n}
    assert shared.claims == alone.claims > 0
    again = run.ingest(
        pages, embedded_store, extractor, triage=True, by=lambda read: shards.read(read, 2, "none", tmp_path)
    )
    assert again.counts["unchanged"] == alone.counts["stored"]
    assert embedded_store.hash() == expected


def test_a_run_whose_worker_is_killed_leaves_a_graph_from_which_it_goes_on(
    embedded_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [Page(f"{n}.txt", "text", item.text) for n, item in enumerate(documents(9)) if isinstance(item, Document)]
    run.ingest(pages, embedded_store, Extractor("none"))
    expected = embedded_store.hash()
    empty(embedded_store)
    with monkeypatch.context() as patched:
        patched.setattr(shards, "_read", _die)
        with pytest.raises(TalentgraphError, match="fewer --workers"):
            run.ingest(pages, embedded_store, Extractor("none"), by=lambda read: shards.read(read, 1, "none", tmp_path))
    run.ingest(pages, embedded_store, Extractor("none"))
    assert embedded_store.hash() == expected


def _die(portion: object) -> None:
    os._exit(9)
