"""Documents → what is read from each, and how much of it is written at once.

extract, read_each    in this process; `api.spread` spreads the same over others
portions              what is written in one go
"""

from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Protocol, TypeVar

from graph.errors import ModelError, TalentgraphError
from graph.frame import Document, Extraction
from ingest.quarantine import of_document
from ingest.sources import Failure

PORTION_CLAIMS = 2_000
_T = TypeVar("_T")
_FAULTS = (
    TalentgraphError,
    ValueError,
    LookupError,
    ArithmeticError,
    AttributeError,
    TypeError,
    RecursionError,
    MemoryError,
)
"""What one document may raise in extraction without ending the run: our errors, and those of a text nobody foresaw."""


class Extractor(Protocol):
    """Whatever turns a document into claims."""

    def extract(self, document: Document) -> Extraction: ...


Reading = Generator[Extraction | Failure | None, None, None]
By = Callable[[Iterator[Document | None]], Reading]
"""Documents → what is read from each, or why nothing is, in order; None, where a batch ends, for None."""


def extract(extractor: Extractor, document: Document) -> Extraction | Failure:
    """Return what is read from one document, or why nothing could be: no document ends the run it is part of.

    Raises ModelError, which no other document would escape.
    """
    try:
        return extractor.extract(document)
    except ModelError:
        raise
    except _FAULTS as error:
        return of_document(document, f"its claims cannot be read ({type(error).__name__}: {error})")


def read_each(items: Iterable[Document | _T], extractor: Extractor) -> Generator[Extraction | Failure | _T, None, None]:
    """Yield what is read from each document, when it is asked for, and whatever else is among them."""
    for item in items:
        yield extract(extractor, item) if isinstance(item, Document) else item


def portions(found: Iterable[Extraction | None]) -> Iterator[list[Extraction]]:
    """Yield what was read up to each None, and sooner where it holds `PORTION_CLAIMS`."""
    portion: list[Extraction] = []
    claims = 0
    for one in found:
        if one:
            portion.append(one)
            claims += len(one.claims)
        if one is None or claims >= PORTION_CLAIMS:
            yield portion
            portion, claims = [], 0
