"""Documents read by several processes come out as one process reads them."""

import os
from pathlib import Path

import pytest

from api import shards
from graph import ids
from graph.errors import TalentgraphError
from graph.frame import Document
from ingest import run
from ingest.extraction import Extractor, as_json
from ingest.sources import Failure


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
    alone = [item if isinstance(item, Failure) else run.extract(extractor, item) for item in given]
    shared = list(shards.read(given, 2, "none", tmp_path))
    assert shared == alone
    assert any(as_json(found)["claims"] for found in shared if not isinstance(found, Failure))


def test_a_worker_that_is_killed_ends_the_command_with_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "_read", _die)
    with pytest.raises(TalentgraphError, match="fewer --workers"):
        list(shards.read(documents(3), 1, "none", tmp_path))


def _die(portion: object) -> None:
    os._exit(9)
