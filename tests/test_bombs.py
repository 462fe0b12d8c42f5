"""Bombs and malformed files: each ends as a failure with a reason, or as its text, within bounds; the next is read."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.frame import Document
from ingest import confined
from ingest.sources import Failure, files
from ingest.text import documents
from tests.bombs import BOMBS, Bomb
from tests.made import pdf

_LIMIT = 1.0  # seconds of computing, so that the tests are quick; the limit of users is confined.SECONDS
_OURS = 3.0  # seconds that this process may compute for what is not confined


@pytest.fixture(autouse=True, scope="module")
def _limited() -> Iterator[None]:
    """Let the processes of these tests have a shorter limit."""
    confined.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(confined, "SECONDS", _LIMIT)
        yield
    confined.close()


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb[0].replace(" ", "-"))
def test_a_bomb_costs_little_and_the_next_document_is_read(bomb: Bomb, tmp_path: Path) -> None:
    _, name, make, end = bomb
    folder = tmp_path / "bomb"
    folder.mkdir()
    (folder / name).write_bytes(make())
    good = tmp_path / "good.pdf"
    good.write_bytes(pdf(["The next article is read."]))
    started = time.process_time()
    *found, last = documents(files.read([folder / name, good]))
    assert time.process_time() - started < _OURS
    assert isinstance(last, Document)
    assert "The next article is read." in last.text
    assert found
    reasons = [item.reason for item in found if isinstance(item, Failure)]
    texts = [item.text for item in found if isinstance(item, Document)]
    if end.startswith("reads: "):
        assert any(end.removeprefix("reads: ") in text for text in texts), reasons
    elif end:
        assert any(end in reason for reason in reasons), (reasons, texts)
    assert all(item.path.startswith(str(folder / name)) for item in found if isinstance(item, Failure))
