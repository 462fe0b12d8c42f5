"""Reading a document without the names of persons who were erased.

A receipt holds no name, so the text is read first to see of whom it speaks; then those names are blanked, and it is
read again.
"""

from collections.abc import Callable
from dataclasses import replace

from graph.erasure import Erasures, blanked
from graph.frame import Document, Extraction
from graph.ids import named_id
from graph.rows import slots
from ingest.bylines import authors
from ingest.sources import Failure

_GOES = 3  # a text without one name may show another


def without_erased(
    found: Extraction | Failure, read: Callable[[Document], Extraction | Failure], erasures: Erasures
) -> Extraction | Failure:
    """Return what was read from a document, read again where an erased person is named in it."""
    for _ in range(_GOES):
        if isinstance(found, Failure) or not (names := _erased(found, erasures)):
            break
        document = found.document
        title = blanked(document.title, names) if document.title else None
        author = blanked(document.author, names) if document.author else None
        document = replace(document, text=blanked(document.text, names), title=title, author=author)
        found = read(document)
    return found


def _erased(extraction: Extraction, erasures: Erasures) -> set[str]:
    """Return the names of erased persons of whom a document speaks."""
    if not erasures.any:
        return set()
    entities = [mention.entity for mention in extraction.mentions]
    entities += [slot.entity for claim in extraction.claims for _, slot, _ in slots(claim)]
    persons = {entity.name for entity in entities if entity.label == "Person" and erasures.has(entity.id)}
    return persons | {name for name in authors(extraction.document.author) if erasures.has(named_id("Person", name))}
