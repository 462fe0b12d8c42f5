"""Claims of a text, by the rules of its language: one package a language, and what they share."""

from graph.frame import Claim, Document, Mention
from ingest.language import Reading


def find_claims(reading: Reading, mentions: tuple[Mention, ...], document: Document) -> tuple[Claim, ...]:
    """Return the claims of a text in its order; `continues` counts positions in the answer."""
    if reading.lang == "zh":
        from ingest.claims import chinese

        return chinese.find_claims(reading, mentions, document)
    from ingest.claims import english

    return english.find_claims(reading, mentions, document)
