"""A document written by hand, sentence by sentence, with the claims that each sentence makes."""

import datetime
from typing import Any

from graph import ids, reference
from graph.frame import Claim, Claimant, Document, Entity, Extraction, Slot

EXTRACTOR = "by hand"
FACTORS = {"trigger_strength": 0.9, "slot_certainty": 0.8, "voice_strength": 0.7, "hedge_factor": 0.6}


def term(label: str, id: str) -> Entity:
    """Return the entity of a term of the reference data."""
    return Entity(label, id, reference.by_id(label)[id].name)


class HandWritten:
    """A document under construction; `slot` finds words in the sentence that was added last."""

    def __init__(self, name: str, day: str | None, publisher: str, lang: str = "en") -> None:
        self.name, self.day, self.publisher, self.lang = name, day, publisher, lang
        self.text, self.start = "", 0
        self.claims: list[Claim] = []

    def sentence(self, text: str) -> None:
        """Add a sentence; the claims that follow are at it."""
        self.text += text if not self.text else " " + text
        self.start = len(self.text) - len(text)

    def slot(self, label: str, id: str | Entity, words: str = "", **more: Any) -> Slot:
        """Return a slot filled by these words of the sentence, or inferred where none are given."""
        entity = id if isinstance(id, Entity) else term(label, id)
        if not words:
            return Slot(entity, inferred=True, **more)
        start = self.text.index(words, self.start)
        return Slot(entity, words, start, start + len(words), **more)

    def described(self, words: str, *homes: str) -> Slot:
        """Return a slot for an unnamed company, based in these regions."""
        based_in = tuple(term("Region", home) for home in homes)
        entity = Entity("Company", ids.described_id(self.document.id, words), words, described=True, based_in=based_in)
        return self.slot("Company", entity, words if words in self.text[self.start :] else "")

    def voice(self, words: str) -> tuple[Claimant, ...]:
        """Return an unnamed voice as the claimant."""
        entity = Entity("Voice", f"voice-{self.name}-{words.replace(' ', '-')}", words)
        return (Claimant(self.slot("Voice", entity, words if words in self.text[self.start :] else ""), words, False),)

    def named(self, entity: Entity, words: str) -> tuple[Claimant, ...]:
        """Return a named voice as the claimant."""
        return (Claimant(self.slot(entity.label, entity, words), words, True),)

    def claim(self, **slots: Any) -> None:
        """Add a claim at the sentence; everything is as in graph.frame.Claim."""
        self.claims.append(Claim(self.start, len(self.text), **{"confidence": 0.6, "factors": dict(FACTORS), **slots}))

    @property
    def document(self) -> Document:
        """The document as far as it is written."""
        url = f"https://{self.name}.example/article"
        return Document(
            ids.document_id(url, self.text),
            self.text,
            ids.revision(self.text),
            url=url,
            title=f"The {self.name}",
            publisher=self.publisher,
            date=datetime.date.fromisoformat(self.day) if self.day else None,
            lang=self.lang,
        )

    def extraction(self) -> Extraction:
        """Return the document with its claims."""
        return Extraction(self.document, (), tuple(self.claims), EXTRACTOR)
