"""The annotated documents are extracted and scored once for all tests here."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.eval import annotated


class Scored(NamedTuple):
    """Extractions by given id, the totals of the scorer, and its tallies per document."""

    gold: Path
    extractions: dict[str, dict[str, Any]]
    total: dict[str, Any]
    documents: dict[str, Any]


@pytest.fixture(scope="session")
def scored() -> Scored:
    """Extract and score the annotated documents; skip where no folder is named."""
    gold = annotated.folder()
    if gold is None:
        pytest.skip(f"{annotated.FOLDER} names no folder of annotated documents")
    extractions = annotated.extract(gold / "dev")
    total, documents = annotated.scorer(gold).score(gold / "dev", extractions)
    return Scored(gold, extractions, total, documents)
