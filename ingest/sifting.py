"""Which documents of a run must be read: those that are new or say something new, and speak of recruiting."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.frame import Document, Row
from ingest.ending import Ends
from ingest.gathered import Gathered
from ingest.known import known, news
from ingest.quarantine import of_document
from ingest.signatures import signature
from ingest.sources import Failure

if TYPE_CHECKING:
    from graph.store import Store

BATCH_CHARACTERS = 5_000_000


def relevant(document: Document) -> bool:
    """Whether the words of a document speak of recruiting."""
    from ingest import triage  # with the lists comes spaCy: a run in which nothing is new must not pay for it

    return triage.relevant(document.text, document.lang)


def sifted(
    documents: Iterable[Document], gathered: Gathered, store: "Store", ends: Ends, *, triage: bool, batch: int
) -> Iterator[Document | None]:
    """Yield the documents that must be read, and None after each batch; all others come to their end here."""
    begun: set[str] = set()
    for some in _batches(documents, batch):
        held = known(store, [document.id for document in some])
        for document in some:
            found = _becomes(document, gathered, held.get(document.id), begun, triage)
            if isinstance(found, Document):
                yield replace(found, signature=signature(found.text))
            elif isinstance(found, Failure):
                ends.fail(found)
            else:
                ends.end(document, found)
        yield None


def _becomes(
    document: Document, gathered: Gathered, held: Row | None, begun: set[str], triage: bool
) -> Document | Failure | str:
    """Return a document as it must be read, or else how it ends; `begun` are the ids whose standing text came."""
    standing = gathered.standing(document.id)
    if document.revision != standing.revision:
        if not gathered.relevant(document):
            return "irrelevant"
        reason = f"has the URL of {standing.source}, whose text stands; retry this one to have it instead"
        return replace(of_document(document, reason), set_aside=True)
    if document.id in begun:
        return "duplicate"
    begun.add(document.id)
    whole = gathered.united(document)
    if held:
        return news(whole, held) or "unchanged"
    return "irrelevant" if triage and not relevant(whole) else whole


def _batches(documents: Iterable[Document], most: int) -> Iterator[list[Document]]:
    """Group into lists that are bounded in documents and in characters."""
    batch: list[Document] = []
    characters = 0
    for document in documents:
        batch.append(document)
        characters += len(document.text)
        if len(batch) >= most or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
