"""Reading stored documents again where another version of the extractor read them.

The texts are those of the graph. Claims keep their ids and, where their sentence is read as before, the instant since
when they are known; those that are no longer read are closed. Rewrites are judged anew.
"""

import contextlib
import datetime
import functools
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from graph import runs
from graph.erasure import Erasures
from graph.frame import Document, Extraction, Row
from ingest.known import stories
from ingest.outcome import Outcome, Progress, Report
from ingest.rewrites import traced
from ingest.run import BATCH_CLAIMS, By, Extractor, extract, one_by_one
from ingest.sources import Failure
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
       d.lang AS lang, d.source AS source, d.sample AS sample, d.signature AS signature, d.author AS author,
       p.name AS publisher
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
    by: By | None = None,
) -> Report:
    """Read the documents that another version than `version` read, or `all`, and write what differs.

    A document that cannot be read stays as it is, and is among the report's failures. `by` reads with others' help, as
    in `ingest`, and `extractor` only those in which an erased person is named. Raises what `ingest` raises.
    """
    with runs.turn(store, "reextract --all" if all else "reextract", wait=wait, say=say) as turn:
        report = Report(runs.now(), turn.id)
        started = time.monotonic()
        erasures = Erasures(store)
        told = functools.cache(lambda: stories(store))  # read once something was read anew
        batch: list[Extraction] = []
        with contextlib.closing((by or one_by_one(extractor))(_documents(store, version, all))) as reading:
            for found in reading:
                if found is not None:
                    batch += _read(found, extractor, erasures, report, progress or (lambda outcome: None))
                    turn.progress(report.totals())
                claims = sum(len(extraction.claims) for extraction in batch)
                if batch and (found is None or claims >= BATCH_CLAIMS):
                    changes = told().add(batch)
                    store.write(batch, changes.memberships, changes.translations, known_at=report.known_at)
                    batch = []
        report.seconds = time.monotonic() - started
        turn.progress(report.totals(), at_once=True)
    return report


def _read(
    found: Extraction | Failure, extractor: Extractor, erasures: Erasures, report: Report, progress: Progress
) -> list[Extraction]:
    """Return what was read from a document, without those who were erased; nothing where it cannot be read."""
    extraction = without_erased(found, lambda one: extract(extractor, one), erasures)
    if isinstance(extraction, Failure):
        report.failures.append(Failure(extraction.path, extraction.reason))
        outcome = Outcome(extraction.path, "quarantined", extraction.reason)
    else:
        outcome = Outcome(extraction.document.source or "", "stored", claims=len(extraction.claims))
    report.counts[outcome.status] += 1
    report.claims += outcome.claims
    progress(outcome)
    return [] if isinstance(extraction, Failure) else [traced(extraction)]


def _documents(store: "Store", version: str, all: bool) -> Iterator[Document | None]:
    """Yield what must be read again, and None after each page."""
    after = ""
    while rows := store.read(_PAGE, {"after": after, "all": all, "version": version, "page": PAGE}):
        yield from map(_document, rows)
        yield None
        after = rows[-1]["id"]


def _document(row: Row) -> Document:
    date = datetime.date.fromisoformat(row["date"]) if row["date"] else None
    sample = bool(row["sample"])
    return Document(**{**row, "date": date, "sample": sample, "signature": tuple(row["signature"] or ())})
