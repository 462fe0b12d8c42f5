"""One run: open, sift, read, join stories, write, count, report.

    pages ─► documents, all of them ─► new or changed? ─► claims ─► stories ─► store, a batch at a time

Every document ends as one of `ingest.outcome.STATUSES`, and one that cannot be read never stops the others. Only the
store's own errors, and a language model that cannot be used, end a run; what was written before stays, and the same
command goes on where it stopped.
"""

import contextlib
import functools
import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from graph import runs
from graph.erasure import Erasures
from graph.frame import Extraction
from ingest.ending import Ends
from ingest.gathered import gathering
from ingest.known import stories
from ingest.outcome import Progress, Report
from ingest.quarantine import Quarantine
from ingest.reading import By, Extractor, extract, portions, read_each
from ingest.rewrites import traced
from ingest.sifting import relevant, sifted
from ingest.sources import Failure, Page
from ingest.text import Overrides, documents
from ingest.withholding import without_erased

if TYPE_CHECKING:
    from graph.store import Store

BATCH_DOCUMENTS = 200


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
    with runs.turn(store, command, id=id, wait=wait, say=say) as turn, gathering() as gathered:
        store.prepare()  # a run before this one may have ended between a write and its recount
        report = Report(runs.now(), turn.id)
        started = time.monotonic()
        quarantine = Quarantine(store, turn.id, report.known_at, (overrides or Overrides()).given(), columns)
        ends = Ends(report, quarantine, turn, progress)
        erasures = Erasures(store)
        told = functools.cache(lambda: stories(store))  # read once something is new

        for item in documents(pages, overrides):
            if isinstance(item, Failure):
                ends.fail(item)
                continue
            ends.opened()
            if erasures.has(item.id, item.revision):
                ends.end(item, "erased")
            else:
                gathered.add(replace(item, sample=sample))
        ends.keep()
        gathered.settle(relevant if triage else lambda document: True)

        begun = itertools.takewhile(lambda document: not stopping(), gathered)
        wanted = sifted(begun, gathered, store, ends, triage=triage, batch=batch or BATCH_DOCUMENTS)

        with contextlib.closing(by(wanted) if by else read_each(wanted, extractor)) as reading:
            for extractions in portions(_read(reading, extractor, erasures, ends)):
                if extractions:
                    changes = told().add(extractions)
                    store.write(extractions, changes.memberships, changes.translations, known_at=report.known_at)
                ends.keep()

        report.seconds = time.monotonic() - started
        turn.progress(report.totals(), at_once=True)
    return report


def _read(
    reading: Iterable[Extraction | Failure | None], extractor: Extractor, erasures: Erasures, ends: Ends
) -> Iterator[Extraction | None]:
    """Bring what was read to its end; yield it without those who were erased, and each None."""
    for found in reading:
        one = without_erased(found, lambda document: extract(extractor, document), erasures) if found else None
        if isinstance(one, Failure):
            ends.fail(one)
        elif one:
            ends.end(one.document, "stored", claims=len(one.claims))
            yield traced(one)
        else:
            yield None
