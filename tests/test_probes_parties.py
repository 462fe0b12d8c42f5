"""Short texts in tests/probes/parties, each with who recruits, and the places that people go to and come from."""

from pathlib import Path

import pytest

from graph import ids
from graph.frame import Document
from ingest.extraction import Extractor

FILES = sorted((Path(__file__).parent / "probes" / "parties").glob("*.txt"))


def probes() -> list[object]:
    """Return (text, recruiter, its type, destinations, origins) of every line; ids of places are split at commas."""
    found: list[object] = []
    for path in FILES:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line and not line.startswith("#"):
                text, name, kind, *places = (part.strip() for part in line.split("|"))
                ids_of = [{id.strip() for id in part.split(",") if id.strip()} for part in places]
                found.append(pytest.param(text, name, kind, *ids_of, id=f"{path.stem}-{number}"))
    return found


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
