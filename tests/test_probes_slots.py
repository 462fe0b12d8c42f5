"""Short texts, one phenomenon a file in tests/probes/slots, each with the fields, terms and ways that must be found."""

import pytest

from graph import ids
from graph.frame import Document
from graph.reference import ancestors
from ingest.extraction import Extractor
from tests.probe_lines import lines, listed


def probes() -> list[object]:
    """Return (text, fields, incentives, channels) of every line; codes are separated by commas."""
    return [pytest.param(text, *map(listed, wanted), id=id) for id, text, wanted in lines("slots")]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize(("text", "fields", "incentives", "channels"), probes())
def test_probe(text: str, fields: set[str], incentives: set[str], channels: set[str], extractor: Extractor) -> None:
    lang = "en" if text.isascii() else "zh"
    document = Document(ids.document_id(None, text), text, ids.revision(text), lang=lang)
    claims = extractor.extract(document).claims
    assert len(claims) == 1
    assert {_code(slot.entity.id) for slot in claims[0].fields} == fields
    assert {offer.slot.entity.id for offer in claims[0].offers} == incentives
    assert {slot.entity.id for slot in claims[0].channels} == channels


def _code(field: str) -> str:
    """Return the code that a field climbs to."""
    return next((term.id for term in ancestors("Field", field) if term.level == "code"), field)
