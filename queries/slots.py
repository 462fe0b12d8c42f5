"""What fills the slots of claims in columns, as numbers: for every value of a column its list of keys.

A million claims state some ten thousand different lists of places; each is looked at once, and kept with the columns.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph import reference
from graph.columns import Columns, Numbers, differs
from graph.schema import UNSTATED

Mask = NDArray[np.bool_]
PLACES = ("destinations", "origins")
ANY = "any"
MOST_KEPT = 50


@dataclass(frozen=True, slots=True)
class Lists:
    """A list of keys for each of several codes: `sizes` says how long it is.

    `items` has where the keys of the first list stand in `keys`, then those of the second; `marked` whether one is
    marked there, as implied.
    """

    keys: Sequence[Hashable]
    sizes: Numbers
    items: Numbers
    marked: Mask

    @classmethod
    def of(cls, lists: Iterable[Iterable[Hashable]], marked: Iterable[bool] | None = None) -> "Lists":
        """Return lists of keys as numbers."""
        numbers: dict[Hashable, int] = {}
        sizes: list[int] = []
        items: list[int] = []
        for keys in lists:
            before = len(items)
            items += [numbers.setdefault(key, len(numbers)) for key in keys]
            sizes.append(len(items) - before)
        found = np.array(items, dtype=np.int64)
        marks = np.zeros(len(found), dtype=np.bool_) if marked is None else np.array([*marked], dtype=np.bool_)
        return cls([*numbers], np.array(sizes, dtype=np.int64), found, marks)

    def list_of(self) -> Numbers:
        """Return for each item the number of its list."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    def only(self, keys: Collection[Hashable]) -> "Lists":
        """Return the lists without all keys but these."""
        chosen = np.array([key in keys for key in self.keys], dtype=np.bool_)[self.items]
        sizes = np.bincount(self.list_of()[chosen], minlength=len(self.sizes))
        return Lists(self.keys, sizes, self.items[chosen], self.marked[chosen])

    def any(self, chosen: Mask) -> Mask:
        """Return which lists have one of the items that are chosen."""
        found: Mask = np.zeros(len(self.sizes), dtype=np.bool_)
        found[self.list_of()[chosen]] = True
        return found


def kept(claims: Columns, key: Hashable, make: Callable[[], Any]) -> Any:
    """Return what was made of the columns under a key, or make it now; lists of one's own that change make it anew."""
    whole = (reference.own_version(), key)
    if whole not in claims.made:
        found = make()
        if len(claims.made) >= MOST_KEPT:
            claims.made.clear()
        claims.made[whole] = found
    return claims.made[whole]


def stated(claims: Columns, column: str) -> Lists:
    """Return the lists of places, or of fields, that claims state; what is implied is marked."""

    def make() -> Lists:
        values = claims.values[column]
        if column not in PLACES:
            return Lists.of(values)
        return Lists.of(
            ([id for id, _ in value] for value in values), (implied for value in values for _, implied in value)
        )

    found: Lists = kept(claims, ("stated", column), make)
    return found


def all_known(claims: Columns) -> bool:
    """Return whether the reference data of this process have every place and field that is stated."""
    places = {id for end in PLACES for id in stated(claims, end).keys}
    return (
        places <= reference.by_id("Region").keys()
        and {*stated(claims, "fields").keys} <= reference.by_id("Field").keys()
    )


def counted(lists: Lists, implied: bool) -> Mask:
    """Return which items a question counts, with those that are `implied` or without."""
    return np.ones(len(lists.items), dtype=np.bool_) if implied else ~lists.marked


def within(lists: Lists, label: str, wholes: Collection[str]) -> Mask:
    """Return which items are one of these places or fields, or a part of one."""
    parts = [any(term.id in wholes for term in reference.ancestors(label, str(id))) for id in lists.keys]
    found: Mask = np.array(parts, dtype=np.bool_)[lists.items]
    return found


def at_level(lists: Lists, chosen: Mask, label: str, level: str, wholes: Collection[str] | None) -> Lists:
    """Roll the chosen items up to a level; what is above it stays. With wholes, what is no part of them goes.

    A list of nothing is one of `unstated`, without wholes.
    """
    numbers: dict[Hashable, int] = {}
    ups = [_up(label, str(id), level, wholes) for id in lists.keys]
    up = np.array([-1 if id is None else numbers.setdefault(id, len(numbers)) for id in ups], dtype=np.int64)
    item = up[lists.items] if len(up) else lists.items
    there = chosen & (item >= 0)
    size = len(numbers) + 1
    pairs = np.sort(lists.list_of()[there] * size + item[there])
    pairs = pairs[differs(pairs)]
    sizes = np.bincount(pairs // size, minlength=len(lists.sizes))
    if wholes is None:
        nothing = np.flatnonzero(sizes == 0)
        unstated = numbers.setdefault(UNSTATED, len(numbers))
        pairs = np.sort(np.concatenate([pairs, nothing * size + unstated]))
        sizes = np.maximum(sizes, 1)
    return Lists([*numbers], sizes, pairs % size, np.zeros(len(pairs), dtype=np.bool_))


def rolled(claims: Columns, column: str, level: str, wholes: str | Collection[str] | None, implied: bool) -> Lists:
    """Return the places or fields that claims state at a level; with wholes, within them."""
    within = None if wholes is None else (wholes,) if isinstance(wholes, str) else tuple(wholes)
    label = "Field" if column == "fields" else "Region"

    def make() -> Lists:
        if level == ANY:
            return Lists.of([ANY] for _ in claims.values[column])
        lists = stated(claims, column)
        return at_level(lists, counted(lists, implied), label, level, within)

    found: Lists = kept(claims, ("rolled", column, level, within, implied), make)
    return found


def _up(label: str, id: str, level: str, wholes: Collection[str] | None) -> str | None:
    """Return where a place or field stands at a level; None for one that is no part of the wholes."""
    terms = reference.ancestors(label, id)
    above = [term.id for term in terms]
    up = next((term.id for term in terms if term.level == level), id)
    if wholes is None:
        return up
    most = max((above.index(whole) for whole in wholes if whole in above), default=None)
    return None if most is None else above[min(above.index(up), most)]
