"""Trying again what could not be read: documents in quarantine."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from ingest import quarantine
from ingest.outcome import Progress, Report
from ingest.reading import Extractor
from ingest.run import ingest
from ingest.sources import Failure, Options, Page

if TYPE_CHECKING:
    from graph.store import Store

_RECORDS = "MATCH (q:Quarantined) WHERE q.id IN $ids RETURN properties(q) AS record ORDER BY q.path, q.id"
_LATE = "MATCH (q:Quarantined) WHERE q.run = $run RETURN q.id AS id"


def retry(
    store: "Store",
    extractor: Extractor,
    wanted: Sequence[str] | None = None,
    *,
    options: Options | None = None,
    progress: Progress | None = None,
    id: str | None = None,
    wait: bool = False,
    say: Callable[[str], None] | None = None,
) -> Report:
    """Read these documents, or all in quarantine, once more; those that can be read now leave it.

    "All" leaves out those that were set aside for another text of their URL: they take its place, so they are named.

    `options` say how to read. The other arguments are those of `ingest.run.ingest`. Raises UnknownEntity where an id is
    not in quarantine, and what `ingest` raises.
    """
    ids = quarantine.chosen(store, wanted)
    if wanted is None:
        aside = quarantine.set_aside(store)
        ids = [id for id in ids if id not in aside]
    tried: list[str] = []

    def pages() -> Iterator[Page | Failure]:
        for id in ids:
            for row in store.read(_RECORDS, {"ids": [id]}):
                for page in quarantine.pages(row["record"], options or Options()):
                    if isinstance(page, Page) or page.document:
                        tried.append(id)
                    yield page

    command = "quarantine retry" if wanted is None else f"quarantine retry {' '.join(ids)}"
    report = ingest(pages(), store, extractor, progress=progress, command=command, id=id, wait=wait, say=say)
    again = {row["id"] for row in store.read(_LATE, {"run": report.run})}
    store.forget("Quarantined", sorted(set(tried) - again))
    return report
