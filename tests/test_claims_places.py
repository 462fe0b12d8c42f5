"""Where people come from and are to go to, where no preposition of the claim itself says it."""

import pytest

from graph import ids
from graph.frame import Document
from ingest.extraction import Extractor


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize(
    ("text", "origins", "destinations"),
    [
        ("Last year Ningbo recruited 300 engineers at home and abroad.", {"OVERSEAS", "China"}, {"Ningbo"}),
        ("Brazil has recruited 40 engineers and will bring them home.", {"OVERSEAS"}, {"Brazil"}),
        (
            "Seggau University, a private school in Graz, has recruited nine professors from Spain.",
            {"Spain"},
            {"Graz"},
        ),
    ],
    ids=("at-home-and-abroad", "called-home", "beside-the-name"),
)
def test_places(text: str, origins: set[str], destinations: set[str], extractor: Extractor) -> None:
    document = Document(ids.document_id(None, text), text, ids.revision(text), lang="en")
    claims = extractor.extract(document).claims
    assert len(claims) == 1
    found = {s.entity.id if s.entity.id == "OVERSEAS" else s.entity.name for s in claims[0].origins}
    assert found == origins
    assert {s.entity.name for s in claims[0].destinations} == destinations
