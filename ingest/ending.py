"""How the documents of a run come to their end: counted, told to whoever watches, kept in quarantine or let go."""

from dataclasses import replace

from graph.frame import Document
from graph.runs import Turn
from ingest.outcome import NOTHING, Outcome, Progress, Report
from ingest.quarantine import Quarantine
from ingest.sources import Failure


class Ends:
    """The ends of the documents of one run; `keep` writes what the store is to know of them."""

    def __init__(self, report: Report, quarantine: Quarantine, turn: Turn, progress: Progress | None) -> None:
        self._report = report
        self._quarantine = quarantine
        self._turn = turn
        self._progress = progress or (lambda outcome: None)

    def opened(self) -> None:
        """Count a document that was opened, whatever becomes of it."""
        self._report.opened += 1
        self._turn.progress(self._report.totals())

    def end(self, document: Document, status: str, claims: int = 0) -> None:
        """Bring a document to its end, as one of `outcome.STATUSES`."""
        self._report.counts[status] += 1
        self._report.claims += claims
        self._quarantine.clear(document)
        self._progress(Outcome(document.source or "", status, claims=claims))
        self._turn.progress(self._report.totals())

    def fail(self, failure: Failure) -> None:
        """Put what cannot be read into quarantine; of a path that leads to no document, only tell."""
        if failure.document:
            self._report.counts["quarantined"] += 1
            self._quarantine.put(failure)
        self._report.failures.append(replace(failure, page=None))
        self._progress(Outcome(failure.path, "quarantined" if failure.document else NOTHING, failure.reason))
        self._turn.progress(self._report.totals())

    def keep(self) -> None:
        """Write the quarantine; what was read must have been written before."""
        self._quarantine.flush()
        self._turn.progress(self._report.totals())
