"""Short texts, one phenomenon a file in tests/probes/slots, each with the fields, terms and ways that must be found."""

from pathlib import Path

import pytest

from graph import ids
from graph.frame import Document
from graph.reference import ancestors
from ingest.extraction import Extractor

FILES = sorted((Path(__file__).parent / "probes" / "slots").glob("*.txt"))


def probes() -> list[object]:
    """Return (text, fields, incentives, channels) of every line; codes are separated by commas."""
    found: list[object] = []
    for path in FILES:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line and not line.startswith("#"):
                text, *wanted = (part.strip() for part in line.split("|"))
                codes = [{code.strip() for code in part.split(",") if code.strip()} for part in wanted]
                found.append(pytest.param(text, *codes, id=f"{path.stem}-{number}"))
    return found


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
