"""Extractions in batches, each of which is written in one transaction."""

from collections.abc import Iterator, Sequence

from graph.frame import Extraction

CLAIMS_AT_ONCE = 2_000
CHARACTERS_AT_ONCE = 20_000_000


def batches(extractions: Sequence[Extraction]) -> Iterator[list[Extraction]]:
    """Yield whole documents, about CLAIMS_AT_ONCE claims at a time; of one document given twice the last one stands."""
    batch: list[Extraction] = []
    claims = characters = 0
    for extraction in {extraction.document.id: extraction for extraction in extractions}.values():
        batch.append(extraction)
        claims += 1 + len(extraction.claims)
        characters += len(extraction.document.text)
        if claims >= CLAIMS_AT_ONCE or characters >= CHARACTERS_AT_ONCE:
            yield batch
            batch, claims, characters = [], 0, 0
    if batch:
        yield batch
