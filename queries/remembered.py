"""Answers that were given before, for as long as the store's revision stays: see `ask`.

Every write of talentgraph changes the revision, whichever process makes it. What is changed past talentgraph, by hand
on a server, is seen after the next write or in a new process.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from graph.frame import Row

if TYPE_CHECKING:
    from graph.store import Store

MOST_ROWS = 100_000  # of all answers kept for a store together
PART, BEFORE = 10_000, 2_000  # of an answer with more rows so many are kept, some of them before the asked page


@dataclass(frozen=True, slots=True)
class Found:
    """What the store said: rows from `begin` on, the number of all rows, and the notes that belong under them."""

    rows: Sequence[Row]
    total: int
    notes: tuple[str, ...]
    begin: int = 0

    def has(self, asked: slice) -> bool:
        """Whether all of the rows that are asked, as there are, are among these."""
        return bool(self.begin <= asked.start and min(asked.stop, self.total) <= self.begin + len(self.rows))

    def part(self, asked: slice) -> "Found":
        """Return some rows around those that are asked, where there are too many to keep."""
        begin = max(0, asked.start - BEFORE)
        place = slice(begin - self.begin, begin - self.begin + PART)
        return Found(tuple(self.rows[place]), self.total, self.notes, begin)


@dataclass(slots=True)
class _Kept:
    """The answers of one store under one revision, the longest unused first."""

    revision: int = -1
    rows: int = 0
    answers: OrderedDict[Hashable, Found] = field(default_factory=OrderedDict)


_KEPT: "WeakKeyDictionary[Store, _Kept]" = WeakKeyDictionary()
_LOCK = threading.Lock()


def remembered(
    store: "Store", key: Hashable, find: Callable[[], Found], revision: int | None = None, asked: slice | None = None
) -> Found:
    """Return what was found for `key` under the store's present revision, or find it now.

    Whoever has just asked for the revision gives it: to ask the store is what a kept answer costs. With the rows that
    are `asked`, what was found may have no others.
    """
    revision = store.revision() if revision is None else revision
    with _LOCK:
        kept = _KEPT.setdefault(store, _Kept())
        if kept.revision != revision:
            kept.revision, kept.rows = revision, 0
            kept.answers.clear()
        if key in kept.answers and (asked is None or kept.answers[key].has(asked)):
            kept.answers.move_to_end(key)
            return kept.answers[key]
    found = find()
    keep = found if asked is None or len(found.rows) <= MOST_ROWS else found.part(asked)
    with _LOCK:
        if kept.revision == revision and len(keep.rows) <= MOST_ROWS:
            if key in kept.answers:  # another part of it
                kept.rows -= len(kept.answers.pop(key).rows) + 1
            kept.answers[key] = keep
            kept.rows += len(keep.rows) + 1
            while kept.rows > MOST_ROWS:
                kept.rows -= len(kept.answers.popitem(last=False)[1].rows) + 1
    return found
