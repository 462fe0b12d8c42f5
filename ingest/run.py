"""One run: read, extract, write, report.

    pages ─► documents, all of them ─► new or changed? ─► claims ─► stories ─► store, a batch at a time

Every document ends as one of `ingest.outcome.STATUSES`, and one that cannot be read never stops the others. Only the
store's own errors, and a language model that cannot be used, end a run; what was written before stays, and the same
command goes on where it stopped.
"""

import contextlib
import itertools
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from graph import runs
from graph.erasure import Erasures
from graph.errors import ModelError, TalentgraphError
from graph.frame import Document, Extraction, Row
from ingest.gathered import Gathered, gathering
from ingest.known import known, news, stories
from ingest.outcome import NOTHING, Outcome, Progress, Report
from ingest.quarantine import Quarantine, of_document
from ingest.rewrites import traced
from ingest.signatures import signature
from ingest.sources import Failure, Page
from ingest.stories import Stories
from ingest.text import Overrides, documents
from ingest.withholding import without_erased

if TYPE_CHECKING:
    from graph.store import Store

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


Reading = Generator[Extraction | Failure | None, None, None]
By = Callable[[Iterator[Document | None]], Reading]
"""Documents → what is read from each, or why nothing is, in order; None, where a batch ends, for None."""


def ingest(
    pages: Iterable[Page | Failure],
    store: "Store",
    extractor: Extractor,
    *,
    overrides: Overrides | None = None,
    sample: bool = False,
    triage: bool = False,
    progress: Progress | None = None,
    command: str = "ingest",
    id: str | None = None,
    wait: bool = False,
    say: Callable[[str], None] | None = None,
    batch: int | None = None,
    columns: Mapping[str, str] | None = None,
    by: By | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> Report:
    """Take every page into the store and report; a second run over the same pages changes nothing.

    `sample` marks the documents as sample data; `triage` leaves out new ones that speak of no recruiting. `command`
    says in the run's record what was asked for, `id` is the record's where it is known beforehand. `wait` stands in
    line behind another run, of which `say` is told. `batch` is how many documents are written at once, fewer than usual
    where they come slowly. `columns` are those with which tables are read, for whoever tries again what cannot be read.
    `by` reads documents as `extractor` does, but with others' help: it may take documents long before it yields.
    Once `stopping`, no further document is begun.

    Raises:
        RunRefused: another run is at work, and `wait` is off.
        StoreError: the store failed; the batches before are kept.
        ModelError: the language model cannot be used; likewise.
    """
    with runs.turn(store, command, id=id, wait=wait, say=say) as turn:
        store.prepare()  # a run before this one may have ended between a write and its recount
        report = Report(runs.now(), turn.id)
        started = time.monotonic()
        quarantine = Quarantine(store, turn.id, report.known_at, (overrides or Overrides()).given(), columns)
        run = _Run(store, extractor, report, quarantine, turn, progress or (lambda outcome: None), sample, triage)
        with gathering() as gathered:
            run.gather(documents(pages, overrides), gathered)
            going_on = itertools.takewhile(lambda document: not stopping(), gathered)
            run.take(_batches(going_on, batch or BATCH_DOCUMENTS), gathered, by or one_by_one(extractor))
        report.seconds = time.monotonic() - started
        turn.progress(report.totals(), at_once=True)
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
        return of_document(document, f"its claims cannot be read ({type(error).__name__}: {error})")


def one_by_one(extractor: Extractor) -> By:
    """Return what reads documents by itself, each when it is asked for."""

    def read(documents: Iterator[Document | None]) -> Reading:
        for document in documents:
            yield extract(extractor, document) if document else None

    return read


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


def _relevant(document: Document) -> bool:
    from ingest import triage  # with the lists comes spaCy: a run in which nothing is new must not pay for it

    return triage.relevant(document.text, document.lang)


class _Run:
    """What a run carries from batch to batch."""

    def __init__(
        self,
        store: "Store",
        extractor: Extractor,
        report: Report,
        quarantine: Quarantine,
        turn: runs.Turn,
        progress: Progress,
        sample: bool,
        triage: bool,
    ) -> None:
        self._store = store
        self._extractor = extractor
        self._report = report
        self._quarantine = quarantine
        self._turn = turn
        self._progress = progress
        self._sample = sample
        self._triage = triage
        self._erasures = Erasures(store)
        self._begun: set[str] = set()  # ids of documents whose standing text came
        self._stories: Stories | None = None  # read from the store once something is new

    def gather(self, items: Iterable[Document | Failure], gathered: Gathered) -> None:
        """Open everything: what is no document, or was erased, comes to its end here."""
        for item in items:
            self._report.opened += isinstance(item, Document)
            if isinstance(item, Failure):
                self._fail(item)
            elif self._erasures.has(item.id, item.revision):
                self._end(item, "erased")
            else:
                gathered.add(item)
            self._turn.progress(self._report.totals())
        self._quarantine.flush()
        gathered.settle(_relevant if self._triage else lambda document: True)

    def take(self, batches: Iterable[Sequence[Document]], gathered: Gathered, by: By) -> None:
        """Bring each document to its end, and write what was read at the end of each batch."""
        extractions: list[Extraction] = []
        with contextlib.closing(by(self._wanted(batches, gathered))) as reading:
            for found in reading:
                if found is not None:
                    extractions += self._read(found)
                claims = sum(len(extraction.claims) for extraction in extractions)
                if extractions and (found is None or claims >= BATCH_CLAIMS):
                    self._write(extractions)
                    extractions = []
                if found is None:
                    self._quarantine.flush()
                    self._turn.progress(self._report.totals())

    def _wanted(self, batches: Iterable[Sequence[Document]], gathered: Gathered) -> Iterator[Document | None]:
        """Yield the documents that must be read, and None after each batch; all others come to their end here."""
        for batch in batches:
            held = known(self._store, [document.id for document in batch])
            for one in batch:
                if document := self._news(one, held, gathered):
                    yield replace(document, sample=self._sample, signature=signature(document.text))
            yield None

    def _news(self, item: Document, held: Mapping[str, Row], gathered: Gathered) -> Document | None:
        """Return the document that must be read; None where it has come to its end."""
        standing = gathered.standing(item.id)
        if item.revision != standing.revision:
            if gathered.relevant(item):
                reason = f"has the URL of {standing.source}, whose text stands; retry this one to have it instead"
                self._fail(replace(of_document(item, reason), set_aside=True))
            else:
                self._end(item, "irrelevant")
            return None
        if item.id in self._begun:
            self._end(item, "duplicate")
            return None
        self._begun.add(item.id)
        whole = gathered.united(item)
        if item.id in held:
            if document := news(whole, held[item.id]):
                return document
            self._end(item, "unchanged")
        elif self._triage and not _relevant(whole):
            self._end(item, "irrelevant")
        else:
            return whole
        return None

    def _read(self, found: Extraction | Failure) -> list[Extraction]:
        """Return what was read from a document, without those who were erased; nothing where it cannot be read."""
        extraction = without_erased(found, lambda one: extract(self._extractor, one), self._erasures)
        if isinstance(extraction, Failure):
            self._fail(extraction)
            return []
        self._report.claims += len(extraction.claims)
        self._end(extraction.document, "stored", claims=len(extraction.claims))
        return [traced(extraction)]

    def _write(self, extractions: Sequence[Extraction]) -> None:
        if self._stories is None:
            self._stories = stories(self._store)
        changes = self._stories.add(extractions)
        self._store.write(extractions, changes.memberships, changes.translations, known_at=self._report.known_at)

    def _end(self, document: Document, status: str, claims: int = 0) -> None:
        path = document.source or ""
        self._report.counts[status] += 1
        self._quarantine.clear(document)
        self._progress(Outcome(path, status, claims=claims))
        self._turn.progress(self._report.totals())

    def _fail(self, failure: Failure) -> None:
        if failure.document:
            self._report.counts["quarantined"] += 1
            self._quarantine.put(failure)
        self._report.failures.append(replace(failure, page=None))
        self._progress(Outcome(failure.path, "quarantined" if failure.document else NOTHING, failure.reason))
