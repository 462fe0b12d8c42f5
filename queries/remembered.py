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


@dataclass(frozen=True, slots=True)
class Found:
    """What the store said: rows from `begin` on, the number of all rows, and the notes that belong under them."""

    rows: Sequence[Row]
    total: int
    notes: tuple[str, ...]
    begin: int = 0


@dataclass(slots=True)
class _Kept:
    """The answers of one store under one revision, the longest unused first."""

    revision: int = -1
    rows: int = 0
    answers: OrderedDict[Hashable, Found] = field(default_factory=OrderedDict)


_KEPT: "WeakKeyDictionary[Store, _Kept]" = WeakKeyDictionary()
_LOCK = threading.Lock()


def remembered(store: "Store", key: Hashable, find: Callable[[], Found], revision: int | None = None) -> Found:
    """Return what was found for `key` under the store's present revision, or find it now.

    Whoever has just asked for the revision gives it: to ask the store is what a kept answer costs.
    """
    revision = store.revision() if revision is None else revision
    with _LOCK:
        kept = _KEPT.setdefault(store, _Kept())
        if kept.revision != revision:
            kept.revision, kept.rows = revision, 0
            kept.answers.clear()
        if key in kept.answers:
            kept.answers.move_to_end(key)
            return kept.answers[key]
    found = find()
    with _LOCK:
        if kept.revision == revision and key not in kept.answers and len(found.rows) <= MOST_ROWS:
            kept.answers[key] = found
            kept.rows += len(found.rows) + 1
            while kept.rows > MOST_ROWS:
                kept.rows -= len(kept.answers.popitem(last=False)[1].rows) + 1
    return found
