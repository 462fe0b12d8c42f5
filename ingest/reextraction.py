"""Reading stored documents again where another version of the extractor read them.

The texts are those of the graph. Claims keep their ids and, where their sentence is read as before, the instant since
when they are known; those that are no longer read are closed. Rewrites are judged anew.
"""

import contextlib
import datetime
import functools
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from graph import runs
from graph.erasure import Erasures
from graph.frame import Document, Extraction, Row
from ingest.known import stories
from ingest.outcome import Outcome, Progress, Report
from ingest.reading import By, Extractor, extract, portions, read_each
from ingest.rewrites import traced
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
        documents = _documents(store, version, all)

        def done(outcome: Outcome) -> None:
            report.counts[outcome.status] += 1
            report.claims += outcome.claims
            turn.progress(report.totals())
            if progress:
                progress(outcome)

        with contextlib.closing(by(documents) if by else read_each(documents, extractor)) as reading:
            for extractions in portions(_read(reading, extractor, erasures, report, done)):
                if extractions:
                    changes = told().add(extractions)
                    store.write(extractions, changes.memberships, changes.translations, known_at=report.known_at)
        report.seconds = time.monotonic() - started
        turn.progress(report.totals(), at_once=True)
    return report


def _read(
    reading: Iterable[Extraction | Failure | None],
    extractor: Extractor,
    erasures: Erasures,
    report: Report,
    done: Progress,
) -> Iterator[Extraction | None]:
    """Yield what was read of each document, without those who were erased, and each None."""
    for found in reading:
        one = without_erased(found, lambda document: extract(extractor, document), erasures) if found else None
        if isinstance(one, Failure):
            report.failures.append(Failure(one.path, one.reason))
            done(Outcome(one.path, "quarantined", one.reason))
        elif one:
            done(Outcome(one.document.source or "", "stored", claims=len(one.claims)))
            yield traced(one)
        else:
            yield None


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
