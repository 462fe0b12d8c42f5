"""The five counts of groups of claims, by sorting numbers: a claim is a place in columns, a group a number.

Claims come in order: by story, in it by document, in it by approach. Approaches lie within a document and documents
within a story, so in a group each is new when it differs from the one before; only claimants, who come again in other
stories, are sorted once more. A million claims in twenty groups each take seconds, and no more memory than the numbers.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.columns import UNDATED, Columns, Numbers, differs

MOST_EMPTY = 10_000_000
OPEN_ENDS = ("undated", "no_origin", "no_incentive", "no_channel", "no_company")


@dataclass(frozen=True, slots=True)
class Claims:
    """Chosen claims in order, as places in columns; `stated` lists what they state: modality, destinations, fields.

    `number` says for each claim where in this list stands what it states.
    """

    columns: Columns
    places: Numbers
    stated: Sequence[tuple[str, tuple[str, ...], tuple[str, ...]]]
    number: Numbers


@dataclass(frozen=True, slots=True)
class Counts:
    """What groups of claims count, an item a group: the five counts, the open ends, the first and the last day."""

    by_name: Mapping[str, list[int]]
    first: list[datetime.date | None]
    last: list[datetime.date | None]


def all_claims(columns: Columns) -> Claims:
    """Return all claims of these columns that hold now, in order."""
    places = np.flatnonzero(columns.numbers["known_until"] == _code(columns, "known_until", ""))
    codes, number = combined(columns, ("modality", "destinations", "fields"), places)
    stated = [(modality, tuple(id for id, _ in regions), fields) for modality, regions, fields in codes]
    return Claims(columns, places, stated, number)


def _code(columns: Columns, name: str, value: Any) -> int:
    """Return the place of a value in its list; -1 where it is none of it."""
    listed = list(columns.values[name])
    return listed.index(value) if value in listed else -1


def combined(columns: Columns, names: Sequence[str], places: Numbers) -> tuple[list[tuple[Any, ...]], Numbers]:
    """Return the combinations of these columns' values that claims have, and for each claim the number of its own."""
    sizes = [len(columns.values[name]) for name in names]
    code = np.zeros(len(places), dtype=np.int64)
    for name, size in zip(names, sizes, strict=True):
        code = code * size + columns.numbers[name][places]
    found, number = np.unique(code, return_inverse=True)
    parts = []
    for name, size in reversed([*zip(names, sizes, strict=True)]):
        values = columns.values[name]
        parts.append([values[at] for at in (found % size).tolist()])
        found = found // size
    return list(zip(*reversed(parts), strict=True)), number


def count(claims: Claims, groups: Sequence[Sequence[int]], number: int, names: Sequence[str] = ()) -> Counts:
    """Count claims in groups 0 to `number` - 1, none of them empty.

    `groups` says for each item of `claims.stated` in which groups such a claim is counted; `names` which open ends
    are counted besides the five counts.
    """
    at, group = expanded(claims.number, groups)
    return count_groups(claims.columns, claims.places[at], group, number, names)


def count_groups(columns: Columns, claim: Numbers, group: Numbers, number: int, names: Sequence[str] = ()) -> Counts:
    """Count claims in groups 0 to `number` - 1: each item of `claim` in that of `group`, once.

    Within each group the claims come in order.
    """
    order = sorting(group, number)
    claim, group = claim[order], group[order]
    of = {name: columns.numbers[name][claim] for name in ("story", "document", "approach", "claimant", "day")}
    counts = {"claims": np.bincount(group, minlength=number)}
    new = differs(group)
    for plural, name in (("stories", "story"), ("documents", "document"), ("approaches", "approach")):
        new = new | differs(of[name])
        counts[plural] = np.bincount(group[new], minlength=number)
    voices = int(of["claimant"].max(initial=0)) + 1
    pairs = np.sort(group.astype(np.int64) * voices + of["claimant"])
    counts["claimants"] = np.bincount(pairs[differs(pairs)] // voices, minlength=number)
    for name in names:
        counts[name] = np.bincount(group[open_end(columns, name)[claim]], minlength=number)
    starts = np.flatnonzero(differs(group))
    first, last = np.zeros(number, dtype=np.int64), np.zeros(number, dtype=np.int64)
    day = of["day"].astype(np.int64)
    never = np.iinfo(np.int64).max
    if len(group):
        first[group[starts]] = np.minimum.reduceat(np.where(day == UNDATED, never, day), starts)
        last[group[starts]] = np.maximum.reduceat(day, starts)
    first[first == never] = UNDATED
    return Counts({name: found.tolist() for name, found in counts.items()}, days(first), days(last))


def sorting(group: Numbers, number: int) -> Numbers:
    """Return places by group, those of a group in the order they have: 16 bits at a time, which are sorted fastest."""
    low = np.argsort(group.astype(np.uint16), kind="stable")
    if number <= 1 << 16:
        return low
    high = (group >> 16)[low]
    return low[np.argsort(high.astype(np.uint16), kind="stable")]


def days(ordinals: Numbers) -> list[datetime.date | None]:
    """Return days of their numbers; None for UNDATED."""
    known = {at: datetime.date.fromordinal(at) if at != UNDATED else None for at in np.unique(ordinals).tolist()}
    return [known[ordinal] for ordinal in ordinals.tolist()]


def open_end(columns: Columns, name: str) -> NDArray[np.bool_]:
    """Return for each claim whether it leaves open what OPEN_ENDS has of that name."""
    open: NDArray[np.bool_]
    if name == "no_origin":
        empty = np.array([not value for value in columns.values["origins"]], dtype=np.bool_)
        open = empty[columns.numbers["origins"]]
    else:
        open = columns.numbers["day"] == UNDATED if name == "undated" else columns.numbers[name] == 1
    return open


def expanded(codes: Numbers, lists: Sequence[Sequence[int]]) -> tuple[Numbers, Numbers]:
    """Return for codes and the list of each code: every item of every list, and before it the place of its code."""
    sizes = np.array([len(found) for found in lists], dtype=np.int64)
    return spread(codes, sizes, np.array([item for found in lists for item in found], dtype=np.int64))


def spread(codes: Numbers, sizes: Numbers, flat: Numbers) -> tuple[Numbers, Numbers]:
    """Return the same where the lists stand one after the other in `flat`, each of its size."""
    begins = np.cumsum(sizes) - sizes
    times = sizes[codes]
    place = np.repeat(np.arange(len(codes)), times)
    within = np.arange(len(place)) - np.repeat(np.cumsum(times) - times, times)
    return place, flat[np.repeat(begins[codes], times) + within]


def numbered(groups: Numbers) -> tuple[Numbers, Numbers]:
    """Return groups numbered from 0 without gaps, and what each was called before, in order."""
    if int(groups.max(initial=0)) > MOST_EMPTY + len(groups):
        found, numbers = np.unique(groups, return_inverse=True)
        return numbers, found
    there = np.bincount(groups) > 0  # faster than sorting, where few numbers are left out
    return (np.cumsum(there) - 1)[groups], np.flatnonzero(there)
