"""What the store remembers of the sources that are followed: how each fared, and which of its pages were read."""

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph import ids
from ingest.followed import Followed

if TYPE_CHECKING:
    from graph.store import Store

SOURCE, PAGE = "SourceState", "SeenPage"
KEPT_DAYS = 40  # how long a page is remembered that its source names no more, and how long documents are counted
_FIRST_PAUSE = datetime.timedelta(minutes=5)
_LONGEST_PAUSE = datetime.timedelta(days=1)


@dataclass(slots=True)
class Remembered:
    """What is remembered of one source; `pages` maps hashes of the URLs that were read to the versions they had then.

    No URL is kept: that of an erased document must not be either.
    """

    source: Followed
    state: dict[str, Any]
    pages: dict[str, str]
    _seen_at: dict[str, str] = field(default_factory=dict)

    @property
    def next_at(self) -> datetime.datetime | None:
        """Return the instant before which the source is left alone, or None where it was never visited.

        After a visit that went well it is told anew from how often the source is visited now.
        """
        text, visited = self.state.get("next_at"), self.state.get("fetched_at")
        if text and visited and text != visited and not self.state.get("failures"):
            return datetime.datetime.fromisoformat(visited) + self.source.every
        return datetime.datetime.fromisoformat(text) if text else None

    def version(self, url: str) -> str | None:
        """Return the version that a page had when it was read; None where it was not."""
        return self.pages.get(self._page_id(url))

    def due(self, now: datetime.datetime) -> bool:
        """Return whether it is time for a visit."""
        return self.next_at is None or self.next_at <= now

    def recent(self, today: datetime.date, days: int) -> int:
        """Return how many documents came within so many days until today."""
        first = (today - datetime.timedelta(days=days - 1)).isoformat()
        return sum(number for day, number in self._by_day().items() if first <= day <= today.isoformat())

    def silent(self, today: datetime.date) -> bool | None:
        """Return whether less came than the source's floor; None without one, or before its period is over."""
        floor, since = self.source.at_least, self.state.get("since")
        if floor is None or not since:
            return None
        if (today - datetime.date.fromisoformat(since[:10])).days < floor.days:
            return None
        return self.recent(today, floor.days) < floor.documents

    def went_well(
        self,
        now: datetime.datetime,
        documents: int,
        note: str,
        validators: Mapping[str, str | None],
        *,
        broken_off: bool = False,
    ) -> None:
        """Note a visit that brought so many new documents; `validators` are etag and last_modified of the listing.

        One that was broken off is to be made up for at once.
        """
        first = (now.date() - datetime.timedelta(days=KEPT_DAYS)).isoformat()
        by_day = {day: number for day, number in self._by_day().items() if day >= first}
        if documents:
            day = now.date().isoformat()
            by_day[day] = by_day.get(day, 0) + documents
        self._visited(now, now if broken_off else now + self.source.every, 0, note)
        self.state |= validators
        self.state["documents"] = self.state.get("documents", 0) + documents
        self.state["recent"] = json.dumps(by_day)

    def went_wrong(self, now: datetime.datetime, reason: str, retry_after: float | None = None) -> None:
        """Note a visit that failed: the next one comes after a pause that doubles from failure to failure."""
        failures = self.state.get("failures", 0) + 1
        pause = min(_FIRST_PAUSE * 2 ** min(failures - 1, 20), max(self.source.every, _LONGEST_PAUSE))
        asked = datetime.timedelta(seconds=min(retry_after or 0.0, 30 * 86_400.0))
        self._visited(now, now + max(pause, asked), failures, reason)

    def keep(
        self, store: "Store", now: datetime.datetime, read: Mapping[str, str], listed: Iterable[str] | None
    ) -> None:
        """Write the state, and the pages that were `read` by their versions.

        `listed` are all URLs that the source names now, where they are known: what it names no more is forgotten after
        a while.
        """
        store.keep(SOURCE, [self.state])
        names = {self._page_id(url) for url in listed or ()}
        new = {self._page_id(url): version for url, version in read.items()}
        instant = now.isoformat(timespec="seconds")
        again = {page for page in names & self.pages.keys() if self._seen_at.get(page, "")[:10] < instant[:10]}
        kept = {**{page: self.pages[page] for page in again}, **new}
        if kept:
            rows = [
                {"id": page, "source": self.source.id, "version": version, "seen_at": instant}
                for page, version in kept.items()
            ]
            store.keep(PAGE, rows)
        self.pages |= new
        self._seen_at |= dict.fromkeys(kept, instant)
        oldest = (now - datetime.timedelta(days=KEPT_DAYS)).isoformat(timespec="seconds")
        gone = [] if listed is None else [p for p in self.pages if p not in names and self._seen_at.get(p, "") < oldest]
        if gone:
            store.forget(PAGE, gone)
            for page in gone:
                del self.pages[page]

    def _visited(self, now: datetime.datetime, next_at: datetime.datetime, failures: int, note: str) -> None:
        instant = now.isoformat(timespec="seconds")
        self.state |= {
            "id": self.source.id,
            "name": self.source.name,
            "url": self.source.place,
            "fetched_at": instant,
            "next_at": next_at.isoformat(timespec="seconds"),
            "failures": failures,
            "note": note[:500],
        }
        self.state.setdefault("since", instant)

    def _by_day(self) -> dict[str, int]:
        return dict(json.loads(self.state.get("recent") or "{}"))

    def _page_id(self, url: str) -> str:
        return "page-" + ids.digest(self.source.id, url)


def remembered(store: "Store", sources: Iterable[Followed]) -> list[Remembered]:
    """Return what the store remembers of these sources, in their order."""
    states = {row["id"]: row for row in store.kept(SOURCE)}
    found = [Remembered(source, dict(states.get(source.id, {})), {}) for source in sources]
    by_id = {one.source.id: one for one in found}
    for row in store.kept(PAGE):
        if one := by_id.get(row["source"]):
            one.pages[row["id"]] = row.get("version", "")
            one._seen_at[row["id"]] = row["seen_at"]
    return found
