"""Short texts in tests/probes/parties, each with who recruits, and the places that people go to and come from."""

import pytest

from graph import ids
from graph.frame import Document
from ingest.extraction import Extractor
from tests.probe_lines import lines, listed


def probes() -> list[object]:
    """Return (text, recruiter, its type, destinations, origins) of every line; ids of places are split at commas."""
    return [
        pytest.param(text, name, kind, *map(listed, places), id=id)
        for id, text, (name, kind, *places) in lines("parties")
    ]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize(("text", "recruiter", "kind", "destinations", "origins"), probes())
def test_probe(
    text: str, recruiter: str, kind: str, destinations: set[str], origins: set[str], extractor: Extractor
) -> None:
    document = Document(ids.document_id(None, text), text, ids.revision(text), lang="en")
    claims = extractor.extract(document).claims
    assert len(claims) == 1
    assert claims[0].recruiter is not None
    assert (claims[0].recruiter.entity.name, claims[0].recruiter_type) == (recruiter, kind)
    assert {slot.entity.id for slot in claims[0].destinations} == destinations
    assert {slot.entity.id for slot in claims[0].origins} == origins
