"""One run: read, extract, write, report.

    pages ─► documents ─► new or changed? ─► claims ─► stories ─► store, a batch at a time

Every document ends as one of `STATUSES`, and one that cannot be read never stops the others. Only the store's own
errors, and a language model that cannot be used, end a run; what was written before stays, and the same command goes
on where it stopped.
"""

import datetime
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from graph.errors import ModelError, TalentgraphError
from graph.frame import Document, Extraction
from ingest.known import known, news, stored, texts
from ingest.signatures import signature
from ingest.sources import Failure, Page
from ingest.stories import Stories
from ingest.text import Overrides, documents

if TYPE_CHECKING:
    from graph.store import Store

STATUSES = {
    "stored": "read and written, or written anew because its text or what is known about it changed",
    "unchanged": "the store holds this very text under this id",
    "duplicate": "the same text under the same id came earlier in this run",
    "quarantined": "cannot be read; the reason says why",
}
NOTHING = "nothing"
BATCH_DOCUMENTS = 200
BATCH_CHARACTERS = 5_000_000
BATCH_CLAIMS = 2_000
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one document ended: `status` is a key of `STATUSES`; `reason` where quarantined.

    Of a path that leads to no document the status is `NOTHING`, and a reason is given too.
    """

    path: str
    status: str
    reason: str = ""
    claims: int = 0


@dataclass(slots=True)
class Report:
    """What a run did; `counts` has every status, `known_at` is the instant (UTC, ISO) at which it started.

    `failures` are the documents quarantined and, besides, the paths that lead to none.
    """

    known_at: str
    counts: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(STATUSES, 0)))
    claims: int = 0
    failures: list[Failure] = field(default_factory=list)
    seconds: float = 0.0


Progress = Callable[[Outcome], None]
"""Called as each document is done, a moment before its batch is written."""


def ingest(
    pages: Iterable[Page | Failure],
    store: "Store",
    extractor: Extractor,
    *,
    overrides: Overrides | None = None,
    sample: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Take every page into the store and report; a second run over the same pages changes nothing.

    `sample` marks the documents as sample data.

    Raises:
        StoreError: the store failed; the batches before are kept.
        ModelError: the language model cannot be used; likewise.
    """
    report = Report(datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds"))
    started = time.monotonic()
    run = _Run(store, extractor, report, progress or (lambda outcome: None), sample)
    for batch in _batches(documents(pages, overrides)):
        run.take(batch)
    report.seconds = time.monotonic() - started
    return report


def extract(extractor: Extractor, document: Document) -> Extraction | Failure:
    """Return what is read from one document, or why nothing could be: no document ends the run it is part of.

    Raises ModelError, which no other document would escape.
    """
    try:
        return extractor.extract(document)
    except ModelError:
        raise
    except _FAULTS as error:
        return Failure(document.source or "", f"its claims cannot be read ({type(error).__name__}: {error})")


def _batches(items: Iterable[Document | Failure]) -> Iterator[list[Document | Failure]]:
    """Group into lists that are bounded in documents and in characters."""
    batch: list[Document | Failure] = []
    characters = 0
    for item in items:
        batch.append(item)
        characters += len(item.text) if isinstance(item, Document) else 0
        if len(batch) >= BATCH_DOCUMENTS or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


class _Run:
    """What a run carries from batch to batch."""

    def __init__(self, store: "Store", extractor: Extractor, report: Report, progress: Progress, sample: bool) -> None:
        self._store = store
        self._extractor = extractor
        self._report = report
        self._progress = progress
        self._sample = sample
        self._seen: dict[str, tuple[str, str]] = {}  # document id → revision, path
        self._stories: Stories | None = None  # read from the store once something is new

    def take(self, batch: Sequence[Document | Failure]) -> None:
        """Bring each document of a batch to its end."""
        held = known(self._store, [item.id for item in batch if isinstance(item, Document)])
        extractions: list[Extraction] = []
        for item in batch:
            if isinstance(item, Failure):
                self._end(item.path, "quarantined" if item.document else NOTHING, item.reason)
                continue
            path = item.source or ""
            earlier = self._seen.get(item.id)
            self._seen.setdefault(item.id, (item.revision, path))
            if earlier and earlier[0] != item.revision:
                self._end(
                    path, "quarantined", f"has the URL of {earlier[1]} but another text; ingest one of them alone"
                )
            elif earlier:
                self._end(path, "duplicate")
            elif (document := news(item, held[item.id]) if item.id in held else item) is None:
                self._end(path, "unchanged")
            elif extraction := self._extract(document, path):
                extractions.append(extraction)
            if sum(len(extraction.claims) for extraction in extractions) >= BATCH_CLAIMS:
                self._write(extractions)
                extractions = []
        if extractions:
            self._write(extractions)

    def _extract(self, document: Document, path: str) -> Extraction | None:
        signed = replace(document, sample=self._sample, signature=signature(document.text))
        extraction = extract(self._extractor, signed)
        if isinstance(extraction, Failure):
            self._end(path, "quarantined", extraction.reason)
            return None
        self._report.claims += len(extraction.claims)
        self._end(path, "stored", claims=len(extraction.claims))
        return extraction

    def _write(self, extractions: Sequence[Extraction]) -> None:
        if self._stories is None:
            self._stories = Stories(stored(self._store), lambda ids: texts(self._store, ids))
        memberships = self._stories.add([extraction.document for extraction in extractions])
        self._store.write(extractions, memberships, known_at=self._report.known_at)

    def _end(self, path: str, status: str, reason: str = "", claims: int = 0) -> None:
        if status != NOTHING:
            self._report.counts[status] += 1
        if reason:
            self._report.failures.append(Failure(path, reason))
        self._progress(Outcome(path, status, reason, claims))
