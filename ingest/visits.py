"""One visit to a source that is followed: what is new there goes into the store.

    source ─► look ─► items not read yet ─► pages ─► ingest.run ─► what is remembered

What was read is remembered after it was stored, never before: a visit that ends early is made good by the next one.
"""

import datetime
import glob
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import FetchFailed, UnreadableDocument
from ingest import run
from ingest.followed import Followed
from ingest.outcome import Outcome, Report
from ingest.reading import Extractor
from ingest.remembered import Remembered
from ingest.sources import Failure, Options, Page, files, web
from ingest.sources.listings import Item
from ingest.text import Overrides
from ingest.web.fetching import Fetcher

if TYPE_CHECKING:
    from graph.store import Store

MISSES = 3  # pages in a row that cannot be had, after which the rest of a source waits for the next visit
BATCH = 20  # documents written at once: they come slowly, and whoever waits for the end waits for one batch
OLD = {"unchanged", "quarantined", "erased"}  # how documents end that bring nothing new


@dataclass(slots=True)
class Visitor:
    """Visits sources; `stopping` says that no further page is to be begun, `say` is told what goes wrong."""

    store: "Store"
    extractor: Extractor
    fetcher: Fetcher
    options: Options
    stopping: Callable[[], bool] = lambda: False
    say: Callable[[str], None] = lambda line: None

    def visit(self, memory: Remembered, now: datetime.datetime) -> bool:
        """Visit a source now and remember it; return whether it could be read.

        Raises:
            StoreError, ModelError: as in ingest.run.ingest.
        """
        source = memory.source
        try:
            looked = _Look(memory, self)
            report = self._ingest(looked.pages(), source)
        except UnreadableDocument as error:
            memory.went_wrong(now, str(error), error.retry_after if isinstance(error, FetchFailed) else None)
            memory.keep(self.store, now, {}, None)
            self.say(f"{source.name}: {error}")
            return False
        new = sum(report.counts[status] for status in report.counts.keys() - OLD) if report else 0
        if looked.lost:
            memory.went_wrong(now, str(looked.lost), looked.lost.retry_after)
        else:
            broken_off = self.stopping() and (source.is_file or not looked.complete)
            memory.went_well(now, new, looked.note(report), looked.validators(), broken_off=broken_off)
        memory.keep(self.store, now, looked.read, looked.listed)
        self.say(f"{source.name}: {looked.lost or looked.note(report)}")
        return looked.lost is None

    def _ingest(self, pages: Iterator[Page | Failure], source: Followed) -> Report | None:
        """Take the pages into the store; where there are none, no run is made.

        What was fetched is read to its end; a folder may hold far more than one visit fetches, and is opened anew.
        """
        first = next(pages, None)
        if first is None:
            return None

        def done(outcome: Outcome) -> None:
            if outcome.reason:
                self.say(f"{outcome.path}: {outcome.reason}")

        return run.ingest(
            itertools.chain([first], pages),
            self.store,
            self.extractor,
            overrides=Overrides(publisher=source.publisher, lang=source.language),
            triage=True,
            progress=done,
            command=f"watch {source.name}",
            wait=True,
            say=self.say,
            batch=BATCH,
            columns=source.columns,
            stopping=self.stopping if source.is_file else lambda: False,
        )


@dataclass(slots=True)
class _Look:
    """What one look at a source finds, and how far it came.

    `read` are the pages that were read, with their versions, `complete` is whether the source was gone through to its
    end. `lost` is why it was given up midway.
    """

    memory: Remembered
    visitor: Visitor
    read: dict[str, str] = field(default_factory=dict)
    complete: bool = False
    lost: FetchFailed | None = None
    missed: int = 0
    _found: web.Found | None = None
    _names: set[str] = field(default_factory=set)
    _further: dict[str, str] = field(default_factory=dict)
    _skipped: bool = False

    def pages(self) -> Iterator[Page | Failure]:
        """Return the pages that were not read yet; raises UnreadableDocument where the source cannot be had at all."""
        source, state = self.memory.source, self.memory.state
        if source.is_file:
            if not glob.has_magic(source.place) and not Path(source.place).exists():
                raise UnreadableDocument("does not exist; check the path")
            return self._until_stopped(files.read([source.place], self._options))
        known = {name: state.get(name) for name in ("etag", "last_modified")}
        self._found = web.look(source.place, self.visitor.fetcher, **known, known=self._is_known)
        if self._found.items is not None:
            return self._new(self._found.items)
        fetched = self._found.fetched
        return self._until_stopped(web.pages(Item(source.place), fetched, self._options))

    @property
    def _options(self) -> Options:
        return replace(self.visitor.options, columns=self.memory.source.columns)

    @property
    def listed(self) -> set[str] | None:
        """Return all that the source names now, where all of it was seen."""
        whole = self.complete and not self._skipped and self._changed and self._found and self._found.items is not None
        return self._names if whole else None

    @property
    def _changed(self) -> bool:
        return self._found is None or self._found.fetched.changed

    def validators(self) -> dict[str, str | None]:
        """Return what the next look may ask with; nothing where this one left something over."""
        if not self._changed:
            return {}
        fetched = self._found.fetched if self._found and self.complete and not self.missed else None
        return {
            "etag": fetched.etag if fetched else None,
            "last_modified": fetched.last_modified if fetched else None,
        }

    def note(self, report: Report | None) -> str:
        """Return what happened, in words."""
        counts = report.counts if report else {}
        parts = [f"{number:,} {status}" for status, number in counts.items() if number]
        parts += [f"{self.missed:,} to be tried again"] if self.missed else []
        parts += [] if self.complete else ["more to come"]
        return ", ".join(parts) or "nothing new"

    def _new(self, items: Iterable[Item | Failure]) -> Iterator[Page | Failure]:
        in_a_row = 0
        for item in items:
            if self.visitor.stopping():
                return
            if isinstance(item, Failure):
                yield item
                continue
            name = item.url or item.version
            self._names.add(name)
            if self.memory.version(name) == item.version:
                continue
            if len(self.read) + self.missed >= self.memory.source.at_most:
                return
            got = web.fetch(item, self.visitor.fetcher)
            if isinstance(got, FetchFailed) and got.passing:
                self.missed += 1
                in_a_row += 1
                if in_a_row >= MISSES:
                    self.lost = got
                    return
                continue
            in_a_row = 0
            yield from web.pages(item, got, self._options)
            self.read[name] = item.version
        self.complete = True
        if not self.missed:
            self.read |= self._further

    def _is_known(self, further: Item) -> bool:
        """Whether a further sitemap is as it was when all that it named had been read."""
        self._names.add(further.url)
        if further.version and self.memory.version(further.url) == further.version:
            self._skipped = True
            return True
        self._further[further.url] = further.version
        return False

    def _until_stopped(self, pages: Iterator[Page | Failure]) -> Iterator[Page | Failure]:
        for page in pages:
            if self.visitor.stopping():
                return
            yield page
        self.complete = True
