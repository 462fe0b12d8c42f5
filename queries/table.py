"""Rows of an answer that are made when they are looked at: of a hundred thousand, most never are."""

import functools
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from graph.columns import Columns, Numbers, differs
from graph.counts import Counts, count_groups, sorting
from graph.frame import Row
from queries.flat import joined
from queries.gains import gains
from queries.part import Entities, Part


@dataclass(frozen=True)
class Groups:
    """Claims in groups, a group a row: `claim` holds those of the first, then those of the second, from `starts` on.

    `known` has the keys of each dimension, and `items` for each group the place of its key.
    """

    claims: Columns
    claim: Numbers
    group: Numbers
    starts: Numbers
    counts: Counts
    values: Mapping[str, Any]
    known: Sequence[Sequence[Hashable]]
    items: Sequence[Numbers]
    entities: Entities

    @classmethod
    def of(
        cls,
        claims: Columns,
        claim: Numbers,
        group: Numbers,
        number: int,
        values: Mapping[str, Any],
        known: Sequence[Sequence[Hashable]],
        items: Sequence[Numbers],
        entities: Entities,
    ) -> "Groups":
        order = sorting(group, number)
        claim, group = claim[order], group[order]
        starts = np.searchsorted(group, np.arange(number + 1))
        counts = count_groups(claims, claim, group, number)
        return cls(claims, claim, group, starts, counts, values, known, items, entities)

    def __len__(self) -> int:
        return len(self.items[0])

    def values_in(self, number: int, column: str) -> list[Any]:
        """Return the different values that the claims of a group have in a column."""
        codes = self.claims.numbers[column][self.claim[self.starts[number] : self.starts[number + 1]]]
        return [self.claims.values[column][code] for code in np.unique(codes).tolist()]

    def key(self, number: int) -> Hashable:
        """Return the key of a group in the first dimension."""
        return self.known[0][int(self.items[0][number])]

    @functools.cached_property
    def gaining(self) -> NDArray[np.bool_]:
        """Whether the region of a group gains by the claim, of each claim in a group; see told_apart.gains."""
        return self._moved(True)

    @functools.cached_property
    def losing(self) -> NDArray[np.bool_]:
        """Whether it loses by it; it may do both."""
        return self._moved(False)

    def _moved(self, gaining: bool) -> NDArray[np.bool_]:
        moved = gains(self.claims, self.values)
        lists, size = (moved.gaining if gaining else moved.losing), len(self.known[0])
        place = {region: at for at, region in enumerate(self.known[0])}
        at = np.array([place.get(region, -1) for region in moved.keys], dtype=np.int64)
        item = at[lists.items] if len(at) else lists.items
        pairs = lists.list_of()[item >= 0] * size + item[item >= 0]
        return np.isin(moved.codes[self.claim] * size + self.items[0][self.group], pairs)

    def distinct(self, column: str, chosen: NDArray[np.bool_]) -> Numbers:
        """Return how many different values of a column's numbers each group has among its claims that are chosen."""
        if column == "claim":
            once: Numbers = np.bincount(self.group[chosen], minlength=len(self))
            return once
        group, numbers = self.group[chosen].astype(np.int64), self.claims.numbers[column][self.claim[chosen]]
        if column == "claimant":  # who comes again in other stories
            most = int(numbers.max(initial=0)) + 1
            pairs = np.sort(group * most + numbers)
            group = pairs[differs(pairs)] // most
        else:  # claims stand in order: see graph.counts
            group = group[differs(group) | differs(numbers)]
        found: Numbers = np.bincount(group, minlength=len(self))
        return found


class Table(Sequence[Row]):
    """Rows in their order; each is made when it is asked for."""

    def __init__(self, order: Numbers, makers: Mapping[str, Callable[[int], Any]], groups: Groups) -> None:
        self._order, self._makers, self._groups = order, makers, groups

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            return [self._row(number) for number in self._order[place].tolist()]
        return self._row(int(self._order[place]))

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, self._order.tolist())

    def _row(self, number: int) -> Row:
        return {name: make(number) for name, make in self._makers.items()}

    def days(self, columns: Sequence[str], wanted: Callable[[Row], bool]) -> tuple[Numbers, Columns]:
        """Return the days of the claims in the row whose values in these columns are wanted, the latest first."""
        claims, found = self._groups.claims, np.zeros(0, dtype=np.int64)
        for number in self._order.tolist():
            if wanted({name: self._makers[name](number) for name in columns}):
                within = slice(self._groups.starts[number], self._groups.starts[number + 1])
                found = np.sort(claims.numbers["day"][self._groups.claim[within]].astype(np.int64))[::-1]
                break
        return found, claims

    @classmethod
    def of(
        cls,
        groups: Groups,
        parts: Sequence[Sequence[Part]],
        columns: Sequence[str],
        largest: Sequence[str],
        several: Sequence[str],
        whole: bool = True,
    ) -> "Table":
        """Return the rows of groups; `parts` has what each key of each dimension puts into one.

        They stand in the order of what their parts say, where that is the same with the largest first. What is
        `several` in a row is one text, as queries.flat has it. Where they are not the `whole`, rows about what is
        unstated are left out.
        """
        from queries.measures import maker  # which measures groups

        taken = [(of, item) for of, item in zip(parts, groups.items, strict=True)]
        makers = {name: from_part(taken, name) or maker(name, groups, taken) for name in columns}
        makers |= {name: _joined(makers[name]) for name in several}
        keys: list[NDArray[Any]] = []
        attributes = ("total", "period", "open")
        for attribute in attributes:
            ranked = [_ranks([getattr(part, attribute) for part in of])[item] for of, item in taken if of]
            keys.append(np.max(ranked, axis=0) if ranked else np.zeros(0, dtype=np.int64))
        numbers = range(len(groups))
        keys += [-np.array([makers[name](number) for number in numbers], dtype=np.int64) for name in largest]
        keys += [_ranks([part.names for part in of])[item] for of, item in taken if of]
        order = np.lexsort(keys[::-1])
        return cls(order if whole else order[keys[attributes.index("open")][order] == 0], makers, groups)


def from_part(taken: Sequence[tuple[Sequence[Part], Numbers]], name: str) -> Callable[[int], Any] | None:
    """Return what gives a row its value of a column that one of the dimensions has; None where none has it."""
    for of, item in taken:
        if any(name in part.row for part in of):
            return lambda number: of[int(item[number])].row.get(name)
    return None


def _ranks(values: Sequence[Any]) -> Numbers:
    """Return the place of each value among the different ones, in order."""
    places = {value: place for place, value in enumerate(sorted(set(values)))}
    return np.array([places[value] for value in values], dtype=np.int64)


def _joined(make: Callable[[int], Any]) -> Callable[[int], str | None]:
    return lambda number: joined(make(number))
