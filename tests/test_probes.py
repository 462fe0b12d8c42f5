"""Short texts, one phenomenon a file in tests/probes, each with the voice and the modality that must be found."""

from pathlib import Path

import pytest

from graph import ids
from graph.frame import Document
from ingest.claims.english.attribution import claimants
from ingest.claims.english.modality import modality
from ingest.claims.english.triggers import find_triggers
from ingest.language import read
from ingest.mentions import find_mentions

FILES = sorted((Path(__file__).parent / "probes").glob("*.txt"))


def probes() -> list[object]:
    """Return (text, word, voice, modality) of every line; `\\n` in a text ends a paragraph."""
    found: list[object] = []
    for path in FILES:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line and not line.startswith("#"):
                parts = [part.strip().replace("\\n", "\n") for part in line.split("|")]
                found.append(pytest.param(*parts, id=f"{path.stem}-{number}"))
    return found


@pytest.mark.parametrize(("text", "word", "voice", "expected"), probes())
def test_probe(text: str, word: str, voice: str, expected: str) -> None:
    document = Document(ids.document_id(None, text), text, ids.revision(text))
    reading = read(text, "en")
    triggers = [t for t in find_triggers(reading) if word in text[t.start : t.end].lower()]
    assert triggers, f"no trigger at {word!r}"
    said_by = claimants(reading, find_mentions(reading, document), triggers[-1], document.id)
    name = said_by[0].slot.entity.name if said_by else "narrator"
    assert voice.casefold() in name.casefold()
    assert modality(reading, triggers[-1], said_by) == expected


def test_every_phenomenon_has_its_probes() -> None:
    assert {path.stem for path in FILES} >= {"denial", "hearsay", "negation", "plans", "speech"}
