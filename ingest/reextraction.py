"""Reading stored documents again where another version of the extractor read them.

The texts are those of the graph. Claims keep their ids and, where their sentence is read as before, the instant since
when they are known; those that are no longer read are closed. Rewrites are judged anew.
"""

import datetime
import functools
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from graph import runs
from graph.erasure import Erasures
from graph.frame import Document, Extraction, Row
from ingest.known import stories
from ingest.outcome import Outcome, Progress, Report
from ingest.rewrites import traced
from ingest.run import BATCH_CLAIMS, Extractor, extract
from ingest.sources import Failure
from ingest.stories import Stories
from ingest.withholding import without_erased

if TYPE_CHECKING:
    from graph.store import Store

PAGE = 50
_COUNT = """
MATCH (d:Document) WHERE d.known_until IS NULL AND ($all OR coalesce(d.extractor, '') <> $version)
RETURN count(d) AS documents
"""
_PAGE = """
MATCH (d:Document)
WHERE d.id > $after AND d.known_until IS NULL AND ($all OR coalesce(d.extractor, '') <> $version)
OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(p:Publisher)
RETURN d.id AS id, d.text AS text, d.revision AS revision, d.url AS url, d.title AS title, toString(d.date) AS date,
       d.lang AS lang, d.source AS source, d.sample AS sample, d.signature AS signature, p.name AS publisher
ORDER BY id LIMIT $page
"""


def outdated(store: "Store", version: str, *, all: bool = False) -> int:
    """Return how many documents `reextract` would read."""
    return int(store.read(_COUNT, {"all": all, "version": version})[0]["documents"])


def reextract(
    store: "Store",
    extractor: Extractor,
    version: str,
    *,
    all: bool = False,
    progress: Progress | None = None,
    wait: bool = False,
    say: Callable[[str], None] | None = None,
) -> Report:
    """Read the documents that another version than `version` read, or `all`, and write what differs.

    A document that cannot be read stays as it is, and is among the report's failures. Raises what `ingest` raises.
    """
    with runs.turn(store, "reextract --all" if all else "reextract", wait=wait, say=say) as turn:
        report = Report(runs.now(), turn.id)
        started = time.monotonic()
        erasures = Erasures(store)
        told = functools.cache(lambda: stories(store))  # read once something was read anew
        batch: list[Extraction] = []
        claims = 0
        for document in _documents(store, version, all):
            found = without_erased(extract(extractor, document), lambda one: extract(extractor, one), erasures)
            status = "quarantined" if isinstance(found, Failure) else "stored"
            if isinstance(found, Failure):
                report.failures.append(Failure(document.source or document.id, found.reason))
                outcome = Outcome(found.path, status, found.reason)
            else:
                batch.append(traced(found))
                claims += len(found.claims)
                outcome = Outcome(document.source or document.id, status, claims=len(found.claims))
            report.counts[status] += 1
            report.claims += outcome.claims
            (progress or (lambda outcome: None))(outcome)
            turn.progress(report.totals())
            if len(batch) >= PAGE or claims >= BATCH_CLAIMS:
                _write(store, told(), batch, report)
                batch, claims = [], 0
        if batch:
            _write(store, told(), batch, report)
        report.seconds = time.monotonic() - started
        turn.progress(report.totals(), at_once=True)
    return report


def _write(store: "Store", told: Stories, batch: Sequence[Extraction], report: Report) -> None:
    changes = told.add(batch)
    store.write(batch, changes.memberships, changes.translations, known_at=report.known_at)


def _documents(store: "Store", version: str, all: bool) -> Iterator[Document]:
    after = ""
    while rows := store.read(_PAGE, {"after": after, "all": all, "version": version, "page": PAGE}):
        yield from map(_document, rows)
        after = rows[-1]["id"]


def _document(row: Row) -> Document:
    date = datetime.date.fromisoformat(row["date"]) if row["date"] else None
    sample = bool(row["sample"])
    return Document(**{**row, "date": date, "sample": sample, "signature": tuple(row["signature"] or ())})
